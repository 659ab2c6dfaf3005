/* Predicts ratings that were held out, in slices, and adds up the errors. */
#ifndef NCF_PREDICTOR_H
#define NCF_PREDICTOR_H

#include "data/holdout.h"
#include "model/network.h"
#include "rank/errors.h"

#define PREDICTOR_BATCH 256

struct predictor {
    const struct model *model; /* borrowed, as are the rows: must outlive this */
    const struct rating_rows *rows;
    struct network *network;
    struct batch *batch;
    float predictions[PREDICTOR_BATCH]; /* of the last rows */
    uint32_t next_row;
    struct errors errors;
};

/* STATUS_MEMORY. Owned by the caller: predictor_free. */
enum status predictor_new(struct predictor **out, const struct model *model, const struct rating_rows *rows);
void predictor_free(struct predictor *predictor);

/* Begins with the first row; predictions are clipped to lowest … highest, or with `clip` false not at all. */
void predictor_start(struct predictor *predictor, bool clip, float lowest, float highest);

/* Predicts up to `limit` batches more with the model's present weights; true where all rows are done. */
bool predictor_run(struct predictor *predictor, uint32_t limit);

/* The rating predicted for one pair. */
float predictor_pair(struct predictor *predictor, uint32_t user, uint32_t item);

#endif

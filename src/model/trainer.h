/* Training: batches from the sampler through the network and the loss to the optimizer, in slices that the caller sizes.
 * What counts as an instance is told in data/sampler.h: of a pair both do, in batches, in progress and in the mean loss.
 * The regulariser is a mean over instances too (gradients_add_l2), so that to a pair's loss λ/2 ‖·‖² of its user's row is
 * added once and of its two items' rows half. */
#ifndef NCF_TRAINER_H
#define NCF_TRAINER_H

#include "data/rating_sampler.h"
#include "data/sampler.h"
#include "model/network.h"
#include "model/objective.h"
#include "model/online.h"

#define TRAINER_MAX_BATCH 65536
#define TRAINER_AHEAD 256 /* examples that are drawn together where each is a batch */

struct trainer_settings {
    uint32_t negatives;  /* a positive, at least 1 */
    uint32_t batch_size; /* 1 … TRAINER_MAX_BATCH instances */
    enum sampler_order order;
    enum optimizer_kind optimizer;
    double rate; /* learning rate */
    uint64_t seed;
    /* LOSS_BPR trains on pairs (data/sampler.h): batch_size counts both of each and so is even. */
    enum loss_kind loss;
    float negative_weight; /* of LOSS_SQUARED, above 0; not read with another loss */
    double popularity;     /* these two are the sampler's: how negatives are drawn */
    bool accept_known;
};

/* Examples that are drawn together, [TRAINER_AHEAD]. */
struct ahead {
    uint32_t *users, *items;
    float *labels, *losses;
};

struct trainer {
    struct model *model; /* borrowed: must outlive the trainer */
    bool of_ratings;     /* which of the two samplers is in use */
    struct sampler sampler;
    struct rating_sampler ratings;
    uint64_t instances; /* an epoch */
    struct trainer_settings settings;
    uint64_t epoch;  /* the epoch under way, or next where `done` is 0: counted from 1 */
    uint64_t done;   /* instances of it that have been trained on */
    double loss_sum; /* over these instances */
    struct network *network;
    struct gradients *gradients;
    struct optimizer *optimizer;
    struct batch *batch;
    float *logits, *d_logits; /* [batch_size] */
    bool online;              /* trained by model/online.h; else there is no `ahead` */
    struct ahead ahead;
};

/* `train` is borrowed and must outlive the trainer. STATUS_ARGUMENT, STATUS_EMPTY, STATUS_NO_NEGATIVES, STATUS_MEMORY.
 * Owned by the caller: trainer_free. */
enum status trainer_new(struct trainer **out, struct model *model, const struct interactions *train,
                        const struct trainer_settings *settings);

/* For explicit feedback: learns to predict the ratings of `train`, which is borrowed, by squared loss. Of the settings
 * the batch size, the optimizer, the rate and the seed are read. Errors as above, but for STATUS_NO_NEGATIVES. */
enum status trainer_new_ratings(struct trainer **out, struct model *model, const struct rating_rows *train,
                                const struct trainer_settings *settings);
void trainer_free(struct trainer *trainer);

/* Trains on up to `limit` batches and writes how many it did to *batches; never goes past the end of the epoch: when
 * that is reached, *epoch_ended is set, `loss_sum / done` is its mean loss, and the next call starts the next epoch.
 * STATUS_NOT_FINITE where a batch's loss is NaN or infinite: the weights are spoilt, only a reset helps. */
enum status trainer_run(struct trainer *trainer, uint32_t limit, uint32_t *batches, bool *epoch_ended);

/* Writes the instances `from` … `from + B - 1` of `epoch`, those that it trains on in batches, to users[B], items[B] and
 * labels[B]; from + B may not exceed `instances`. */
void trainer_sample(const struct trainer *trainer, uint64_t epoch, uint64_t from, uint32_t B, uint32_t *users,
                    uint32_t *items, float *labels);

/* Another learning rate from the next batch on. */
void trainer_set_rate(struct trainer *trainer, double rate);

/* Within an epoch some rows of the model wait for steps to be made up (model/optimizer.h); at its end none does. This
 * writes all values as they are after the last batch to those of `into`, a model of the same settings. */
void trainer_snapshot(const struct trainer *trainer, struct model *into);

#endif

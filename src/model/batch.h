/* A batch's instances, and the different users and items among them. What depends on one user or one item alone is
 * computed once for each of them, which is once for a positive and its negatives where these stand in one batch. */
#ifndef NCF_BATCH_H
#define NCF_BATCH_H

#include "model/model.h"

#define BATCH_NO_SLOT UINT32_MAX

/* The different rows of an axis (users, items) in the batch. */
struct slots {
    uint32_t count;
    uint32_t *row; /* [count], the row of each slot, in order of first appearance; room for `capacity` */
    uint32_t *of_sample; /* [B], the slot of each instance */
    uint32_t *of_row;    /* [users or items], the slot of a row or BATCH_NO_SLOT */
};

struct batch {
    uint32_t capacity;       /* the largest B */
    uint32_t B;              /* instances */
    uint32_t *users, *items; /* [B], to be filled by the caller, as are the labels; room for `capacity` */
    float *labels;
    struct slots slots[TENSOR_AXES];
};

/* For batches of up to `capacity` for a model of this shape. STATUS_MEMORY. Owned by the caller: batch_free. */
enum status batch_new(struct batch **out, const struct model *model, uint32_t capacity);
void batch_free(struct batch *batch);

/* Takes users[B] and items[B] as they now are: finds their slots. */
void batch_index(struct batch *batch, uint32_t B);

#endif

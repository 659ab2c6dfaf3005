/* The gradients of one batch. They mirror the table of tensors: a dense tensor has all its rows, an embedding only the
 * rows that the batch uses, one "slot" a different user or item, so that a batch's memory does not grow with them. */
#ifndef NCF_GRADIENTS_H
#define NCF_GRADIENTS_H

#include "model/model.h"

#define GRADIENTS_NO_SLOT UINT32_MAX

/* The different rows of an axis (users, items) in the batch. */
struct slots {
    uint32_t count;
    uint32_t *row;       /* [count], the row of each slot, in order of first appearance; room for B */
    uint32_t *of_row;    /* [users or items], the slot of a row or GRADIENTS_NO_SLOT */
    uint32_t *of_sample; /* [B] */
};

struct gradients {
    uint32_t capacity; /* the largest B */
    struct slots slots[TENSOR_AXES];
    float *values
        [MODEL_MAX_TENSORS]; /* dense: [rows, columns]; embeddings: [slots, columns]; NULL: no such tensor */
};

/* For batches of up to `capacity`. STATUS_MEMORY. Owned by the caller: gradients_free. */
enum status gradients_new(struct gradients **out, const struct model *model, uint32_t capacity);
void gradients_free(struct gradients *gradients);

/* Starts a batch: finds the slots of users[B] and items[B] and zeroes the embeddings' gradients. */
void gradients_begin(struct gradients *gradients, const struct model *model, const uint32_t *users,
                     const uint32_t *items, uint32_t B);

#endif

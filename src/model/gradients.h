/* The gradients of one batch. They mirror the table of tensors: a dense tensor has all its rows, an embedding only the
 * rows that the batch uses, by slot (model/batch.h), so that memory does not grow with users and items. */
#ifndef NCF_GRADIENTS_H
#define NCF_GRADIENTS_H

#include "model/batch.h"

struct gradients {
    float *values
        [MODEL_MAX_TENSORS]; /* dense: [rows, columns]; embeddings: [slots, columns]; NULL: no such tensor */
};

/* For batches of up to `capacity`. STATUS_MEMORY. Owned by the caller: gradients_free. */
enum status gradients_new(struct gradients **out, const struct model *model, uint32_t capacity);
void gradients_free(struct gradients *gradients);

/* Zeroes the gradients of all that `batch` uses. */
void gradients_zero(struct gradients *gradients, const struct model *model, const struct batch *batch);

/* Adds the gradients of the L2 regulariser: λ/2 ‖W‖² of a dense tensor, and for embeddings and biases the mean over the
 * batch's instances of λ/2 ‖row‖² of the rows that they use (Rendle et al. 2020 regularise so). λ is model.h's l2. */
void gradients_add_l2(struct gradients *gradients, const struct model *model, const struct batch *batch);

#endif

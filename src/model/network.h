/* Forward and backward of a batch through the composition in model.h, and the workspace that they share. */
#ifndef NCF_NETWORK_H
#define NCF_NETWORK_H

#include "model/batch.h"
#include "model/gradients.h"

/* What forward leaves for backward. B samples, S slots (model/batch.h), F predictive factors of GMF, D embedding width
 * of MLP, H_l layer widths. The concatenation [s; t] is never copied together: the first layer is (W_s s + b) + W_t t, the
 * user's half and the item's half, each computed once a slot; scoring can keep the item's half for all users and get
 * the same bits. */
struct network {
    uint32_t capacity;             /* the largest B */
    float *weighted;               /* [F], h ∘ p of one sample */
    float *embedding[TENSOR_AXES]; /* [S, D]: s of the users, t of the items */
    float *
        half[TENSOR_AXES]; /* [S, H_0], their halves of the first layer; in backward, the gradient of these */
    float *hidden[MODEL_MAX_LAYERS];     /* [B, H_l], the output of hidden layer l */
    float *gradient[MODEL_MAX_LAYERS];   /* [B, H_l], its gradient */
    float *transposed[MODEL_MAX_LAYERS]; /* [in, out], weights of hidden layer l */
};

/* For batches of up to `capacity`. STATUS_MEMORY. Owned by the caller: network_free. */
enum status network_new(struct network **out, const struct model *model, uint32_t capacity);
void network_free(struct network *network);

/* logits[B] of the batch's users and items (eq. 9, 10, 12 without the sigmoid; eq. 11 with shared embeddings). */
void network_forward(struct network *network, float *logits, const struct model *model,
                     const struct batch *batch);

/* Undoes the last network_forward: writes the gradients of all tensors, given that of the logits, d_logits[B]. */
void network_backward(struct network *network, struct gradients *gradients, const struct model *model,
                      const struct batch *batch, const float *d_logits);

#endif

/* Forward and backward of a batch through the composition in model.h, and the workspace that they share. */
#ifndef NCF_NETWORK_H
#define NCF_NETWORK_H

#include "model/halves.h"
#include "model/layers.h"

/* What forward leaves for backward. B samples, F predictive factors of GMF. */
struct network {
    uint32_t capacity;               /* the largest B */
    float *weighted;                 /* [F], h ∘ p of one sample */
    struct half halves[TENSOR_AXES]; /* of users and items */
    struct layers tower, fusion;
    float *joint,
        *d_joint; /* [B, joint_width] with a fusion tower: its input [p ∘ q; tower's output], the gradient */
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

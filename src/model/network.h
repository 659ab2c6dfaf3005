/* Forward and backward of a batch through the composition in model.h, and the workspace that they share. */
#ifndef NCF_NETWORK_H
#define NCF_NETWORK_H

#include "model/gradients.h"
#include "model/model.h"

/* What forward leaves for backward. B samples, F predictive factors of GMF, D embedding width of MLP, H_l layer widths.
 * The concatenation [s; t] is never copied together: the first layer is W_s s + W_t t + b with each product summed on
 * its own, so that scoring can keep W_t t of an item for all users and get the same bits. */
struct network {
    uint32_t capacity;     /* the largest B */
    const uint32_t *users; /* [B], borrowed from forward's caller until backward is done */
    const uint32_t *items;
    float *p, *q;                        /* [B, F] */
    float *weighted;                     /* [F], h ∘ p of one sample */
    float *s, *t;                        /* [B, D] */
    float *hidden[MODEL_MAX_LAYERS];     /* [B, H_l], the output of hidden layer l */
    float *gradient[MODEL_MAX_LAYERS];   /* [B, H_l], its gradient */
    float *transposed[MODEL_MAX_LAYERS]; /* [in, out], weights of hidden layer l */
    float *scratch;                      /* [B, the larger of D and H_0] */
};

/* For batches of up to `capacity`. STATUS_MEMORY. Owned by the caller: network_free. */
enum status network_new(struct network **out, const struct model *model, uint32_t capacity);
void network_free(struct network *network);

/* logits[B] of users[B] and items[B] (eq. 9, 10, 12 without the sigmoid). */
void network_forward(struct network *network, float *logits, const struct model *model, const uint32_t *users,
                     const uint32_t *items, uint32_t B);

/* Undoes the last network_forward: writes the gradients of all tensors, given that of the logits, d_logits[B].
 * `gradients` must have begun the same batch. */
void network_backward(struct network *network, struct gradients *gradients, const struct model *model,
                      const float *d_logits, uint32_t B);

#endif

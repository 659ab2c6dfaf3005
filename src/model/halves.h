/* The MLP part up to its first layer. The concatenation [s; t] is never copied together: the first layer is
 * (W_s s + b) + W_t t, the user's half and the item's half, each computed once for every different user and item of a
 * batch (a slot, model/batch.h); scoring can keep the item's half for all users and get the same bits. Without hidden
 * layers h stands in the place of W, and a half is one number. */
#ifndef NCF_HALVES_H
#define NCF_HALVES_H

#include "base/memory.h"
#include "model/batch.h"
#include "model/gradients.h"

/* S slots, D embedding width, H width of the first hidden layer or 1. */
struct half {
    enum tensor_axis axis;
    float *x;     /* [S, D]: s of the users or t of the items */
    float *value; /* [S, H]: their half of the first layer; in backward, its gradient */
};

/* For batches of up to `capacity`. */
void half_lay_out(struct half *half, struct arena *arena, const struct model *model, enum tensor_axis axis,
                  uint32_t capacity);

/* x and value of the batch's slots; `transposed` [2 D, H]: the first layer's weights, NULL without hidden layers. */
void half_forward(struct half *half, const struct model *model, const struct batch *batch,
                  const float *transposed);

/* Undoes kernel_join: value = the sum of each slot's samples' gradients[B, H]. */
void half_collect(struct half *half, const struct batch *batch, const float *gradient, uint32_t H);

/* Undoes half_forward, given the gradient of the value: adds to the gradients of the embeddings, of the features and of
 * the first layer's weights or h. x is lost. */
void half_backward(struct half *half, struct gradients *gradients, const struct model *model,
                   const struct batch *batch);

#endif

/* A stack of dense layers, x_(l+1) = a(W_l x_l + b_l), forward and backward: the MLP part's tower and the fusion tower. */
#ifndef NCF_LAYERS_H
#define NCF_LAYERS_H

#include "base/memory.h"
#include "model/gradients.h"

struct layers {
    uint32_t count;  /* of layers; 0: there is no stack */
    uint32_t tensor; /* of the first layer's weight in the model's table; its bias is next */
    uint32_t widths[MODEL_MAX_LAYERS];   /* [count + 1], the input's first */
    float *hidden[MODEL_MAX_LAYERS];     /* [B, widths[l + 1]], the output of layer l */
    float *gradient[MODEL_MAX_LAYERS];   /* [B, widths[l + 1]], its gradient */
    float *transposed[MODEL_MAX_LAYERS]; /* [widths[l], widths[l + 1]], its weights */
};

/* The stacks of a model, without arrays yet. */
struct layers layers_of_tower(const struct model *model);
struct layers layers_of_fusion(const struct model *model);

/* The arrays for batches of up to `capacity`. */
void layers_lay_out(struct layers *layers, struct arena *arena, uint32_t capacity);

/* Takes the model's present weights, for layers_forward and for those who use `transposed`. */
void layers_refresh(struct layers *layers, const struct model *model);

/* hidden[l] from x[B, widths[l]]. */
void layers_forward(struct layers *layers, const struct model *model, uint32_t l, const float *x, uint32_t B,
                    enum activation activation);

/* Undoes layer l's activation, in gradient[l], and writes the gradient of its bias. */
void layers_activation_backward(struct layers *layers, struct gradients *gradients, const struct model *model,
                                uint32_t l, uint32_t B);

/* The gradient of layer l's input, d_x[B, widths[l]], from what layers_activation_backward left. */
void layers_input_backward(const struct layers *layers, const struct model *model, uint32_t l, float *d_x,
                           uint32_t B);

/* Undoes the rest of layers_forward: writes the gradient of the weights and that of x, d_x[B, widths[l]]. */
void layers_backward(struct layers *layers, struct gradients *gradients, const struct model *model,
                     uint32_t l, const float *x, float *d_x, uint32_t B);

#endif

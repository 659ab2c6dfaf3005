#include "model/network.h"

#include <stdlib.h>
#include <string.h>

#include "base/kernels.h"
#include "base/memory.h"

static struct network *lay_out(struct arena *arena, struct network *network, const struct model *model,
                               uint32_t capacity) {
    struct network *self = arena_take(arena, 1, sizeof *self);
    const uint32_t *widths = model->settings.layers;
    uint64_t B = capacity, D = model->embedding_width, F = model->output_width - model->mlp_width, widest = D;
    network->p = arena_take(arena, B * F, sizeof(float));
    network->q = arena_take(arena, B * F, sizeof(float));
    network->weighted = arena_take(arena, F, sizeof(float));
    network->s = arena_take(arena, B * D, sizeof(float));
    network->t = arena_take(arena, B * D, sizeof(float));
    for (uint32_t l = 0; l < model->hidden_count; l++) {
        network->hidden[l] = arena_take(arena, B * widths[l + 1], sizeof(float));
        network->gradient[l] = arena_take(arena, B * widths[l + 1], sizeof(float));
        network->transposed[l] = arena_take(arena, (uint64_t)widths[l] * widths[l + 1], sizeof(float));
        if (l == 0 && widths[1] > widest) widest = widths[1];
    }
    network->scratch = arena_take(arena, B * widest, sizeof(float));
    return self;
}

enum status network_new(struct network **out, const struct model *model, uint32_t capacity) {
    *out = NULL;
    struct network description = {.capacity = capacity};
    struct arena arena = {0};
    lay_out(&arena, &description, model, capacity);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct network *network = lay_out(&arena, &description, model, capacity);
    *network = description;
    *out = network;
    return STATUS_OK;
}

void network_free(struct network *network) { free(network); }

static void gather(float *out, const float *table, const uint32_t *rows, uint32_t B, uint32_t width) {
    for (uint32_t b = 0; b < B; b++)
        memcpy(out + (size_t)b * width, table + (size_t)rows[b] * width, width * sizeof *out);
}

static void gmf_forward(struct network *network, float *logits, const struct model *model, uint32_t B) {
    uint32_t F = model->settings.factors;
    const float *h = model_output_gmf(model);
    gather(network->p, model_values(model, MODEL_GMF_USER), network->users, B, F);
    gather(network->q, model_values(model, MODEL_GMF_ITEM), network->items, B, F);
    for (uint32_t b = 0; b < B; b++) {
        kernel_multiply(network->weighted, h, network->p + (size_t)b * F, F);
        logits[b] += kernel_dot(network->weighted, network->q + (size_t)b * F, F);
    }
}

static void mlp_forward(struct network *network, float *logits, const struct model *model, uint32_t B) {
    const uint32_t *widths = model->settings.layers;
    uint32_t D = model->embedding_width, last = model->mlp_width;
    const float *h = model_output_mlp(model);
    gather(network->s, model_values(model, MODEL_MLP_USER), network->users, B, D);
    gather(network->t, model_values(model, MODEL_MLP_ITEM), network->items, B, D);
    for (uint32_t l = 0; l < model->hidden_count; l++) {
        uint32_t in = widths[l], out = widths[l + 1];
        float *weights = network->transposed[l], *z = network->hidden[l];
        kernel_transpose(weights, model_values(model, MODEL_LAYER_WEIGHT + 2 * l), out, in);
        if (l == 0) {
            kernel_matmul(z, out, network->s, D, 1, weights, out, B, out, D);
            kernel_matmul(network->scratch, out, network->t, D, 1, weights + (size_t)D * out, out, B, out, D);
            kernel_add(z, network->scratch, B * out);
        } else {
            kernel_matmul(z, out, network->hidden[l - 1], in, 1, weights, out, B, out, in);
        }
        kernel_bias_activation(z, model_values(model, MODEL_LAYER_BIAS + 2 * l), B, out, ACTIVATION_RELU);
    }
    for (uint32_t b = 0; b < B; b++) {
        if (model->hidden_count > 0)
            logits[b] += kernel_dot(h, network->hidden[model->hidden_count - 1] + (size_t)b * last, last);
        else
            logits[b] += kernel_dot(h, network->s + (size_t)b * D, D) +
                         kernel_dot(h + D, network->t + (size_t)b * D, D);
    }
}

void network_forward(struct network *network, float *logits, const struct model *model, const uint32_t *users,
                     const uint32_t *items, uint32_t B) {
    network->users = users;
    network->items = items;
    memset(logits, 0, B * sizeof *logits);
    if ((model->settings.parts & MODEL_GMF) != 0) gmf_forward(network, logits, model, B);
    if ((model->settings.parts & MODEL_MLP) != 0) mlp_forward(network, logits, model, B);
    for (uint32_t b = 0; b < B; b++) logits[b] += model_offset(model, users[b], items[b]);
}

static void bias_backward(struct gradients *gradients, const float *d_logits, uint32_t B) {
    const struct slots *slots = gradients->slots;
    gradients->values[MODEL_GLOBAL_BIAS][0] = 0.0F;
    for (uint32_t b = 0; b < B; b++) {
        gradients->values[MODEL_GLOBAL_BIAS][0] += d_logits[b];
        gradients->values[MODEL_USER_BIAS][slots[TENSOR_USER].of_sample[b]] += d_logits[b];
        gradients->values[MODEL_ITEM_BIAS][slots[TENSOR_ITEM].of_sample[b]] += d_logits[b];
    }
}

static void gmf_backward(const struct network *network, struct gradients *gradients,
                         const struct model *model, const float *d_logits, uint32_t B) {
    const struct slots *slots = gradients->slots;
    uint32_t F = model->settings.factors;
    const float *h = model_output_gmf(model);
    float *d_h = gradients->values[MODEL_OUTPUT_WEIGHT];
    for (uint32_t b = 0; b < B; b++) {
        const float *p = network->p + (size_t)b * F, *q = network->q + (size_t)b * F;
        float *d_p = gradients->values[MODEL_GMF_USER] + (size_t)slots[TENSOR_USER].of_sample[b] * F;
        float *d_q = gradients->values[MODEL_GMF_ITEM] + (size_t)slots[TENSOR_ITEM].of_sample[b] * F;
        kernel_axpy_product(d_h, d_logits[b], p, q, F);
        kernel_axpy_product(d_p, d_logits[b], h, q, F);
        kernel_axpy_product(d_q, d_logits[b], h, p, F);
    }
}

/* Undoes gather: adds the rows of gradient[B, width] to their slots. */
static void scatter(float *slot_gradients, const struct slots *slots, const float *gradient, uint32_t B,
                    uint32_t width) {
    for (uint32_t b = 0; b < B; b++)
        kernel_add(slot_gradients + (size_t)slots->of_sample[b] * width, gradient + (size_t)b * width, width);
}

/* The first layer's half of one embedding: x[B, D] and columns `first` … first + D - 1 of W[H, 2 D]. */
static void first_layer_backward(struct network *network, struct gradients *gradients,
                                 const struct model *model, const float *x, uint32_t first,
                                 uint32_t embedding, uint32_t B) {
    uint32_t D = model->embedding_width, H = model->settings.layers[1];
    const float *weights = model_values(model, MODEL_LAYER_WEIGHT) + first;
    float *d_weights = gradients->values[MODEL_LAYER_WEIGHT] + first;
    kernel_matmul(d_weights, 2 * D, network->gradient[0], 1, H, x, D, H, D, B);
    kernel_matmul(network->scratch, D, network->gradient[0], H, 1, weights, 2 * D, B, D, H);
    scatter(gradients->values[embedding], gradients->slots + model->tensors[embedding].axis, network->scratch,
            B, D);
}

/* Without hidden layers the output layer stands on the embeddings themselves (MLP-0). */
static void direct_backward(const struct network *network, struct gradients *gradients,
                            const struct model *model, const float *d_logits, float *d_h, uint32_t B) {
    uint32_t D = model->embedding_width;
    const float *h = model_output_mlp(model);
    for (uint32_t b = 0; b < B; b++) {
        const struct slots *slots = gradients->slots;
        kernel_axpy(d_h, d_logits[b], network->s + (size_t)b * D, D);
        kernel_axpy(d_h + D, d_logits[b], network->t + (size_t)b * D, D);
        kernel_axpy(gradients->values[MODEL_MLP_USER] + (size_t)slots[TENSOR_USER].of_sample[b] * D,
                    d_logits[b], h, D);
        kernel_axpy(gradients->values[MODEL_MLP_ITEM] + (size_t)slots[TENSOR_ITEM].of_sample[b] * D,
                    d_logits[b], h + D, D);
    }
}

static void mlp_backward(struct network *network, struct gradients *gradients, const struct model *model,
                         const float *d_logits, uint32_t B) {
    uint32_t count = model->hidden_count, last = model->mlp_width;
    float *d_h = gradients->values[MODEL_OUTPUT_WEIGHT] + (model->output_width - last);
    if (count == 0) {
        direct_backward(network, gradients, model, d_logits, d_h, B);
        return;
    }
    for (uint32_t b = 0; b < B; b++) {
        kernel_axpy(d_h, d_logits[b], network->hidden[count - 1] + (size_t)b * last, last);
        kernel_scale(network->gradient[count - 1] + (size_t)b * last, d_logits[b], model_output_mlp(model),
                     last);
    }
    for (uint32_t l = count; l-- > 0;) {
        uint32_t in = model->settings.layers[l], out = model->settings.layers[l + 1];
        float *gradient = network->gradient[l];
        kernel_activation_backward(gradient, network->hidden[l], B, out, ACTIVATION_RELU);
        kernel_column_sums(gradients->values[MODEL_LAYER_BIAS + 2 * l], gradient, B, out);
        if (l == 0) break;
        const float *x = network->hidden[l - 1];
        kernel_matmul(gradients->values[MODEL_LAYER_WEIGHT + 2 * l], in, gradient, 1, out, x, in, out, in, B);
        kernel_matmul(network->gradient[l - 1], in, gradient, out, 1,
                      model_values(model, MODEL_LAYER_WEIGHT + 2 * l), in, B, in, out);
    }
    first_layer_backward(network, gradients, model, network->s, 0, MODEL_MLP_USER, B);
    first_layer_backward(network, gradients, model, network->t, model->embedding_width, MODEL_MLP_ITEM, B);
}

void network_backward(struct network *network, struct gradients *gradients, const struct model *model,
                      const float *d_logits, uint32_t B) {
    if ((model->settings.parts & MODEL_BIAS) != 0) bias_backward(gradients, d_logits, B);
    if (model->output_width == 0) return;
    memset(gradients->values[MODEL_OUTPUT_WEIGHT], 0, model->output_width * sizeof(float));
    gradients->values[MODEL_OUTPUT_BIAS][0] = 0.0F;
    for (uint32_t b = 0; b < B; b++) gradients->values[MODEL_OUTPUT_BIAS][0] += d_logits[b];
    if ((model->settings.parts & MODEL_GMF) != 0) gmf_backward(network, gradients, model, d_logits, B);
    if ((model->settings.parts & MODEL_MLP) != 0) mlp_backward(network, gradients, model, d_logits, B);
}

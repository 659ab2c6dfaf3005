#include "model/network.h"

#include <stdlib.h>
#include <string.h>

#include "base/kernels.h"
#include "base/memory.h"

static struct network *lay_out(struct arena *arena, struct network *network, const struct model *model,
                               uint32_t capacity) {
    struct network *self = arena_take(arena, 1, sizeof *self);
    const uint32_t *widths = model->settings.layers;
    uint64_t B = capacity, half = model->hidden_count > 0 ? widths[1] : 1;
    network->weighted = arena_take(arena, model->gmf_width, sizeof(float));
    if ((model->settings.parts & MODEL_MLP) == 0) return self;
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++) {
        network->embedding[axis] = arena_take(arena, B * model->embedding_width, sizeof(float));
        network->half[axis] = arena_take(arena, B * half, sizeof(float));
    }
    for (uint32_t l = 0; l < model->hidden_count; l++) {
        network->hidden[l] = arena_take(arena, B * widths[l + 1], sizeof(float));
        network->gradient[l] = arena_take(arena, B * widths[l + 1], sizeof(float));
        network->transposed[l] = arena_take(arena, (uint64_t)widths[l] * widths[l + 1], sizeof(float));
    }
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

/* Row `row` of a matrix that is `width` wide. */
static float *row_of(float *matrix, uint32_t row, uint32_t width) { return matrix + (size_t)row * width; }

/* The embedding that sample b has in `table`, a tensor of users or items. */
static const float *embedding_of(const struct model *model, const struct batch *batch, uint32_t table,
                                 uint32_t b) {
    const uint32_t *rows = model->tensors[table].axis == TENSOR_USER ? batch->users : batch->items;
    return row_of(model_values(model, table), rows[b], model->tensors[table].columns);
}

/* Where the gradient of that embedding is added up. */
static float *gradient_of(struct gradients *gradients, const struct model *model, const struct batch *batch,
                          uint32_t table, uint32_t b) {
    const struct tensor *tensor = model->tensors + table;
    return row_of(gradients->values[table], batch->slots[tensor->axis].of_sample[b], tensor->columns);
}

static void gmf_forward(struct network *network, float *logits, const struct model *model,
                        const struct batch *batch) {
    uint32_t F = model->gmf_width;
    for (uint32_t b = 0; b < batch->B; b++) {
        kernel_multiply(network->weighted, model_output_gmf(model),
                        embedding_of(model, batch, MODEL_GMF_USER, b), F);
        logits[b] += kernel_dot(network->weighted, embedding_of(model, batch, MODEL_GMF_ITEM, b), F);
    }
}

/* W_s s + b of each different user, W_t t of each different item; without hidden layers h in the place of W. */
static void halves_forward(struct network *network, const struct model *model, const struct batch *batch,
                           enum tensor_axis axis) {
    const struct slots *slots = batch->slots + axis;
    uint32_t D = model->embedding_width, H = model->settings.layers[1], first = axis == TENSOR_USER ? 0 : D;
    const float *table = model_values(model, model_mlp_table(model, axis));
    float *x = network->embedding[axis];
    for (uint32_t s = 0; s < slots->count; s++)
        memcpy(row_of(x, s, D), table + (size_t)slots->row[s] * D, D * sizeof *x);
    if (model->hidden_count == 0) {
        for (uint32_t s = 0; s < slots->count; s++)
            network->half[axis][s] = kernel_dot(model_output_mlp(model) + first, row_of(x, s, D), D);
        return;
    }
    kernel_matmul(network->half[axis], H, x, D, 1, network->transposed[0] + (size_t)first * H, H,
                  slots->count, H, D);
    if (axis == TENSOR_USER)
        kernel_bias_activation(network->half[axis], model_values(model, MODEL_LAYER_BIAS), slots->count, H,
                               ACTIVATION_IDENTITY);
}

/* The last layer with shared embeddings: z[B, F] has p ∘ q inside its activation (eq. 11). */
static void add_products(float *z, const struct model *model, const struct batch *batch) {
    uint32_t F = model->mlp_width;
    for (uint32_t b = 0; b < batch->B; b++)
        kernel_axpy_product(row_of(z, b, F), 1.0F, embedding_of(model, batch, MODEL_GMF_USER, b),
                            embedding_of(model, batch, MODEL_GMF_ITEM, b), F);
    kernel_activation(z, (size_t)batch->B * F, model->settings.activation);
}

/* Hidden layer l. With shared embeddings the last one leaves its activation to add_products. */
static void layer_forward(struct network *network, const struct model *model, const struct batch *batch,
                          uint32_t l) {
    uint32_t in = model->settings.layers[l], out = model->settings.layers[l + 1];
    bool open = model->settings.shared && l + 1 == model->hidden_count;
    enum activation activation = open ? ACTIVATION_IDENTITY : model->settings.activation;
    float *z = network->hidden[l];
    if (l == 0) {
        kernel_join(z, network->half[TENSOR_USER], batch->slots[TENSOR_USER].of_sample,
                    network->half[TENSOR_ITEM], batch->slots[TENSOR_ITEM].of_sample, batch->B, out,
                    activation);
    } else {
        kernel_layer(z, network->hidden[l - 1], network->transposed[l],
                     model_values(model, MODEL_LAYER_BIAS + 2 * l), batch->B, out, in, activation);
    }
    if (open) add_products(z, model, batch);
}

static void mlp_forward(struct network *network, float *logits, const struct model *model,
                        const struct batch *batch) {
    const uint32_t *widths = model->settings.layers;
    uint32_t count = model->hidden_count;
    for (uint32_t l = 0; l < count; l++)
        kernel_transpose(network->transposed[l], model_values(model, MODEL_LAYER_WEIGHT + 2 * l),
                         widths[l + 1], widths[l]);
    halves_forward(network, model, batch, TENSOR_USER);
    halves_forward(network, model, batch, TENSOR_ITEM);
    for (uint32_t l = 0; l < count; l++) layer_forward(network, model, batch, l);
    if (count > 0) {
        kernel_dot_rows(logits, model_output_mlp(model), network->hidden[count - 1], NULL, batch->B,
                        model->mlp_width);
        return;
    }
    for (uint32_t b = 0; b < batch->B; b++)
        logits[b] += network->half[TENSOR_USER][batch->slots[TENSOR_USER].of_sample[b]] +
                     network->half[TENSOR_ITEM][batch->slots[TENSOR_ITEM].of_sample[b]];
}

void network_forward(struct network *network, float *logits, const struct model *model,
                     const struct batch *batch) {
    memset(logits, 0, batch->B * sizeof *logits);
    if (model->gmf_width > 0) gmf_forward(network, logits, model, batch);
    if ((model->settings.parts & MODEL_MLP) != 0) mlp_forward(network, logits, model, batch);
    for (uint32_t b = 0; b < batch->B; b++)
        logits[b] += model_offset(model, batch->users[b], batch->items[b]);
}

static void bias_backward(struct gradients *gradients, const struct model *model, const struct batch *batch,
                          const float *d_logits) {
    for (uint32_t b = 0; b < batch->B; b++) {
        *gradients->values[MODEL_GLOBAL_BIAS] += d_logits[b];
        *gradient_of(gradients, model, batch, MODEL_USER_BIAS, b) += d_logits[b];
        *gradient_of(gradients, model, batch, MODEL_ITEM_BIAS, b) += d_logits[b];
    }
}

static void gmf_backward(struct gradients *gradients, const struct model *model, const struct batch *batch,
                         const float *d_logits) {
    uint32_t F = model->gmf_width;
    const float *h = model_output_gmf(model);
    for (uint32_t b = 0; b < batch->B; b++) {
        const float *p = embedding_of(model, batch, MODEL_GMF_USER, b);
        const float *q = embedding_of(model, batch, MODEL_GMF_ITEM, b);
        kernel_axpy_product(gradients->values[MODEL_OUTPUT_WEIGHT], d_logits[b], p, q, F);
        kernel_axpy_product(gradient_of(gradients, model, batch, MODEL_GMF_USER, b), d_logits[b], h, q, F);
        kernel_axpy_product(gradient_of(gradients, model, batch, MODEL_GMF_ITEM, b), d_logits[b], h, p, F);
    }
}

/* Undoes add_products, given the gradient of what it added to. */
static void products_backward(struct gradients *gradients, const struct model *model,
                              const struct batch *batch, float *gradient) {
    uint32_t F = model->mlp_width;
    for (uint32_t b = 0; b < batch->B; b++) {
        const float *d = row_of(gradient, b, F);
        kernel_axpy_product(gradient_of(gradients, model, batch, MODEL_GMF_USER, b), 1.0F, d,
                            embedding_of(model, batch, MODEL_GMF_ITEM, b), F);
        kernel_axpy_product(gradient_of(gradients, model, batch, MODEL_GMF_ITEM, b), 1.0F, d,
                            embedding_of(model, batch, MODEL_GMF_USER, b), F);
    }
}

/* Undoes halves_forward, given the gradient of the halves; the embeddings' gradients are overwritten. */
static void halves_backward(struct network *network, struct gradients *gradients, const struct model *model,
                            const struct batch *batch, enum tensor_axis axis) {
    uint32_t D = model->embedding_width, H = model->settings.layers[1], first = axis == TENSOR_USER ? 0 : D;
    uint32_t count = batch->slots[axis].count;
    float *d_half = network->half[axis], *x = network->embedding[axis];
    float *d_x = gradients->values[model_mlp_table(model, axis)];
    if (model->hidden_count > 0) {
        float *d_weights = gradients->values[MODEL_LAYER_WEIGHT] + first;
        kernel_matmul(d_weights, 2 * D, d_half, 1, H, x, D, H, D, count);
        kernel_matmul(d_x, D, d_half, H, 1, model_values(model, MODEL_LAYER_WEIGHT) + first, 2 * D, count, D,
                      H);
        return;
    }
    float *d_h = gradients->values[MODEL_OUTPUT_WEIGHT] + model->gmf_width + first;
    for (uint32_t s = 0; s < count; s++) {
        kernel_axpy(d_h, d_half[s], row_of(x, s, D), D);
        kernel_scale(row_of(d_x, s, D), d_half[s], model_output_mlp(model) + first, D);
    }
}

/* Undoes kernel_join: adds each sample's gradient[B, H] to its user's and its item's half. */
static void part_halves(struct network *network, const struct batch *batch, const float *gradient,
                        uint32_t H) {
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++) {
        const struct slots *slots = batch->slots + axis;
        memset(network->half[axis], 0, (size_t)slots->count * H * sizeof(float));
        for (uint32_t b = 0; b < batch->B; b++)
            kernel_add(row_of(network->half[axis], slots->of_sample[b], H), gradient + (size_t)b * H, H);
    }
}

/* From the logits to the first hidden layer's gradient before its activation. */
static void layers_backward(struct network *network, struct gradients *gradients, const struct model *model,
                            const struct batch *batch, const float *d_logits) {
    uint32_t B = batch->B, top = model->hidden_count - 1, last = model->mlp_width;
    float *d_h = gradients->values[MODEL_OUTPUT_WEIGHT] + model->gmf_width;
    for (uint32_t b = 0; b < B; b++) {
        kernel_axpy(d_h, d_logits[b], row_of(network->hidden[top], b, last), last);
        kernel_scale(row_of(network->gradient[top], b, last), d_logits[b], model_output_mlp(model), last);
    }
    for (uint32_t l = top;; l--) {
        uint32_t in = model->settings.layers[l], out = model->settings.layers[l + 1];
        float *gradient = network->gradient[l];
        kernel_activation_backward(gradient, network->hidden[l], B, out, model->settings.activation);
        kernel_column_sums(gradients->values[MODEL_LAYER_BIAS + 2 * l], gradient, B, out);
        if (l == 0) return;
        kernel_matmul(gradients->values[MODEL_LAYER_WEIGHT + 2 * l], in, gradient, 1, out,
                      network->hidden[l - 1], in, out, in, B);
        kernel_matmul(network->gradient[l - 1], in, gradient, out, 1,
                      model_values(model, MODEL_LAYER_WEIGHT + 2 * l), in, B, in, out);
    }
}

static void mlp_backward(struct network *network, struct gradients *gradients, const struct model *model,
                         const struct batch *batch, const float *d_logits) {
    if (model->hidden_count > 0) {
        layers_backward(network, gradients, model, batch, d_logits);
        part_halves(network, batch, network->gradient[0], model->settings.layers[1]);
    } else {
        part_halves(network, batch, d_logits, 1);
    }
    halves_backward(network, gradients, model, batch, TENSOR_USER);
    halves_backward(network, gradients, model, batch, TENSOR_ITEM);
    if (model->settings.shared)
        products_backward(gradients, model, batch, network->gradient[model->hidden_count - 1]);
}

void network_backward(struct network *network, struct gradients *gradients, const struct model *model,
                      const struct batch *batch, const float *d_logits) {
    gradients_zero(gradients, model, batch);
    if ((model->settings.parts & MODEL_BIAS) != 0) bias_backward(gradients, model, batch, d_logits);
    if (model->output_width == 0) return;
    for (uint32_t b = 0; b < batch->B; b++) *gradients->values[MODEL_OUTPUT_BIAS] += d_logits[b];
    if (model->gmf_width > 0) gmf_backward(gradients, model, batch, d_logits);
    if ((model->settings.parts & MODEL_MLP) != 0) mlp_backward(network, gradients, model, batch, d_logits);
}

#include "model/network.h"

#include <stdlib.h>
#include <string.h>

#include "base/kernels.h"
#include "base/memory.h"

static struct network *lay_out(struct arena *arena, struct network *network, const struct model *model,
                               uint32_t capacity) {
    struct network *self = arena_take(arena, 1, sizeof *self);
    network->weighted = arena_take(arena, model->factors, sizeof(float));
    if ((model->settings.parts & MODEL_MLP) == 0) return self;
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++)
        half_lay_out(network->halves + axis, arena, model, axis, capacity);
    network->tower = layers_of_tower(model);
    layers_lay_out(&network->tower, arena, capacity);
    network->fusion = layers_of_fusion(model);
    if (network->fusion.count == 0) return self;
    layers_lay_out(&network->fusion, arena, capacity);
    network->joint = arena_take(arena, (uint64_t)capacity * model->joint_width, sizeof(float));
    network->d_joint = arena_take(arena, (uint64_t)capacity * model->joint_width, sizeof(float));
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

/* The score of GMF's product: hᵀ (p ∘ q), h being 1 with `dot`. */
static void gmf_forward(struct network *network, float *logits, const struct model *model,
                        const struct batch *batch) {
    uint32_t F = model->factors;
    for (uint32_t b = 0; b < batch->B; b++) {
        const float *p = embedding_of(model, batch, MODEL_GMF_USER, b);
        if (!model->settings.dot) {
            kernel_multiply(network->weighted, model_output_gmf(model), p, F);
            p = network->weighted;
        }
        logits[b] += kernel_dot(p, embedding_of(model, batch, MODEL_GMF_ITEM, b), F);
    }
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
    struct layers *tower = &network->tower;
    const struct half *user = network->halves + TENSOR_USER, *item = network->halves + TENSOR_ITEM;
    bool open = model->settings.shared && l + 1 == tower->count;
    enum activation activation = open ? ACTIVATION_IDENTITY : model->settings.activation;
    if (l == 0)
        kernel_join(tower->hidden[0], user->value, batch->slots[TENSOR_USER].of_sample, item->value,
                    batch->slots[TENSOR_ITEM].of_sample, batch->B, tower->widths[1], activation);
    else
        layers_forward(tower, model, l, tower->hidden[l - 1], batch->B, activation);
    if (open) add_products(tower->hidden[l], model, batch);
}

/* Up to the last hidden layer, or without hidden layers up to the halves of the score. */
static void tower_forward(struct network *network, const struct model *model, const struct batch *batch) {
    layers_refresh(&network->tower, model);
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++)
        half_forward(network->halves + axis, model, batch, network->tower.transposed[0]);
    for (uint32_t l = 0; l < network->tower.count; l++) layer_forward(network, model, batch, l);
}

static void mlp_forward(struct network *network, float *logits, const struct model *model,
                        const struct batch *batch) {
    const struct half *user = network->halves + TENSOR_USER, *item = network->halves + TENSOR_ITEM;
    uint32_t count = network->tower.count;
    tower_forward(network, model, batch);
    if (count > 0) {
        kernel_dot_rows(logits, model_output_mlp(model), network->tower.hidden[count - 1], NULL, batch->B,
                        model->mlp_width);
        return;
    }
    for (uint32_t b = 0; b < batch->B; b++)
        logits[b] += user->value[batch->slots[TENSOR_USER].of_sample[b]] +
                     item->value[batch->slots[TENSOR_ITEM].of_sample[b]];
}

/* hᵀ φ([p ∘ q; the tower's output]) */
static void fusion_forward(struct network *network, float *logits, const struct model *model,
                           const struct batch *batch) {
    struct layers *fusion = &network->fusion;
    uint32_t F = model->gmf_width, L = model->mlp_width, J = model->joint_width;
    tower_forward(network, model, batch);
    layers_refresh(fusion, model);
    const float *out = network->tower.hidden[network->tower.count - 1], *x = network->joint;
    for (uint32_t b = 0; b < batch->B; b++) {
        float *joint = row_of(network->joint, b, J);
        kernel_multiply(joint, embedding_of(model, batch, MODEL_GMF_USER, b),
                        embedding_of(model, batch, MODEL_GMF_ITEM, b), F);
        memcpy(joint + F, out + (size_t)b * L, L * sizeof *joint);
    }
    for (uint32_t l = 0; l < fusion->count; l++, x = fusion->hidden[l - 1])
        layers_forward(fusion, model, l, x, batch->B, model->settings.activation);
    kernel_dot_rows(logits, model_values(model, MODEL_OUTPUT_WEIGHT), x, NULL, batch->B, model->output_width);
}

void network_forward(struct network *network, float *logits, const struct model *model,
                     const struct batch *batch) {
    memset(logits, 0, batch->B * sizeof *logits);
    if (network->fusion.count > 0) {
        fusion_forward(network, logits, model, batch);
    } else {
        if (model->gmf_width > 0 || model->settings.dot) gmf_forward(network, logits, model, batch);
        if ((model->settings.parts & MODEL_MLP) != 0) mlp_forward(network, logits, model, batch);
    }
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

/* Undoes gmf_forward. */
static void gmf_backward(struct gradients *gradients, const struct model *model, const struct batch *batch,
                         const float *d_logits) {
    uint32_t F = model->factors;
    const float *h = model_output_gmf(model);
    for (uint32_t b = 0; b < batch->B; b++) {
        const float *p = embedding_of(model, batch, MODEL_GMF_USER, b);
        const float *q = embedding_of(model, batch, MODEL_GMF_ITEM, b);
        float *d_p = gradient_of(gradients, model, batch, MODEL_GMF_USER, b);
        float *d_q = gradient_of(gradients, model, batch, MODEL_GMF_ITEM, b);
        if (model->settings.dot) {
            kernel_axpy(d_p, d_logits[b], q, F);
            kernel_axpy(d_q, d_logits[b], p, F);
            continue;
        }
        kernel_axpy_product(gradients->values[MODEL_OUTPUT_WEIGHT], d_logits[b], p, q, F);
        kernel_axpy_product(d_p, d_logits[b], h, q, F);
        kernel_axpy_product(d_q, d_logits[b], h, p, F);
    }
}

/* Undoes p ∘ q, given its gradient, rows of d[B, ld] that begin with it. */
static void products_backward(struct gradients *gradients, const struct model *model,
                              const struct batch *batch, const float *d, uint32_t ld) {
    uint32_t F = model->factors;
    for (uint32_t b = 0; b < batch->B; b++, d += ld) {
        kernel_axpy_product(gradient_of(gradients, model, batch, MODEL_GMF_USER, b), 1.0F, d,
                            embedding_of(model, batch, MODEL_GMF_ITEM, b), F);
        kernel_axpy_product(gradient_of(gradients, model, batch, MODEL_GMF_ITEM, b), 1.0F, d,
                            embedding_of(model, batch, MODEL_GMF_USER, b), F);
    }
}

/* Undoes the output layer over a stack: the gradients of h, which begins at `from` of output.weight, and of the stack's
 * last layer. */
static void output_backward(struct layers *layers, struct gradients *gradients, const struct model *model,
                            const float *d_logits, uint32_t from, uint32_t B) {
    uint32_t top = layers->count - 1, last = layers->widths[layers->count];
    float *d_h = gradients->values[MODEL_OUTPUT_WEIGHT] + from;
    const float *h = model_values(model, MODEL_OUTPUT_WEIGHT) + from;
    for (uint32_t b = 0; b < B; b++) {
        kernel_axpy(d_h, d_logits[b], row_of(layers->hidden[top], b, last), last);
        kernel_scale(row_of(layers->gradient[top], b, last), d_logits[b], h, last);
    }
}

/* Undoes tower_forward, given the gradient of its last layer, or of the score without hidden layers. */
static void tower_backward(struct network *network, struct gradients *gradients, const struct model *model,
                           const struct batch *batch, const float *d_logits) {
    struct layers *tower = &network->tower;
    for (uint32_t l = tower->count; l-- > 0;) {
        layers_activation_backward(tower, gradients, model, l, batch->B);
        if (l > 0)
            layers_backward(tower, gradients, model, l, tower->hidden[l - 1], tower->gradient[l - 1],
                            batch->B);
    }
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++) {
        if (tower->count > 0)
            half_collect(network->halves + axis, batch, tower->gradient[0], tower->widths[1]);
        else
            half_collect(network->halves + axis, batch, d_logits, 1);
    }
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++)
        half_backward(network->halves + axis, gradients, model, batch);
    if (model->settings.shared)
        products_backward(gradients, model, batch, tower->gradient[tower->count - 1], model->mlp_width);
}

/* Undoes fusion_forward up to the tower's last layer. */
static void fusion_backward(struct network *network, struct gradients *gradients, const struct model *model,
                            const struct batch *batch, const float *d_logits) {
    struct layers *fusion = &network->fusion, *tower = &network->tower;
    uint32_t L = model->mlp_width, J = model->joint_width;
    output_backward(fusion, gradients, model, d_logits, 0, batch->B);
    for (uint32_t l = fusion->count; l-- > 0;) {
        layers_activation_backward(fusion, gradients, model, l, batch->B);
        layers_backward(fusion, gradients, model, l, l > 0 ? fusion->hidden[l - 1] : network->joint,
                        l > 0 ? fusion->gradient[l - 1] : network->d_joint, batch->B);
    }
    products_backward(gradients, model, batch, network->d_joint, J);
    for (uint32_t b = 0; b < batch->B; b++)
        memcpy(row_of(tower->gradient[tower->count - 1], b, L),
               row_of(network->d_joint, b, J) + model->gmf_width, L * sizeof(float));
}

void network_backward(struct network *network, struct gradients *gradients, const struct model *model,
                      const struct batch *batch, const float *d_logits) {
    bool mlp = (model->settings.parts & MODEL_MLP) != 0;
    gradients_zero(gradients, model, batch);
    if ((model->settings.parts & MODEL_BIAS) != 0) bias_backward(gradients, model, batch, d_logits);
    if (model->output_width > 0)
        for (uint32_t b = 0; b < batch->B; b++) *gradients->values[MODEL_OUTPUT_BIAS] += d_logits[b];
    if (network->fusion.count > 0) {
        fusion_backward(network, gradients, model, batch, d_logits);
    } else {
        if (model->gmf_width > 0 || model->settings.dot) gmf_backward(gradients, model, batch, d_logits);
        if (mlp && network->tower.count > 0)
            output_backward(&network->tower, gradients, model, d_logits, model->gmf_width, batch->B);
    }
    if (mlp) tower_backward(network, gradients, model, batch, d_logits);
}

#include "model/layers.h"

#include <string.h>

struct layers layers_of_tower(const struct model *model) {
    struct layers layers = {.count = model->hidden_count, .tensor = MODEL_LAYER_WEIGHT};
    memcpy(layers.widths, model->settings.layers, sizeof layers.widths);
    return layers;
}

struct layers layers_of_fusion(const struct model *model) {
    struct layers layers = {.count = model->settings.fusion_count, .tensor = MODEL_FUSION_WEIGHT};
    layers.widths[0] = model->joint_width;
    memcpy(layers.widths + 1, model->settings.fusion, sizeof model->settings.fusion);
    return layers;
}

void layers_lay_out(struct layers *layers, struct arena *arena, uint32_t capacity) {
    const uint32_t *widths = layers->widths;
    for (uint32_t l = 0; l < layers->count; l++) {
        layers->hidden[l] = arena_take(arena, (uint64_t)capacity * widths[l + 1], sizeof(float));
        layers->gradient[l] = arena_take(arena, (uint64_t)capacity * widths[l + 1], sizeof(float));
        layers->transposed[l] = arena_take(arena, (uint64_t)widths[l] * widths[l + 1], sizeof(float));
    }
}

static const float *weight_of(const struct layers *layers, const struct model *model, uint32_t l) {
    return model_values(model, layers->tensor + 2 * l);
}

static const float *bias_of(const struct layers *layers, const struct model *model, uint32_t l) {
    return model_values(model, layers->tensor + 2 * l + 1);
}

void layers_refresh(struct layers *layers, const struct model *model) {
    for (uint32_t l = 0; l < layers->count; l++)
        kernel_transpose(layers->transposed[l], weight_of(layers, model, l), layers->widths[l + 1],
                         layers->widths[l]);
}

void layers_forward(struct layers *layers, const struct model *model, uint32_t l, const float *x, uint32_t B,
                    enum activation activation) {
    kernel_layer(layers->hidden[l], x, layers->transposed[l], bias_of(layers, model, l), B,
                 layers->widths[l + 1], layers->widths[l], activation);
}

void layers_activation_backward(struct layers *layers, struct gradients *gradients, const struct model *model,
                                uint32_t l, uint32_t B) {
    uint32_t out = layers->widths[l + 1];
    kernel_activation_backward(layers->gradient[l], layers->hidden[l], B, out, model->settings.activation);
    kernel_column_sums(gradients->values[layers->tensor + 2 * l + 1], layers->gradient[l], B, out);
}

void layers_input_backward(const struct layers *layers, const struct model *model, uint32_t l, float *d_x,
                           uint32_t B) {
    uint32_t in = layers->widths[l], out = layers->widths[l + 1];
    kernel_matmul(d_x, in, layers->gradient[l], out, 1, weight_of(layers, model, l), in, B, in, out);
}

void layers_backward(struct layers *layers, struct gradients *gradients, const struct model *model,
                     uint32_t l, const float *x, float *d_x, uint32_t B) {
    uint32_t in = layers->widths[l], out = layers->widths[l + 1];
    kernel_matmul(gradients->values[layers->tensor + 2 * l], in, layers->gradient[l], 1, out, x, in, out, in,
                  B);
    layers_input_backward(layers, model, l, d_x, B);
}

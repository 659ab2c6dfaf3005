#include "model/halves.h"

#include <string.h>

void half_lay_out(struct half *half, struct arena *arena, const struct model *model, enum tensor_axis axis,
                  uint32_t capacity) {
    uint64_t H = model->hidden_count > 0 ? model->settings.layers[1] : 1;
    half->axis = axis;
    half->x = arena_take(arena, (uint64_t)capacity * model->embedding_width, sizeof(float));
    half->value = arena_take(arena, capacity * H, sizeof(float));
}

/* Where this half's columns of the first layer's weights, or of h, begin. */
static uint32_t first_column(const struct half *half, const struct model *model) {
    return half->axis == TENSOR_USER ? 0 : model->embedding_width;
}

static uint32_t features_tensor(const struct half *half) {
    return half->axis == TENSOR_USER ? MODEL_USER_FEATURES : MODEL_ITEM_FEATURES;
}

static void gather(struct half *half, const struct model *model, const struct slots *slots) {
    const struct model_features *features = model->settings.features + half->axis;
    uint32_t D = model->embedding_width;
    const float *table = model_values(model, model_mlp_table(model, half->axis));
    for (uint32_t s = 0; s < slots->count; s++) {
        uint32_t row = slots->row[s];
        float *x = half->x + (size_t)s * D;
        if (features->count == 0)
            memcpy(x, table + (size_t)row * D, D * sizeof *x);
        else
            model_mlp_input(model, x, half->axis, row, features->index + features->start[row],
                            features->start[row + 1] - features->start[row]);
    }
}

void half_forward(struct half *half, const struct model *model, const struct batch *batch,
                  const float *transposed) {
    const struct slots *slots = batch->slots + half->axis;
    uint32_t D = model->embedding_width, H = model->settings.layers[1], first = first_column(half, model);
    gather(half, model, slots);
    if (model->hidden_count == 0) {
        for (uint32_t s = 0; s < slots->count; s++)
            half->value[s] = kernel_dot(model_output_mlp(model) + first, half->x + (size_t)s * D, D);
        return;
    }
    kernel_matmul(half->value, H, half->x, D, 1, transposed + (size_t)first * H, H, slots->count, H, D);
    if (half->axis == TENSOR_USER)
        kernel_bias_activation(half->value, model_values(model, MODEL_LAYER_BIAS), slots->count, H,
                               ACTIVATION_IDENTITY);
}

void half_collect(struct half *half, const struct batch *batch, const float *gradient, uint32_t H) {
    const struct slots *slots = batch->slots + half->axis;
    memset(half->value, 0, (size_t)slots->count * H * sizeof(float));
    for (uint32_t b = 0; b < batch->B; b++)
        kernel_add(half->value + (size_t)slots->of_sample[b] * H, gradient + (size_t)b * H, H);
}

/* The gradients of the features from those of the inputs: each feature of a row has its share of the mean. */
static void features_backward(const struct half *half, struct gradients *gradients, const struct model *model,
                              const struct slots *slots, const float *d_x) {
    const struct model_features *features = model->settings.features + half->axis;
    uint32_t D = model->embedding_width;
    float *d_features = gradients->values[features_tensor(half)];
    for (uint32_t s = 0; s < slots->count; s++) {
        const uint32_t *start = features->start + slots->row[s];
        for (uint32_t f = start[0]; f < start[1]; f++)
            kernel_axpy(d_features + (size_t)features->index[f] * D, 1.0F / (float)(start[1] - start[0]),
                        d_x + (size_t)s * D, D);
    }
}

void half_backward(struct half *half, struct gradients *gradients, const struct model *model,
                   const struct batch *batch) {
    const struct slots *slots = batch->slots + half->axis;
    uint32_t D = model->embedding_width, H = model->settings.layers[1], first = first_column(half, model);
    uint32_t table = model_mlp_table(model, half->axis), count = slots->count;
    /* where features stand alone, x makes room for its gradient once it is no longer needed */
    float *d_x = model->tensors[table].rows > 0 ? gradients->values[table] : half->x;
    if (model->hidden_count > 0) {
        kernel_matmul(gradients->values[MODEL_LAYER_WEIGHT] + first, 2 * D, half->value, 1, H, half->x, D, H,
                      D, count);
        kernel_matmul(d_x, D, half->value, H, 1, model_values(model, MODEL_LAYER_WEIGHT) + first, 2 * D,
                      count, D, H);
    } else {
        float *d_h = gradients->values[MODEL_OUTPUT_WEIGHT] + model->gmf_width + first;
        for (uint32_t s = 0; s < count; s++) {
            kernel_axpy(d_h, half->value[s], half->x + (size_t)s * D, D);
            kernel_scale(d_x + (size_t)s * D, half->value[s], model_output_mlp(model) + first, D);
        }
    }
    if (model->settings.features[half->axis].count > 0) features_backward(half, gradients, model, slots, d_x);
}

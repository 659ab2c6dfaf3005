#include "model/gradients.h"

#include <stdlib.h>
#include <string.h>

#include "base/kernels.h"
#include "base/memory.h"

static struct gradients *lay_out(struct arena *arena, struct gradients *gradients, const struct model *model,
                                 uint32_t capacity) {
    struct gradients *self = arena_take(arena, 1, sizeof *self);
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->rows == 0) continue;
        uint64_t rows = tensor->axis == TENSOR_DENSE ? tensor->rows : capacity;
        gradients->values[t] = arena_take(arena, rows * tensor->columns, sizeof(float));
    }
    return self;
}

enum status gradients_new(struct gradients **out, const struct model *model, uint32_t capacity) {
    *out = NULL;
    struct gradients description = {0};
    struct arena arena = {0};
    lay_out(&arena, &description, model, capacity);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct gradients *gradients = lay_out(&arena, &description, model, capacity);
    *gradients = description;
    *out = gradients;
    return STATUS_OK;
}

void gradients_free(struct gradients *gradients) { free(gradients); }

void gradients_zero(struct gradients *gradients, const struct model *model, const struct batch *batch) {
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        uint32_t rows = tensor->axis == TENSOR_DENSE ? tensor->rows : batch->slots[tensor->axis].count;
        if (tensor->rows > 0) memset(gradients->values[t], 0, (size_t)rows * tensor->columns * sizeof(float));
    }
}

static void add_l2_of_rows(float *gradients, const float *values, const struct slots *slots, uint32_t width,
                           float l2, uint32_t B) {
    float share = l2 / (float)B;
    for (uint32_t b = 0; b < B; b++) {
        uint32_t s = slots->of_sample[b];
        kernel_axpy(gradients + (size_t)s * width, share, values + (size_t)slots->row[s] * width, width);
    }
}

void gradients_add_l2(struct gradients *gradients, const struct model *model, const struct batch *batch) {
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        float l2 = model->settings.l2[tensor->group];
        if (tensor->rows == 0 || tensor->group == MODEL_FREE || l2 == 0.0F) continue;
        if (tensor->axis == TENSOR_DENSE)
            kernel_axpy(gradients->values[t], l2, model_values(model, t), tensor->rows * tensor->columns);
        else
            add_l2_of_rows(gradients->values[t], model_values(model, t), batch->slots + tensor->axis,
                           tensor->columns, l2, batch->B);
    }
}

#include "model/adam.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"

#define BETA1 0.9
#define BETA2 0.999
#define EPSILON 1e-8F
#define SMALLEST_M 1e-20F
#define SMALLEST_V 1e-30F

enum status adam_new(struct adam **out, const struct model *model) {
    *out = NULL;
    struct arena arena = {0};
    arena_take(&arena, 1, sizeof **out);
    arena_take(&arena, 2 * model->parameters, sizeof(float));
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct adam *adam = arena_take(&arena, 1, sizeof *adam);
    adam->m = arena_take(&arena, 2 * model->parameters, sizeof(float));
    adam->v = adam->m + model->parameters;
    adam_reset(adam, model);
    *out = adam;
    return STATUS_OK;
}

void adam_free(struct adam *adam) { free(adam); }

void adam_reset(struct adam *adam, const struct model *model) {
    memset(adam->m, 0, (size_t)(2 * model->parameters) * sizeof(float));
    adam->step = 0;
    adam->beta1_power = adam->beta2_power = 1.0;
}

/* Four parameters. */
static v128_t update_4(v128_t *m, v128_t *v, v128_t value, v128_t gradient, v128_t rate) {
    v128_t square = wasm_f32x4_mul(gradient, gradient);
    v128_t new_m = wasm_f32x4_add(wasm_f32x4_mul(wasm_f32x4_splat((float)BETA1), *m),
                                  wasm_f32x4_mul(wasm_f32x4_splat((float)(1.0 - BETA1)), gradient));
    v128_t new_v = wasm_f32x4_add(wasm_f32x4_mul(wasm_f32x4_splat((float)BETA2), *v),
                                  wasm_f32x4_mul(wasm_f32x4_splat((float)(1.0 - BETA2)), square));
    /* a comparison with NaN is false and keeps it, so that a diverging run shows */
    new_m = wasm_v128_andnot(new_m, wasm_f32x4_lt(wasm_f32x4_abs(new_m), wasm_f32x4_splat(SMALLEST_M)));
    new_v = wasm_v128_andnot(new_v, wasm_f32x4_lt(new_v, wasm_f32x4_splat(SMALLEST_V)));
    *m = new_m;
    *v = new_v;
    v128_t root = wasm_f32x4_add(wasm_f32x4_sqrt(new_v), wasm_f32x4_splat(EPSILON));
    return wasm_f32x4_sub(value, wasm_f32x4_div(wasm_f32x4_mul(rate, new_m), root));
}

static void update(float *values, float *m, float *v, const float *gradients, uint64_t n, float rate) {
    v128_t rates = wasm_f32x4_splat(rate), new_m, new_v;
    uint64_t i = 0;
    for (; i + 4 <= n; i += 4) {
        new_m = wasm_v128_load(m + i), new_v = wasm_v128_load(v + i);
        v128_t value =
            update_4(&new_m, &new_v, wasm_v128_load(values + i), wasm_v128_load(gradients + i), rates);
        wasm_v128_store(values + i, value), wasm_v128_store(m + i, new_m), wasm_v128_store(v + i, new_v);
    }
    for (; i < n; i++) {
        new_m = wasm_v128_load32_zero(m + i), new_v = wasm_v128_load32_zero(v + i);
        v128_t value = update_4(&new_m, &new_v, wasm_v128_load32_zero(values + i),
                                wasm_v128_load32_zero(gradients + i), rates);
        values[i] = wasm_f32x4_extract_lane(value, 0);
        m[i] = wasm_f32x4_extract_lane(new_m, 0);
        v[i] = wasm_f32x4_extract_lane(new_v, 0);
    }
}

/* Rows that the batch did not use: the same step with gradient zero, four at a time with the tail one by one. */
static void update_unused(float *values, float *m, float *v, uint64_t n, float rate) {
    static const float zeros[256];
    for (uint64_t i = 0; i < n; i += 256)
        update(values + i, m + i, v + i, zeros, n - i < 256 ? n - i : 256, rate);
}

static void update_embedding(const struct tensor *tensor, const struct slots *slots, const float *gradients,
                             float *values, float *m, float *v, float rate) {
    uint64_t width = tensor->columns, unused_from = 0;
    for (uint64_t row = 0; row < tensor->rows; row++) {
        uint32_t slot = slots->of_row[row];
        if (slot == GRADIENTS_NO_SLOT) continue;
        uint64_t at = unused_from * width;
        update_unused(values + at, m + at, v + at, (row - unused_from) * width, rate);
        at = row * width;
        update(values + at, m + at, v + at, gradients + slot * width, width, rate);
        unused_from = row + 1;
    }
    uint64_t at = unused_from * width;
    update_unused(values + at, m + at, v + at, (tensor->rows - unused_from) * width, rate);
}

void adam_step(struct adam *adam, struct model *model, const struct gradients *gradients, double rate) {
    adam->step++;
    adam->beta1_power *= BETA1;
    adam->beta2_power *= BETA2;
    float corrected = (float)(rate * sqrt(1.0 - adam->beta2_power) / (1.0 - adam->beta1_power));
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->rows == 0) continue;
        float *values = model->values + tensor->offset, *m = adam->m + tensor->offset,
              *v = adam->v + tensor->offset;
        if (tensor->axis == TENSOR_DENSE)
            update(values, m, v, gradients->values[t], (uint64_t)tensor->rows * tensor->columns, corrected);
        else
            update_embedding(tensor, gradients->slots + tensor->axis, gradients->values[t], values, m, v,
                             corrected);
    }
}

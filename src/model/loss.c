#include "model/loss.h"

#include "base/maths.h"

/* Four samples: returns their losses and writes the gradients, `count` being B in every lane. */
typedef v128_t loss_of_four(v128_t *d, v128_t z, v128_t y, v128_t count, float negative_weight);

static inline v128_t log_of_four(v128_t *d, v128_t z, v128_t y, v128_t count, float negative_weight) {
    (void)negative_weight;
    *d = wasm_f32x4_div(wasm_f32x4_sub(maths_sigmoid(z), y), count);
    return wasm_f32x4_sub(maths_softplus(z), wasm_f32x4_mul(y, z));
}

static inline v128_t squared_of_four(v128_t *d, v128_t z, v128_t y, v128_t count, float negative_weight) {
    v128_t negative = wasm_f32x4_eq(y, wasm_f32x4_splat(0.0F)), off = wasm_f32x4_sub(z, y);
    v128_t weight = wasm_v128_bitselect(wasm_f32x4_splat(negative_weight), wasm_f32x4_splat(1.0F), negative);
    v128_t weighted = wasm_f32x4_mul(weight, off);
    *d = wasm_f32x4_div(wasm_f32x4_add(weighted, weighted), count);
    return wasm_f32x4_mul(weighted, off);
}

/* The sum over B samples, in their order. */
static inline double sum_by_fours(float *d_logits, const float *logits, const float *labels,
                                  float negative_weight, uint32_t B, loss_of_four *of_four) {
    v128_t count = wasm_f32x4_splat((float)B), d;
    double sum = 0.0;
    float losses[4], z[4] = {0}, y[4] = {0}, gradients[4];
    uint32_t b = 0;
    for (; b + 4 <= B; b += 4) {
        wasm_v128_store(losses, of_four(&d, wasm_v128_load(logits + b), wasm_v128_load(labels + b), count,
                                        negative_weight));
        wasm_v128_store(d_logits + b, d);
        for (uint32_t i = 0; i < 4; i++) sum += (double)losses[i];
    }
    for (uint32_t i = 0; b + i < B; i++) z[i] = logits[b + i], y[i] = labels[b + i];
    wasm_v128_store(losses, of_four(&d, wasm_v128_load(z), wasm_v128_load(y), count, negative_weight));
    wasm_v128_store(gradients, d);
    for (uint32_t i = 0; b + i < B; i++) {
        d_logits[b + i] = gradients[i];
        sum += (double)losses[i];
    }
    return sum;
}

double loss_log(float *d_logits, const float *logits, const float *labels, uint32_t B) {
    return sum_by_fours(d_logits, logits, labels, 1.0F, B, log_of_four);
}

void loss_log_each(float *losses, const float *logits, const float *labels, uint32_t B) {
    v128_t count = wasm_f32x4_splat(1.0F), unused;
    float z[4] = {0}, y[4] = {0};
    uint32_t b = 0;
    for (; b + 4 <= B; b += 4)
        wasm_v128_store(losses + b, log_of_four(&unused, wasm_v128_load(logits + b),
                                                wasm_v128_load(labels + b), count, 1.0F));
    for (uint32_t i = 0; b + i < B; i++) z[i] = logits[b + i], y[i] = labels[b + i];
    wasm_v128_store(z, log_of_four(&unused, wasm_v128_load(z), wasm_v128_load(y), count, 1.0F));
    for (uint32_t i = 0; b + i < B; i++) losses[b + i] = z[i];
}

double loss_weighted_squared(float *d_logits, const float *logits, const float *labels, float negative_weight,
                             uint32_t B) {
    return sum_by_fours(d_logits, logits, labels, negative_weight, B, squared_of_four);
}

double loss_squared(float *d_predictions, const float *predictions, const float *labels, uint32_t B) {
    return sum_by_fours(d_predictions, predictions, labels, 1.0F, B, squared_of_four);
}

/* Four pairs, given and left as (i j i j) (i j i j). What is multiplied by 0 lets an infinite x show. */
static inline v128_t bpr_of_four(v128_t d[2], v128_t first, v128_t second, v128_t pairs) {
    v128_t positive = wasm_i32x4_shuffle(first, second, 0, 2, 4, 6);
    v128_t negative = wasm_i32x4_shuffle(first, second, 1, 3, 5, 7);
    v128_t x = wasm_f32x4_sub(positive, negative), minus = wasm_f32x4_neg(x);
    v128_t up = wasm_f32x4_div(maths_sigmoid(minus), pairs), down = wasm_f32x4_neg(up);
    d[0] = wasm_i32x4_shuffle(down, up, 0, 4, 1, 5);
    d[1] = wasm_i32x4_shuffle(down, up, 2, 6, 3, 7);
    return wasm_f32x4_add(maths_softplus(minus), wasm_f32x4_mul(x, wasm_f32x4_splat(0.0F)));
}

double loss_bpr(float *d_logits, const float *logits, uint32_t B) {
    uint32_t count = B / 2;
    v128_t pairs = wasm_f32x4_splat((float)count), d[2];
    double sum = 0.0;
    float losses[4], z[8] = {0}, gradients[8];
    uint32_t b = 0;
    for (; b + 8 <= B; b += 8) {
        wasm_v128_store(losses,
                        bpr_of_four(d, wasm_v128_load(logits + b), wasm_v128_load(logits + b + 4), pairs));
        wasm_v128_store(d_logits + b, d[0]), wasm_v128_store(d_logits + b + 4, d[1]);
        for (uint32_t i = 0; i < 4; i++) sum += (double)losses[i];
    }
    for (uint32_t i = 0; b + i < B; i++) z[i] = logits[b + i];
    wasm_v128_store(losses, bpr_of_four(d, wasm_v128_load(z), wasm_v128_load(z + 4), pairs));
    wasm_v128_store(gradients, d[0]), wasm_v128_store(gradients + 4, d[1]);
    for (uint32_t i = 0; b + i < B; i++) {
        d_logits[b + i] = gradients[i];
        if (i % 2 == 0) sum += (double)losses[i / 2];
    }
    return 2.0 * sum;
}

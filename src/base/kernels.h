/* The few loops where training spends its time. Everything above is written with these.
 *
 * Legend (here and in src/model): B batch, U users, I items, D embedding width, H layer width, F predictive factors.
 * All matrices are row-major; a leading dimension (`ld…`) is the distance between rows in floats.
 * Order of summation is part of the contract: it never depends on how a loop is tiled, so tiles may change and
 * bits stay. No kernel reads or writes past the sizes given; pointers need no alignment. */
#ifndef NCF_KERNELS_H
#define NCF_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "base/simd.h"

enum activation {
    ACTIVATION_RELU,
    ACTIVATION_TANH,
    ACTIVATION_SIGMOID,
    ACTIVATION_IDENTITY,
    ACTIVATIONS,
};

/* c[M, N] = a · b, with a[m, k] at a[m * a_row + k * a_col] (so a may be transposed) and b[K, N] with rows ldb apart.
 * Each c is (0 + a0 b0) + a1 b1 + …, in the order of k. c may not overlap a or b; K = 0 gives zeros. */
void kernel_matmul(float *c, uint32_t ldc, const float *a, uint32_t a_row, uint32_t a_col, const float *b,
                   uint32_t ldb, uint32_t M, uint32_t N, uint32_t K);

/* z[B, H] = activation(z + bias), bias[H]; a ReLU leaves NaN as it is, so that a diverging run shows. */
void kernel_bias_activation(float *z, const float *bias, uint32_t B, uint32_t H, enum activation activation);

/* z[B, H] = activation(x · weights + bias) with x[B, in] and weights[in, H]: kernel_matmul and kernel_bias_activation in
 * one, the same to the bit. */
void kernel_layer(float *z, const float *x, const float *weights, const float *bias, uint32_t B, uint32_t H,
                  uint32_t in, enum activation activation);

/* out[n, H] = activation(x[x_rows[n]] + y[y_rows[n]]), rows of two matrices that are H wide. */
void kernel_join(float *out, const float *x, const uint32_t *x_rows, const float *y, const uint32_t *y_rows,
                 uint32_t n, uint32_t H, enum activation activation);

/* The same with the one row x[H] for all. */
void kernel_join_one(float *out, const float *x, const float *y, const uint32_t *y_rows, uint32_t n,
                     uint32_t H, enum activation activation);

/* out[n] += Σ_w weights[w] x[rows[n], w] for rows of a matrix that is W wide, rows 0 … n - 1 where `rows` is NULL; each
 * sum in the order of kernel_dot. */
void kernel_dot_rows(float *out, const float *weights, const float *x, const uint32_t *rows, uint32_t n,
                     uint32_t W);

/* z[n] = activation(z[n]) */
void kernel_activation(float *z, size_t n, enum activation activation);

/* Undoes an activation: gradient[B, H] *= activation'(·), told from the layer's output[B, H]. */
void kernel_activation_backward(float *gradient, const float *output, uint32_t B, uint32_t H,
                                enum activation activation);

/* sum[H] = Σ_b x[b, H], in the order of b */
void kernel_column_sums(float *sum, const float *x, uint32_t B, uint32_t H);

/* out[columns, rows] = in[rows, columns]ᵀ */
void kernel_transpose(float *out, const float *in, uint32_t rows, uint32_t columns);

/* Loops over the rows of embeddings, inlined because a call would take as long as the loop. */

/* Σ x[i] y[i] over n: lane j of four adds up i = j, j + 4, …; the sum is (l0 + l2) + (l1 + l3) + the tail in order. */
static inline float kernel_dot(const float *x, const float *y, uint32_t n) {
    v128_t sum = wasm_f32x4_splat(0.0F);
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4)
        sum = wasm_f32x4_add(sum, wasm_f32x4_mul(wasm_v128_load(x + i), wasm_v128_load(y + i)));
    sum = wasm_f32x4_add(sum, wasm_i32x4_shuffle(sum, sum, 2, 3, 0, 1));
    sum = wasm_f32x4_add(sum, wasm_i32x4_shuffle(sum, sum, 1, 0, 3, 2));
    float total = wasm_f32x4_extract_lane(sum, 0);
    for (; i < n; i++) total += x[i] * y[i];
    return total;
}

/* y[n] += scale * x[n] */
static inline void kernel_axpy(float *y, float scale, const float *x, uint32_t n) {
    v128_t factor = wasm_f32x4_splat(scale);
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4)
        wasm_v128_store(y + i,
                        wasm_f32x4_add(wasm_v128_load(y + i), wasm_f32x4_mul(factor, wasm_v128_load(x + i))));
    for (; i < n; i++) y[i] += scale * x[i];
}

/* y[n] += scale * (x[n] * w[n]) */
static inline void kernel_axpy_product(float *y, float scale, const float *x, const float *w, uint32_t n) {
    v128_t factor = wasm_f32x4_splat(scale);
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4) {
        v128_t product = wasm_f32x4_mul(wasm_v128_load(x + i), wasm_v128_load(w + i));
        wasm_v128_store(y + i, wasm_f32x4_add(wasm_v128_load(y + i), wasm_f32x4_mul(factor, product)));
    }
    for (; i < n; i++) y[i] += scale * (x[i] * w[i]);
}

/* out[n] = scale * x[n] */
static inline void kernel_scale(float *out, float scale, const float *x, uint32_t n) {
    v128_t factor = wasm_f32x4_splat(scale);
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4) wasm_v128_store(out + i, wasm_f32x4_mul(factor, wasm_v128_load(x + i)));
    for (; i < n; i++) out[i] = scale * x[i];
}

/* y[n] += x[n] */
static inline void kernel_add(float *y, const float *x, uint32_t n) {
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4)
        wasm_v128_store(y + i, wasm_f32x4_add(wasm_v128_load(y + i), wasm_v128_load(x + i)));
    for (; i < n; i++) y[i] += x[i];
}

/* y[n] += x */
static inline void kernel_add_number(float *y, float x, uint32_t n) {
    v128_t number = wasm_f32x4_splat(x);
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4) wasm_v128_store(y + i, wasm_f32x4_add(wasm_v128_load(y + i), number));
    for (; i < n; i++) y[i] += x;
}

/* out[n] = x[n] * y[n]; out may be x or y */
static inline void kernel_multiply(float *out, const float *x, const float *y, uint32_t n) {
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4)
        wasm_v128_store(out + i, wasm_f32x4_mul(wasm_v128_load(x + i), wasm_v128_load(y + i)));
    for (; i < n; i++) out[i] = x[i] * y[i];
}

#endif

/* The few loops where training spends its time. Everything above is written with these.
 *
 * Legend (here and in src/model): B batch, U users, I items, D embedding width, H layer width, F predictive factors.
 * All matrices are row-major; a leading dimension (`ld…`) is the distance between rows in floats.
 * Order of summation is part of the contract: it never depends on how a loop is tiled, so tiles may change and
 * bits stay. No kernel reads or writes past the sizes given; pointers need no alignment. */
#ifndef NCF_KERNELS_H
#define NCF_KERNELS_H

#include <stdint.h>

enum activation {
    ACTIVATION_IDENTITY = 0,
    ACTIVATION_RELU = 1,
};

/* c[M, N] = a · b, with a[m, k] at a[m * a_row + k * a_col] (so a may be transposed) and b[K, N] with rows ldb apart.
 * Each c is ((a0 b0) + a1 b1) + …, in the order of k. c may not overlap a or b; K = 0 gives zeros. */
void kernel_matmul(float *c, uint32_t ldc, const float *a, uint32_t a_row, uint32_t a_col, const float *b,
                   uint32_t ldb, uint32_t M, uint32_t N, uint32_t K);

/* Σ x[i] y[i] over n: lane j of four adds up i = j, j + 4, …; the sum is (l0 + l2) + (l1 + l3) + the tail in order. */
float kernel_dot(const float *x, const float *y, uint32_t n);

/* y[n] += scale * x[n] */
void kernel_axpy(float *y, float scale, const float *x, uint32_t n);

/* y[n] += scale * (x[n] * w[n]) */
void kernel_axpy_product(float *y, float scale, const float *x, const float *w, uint32_t n);

/* y[n] += x[n] */
void kernel_add(float *y, const float *x, uint32_t n);

/* out[n] = scale * x[n] */
void kernel_scale(float *out, float scale, const float *x, uint32_t n);

/* out[n] = x[n] * y[n]; out may be x or y */
void kernel_multiply(float *out, const float *x, const float *y, uint32_t n);

/* z[B, H] = activation(z + bias), bias[H]; a ReLU leaves NaN as it is, so that a diverging run shows. */
void kernel_bias_activation(float *z, const float *bias, uint32_t B, uint32_t H, enum activation activation);

/* Undoes kernel_bias_activation: gradient[B, H] *= activation'(·), told from the layer's output[B, H]. */
void kernel_activation_backward(float *gradient, const float *output, uint32_t B, uint32_t H,
                                enum activation activation);

/* sum[H] = Σ_b x[b, H], in the order of b */
void kernel_column_sums(float *sum, const float *x, uint32_t B, uint32_t H);

/* out[columns, rows] = in[rows, columns]ᵀ */
void kernel_transpose(float *out, const float *in, uint32_t rows, uint32_t columns);

#endif

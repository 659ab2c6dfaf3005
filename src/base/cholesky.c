#include "base/cholesky.h"

#include <math.h>
#include <string.h>

#include "base/kernels.h"

#define B CHOLESKY_BLOCK
#define NOISE                                                                                                \
    0x1p-20F /* of a diagonal element: what eight roundings or so leave where exact sums leave nothing */

static size_t panel(uint32_t j) { return cholesky_size(B * j); }

void cholesky_pack(float *matrix, const double *symmetric, uint32_t n) {
    uint32_t W = cholesky_width(n);
    memset(matrix, 0, cholesky_size(W) * sizeof *matrix);
    for (uint32_t c = 0; c < n; c++)
        for (uint32_t r = 0; r <= c; r++)
            matrix[panel(c / B) + (size_t)r * B + c % B] = (float)symmetric[(size_t)r * n + c];
}

void cholesky_gram(float *matrix, const float *x, const float *y, uint32_t rows, uint32_t W) {
    size_t step = (size_t)rows * B;
    for (uint32_t j = 0; j < W / B; j++)
        for (uint32_t i = 0; i <= j; i++)
            kernel_matmul(matrix + panel(j) + (size_t)i * B * B, B, x + i * step, 1, B, y + j * step, B, B, B,
                          rows);
}

void cholesky_add_diagonal(float *matrix, float number, uint32_t n) {
    for (uint32_t r = 0; r < n; r++) matrix[panel(r / B) + (size_t)r * B + r % B] += number;
}

/* A diagonal block becomes its own U; `original` is its diagonal before anything was taken off. */
static void factor_block(float *block, const float *original) {
    for (uint32_t r = 0; r < B; r++) {
        float *row = block + (size_t)r * B, pivot = row[r];
        float inverse = pivot <= NOISE * original[r] ? 0.0F : 1.0F / sqrtf(pivot);
        kernel_scale(row, inverse, row, B);
        row[r] = inverse;
        for (uint32_t s = r + 1; s < B; s++) kernel_axpy(block + (size_t)s * B, -row[s], row, B);
    }
}

/* A block to the right of the diagonal block `u`: Uᵀ X = block. */
static void substitute_block(float *block, const float *u) {
    for (uint32_t r = 0; r < B; r++) {
        float *row = block + (size_t)r * B;
        const float *factors = u + (size_t)r * B;
        kernel_scale(row, factors[r], row, B);
        for (uint32_t s = r + 1; s < B; s++) kernel_axpy(block + (size_t)s * B, -factors[s], row, B);
    }
}

/* One row of blocks after the other: first what the rows above have in it is taken off, then it is solved. */
void cholesky_factor(float *matrix, uint32_t W) {
    float above[B * B], original[B];
    for (uint32_t i = 0; i < W / B; i++) {
        const float *u = matrix + panel(i);
        float *diagonal = matrix + panel(i) + (size_t)i * B * B;
        for (uint32_t r = 0; r < B; r++) original[r] = diagonal[r * B + r];
        for (uint32_t j = i; j < W / B; j++) {
            float *column = matrix + panel(j), *block = column + (size_t)i * B * B;
            kernel_matmul(above, B, u, 1, B, column, B, B, B, i * B);
            kernel_axpy(block, -1.0F, above, B * B);
            if (j == i)
                factor_block(diagonal, original);
            else
                substitute_block(block, diagonal);
        }
    }
}

/* Uᵀ y = b, downwards. */
static void substitute_forward(float *b, const float *matrix, uint32_t W) {
    float above[B];
    for (uint32_t j = 0; j < W / B; j++) {
        const float *column = matrix + panel(j), *u = column + (size_t)j * B * B;
        float *y = b + (size_t)j * B;
        kernel_matmul(above, B, b, W, 1, column, B, 1, B, j * B);
        for (uint32_t r = 0; r < B; r++) {
            y[r] = (y[r] - above[r]) * u[r * B + r];
            for (uint32_t s = r + 1; s < B; s++) above[s] += u[r * B + s] * y[r];
        }
    }
}

/* U x = y, upwards. */
static void substitute_backward(float *b, const float *matrix, uint32_t W) {
    float negative[B];
    for (uint32_t j = W / B; j-- > 0;) {
        const float *column = matrix + panel(j), *u = column + (size_t)j * B * B;
        float *x = b + (size_t)j * B;
        for (uint32_t r = B; r-- > 0;) {
            for (uint32_t s = r + 1; s < B; s++) x[r] -= u[r * B + s] * x[s];
            x[r] *= u[r * B + r];
        }
        kernel_scale(negative, -1.0F, x, B);
        kernel_dot_rows(b, negative, column, NULL, j * B, B);
    }
}

void cholesky_solve(float *b, const float *matrix, uint32_t W) {
    substitute_forward(b, matrix, W);
    substitute_backward(b, matrix, W);
}

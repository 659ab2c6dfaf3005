#include "base/kernels.h"

#include <string.h>

#include "base/simd.h"

/* One tile of kernel_matmul: 4 rows by 8 columns, sums held in eight registers. */
static void matmul_4x8(float *c, uint32_t ldc, const float *a, uint32_t a_row, uint32_t a_col, const float *b,
                       uint32_t ldb, uint32_t K) {
    const float *a0 = a, *a1 = a0 + a_row, *a2 = a1 + a_row, *a3 = a2 + a_row;
    v128_t zero = wasm_f32x4_splat(0.0F);
    v128_t c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
    for (uint32_t k = 0; k < K; k++) {
        v128_t b0 = wasm_v128_load(b), b1 = wasm_v128_load(b + 4);
        v128_t x0 = wasm_v128_load32_splat(a0), x1 = wasm_v128_load32_splat(a1);
        c00 = wasm_f32x4_add(c00, wasm_f32x4_mul(x0, b0));
        c01 = wasm_f32x4_add(c01, wasm_f32x4_mul(x0, b1));
        c10 = wasm_f32x4_add(c10, wasm_f32x4_mul(x1, b0));
        c11 = wasm_f32x4_add(c11, wasm_f32x4_mul(x1, b1));
        v128_t x2 = wasm_v128_load32_splat(a2), x3 = wasm_v128_load32_splat(a3);
        c20 = wasm_f32x4_add(c20, wasm_f32x4_mul(x2, b0));
        c21 = wasm_f32x4_add(c21, wasm_f32x4_mul(x2, b1));
        c30 = wasm_f32x4_add(c30, wasm_f32x4_mul(x3, b0));
        c31 = wasm_f32x4_add(c31, wasm_f32x4_mul(x3, b1));
        a0 += a_col, a1 += a_col, a2 += a_col, a3 += a_col, b += ldb;
    }
    wasm_v128_store(c, c00), wasm_v128_store(c + 4, c01), c += ldc;
    wasm_v128_store(c, c10), wasm_v128_store(c + 4, c11), c += ldc;
    wasm_v128_store(c, c20), wasm_v128_store(c + 4, c21), c += ldc;
    wasm_v128_store(c, c30), wasm_v128_store(c + 4, c31);
}

/* Rows and columns that fill no whole tile: `rows` by four columns, or by one. */
static void matmul_columns_4(float *c, uint32_t ldc, const float *a, uint32_t a_row, uint32_t a_col,
                             const float *b, uint32_t ldb, uint32_t rows, uint32_t K) {
    for (uint32_t m = 0; m < rows; m++, c += ldc, a += a_row) {
        v128_t sum = wasm_f32x4_splat(0.0F);
        const float *x = a, *y = b;
        for (uint32_t k = 0; k < K; k++, x += a_col, y += ldb)
            sum = wasm_f32x4_add(sum, wasm_f32x4_mul(wasm_v128_load32_splat(x), wasm_v128_load(y)));
        wasm_v128_store(c, sum);
    }
}

static void matmul_column(float *c, uint32_t ldc, const float *a, uint32_t a_row, uint32_t a_col,
                          const float *b, uint32_t ldb, uint32_t rows, uint32_t K) {
    for (uint32_t m = 0; m < rows; m++, c += ldc, a += a_row) {
        float sum = 0.0F;
        const float *x = a, *y = b;
        for (uint32_t k = 0; k < K; k++, x += a_col, y += ldb) sum += *x * *y;
        *c = sum;
    }
}

void kernel_matmul(float *c, uint32_t ldc, const float *a, uint32_t a_row, uint32_t a_col, const float *b,
                   uint32_t ldb, uint32_t M, uint32_t N, uint32_t K) {
    for (uint32_t m = 0; m < M; m += 4) {
        uint32_t rows = M - m < 4 ? M - m : 4, n = 0;
        float *out = c + (size_t)m * ldc;
        const float *in = a + (size_t)m * a_row;
        if (rows == 4)
            for (; n + 8 <= N; n += 8) matmul_4x8(out + n, ldc, in, a_row, a_col, b + n, ldb, K);
        for (; n + 4 <= N; n += 4) matmul_columns_4(out + n, ldc, in, a_row, a_col, b + n, ldb, rows, K);
        for (; n < N; n++) matmul_column(out + n, ldc, in, a_row, a_col, b + n, ldb, rows, K);
    }
}

float kernel_dot(const float *x, const float *y, uint32_t n) {
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

void kernel_axpy(float *y, float scale, const float *x, uint32_t n) {
    v128_t factor = wasm_f32x4_splat(scale);
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4)
        wasm_v128_store(y + i,
                        wasm_f32x4_add(wasm_v128_load(y + i), wasm_f32x4_mul(factor, wasm_v128_load(x + i))));
    for (; i < n; i++) y[i] += scale * x[i];
}

void kernel_axpy_product(float *y, float scale, const float *x, const float *w, uint32_t n) {
    v128_t factor = wasm_f32x4_splat(scale);
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4) {
        v128_t product = wasm_f32x4_mul(wasm_v128_load(x + i), wasm_v128_load(w + i));
        wasm_v128_store(y + i, wasm_f32x4_add(wasm_v128_load(y + i), wasm_f32x4_mul(factor, product)));
    }
    for (; i < n; i++) y[i] += scale * (x[i] * w[i]);
}

void kernel_scale(float *out, float scale, const float *x, uint32_t n) {
    v128_t factor = wasm_f32x4_splat(scale);
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4) wasm_v128_store(out + i, wasm_f32x4_mul(factor, wasm_v128_load(x + i)));
    for (; i < n; i++) out[i] = scale * x[i];
}

void kernel_add(float *y, const float *x, uint32_t n) {
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4)
        wasm_v128_store(y + i, wasm_f32x4_add(wasm_v128_load(y + i), wasm_v128_load(x + i)));
    for (; i < n; i++) y[i] += x[i];
}

void kernel_multiply(float *out, const float *x, const float *y, uint32_t n) {
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4)
        wasm_v128_store(out + i, wasm_f32x4_mul(wasm_v128_load(x + i), wasm_v128_load(y + i)));
    for (; i < n; i++) out[i] = x[i] * y[i];
}

static void relu_row(float *z, const float *bias, uint32_t H) {
    v128_t zero = wasm_f32x4_splat(0.0F);
    uint32_t i = 0;
    for (; i + 4 <= H; i += 4) {
        v128_t x = wasm_f32x4_add(wasm_v128_load(z + i), wasm_v128_load(bias + i));
        wasm_v128_store(z + i, wasm_v128_andnot(x, wasm_f32x4_lt(x, zero)));
    }
    for (; i < H; i++) {
        float x = z[i] + bias[i];
        z[i] = x < 0.0F ? 0.0F : x;
    }
}

void kernel_bias_activation(float *z, const float *bias, uint32_t B, uint32_t H, enum activation activation) {
    for (uint32_t b = 0; b < B; b++, z += H) {
        if (activation == ACTIVATION_RELU)
            relu_row(z, bias, H);
        else
            kernel_add(z, bias, H);
    }
}

void kernel_activation_backward(float *gradient, const float *output, uint32_t B, uint32_t H,
                                enum activation activation) {
    if (activation != ACTIVATION_RELU) return;
    size_t n = (size_t)B * H, i = 0;
    v128_t zero = wasm_f32x4_splat(0.0F);
    for (; i + 4 <= n; i += 4) {
        v128_t active = wasm_f32x4_gt(wasm_v128_load(output + i), zero);
        wasm_v128_store(gradient + i, wasm_v128_and(wasm_v128_load(gradient + i), active));
    }
    for (; i < n; i++) gradient[i] = output[i] > 0.0F ? gradient[i] : 0.0F;
}

void kernel_column_sums(float *sum, const float *x, uint32_t B, uint32_t H) {
    memset(sum, 0, H * sizeof *sum);
    for (uint32_t b = 0; b < B; b++, x += H) kernel_add(sum, x, H);
}

void kernel_transpose(float *out, const float *in, uint32_t rows, uint32_t columns) {
    for (uint32_t r = 0; r < rows; r++)
        for (uint32_t c = 0; c < columns; c++) out[(size_t)c * rows + r] = in[(size_t)r * columns + c];
}

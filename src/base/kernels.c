#include "base/kernels.h"

#include <string.h>

#include "base/maths.h"
#include "base/simd.h"

static v128_t activate(v128_t x, enum activation activation) {
    switch (activation) {
    case ACTIVATION_RELU:
        return wasm_f32x4_pmax(x, wasm_f32x4_splat(0.0F)); /* x < 0 ? 0 : x, so NaN stays */
    case ACTIVATION_TANH:
        return maths_tanh(x);
    case ACTIVATION_SIGMOID:
        return maths_sigmoid(x);
    default:
        return x;
    }
}

/* One tile: 4 rows by 8 columns, sums held in eight registers; with a bias, activation(sum + bias). */
static inline void tile_4x8(float *c, uint32_t ldc, const float *a, uint32_t a_row, uint32_t a_col,
                            const float *b, uint32_t ldb, uint32_t K, const float *bias,
                            enum activation activation) {
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
    if (bias != NULL) {
        v128_t b0 = wasm_v128_load(bias), b1 = wasm_v128_load(bias + 4);
        c00 = activate(wasm_f32x4_add(c00, b0), activation),
        c01 = activate(wasm_f32x4_add(c01, b1), activation);
        c10 = activate(wasm_f32x4_add(c10, b0), activation),
        c11 = activate(wasm_f32x4_add(c11, b1), activation);
        c20 = activate(wasm_f32x4_add(c20, b0), activation),
        c21 = activate(wasm_f32x4_add(c21, b1), activation);
        c30 = activate(wasm_f32x4_add(c30, b0), activation),
        c31 = activate(wasm_f32x4_add(c31, b1), activation);
    }
    wasm_v128_store(c, c00), wasm_v128_store(c + 4, c01), c += ldc;
    wasm_v128_store(c, c10), wasm_v128_store(c + 4, c11), c += ldc;
    wasm_v128_store(c, c20), wasm_v128_store(c + 4, c21), c += ldc;
    wasm_v128_store(c, c30), wasm_v128_store(c + 4, c31);
}

static void matmul_4x8(float *c, uint32_t ldc, const float *a, uint32_t a_row, uint32_t a_col, const float *b,
                       uint32_t ldb, uint32_t K) {
    tile_4x8(c, ldc, a, a_row, a_col, b, ldb, K, NULL, ACTIVATION_IDENTITY);
}

/* The tile of a layer with the activation that is used most. */
static void relu_4x8(float *c, uint32_t ldc, const float *a, uint32_t a_row, const float *b, uint32_t ldb,
                     uint32_t K, const float *bias) {
    tile_4x8(c, ldc, a, a_row, 1, b, ldb, K, bias, ACTIVATION_RELU);
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

/* The sums over lanes of kernel_dot's accumulator, for four rows at once. */
static inline v128_t four_dots(const float *weights, const float *x0, const float *x1, const float *x2,
                               const float *x3, uint32_t W) {
    v128_t zero = wasm_f32x4_splat(0.0F), s0 = zero, s1 = zero, s2 = zero, s3 = zero;
    for (uint32_t w = 0; w + 4 <= W; w += 4) {
        v128_t weight = wasm_v128_load(weights + w);
        s0 = wasm_f32x4_add(s0, wasm_f32x4_mul(weight, wasm_v128_load(x0 + w)));
        s1 = wasm_f32x4_add(s1, wasm_f32x4_mul(weight, wasm_v128_load(x1 + w)));
        s2 = wasm_f32x4_add(s2, wasm_f32x4_mul(weight, wasm_v128_load(x2 + w)));
        s3 = wasm_f32x4_add(s3, wasm_f32x4_mul(weight, wasm_v128_load(x3 + w)));
    }
    /* (l0 + l2), (l1 + l3) of rows 0 and 1, then of 2 and 3; then the two of each row */
    v128_t a = wasm_f32x4_add(wasm_i32x4_shuffle(s0, s1, 0, 1, 4, 5), wasm_i32x4_shuffle(s0, s1, 2, 3, 6, 7));
    v128_t b = wasm_f32x4_add(wasm_i32x4_shuffle(s2, s3, 0, 1, 4, 5), wasm_i32x4_shuffle(s2, s3, 2, 3, 6, 7));
    return wasm_f32x4_add(wasm_i32x4_shuffle(a, b, 0, 2, 4, 6), wasm_i32x4_shuffle(a, b, 1, 3, 5, 7));
}

void kernel_dot_rows(float *out, const float *weights, const float *x, const uint32_t *rows, uint32_t n,
                     uint32_t W) {
    uint32_t i = 0;
    for (; W % 4 == 0 && i + 4 <= n; i += 4) {
        uint32_t r0 = i, r1 = i + 1, r2 = i + 2, r3 = i + 3;
        if (rows != NULL) r0 = rows[r0], r1 = rows[r1], r2 = rows[r2], r3 = rows[r3];
        v128_t dots = four_dots(weights, x + (size_t)r0 * W, x + (size_t)r1 * W, x + (size_t)r2 * W,
                                x + (size_t)r3 * W, W);
        wasm_v128_store(out + i, wasm_f32x4_add(wasm_v128_load(out + i), dots));
    }
    for (; i < n; i++) out[i] += kernel_dot(weights, x + (size_t)(rows == NULL ? i : rows[i]) * W, W);
}

/* The derivative, told from the activation's output y, times the gradient. */
static v128_t activation_gradient(v128_t gradient, v128_t y, enum activation activation) {
    v128_t one = wasm_f32x4_splat(1.0F);
    switch (activation) {
    case ACTIVATION_RELU:
        return wasm_v128_and(gradient, wasm_f32x4_gt(y, wasm_f32x4_splat(0.0F)));
    case ACTIVATION_TANH:
        return wasm_f32x4_mul(gradient, wasm_f32x4_sub(one, wasm_f32x4_mul(y, y)));
    case ACTIVATION_SIGMOID:
        return wasm_f32x4_mul(gradient, wasm_f32x4_mul(y, wasm_f32x4_sub(one, y)));
    default:
        return gradient;
    }
}

/* What follows is inlined with a constant activation, so that the choice is made once and not for every four numbers. */
#define WITH_CONSTANT_ACTIVATION(call)                                                                       \
    switch (activation) {                                                                                    \
    case ACTIVATION_RELU:                                                                                    \
        call(ACTIVATION_RELU);                                                                               \
        break;                                                                                               \
    case ACTIVATION_TANH:                                                                                    \
        call(ACTIVATION_TANH);                                                                               \
        break;                                                                                               \
    case ACTIVATION_SIGMOID:                                                                                 \
        call(ACTIVATION_SIGMOID);                                                                            \
        break;                                                                                               \
    default:                                                                                                 \
        call(ACTIVATION_IDENTITY);                                                                           \
        break;                                                                                               \
    }

static inline void sum_activation(float *out, const float *x, const float *y, uint32_t n,
                                  enum activation activation) {
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4)
        wasm_v128_store(out + i,
                        activate(wasm_f32x4_add(wasm_v128_load(x + i), wasm_v128_load(y + i)), activation));
    for (; i < n; i++)
        out[i] = wasm_f32x4_extract_lane(activate(wasm_f32x4_splat(x[i] + y[i]), activation), 0);
}

void kernel_join(float *out, const float *x, const uint32_t *x_rows, const float *y, const uint32_t *y_rows,
                 uint32_t n, uint32_t H, enum activation activation) {
#define CALL(constant)                                                                                       \
    for (uint32_t i = 0; i < n; i++, out += H)                                                               \
    sum_activation(out, x + (size_t)x_rows[i] * H, y + (size_t)y_rows[i] * H, H, constant)
    WITH_CONSTANT_ACTIVATION(CALL)
#undef CALL
}

/* With a ReLU: blocks of 16 columns, x's part of them held in registers. Returns the first column that is left. */
static uint32_t join_blocks(float *out, const float *x, const float *y, const uint32_t *y_rows, uint32_t n,
                            uint32_t H) {
    uint32_t h = 0;
    for (; h + 16 <= H; h += 16) {
        v128_t x0 = wasm_v128_load(x + h), x1 = wasm_v128_load(x + h + 4);
        v128_t x2 = wasm_v128_load(x + h + 8), x3 = wasm_v128_load(x + h + 12);
        float *to = out + h;
        for (uint32_t i = 0; i < n; i++, to += H) {
            const float *from = y + (size_t)y_rows[i] * H + h;
            v128_t z0 = wasm_f32x4_add(x0, wasm_v128_load(from));
            v128_t z1 = wasm_f32x4_add(x1, wasm_v128_load(from + 4));
            v128_t z2 = wasm_f32x4_add(x2, wasm_v128_load(from + 8));
            v128_t z3 = wasm_f32x4_add(x3, wasm_v128_load(from + 12));
            wasm_v128_store(to, activate(z0, ACTIVATION_RELU));
            wasm_v128_store(to + 4, activate(z1, ACTIVATION_RELU));
            wasm_v128_store(to + 8, activate(z2, ACTIVATION_RELU));
            wasm_v128_store(to + 12, activate(z3, ACTIVATION_RELU));
        }
    }
    return h;
}

void kernel_join_one(float *out, const float *x, const float *y, const uint32_t *y_rows, uint32_t n,
                     uint32_t H, enum activation activation) {
    uint32_t h = activation == ACTIVATION_RELU ? join_blocks(out, x, y, y_rows, n, H) : 0;
    for (uint32_t i = 0; h < H && i < n; i++)
        sum_activation(out + (size_t)i * H + h, x + h, y + (size_t)y_rows[i] * H + h, H - h, activation);
}

void kernel_bias_activation(float *z, const float *bias, uint32_t B, uint32_t H, enum activation activation) {
#define CALL(constant)                                                                                       \
    for (uint32_t b = 0; b < B; b++, z += H) sum_activation(z, z, bias, H, constant)
    WITH_CONSTANT_ACTIVATION(CALL)
#undef CALL
}

static inline void activate_all(float *z, size_t n, enum activation activation) {
    size_t i = 0;
    for (; i + 4 <= n; i += 4) wasm_v128_store(z + i, activate(wasm_v128_load(z + i), activation));
    for (; i < n; i++) z[i] = wasm_f32x4_extract_lane(activate(wasm_f32x4_splat(z[i]), activation), 0);
}

void kernel_activation(float *z, size_t n, enum activation activation) {
#define CALL(constant) activate_all(z, n, constant)
    WITH_CONSTANT_ACTIVATION(CALL)
#undef CALL
}

void kernel_layer(float *z, const float *x, const float *weights, const float *bias, uint32_t B, uint32_t H,
                  uint32_t in, enum activation activation) {
    uint32_t whole = activation == ACTIVATION_RELU && H % 8 == 0 ? B - B % 4 : 0;
    for (uint32_t b = 0; b < whole; b += 4)
        for (uint32_t h = 0; h < H; h += 8)
            relu_4x8(z + (size_t)b * H + h, H, x + (size_t)b * in, in, weights + h, H, in, bias + h);
    z += (size_t)whole * H;
    kernel_matmul(z, H, x + (size_t)whole * in, in, 1, weights, H, B - whole, H, in);
    kernel_bias_activation(z, bias, B - whole, H, activation);
}

static inline void activation_backward(float *gradient, const float *output, size_t n,
                                       enum activation activation) {
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        wasm_v128_store(gradient + i, activation_gradient(wasm_v128_load(gradient + i),
                                                          wasm_v128_load(output + i), activation));
    for (; i < n; i++)
        gradient[i] = wasm_f32x4_extract_lane(
            activation_gradient(wasm_f32x4_splat(gradient[i]), wasm_f32x4_splat(output[i]), activation), 0);
}

void kernel_activation_backward(float *gradient, const float *output, uint32_t B, uint32_t H,
                                enum activation activation) {
    size_t n = (size_t)B * H;
#define CALL(constant) activation_backward(gradient, output, n, constant)
    WITH_CONSTANT_ACTIVATION(CALL)
#undef CALL
}

void kernel_column_sums(float *sum, const float *x, uint32_t B, uint32_t H) {
    memset(sum, 0, H * sizeof *sum);
    for (uint32_t b = 0; b < B; b++, x += H) kernel_add(sum, x, H);
}

void kernel_transpose(float *out, const float *in, uint32_t rows, uint32_t columns) {
    for (uint32_t r = 0; r < rows; r++)
        for (uint32_t c = 0; c < columns; c++) out[(size_t)c * rows + r] = in[(size_t)r * columns + c];
}

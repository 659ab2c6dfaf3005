/* Every kernel for every size 0 … 33 and some large ones, at every alignment, against sums in double precision and,
 * bit for bit, against the order of summation that kernels.h promises. */
#include "base/kernels.h"

#include <float.h>
#include <stdlib.h>

#include "base/maths.h"
#include "base/rng.h"
#include "check.h"

#define GUARD UINT32_C(0x7FA5A5A5) /* a NaN, so that what reads it shows too */
#define SMALL 34

static const uint32_t sizes[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,   10,   11,  12,
                                 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,  23,   24,  25,
                                 26, 27, 28, 29, 30, 31, 32, 33, 64, 255, 1000, 4099};
#define SIZES (uint32_t)(sizeof sizes / sizeof *sizes)

/* An array that starts at any alignment, with guard words on both sides or, so that the address sanitizer sees the
 * smallest step outside, with nothing after it. */
struct array {
    float *block, *data;
    uint32_t count, before, after;
};

static void fill_bits(float *x, uint32_t bits, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) memcpy(x + i, &bits, sizeof bits);
}

static struct array array_new(uint32_t count, uint32_t place) {
    struct array array = {.count = count, .before = place % 4, .after = place / 4 % 2 * 8};
    uint32_t all = array.before + count + array.after;
    array.block = malloc((all + (all == 0)) * sizeof *array.block);
    array.data = array.block + array.before;
    fill_bits(array.block, GUARD, all);
    return array;
}

static struct array array_random(uint32_t count, uint32_t place, uint64_t seed) {
    struct array array = array_new(count, place);
    struct rng rng = {seed};
    for (uint32_t i = 0; i < count; i++) array.data[i] = 4.0F * rng_uniform(&rng) - 2.0F;
    return array;
}

static struct array array_copy(const struct array *other) {
    struct array array = array_new(other->count, other->before);
    for (uint32_t i = 0; i < other->count; i++) array.data[i] = other->data[i];
    return array;
}

static uint32_t touched(const float *x, uint32_t count) {
    uint32_t changed = 0;
    for (uint32_t i = 0; i < count; i++) changed += check_float_bits(x[i]) != GUARD;
    return changed;
}

static void array_free(struct array *array) {
    CHECK_EQUAL(touched(array->block, array->before), 0);
    CHECK_EQUAL(touched(array->data + array->count, array->after), 0);
    free(array->block);
}

static bool same(float x, float y) { return check_float_bits(x) == check_float_bits(y); }

static uint32_t differs(float x, float y) { return !same(x, y); }

/* c = a b with both strides of `a`; every matrix has a gap of `gap` after each row, which must stay as it was. */
static void check_matmul(uint32_t M, uint32_t N, uint32_t K, bool transposed, uint32_t gap, uint32_t place) {
    uint32_t ldc = N + gap, ldb = N + gap, lda = (transposed ? M : K) + gap;
    uint32_t a_row = transposed ? 1 : lda, a_col = transposed ? lda : 1, a_rows = transposed ? K : M;
    struct array a = array_random(a_rows * lda, place, 1), b = array_random(K * ldb, place + 1, 2);
    struct array c = array_new(M * ldc, place + 3);
    for (uint32_t r = 0; r < a_rows; r++) fill_bits(a.data + (r + 1) * lda - gap, GUARD, gap);
    for (uint32_t k = 0; k < K; k++) fill_bits(b.data + (k + 1) * ldb - gap, GUARD, gap);
    kernel_matmul(c.data, ldc, a.data, a_row, a_col, b.data, ldb, M, N, K);
    uint32_t wrong = 0, inexact = 0, gaps = 0;
    for (uint32_t m = 0; m < M; m++) {
        for (uint32_t n = 0; n < N; n++) {
            float in_order = 0.0F, got = c.data[m * ldc + n];
            double exact = 0, size = 0;
            for (uint32_t k = 0; k < K; k++) {
                float x = a.data[m * a_row + k * a_col], y = b.data[k * ldb + n];
                in_order += x * y;
                exact += (double)x * (double)y;
                size += fabs((double)x * (double)y);
            }
            inexact += differs(got, in_order);
            wrong += !(fabs((double)got - exact) <= (K + 1) * (double)FLT_EPSILON * size);
        }
        gaps += touched(c.data + m * ldc + N, gap);
    }
    if (wrong + inexact + gaps > 0) {
        char message[120];
        snprintf(message, sizeof message, "M %u N %u K %u transposed %d: %u wrong, %u bits, %u gaps", M, N, K,
                 transposed, wrong, inexact, gaps);
        check_fail(__FILE__, __LINE__, message);
    }
    array_free(&a), array_free(&b), array_free(&c);
}

static void matmul_all_sizes(bool transposed) {
    static const uint32_t inner[] = {0, 1, 2, 3, 4, 5, 8, 33};
    for (uint32_t M = 0; M < SMALL; M++)
        for (uint32_t N = 0; N < SMALL; N++)
            for (uint32_t k = 0; k < 8; k++)
                check_matmul(M, N, inner[k], transposed, (M + N + k) % 3, M + 3 * N + k);
    for (uint32_t K = 0; K < SMALL; K++) check_matmul(5, 13, K, transposed, 1, K);
    check_matmul(257, 65, 67, transposed, 0, 1);
    check_matmul(64, 64, 1000, transposed, 5, 6);
}

static void test_matmul(void) { matmul_all_sizes(false); }
static void test_matmul_transposed(void) { matmul_all_sizes(true); }

static void test_dot(void) {
    for (uint32_t s = 0; s < SIZES; s++)
        for (uint32_t place = 0; place < 8; place++) {
            uint32_t n = sizes[s];
            struct array x = array_random(n, place, 1), y = array_random(n, place + 1 + n % 2, 2);
            float lanes[4] = {0}, got = kernel_dot(x.data, y.data, n);
            double exact = 0, size = 0;
            for (uint32_t i = 0; i < n / 4 * 4; i++) lanes[i % 4] += x.data[i] * y.data[i];
            float in_order = (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
            for (uint32_t i = n / 4 * 4; i < n; i++) in_order += x.data[i] * y.data[i];
            for (uint32_t i = 0; i < n; i++) {
                exact += (double)x.data[i] * (double)y.data[i];
                size += fabs((double)x.data[i] * (double)y.data[i]);
            }
            CHECK(same(got, in_order));
            CHECK_NEAR(got, exact, (n + 1) * (double)FLT_EPSILON * size);
            array_free(&x), array_free(&y);
        }
}

static void test_axpy_and_add(void) {
    for (uint32_t s = 0; s < SIZES; s++)
        for (uint32_t place = 0; place < 8; place++) {
            uint32_t n = sizes[s], different = 0;
            struct array x = array_random(n, place, 1), y = array_random(n, place + 1 + n % 2, 2);
            struct array before = array_copy(&y), sum = array_copy(&y);
            kernel_axpy(y.data, -0.3F, x.data, n);
            kernel_add(sum.data, x.data, n);
            for (uint32_t i = 0; i < n; i++) {
                different += differs(y.data[i], before.data[i] + -0.3F * x.data[i]);
                different += differs(sum.data[i], before.data[i] + x.data[i]);
            }
            CHECK_EQUAL(different, 0);
            array_free(&x), array_free(&y), array_free(&before), array_free(&sum);
        }
}

static void test_scale_and_axpy_product(void) {
    for (uint32_t s = 0; s < SIZES; s++)
        for (uint32_t place = 0; place < 8; place++) {
            uint32_t n = sizes[s], different = 0;
            struct array x = array_random(n, place, 1), w = array_random(n, place + 1 + n % 2, 2);
            struct array y = array_random(n, place + 2, 3), before = array_copy(&y),
                         scaled = array_new(n, place + 3);
            kernel_scale(scaled.data, -0.3F, x.data, n);
            kernel_axpy_product(y.data, -0.3F, x.data, w.data, n);
            for (uint32_t i = 0; i < n; i++) {
                different += differs(scaled.data[i], -0.3F * x.data[i]);
                different += differs(y.data[i], before.data[i] + -0.3F * (x.data[i] * w.data[i]));
            }
            CHECK_EQUAL(different, 0);
            array_free(&x), array_free(&w), array_free(&y), array_free(&before), array_free(&scaled);
        }
}

static void test_multiply(void) {
    for (uint32_t s = 0; s < SIZES; s++)
        for (uint32_t place = 0; place < 8; place++) {
            uint32_t n = sizes[s], different = 0;
            struct array x = array_random(n, place, 1), y = array_random(n, place + 1 + n % 2, 2);
            struct array out = array_new(n, place + 2), over_x = array_copy(&x), over_y = array_copy(&y);
            kernel_multiply(out.data, x.data, y.data, n);
            kernel_multiply(over_x.data, over_x.data, y.data, n);
            kernel_multiply(over_y.data, x.data, over_y.data, n);
            for (uint32_t i = 0; i < n; i++) {
                float product = x.data[i] * y.data[i];
                different += differs(out.data[i], product);
                different += differs(over_x.data[i], product) + differs(over_y.data[i], product);
            }
            CHECK_EQUAL(different, 0);
            array_free(&x), array_free(&y), array_free(&out), array_free(&over_x), array_free(&over_y);
        }
}

/* By the functions of maths.h, one number alone; what these are worth test_maths.c tells. */
static float activated(float x, enum activation activation) {
    switch (activation) {
    case ACTIVATION_RELU:
        return x < 0.0F ? 0.0F : x;
    case ACTIVATION_TANH:
        return wasm_f32x4_extract_lane(maths_tanh(wasm_f32x4_splat(x)), 0);
    case ACTIVATION_SIGMOID:
        return wasm_f32x4_extract_lane(maths_sigmoid(wasm_f32x4_splat(x)), 0);
    default:
        return x;
    }
}

/* The derivative where the output is y. */
static float derivative(float y, enum activation activation) {
    switch (activation) {
    case ACTIVATION_RELU:
        return y > 0.0F ? 1.0F : 0.0F;
    case ACTIVATION_TANH:
        return 1.0F - y * y;
    case ACTIVATION_SIGMOID:
        return y * (1.0F - y);
    default:
        return 1.0F;
    }
}

static void check_activation(uint32_t B, uint32_t H, uint32_t place, enum activation activation) {
    uint32_t different = 0, n = B * H;
    double inexact = 0;
    struct array z = array_random(n, place, 1), bias = array_random(H, place + 1, 2), before = array_copy(&z);
    struct array gradient = array_random(n, place + 2, 3), given = array_copy(&gradient);
    struct array alone = array_copy(&z);
    kernel_bias_activation(z.data, bias.data, B, H, activation);
    struct array output = array_copy(&z);
    kernel_activation_backward(gradient.data, output.data, B, H, activation);
    kernel_activation(alone.data, n, activation);
    for (uint32_t i = 0; i < n; i++) {
        float y = z.data[i];
        different += differs(y, activated(before.data[i] + bias.data[i % H], activation));
        different += differs(output.data[i], y);
        different += differs(alone.data[i], activated(before.data[i], activation));
        float expected = given.data[i] * derivative(y, activation);
        if (activation == ACTIVATION_RELU) expected = y > 0.0F ? given.data[i] : 0.0F;
        inexact = fmax(inexact, fabs((double)gradient.data[i] - (double)expected));
    }
    CHECK_EQUAL(different, 0);
    CHECK_NEAR(inexact, 0, activation == ACTIVATION_TANH || activation == ACTIVATION_SIGMOID ? 3e-7 : 0);
    array_free(&z), array_free(&bias), array_free(&before), array_free(&gradient), array_free(&given);
    array_free(&output), array_free(&alone);
}

/* A layer in one call is its two steps to the bit. */
static void check_layer(uint32_t B, uint32_t H, uint32_t in, enum activation activation) {
    struct array x = array_random(B * in, B, 1), weights = array_random(in * H, H, 2),
                 bias = array_random(H, in, 3);
    struct array z = array_new(B * H, 1), steps = array_new(B * H, 2);
    uint32_t different = 0;
    kernel_layer(z.data, x.data, weights.data, bias.data, B, H, in, activation);
    kernel_matmul(steps.data, H, x.data, in, 1, weights.data, H, B, H, in);
    kernel_bias_activation(steps.data, bias.data, B, H, activation);
    for (uint32_t i = 0; i < B * H; i++) different += differs(z.data[i], steps.data[i]);
    CHECK_EQUAL(different, 0);
    array_free(&x), array_free(&weights), array_free(&bias), array_free(&z), array_free(&steps);
}

static void test_layer(void) {
    for (enum activation activation = 0; activation < ACTIVATIONS; activation++)
        for (uint32_t B = 0; B < 10; B++)
            for (uint32_t H = 1; H < 26; H++) check_layer(B, H, (B * 7 + H) % 19, activation);
    check_layer(256, 16, 32, ACTIVATION_RELU);
}

enum { TABLE = 5 };

/* Rows that repeat, in an order of their own on both sides. */
static void check_join(uint32_t n, uint32_t H, uint32_t place, enum activation activation) {
    struct array x = array_random(TABLE * H, place, 1), y = array_random(TABLE * H, place + 1, 2);
    struct array out = array_new(n * H, place + 2);
    uint32_t x_rows[64], y_rows[64], different = 0;
    for (uint32_t i = 0; i < n; i++) x_rows[i] = i * 3 % TABLE, y_rows[i] = (i * i + 1) % TABLE;
    kernel_join(out.data, x.data, x_rows, y.data, y_rows, n, H, activation);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t h = 0; h < H; h++) {
            float both = x.data[x_rows[i] * H + h] + y.data[y_rows[i] * H + h];
            different += differs(out.data[i * H + h], activated(both, activation));
        }
    CHECK_EQUAL(different, 0);
    for (uint32_t i = 0; i < n; i++) x_rows[i] = 1;
    struct array one = array_new(n * H, place + 3);
    kernel_join(out.data, x.data, x_rows, y.data, y_rows, n, H, activation);
    kernel_join_one(one.data, x.data + H, y.data, y_rows, n, H, activation);
    for (uint32_t i = 0; i < n * H; i++) different += differs(one.data[i], out.data[i]);
    CHECK_EQUAL(different, 0);
    array_free(&x), array_free(&y), array_free(&out), array_free(&one);
}

static void test_join(void) {
    for (uint32_t H = 0; H < SMALL; H++)
        for (uint32_t n = 0; n < 10; n++) check_join(n, H, n, (H + n) % ACTIVATIONS);
    for (enum activation activation = 0; activation < ACTIVATIONS; activation++)
        check_join(64, 33, 1, activation);
}

/* To the bit as kernel_dot one by one, added to what stood there. */
static void check_dot_rows(uint32_t n, uint32_t W, uint32_t place, bool by_number) {
    struct array weights = array_random(W, place, 1),
                 x = array_random((n > TABLE ? n : TABLE) * W, place + 1, 2);
    struct array out = array_random(n, place + 2, 3), before = array_copy(&out);
    uint32_t rows[64], different = 0;
    for (uint32_t i = 0; i < n; i++) rows[i] = i * 7 % TABLE;
    kernel_dot_rows(out.data, weights.data, x.data, by_number ? rows : NULL, n, W);
    for (uint32_t i = 0; i < n; i++) {
        const float *row = x.data + (by_number ? rows[i] : i) * W;
        different += differs(out.data[i], before.data[i] + kernel_dot(weights.data, row, W));
    }
    CHECK_EQUAL(different, 0);
    array_free(&weights), array_free(&x), array_free(&out), array_free(&before);
}

static void test_dot_rows(void) {
    for (uint32_t W = 0; W < SMALL; W++)
        for (uint32_t n = 0; n < 14; n++)
            check_dot_rows(n, W, n, n % 2 == 0), check_dot_rows(n, W, W, n % 2 != 0);
    check_dot_rows(64, 65, 1, true);
}

static void test_activations_and_backward(void) {
    for (uint32_t H = 0; H < SMALL; H++)
        for (uint32_t B = 0; B < 6; B++)
            for (uint32_t place = 0; place < 8; place++)
                check_activation(B, H, place, (H + B + place) % ACTIVATIONS);
    for (uint32_t H = 0; H < SMALL; H++)
        for (enum activation activation = 0; activation < ACTIVATIONS; activation++)
            check_activation(3, H, H, activation);
    for (enum activation activation = 0; activation < ACTIVATIONS; activation++)
        check_activation(257, 65, 1, activation);
}

/* Against central differences of the functions themselves in double precision. */
static void test_backward_is_the_derivative(void) {
    for (int i = -50; i <= 50; i++) {
        double x = 0.1 * i + 0.01, by = 1e-6;
        float y[2] = {(float)x, (float)x}, slope[2] = {1.0F, 1.0F};
        kernel_activation(y, 1, ACTIVATION_TANH);
        kernel_activation(y + 1, 1, ACTIVATION_SIGMOID);
        kernel_activation_backward(slope, y, 1, 1, ACTIVATION_TANH);
        kernel_activation_backward(slope + 1, y + 1, 1, 1, ACTIVATION_SIGMOID);
        CHECK_NEAR(slope[0], (tanh(x + by) - tanh(x - by)) / (2 * by), 5e-7);
        CHECK_NEAR(slope[1], (1 / (1 + exp(-x - by)) - 1 / (1 + exp(-x + by))) / (2 * by), 5e-7);
    }
}

/* NaN goes through every activation and comes back through every one, wherever it stands. */
static void test_nan_passes_activations(void) {
    const uint32_t row[1] = {0};
    for (enum activation activation = 0; activation < ACTIVATIONS; activation++)
        for (uint32_t n = 1; n < 12; n++)
            for (uint32_t at = 0; at < n; at++) {
                float z[12] = {0}, zero[12] = {0}, out[12], gradient[12] = {0};
                z[at] = NAN, gradient[at] = NAN;
                kernel_join(out, z, row, zero, row, 1, n, activation);
                kernel_activation(z, n, activation);
                for (uint32_t i = 0; i < n; i++)
                    CHECK(isnan(out[i]) == (i == at) && isnan(z[i]) == (i == at));
                for (uint32_t i = 0; i < n; i++) out[i] = 0.5F;
                kernel_activation_backward(gradient, out, 1, n, activation);
                for (uint32_t i = 0; i < n; i++) CHECK_EQUAL(isnan(gradient[i]), i == at);
            }
}

/* In whole vectors and in the tail alike. */
static void test_relu_of_odd_numbers(void) {
    for (uint32_t H = 1; H < 12; H++)
        for (uint32_t at = 0; at < H; at++) {
            float z[12] = {0}, bias[12] = {0}, gradient[12];
            for (uint32_t i = 0; i < H; i++) gradient[i] = 3.0F;
            z[at] = NAN;
            kernel_bias_activation(z, bias, 1, H, ACTIVATION_RELU);
            CHECK(isnan(z[at]));
            z[at] = -INFINITY;
            kernel_bias_activation(z, bias, 1, H, ACTIVATION_RELU);
            CHECK(same(z[at], 0.0F));
            kernel_activation_backward(gradient, z, 1, H,
                                       ACTIVATION_RELU); /* every output is zero: none passes */
            for (uint32_t i = 0; i < H; i++) CHECK(same(gradient[i], 0.0F));
            z[at] = INFINITY, gradient[at] = NAN;
            kernel_bias_activation(z, bias, 1, H, ACTIVATION_RELU);
            kernel_activation_backward(gradient, z, 1, H, ACTIVATION_RELU);
            CHECK(isinf(z[at]) && isnan(gradient[at]));
        }
}

static void check_column_sums(uint32_t B, uint32_t H, uint32_t place) {
    struct array x = array_random(B * H, place, 1), sum = array_new(H, place + 1);
    uint32_t different = 0, wrong = 0;
    kernel_column_sums(sum.data, x.data, B, H);
    for (uint32_t h = 0; h < H; h++) {
        float in_order = 0.0F;
        double exact = 0;
        for (uint32_t b = 0; b < B; b++) in_order += x.data[b * H + h], exact += (double)x.data[b * H + h];
        different += differs(sum.data[h], in_order);
        wrong += !(fabs((double)sum.data[h] - exact) <= 2 * B * (B + 1.0) * (double)FLT_EPSILON);
    }
    CHECK_EQUAL(different, 0);
    CHECK_EQUAL(wrong, 0);
    array_free(&x), array_free(&sum);
}

static void test_column_sums(void) {
    for (uint32_t B = 0; B < SMALL; B++)
        for (uint32_t H = 0; H < SMALL; H++) check_column_sums(B, H, B + H);
    check_column_sums(1000, 65, 1);
}

static void check_transpose(uint32_t rows, uint32_t columns, uint32_t place) {
    struct array in = array_random(rows * columns, place, 1), out = array_new(rows * columns, place + 1);
    uint32_t different = 0;
    kernel_transpose(out.data, in.data, rows, columns);
    for (uint32_t r = 0; r < rows; r++)
        for (uint32_t c = 0; c < columns; c++)
            different += differs(out.data[c * rows + r], in.data[r * columns + c]);
    CHECK_EQUAL(different, 0);
    array_free(&in), array_free(&out);
}

static void test_transpose(void) {
    for (uint32_t r = 0; r < SMALL; r++)
        for (uint32_t c = 0; c < SMALL; c++) check_transpose(r, c, r + c);
    check_transpose(257, 65, 1);
}

int main(void) {
    RUN(test_matmul);
    RUN(test_matmul_transposed);
    RUN(test_dot);
    RUN(test_axpy_and_add);
    RUN(test_scale_and_axpy_product);
    RUN(test_multiply);
    RUN(test_layer);
    RUN(test_join);
    RUN(test_dot_rows);
    RUN(test_activations_and_backward);
    RUN(test_backward_is_the_derivative);
    RUN(test_nan_passes_activations);
    RUN(test_relu_of_odd_numbers);
    RUN(test_column_sums);
    RUN(test_transpose);
    return check_report();
}

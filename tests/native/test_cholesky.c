/* Systems of every size against Gauss in double precision; singular ones; what stands outside stays out. Arrays have just
 * the sizes that the header asks for, so that the address sanitizer sees a step outside. */
#include "base/cholesky.h"

#include <float.h>
#include <stdlib.h>

#include "base/rng.h"
#include "check.h"

#define LARGEST 200

static const uint32_t sizes[] = {1,  2,  3,  4,  5,  6,  7,  8,  9,  11, 12, 13, 15,  16,
                                 17, 20, 23, 24, 25, 31, 32, 33, 40, 41, 64, 72, 131, 192};
#define SIZES (uint32_t)(sizeof sizes / sizeof *sizes)

static float element(const float *matrix, uint32_t r, uint32_t c) {
    return matrix[cholesky_size(c / 8 * 8) + (size_t)r * 8 + c % 8];
}

static float *floats(size_t n) {
    float *x = malloc((n + (n == 0)) * sizeof *x);
    for (size_t i = 0; i < n; i++) x[i] = NAN;
    return x;
}

/* x[rows, W] in panels: [rows, n] random numbers, the rest zeros. */
static float *random_panels(uint32_t rows, uint32_t n, uint32_t W, uint64_t seed) {
    struct rng rng = {seed};
    float *x = floats((size_t)rows * W);
    for (uint32_t c = 0; c < W; c++)
        for (uint32_t r = 0; r < rows; r++)
            x[(size_t)(c / 8) * rows * 8 + r * 8 + c % 8] = c < n ? 2.0F * rng_uniform(&rng) - 1.0F : 0.0F;
    return x;
}

static float at(const float *x, uint32_t rows, uint32_t r, uint32_t c) {
    return x[(size_t)(c / 8) * rows * 8 + r * 8 + c % 8];
}

static void check_gram(uint32_t rows, uint32_t W, bool scaled) {
    float *x = random_panels(rows, W, W, 1), *y = random_panels(rows, W, W, 1);
    float *matrix = floats(cholesky_size(W));
    for (uint32_t c = 0; c < W && scaled; c++)
        for (uint32_t r = 0; r < rows; r++) x[(size_t)(c / 8) * rows * 8 + r * 8 + c % 8] *= (float)r - 3.0F;
    cholesky_gram(matrix, x, scaled ? y : x, rows, W);
    uint32_t different = 0;
    double worst = 0;
    for (uint32_t c = 0; c < W; c++)
        for (uint32_t r = 0; r <= c; r++) {
            float in_order = 0.0F;
            double exact = 0, size = 0;
            for (uint32_t k = 0; k < rows; k++) {
                float a = at(x, rows, k, r), b = at(y, rows, k, c);
                in_order += a * b;
                exact += (double)a * (double)b;
                size += fabs((double)a * (double)b);
            }
            different += check_float_bits(element(matrix, r, c)) != check_float_bits(in_order);
            double error = fabs((double)element(matrix, r, c) - exact) / (size + (size == 0));
            if (!(error <= worst)) worst = error;
        }
    CHECK_EQUAL(different, 0);
    CHECK_NEAR(worst, 0, (rows + 1) * (double)FLT_EPSILON);
    free(x), free(y), free(matrix);
}

static void test_gram(void) {
    for (uint32_t rows = 0; rows < 34; rows++)
        for (uint32_t W = 8; W <= 40; W += 8) check_gram(rows, W, rows % 2 == 0);
    check_gram(300, 72, false);
    check_gram(300, 192, true);
}

/* A symmetric matrix of n unknowns, in double precision. */
struct system {
    uint32_t n;
    double a[LARGEST * LARGEST], b[LARGEST], x[LARGEST];
};

/* A = Σ over `rows` of x xᵀ + ridge I, and b = A times numbers from -1 to 1. */
static struct system *system_random(uint32_t n, uint32_t rows, double ridge, uint64_t seed) {
    struct system *system = calloc(1, sizeof *system);
    struct rng rng = {seed};
    system->n = n;
    for (uint32_t k = 0; k < rows; k++) {
        double x[LARGEST];
        for (uint32_t i = 0; i < n; i++) x[i] = (double)rng_normal(&rng);
        for (uint32_t i = 0; i < n * n; i++) system->a[i] += x[i / n] * x[i % n];
    }
    for (uint32_t i = 0; i < n; i++) system->a[i * n + i] += ridge;
    for (uint32_t i = 0; i < n * n; i++) system->a[i] = (double)(float)system->a[i];
    for (uint32_t i = 0; i < n; i++) system->x[i] = 2.0 * (double)rng_uniform(&rng) - 1.0;
    for (uint32_t i = 0; i < n * n; i++) system->b[i / n] += system->a[i] * system->x[i % n];
    return system;
}

/* What the float solver makes of it, [W] with W the width for n. Owned by the caller. */
static float *solve(const struct system *system) {
    uint32_t W = cholesky_width(system->n);
    float *matrix = floats(cholesky_size(W)), *x = floats(W);
    cholesky_pack(matrix, system->a, system->n);
    for (uint32_t i = 0; i < W; i++) x[i] = i < system->n ? (float)system->b[i] : 0.0F;
    cholesky_factor(matrix, W);
    cholesky_solve(x, matrix, W);
    for (uint32_t i = system->n; i < W; i++) CHECK(x[i] == 0.0F);
    free(matrix);
    return x;
}

static void test_pack(void) {
    for (uint32_t s = 0; s < SIZES; s++) {
        uint32_t n = sizes[s], W = cholesky_width(n), wrong = 0;
        struct system *system = system_random(n, n, 1, 1);
        float *matrix = floats(cholesky_size(W));
        CHECK(W % 8 == 0 && W >= n && W < n + 8);
        for (uint32_t i = 0; i < n * n; i++)
            if (i % n < i / n) system->a[i] = (double)NAN; /* below the diagonal */
        cholesky_pack(matrix, system->a, n);
        for (uint32_t c = 0; c < W; c++)
            for (uint32_t r = 0; r <= c; r++)
                wrong += !((double)element(matrix, r, c) == (c < n ? system->a[r * n + c] : 0.0));
        CHECK_EQUAL(wrong, 0);
        cholesky_add_diagonal(matrix, 2.0F, n);
        for (uint32_t c = 0; c < W; c++)
            for (uint32_t r = 0; r <= c; r++) {
                double exact = c < n ? system->a[r * n + c] + (r == c ? 2.0 : 0.0) : 0.0;
                wrong += !((double)element(matrix, r, c) == (double)(float)exact);
            }
        CHECK_EQUAL(wrong, 0);
        free(matrix);
        free(system);
    }
}

/* Uᵀ U = A, to what rounding leaves. */
static void test_factor(void) {
    for (uint32_t s = 0; s < SIZES; s++) {
        uint32_t n = sizes[s];
        struct system *system = system_random(n, n + 5, 0.5, n);
        float *matrix = floats(cholesky_size(cholesky_width(n)));
        double worst = 0;
        cholesky_pack(matrix, system->a, n);
        cholesky_factor(matrix, cholesky_width(n));
        for (uint32_t c = 0; c < n; c++)
            for (uint32_t r = 0; r <= c; r++) {
                double sum = 0, size = sqrt(system->a[r * n + r] * system->a[c * n + c]);
                for (uint32_t k = 0; k <= r; k++) {
                    double left =
                        k == r ? 1.0 / (double)element(matrix, r, r) : (double)element(matrix, k, r);
                    double right =
                        k == c ? 1.0 / (double)element(matrix, c, c) : (double)element(matrix, k, c);
                    sum += left * right;
                }
                double error = fabs(sum - system->a[r * n + c]) / size;
                if (!(error <= worst)) worst = error;
            }
        CHECK_NEAR(worst, 0, 8 * (double)FLT_EPSILON);
        free(matrix);
        free(system);
    }
}

static void test_solve(void) {
    for (uint32_t s = 0; s < SIZES; s++)
        for (uint64_t seed = 1; seed < 4; seed++) {
            struct system *system = system_random(sizes[s], 2 * sizes[s] + 3, 1, seed);
            float *x = solve(system);
            double error = 0;
            for (uint32_t i = 0; i < system->n; i++) error = fmax(error, fabs((double)x[i] - system->x[i]));
            CHECK_NEAR(error, 0, 5e-5);
            free(x);
            free(system);
        }
}

/* Of rank `rows` < n: the system is still solved, without a NaN, and with no large numbers. */
static void test_singular(void) {
    for (uint32_t s = 1; s < SIZES; s++)
        for (uint32_t rows = 0; rows < sizes[s]; rows += 1 + sizes[s] / 4) {
            struct system *system = system_random(sizes[s], rows, 0, rows + 1);
            uint32_t n = system->n;
            float *x = solve(system);
            double error = 0, size = 0, largest = 0;
            for (uint32_t r = 0; r < n; r++) {
                double sum = -system->b[r];
                for (uint32_t c = 0; c < n; c++) sum += system->a[r * n + c] * (double)x[c];
                error = fmax(error, fabs(sum));
                size = fmax(size, fabs(system->b[r]));
                largest = fmax(largest, fabs((double)x[r]));
                CHECK(isfinite(x[r]));
            }
            CHECK_NEAR(error, 0, 2e-3 * (size + (size == 0)));
            CHECK(largest < 1000);
            free(x);
            free(system);
        }
}

/* An equation twice over: the second unknown is zero and the first has it all. */
static void test_repeated_unknown(void) {
    struct system system = {.n = 2, .a = {4, 4, 4, 4}, .b = {8, 8}};
    float *x = solve(&system);
    CHECK(x[0] == 2.0F && x[1] == 0.0F);
    free(x);
}

static void test_nan_shows(void) {
    struct system *system = system_random(13, 20, 1, 1);
    system->a[3 * 13 + 3] = (double)NAN;
    uint32_t W = cholesky_width(13);
    float *matrix = floats(cholesky_size(W)), x[16] = {1.0F};
    cholesky_pack(matrix, system->a, 13);
    cholesky_factor(matrix, W);
    cholesky_solve(x, matrix, W);
    CHECK(isnan(x[3]) && isnan(x[0]));
    free(matrix);
    free(system);
}

int main(void) {
    RUN(test_gram);
    RUN(test_pack);
    RUN(test_factor);
    RUN(test_solve);
    RUN(test_singular);
    RUN(test_repeated_unknown);
    RUN(test_nan_shows);
    return check_report();
}

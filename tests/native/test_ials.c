/* The row solver of iALS against the exact minimum in double precision. */
#include "als_twin.h"
#include "base/cholesky.h"

static const uint32_t widths[] = {1, 2, 3, 5, 8, 13, 16, 21, 33, 64};
#define WIDTHS (uint32_t)(sizeof widths / sizeof *widths)

/* How far the rows of a side are from their minimum, as a share of the largest number in it, and how much of the gradient
 * is left there, as a share of b. */
static void check_side(const struct als_world *world, bool of_user) {
    uint32_t F = world->settings.factors;
    double worst = 0, slope = 0;
    for (uint32_t row = 0; row < (of_user ? world->train->users : world->train->items); row++) {
        const float *x = (of_user ? world->users : world->items) + (size_t)row * F;
        struct als_twin_row system = als_twin_row(world, of_user, row);
        double exact[ALS_TWIN_MAX], size = 1e-30, scale = 1e-30;
        als_twin_solve(exact, &system);
        for (uint32_t f = 0; f < F; f++)
            size = fmax(size, fabs(exact[f])), scale = fmax(scale, fabs(system.b[f]));
        for (uint32_t f = 0; f < F; f++) {
            double left = -system.b[f];
            for (uint32_t c = 0; c < F; c++) left += system.a[f * F + c] * (double)x[c];
            double error = fabs((double)x[f] - exact[f]) / size;
            if (!(error <= worst)) worst = error;
            if (!(fabs(left) / scale <= slope)) slope = fabs(left) / scale;
        }
    }
    CHECK_NEAR(worst, 0, 1e-4);
    CHECK_NEAR(slope, 0, 1e-5);
}

/* All rows of both sides, as als_run leaves them while the other side stands still. */
static void test_rows_are_minima(void) {
    for (uint32_t w = 0; w < WIDTHS; w++)
        for (uint32_t k = 0; k < 3; k++) {
            struct als_settings settings = als_world_settings(ALS_IALS, widths[w]);
            settings.exponent = k / 2.0;
            struct als_world world = als_world_new(30, 50, 300 * k, settings, w + k);
            struct als *als = als_world_als(&world);
            enum als_reached reached;
            for (uint32_t half = 0; half < 4; half++) {
                CHECK_EQUAL(als_run(als, UINT32_MAX, &reached), STATUS_OK);
                check_side(&world, half % 2 == 0);
            }
            als_free(als);
            als_world_free(&world);
        }
}

/* One row of n pairs in blocks of `block`, some of them twice as heavy, no two alike where `weighted`. */
static void check_row(uint32_t F, uint32_t n, uint32_t block, bool weighted) {
    enum { ROWS = 1200 };
    struct rng rng = {F + n};
    float *table = malloc((size_t)ROWS * F * sizeof *table), *out = malloc(F * sizeof *out);
    double gram[ALS_TWIN_MAX * ALS_TWIN_MAX] = {0}, exact[ALS_TWIN_MAX];
    uint32_t others[ROWS];
    float d[ROWS];
    struct ials *ials;
    struct als_twin_row system = {.factors = F};
    for (uint32_t i = 0; i < ROWS * F; i++) table[i] = rng_normal(&rng);
    for (uint32_t k = 0; k < n; k++)
        others[k] = rng_below(&rng, ROWS), d[k] = weighted ? rng_uniform(&rng) : 1.0F;
    for (uint32_t r = 0; r < F; r++)
        for (uint32_t c = 0; c < F; c++)
            gram[r * F + c] = r == c ? 2.0 : r < c ? 0.25 / (c + 1) : (double)NAN;
    for (uint32_t i = 0; i < F * F; i++) {
        uint32_t r = i / F, c = i % F;
        system.a[i] = 0.5 * gram[r < c ? r * F + c : c * F + r] + (r == c ? 3.0 : 0.0);
        for (uint32_t k = 0; k < n; k++)
            system.a[i] += (double)d[k] * (double)table[others[k] * F + r] * (double)table[others[k] * F + c];
    }
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t f = 0; f < F; f++) system.b[f] += (double)table[others[k] * F + f];
    als_twin_solve(exact, &system);
    CHECK_EQUAL(ials_new(&ials, F), STATUS_OK);
    ials_set_gram(ials, gram);
    for (uint32_t again = 0; again < 2; again++) { /* nothing is left of a row for the next */
        ials_begin(ials, 0.5F, 3.0F);
        for (uint32_t k = 0; k < n; k += block)
            ials_add(ials, table, others + k, weighted ? d + k : NULL, n - k < block ? n - k : block);
        for (uint32_t f = 0; f < F; f++) out[f] = NAN;
        ials_solve(ials, out);
        for (uint32_t f = 0; f < F; f++) CHECK_NEAR(out[f], exact[f], 2e-5);
    }
    ials_free(ials);
    free(table), free(out);
}

static void test_blocks(void) {
    for (uint32_t w = 0; w < WIDTHS; w++) {
        for (uint32_t n = 0; n < 34; n++) check_row(widths[w], n, 1 + n % 7, n % 2 == 0);
        check_row(widths[w], 256, IALS_BLOCK, false);
        check_row(widths[w], 1000, IALS_BLOCK, true);
        check_row(widths[w], 1000, 100, false);
    }
}

int main(void) {
    RUN(test_rows_are_minima);
    RUN(test_blocks);
    ials_free(NULL);
    return check_report();
}

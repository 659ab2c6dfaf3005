/* The row solver of eALS against coordinate descent in double precision. */
#include "als_twin.h"

static const uint32_t widths[] = {1, 2, 3, 4, 5, 8, 13, 16, 21, 33, 64};
#define WIDTHS (uint32_t)(sizeof widths / sizeof *widths)

/* One epoch of als_run: every row is where one sweep from its old place leads, as the twin has it. */
static void check_epoch(struct als_world *world) {
    uint32_t F = world->settings.factors;
    struct als *als = als_world_als(world);
    for (uint32_t half = 0; half < 2; half++) {
        bool of_user = half == 0;
        uint32_t rows = of_user ? world->train->users : world->train->items;
        float *table = of_user ? world->users : world->items;
        double *swept = malloc((size_t)rows * F * sizeof *swept), worst = 0;
        for (uint32_t i = 0; i < rows * F; i++) swept[i] = (double)table[i];
        for (uint32_t row = 0; row < rows; row++) {
            struct als_twin_row system = als_twin_row(world, of_user, row);
            als_twin_sweep(swept + (size_t)row * F, &system);
        }
        enum als_reached reached;
        CHECK_EQUAL(als_run(als, UINT32_MAX, &reached), STATUS_OK);
        for (uint32_t row = 0; row < rows; row++) {
            bool empty = of_user ? world->train->start[row] == world->train->start[row + 1]
                                 : world->users_of[row] == 0;
            for (uint32_t f = 0; f < F && !empty; f++) {
                double error = fabs((double)table[row * F + f] - swept[row * F + f]);
                if (!(error <= worst)) worst = error;
            }
        }
        CHECK_NEAR(worst, 0, 2e-5);
        free(swept);
    }
    als_free(als);
}

static void test_rows_are_swept(void) {
    for (uint32_t w = 0; w < WIDTHS; w++)
        for (uint32_t k = 0; k < 3; k++) {
            struct als_settings settings = als_world_settings(ALS_EALS, widths[w]);
            settings.exponent = k / 2.0;
            settings.missing = k == 2 ? 100 : 10; /* some c_i are above 1 */
            struct als_world world = als_world_new(30, 50, 300 * k, settings, w + k);
            check_epoch(&world);
            als_world_free(&world);
        }
}

enum { ROWS = 100 };

/* A row's problem, with what the solver wants of it and what the twin wants. */
struct problem {
    struct eals *eals;
    float table[ROWS * ALS_TWIN_MAX], weights[ROWS];
    uint32_t others[ROWS];
    struct eals_row row;
    struct als_twin_row twin;
};

/* n pairs; a weight of 3 makes d = 1 - w w_o negative. */
static struct problem *problem_new(uint32_t F, uint32_t n, float weight, float penalty) {
    struct problem *problem = calloc(1, sizeof *problem);
    struct rng rng = {F + n};
    double gram[ALS_TWIN_MAX * ALS_TWIN_MAX] = {0};
    for (uint32_t i = 0; i < ROWS * F; i++) problem->table[i] = rng_normal(&rng);
    for (uint32_t o = 0; o < ROWS; o++) {
        const float *x = problem->table + (size_t)o * F;
        problem->weights[o] = rng_uniform(&rng);
        problem->others[o] = (o * 37 + 5) % ROWS;
        for (uint32_t i = 0; i < F * F; i++)
            gram[i] += (double)problem->weights[o] * (double)x[i / F] * (double)x[i % F];
    }
    problem->twin.factors = F;
    for (uint32_t i = 0; i < F * F; i++)
        problem->twin.a[i] = (double)weight * gram[i] + (i / F == i % F ? (double)penalty : 0.0);
    for (uint32_t k = 0; k < n; k++) {
        const float *x = problem->table + (size_t)problem->others[k] * F;
        double d = 1.0 - (double)weight * (double)problem->weights[problem->others[k]];
        for (uint32_t i = 0; i < F * F; i++) problem->twin.a[i] += d * (double)x[i / F] * (double)x[i % F];
        for (uint32_t f = 0; f < F; f++) problem->twin.b[f] += (double)x[f];
    }
    for (uint32_t i = 0; i < F * F; i++)
        if (i % F < i / F) gram[i] = (double)NAN;
    problem->row = (struct eals_row){.table = problem->table,
                                     .other_weights = problem->weights,
                                     .others = problem->others,
                                     .n = n,
                                     .weight = weight,
                                     .penalty = penalty};
    CHECK_EQUAL(eals_new(&problem->eals, F, n), STATUS_OK);
    eals_set_gram(problem->eals, gram);
    return problem;
}

static void problem_free(struct problem *problem) {
    eals_free(problem->eals);
    free(problem);
}

static void test_sweeps(void) {
    for (uint32_t w = 0; w < WIDTHS; w++)
        for (uint32_t n = 1; n < 34; n++)
            for (uint32_t sweeps = 0; sweeps < 4; sweeps++) {
                uint32_t F = widths[w];
                struct problem *problem = problem_new(F, n, n % 3 == 0 ? 3.0F : 0.3F, 0.5F);
                float p[ALS_TWIN_MAX];
                double exact[ALS_TWIN_MAX];
                for (uint32_t f = 0; f < F; f++) p[f] = 0.01F * (float)f - 0.1F, exact[f] = (double)p[f];
                for (uint32_t s = 0; s < sweeps; s++) als_twin_sweep(exact, &problem->twin);
                eals_sweep(problem->eals, p, &problem->row, sweeps);
                for (uint32_t f = 0; f < F; f++) CHECK_NEAR(p[f], exact[f], 2e-5);
                problem_free(problem);
            }
}

/* Swept often enough, a row comes to its exact minimum. */
static void test_sweeps_lead_to_the_minimum(void) {
    for (uint32_t w = 0; w < WIDTHS; w++) {
        struct problem *problem = problem_new(widths[w], 50, 0.5F, 1.0F);
        float p[ALS_TWIN_MAX] = {0.0F};
        double exact[ALS_TWIN_MAX], size = 0;
        als_twin_solve(exact, &problem->twin);
        eals_sweep(problem->eals, p, &problem->row, 300);
        for (uint32_t f = 0; f < widths[w]; f++) {
            CHECK_NEAR(p[f], exact[f], 2e-5);
            size = fmax(size, fabs(exact[f]));
        }
        CHECK(size > 0.01);
        problem_free(problem);
    }
}

/* Where nothing depends on a coordinate it stays as it is, and there is no division by zero. */
static void test_flat_coordinate(void) {
    struct problem *problem = problem_new(5, 9, 0.3F, 0.0F);
    double gram[25] = {0};
    for (uint32_t o = 0; o < ROWS; o++) {
        float *x = problem->table + (size_t)o * 5;
        x[2] = 0.0F;
        for (uint32_t i = 0; i < 25; i++)
            gram[i] += (double)problem->weights[o] * (double)x[i / 5] * (double)x[i % 5];
    }
    eals_set_gram(problem->eals, gram);
    float p[5] = {1.0F, 2.0F, 3.0F, 4.0F, 5.0F};
    eals_sweep(problem->eals, p, &problem->row, 3);
    CHECK(p[2] == 3.0F);
    for (uint32_t f = 0; f < 5; f++) CHECK(isfinite(p[f]) && (f == 2 || p[f] != (float)(f + 1)));
    problem_free(problem);
}

int main(void) {
    RUN(test_rows_are_swept);
    RUN(test_sweeps);
    RUN(test_sweeps_lead_to_the_minimum);
    RUN(test_flat_coordinate);
    eals_free(NULL);
    return check_report();
}

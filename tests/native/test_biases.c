#include "model/biases.h"

#include <stdlib.h>

#include "bundled.h"
#include "rank/errors.h"
#include "rows.h"

enum { BOTH = BIASES_USERS | BIASES_ITEMS, MOST = 40 };

static struct biases *fit(const struct rating_rows *train, uint32_t users, uint32_t items, uint32_t parts,
                          double l2, uint32_t limit) {
    struct biases *biases = NULL;
    CHECK_EQUAL(biases_new(&biases, train, users, items, parts, l2), STATUS_OK);
    uint64_t runs = 0, most = (uint64_t)train->count * 2 * BIASES_MAX_SWEEPS / limit + 2;
    for (bool done = false; !done && runs < most; runs++) biases_run(biases, limit, &done);
    CHECK(biases->done);
    return biases;
}

static struct holdout *random_holdout(uint32_t users, uint32_t items, uint32_t count, uint64_t seed) {
    struct ratings ratings;
    struct holdout *holdout;
    rows_random_rated(&ratings, users, items, count, 100, seed);
    CHECK_EQUAL(holdout_random(&holdout, &ratings, 0.3, 0, seed), STATUS_OK);
    ratings_free(&ratings);
    return holdout;
}

/* Solves A x = y for a symmetric positive definite A[n, n] by elimination. */
static void twin_solve(double A[MOST][MOST], double *y, uint32_t n) {
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = k + 1; i < n; i++) {
            double factor = A[i][k] / A[k][k];
            for (uint32_t j = k; j < n; j++) A[i][j] -= factor * A[k][j];
            y[i] -= factor * y[k];
        }
    for (uint32_t k = n; k-- > 0;) {
        for (uint32_t j = k + 1; j < n; j++) y[k] -= A[k][j] * y[j];
        y[k] /= A[k][k];
    }
}

/* The ridge regression by its normal equations, users first; x [users + items], 0 for a kind that is switched off. */
static void twin_fit(double *x, const struct holdout *holdout, uint32_t parts, double l2) {
    static double A[MOST][MOST];
    const struct rating_rows *train = &holdout->train;
    uint32_t n = holdout->users + holdout->items;
    memset(A, 0, sizeof A);
    for (uint32_t i = 0; i < n; i++) A[i][i] = l2, x[i] = 0;
    for (uint32_t r = 0; r < train->count; r++) {
        uint32_t u = train->user[r], i = holdout->users + train->item[r];
        double rest = (double)train->value[r] - holdout->mean;
        if ((parts & BIASES_USERS) != 0) A[u][u]++, x[u] += rest;
        if ((parts & BIASES_ITEMS) != 0) A[i][i]++, x[i] += rest;
        if (parts == BOTH) A[u][i]++, A[i][u]++;
    }
    twin_solve(A, x, n);
}

static void test_against_normal_equations(void) {
    static const double l2s[] = {0.01, 0.5, 3, 40};
    uint32_t without_rows = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct holdout *holdout =
            random_holdout(2 + (uint32_t)seed % 13, 2 + (uint32_t)seed % 22, 30 + (uint32_t)seed * 2, seed);
        for (uint32_t parts = 0; parts <= BOTH; parts++) {
            double x[MOST], l2 = l2s[seed % 4];
            struct biases *biases = fit(&holdout->train, holdout->users, holdout->items, parts, l2, 100);
            twin_fit(x, holdout, parts, l2);
            CHECK_NEAR(biases->mean, holdout->mean, 1e-12);
            for (uint32_t u = 0; u < holdout->users; u++) {
                CHECK_NEAR(biases->a[u], x[u], 1e-6);
                without_rows += x[u] == 0 && biases->a[u] == 0 && parts == BOTH;
            }
            for (uint32_t i = 0; i < holdout->items; i++)
                CHECK_NEAR(biases->b[i], x[holdout->users + i], 1e-6);
            CHECK(parts == BOTH || biases->sweeps <= 1);
            CHECK(biases->sweeps < 100);
            biases_free(biases);
        }
        holdout_free(holdout);
    }
    CHECK(without_rows > 5); /* users without train ratings took part */
}

/* Without λ one kind alone gives the means. */
static void test_plain_means(void) {
    const uint32_t users[] = {0, 0, 2, 2, 2}, items[] = {1, 0, 0, 1, 2};
    const float values[] = {1, 2, 3, 4, 5};
    struct rating_rows train = {5, users, items, values};
    float mu, a[4], b[5];
    struct biases *biases = fit(&train, 4, 5, BIASES_USERS, 0, 2);
    biases_write(biases, &mu, a, b);
    CHECK(mu == 3 && a[0] == -1.5F && a[1] == 0 && a[2] == 1 && a[3] == 0);
    for (uint32_t i = 0; i < 5; i++) CHECK(b[i] == 0);
    biases_free(biases);
    biases = fit(&train, 4, 5, BIASES_ITEMS, 0, 2);
    biases_write(biases, &mu, a, b);
    CHECK(mu == 3 && b[0] == -0.5F && b[1] == -0.5F && b[2] == 2 && b[3] == 0 && b[4] == 0);
    for (uint32_t u = 0; u < 4; u++) CHECK(a[u] == 0);
    biases_free(biases);
}

/* Without λ many biases fit equally well: no user and no item is left with a mean error, and neither kind has more. */
static void test_both_without_l2(void) {
    struct holdout *holdout = random_holdout(12, 15, 150, 7);
    const struct rating_rows *train = &holdout->train;
    struct biases *biases = fit(train, 12, 15, BOTH, 0, 1000);
    double of_user[12] = {0}, of_item[15] = {0}, a = 0, b = 0;
    for (uint32_t r = 0; r < train->count; r++) {
        uint32_t u = train->user[r], i = train->item[r];
        double rest = (double)train->value[r] - biases->mean - biases->a[u] - biases->b[i];
        of_user[u] += rest, of_item[i] += rest;
    }
    for (uint32_t u = 0; u < 12; u++) CHECK_NEAR(of_user[u], 0, 1e-6), a += biases->a[u];
    for (uint32_t i = 0; i < 15; i++) CHECK_NEAR(of_item[i], 0, 1e-6), b += biases->b[i];
    CHECK_NEAR(a, b, 1e-7);
    biases_free(biases);
    holdout_free(holdout);
}

static void test_slices_are_the_same_to_the_bit(void) {
    struct holdout *holdout = random_holdout(30, 40, 400, 3);
    for (uint32_t parts = 0; parts <= BOTH; parts++) {
        struct biases *whole = fit(&holdout->train, 30, 40, parts, 3, UINT32_MAX);
        for (uint32_t limit = 1; limit < 1000; limit = limit * 3 + 1) {
            struct biases *cut = fit(&holdout->train, 30, 40, parts, 3, limit);
            CHECK_EQUAL(cut->sweeps, whole->sweeps);
            CHECK(memcmp(cut->a, whole->a, 30 * sizeof *cut->a) == 0);
            CHECK(memcmp(cut->b, whole->b, 40 * sizeof *cut->b) == 0);
            biases_free(cut);
        }
        biases_free(whole);
    }
    holdout_free(holdout);
}

/* A run reads no more rows than it may. */
static void test_limit(void) {
    struct holdout *holdout = random_holdout(10, 10, 100, 1);
    struct biases *biases;
    bool done = true;
    CHECK_EQUAL(biases_new(&biases, &holdout->train, 10, 10, BOTH, 1), STATUS_OK);
    biases_run(biases, 5, &done);
    CHECK(!done && biases->next_row == 5 && biases->sweeps == 0 && biases->side == BIASES_ITEMS);
    biases_run(biases, holdout->train.count, &done);
    CHECK(!done && biases->next_row == 5 && biases->sweeps == 0 && biases->side == BIASES_USERS);
    biases_run(biases, holdout->train.count, &done);
    CHECK(!done && biases->next_row == 5 && biases->sweeps == 1 && biases->side == BIASES_ITEMS);
    biases_free(biases);
    holdout_free(holdout);
}

/* After any sweep users and items have the same sum, and its balancing has changed no prediction: the rests of each user
 * still add up to what the biases were made of. */
static void test_balance(void) {
    struct holdout *holdout = random_holdout(9, 14, 120, 5);
    const struct rating_rows *train = &holdout->train;
    struct biases *biases;
    bool done;
    CHECK_EQUAL(biases_new(&biases, train, 9, 14, BOTH, 0), STATUS_OK);
    for (uint32_t sweep = 1; sweep <= 3; sweep++) {
        double of_user[9] = {0}, sums[2] = {0};
        biases_run(biases, 2 * train->count, &done);
        CHECK_EQUAL(biases->sweeps, sweep);
        for (uint32_t r = 0; r < train->count; r++)
            of_user[train->user[r]] += (double)train->value[r] - biases->mean - biases->a[train->user[r]] -
                                       biases->b[train->item[r]];
        for (uint32_t u = 0; u < 9; u++) CHECK_NEAR(of_user[u], 0, 1e-12), sums[0] += biases->a[u];
        for (uint32_t i = 0; i < 14; i++) sums[1] += biases->b[i];
        CHECK_NEAR(sums[0], sums[1], 1e-12);
    }
    biases_free(biases);
    holdout_free(holdout);
}

/* Each user has rated two neighbours of a long row of items: what one end has hardly reaches the other. */
static void test_slow_world_ends(void) {
    enum { LENGTH = 400 };
    uint32_t users[2 * LENGTH], items[2 * LENGTH];
    float values[2 * LENGTH];
    for (uint32_t u = 0; u < LENGTH; u++)
        for (uint32_t k = 0; k < 2; k++) {
            users[2 * u + k] = u, items[2 * u + k] = u + k;
            values[2 * u + k] = (float)(u * (k + 1) % 9) / 2 + 0.5F;
        }
    struct rating_rows train = {2 * LENGTH, users, items, values};
    struct biases *biases = fit(&train, LENGTH, LENGTH + 1, BOTH, 0, 100);
    CHECK_EQUAL(biases->sweeps, BIASES_MAX_SWEEPS);
    for (uint32_t u = 0; u < LENGTH; u++) CHECK(fabs(biases->a[u]) < 100 && fabs(biases->b[u]) < 100);
    biases_free(biases);
}

static void test_errors(void) {
    struct rating_rows none = {0},
                       train = {1, (const uint32_t[]){0}, (const uint32_t[]){0}, (const float[]){2}};
    struct biases *biases = (struct biases *)&none;
    CHECK_EQUAL(biases_new(&biases, &train, 1, 1, 4, 1), STATUS_ARGUMENT);
    CHECK_EQUAL(biases_new(&biases, &train, 1, 1, BOTH, -0.1), STATUS_ARGUMENT);
    CHECK_EQUAL(biases_new(&biases, &train, 1, 1, BOTH, (double)NAN), STATUS_ARGUMENT);
    CHECK_EQUAL(biases_new(&biases, &none, 1, 1, BOTH, 1), STATUS_EMPTY);
    CHECK(biases == NULL);
    biases_free(NULL);
    biases = fit(&train, 1, 1, BOTH, (double)INFINITY, 1);
    CHECK(biases->mean == 2 && biases->a[0] == 0 && biases->b[0] == 0);
    biases_free(biases);
}

/* The error of a baseline on the rows given. */
static struct error_metrics error_of(const struct holdout *holdout, const struct rating_rows *rows,
                                     uint32_t parts, double l2) {
    struct biases *biases = fit(&holdout->train, holdout->users, holdout->items, parts, l2, 50000);
    float mu, *a = malloc(holdout->users * sizeof *a), *b = malloc(holdout->items * sizeof *b);
    float *predictions = malloc(rows->count * sizeof *predictions);
    struct errors errors;
    biases_write(biases, &mu, a, b);
    biases_predict(predictions, mu, a, b, rows->user, rows->item, rows->count);
    errors_start(&errors, holdout->lowest, holdout->highest);
    errors_add(&errors, predictions, rows->value, rows->count);
    biases_free(biases);
    free(a);
    free(b);
    free(predictions);
    return errors_result(&errors);
}

/* What the bundled data says: the more a baseline knows, the smaller its error, by more than chance; and λ. */
static void test_bundled_set(void) {
    struct dataset dataset;
    struct holdout *holdout;
    bundled_read(&dataset);
    CHECK_OR_RETURN(holdout_random(&holdout, &dataset.ratings, 0.1, 0.1, 1) == STATUS_OK, "no split");
    CHECK_EQUAL(holdout->test.count, 10000);
    CHECK_EQUAL(holdout->validation.count, 9000);
    CHECK_EQUAL(holdout->train.count, 81004);
    CHECK(holdout->lowest == 0.5F && holdout->highest == 5);
    double best = error_of(holdout, &holdout->validation, BOTH, BIASES_L2).rmse;
    CHECK(error_of(holdout, &holdout->validation, BOTH, 0).rmse > best + 0.01);
    CHECK(error_of(holdout, &holdout->validation, BOTH, 25).rmse > best + 0.01);
    holdout_free(holdout);

    CHECK_EQUAL(holdout_random(&holdout, &dataset.ratings, 0.1, 0, 1), STATUS_OK);
    struct error_metrics global = error_of(holdout, &holdout->test, 0, 0);
    struct error_metrics items = error_of(holdout, &holdout->test, BIASES_ITEMS, 0);
    struct error_metrics users = error_of(holdout, &holdout->test, BIASES_USERS, 0);
    struct error_metrics both = error_of(holdout, &holdout->test, BOTH, BIASES_L2);
    CHECK_NEAR(global.rmse, 1.0618, 0.0001);
    CHECK_NEAR(items.rmse, 1.0027, 0.0001);
    CHECK_NEAR(users.rmse, 0.9635, 0.0001);
    CHECK_NEAR(both.rmse, 0.8861, 0.0001);
    CHECK_NEAR(both.mae, 0.6840, 0.0001);
    CHECK(global.rmse - items.rmse > global.rmse_half_width + items.rmse_half_width);
    CHECK(items.rmse - users.rmse > items.rmse_half_width + users.rmse_half_width);
    CHECK(users.rmse - both.rmse > users.rmse_half_width + both.rmse_half_width);
    CHECK(global.mae > items.mae && items.mae > users.mae && users.mae > both.mae);
    holdout_free(holdout);
    dataset_free(&dataset);
}

/* A new user's bias has the least Σ (rating - mu - a - b_i)² + λ a²: any other is worse. */
static void test_fold_in(void) {
    const float b[] = {-0.5F, 0.25F, 1.0F, 0.0F, -2.0F};
    const uint32_t items[] = {4, 1, 2};
    CHECK_NEAR((double)biases_fold_in(3.5F, b, items, 1, 5.0, 0.0), 3.5, 1e-6);
    for (uint32_t n = 1; n <= 3; n++)
        for (uint32_t k = 0; k < 3; k++) {
            const double l2 = 2.5 * k;
            double found = (double)biases_fold_in(3.5F, b, items, n, 5.0, l2), costs[3];
            for (int32_t side = -1; side <= 1; side++) {
                double a = found + 1e-3 * side;
                costs[side + 1] = l2 * a * a;
                for (uint32_t i = 0; i < n; i++) {
                    double rest = 5.0 - 3.5 - (double)b[items[i]] - a;
                    costs[side + 1] += rest * rest;
                }
            }
            CHECK(costs[1] < costs[0] && costs[1] < costs[2]);
        }
}

int main(void) {
    RUN(test_against_normal_equations);
    RUN(test_plain_means);
    RUN(test_both_without_l2);
    RUN(test_slices_are_the_same_to_the_bit);
    RUN(test_limit);
    RUN(test_balance);
    RUN(test_slow_world_ends);
    RUN(test_errors);
    RUN(test_fold_in);
    RUN(test_bundled_set);
    return check_report();
}

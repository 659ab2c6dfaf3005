#include "rank/errors.h"

#include <stdlib.h>

#include "base/rng.h"
#include "check.h"

enum { MOST = 2000 };

static struct error_metrics measure(const float *predictions, const float *values, uint32_t n, float lowest,
                                    float highest) {
    struct errors errors;
    errors_start(&errors, lowest, highest);
    errors_add(&errors, predictions, values, n);
    return errors_result(&errors);
}

static struct error_metrics measure_unclipped(const float *predictions, const float *values, uint32_t n) {
    return measure(predictions, values, n, -INFINITY, INFINITY);
}

/* 1.96 standard errors of the mean of x[n], in two passes. */
static double twin_half_width(const double *x, uint32_t n) {
    double mean = 0, squares = 0;
    for (uint32_t i = 0; i < n; i++) mean += x[i] / n;
    for (uint32_t i = 0; i < n; i++) squares += (x[i] - mean) * (x[i] - mean);
    return n > 1 ? 1.96 * sqrt(squares / (n - 1) / n) : 0;
}

static void test_against_a_twin(void) {
    static float predictions[MOST], values[MOST];
    static double absolutes[MOST], squares[MOST];
    struct rng rng = {1};
    uint32_t clipped = 0;
    for (uint32_t n = 1; n <= MOST; n += 1 + n / 3) {
        float lowest = n % 2 == 0 ? 0.5F : -INFINITY, highest = n % 4 < 2 ? 5 : INFINITY;
        double mse = 0, mae = 0;
        for (uint32_t i = 0; i < n; i++) {
            values[i] = (float)(1 + rng_below(&rng, 10)) / 2;
            predictions[i] = values[i] + 2 * rng_normal(&rng);
            double p = fmin(fmax((double)predictions[i], (double)lowest), (double)highest);
            clipped += p != (double)predictions[i];
            absolutes[i] = fabs(p - (double)values[i]), squares[i] = absolutes[i] * absolutes[i];
            mae += absolutes[i] / n, mse += squares[i] / n;
        }
        struct error_metrics metrics = measure(predictions, values, n, lowest, highest);
        CHECK_EQUAL(metrics.count, n);
        CHECK_NEAR(metrics.mae, mae, 1e-12);
        CHECK_NEAR(metrics.rmse, sqrt(mse), 1e-12);
        CHECK_NEAR(metrics.mae_half_width, twin_half_width(absolutes, n), 1e-9);
        CHECK_NEAR(metrics.rmse_half_width, twin_half_width(squares, n) / (2 * sqrt(mse)), 1e-9);
    }
    CHECK(clipped > 500);
}

static void test_by_hand(void) {
    const float predictions[] = {3, 5.5F, 0, 2}, values[] = {4, 5, 0.5F, 2};
    struct error_metrics metrics = measure_unclipped(predictions, values, 4);
    CHECK_NEAR(metrics.mae, 0.5, 0);
    CHECK_NEAR(metrics.rmse, sqrt(1.5 / 4), 1e-15);
    metrics = measure(predictions, values, 4, 0.5F, 5);
    CHECK_NEAR(metrics.mae, 0.25, 0);
    CHECK_NEAR(metrics.rmse, 0.5, 0);
}

/* The intervals hold the true values 95 times in 100: errors are normal with the standard deviation 0.8. */
static void test_coverage(void) {
    enum { ROWS = 300, WORLDS = 4000 };
    static float predictions[ROWS], values[ROWS];
    double deviation = 0.8, mae = deviation * sqrt(2 / 3.14159265358979);
    uint32_t rmse_inside = 0, mae_inside = 0;
    for (uint32_t world = 0; world < WORLDS; world++) {
        struct rng rng = {1000 + world};
        for (uint32_t i = 0; i < ROWS; i++)
            values[i] = 3, predictions[i] = 3 + (float)deviation * rng_normal(&rng);
        struct error_metrics metrics = measure_unclipped(predictions, values, ROWS);
        rmse_inside += fabs(metrics.rmse - deviation) <= metrics.rmse_half_width;
        mae_inside += fabs(metrics.mae - mae) <= metrics.mae_half_width;
    }
    CHECK_NEAR((double)rmse_inside / WORLDS, 0.95, 0.015);
    CHECK_NEAR((double)mae_inside / WORLDS, 0.95, 0.015);
}

static void test_slices_are_the_same_to_the_bit(void) {
    static float predictions[MOST], values[MOST];
    struct rng rng = {2};
    for (uint32_t i = 0; i < MOST; i++) predictions[i] = rng_normal(&rng), values[i] = rng_normal(&rng);
    struct error_metrics whole = measure(predictions, values, MOST, -1, 1);
    for (uint32_t step = 1; step < MOST; step += step) {
        struct errors errors;
        errors_start(&errors, -1, 1);
        for (uint32_t from = 0; from < MOST; from += step)
            errors_add(&errors, predictions + from, values + from, MOST - from < step ? MOST - from : step);
        struct error_metrics cut = errors_result(&errors);
        CHECK(memcmp(&whole, &cut, sizeof whole) == 0);
    }
}

static void test_edges(void) {
    const float three[] = {3, 3, 3}, none[] = {NAN, 3, 3}, far[] = {INFINITY, 3, 3}, two[] = {2, 2, 2};
    struct error_metrics metrics = measure_unclipped(three, three, 0);
    CHECK(metrics.count == 0 && metrics.rmse == 0 && metrics.mae == 0 && metrics.rmse_half_width == 0);
    metrics = measure_unclipped(three, three, 3);
    CHECK(metrics.count == 3 && metrics.rmse == 0 && metrics.mae == 0);
    CHECK(metrics.rmse_half_width == 0 && metrics.mae_half_width == 0);
    metrics = measure_unclipped(two, three, 3);
    CHECK(metrics.rmse == 1 && metrics.mae == 1);
    CHECK(metrics.rmse_half_width == 0 && metrics.mae_half_width == 0);
    metrics = measure_unclipped(two, three, 1);
    CHECK(metrics.rmse == 1 && metrics.rmse_half_width == 0 && metrics.mae_half_width == 0);
    /* what is no number is not clipped to one */
    metrics = measure(none, three, 3, 1, 5);
    CHECK(isnan(metrics.rmse) && isnan(metrics.mae));
    CHECK(isnan(metrics.rmse_half_width) && isnan(metrics.mae_half_width));
    metrics = measure_unclipped(far, three, 3);
    CHECK(!isfinite(metrics.rmse) && !isfinite(metrics.mae));
    metrics = measure(far, three, 3, 1, 5);
    CHECK_NEAR(metrics.mae, 2.0 / 3, 1e-15);
}

int main(void) {
    RUN(test_against_a_twin);
    RUN(test_by_hand);
    RUN(test_coverage);
    RUN(test_slices_are_the_same_to_the_bit);
    RUN(test_edges);
    return check_report();
}

/* How far predicted ratings are from the given ones: RMSE = √(Σ (p - r)² / n) and MAE = Σ |p - r| / n, with 95 %
 * intervals over the rows. Both come from 1.96 standard errors of a mean: MAE's of the mean of |p - r|; RMSE's of the
 * mean of (p - r)², through the delta method (the half-width of the MSE divided by 2 RMSE). Rows are taken as
 * independent; since a user's errors are alike, the true intervals are somewhat wider.
 *
 * A prediction that is not a number stays one, so that a diverged model has the error NaN and no good one. */
#ifndef NCF_ERRORS_H
#define NCF_ERRORS_H

#include <stdint.h>

/* Sums over the rows so far. */
struct errors {
    float lowest, highest; /* predictions are clipped to these */
    uint64_t count;
    double absolutes, squares, fourths; /* of |p - r|, (p - r)², (p - r)⁴ */
};

struct error_metrics {
    uint64_t count; /* rows; all else is 0 without any */
    double rmse, rmse_half_width;
    double mae, mae_half_width;
};

/* Begins without rows. Predictions will be clipped to lowest … highest; -INFINITY and INFINITY: not at all. */
void errors_start(struct errors *errors, float lowest, float highest);

/* Adds n rows: predictions[n], values[n], the ratings given. The sums run in the order of the rows, so it does not matter
 * how these are cut into calls. */
void errors_add(struct errors *errors, const float *predictions, const float *values, uint32_t n);

struct error_metrics errors_result(const struct errors *errors);

#endif

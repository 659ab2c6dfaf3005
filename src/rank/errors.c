#include "rank/errors.h"

#include <math.h>

void errors_start(struct errors *errors, float lowest, float highest) {
    *errors = (struct errors){.lowest = lowest, .highest = highest};
}

/* Leaves NaN as it is. */
static float clip(float x, float lowest, float highest) {
    return x < lowest ? lowest : x > highest ? highest : x;
}

void errors_add(struct errors *errors, const float *predictions, const float *values, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        double error = (double)clip(predictions[i], errors->lowest, errors->highest) - (double)values[i];
        double square = error * error;
        errors->absolutes += fabs(error);
        errors->squares += square;
        errors->fourths += square * square;
    }
    errors->count += n;
}

/* 1.96 standard errors of the mean of n numbers, from their sum and that of their squares. */
static double half_width(double sum, double squares, double n) {
    double variance = n > 1.0 ? (squares - sum * (sum / n)) / (n - 1.0) : 0.0;
    return variance <= 0.0 ? 0.0 : 1.96 * sqrt(variance / n); /* NaN stays */
}

struct error_metrics errors_result(const struct errors *errors) {
    struct error_metrics metrics = {.count = errors->count};
    if (errors->count == 0) return metrics;
    double n = (double)errors->count;
    metrics.mae = errors->absolutes / n;
    metrics.mae_half_width = half_width(errors->absolutes, errors->squares, n);
    metrics.rmse = sqrt(errors->squares / n);
    double mse_half_width = half_width(errors->squares, errors->fourths, n);
    metrics.rmse_half_width = metrics.rmse == 0.0 ? 0.0 : mse_half_width / (2.0 * metrics.rmse);
    return metrics;
}

/* Whether counts look like draws from a distribution. Seeds are fixed, so a test either always passes or always fails;
 * the bound is four and a half standard deviations wide, so that a right generator passes with any seed. */
#ifndef NCF_CHANCE_H
#define NCF_CHANCE_H

#include "check.h"

/* Pearson's statistic with so many degrees of freedom, made a standard normal by Wilson and Hilferty's cube root. */
static inline double chance_normal(double sum, double degrees) {
    double spread = 2 / (9 * degrees);
    return (cbrt(sum / degrees) - (1 - spread)) / sqrt(spread);
}

/* `scale` is 1 for independent draws. */
static inline double chance_deviation(const uint64_t *counts, uint32_t cells, double expected, double scale) {
    double sum = 0;
    for (uint32_t i = 0; i < cells; i++)
        sum += ((double)counts[i] - expected) * ((double)counts[i] - expected);
    return chance_normal(sum / (expected * scale), cells - 1);
}

/* Of `draws` with probabilities ∝ weights[cells]; infinite where what has no weight was drawn. Cells of which few draws
 * are expected count as one. */
static inline double chance_deviation_from(const uint64_t *counts, const double *weights, uint32_t cells,
                                           double draws) {
    double all = 0, sum = 0, rest = 0, rest_expected = 0, degrees = -1;
    for (uint32_t i = 0; i < cells; i++) all += weights[i];
    for (uint32_t i = 0; i < cells; i++) {
        double count = (double)counts[i], expected = draws * weights[i] / all;
        if (expected < 5) {
            if (expected == 0 && counts[i] > 0) return HUGE_VAL;
            rest += count, rest_expected += expected;
            continue;
        }
        sum += (count - expected) * (count - expected) / expected, degrees++;
    }
    if (rest_expected >= 5) sum += (rest - rest_expected) * (rest - rest_expected) / rest_expected, degrees++;
    return degrees > 0 ? chance_normal(sum, degrees) : 0;
}

/* How many numbers a generator has given between two of its states (base/rng.c: each adds the same to it). */
static inline uint64_t chance_draws(uint64_t before, uint64_t after) {
    return (after - before) * UINT64_C(0xF1DE83E19937733D);
}

/* Neither too uneven nor, as no chance would have it, too even. */
#define CHECK_UNIFORM(counts, cells, expected, scale)                                                        \
    CHECK_NEAR(chance_deviation(counts, cells, expected, scale), 0, 4.5)
#define CHECK_DISTRIBUTED(counts, weights, cells, draws)                                                     \
    CHECK_NEAR(chance_deviation_from(counts, weights, cells, draws), 0, 4.5)

#endif

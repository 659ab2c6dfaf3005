/* Whether counts look like draws from a distribution. Seeds are fixed, so a test either always passes or always fails;
 * the bound is four and a half standard deviations wide, so that a right generator passes with any seed. */
#ifndef NCF_CHANCE_H
#define NCF_CHANCE_H

#include "check.h"

/* Pearson's statistic, made a standard normal by Wilson and Hilferty's cube root. `scale` is 1 for independent draws. */
static inline double chance_deviation(const uint64_t *counts, uint32_t cells, double expected, double scale) {
    double sum = 0, degrees = cells - 1;
    for (uint32_t i = 0; i < cells; i++)
        sum += ((double)counts[i] - expected) * ((double)counts[i] - expected);
    sum /= expected * scale;
    double spread = 2 / (9 * degrees);
    return (cbrt(sum / degrees) - (1 - spread)) / sqrt(spread);
}

/* Neither too uneven nor, as no chance would have it, too even. */
#define CHECK_UNIFORM(counts, cells, expected, scale)                                                        \
    CHECK_NEAR(chance_deviation(counts, cells, expected, scale), 0, 4.5)

#endif

/* Exponential, logarithm and power in double precision, for what is computed once and not in an inner loop. They are our
 * own for the reason that those of base/maths.h are: C libraries round these differently, and only + - * / sqrt and
 * integer operations are used here, which IEEE 754 fixes. tests/native/test_power.c holds them against the library's. */
#ifndef NCF_POWER_H
#define NCF_POWER_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/* ln 2 as a sum, the first of which has so few bits that its product with an exponent is exact. */
#define POWER_LN2_HIGH 0x1.62e42feep-1
#define POWER_LN2_LOW 0x1.a39ef35793c76p-33

static inline uint64_t power_bits(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double power_of_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* e^x, relative error below 1e-15. Above 709 infinity, below -708 zero (never a subnormal); NaN stays NaN.
 * x = n ln 2 + r with |r| <= ln 2 / 2, then the series of e^r as far as 1/13!: the next term is below 5e-18. */
static inline double maths_exp_double(double x) {
    if (!(x <= 709.0)) return x > 709.0 ? (double)INFINITY : x;
    if (x < -708.0) return 0.0;
    double n = floor(x * 1.4426950408889634 + 0.5);
    double r = (x - n * POWER_LN2_HIGH) - n * POWER_LN2_LOW;
    double sum = 1.0;
    for (uint32_t k = 13; k > 0; k--) sum = 1.0 + r / k * sum;
    return sum * power_of_bits((uint64_t)(int64_t)(n + 1023.0) << 52);
}

/* ln x for normal positive x, relative error below 1e-15. ln 0 is minus infinity and that of infinity itself; of a
 * negative number or NaN it is NaN.
 * x = 2^n m with m in [√½, √2), and ln m = 2 artanh s, s = (m - 1) / (m + 1): the series of artanh as far as s^21 / 21. */
static inline double maths_log_double(double x) {
    if (!(x > 0.0)) return x == 0.0 ? -(double)INFINITY : (double)NAN;
    if (isinf(x)) return x;
    uint64_t shifted = power_bits(x) - UINT64_C(0x3FE6A09E667F3BCD); /* √½ */
    double n = (double)((int64_t)shifted >> 52);
    double m = power_of_bits((shifted & UINT64_C(0xFFFFFFFFFFFFF)) + UINT64_C(0x3FE6A09E667F3BCD));
    double s = (m - 1.0) / (m + 1.0), square = s * s, sum = 1.0 / 21.0;
    for (uint32_t k = 19; k > 1; k -= 2) sum = 1.0 / k + square * sum;
    return n * POWER_LN2_HIGH + (n * POWER_LN2_LOW + (2.0 * s + 2.0 * s * (square * sum)));
}

/* base^exponent for base >= 0; relative error below 1e-15 (1 + |exponent ln base|). Exact for the exponents 0, 1/2 and 1;
 * 0 to a positive exponent is 0, to 0 it is 1. */
static inline double maths_pow(double base, double exponent) {
    if (exponent == 0.0) return 1.0;
    if (exponent == 1.0) return base;
    if (exponent == 0.5) return sqrt(base);
    return maths_exp_double(exponent * maths_log_double(base));
}

#endif

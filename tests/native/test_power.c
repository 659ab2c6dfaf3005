/* Exponential, logarithm and power against the C library's, and their bits on every platform. */
#include "base/power.h"

#include <float.h>

#include "base/hash.h"
#include "base/rng.h"
#include "check.h"

static double uniform(struct rng *rng, double from, double to) {
    return from + (to - from) * ((double)(rng_next(rng) >> 11) * 0x1p-53);
}

static double off(double got, double expected) { return fabs(got - expected) / fabs(expected); }

static void test_exp(void) {
    struct rng rng = {1};
    for (uint32_t i = 0; i < 1000000; i++) {
        double x = uniform(&rng, -708, 709) * (i % 2 == 0 ? 1 : 1e-3);
        CHECK_OR_RETURN(off(maths_exp_double(x), exp(x)) < 1e-15, "exp(%.17g)", x);
    }
    for (double x = 1e-20; x < 1; x *= 1.01) {
        CHECK_OR_RETURN(off(maths_exp_double(x), exp(x)) < 1e-15, "exp(%.17g)", x);
        CHECK_OR_RETURN(off(maths_exp_double(-x), exp(-x)) < 1e-15, "exp(%.17g)", -x);
    }
    CHECK(maths_exp_double(0) == 1 && maths_exp_double(-0.0) == 1);
}

static void test_exp_past_its_ends(void) {
    CHECK(isinf(maths_exp_double(709.1)) && isinf(maths_exp_double((double)INFINITY)));
    CHECK(maths_exp_double(-708.1) == 0 && maths_exp_double(-(double)INFINITY) == 0);
    CHECK(isfinite(maths_exp_double(709)) && maths_exp_double(-708) >= DBL_MIN);
    CHECK(isnan(maths_exp_double((double)NAN)));
}

static void test_log(void) {
    struct rng rng = {2};
    for (uint32_t i = 0; i < 1000000; i++) {
        double x = ldexp(uniform(&rng, 1, 2), (int)rng_below(&rng, 2046) - 1022),
               near = uniform(&rng, 0.5, 2);
        CHECK_OR_RETURN(off(maths_log_double(x), log(x)) < 1e-15, "log(%.17g)", x);
        CHECK_OR_RETURN(off(maths_log_double(near), log(near)) < 1e-15, "log(%.17g)", near);
    }
    for (double by = 1e-15; by < 0.1; by *= 1.01) {
        CHECK_OR_RETURN(off(maths_log_double(1 + by), log(1 + by)) < 1e-15, "log(1 + %.17g)", by);
        CHECK_OR_RETURN(off(maths_log_double(1 - by), log(1 - by)) < 1e-15, "log(1 - %.17g)", by);
    }
    CHECK(maths_log_double(1) == 0);
    CHECK(off(maths_log_double(DBL_MIN), log(DBL_MIN)) < 1e-15);
    CHECK(off(maths_log_double(DBL_MAX), log(DBL_MAX)) < 1e-15);
}

static void test_log_past_its_ends(void) {
    CHECK(isinf(maths_log_double(0)) && maths_log_double(0) < 0 && isinf(maths_log_double(-0.0)));
    CHECK(isinf(maths_log_double((double)INFINITY)) && maths_log_double((double)INFINITY) > 0);
    CHECK(isnan(maths_log_double(-1)) && isnan(maths_log_double((double)NAN)));
}

/* Counts to the powers that popularity and regularisers are raised to. */
static void test_pow_of_counts(void) {
    static const double exponents[] = {-1, -0.5, 0.1, 0.25, 0.3, 0.4, 0.49, 0.75, 0.9, 1.1, 1.5, 2, 3, 4};
    for (uint32_t count = 1; count < 5000000; count += 1 + count / 100) {
        for (uint32_t e = 0; e < sizeof exponents / sizeof *exponents; e++) {
            double got = maths_pow(count, exponents[e]), expected = pow(count, exponents[e]);
            CHECK_OR_RETURN(off(got, expected) < 1e-13, "%u to %g: %.17g", (unsigned)count, exponents[e],
                            got);
        }
    }
}

static void test_pow(void) {
    struct rng rng = {3};
    for (uint32_t i = 0; i < 1000000; i++) {
        double base = exp(uniform(&rng, -30, 30)), exponent = uniform(&rng, -8, 8);
        CHECK_OR_RETURN(off(maths_pow(base, exponent), pow(base, exponent)) < 1e-12, "%.17g to %.17g", base,
                        exponent);
    }
}

static void test_pow_of_round_exponents(void) {
    static const double bases[] = {0, 1, 2, 3, 10, 0.1, 1e300, 1e-300};
    for (uint32_t b = 0; b < sizeof bases / sizeof *bases; b++) {
        CHECK(maths_pow(bases[b], 0) == 1);
        CHECK(maths_pow(bases[b], 0.5) == sqrt(bases[b]));
        CHECK(maths_pow(bases[b], 1) == bases[b]);
        CHECK(maths_pow(1, bases[b]) == 1);
    }
    CHECK(maths_pow(0, 0.3) == 0 && isinf(maths_pow(0, -0.3)));
    CHECK(isnan(maths_pow(-2, 0.3)) && isnan(maths_pow(2, (double)NAN)));
}

/* Bits that every platform gives: a change of these is a change of every number that is made of them. */
static void test_bits(void) {
    struct rng rng = {4};
    uint64_t hash = HASH_START;
    for (uint32_t i = 0; i < 10000; i++) {
        double x = uniform(&rng, 0, 100);
        double values[] = {maths_exp_double(x - 50), maths_log_double(x), maths_pow(x, 0.75)};
        float words[6];
        memcpy(words, values, sizeof words);
        hash = hash_floats(hash, words, 6);
    }
    CHECK_EQUAL(hash, UINT64_C(10599997810606967864));
}

int main(void) {
    RUN(test_exp);
    RUN(test_exp_past_its_ends);
    RUN(test_log);
    RUN(test_log_past_its_ends);
    RUN(test_pow_of_counts);
    RUN(test_pow);
    RUN(test_pow_of_round_exponents);
    RUN(test_bits);
    return check_report();
}

#include "base/maths.h"

#include <float.h>

#include "base/hash.h"
#include "check.h"

#define ERROR 2e-7 /* relative, what maths.h promises */

typedef v128_t function(v128_t x);
typedef double reference(double x);

static float lane(v128_t x, uint32_t i) {
    float lanes[4];
    wasm_v128_store(lanes, x);
    return lanes[i];
}

static float apply(function *f, float x) { return lane(f(wasm_f32x4_splat(x)), 0); }

static float from_bits(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The largest relative error over some 2 million floats of [from, to], both positive, times `sign`; every exponent and
 * all bits of the mantissa take part. The four lanes get four different numbers. */
static double worst_error(function *f, reference *exact, double sign, float from, float to) {
    double worst = 0;
    uint32_t last = check_float_bits(to);
    for (uint32_t bits = check_float_bits(from); bits <= last; bits += 991) {
        float x[4], y[4];
        for (uint32_t i = 0; i < 4; i++) {
            uint32_t near = bits + i * 247 <= last ? bits + i * 247 : last;
            x[i] = (float)sign * from_bits(near);
        }
        wasm_v128_store(y, f(wasm_v128_load(x)));
        for (uint32_t i = 0; i < 4; i++) {
            double expected = exact((double)x[i]);
            if (expected == 0) continue; /* log 1: looked at by itself */
            double error = fabs((double)y[i] - expected) / fabs(expected);
            if (!(error <= worst)) worst = isnan(error) ? HUGE_VAL : error;
        }
    }
    return worst;
}

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

static double softplus(double x) { return fmax(x, 0) + log1p(exp(-fabs(x))); }

static void test_exp(void) {
    CHECK_NEAR(worst_error(maths_exp, exp, 1, 1e-40F, 88.3F), 0, ERROR);
    CHECK_NEAR(worst_error(maths_exp, exp, -1, 1e-40F, 87.3F), 0, ERROR);
    CHECK(maths_expf(0.0F) == 1.0F && maths_expf(-0.0F) == 1.0F);
}

static void test_exp_past_its_ends(void) {
    float low = maths_expf(-87.3F), high = maths_expf(88.3F);
    CHECK(low >= FLT_MIN && isfinite(high));
    CHECK(maths_expf(-87.4F) == low && maths_expf(-FLT_MAX) == low && maths_expf(-INFINITY) == low);
    CHECK(maths_expf(88.4F) == high && maths_expf(FLT_MAX) == high && maths_expf(INFINITY) == high);
    CHECK(isnan(maths_expf(NAN)) && isnan(maths_expf(-NAN)));
}

static void test_log(void) {
    CHECK_NEAR(worst_error(maths_log, log, 1, FLT_MIN, FLT_MAX), 0, ERROR);
    CHECK_NEAR(worst_error(maths_log, log, 1, 0.99F, 1.01F), 0, ERROR);
    CHECK(maths_logf(1.0F) == 0.0F);
    for (int n = -126; n < 128; n++) CHECK_NEAR(maths_logf(ldexpf(1.0F, n)), n * log(2), 1e-5);
}

static void test_sigmoid(void) {
    CHECK_NEAR(worst_error(maths_sigmoid, sigmoid, 1, 1e-40F, 1000.0F), 0, ERROR);
    CHECK_NEAR(worst_error(maths_sigmoid, sigmoid, -1, 1e-40F, 87.3F), 0, ERROR);
    CHECK(apply(maths_sigmoid, 0.0F) == 0.5F && apply(maths_sigmoid, -0.0F) == 0.5F);
}

static void test_sigmoid_past_its_ends(void) {
    CHECK(apply(maths_sigmoid, INFINITY) == 1.0F && apply(maths_sigmoid, FLT_MAX) == 1.0F);
    float low = apply(maths_sigmoid, -INFINITY);
    CHECK(low > 0.0F && low < 1e-37F && apply(maths_sigmoid, -FLT_MAX) == low);
    CHECK(isnan(apply(maths_sigmoid, NAN)));
}

static void test_softplus(void) {
    CHECK_NEAR(worst_error(maths_softplus, softplus, 1, 1e-40F, FLT_MAX), 0, ERROR);
    CHECK_NEAR(worst_error(maths_softplus, softplus, -1, 1e-40F, 87.3F), 0, ERROR);
}

static void test_softplus_past_its_ends(void) {
    CHECK(isinf(apply(maths_softplus, INFINITY)));
    float low = apply(maths_softplus, -INFINITY);
    CHECK(low >= 0.0F && low < 1e-37F && apply(maths_softplus, -FLT_MAX) == low);
    CHECK(isnan(apply(maths_softplus, NAN)));
}

static void test_tanh(void) {
    CHECK_NEAR(worst_error(maths_tanh, tanh, 1, 1e-40F, FLT_MAX), 0, ERROR);
    CHECK_NEAR(worst_error(maths_tanh, tanh, -1, 1e-40F, FLT_MAX), 0, ERROR);
    CHECK_NEAR(worst_error(maths_tanh, tanh, 1, 0.6249F, 0.6251F), 0, ERROR);
}

static void test_tanh_past_its_ends(void) {
    CHECK(apply(maths_tanh, 20.0F) == 1.0F && apply(maths_tanh, -20.0F) == -1.0F);
    CHECK(apply(maths_tanh, INFINITY) == 1.0F && apply(maths_tanh, -INFINITY) == -1.0F);
    CHECK(apply(maths_tanh, FLT_MAX) == 1.0F && apply(maths_tanh, -FLT_MAX) == -1.0F);
    CHECK(apply(maths_tanh, 0.0F) == 0.0F && apply(maths_tanh, -0.0F) == 0.0F);
}

/* An odd function, to the bit, that never falls where it changes its formula. */
static void test_tanh_is_odd_and_rises(void) {
    for (uint32_t bits = check_float_bits(1e-3F); bits < check_float_bits(20.0F); bits += 997) {
        float x = from_bits(bits);
        CHECK_EQUAL(check_float_bits(apply(maths_tanh, -x)), check_float_bits(-apply(maths_tanh, x)));
    }
    uint32_t corner = check_float_bits(0.625F);
    CHECK(apply(maths_tanh, from_bits(corner)) <= apply(maths_tanh, from_bits(corner + 1)));
}

/* Whatever bits a NaN carries, none of them may turn into an exponent. */
static void test_every_nan_stays(void) {
    static function *const functions[] = {maths_exp, maths_sigmoid, maths_softplus, maths_tanh};
    for (uint32_t f = 0; f < 4; f++)
        for (uint32_t payload = 0; payload < 1024; payload++) {
            CHECK(isnan(apply(functions[f], from_bits(UINT32_C(0x7FC00000) | payload))));
            CHECK(isnan(apply(functions[f], from_bits(UINT32_C(0xFFC00000) | payload))));
        }
}

static uint64_t hash_of(function *f, float from, float step, uint32_t count) {
    uint64_t hash = HASH_START;
    for (uint32_t i = 0; i < count; i++) {
        float y = apply(f, from + step * (float)i);
        hash = hash_floats(hash, &y, 1);
    }
    return hash;
}

/* The last bit too is the same in every build: a change here changes every run of every seed. */
static void test_bits_stay_as_they_are(void) {
    CHECK_EQUAL(hash_of(maths_exp, -100.0F, 0.01F, 20000), UINT64_C(16531859260329171263));
    CHECK_EQUAL(hash_of(maths_log, 0.001F, 0.001F, 20000), UINT64_C(3890410277808740));
    CHECK_EQUAL(hash_of(maths_sigmoid, -100.0F, 0.01F, 20000), UINT64_C(15251832979204982266));
    CHECK_EQUAL(hash_of(maths_softplus, -100.0F, 0.01F, 20000), UINT64_C(7503719902512380463));
    CHECK_EQUAL(hash_of(maths_tanh, -10.0F, 0.001F, 20000), UINT64_C(16555576518952645582));
}

/* A lane never depends on its neighbours, odd ones least of all. */
static void test_lanes_are_independent(void) {
    static function *const functions[] = {maths_exp, maths_log, maths_sigmoid, maths_softplus, maths_tanh};
    static const float odd[] = {NAN, INFINITY, -INFINITY, FLT_MAX, 0.0F, -1.0F};
    for (uint32_t f = 0; f < 5; f++)
        for (uint32_t i = 0; i < 24; i++) {
            float alone = apply(functions[f], 0.7F);
            float x[4] = {odd[i % 6], odd[(i + 1) % 6], odd[(i + 2) % 6], odd[(i + 3) % 6]};
            x[i % 4] = 0.7F;
            CHECK_EQUAL(check_float_bits(lane(functions[f](wasm_v128_load(x)), i % 4)),
                        check_float_bits(alone));
        }
}

int main(void) {
    RUN(test_exp);
    RUN(test_exp_past_its_ends);
    RUN(test_log);
    RUN(test_sigmoid);
    RUN(test_sigmoid_past_its_ends);
    RUN(test_softplus);
    RUN(test_softplus_past_its_ends);
    RUN(test_tanh);
    RUN(test_tanh_past_its_ends);
    RUN(test_tanh_is_odd_and_rises);
    RUN(test_every_nan_stays);
    RUN(test_bits_stay_as_they_are);
    RUN(test_lanes_are_independent);
    return check_report();
}

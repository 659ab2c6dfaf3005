/* exp, log and what the losses need of them, four lanes at a time. They are our own because C libraries round these
 * differently, and equal seeds must give equal bits on every platform; only + - * / sqrt and integer operations are
 * used, which IEEE 754 fixes. Relative error below 2e-7 on the ranges named (tests/native/test_maths.c). */
#ifndef NCF_MATHS_H
#define NCF_MATHS_H

#include "base/simd.h"

/* e^x for each lane. Below -87.3 gives e^-87.3 (about 1.2e-38, never a subnormal), above 88.3 gives e^88.3;
 * NaN stays NaN. The reduction x = n ln 2 + r is Cody and Waite's, the polynomial a minimax one for |r| <= ln 2 / 2. */
static inline v128_t maths_exp(v128_t x) {
    v128_t low = wasm_f32x4_splat(-87.3F), high = wasm_f32x4_splat(88.3F);
    v128_t z = wasm_v128_bitselect(low, x, wasm_f32x4_lt(x, low));
    z = wasm_v128_bitselect(high, z, wasm_f32x4_gt(z, high));
    /* adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits */
    v128_t magic = wasm_f32x4_splat(12582912.0F);
    v128_t shifted = wasm_f32x4_add(wasm_f32x4_mul(z, wasm_f32x4_splat(1.44269504F)), magic);
    v128_t n = wasm_f32x4_sub(shifted, magic);
    v128_t r = wasm_f32x4_sub(z, wasm_f32x4_mul(n, wasm_f32x4_splat(0.693359375F)));
    r = wasm_f32x4_sub(r, wasm_f32x4_mul(n, wasm_f32x4_splat(-2.12194440e-4F)));
    v128_t p = wasm_f32x4_splat(1.9875691500e-4F);
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(1.3981999507e-3F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(8.3334519073e-3F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(4.1665795894e-2F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(1.6666665459e-1F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(5.0000001201e-1F));
    p = wasm_f32x4_add(wasm_f32x4_add(wasm_f32x4_mul(p, wasm_f32x4_mul(r, r)), r), wasm_f32x4_splat(1.0F));
    v128_t exponent = wasm_i32x4_shl(wasm_i32x4_sub(shifted, magic), 23);
    v128_t result = wasm_i32x4_add(p, exponent);
    return wasm_v128_bitselect(result, x, wasm_f32x4_eq(x, x));
}

/* Natural logarithm for each lane, for normal positive x; other values give no meaningful result.
 * x = 2^n m with m in [sqrt(1/2), sqrt(2)), then a minimax polynomial in m - 1. */
static inline v128_t maths_log(v128_t x) {
    v128_t bits = wasm_i32x4_sub(x, wasm_i32x4_splat(0x3F3504F3));
    v128_t n = wasm_f32x4_convert_i32x4(wasm_i32x4_shr(bits, 23));
    v128_t m =
        wasm_i32x4_add(wasm_v128_and(bits, wasm_i32x4_splat(0x007FFFFF)), wasm_i32x4_splat(0x3F3504F3));
    v128_t r = wasm_f32x4_sub(m, wasm_f32x4_splat(1.0F));
    v128_t p = wasm_f32x4_splat(7.0376836292e-2F);
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(-1.1514610310e-1F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(1.1676998740e-1F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(-1.2420140846e-1F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(1.4249322787e-1F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(-1.6668057665e-1F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(2.0000714765e-1F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(-2.4999993993e-1F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(3.3333331174e-1F));
    v128_t square = wasm_f32x4_mul(r, r);
    v128_t y = wasm_f32x4_mul(wasm_f32x4_mul(p, r), square);
    y = wasm_f32x4_add(y, wasm_f32x4_mul(n, wasm_f32x4_splat(-2.12194440e-4F)));
    y = wasm_f32x4_sub(y, wasm_f32x4_mul(square, wasm_f32x4_splat(0.5F)));
    y = wasm_f32x4_add(r, y);
    return wasm_f32x4_add(y, wasm_f32x4_mul(n, wasm_f32x4_splat(0.693359375F)));
}

static inline float maths_logf(float x) { return wasm_f32x4_extract_lane(maths_log(wasm_f32x4_splat(x)), 0); }

static inline float maths_expf(float x) { return wasm_f32x4_extract_lane(maths_exp(wasm_f32x4_splat(x)), 0); }

/* Logistic sigmoid 1 / (1 + e^-x), from e^-|x| so that neither tail loses its digits. */
static inline v128_t maths_sigmoid(v128_t x) {
    v128_t e = maths_exp(wasm_f32x4_neg(wasm_f32x4_abs(x)));
    v128_t numerator =
        wasm_v128_bitselect(e, wasm_f32x4_splat(1.0F), wasm_f32x4_lt(x, wasm_f32x4_splat(0.0F)));
    return wasm_f32x4_div(numerator, wasm_f32x4_add(e, wasm_f32x4_splat(1.0F)));
}

/* tanh(x): an odd polynomial below .625, else (1 - e) / (1 + e) with e = e^-2|x|. */
static inline v128_t maths_tanh(v128_t x) {
    v128_t square = wasm_f32x4_mul(x, x), one = wasm_f32x4_splat(1.0F), size = wasm_f32x4_abs(x);
    v128_t p = wasm_f32x4_splat(-5.70498872745e-3F);
    p = wasm_f32x4_add(wasm_f32x4_mul(p, square), wasm_f32x4_splat(2.06390887954e-2F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, square), wasm_f32x4_splat(-5.37397155531e-2F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, square), wasm_f32x4_splat(1.33314422036e-1F));
    p = wasm_f32x4_add(wasm_f32x4_mul(p, square), wasm_f32x4_splat(-3.33332819422e-1F));
    v128_t small = wasm_f32x4_add(wasm_f32x4_mul(wasm_f32x4_mul(p, square), x), x);
    v128_t e = maths_exp(wasm_f32x4_mul(size, wasm_f32x4_splat(-2.0F)));
    v128_t large = wasm_f32x4_div(wasm_f32x4_sub(one, e), wasm_f32x4_add(one, e));
    large = wasm_v128_or(large, wasm_v128_and(x, wasm_f32x4_splat(-0.0F)));
    return wasm_v128_bitselect(large, small, wasm_f32x4_gt(size, wasm_f32x4_splat(0.625F)));
}

/* softplus(x) = log(1 + e^x) = max(x, 0) + log1p(e^-|x|); log1p(e) is log(u) + (e - (u - 1)) / u with u = 1 + e. */
static inline v128_t maths_softplus(v128_t x) {
    v128_t one = wasm_f32x4_splat(1.0F);
    v128_t e = maths_exp(wasm_f32x4_neg(wasm_f32x4_abs(x)));
    v128_t u = wasm_f32x4_add(one, e);
    v128_t lost = wasm_f32x4_sub(e, wasm_f32x4_sub(u, one));
    v128_t log1p = wasm_f32x4_add(maths_log(u), wasm_f32x4_div(lost, u));
    v128_t positive = wasm_v128_andnot(x, wasm_f32x4_lt(x, wasm_f32x4_splat(0.0F)));
    return wasm_f32x4_add(positive, log1p);
}

#endif

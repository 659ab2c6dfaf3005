#include "base/limits.h"

#include <stddef.h>

#include "base/simd.h"

static float sum_of(const v128_t *chains, uint32_t n) {
    v128_t sum = chains[0];
    for (uint32_t c = 1; c < n; c++) sum = wasm_f32x4_add(sum, chains[c]);
    return wasm_f32x4_extract_lane(sum, 0) + wasm_f32x4_extract_lane(sum, 1) +
           wasm_f32x4_extract_lane(sum, 2) + wasm_f32x4_extract_lane(sum, 3);
}

float limits_multiply_add(uint32_t rounds) {
    v128_t a0 = wasm_f32x4_splat(0.1F), a1 = wasm_f32x4_splat(0.2F), a2 = wasm_f32x4_splat(0.3F);
    v128_t b0 = a0, b1 = a1, b2 = a2, c0 = a0, c1 = a1, c2 = a2, d0 = a0, d1 = a1, d2 = a2;
    v128_t x = wasm_f32x4_splat(0.999F), y = wasm_f32x4_splat(0.001F);
    for (uint32_t round = 0; round < rounds; round++) {
        a0 = wasm_f32x4_add(wasm_f32x4_mul(a0, x), y), a1 = wasm_f32x4_add(wasm_f32x4_mul(a1, x), y);
        a2 = wasm_f32x4_add(wasm_f32x4_mul(a2, x), y), b0 = wasm_f32x4_add(wasm_f32x4_mul(b0, x), y);
        b1 = wasm_f32x4_add(wasm_f32x4_mul(b1, x), y), b2 = wasm_f32x4_add(wasm_f32x4_mul(b2, x), y);
        c0 = wasm_f32x4_add(wasm_f32x4_mul(c0, x), y), c1 = wasm_f32x4_add(wasm_f32x4_mul(c1, x), y);
        c2 = wasm_f32x4_add(wasm_f32x4_mul(c2, x), y), d0 = wasm_f32x4_add(wasm_f32x4_mul(d0, x), y);
        d1 = wasm_f32x4_add(wasm_f32x4_mul(d1, x), y), d2 = wasm_f32x4_add(wasm_f32x4_mul(d2, x), y);
    }
    v128_t chains[] = {a0, a1, a2, b0, b1, b2, c0, c1, c2, d0, d1, d2};
    return sum_of(chains, 12);
}

float limits_read(const float *x, uint32_t n) {
    v128_t chains[8];
    for (uint32_t c = 0; c < 8; c++) chains[c] = wasm_f32x4_splat(0.0F);
    for (uint32_t i = 0; i + 32 <= n; i += 32)
        for (uint32_t c = 0; c < 8; c++)
            chains[c] = wasm_f32x4_add(chains[c], wasm_v128_load(x + i + (size_t)4 * c));
    return sum_of(chains, 8);
}

#include "base/rng.h"

#include <math.h>

#include "base/maths.h"

#define GOLDEN UINT64_C(0x9E3779B97F4A7C15)

uint64_t rng_mix(uint64_t x) {
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

struct rng rng_seeded(uint64_t seed, uint64_t stream, uint64_t index) {
    uint64_t state = rng_mix(seed + GOLDEN);
    state = rng_mix(state ^ (stream * GOLDEN + 1));
    state = rng_mix(state + index * GOLDEN);
    return (struct rng){state};
}

uint64_t rng_next(struct rng *rng) {
    rng->state += GOLDEN;
    return rng_mix(rng->state);
}

uint32_t rng_below(struct rng *rng, uint32_t n) {
    uint64_t product = (rng_next(rng) >> 32) * n;
    if ((uint32_t)product < n) {
        uint32_t uneven = (uint32_t)-n % n;
        while ((uint32_t)product < uneven) product = (rng_next(rng) >> 32) * n;
    }
    return (uint32_t)(product >> 32);
}

float rng_uniform(struct rng *rng) { return (float)(rng_next(rng) >> 40) * 0x1p-24F; }

float rng_normal(struct rng *rng) {
    for (;;) {
        float x = 2.0F * rng_uniform(rng) - 1.0F;
        float y = 2.0F * rng_uniform(rng) - 1.0F;
        float square = x * x + y * y;
        if (square >= 1.0F || square <= 0x1p-40F) continue;
        return x * sqrtf(-2.0F * maths_logf(square) / square);
    }
}

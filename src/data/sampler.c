#include "data/sampler.h"

#include "base/rng.h"

#define ROUNDS 6

enum status sampler_init(struct sampler *sampler, const struct interactions *train, uint32_t negatives,
                         uint64_t seed) {
    *sampler = (struct sampler){.train = train,
                                .negatives = negatives,
                                .seed = seed,
                                .instances = (uint64_t)train->count * (1 + (uint64_t)negatives)};
    if (train->count == 0) return STATUS_EMPTY;
    for (uint32_t u = 0; u < train->users; u++)
        if (train->start[u + 1] - train->start[u] == train->items) return STATUS_NO_NEGATIVES;
    return STATUS_OK;
}

static uint32_t round_function(uint64_t half, uint64_t key) {
    uint32_t x = (uint32_t)half + (uint32_t)key;
    x = (x ^ (x >> 16)) * UINT32_C(0x7FEB352D);
    x = (x ^ (x >> 15)) * UINT32_C(0x846CA68B);
    return x ^ (x >> 16);
}

/* A Feistel network on the smallest number of bits that holds count - 1, its halves differing by at most a bit;
 * numbers past the end walk on through the network until they come back inside (Black & Rogaway 2002). */
uint64_t sampler_permute(uint64_t index, uint64_t count, uint64_t key) {
    uint32_t bits = 2;
    while ((count - 1) >> bits != 0) bits++;
    uint32_t low_bits = bits / 2;
    uint64_t low_mask = (UINT64_C(1) << low_bits) - 1, high_mask = (UINT64_C(1) << (bits - low_bits)) - 1;
    do {
        uint64_t low = index & low_mask, high = index >> low_bits;
        for (uint32_t round = 0; round < ROUNDS; round += 2) {
            uint64_t round_key = key >> (round * 8);
            high ^= round_function(low, round_key) & high_mask;
            low ^= round_function(high, round_key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & low_mask;
        }
        index = high << low_bits | low;
    } while (index >= count);
    return index;
}

static uint32_t draw_negative(const struct interactions *train, uint32_t user, struct rng *rng) {
    for (;;) {
        uint32_t item = rng_below(rng, train->items);
        if (!interactions_has(train, user, item)) return item;
    }
}

void sampler_batch(const struct sampler *sampler, uint64_t epoch, uint64_t from, uint32_t B, uint32_t *users,
                   uint32_t *items, float *labels) {
    const struct interactions *train = sampler->train;
    uint64_t order_key = rng_seeded(sampler->seed, RNG_ORDER, epoch).state;
    uint64_t negative_key = rng_seeded(sampler->seed, RNG_NEGATIVES, epoch).state;
    uint64_t group = 1 + (uint64_t)sampler->negatives;
    for (uint32_t b = 0; b < B; b++) {
        uint64_t instance = sampler_permute(from + b, sampler->instances, order_key);
        uint32_t positive = (uint32_t)(instance / group);
        uint32_t user = train->user[positive];
        bool label = instance % group == 0;
        struct rng rng = {rng_mix(negative_key ^ instance)};
        users[b] = user;
        items[b] = label ? train->item[positive] : draw_negative(train, user, &rng);
        labels[b] = label ? 1.0F : 0.0F;
    }
}

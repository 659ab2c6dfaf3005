#include "data/sampler.h"

#include "base/rng.h"

#define ROUNDS 6
#define SAMPLER_CHUNK 64

enum status sampler_init(struct sampler *sampler, const struct interactions *train, uint32_t negatives,
                         enum sampler_order order, uint64_t seed) {
    *sampler = (struct sampler){.train = train,
                                .negatives = negatives,
                                .order = order,
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

/* Walks the instances from a place of the epoch's order on. In the order in which they are numbered an instance is a
 * positive, or one of the negatives that follow it. */
struct walk {
    uint64_t place, instance;
    uint32_t positive, offset; /* instance = positive * group + offset */
};

static void go_to(struct walk *walk, const struct sampler *sampler, uint64_t place, uint64_t key) {
    uint64_t group = 1 + (uint64_t)sampler->negatives;
    walk->place = place;
    if (sampler->order == SAMPLER_SHUFFLED) {
        walk->instance = sampler_permute(place, sampler->instances, key);
        walk->positive = (uint32_t)(walk->instance / group);
        walk->offset = (uint32_t)(walk->instance - walk->positive * group);
    } else {
        walk->positive = (uint32_t)sampler_permute(place / group, sampler->train->count, key);
        walk->offset = (uint32_t)(place % group);
        walk->instance = walk->positive * group + walk->offset;
    }
}

static void go_on(struct walk *walk, const struct sampler *sampler, uint64_t key) {
    if (sampler->order == SAMPLER_GROUPED && walk->offset < sampler->negatives)
        walk->place++, walk->instance++, walk->offset++;
    else if (walk->place + 1 < sampler->instances)
        go_to(walk, sampler, walk->place + 1, key);
}

/* A chunk's instances before their users and items are looked up. Each pass below is a loop of its own, so that the
 * processor has many of the loads from all over memory under way at once. */
struct chunk {
    uint64_t instance[SAMPLER_CHUNK];
    uint32_t positive[SAMPLER_CHUNK];
    bool label[SAMPLER_CHUNK];
};

static void draw_chunk(const struct sampler *sampler, const struct chunk *chunk, uint64_t key, uint32_t n,
                       uint32_t *users, uint32_t *items, float *labels) {
    const struct interactions *train = sampler->train;
    for (uint32_t b = 0; b < n; b++) {
        users[b] = train->user[chunk->positive[b]];
        labels[b] = chunk->label[b] ? 1.0F : 0.0F;
    }
    for (uint32_t b = 0; b < n; b++) {
        struct rng rng = {rng_mix(key ^ chunk->instance[b])};
        uint32_t drawn = rng_below(&rng, train->items);
        items[b] = chunk->label[b] ? train->item[chunk->positive[b]] : drawn;
    }
    for (uint32_t b = 0; b < n; b++) {
        if (chunk->label[b] || !interactions_has(train, users[b], items[b])) continue;
        struct rng rng = {rng_mix(key ^ chunk->instance[b])};
        items[b] = draw_negative(train, users[b], &rng);
    }
}

void sampler_batch(const struct sampler *sampler, uint64_t epoch, uint64_t from, uint32_t B, uint32_t *users,
                   uint32_t *items, float *labels) {
    uint64_t order_key = rng_seeded(sampler->seed, RNG_ORDER, epoch).state;
    uint64_t negative_key = rng_seeded(sampler->seed, RNG_NEGATIVES, epoch).state;
    struct walk walk;
    struct chunk chunk;
    go_to(&walk, sampler, from, order_key);
    for (uint32_t b = 0; b < B; b += SAMPLER_CHUNK) {
        uint32_t n = B - b < SAMPLER_CHUNK ? B - b : SAMPLER_CHUNK;
        for (uint32_t i = 0; i < n; i++, go_on(&walk, sampler, order_key)) {
            chunk.instance[i] = walk.instance;
            chunk.positive[i] = walk.positive;
            chunk.label[i] = walk.offset == 0;
        }
        draw_chunk(sampler, &chunk, negative_key, n, users + b, items + b, labels + b);
    }
}

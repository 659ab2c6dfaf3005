#include "data/sampler.h"

#include "base/rng.h"

#define ROUNDS 6
#define SAMPLER_CHUNK 64

static bool settings_valid(const struct sampler_settings *settings) {
    return settings->negatives > 0 && settings->order < SAMPLER_ORDERS && settings->popularity >= 0.0 &&
           settings->popularity <= POPULARITY_MAX_EXPONENT;
}

/* Whether all users have less than the `drawable` items that negatives are among; a user's own always are. */
static bool leave_negatives(const struct interactions *train, uint32_t drawable) {
    for (uint32_t u = 0; u < train->users; u++)
        if (train->start[u + 1] - train->start[u] == drawable) return false;
    return true;
}

enum status sampler_init(struct sampler *sampler, const struct interactions *train,
                         const struct sampler_settings *settings) {
    uint64_t negatives = settings->negatives, each = settings->pairs ? 2 * negatives : 1 + negatives;
    *sampler = (struct sampler){.train = train, .settings = *settings, .instances = train->count * each};
    if (!settings_valid(settings)) return STATUS_ARGUMENT;
    if (train->count == 0) return STATUS_EMPTY;
    if (settings->popularity > 0.0) {
        enum status status = popularity_new(&sampler->popularity, train, settings->popularity);
        if (status != STATUS_OK) return status;
    }
    uint32_t drawable = sampler->popularity == NULL ? train->items : sampler->popularity->drawable;
    return settings->accept_known || leave_negatives(train, drawable) ? STATUS_OK : STATUS_NO_NEGATIVES;
}

void sampler_free(struct sampler *sampler) {
    popularity_free(sampler->popularity);
    sampler->popularity = NULL;
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

/* An item that may be one of the user's. */
static uint32_t draw_item(const struct sampler *sampler, struct rng *rng) {
    return sampler->popularity == NULL ? rng_below(rng, sampler->train->items)
                                       : popularity_draw(sampler->popularity, rng);
}

static uint32_t draw_unknown(const struct sampler *sampler, uint32_t user, struct rng *rng) {
    if (sampler->popularity != NULL)
        return popularity_draw_unknown(sampler->popularity, sampler->train, user, rng);
    for (;;) {
        uint32_t item = rng_below(rng, sampler->train->items);
        if (!interactions_has(sampler->train, user, item)) return item;
    }
}

/* Walks the instances from a place of the epoch's order on. They are numbered so that a positive is followed by its
 * negatives: its number is positive * (1 + negatives), a negative's that plus `offset`, from 1. As pairs the positive of
 * a pair goes with its negative's number. */
struct walk {
    uint64_t place, instance;
    uint32_t positive, offset;
    bool label;
};

static void go_to(struct walk *walk, const struct sampler *sampler, uint64_t place, uint64_t key) {
    uint32_t pairs = sampler->settings.pairs;
    uint64_t unit = place >> pairs, group = 1 + (uint64_t)sampler->settings.negatives, units = group - pairs;
    if (sampler->settings.order == SAMPLER_SHUFFLED) {
        unit = sampler_permute(unit, sampler->instances >> pairs, key);
        walk->positive = (uint32_t)(unit / units);
        walk->offset = (uint32_t)(unit - walk->positive * units) + pairs;
    } else {
        walk->positive = (uint32_t)sampler_permute(unit / units, sampler->train->count, key);
        walk->offset = (uint32_t)(unit % units) + pairs;
    }
    walk->place = place;
    walk->instance = walk->positive * group + walk->offset;
    walk->label = pairs ? place % 2 == 0 : walk->offset == 0;
}

static void go_on(struct walk *walk, const struct sampler *sampler, uint64_t key) {
    const struct sampler_settings *settings = &sampler->settings;
    if (settings->pairs && walk->label)
        walk->place++, walk->label = false;
    else if (settings->order == SAMPLER_GROUPED && walk->offset < settings->negatives)
        walk->place++, walk->instance++, walk->offset++, walk->label = settings->pairs;
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
        uint32_t drawn = draw_item(sampler, &rng);
        items[b] = chunk->label[b] ? train->item[chunk->positive[b]] : drawn;
    }
    if (sampler->settings.accept_known) return;
    for (uint32_t b = 0; b < n; b++) {
        if (chunk->label[b] || !interactions_has(train, users[b], items[b])) continue;
        struct rng rng = {rng_mix(key ^ chunk->instance[b])};
        items[b] = draw_unknown(sampler, users[b], &rng);
    }
}

void sampler_batch(const struct sampler *sampler, uint64_t epoch, uint64_t from, uint32_t B, uint32_t *users,
                   uint32_t *items, float *labels) {
    uint64_t order_key = rng_seeded(sampler->settings.seed, RNG_ORDER, epoch).state;
    uint64_t negative_key = rng_seeded(sampler->settings.seed, RNG_NEGATIVES, epoch).state;
    struct walk walk;
    struct chunk chunk;
    go_to(&walk, sampler, from, order_key);
    for (uint32_t b = 0; b < B; b += SAMPLER_CHUNK) {
        uint32_t n = B - b < SAMPLER_CHUNK ? B - b : SAMPLER_CHUNK;
        for (uint32_t i = 0; i < n; i++, go_on(&walk, sampler, order_key)) {
            chunk.instance[i] = walk.instance;
            chunk.positive[i] = walk.positive;
            chunk.label[i] = walk.label;
        }
        draw_chunk(sampler, &chunk, negative_key, n, users + b, items + b, labels + b);
    }
}

#include "data/sampler.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/rng.h"
#include "base/simd.h"

#define ROUNDS 6
#define SAMPLER_CHUNK 64

static bool settings_valid(const struct sampler_settings *settings) {
    return settings->negatives > 0 && settings->order < SAMPLER_ORDERS && settings->popularity >= 0.0 &&
           settings->popularity <= POPULARITY_MAX_EXPONENT;
}

/* Whether the user has all of the `drawable` items that negatives are among; a user's own always are. */
static bool has_all(const struct interactions *train, uint32_t user, uint32_t drawable) {
    uint32_t own = train->start[user + 1] - train->start[user];
    return own > 0 && own == drawable;
}

/* Leaves out users for whom no negative can be drawn. */
static enum status leave_out(struct sampler *sampler) {
    const struct interactions *train = sampler->train;
    uint32_t drawable = sampler->popularity == NULL ? train->choices : sampler->popularity->drawable;
    for (uint32_t u = 0; u < train->users; u++) {
        if (!has_all(train, u, drawable)) continue;
        sampler->left_out++;
        sampler->positives -= drawable;
    }
    if (sampler->positives == 0) return STATUS_NO_NEGATIVES;
    if (sampler->left_out == 0) return STATUS_OK;
    sampler->positive = memory_zeroed(sampler->positives, sizeof *sampler->positive);
    if (sampler->positive == NULL) return STATUS_MEMORY;
    for (uint32_t u = 0, n = 0; u < train->users; u++)
        for (uint32_t p = train->start[u]; p < train->start[u + 1] && !has_all(train, u, drawable); p++)
            sampler->positive[n++] = p;
    return STATUS_OK;
}

enum status sampler_init(struct sampler *sampler, const struct interactions *train,
                         const struct sampler_settings *settings) {
    uint64_t negatives = settings->negatives, each = settings->pairs ? 2 * negatives : 1 + negatives;
    *sampler = (struct sampler){.train = train, .settings = *settings, .positives = train->count};
    if (!settings_valid(settings)) return STATUS_ARGUMENT;
    if (train->count == 0) return STATUS_EMPTY;
    enum status status = STATUS_OK;
    if (settings->popularity > 0.0)
        status = popularity_new(&sampler->popularity, train, settings->popularity);
    if (status == STATUS_OK && !settings->accept_known) status = leave_out(sampler);
    sampler->instances = sampler->positives * each;
    return status;
}

void sampler_free(struct sampler *sampler) {
    popularity_free(sampler->popularity);
    free(sampler->positive);
    sampler->popularity = NULL;
    sampler->positive = NULL;
}

/* A Feistel network on the smallest number of bits that holds count - 1, its halves differing by at most a bit. */
struct network {
    uint32_t low_bits, low_mask, high_mask;
    uint32_t keys[ROUNDS];
};

static struct network network_of(uint64_t count, uint64_t key) {
    uint32_t bits = 2;
    while ((count - 1) >> bits != 0) bits++;
    struct network network = {.low_bits = bits / 2};
    network.low_mask = (uint32_t)((UINT64_C(1) << bits / 2) - 1);
    network.high_mask = (uint32_t)((UINT64_C(1) << (bits - bits / 2)) - 1);
    for (uint32_t round = 0; round < ROUNDS; round += 2) {
        uint64_t round_key = key >> (round * 8);
        network.keys[round] = (uint32_t)round_key;
        network.keys[round + 1] = (uint32_t)(round_key * UINT64_C(0x9E3779B97F4A7C15) >> 32);
    }
    return network;
}

static v128_t round_function(v128_t half, uint32_t key) {
    v128_t x = wasm_i32x4_add(half, wasm_i32x4_splat((int32_t)key));
    x = wasm_i32x4_mul(wasm_v128_xor(x, wasm_u32x4_shr(x, 16)), wasm_i32x4_splat(0x7FEB352D));
    x = wasm_i32x4_mul(wasm_v128_xor(x, wasm_u32x4_shr(x, 15)), wasm_i32x4_splat((int32_t)0x846CA68BU));
    return wasm_v128_xor(x, wasm_u32x4_shr(x, 16));
}

/* Once through the network: the halves of n numbers, rounded up to four. */
static void go_through(const struct network *network, uint32_t *low, uint32_t *high, uint32_t n) {
    v128_t low_mask = wasm_i32x4_splat((int32_t)network->low_mask);
    v128_t high_mask = wasm_i32x4_splat((int32_t)network->high_mask);
    for (uint32_t i = 0; i < n; i += 4) {
        v128_t l = wasm_v128_load(low + i), h = wasm_v128_load(high + i);
        for (uint32_t round = 0; round < ROUNDS; round += 2) {
            h = wasm_v128_xor(h, wasm_v128_and(round_function(l, network->keys[round]), high_mask));
            l = wasm_v128_xor(l, wasm_v128_and(round_function(h, network->keys[round + 1]), low_mask));
        }
        wasm_v128_store(low + i, l), wasm_v128_store(high + i, h);
    }
}

/* Numbers past the end walk on through the network until they come back inside (Black & Rogaway 2002), those of a chunk
 * together, so that none waits for another and no branch has to be guessed. */
static void permute_chunk(uint64_t *index, uint32_t n, uint64_t count, const struct network *network) {
    uint32_t low[SAMPLER_CHUNK], high[SAMPLER_CHUNK], which[SAMPLER_CHUNK], outside = n;
    for (uint32_t i = 0; i < n; i++) {
        low[i] = (uint32_t)index[i] & network->low_mask;
        high[i] = (uint32_t)(index[i] >> network->low_bits);
        which[i] = i;
    }
    for (uint32_t i = n; i % 4 != 0; i++) low[i] = high[i] = 0;
    while (outside > 0) {
        uint32_t before = outside;
        go_through(network, low, high, before);
        outside = 0;
        for (uint32_t i = 0; i < before; i++) {
            uint64_t place = (uint64_t)high[i] << network->low_bits | low[i];
            index[which[i]] = place;
            low[outside] = low[i], high[outside] = high[i], which[outside] = which[i];
            outside += place >= count;
        }
    }
}

uint64_t sampler_permute(uint64_t index, uint64_t count, uint64_t key) {
    struct network network = network_of(count, key);
    uint32_t low[4] = {(uint32_t)index & network.low_mask}, high[4] = {(uint32_t)(index >> network.low_bits)};
    do {
        go_through(&network, low, high, 1);
        index = (uint64_t)*high << network.low_bits | *low;
    } while (index >= count);
    return index;
}

/* An item that may be one of the user's. */
static uint32_t draw_item(const struct sampler *sampler, struct rng *rng) {
    return sampler->popularity == NULL
               ? interactions_choice(sampler->train, rng_below(rng, sampler->train->choices))
               : popularity_draw(sampler->popularity, rng);
}

static uint32_t draw_unknown(const struct sampler *sampler, uint32_t user, struct rng *rng) {
    const struct interactions *train = sampler->train;
    if (sampler->popularity != NULL) return popularity_draw_unknown(sampler->popularity, train, user, rng);
    return interactions_draw_other(train, user, rng);
}

/* What an epoch puts in order: instances, or pairs, or positives with all that belongs to them. Each takes `span` places,
 * `count` times `span` being all. */
struct order {
    uint64_t count, span;
    struct network network;
};

static struct order order_of(const struct sampler *sampler, uint64_t epoch) {
    uint64_t negatives = sampler->settings.negatives, both = sampler->settings.pairs ? 2 : 1;
    uint64_t group = sampler->settings.pairs ? 2 * negatives : 1 + negatives;
    struct order order = {.span = sampler->settings.order == SAMPLER_SHUFFLED ? both : group};
    order.count = sampler->instances / order.span;
    order.network = network_of(order.count, rng_seeded(sampler->settings.seed, RNG_ORDER, epoch).state);
    return order;
}

/* A chunk's instances before their users and items are looked up. Each pass over them is a loop of its own, so that the
 * processor has many of the loads from all over memory under way at once. Instances are numbered so that a positive is
 * followed by its negatives; the positive of a pair has its negative's number. */
struct chunk {
    uint64_t instance[SAMPLER_CHUNK];
    uint32_t positive[SAMPLER_CHUNK];
    bool label[SAMPLER_CHUNK];
};

/* Processors divide 32 bits several times as fast as 64. */
static uint64_t divide(uint64_t x, uint64_t by) {
    return (x | by) >> 32 == 0 ? (uint32_t)x / (uint32_t)by : x / by;
}

/* The instances at the places `from` … `from + n - 1`. */
static void order_chunk(struct chunk *chunk, const struct sampler *sampler, const struct order *order,
                        uint64_t from, uint32_t n) {
    uint64_t drawn[SAMPLER_CHUNK], first = from / order->span, within = from % order->span;
    uint32_t count = (uint32_t)((from + n - 1) / order->span - first) + 1;
    for (uint32_t i = 0; i < SAMPLER_CHUNK; i++) drawn[i] = first + i;
    permute_chunk(drawn, count, order->count, &order->network);
    uint32_t pairs = sampler->settings.pairs;
    uint64_t group = 1 + (uint64_t)sampler->settings.negatives, units = group - pairs;
    for (uint32_t i = 0, d = 0; i < n; i++) {
        uint64_t positive = drawn[d], unit = within >> pairs;
        if (sampler->settings.order == SAMPLER_SHUFFLED) {
            positive = divide(drawn[d], units);
            unit = drawn[d] - positive * units;
        }
        if (sampler->positive != NULL) positive = sampler->positive[positive];
        chunk->positive[i] = (uint32_t)positive;
        chunk->instance[i] = positive * group + unit + pairs;
        chunk->label[i] = pairs ? within % 2 == 0 : unit == 0;
        if (++within == order->span) within = 0, d++;
    }
}

static void draw_chunk(const struct sampler *sampler, const struct chunk *chunk, uint64_t key, uint32_t n,
                       uint32_t *users, uint32_t *items, float *labels) {
    const struct interactions *train = sampler->train;
    for (uint32_t b = 0; b < n; b++) {
        users[b] = train->user[chunk->positive[b]];
        labels[b] = chunk->label[b] ? 1.0F : 0.0F;
    }
    for (uint32_t b = 0; b < n; b++) {
        struct rng rng = {rng_mix(key ^ chunk->instance[b])};
        uint32_t drawn = draw_item(sampler, &rng),
                 own = train->item[chunk->label[b] ? chunk->positive[b] : 0];
        items[b] = chunk->label[b] ? own : drawn; /* without a branch to guess, and no load for a negative */
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
    uint64_t negative_key = rng_seeded(sampler->settings.seed, RNG_NEGATIVES, epoch).state;
    struct order order = order_of(sampler, epoch);
    struct chunk chunk;
    for (uint32_t b = 0; b < B; b += SAMPLER_CHUNK) {
        uint32_t n = B - b < SAMPLER_CHUNK ? B - b : SAMPLER_CHUNK;
        order_chunk(&chunk, sampler, &order, from + b, n);
        draw_chunk(sampler, &chunk, negative_key, n, users + b, items + b, labels + b);
    }
}

void sampler_group(const struct sampler *sampler, uint64_t epoch, uint64_t place, uint32_t *positive,
                   uint32_t *negatives) {
    uint64_t key = rng_seeded(sampler->settings.seed, RNG_NEGATIVES, epoch).state;
    uint32_t count = sampler->settings.negatives, users[SAMPLER_CHUNK];
    float labels[SAMPLER_CHUNK];
    struct order order = order_of(sampler, epoch);
    struct chunk chunk;
    order_chunk(&chunk, sampler, &order, place, 1);
    uint32_t own = chunk.positive[0];
    uint64_t first = (uint64_t)own * (1 + (uint64_t)count) + 1; /* the number of its first negative */
    *positive = sampler->train->item[own];
    for (uint32_t from = 0; from < count; from += SAMPLER_CHUNK) {
        uint32_t n = count - from < SAMPLER_CHUNK ? count - from : SAMPLER_CHUNK;
        for (uint32_t i = 0; i < n; i++) {
            chunk.positive[i] = own;
            chunk.instance[i] = first + from + i;
            chunk.label[i] = false;
        }
        draw_chunk(sampler, &chunk, key, n, users, negatives + from, labels);
    }
}

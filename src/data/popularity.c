#include "data/popularity.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/power.h"

#define VAIN_DRAWS 64
/* Of what can be drawn a user has left: with less, vain draws are the rule. */
#define SCARCE 0.25

static struct popularity *lay_out(struct arena *arena, struct popularity *popularity) {
    struct popularity *self = arena_take(arena, 1, sizeof *self);
    popularity->weight = arena_take(arena, popularity->items, sizeof *popularity->weight);
    popularity->share = arena_take(arena, popularity->items, sizeof *popularity->share);
    popularity->alias = arena_take(arena, popularity->items, sizeof *popularity->alias);
    return self;
}

/* Returns the sum of the weights. */
static double weigh(struct popularity *popularity, const struct interactions *train, double exponent) {
    double sum = 0.0;
    for (uint32_t p = 0; p < train->count; p++) popularity->weight[train->item[p]] += 1.0;
    for (uint32_t i = 0; i < popularity->items; i++) {
        if (popularity->weight[i] == 0.0) continue;
        popularity->weight[i] = maths_pow(popularity->weight[i], exponent);
        popularity->drawable++;
        sum += popularity->weight[i];
    }
    return sum;
}

/* Whether a column holds less than its item's own share of 1, so that another item has to fill it up. */
static bool lacks(const struct popularity *popularity, uint32_t item) {
    return popularity->share[item] < 1.0;
}

/* The next item from `from` on that lacks something, or that doesn't; `items` where there is none. */
static uint32_t next(const struct popularity *popularity, uint32_t from, bool lacking) {
    while (from < popularity->items && lacks(popularity, from) != lacking) from++;
    return from;
}

/* Vose's method without his work lists: `giver` walks over the items that have more than they need, and fills up `taker`,
 * which walks over those that lack; a giver that has come to lack too is itself filled up, at once if the takers' walk
 * has `passed` it and else when that comes by. What rounding leaves over at the end lacks next to nothing and is its own
 * alias. */
static void fill_columns(struct popularity *popularity, double sum) {
    uint32_t items = popularity->items;
    for (uint32_t i = 0; i < items; i++) {
        popularity->share[i] = popularity->weight[i] / sum * items;
        popularity->alias[i] = i;
    }
    uint32_t giver = next(popularity, 0, false), passed = next(popularity, 0, true), taker = passed;
    while (giver < items && taker < items) {
        popularity->alias[taker] = giver;
        popularity->share[giver] -= 1.0 - popularity->share[taker];
        bool emptied = lacks(popularity, giver);
        if (emptied && giver < passed)
            taker = giver;
        else
            taker = passed = next(popularity, passed + 1, true);
        if (emptied) giver = next(popularity, giver + 1, false);
    }
}

/* The weight of the user's `count` lowest train items. */
static double own_weight(const struct popularity *popularity, const struct interactions *train, uint32_t user,
                         uint32_t count) {
    if (count == 0) return 0.0;
    uint32_t last = train->start[user] + count - 1;
    return popularity->own_before[last] + popularity->weight[train->item[last]];
}

/* Whether draws for the user would be nearly all in vain. */
static bool is_scarce(const struct popularity *popularity, const struct interactions *train, uint32_t user,
                      double sum) {
    double own = 0.0;
    for (uint32_t p = train->start[user]; p < train->start[user + 1]; p++)
        own += popularity->weight[train->item[p]];
    return sum - own < SCARCE * sum;
}

static enum status add_up(struct popularity *popularity, const struct interactions *train, double sum) {
    uint32_t user = 0, items = popularity->items;
    while (user < train->users && !is_scarce(popularity, train, user, sum)) user++;
    if (user == train->users) return STATUS_OK;
    popularity->before = memory_zeroed(items + UINT64_C(1) + train->count, sizeof(double));
    if (popularity->before == NULL) return STATUS_MEMORY;
    popularity->own_before = popularity->before + items + 1;
    for (uint32_t i = 0; i < items; i++)
        popularity->before[i + 1] = popularity->before[i] + popularity->weight[i];
    for (uint32_t u = 0; u < train->users; u++)
        for (uint32_t p = train->start[u]; p < train->start[u + 1]; p++)
            popularity->own_before[p] = own_weight(popularity, train, u, p - train->start[u]);
    return STATUS_OK;
}

enum status popularity_new(struct popularity **out, const struct interactions *train, double exponent) {
    *out = NULL;
    if (!(exponent > 0.0 && exponent <= POPULARITY_MAX_EXPONENT)) return STATUS_ARGUMENT;
    if (train->count == 0) return STATUS_EMPTY;
    struct popularity description = {.items = train->items};
    struct arena arena = {0};
    lay_out(&arena, &description);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct popularity *popularity = lay_out(&arena, &description);
    *popularity = description;
    double sum = weigh(popularity, train, exponent);
    fill_columns(popularity, sum);
    enum status status = add_up(popularity, train, sum);
    if (status == STATUS_OK)
        *out = popularity;
    else
        popularity_free(popularity);
    return status;
}

void popularity_free(struct popularity *popularity) {
    if (popularity == NULL) return;
    free(popularity->before);
    free(popularity);
}

static double uniform(struct rng *rng) { return (double)(rng_next(rng) >> 11) * 0x1p-53; }

uint32_t popularity_draw(const struct popularity *popularity, struct rng *rng) {
    uint32_t column = rng_below(rng, popularity->items);
    return uniform(rng) < popularity->share[column] ? column : popularity->alias[column];
}

/* What draws and rejections give, of one random number and two walks over the items. */
static uint32_t pick_unknown(const struct popularity *popularity, const struct interactions *train,
                             uint32_t user, struct rng *rng) {
    double sum = 0.0;
    uint32_t picked = 0;
    for (uint32_t i = 0; i < popularity->items; i++)
        if (!interactions_has(train, user, i)) sum += popularity->weight[i];
    double left = uniform(rng) * sum;
    for (uint32_t i = 0; i < popularity->items && left >= 0.0; i++) {
        if (popularity->weight[i] == 0.0 || interactions_has(train, user, i)) continue;
        picked = i;
        left -= popularity->weight[i];
    }
    return picked;
}

/* The weight of the items up to `item` that the user doesn't have. */
static double others_weight(const struct popularity *popularity, const struct interactions *train,
                            uint32_t user, uint32_t item) {
    uint32_t from = train->start[user], low = from, high = train->start[user + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (train->item[middle] <= item)
            low = middle + 1;
        else
            high = middle;
    }
    return popularity->before[item + 1] - own_weight(popularity, train, user, low - from);
}

/* What pick_unknown gives, by a binary search. What rounding makes of places between items goes to the next that fits, or
 * after the last to that. */
static uint32_t find_unknown(const struct popularity *popularity, const struct interactions *train,
                             uint32_t user, double left) {
    uint32_t low = 0, high = popularity->items - 1, item;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (others_weight(popularity, train, user, middle) > left)
            high = middle;
        else
            low = middle + 1;
    }
    for (item = low; item < popularity->items; item++)
        if (popularity->weight[item] > 0.0 && !interactions_has(train, user, item)) return item;
    for (item = low; popularity->weight[item] == 0.0 || interactions_has(train, user, item);) item--;
    return item;
}

uint32_t popularity_draw_unknown(const struct popularity *popularity, const struct interactions *train,
                                 uint32_t user, struct rng *rng) {
    double others = 0.0;
    uint32_t tries = VAIN_DRAWS;
    if (popularity->before != NULL) {
        others = others_weight(popularity, train, user, popularity->items - 1);
        if (others * VAIN_DRAWS < popularity->before[popularity->items]) tries = 0;
    }
    for (uint32_t vain = 0; vain < tries; vain++) {
        uint32_t item = popularity_draw(popularity, rng);
        if (!interactions_has(train, user, item)) return item;
    }
    if (popularity->before == NULL) return pick_unknown(popularity, train, user, rng);
    return find_unknown(popularity, train, user, uniform(rng) * others);
}

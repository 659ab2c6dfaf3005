#include "data/popularity.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/power.h"

#define VAIN_DRAWS 64

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
    fill_columns(popularity, weigh(popularity, train, exponent));
    *out = popularity;
    return STATUS_OK;
}

void popularity_free(struct popularity *popularity) { free(popularity); }

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

uint32_t popularity_draw_unknown(const struct popularity *popularity, const struct interactions *train,
                                 uint32_t user, struct rng *rng) {
    for (uint32_t vain = 0; vain < VAIN_DRAWS; vain++) {
        uint32_t item = popularity_draw(popularity, rng);
        if (!interactions_has(train, user, item)) return item;
    }
    return pick_unknown(popularity, train, user, rng);
}

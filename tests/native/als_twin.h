/* Alternating least squares as the formulas of model/als.h read: all pairs one by one, in double precision, with the C
 * library's powers. And worlds to fit, in which some users have no items and some items no users. */
#ifndef NCF_ALS_TWIN_H
#define NCF_ALS_TWIN_H

#include <stdlib.h>

#include "base/hash.h"
#include "check.h"
#include "model/als.h"
#include "rows.h"

#define ALS_TWIN_MAX 64 /* factors */

struct als_world {
    struct ratings ratings;
    struct interactions *train;
    struct als_settings settings;
    float *users, *items; /* [., F] */
    uint32_t *users_of;   /* [items]: how many each item has */
    double
        *missing; /* [items]: the weight of its missing data, of every pair (iALS) or of those not in train */
};

static inline struct als_settings als_world_settings(enum als_method method, uint32_t factors) {
    bool ials = method == ALS_IALS;
    return (struct als_settings){.method = method,
                                 .factors = factors,
                                 .l2 = ials ? 0.02 : 0.5,
                                 .missing = ials ? 0.3 : 20.0,
                                 .exponent = ials ? 0.7 : 0.4};
}

/* Draws both tables anew. */
static inline void als_world_draw(struct als_world *world, float deviation, uint64_t seed) {
    struct rng rng = {seed};
    uint32_t F = world->settings.factors;
    for (uint64_t i = 0; i < (uint64_t)world->train->users * F; i++)
        world->users[i] = deviation * rng_normal(&rng);
    for (uint64_t i = 0; i < (uint64_t)world->train->items * F; i++)
        world->items[i] = deviation * rng_normal(&rng);
}

static inline void als_world_weigh(struct als_world *world) {
    const struct als_settings *settings = &world->settings;
    uint32_t items = world->train->items;
    double sum = 0;
    world->users_of = calloc(items, sizeof *world->users_of);
    world->missing = malloc(items * sizeof *world->missing);
    for (uint32_t p = 0; p < world->train->count; p++) world->users_of[world->train->item[p]]++;
    for (uint32_t i = 0; i < items; i++) sum += pow(world->users_of[i], settings->exponent);
    for (uint32_t i = 0; i < items; i++)
        world->missing[i] = settings->method == ALS_IALS
                                ? settings->missing
                                : settings->missing * pow(world->users_of[i], settings->exponent) / sum;
}

/* Every fifth user and every seventh item lose all their pairs. */
static inline struct als_world als_world_new(uint32_t users, uint32_t items, uint32_t extra,
                                             struct als_settings settings, uint64_t seed) {
    struct als_world world = {.settings = settings};
    rows_random(&world.ratings, users, items, extra, 1000, seed);
    CHECK_EQUAL(interactions_new(&world.train, &world.ratings, NULL), STATUS_OK);
    uint32_t *removed = malloc(users * sizeof *removed);
    for (uint32_t i = 0; i < items; i++) {
        for (uint32_t u = 0; u < users; u++) removed[u] = u % 5 == 3 || i % 7 == 2 ? i : UINT32_MAX;
        interactions_remove(world.train, removed);
    }
    free(removed);
    world.users = malloc((size_t)users * settings.factors * sizeof *world.users);
    world.items = malloc((size_t)items * settings.factors * sizeof *world.items);
    als_world_draw(&world, 0.3F, seed);
    als_world_weigh(&world);
    return world;
}

static inline void als_world_free(struct als_world *world) {
    free(world->users);
    free(world->items);
    free(world->users_of);
    free(world->missing);
    interactions_free(world->train);
    ratings_free(&world->ratings);
}

static inline struct als *als_world_als(struct als_world *world) {
    struct als *als;
    CHECK_EQUAL(als_new(&als, world->users, world->items, world->train, &world->settings), STATUS_OK);
    return als;
}

static inline uint64_t als_world_hash(const struct als_world *world) {
    uint32_t F = world->settings.factors;
    uint64_t hash = hash_floats(HASH_START, world->users, (uint64_t)world->train->users * F);
    return hash_floats(hash, world->items, (uint64_t)world->train->items * F);
}

static inline double als_twin_penalty(const struct als_world *world, bool of_user, uint32_t row) {
    const struct als_settings *settings = &world->settings;
    const struct interactions *train = world->train;
    if (settings->method == ALS_EALS) return settings->l2;
    uint32_t n = of_user ? train->start[row + 1] - train->start[row] : world->users_of[row];
    uint32_t others = of_user ? train->items : train->users;
    return settings->l2 * pow(n + settings->missing * others, settings->exponent);
}

/* The least squares problem of one row with the other side fixed: the minimum solves a x = b. */
struct als_twin_row {
    uint32_t factors;
    double a[ALS_TWIN_MAX * ALS_TWIN_MAX], b[ALS_TWIN_MAX];
};

static inline struct als_twin_row als_twin_row(const struct als_world *world, bool of_user, uint32_t row) {
    const struct interactions *train = world->train;
    uint32_t F = world->settings.factors, others = of_user ? train->items : train->users;
    struct als_twin_row system = {.factors = F};
    double penalty = als_twin_penalty(world, of_user, row);
    double missing = of_user ? 0 : world->missing[row];
    for (uint32_t o = 0; o < others; o++) {
        uint32_t user = of_user ? row : o, item = of_user ? o : row;
        const float *x = (of_user ? world->items : world->users) + (size_t)o * F;
        bool has = interactions_has(train, user, item);
        double weight = of_user ? world->missing[item] : missing;
        if (has) weight = world->settings.method == ALS_IALS ? weight + 1 : 1;
        for (uint32_t i = 0; i < F * F; i++) system.a[i] += weight * (double)x[i / F] * (double)x[i % F];
        for (uint32_t f = 0; f < F && has; f++) system.b[f] += (double)x[f];
    }
    for (uint32_t f = 0; f < F; f++) system.a[f * F + f] += penalty;
    return system;
}

/* Gauss, with rows exchanged. */
static inline void als_twin_solve(double *x, const struct als_twin_row *of) {
    struct als_twin_row s = *of;
    uint32_t F = s.factors;
    for (uint32_t k = 0; k < F; k++) {
        uint32_t best = k;
        for (uint32_t r = k; r < F; r++)
            if (fabs(s.a[r * F + k]) > fabs(s.a[best * F + k])) best = r;
        for (uint32_t c = 0; c < F && best != k; c++) {
            double held = s.a[k * F + c];
            s.a[k * F + c] = s.a[best * F + c], s.a[best * F + c] = held;
        }
        double held = s.b[k];
        s.b[k] = s.b[best], s.b[best] = held;
        for (uint32_t r = k + 1; r < F; r++) {
            double factor = s.a[r * F + k] / s.a[k * F + k];
            for (uint32_t c = k; c < F; c++) s.a[r * F + c] -= factor * s.a[k * F + c];
            s.b[r] -= factor * s.b[k];
        }
    }
    for (uint32_t k = F; k-- > 0;) {
        double sum = s.b[k];
        for (uint32_t c = k + 1; c < F; c++) sum -= s.a[k * F + c] * x[c];
        x[k] = sum / s.a[k * F + k];
    }
}

/* One sweep over x, each coordinate to its exact minimum. */
static inline void als_twin_sweep(double *x, const struct als_twin_row *row) {
    uint32_t F = row->factors;
    for (uint32_t f = 0; f < F; f++) {
        double sum = row->b[f];
        for (uint32_t c = 0; c < F; c++) sum -= c == f ? 0 : row->a[f * F + c] * x[c];
        x[f] = sum / row->a[f * F + f];
    }
}

static inline double als_twin_square(const float *x, uint32_t n) {
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
    return sum;
}

static inline double als_twin_objective(const struct als_world *world) {
    const struct interactions *train = world->train;
    uint32_t F = world->settings.factors;
    double sum = 0;
    for (uint32_t i = 0; i < train->items; i++) {
        double missing = world->missing[i];
        for (uint32_t u = 0; u < train->users; u++) {
            double score = 0;
            for (uint32_t f = 0; f < F; f++)
                score += (double)world->users[(size_t)u * F + f] * (double)world->items[(size_t)i * F + f];
            bool has = interactions_has(train, u, i);
            if (has) sum += (1 - score) * (1 - score);
            if (!has || world->settings.method == ALS_IALS) sum += missing * score * score;
        }
        sum += als_twin_penalty(world, false, i) * als_twin_square(world->items + (size_t)i * F, F);
    }
    for (uint32_t u = 0; u < train->users; u++)
        sum += als_twin_penalty(world, true, u) * als_twin_square(world->users + (size_t)u * F, F);
    return sum;
}

#endif

/* Random train rows for models of items, with what rows_random leaves out: users who have nothing, items that nobody
 * has; and a table of who has what, for references. */
#ifndef NCF_SPARSE_H
#define NCF_SPARSE_H

#include <stdlib.h>

#include "data/interactions.h"
#include "rows.h"

#define SPARSE_MOST 200

struct sparse {
    struct interactions *train;
    bool has[SPARSE_MOST][SPARSE_MOST]; /* user, item */
};

static inline void sparse_free(struct sparse *world) { interactions_free(world->train); }

/* Takes away all that the last user has, whatever the last item has, and chance has its way with the rest. */
static inline void sparse_random(struct sparse *world, uint32_t users, uint32_t items, uint32_t extra,
                                 uint64_t seed) {
    struct ratings ratings;
    uint32_t *none = malloc(users * sizeof *none);
    rows_random(&ratings, users, items, extra, 5, seed);
    CHECK_EQUAL(interactions_new(&world->train, &ratings, NULL), STATUS_OK);
    for (uint32_t i = 0; i < items; i++) {
        for (uint32_t u = 0; u < users; u++) none[u] = i == items - 1 || u == users - 1 ? i : SPARSE_MOST;
        interactions_remove(world->train, none);
    }
    memset(world->has, 0, sizeof world->has);
    for (uint32_t p = 0; p < world->train->count; p++)
        world->has[world->train->user[p]][world->train->item[p]] = true;
    free(none);
    ratings_free(&ratings);
}

/* Everybody has the items of the own parity but for one of them, user u's hidden[u]: what a model has to find. */
static inline void sparse_checkerboard(struct sparse *world, uint32_t *hidden, uint32_t users,
                                       uint32_t items) {
    struct ratings ratings;
    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    for (uint32_t u = 0; u < users; u++)
        for (uint32_t i = u % 2; i < items; i += 2) rows_add(&ratings, u, i, 0);
    CHECK_EQUAL(ratings_finish(&ratings), STATUS_OK);
    memset(world->has, 0, sizeof world->has);
    for (uint64_t r = 0; r < ratings.count; r++)
        world->has[ratings.rows[r].user][ratings.rows[r].item] = true;
    for (uint32_t u = 0; u < users; u++) {
        uint32_t nth = u / 2 % (items / 2), i = 0; /* the nth item that the user has */
        for (; !world->has[u][i] || nth > 0; i++) nth -= world->has[u][i];
        hidden[u] = i, world->has[u][i] = false;
    }
    CHECK_EQUAL(interactions_new(&world->train, &ratings, hidden), STATUS_OK);
    ratings_free(&ratings);
}

/* The user's best item among those that the user does not have. */
static inline uint32_t sparse_best(const struct sparse *world, const float *scores, uint32_t user) {
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < world->train->items; i++)
        if (!world->has[user][i] && (best == UINT32_MAX || scores[i] > scores[best])) best = i;
    return best;
}

#endif

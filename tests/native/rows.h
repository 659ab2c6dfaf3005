/* Ratings for tests: from a text, or random ones whose raw ids equal their indices. */
#ifndef NCF_ROWS_H
#define NCF_ROWS_H

#include "base/rng.h"
#include "check.h"
#include "data/ratings.h"

static inline void rows_add(struct ratings *ratings, uint32_t user, uint32_t item, uint32_t time) {
    char line[60];
    int length = snprintf(line, sizeof line, "%u,%u,3,%u\n", user, item, time);
    CHECK_EQUAL(ratings_feed(ratings, line, (size_t)length), STATUS_OK);
}

static inline void rows_parse(struct ratings *ratings, const char *text) {
    CHECK_EQUAL(ratings_init(ratings), STATUS_OK);
    CHECK_EQUAL(ratings_feed(ratings, text, strlen(text)), STATUS_OK);
    CHECK_EQUAL(ratings_finish(ratings), STATUS_OK);
}

/* The same with a rating in half stars. */
static inline void rows_add_rated(struct ratings *ratings, uint32_t user, uint32_t item, uint32_t halves,
                                  uint32_t time) {
    char line[60];
    int length =
        snprintf(line, sizeof line, "%u,%u,%u.%u,%u\n", user, item, halves / 2, halves % 2 * 5, time);
    CHECK_EQUAL(ratings_feed(ratings, line, (size_t)length), STATUS_OK);
}

/* `extra` random rows, pairs repeated by chance, after one row for every user and one for every item; times 0 … times - 1,
 * so that few of them means many ties. */
static inline void rows_random(struct ratings *ratings, uint32_t users, uint32_t items, uint32_t extra,
                               uint32_t times, uint64_t seed) {
    struct rng rng = {seed};
    CHECK_EQUAL(ratings_init(ratings), STATUS_OK);
    for (uint32_t i = 0; i < users || i < items; i++) {
        uint32_t user = i < users ? i : rng_below(&rng, users), item = i < items ? i : rng_below(&rng, items);
        rows_add(ratings, user, item, rng_below(&rng, times));
    }
    for (uint32_t i = 0; i < extra; i++) {
        uint32_t user = rng_below(&rng, users), item = rng_below(&rng, items);
        rows_add(ratings, user, item, rng_below(&rng, times));
    }
    CHECK_EQUAL(ratings_finish(ratings), STATUS_OK);
    CHECK_EQUAL(ratings->users.count, users);
    CHECK_EQUAL(ratings->items.count, items);
}

/* `count` rows of random users and items, pairs repeated by chance, with 0.5 to 5 stars. Raw ids are no indices here. */
static inline void rows_random_rated(struct ratings *ratings, uint32_t users, uint32_t items, uint32_t count,
                                     uint32_t times, uint64_t seed) {
    struct rng rng = {seed};
    CHECK_EQUAL(ratings_init(ratings), STATUS_OK);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t user = rng_below(&rng, users), item = rng_below(&rng, items);
        uint32_t halves = 1 + rng_below(&rng, 10);
        rows_add_rated(ratings, user, item, halves, rng_below(&rng, times));
    }
    CHECK_EQUAL(ratings_finish(ratings), STATUS_OK);
}

#endif

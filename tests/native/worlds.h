/* Ratings and their split together, for what trains and ranks; and weights with which scores are whole numbers. */
#ifndef NCF_WORLDS_H
#define NCF_WORLDS_H

#include "data/split.h"
#include "models.h"
#include "rows.h"

struct world {
    struct ratings ratings;
    struct split *split;
};

/* rows_random with times that rarely tie, split with `negatives` test negatives a user. */
static inline struct world world_random(uint32_t users, uint32_t items, uint32_t extra, uint32_t negatives,
                                        uint64_t seed) {
    struct world world;
    rows_random(&world.ratings, users, items, extra, 1000, seed);
    CHECK_EQUAL(split_leave_one_out(&world.split, &world.ratings, negatives, seed), STATUS_OK);
    return world;
}

static inline void world_free(struct world *world) {
    split_free(world->split);
    ratings_free(&world->ratings);
}

/* Weights -1, 0 and 1: sums in single precision are exact in any order, and many scores tie. */
static inline void world_draw_whole(struct model *model, uint64_t seed) {
    struct rng rng = {seed};
    for (uint64_t i = 0; i < model->parameters; i++) model->values[i] = (float)rng_below(&rng, 3) - 1.0F;
}

#endif

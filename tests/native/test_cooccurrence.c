/* Counts of pairs of items, against a table of who has what. */
#include "data/cooccurrence.h"

#include <stdlib.h>

#include "sparse.h"

static struct sparse world;

static uint32_t both(uint32_t i, uint32_t j) {
    uint32_t count = 0;
    for (uint32_t u = 0; u < world.train->users; u++) count += world.has[u][i] && world.has[u][j];
    return count;
}

static void check_rows(uint32_t end) {
    uint32_t items = world.train->items, *counts = malloc((end + 1) * sizeof *counts);
    struct cooccurrence *cooccurrence;
    CHECK_EQUAL(cooccurrence_new(&cooccurrence, world.train), STATUS_OK);
    CHECK_EQUAL(cooccurrence->start[0], 0);
    CHECK_EQUAL(cooccurrence->start[items], world.train->count);
    for (uint32_t i = 0; i < items; i++) {
        for (uint32_t j = 0; j <= end; j++) counts[j] = 12345;
        cooccurrence_row(counts, cooccurrence, i, end);
        for (uint32_t j = 0; j < end; j++)
            CHECK_OR_RETURN(counts[j] == both(i, j), "items %u and %u: %u", i, j, counts[j]);
        CHECK_EQUAL(counts[end], 12345);
        CHECK_EQUAL(cooccurrence_users(cooccurrence, i), both(i, i));
    }
    cooccurrence_free(cooccurrence);
    free(counts);
}

static void test_random_rows(void) {
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct rng rng = {seed * 1000};
        uint32_t users = 1 + rng_below(&rng, 40), items = 1 + rng_below(&rng, 40);
        sparse_random(&world, users, items, rng_below(&rng, 400), seed);
        check_rows(items);
        check_rows(rng_below(&rng, items + 1));
        sparse_free(&world);
    }
}

int main(void) {
    RUN(test_random_rows);
    return check_report();
}

/* ItemKNN against sorted lists in double precision. */
#include "model/itemknn.h"

#include <stdlib.h>

#include "sparse.h"

static struct sparse world;

static double similarity(uint32_t i, uint32_t j, double shrinkage) {
    double both = 0, n_i = 0, n_j = 0;
    for (uint32_t u = 0; u < world.train->users; u++) {
        both += world.has[u][i] && world.has[u][j];
        n_i += world.has[u][i], n_j += world.has[u][j];
    }
    return both == 0 || i == j ? 0 : both / (sqrt(n_i * n_j) + shrinkage);
}

static struct itemknn *fitted(uint32_t k, float shrinkage, uint32_t limit) {
    struct itemknn *itemknn;
    CHECK_EQUAL(itemknn_new(&itemknn, world.train, k, shrinkage), STATUS_OK);
    uint64_t calls = 0, rows = itemknn_rows(itemknn);
    while (!itemknn_run(itemknn, limit)) {
        calls++;
        CHECK_EQUAL(itemknn->row, calls * limit);
    }
    CHECK(itemknn->row == rows && calls == (rows - 1) / limit);
    CHECK(itemknn_run(itemknn, limit));
    return itemknn;
}

/* The best of those that are left, k times: the first of equals is the one with the lower index. */
static void check_neighbours(const struct itemknn *itemknn, uint32_t i, double shrinkage) {
    bool taken[SPARSE_MOST] = {false};
    double left[SPARSE_MOST];
    for (uint32_t j = 0; j < itemknn->items; j++) left[j] = similarity(i, j, shrinkage);
    for (uint32_t n = 0; n < itemknn->k; n++) {
        uint32_t best = ITEMKNN_NONE, got = itemknn->neighbour[i * itemknn->k + n];
        for (uint32_t j = 0; j < itemknn->items; j++)
            if (!taken[j] && left[j] > 0 && (best == ITEMKNN_NONE || left[j] > left[best])) best = j;
        CHECK_OR_RETURN(got == best, "item %u neighbour %u: %u, not %u", i, n, got, best);
        float expected = best == ITEMKNN_NONE ? 0.0F : (float)left[best];
        CHECK_EQUAL(check_float_bits(itemknn->similarity[i * itemknn->k + n]), check_float_bits(expected));
        if (best != ITEMKNN_NONE) taken[best] = true;
    }
}

/* Of lists with repeats too, to the bit in their order; and the shares of a score are what it is the sum of. */
static void check_scores(const struct itemknn *itemknn, struct rng *rng) {
    uint32_t items = itemknn->items, liked[10], n_liked = rng_below(rng, 11), wrong = 0;
    float scores[SPARSE_MOST];
    for (uint32_t n = 0; n < n_liked; n++) liked[n] = rng_below(rng, items);
    for (uint32_t i = 0; i < items; i++) scores[i] = NAN;
    itemknn_scores(scores, itemknn, liked, n_liked);
    for (uint32_t i = 0; i < items; i++) {
        float sum = 0.0F, shares = 0.0F;
        for (uint32_t n = 0; n < n_liked; n++) {
            for (uint32_t at = i * itemknn->k; at < (i + 1) * itemknn->k; at++)
                if (itemknn->neighbour[at] == liked[n]) sum += itemknn->similarity[at];
            shares += itemknn_share(itemknn, liked[n], i);
        }
        wrong += check_float_bits(scores[i]) != check_float_bits(sum);
        wrong += check_float_bits(scores[i]) != check_float_bits(shares);
    }
    CHECK_EQUAL(wrong, 0);
}

/* Few users, so that many similarities are equal. */
static void test_random_worlds(void) {
    static const float shrinkages[] = {0.0F, 0.5F, 10.0F, 1e6F};
    for (uint64_t seed = 1; seed <= 120; seed++) {
        struct rng rng = {seed * 1000};
        uint32_t users = 1 + rng_below(&rng, 20), items = 1 + rng_below(&rng, 60);
        uint32_t k = 1 + rng_below(&rng, seed % 2 == 0 ? 5 : 80);
        float shrinkage = shrinkages[rng_below(&rng, 4)];
        sparse_random(&world, users, items, rng_below(&rng, 600), seed);
        struct itemknn *itemknn = fitted(k, shrinkage, UINT32_MAX);
        CHECK_EQUAL(itemknn->k, k < items ? k : items - 1);
        for (uint32_t i = 0; i < items; i++) check_neighbours(itemknn, i, (double)shrinkage);
        for (uint32_t n = 0; n < 5; n++) check_scores(itemknn, &rng);
        itemknn_free(itemknn);
        sparse_free(&world);
    }
}

/* One with more neighbours than fit and hardly a tie. */
static void test_large_world(void) {
    struct rng rng = {1};
    sparse_random(&world, SPARSE_MOST, SPARSE_MOST, 8000, 1);
    struct itemknn *itemknn = fitted(50, 3.0F, UINT32_MAX);
    for (uint32_t i = 0; i < SPARSE_MOST; i++) check_neighbours(itemknn, i, 3);
    for (uint32_t n = 0; n < 20; n++) check_scores(itemknn, &rng);
    itemknn_free(itemknn);
    sparse_free(&world);
}

/* Items 0 to 3 with 4, 1, 2 and 1 users. */
static void test_by_hand(void) {
    struct ratings ratings;
    rows_parse(&ratings, "1,5,3,1\n1,6,3,1\n1,7,3,1\n2,5,3,1\n2,7,3,1\n3,5,3,1\n4,5,3,1\n5,8,3,1\n");
    CHECK_EQUAL(interactions_new(&world.train, &ratings, NULL), STATUS_OK);
    struct itemknn *itemknn = fitted(2, 1.0F, 1);
    static const uint32_t neighbour[] = {2, 1, 2, 0, 0, 1, ITEMKNN_NONE, ITEMKNN_NONE};
    const double shared[] = {
        2 / (sqrt(8) + 1), 1.0 / 3, 1 / (sqrt(2) + 1), 1.0 / 3, 2 / (sqrt(8) + 1), 1 / (sqrt(2) + 1), 0, 0};
    for (uint32_t n = 0; n < 8; n++) {
        CHECK_EQUAL(itemknn->neighbour[n], neighbour[n]);
        CHECK_NEAR(itemknn->similarity[n], shared[n], 1e-7);
    }
    float scores[4];
    const uint32_t liked[] = {2, 1};
    itemknn_scores(scores, itemknn, liked, 2);
    CHECK_NEAR(scores[0], shared[0] + shared[1], 1e-7);
    CHECK_NEAR(scores[1], shared[2], 1e-7);
    CHECK_NEAR(scores[2], shared[5], 1e-7);
    CHECK_NEAR(scores[3], 0, 0);
    CHECK_NEAR(itemknn_share(itemknn, 2, 0), shared[0], 1e-7);
    CHECK_NEAR(itemknn_share(itemknn, 3, 0), 0, 0);
    itemknn_free(itemknn);
    sparse_free(&world);
    ratings_free(&ratings);
}

/* The k of the scored item count: item 0 is among the one nearest of 1 and 2, who then aren't among that of 0 both. */
static void test_neighbours_are_the_scored_items(void) {
    struct ratings ratings;
    float scores[3];
    const uint32_t zero = 0, two = 2;
    rows_parse(&ratings, "1,0,3,1\n2,0,3,1\n3,0,3,1\n1,1,3,1\n2,1,3,1\n3,2,3,1\n");
    CHECK_EQUAL(interactions_new(&world.train, &ratings, NULL), STATUS_OK);
    struct itemknn *itemknn = fitted(1, 0.0F, 1);
    itemknn_scores(scores, itemknn, &zero, 1);
    CHECK(scores[0] == 0.0F && scores[1] > 0.0F && scores[2] > 0.0F);
    itemknn_scores(scores, itemknn, &two, 1);
    CHECK(scores[0] == 0.0F && scores[1] == 0.0F && scores[2] == 0.0F);
    itemknn_free(itemknn);
    sparse_free(&world);
    ratings_free(&ratings);
}

static void test_slices_change_no_bit(void) {
    enum { ITEMS = 50, K = 7 };
    sparse_random(&world, 30, ITEMS, 500, 1);
    struct itemknn *whole = fitted(K, 1.0F, UINT32_MAX);
    for (uint32_t limit = 1; limit < 2 * ITEMS; limit += 11) {
        struct itemknn *itemknn = fitted(K, 1.0F, limit);
        CHECK(memcmp(itemknn->neighbour, whole->neighbour, sizeof *itemknn->neighbour * ITEMS * K) == 0);
        CHECK(memcmp(itemknn->similarity, whole->similarity, sizeof *itemknn->similarity * ITEMS * K) == 0);
        CHECK(memcmp(itemknn->start, whole->start, sizeof *itemknn->start * (ITEMS + 1)) == 0);
        CHECK(memcmp(itemknn->owner, whole->owner, sizeof *itemknn->owner * ITEMS * K) == 0);
        CHECK(memcmp(itemknn->weight, whole->weight, sizeof *itemknn->weight * ITEMS * K) == 0);
        itemknn_free(itemknn);
    }
    itemknn_free(whole);
    sparse_free(&world);
}

static void test_learns_the_checkerboard(void) {
    enum { USERS = 60, ITEMS = 20 };
    uint32_t hidden[USERS], found = 0;
    float scores[ITEMS];
    sparse_checkerboard(&world, hidden, USERS, ITEMS);
    struct itemknn *itemknn = fitted(5, 0.0F, UINT32_MAX);
    for (uint32_t u = 0; u < USERS; u++) {
        uint32_t first = world.train->start[u];
        itemknn_scores(scores, itemknn, world.train->item + first, world.train->start[u + 1] - first);
        found += sparse_best(&world, scores, u) == hidden[u];
    }
    CHECK_EQUAL(found, USERS);
    itemknn_free(itemknn);
    sparse_free(&world);
}

static void test_refuses(void) {
    struct itemknn *itemknn;
    sparse_random(&world, 10, 10, 30, 1);
    static const float wrong[] = {-0.5F, NAN, INFINITY, -INFINITY};
    for (uint32_t n = 0; n < 4; n++) {
        CHECK_EQUAL(itemknn_new(&itemknn, world.train, 5, wrong[n]), STATUS_ARGUMENT);
        CHECK(itemknn == NULL);
    }
    CHECK_EQUAL(itemknn_new(&itemknn, world.train, 0, 0.0F), STATUS_ARGUMENT);
    CHECK(itemknn == NULL);
    struct interactions large = {.users = 10, .items = 1U << 20};
    CHECK_EQUAL(itemknn_new(&itemknn, &large, 100, 0.0F), STATUS_TOO_LARGE);
    CHECK(itemknn == NULL);
    itemknn_free(NULL);
    sparse_free(&world);
}

int main(void) {
    RUN(test_random_worlds);
    RUN(test_large_world);
    RUN(test_by_hand);
    RUN(test_neighbours_are_the_scored_items);
    RUN(test_slices_change_no_bit);
    RUN(test_learns_the_checkerboard);
    RUN(test_refuses);
    return check_report();
}

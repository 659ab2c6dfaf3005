/* EASE against a plain inverse in double precision. */
#include "model/ease.h"

#include <float.h>
#include <stdlib.h>

#include "base/memory.h"
#include "sparse.h"

static struct sparse world;
static double inverse[SPARSE_MOST][SPARSE_MOST]; /* of G = Xᵀ X + λ 1 */

/* Gauss-Jordan with row pivoting on [G 1]. Returns the largest sum of a row of G, which no eigenvalue is above. */
static double invert_gram(uint32_t items, double l2) {
    static double g[SPARSE_MOST][2 * SPARSE_MOST];
    double largest = 0;
    memset(g, 0, sizeof g);
    for (uint32_t i = 0; i < items; i++) {
        for (uint32_t u = 0; u < world.train->users; u++)
            for (uint32_t j = 0; j < items; j++) g[i][j] += world.has[u][i] && world.has[u][j];
        g[i][i] += l2;
        double sum = 0;
        for (uint32_t j = 0; j < items; j++) sum += g[i][j];
        if (sum > largest) largest = sum;
        g[i][items + i] = 1;
    }
    for (uint32_t k = 0; k < items; k++) {
        uint32_t best = k;
        for (uint32_t i = k; i < items; i++)
            if (fabs(g[i][k]) > fabs(g[best][k])) best = i;
        for (uint32_t j = 0; j < 2 * items; j++) {
            double swapped = g[k][j];
            g[k][j] = g[best][j], g[best][j] = swapped;
        }
        for (uint32_t i = 0; i < items; i++) {
            double factor = g[i][k] / g[k][k];
            for (uint32_t j = k; j < 2 * items && i != k; j++) g[i][j] -= factor * g[k][j];
        }
    }
    for (uint32_t i = 0; i < items; i++)
        for (uint32_t j = 0; j < items; j++) inverse[i][j] = g[i][items + j] / g[i][i];
    return largest;
}

static struct ease *fitted(float l2, uint32_t limit) {
    struct ease *ease;
    bool done = false;
    CHECK_EQUAL(ease_new(&ease, world.train, l2), STATUS_OK);
    uint64_t rows = 0;
    while (!done) {
        enum status status = ease_run(ease, limit, &done);
        CHECK_EQUAL(status, STATUS_OK);
        if (status != STATUS_OK) break;
        CHECK(ease_rows_done(ease) > rows && ease_rows_done(ease) <= ease_rows(ease));
        CHECK(done == (ease_rows_done(ease) == ease_rows(ease)));
        rows = ease_rows_done(ease);
    }
    return ease;
}

static void check_weights(uint32_t users, uint32_t items, uint32_t extra, float l2, uint64_t seed) {
    sparse_random(&world, users, items, extra, seed);
    struct ease *ease = fitted(l2, UINT32_MAX);
    double condition = invert_gram(items, (double)l2) / (double)l2;
    double allowed = (double)FLT_EPSILON * (1 + condition / 4), worst = 0, largest = 0;
    uint32_t wrong = 0;
    for (uint32_t j = 0; j < items; j++)
        for (uint32_t i = 0; i < items; i++) {
            double expected = i == j ? 0 : -inverse[j][i] / inverse[i][i];
            double off = fabs((double)ease->weights[j * items + i] - expected);
            wrong += !(off <= allowed); /* NaN too */
            if (off > worst) worst = off;
            if (fabs(expected) > largest) largest = fabs(expected);
        }
    CHECK(largest > 1e-3 || world.train->count == 0 || items < 10);
    CHECK_OR_RETURN(wrong == 0, "%u of %u items' weights, l2 %g, condition %g: %g of %g", wrong, items,
                    (double)l2, condition, worst, largest);
    ease_free(ease);
    sparse_free(&world);
}

static void test_weights(void) {
    static const float l2[] = {0.5F, 1.0F, 30.0F, 1320.0F};
    static const uint32_t sizes[] = {1, 2, 3, 5, 31, 63, 64, 65, 100, 127, 128, 129, 199, 200};
    for (uint32_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (uint32_t n = 0; n < 4; n++) check_weights(150, sizes[s], 40 * sizes[s], l2[n], s + 1);
    check_weights(3, 130, 100, 1.0F, 1); /* users are what there are few of */
    check_weights(1, 70, 0, 1.0F, 1);    /* who has nothing: no weights at all */
}

/* With two items, B[0, 1] = c / (n0 + λ): the share of item 0's users who have item 1, shrunk. */
static void test_by_hand(void) {
    struct ratings ratings;
    rows_parse(&ratings, "1,7,3,1\n2,7,3,1\n3,7,3,1\n1,8,3,2\n2,8,3,2\n4,8,3,2\n5,8,3,2\n6,8,3,2\n");
    CHECK_EQUAL(interactions_new(&world.train, &ratings, NULL), STATUS_OK);
    struct ease *ease = fitted(2.0F, 1);
    CHECK_NEAR(ease->weights[1], 2.0 / (3 + 2), 1e-7);
    CHECK_NEAR(ease->weights[2], 2.0 / (5 + 2), 1e-7);
    CHECK_EQUAL(check_float_bits(ease->weights[0]), 0);
    CHECK_EQUAL(check_float_bits(ease->weights[3]), 0);
    ease_free(ease);
    sparse_free(&world);
    ratings_free(&ratings);
}

static void test_slices_change_no_bit(void) {
    static const uint32_t limits[] = {1, 7, 63, 64, 65, 1000};
    enum { ITEMS = 150 };
    sparse_random(&world, 60, ITEMS, 3000, 1);
    struct ease *whole = fitted(10.0F, UINT32_MAX);
    for (uint32_t n = 0; n < sizeof limits / sizeof *limits; n++) {
        struct ease *ease = fitted(10.0F, limits[n]);
        CHECK(memcmp(ease->weights, whole->weights, sizeof *ease->weights * ITEMS * ITEMS) == 0);
        ease_free(ease);
    }
    ease_free(whole);
    sparse_free(&world);
}

/* A limit is kept, so that a slice takes no longer than was asked for. */
static void test_limit(void) {
    bool done;
    struct ease *ease;
    sparse_random(&world, 60, 150, 3000, 1);
    CHECK_EQUAL(ease_new(&ease, world.train, 1.0F), STATUS_OK);
    CHECK_EQUAL(ease_run(ease, 0, &done), STATUS_OK);
    CHECK_EQUAL(ease_rows_done(ease), 0);
    CHECK_EQUAL(ease_run(ease, 149, &done), STATUS_OK);
    CHECK_EQUAL(ease_rows_done(ease), 149);
    CHECK_EQUAL(ease_run(ease, 1, &done), STATUS_OK);
    CHECK(ease->cooccurrence == NULL);
    CHECK_EQUAL(ease_run(ease, 65, &done), STATUS_OK);
    CHECK_EQUAL(ease_rows_done(ease), 150 + 128);
    CHECK(!done);
    ease_free(ease);
    sparse_free(&world);
}

/* The sum of the rows in order, to the bit, and nothing read or written outside of them. */
static void test_scores(void) {
    for (uint32_t items = 1; items < 40; items++)
        for (uint32_t n = 0; n < 14; n++) {
            struct rng rng = {items * 100 + n};
            float *weights = malloc(sizeof *weights * items * items),
                  *scores = malloc(sizeof *scores * items);
            uint32_t liked[14], wrong = 0;
            for (uint32_t w = 0; w < items * items; w++) weights[w] = rng_uniform(&rng) - 0.5F;
            for (uint32_t l = 0; l < n; l++) liked[l] = rng_below(&rng, items);
            for (uint32_t i = 0; i < items; i++) scores[i] = NAN;
            ease_scores(scores, weights, items, liked, n);
            for (uint32_t i = 0; i < items; i++) {
                float sum = 0.0F;
                for (uint32_t l = 0; l < n; l++) sum += weights[liked[l] * items + i];
                wrong += check_float_bits(scores[i]) != check_float_bits(sum);
            }
            CHECK_EQUAL(wrong, 0);
            free(weights), free(scores);
        }
}

static void test_learns_the_checkerboard(void) {
    enum { USERS = 60, ITEMS = 20 };
    uint32_t hidden[USERS], found = 0;
    float scores[ITEMS];
    sparse_checkerboard(&world, hidden, USERS, ITEMS);
    struct ease *ease = fitted(5.0F, UINT32_MAX);
    for (uint32_t u = 0; u < USERS; u++) {
        uint32_t first = world.train->start[u];
        ease_scores(scores, ease->weights, ITEMS, world.train->item + first,
                    world.train->start[u + 1] - first);
        found += sparse_best(&world, scores, u) == hidden[u];
    }
    CHECK_EQUAL(found, USERS);
    ease_free(ease);
    sparse_free(&world);
}

static void test_bytes(void) {
    CHECK(ease_bytes(1) < 300000);
    CHECK(ease_bytes(3706) > 54900000 && ease_bytes(3706) < 57000000);
    CHECK(ease_bytes(10000) < 404000000);
    CHECK(ease_bytes(16000) <= MEMORY_MAX_BYTES && ease_bytes(16400) > MEMORY_MAX_BYTES);
    CHECK_EQUAL(ease_bytes(60000), UINT64_C(60000) * 60000 * 4);
    CHECK_EQUAL(ease_bytes(UINT32_MAX), UINT64_MAX);
    for (uint32_t items = 16000; items < 17000; items++) CHECK(ease_bytes(items) <= ease_bytes(items + 1));
}

static void test_refuses(void) {
    static const float wrong[] = {0.0F, -1.0F, NAN, INFINITY, -INFINITY};
    struct ease *ease;
    sparse_random(&world, 10, 10, 30, 1);
    for (uint32_t n = 0; n < sizeof wrong / sizeof *wrong; n++) {
        CHECK_EQUAL(ease_new(&ease, world.train, wrong[n]), STATUS_ARGUMENT);
        CHECK(ease == NULL);
    }
    struct interactions large = {.users = 10, .items = 60000};
    CHECK_EQUAL(ease_new(&ease, &large, 1.0F), STATUS_TOO_LARGE);
    CHECK(ease == NULL);
    ease_free(NULL);
    sparse_free(&world);
}

/* Everybody has everything, so that Xᵀ X has rank one and all that makes G definite is λ, which a float loses beside the
 * count. Within a block, and across two. */
static void test_l2_lost_in_rounding(void) {
    static const uint32_t sizes[] = {2, 64, 65, 130};
    for (uint32_t s = 0; s < 4; s++) {
        struct ratings ratings;
        struct ease *ease;
        bool done = true;
        CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
        for (uint32_t u = 0; u < 40; u++)
            for (uint32_t i = 0; i < sizes[s]; i++) rows_add(&ratings, u, i, 0);
        CHECK_EQUAL(ratings_finish(&ratings), STATUS_OK);
        CHECK_EQUAL(interactions_new(&world.train, &ratings, NULL), STATUS_OK);
        CHECK_EQUAL(ease_new(&ease, world.train, 1e-7F), STATUS_OK);
        CHECK_EQUAL(ease_run(ease, UINT32_MAX, &done), STATUS_ARGUMENT);
        CHECK(!done);
        CHECK_EQUAL(ease_run(ease, UINT32_MAX, &done), STATUS_ARGUMENT);
        ease_free(ease);
        ease_free(fitted(1.0F, UINT32_MAX));
        sparse_free(&world);
        ratings_free(&ratings);
    }
}

int main(void) {
    RUN(test_weights);
    RUN(test_by_hand);
    RUN(test_slices_change_no_bit);
    RUN(test_limit);
    RUN(test_scores);
    RUN(test_learns_the_checkerboard);
    RUN(test_bytes);
    RUN(test_refuses);
    RUN(test_l2_lost_in_rounding);
    return check_report();
}

#include "data/interactions.h"

#include <math.h>
#include <stdlib.h>

#include "chance.h"
#include "rows.h"

#define MOST 64

/* A table of who has what. */
static bool twin[MOST][MOST];

static void check_rows(const struct interactions *got, uint32_t users, uint32_t items, uint32_t pairs) {
    struct interactions without_bits = *got;
    without_bits.bits = NULL;
    CHECK(got->bits != NULL);
    CHECK_EQUAL(got->users, users);
    CHECK_EQUAL(got->items, items);
    CHECK_OR_RETURN(got->count == pairs, "%u, not %u", got->count, pairs);
    uint32_t p = 0;
    for (uint32_t u = 0; u < users; u++) {
        CHECK_OR_RETURN(got->start[u] == p, "user %u", u);
        for (uint32_t i = 0; i < items; i++) {
            CHECK_OR_RETURN(interactions_has(got, u, i) == twin[u][i], "user %u item %u", u, i);
            CHECK_OR_RETURN(interactions_has(&without_bits, u, i) == twin[u][i], "user %u item %u", u, i);
            if (!twin[u][i]) continue;
            CHECK_OR_RETURN(got->item[p] == i && got->user[p] == u, "pair %u", p);
            p++;
        }
    }
    CHECK_EQUAL(got->start[users], p);
}

static void check_against_twin(const struct ratings *ratings, const uint32_t *held_out) {
    memset(twin, 0, sizeof twin);
    uint32_t pairs = 0, users = ratings->users.count, items = ratings->items.count;
    for (uint64_t r = 0; r < ratings->count; r++) {
        struct rating row = ratings->rows[r];
        if (held_out != NULL && held_out[row.user] == row.item) continue;
        pairs += !twin[row.user][row.item];
        twin[row.user][row.item] = true;
    }
    struct interactions *got;
    CHECK_EQUAL(interactions_new(&got, ratings, held_out), STATUS_OK);
    check_rows(got, users, items, pairs);
    interactions_free(got);
    if (held_out == NULL) return;
    CHECK_EQUAL(interactions_new(&got, ratings, NULL), STATUS_OK);
    interactions_remove(got, held_out);
    check_rows(got, users, items, pairs);
    interactions_free(got);
}

static void test_random_rows(void) {
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct rng rng = {seed * 1000};
        uint32_t users = 1 + rng_below(&rng, MOST), items = 1 + rng_below(&rng, MOST), held_out[MOST];
        struct ratings ratings;
        rows_random(&ratings, users, items, rng_below(&rng, 400), 5, seed);
        for (uint32_t u = 0; u < users; u++)
            held_out[u] = rng_below(&rng, 3) == 0 ? UINT32_MAX : rng_below(&rng, items);
        check_against_twin(&ratings, NULL);
        check_against_twin(&ratings, held_out);
        ratings_free(&ratings);
    }
}

static void test_repeats_count_once(void) {
    struct ratings ratings;
    struct interactions *got;
    rows_parse(&ratings, "8,5,1,1\n8,3,1,2\n8,5,2,3\n8,5,3,4\n9,3,1,1\n8,3,1,9\n");
    CHECK_EQUAL(interactions_new(&got, &ratings, NULL), STATUS_OK);
    CHECK_EQUAL(got->count, 3);
    CHECK_EQUAL(got->start[1], 2);
    CHECK(got->item[0] == 0 && got->item[1] == 1 && got->item[2] == 1);
    interactions_free(got);
    uint32_t held_out[2] = {0, UINT32_MAX};
    CHECK_EQUAL(interactions_new(&got, &ratings, held_out), STATUS_OK);
    CHECK_EQUAL(got->count, 2);
    CHECK(!interactions_has(got, 0, 0) && interactions_has(got, 0, 1) && interactions_has(got, 1, 1));
    interactions_free(got);
    ratings_free(&ratings);
}

static void test_all_held_out(void) {
    struct ratings ratings;
    struct interactions *got;
    uint32_t held_out[2] = {0, 0};
    rows_parse(&ratings, "1,5,1,1\n2,5,1,1\n1,5,1,2\n");
    check_against_twin(&ratings, held_out);
    CHECK_EQUAL(interactions_new(&got, &ratings, held_out), STATUS_OK);
    CHECK_EQUAL(got->count, 0);
    CHECK(!interactions_has(got, 0, 0) && !interactions_has(got, 1, 0));
    interactions_free(got);
    ratings_free(&ratings);
}

/* One row for every user, whose item is the next one around, and one for each item that is left. */
static struct interactions *around(uint32_t users, uint32_t items) {
    struct ratings ratings;
    struct interactions *got;
    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    for (uint32_t n = 0; n < users || n < items; n++)
        rows_add(&ratings, n < users ? n : users - 1, n % items, 1);
    CHECK_EQUAL(ratings_finish(&ratings), STATUS_OK);
    CHECK_EQUAL(interactions_new(&got, &ratings, NULL), STATUS_OK);
    ratings_free(&ratings);
    return got;
}

/* There are bits up to the limit and none past it; both say the same. */
static void test_bits_have_a_limit(void) {
    enum { SIDE = 8192 };
    static const uint32_t shapes[][3] = {
        {SIDE, SIDE, true}, {SIDE + 1, SIDE, false}, {SIDE, SIDE + 1, false}, {SIDE, SIDE - 7, true}};
    CHECK_EQUAL((uint64_t)SIDE * SIDE / 8, INTERACTIONS_MAX_BITS);
    for (uint32_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        struct interactions *got = around(shapes[s][0], shapes[s][1]);
        CHECK_EQUAL(got->bits != NULL, shapes[s][2]);
        for (uint32_t user = 0; user < got->users - 1; user += 3)
            for (uint32_t item = user % 64; item < got->items; item += 64)
                CHECK_EQUAL(interactions_has(got, user, item), item == user % got->items);
        interactions_free(got);
    }
}

static void test_none_and_too_many(void) {
    struct ratings none = {0}, many = {.count = RATINGS_MAX + 1};
    struct interactions *got;
    CHECK_EQUAL(interactions_new(&got, &none, NULL), STATUS_OK);
    CHECK_EQUAL(got->count, 0);
    CHECK_EQUAL(got->start[0], 0);
    interactions_free(got);
    CHECK_EQUAL(interactions_new(&got, &many, NULL), STATUS_TOO_LARGE);
    CHECK(got == NULL);
    interactions_free(NULL);
}

/* The positives of rated rows are what a file of them alone gives; items without any are no choice. */
static void test_positives(void) {
    uint32_t fewer = 0;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct rng rng = {seed};
        struct ratings ratings;
        struct interactions *got;
        bool chosen[MOST] = {false};
        float from = 0.5F * (float)(1 + rng_below(&rng, 10));
        rows_random_rated(&ratings, 1 + rng_below(&rng, 12), 1 + rng_below(&rng, MOST), 60, 5, seed);
        memset(twin, 0, sizeof twin);
        uint32_t pairs = 0, choices = 0, c = 0;
        for (uint64_t r = 0; r < ratings.count; r++) {
            struct rating row = ratings.rows[r];
            CHECK(interactions_is_positive(&ratings, r, from) == (row.value >= from));
            if (row.value < from) continue;
            pairs += !twin[row.user][row.item], choices += !chosen[row.item];
            twin[row.user][row.item] = chosen[row.item] = true;
        }
        CHECK_EQUAL(interactions_of_positives(&got, &ratings, NULL, from), STATUS_OK);
        check_rows(got, ratings.users.count, ratings.items.count, pairs);
        CHECK_EQUAL(got->choices, choices);
        CHECK_EQUAL(got->choice == NULL, choices == ratings.items.count);
        for (uint32_t i = 0; i < ratings.items.count; i++)
            if (chosen[i]) CHECK_EQUAL(interactions_choice(got, c++), i);
        fewer += got->choice != NULL;
        interactions_free(got);
        CHECK_EQUAL(interactions_of_positives(&got, &ratings, NULL, -INFINITY), STATUS_OK);
        CHECK(got->choice == NULL && got->choices == ratings.items.count);
        interactions_free(got);
        ratings_free(&ratings);
    }
    CHECK(fewer > 10 && fewer < 90); /* both kinds took part */
}

/* By number, the choices that a user does not have: the twin counts them. */
static void test_others_by_number(void) {
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct rng rng = {seed};
        struct ratings ratings;
        struct interactions *got;
        rows_random_rated(&ratings, 4, 1 + rng_below(&rng, 40), 80, 5, seed);
        CHECK_EQUAL(interactions_of_positives(&got, &ratings, NULL, seed % 2 == 0 ? 3 : 0), STATUS_OK);
        for (uint32_t u = 0; u < got->users; u++) {
            uint32_t n = 0;
            for (uint32_t c = 0; c < got->choices; c++) {
                uint32_t item = interactions_choice(got, c);
                if (!interactions_has(got, u, item)) CHECK_EQUAL(interactions_other(got, u, n++), item);
            }
            CHECK_EQUAL(interactions_others(got, u), n);
        }
        interactions_free(got);
        ratings_free(&ratings);
    }
}

/* However few items a user leaves, these come equally often and a draw takes a bounded number of numbers. */
static void test_draws_of_what_a_user_lacks(void) {
    enum { ITEMS = 3000, DRAWS = 20000 };
    for (uint32_t left = 1; left <= ITEMS / 2; left *= 3) {
        struct ratings ratings;
        struct interactions *got;
        CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
        for (uint32_t i = 0; i < ITEMS; i++) rows_add(&ratings, i % (ITEMS / left) == 0, i, 1);
        CHECK_EQUAL(ratings_finish(&ratings), STATUS_OK);
        CHECK_EQUAL(interactions_new(&got, &ratings, NULL), STATUS_OK);
        uint32_t user = got->start[1] - got->start[0] > ITEMS / 2 ? 0 : 1;
        uint64_t *drawn = calloc(ITEMS, sizeof *drawn);
        double *weights = calloc(ITEMS, sizeof *weights);
        struct rng rng = {left};
        for (uint32_t i = 0; i < ITEMS; i++) weights[i] = !interactions_has(got, user, i);
        for (uint32_t d = 0; d < DRAWS && interactions_others(got, user) > 0; d++) {
            uint64_t before = rng.state;
            drawn[interactions_draw_other(got, user, &rng)]++;
            CHECK(chance_draws(before, rng.state) <= INTERACTIONS_VAIN_DRAWS + 3);
        }
        CHECK_DISTRIBUTED(drawn, weights, ITEMS, DRAWS);
        free(weights);
        free(drawn);
        interactions_free(got);
        ratings_free(&ratings);
    }
}

int main(void) {
    RUN(test_random_rows);
    RUN(test_repeats_count_once);
    RUN(test_all_held_out);
    RUN(test_bits_have_a_limit);
    RUN(test_none_and_too_many);
    RUN(test_positives);
    RUN(test_others_by_number);
    RUN(test_draws_of_what_a_user_lacks);
    return check_report();
}

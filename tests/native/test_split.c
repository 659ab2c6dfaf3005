#include "data/split.h"

#include "chance.h"
#include "rows.h"

#define NEGATIVES 7

/* The test item by its definition: the item of the user's last row among those of the latest time, for users who have
 * another item besides. */
static uint32_t twin_test_item(const struct ratings *ratings, uint32_t user) {
    uint32_t item = SPLIT_NONE, latest = 0;
    bool other = false;
    for (uint64_t r = 0; r < ratings->count; r++) {
        struct rating row = ratings->rows[r];
        if (row.user == user && row.time >= latest) latest = row.time, item = row.item;
    }
    for (uint64_t r = 0; r < ratings->count; r++)
        other = other || (ratings->rows[r].user == user && ratings->rows[r].item != item);
    return other ? item : SPLIT_NONE;
}

static bool rated(const struct ratings *ratings, uint32_t user, uint32_t item) {
    for (uint64_t r = 0; r < ratings->count; r++)
        if (ratings->rows[r].user == user && ratings->rows[r].item == item) return true;
    return false;
}

static void check_user(const struct split *split, const struct ratings *ratings, uint32_t user) {
    uint32_t test = twin_test_item(ratings, user), unseen = 0;
    CHECK_EQUAL(split->test_item[user], test);
    for (uint32_t i = 0; i < ratings->items.count; i++) {
        bool has = rated(ratings, user, i);
        CHECK(interactions_has(split->train, user, i) == (has && i != test));
        unseen += !has;
    }
    uint32_t from = split->negative_start[user], to = split->negative_start[user + 1];
    CHECK_EQUAL(to - from, test == SPLIT_NONE ? 0 : unseen < NEGATIVES ? unseen : NEGATIVES);
    for (uint32_t n = from; n < to; n++) {
        CHECK(split->negative[n] < ratings->items.count && !rated(ratings, user, split->negative[n]));
        CHECK(n == from || split->negative[n - 1] < split->negative[n]);
    }
}

static void test_random_rows(void) {
    uint32_t untested = 0, short_of_items = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct rng rng = {seed * 1000};
        uint32_t users = 1 + rng_below(&rng, 12), items = 2 + rng_below(&rng, 25), tested = 0;
        struct ratings ratings;
        struct split *split;
        rows_random(&ratings, users, items, rng_below(&rng, 60), 1 + rng_below(&rng, 5), seed);
        for (uint32_t u = 0; u < users; u++) tested += twin_test_item(&ratings, u) != SPLIT_NONE;
        enum status status = split_leave_one_out(&split, &ratings, NEGATIVES, seed);
        CHECK_EQUAL(status, tested == 0 ? STATUS_NO_TEST_USERS : STATUS_OK);
        if (status == STATUS_OK) {
            CHECK_EQUAL(split->test_users, tested);
            CHECK_EQUAL(split->negative_start[0], 0);
            for (uint32_t u = 0; u < users; u++) check_user(split, &ratings, u);
            untested += users - tested;
            short_of_items += split->negative_start[users] < tested * NEGATIVES;
        }
        split_free(split);
        ratings_free(&ratings);
    }
    CHECK(untested > 20 && short_of_items > 20); /* both kinds took part */
}

static void test_ties_go_to_the_last_row(void) {
    struct ratings ratings;
    struct split *split;
    rows_parse(&ratings, "1,10,3,500\n1,11,3,900\n1,12,3,900\n1,13,3,899\n2,10,3,0\n2,11,3,0\n2,12,3,0\n");
    CHECK_EQUAL(split_leave_one_out(&split, &ratings, 1, 1), STATUS_OK);
    CHECK_EQUAL(ratings.items.ids[split->test_item[0]], 12);
    CHECK_EQUAL(ratings.items.ids[split->test_item[1]], 12);
    split_free(split);
    ratings_free(&ratings);
}

/* The latest item is left out with all its rows, or training would see the test. */
static void test_item_rated_twice(void) {
    struct ratings ratings;
    struct split *split;
    rows_parse(&ratings, "1,10,3,100\n1,11,3,200\n1,10,3,300\n2,12,3,1\n2,12,3,2\n");
    CHECK_EQUAL(split_leave_one_out(&split, &ratings, 1, 1), STATUS_OK);
    CHECK_EQUAL(split->test_item[0], 0);
    CHECK_EQUAL(split->test_item[1], SPLIT_NONE);
    CHECK_EQUAL(split->train->count, 2);
    CHECK(!interactions_has(split->train, 0, 0) && interactions_has(split->train, 1, 2));
    CHECK_EQUAL(split->test_users, 1);
    split_free(split);
    ratings_free(&ratings);
}

static void test_nobody_to_test(void) {
    struct ratings ratings, none = {0};
    struct split *split = (struct split *)&none;
    rows_parse(&ratings, "1,10,3,100\n2,11,3,200\n3,10,3,300\n3,10,3,400\n");
    CHECK_EQUAL(split_leave_one_out(&split, &ratings, 99, 1), STATUS_NO_TEST_USERS);
    CHECK(split == NULL);
    CHECK_EQUAL(split_leave_one_out(&split, &none, 99, 1), STATUS_NO_TEST_USERS);
    CHECK(split == NULL);
    split_free(NULL);
    ratings_free(&ratings);
}

static void test_no_negatives(void) {
    struct ratings ratings;
    struct split *split;
    rows_parse(&ratings, "1,10,3,100\n1,11,3,200\n");
    for (uint32_t negatives = 0; negatives < 100; negatives += 99) {
        CHECK_EQUAL(split_leave_one_out(&split, &ratings, negatives, 1), STATUS_OK);
        CHECK_EQUAL(split->negative_start[1], 0);
        split_free(split);
    }
    ratings_free(&ratings);
}

/* Two of six: each of the 15 pairs equally often. The users have the same items, and each is drawn for by itself. */
static void test_negatives_are_uniform(void) {
    enum { SEEDS = 10000 };
    struct ratings ratings;
    rows_parse(&ratings,
               "1,100,3,1\n1,104,3,2\n2,100,3,1\n2,104,3,2\n3,101,3,1\n3,102,3,1\n3,103,3,1\n3,105,3,1\n"
               "3,106,3,1\n3,107,3,1\n");
    uint64_t pairs[2][64] = {{0}}, both[225] = {0}, packed[2][15];
    uint32_t number[64] = {0}, next = 0;
    for (uint32_t a = 0; a < 8; a++)
        for (uint32_t b = a + 1; b < 8; b++)
            if (a > 1 && b > 1) number[a * 8 + b] = next++;
    CHECK_EQUAL(next, 15);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct split *split;
        CHECK_EQUAL(split_leave_one_out(&split, &ratings, 2, seed), STATUS_OK);
        const uint32_t *n = split->negative;
        CHECK_OR_RETURN(split->negative_start[2] == 4, "seed %u", (unsigned)seed);
        pairs[0][n[0] * 8 + n[1]]++;
        pairs[1][n[2] * 8 + n[3]]++;
        both[number[n[0] * 8 + n[1]] * 15 + number[n[2] * 8 + n[3]]]++;
        split_free(split);
    }
    for (uint32_t u = 0; u < 2; u++) {
        for (uint32_t a = 2; a < 8; a++)
            for (uint32_t b = a + 1; b < 8; b++) packed[u][number[a * 8 + b]] = pairs[u][a * 8 + b];
        CHECK_UNIFORM(packed[u], 15, SEEDS / 15.0, 1);
    }
    CHECK_UNIFORM(both, 225, SEEDS / 225.0, 1);
    ratings_free(&ratings);
}

static void test_same_seed_same_negatives(void) {
    struct ratings ratings;
    rows_random(&ratings, 20, 200, 0, 5, 1);
    struct split *first, *again, *other;
    CHECK_EQUAL(split_leave_one_out(&first, &ratings, 30, 5), STATUS_OK);
    CHECK_EQUAL(split_leave_one_out(&again, &ratings, 30, 5), STATUS_OK);
    CHECK_EQUAL(split_leave_one_out(&other, &ratings, 30, 6), STATUS_OK);
    size_t bytes = first->negative_start[20] * sizeof *first->negative;
    CHECK_EQUAL(bytes, 20 * 30 * sizeof *first->negative);
    CHECK(memcmp(first->negative, again->negative, bytes) == 0);
    CHECK(memcmp(first->negative, other->negative, bytes) != 0);
    CHECK(memcmp(first->test_item, other->test_item, 20 * sizeof *first->test_item) == 0);
    split_free(first);
    split_free(again);
    split_free(other);
    ratings_free(&ratings);
}

/* Each of 201 items equally often among the 99; drawn without replacement, they vary less than with. */
static void test_negatives_of_a_large_draw_are_uniform(void) {
    enum { ITEMS = 203, ALLOWED = 201, SEEDS = 400 };
    struct ratings ratings;
    uint64_t counts[ITEMS] = {0};
    rows_parse(&ratings, "1,0,3,1\n1,1,3,2\n");
    for (uint32_t i = 2; i < ITEMS; i++) rows_add(&ratings, 2, i, i);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct split *split;
        CHECK_EQUAL(split_leave_one_out(&split, &ratings, 99, seed), STATUS_OK);
        for (uint32_t n = 0; n < 99; n++) counts[split->negative[n]]++;
        split_free(split);
    }
    CHECK_EQUAL(counts[0] + counts[1], 0);
    double share = 99.0 / ALLOWED;
    CHECK_UNIFORM(counts + 2, ALLOWED, SEEDS * share, (1 - share) * ALLOWED / (ALLOWED - 1));
    ratings_free(&ratings);
}

int main(void) {
    RUN(test_random_rows);
    RUN(test_ties_go_to_the_last_row);
    RUN(test_item_rated_twice);
    RUN(test_nobody_to_test);
    RUN(test_no_negatives);
    RUN(test_negatives_are_uniform);
    RUN(test_same_seed_same_negatives);
    RUN(test_negatives_of_a_large_draw_are_uniform);
    return check_report();
}

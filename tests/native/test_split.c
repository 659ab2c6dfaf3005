#include <math.h>

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
    CHECK_EQUAL(split->test.item[user], test);
    for (uint32_t i = 0; i < ratings->items.count; i++) {
        bool has = rated(ratings, user, i);
        CHECK(interactions_has(split->train, user, i) == (has && i != test));
        unseen += !has;
    }
    uint32_t from = split->test.negative_start[user], to = split->test.negative_start[user + 1];
    CHECK_EQUAL(to - from, test == SPLIT_NONE ? 0 : unseen < NEGATIVES ? unseen : NEGATIVES);
    for (uint32_t n = from; n < to; n++) {
        CHECK(split->test.negative[n] < ratings->items.count &&
              !rated(ratings, user, split->test.negative[n]));
        CHECK(n == from || split->test.negative[n - 1] < split->test.negative[n]);
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
            CHECK_EQUAL(split->test.users, tested);
            CHECK_EQUAL(split->test.negative_start[0], 0);
            for (uint32_t u = 0; u < users; u++) check_user(split, &ratings, u);
            untested += users - tested;
            short_of_items += split->test.negative_start[users] < tested * NEGATIVES;
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
    CHECK_EQUAL(ratings.items.ids[split->test.item[0]], 12);
    CHECK_EQUAL(ratings.items.ids[split->test.item[1]], 12);
    split_free(split);
    ratings_free(&ratings);
}

/* The latest item is left out with all its rows, or training would see the test. */
static void test_item_rated_twice(void) {
    struct ratings ratings;
    struct split *split;
    rows_parse(&ratings, "1,10,3,100\n1,11,3,200\n1,10,3,300\n2,12,3,1\n2,12,3,2\n");
    CHECK_EQUAL(split_leave_one_out(&split, &ratings, 1, 1), STATUS_OK);
    CHECK_EQUAL(split->test.item[0], 0);
    CHECK_EQUAL(split->test.item[1], SPLIT_NONE);
    CHECK_EQUAL(split->train->count, 2);
    CHECK(!interactions_has(split->train, 0, 0) && interactions_has(split->train, 1, 2));
    CHECK_EQUAL(split->test.users, 1);
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
        CHECK_EQUAL(split->test.negative_start[1], 0);
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
        const uint32_t *n = split->test.negative;
        CHECK_OR_RETURN(split->test.negative_start[2] == 4, "seed %u", (unsigned)seed);
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
    size_t bytes = first->test.negative_start[20] * sizeof *first->test.negative;
    CHECK_EQUAL(bytes, 20 * 30 * sizeof *first->test.negative);
    CHECK(memcmp(first->test.negative, again->test.negative, bytes) == 0);
    CHECK(memcmp(first->test.negative, other->test.negative, bytes) != 0);
    CHECK(memcmp(first->test.item, other->test.item, 20 * sizeof *first->test.item) == 0);
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
        for (uint32_t n = 0; n < 99; n++) counts[split->test.negative[n]]++;
        split_free(split);
    }
    CHECK_EQUAL(counts[0] + counts[1], 0);
    double share = 99.0 / ALLOWED;
    CHECK_UNIFORM(counts + 2, ALLOWED, SEEDS * share, (1 - share) * ALLOWED / (ALLOWED - 1));
    ratings_free(&ratings);
}

/* What split_hold_validation must leave: train without one item a user who had two, the test as it was. */
static void check_validation(const struct split *split, const struct split *before, uint32_t user) {
    const struct held_out *held = &split->validation;
    uint32_t item = held->item[user], test = split->test.item[user], unseen = 0, others = 0;
    uint32_t had = before->train->start[user + 1] - before->train->start[user];
    CHECK_EQUAL(item != SPLIT_NONE, had >= 2);
    CHECK_EQUAL(test, before->test.item[user]);
    for (uint32_t i = 0; i < before->train->items; i++) {
        bool had_it = interactions_has(before->train, user, i);
        CHECK(interactions_has(split->train, user, i) == (had_it && i != item));
        unseen += !had_it && i != test;
        others += i == item && had_it;
    }
    CHECK_EQUAL(others, item != SPLIT_NONE);
    uint32_t from = held->negative_start[user], to = held->negative_start[user + 1];
    CHECK_EQUAL(to - from, item == SPLIT_NONE ? 0 : unseen < NEGATIVES ? unseen : NEGATIVES);
    for (uint32_t n = from; n < to; n++) {
        uint32_t negative = held->negative[n];
        CHECK(negative != test && negative != item && !interactions_has(before->train, user, negative));
        CHECK(n == from || held->negative[n - 1] < negative);
    }
}

static void test_validation(void) {
    uint32_t without = 0, short_of_items = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct rng rng = {seed * 1000};
        uint32_t users = 1 + rng_below(&rng, 12), items = 2 + rng_below(&rng, 25), held = 0;
        struct ratings ratings;
        struct split *split, *before;
        rows_random(&ratings, users, items, rng_below(&rng, 60), 1000, seed);
        if (split_leave_one_out(&split, &ratings, NEGATIVES, seed) == STATUS_OK) {
            CHECK_EQUAL(split_leave_one_out(&before, &ratings, NEGATIVES, seed), STATUS_OK);
            for (uint32_t u = 0; u < users; u++)
                held += before->train->start[u + 1] - before->train->start[u] >= 2;
            enum status status = split_hold_validation(split, NEGATIVES, seed + 7);
            CHECK_EQUAL(status, held == 0 ? STATUS_NO_VALIDATION : STATUS_OK);
            CHECK_EQUAL(split->validation.users, held);
            CHECK_EQUAL(split->train->count, before->train->count - held);
            size_t bytes = before->test.negative_start[users] * sizeof *before->test.negative;
            CHECK_EQUAL(split->test.negative_start[users] * sizeof *before->test.negative, bytes);
            CHECK(memcmp(split->test.negative, before->test.negative, bytes) == 0);
            for (uint32_t u = 0; status == STATUS_OK && u < users; u++) check_validation(split, before, u);
            CHECK(status != STATUS_OK || (split->test.also_seen == split->validation.item &&
                                          split->validation.also_seen == split->test.item));
            without += users - held;
            short_of_items +=
                status == STATUS_OK && split->validation.negative_start[users] < held * NEGATIVES;
            split_free(before);
        }
        split_free(split);
        ratings_free(&ratings);
    }
    CHECK(without > 20 && short_of_items > 20);
}

/* Each train item of a user equally often, by the seed alone, and each user for itself. */
static void test_validation_is_uniform(void) {
    enum { SEEDS = 8000, EACH = 6 };
    struct ratings ratings;
    struct split *split;
    uint64_t both[EACH * EACH] = {0};
    rows_parse(&ratings, "1,0,3,0\n");
    for (uint32_t u = 1; u <= 2; u++)
        for (uint32_t i = 0; i <= EACH; i++) rows_add(&ratings, u, i, i);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        CHECK_EQUAL(split_leave_one_out(&split, &ratings, 1, 1), STATUS_OK);
        CHECK_EQUAL(split_hold_validation(split, 1, seed), STATUS_OK);
        CHECK_OR_RETURN(split->validation.item[0] < EACH && split->validation.item[1] < EACH, "seed %u",
                        (unsigned)seed);
        both[split->validation.item[0] * EACH + split->validation.item[1]]++;
        split_free(split);
    }
    CHECK_UNIFORM(both, EACH * EACH, SEEDS / (double)(EACH * EACH), 1);
    ratings_free(&ratings);
}

static void feed_part(struct dataset *dataset, const char *text, bool is_test) {
    if (is_test) ratings_begin_test(&dataset->ratings);
    CHECK_EQUAL(ratings_feed(&dataset->ratings, text, strlen(text)), STATUS_OK);
    CHECK_EQUAL(ratings_finish(&dataset->ratings), STATUS_OK);
}

static struct split *split_texts(struct dataset *dataset, const char *train, const char *test,
                                 const char *negatives) {
    struct split *split = NULL;
    CHECK_EQUAL(dataset_init(dataset), STATUS_OK);
    feed_part(dataset, train, false);
    feed_part(dataset, test, true);
    CHECK_EQUAL(negatives_feed(&dataset->negatives, &dataset->ratings, negatives, strlen(negatives)),
                STATUS_OK);
    CHECK_EQUAL(negatives_finish(&dataset->negatives, &dataset->ratings), STATUS_OK);
    CHECK_EQUAL(split_of_triple(&split, dataset, -INFINITY), STATUS_OK);
    return split;
}

static void check_negatives(const struct dataset *dataset, const struct split *split, uint32_t user,
                            const char *expected) {
    char text[200] = "";
    size_t length = 0;
    for (uint32_t n = split->test.negative_start[user]; n < split->test.negative_start[user + 1]; n++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%u ",
                                   dataset->ratings.items.ids[split->test.negative[n]]);
    CHECK_OR_RETURN(strcmp(text, expected) == 0, "user %u: %s", user, text);
}

/* With all that the paper's files may hold: the pair's own item, repeats and train items among the negatives, items that
 * only the test or only the negatives have, a user without a test pair, one without train ratings, a test pair that is
 * in train too. Items are numbered as they appear, and negatives stand in that order. */
static void test_triple(void) {
    struct dataset dataset;
    struct split *split =
        split_texts(&dataset, "1\t10\t1\t0\n1\t11\t1\t0\n2\t12\t1\t0\n3\t13\t1\t0\n3\t12\t1\t0\n",
                    "1\t20\t5\t7\n3\t13\t5\t7\n9\t10\t5\t7\n",
                    "(9,10)\t99\t10\t12\n(1,20)\t13\t12\t20\t13\t12\t11\n(3,13)\t99\t10");
    CHECK_EQUAL(split->train->users, 4);
    CHECK_EQUAL(split->train->items, 6);
    CHECK_EQUAL(split->train->count, 4);
    CHECK_EQUAL(split->test.users, 3);
    CHECK_EQUAL(split->test.item[0], 4);
    CHECK_EQUAL(split->test.item[1], SPLIT_NONE);
    CHECK_EQUAL(split->test.item[2], 3);
    CHECK_EQUAL(split->test.item[3], 0);
    CHECK(!interactions_has(split->train, 0, 4) && !interactions_has(split->train, 2, 3));
    CHECK(interactions_has(split->train, 0, 1) && interactions_has(split->train, 2, 2));
    CHECK_EQUAL(split->train->start[4] - split->train->start[3], 0);
    check_negatives(&dataset, split, 0, "12 13 ");
    check_negatives(&dataset, split, 1, "");
    check_negatives(&dataset, split, 2, "10 99 ");
    check_negatives(&dataset, split, 3, "12 99 ");

    CHECK_EQUAL(split_hold_validation(split, 99, 1), STATUS_OK);
    CHECK_EQUAL(split->validation.users, 1);
    CHECK(split->validation.item[0] < 2 && split->validation.item[2] == SPLIT_NONE);
    CHECK_EQUAL(split->validation.negative_start[1], 6 - 2 - 1);
    CHECK_EQUAL(split->train->count, 3);
    check_negatives(&dataset, split, 0, "12 13 ");
    split_free(split);
    dataset_free(&dataset);
}

/* Rows of `all` with a rating of at least `from`, as a file of their own: the raw ids stay. */
static void only_positives(struct ratings *out, const struct ratings *all, float from) {
    CHECK_EQUAL(ratings_init(out), STATUS_OK);
    for (uint64_t r = 0; r < all->count; r++) {
        struct rating row = all->rows[r];
        if (row.value >= from) rows_add(out, all->users.ids[row.user], all->items.ids[row.item], row.time);
    }
    ratings_finish(out);
}

/* Users and those items that have positives keep their order where the first of their rows is one; so what is drawn agrees.
 * The others, which nobody rates above 0, come before and between them. */
static void positives_first(struct ratings *out, uint64_t seed) {
    enum { USERS = 12, ITEMS = 40 };
    struct rng rng = {seed};
    CHECK_EQUAL(ratings_init(out), STATUS_OK);
    for (uint32_t n = 0; n < ITEMS; n++) {
        if (n % 8 == 0) rows_add_rated(out, n % USERS, ITEMS + n / 8, 0, 99);
        rows_add_rated(out, n % USERS, n, 10, rng_below(&rng, 30));
    }
    for (uint32_t n = 0; n < 200; n++) {
        uint32_t user = rng_below(&rng, USERS), item = rng_below(&rng, ITEMS + 6);
        rows_add_rated(out, user, item, item < ITEMS ? rng_below(&rng, 11) : 0, rng_below(&rng, 30));
    }
    CHECK_EQUAL(ratings_finish(out), STATUS_OK);
}

/* What is no positive counts as if it were not in the file, whatever is held out. */
static void test_positives(void) {
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct ratings all, kept;
        float from = 0.5F * (float)(1 + seed % 10);
        positives_first(&all, seed);
        only_positives(&kept, &all, from);
        for (enum split_hold hold = SPLIT_LAST; hold <= SPLIT_NOTHING; hold++) {
            struct split_settings settings = {NEGATIVES, seed, hold, from}, plain = settings;
            struct split *split, *other;
            plain.positive_from = -INFINITY;
            CHECK_EQUAL(split_new(&split, &all, &settings), STATUS_OK);
            CHECK_EQUAL(split_new(&other, &kept, &plain), STATUS_OK);
            CHECK_EQUAL(split->facts.rows, all.count);
            CHECK_EQUAL(split->facts.positives, kept.count);
            CHECK_EQUAL(split->facts.tied, other->facts.tied);
            CHECK_EQUAL(split->test.users, other->test.users);
            CHECK_EQUAL(split->train->count, other->train->count);
            CHECK_EQUAL(split->train->choices, kept.items.count);
            for (uint32_t u = 0; u < kept.users.count; u++) {
                uint32_t item = split->test.item[u], same = other->test.item[u];
                CHECK_EQUAL(item == SPLIT_NONE, same == SPLIT_NONE);
                if (item != SPLIT_NONE) CHECK_EQUAL(all.items.ids[item], kept.items.ids[same]);
                for (uint32_t n = 0; n <= 1; n++)
                    CHECK_EQUAL(split->test.negative_start[u + n], other->test.negative_start[u + n]);
            }
            for (uint32_t n = 0; n < split->test.negative_start[kept.users.count]; n++)
                CHECK_EQUAL(all.items.ids[split->test.negative[n]], kept.items.ids[other->test.negative[n]]);
            split_free(split);
            split_free(other);
        }
        ratings_free(&all);
        ratings_free(&kept);
    }
}

static void test_no_positives(void) {
    struct ratings ratings;
    struct split *split = (struct split *)&ratings;
    rows_parse(&ratings, "1,10,3,100\n1,11,3,200\n");
    CHECK_EQUAL(split_new(&split, &ratings, &(struct split_settings){9, 1, SPLIT_LAST, 4}),
                STATUS_NO_POSITIVES);
    CHECK(split == NULL);
    ratings_free(&ratings);
}

/* Each of a user's items equally often, whatever another's is, the same for the same seed; a user with one item is not tested, and with nothing to
 * hold out all is train. */
static void test_random_hold_out(void) {
    enum { SEEDS = 6000 };
    struct ratings ratings;
    struct split *split, *again;
    uint64_t drawn[2][4] = {{0}}, both[6] = {0};
    rows_parse(&ratings, "1,10,3,1\n1,11,3,2\n1,12,3,3\n1,11,3,9\n2,12,3,1\n2,13,3,1\n3,10,3,1\n");
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct split_settings settings = {99, seed, SPLIT_RANDOM, -INFINITY};
        CHECK_EQUAL(split_new(&split, &ratings, &settings), STATUS_OK);
        CHECK_EQUAL(split_new(&again, &ratings, &settings), STATUS_OK);
        CHECK_EQUAL(split->test.users, 2);
        CHECK_EQUAL(split->test.item[2], SPLIT_NONE);
        CHECK_EQUAL(split->train->count, 4);
        for (uint32_t u = 0; u < 2; u++) {
            uint32_t item = split->test.item[u];
            CHECK_EQUAL(again->test.item[u], item);
            CHECK(!interactions_has(split->train, u, item));
            drawn[u][item]++;
        }
        both[split->test.item[0] * 2 + split->test.item[1] - 2]++;
        split_free(split);
        split_free(again);
    }
    CHECK_UNIFORM(drawn[0], 3, SEEDS / 3.0, 1);
    CHECK_UNIFORM(drawn[1] + 2, 2, SEEDS / 2.0, 1);
    CHECK_UNIFORM(both, 6, SEEDS / 6.0, 1);
    CHECK_EQUAL(split_new(&split, &ratings, &(struct split_settings){99, 1, SPLIT_NOTHING, -INFINITY}),
                STATUS_OK);
    CHECK_EQUAL(split->test.users, 0);
    CHECK_EQUAL(split->train->count, 6);
    CHECK(split->test.item[0] == SPLIT_NONE && split->test.negative_start[3] == 0);
    split_free(split);
    ratings_free(&ratings);
}

/* Of whom the order of the file decides: times all the same, or several items at the latest. */
static void test_whom_the_order_decides(void) {
    struct ratings ratings;
    struct split *split;
    rows_parse(&ratings, "1,10,3,5\n1,11,3,5\n"           /* all the same */
                         "2,10,3,1\n2,11,3,5\n2,12,3,5\n" /* two at the latest */
                         "3,10,3,5\n3,10,3,5\n3,11,3,1\n" /* one, twice */
                         "4,10,3,7\n4,10,3,7\n"           /* not tested */
                         "5,10,3,1\n5,11,3,2\n");
    CHECK_EQUAL(split_leave_one_out(&split, &ratings, 1, 1), STATUS_OK);
    CHECK_EQUAL(split->facts.same_times, 1);
    CHECK_EQUAL(split->facts.tied, 2);
    CHECK_EQUAL(split->test.users, 4);
    split_free(split);
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
    RUN(test_validation);
    RUN(test_validation_is_uniform);
    RUN(test_triple);
    RUN(test_positives);
    RUN(test_no_positives);
    RUN(test_random_hold_out);
    RUN(test_whom_the_order_decides);
    return check_report();
}

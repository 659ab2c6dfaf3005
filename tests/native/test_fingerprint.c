#include "data/fingerprint.h"

#include "rows.h"

static struct fingerprint of_text(const char *text) {
    struct dataset dataset;
    CHECK_EQUAL(dataset_init(&dataset), STATUS_OK);
    CHECK_EQUAL(ratings_feed(&dataset.ratings, text, strlen(text)), STATUS_OK);
    CHECK_EQUAL(ratings_finish(&dataset.ratings), STATUS_OK);
    struct fingerprint fingerprint = fingerprint_of_dataset(&dataset);
    dataset_free(&dataset);
    return fingerprint;
}

static void test_the_order_of_rows_is_told_apart_from_what_they_say(void) {
    struct fingerprint one = of_text("1,10,3,500\n2,11,4,900\n1,11,5,700\n");
    struct fingerprint again = of_text("1,10,3,500\n2,11,4,900\n1,11,5,700\n");
    struct fingerprint other = of_text("1,11,5,700\n1,10,3,500\n2,11,4,900\n");
    CHECK_EQUAL(one.content, again.content);
    CHECK_EQUAL(one.order, again.order);
    CHECK_EQUAL(one.content, other.content);
    CHECK(one.order != other.order);
}

static void test_every_number_counts(void) {
    static const char *const texts[] = {
        "1,10,3,500\n2,11,4,900\n",
        "3,10,3,500\n2,11,4,900\n",             /* a user */
        "1,12,3,500\n2,11,4,900\n",             /* an item */
        "1,10,3.5,500\n2,11,4,900\n",           /* a rating */
        "1,10,3,501\n2,11,4,900\n",             /* a time */
        "1,10,4,500\n2,11,3,900\n",             /* ratings the other way round */
        "1,11,3,500\n2,10,4,900\n",             /* items */
        "10,1,3,500\n11,2,4,900\n",             /* users for items */
        "1,10,3,900\n2,11,4,500\n",             /* times */
        "1,10,3,500\n2,11,4,900\n2,11,4,900\n", /* a row twice */
        "1,10,3,500\n1,10,3,500\n2,11,4,900\n", /* another one twice */
        "1,10,3,500\n",                         /* a row less */
        "1,10,500,3\n2,11,900,4\n",             /* ratings for times */
    };
    enum { COUNT = sizeof texts / sizeof *texts };
    struct fingerprint all[COUNT];
    for (int i = 0; i < COUNT; i++) all[i] = of_text(texts[i]);
    for (int i = 0; i < COUNT; i++)
        for (int j = 0; j < i; j++) {
            CHECK(all[i].content != all[j].content);
            CHECK(all[i].order != all[j].order);
        }
}

/* Reads the paper's triple. */
static void read_triple(struct dataset *dataset, const char *train, const char *test, const char *negatives) {
    CHECK_EQUAL(dataset_init(dataset), STATUS_OK);
    CHECK_EQUAL(ratings_feed(&dataset->ratings, train, strlen(train)), STATUS_OK);
    CHECK_EQUAL(ratings_finish(&dataset->ratings), STATUS_OK);
    ratings_begin_test(&dataset->ratings);
    CHECK_EQUAL(ratings_feed(&dataset->ratings, test, strlen(test)), STATUS_OK);
    CHECK_EQUAL(ratings_finish(&dataset->ratings), STATUS_OK);
    CHECK_EQUAL(negatives_feed(&dataset->negatives, &dataset->ratings, negatives, strlen(negatives)),
                STATUS_OK);
    CHECK_EQUAL(negatives_finish(&dataset->negatives, &dataset->ratings), STATUS_OK);
}

static struct fingerprint of_triple(const char *train, const char *test, const char *negatives) {
    struct dataset dataset;
    read_triple(&dataset, train, test, negatives);
    struct fingerprint fingerprint = fingerprint_of_dataset(&dataset);
    dataset_free(&dataset);
    return fingerprint;
}

static void test_a_triple_is_told_by_all_its_files(void) {
    struct fingerprint one = of_triple("1\t10\t3\t5\n1\t11\t3\t5\n", "1\t12\t3\t5\n", "(1,12)\t10\t13\n");
    struct fingerprint moved = of_triple("1\t10\t3\t5\n1\t12\t3\t5\n", "1\t11\t3\t5\n", "(1,11)\t10\t13\n");
    struct fingerprint others = of_triple("1\t10\t3\t5\n1\t11\t3\t5\n", "1\t12\t3\t5\n", "(1,12)\t10\t14\n");
    CHECK(one.content != moved.content);
    CHECK(one.content != others.content);
    CHECK(one.content != of_text("1,10,3,5\n1,11,3,5\n1,12,3,5\n").content);
}

static struct split *split_of(struct ratings *ratings, const char *text, uint32_t negatives, uint64_t seed) {
    struct split *split;
    rows_parse(ratings, text);
    CHECK_EQUAL(split_leave_one_out(&split, ratings, negatives, seed), STATUS_OK);
    return split;
}

static struct held_out_fingerprint of_test(const char *text, uint32_t negatives, uint64_t seed) {
    struct ratings ratings;
    struct split *split = split_of(&ratings, text, negatives, seed);
    struct held_out_fingerprint fingerprint = fingerprint_of_held_out(&split->test, &ratings);
    split_free(split);
    ratings_free(&ratings);
    return fingerprint;
}

static void test_what_is_held_out_counts_whatever_the_numbering(void) {
    const char *text = "1,10,3,1\n1,11,3,2\n2,11,3,1\n2,12,3,2\n";
    /* Users and items come in another order; all films that are left are negatives, so these are the same. */
    struct held_out_fingerprint one = of_test(text, 9, 1),
                                other = of_test("2,12,3,2\n2,11,3,1\n1,11,3,2\n1,10,3,1\n", 9, 1);
    CHECK_EQUAL(one.items, other.items);
    CHECK_EQUAL(one.negatives, other.negatives);
    CHECK(of_test("1,10,3,2\n1,11,3,1\n2,11,3,1\n2,12,3,2\n", 9, 1).items != one.items);
    struct held_out_fingerprint none = of_test(text, 0, 1);
    CHECK_EQUAL(none.items, one.items);
    CHECK(none.negatives != one.negatives);
    struct ratings ratings;
    struct split *split = split_of(&ratings, text, 9, 1);
    struct held_out_fingerprint nothing = fingerprint_of_held_out(&split->validation, &ratings);
    CHECK_EQUAL(nothing.items, 0);
    CHECK_EQUAL(nothing.negatives, 0);
    split_free(split);
    ratings_free(&ratings);
}

static void test_other_negatives_are_told_from_other_items(void) {
    struct ratings ratings;
    struct held_out_fingerprint seen[8];
    rows_random(&ratings, 20, 60, 200, 50, 3);
    for (uint64_t seed = 0; seed < 8; seed++) {
        struct split *split;
        CHECK_EQUAL(split_leave_one_out(&split, &ratings, 5, seed), STATUS_OK);
        seen[seed] = fingerprint_of_held_out(&split->test, &ratings);
        CHECK_EQUAL(split_hold_validation(split, 5, seed), STATUS_OK);
        struct held_out_fingerprint again = fingerprint_of_held_out(&split->test, &ratings);
        CHECK(again.items == seen[seed].items && again.negatives == seen[seed].negatives);
        CHECK(fingerprint_of_held_out(&split->validation, &ratings).items != seen[seed].items);
        for (uint64_t before = 0; before < seed; before++) {
            CHECK_EQUAL(seen[before].items, seen[seed].items);
            CHECK(seen[before].negatives != seen[seed].negatives);
        }
        split_free(split);
    }
    ratings_free(&ratings);
}

static void test_parts_of_a_holdout(void) {
    struct ratings ratings;
    struct holdout *one, *other;
    rows_random_rated(&ratings, 10, 20, 100, 50, 4);
    CHECK_EQUAL(holdout_random(&one, &ratings, 0.2, 0.1, 1), STATUS_OK);
    CHECK_EQUAL(holdout_random(&other, &ratings, 0.2, 0.0, 2), STATUS_OK);
    uint64_t test = fingerprint_of_rows(&one->test, &ratings);
    CHECK(test != fingerprint_of_rows(&one->validation, &ratings));
    CHECK(test != fingerprint_of_rows(&other->test, &ratings));
    CHECK_EQUAL(fingerprint_of_rows(&other->validation, &ratings), 0);
    holdout_free(other);
    CHECK_EQUAL(holdout_random(&other, &ratings, 0.2, 0.3, 1), STATUS_OK);
    CHECK_EQUAL(fingerprint_of_rows(&other->test, &ratings), test);
    holdout_free(other);
    holdout_free(one);
    ratings_free(&ratings);
}

int main(void) {
    RUN(test_the_order_of_rows_is_told_apart_from_what_they_say);
    RUN(test_every_number_counts);
    RUN(test_a_triple_is_told_by_all_its_files);
    RUN(test_what_is_held_out_counts_whatever_the_numbering);
    RUN(test_other_negatives_are_told_from_other_items);
    RUN(test_parts_of_a_holdout);
    return check_report();
}

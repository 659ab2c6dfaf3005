#include "data/holdout.h"

#include <stdlib.h>

#include "chance.h"
#include "rows.h"

/* Whether a later row of the pair, by time and then by place in the file, replaces row r. */
static bool is_replaced(const struct ratings *ratings, uint64_t r) {
    const struct rating *rows = ratings->rows;
    for (uint64_t other = 0; other < ratings->count; other++) {
        if (rows[other].user != rows[r].user || rows[other].item != rows[r].item) continue;
        if (rows[other].time > rows[r].time || (rows[other].time == rows[r].time && other > r)) return true;
    }
    return false;
}

static uint32_t count_kept(const struct ratings *ratings) {
    uint32_t kept = 0;
    for (uint64_t r = 0; r < ratings->count; r++) kept += !is_replaced(ratings, r);
    return kept;
}

static bool is_next(const struct rating_rows *rows, uint32_t at, const struct rating *row) {
    return at < rows->count && rows->user[at] == row->user && rows->item[at] == row->item &&
           rows->value[at] == row->value;
}

/* Every row that counts stands in one part, in the order of the file; and the mean and the scale. Writes the part of
 * each (0 train, 1 validation, 2 test) to parts. */
static void check_parts(const struct holdout *holdout, const struct ratings *ratings, uint8_t *parts) {
    const struct rating_rows *rows[] = {&holdout->train, &holdout->validation, &holdout->test};
    uint32_t at[3] = {0}, number = 0;
    double sum = 0;
    float lowest = INFINITY, highest = -INFINITY;
    for (uint64_t r = 0; r < ratings->count; r++) {
        const struct rating *row = ratings->rows + r;
        if (is_replaced(ratings, r)) continue;
        uint32_t part = 0;
        while (part < 3 && !is_next(rows[part], at[part], row)) part++;
        CHECK_OR_RETURN(part < 3, "row %u is in no part", (unsigned)r);
        at[part]++;
        parts[number++] = (uint8_t)part;
        if (part == 0) sum += (double)row->value;
        lowest = fminf(lowest, row->value), highest = fmaxf(highest, row->value);
    }
    for (uint32_t part = 0; part < 3; part++) CHECK_EQUAL(at[part], rows[part]->count);
    CHECK_EQUAL(holdout->users, ratings->users.count);
    CHECK_EQUAL(holdout->items, ratings->items.count);
    CHECK_NEAR(holdout->mean, sum / holdout->train.count, 1e-12);
    CHECK(holdout->lowest == lowest && holdout->highest == highest);
}

static uint32_t rounded(uint32_t count, double share) { return (uint32_t)floor(count * share + 0.5); }

/* Random worlds in which pairs repeat and times tie. A pair's equal copies would make check_parts ambiguous only where
 * they are in two parts, and then the counts differ. */
static void test_random_shares(void) {
    uint32_t repeats = 0, few = 0, same = 0, with_validation = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct rng rng = {seed * 1000};
        struct ratings ratings;
        struct holdout *holdout = (struct holdout *)&ratings;
        uint8_t parts[200];
        rows_random_rated(&ratings, 1 + rng_below(&rng, 8), 1 + rng_below(&rng, 12), 1 + rng_below(&rng, 120),
                          1 + rng_below(&rng, 4), seed);
        double test = 0.05 + 0.9 * (double)rng_uniform(&rng), validation = 0;
        if (rng_below(&rng, 2) == 1) validation = 0.9 * (double)rng_uniform(&rng);
        uint32_t kept = count_kept(&ratings), tests = rounded(kept, test);
        uint32_t validations = rounded(kept - tests, validation);
        bool is_few = tests == 0 || tests + validations >= kept || (validation > 0 && validations == 0);
        enum status status = holdout_random(&holdout, &ratings, test, validation, seed);
        if (is_few) {
            CHECK_EQUAL(status, STATUS_FEW_RATINGS);
        } else if (status == STATUS_ONE_VALUE) {
            for (uint64_t r = 0; r < ratings.count; r++)
                CHECK(is_replaced(&ratings, r) ||
                      ratings.rows[r].value == ratings.rows[ratings.count - 1].value);
            same++;
        } else {
            CHECK_OR_RETURN(status == STATUS_OK, "status %d, seed %u", (int)status, (unsigned)seed);
            CHECK_EQUAL(holdout->test.count, tests);
            CHECK_EQUAL(holdout->validation.count, validations);
            check_parts(holdout, &ratings, parts);
        }
        CHECK((holdout == NULL) == (status != STATUS_OK));
        repeats += kept<ratings.count, few += is_few, with_validation += validations> 0;
        holdout_free(holdout);
        ratings_free(&ratings);
    }
    CHECK(repeats > 100 && few > 10 && same < 20 && with_validation > 50);
}

/* Every row is in the test part of one fold. */
static void check_folds(const struct ratings *ratings, uint32_t folds, double validation, uint64_t seed) {
    uint32_t kept = count_kept(ratings), least = UINT32_MAX, most = 0, tested[200] = {0};
    for (uint32_t fold = 0; fold < folds; fold++) {
        struct holdout *holdout;
        uint8_t parts[200];
        enum status status = holdout_fold(&holdout, ratings, fold, folds, validation, seed);
        CHECK_OR_RETURN(status == STATUS_OK, "status %d", (int)status);
        check_parts(holdout, ratings, parts);
        for (uint32_t r = 0; r < kept; r++) tested[r] += parts[r] == 2;
        if (holdout->test.count < least) least = holdout->test.count;
        if (holdout->test.count > most) most = holdout->test.count;
        CHECK_EQUAL(holdout->validation.count, rounded(kept - holdout->test.count, validation));
        holdout_free(holdout);
    }
    for (uint32_t r = 0; r < kept; r++) CHECK_EQUAL(tested[r], 1);
    CHECK(most - least <= 1);
    CHECK_EQUAL(most == least, kept % folds == 0);
}

static void test_folds(void) {
    for (uint64_t seed = 1; seed <= 30; seed++) {
        struct ratings ratings;
        rows_random_rated(&ratings, 8, 15, 30 + (uint32_t)seed, 3, seed);
        uint32_t kept = count_kept(&ratings);
        for (uint32_t folds = 2; folds <= kept; folds += 1 + folds / 3) {
            check_folds(&ratings, folds, 0, seed);
            check_folds(&ratings, folds, 0.25, seed);
        }
        check_folds(&ratings, kept, 0, seed);
        ratings_free(&ratings);
    }
}

static void test_latest_rating_counts(void) {
    struct ratings ratings;
    struct holdout *holdout;
    rows_parse(&ratings,
               "1,10,1,100\n1,11,2,100\n2,10,3,50\n1,10,4,300\n1,10,5,200\n1,11,0.5,100\n2,12,3,1\n");
    for (uint64_t seed = 0; seed < 20; seed++) {
        CHECK_EQUAL(holdout_fold(&holdout, &ratings, 0, 2, 0, seed), STATUS_OK);
        CHECK_EQUAL(holdout->train.count + holdout->test.count, 4);
        CHECK(holdout->lowest == 0.5F && holdout->highest == 4);
        double sum = holdout->mean * holdout->train.count;
        for (uint32_t r = 0; r < holdout->test.count; r++) sum += (double)holdout->test.value[r];
        CHECK_NEAR(sum, 3 + 4 + 0.5 + 3, 1e-12);
        holdout_free(holdout);
    }
    ratings_free(&ratings);
}

/* The parts of all rows for a seed. */
static void parts_of(uint8_t *parts, const struct ratings *ratings, double test, double validation,
                     uint64_t seed) {
    struct holdout *holdout;
    CHECK_OR_RETURN(holdout_random(&holdout, ratings, test, validation, seed) == STATUS_OK, "seed %u",
                    (unsigned)seed);
    check_parts(holdout, ratings, parts);
    holdout_free(holdout);
}

/* Each row is held out equally often, and so is each pair of neighbours; so is each for validation. */
static void test_rows_are_drawn_uniformly(void) {
    enum { ROWS = 40, SEEDS = 4000 };
    struct ratings ratings;
    uint64_t tests[ROWS] = {0}, validations[ROWS] = {0}, neighbours[ROWS] = {0};
    uint8_t parts[ROWS];
    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    for (uint32_t r = 0; r < ROWS; r++) rows_add_rated(&ratings, r % 5, r, 1 + r % 10, r);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        parts_of(parts, &ratings, 0.25, 0.2, seed);
        for (uint32_t r = 0; r < ROWS; r++) {
            tests[r] += parts[r] == 2, validations[r] += parts[r] == 1;
            neighbours[r] += parts[r] == 2 && parts[(r + 1) % ROWS] == 2;
        }
    }
    CHECK_UNIFORM(tests, ROWS, SEEDS * 10.0 / ROWS, (1 - 10.0 / ROWS) * ROWS / (ROWS - 1));
    CHECK_UNIFORM(validations, ROWS, SEEDS * 6.0 / ROWS, (1 - 6.0 / ROWS) * ROWS / (ROWS - 1));
    uint64_t sum = 0;
    for (uint32_t r = 0; r < ROWS; r++) sum += neighbours[r];
    double chance = 10.0 / ROWS * 9 / (ROWS - 1), expected = (double)SEEDS * ROWS * chance;
    CHECK_NEAR((double)sum, expected, 4.5 * sqrt(expected));
    for (uint32_t r = 0; r < ROWS; r++)
        CHECK_NEAR((double)neighbours[r], SEEDS * chance, 5 * sqrt(SEEDS * chance));
    ratings_free(&ratings);
}

static void test_seeds(void) {
    struct ratings ratings;
    uint8_t first[200] = {0}, again[200] = {0}, other[200] = {0}, larger[200] = {0};
    rows_random_rated(&ratings, 30, 30, 150, 1000, 1);
    uint32_t kept = count_kept(&ratings), different = 0, lost = 0;
    parts_of(first, &ratings, 0.2, 0.2, 5);
    parts_of(again, &ratings, 0.2, 0.2, 5);
    parts_of(other, &ratings, 0.2, 0.2, 6);
    parts_of(larger, &ratings, 0.5, 0, 5);
    CHECK(memcmp(first, again, kept) == 0);
    for (uint32_t r = 0; r < kept; r++) {
        different += first[r] != other[r];
        lost += first[r] == 2 && larger[r] != 2;
    }
    CHECK(different > kept / 4);
    CHECK_EQUAL(lost, 0);
    ratings_free(&ratings);
}

static void test_errors(void) {
    static const double bad_tests[] = {0, 1, -0.1, 1.5, (double)NAN, (double)INFINITY};
    static const double bad_validations[] = {1, -0.1, (double)NAN};
    struct ratings ratings, same, none = {0};
    struct holdout *holdout = (struct holdout *)&ratings;
    rows_parse(&ratings, "1,10,3,1\n1,11,4,1\n2,10,3,1\n");
    rows_parse(&same, "1,10,3,1\n1,11,3,1\n2,10,4,1\n2,10,3,2\n");
    for (uint32_t i = 0; i < sizeof bad_tests / sizeof *bad_tests; i++)
        CHECK_EQUAL(holdout_random(&holdout, &ratings, bad_tests[i], 0, 1), STATUS_ARGUMENT);
    for (uint32_t i = 0; i < sizeof bad_validations / sizeof *bad_validations; i++) {
        CHECK_EQUAL(holdout_random(&holdout, &ratings, 0.5, bad_validations[i], 1), STATUS_ARGUMENT);
        CHECK_EQUAL(holdout_fold(&holdout, &ratings, 0, 2, bad_validations[i], 1), STATUS_ARGUMENT);
    }
    CHECK_EQUAL(holdout_fold(&holdout, &ratings, 0, 0, 0, 1), STATUS_ARGUMENT);
    CHECK_EQUAL(holdout_fold(&holdout, &ratings, 0, 1, 0, 1), STATUS_ARGUMENT);
    CHECK_EQUAL(holdout_fold(&holdout, &ratings, 2, 2, 0, 1), STATUS_ARGUMENT);
    for (uint32_t fold = 0; fold < 4; fold++) /* of three ratings */
        CHECK_EQUAL(holdout_fold(&holdout, &ratings, fold, 4, 0, 1), STATUS_FEW_RATINGS);
    CHECK_EQUAL(holdout_fold(&holdout, &ratings, 0, UINT32_MAX, 0, 1), STATUS_FEW_RATINGS);
    CHECK_EQUAL(holdout_random(&holdout, &ratings, 0.1, 0, 1), STATUS_FEW_RATINGS);
    CHECK_EQUAL(holdout_random(&holdout, &ratings, 0.9, 0, 1), STATUS_FEW_RATINGS);
    CHECK_EQUAL(holdout_random(&holdout, &ratings, 0.34, 0.1, 1), STATUS_FEW_RATINGS);
    CHECK_EQUAL(holdout_random(&holdout, &ratings, 0.34, 0.9, 1), STATUS_FEW_RATINGS);
    CHECK_EQUAL(holdout_random(&holdout, &none, 0.5, 0, 1), STATUS_FEW_RATINGS);
    CHECK_EQUAL(holdout_fold(&holdout, &same, 0, 3, 0, 1), STATUS_ONE_VALUE);
    CHECK(holdout == NULL);
    CHECK_EQUAL(holdout_fold(&holdout, &ratings, 2, 3, 0.5, 1), STATUS_OK);
    CHECK(holdout->train.count == 1 && holdout->validation.count == 1 && holdout->test.count == 1);
    holdout_free(holdout);
    holdout_free(NULL);
    ratings_free(&ratings);
    ratings_free(&same);
}

int main(void) {
    RUN(test_random_shares);
    RUN(test_folds);
    RUN(test_latest_rating_counts);
    RUN(test_rows_are_drawn_uniformly);
    RUN(test_seeds);
    RUN(test_errors);
    return check_report();
}

/* Every allocation failing in turn, for what predicts ratings; and what works without memory. */
#include "data/features.h"
#include "data/rating_sampler.h"
#include "failing.h"
#include "model/biases.h"
#include "rank/errors.h"
#include "rows.h"

enum { USERS = 50, ITEMS = 60 };

static struct dataset given; /* read once, for what is built upon it */

static enum status make_people(void) {
    struct people people;
    char line[60];
    enum status status = people_init(&people);
    for (uint32_t p = 0; p < 5000 && status == STATUS_OK; p++) {
        int length = snprintf(line, sizeof line, "%u|%u|M|job %u|0\n", p, p % 90, p % 20);
        status = people_feed(&people, line, (size_t)length);
    }
    if (status == STATUS_OK) status = people_finish(&people);
    people_free(&people);
    return status;
}

static enum status make_holdout(void) {
    struct holdout *holdout = (struct holdout *)&given;
    enum status status = holdout_random(&holdout, &given.ratings, 0.1, 0.1, 1);
    CHECK((holdout == NULL) == (status != STATUS_OK));
    holdout_free(holdout);
    return status;
}

static enum status make_fold(void) {
    struct holdout *holdout = (struct holdout *)&given;
    enum status status = holdout_fold(&holdout, &given.ratings, 1, 5, 0, 1);
    CHECK((holdout == NULL) == (status != STATUS_OK));
    holdout_free(holdout);
    return status;
}

static enum status make_features(void) {
    struct features *items = (struct features *)&given, *users = (struct features *)&given;
    enum status status = features_of_items(&items, &given);
    CHECK((items == NULL) == (status != STATUS_OK));
    if (status == STATUS_OK) status = features_of_users(&users, &given);
    CHECK(items == NULL || (users == NULL) == (status != STATUS_OK));
    if (items != NULL) features_free(users);
    features_free(items);
    return status;
}

static const uint32_t some_users[] = {0, 1, 1}, some_items[] = {0, 0, 1};
static const float some_values[] = {1, 2, 3};
static const struct rating_rows some_rows = {3, some_users, some_items, some_values};

static enum status make_biases(void) {
    struct biases *biases = (struct biases *)&given;
    enum status status = biases_new(&biases, &some_rows, USERS, ITEMS, BIASES_USERS | BIASES_ITEMS, 3);
    CHECK((biases == NULL) == (status != STATUS_OK));
    biases_free(biases);
    return status;
}

static void test_people(void) { failing_check(make_people, 1 + 3 * 2 + 2); }
static void test_holdout(void) { failing_check(make_holdout, 3); }
static void test_fold(void) { failing_check(make_fold, 3); }
static void test_features(void) { failing_check(make_features, 2); }
static void test_biases(void) { failing_check(make_biases, 1); }

static void test_batches_fits_and_errors_ask_for_none(void) {
    struct rating_sampler sampler;
    struct biases *biases;
    uint32_t users[3], items[3], index[FEATURES_MAX_OF_ROW];
    float labels[3], mu, a[USERS], b[ITEMS];
    struct features *features;
    bool done = false;
    CHECK_EQUAL(biases_new(&biases, &some_rows, USERS, ITEMS, BIASES_USERS | BIASES_ITEMS, 3), STATUS_OK);
    CHECK_EQUAL(features_of_items(&features, &given), STATUS_OK);
    failing_set(0, UINT64_MAX);
    CHECK_EQUAL(rating_sampler_init(&sampler, &some_rows, 1), STATUS_OK);
    rating_sampler_batch(&sampler, 1, 0, 3, users, items, labels);
    while (!done) biases_run(biases, 2, &done);
    biases_write(biases, &mu, a, b);
    biases_predict(labels, mu, a, b, users, items, 3);
    struct errors errors;
    errors_start(&errors, 1, 5);
    errors_add(&errors, labels, some_values, 3);
    CHECK_EQUAL(errors_result(&errors).count, 3);
    CHECK_EQUAL(features_of_film(features, index, 1, 1990), 2);
    CHECK_EQUAL(failing_asked, 0);
    failing_off();
    features_free(features);
    biases_free(biases);
}

static void read_given(void) {
    const char *films = "1,a (1990),Drama\n2,b (1985),War\n", *people = "1|30|F|artist|0\n2|20|M|none|0\n";
    CHECK_EQUAL(dataset_init(&given), STATUS_OK);
    ratings_free(&given.ratings);
    rows_random_rated(&given.ratings, USERS, ITEMS, 2000, 10, 1);
    CHECK_EQUAL(films_feed(&given.films, films, strlen(films)), STATUS_OK);
    CHECK_EQUAL(people_feed(&given.people, people, strlen(people)), STATUS_OK);
}

int main(void) {
    read_given();
    RUN(test_people);
    RUN(test_holdout);
    RUN(test_fold);
    RUN(test_features);
    RUN(test_biases);
    RUN(test_batches_fits_and_errors_ask_for_none);
    dataset_free(&given);
    return check_report();
}

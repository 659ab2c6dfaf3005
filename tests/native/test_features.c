#include "data/features.h"

#include <stdlib.h>

#include "bundled.h"
#include "rows.h"

static void read_texts(struct dataset *dataset, const char *ratings, const char *films, const char *people) {
    CHECK_EQUAL(dataset_init(dataset), STATUS_OK);
    CHECK_EQUAL(ratings_feed(&dataset->ratings, ratings, strlen(ratings)), STATUS_OK);
    CHECK_EQUAL(ratings_finish(&dataset->ratings), STATUS_OK);
    CHECK_EQUAL(films_feed(&dataset->films, films, strlen(films)), STATUS_OK);
    CHECK_EQUAL(people_feed(&dataset->people, people, strlen(people)), STATUS_OK);
    if (*films != 0) CHECK_EQUAL(films_finish(&dataset->films), STATUS_OK);
    if (*people != 0) CHECK_EQUAL(people_finish(&dataset->people), STATUS_OK);
}

/* The feature of a kind and code, or FEATURES_NONE. */
static uint32_t find(const struct features *features, uint32_t kind, uint32_t code) {
    for (uint32_t f = 0; f < features->count; f++)
        if (features->list[f].kind == kind && features->list[f].code == code) return f;
    return FEATURES_NONE;
}

/* "genre:Drama decade:1990s " of the features index[n]. */
static const char *names_of(const struct features *features, const uint32_t *index, uint32_t n) {
    static char text[2000];
    size_t length = 0;
    text[0] = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct feature *feature = features->list + index[i];
        length += (size_t)snprintf(text + length, sizeof text - length, "%s:%s ",
                                   features_kind_name(feature->kind), feature->name);
    }
    return text;
}

static void check_row(const struct features *features, uint32_t row, const char *expected) {
    const uint32_t *index = features->index + features->start[row];
    const char *names = names_of(features, index, features->start[row + 1] - features->start[row]);
    CHECK_OR_RETURN(strcmp(names, expected) == 0, "row %u: %s", row, names);
}

/* Items 5, 7, 8, 6 and users 1, 2, 3; a film and a user that have no rating, and some that have no line. */
static const char *const some_ratings = "1,5,3,9\n1,7,3,8\n2,8,3,7\n3,6,3,7\n";
static const char *const some_films =
    "8,Eight (1989),War|Drama\n9,Nine (1901),Musical\n5,Five (1995),Comedy|War|(no genres listed)\n6,Six,\n";
static const char *const some_people = "3|60|M|none|1\n4|30|F|artist|1\n1|17|F|writer|1\n";

static void test_items_by_hand(void) {
    struct dataset dataset;
    struct features *features;
    read_texts(&dataset, some_ratings, some_films, some_people);
    CHECK_EQUAL(features_of_items(&features, &dataset), STATUS_OK);
    CHECK_EQUAL(features->rows, 4);
    const uint32_t all[] = {0, 1, 2, 3, 4};
    CHECK_EQUAL(features->count, 5);
    CHECK(strcmp(names_of(features, all, 5),
                 "genre:War genre:Drama genre:Comedy decade:1980s decade:1990s ") == 0);
    check_row(features, 0, "genre:War genre:Comedy decade:1990s ");
    check_row(features, 1, "");
    check_row(features, 2, "genre:War genre:Drama decade:1980s ");
    check_row(features, 3, "");
    CHECK_EQUAL(features->list[0].rows, 2);
    CHECK_EQUAL(features->list[4].rows, 1);

    uint32_t index[FEATURES_MAX_OF_ROW];
    uint32_t n = features_of_film(features, index, UINT32_MAX, 1985);
    CHECK(strcmp(names_of(features, index, n), "genre:War genre:Drama genre:Comedy decade:1980s ") == 0);
    n = features_of_film(features, index, 1 | 4, 1900); /* War and Musical; no film of the 1900s is rated */
    CHECK(strcmp(names_of(features, index, n), "genre:War ") == 0);
    CHECK_EQUAL(features_of_film(features, index, 0, 0), 0);
    CHECK_EQUAL(features_of_film(features, index, 0, UINT32_MAX), 0);
    features_free(features);
    dataset_free(&dataset);
}

static void test_users_by_hand(void) {
    struct dataset dataset;
    struct features *features;
    read_texts(&dataset, some_ratings, some_films, some_people);
    CHECK_EQUAL(features_of_users(&features, &dataset), STATUS_OK);
    CHECK_EQUAL(features->rows, 3);
    CHECK_EQUAL(features->count, 6);
    check_row(features, 0, "gender:female age:under 18 occupation:writer ");
    check_row(features, 1, "");
    check_row(features, 2, "gender:male age:56+ occupation:none ");
    uint32_t index[FEATURES_MAX_OF_ROW];
    uint32_t n = features_of_person(features, index, (struct person){.gender = 1, .age = 0, .occupation = 2});
    CHECK(strcmp(names_of(features, index, n), "gender:male age:under 18 occupation:writer ") == 0);
    n = features_of_person(features, index, (struct person){PEOPLE_UNKNOWN, 3, 1});
    CHECK_EQUAL(n, 0); /* no rating of anyone of 35 to 44, nor of an artist */
    n = features_of_person(features, index, (struct person){0, PEOPLE_UNKNOWN, PEOPLE_UNKNOWN});
    CHECK(strcmp(names_of(features, index, n), "gender:female ") == 0);
    features_free(features);
    dataset_free(&dataset);
}

static void test_without_films_and_people(void) {
    struct dataset dataset;
    read_texts(&dataset, some_ratings, "", "");
    for (uint32_t users = 0; users < 2; users++) {
        struct features *features;
        uint32_t index[FEATURES_MAX_OF_ROW];
        CHECK_EQUAL((users ? features_of_users : features_of_items)(&features, &dataset), STATUS_OK);
        CHECK_EQUAL(features->count, 0);
        CHECK_EQUAL(features->rows, users ? 3 : 4);
        for (uint32_t r = 0; r <= features->rows; r++) CHECK_EQUAL(features->start[r], 0);
        CHECK_EQUAL(features_of_film(features, index, UINT32_MAX, 1990), 0);
        CHECK_EQUAL(features_of_person(features, index, (struct person){0, 0, 0}), 0);
        features_free(features);
    }
    features_free(NULL);
    dataset_free(&dataset);
}

static void test_odd_decades(void) {
    struct dataset dataset;
    struct features *features;
    read_texts(&dataset, "1,1,3,9\n1,2,3,8\n1,3,3,7\n1,4,3,7\n",
               "1,a (0007),\n2,b (9999),\n3,c (0110),\n4,d (0000),\n", "");
    CHECK_EQUAL(features_of_items(&features, &dataset), STATUS_OK);
    check_row(features, 0, "decade:0s ");
    check_row(features, 1, "decade:9990s ");
    check_row(features, 2, "decade:110s ");
    check_row(features, 3, "");
    features_free(features);
    dataset_free(&dataset);
}

enum { GENRES = 32, JOBS = 32 };

/* Random films and people, most of them rated, some without a line. */
static void random_dataset(struct dataset *dataset, uint64_t seed) {
    struct rng rng = {seed};
    char line[1000];
    CHECK_EQUAL(dataset_init(dataset), STATUS_OK);
    ratings_free(&dataset->ratings);
    uint32_t users = 1 + rng_below(&rng, 30), items = 1 + rng_below(&rng, 30),
             genres = 1 + rng_below(&rng, GENRES);
    rows_random_rated(&dataset->ratings, users, items, 60, 5, seed);
    for (uint32_t i = 0; i < 30; i++) {
        if (rng_below(&rng, 5) == 0) continue;
        int length = snprintf(line, sizeof line, "%u::film", i);
        if (rng_below(&rng, 5) > 0)
            length += snprintf(line + length, 20, " (%u)", 1900 + rng_below(&rng, 120));
        length += snprintf(line + length, 20, "::");
        for (uint32_t g = rng_below(&rng, 3) == 0 ? genres : rng_below(&rng, 4); g > 0; g--)
            length += snprintf(line + length, 20, "genre %u%s", rng_below(&rng, genres), g > 1 ? "|" : "");
        line[length++] = '\n';
        CHECK_EQUAL(films_feed(&dataset->films, line, (size_t)length), STATUS_OK);
    }
    for (uint32_t u = 0; u < 30; u++) {
        if (rng_below(&rng, 5) == 0) continue;
        int length =
            snprintf(line, sizeof line, "%u|%u|%s|", u, rng_below(&rng, 80), rng_below(&rng, 2) ? "M" : "F");
        if (rng_below(&rng, 4) > 0) length += snprintf(line + length, 20, "job %u", rng_below(&rng, JOBS));
        length += snprintf(line + length, 20, "|1\n");
        CHECK_EQUAL(people_feed(&dataset->people, line, (size_t)length), STATUS_OK);
    }
}

/* Whether the row has the feature, asked of the dataset itself. */
static bool twin_has(const struct dataset *dataset, uint32_t row, const struct feature *feature) {
    if (feature->kind == FEATURE_GENRE || feature->kind == FEATURE_DECADE) {
        const struct film *film = dataset_film(dataset, row);
        if (film == NULL) return false;
        if (feature->kind == FEATURE_DECADE) return film->year / 10 == feature->code && film->year > 0;
        return (film->genres >> feature->code & 1) == 1;
    }
    const struct person *person = dataset_person(dataset, row);
    if (person == NULL) return false;
    return feature->code == (feature->kind == FEATURE_GENDER ? person->gender
                             : feature->kind == FEATURE_AGE  ? person->age
                                                             : person->occupation);
}

/* All features that may be, in order, against those listed; then every row. Returns how many there are. */
static uint32_t check_features(const struct features *features, const struct dataset *dataset,
                               bool of_users) {
    static const uint32_t codes[] = {GENRES, 1000, PEOPLE_GENDERS, PEOPLE_AGES, JOBS};
    uint32_t count = 0;
    for (uint32_t kind = 0; kind < FEATURE_KINDS; kind++) {
        if ((kind >= FEATURE_GENDER) != of_users) continue;
        for (uint32_t code = 0; code < codes[kind]; code++) {
            struct feature feature = {.kind = kind, .code = code};
            uint32_t rows = 0, index = find(features, kind, code);
            for (uint32_t r = 0; r < features->rows; r++) {
                bool listed = false;
                for (uint32_t n = features->start[r]; n < features->start[r + 1]; n++) {
                    listed |= features->index[n] == index;
                    CHECK(n == features->start[r] || features->index[n - 1] < features->index[n]);
                }
                bool has = twin_has(dataset, r, &feature);
                rows += has;
                if (listed != has)
                    check_fail(__FILE__, __LINE__, "a row has another feature than the dataset says");
            }
            CHECK_EQUAL(index, rows > 0 ? count : FEATURES_NONE);
            if (rows == 0) continue;
            CHECK(features->list[index].kind == kind && features->list[index].code == code);
            CHECK_EQUAL(features->list[index].rows, rows);
            count++;
        }
    }
    CHECK_EQUAL(features->count, count);
    return count;
}

static void test_random_datasets(void) {
    uint32_t seen[2] = {0};
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct dataset dataset;
        struct features *items, *users;
        uint32_t index[FEATURES_MAX_OF_ROW];
        random_dataset(&dataset, seed);
        CHECK_EQUAL(features_of_items(&items, &dataset), STATUS_OK);
        CHECK_EQUAL(features_of_users(&users, &dataset), STATUS_OK);
        seen[0] += check_features(items, &dataset, false);
        seen[1] += check_features(users, &dataset, true);
        /* what the dataset has gets its own row's features */
        for (uint32_t i = 0; i < items->rows; i++) {
            const struct film *film = dataset_film(&dataset, i);
            uint32_t n = film == NULL ? 0 : features_of_film(items, index, film->genres, film->year);
            CHECK_EQUAL(n, items->start[i + 1] - items->start[i]);
            CHECK(memcmp(index, items->index + items->start[i], n * sizeof *index) == 0);
        }
        for (uint32_t u = 0; u < users->rows; u++) {
            const struct person *person = dataset_person(&dataset, u);
            uint32_t n = person == NULL ? 0 : features_of_person(users, index, *person);
            CHECK_EQUAL(n, users->start[u + 1] - users->start[u]);
            CHECK(memcmp(index, users->index + users->start[u], n * sizeof *index) == 0);
        }
        features_free(items);
        features_free(users);
        dataset_free(&dataset);
    }
    CHECK(seen[0] > 500 && seen[1] > 500);
}

static void test_bundled_set(void) {
    struct dataset dataset;
    struct features *features;
    bundled_read(&dataset);
    CHECK_EQUAL(features_of_users(&features, &dataset), STATUS_OK);
    CHECK_EQUAL(features->count, 0);
    features_free(features);
    CHECK_EQUAL(features_of_items(&features, &dataset), STATUS_OK);
    uint32_t genres = 0, decades = 0, without = 0;
    for (uint32_t f = 0; f < features->count; f++) {
        genres += features->list[f].kind == FEATURE_GENRE;
        decades += features->list[f].kind == FEATURE_DECADE;
    }
    for (uint32_t i = 0; i < features->rows; i++) without += features->start[i] == features->start[i + 1];
    CHECK_EQUAL(genres, 19);
    CHECK_EQUAL(decades, 12);
    CHECK_EQUAL(without, 2);
    CHECK_EQUAL(features->start[features->rows], 29276);
    uint32_t nineties = find(features, FEATURE_DECADE, 199);
    CHECK_OR_RETURN(nineties != FEATURES_NONE, "no 1990s");
    CHECK_EQUAL(features->list[nineties].rows, 2206);
    uint32_t toy_story = idmap_find(&dataset.ratings.items, 1);
    check_row(features, toy_story,
              "genre:Adventure genre:Animation genre:Children genre:Comedy genre:Fantasy decade:1990s ");
    features_free(features);
    dataset_free(&dataset);
}

int main(void) {
    RUN(test_items_by_hand);
    RUN(test_users_by_hand);
    RUN(test_without_films_and_people);
    RUN(test_odd_decades);
    RUN(test_random_datasets);
    RUN(test_bundled_set);
    return check_report();
}

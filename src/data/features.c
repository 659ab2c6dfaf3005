#include "data/features.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define DECADES 1000 /* of years of four digits */
#define PLACES (FILMS_MAX_GENRES + DECADES + PEOPLE_GENDERS + PEOPLE_AGES + PEOPLE_MAX_OCCUPATIONS)

/* Every feature that may be has a place, code c of kind k the place first_place[k] + c: places ascend as features do. */
static const uint32_t first_place[FEATURE_KINDS + 1] = {
    [FEATURE_GENRE] = 0,
    [FEATURE_DECADE] = FILMS_MAX_GENRES,
    [FEATURE_GENDER] = FILMS_MAX_GENRES + DECADES,
    [FEATURE_AGE] = FILMS_MAX_GENRES + DECADES + PEOPLE_GENDERS,
    [FEATURE_OCCUPATION] = FILMS_MAX_GENRES + DECADES + PEOPLE_GENDERS + PEOPLE_AGES,
    [FEATURE_KINDS] = PLACES,
};

static const char *const kind_names[FEATURE_KINDS] = {"genre", "decade", "gender", "age", "occupation"};

_Static_assert(FILMS_GENRE_LENGTH <= FEATURES_NAME_LENGTH, "a genre's name fits");
_Static_assert(PEOPLE_OCCUPATION_LENGTH <= FEATURES_NAME_LENGTH, "an occupation's name fits");

const char *features_kind_name(enum feature_kind kind) { return kind_names[kind]; }

/* The place of a code, or PLACES where the kind has no such code. */
static uint32_t place_of(enum feature_kind kind, uint32_t code) {
    return code < first_place[kind + 1] - first_place[kind] ? first_place[kind] + code : PLACES;
}

static uint32_t places_of_film(uint32_t *places, uint32_t genres, uint32_t year) {
    uint32_t n = 0, decade = place_of(FEATURE_DECADE, year / 10);
    for (uint32_t g = 0; g < FILMS_MAX_GENRES; g++)
        if (genres >> g & 1) places[n++] = place_of(FEATURE_GENRE, g);
    if (year > 0 && decade < PLACES) places[n++] = decade;
    return n;
}

static uint32_t places_of_person(uint32_t *places, struct person person) {
    const uint32_t all[] = {place_of(FEATURE_GENDER, person.gender), place_of(FEATURE_AGE, person.age),
                            place_of(FEATURE_OCCUPATION, person.occupation)};
    uint32_t n = 0;
    for (uint32_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] < PLACES) places[n++] = all[i];
    return n;
}

/* Writes the places of a row of the dataset and returns how many there are. */
typedef uint32_t places_of_row(uint32_t *places, const struct dataset *dataset, uint32_t row);

static uint32_t places_of_item(uint32_t *places, const struct dataset *dataset, uint32_t item) {
    const struct film *film = dataset_film(dataset, item);
    return film == NULL ? 0 : places_of_film(places, film->genres, film->year);
}

static uint32_t places_of_user(uint32_t *places, const struct dataset *dataset, uint32_t user) {
    const struct person *person = dataset_person(dataset, user);
    return person == NULL ? 0 : places_of_person(places, *person);
}

/* "1990s", and "0s" for the first ten years. */
static void name_decade(char *name, uint32_t decade) {
    char digits[10];
    uint32_t n = 0;
    for (; decade > 0; decade /= 10) digits[n++] = (char)('0' + decade % 10);
    while (n > 0) *name++ = digits[--n];
    memcpy(name, "0s", 3);
}

/* A name of the dataset's or of people.h, which is shorter than FEATURES_NAME_LENGTH. */
static const char *name_of(const struct feature *feature, const struct dataset *dataset) {
    switch (feature->kind) {
    case FEATURE_GENRE:
        return dataset->films.genre_names[feature->code];
    case FEATURE_GENDER:
        return people_gender_name(feature->code);
    case FEATURE_AGE:
        return people_age_name(feature->code);
    default:
        return dataset->people.occupation_names[feature->code];
    }
}

static void describe(struct feature *feature, const struct dataset *dataset, uint32_t place, uint32_t rows) {
    while (place >= first_place[feature->kind + 1]) feature->kind++;
    feature->code = place - first_place[feature->kind];
    feature->rows = rows;
    if (feature->kind == FEATURE_DECADE) {
        name_decade(feature->name, feature->code);
    } else {
        const char *name = name_of(feature, dataset);
        memcpy(feature->name, name, strlen(name));
    }
}

static struct features *lay_out(struct arena *arena, struct features *arrays, uint64_t entries) {
    struct features *features = arena_take(arena, 1, sizeof *features);
    arrays->start = arena_take(arena, (uint64_t)arrays->rows + 1, sizeof *arrays->start);
    arrays->index = arena_take(arena, entries, sizeof *arrays->index);
    arrays->list = arena_take(arena, arrays->count, sizeof *arrays->list);
    arrays->places = arena_take(arena, PLACES, sizeof *arrays->places);
    return features;
}

static enum status make(struct features **out, const struct dataset *dataset, uint32_t rows,
                        places_of_row *places_of) {
    uint32_t places[FEATURES_MAX_OF_ROW], counts[PLACES] = {0}, entries = 0;
    struct features made = {.rows = rows};
    *out = NULL;
    for (uint32_t r = 0; r < rows; r++) {
        uint32_t n = places_of(places, dataset, r);
        for (uint32_t i = 0; i < n; i++) counts[places[i]]++;
        entries += n;
    }
    for (uint32_t p = 0; p < PLACES; p++) made.count += counts[p] > 0 ? 1 : 0;
    struct arena arena = {0};
    lay_out(&arena, &made, entries);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct features *features = lay_out(&arena, &made, entries);
    for (uint32_t p = 0, f = 0; p < PLACES; p++) {
        made.places[p] = counts[p] > 0 ? f : FEATURES_NONE;
        if (counts[p] > 0) describe(made.list + f++, dataset, p, counts[p]);
    }
    for (uint32_t r = 0; r < rows; r++) {
        uint32_t n = places_of(places, dataset, r);
        for (uint32_t i = 0; i < n; i++) made.index[made.start[r] + i] = made.places[places[i]];
        made.start[r + 1] = made.start[r] + n;
    }
    *features = made;
    *out = features;
    return STATUS_OK;
}

enum status features_of_items(struct features **out, const struct dataset *dataset) {
    return make(out, dataset, dataset->ratings.items.count, places_of_item);
}

enum status features_of_users(struct features **out, const struct dataset *dataset) {
    return make(out, dataset, dataset->ratings.users.count, places_of_user);
}

void features_free(struct features *features) { free(features); }

/* Turns places into the features that there are, in place. */
static uint32_t keep_known(const struct features *features, uint32_t *index, uint32_t n) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t feature = features->places[index[i]];
        if (feature != FEATURES_NONE) index[kept++] = feature;
    }
    return kept;
}

uint32_t features_of_film(const struct features *features, uint32_t *index, uint32_t genres, uint32_t year) {
    return keep_known(features, index, places_of_film(index, genres, year));
}

uint32_t features_of_person(const struct features *features, uint32_t *index, struct person person) {
    return keep_known(features, index, places_of_person(index, person));
}

/* Datasets, what is in them, and side information. */
#include <stdlib.h>

#include "api.h"
#include "base/memory.h"
#include "data/features.h"
#include "data/fingerprint.h"

/* data/dataset.h. `file`: an enum data_file. */
int32_t EXPORT(ncf_dataset_new)(void) {
    struct dataset *dataset = memory_zeroed(1, sizeof *dataset);
    enum status status = dataset == NULL ? STATUS_MEMORY : dataset_init(dataset);
    if (status != STATUS_OK) free(dataset);
    return made(status, dataset);
}

void EXPORT(ncf_dataset_free)(struct dataset *dataset) {
    dataset_free(dataset);
    free(dataset);
}

int32_t EXPORT(ncf_dataset_feed)(struct dataset *dataset, int32_t file, const char *bytes, uint32_t count) {
    switch ((enum data_file)file) {
    case FILE_FILMS:
        return -(int32_t)films_feed(&dataset->films, bytes, count);
    case FILE_PEOPLE:
        return -(int32_t)people_feed(&dataset->people, bytes, count);
    case FILE_NEGATIVES:
        return -(int32_t)negatives_feed(&dataset->negatives, &dataset->ratings, bytes, count);
    case FILE_RATINGS:
        break;
    }
    return -(int32_t)ratings_feed(&dataset->ratings, bytes, count);
}

int32_t EXPORT(ncf_dataset_finish)(struct dataset *dataset, int32_t file) {
    switch ((enum data_file)file) {
    case FILE_FILMS:
        return -(int32_t)films_finish(&dataset->films);
    case FILE_PEOPLE:
        return -(int32_t)people_finish(&dataset->people);
    case FILE_NEGATIVES:
        return -(int32_t)negatives_finish(&dataset->negatives, &dataset->ratings);
    case FILE_RATINGS:
        break;
    }
    return -(int32_t)ratings_finish(&dataset->ratings);
}

/* After the rating file is finished: the next one fed as ratings is its test file. */
void EXPORT(ncf_dataset_begin_test)(struct dataset *dataset) { ratings_begin_test(&dataset->ratings); }

/* The line in which feed or finish found an error, from 1. */
double EXPORT(ncf_dataset_line)(const struct dataset *dataset, int32_t file) {
    switch ((enum data_file)file) {
    case FILE_FILMS:
        return (double)dataset->films.lines.number;
    case FILE_PEOPLE:
        return (double)dataset->people.lines.number;
    case FILE_NEGATIVES:
        return (double)dataset->negatives.lines.number;
    case FILE_RATINGS:
        break;
    }
    return (double)dataset->ratings.lines.number;
}

uint32_t EXPORT(ncf_dataset_users)(const struct dataset *dataset) { return dataset->ratings.users.count; }

uint32_t EXPORT(ncf_dataset_items)(const struct dataset *dataset) { return dataset->ratings.items.count; }

uint32_t EXPORT(ncf_dataset_ratings)(const struct dataset *dataset) {
    return (uint32_t)dataset->ratings.count;
}

/* The raw ids by dense index, uint32 [users] or [items]. */
const uint32_t *EXPORT(ncf_dataset_ids)(const struct dataset *dataset, int32_t items) {
    return items ? dataset->ratings.items.ids : dataset->ratings.users.ids;
}

/* data/fingerprint.h: uint64 [2], of the content and of the order. */
void EXPORT(ncf_dataset_fingerprint)(const struct dataset *dataset, uint64_t *out) {
    struct fingerprint fingerprint = fingerprint_of_dataset(dataset);
    out[0] = fingerprint.content;
    out[1] = fingerprint.order;
}

/* Writes float64 [4] of the ratings without those of a test file: the lowest, the highest, how many are 0, and how many are
 * 0 or below. */
void EXPORT(ncf_dataset_scale)(const struct dataset *dataset, double *out) {
    const struct ratings *ratings = &dataset->ratings;
    uint64_t rows = ratings->test_from > 0 ? ratings->test_from : ratings->count;
    out[0] = out[1] = (double)ratings->rows[0].value;
    out[2] = out[3] = 0.0;
    for (uint64_t r = 0; r < rows; r++) {
        double value = (double)ratings->rows[r].value;
        if (value < out[0]) out[0] = value;
        if (value > out[1]) out[1] = value;
        out[2] += value == 0.0;
        out[3] += value <= 0.0;
    }
}

/* Whether the data bring their own test items and negatives, as the NCF paper's triple does. */
int32_t EXPORT(ncf_dataset_has_test)(const struct dataset *dataset) { return dataset->negatives.listed > 0; }

/* The film of an item; 0 where the film file does not have it. */
const struct film *EXPORT(ncf_dataset_film)(const struct dataset *dataset, uint32_t item) {
    return dataset_film(dataset, item);
}

const char *EXPORT(ncf_film_title)(const struct dataset *dataset, const struct film *film) {
    return dataset->films.text + film->title;
}

uint32_t EXPORT(ncf_film_title_length)(const struct film *film) { return film->title_length; }

uint32_t EXPORT(ncf_film_year)(const struct film *film) { return film->year; }

/* Bit g: the film has genre g. */
uint32_t EXPORT(ncf_film_genres)(const struct film *film) { return film->genres; }

uint32_t EXPORT(ncf_dataset_genres)(const struct dataset *dataset) { return dataset->films.genre_count; }

/* UTF-8, ended by a zero byte. */
const char *EXPORT(ncf_dataset_genre)(const struct dataset *dataset, uint32_t genre) {
    return dataset->films.genre_names[genre];
}

/* dataset_history: rows uint32 [limit]. */
uint32_t EXPORT(ncf_dataset_history)(const struct dataset *dataset, uint32_t user, uint32_t *rows,
                                     uint32_t limit) {
    return dataset_history(dataset, user, rows, limit);
}

uint32_t EXPORT(ncf_rating_item)(const struct dataset *dataset, uint32_t row) {
    return dataset->ratings.rows[row].item;
}

double EXPORT(ncf_rating_value)(const struct dataset *dataset, uint32_t row) {
    return (double)dataset->ratings.rows[row].value;
}

uint32_t EXPORT(ncf_rating_time)(const struct dataset *dataset, uint32_t row) {
    return dataset->ratings.rows[row].time;
}

/* data/features.h, of the items, or else of the users. */
int32_t EXPORT(ncf_features_new)(const struct dataset *dataset, int32_t items) {
    struct features *features;
    return made(items ? features_of_items(&features, dataset) : features_of_users(&features, dataset),
                features);
}

void EXPORT(ncf_features_free)(struct features *features) { features_free(features); }

uint32_t EXPORT(ncf_features_count)(const struct features *features) { return features->count; }

/* UTF-8, ended by a zero byte, as are the names of kinds. */
const char *EXPORT(ncf_feature_name)(const struct features *features, uint32_t feature) {
    return features->list[feature].name;
}

const char *EXPORT(ncf_feature_kind)(const struct features *features, uint32_t feature) {
    return features_kind_name(features->list[feature].kind);
}

uint32_t EXPORT(ncf_feature_rows)(const struct features *features, uint32_t feature) {
    return features->list[feature].rows;
}

/* What tells features of a kind apart: a genre's bit, a gender, an occupation's place. */
uint32_t EXPORT(ncf_feature_code)(const struct features *features, uint32_t feature) {
    return features->list[feature].code;
}

/* The features of a film or a person whom the data do not have, to out[ncf_features_most]; how many there are. Genres as
 * bits, a year of 0, a gender or occupation of PEOPLE_UNKNOWN and an age of 2^32 - 1: not known. */
uint32_t EXPORT(ncf_features_of_film)(const struct features *features, uint32_t *out, uint32_t genres,
                                      uint32_t year) {
    return features_of_film(features, out, genres, year);
}

uint32_t EXPORT(ncf_features_of_person)(const struct features *features, uint32_t *out, uint32_t gender,
                                        uint32_t age, uint32_t occupation) {
    uint32_t group = age > PEOPLE_MAX_AGE ? PEOPLE_UNKNOWN : people_age_group(age);
    struct person person = {(uint8_t)gender, (uint8_t)group, (uint8_t)occupation};
    return features_of_person(features, out, person);
}

uint32_t EXPORT(ncf_features_most)(void) { return FEATURES_MAX_OF_ROW; }

/* Side information as sparse binary features: of an item its genres and the decade of its release, of a user their
 * gender, age group and occupation. A row has the features that hold for it; what is not known gives none. Only features
 * that some row of the dataset has are listed, since nothing could be learnt about others; those of a kind stand side by
 * side, the kinds in the order of enum feature_kind. */
#ifndef NCF_FEATURES_H
#define NCF_FEATURES_H

#include "data/dataset.h"

#define FEATURES_NONE UINT32_MAX
#define FEATURES_MAX_OF_ROW (FILMS_MAX_GENRES + 1) /* all genres and a decade; a user has three at most */
#define FEATURES_NAME_LENGTH 32                    /* bytes, with the terminator */

enum feature_kind {
    FEATURE_GENRE,
    FEATURE_DECADE,
    FEATURE_GENDER,
    FEATURE_AGE,
    FEATURE_OCCUPATION,
    FEATURE_KINDS,
};

struct feature {
    enum feature_kind kind;
    /* a genre's bit in film.genres; year / 10 (199: the 1990s); or what the field of struct person holds */
    uint32_t code;
    uint32_t rows;                   /* that have it */
    char name[FEATURES_NAME_LENGTH]; /* UTF-8: "Drama", "1990s", "female", "25-34", "writer" */
};

struct features {
    uint32_t rows;        /* items or users of the dataset */
    uint32_t count;       /* features; 0 where the dataset knows nothing about these rows */
    uint32_t *start;      /* [rows + 1]: row r has index[start[r]] … index[start[r + 1] - 1] */
    uint32_t *index;      /* features of all rows, ascending within a row */
    struct feature *list; /* [count] */
    uint32_t *places;     /* which feature each code of each kind has, FEATURES_NONE: none */
};

/* Of the dataset's items or users, by their dense indices. STATUS_MEMORY. Owned by the caller: features_free. */
enum status features_of_items(struct features **out, const struct dataset *dataset);
enum status features_of_users(struct features **out, const struct dataset *dataset);
void features_free(struct features *features);

/* "genre", "decade", "gender", "age", "occupation" */
const char *features_kind_name(enum feature_kind kind);

/* For what the dataset does not have. Writes the features of a film with these genres (bits as in film.genres) and year
 * (0: not known), or of a person (fields may be PEOPLE_UNKNOWN), ascending, to index[FEATURES_MAX_OF_ROW] and returns how
 * many there are. */
uint32_t features_of_film(const struct features *features, uint32_t *index, uint32_t genres, uint32_t year);
uint32_t features_of_person(const struct features *features, uint32_t *index, struct person person);

#endif

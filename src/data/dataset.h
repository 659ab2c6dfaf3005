/* Ratings and films joined: the data that everything after it reads and nothing changes. */
#ifndef NCF_DATASET_H
#define NCF_DATASET_H

#include "data/films.h"
#include "data/negatives.h"
#include "data/people.h"
#include "data/ratings.h"

struct dataset {
    struct ratings ratings; /* users and items: the ids that occur in ratings, in order of first appearance */
    struct films films;     /* may be empty: titles are optional */
    struct people people;   /* may be empty: few releases say who the users are */
    /* Empty, but for the NCF paper's triple: there ratings has the train file, then the test file, and this the third. */
    struct negatives negatives;
};

/* Starts an empty dataset; its parts are then fed and finished by their own functions. */
enum status dataset_init(struct dataset *dataset);
void dataset_free(struct dataset *dataset);

/* The film of a dense item index, or NULL where the film file does not have it. */
const struct film *dataset_film(const struct dataset *dataset, uint32_t item);

/* What is known about the user of a dense index, or NULL where the file about users does not have them. */
const struct person *dataset_person(const struct dataset *dataset, uint32_t user);

/* Writes the row numbers of a user's ratings, newest first (ties: later rows of the file first), to rows[limit] and
 * returns how many the user has. */
uint32_t dataset_history(const struct dataset *dataset, uint32_t user, uint32_t *rows, uint32_t limit);

#endif

/* The bundled data, for tests of what it makes of models. Tests run in the project's folder. */
#ifndef NCF_BUNDLED_H
#define NCF_BUNDLED_H

#include "base/rng.h"
#include "check.h"
#include "data/dataset.h"

/* Feeds a file of data/ in chunks of random sizes. */
static inline enum status bundled_feed(const char *path, struct dataset *dataset, bool films) {
    char chunk[5000];
    struct rng rng = {1};
    enum status status = STATUS_OK;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return STATUS_ARGUMENT;
    for (size_t size;
         status == STATUS_OK && (size = fread(chunk, 1, 1 + rng_below(&rng, sizeof chunk), file)) > 0;)
        status =
            films ? films_feed(&dataset->films, chunk, size) : ratings_feed(&dataset->ratings, chunk, size);
    fclose(file);
    if (status != STATUS_OK) return status;
    return films ? films_finish(&dataset->films) : ratings_finish(&dataset->ratings);
}

static inline void bundled_read(struct dataset *dataset) {
    CHECK_EQUAL(dataset_init(dataset), STATUS_OK);
    CHECK_EQUAL(bundled_feed("data/ratings.csv", dataset, false), STATUS_OK);
    CHECK_EQUAL(bundled_feed("data/movies.csv", dataset, true), STATUS_OK);
}

#endif

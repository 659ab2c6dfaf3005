#include "data/dataset.h"

enum status dataset_init(struct dataset *dataset) {
    enum status status = ratings_init(&dataset->ratings);
    enum status films = films_init(&dataset->films);
    enum status people = people_init(&dataset->people);
    enum status negatives = negatives_init(&dataset->negatives);
    if (status == STATUS_OK) status = films != STATUS_OK ? films : people != STATUS_OK ? people : negatives;
    if (status != STATUS_OK) dataset_free(dataset);
    return status;
}

void dataset_free(struct dataset *dataset) {
    ratings_free(&dataset->ratings);
    films_free(&dataset->films);
    people_free(&dataset->people);
    negatives_free(&dataset->negatives);
}

const struct film *dataset_film(const struct dataset *dataset, uint32_t item) {
    uint32_t row = idmap_find(&dataset->films.ids, dataset->ratings.items.ids[item]);
    return row == IDMAP_NONE ? NULL : dataset->films.rows + row;
}

const struct person *dataset_person(const struct dataset *dataset, uint32_t user) {
    uint32_t row = idmap_find(&dataset->people.ids, dataset->ratings.users.ids[user]);
    return row == IDMAP_NONE ? NULL : dataset->people.rows + row;
}

uint32_t dataset_history(const struct dataset *dataset, uint32_t user, uint32_t *rows, uint32_t limit) {
    const struct rating *all = dataset->ratings.rows;
    uint32_t count = 0, kept = 0;
    for (uint32_t r = 0; r < dataset->ratings.count; r++) {
        if (all[r].user != user) continue;
        count++;
        /* insertion keeps the newest `limit` rows in order; a history is short beside the file */
        uint32_t at = kept < limit ? kept++ : limit;
        while (at > 0 && all[rows[at - 1]].time <= all[r].time) {
            if (at < limit) rows[at] = rows[at - 1];
            at--;
        }
        if (at < limit) rows[at] = r;
    }
    return count;
}

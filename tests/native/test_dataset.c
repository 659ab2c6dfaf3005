#include "data/dataset.h"

#include <stdlib.h>

#include "bundled.h"
#include "data/split.h"
#include "rows.h"

static void test_films_of_items(void) {
    struct dataset dataset;
    const char *ratings = "1,50,3,9\n1,70,3,8\n2,60,3,7\n";
    const char *films = "movieId,title,genres\n60,Sixty (1960),Drama\n10,Ten,War\n50,Fifty (1950),War\n";
    CHECK_EQUAL(dataset_init(&dataset), STATUS_OK);
    CHECK_EQUAL(ratings_feed(&dataset.ratings, ratings, strlen(ratings)), STATUS_OK);
    CHECK_EQUAL(ratings_finish(&dataset.ratings), STATUS_OK);
    for (uint32_t i = 0; i < 3; i++) CHECK(dataset_film(&dataset, i) == NULL); /* films are optional */
    CHECK_EQUAL(films_feed(&dataset.films, films, strlen(films)), STATUS_OK);
    CHECK_EQUAL(films_finish(&dataset.films), STATUS_OK);
    CHECK_EQUAL(dataset_film(&dataset, 0)->year, 1950);
    CHECK(dataset_film(&dataset, 1) == NULL);
    CHECK_EQUAL(dataset_film(&dataset, 2)->year, 1960);
    dataset_free(&dataset);
}

static int newest_first(const void *a, const void *b) {
    const struct rating *const *x = a, *const *y = b;
    if ((*x)->time != (*y)->time) return (*x)->time < (*y)->time ? 1 : -1;
    return *x < *y ? 1 : -1;
}

/* Against all rows of the user, sorted. */
static void test_history(void) {
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct dataset dataset = {.films = {.rows = NULL}};
        rows_random(&dataset.ratings, 5, 20, 60, 1 + (uint32_t)seed % 7 * 5, seed);
        for (uint32_t user = 0; user < 5; user++) {
            const struct rating *all[100];
            uint32_t count = 0;
            for (uint64_t r = 0; r < dataset.ratings.count; r++)
                if (dataset.ratings.rows[r].user == user) all[count++] = dataset.ratings.rows + r;
            qsort(all, count, sizeof *all, newest_first);
            for (uint32_t limit = 0; limit < 40; limit++) {
                uint32_t rows[41];
                for (uint32_t i = 0; i < 41; i++) rows[i] = 12345;
                CHECK_EQUAL(dataset_history(&dataset, user, rows, limit), count);
                for (uint32_t i = 0; i < limit && i < count; i++)
                    CHECK_OR_RETURN(dataset.ratings.rows + rows[i] == all[i], "row %u of %u", i, limit);
                CHECK_EQUAL(rows[limit], 12345);
            }
        }
        dataset_free(&dataset);
    }
}

static void test_bundled_set(void) {
    struct dataset dataset;
    bundled_read(&dataset);
    CHECK_EQUAL(dataset.ratings.count, 100004);
    CHECK_EQUAL(dataset.ratings.users.count, 671);
    CHECK_EQUAL(dataset.ratings.items.count, 9066);
    CHECK_EQUAL(dataset.films.ids.count, 9066);
    uint32_t untitled = 0, without_year = 0, odd_ratings = 0;
    for (uint32_t i = 0; i < dataset.ratings.items.count; i++) {
        const struct film *film = dataset_film(&dataset, i);
        untitled += film == NULL || film->title_length == 0;
        without_year += film != NULL && (film->year < 1900 || film->year > 2016);
    }
    for (uint64_t r = 0; r < dataset.ratings.count; r++) {
        float halves = dataset.ratings.rows[r].value * 2.0F;
        odd_ratings += halves < 1.0F || halves > 10.0F || halves != (float)(int)halves;
    }
    CHECK_EQUAL(untitled, 0);
    CHECK(without_year < 10);
    CHECK_EQUAL(odd_ratings, 0);

    struct split *split;
    CHECK_EQUAL(split_leave_one_out(&split, &dataset.ratings, 99, 1), STATUS_OK);
    CHECK_EQUAL(split->test.users, 671);
    CHECK_EQUAL(split->train->count, 100004 - 671);
    CHECK_EQUAL(split->test.negative_start[671], 671 * 99);
    split_free(split);
    dataset_free(&dataset);
}

int main(void) {
    RUN(test_films_of_items);
    RUN(test_history);
    RUN(test_bundled_set);
    return check_report();
}

/* The alias table against the probabilities that it stands for, and what is drawn from it. */
#include "data/popularity.h"

#include <stdlib.h>

#include "chance.h"

/* Numbers that a draw may take at most: two a try, and one in the end. */
#define MOST_NUMBERS 200

/* Train rows of which only the counts matter: `items` with these counts, all of one user. */
static struct interactions *train_of(const uint32_t *counts, uint32_t items) {
    struct interactions *train = calloc(1, sizeof *train);
    train->users = 1, train->items = items;
    train->start = calloc(2, sizeof *train->start);
    for (uint32_t i = 0; i < items; i++) train->count += counts[i];
    train->item = malloc((train->count + 1) * sizeof *train->item);
    for (uint32_t i = items, p = 0; i-- > 0;)
        for (uint32_t n = 0; n < counts[i]; n++) train->item[p++] = i;
    train->start[1] = train->count;
    return train;
}

static void train_free(struct interactions *train) {
    free(train->start);
    free(train->item);
    free(train);
}

static struct popularity *popularity_of(const struct interactions *train, double exponent) {
    struct popularity *popularity = NULL;
    CHECK_EQUAL(popularity_new(&popularity, train, exponent), STATUS_OK);
    return popularity;
}

/* What the columns of the table hold of each item, added up. */
static void check_table(const uint32_t *counts, uint32_t items, double exponent) {
    struct interactions *train = train_of(counts, items);
    struct popularity *popularity = popularity_of(train, exponent);
    double *probability = calloc(items, sizeof *probability), sum = 0;
    uint32_t drawable = 0;
    for (uint32_t i = 0; i < items; i++) {
        double weight = counts[i] == 0 ? 0 : pow(counts[i], exponent), share = popularity->share[i];
        CHECK_OR_RETURN(fabs(popularity->weight[i] - weight) <= 1e-12 * weight, "item %u", (unsigned)i);
        CHECK_OR_RETURN(popularity->alias[i] < items, "item %u", (unsigned)i);
        if (share > 1 || popularity->alias[i] == i) share = 1;
        probability[i] += share;
        probability[popularity->alias[i]] += 1 - share;
        drawable += counts[i] > 0;
        sum += weight;
    }
    for (uint32_t i = 0; i < items; i++) {
        double expected = popularity->weight[i] / sum * items;
        CHECK_OR_RETURN(fabs(probability[i] - expected) <= 1e-10 * (1 + expected),
                        "%u items, exponent %g, item %u: %.17g, not %.17g", (unsigned)items, exponent,
                        (unsigned)i, probability[i], expected);
        if (counts[i] == 0) CHECK_OR_RETURN(probability[i] == 0, "item %u", (unsigned)i);
    }
    CHECK_EQUAL(popularity->drawable, drawable);
    free(probability);
    popularity_free(popularity);
    train_free(train);
}

/* Counts as they are in life: a few large, many small, some zero; one at least is not. */
static void draw_counts(uint32_t *counts, uint32_t items, struct rng *rng) {
    for (uint32_t i = 0; i < items; i++) {
        double u = (double)rng_uniform(rng);
        counts[i] = rng_below(rng, 5) == 0 ? 0 : (uint32_t)(1 / (u * u + 0.002));
    }
    counts[rng_below(rng, items)] = 1;
}

static void test_table(void) {
    static const double exponents[] = {0.01, 0.5, 0.75, 1, 2, POPULARITY_MAX_EXPONENT};
    static uint32_t counts[10000];
    struct rng rng = {1};
    for (uint32_t items = 1; items <= 200; items++) {
        for (uint32_t e = 0; e < 6; e++) {
            draw_counts(counts, items, &rng);
            check_table(counts, items, exponents[e]);
        }
    }
    for (uint32_t e = 0; e < 6; e++) {
        draw_counts(counts, 10000, &rng);
        check_table(counts, 10000, exponents[e]);
    }
}

/* Orders in which a filler is emptied before and behind the walk of those that it fills. */
static void test_table_of_sorted_counts(void) {
    uint32_t counts[100];
    for (uint32_t shape = 0; shape < 6; shape++) {
        for (uint32_t i = 0; i < 100; i++) {
            const uint32_t of_shape[] = {i + 1, 100 - i, 7, i == 0 ? 500 : 1, i == 99 ? 500 : 1, i % 2 * 50};
            counts[i] = of_shape[shape];
        }
        check_table(counts, 100, 0.5);
        check_table(counts, 100, 1);
    }
}

static void test_draws(void) {
    enum { ITEMS = 300, DRAWS = 1000000 };
    uint32_t counts[ITEMS];
    struct rng rng = {2};
    draw_counts(counts, ITEMS, &rng);
    struct interactions *train = train_of(counts, ITEMS);
    for (uint32_t e = 1; e <= 4; e++) {
        struct popularity *popularity = popularity_of(train, 0.4 * e);
        uint64_t drawn[ITEMS] = {0};
        for (uint32_t d = 0; d < DRAWS; d++) drawn[popularity_draw(popularity, &rng)]++;
        CHECK_DISTRIBUTED(drawn, popularity->weight, ITEMS, DRAWS);
        popularity_free(popularity);
    }
    train_free(train);
}

/* A user who has all items but `left`, the least popular ones: with these exponents what is left has from all but nothing
 * of the weight to most of it, so that both ways to draw are gone. */
static void check_unknown(const uint32_t *counts, uint32_t items, uint32_t left, double exponent) {
    enum { DRAWS = 20000 };
    uint32_t own = items - left, total = 0;
    for (uint32_t i = 0; i < items; i++) total += counts[i];
    /* user 0, and in the row of another what the counts have besides */
    uint32_t start[3] = {0, own, own}, *has = malloc((own + total) * sizeof *has);
    uint64_t *drawn = calloc(items, sizeof *drawn);
    double *weights = calloc(items, sizeof *weights);
    struct rng rng = {3};
    for (uint32_t i = 0; i < own; i++) has[i] = i;
    for (uint32_t i = 0; i < items; i++)
        for (uint32_t n = i < own; n < counts[i]; n++) has[start[2]++] = i;
    struct interactions rows = {.users = 2, .items = items, .start = start, .item = has, .count = start[2]};
    struct popularity *popularity = popularity_of(&rows, exponent);
    for (uint32_t i = own; i < items; i++) weights[i] = popularity->weight[i];
    for (uint32_t d = 0; d < DRAWS; d++) {
        uint64_t before = rng.state;
        drawn[popularity_draw_unknown(popularity, &rows, 0, &rng)]++;
        CHECK(chance_draws(before, rng.state) <= MOST_NUMBERS);
    }
    CHECK_DISTRIBUTED(drawn, weights, items, DRAWS);
    free(weights);
    free(drawn);
    free(has);
    popularity_free(popularity);
}

static void test_draws_of_what_a_user_lacks(void) {
    enum { ITEMS = 50 };
    uint32_t counts[ITEMS];
    for (uint32_t i = 0; i < ITEMS; i++) counts[i] = 1 + (ITEMS - 1 - i) * (ITEMS - 1 - i);
    counts[ITEMS - 2] = 0;
    for (uint32_t left = 3; left <= ITEMS; left++)
        for (uint32_t e = 1; e <= 4; e++) check_unknown(counts, ITEMS, left, e);
}

static void test_arguments(void) {
    static const uint32_t counts[3] = {1, 2, 3}, none[3];
    const double wrong[] = {0, -1, POPULARITY_MAX_EXPONENT + 1, (double)NAN, (double)INFINITY};
    struct interactions *train = train_of(counts, 3), *empty = train_of(none, 3);
    for (uint32_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
        struct popularity *popularity = (struct popularity *)train;
        CHECK_EQUAL(popularity_new(&popularity, train, wrong[w]), STATUS_ARGUMENT);
        CHECK(popularity == NULL);
    }
    struct popularity *popularity = (struct popularity *)train;
    CHECK_EQUAL(popularity_new(&popularity, empty, 1), STATUS_EMPTY);
    CHECK(popularity == NULL);
    popularity_free(NULL);
    train_free(train);
    train_free(empty);
}

int main(void) {
    RUN(test_table);
    RUN(test_table_of_sorted_counts);
    RUN(test_draws);
    RUN(test_draws_of_what_a_user_lacks);
    RUN(test_arguments);
    return check_report();
}

/* Every allocation of every constructor and of every growth failing in turn. */
#include <math.h>

#include "base/memory.h"
#include "data/dataset.h"
#include "data/sampler.h"
#include "data/split.h"
#include "failing.h"

static enum status make_lines(void) {
    struct lines lines;
    enum status status = lines_init(&lines);
    lines_free(&lines);
    return status;
}

static enum status make_dataset(void) {
    struct dataset dataset;
    enum status status = dataset_init(&dataset);
    if (status == STATUS_OK) dataset_free(&dataset);
    return status;
}

/* A map that failed to grow stays as it was and can be tried again. */
static enum status make_idmap(void) {
    struct idmap map = {0};
    uint32_t index;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < 5000 && status == STATUS_OK; i++) status = idmap_add(&map, i * 3, &index);
    if (status != STATUS_OK) {
        uint32_t count = map.count;
        failing_set(0, UINT64_MAX);
        CHECK_EQUAL(idmap_add(&map, 1, &index), STATUS_MEMORY);
        for (uint32_t i = 0; i < count; i++) CHECK_EQUAL(idmap_find(&map, i * 3), i);
        failing_off();
        CHECK_EQUAL(idmap_add(&map, 1, &index), STATUS_OK);
        CHECK_EQUAL(index, count);
        for (uint32_t i = 0; i < count; i++) CHECK_EQUAL(idmap_find(&map, i * 3), i);
    }
    idmap_free(&map);
    return status;
}

/* More rows, users and items than their arrays start with. */
static enum status parse_ratings(struct ratings *ratings) {
    char line[60];
    enum status status = ratings_init(ratings);
    for (uint32_t r = 0; r < 70000 && status == STATUS_OK; r++) {
        int length = snprintf(line, sizeof line, "%u,%u,3.5,%u\n", r % 1500, r * 7 % 2500, r);
        status = ratings_feed(ratings, line, (size_t)length);
    }
    return status == STATUS_OK ? ratings_finish(ratings) : status;
}

static enum status make_ratings(void) {
    struct ratings ratings;
    enum status status = parse_ratings(&ratings);
    ratings_free(&ratings);
    return status;
}

static enum status make_films(void) {
    struct films films;
    char line[100];
    enum status status = films_init(&films);
    for (uint32_t f = 0; f < 5000 && status == STATUS_OK; f++) {
        int length =
            snprintf(line, sizeof line, "%u,A film with a title to fill memory %u (1999),Drama\n", f, f);
        status = films_feed(&films, line, (size_t)length);
    }
    if (status == STATUS_OK) status = films_finish(&films);
    films_free(&films);
    return status;
}

/* A train file, a test file with users of its own, and negatives with items of their own, and the split of these. */
static enum status make_triple(void) {
    enum { USERS = 1200, EACH = 90 };
    struct dataset dataset;
    struct split *split = NULL;
    char line[60 + 12 * EACH];
    enum status status = dataset_init(&dataset);
    if (status != STATUS_OK) return status;
    for (uint32_t part = 0; part < 2 && status == STATUS_OK; part++) {
        if (part == 1) ratings_begin_test(&dataset.ratings);
        for (uint32_t u = 0; u < USERS + part && status == STATUS_OK; u++) {
            int length = snprintf(line, sizeof line, "%u\t%u\t1\t0\n", u, u % 100 + part);
            status = ratings_feed(&dataset.ratings, line, (size_t)length);
        }
        if (status == STATUS_OK) status = ratings_finish(&dataset.ratings);
    }
    for (uint32_t u = 0; u < USERS + 1 && status == STATUS_OK; u++) {
        int length = snprintf(line, sizeof line, "(%u,%u)", u, u % 100 + 1);
        for (uint32_t n = 0; n < EACH; n++)
            length += snprintf(line + length, sizeof line - (size_t)length, "\t%u", u * 2 + n);
        line[length++] = '\n';
        status = negatives_feed(&dataset.negatives, &dataset.ratings, line, (size_t)length);
    }
    if (status == STATUS_OK) status = negatives_finish(&dataset.negatives, &dataset.ratings);
    if (status == STATUS_OK) status = split_of_triple(&split, &dataset, -INFINITY);
    split_free(split);
    dataset_free(&dataset);
    return status;
}

static struct ratings given; /* parsed once, for what is built upon ratings */

static enum status make_interactions(void) {
    struct interactions *interactions = (struct interactions *)&given;
    enum status status = interactions_new(&interactions, &given, NULL);
    CHECK((interactions == NULL) == (status != STATUS_OK));
    interactions_free(interactions);
    return status;
}

static enum status make_split(void) {
    struct split *split = (struct split *)&given;
    enum status status = split_leave_one_out(&split, &given, 99, 1);
    CHECK((split == NULL) == (status != STATUS_OK));
    split_free(split);
    return status;
}

/* A split that could not hold out a validation part is as it was and can be asked again. */
static enum status make_validation(void) {
    struct split *split;
    enum status status = split_leave_one_out(&split, &given, 99, 1);
    if (status != STATUS_OK) return status;
    uint32_t count = split->train->count;
    status = split_hold_validation(split, 99, 1);
    if (status != STATUS_OK) {
        CHECK(split->train->count == count && split->validation.item == NULL);
        CHECK(split->test.also_seen == NULL);
        failing_off();
        CHECK_EQUAL(split_hold_validation(split, 99, 1), STATUS_OK);
    }
    CHECK_EQUAL(split->train->count, count - split->validation.users);
    split_free(split);
    return status;
}

static void test_grow_leaves_the_block(void) {
    void *block = NULL;
    CHECK(memory_grow(&block, 4, 1));
    memcpy(block, "kept", 4);
    void *before = block;
    failing_set(0, UINT64_MAX);
    CHECK(!memory_grow(&block, 4000, 1));
    CHECK(memory_zeroed(1, 1) == NULL);
    failing_off();
    CHECK(block == before && memcmp(block, "kept", 4) == 0);
    free(block);
}

static void test_lines(void) { failing_check(make_lines, 1); }
static void test_dataset(void) { failing_check(make_dataset, 4); }
static void test_idmap(void) { failing_check(make_idmap, 8); }
static void test_ratings(void) { failing_check(make_ratings, 1 + 2 + 2 * 2 + 2); }
static void test_films(void) { failing_check(make_films, 1 + 3 * 2 + 2 + 2); }
static void test_interactions(void) { failing_check(make_interactions, 2); }
static void test_triple(void) { failing_check(make_triple, 3 + 2 + 2 * 2 + 2 * 2 + 2 + 1 + 4); }
static void test_validation(void) { failing_check(make_validation, 4 + 1); }
static void test_split(void) { failing_check(make_split, 4); }

static struct split *split; /* of what is given, for samplers */

static enum status make_popularity(void) {
    struct popularity *made = (struct popularity *)split;
    enum status status = popularity_new(&made, split->train, 0.5);
    CHECK((made == NULL) == (status != STATUS_OK));
    popularity_free(made);
    return status;
}

static enum status make_sampler(void) {
    const struct sampler_settings settings = {.negatives = 4, .popularity = 0.5};
    struct sampler sampler;
    enum status status = sampler_init(&sampler, split->train, &settings);
    sampler_free(&sampler);
    return status;
}

static void test_popularity(void) { failing_check(make_popularity, 1); }
static void test_sampler(void) { failing_check(make_sampler, 1); }

/* The sampler makes any batch of any epoch without memory; uniform negatives need none at all. */
static void test_sampler_asks_for_none(void) {
    uint32_t users[256], items[256];
    float labels[256];
    for (uint32_t kind = 0; kind < SAMPLER_ORDERS * 4; kind++) {
        struct sampler_settings settings = {.negatives = 4, .order = kind % SAMPLER_ORDERS, .seed = 1};
        struct sampler sampler;
        settings.pairs = kind / SAMPLER_ORDERS % 2 == 1;
        settings.popularity = kind < SAMPLER_ORDERS * 2 ? 0 : 0.75;
        failing_off();
        CHECK_EQUAL(sampler_init(&sampler, split->train, &settings), STATUS_OK);
        CHECK_EQUAL(failing_asked, settings.popularity > 0);
        sampler_batch(&sampler, 1, 1000, 256, users, items, labels);
        CHECK_EQUAL(failing_asked, settings.popularity > 0);
        sampler_free(&sampler);
    }
}

int main(void) {
    RUN(test_grow_leaves_the_block);
    RUN(test_lines);
    RUN(test_dataset);
    RUN(test_idmap);
    RUN(test_ratings);
    RUN(test_films);
    CHECK_EQUAL(parse_ratings(&given), STATUS_OK);
    RUN(test_interactions);
    RUN(test_split);
    RUN(test_triple);
    RUN(test_validation);
    CHECK_EQUAL(split_leave_one_out(&split, &given, 1, 1), STATUS_OK);
    RUN(test_popularity);
    RUN(test_sampler);
    RUN(test_sampler_asks_for_none);
    split_free(split);
    ratings_free(&given);
    return check_report();
}

#include "data/rating_sampler.h"

#include <stdlib.h>

#include "base/rng.h"
#include "chance.h"

/* Rows that tell by themselves which row they are: user r, item 7 r, value r / 2. */
struct world {
    struct rating_rows rows;
    uint32_t *user, *item;
    float *value;
};

static struct world world_new(uint32_t count) {
    struct world world = {{0}, malloc(count * 4 + 4), malloc(count * 4 + 4), malloc(count * 4 + 4)};
    for (uint32_t r = 0; r < count; r++)
        world.user[r] = r, world.item[r] = 7 * r, world.value[r] = (float)r / 2;
    world.rows = (struct rating_rows){count, world.user, world.item, world.value};
    return world;
}

static void world_free(struct world *world) {
    free(world->user);
    free(world->item);
    free(world->value);
}

/* The epoch's rows in their order, B at a time. Owned by the caller. */
static uint32_t *epoch_new(const struct world *world, uint64_t seed, uint64_t epoch, uint32_t B) {
    uint32_t count = world->rows.count;
    uint32_t *order = malloc(count * sizeof *order), *users = malloc(B * 4), *items = malloc(B * 4);
    float *labels = malloc(B * 4);
    struct rating_sampler sampler;
    CHECK_EQUAL(rating_sampler_init(&sampler, &world->rows, seed), STATUS_OK);
    for (uint32_t from = 0; from < count; from += B) {
        uint32_t n = count - from < B ? count - from : B;
        rating_sampler_batch(&sampler, epoch, from, n, users, items, labels);
        for (uint32_t b = 0; b < n; b++) {
            bool is_row = users[b] < count && items[b] == 7 * users[b] && labels[b] == (float)users[b] / 2;
            if (!is_row) check_fail(__FILE__, __LINE__, "an instance is no row");
            order[from + b] = users[b];
        }
    }
    free(users);
    free(items);
    free(labels);
    return order;
}

static void test_an_epoch_has_every_row_once(void) {
    for (uint32_t count = 1; count < 300; count += 1 + count / 10) {
        struct world world = world_new(count);
        for (uint64_t epoch = 1; epoch <= 3; epoch++) {
            uint32_t *order = epoch_new(&world, 1, epoch, 64), *seen = calloc(count, sizeof *seen);
            for (uint32_t i = 0; i < count; i++) seen[order[i]]++;
            for (uint32_t i = 0; i < count; i++) CHECK_OR_RETURN(seen[i] == 1, "row %u of %u", i, count);
            free(seen);
            free(order);
        }
        world_free(&world);
    }
}

static void test_batches_do_not_depend_on_how_the_epoch_is_cut(void) {
    struct world world = world_new(500);
    uint32_t *whole = epoch_new(&world, 3, 2, 500);
    for (uint32_t B = 1; B < 300; B += 1 + B / 5) {
        uint32_t *cut = epoch_new(&world, 3, 2, B);
        CHECK(memcmp(whole, cut, 500 * sizeof *whole) == 0);
        free(cut);
    }
    free(whole);
    world_free(&world);
}

static void test_epochs_and_seeds_differ(void) {
    struct world world = world_new(1000);
    uint32_t *first = epoch_new(&world, 1, 1, 64), *again = epoch_new(&world, 1, 1, 64);
    uint32_t *second = epoch_new(&world, 1, 2, 64), *seed = epoch_new(&world, 2, 1, 64), equal[3] = {0};
    for (uint32_t i = 0; i < 1000; i++) {
        equal[0] += first[i] == again[i];
        equal[1] += first[i] == second[i];
        equal[2] += first[i] == seed[i];
    }
    CHECK_EQUAL(equal[0], 1000);
    CHECK(equal[1] < 10 && equal[2] < 10);
    free(first);
    free(again);
    free(second);
    free(seed);
    world_free(&world);
}

/* Each row stands first equally often. */
static void test_order_is_uniform(void) {
    enum { ROWS = 50, EPOCHS = 20000 };
    struct world world = world_new(ROWS);
    struct rating_sampler sampler;
    uint64_t first[ROWS] = {0};
    CHECK_EQUAL(rating_sampler_init(&sampler, &world.rows, 1), STATUS_OK);
    for (uint64_t epoch = 1; epoch <= EPOCHS; epoch++) {
        uint32_t user, item;
        float label;
        rating_sampler_batch(&sampler, epoch, 0, 1, &user, &item, &label);
        first[user]++;
    }
    CHECK_UNIFORM(first, ROWS, (double)EPOCHS / ROWS, 1);
    world_free(&world);
}

static void test_no_rows(void) {
    struct rating_sampler sampler;
    struct rating_rows none = {0};
    CHECK_EQUAL(rating_sampler_init(&sampler, &none, 1), STATUS_EMPTY);
}

int main(void) {
    RUN(test_an_epoch_has_every_row_once);
    RUN(test_batches_do_not_depend_on_how_the_epoch_is_cut);
    RUN(test_epochs_and_seeds_differ);
    RUN(test_order_is_uniform);
    RUN(test_no_rows);
    return check_report();
}

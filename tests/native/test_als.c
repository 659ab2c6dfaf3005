/* What both methods promise, against the twin: the objective, that it never rises, slices, restarts, bits, learning. */
#include "als_twin.h"
#include "base/kernels.h"

static const uint32_t widths[] = {1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 21, 32, 40};
#define WIDTHS (uint32_t)(sizeof widths / sizeof *widths)

#define FOR_EACH_METHOD(method) for (enum als_method method = ALS_IALS; method < ALS_METHODS; method++)

/* Runs to the end of the sweep under way, `limit` steps at a time. */
static enum als_reached run_half(struct als *als, uint32_t limit) {
    enum als_reached reached = ALS_WITHIN;
    while (reached == ALS_WITHIN) CHECK_EQUAL(als_run(als, limit, &reached), STATUS_OK);
    return reached;
}

static void run_epochs(struct als *als, uint32_t epochs, uint32_t limit) {
    for (uint32_t half = 0; half < 2 * epochs; half++)
        CHECK_EQUAL(run_half(als, limit), half % 2 == 0 ? ALS_HALF : ALS_EPOCH);
}

static void check_world_has_empty_rows(const struct als_world *world) {
    uint32_t users = 0, items = 0;
    for (uint32_t u = 0; u < world->train->users; u++)
        users += world->train->start[u] == world->train->start[u + 1];
    for (uint32_t i = 0; i < world->train->items; i++) items += world->users_of[i] == 0;
    CHECK(users > 0 && items > 0 && world->train->count > 0);
}

/* After each half `loss` is the objective as the twin has it, and no larger than it was before. */
static void test_loss_falls(void) {
    FOR_EACH_METHOD(method)
    for (uint32_t w = 0; w < WIDTHS; w++) {
        struct als_world world =
            als_world_new(40, 60, 60 + 40 * w, als_world_settings(method, widths[w]), w + 1);
        struct als *als = als_world_als(&world);
        double before = als_twin_objective(&world);
        if (w < 3) check_world_has_empty_rows(&world);
        CHECK(isnan(als->loss));
        for (uint32_t half = 0; half < 12; half++) {
            CHECK_EQUAL(run_half(als, UINT32_MAX), half % 2 == 0 ? ALS_HALF : ALS_EPOCH);
            CHECK_EQUAL(als->epochs, (half + 1) / 2);
            double after = als_twin_objective(&world);
            CHECK_NEAR(als->loss, after, 2e-6 * after);
            CHECK(after <= before * (1 + 1e-6));
            if (half == 0) CHECK(after < 0.9 * before);
            before = after;
        }
        als_free(als);
        als_world_free(&world);
    }
}

/* Rows without pairs are zero, whatever they were. */
static void test_empty_rows(void) {
    FOR_EACH_METHOD(method) {
        struct als_world world = als_world_new(40, 60, 40, als_world_settings(method, 5), 3);
        struct als *als = als_world_als(&world);
        run_epochs(als, 1, UINT32_MAX);
        for (uint32_t u = 0; u < 40; u++)
            CHECK((als_twin_square(world.users + 5 * u, 5) == 0) ==
                  (world.train->start[u] == world.train->start[u + 1]));
        for (uint32_t i = 0; i < 60; i++)
            CHECK((als_twin_square(world.items + 5 * i, 5) == 0) == (world.users_of[i] == 0));
        als_free(als);
        als_world_free(&world);
    }
}

static uint64_t hash_after(struct als_settings settings, uint32_t epochs, uint32_t limit) {
    struct als_world world = als_world_new(12, 700, 9000, settings, 5);
    struct als *als = als_world_als(&world);
    run_epochs(als, epochs, limit);
    uint64_t hash = als_world_hash(&world);
    als_free(als);
    als_world_free(&world);
    return hash;
}

/* The bits do not depend on how the work is sliced, and are the same in every build. Some users have more pairs here than
 * a block holds. */
static void test_bits(void) {
    static const uint64_t expected[ALS_METHODS][2] = {
        {UINT64_C(7020173216830046472), UINT64_C(523267471587960665)},
        {UINT64_C(15653675665353041318), UINT64_C(6060428580618382793)},
    };
    FOR_EACH_METHOD(method)
    for (uint32_t k = 0; k < 2; k++) {
        struct als_settings settings = als_world_settings(method, k == 0 ? 13 : 16);
        uint64_t hash = hash_after(settings, 2, UINT32_MAX);
        CHECK_EQUAL(hash, hash_after(settings, 2, 1));
        CHECK_EQUAL(hash, hash_after(settings, 2, 7));
        CHECK_EQUAL(hash, expected[method][k]);
    }
}

/* A step is a block of pairs or a row: what a limit allows is known. */
static void test_steps_are_counted(void) {
    struct als_world world = als_world_new(10, 700, 7000, als_world_settings(ALS_IALS, 4), 1);
    struct als *als = als_world_als(&world);
    uint32_t steps = 700; /* the items' first sums */
    for (uint32_t u = 0; u < 10; u++) {
        uint32_t n = world.train->start[u + 1] - world.train->start[u];
        steps += n == 0 ? 1 : (n + IALS_BLOCK - 1) / IALS_BLOCK;
    }
    CHECK(steps > 710);
    enum als_reached reached;
    CHECK_EQUAL(als_run(als, 0, &reached), STATUS_OK);
    CHECK_EQUAL(reached, ALS_WITHIN);
    CHECK_EQUAL(als_run(als, steps - 1, &reached), STATUS_OK);
    CHECK_EQUAL(reached, ALS_WITHIN);
    CHECK_EQUAL(als->stage, ALS_USERS);
    CHECK_EQUAL(als->row, 9);
    CHECK_EQUAL(als_run(als, 1, &reached), STATUS_OK);
    CHECK_EQUAL(reached, ALS_HALF);
    CHECK_EQUAL(als->stage, ALS_ITEMS);
    CHECK_EQUAL(als->row, 0);
    als_free(als);
    als_world_free(&world);
}

/* A run that ends after two epochs and one made anew from its tables are one run of four; so is one that is restarted. */
static void test_going_on(void) {
    FOR_EACH_METHOD(method) {
        struct als_settings settings = als_world_settings(method, 9);
        uint64_t whole = hash_after(settings, 4, UINT32_MAX);
        struct als_world world = als_world_new(12, 700, 9000, settings, 5);
        struct als *als = als_world_als(&world);
        run_epochs(als, 2, 11);
        als_free(als);
        als = als_world_als(&world);
        run_epochs(als, 1, 11);
        als_restart(als);
        CHECK(isnan(als->loss) && als->epochs == 0);
        run_epochs(als, 1, 11);
        CHECK_EQUAL(als_world_hash(&world), whole);
        als_free(als);
        als_world_free(&world);
    }
}

/* Restarted in the middle of a row, after the tables were drawn anew. */
static void test_restart_in_the_middle(void) {
    FOR_EACH_METHOD(method) {
        struct als_settings settings = als_world_settings(method, 9);
        struct als_world world = als_world_new(12, 700, 9000, settings, 5);
        struct als *als = als_world_als(&world);
        enum als_reached reached;
        for (uint32_t steps = 700; steps < 740; steps += 3) {
            CHECK_EQUAL(als_run(als, steps, &reached), STATUS_OK);
            als_world_draw(&world, 0.3F, 5);
            als_restart(als);
        }
        run_epochs(als, 2, UINT32_MAX);
        CHECK_EQUAL(als_world_hash(&world), hash_after(settings, 2, UINT32_MAX));
        als_free(als);
        als_world_free(&world);
    }
}

/* Nothing at all to weigh missing data with, no penalty, exponents at their ends. Without a penalty and with more factors
 * than a side has rows, there is no one minimum and numbers grow as they like: then all that is asked for is a fall. */
static void check_odd_settings(struct als_settings settings) {
    struct als_world world = als_world_new(30, 20, 100, settings, 2);
    struct als *als = als_world_als(&world);
    double first = als_twin_objective(&world), before = first;
    for (uint32_t half = 0; half < 6; half++) {
        run_half(als, UINT32_MAX);
        double after = als_twin_objective(&world);
        CHECK_NEAR(als->loss, after, 1e-4 * (after + 1));
        if (settings.l2 > 1e-9 || settings.factors == 5)
            CHECK(after <= before * (1 + 1e-6) + 1e-4);
        else
            CHECK(after < 0.9 * first);
        before = after;
    }
    als_free(als);
    als_world_free(&world);
}

static void test_odd_settings(void) {
    static const struct {
        double l2, missing, exponent;
    } odd[] = {{0, 0, 0},   {0, 0.3, 0},   {0, 0, 1},  {1e-30, 1e-30, 0.5},
               {0.1, 0, 1}, {1e3, 1e3, 2}, {0, 500, 1}};
    FOR_EACH_METHOD(method)
    for (uint32_t k = 0; k < sizeof odd / sizeof *odd; k++)
        for (uint32_t F = 5; F < 40; F += 11)
            check_odd_settings((struct als_settings){.method = method,
                                                     .factors = F,
                                                     .l2 = odd[k].l2,
                                                     .missing = odd[k].missing,
                                                     .exponent = odd[k].exponent});
}

static void test_bad_arguments(void) {
    struct als_world world = als_world_new(10, 10, 20, als_world_settings(ALS_IALS, 4), 1);
    const struct als_settings good = world.settings;
    struct als_settings bad[14];
    for (uint32_t k = 0; k < 14; k++) bad[k] = good;
    bad[0].method = ALS_METHODS, bad[1].factors = 0, bad[2].factors = ALS_MAX_FACTORS + 1;
    bad[3].l2 = -1e-9, bad[4].l2 = (double)NAN, bad[5].l2 = (double)INFINITY;
    bad[6].missing = -1e-9, bad[7].missing = (double)NAN, bad[8].missing = (double)INFINITY;
    bad[9].exponent = -1e-9, bad[10].exponent = 2.001, bad[11].exponent = (double)NAN;
    bad[12].l2 = 1e10, bad[13].missing = 1e10;
    for (uint32_t k = 0; k < 14; k++) {
        struct als *als = (struct als *)&world;
        CHECK_EQUAL(als_new(&als, world.users, world.items, world.train, &bad[k]), STATUS_ARGUMENT);
        CHECK(als == NULL);
    }
    for (uint32_t u = 0; u <= 10; u++) world.train->start[u] = 0;
    world.train->count = 0;
    struct als *als = (struct als *)&world;
    CHECK_EQUAL(als_new(&als, world.users, world.items, world.train, &good), STATUS_EMPTY);
    CHECK(als == NULL);
    als_free(NULL);
    als_world_free(&world);
}

static void test_not_finite_shows(void) {
    FOR_EACH_METHOD(method) {
        struct als_world world = als_world_new(10, 10, 30, als_world_settings(method, 4), 1);
        struct als *als = als_world_als(&world);
        enum als_reached reached;
        world.items[3] = NAN;
        CHECK_EQUAL(als_run(als, UINT32_MAX, &reached), STATUS_NOT_FINITE);
        als_free(als);
        als_world_free(&world);
    }
}

enum { BOARD_USERS = 40, BOARD_ITEMS = 100, BOARD_WIDTH = 8 };

/* The world of test_learning.c: half of the users like one half of the items, the others the other half. */
static struct als_world checkerboard(enum als_method method) {
    struct als_world world = {.settings = als_world_settings(method, BOARD_WIDTH)};
    CHECK_EQUAL(ratings_init(&world.ratings), STATUS_OK);
    for (uint32_t i = 0; i < BOARD_ITEMS; i++)
        for (uint32_t u = 0; u < BOARD_USERS; u++)
            if ((u + i) % 2 == 0) rows_add(&world.ratings, u, i, 1);
    CHECK_EQUAL(ratings_finish(&world.ratings), STATUS_OK);
    CHECK_EQUAL(interactions_new(&world.train, &world.ratings, NULL), STATUS_OK);
    world.users = malloc(BOARD_USERS * BOARD_WIDTH * sizeof *world.users);
    world.items = malloc(BOARD_ITEMS * BOARD_WIDTH * sizeof *world.items);
    als_world_draw(&world, 0.03F, 1);
    return world;
}

/* One liked item a user is held out: it must then come before every item that the user does not like. */
static void test_checkerboard(void) {
    FOR_EACH_METHOD(method) {
        struct als_world world = checkerboard(method);
        uint32_t held_out[BOARD_USERS], wrong = 0, F = BOARD_WIDTH;
        for (uint32_t u = 0; u < BOARD_USERS; u++)
            held_out[u] = world.train->item[world.train->start[u] + u * 7 % (BOARD_ITEMS / 2)];
        interactions_remove(world.train, held_out);
        CHECK_EQUAL(world.train->count, BOARD_USERS * (BOARD_ITEMS / 2 - 1));
        struct als *als = als_world_als(&world);
        run_epochs(als, 10, UINT32_MAX);
        for (uint32_t u = 0; u < BOARD_USERS; u++) {
            const float *p = world.users + F * u;
            float liked = kernel_dot(p, world.items + F * held_out[u], F);
            for (uint32_t i = 0; i < BOARD_ITEMS; i++)
                wrong += i != held_out[u] && !interactions_has(world.train, u, i) &&
                         kernel_dot(p, world.items + F * i, F) >= liked;
        }
        CHECK_EQUAL(wrong, 0);
        als_free(als);
        als_world_free(&world);
    }
}

int main(void) {
    RUN(test_loss_falls);
    RUN(test_empty_rows);
    RUN(test_bits);
    RUN(test_steps_are_counted);
    RUN(test_going_on);
    RUN(test_restart_in_the_middle);
    RUN(test_odd_settings);
    RUN(test_bad_arguments);
    RUN(test_not_finite_shows);
    RUN(test_checkerboard);
    return check_report();
}

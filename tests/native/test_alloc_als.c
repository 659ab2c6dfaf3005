/* Every allocation of alternating least squares failing in turn; fitting and folding in themselves ask for none. */
#include "als_twin.h"
#include "failing.h"
#include "model/als_fold.h"

static struct als_world worlds[ALS_METHODS];
static enum als_method method;

/* Whatever `out` held before, it is NULL after an error. */
#define CHECK_OUT(out, status) CHECK(((out) == NULL) == ((status) != STATUS_OK))

static enum status make_als(void) {
    struct als_world *world = &worlds[method];
    struct als *made = (struct als *)world;
    enum status status = als_new(&made, world->users, world->items, world->train, &world->settings);
    CHECK_OUT(made, status);
    als_free(made);
    return status;
}

static enum status make_fold(void) {
    struct als_world *world = &worlds[method];
    struct als_fold *made = (struct als_fold *)world;
    enum status status = als_fold_new(&made, world->items, world->train, &world->settings);
    CHECK_OUT(made, status);
    als_fold_free(made);
    return status;
}

static void test_als(void) {
    for (method = ALS_IALS; method < ALS_METHODS; method++) failing_check(make_als, 2);
}

static void test_fold(void) {
    for (method = ALS_IALS; method < ALS_METHODS; method++) failing_check(make_fold, 2);
}

static void test_too_large(void) {
    struct eals *eals = (struct eals *)worlds;
    struct ials *ials = (struct ials *)worlds;
    failing_off();
    CHECK_EQUAL(eals_new(&eals, ALS_MAX_FACTORS, UINT32_MAX), STATUS_MEMORY);
    CHECK(eals == NULL);
    CHECK_EQUAL(ials_new(&ials, 1U << 20), STATUS_MEMORY);
    CHECK(ials == NULL);
    CHECK_EQUAL(failing_asked, 0);
}

static void test_fitting_asks_for_none(void) {
    static const uint32_t liked[] = {1, 2, 5};
    for (method = ALS_IALS; method < ALS_METHODS; method++) {
        struct als_world *world = &worlds[method];
        struct als *als = als_world_als(world);
        struct als_fold *fold;
        enum als_reached reached;
        float p[13], shares[3];
        CHECK_EQUAL(als_fold_new(&fold, world->items, world->train, &world->settings), STATUS_OK);
        failing_set(0, UINT64_MAX);
        for (uint32_t half = 0; half < 4; half++) CHECK_EQUAL(als_run(als, UINT32_MAX, &reached), STATUS_OK);
        als_restart(als);
        als_fold_refresh(fold);
        CHECK_EQUAL(als_fold_in(fold, p, liked, 3), STATUS_OK);
        als_fold_shares(fold, shares, 4, liked, 3);
        CHECK_EQUAL(failing_asked, 0);
        failing_off();
        als_fold_free(fold);
        als_free(als);
    }
}

int main(void) {
    for (method = ALS_IALS; method < ALS_METHODS; method++)
        worlds[method] = als_world_new(20, 30, 200, als_world_settings(method, 13), 1);
    RUN(test_als);
    RUN(test_fold);
    RUN(test_too_large);
    RUN(test_fitting_asks_for_none);
    for (method = ALS_IALS; method < ALS_METHODS; method++) als_world_free(&worlds[method]);
    return check_report();
}

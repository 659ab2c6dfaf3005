/* Every allocation of the models of items failing in turn; fitting them and scoring ask for none. */
#include "failing.h"
#include "model/ease.h"
#include "model/itemknn.h"
#include "sparse.h"

enum { USERS = 20, ITEMS = 70 };

static struct sparse world;

/* Whatever `out` held before, it is NULL after an error. */
#define CHECK_OUT(out, status) CHECK(((out) == NULL) == ((status) != STATUS_OK))

static enum status make_cooccurrence(void) {
    struct cooccurrence *made = (struct cooccurrence *)&world;
    enum status status = cooccurrence_new(&made, world.train);
    CHECK_OUT(made, status);
    cooccurrence_free(made);
    return status;
}

static enum status make_ease(void) {
    struct ease *made = (struct ease *)&world;
    enum status status = ease_new(&made, world.train, 1.0F);
    CHECK_OUT(made, status);
    ease_free(made);
    return status;
}

static enum status make_itemknn(void) {
    struct itemknn *made = (struct itemknn *)&world;
    enum status status = itemknn_new(&made, world.train, 5, 0.0F);
    CHECK_OUT(made, status);
    itemknn_free(made);
    return status;
}

static void test_cooccurrence(void) { failing_check(make_cooccurrence, 1); }
static void test_ease(void) { failing_check(make_ease, 2); }
static void test_itemknn(void) { failing_check(make_itemknn, 2); }

static void test_fitting_asks_for_none(void) {
    struct ease *ease;
    struct itemknn *itemknn;
    const uint32_t liked[] = {1, 5, 2};
    float scores[ITEMS];
    bool done;
    CHECK_EQUAL(ease_new(&ease, world.train, 1.0F), STATUS_OK);
    CHECK_EQUAL(itemknn_new(&itemknn, world.train, 5, 0.0F), STATUS_OK);
    failing_set(0, UINT64_MAX);
    CHECK_EQUAL(ease_run(ease, UINT32_MAX, &done), STATUS_OK);
    CHECK(done && itemknn_run(itemknn, UINT32_MAX));
    ease_scores(scores, ease->weights, ITEMS, liked, 3);
    itemknn_scores(scores, itemknn, liked, 3);
    CHECK_EQUAL(failing_asked, 0);
    failing_off();
    ease_free(ease);
    itemknn_free(itemknn);
}

/* What is too large is refused before it is asked for. */
static void test_too_large_is_not_asked_for(void) {
    const struct interactions large = {.users = 1, .items = 1U << 24};
    struct ease *ease;
    struct itemknn *itemknn;
    failing_off();
    CHECK_EQUAL(ease_new(&ease, &large, 1.0F), STATUS_TOO_LARGE);
    CHECK_EQUAL(itemknn_new(&itemknn, &large, 100, 0.0F), STATUS_TOO_LARGE);
    CHECK_EQUAL(failing_asked, 0);
}

int main(void) {
    sparse_random(&world, USERS, ITEMS, 300, 1);
    RUN(test_cooccurrence);
    RUN(test_ease);
    RUN(test_itemknn);
    RUN(test_fitting_asks_for_none);
    RUN(test_too_large_is_not_asked_for);
    sparse_free(&world);
    return check_report();
}

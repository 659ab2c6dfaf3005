/* Recommendations against a list of all items sorted in double precision. */
#include "rank/recommend.h"

#include "worlds.h"

enum { USERS = 20, ITEMS = 150 };

struct scored {
    double score;
    uint32_t item;
};

static int best_first(const void *a, const void *b) {
    const struct scored *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

/* All that the user may be shown, sorted; returns how many. */
static uint32_t twin_list(struct scored *list, const struct model *model, const struct interactions *train,
                          uint32_t user) {
    double *values = models_twin(model);
    uint32_t count = 0;
    for (uint32_t item = 0; item < train->items; item++) {
        double score = models_logit(model, values, user, item);
        if (!interactions_has(train, user, item) && !isnan(score))
            list[count++] = (struct scored){score, item};
    }
    qsort(list, count, sizeof *list, best_first);
    free(values);
    return count;
}

/* Arrays of their own sizes, for the address sanitizer; what lies behind the last item must stay as it was. */
static void check_top(struct scorer *scorer, const struct interactions *train, const struct scored *list,
                      uint32_t left, uint32_t user, uint32_t k) {
    uint32_t *items = malloc((k + 1) * sizeof *items);
    float *scores = models_floats(k), *all = models_floats(train->items);
    memset(items, 0xEE, (k + 1) * sizeof *items);
    uint32_t count = recommend_top(scorer, items, scores, all, user, train, train->item + train->start[user],
                                   train->start[user + 1] - train->start[user], k);
    CHECK_EQUAL(count, k < left ? k : left);
    for (uint32_t n = 0; n < count; n++) {
        CHECK_EQUAL(items[n], list[n].item);
        CHECK((double)scores[n] == list[n].score); /* infinities too */
    }
    for (uint32_t n = count; n < k; n++) CHECK(items[n] == 0xEEEEEEEE && isnan(scores[n]));
    CHECK_EQUAL(items[k], 0xEEEEEEEE);
    free(items);
    free(scores);
    free(all);
}

static void check_user(struct scorer *scorer, const struct interactions *train, uint32_t user) {
    static const uint32_t sizes[] = {0, 1, 2, 3, 10, 64, 65, ITEMS - 1, ITEMS, ITEMS + 20};
    struct scored list[ITEMS];
    uint32_t left = twin_list(list, scorer->model, train, user);
    for (uint32_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        check_top(scorer, train, list, left, user, sizes[s]);
    if (left > 0) check_top(scorer, train, list, left, user, left);
}

/* Scores are whole numbers, so that they tie and both precisions agree. */
static void test_every_model(void) {
    struct world world = world_random(USERS, ITEMS, 600, 5, 1);
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, k);
        struct scorer *scorer;
        unsigned errors = check_state.errors;
        world_draw_whole(model, k);
        CHECK_EQUAL(scorer_new(&scorer, model, NULL), STATUS_OK);
        for (uint32_t user = 0; user < USERS; user++) check_user(scorer, world.split->train, user);
        scorer_free(scorer);
        model_free(model);
        CHECK_OR_RETURN(check_state.errors == errors, "%s", models_kinds[k].name);
    }
    world_free(&world);
}

/* A user who has all items, one who has all but the last, the first, and one who has a single item. */
static void test_odd_users(void) {
    struct ratings ratings;
    struct interactions *train;
    struct scorer *scorer;
    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    for (uint32_t item = 0; item < ITEMS; item++) {
        rows_add(&ratings, 0, item, 1);
        if (item < ITEMS - 1) rows_add(&ratings, 1, item, 1);
        if (item > 0) rows_add(&ratings, 2, item, 1);
        if (item == 77) rows_add(&ratings, 3, item, 1);
    }
    CHECK_EQUAL(ratings_finish(&ratings), STATUS_OK);
    CHECK_EQUAL(interactions_new(&train, &ratings, NULL), STATUS_OK);
    struct model *model = models_new(&models_kinds[3].settings, 4, ITEMS, 1);
    world_draw_whole(model, 1);
    CHECK_EQUAL(scorer_new(&scorer, model, NULL), STATUS_OK);
    for (uint32_t user = 0; user < 4; user++) check_user(scorer, train, user);
    struct scored list[ITEMS];
    CHECK_EQUAL(twin_list(list, model, train, 0), 0);
    CHECK_EQUAL(twin_list(list, model, train, 1), 1);
    CHECK_EQUAL(twin_list(list, model, train, 2), 1);
    CHECK_EQUAL(twin_list(list, model, train, 3), ITEMS - 1);
    scorer_free(scorer);
    model_free(model);
    interactions_free(train);
    ratings_free(&ratings);
}

/* Scores in ascending, descending and constant order of items, with NaN and infinities among them. */
static void test_orders_by_hand(void) {
    struct world world = world_random(USERS, ITEMS, 600, 5, 2);
    struct model_settings settings = {.parts = MODEL_BIAS};
    struct model *model = models_new(&settings, USERS, ITEMS, 1);
    float *bias = model_values(model, MODEL_ITEM_BIAS);
    struct scorer *scorer;
    CHECK_EQUAL(scorer_new(&scorer, model, NULL), STATUS_OK);
    memset(model->values, 0, model->parameters * sizeof *model->values);
    for (uint32_t order = 0; order < 6; order++) {
        for (uint32_t item = 0; item < ITEMS; item++) {
            if (order < 3) bias[item] = ((float)order - 1) * (float)item;
            if (order == 3 && item % 3 == 0) bias[item] = NAN;
            if (order == 4 && item % 7 == 1) bias[item] = item % 2 ? INFINITY : -INFINITY;
            if (order == 5) bias[item] = NAN;
        }
        scorer_refresh(scorer);
        for (uint32_t user = 0; user < USERS; user++) check_user(scorer, world.split->train, user);
    }
    scorer_free(scorer);
    model_free(model);
    world_free(&world);
}

/* The held-out item is not in train and may be shown: the one that the model likes best comes first. */
static void test_held_out_may_be_shown(void) {
    struct world world = world_random(USERS, ITEMS, 600, 5, 3);
    struct model_settings settings = {.parts = MODEL_BIAS};
    struct model *model = models_new(&settings, USERS, ITEMS, 1);
    struct scorer *scorer;
    uint32_t top, tested = 0;
    float score, all[ITEMS];
    CHECK_EQUAL(scorer_new(&scorer, model, NULL), STATUS_OK);
    for (uint32_t user = 0; user < USERS; user++) {
        uint32_t held_out = world.split->test.item[user];
        if (held_out == SPLIT_NONE) continue;
        models_draw(model, user);
        model_values(model, MODEL_ITEM_BIAS)[held_out] = 100;
        scorer_refresh(scorer);
        CHECK_EQUAL(recommend_top(scorer, &top, &score, all, user, world.split->train,
                                  world.split->train->item + world.split->train->start[user],
                                  world.split->train->start[user + 1] - world.split->train->start[user], 1),
                    1);
        CHECK_EQUAL(top, held_out);
        tested++;
    }
    CHECK_EQUAL(tested, world.split->test.users);
    scorer_free(scorer);
    model_free(model);
    world_free(&world);
}

int main(void) {
    RUN(test_every_model);
    RUN(test_odd_users);
    RUN(test_orders_by_hand);
    RUN(test_held_out_may_be_shown);
    return check_report();
}

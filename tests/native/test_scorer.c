/* Scores of one user are those of the network to the bit. */
#include "rank/scorer.h"

#include "model/ease.h"
#include "model/network.h"
#include "worlds.h"

enum { USERS = 4, ITEMS = 150 }; /* more than two tiles of the scorer */

/* The network's logits of a user for items[n], or for 0 … n - 1. Owned by the caller. */
static float *expected_scores(const struct model *model, uint32_t user, const uint32_t *items, uint32_t n) {
    struct network *network;
    struct batch *batch;
    float *logits = models_floats(n);
    CHECK_EQUAL(network_new(&network, model, n), STATUS_OK);
    CHECK_EQUAL(batch_new(&batch, model, n), STATUS_OK);
    for (uint32_t i = 0; i < n; i++) batch->users[i] = user, batch->items[i] = items == NULL ? i : items[i];
    batch_index(batch, n);
    network_forward(network, logits, model, batch);
    network_free(network);
    batch_free(batch);
    return logits;
}

static void check_scores(struct scorer *scorer, uint32_t user, const uint32_t *items, uint32_t n) {
    float *expected = expected_scores(scorer->model, user, items, n), *scores = models_floats(n);
    uint32_t different = 0;
    scorer_scores(scorer, scores, user, items, n);
    for (uint32_t i = 0; i < n; i++)
        different += check_float_bits(scores[i]) != check_float_bits(expected[i]);
    CHECK_EQUAL(different, 0);
    free(expected);
    free(scores);
}

static void check_model(struct scorer *scorer, struct rng *rng) {
    static const uint32_t sizes[] = {0, 1, 2, 3, 63, 64, 65, 100, 127, 128, 129};
    for (uint32_t user = 0; user < USERS; user++) {
        check_scores(scorer, user, NULL, ITEMS);
        for (uint32_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            uint32_t *items = models_rows(sizes[s], ITEMS, rng);
            check_scores(scorer, user, items, sizes[s]);
            check_scores(scorer, user, NULL, sizes[s]);
            free(items);
        }
        uint32_t *repeated = models_rows(2 * ITEMS, ITEMS, rng);
        check_scores(scorer, user, repeated, 2 * ITEMS);
        free(repeated);
    }
}

/* With the weights of the scorer's making and, after a refresh, with others. */
static void test_scores_are_the_networks(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, k);
        struct scorer *scorer;
        struct rng rng = {k};
        unsigned errors = check_state.errors;
        CHECK_EQUAL(scorer_new(&scorer, model, NULL), STATUS_OK);
        check_model(scorer, &rng);
        models_draw(model, k + 100);
        scorer_refresh(scorer);
        check_model(scorer, &rng);
        CHECK_OR_RETURN(check_state.errors == errors, "%s", models_kinds[k].name);
        scorer_free(scorer);
        model_free(model);
    }
    scorer_free(NULL);
}

/* A NaN in an item's embedding is that item's alone. */
static void test_nan_stays_with_its_item(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, k);
        struct scorer *scorer;
        float scores[ITEMS];
        bool has_rows = false;
        for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
            if (model->tensors[t].axis != TENSOR_ITEM || model->tensors[t].rows == 0) continue;
            model_values(model, t)[(uint64_t)70 * model->tensors[t].columns] = NAN;
            has_rows = true;
        }
        CHECK_EQUAL(scorer_new(&scorer, model, NULL), STATUS_OK);
        scorer_scores(scorer, scores, 1, NULL, ITEMS);
        for (uint32_t i = 0; i < ITEMS; i++) CHECK_EQUAL(isnan(scores[i]), i == 70 && has_rows);
        scorer_free(scorer);
        model_free(model);
    }
}

static void zero_row(double *values, const struct model *model, enum tensor_axis axis, uint32_t row) {
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        for (uint32_t c = 0; c < tensor->columns && tensor->axis == axis; c++)
            values[tensor->offset + (uint64_t)row * tensor->columns + c] = 0;
    }
}

/* Row `row`, or a new one with its features. */
static struct scorer_side side_of(const struct model *model, enum tensor_axis axis, uint32_t row,
                                  bool is_new) {
    const struct model_features *features = model->settings.features + axis;
    struct scorer_side side = {.row = is_new ? UINT32_MAX : row};
    if (features->count == 0) return side;
    side.features = features->index + features->start[row];
    side.feature_count = features->start[row + 1] - features->start[row];
    return side;
}

/* A new user or item has the score of a known one with its features whose own parameters are all zero. */
static void test_new_sides(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, k);
        struct scorer *scorer;
        CHECK_EQUAL(scorer_new(&scorer, model, NULL), STATUS_OK);
        for (uint32_t n = 0; n < 4 * ITEMS; n++) {
            uint32_t user = n % USERS, item = n / 4;
            bool new_user = n / 2 % 2 == 1, new_item = n % 2 == 1;
            double *values = models_twin(model);
            if (new_user) zero_row(values, model, TENSOR_USER, user);
            if (new_item) zero_row(values, model, TENSOR_ITEM, item);
            double expected = models_logit(model, values, user, item);
            double score = (double)scorer_score_pair(scorer, side_of(model, TENSOR_USER, user, new_user),
                                                     side_of(model, TENSOR_ITEM, item, new_item));
            CHECK_OR_RETURN(fabs(score - expected) < 1e-5 * (1 + fabs(expected)), "%s: %g, not %g",
                            models_kinds[k].name, score, expected);
            free(values);
        }
        scorer_free(scorer);
        model_free(model);
    }
}

/* Whether the same user's scores, which are kept, are made anew once the scorer has other weights. `had`: an item that user 0
 * has. */
static bool refreshed(struct scorer *scorer, uint32_t had) {
    struct model *model = (struct model *)(uintptr_t)scorer->model;
    uint32_t tensor = scorer->itemknn != NULL ? MODEL_SIMILARITIES : MODEL_ITEM_WEIGHTS;
    float *values = model_values(model, tensor), before[3], after[3];
    const uint32_t some[3] = {had, 0, model->items - 1};
    scorer_like(scorer, NULL, 0);
    scorer_scores(scorer, before, 0, some, 3);
    for (uint64_t n = 0; n < (uint64_t)model->tensors[tensor].rows * model->tensors[tensor].columns; n++)
        values[n] *= 2.0F;
    scorer_scores(scorer, after, 0, some, 3);
    if (memcmp(before, after, sizeof before) != 0) return false;
    scorer_refresh(scorer);
    scorer_scores(scorer, after, 0, some, 3);
    bool any = false;
    for (uint32_t i = 0; i < 3; i++) {
        any |= before[i] != 0.0F;
        if (check_float_bits(after[i]) != check_float_bits(2.0F * before[i])) return false;
    }
    return any;
}

/* Scores of models of items are those of model/ease.h and model/itemknn.h, for a user's train items or for others. */
static void test_models_of_items(void) {
    struct world world = world_random(USERS, ITEMS, 300, 5, 1);
    uint32_t items = world.split->train->items, liked[] = {3, 1, items - 1};
    float *expected = models_floats(items), *scores = models_floats(items);
    const struct model_settings kinds[] = {{.parts = MODEL_ITEMS},
                                           {.parts = MODEL_NEIGHBOURS, .neighbours = 4}};
    for (uint32_t k = 0; k < 2; k++) {
        struct model *model;
        struct scorer *scorer = NULL;
        struct ease *ease = NULL;
        struct itemknn *itemknn = NULL;
        bool done = false;
        CHECK_EQUAL(model_new(&model, kinds + k, USERS, items), STATUS_OK);
        CHECK_EQUAL(scorer_new(&scorer, model, NULL), STATUS_ARGUMENT);
        CHECK(scorer == NULL);
        if (k == 0) {
            CHECK_EQUAL(ease_new_at(&ease, world.split->train, 2.0F, model_values(model, MODEL_ITEM_WEIGHTS)),
                        STATUS_OK);
            while (!done) CHECK_EQUAL(ease_run(ease, 100, &done), STATUS_OK);
        } else {
            CHECK_EQUAL(itemknn_new(&itemknn, world.split->train, 4, 0.0F), STATUS_OK);
            while (!itemknn_run(itemknn, 10)) continue;
            itemknn_write(itemknn, model_values(model, MODEL_NEIGHBOUR_LISTS),
                          model_values(model, MODEL_SIMILARITIES));
        }
        CHECK_EQUAL(scorer_new(&scorer, model, world.split->train), STATUS_OK);
        for (uint32_t user = 0; user <= USERS; user++) {
            const uint32_t *start = world.split->train->start + user, *mine = liked;
            uint32_t count = 3, different = 0;
            if (user < USERS) mine = world.split->train->item + start[0], count = start[1] - start[0];
            if (user == USERS) scorer_like(scorer, liked, 3);
            if (k == 0)
                ease_scores(expected, ease->weights, items, mine, count);
            else
                itemknn_scores(expected, itemknn, mine, count);
            scorer_scores(scorer, scores, user % USERS, NULL, items);
            for (uint32_t i = 0; i < items; i++)
                different += check_float_bits(scores[i]) != check_float_bits(expected[i]);
            CHECK_EQUAL(different, 0);
        }
        CHECK_EQUAL(refreshed(scorer, world.split->train->item[0]), true);
        if (k == 1) *model_values(model, MODEL_NEIGHBOUR_LISTS) = (float)items;
        struct scorer *broken = NULL;
        CHECK_EQUAL(scorer_new(&broken, model, world.split->train), k == 0 ? STATUS_OK : STATUS_ARGUMENT);
        scorer_free(broken);
        scorer_free(scorer);
        ease_free(ease);
        itemknn_free(itemknn);
        model_free(model);
    }
    free(expected);
    free(scores);
    world_free(&world);
}

int main(void) {
    RUN(test_scores_are_the_networks);
    RUN(test_nan_stays_with_its_item);
    RUN(test_new_sides);
    RUN(test_models_of_items);
    return check_report();
}

/* A new user in the checkerboard world of test_learning.c: whoever names some items of one colour is shown the others. */
#include "model/fold_in.h"

#include "model/trainer.h"
#include "rank/scorer.h"
#include "worlds.h"

enum { USERS = 40, ITEMS = 100, EPOCHS = 8, NAMED = 5, STEPS = 40 };

static const struct models_kind kinds[] = {
    {"GMF", {.parts = MODEL_GMF, .factors = 8, .seed = 1}},
    {"biased dot",
     {.parts = MODEL_BIAS | MODEL_GMF, .factors = 8, .dot = true, .embedding_std = 0.1F, .seed = 1}},
    {"MLP", {.parts = MODEL_MLP, MODELS_TOWER(4, 64, 32, 16, 8), .seed = 1}},
    {"NeuMF", {.parts = MODEL_GMF | MODEL_MLP, .factors = 4, MODELS_TOWER(4, 64, 32, 16, 8), .seed = 1}},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static struct world checkerboard(void) {
    struct world world;
    CHECK_EQUAL(ratings_init(&world.ratings), STATUS_OK);
    for (uint32_t item = 0; item < ITEMS; item++)
        for (uint32_t user = 0; user < USERS; user++)
            if ((user + item) % 2 == 0) rows_add(&world.ratings, user, item, item);
    CHECK_EQUAL(ratings_finish(&world.ratings), STATUS_OK);
    CHECK_EQUAL(split_leave_one_out(&world.split, &world.ratings, 20, 1), STATUS_OK);
    return world;
}

static struct model *trained(const struct model_settings *settings, const struct split *split) {
    struct trainer_settings training = {.negatives = 4, .batch_size = 64, .rate = 0.005, .seed = 1};
    struct trainer *trainer;
    struct model *model;
    uint32_t batches;
    bool ended;
    CHECK_EQUAL(model_new(&model, settings, USERS, ITEMS), STATUS_OK);
    CHECK_EQUAL(trainer_new(&trainer, model, split->train, &training), STATUS_OK);
    for (uint32_t epoch = 0; epoch < EPOCHS; epoch++)
        CHECK_EQUAL(trainer_run(trainer, UINT32_MAX, &batches, &ended), STATUS_OK);
    trainer_free(trainer);
    return model;
}

/* The new user's scores of all items. */
static void score_new(float *scores, struct fold_in *fold_in) {
    struct scorer *scorer;
    CHECK_EQUAL(scorer_new(&scorer, fold_in->model, NULL), STATUS_OK);
    fold_in_swap(fold_in);
    scorer_scores(scorer, scores, 0, NULL, ITEMS);
    fold_in_swap(fold_in);
    scorer_free(scorer);
}

/* How many of the pairs of an item of the user's colour that they did not name and one of the other are in order. */
static double share_in_order(const float *scores, uint32_t colour) {
    uint32_t right = 0, pairs = 0;
    for (uint32_t mine = 2 * NAMED + colour; mine < ITEMS; mine += 2)
        for (uint32_t other = 1 - colour; other < ITEMS; other += 2) {
            pairs++;
            right += scores[mine] > scores[other];
        }
    return (double)right / pairs;
}

static void test_likes_are_understood(void) {
    struct world world = checkerboard();
    for (uint32_t k = 0; k < KINDS; k++) {
        struct model *model = trained(&kinds[k].settings, world.split);
        uint64_t before = model_hash(model);
        for (uint32_t colour = 0; colour < 2; colour++) {
            struct fold_in *fold_in;
            uint32_t items[NAMED];
            float scores[ITEMS];
            for (uint32_t i = 0; i < NAMED; i++) items[i] = 2 * i + colour;
            CHECK_EQUAL(fold_in_new(&fold_in, model), STATUS_OK);
            fold_in_run(fold_in, items, NAMED, STEPS, 1);
            score_new(scores, fold_in);
            CHECK_OR_RETURN(share_in_order(scores, colour) > 0.97, "%s: %g", kinds[k].name,
                            share_in_order(scores, colour));
            fold_in_free(fold_in);
        }
        CHECK_EQUAL(model_hash(model), before);
        model_free(model);
    }
    world_free(&world);
}

/* Nothing but the new user's parameters changes, the same seed gives the same bits, and a start forgets. */
static void test_the_model_stays(void) {
    const uint32_t items[] = {3, 10, 11};
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, 9, 11 + ITEMS, 1);
        struct fold_in *fold_in = NULL;
        uint64_t before = model_hash(model);
        enum status status = fold_in_new(&fold_in, model);
        CHECK_EQUAL(fold_in == NULL, status != STATUS_OK);
        if (fold_in == NULL) {
            CHECK_EQUAL(strcmp(models_kinds[k].name, "features alone"), 0);
            model_free(model);
            continue;
        }
        float *first = models_floats(fold_in->width);
        for (uint32_t turn = 0; turn < 2; turn++) {
            fold_in_run(fold_in, items, 3, 7, 5);
            CHECK_EQUAL(model_hash(model), before);
            if (turn == 0) memcpy(first, fold_in->values, fold_in->width * sizeof *first);
            CHECK_EQUAL(memcmp(first, fold_in->values, fold_in->width * sizeof *first), 0);
            fold_in_start(fold_in);
            CHECK(memcmp(first, fold_in->values, fold_in->width * sizeof *first) != 0);
        }
        free(first);
        fold_in_free(fold_in);
        model_free(model);
    }
    fold_in_free(NULL);
}

/* More items than a step looks at, all items there are, and one alone. */
static void test_few_and_many_items(void) {
    uint32_t items[ITEMS];
    for (uint32_t i = 0; i < ITEMS; i++) items[i] = i;
    struct model *model = models_new(&kinds[3].settings, 3, ITEMS, 1);
    for (uint32_t n = 1; n <= ITEMS; n += 33) {
        struct fold_in *fold_in;
        CHECK_EQUAL(fold_in_new(&fold_in, model), STATUS_OK);
        fold_in_run(fold_in, items, n, 10, 1);
        for (uint32_t i = 0; i < fold_in->width; i++) CHECK(isfinite(fold_in->values[i]));
        fold_in_free(fold_in);
    }
    model_free(model);
}

int main(void) {
    RUN(test_likes_are_understood);
    RUN(test_the_model_stays);
    RUN(test_few_and_many_items);
    return check_report();
}

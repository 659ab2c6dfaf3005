/* A checkerboard world: user u likes item i where u + i is even, has rated every such item, and the one rated last is held
 * out. Half of the users like an item, whichever it is, so that popularity tells nothing and a model has to learn what a
 * user and an item have in common. The best item for each user is known: the held-out one is all that is left of those
 * that they like. */
#include "model/itempop.h"
#include "model/trainer.h"
#include "rank/evaluator.h"
#include "rank/recommend.h"
#include "worlds.h"

enum { USERS = 40, ITEMS = 100, CANDIDATES = 1 + ITEMS / 2, EPOCHS = 8 };

static const struct models_kind learners[] = {
    {"GMF", {.parts = MODEL_GMF, .factors = 8, .seed = 1}},
    {"MLP", {.parts = MODEL_MLP, MODELS_TOWER(4, 64, 32, 16, 8), .seed = 1}},
    {"NeuMF", {.parts = MODEL_GMF | MODEL_MLP, .factors = 4, MODELS_TOWER(4, 64, 32, 16, 8), .seed = 1}},
};

static struct world checkerboard(uint64_t seed) {
    struct rng rng = {seed};
    struct world world;
    CHECK_EQUAL(ratings_init(&world.ratings), STATUS_OK);
    for (uint32_t item = 0; item < ITEMS; item++)
        for (uint32_t user = 0; user < USERS; user++)
            if ((user + item) % 2 == 0) rows_add(&world.ratings, user, item, rng_below(&rng, 1U << 30));
    CHECK_EQUAL(ratings_finish(&world.ratings), STATUS_OK);
    CHECK_EQUAL(split_leave_one_out(&world.split, &world.ratings, 99, seed), STATUS_OK);
    return world;
}

static struct metrics metrics_now(const struct model *model, const struct split *split,
                                  enum evaluator_candidates kind) {
    struct evaluator *evaluator;
    CHECK_EQUAL(evaluator_new(&evaluator, model, split->train, &split->test), STATUS_OK);
    CHECK(evaluator_run(evaluator, kind, UINT32_MAX));
    for (uint32_t user = 0; user < USERS; user++)
        CHECK_EQUAL(evaluator->ranks[kind][user].candidates, CANDIDATES);
    struct metrics metrics = metrics_of_ranks(evaluator->ranks[kind], USERS);
    evaluator_free(evaluator);
    return metrics;
}

/* What a random order gives on average. */
static double chance_ndcg(void) {
    double sum = 0;
    for (uint32_t place = 0; place < 10; place++) sum += 1 / log2(place + 2.0);
    return sum / CANDIDATES;
}

/* The first and the last epoch's loss. */
static void train(double losses[2], struct model *model, const struct split *split,
                  const struct trainer_settings *settings) {
    struct trainer *trainer;
    CHECK_EQUAL(trainer_new(&trainer, model, split->train, settings), STATUS_OK);
    for (uint32_t epoch = 0; epoch < EPOCHS; epoch++) {
        uint32_t batches;
        bool ended;
        CHECK_EQUAL(trainer_run(trainer, UINT32_MAX, &batches, &ended), STATUS_OK);
        losses[epoch > 0] = trainer->loss_sum / (double)trainer->done;
    }
    trainer_free(trainer);
}

/* How many users the held-out item is recommended to first. */
static uint32_t first_recommendations(const struct model *model, const struct split *split) {
    struct scorer *scorer;
    uint32_t hits = 0, top;
    float score, all[ITEMS];
    CHECK_EQUAL(scorer_new(&scorer, model, NULL), STATUS_OK);
    for (uint32_t user = 0; user < USERS; user++)
        if (recommend_top(scorer, &top, &score, all, user, split->train,
                          split->train->item + split->train->start[user],
                          split->train->start[user + 1] - split->train->start[user], 1) == 1)
            hits += top == split->test.item[user];
    scorer_free(scorer);
    return hits;
}

static const struct trainer_settings usual = {.negatives = 4, .batch_size = 64, .rate = 0.005, .seed = 1};

static void check_learner(const struct models_kind *learner, const struct trainer_settings *settings) {
    struct world world = checkerboard(1);
    struct model *model;
    double losses[2];
    CHECK_EQUAL(model_new(&model, &learner->settings, USERS, ITEMS), STATUS_OK);
    struct metrics before = metrics_now(model, world.split, EVALUATOR_SAMPLED);
    train(losses, model, world.split, settings);
    struct metrics sampled = metrics_now(model, world.split, EVALUATOR_SAMPLED);
    struct metrics full = metrics_now(model, world.split, EVALUATOR_FULL);
    CHECK(before.hr[9] < 0.5);
    CHECK(sampled.hr[9] >= 0.95 && full.hr[9] >= 0.95);
    CHECK(sampled.ndcg[9] >= 0.9 && full.ndcg[9] >= 0.9);
    CHECK(first_recommendations(model, world.split) >= USERS * 8 / 10);
    CHECK(losses[1] < losses[0] / (settings->accept_known ? 1 : 2));
    model_free(model);
    world_free(&world);
}

static void check_learners(const struct trainer_settings *settings) {
    for (uint32_t l = 0; l < sizeof learners / sizeof *learners; l++) check_learner(learners + l, settings);
}

static void test_log_loss(void) { check_learners(&usual); }

static void test_pairs(void) {
    struct trainer_settings settings = usual;
    settings.loss = LOSS_BPR;
    check_learners(&settings);
}

static void test_squared_loss(void) {
    struct trainer_settings settings = usual;
    settings.loss = LOSS_SQUARED;
    settings.negative_weight = 0.5F;
    check_learners(&settings);
}

/* Negatives that are drawn by popularity, and such that are not rejected: with half of all items liked, half of them are
 * wrong, and a loss remains that nothing learns away. */
static void test_other_negatives(void) {
    for (uint32_t loss = 0; loss < LOSSES; loss++) {
        struct trainer_settings settings = usual;
        settings.loss = loss, settings.negative_weight = 1;
        settings.popularity = 0.75;
        check_learners(&settings);
        settings.accept_known = true;
        check_learners(&settings);
    }
}

/* Popularity is no better than chance, in any such world. */
static void test_itempop_cannot(void) {
    struct model_settings settings = {.parts = MODEL_BIAS};
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct world world = checkerboard(seed);
        struct model *model = models_new(&settings, USERS, ITEMS, 1);
        itempop_fit(model, world.split->train);
        struct metrics metrics = metrics_now(model, world.split, EVALUATOR_SAMPLED);
        CHECK(metrics.hr[9] < 10.0 / CANDIDATES + 0.05);
        CHECK(metrics.ndcg[9] < chance_ndcg() + 0.05);
        CHECK(first_recommendations(model, world.split) < USERS / 10);
        model_free(model);
        world_free(&world);
    }
}

int main(void) {
    RUN(test_log_loss);
    RUN(test_pairs);
    RUN(test_squared_loss);
    RUN(test_other_negatives);
    RUN(test_itempop_cannot);
    return check_report();
}

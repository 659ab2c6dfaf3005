/* Every allocation of what trains and ranks failing in turn; training and ranking themselves ask for none. */
#include "failing.h"
#include "model/map.h"
#include "model/trace.h"
#include "model/trainer.h"
#include "rank/evaluator.h"
#include "rank/recommend.h"
#include "worlds.h"

enum { USERS = 20, ITEMS = 30, B = 16 };

/* built once, for what is built upon them */
static struct world world;
static struct model *model;

/* Whatever `out` held before, it is NULL after an error. */
#define CHECK_OUT(out, status) CHECK(((out) == NULL) == ((status) != STATUS_OK))

static enum status make_model(void) {
    struct model *made = model;
    enum status status = model_new(&made, &model->settings, USERS, ITEMS);
    CHECK_OUT(made, status);
    model_free(made);
    return status;
}

static enum status make_network(void) {
    struct network *made = (struct network *)model;
    enum status status = network_new(&made, model, B);
    CHECK_OUT(made, status);
    network_free(made);
    return status;
}

static enum status make_gradients(void) {
    struct gradients *made = (struct gradients *)model;
    enum status status = gradients_new(&made, model, B);
    CHECK_OUT(made, status);
    gradients_free(made);
    return status;
}

static enum status make_batch(void) {
    struct batch *made = (struct batch *)model;
    enum status status = batch_new(&made, model, B);
    CHECK_OUT(made, status);
    batch_free(made);
    return status;
}

static enum status make_trace(void) {
    struct trace *made = (struct trace *)model;
    enum status status = trace_new(&made, model, &(struct objective){.loss = LOSS_LOG});
    CHECK_OUT(made, status);
    trace_free(made);
    return status;
}

static enum optimizer_kind optimizer_kind;

static enum status make_optimizer(void) {
    struct optimizer *made = (struct optimizer *)model;
    enum status status = optimizer_new(&made, model, optimizer_kind, 0.001);
    CHECK_OUT(made, status);
    optimizer_free(made);
    return status;
}

static const struct trainer_settings trainer_settings = {
    .negatives = 4, .batch_size = B, .rate = 0.001, .seed = 1};
static double popularity; /* of the trainer's negatives */

static enum status make_trainer(void) {
    struct trainer *made = (struct trainer *)model;
    struct trainer_settings settings = trainer_settings;
    settings.popularity = popularity;
    enum status status = trainer_new(&made, model, world.split->train, &settings);
    CHECK_OUT(made, status);
    trainer_free(made);
    return status;
}

static enum status make_scorer(void) {
    struct scorer *made = (struct scorer *)model;
    enum status status = scorer_new(&made, model, NULL);
    CHECK_OUT(made, status);
    scorer_free(made);
    return status;
}

static enum status make_evaluator(void) {
    struct evaluator *made = (struct evaluator *)model;
    enum status status = evaluator_new(&made, model, world.split->train, &world.split->test);
    CHECK_OUT(made, status);
    evaluator_free(made);
    return status;
}

static enum status make_map(void) {
    struct map *made = (struct map *)model;
    enum status status = map_new(&made, model);
    CHECK_OUT(made, status);
    map_free(made);
    return status;
}

static void test_model(void) { failing_check(make_model, 1); }
static void test_network(void) { failing_check(make_network, 1); }
static void test_gradients(void) { failing_check(make_gradients, 1); }
static void test_batch(void) { failing_check(make_batch, 1); }
static void test_trace(void) { failing_check(make_trace, 1 + 3); }
static void test_optimizer(void) {
    for (optimizer_kind = 0; optimizer_kind < OPTIMIZERS; optimizer_kind++) failing_check(make_optimizer, 1);
}
static void test_trainer(void) {
    failing_check(make_trainer, 1 + 4);
    popularity = 0.75;
    failing_check(make_trainer, 1 + 1 + 4);
    popularity = 0;
}
static void test_scorer(void) { failing_check(make_scorer, 1); }
static void test_evaluator(void) { failing_check(make_evaluator, 2); }
static void test_map(void) { failing_check(make_map, 1); }

/* A trainer that could not be made leaves the model as it was. */
static void test_model_is_left_alone(void) {
    uint64_t hash = model_hash(model);
    for (uint64_t granted = 0; granted < 5; granted++) {
        failing_set(granted, UINT64_MAX);
        CHECK_EQUAL(make_trainer(), STATUS_MEMORY);
        failing_off();
    }
    CHECK_EQUAL(model_hash(model), hash);
}

/* Sizes that no machine has are refused before they are asked for. */
static void test_too_large_is_not_asked_for(void) {
    struct model_settings settings = {.parts = MODEL_GMF, .factors = MODEL_MAX_WIDTH};
    struct model *made = model;
    failing_off();
    CHECK_EQUAL(model_new(&made, &settings, 1U << 24, 1U << 24), STATUS_MEMORY);
    CHECK(made == NULL);
    CHECK_EQUAL(failing_asked, 0);
}

static void check_training(struct model *of, const struct trainer_settings *settings) {
    struct trainer *trainer;
    uint32_t batches;
    bool ended;
    CHECK_EQUAL(trainer_new(&trainer, of, world.split->train, settings), STATUS_OK);
    failing_set(0, UINT64_MAX);
    for (uint32_t epoch = 0; epoch < 3; epoch++) {
        CHECK_EQUAL(trainer_run(trainer, UINT32_MAX, &batches, &ended), STATUS_OK);
        trainer_set_rate(trainer, 0.002);
        trainer_snapshot(trainer, of);
    }
    CHECK_EQUAL(failing_asked, 0);
    failing_off();
    trainer_free(trainer);
}

static void test_training_asks_for_none(void) {
    for (uint32_t n = 0; n < OPTIMIZERS * SAMPLER_ORDERS; n++) {
        struct trainer_settings settings = trainer_settings;
        settings.optimizer = n % OPTIMIZERS, settings.order = n / OPTIMIZERS;
        settings.loss = n % LOSSES, settings.negative_weight = 1, settings.popularity = n % 2;
        check_training(model, &settings);
    }
}

/* One example at a time. */
static void test_training_online_asks_for_none(void) {
    struct model_settings shape = {.parts = MODEL_GMF | MODEL_BIAS, .factors = 8, .dot = true};
    struct trainer_settings settings = trainer_settings;
    struct model *product = models_new(&shape, USERS, ITEMS, 1);
    settings.batch_size = 1, settings.optimizer = OPTIMIZER_SGD;
    check_training(product, &settings);
    model_free(product);
}

static void test_ranking_asks_for_none(void) {
    struct evaluator *evaluator;
    uint32_t items[5];
    float scores[5];
    CHECK_EQUAL(evaluator_new(&evaluator, model, world.split->train, &world.split->test), STATUS_OK);
    failing_set(0, UINT64_MAX);
    for (uint32_t kind = 0; kind < 2; kind++) {
        evaluator_start(evaluator);
        CHECK(evaluator_run(evaluator, kind, UINT32_MAX));
        CHECK_EQUAL(metrics_of_ranks(evaluator->ranks[kind], USERS).users, world.split->test.users);
    }
    CHECK_EQUAL(recommend_top(evaluator->scorer, items, scores, evaluator->scores, 3, world.split->train,
                              world.split->train->item, 0, 5),
                5);
    CHECK_EQUAL(failing_asked, 0);
    failing_off();
    evaluator_free(evaluator);
}

int main(void) {
    world = world_random(USERS, ITEMS, 100, 5, 1);
    model = models_new(&models_kinds[MODELS_KINDS - 1].settings, USERS, ITEMS, 1);
    RUN(test_model);
    RUN(test_network);
    RUN(test_gradients);
    RUN(test_batch);
    RUN(test_trace);
    RUN(test_optimizer);
    RUN(test_trainer);
    RUN(test_scorer);
    RUN(test_evaluator);
    RUN(test_map);
    RUN(test_model_is_left_alone);
    RUN(test_too_large_is_not_asked_for);
    RUN(test_training_asks_for_none);
    RUN(test_training_online_asks_for_none);
    RUN(test_ranking_asks_for_none);
    model_free(model);
    world_free(&world);
    return check_report();
}

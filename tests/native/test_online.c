/* Examples one at a time against the trainer's way for all batches: the same to the bit, whatever the settings. */
#include "model/trainer.h"
#include "worlds.h"

enum { USERS = 30, ITEMS = 40 };

static struct world world; /* of 30 users with some 10 items each */

/* One model trained online and its twin trained by batches. */
struct twins {
    struct model *models[2];
    struct trainer *trainers[2];
};

static struct twins twins_new(const struct model_settings *model, const struct trainer_settings *settings) {
    struct twins twins;
    for (uint32_t t = 0; t < 2; t++) {
        twins.models[t] = models_new(model, USERS, ITEMS, 5);
        CHECK_EQUAL(trainer_new(&twins.trainers[t], twins.models[t], world.split->train, settings),
                    STATUS_OK);
    }
    CHECK(twins.trainers[0]->online);
    twins.trainers[1]->online = false;
    return twins;
}

static void twins_free(struct twins *twins) {
    for (uint32_t t = 0; t < 2; t++) {
        trainer_free(twins->trainers[t]);
        model_free(twins->models[t]);
    }
}

static bool same_double(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }

/* NaN and NaN are the same, whatever their signs, which no operation promises. */
static bool same_values(const struct model *a, const struct model *b) {
    for (uint64_t i = 0; i < a->parameters; i++)
        if (check_float_bits(a->values[i]) != check_float_bits(b->values[i]) &&
            !(isnan(a->values[i]) && isnan(b->values[i])))
            return false;
    return true;
}

/* One call for each; what it returns and leaves is the same. */
static enum status run_both(const struct twins *twins, uint32_t limit) {
    enum status status[2];
    uint32_t batches[2];
    bool ended[2];
    struct trainer *online = twins->trainers[0], *usual = twins->trainers[1];
    for (uint32_t t = 0; t < 2; t++)
        status[t] = trainer_run(twins->trainers[t], limit, batches + t, ended + t);
    CHECK_EQUAL(status[0], status[1]);
    CHECK_EQUAL(batches[0], batches[1]);
    CHECK_EQUAL(ended[0], ended[1]);
    CHECK_EQUAL(online->epoch, usual->epoch);
    CHECK_EQUAL(online->done, usual->done);
    CHECK(same_double(online->loss_sum, usual->loss_sum) || status[0] == STATUS_NOT_FINITE);
    CHECK_EQUAL(online->batch->B, usual->batch->B);
    CHECK(batches[0] == 0 ||
          (*online->batch->users == *usual->batch->users && *online->batch->items == *usual->batch->items &&
           *online->batch->labels == *usual->batch->labels));
    CHECK(same_values(twins->models[0], twins->models[1]));
    return status[0];
}

static const struct trainer_settings usual = {.negatives = 3,
                                              .batch_size = 1,
                                              .optimizer = OPTIMIZER_SGD,
                                              .rate = 0.02,
                                              .seed = 7,
                                              .negative_weight = 0.4F};

static void check_settings(uint32_t factors, bool bias, uint32_t variant) {
    struct model_settings model = {
        .parts = MODEL_GMF | (bias ? MODEL_BIAS : 0), .factors = factors, .dot = true};
    struct trainer_settings settings = usual;
    settings.rate = 0.1 / (2 + factors);
    model.l2[MODEL_GMF_EMBEDDINGS] = variant % 2 == 0 ? 0.0F : 0.005F;
    model.l2[MODEL_BIASES] = variant / 2 % 2 == 0 ? 0.0F : 0.01F;
    settings.loss = variant / 4 % 2 == 0 ? LOSS_LOG : LOSS_SQUARED;
    settings.order = variant / 3 % SAMPLER_ORDERS;
    settings.accept_known = variant % 3 == 0;
    settings.popularity = variant % 5 == 0 ? 0.5 : 0;
    struct twins twins = twins_new(&model, &settings);
    uint64_t before = model_hash(twins.models[0]);
    for (uint32_t epoch = 0; epoch < 2; epoch++) CHECK_EQUAL(run_both(&twins, UINT32_MAX), STATUS_OK);
    CHECK(model_hash(twins.models[0]) != before);
    CHECK_EQUAL(twins.trainers[0]->done, twins.trainers[0]->sampler.instances);
    twins_free(&twins);
}

static void test_same_bits(void) {
    static const uint32_t factors[] = {1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 33, 64, 192};
    for (uint32_t f = 0; f < sizeof factors / sizeof *factors; f++)
        for (uint32_t variant = 0; variant < 8; variant++)
            for (uint32_t bias = 0; bias < 2; bias++) check_settings(factors[f], bias == 1, variant);
}

static const struct model_settings matrix = {
    .parts = MODEL_GMF | MODEL_BIAS, .factors = 8, .dot = true, .l2 = {0.001F, 0.002F}};

/* Slices of all sizes, more or less than are drawn ahead, and a rate that changes between them. */
static void test_slices(void) {
    static const uint32_t limits[] = {1, 0, 255, 3, 256, 257, 100, 700};
    struct twins twins = twins_new(&matrix, &usual);
    for (uint32_t call = 0; call < 40; call++) {
        CHECK_EQUAL(run_both(&twins, limits[call % 8]), STATUS_OK);
        for (uint32_t t = 0; t < 2 && call % 5 == 4; t++)
            trainer_set_rate(twins.trainers[t], 0.001 * (call + 1));
    }
    CHECK(twins.trainers[0]->epoch > 3);
    twins_free(&twins);
}

/* Both stop after the same example where the loss is not finite, and go on alike. */
static void test_divergence(void) {
    for (uint32_t n = 0; n < 12; n++) {
        struct trainer_settings absurd = usual;
        struct model_settings model = matrix;
        enum status status = STATUS_OK;
        absurd.loss = n % 2 == 0 ? LOSS_LOG : LOSS_SQUARED;
        absurd.rate = n / 2 % 2 == 0 ? 1e30 : 40;
        if (n >= 8) model.parts = MODEL_GMF;
        if (n % 4 == 3) model.l2[MODEL_GMF_EMBEDDINGS] = 0;
        struct twins twins = twins_new(&model, &absurd);
        for (uint32_t call = 0; call < 100 && status == STATUS_OK; call++) status = run_both(&twins, 50);
        if (absurd.loss == LOSS_SQUARED || absurd.rate > 100) CHECK_EQUAL(status, STATUS_NOT_FINITE);
        run_both(&twins, 5);
        twins_free(&twins);
    }
}

/* Weights of 0 and -0 and products that underflow to them. */
static void test_zeros(void) {
    static const float values[] = {0.0F, -0.0F, 1e-30F, -1e-30F, 1.0F, -1.0F};
    for (uint32_t variant = 0; variant < 8; variant++) {
        struct model_settings model = matrix;
        struct rng rng = {variant};
        model.factors = 6 + variant / 4;
        if (variant % 2 == 0) model.l2[MODEL_GMF_EMBEDDINGS] = model.l2[MODEL_BIASES] = 0;
        if (variant / 2 % 2 == 0) model.parts = MODEL_GMF;
        struct twins twins = twins_new(&model, &usual);
        for (uint64_t i = 0; i < twins.models[0]->parameters; i++)
            twins.models[0]->values[i] = twins.models[1]->values[i] = values[rng_below(&rng, 6)];
        CHECK_EQUAL(run_both(&twins, 5), STATUS_OK);
        CHECK_EQUAL(run_both(&twins, UINT32_MAX), STATUS_OK);
        twins_free(&twins);
    }
}

/* What is not for it is left to the other way. */
static void test_what_does_not_fit(void) {
    struct model *model = models_new(&matrix, USERS, ITEMS, 1), *other;
    CHECK(online_fits(model, OPTIMIZER_SGD, LOSS_LOG, 1) &&
          online_fits(model, OPTIMIZER_SGD, LOSS_SQUARED, 1));
    CHECK(!online_fits(model, OPTIMIZER_SGD, LOSS_LOG, 2) && !online_fits(model, OPTIMIZER_SGD, LOSS_BPR, 2));
    for (uint32_t kind = 0; kind < OPTIMIZERS; kind++)
        CHECK_EQUAL(online_fits(model, kind, LOSS_LOG, 1), kind == OPTIMIZER_SGD);
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        const struct model_settings *settings = &models_kinds[k].settings;
        bool products = settings->dot && (settings->parts & MODEL_MLP) == 0;
        other = models_new(settings, USERS, ITEMS, 1);
        CHECK_EQUAL(online_fits(other, OPTIMIZER_SGD, LOSS_LOG, 1), products);
        model_free(other);
    }
    model_free(model);
}

int main(void) {
    world = world_random(USERS, ITEMS, 300, 5, 1);
    RUN(test_same_bits);
    RUN(test_slices);
    RUN(test_divergence);
    RUN(test_zeros);
    RUN(test_what_does_not_fit);
    world_free(&world);
    return check_report();
}

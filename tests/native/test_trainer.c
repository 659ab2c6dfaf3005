/* Training: the loss and the first step against double precision, and which runs are the same to the bit. */
#include "model/trainer.h"

#include "model/loss.h"
#include "worlds.h"

enum { USERS = 30, ITEMS = 40, EPOCHS = 3 };

/* A rate so small that no float moves by it. */
#define STANDSTILL 1e-60

static const struct trainer_settings usual = {.negatives = 3, .batch_size = 64, .rate = 0.01, .seed = 7};

static struct world world; /* of 30 users with some 10 items each */

static struct trainer *trainer_of(struct model *model, const struct trainer_settings *settings) {
    struct trainer *trainer = NULL;
    CHECK_EQUAL(trainer_new(&trainer, model, world.split->train, settings), STATUS_OK);
    return trainer;
}

static void train_epoch(struct trainer *trainer) {
    uint32_t batches;
    bool ended;
    CHECK_EQUAL(trainer_run(trainer, UINT32_MAX, &batches, &ended), STATUS_OK);
    CHECK(ended);
}

struct outcome {
    double losses[EPOCHS]; /* means */
    uint64_t hash;
};

static bool same_outcome(struct outcome a, struct outcome b) {
    return memcmp(a.losses, b.losses, sizeof a.losses) == 0 && a.hash == b.hash;
}

/* Trains from weights of seed 1, each call with the next limit of limits[count], over and over. */
static struct outcome train_in_slices(const struct model_settings *model_settings,
                                      const struct trainer_settings *settings, const uint32_t *limits,
                                      uint32_t count) {
    struct outcome outcome = {.hash = 0};
    struct model *model = models_new(model_settings, USERS, ITEMS, 1);
    struct trainer *trainer = trainer_of(model, settings);
    uint64_t expected = (trainer->sampler.instances + settings->batch_size - 1) / settings->batch_size;
    uint32_t call = 0;
    for (uint32_t epoch = 0; epoch < EPOCHS; epoch++) {
        uint64_t sum = 0;
        for (bool ended = false; !ended && sum < 10000;) {
            uint32_t limit = limits[call++ % count], batches = 12345;
            CHECK_EQUAL(trainer_run(trainer, limit, &batches, &ended), STATUS_OK);
            sum += batches;
            CHECK(ended ? batches <= limit : batches == limit);
            CHECK_EQUAL(trainer->epoch, epoch + 1);
            CHECK_EQUAL(trainer->done, ended ? trainer->sampler.instances : sum * settings->batch_size);
        }
        CHECK_EQUAL(sum, expected);
        outcome.losses[epoch] = trainer->loss_sum / (double)trainer->done;
    }
    outcome.hash = model_hash(model);
    trainer_free(trainer);
    model_free(model);
    return outcome;
}

static struct outcome train_whole(const struct model_settings *model,
                                  const struct trainer_settings *trainer) {
    static const uint32_t limit = UINT32_MAX;
    return train_in_slices(model, trainer, &limit, 1);
}

static void test_any_slices(void) {
    static const uint32_t mixed[] = {3, 0, 1, 5, 2, 0, 0, 9}, sizes[] = {1, 5, 1000};
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        const struct model_settings *model = &models_kinds[k].settings;
        struct outcome whole = train_whole(model, &usual);
        CHECK(whole.losses[EPOCHS - 1] < whole.losses[0]);
        CHECK_OR_RETURN(same_outcome(train_in_slices(model, &usual, mixed, 8), whole), "%s, mixed slices",
                        models_kinds[k].name);
        for (uint32_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
            CHECK_OR_RETURN(same_outcome(train_in_slices(model, &usual, sizes + s, 1), whole),
                            "%s, slices of %u", models_kinds[k].name, (unsigned)sizes[s]);
    }
}

static void test_seeds(void) {
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct trainer_settings other = usual;
        struct outcome outcome = train_whole(&models_kinds[k].settings, &usual);
        CHECK(same_outcome(train_whole(&models_kinds[k].settings, &usual), outcome));
        other.seed++;
        struct outcome another = train_whole(&models_kinds[k].settings, &other);
        CHECK(another.hash != outcome.hash);
        for (uint32_t epoch = 0; epoch < EPOCHS; epoch++)
            CHECK(another.losses[epoch] < outcome.losses[epoch] ||
                  another.losses[epoch] > outcome.losses[epoch]);
    }
}

/* Batches of one, batches that the epoch is a multiple of or not, and one larger than the epoch. */
static void test_batch_sizes(void) {
    uint32_t instances = world.split->train->count * 4;
    const uint32_t sizes[] = {1, 2, 4, 63, 64, instances - 1, instances, instances + 1};
    uint64_t hashes[8];
    for (uint32_t s = 0; s < 8; s++) {
        struct trainer_settings settings = usual;
        settings.batch_size = sizes[s];
        hashes[s] = train_whole(&models_kinds[MODELS_KINDS - 1].settings, &settings).hash;
        for (uint32_t before = 0; before < s; before++)
            CHECK_EQUAL(hashes[before] == hashes[s], sizes[before] == instances && sizes[s] > instances);
    }
}

/* Mean log loss (eq. 7) of a whole epoch, with the model's shape and weights `values`. */
static double twin_loss(const struct trainer *trainer, const double *values, uint64_t epoch) {
    uint32_t count = (uint32_t)trainer->sampler.instances;
    uint32_t *users = malloc(count * sizeof *users), *items = malloc(count * sizeof *items);
    float *labels = models_floats(count);
    double sum = 0;
    sampler_batch(&trainer->sampler, epoch, 0, count, users, items, labels);
    for (uint32_t i = 0; i < count; i++) {
        double p = 1 / (1 + exp(-models_logit(trainer->model, values, users[i], items[i])));
        sum -= labels[i] > 0.5F ? log(p) : log(1 - p);
    }
    free(users);
    free(items);
    free(labels);
    return sum / count;
}

/* At a standstill every epoch's loss is that of the first weights, each epoch with its own negatives. */
static void test_loss(void) {
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct trainer_settings settings = usual;
        settings.rate = STANDSTILL;
        settings.batch_size = 63;
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, k);
        struct trainer *trainer = trainer_of(model, &settings);
        double *values = models_twin(model), before = 0;
        uint64_t hash = model_hash(model);
        for (uint32_t epoch = 1; epoch <= EPOCHS; epoch++) {
            train_epoch(trainer);
            double loss = trainer->loss_sum / (double)trainer->done,
                   expected = twin_loss(trainer, values, epoch);
            CHECK_OR_RETURN(fabs(loss - expected) < 1e-5 * expected, "%s: %g, not %g", models_kinds[k].name,
                            loss, expected);
            CHECK(expected < before || expected > before);
            before = expected;
        }
        CHECK_EQUAL(model_hash(model), hash);
        free(values);
        trainer_free(trainer);
        model_free(model);
    }
}

/* Adam's first step moves every weight by the rate, against the sign of the gradient, which central differences of the
 * loss give: one batch that is the whole epoch. */
static void test_first_step(void) {
    static const uint32_t kinds[] = {0, 2, 7, 14, 16};
    for (uint32_t c = 0; c < sizeof kinds / sizeof *kinds; c++) {
        struct trainer_settings settings = {1, TRAINER_MAX_BATCH, 0.001, 3};
        struct model *model = models_new(&models_kinds[kinds[c]].settings, USERS, ITEMS, 2);
        struct trainer *trainer = trainer_of(model, &settings);
        double *values = models_twin(model);
        uint64_t moved = 0;
        train_epoch(trainer);
        for (uint64_t i = 0; i < model->parameters; i += 7) {
            double kept = values[i], by = 1e-6, gradient;
            values[i] = kept + by;
            gradient = twin_loss(trainer, values, 1);
            values[i] = kept - by;
            gradient = (gradient - twin_loss(trainer, values, 1)) / (2 * by);
            values[i] = kept;
            if (fabs(gradient) < 1e-4) continue;
            double step = (double)model->values[i] - kept;
            CHECK_OR_RETURN(fabs(step + copysign(0.001, gradient)) < 1e-5, "%s %u: by %g, gradient %g",
                            models_kinds[kinds[c]].name, (unsigned)i, step, gradient);
            moved++;
        }
        CHECK(moved > model->parameters / 7 / 3);
        free(values);
        trainer_free(trainer);
        model_free(model);
    }
}

/* The same batches through a network and gradients of their own each, so that nothing is left from the batch before. */
static void fresh_epoch(struct model *model, struct adam *adam, const struct sampler *sampler,
                        uint64_t epoch) {
    uint32_t B = usual.batch_size, users[64], items[64];
    for (uint64_t from = 0; from < sampler->instances; from += B) {
        uint32_t count = sampler->instances - from < B ? (uint32_t)(sampler->instances - from) : B;
        float *labels = models_floats(count), *logits = models_floats(count),
              *d_logits = models_floats(count);
        struct network *network;
        struct gradients *gradients;
        CHECK_EQUAL(network_new(&network, model, count), STATUS_OK);
        CHECK_EQUAL(gradients_new(&gradients, model, count), STATUS_OK);
        sampler_batch(sampler, epoch, from, count, users, items, labels);
        network_forward(network, logits, model, users, items, count);
        loss_log(d_logits, logits, labels, count);
        gradients_begin(gradients, model, users, items, count);
        network_backward(network, gradients, model, d_logits, count);
        adam_step(adam, model, gradients, usual.rate);
        network_free(network);
        gradients_free(gradients);
        free(labels);
        free(logits);
        free(d_logits);
    }
}

static void test_batches_leave_nothing(void) {
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, k);
        struct model *fresh = models_new(&models_kinds[k].settings, USERS, ITEMS, k);
        struct trainer *trainer = trainer_of(model, &usual);
        struct adam *adam;
        CHECK_EQUAL(adam_new(&adam, fresh), STATUS_OK);
        for (uint32_t epoch = 1; epoch <= EPOCHS; epoch++) {
            train_epoch(trainer);
            fresh_epoch(fresh, adam, &trainer->sampler, epoch);
            CHECK_OR_RETURN(model_hash(model) == model_hash(fresh), "%s", models_kinds[k].name);
        }
        adam_free(adam);
        trainer_free(trainer);
        model_free(model);
        model_free(fresh);
    }
}

/* The rate counts from the next batch on, in the middle of an epoch too. */
static void test_live_rate(void) {
    struct model *model = models_new(&models_kinds[MODELS_KINDS - 1].settings, USERS, ITEMS, 1);
    struct trainer *trainer = trainer_of(model, &usual);
    uint32_t batches;
    bool ended;
    uint64_t hash = model_hash(model);
    for (uint32_t turn = 0; turn < 3; turn++) {
        trainer->settings.rate = STANDSTILL;
        CHECK_EQUAL(trainer_run(trainer, 2, &batches, &ended), STATUS_OK);
        CHECK_EQUAL(model_hash(model), hash);
        trainer->settings.rate = 0.01;
        CHECK_EQUAL(trainer_run(trainer, 1, &batches, &ended), STATUS_OK);
        CHECK(model_hash(model) != hash);
        hash = model_hash(model);
    }
    CHECK(!ended);
    trainer_free(trainer);
    model_free(model);
}

/* An absurd rate is seen to diverge, by every model that has products to overflow, and stays so. A reset model with a new
 * trainer goes on as if nothing had been. */
static void test_divergence(void) {
    for (uint32_t k = 1; k < MODELS_KINDS; k++) {
        struct trainer_settings absurd = usual;
        struct outcome expected, outcome;
        absurd.rate = 1e30;
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 1);
        struct trainer *trainer = trainer_of(model, &absurd);
        enum status status = STATUS_OK;
        uint32_t batches = 0, calls = 0;
        bool ended = true;
        while (status == STATUS_OK && calls++ < 10)
            status = trainer_run(trainer, UINT32_MAX, &batches, &ended);
        CHECK_OR_RETURN(status == STATUS_NOT_FINITE, "%s: status %d", models_kinds[k].name, (int)status);
        CHECK(batches > 0 && !ended);
        CHECK(!isfinite(trainer->loss_sum));
        CHECK_EQUAL(trainer_run(trainer, 1, &batches, &ended), STATUS_NOT_FINITE);
        CHECK_EQUAL(batches, 1);
        trainer_free(trainer);
        model_reset(model);
        trainer = trainer_of(model, &usual);
        struct model *fresh = models_new(&models_kinds[k].settings, USERS, ITEMS, 1);
        model_reset(fresh);
        struct trainer *fresh_trainer = trainer_of(fresh, &usual);
        train_epoch(trainer);
        train_epoch(fresh_trainer);
        outcome = (struct outcome){{trainer->loss_sum}, model_hash(model)};
        expected = (struct outcome){{fresh_trainer->loss_sum}, model_hash(fresh)};
        CHECK(same_outcome(outcome, expected) && isfinite(outcome.losses[0]));
        trainer_free(trainer);
        trainer_free(fresh_trainer);
        model_free(model);
        model_free(fresh);
    }
}

static void test_arguments(void) {
    const struct trainer_settings wrong[] = {
        {0, 64, 0.01, 1}, {4, 0, 0.01, 1},  {4, TRAINER_MAX_BATCH + 1, 0.01, 1},
        {4, 64, 0, 1},    {4, 64, -0.1, 1}, {4, 64, (double)NAN, 1},
    };
    struct model *model = models_new(&models_kinds[1].settings, USERS, ITEMS, 1);
    for (uint32_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
        struct trainer *trainer = (struct trainer *)model;
        CHECK_EQUAL(trainer_new(&trainer, model, world.split->train, wrong + w), STATUS_ARGUMENT);
        CHECK(trainer == NULL);
    }
    trainer_free(NULL);
    model_free(model);
}

/* A user with every item leaves no negatives, and a train set without pairs nothing to learn. */
static void test_nothing_to_draw(void) {
    static const uint32_t no_pairs[3];
    struct interactions empty = {.users = 2, .items = 2, .start = no_pairs}, *full;
    struct model *model = models_new(&models_kinds[1].settings, 2, 2, 1);
    struct trainer *trainer = (struct trainer *)model;
    struct ratings ratings;
    rows_parse(&ratings, "1,1,3,1\n1,2,3,1\n2,1,3,1\n");
    CHECK_EQUAL(interactions_new(&full, &ratings, NULL), STATUS_OK);
    CHECK_EQUAL(trainer_new(&trainer, model, full, &usual), STATUS_NO_NEGATIVES);
    CHECK(trainer == NULL);
    trainer = (struct trainer *)model;
    CHECK_EQUAL(trainer_new(&trainer, model, &empty, &usual), STATUS_EMPTY);
    CHECK(trainer == NULL);
    interactions_free(full);
    ratings_free(&ratings);
    model_free(model);
}

int main(void) {
    world = world_random(USERS, ITEMS, 300, 5, 1);
    RUN(test_any_slices);
    RUN(test_seeds);
    RUN(test_batch_sizes);
    RUN(test_loss);
    RUN(test_first_step);
    RUN(test_batches_leave_nothing);
    RUN(test_live_rate);
    RUN(test_divergence);
    RUN(test_arguments);
    RUN(test_nothing_to_draw);
    world_free(&world);
    return check_report();
}

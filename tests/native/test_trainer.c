/* Training: the loss and the first step against double precision, and which runs are the same to the bit. */
#include "model/trainer.h"

#include "model/loss.h"
#include "worlds.h"

enum { USERS = 30, ITEMS = 40, EPOCHS = 3 };

/* A rate so small that no float moves by it. */
#define STANDSTILL 1e-60

static const struct trainer_settings usual = {.negatives = 3, .batch_size = 64, .rate = 0.01, .seed = 7};

#define EVERYTHING (&models_kinds[MODELS_KINDS - 1].settings)

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

static void check_any_slices(const struct model_settings *model, const struct trainer_settings *trainer,
                             const char *name) {
    static const uint32_t mixed[] = {3, 0, 1, 5, 2, 0, 0, 9}, sizes[] = {1, 5, 1000};
    struct outcome whole = train_whole(model, trainer);
    CHECK(whole.losses[EPOCHS - 1] < whole.losses[0]);
    CHECK_OR_RETURN(same_outcome(train_in_slices(model, trainer, mixed, 8), whole), "%s, optimizer %d, mixed",
                    name, (int)trainer->optimizer);
    for (uint32_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        CHECK_OR_RETURN(same_outcome(train_in_slices(model, trainer, sizes + s, 1), whole),
                        "%s, optimizer %d, slices of %u", name, (int)trainer->optimizer, (unsigned)sizes[s]);
}

static void test_any_slices(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++)
        check_any_slices(&models_kinds[k].settings, &usual, models_kinds[k].name);
}

static void test_any_slices_of_any_optimizer_and_order(void) {
    for (uint32_t n = 0; n < OPTIMIZERS * SAMPLER_ORDERS; n++) {
        struct trainer_settings settings = usual;
        struct model_settings model = *EVERYTHING;
        settings.optimizer = n % OPTIMIZERS, settings.order = n / OPTIMIZERS;
        for (uint32_t g = 0; g < MODEL_FREE; g++) model.l2[g] = 0.001F;
        check_any_slices(&model, &settings, "everything");
    }
}

/* Ways to train that differ from the usual one in their loss or in how negatives are drawn. */
static struct trainer_settings variant(uint32_t number) {
    struct trainer_settings settings = usual;
    settings.loss = number % LOSSES;
    settings.negative_weight = 0.5F;
    settings.popularity = number / LOSSES % 2 * 0.75;
    settings.accept_known = number / LOSSES / 2 % 2 == 1;
    settings.order = number / 2 % SAMPLER_ORDERS;
    return settings;
}
enum { VARIANTS = LOSSES * 4 };

static void test_any_slices_of_any_loss(void) {
    for (uint32_t n = 0; n < VARIANTS; n++) {
        struct trainer_settings settings = variant(n);
        settings.batch_size = n % 3 == 0 ? 2 : 62;
        settings.optimizer = n % OPTIMIZERS;
        check_any_slices(EVERYTHING, &settings, "everything");
    }
}

/* No two optimizers, orders, regularisers, losses or ways to draw negatives train to the same weights. */
static void test_settings_matter(void) {
    uint64_t hashes[OPTIMIZERS + 3 + VARIANTS];
    for (uint32_t n = 0; n < OPTIMIZERS + 3 + VARIANTS - 1; n++) {
        struct trainer_settings settings = usual;
        struct model_settings model = *EVERYTHING;
        if (n < OPTIMIZERS)
            settings.optimizer = n;
        else if (n == OPTIMIZERS)
            settings.order = SAMPLER_GROUPED;
        else if (n == OPTIMIZERS + 1)
            model.l2[MODEL_WEIGHTS] = 0.01F;
        else if (n == OPTIMIZERS + 2)
            settings = variant(LOSS_SQUARED), settings.negative_weight = 1;
        else
            settings = variant(n - OPTIMIZERS - 2);
        hashes[n] = train_whole(&model, &settings).hash;
        for (uint32_t before = 0; before < n; before++) CHECK(hashes[before] != hashes[n]);
    }
}

/* The weight of negatives is not read where the loss has none. */
static void test_negative_weight_is_of_squared_loss(void) {
    for (uint32_t loss = 0; loss < LOSSES; loss++) {
        struct trainer_settings settings = variant(loss), other = settings;
        other.negative_weight = 0.25F;
        bool same = train_whole(EVERYTHING, &settings).hash == train_whole(EVERYTHING, &other).hash;
        CHECK_EQUAL(same, loss != LOSS_SQUARED);
    }
}

static void test_seeds(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
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
        hashes[s] = train_whole(EVERYTHING, &settings).hash;
        for (uint32_t before = 0; before < s; before++)
            CHECK_EQUAL(hashes[before] == hashes[s], sizes[before] == instances && sizes[s] > instances);
    }
}

/* The loss of example i of an epoch: of a pair both have the pair's. */
static double twin_example(const struct trainer_settings *settings, const double *logits, const float *labels,
                           uint32_t i) {
    double z = logits[i], y = (double)labels[i];
    if (settings->loss == LOSS_SQUARED)
        return (y > 0 ? 1 : (double)settings->negative_weight) * (y - z) * (y - z);
    if (settings->loss == LOSS_BPR) z = logits[i - i % 2] - logits[i - i % 2 + 1], y = 1;
    return y > 0 ? log1p(exp(-z)) : log1p(exp(z));
}

/* Mean loss of a whole epoch, with the model's shape and weights `values`. */
static double twin_loss(const struct trainer *trainer, const double *values, uint64_t epoch) {
    uint32_t count = (uint32_t)trainer->sampler.instances;
    uint32_t *users = malloc(count * sizeof *users), *items = malloc(count * sizeof *items);
    float *labels = models_floats(count);
    double sum = 0, *logits = malloc(count * sizeof *logits);
    sampler_batch(&trainer->sampler, epoch, 0, count, users, items, labels);
    for (uint32_t i = 0; i < count; i++) logits[i] = models_logit(trainer->model, values, users[i], items[i]);
    for (uint32_t i = 0; i < count; i++) sum += twin_example(&trainer->settings, logits, labels, i);
    free(logits);
    free(users);
    free(items);
    free(labels);
    return sum / count;
}

/* At a standstill every epoch's loss is that of the first weights, each epoch with its own negatives. */
static void test_loss(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct trainer_settings settings = variant(k % VARIANTS);
        settings.rate = STANDSTILL;
        settings.batch_size = settings.loss == LOSS_BPR ? 62 : 63;
        settings.optimizer = k % OPTIMIZERS, settings.order = k % SAMPLER_ORDERS;
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
static void check_first_step(enum loss_kind loss) {
    static const uint32_t kinds[] = {0, 2, 7, 14, 16, 20, MODELS_KINDS, MODELS_KINDS + 5};
    for (uint32_t c = 0; c < sizeof kinds / sizeof *kinds; c++) {
        struct trainer_settings settings = {.negatives = 1,
                                            .batch_size = TRAINER_MAX_BATCH,
                                            .order = c % SAMPLER_ORDERS,
                                            .optimizer = OPTIMIZER_ADAM + c % 3,
                                            .rate = 0.001,
                                            .seed = 3,
                                            .loss = loss,
                                            .negative_weight = 0.5F};
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

static void test_first_step(void) {
    for (uint32_t loss = 0; loss < LOSSES; loss++) check_first_step(loss);
}

/* The same batches through batches, networks and gradients of their own each, so that nothing is left from the one before. */
static void fresh_epoch(struct model *model, struct optimizer *optimizer, const struct sampler *sampler,
                        uint64_t epoch) {
    for (uint64_t from = 0; from < sampler->instances; from += usual.batch_size) {
        uint64_t left = sampler->instances - from;
        uint32_t B = left < usual.batch_size ? (uint32_t)left : usual.batch_size;
        float *logits = models_floats(B), *d_logits = models_floats(B);
        struct batch *batch;
        struct network *network;
        struct gradients *gradients;
        CHECK_EQUAL(batch_new(&batch, model, B), STATUS_OK);
        CHECK_EQUAL(network_new(&network, model, B), STATUS_OK);
        CHECK_EQUAL(gradients_new(&gradients, model, B), STATUS_OK);
        sampler_batch(sampler, epoch, from, B, batch->users, batch->items, batch->labels);
        batch_index(batch, B);
        optimizer_prepare(optimizer, model, batch);
        network_forward(network, logits, model, batch);
        loss_log(d_logits, logits, batch->labels, B);
        network_backward(network, gradients, model, batch, d_logits);
        gradients_add_l2(gradients, model, batch);
        optimizer_step(optimizer, model, gradients, batch);
        batch_free(batch);
        network_free(network);
        gradients_free(gradients);
        free(logits);
        free(d_logits);
    }
    optimizer_settle(optimizer, model);
}

static void test_batches_leave_nothing(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct trainer_settings settings = usual;
        struct model_settings shape = models_kinds[k].settings;
        settings.optimizer = k % 2 == 0 ? OPTIMIZER_ADAM : k / 2 % OPTIMIZERS;
        settings.order = k / 2 % SAMPLER_ORDERS;
        for (uint32_t g = 0; g < MODEL_FREE; g++) shape.l2[g] = 0.01F * (float)(k % 3);
        struct model *model = models_new(&shape, USERS, ITEMS, k);
        struct model *fresh = models_new(&shape, USERS, ITEMS, k);
        struct trainer *trainer = trainer_of(model, &settings);
        struct optimizer *optimizer;
        CHECK_EQUAL(optimizer_new(&optimizer, fresh, settings.optimizer, usual.rate), STATUS_OK);
        for (uint32_t epoch = 1; epoch <= EPOCHS; epoch++) {
            train_epoch(trainer);
            fresh_epoch(fresh, optimizer, &trainer->sampler, epoch);
            CHECK_OR_RETURN(model_hash(model) == model_hash(fresh), "%s", models_kinds[k].name);
        }
        optimizer_free(optimizer);
        trainer_free(trainer);
        model_free(model);
        model_free(fresh);
    }
}

static void train_batches(struct trainer *trainer, uint32_t count) {
    uint32_t batches;
    bool ended;
    CHECK_EQUAL(trainer_run(trainer, count, &batches, &ended), STATUS_OK);
    CHECK_EQUAL(batches, count);
}

/* The fingerprint of the weights after the last batch. */
static uint64_t snapshot_hash(const struct trainer *trainer) {
    struct model *into = models_new(&trainer->model->settings, USERS, ITEMS, 99);
    trainer_snapshot(trainer, into);
    uint64_t hash = model_hash(into);
    model_free(into);
    return hash;
}

/* A snapshot is what settling gives; taking one after every batch changes no later bit; at the end of an epoch the model
 * itself is where the snapshot is. */
static void test_snapshot(void) {
    for (uint32_t n = 0; n < OPTIMIZERS * SAMPLER_ORDERS; n++) {
        struct trainer_settings settings = usual;
        settings.optimizer = n % OPTIMIZERS, settings.order = n / OPTIMIZERS;
        struct model *model = models_new(EVERYTHING, USERS, ITEMS, 1);
        struct model *watched = models_new(EVERYTHING, USERS, ITEMS, 1);
        struct trainer *trainer = trainer_of(model, &settings), *watcher = trainer_of(watched, &settings);
        uint64_t batches = (trainer->sampler.instances + usual.batch_size - 1) / usual.batch_size, behind = 0;
        CHECK_EQUAL(snapshot_hash(trainer), model_hash(model));
        for (uint64_t batch = 1; batch <= 2 * batches; batch++) {
            train_batches(trainer, 1);
            train_batches(watcher, 1);
            uint64_t seen = snapshot_hash(watcher);
            CHECK_EQUAL(model_hash(watched), model_hash(model));
            CHECK_EQUAL(snapshot_hash(watcher), seen);
            behind += seen != model_hash(watched);
            if (batch % batches == 0) CHECK_EQUAL(model_hash(model), seen);
        }
        CHECK((behind > batches) == (settings.optimizer == OPTIMIZER_ADAM));
        train_batches(watcher, 3);
        uint64_t expected = snapshot_hash(watcher);
        optimizer_settle(watcher->optimizer, watched);
        CHECK_EQUAL(model_hash(watched), expected);
        trainer_free(trainer);
        trainer_free(watcher);
        model_free(model);
        model_free(watched);
    }
}

/* The rate counts from the next batch on, in the middle of an epoch too. */
static void test_live_rate(void) {
    for (uint32_t optimizer = 0; optimizer < OPTIMIZERS; optimizer++) {
        struct trainer_settings settings = usual;
        settings.optimizer = optimizer;
        struct model *model = models_new(EVERYTHING, USERS, ITEMS, 1);
        struct trainer *trainer = trainer_of(model, &settings);
        uint64_t hash = model_hash(model);
        for (uint32_t turn = 0; turn < 3; turn++) {
            trainer_set_rate(trainer, STANDSTILL);
            CHECK_EQUAL(snapshot_hash(trainer), hash);
            train_batches(trainer, 2);
            CHECK_EQUAL(snapshot_hash(trainer), hash);
            trainer_set_rate(trainer, 0.01);
            CHECK_EQUAL(snapshot_hash(trainer), hash);
            train_batches(trainer, 1);
            CHECK(snapshot_hash(trainer) != hash);
            hash = snapshot_hash(trainer);
        }
        CHECK(trainer->done < trainer->sampler.instances);
        trainer_free(trainer);
        model_free(model);
    }
}

/* With rates that change within the epoch the closed form stays where the exact Adam is. */
static void test_live_rate_against_the_exact(void) {
    static const double rates[] = {0.01, 0.0001, 0.003, 0.02, 0.001};
    struct trainer_settings settings = usual;
    struct model *model = models_new(EVERYTHING, USERS, ITEMS, 1);
    struct model *exact = models_new(EVERYTHING, USERS, ITEMS, 1);
    settings.batch_size = 8; /* so that many rows wait */
    struct trainer *trainer = trainer_of(model, &settings);
    settings.optimizer = OPTIMIZER_ADAM_DENSE;
    struct trainer *dense = trainer_of(exact, &settings);
    for (uint32_t turn = 0; turn < 5; turn++) {
        trainer_set_rate(trainer, rates[turn]);
        trainer_set_rate(dense, rates[turn]);
        train_batches(trainer, 12);
        train_batches(dense, 12);
    }
    CHECK(trainer->done < trainer->sampler.instances);
    trainer_snapshot(trainer, model);
    double largest = 0;
    for (uint64_t i = 0; i < model->parameters; i++)
        largest = fmax(largest, fabs((double)model->values[i] - (double)exact->values[i]));
    CHECK(largest < 2e-5);
    trainer_free(trainer);
    trainer_free(dense);
    model_free(model);
    model_free(exact);
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

static void test_divergence_of_any_loss(void) {
    for (uint32_t loss = 0; loss < LOSSES; loss++) {
        struct trainer_settings absurd = variant(loss);
        enum status status = STATUS_OK;
        uint32_t batches, calls = 0;
        bool ended;
        absurd.rate = 1e30;
        struct model *model = models_new(EVERYTHING, USERS, ITEMS, 1);
        struct trainer *trainer = trainer_of(model, &absurd);
        while (status == STATUS_OK && calls++ < 10)
            status = trainer_run(trainer, UINT32_MAX, &batches, &ended);
        CHECK_EQUAL(status, STATUS_NOT_FINITE);
        trainer_free(trainer);
        model_free(model);
    }
}

/* What both of a pair's scores have in common has no part in their difference: it stays where it is, to the bit. */
static void test_pairs_leave_what_is_common(void) {
    struct model *model = models_new(EVERYTHING, USERS, ITEMS, 1);
    double *before = models_twin(model);
    struct trainer_settings settings = variant(LOSS_BPR);
    struct trainer *trainer = trainer_of(model, &settings);
    train_epoch(trainer);
    static const uint32_t common[] = {MODEL_GLOBAL_BIAS, MODEL_USER_BIAS, MODEL_OUTPUT_BIAS};
    for (uint32_t c = 0; c < 3; c++) {
        const struct tensor *tensor = model->tensors + common[c];
        for (uint32_t i = 0; i < tensor->rows; i++)
            CHECK_EQUAL(model->values[tensor->offset + i] == (float)before[tensor->offset + i], 1);
    }
    free(before);
    trainer_free(trainer);
    model_free(model);
}

static void test_arguments(void) {
    struct trainer_settings wrong[14];
    for (uint32_t w = 0; w < sizeof wrong / sizeof *wrong; w++) wrong[w] = usual;
    wrong[0].negatives = 0;
    wrong[1].batch_size = 0;
    wrong[2].batch_size = TRAINER_MAX_BATCH + 1;
    wrong[3].order = SAMPLER_ORDERS;
    wrong[4].optimizer = OPTIMIZERS;
    wrong[5].rate = 0;
    wrong[6].rate = -0.1;
    wrong[7].rate = (double)NAN;
    wrong[8].loss = LOSSES;
    wrong[9].loss = LOSS_BPR, wrong[9].batch_size = 63;
    wrong[10].loss = LOSS_SQUARED;
    wrong[11].loss = LOSS_SQUARED, wrong[11].negative_weight = NAN;
    wrong[12].popularity = -1;
    wrong[13].popularity = (double)NAN;
    struct model *model = models_new(&models_kinds[1].settings, USERS, ITEMS, 1);
    for (uint32_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
        struct trainer *trainer = (struct trainer *)model;
        CHECK_EQUAL(trainer_new(&trainer, model, world.split->train, wrong + w), STATUS_ARGUMENT);
        CHECK(trainer == NULL);
    }
    trainer_free(NULL);
    model_free(model);
}

/* Users with every item leave no negatives, and a train set without pairs nothing to learn. */
static void test_nothing_to_draw(void) {
    static uint32_t no_pairs[3];
    struct interactions empty = {.users = 2, .items = 2, .start = no_pairs}, *full;
    struct model *model = models_new(&models_kinds[1].settings, 2, 2, 1);
    struct trainer *trainer = (struct trainer *)model;
    struct ratings ratings;
    rows_parse(&ratings, "1,1,3,1\n1,2,3,1\n2,1,3,1\n2,2,3,1\n");
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
    RUN(test_any_slices_of_any_optimizer_and_order);
    RUN(test_any_slices_of_any_loss);
    RUN(test_settings_matter);
    RUN(test_negative_weight_is_of_squared_loss);
    RUN(test_seeds);
    RUN(test_batch_sizes);
    RUN(test_loss);
    RUN(test_first_step);
    RUN(test_batches_leave_nothing);
    RUN(test_snapshot);
    RUN(test_live_rate);
    RUN(test_live_rate_against_the_exact);
    RUN(test_divergence);
    RUN(test_divergence_of_any_loss);
    RUN(test_pairs_leave_what_is_common);
    RUN(test_arguments);
    RUN(test_nothing_to_draw);
    world_free(&world);
    return check_report();
}

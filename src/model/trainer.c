#include "model/trainer.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

static struct trainer *lay_out(struct arena *arena, struct trainer *trainer, uint32_t B) {
    struct trainer *self = arena_take(arena, 1, sizeof *self);
    trainer->logits = arena_take(arena, B, sizeof *trainer->logits);
    trainer->d_logits = arena_take(arena, B, sizeof *trainer->d_logits);
    if (!trainer->online) return self;
    trainer->ahead.users = arena_take(arena, TRAINER_AHEAD, sizeof *trainer->ahead.users);
    trainer->ahead.items = arena_take(arena, TRAINER_AHEAD, sizeof *trainer->ahead.items);
    trainer->ahead.labels = arena_take(arena, TRAINER_AHEAD, sizeof *trainer->ahead.labels);
    trainer->ahead.losses = arena_take(arena, TRAINER_AHEAD, sizeof *trainer->ahead.losses);
    return self;
}

static bool settings_valid(const struct trainer_settings *settings) {
    uint32_t B = settings->batch_size;
    if (B == 0 || B > TRAINER_MAX_BATCH || settings->loss >= LOSSES) return false;
    if (settings->loss == LOSS_SQUARED)
        return settings->negative_weight > 0.0F && isfinite(settings->negative_weight);
    return settings->loss != LOSS_BPR || B % 2 == 0;
}

/* Where the examples come from. */
static enum status make_sampler(struct trainer *trainer, const struct interactions *train) {
    const struct trainer_settings *settings = &trainer->settings;
    const struct sampler_settings sampler = {.negatives = settings->negatives,
                                             .order = settings->order,
                                             .seed = settings->seed,
                                             .popularity = settings->popularity,
                                             .accept_known = settings->accept_known,
                                             .pairs = settings->loss == LOSS_BPR};
    enum status status = sampler_init(&trainer->sampler, train, &sampler);
    trainer->instances = trainer->sampler.instances;
    return status;
}

static enum status make_rating_sampler(struct trainer *trainer, const struct rating_rows *train) {
    trainer->of_ratings = true;
    trainer->instances = train->count;
    return rating_sampler_init(&trainer->ratings, train, trainer->settings.seed);
}

static enum status make_parts(struct trainer *trainer) {
    const struct trainer_settings *settings = &trainer->settings;
    const struct model *model = trainer->model;
    uint32_t B = settings->batch_size;
    enum status status = network_new(&trainer->network, model, B);
    if (status == STATUS_OK) status = gradients_new(&trainer->gradients, model, B);
    if (status == STATUS_OK) status = batch_new(&trainer->batch, model, B);
    if (status == STATUS_OK)
        status = optimizer_new(&trainer->optimizer, model, settings->optimizer, settings->rate);
    return status;
}

/* A trainer of either kind of examples: the other's are NULL. */
static enum status make(struct trainer **out, struct model *model, const struct interactions *train,
                        const struct rating_rows *rows, const struct trainer_settings *settings) {
    struct trainer description = {.model = model, .settings = *settings, .epoch = 1};
    description.online =
        rows == NULL && online_fits(model, settings->optimizer, settings->loss, settings->batch_size);
    struct arena arena = {0};
    lay_out(&arena, &description, settings->batch_size);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct trainer *trainer = lay_out(&arena, &description, settings->batch_size);
    *trainer = description;
    enum status status = rows == NULL ? make_sampler(trainer, train) : make_rating_sampler(trainer, rows);
    if (status == STATUS_OK) status = make_parts(trainer);
    if (status != STATUS_OK) {
        trainer_free(trainer);
        return status;
    }
    *out = trainer;
    return STATUS_OK;
}

enum status trainer_new(struct trainer **out, struct model *model, const struct interactions *train,
                        const struct trainer_settings *settings) {
    *out = NULL;
    return settings_valid(settings) ? make(out, model, train, NULL, settings) : STATUS_ARGUMENT;
}

enum status trainer_new_ratings(struct trainer **out, struct model *model, const struct rating_rows *train,
                                const struct trainer_settings *settings) {
    *out = NULL;
    uint32_t B = settings->batch_size;
    return B > 0 && B <= TRAINER_MAX_BATCH ? make(out, model, NULL, train, settings) : STATUS_ARGUMENT;
}

void trainer_free(struct trainer *trainer) {
    if (trainer == NULL) return;
    sampler_free(&trainer->sampler);
    network_free(trainer->network);
    gradients_free(trainer->gradients);
    optimizer_free(trainer->optimizer);
    batch_free(trainer->batch);
    free(trainer);
}

void trainer_sample(const struct trainer *trainer, uint64_t epoch, uint64_t from, uint32_t B, uint32_t *users,
                    uint32_t *items, float *labels) {
    if (trainer->of_ratings)
        rating_sampler_batch(&trainer->ratings, epoch, from, B, users, items, labels);
    else
        sampler_batch(&trainer->sampler, epoch, from, B, users, items, labels);
}

static double train_batch(struct trainer *trainer, uint32_t B) {
    struct model *model = trainer->model;
    struct batch *batch = trainer->batch;
    const struct objective objective = {trainer->of_ratings, trainer->settings.loss,
                                        trainer->settings.negative_weight};
    trainer_sample(trainer, trainer->epoch, trainer->done, B, batch->users, batch->items, batch->labels);
    batch_index(batch, B);
    optimizer_prepare(trainer->optimizer, model, batch);
    network_forward(trainer->network, trainer->logits, model, batch);
    double loss = objective_loss(&objective, model, trainer->d_logits, trainer->logits, batch->labels, B);
    network_backward(trainer->network, trainer->gradients, model, batch, trainer->d_logits);
    gradients_add_l2(trainer->gradients, model, batch);
    optimizer_step(trainer->optimizer, model, trainer->gradients, batch);
    return loss;
}

static void count_batch(struct trainer *trainer, uint32_t B, double loss) {
    trainer->loss_sum += loss;
    trainer->done += B;
}

/* Batches of one, as train_batch would train on them: up to `limit`, TRAINER_AHEAD or the end of the epoch, and after one
 * whose loss is not finite no more. Returns how many, and the last one's loss. */
static uint32_t train_online(struct trainer *trainer, uint32_t limit, double *loss) {
    const struct trainer_settings *settings = &trainer->settings;
    uint64_t left = trainer->instances - trainer->done;
    struct online online =
        online_of(trainer->model, settings->rate, settings->loss, settings->negative_weight);
    struct ahead ahead = trainer->ahead;
    uint32_t n = limit < TRAINER_AHEAD ? limit : TRAINER_AHEAD;
    if (left < n) n = (uint32_t)left;
    trainer_sample(trainer, trainer->epoch, trainer->done, n, ahead.users, ahead.items, ahead.labels);
    n = online_run(&online, ahead.losses, ahead.users, ahead.items, ahead.labels, n);
    for (uint32_t i = 0; i < n; i++) count_batch(trainer, 1, *loss = (double)ahead.losses[i]);
    struct batch *batch = trainer->batch;
    batch->B = 1;
    *batch->users = ahead.users[n - 1], *batch->items = ahead.items[n - 1];
    *batch->labels = ahead.labels[n - 1];
    return n;
}

static uint32_t train_next(struct trainer *trainer, uint32_t limit, double *loss) {
    if (trainer->online) return train_online(trainer, limit, loss);
    uint64_t left = trainer->instances - trainer->done;
    uint32_t B = left < trainer->settings.batch_size ? (uint32_t)left : trainer->settings.batch_size;
    *loss = train_batch(trainer, B);
    count_batch(trainer, B, *loss);
    return 1;
}

enum status trainer_run(struct trainer *trainer, uint32_t limit, uint32_t *batches, bool *epoch_ended) {
    *batches = 0;
    *epoch_ended = false;
    if (trainer->done == trainer->instances) {
        trainer->epoch++;
        trainer->done = 0;
        trainer->loss_sum = 0.0;
    }
    while (*batches < limit && !*epoch_ended) {
        double loss = 0.0;
        *batches += train_next(trainer, limit - *batches, &loss);
        if (!isfinite(loss)) return STATUS_NOT_FINITE;
        *epoch_ended = trainer->done == trainer->instances;
        if (*epoch_ended) optimizer_settle(trainer->optimizer, trainer->model);
    }
    return STATUS_OK;
}

void trainer_set_rate(struct trainer *trainer, double rate) {
    trainer->settings.rate = rate;
    optimizer_set_rate(trainer->optimizer, trainer->model, rate);
}

void trainer_snapshot(const struct trainer *trainer, struct model *into) {
    optimizer_snapshot(trainer->optimizer, trainer->model, into->values);
}

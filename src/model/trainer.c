#include "model/trainer.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "model/loss.h"

static struct trainer *lay_out(struct arena *arena, struct trainer *trainer, uint32_t B) {
    struct trainer *self = arena_take(arena, 1, sizeof *self);
    trainer->logits = arena_take(arena, B, sizeof *trainer->logits);
    trainer->d_logits = arena_take(arena, B, sizeof *trainer->d_logits);
    return self;
}

enum status trainer_new(struct trainer **out, struct model *model, const struct interactions *train,
                        const struct trainer_settings *settings) {
    *out = NULL;
    uint32_t B = settings->batch_size;
    if (B == 0 || B > TRAINER_MAX_BATCH || settings->negatives == 0 || settings->order >= SAMPLER_ORDERS)
        return STATUS_ARGUMENT;
    struct trainer description = {.model = model, .settings = *settings, .epoch = 1};
    enum status status =
        sampler_init(&description.sampler, train, settings->negatives, settings->order, settings->seed);
    if (status != STATUS_OK) return status;
    struct arena arena = {0};
    lay_out(&arena, &description, B);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct trainer *trainer = lay_out(&arena, &description, B);
    *trainer = description;
    status = network_new(&trainer->network, model, B);
    if (status == STATUS_OK) status = gradients_new(&trainer->gradients, model, B);
    if (status == STATUS_OK) status = batch_new(&trainer->batch, model, B);
    if (status == STATUS_OK)
        status = optimizer_new(&trainer->optimizer, model, settings->optimizer, settings->rate);
    if (status != STATUS_OK) {
        trainer_free(trainer);
        return status;
    }
    *out = trainer;
    return STATUS_OK;
}

void trainer_free(struct trainer *trainer) {
    if (trainer == NULL) return;
    network_free(trainer->network);
    gradients_free(trainer->gradients);
    optimizer_free(trainer->optimizer);
    batch_free(trainer->batch);
    free(trainer);
}

static double train_batch(struct trainer *trainer, uint32_t B) {
    struct model *model = trainer->model;
    struct batch *batch = trainer->batch;
    sampler_batch(&trainer->sampler, trainer->epoch, trainer->done, B, batch->users, batch->items,
                  batch->labels);
    batch_index(batch, B);
    optimizer_prepare(trainer->optimizer, model, batch);
    network_forward(trainer->network, trainer->logits, model, batch);
    double loss = loss_log(trainer->d_logits, trainer->logits, batch->labels, B);
    network_backward(trainer->network, trainer->gradients, model, batch, trainer->d_logits);
    gradients_add_l2(trainer->gradients, model, batch);
    optimizer_step(trainer->optimizer, model, trainer->gradients, batch);
    return loss;
}

enum status trainer_run(struct trainer *trainer, uint32_t limit, uint32_t *batches, bool *epoch_ended) {
    *batches = 0;
    *epoch_ended = false;
    if (trainer->done == trainer->sampler.instances) {
        trainer->epoch++;
        trainer->done = 0;
        trainer->loss_sum = 0.0;
    }
    while (*batches < limit && !*epoch_ended) {
        uint64_t left = trainer->sampler.instances - trainer->done;
        uint32_t B = left < trainer->settings.batch_size ? (uint32_t)left : trainer->settings.batch_size;
        double loss = train_batch(trainer, B);
        trainer->loss_sum += loss;
        trainer->done += B;
        *batches += 1;
        if (!isfinite(loss)) return STATUS_NOT_FINITE;
        *epoch_ended = trainer->done == trainer->sampler.instances;
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

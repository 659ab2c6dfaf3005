#include "model/trainer.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "model/loss.h"

static struct trainer *lay_out(struct arena *arena, struct trainer *trainer, uint32_t B) {
    struct trainer *self = arena_take(arena, 1, sizeof *self);
    trainer->users = arena_take(arena, B, sizeof *trainer->users);
    trainer->items = arena_take(arena, B, sizeof *trainer->items);
    trainer->labels = arena_take(arena, B, sizeof *trainer->labels);
    trainer->logits = arena_take(arena, B, sizeof *trainer->logits);
    trainer->d_logits = arena_take(arena, B, sizeof *trainer->d_logits);
    return self;
}

enum status trainer_new(struct trainer **out, struct model *model, const struct interactions *train,
                        const struct trainer_settings *settings) {
    *out = NULL;
    uint32_t B = settings->batch_size;
    if (B == 0 || B > TRAINER_MAX_BATCH || settings->negatives == 0 || !(settings->rate > 0.0))
        return STATUS_ARGUMENT;
    struct trainer description = {.model = model, .settings = *settings, .epoch = 1};
    enum status status = sampler_init(&description.sampler, train, settings->negatives, settings->seed);
    if (status != STATUS_OK) return status;
    struct arena arena = {0};
    lay_out(&arena, &description, B);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct trainer *trainer = lay_out(&arena, &description, B);
    *trainer = description;
    status = network_new(&trainer->network, model, B);
    if (status == STATUS_OK) status = gradients_new(&trainer->gradients, model, B);
    if (status == STATUS_OK) status = adam_new(&trainer->adam, model);
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
    adam_free(trainer->adam);
    free(trainer);
}

static double train_batch(struct trainer *trainer, uint32_t B) {
    struct model *model = trainer->model;
    sampler_batch(&trainer->sampler, trainer->epoch, trainer->done, B, trainer->users, trainer->items,
                  trainer->labels);
    network_forward(trainer->network, trainer->logits, model, trainer->users, trainer->items, B);
    double loss = loss_log(trainer->d_logits, trainer->logits, trainer->labels, B);
    gradients_begin(trainer->gradients, model, trainer->users, trainer->items, B);
    network_backward(trainer->network, trainer->gradients, model, trainer->d_logits, B);
    adam_step(trainer->adam, model, trainer->gradients, trainer->settings.rate);
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
    }
    return STATUS_OK;
}

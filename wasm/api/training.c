/* Training by gradient steps: model/trainer.h. */
#include "api.h"
#include "data/holdout.h"

int32_t EXPORT(ncf_trainer_new)(struct model *model, const struct split *split,
                                const struct settings *settings) {
    struct trainer *trainer;
    return made(trainer_new(&trainer, model, split->train, &settings->training), trainer);
}

/* On ratings. */
int32_t EXPORT(ncf_trainer_new_ratings)(struct model *model, const struct holdout *holdout,
                                        const struct settings *settings) {
    struct trainer *trainer;
    return made(trainer_new_ratings(&trainer, model, &holdout->train, &settings->training), trainer);
}

void EXPORT(ncf_trainer_free)(struct trainer *trainer) { trainer_free(trainer); }

void EXPORT(ncf_trainer_set_rate)(struct trainer *trainer, double rate) { trainer_set_rate(trainer, rate); }

/* Trains on up to `limit` batches: 1 where the epoch ended, 0 where there is more of it. */
int32_t EXPORT(ncf_trainer_run)(struct trainer *trainer, uint32_t limit) {
    uint32_t batches;
    bool epoch_ended;
    enum status status = trainer_run(trainer, limit, &batches, &epoch_ended);
    return status == STATUS_OK ? epoch_ended : -(int32_t)status;
}

/* Writes the weights after the last batch to `into`, a model of the same settings. */
void EXPORT(ncf_trainer_snapshot)(const struct trainer *trainer, struct model *into) {
    trainer_snapshot(trainer, into);
}

double EXPORT(ncf_trainer_epoch)(const struct trainer *trainer) { return (double)trainer->epoch; }

double EXPORT(ncf_trainer_done)(const struct trainer *trainer) { return (double)trainer->done; }

double EXPORT(ncf_trainer_instances)(const struct trainer *trainer) { return (double)trainer->instances; }

double EXPORT(ncf_trainer_loss_sum)(const struct trainer *trainer) { return trainer->loss_sum; }

/* How many instances the last batch had, 0 before the first; then its users, items and labels, float32 [that many]. */
uint32_t EXPORT(ncf_trainer_batch)(const struct trainer *trainer) { return trainer->batch->B; }

const uint32_t *EXPORT(ncf_trainer_batch_users)(const struct trainer *trainer) {
    return trainer->batch->users;
}

const uint32_t *EXPORT(ncf_trainer_batch_items)(const struct trainer *trainer) {
    return trainer->batch->items;
}

const float *EXPORT(ncf_trainer_batch_labels)(const struct trainer *trainer) {
    return trainer->batch->labels;
}

/* The instances `from` … `from + count - 1` of an epoch: uint32, uint32 and float32 [count]. */
void EXPORT(ncf_trainer_sample)(const struct trainer *trainer, double epoch, double from, uint32_t count,
                                uint32_t *users, uint32_t *items, float *labels) {
    trainer_sample(trainer, (uint64_t)epoch, (uint64_t)from, count, users, items, labels);
}

/* data/sampler.h, not of ratings: uint32 [1 + negatives], the positive of the instance at `place` and its negatives. */
void EXPORT(ncf_trainer_group)(const struct trainer *trainer, double epoch, double place, uint32_t *group) {
    sampler_group(&trainer->sampler, (uint64_t)epoch, (uint64_t)place, group, group + 1);
}

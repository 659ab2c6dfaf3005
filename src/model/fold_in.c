#include "model/fold_in.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/decay.h"

#define NEGATIVES 4
#define CAPACITY ((uint64_t)FOLD_IN_MAX_ITEMS * (1 + NEGATIVES))
#define RATE 0.05

static uint32_t width_of(const struct model *model) {
    uint32_t width = 0;
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++)
        if (model->tensors[t].axis == TENSOR_USER && model->tensors[t].rows > 0)
            width += model->tensors[t].columns;
    return width;
}

static struct fold_in *lay_out(struct arena *arena, struct fold_in *fold_in) {
    struct fold_in *self = arena_take(arena, 1, sizeof *self);
    fold_in->values = arena_take(arena, fold_in->width, sizeof(float));
    fold_in->m = arena_take(arena, fold_in->width, sizeof(float));
    fold_in->v = arena_take(arena, fold_in->width, sizeof(float));
    fold_in->logits = arena_take(arena, CAPACITY, sizeof(float));
    fold_in->d_logits = arena_take(arena, CAPACITY, sizeof(float));
    return self;
}

enum status fold_in_new(struct fold_in **out, struct model *model, const struct interactions *catalogue) {
    *out = NULL;
    struct fold_in description = {.model = model, .catalogue = catalogue, .width = width_of(model)};
    if (description.width == 0) return STATUS_ARGUMENT;
    struct arena arena = {0};
    lay_out(&arena, &description);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct fold_in *fold_in = lay_out(&arena, &description);
    *fold_in = description;
    enum status status = network_new(&fold_in->network, model, CAPACITY);
    if (status == STATUS_OK) status = gradients_new(&fold_in->gradients, model, CAPACITY);
    if (status == STATUS_OK) status = batch_new(&fold_in->batch, model, CAPACITY);
    if (status != STATUS_OK) {
        fold_in_free(fold_in);
        return status;
    }
    fold_in_start(fold_in);
    *out = fold_in;
    return STATUS_OK;
}

void fold_in_free(struct fold_in *fold_in) {
    if (fold_in == NULL) return;
    network_free(fold_in->network);
    gradients_free(fold_in->gradients);
    batch_free(fold_in->batch);
    free(fold_in);
}

/* Calls use(row 0 of each user tensor, the new user's part of it, columns). */
static void for_each_row(struct fold_in *fold_in, void (*use)(const struct tensor *, float *, float *)) {
    const struct model *model = fold_in->model;
    float *own = fold_in->values;
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->axis != TENSOR_USER || tensor->rows == 0) continue;
        use(tensor, model_values(model, t), own);
        own += tensor->columns;
    }
}

static void take_mean(const struct tensor *tensor, float *table, float *own) {
    for (uint32_t c = 0; c < tensor->columns; c++) {
        double sum = 0.0;
        for (uint32_t row = 0; row < tensor->rows; row++)
            sum += (double)table[(size_t)row * tensor->columns + c];
        own[c] = (float)(sum / tensor->rows);
    }
}

void fold_in_start(struct fold_in *fold_in) {
    for_each_row(fold_in, take_mean);
    memset(fold_in->m, 0, fold_in->width * sizeof(float));
    memset(fold_in->v, 0, fold_in->width * sizeof(float));
}

static void swap_row(const struct tensor *tensor, float *table, float *own) {
    for (uint32_t c = 0; c < tensor->columns; c++) {
        float kept = table[c];
        table[c] = own[c];
        own[c] = kept;
    }
}

void fold_in_swap(struct fold_in *fold_in) {
    uint32_t *count = &fold_in->model->settings.features[TENSOR_USER].count, kept = *count;
    for_each_row(fold_in, swap_row);
    *count = fold_in->features;
    fold_in->features = kept;
    fold_in->swapped = !fold_in->swapped;
}

static bool is_named(const uint32_t *items, uint32_t n, uint32_t item) {
    for (uint32_t i = 0; i < n; i++)
        if (items[i] == item) return true;
    return false;
}

/* The `place`-th choice that is not named, or where `place` is UINT32_MAX how many there are. */
static uint32_t find_other(const struct interactions *catalogue, const uint32_t *items, uint32_t n,
                           uint32_t place) {
    uint32_t others = 0;
    for (uint32_t c = 0, next = 0; c < catalogue->choices; c++) {
        uint32_t item = interactions_choice(catalogue, c);
        while (next < n && items[next] < item) next++;
        if (next < n && items[next] == item) continue;
        if (others++ == place) return item;
    }
    return others;
}

uint32_t fold_in_draw_other(const struct interactions *catalogue, const uint32_t *items, uint32_t n,
                            struct rng *rng) {
    uint32_t item = 0;
    for (uint32_t vain = 0; vain < FOLD_IN_VAIN_DRAWS; vain++) {
        item = interactions_choice(catalogue, rng_below(rng, catalogue->choices));
        if (n >= catalogue->items || !is_named(items, n, item)) return item;
    }
    uint32_t others = find_other(catalogue, items, n, UINT32_MAX);
    return others == 0 ? item : find_other(catalogue, items, n, rng_below(rng, others));
}

static uint32_t fill_batch(struct fold_in *fold_in, const uint32_t *items, uint32_t n, uint32_t step,
                           struct rng *rng) {
    struct batch *batch = fold_in->batch;
    uint32_t count = n < FOLD_IN_MAX_ITEMS ? n : FOLD_IN_MAX_ITEMS, B = 0;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k <= NEGATIVES; k++, B++) {
            batch->users[B] = 0;
            batch->items[B] = k == 0 ? items[((uint64_t)step * count + i) % n]
                                     : fold_in_draw_other(fold_in->catalogue, items, n, rng);
            batch->labels[B] = k == 0 ? 1.0F : 0.0F;
        }
    batch_index(batch, B);
    return B;
}

/* Of more items than a batch has room for, each step takes the next ones. */
static uint32_t fill_rated(struct fold_in *fold_in, const uint32_t *items, uint32_t n, uint32_t step,
                           float rating) {
    struct batch *batch = fold_in->batch;
    uint32_t B = n < CAPACITY ? n : (uint32_t)CAPACITY;
    for (uint32_t b = 0; b < B; b++) {
        batch->users[b] = 0;
        batch->items[b] = items[((uint64_t)step * B + b) % n];
        batch->labels[b] = rating;
    }
    batch_index(batch, B);
    return B;
}

/* The gradients of the batch's loss. */
static void find_gradients(struct fold_in *fold_in, const struct objective *objective, uint32_t B) {
    struct model *model = fold_in->model;
    network_forward(fold_in->network, fold_in->logits, model, fold_in->batch);
    objective_loss(objective, model, fold_in->d_logits, fold_in->logits, fold_in->batch->labels, B);
    network_backward(fold_in->network, fold_in->gradients, model, fold_in->batch, fold_in->d_logits);
    if (objective->of_ratings) gradients_add_l2(fold_in->gradients, model, fold_in->batch);
}

/* Adam's next step on the row of user 0, which is the new user's now. `left` holds β₁ᵗ and β₂ᵗ of the step before. */
static void step_row(struct fold_in *fold_in, double left[2], double rate) {
    const struct model *model = fold_in->model;
    float *m = fold_in->m, *v = fold_in->v;
    left[0] *= DECAY_BETA1;
    left[1] *= DECAY_BETA2;
    float correction = (float)(sqrt(1.0 - left[1]) / (1.0 - left[0]));
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->axis != TENSOR_USER || tensor->rows == 0) continue;
        float *row = model_values(model, t);
        const float *gradient = fold_in->gradients->values[t];
        for (uint32_t c = 0; c < tensor->columns; c++, m++, v++) {
            *m = (float)DECAY_BETA1 * *m + (float)(1.0 - DECAY_BETA1) * gradient[c];
            *v = (float)DECAY_BETA2 * *v + (float)(1.0 - DECAY_BETA2) * (gradient[c] * gradient[c]);
            row[c] -= (float)rate * correction * *m / (sqrtf(*v) + (float)DECAY_EPSILON);
        }
    }
}

void fold_in_run(struct fold_in *fold_in, const struct objective *objective, const uint32_t *items,
                 uint32_t n, uint32_t steps, uint64_t seed) {
    struct rng rng = rng_seeded(seed, RNG_FOLD_IN, 0);
    struct objective own = *objective;
    double left[2] = {1.0, 1.0};
    if (own.loss == LOSS_BPR) own.loss = LOSS_LOG;
    fold_in_swap(fold_in);
    for (uint32_t step = 0; step < steps; step++) {
        find_gradients(fold_in, &own, fill_batch(fold_in, items, n, step, &rng));
        step_row(fold_in, left, RATE);
    }
    fold_in_swap(fold_in);
}

void fold_in_rate(struct fold_in *fold_in, const uint32_t *items, uint32_t n, float rating, uint32_t steps) {
    static const struct objective objective = {.of_ratings = true};
    double left[2] = {1.0, 1.0};
    fold_in_swap(fold_in);
    for (uint32_t step = 0; step < steps; step++) {
        find_gradients(fold_in, &objective, fill_rated(fold_in, items, n, step, rating));
        step_row(fold_in, left, RATE * (double)(steps - step) / (double)steps);
    }
    fold_in_swap(fold_in);
}

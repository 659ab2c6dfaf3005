/* Models for tests: every composition in awkward widths, weights at which every part matters, and a twin in double
 * precision that computes a logit as the formula in model/model.h reads. */
#ifndef NCF_MODELS_H
#define NCF_MODELS_H

#include <stdlib.h>

#include "base/rng.h"
#include "check.h"
#include "model/batch.h"

struct models_kind {
    const char *name;
    struct model_settings settings;
};

/* Features of users and items: rows with none, one, two and four of at least five, so that means are exact. */
#define MODELS_FEATURE_ROWS 256
static uint32_t models_feature_start[MODELS_FEATURE_ROWS + 1], models_feature_index[2 * MODELS_FEATURE_ROWS];
__attribute__((constructor)) static void models_fill_features(void) {
    uint32_t count = 0;
    for (uint32_t row = 0; row < MODELS_FEATURE_ROWS; row++) {
        for (uint32_t f = 0; f < (1U << row % 4) / 2; f++) models_feature_index[count++] = (row + 2 * f) % 5;
        models_feature_start[row + 1] = count;
    }
}
#define MODELS_FEATURES(of, without_own)                                                                     \
    { .count = (of), .start = models_feature_start, .index = models_feature_index, .alone = (without_own) }

#define MODELS_TOWER(count, ...) .layer_count = (count), .layers = {__VA_ARGS__}

/* Where weights are whole numbers, logits are too, but for the last MODELS_SMOOTH of these. */
static const struct models_kind models_kinds[] = {
    {"bias", {.parts = MODEL_BIAS}},
    {"GMF 1", {.parts = MODEL_GMF, .factors = 1}},
    {"GMF 7", {.parts = MODEL_GMF, .factors = 7}},
    {"GMF 8", {.parts = MODEL_GMF, .factors = 8}},
    {"MLP-0 of 2", {.parts = MODEL_MLP, MODELS_TOWER(1, 2)}},
    {"MLP-0 of 14", {.parts = MODEL_MLP, MODELS_TOWER(1, 14)}},
    {"MLP-1", {.parts = MODEL_MLP, MODELS_TOWER(2, 10, 3)}},
    {"MLP-1 that widens", {.parts = MODEL_MLP, MODELS_TOWER(2, 6, 13)}},
    {"MLP-2", {.parts = MODEL_MLP, MODELS_TOWER(3, 18, 9, 5)}},
    {"MLP-3", {.parts = MODEL_MLP, MODELS_TOWER(4, 64, 32, 16, 8)}},
    {"MLP-3 of odd widths", {.parts = MODEL_MLP, MODELS_TOWER(4, 22, 13, 11, 6)}},
    {"MLP-4", {.parts = MODEL_MLP, MODELS_TOWER(5, 14, 12, 9, 7, 3)}},
    {"MLP-9", {.parts = MODEL_MLP, MODELS_TOWER(10, 8, 7, 8, 9, 8, 7, 8, 9, 8, 7)}},
    {"NeuMF", {.parts = MODEL_GMF | MODEL_MLP, .factors = 8, MODELS_TOWER(4, 64, 32, 16, 8)}},
    {"NeuMF of odd widths", {.parts = MODEL_GMF | MODEL_MLP, .factors = 5, MODELS_TOWER(3, 14, 9, 3)}},
    {"NeuMF over MLP-0", {.parts = MODEL_GMF | MODEL_MLP, .factors = 3, MODELS_TOWER(1, 6)}},
    {"bias and GMF", {.parts = MODEL_BIAS | MODEL_GMF, .factors = 6}},
    {"bias and MLP", {.parts = MODEL_BIAS | MODEL_MLP, MODELS_TOWER(2, 12, 7)}},
    {"MLP-2 of identities",
     {.parts = MODEL_MLP, MODELS_TOWER(3, 10, 7, 5), .activation = ACTIVATION_IDENTITY}},
    {"shared", {.parts = MODEL_GMF | MODEL_MLP, .factors = 8, .shared = true, MODELS_TOWER(2, 16, 8)}},
    {"shared of odd widths, and bias",
     {.parts = MODEL_BIAS | MODEL_GMF | MODEL_MLP,
      .factors = 5,
      .shared = true,
      MODELS_TOWER(4, 10, 9, 7, 5)}},
    {"dot", {.parts = MODEL_GMF, .factors = 6, .dot = true}},
    {"biased dot", {.parts = MODEL_BIAS | MODEL_GMF, .factors = 9, .dot = true}},
    {"dot and MLP", {.parts = MODEL_GMF | MODEL_MLP, .factors = 5, .dot = true, MODELS_TOWER(3, 14, 9, 3)}},
    {"fusion tower",
     {.parts = MODEL_GMF | MODEL_MLP,
      .factors = 8,
      MODELS_TOWER(3, 24, 16, 8),
      .fusion_count = 1,
      .fusion = {8}}},
    {"fusion tower of odd widths, and bias",
     {.parts = MODEL_BIAS | MODEL_GMF | MODEL_MLP,
      .factors = 5,
      MODELS_TOWER(2, 14, 9),
      .fusion_count = 3,
      .fusion = {11, 6, 7}}},
    {"features of items",
     {.parts = MODEL_MLP, MODELS_TOWER(3, 14, 9, 5), .features[TENSOR_ITEM] = MODELS_FEATURES(7, false)}},
    {"features alone",
     {.parts = MODEL_MLP,
      MODELS_TOWER(2, 22, 9),
      .features = {[TENSOR_USER] = MODELS_FEATURES(5, true), [TENSOR_ITEM] = MODELS_FEATURES(6, true)}}},
    {"features over MLP-0",
     {.parts = MODEL_MLP,
      MODELS_TOWER(1, 10),
      .features = {[TENSOR_USER] = MODELS_FEATURES(5, false), [TENSOR_ITEM] = MODELS_FEATURES(6, true)}}},
    {"dot and features alone",
     {.parts = MODEL_BIAS | MODEL_GMF | MODEL_MLP,
      .factors = 4,
      .dot = true,
      MODELS_TOWER(2, 14, 6),
      .features = {[TENSOR_USER] = MODELS_FEATURES(8, false), [TENSOR_ITEM] = MODELS_FEATURES(5, true)}}},
    {"fusion tower and features",
     {.parts = MODEL_GMF | MODEL_MLP,
      .factors = 4,
      MODELS_TOWER(2, 14, 6),
      .fusion_count = 2,
      .fusion = {7, 5},
      .features = {[TENSOR_USER] = MODELS_FEATURES(5, false), [TENSOR_ITEM] = MODELS_FEATURES(6, false)}}},
    {"everything",
     {.parts = MODEL_BIAS | MODEL_GMF | MODEL_MLP, .factors = 9, MODELS_TOWER(4, 18, 11, 6, 5)}},
    {"MLP-2 of tanh", {.parts = MODEL_MLP, MODELS_TOWER(3, 18, 9, 5), .activation = ACTIVATION_TANH}},
    {"MLP-2 of sigmoids", {.parts = MODEL_MLP, MODELS_TOWER(3, 18, 9, 5), .activation = ACTIVATION_SIGMOID}},
    {"NeuMF of tanh",
     {.parts = MODEL_GMF | MODEL_MLP,
      .factors = 5,
      MODELS_TOWER(4, 22, 13, 11, 6),
      .activation = ACTIVATION_TANH}},
    {"NeuMF of sigmoids",
     {.parts = MODEL_GMF | MODEL_MLP,
      .factors = 8,
      MODELS_TOWER(2, 32, 8),
      .activation = ACTIVATION_SIGMOID}},
    {"shared with tanh",
     {.parts = MODEL_GMF | MODEL_MLP,
      .factors = 6,
      .shared = true,
      MODELS_TOWER(3, 12, 7, 6),
      .activation = ACTIVATION_TANH}},
    {"shared with sigmoids",
     {.parts = MODEL_GMF | MODEL_MLP,
      .factors = 7,
      .shared = true,
      MODELS_TOWER(2, 14, 7),
      .activation = ACTIVATION_SIGMOID}},
};
#define MODELS_SMOOTH 6
#define MODELS_ALL_KINDS (uint32_t)(sizeof models_kinds / sizeof *models_kinds)
#define MODELS_KINDS (MODELS_ALL_KINDS - MODELS_SMOOTH) /* the last of them has everything */

/* Draws all weights anew, biases too, so large that logits are some units apart and about half the ReLUs are open. */
static inline void models_draw(struct model *model, uint64_t seed) {
    struct rng rng = {seed};
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        bool matrix = tensor->axis == TENSOR_DENSE && !tensor->is_vector;
        float limit = matrix ? 2.4F / sqrtf((float)tensor->columns) : 1.0F;
        for (uint64_t i = 0; i < (uint64_t)tensor->rows * tensor->columns; i++)
            model->values[tensor->offset + i] = limit * (2.0F * rng_uniform(&rng) - 1.0F);
    }
}

static inline struct model *models_new(const struct model_settings *settings, uint32_t users, uint32_t items,
                                       uint64_t seed) {
    struct model *model = NULL;
    CHECK_EQUAL(model_new(&model, settings, users, items), STATUS_OK);
    models_draw(model, seed);
    return model;
}

/* The model's weights as doubles, [parameters]. Owned by the caller. */
static inline double *models_twin(const struct model *model) {
    double *values = malloc((size_t)model->parameters * sizeof *values);
    for (uint64_t i = 0; i < model->parameters; i++) values[i] = (double)model->values[i];
    return values;
}

static inline double models_activate(double x, enum activation activation) {
    switch (activation) {
    case ACTIVATION_RELU:
        return x < 0 ? 0 : x;
    case ACTIVATION_TANH:
        return tanh(x);
    case ACTIVATION_SIGMOID:
        return 1 / (1 + exp(-x));
    default:
        return x;
    }
}

/* One dense layer, its tensors `tensor` and the next: out[H] = a(W in + b), with p ∘ q inside the activation where these
 * are not NULL. */
static inline void models_layer(double *out, const double *in, const struct model *model,
                                const double *values, uint32_t tensor, const double *p, const double *q) {
    const double *W = values + model->tensors[tensor].offset;
    const double *b = values + model->tensors[tensor + 1].offset;
    uint32_t columns = model->tensors[tensor].columns;
    for (uint32_t o = 0; o < model->tensors[tensor].rows; o++) {
        double z = b[o] + (p == NULL ? 0 : p[o] * q[o]);
        for (uint32_t i = 0; i < columns; i++) z += W[(uint64_t)o * columns + i] * in[i];
        out[o] = models_activate(z, model->settings.activation);
    }
}

/* s or t [D]: a row's own embedding and the mean of its features'. */
static inline void models_input(double *x, const struct model *model, const double *values,
                                enum tensor_axis axis, uint32_t row) {
    const struct model_features *features = model->settings.features + axis;
    uint32_t D = model->settings.layers[0] / 2, own = axis == TENSOR_USER ? MODEL_MLP_USER : MODEL_MLP_ITEM;
    if (model->settings.shared) own = axis == TENSOR_USER ? MODEL_GMF_USER : MODEL_GMF_ITEM;
    const double *table = values + model->tensors[own].offset;
    const double *of_features =
        values + model->tensors[axis == TENSOR_USER ? MODEL_USER_FEATURES : MODEL_ITEM_FEATURES].offset;
    for (uint32_t d = 0; d < D; d++) {
        double sum = 0;
        uint32_t from = features->count > 0 ? features->start[row] : 0;
        uint32_t end = features->count > 0 ? features->start[row + 1] : 0;
        for (uint32_t f = from; f < end; f++) sum += of_features[(uint64_t)features->index[f] * D + d];
        x[d] = end > from ? sum / (end - from) : 0;
        if (features->count == 0 || !features->alone) x[d] += table[(uint64_t)row * D + d];
    }
}

/* The logit of the model's shape with weights `values`. */
static inline double models_logit(const struct model *model, const double *values, uint32_t user,
                                  uint32_t item) {
    const struct model_settings *settings = &model->settings;
    const double *of[MODEL_MAX_TENSORS], *p = NULL, *q = NULL;
    double logit = 0, x[2][128];
    uint32_t width = 0, from = 0;
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) of[t] = values + model->tensors[t].offset;
    if ((settings->parts & MODEL_BIAS) != 0)
        logit += of[MODEL_GLOBAL_BIAS][0] + of[MODEL_USER_BIAS][user] + of[MODEL_ITEM_BIAS][item];
    if ((settings->parts & MODEL_GMF) != 0) {
        p = of[MODEL_GMF_USER] + (uint64_t)user * settings->factors;
        q = of[MODEL_GMF_ITEM] + (uint64_t)item * settings->factors;
    }
    for (uint32_t f = 0; p != NULL && settings->dot && f < settings->factors; f++) logit += p[f] * q[f];
    if ((settings->parts & MODEL_MLP) != 0) {
        uint32_t D = settings->layers[0] / 2, last = settings->layer_count - 1;
        models_input(x[0], model, values, TENSOR_USER, user);
        models_input(x[0] + D, model, values, TENSOR_ITEM, item);
        for (uint32_t l = 0; l < last; l++) {
            bool meet = settings->shared && l + 1 == last;
            models_layer(x[(l + 1) % 2], x[l % 2], model, values, MODEL_LAYER_WEIGHT + 2 * l, meet ? p : NULL,
                         meet ? q : NULL);
        }
        from = last % 2, width = settings->layers[last];
    }
    if (p != NULL && !settings->dot && !settings->shared) {
        memmove(x[from] + settings->factors, x[from], width * sizeof **x);
        for (uint32_t f = 0; f < settings->factors; f++) x[from][f] = p[f] * q[f];
        width += settings->factors;
    }
    for (uint32_t l = 0; l < settings->fusion_count; l++, from = 1 - from, width = settings->fusion[l - 1])
        models_layer(x[1 - from], x[from], model, values, MODEL_FUSION_WEIGHT + 2 * l, NULL, NULL);
    if (width == 0) return logit;
    logit += of[MODEL_OUTPUT_BIAS][0];
    for (uint32_t i = 0; i < width; i++) logit += of[MODEL_OUTPUT_WEIGHT][i] * x[from][i];
    return logit;
}

/* Random rows of an axis with `count` of them, [B]. Owned by the caller; of its own size, for the address sanitizer. */
static inline uint32_t *models_rows(uint32_t B, uint32_t count, struct rng *rng) {
    uint32_t *rows = malloc((B + (B == 0)) * sizeof *rows);
    for (uint32_t b = 0; b < B; b++) rows[b] = rng_below(rng, count);
    return rows;
}

/* A batch of the instances given, with room for just these. Owned by the caller: batch_free. */
static inline struct batch *models_batch(const struct model *model, const uint32_t *users,
                                         const uint32_t *items, uint32_t B) {
    struct batch *batch;
    CHECK_EQUAL(batch_new(&batch, model, B), STATUS_OK);
    memcpy(batch->users, users, B * sizeof *users);
    memcpy(batch->items, items, B * sizeof *items);
    for (uint32_t b = 0; b < B; b++) batch->labels[b] = NAN;
    batch_index(batch, B);
    return batch;
}

/* A batch of random instances with random labels; each user comes up `group` times in a row. */
static inline struct batch *models_random_batch(const struct model *model, uint32_t B, uint32_t group,
                                                struct rng *rng) {
    uint32_t *users = models_rows(B, model->users, rng), *items = models_rows(B, model->items, rng);
    for (uint32_t b = 0; b < B; b++) users[b] = users[b - b % group];
    struct batch *batch = models_batch(model, users, items, B);
    for (uint32_t b = 0; b < B; b++) batch->labels[b] = (float)rng_below(rng, 2);
    free(users);
    free(items);
    return batch;
}

/* Floats filled with NaN, so that what is not written shows. Owned by the caller. */
static inline float *models_floats(uint64_t count) {
    float *x = malloc((size_t)(count + (count == 0)) * sizeof *x);
    for (uint64_t i = 0; i < count; i++) x[i] = NAN;
    return x;
}

#endif

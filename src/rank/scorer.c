#include "rank/scorer.h"

#include <stdlib.h>
#include <string.h>

#include "base/kernels.h"
#include "base/memory.h"

#define SCORER_TILE                                                                                          \
    64 /* items that pass through the layers together: their activations stay in the L1 cache */

static struct scorer *lay_out(struct arena *arena, struct scorer *scorer, const struct model *model) {
    struct scorer *self = arena_take(arena, 1, sizeof *self);
    const uint32_t *widths = model->settings.layers;
    scorer->weighted = arena_take(arena, model->output_width - model->mlp_width, sizeof(float));
    if (model->hidden_count == 0) return self;
    uint32_t widest = 0;
    for (uint32_t l = 0; l < model->hidden_count; l++) {
        if (widths[l + 1] > widest) widest = widths[l + 1];
        scorer->transposed[l] = arena_take(arena, (uint64_t)widths[l] * widths[l + 1], sizeof(float));
    }
    scorer->user_half = arena_take(arena, widths[1], sizeof(float));
    scorer->item_half = arena_take(arena, (uint64_t)model->items * widths[1], sizeof(float));
    for (uint32_t side = 0; side < 2; side++)
        scorer->tile[side] = arena_take(arena, (uint64_t)SCORER_TILE * widest, sizeof(float));
    return self;
}

enum status scorer_new(struct scorer **out, const struct model *model) {
    *out = NULL;
    struct scorer description = {.model = model};
    struct arena arena = {0};
    lay_out(&arena, &description, model);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct scorer *scorer = lay_out(&arena, &description, model);
    *scorer = description;
    scorer_refresh(scorer);
    *out = scorer;
    return STATUS_OK;
}

void scorer_free(struct scorer *scorer) { free(scorer); }

void scorer_refresh(struct scorer *scorer) {
    const struct model *model = scorer->model;
    uint32_t D = model->embedding_width, H = model->settings.layers[1];
    for (uint32_t l = 0; l < model->hidden_count; l++)
        kernel_transpose(scorer->transposed[l], model_values(model, MODEL_LAYER_WEIGHT + 2 * l),
                         model->settings.layers[l + 1], model->settings.layers[l]);
    if (model->hidden_count > 0)
        kernel_matmul(scorer->item_half, H, model_values(model, MODEL_MLP_ITEM), D, 1,
                      scorer->transposed[0] + (size_t)D * H, H, model->items, H, D);
}

static uint32_t item_at(const uint32_t *items, uint32_t n) { return items == NULL ? n : items[n]; }

/* The tower for one tile of items, n at most SCORER_TILE: returns the last layer's output, [n, mlp_width]. */
static const float *tower(struct scorer *scorer, const uint32_t *items, uint32_t first, uint32_t n) {
    const struct model *model = scorer->model;
    const uint32_t *widths = model->settings.layers;
    float *out = scorer->tile[0], *in = scorer->tile[1];
    for (uint32_t i = 0; i < n; i++) {
        float *z = out + (size_t)i * widths[1];
        memcpy(z, scorer->user_half, widths[1] * sizeof *z);
        kernel_add(z, scorer->item_half + (size_t)item_at(items, first + i) * widths[1], widths[1]);
    }
    kernel_bias_activation(out, model_values(model, MODEL_LAYER_BIAS), n, widths[1], ACTIVATION_RELU);
    for (uint32_t l = 1; l < model->hidden_count; l++) {
        float *swap = in;
        in = out, out = swap;
        kernel_matmul(out, widths[l + 1], in, widths[l], 1, scorer->transposed[l], widths[l + 1], n,
                      widths[l + 1], widths[l]);
        kernel_bias_activation(out, model_values(model, MODEL_LAYER_BIAS + 2 * l), n, widths[l + 1],
                               ACTIVATION_RELU);
    }
    return out;
}

static void add_gmf(struct scorer *scorer, float *scores, uint32_t user, const uint32_t *items, uint32_t n) {
    const struct model *model = scorer->model;
    uint32_t F = model->settings.factors;
    const float *p = model_values(model, MODEL_GMF_USER) + (size_t)user * F,
                *q = model_values(model, MODEL_GMF_ITEM);
    kernel_multiply(scorer->weighted, model_output_gmf(model), p, F);
    for (uint32_t i = 0; i < n; i++)
        scores[i] += kernel_dot(scorer->weighted, q + (size_t)item_at(items, i) * F, F);
}

static void add_direct(const struct model *model, float *scores, uint32_t user, const uint32_t *items,
                       uint32_t n) {
    uint32_t D = model->embedding_width;
    const float *h = model_output_mlp(model), *t = model_values(model, MODEL_MLP_ITEM);
    float user_part = kernel_dot(h, model_values(model, MODEL_MLP_USER) + (size_t)user * D, D);
    for (uint32_t i = 0; i < n; i++)
        scores[i] += user_part + kernel_dot(h + D, t + (size_t)item_at(items, i) * D, D);
}

static void add_mlp(struct scorer *scorer, float *scores, uint32_t user, const uint32_t *items, uint32_t n) {
    const struct model *model = scorer->model;
    uint32_t D = model->embedding_width, H = model->settings.layers[1], last = model->mlp_width;
    const float *s = model_values(model, MODEL_MLP_USER) + (size_t)user * D;
    kernel_matmul(scorer->user_half, H, s, D, 1, scorer->transposed[0], H, 1, H, D);
    for (uint32_t first = 0; first < n; first += SCORER_TILE) {
        uint32_t count = n - first < SCORER_TILE ? n - first : SCORER_TILE;
        const float *output = tower(scorer, items, first, count);
        for (uint32_t i = 0; i < count; i++)
            scores[first + i] += kernel_dot(model_output_mlp(model), output + (size_t)i * last, last);
    }
}

void scorer_scores(struct scorer *scorer, float *scores, uint32_t user, const uint32_t *items, uint32_t n) {
    const struct model *model = scorer->model;
    memset(scores, 0, n * sizeof *scores);
    if ((model->settings.parts & MODEL_GMF) != 0) add_gmf(scorer, scores, user, items, n);
    if ((model->settings.parts & MODEL_MLP) != 0 && model->hidden_count == 0)
        add_direct(model, scores, user, items, n);
    else if ((model->settings.parts & MODEL_MLP) != 0)
        add_mlp(scorer, scores, user, items, n);
    for (uint32_t i = 0; i < n; i++) scores[i] += model_offset(model, user, item_at(items, i));
}

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
    scorer->weighted = arena_take(arena, model->gmf_width, sizeof(float));
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
        kernel_matmul(scorer->item_half, H, model_values(model, model_mlp_table(model, TENSOR_ITEM)), D, 1,
                      scorer->transposed[0] + (size_t)D * H, H, model->items, H, D);
}

static uint32_t item_at(const uint32_t *items, uint32_t n) { return items == NULL ? n : items[n]; }

/* Hidden layer l of one tile, items[n] with n at most SCORER_TILE, from layer l - 1 in `in`; the same steps as
 * network.c's. */
static void layer(struct scorer *scorer, float *out, const float *in, uint32_t l, uint32_t user,
                  const uint32_t *items, uint32_t n) {
    const struct model *model = scorer->model;
    uint32_t width = model->settings.layers[l + 1];
    bool open = model->settings.shared && l + 1 == model->hidden_count;
    enum activation activation = open ? ACTIVATION_IDENTITY : model->settings.activation;
    if (l == 0) {
        kernel_join_one(out, scorer->user_half, scorer->item_half, items, n, width, activation);
    } else {
        kernel_layer(out, in, scorer->transposed[l], model_values(model, MODEL_LAYER_BIAS + 2 * l), n, width,
                     model->settings.layers[l], activation);
    }
    if (!open) return;
    const float *p = model_values(model, MODEL_GMF_USER) + (size_t)user * width,
                *q = model_values(model, MODEL_GMF_ITEM);
    for (uint32_t i = 0; i < n; i++)
        kernel_axpy_product(out + (size_t)i * width, 1.0F, p, q + (size_t)items[i] * width, width);
    kernel_activation(out, (size_t)n * width, model->settings.activation);
}

static void add_gmf(struct scorer *scorer, float *scores, uint32_t user, const uint32_t *items, uint32_t n) {
    const struct model *model = scorer->model;
    uint32_t F = model->settings.factors;
    const float *p = model_values(model, MODEL_GMF_USER) + (size_t)user * F,
                *q = model_values(model, MODEL_GMF_ITEM);
    kernel_multiply(scorer->weighted, model_output_gmf(model), p, F);
    kernel_dot_rows(scores, scorer->weighted, q, items, n, F);
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
    const float *s = model_values(model, model_mlp_table(model, TENSOR_USER)) + (size_t)user * D;
    kernel_matmul(scorer->user_half, H, s, D, 1, scorer->transposed[0], H, 1, H, D);
    kernel_bias_activation(scorer->user_half, model_values(model, MODEL_LAYER_BIAS), 1, H,
                           ACTIVATION_IDENTITY);
    for (uint32_t first = 0; first < n; first += SCORER_TILE) {
        uint32_t count = n - first < SCORER_TILE ? n - first : SCORER_TILE;
        uint32_t tile[SCORER_TILE];
        const float *out = NULL;
        for (uint32_t i = 0; i < count; i++) tile[i] = item_at(items, first + i);
        for (uint32_t l = 0; l < model->hidden_count; l++) {
            layer(scorer, scorer->tile[l % 2], out, l, user, tile, count);
            out = scorer->tile[l % 2];
        }
        kernel_dot_rows(scores + first, model_output_mlp(model), out, NULL, count, last);
    }
}

void scorer_scores(struct scorer *scorer, float *scores, uint32_t user, const uint32_t *items, uint32_t n) {
    const struct model *model = scorer->model;
    memset(scores, 0, n * sizeof *scores);
    if (model->gmf_width > 0) add_gmf(scorer, scores, user, items, n);
    if ((model->settings.parts & MODEL_MLP) != 0 && model->hidden_count == 0)
        add_direct(model, scores, user, items, n);
    else if ((model->settings.parts & MODEL_MLP) != 0)
        add_mlp(scorer, scores, user, items, n);
    if ((model->settings.parts & MODEL_BIAS) != 0) {
        for (uint32_t i = 0; i < n; i++) scores[i] += model_offset(model, user, item_at(items, i));
        return;
    }
    kernel_add_number(scores, model_offset(model, user, 0), n);
}

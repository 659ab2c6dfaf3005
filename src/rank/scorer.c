#include "rank/scorer.h"

#include <stdlib.h>
#include <string.h>

#include "model/ease.h"

#define SCORER_TILE                                                                                          \
    64 /* items that pass through the layers together: their activations stay in the L1 cache */

static uint32_t half_width(const struct model *model) {
    return model->hidden_count > 0 ? model->settings.layers[1] : 1;
}

/* Whether scores come from the items that a user has. */
static bool by_items(const struct model *model) {
    return (model->settings.parts & (MODEL_ITEMS | MODEL_NEIGHBOURS)) != 0;
}

static struct scorer *lay_out(struct arena *arena, struct scorer *scorer, const struct model *model) {
    struct scorer *self = arena_take(arena, 1, sizeof *self);
    scorer->weighted = arena_take(arena, model->factors, sizeof(float));
    if (by_items(model)) scorer->all = arena_take(arena, model->items, sizeof(float));
    if ((model->settings.parts & MODEL_MLP) == 0) return self;
    uint32_t H = half_width(model);
    scorer->x = arena_take(arena, model->embedding_width, sizeof(float));
    scorer->user_half = arena_take(arena, H, sizeof(float));
    scorer->new_half = arena_take(arena, H, sizeof(float));
    scorer->item_half = arena_take(arena, (uint64_t)model->items * H, sizeof(float));
    scorer->tower = layers_of_tower(model);
    layers_lay_out(&scorer->tower, arena, SCORER_TILE);
    scorer->fusion = layers_of_fusion(model);
    layers_lay_out(&scorer->fusion, arena, SCORER_TILE);
    if (scorer->fusion.count > 0)
        scorer->joint = arena_take(arena, (uint64_t)SCORER_TILE * model->joint_width, sizeof(float));
    return self;
}

static enum status find_neighbours(struct scorer *scorer) {
    const struct model *model = scorer->model;
    struct itemknn *itemknn = NULL;
    enum status status =
        itemknn_of(&itemknn, model->items, model->settings.neighbours,
                   model_values(model, MODEL_NEIGHBOUR_LISTS), model_values(model, MODEL_SIMILARITIES));
    if (status != STATUS_OK) return status;
    itemknn_free(scorer->itemknn);
    scorer->itemknn = itemknn;
    return STATUS_OK;
}

enum status scorer_new(struct scorer **out, const struct model *model, const struct interactions *train) {
    *out = NULL;
    if (by_items(model) && train == NULL) return STATUS_ARGUMENT;
    struct scorer description = {.model = model, .train = train, .user = UINT32_MAX};
    struct arena arena = {0};
    lay_out(&arena, &description, model);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct scorer *scorer = lay_out(&arena, &description, model);
    *scorer = description;
    if ((model->settings.parts & MODEL_NEIGHBOURS) != 0) {
        enum status status = find_neighbours(scorer);
        if (status != STATUS_OK) {
            scorer_free(scorer);
            return status;
        }
    }
    scorer_refresh(scorer);
    *out = scorer;
    return STATUS_OK;
}

void scorer_free(struct scorer *scorer) {
    if (scorer == NULL) return;
    itemknn_free(scorer->itemknn);
    free(scorer);
}

void scorer_like(struct scorer *scorer, const uint32_t *liked, uint32_t count) {
    scorer->liked = liked;
    scorer->liked_count = count;
    scorer->user = UINT32_MAX;
}

/* The half of a user or an item, known or new. */
static void find_half(struct scorer *scorer, float *half, enum tensor_axis axis, struct scorer_side side) {
    const struct model *model = scorer->model;
    const struct model_features *features = model->settings.features + axis;
    uint32_t D = model->embedding_width, H = half_width(model), first = axis == TENSOR_USER ? 0 : D;
    if (side.row != UINT32_MAX && features->count > 0) {
        side.features = features->index + features->start[side.row];
        side.feature_count = features->start[side.row + 1] - features->start[side.row];
    }
    model_mlp_input(model, scorer->x, axis, side.row, side.features, side.feature_count);
    if (model->hidden_count == 0) {
        *half = kernel_dot(model_output_mlp(model) + first, scorer->x, D);
        return;
    }
    kernel_matmul(half, H, scorer->x, D, 1, scorer->tower.transposed[0] + (size_t)first * H, H, 1, H, D);
    if (axis == TENSOR_USER)
        kernel_bias_activation(half, model_values(model, MODEL_LAYER_BIAS), 1, H, ACTIVATION_IDENTITY);
}

void scorer_refresh(struct scorer *scorer) {
    const struct model *model = scorer->model;
    scorer->user = UINT32_MAX;
    if ((model->settings.parts & MODEL_NEIGHBOURS) != 0) find_neighbours(scorer);
    if ((model->settings.parts & MODEL_MLP) == 0) return;
    layers_refresh(&scorer->tower, model);
    layers_refresh(&scorer->fusion, model);
    uint32_t D = model->embedding_width, H = half_width(model);
    if (model->hidden_count > 0 && model->settings.features[TENSOR_ITEM].count == 0) {
        kernel_matmul(scorer->item_half, H, model_values(model, model_mlp_table(model, TENSOR_ITEM)), D, 1,
                      scorer->tower.transposed[0] + (size_t)D * H, H, model->items, H, D);
        return;
    }
    for (uint32_t item = 0; item < model->items; item++)
        find_half(scorer, scorer->item_half + (size_t)item * H, TENSOR_ITEM,
                  (struct scorer_side){.row = item});
}

static uint32_t item_at(const uint32_t *items, uint32_t n) { return items == NULL ? n : items[n]; }

static const float *gmf_row(const struct model *model, uint32_t tensor, uint32_t row) {
    return model_values(model, tensor) + (size_t)row * model->factors;
}

/* The tower over one tile, items[n] with n at most SCORER_TILE; the same steps as network.c's. Returns its output. */
static const float *tower_scores(struct scorer *scorer, uint32_t user, const uint32_t *items, uint32_t n) {
    const struct model *model = scorer->model;
    struct layers *tower = &scorer->tower;
    for (uint32_t l = 0; l < tower->count; l++) {
        uint32_t width = tower->widths[l + 1];
        bool open = model->settings.shared && l + 1 == tower->count;
        enum activation activation = open ? ACTIVATION_IDENTITY : model->settings.activation;
        if (l == 0)
            kernel_join_one(tower->hidden[0], scorer->user_half, scorer->item_half, items, n, width,
                            activation);
        else
            layers_forward(tower, model, l, tower->hidden[l - 1], n, activation);
        if (!open) continue;
        for (uint32_t i = 0; i < n; i++)
            kernel_axpy_product(tower->hidden[l] + (size_t)i * width, 1.0F,
                                gmf_row(model, MODEL_GMF_USER, user),
                                gmf_row(model, MODEL_GMF_ITEM, items[i]), width);
        kernel_activation(tower->hidden[l], (size_t)n * width, model->settings.activation);
    }
    return tower->hidden[tower->count - 1];
}

/* The fusion tower over a tile whose concatenation is in scorer->joint. */
static const float *fusion_scores(struct scorer *scorer, uint32_t n) {
    const float *x = scorer->joint;
    for (uint32_t l = 0; l < scorer->fusion.count; l++, x = scorer->fusion.hidden[l - 1])
        layers_forward(&scorer->fusion, scorer->model, l, x, n, scorer->model->settings.activation);
    return x;
}

static void join_products(struct scorer *scorer, uint32_t user, const uint32_t *items, uint32_t n,
                          const float *out) {
    const struct model *model = scorer->model;
    uint32_t F = model->gmf_width, L = model->mlp_width;
    for (uint32_t i = 0; i < n; i++) {
        float *joint = scorer->joint + (size_t)i * model->joint_width;
        kernel_multiply(joint, gmf_row(model, MODEL_GMF_USER, user), gmf_row(model, MODEL_GMF_ITEM, items[i]),
                        F);
        memcpy(joint + F, out + (size_t)i * L, L * sizeof *joint);
    }
}

static void add_gmf(struct scorer *scorer, float *scores, uint32_t user, const uint32_t *items, uint32_t n) {
    const struct model *model = scorer->model;
    uint32_t F = model->factors;
    const float *p = gmf_row(model, MODEL_GMF_USER, user);
    if (!model->settings.dot) {
        kernel_multiply(scorer->weighted, model_output_gmf(model), p, F);
        p = scorer->weighted;
    }
    kernel_dot_rows(scores, p, model_values(model, MODEL_GMF_ITEM), items, n, F);
}

static void add_mlp(struct scorer *scorer, float *scores, uint32_t user, const uint32_t *items, uint32_t n) {
    const struct model *model = scorer->model;
    find_half(scorer, scorer->user_half, TENSOR_USER, (struct scorer_side){.row = user});
    for (uint32_t i = 0; model->hidden_count == 0 && i < n; i++)
        scores[i] += *scorer->user_half + scorer->item_half[item_at(items, i)];
    for (uint32_t first = 0; model->hidden_count > 0 && first < n; first += SCORER_TILE) {
        uint32_t count = n - first < SCORER_TILE ? n - first : SCORER_TILE, tile[SCORER_TILE];
        for (uint32_t i = 0; i < count; i++) tile[i] = item_at(items, first + i);
        const float *out = tower_scores(scorer, user, tile, count), *h = NULL;
        if (scorer->fusion.count > 0) {
            join_products(scorer, user, tile, count, out);
            out = fusion_scores(scorer, count);
            h = model_values(model, MODEL_OUTPUT_WEIGHT);
        } else {
            h = model_output_mlp(model);
        }
        kernel_dot_rows(scores + first, h, out, NULL, count,
                        scorer->fusion.count > 0 ? model->output_width : model->mlp_width);
    }
}

/* All items' scores of a user by the items that they have; those of the last user are kept. */
static void score_by_items(struct scorer *scorer, uint32_t user) {
    const struct model *model = scorer->model;
    const uint32_t *liked = scorer->liked;
    uint32_t count = scorer->liked_count;
    if (scorer->user == user) return;
    if (liked == NULL) {
        liked = scorer->train->item + scorer->train->start[user];
        count = scorer->train->start[user + 1] - scorer->train->start[user];
    }
    if (scorer->itemknn != NULL)
        itemknn_scores(scorer->all, scorer->itemknn, liked, count);
    else
        ease_scores(scorer->all, model_values(model, MODEL_ITEM_WEIGHTS), model->items, liked, count);
    scorer->user = user;
}

float scorer_share(const struct scorer *scorer, uint32_t liked, uint32_t item) {
    if (scorer->itemknn != NULL) return itemknn_share(scorer->itemknn, liked, item);
    return model_values(scorer->model, MODEL_ITEM_WEIGHTS)[(size_t)liked * scorer->model->items + item];
}

void scorer_scores(struct scorer *scorer, float *scores, uint32_t user, const uint32_t *items, uint32_t n) {
    const struct model *model = scorer->model;
    if (by_items(model)) {
        score_by_items(scorer, user);
        for (uint32_t i = 0; i < n; i++) scores[i] = scorer->all[item_at(items, i)];
        return;
    }
    bool mlp = (model->settings.parts & MODEL_MLP) != 0, fused = scorer->fusion.count > 0;
    memset(scores, 0, n * sizeof *scores);
    if (!fused && (model->gmf_width > 0 || model->settings.dot)) add_gmf(scorer, scores, user, items, n);
    if (mlp) add_mlp(scorer, scores, user, items, n);
    if ((model->settings.parts & MODEL_BIAS) != 0) {
        for (uint32_t i = 0; i < n; i++) scores[i] += model_offset(model, user, item_at(items, i));
        return;
    }
    kernel_add_number(scores, model_offset(model, user, 0), n);
}

/* What the MLP part, or the fusion tower, adds to the score of a pair with a new side: its product p ∘ q is 0. */
static float pair_score(struct scorer *scorer, struct scorer_side user, struct scorer_side item) {
    static const uint32_t first_row[1];
    const struct model *model = scorer->model;
    struct layers *tower = &scorer->tower;
    find_half(scorer, scorer->user_half, TENSOR_USER, user);
    find_half(scorer, scorer->new_half, TENSOR_ITEM, item);
    if (model->hidden_count == 0) return *scorer->user_half + *scorer->new_half;
    kernel_join_one(tower->hidden[0], scorer->user_half, scorer->new_half, first_row, 1, tower->widths[1],
                    model->settings.activation);
    for (uint32_t l = 1; l < tower->count; l++)
        layers_forward(tower, model, l, tower->hidden[l - 1], 1, model->settings.activation);
    const float *out = tower->hidden[tower->count - 1];
    if (scorer->fusion.count == 0) return kernel_dot(model_output_mlp(model), out, model->mlp_width);
    memset(scorer->joint, 0, model->gmf_width * sizeof(float));
    memcpy(scorer->joint + model->gmf_width, out, model->mlp_width * sizeof(float));
    return kernel_dot(model_values(model, MODEL_OUTPUT_WEIGHT), fusion_scores(scorer, 1),
                      model->output_width);
}

float scorer_score_pair(struct scorer *scorer, struct scorer_side user, struct scorer_side item) {
    const struct model *model = scorer->model;
    float score = 0.0F;
    if (user.row != UINT32_MAX && item.row != UINT32_MAX) {
        scorer_scores(scorer, &score, user.row, &item.row, 1);
        return score;
    }
    if ((model->settings.parts & MODEL_MLP) != 0) score += pair_score(scorer, user, item);
    if (model->output_width > 0) score += *model_values(model, MODEL_OUTPUT_BIAS);
    if ((model->settings.parts & MODEL_BIAS) == 0) return score;
    score += *model_values(model, MODEL_GLOBAL_BIAS);
    if (user.row != UINT32_MAX) score += model_values(model, MODEL_USER_BIAS)[user.row];
    if (item.row != UINT32_MAX) score += model_values(model, MODEL_ITEM_BIAS)[item.row];
    return score;
}

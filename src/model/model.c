#include "model/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/rng.h"

static bool settings_valid(const struct model_settings *settings) {
    uint32_t all = MODEL_BIAS | MODEL_GMF | MODEL_MLP;
    if (settings->parts == 0 || (settings->parts & ~all) != 0) return false;
    if ((settings->parts & MODEL_GMF) != 0 && (settings->factors == 0 || settings->factors > MODEL_MAX_WIDTH))
        return false;
    if ((settings->parts & MODEL_MLP) == 0) return !settings->shared;
    if (settings->layer_count == 0 || settings->layer_count > MODEL_MAX_LAYERS) return false;
    for (uint32_t l = 0; l < settings->layer_count; l++)
        if (settings->layers[l] == 0 || settings->layers[l] > MODEL_MAX_WIDTH) return false;
    if (settings->layers[0] % 2 != 0 || settings->activation >= ACTIVATIONS) return false;
    if (!settings->shared) return true;
    return (settings->parts & MODEL_GMF) != 0 && settings->layer_count > 1 &&
           settings->layers[0] == 2 * settings->factors &&
           settings->layers[settings->layer_count - 1] == settings->factors;
}

/* A tensor like `kind`, at the end of the block. */
static void add_tensor(struct model *model, uint32_t index, const char *name, struct tensor kind,
                       uint32_t rows, uint32_t columns) {
    struct tensor *tensor = model->tensors + index;
    *tensor = kind;
    tensor->rows = rows;
    tensor->columns = columns;
    strncpy(tensor->name, name, sizeof tensor->name - 1);
    tensor->offset = model->parameters;
    model->parameters += (uint64_t)rows * columns;
}

/* Embeddings, or biases where `columns` is 1, of all users and all items: tensors `index` and `index` + 1. */
static void add_pair(struct model *model, uint32_t index, const char *user_name, const char *item_name,
                     struct tensor kind, uint32_t columns) {
    kind.axis = TENSOR_USER;
    add_tensor(model, index, user_name, kind, model->users, columns);
    kind.axis = TENSOR_ITEM;
    add_tensor(model, index + 1, item_name, kind, model->items, columns);
}

static const struct tensor free_vector = {.init = TENSOR_ZERO, .group = MODEL_FREE, .is_vector = true};
static const struct tensor bias_vector = {.init = TENSOR_ZERO, .group = MODEL_BIASES, .is_vector = true};
static const struct tensor gmf_embedding = {.init = TENSOR_NORMAL, .group = MODEL_GMF_EMBEDDINGS};
static const struct tensor mlp_embedding = {.init = TENSOR_NORMAL, .group = MODEL_MLP_EMBEDDINGS};
static const struct tensor layer_weight = {.init = TENSOR_GLOROT, .group = MODEL_WEIGHTS};
static const struct tensor output_weight = {.init = TENSOR_LECUN, .group = MODEL_WEIGHTS};

static void add_layers(struct model *model) {
    const uint32_t *widths = model->settings.layers;
    for (uint32_t l = 0; l < model->hidden_count; l++) {
        char weight[] = "mlp.layers.N.weight", bias[] = "mlp.layers.N.bias";
        weight[11] = bias[11] = (char)('0' + l);
        add_tensor(model, MODEL_LAYER_WEIGHT + 2 * l, weight, layer_weight, widths[l + 1], widths[l]);
        add_tensor(model, MODEL_LAYER_BIAS + 2 * l, bias, free_vector, widths[l + 1], 1);
    }
}

/* Fills the table of tensors and counts the parameters. */
static void describe(struct model *model) {
    const struct model_settings *settings = &model->settings;
    if ((settings->parts & MODEL_BIAS) != 0) {
        add_tensor(model, MODEL_GLOBAL_BIAS, "bias.global", free_vector, 1, 1);
        add_pair(model, MODEL_USER_BIAS, "bias.user", "bias.item", bias_vector, 1);
    }
    if ((settings->parts & MODEL_GMF) != 0) {
        model->gmf_width = settings->shared ? 0 : settings->factors;
        add_pair(model, MODEL_GMF_USER, "gmf.user_embedding.weight", "gmf.item_embedding.weight",
                 gmf_embedding, settings->factors);
    }
    if ((settings->parts & MODEL_MLP) != 0) {
        model->embedding_width = settings->layers[0] / 2;
        model->hidden_count = settings->layer_count - 1;
        model->mlp_width = settings->layers[model->hidden_count];
        if (!settings->shared)
            add_pair(model, MODEL_MLP_USER, "mlp.user_embedding.weight", "mlp.item_embedding.weight",
                     mlp_embedding, model->embedding_width);
        add_layers(model);
    }
    model->output_width = model->gmf_width + model->mlp_width;
    if (model->output_width > 0) {
        add_tensor(model, MODEL_OUTPUT_WEIGHT, "output.weight", output_weight, 1, model->output_width);
        add_tensor(model, MODEL_OUTPUT_BIAS, "output.bias", free_vector, 1, 1);
    }
}

enum status model_new(struct model **out, const struct model_settings *settings, uint32_t users,
                      uint32_t items) {
    *out = NULL;
    if (!settings_valid(settings) || users == 0 || items == 0) return STATUS_ARGUMENT;
    struct model description = {.settings = *settings, .users = users, .items = items};
    describe(&description);
    struct arena arena = {0};
    arena_take(&arena, 1, sizeof description);
    arena_take(&arena, description.parameters, sizeof(float));
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct model *model = arena_take(&arena, 1, sizeof *model);
    *model = description;
    model->values = arena_take(&arena, model->parameters, sizeof *model->values);
    model_reset(model);
    *out = model;
    return STATUS_OK;
}

void model_free(struct model *model) { free(model); }

float *model_values(const struct model *model, uint32_t tensor) {
    return model->tensors[tensor].rows == 0 ? NULL : model->values + model->tensors[tensor].offset;
}

uint32_t model_rows(const struct model *model, enum tensor_axis axis) {
    return axis == TENSOR_USER ? model->users : model->items;
}

uint32_t model_mlp_table(const struct model *model, enum tensor_axis axis) {
    uint32_t users = model->settings.shared ? MODEL_GMF_USER : MODEL_MLP_USER;
    return axis == TENSOR_USER ? users : users + 1;
}

float *model_output_gmf(const struct model *model) { return model_values(model, MODEL_OUTPUT_WEIGHT); }

float *model_output_mlp(const struct model *model) {
    return model_values(model, MODEL_OUTPUT_WEIGHT) + model->gmf_width;
}

float model_offset(const struct model *model, uint32_t user, uint32_t item) {
    float offset = model->output_width > 0 ? *model_values(model, MODEL_OUTPUT_BIAS) : 0.0F;
    if ((model->settings.parts & MODEL_BIAS) == 0) return offset;
    float bias = *model_values(model, MODEL_GLOBAL_BIAS) + model_values(model, MODEL_USER_BIAS)[user];
    return offset + (bias + model_values(model, MODEL_ITEM_BIAS)[item]);
}

static void draw(float *values, const struct tensor *tensor, struct rng *rng) {
    float fan_in = (float)tensor->columns, fan_out = (float)tensor->rows;
    float limit = tensor->init == TENSOR_GLOROT ? sqrtf(6.0F / (fan_in + fan_out)) : sqrtf(3.0F / fan_in);
    uint64_t count = (uint64_t)tensor->rows * tensor->columns;
    for (uint64_t i = 0; i < count; i++) {
        if (tensor->init == TENSOR_NORMAL)
            values[i] = 0.01F * rng_normal(rng);
        else
            values[i] = tensor->init == TENSOR_ZERO ? 0.0F : limit * (2.0F * rng_uniform(rng) - 1.0F);
    }
}

void model_reset(struct model *model) {
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        if (model->tensors[t].rows == 0) continue;
        struct rng rng = rng_seeded(model->settings.seed, RNG_INIT + t, 0);
        draw(model_values(model, t), model->tensors + t, &rng);
    }
}

uint64_t model_hash(const struct model *model) {
    return hash_floats(HASH_START, model->values, model->parameters);
}

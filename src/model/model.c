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
    if ((settings->parts & MODEL_MLP) == 0) return true;
    if (settings->layer_count == 0 || settings->layer_count > MODEL_MAX_LAYERS) return false;
    for (uint32_t l = 0; l < settings->layer_count; l++)
        if (settings->layers[l] == 0 || settings->layers[l] > MODEL_MAX_WIDTH) return false;
    return settings->layers[0] % 2 == 0;
}

static void add_tensor(struct model *model, uint32_t index, const char *name, enum tensor_axis axis,
                       enum tensor_init init, uint32_t rows, uint32_t columns) {
    struct tensor *tensor = model->tensors + index;
    *tensor = (struct tensor){.axis = axis, .init = init, .rows = rows, .columns = columns};
    strncpy(tensor->name, name, sizeof tensor->name - 1);
    tensor->offset = model->parameters;
    model->parameters += (uint64_t)rows * columns;
}

static void add_vector(struct model *model, uint32_t index, const char *name, enum tensor_axis axis,
                       uint32_t rows) {
    add_tensor(model, index, name, axis, TENSOR_ZERO, rows, 1);
    model->tensors[index].is_vector = true;
}

static void add_layers(struct model *model) {
    const uint32_t *widths = model->settings.layers;
    for (uint32_t l = 0; l < model->hidden_count; l++) {
        char weight[] = "mlp.layers.N.weight", bias[] = "mlp.layers.N.bias";
        weight[11] = bias[11] = (char)('0' + l);
        add_tensor(model, MODEL_LAYER_WEIGHT + 2 * l, weight, TENSOR_DENSE, TENSOR_GLOROT, widths[l + 1],
                   widths[l]);
        add_vector(model, MODEL_LAYER_BIAS + 2 * l, bias, TENSOR_DENSE, widths[l + 1]);
    }
}

/* Fills the table of tensors and counts the parameters. */
static void describe(struct model *model) {
    uint32_t users = model->users, items = model->items, F = 0, D = 0;
    if ((model->settings.parts & MODEL_BIAS) != 0) {
        add_vector(model, MODEL_GLOBAL_BIAS, "bias.global", TENSOR_DENSE, 1);
        add_vector(model, MODEL_USER_BIAS, "bias.user", TENSOR_USER, users);
        add_vector(model, MODEL_ITEM_BIAS, "bias.item", TENSOR_ITEM, items);
    }
    if ((model->settings.parts & MODEL_GMF) != 0) {
        F = model->settings.factors;
        add_tensor(model, MODEL_GMF_USER, "gmf.user_embedding.weight", TENSOR_USER, TENSOR_NORMAL, users, F);
        add_tensor(model, MODEL_GMF_ITEM, "gmf.item_embedding.weight", TENSOR_ITEM, TENSOR_NORMAL, items, F);
    }
    if ((model->settings.parts & MODEL_MLP) != 0) {
        D = model->settings.layers[0] / 2;
        model->hidden_count = model->settings.layer_count - 1;
        model->mlp_width = model->settings.layers[model->hidden_count];
        add_tensor(model, MODEL_MLP_USER, "mlp.user_embedding.weight", TENSOR_USER, TENSOR_NORMAL, users, D);
        add_tensor(model, MODEL_MLP_ITEM, "mlp.item_embedding.weight", TENSOR_ITEM, TENSOR_NORMAL, items, D);
        add_layers(model);
    }
    model->embedding_width = D;
    model->output_width = F + model->mlp_width;
    if (model->output_width > 0) {
        add_tensor(model, MODEL_OUTPUT_WEIGHT, "output.weight", TENSOR_DENSE, TENSOR_LECUN, 1,
                   model->output_width);
        add_vector(model, MODEL_OUTPUT_BIAS, "output.bias", TENSOR_DENSE, 1);
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

float *model_output_gmf(const struct model *model) { return model_values(model, MODEL_OUTPUT_WEIGHT); }

float *model_output_mlp(const struct model *model) {
    return model_values(model, MODEL_OUTPUT_WEIGHT) + (model->output_width - model->mlp_width);
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

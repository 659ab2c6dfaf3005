#include "model/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/rng.h"

static bool widths_valid(const uint32_t *widths, uint32_t count) {
    for (uint32_t l = 0; l < count; l++)
        if (widths[l] == 0 || widths[l] > MODEL_MAX_WIDTH) return false;
    return true;
}

static bool tower_valid(const struct model_settings *settings) {
    uint32_t count = settings->layer_count;
    return count > 0 && count <= MODEL_MAX_LAYERS && widths_valid(settings->layers, count) &&
           settings->layers[0] % 2 == 0 && settings->activation < ACTIVATIONS;
}

static bool has_features(const struct model_settings *settings) {
    return settings->features[TENSOR_USER].count > 0 || settings->features[TENSOR_ITEM].count > 0;
}

static bool shared_valid(const struct model_settings *settings) {
    return (settings->parts & MODEL_GMF) != 0 && settings->layer_count > 1 && !settings->dot &&
           settings->fusion_count == 0 && !has_features(settings) &&
           settings->layers[0] == 2 * settings->factors &&
           settings->layers[settings->layer_count - 1] == settings->factors;
}

static bool settings_valid(const struct model_settings *settings) {
    uint32_t all = MODEL_BIAS | MODEL_GMF | MODEL_MLP;
    if (settings->parts == MODEL_ITEMS) return true;
    if (settings->parts == MODEL_NEIGHBOURS) return settings->neighbours > 0;
    bool gmf = (settings->parts & MODEL_GMF) != 0, mlp = (settings->parts & MODEL_MLP) != 0;
    if (settings->parts == 0 || (settings->parts & ~all) != 0) return false;
    if (gmf ? settings->factors == 0 || settings->factors > MODEL_MAX_WIDTH : settings->dot) return false;
    if (!(settings->embedding_std >= 0.0F) || !mlp) {
        return settings->embedding_std >= 0.0F && !settings->shared && settings->fusion_count == 0 &&
               !has_features(settings);
    }
    if (!tower_valid(settings) || (settings->shared && !shared_valid(settings))) return false;
    return settings->fusion_count == 0 || (gmf && !settings->dot && settings->layer_count > 1 &&
                                           settings->fusion_count <= MODEL_MAX_FUSION &&
                                           widths_valid(settings->fusion, settings->fusion_count));
}

/* Writes `more` behind a tensor's name, as much of it as fits. */
static void append(char *name, const char *more) {
    size_t n = 0, room = sizeof((struct tensor *)NULL)->name - 1;
    while (name[n] != '\0') n++;
    for (; *more != '\0' && n < room; more++) name[n++] = *more;
    name[n] = '\0';
}

/* A tensor like `kind`, at the end of the block. */
static void add_tensor(struct model *model, uint32_t index, const char *name, struct tensor kind,
                       uint32_t rows, uint32_t columns) {
    struct tensor *tensor = model->tensors + index;
    *tensor = kind;
    tensor->rows = rows;
    tensor->columns = columns;
    append(tensor->name, name);
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

/* `count` layers over an input of widths[0]; tensors `index` and on, their names beginning with `stack`. */
static void add_layers(struct model *model, uint32_t index, const char *stack, const uint32_t *widths,
                       uint32_t count) {
    for (uint32_t l = 0; l < count; l++) {
        const char number[] = {(char)('0' + l), '\0'};
        char name[sizeof model->tensors->name] = "";
        append(name, stack), append(name, ".layers."), append(name, number);
        add_tensor(model, index + 2 * l, name, layer_weight, widths[l + 1], widths[l]);
        add_tensor(model, index + 2 * l + 1, name, free_vector, widths[l + 1], 1);
        append(model->tensors[index + 2 * l].name, ".weight");
        append(model->tensors[index + 2 * l + 1].name, ".bias");
    }
}

/* The embeddings of users or items and of their features. */
static void add_mlp_embeddings(struct model *model, enum tensor_axis axis) {
    const struct model_features *features = model->settings.features + axis;
    bool user = axis == TENSOR_USER;
    struct tensor own = mlp_embedding;
    own.axis = axis;
    if (features->count == 0 || !features->alone)
        add_tensor(model, user ? MODEL_MLP_USER : MODEL_MLP_ITEM,
                   user ? "mlp.user_embedding.weight" : "mlp.item_embedding.weight", own,
                   model_rows(model, axis), model->embedding_width);
    if (features->count > 0)
        add_tensor(model, user ? MODEL_USER_FEATURES : MODEL_ITEM_FEATURES,
                   user ? "mlp.user_features.weight" : "mlp.item_features.weight", mlp_embedding,
                   features->count, model->embedding_width);
}

static void add_mlp(struct model *model) {
    const struct model_settings *settings = &model->settings;
    model->embedding_width = settings->layers[0] / 2;
    model->hidden_count = settings->layer_count - 1;
    model->mlp_width = settings->layers[model->hidden_count];
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES && !settings->shared; axis++)
        add_mlp_embeddings(model, axis);
    add_layers(model, MODEL_LAYER_WEIGHT, "mlp", settings->layers, model->hidden_count);
}

/* From the concatenation to the logit. */
static void add_output(struct model *model) {
    const struct model_settings *settings = &model->settings;
    model->joint_width = model->gmf_width + model->mlp_width;
    model->output_width = model->joint_width;
    if (settings->fusion_count > 0) {
        uint32_t widths[MODEL_MAX_FUSION + 1] = {model->joint_width};
        memcpy(widths + 1, settings->fusion, settings->fusion_count * sizeof *widths);
        add_layers(model, MODEL_FUSION_WEIGHT, "fusion", widths, settings->fusion_count);
        model->output_width = widths[settings->fusion_count];
    }
    if (model->output_width == 0) return;
    add_tensor(model, MODEL_OUTPUT_WEIGHT, "output.weight", output_weight, 1, model->output_width);
    add_tensor(model, MODEL_OUTPUT_BIAS, "output.bias", free_vector, 1, 1);
}

static const struct tensor item_matrix = {.init = TENSOR_ZERO, .group = MODEL_FREE};

static void add_item_parts(struct model *model) {
    uint32_t items = model->items, k = model->settings.neighbours;
    if ((model->settings.parts & MODEL_ITEMS) != 0)
        add_tensor(model, MODEL_ITEM_WEIGHTS, "ease.weight", item_matrix, items, items);
    if ((model->settings.parts & MODEL_NEIGHBOURS) == 0) return;
    add_tensor(model, MODEL_NEIGHBOUR_LISTS, "itemknn.neighbours", item_matrix, items, k);
    add_tensor(model, MODEL_SIMILARITIES, "itemknn.similarities", item_matrix, items, k);
}

/* Fills the table of tensors and counts the parameters. */
static void describe(struct model *model) {
    const struct model_settings *settings = &model->settings;
    add_item_parts(model);
    if ((settings->parts & MODEL_BIAS) != 0) {
        add_tensor(model, MODEL_GLOBAL_BIAS, "bias.global", free_vector, 1, 1);
        add_pair(model, MODEL_USER_BIAS, "bias.user", "bias.item", bias_vector, 1);
    }
    if ((settings->parts & MODEL_GMF) != 0) {
        model->factors = settings->factors;
        model->gmf_width = settings->shared || settings->dot ? 0 : settings->factors;
        add_pair(model, MODEL_GMF_USER, "gmf.user_embedding.weight", "gmf.item_embedding.weight",
                 gmf_embedding, settings->factors);
    }
    if ((settings->parts & MODEL_MLP) != 0) add_mlp(model);
    add_output(model);
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

void model_mlp_input(const struct model *model, float *x, enum tensor_axis axis, uint32_t row,
                     const uint32_t *features, uint32_t n) {
    uint32_t D = model->embedding_width;
    const float *own = model_values(model, model_mlp_table(model, axis));
    const float *of_features =
        model_values(model, axis == TENSOR_USER ? MODEL_USER_FEATURES : MODEL_ITEM_FEATURES);
    if (own != NULL && row != UINT32_MAX)
        memcpy(x, own + (size_t)row * D, D * sizeof *x);
    else
        memset(x, 0, D * sizeof *x);
    for (uint32_t f = 0; of_features != NULL && f < n; f++)
        kernel_axpy(x, 1.0F / (float)n, of_features + (size_t)features[f] * D, D);
}

void model_predict(const struct model *model, float *x, uint32_t n) {
    float lowest = model->settings.lowest, range = model->settings.highest - lowest;
    if (!(range > 0.0F)) return;
    kernel_activation(x, n, ACTIVATION_SIGMOID);
    for (uint32_t i = 0; i < n; i++) x[i] = lowest + range * x[i];
}

void model_predict_backward(const struct model *model, float *d, const float *predictions, uint32_t n) {
    float lowest = model->settings.lowest, range = model->settings.highest - lowest;
    if (!(range > 0.0F)) return;
    for (uint32_t i = 0; i < n; i++)
        d[i] *= (predictions[i] - lowest) * ((model->settings.highest - predictions[i]) / range);
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

static void draw_uniform(float *values, uint64_t count, float limit, struct rng *rng) {
    for (uint64_t i = 0; i < count; i++) values[i] = limit * (2.0F * rng_uniform(rng) - 1.0F);
}

/* h of one output layer, or of two whose scores are added. */
static void draw_output(const struct model *model, float *values, uint32_t width, struct rng *rng) {
    uint32_t gmf = model->settings.additive && model->settings.fusion_count == 0 ? model->gmf_width : 0;
    if (gmf > 0) draw_uniform(values, gmf, sqrtf(3.0F / (float)gmf), rng);
    draw_uniform(values + gmf, width - gmf, sqrtf(3.0F / (float)(width - gmf)), rng);
}

static void draw(const struct model *model, float *values, const struct tensor *tensor, struct rng *rng) {
    float std = model->settings.embedding_std > 0.0F ? model->settings.embedding_std : 0.01F;
    uint64_t count = (uint64_t)tensor->rows * tensor->columns;
    switch (tensor->init) {
    case TENSOR_NORMAL:
        for (uint64_t i = 0; i < count; i++) values[i] = std * rng_normal(rng);
        break;
    case TENSOR_GLOROT:
        draw_uniform(values, count, sqrtf(6.0F / (float)(tensor->columns + tensor->rows)), rng);
        break;
    case TENSOR_LECUN:
        draw_output(model, values, tensor->columns, rng);
        break;
    default:
        memset(values, 0, (size_t)count * sizeof *values);
    }
}

void model_reset(struct model *model) {
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        if (model->tensors[t].rows == 0) continue;
        struct rng rng = rng_seeded(model->settings.seed, RNG_INIT + t, 0);
        draw(model, model_values(model, t), model->tensors + t, &rng);
    }
}

uint64_t model_hash(const struct model *model) {
    return hash_floats(HASH_START, model->values, model->parameters);
}

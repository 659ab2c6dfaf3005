/* The settings of a model and its training, set one by one. */
#include <stdlib.h>

#include "api.h"
#include "base/memory.h"
#include "data/features.h"

/* Names of settings, in the order that wasm/core/settings.mjs has them too. */
enum setting {
    SETTING_PARTS, /* a sum of enum model_part */
    SETTING_FACTORS,
    SETTING_LAYERS, /* `index`: which */
    SETTING_ACTIVATION,
    SETTING_SHARED,
    SETTING_DOT,
    SETTING_ADDITIVE,
    SETTING_FUSION, /* `index`: which */
    SETTING_NEIGHBOURS,
    SETTING_STD,
    SETTING_LOWEST,
    SETTING_HIGHEST,
    SETTING_L2, /* `index`: an enum model_group */
    SETTING_SEED,
    SETTING_NEGATIVES,
    SETTING_BATCH_SIZE,
    SETTING_ORDER,
    SETTING_OPTIMIZER,
    SETTING_RATE,
    SETTING_LOSS,
    SETTING_NEGATIVE_WEIGHT,
    SETTING_POPULARITY,
    SETTING_ACCEPT_KNOWN,
};

/* All settings 0. */
int32_t EXPORT(ncf_settings_new)(void) {
    struct settings *settings = memory_zeroed(1, sizeof *settings);
    return made(settings == NULL ? STATUS_MEMORY : STATUS_OK, settings);
}

void EXPORT(ncf_settings_free)(struct settings *settings) { free(settings); }

static enum status set_model(struct model_settings *model, uint32_t setting, uint32_t index, double value) {
    uint32_t whole = (uint32_t)value;
    switch (setting) {
    case SETTING_PARTS:
        model->parts = whole;
        break;
    case SETTING_FACTORS:
        model->factors = whole;
        break;
    case SETTING_LAYERS:
        if (index >= MODEL_MAX_LAYERS) return STATUS_ARGUMENT;
        model->layers[index] = whole;
        model->layer_count = index + 1;
        break;
    case SETTING_ACTIVATION:
        model->activation = (enum activation)whole;
        break;
    case SETTING_SHARED:
        model->shared = whole != 0;
        break;
    case SETTING_DOT:
        model->dot = whole != 0;
        break;
    case SETTING_ADDITIVE:
        model->additive = whole != 0;
        break;
    case SETTING_FUSION:
        if (index >= MODEL_MAX_FUSION) return STATUS_ARGUMENT;
        model->fusion[index] = whole;
        model->fusion_count = index + 1;
        break;
    case SETTING_NEIGHBOURS:
        model->neighbours = whole;
        break;
    case SETTING_STD:
        model->embedding_std = (float)value;
        break;
    case SETTING_LOWEST:
        model->lowest = (float)value;
        break;
    case SETTING_HIGHEST:
        model->highest = (float)value;
        break;
    case SETTING_L2:
        if (index >= MODEL_GROUPS) return STATUS_ARGUMENT;
        model->l2[index] = (float)value;
        break;
    default:
        return STATUS_ARGUMENT;
    }
    return STATUS_OK;
}

static enum status set_training(struct trainer_settings *training, uint32_t setting, double value) {
    uint32_t whole = (uint32_t)value;
    switch (setting) {
    case SETTING_NEGATIVES:
        training->negatives = whole;
        break;
    case SETTING_BATCH_SIZE:
        training->batch_size = whole;
        break;
    case SETTING_ORDER:
        training->order = (enum sampler_order)whole;
        break;
    case SETTING_OPTIMIZER:
        training->optimizer = (enum optimizer_kind)whole;
        break;
    case SETTING_RATE:
        training->rate = value;
        break;
    case SETTING_LOSS:
        training->loss = (enum loss_kind)whole;
        break;
    case SETTING_NEGATIVE_WEIGHT:
        training->negative_weight = (float)value;
        break;
    case SETTING_POPULARITY:
        training->popularity = value;
        break;
    case SETTING_ACCEPT_KNOWN:
        training->accept_known = whole != 0;
        break;
    default:
        return STATUS_ARGUMENT;
    }
    return STATUS_OK;
}

/* Sets one; those of which there are several are set from index 0 on. */
int32_t EXPORT(ncf_settings_set)(struct settings *settings, uint32_t setting, uint32_t index, double value) {
    if (setting == SETTING_SEED) {
        settings->model.seed = settings->training.seed = (uint64_t)value;
        return STATUS_OK;
    }
    return -(int32_t)(setting < SETTING_SEED ? set_model(&settings->model, setting, index, value)
                                             : set_training(&settings->training, setting, value));
}

/* Features of the items, or else of the users, as inputs of the MLP part: borrowed by the models made with them. `alone`:
 * without embeddings of their own. */
void EXPORT(ncf_settings_features)(struct settings *settings, int32_t items, const struct features *features,
                                   int32_t alone) {
    settings->model.features[items ? TENSOR_ITEM : TENSOR_USER] = (struct model_features){
        .count = features->count, .start = features->start, .index = features->index, .alone = alone != 0};
}

/* How many groups of tensors SETTING_L2 is told for. */
uint32_t EXPORT(ncf_model_groups)(void) { return MODEL_GROUPS; }

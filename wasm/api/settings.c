/* The settings of a model and its training, set by name: a setting is a row here. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "base/memory.h"
#include "data/features.h"

enum type { WHOLE, WHOLE_64, FLAG, REAL, REAL_64, LIST, REALS };

struct row {
    const char
        *name; /* wasm/settings/table.mjs', or wasm/core/settings.mjs' where the core takes another thing */
    enum type type;
    size_t offset;
    /* of a LIST or REALS: how many it has room for; of a LIST, where it is told how many there are */
    uint32_t room;
    size_t count;
};

#define AT(field) offsetof(struct settings, field)

static const struct row rows[] = {
    {.name = "parts", WHOLE, AT(model.parts)}, /* a sum of enum model_part */
    {.name = "factors", WHOLE, AT(model.factors)},
    {.name = "layers", LIST, AT(model.layers), MODEL_MAX_LAYERS, AT(model.layer_count)},
    {.name = "activation", WHOLE, AT(model.activation)},
    {.name = "shared", FLAG, AT(model.shared)},
    {.name = "dot", FLAG, AT(model.dot)},
    {.name = "additive", FLAG, AT(model.additive)},
    {.name = "fusion", LIST, AT(model.fusion), MODEL_MAX_FUSION, AT(model.fusion_count)},
    {.name = "neighbours", WHOLE, AT(model.neighbours)},
    {.name = "std", REAL, AT(model.embedding_std)},
    {.name = "lowest", REAL, AT(model.lowest)},
    {.name = "highest", REAL, AT(model.highest)},
    {.name = "l2", REALS, AT(model.l2), MODEL_GROUPS},
    {.name = "seed", WHOLE_64, AT(model.seed)},
    {.name = "seed", WHOLE_64, AT(training.seed)},
    {.name = "negatives", WHOLE, AT(training.negatives)},
    {.name = "batchSize", WHOLE, AT(training.batch_size)},
    {.name = "order", WHOLE, AT(training.order)},
    {.name = "optimizer", WHOLE, AT(training.optimizer)},
    {.name = "lr", REAL_64, AT(training.rate)},
    {.name = "loss", WHOLE, AT(training.loss)},
    {.name = "negativeWeight", REAL, AT(training.negative_weight)},
    {.name = "popularityPower", REAL_64, AT(training.popularity)},
    {.name = "known", FLAG, AT(training.accept_known)},
};

_Static_assert(sizeof(enum activation) == sizeof(uint32_t) && sizeof(enum optimizer_kind) == sizeof(uint32_t),
               "an enum is set as a whole number");

/* All settings 0. */
int32_t EXPORT(ncf_settings_new)(void) {
    struct settings *settings = memory_zeroed(1, sizeof *settings);
    return made(settings == NULL ? STATUS_MEMORY : STATUS_OK, settings);
}

void EXPORT(ncf_settings_free)(struct settings *settings) { free(settings); }

/* Each is converted in its own case: out of its type's range a conversion has no meaning. */
static enum status set(struct settings *settings, const struct row *row, uint32_t index, double value) {
    char *base = (char *)settings, *at = base + row->offset;
    if (index > 0 && index >= row->room) return STATUS_ARGUMENT;
    switch (row->type) {
    case WHOLE:
        memcpy(at, &(uint32_t){(uint32_t)value}, sizeof(uint32_t));
        break;
    case WHOLE_64:
        memcpy(at, &(uint64_t){(uint64_t)value}, sizeof(uint64_t));
        break;
    case FLAG:
        memcpy(at, &(bool){value != 0}, sizeof(bool));
        break;
    case REAL_64:
        memcpy(at, &value, sizeof value);
        break;
    case LIST:
        memcpy(at + index * sizeof(uint32_t), &(uint32_t){(uint32_t)value}, sizeof(uint32_t));
        memcpy(base + row->count, &(uint32_t){index + 1}, sizeof(uint32_t));
        break;
    case REAL: /* REALS of which there is one */
    case REALS:
        memcpy(at + index * sizeof(float), &(float){(float)value}, sizeof(float));
        break;
    }
    return STATUS_OK;
}

/* Sets what has this name, which ends with a 0: a number, or the one of a word (ncf_code). Those of which there are several
 * are set from index 0 on, at the index of others. */
int32_t EXPORT(ncf_settings_set)(struct settings *settings, const char *name, uint32_t index, double value) {
    enum status status = STATUS_ARGUMENT;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        if (strcmp(rows[r].name, name) == 0) status = set(settings, rows + r, index, value);
    return -(int32_t)status;
}

/* Features of the items, or else of the users, as inputs of the MLP part: borrowed by the models made with them. `alone`:
 * without embeddings of their own. */
void EXPORT(ncf_settings_features)(struct settings *settings, int32_t items, const struct features *features,
                                   int32_t alone) {
    settings->model.features[items ? TENSOR_ITEM : TENSOR_USER] = (struct model_features){
        .count = features->count, .start = features->start, .index = features->index, .alone = alone != 0};
}

/* Models: their weights, and those that are fitted at once. */
#include "api.h"
#include "model/biases.h"
#include "model/ease.h"
#include "model/itemknn.h"
#include "model/itempop.h"
#include "model/pretrain.h"

/* model/model.h */
int32_t EXPORT(ncf_model_new)(const struct settings *settings, uint32_t users, uint32_t items) {
    struct model *model;
    return made(model_new(&model, &settings->model, users, items), model);
}

void EXPORT(ncf_model_free)(struct model *model) { model_free(model); }

double EXPORT(ncf_model_parameters)(const struct model *model) { return (double)model->parameters; }

uint64_t EXPORT(ncf_model_hash)(const struct model *model) { return model_hash(model); }

/* Rows of the table of tensors, those that the model lacks included (their rows are 0). */
uint32_t EXPORT(ncf_model_tensors)(void) { return MODEL_MAX_TENSORS; }

const char *EXPORT(ncf_tensor_name)(const struct model *model, uint32_t tensor) {
    return model->tensors[tensor].name;
}

uint32_t EXPORT(ncf_tensor_rows)(const struct model *model, uint32_t tensor) {
    return model->tensors[tensor].rows;
}

/* 0 for a vector, whose shape is [rows] alone. */
uint32_t EXPORT(ncf_tensor_columns)(const struct model *model, uint32_t tensor) {
    return model->tensors[tensor].is_vector ? 0 : model->tensors[tensor].columns;
}

/* float32 [rows, columns] */
float *EXPORT(ncf_tensor_values)(const struct model *model, uint32_t tensor) {
    return model_values(model, tensor);
}

/* model/itempop.h */
void EXPORT(ncf_itempop_fit)(struct model *model, const struct split *split) {
    itempop_fit(model, split->train);
}

/* model/pretrain.h */
int32_t EXPORT(ncf_model_pretrain)(struct model *neumf, const struct model *gmf, const struct model *mlp,
                                   double alpha) {
    return -(int32_t)model_pretrain(neumf, gmf, mlp, (float)alpha);
}

/* Writes the mean of the ratings to whatever bias all predictions have, so that training begins near them. */
void EXPORT(ncf_model_start_at)(struct model *model, double mean) {
    float *global = model_values(model, MODEL_GLOBAL_BIAS), *output = model_values(model, MODEL_OUTPUT_BIAS);
    if (global != NULL)
        *global = (float)mean;
    else if (output != NULL)
        *output = (float)mean;
}

/* model/biases.h, a sum of enum biases_part; written into a model of the bias part. */
int32_t EXPORT(ncf_biases_new)(const struct holdout *holdout, uint32_t parts, double l2) {
    struct biases *biases;
    return made(biases_new(&biases, &holdout->train, holdout->users, holdout->items, parts, l2), biases);
}

void EXPORT(ncf_biases_free)(struct biases *biases) { biases_free(biases); }

/* 1 where they no longer change. */
int32_t EXPORT(ncf_biases_run)(struct biases *biases, uint32_t limit) {
    bool done;
    biases_run(biases, limit, &done);
    return done;
}

void EXPORT(ncf_biases_write)(const struct biases *biases, struct model *model) {
    biases_write(biases, model_values(model, MODEL_GLOBAL_BIAS), model_values(model, MODEL_USER_BIAS),
                 model_values(model, MODEL_ITEM_BIAS));
}

/* model/ease.h, written into a model of MODEL_ITEMS. */
int32_t EXPORT(ncf_ease_new)(const struct split *split, struct model *model, double l2) {
    struct ease *ease;
    return made(ease_new_at(&ease, split->train, (float)l2, model_values(model, MODEL_ITEM_WEIGHTS)), ease);
}

void EXPORT(ncf_ease_free)(struct ease *ease) { ease_free(ease); }

/* 1 where the fit is complete. */
int32_t EXPORT(ncf_ease_run)(struct ease *ease, uint32_t limit) {
    bool done;
    enum status status = ease_run(ease, limit, &done);
    return status == STATUS_OK ? done : -(int32_t)status;
}

double EXPORT(ncf_ease_rows_done)(const struct ease *ease) { return (double)ease_rows_done(ease); }

double EXPORT(ncf_ease_rows)(const struct ease *ease) { return (double)ease_rows(ease); }

/* The bytes that EASE takes for so many items. */
double EXPORT(ncf_ease_bytes)(uint32_t items) { return (double)ease_bytes(items); }

/* model/itemknn.h */
int32_t EXPORT(ncf_itemknn_new)(const struct split *split, uint32_t k, double shrinkage) {
    struct itemknn *itemknn;
    return made(itemknn_new(&itemknn, split->train, k, (float)shrinkage), itemknn);
}

void EXPORT(ncf_itemknn_free)(struct itemknn *itemknn) { itemknn_free(itemknn); }

/* 1 where the fit is complete. */
int32_t EXPORT(ncf_itemknn_run)(struct itemknn *itemknn, uint32_t limit) {
    return itemknn_run(itemknn, limit);
}

double EXPORT(ncf_itemknn_rows_done)(const struct itemknn *itemknn) { return (double)itemknn->row; }

double EXPORT(ncf_itemknn_rows)(const struct itemknn *itemknn) { return (double)itemknn_rows(itemknn); }

/* Into a model of MODEL_NEIGHBOURS. */
void EXPORT(ncf_itemknn_write)(const struct itemknn *itemknn, struct model *model) {
    itemknn_write(itemknn, model_values(model, MODEL_NEIGHBOUR_LISTS),
                  model_values(model, MODEL_SIMILARITIES));
}

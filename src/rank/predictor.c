#include "rank/predictor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum status predictor_new(struct predictor **out, const struct model *model, const struct rating_rows *rows) {
    *out = NULL;
    struct predictor *predictor = memory_zeroed(1, sizeof *predictor);
    if (predictor == NULL) return STATUS_MEMORY;
    predictor->model = model;
    predictor->rows = rows;
    enum status status = network_new(&predictor->network, model, PREDICTOR_BATCH);
    if (status == STATUS_OK) status = batch_new(&predictor->batch, model, PREDICTOR_BATCH);
    if (status != STATUS_OK) {
        predictor_free(predictor);
        return status;
    }
    predictor_start(predictor, false, 0.0F, 0.0F);
    *out = predictor;
    return STATUS_OK;
}

void predictor_free(struct predictor *predictor) {
    if (predictor == NULL) return;
    network_free(predictor->network);
    batch_free(predictor->batch);
    free(predictor);
}

void predictor_start(struct predictor *predictor, bool clip, float lowest, float highest) {
    predictor->next_row = 0;
    errors_start(&predictor->errors, clip ? lowest : -INFINITY, clip ? highest : INFINITY);
}

static void predict(struct predictor *predictor, const uint32_t *users, const uint32_t *items, uint32_t B) {
    struct batch *batch = predictor->batch;
    memcpy(batch->users, users, B * sizeof *users);
    memcpy(batch->items, items, B * sizeof *items);
    batch_index(batch, B);
    network_forward(predictor->network, predictor->predictions, predictor->model, batch);
    model_predict(predictor->model, predictor->predictions, B);
}

bool predictor_run(struct predictor *predictor, uint32_t limit) {
    const struct rating_rows *rows = predictor->rows;
    for (; limit > 0 && predictor->next_row < rows->count; limit--) {
        uint32_t from = predictor->next_row, left = rows->count - from;
        uint32_t B = left < PREDICTOR_BATCH ? left : PREDICTOR_BATCH;
        predict(predictor, rows->user + from, rows->item + from, B);
        errors_add(&predictor->errors, predictor->predictions, rows->value + from, B);
        predictor->next_row += B;
    }
    return predictor->next_row == rows->count;
}

float predictor_pair(struct predictor *predictor, uint32_t user, uint32_t item) {
    predict(predictor, &user, &item, 1);
    return predictor->predictions[0];
}

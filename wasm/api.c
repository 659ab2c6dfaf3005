/* Everything that the wasm module exports. Handles are addresses; core.mjs is the only file that sees them.
 *
 * Where a function makes something or can fail it returns an int32: a handle or a count when it is not negative, else
 * minus an enum status. Arrays go in and out through memory from ncf_alloc, which the caller releases with ncf_free.
 * Indices are dense and the caller's to check (core.mjs does); shapes are those of the headers named. */
#include <stdlib.h>

#include "base/kernels.h"
#include "base/limits.h"
#include "base/memory.h"
#include "data/dataset.h"
#include "data/split.h"
#include "model/itempop.h"
#include "model/pretrain.h"
#include "model/trainer.h"
#include "rank/evaluator.h"
#include "rank/recommend.h"

#define EXPORT(name) __attribute__((export_name(#name), used)) name

static int32_t made(enum status status, const void *object) {
    return status == STATUS_OK ? (int32_t)(intptr_t)object : -(int32_t)status;
}

/* 1 where the kernels were compiled to SIMD instructions. */
int32_t EXPORT(ncf_simd)(void) {
#ifdef __wasm_simd128__
    return 1;
#else
    return 0;
#endif
}

/* Memory for the caller's arrays; 0 where it is refused. */
void *EXPORT(ncf_alloc)(uint32_t bytes) { return memory_zeroed(bytes, 1); }

void EXPORT(ncf_free)(void *memory) { free(memory); }

/* base/limits.h, and the product that training spends most of its time with, for `ncf bench`. */
float EXPORT(ncf_limits_multiply_add)(uint32_t rounds) { return limits_multiply_add(rounds); }
float EXPORT(ncf_limits_read)(const float *x, uint32_t n) { return limits_read(x, n); }

/* c[M, N] = a[M, K] b[K, N], `times` times. */
void EXPORT(ncf_matmul)(float *c, const float *a, const float *b, uint32_t M, uint32_t N, uint32_t K,
                        uint32_t times) {
    for (uint32_t t = 0; t < times; t++) kernel_matmul(c, N, a, K, 1, b, N, M, N, K);
}

/* data/dataset.h. `file`: 0 is the rating file, 1 the film file, 2 the test negatives. */
int32_t EXPORT(ncf_dataset_new)(void) {
    struct dataset *dataset = memory_zeroed(1, sizeof *dataset);
    enum status status = dataset == NULL ? STATUS_MEMORY : dataset_init(dataset);
    if (status != STATUS_OK) free(dataset);
    return made(status, dataset);
}

void EXPORT(ncf_dataset_free)(struct dataset *dataset) {
    dataset_free(dataset);
    free(dataset);
}

int32_t EXPORT(ncf_dataset_feed)(struct dataset *dataset, int32_t file, const char *bytes, uint32_t count) {
    if (file == 1) return -(int32_t)films_feed(&dataset->films, bytes, count);
    if (file == 2) return -(int32_t)negatives_feed(&dataset->negatives, &dataset->ratings, bytes, count);
    return -(int32_t)ratings_feed(&dataset->ratings, bytes, count);
}

int32_t EXPORT(ncf_dataset_finish)(struct dataset *dataset, int32_t file) {
    if (file == 1) return -(int32_t)films_finish(&dataset->films);
    if (file == 2) return -(int32_t)negatives_finish(&dataset->negatives, &dataset->ratings);
    return -(int32_t)ratings_finish(&dataset->ratings);
}

/* After the rating file is finished: the next one fed as file 0 is its test file. */
void EXPORT(ncf_dataset_begin_test)(struct dataset *dataset) { ratings_begin_test(&dataset->ratings); }

/* The line in which feed or finish found an error, from 1. */
double EXPORT(ncf_dataset_line)(const struct dataset *dataset, int32_t file) {
    if (file == 1) return (double)dataset->films.lines.number;
    return (double)(file == 2 ? dataset->negatives.lines.number : dataset->ratings.lines.number);
}

uint32_t EXPORT(ncf_dataset_users)(const struct dataset *dataset) { return dataset->ratings.users.count; }

uint32_t EXPORT(ncf_dataset_items)(const struct dataset *dataset) { return dataset->ratings.items.count; }

uint32_t EXPORT(ncf_dataset_ratings)(const struct dataset *dataset) {
    return (uint32_t)dataset->ratings.count;
}

/* The raw ids by dense index, uint32 [users] or [items]. */
const uint32_t *EXPORT(ncf_dataset_ids)(const struct dataset *dataset, int32_t items) {
    return items ? dataset->ratings.items.ids : dataset->ratings.users.ids;
}

/* The film of an item; 0 where the film file does not have it. */
const struct film *EXPORT(ncf_dataset_film)(const struct dataset *dataset, uint32_t item) {
    return dataset_film(dataset, item);
}

const char *EXPORT(ncf_film_title)(const struct dataset *dataset, const struct film *film) {
    return dataset->films.text + film->title;
}

uint32_t EXPORT(ncf_film_title_length)(const struct film *film) { return film->title_length; }

uint32_t EXPORT(ncf_film_year)(const struct film *film) { return film->year; }

/* Bit g: the film has genre g. */
uint32_t EXPORT(ncf_film_genres)(const struct film *film) { return film->genres; }

uint32_t EXPORT(ncf_dataset_genres)(const struct dataset *dataset) { return dataset->films.genre_count; }

/* UTF-8, ended by a zero byte. */
const char *EXPORT(ncf_dataset_genre)(const struct dataset *dataset, uint32_t genre) {
    return dataset->films.genre_names[genre];
}

/* dataset_history: rows uint32 [limit]. */
uint32_t EXPORT(ncf_dataset_history)(const struct dataset *dataset, uint32_t user, uint32_t *rows,
                                     uint32_t limit) {
    return dataset_history(dataset, user, rows, limit);
}

uint32_t EXPORT(ncf_rating_item)(const struct dataset *dataset, uint32_t row) {
    return dataset->ratings.rows[row].item;
}

double EXPORT(ncf_rating_value)(const struct dataset *dataset, uint32_t row) {
    return (double)dataset->ratings.rows[row].value;
}

uint32_t EXPORT(ncf_rating_time)(const struct dataset *dataset, uint32_t row) {
    return dataset->ratings.rows[row].time;
}

/* data/split.h: the dataset's own split where a test file and its negatives were read, else leave-one-out. */
int32_t EXPORT(ncf_split_new)(const struct dataset *dataset, uint32_t negatives, uint32_t seed) {
    struct split *split;
    if (dataset->negatives.listed > 0) return made(split_of_triple(&split, dataset), split);
    return made(split_leave_one_out(&split, &dataset->ratings, negatives, seed), split);
}

int32_t EXPORT(ncf_split_hold_validation)(struct split *split, uint32_t negatives, uint32_t seed) {
    return -(int32_t)split_hold_validation(split, negatives, seed);
}

void EXPORT(ncf_split_free)(struct split *split) { split_free(split); }

/* `validation` here and below: 0 for the test part, 1 for the validation part. */
static const struct held_out *held_out_of(const struct split *split, int32_t validation) {
    return validation ? &split->validation : &split->test;
}

uint32_t EXPORT(ncf_split_held_users)(const struct split *split, int32_t validation) {
    return held_out_of(split, validation)->users;
}

uint32_t EXPORT(ncf_split_train_pairs)(const struct split *split) { return split->train->count; }

/* The held-out item of a user or 2^32 - 1. */
uint32_t EXPORT(ncf_split_held_item)(const struct split *split, int32_t validation, uint32_t user) {
    const struct held_out *held_out = held_out_of(split, validation);
    return held_out->item == NULL ? SPLIT_NONE : held_out->item[user];
}

/* Where each user's train items start, uint32 [users + 1]. */
const uint32_t *EXPORT(ncf_split_train_start)(const struct split *split) { return split->train->start; }

/* model/model.h. parts: a sum of enum model_part; layers uint32 [layer_count]; l2 float32 [MODEL_GROUPS]. */
int32_t EXPORT(ncf_model_new)(uint32_t parts, uint32_t factors, const uint32_t *layers, uint32_t layer_count,
                              uint32_t activation, uint32_t shared, const float *l2, uint32_t users,
                              uint32_t items, uint32_t seed) {
    struct model_settings settings = {.parts = parts,
                                      .factors = factors,
                                      .layer_count = layer_count,
                                      .activation = (enum activation)activation,
                                      .shared = shared != 0,
                                      .seed = seed};
    if (layer_count > MODEL_MAX_LAYERS) return -(int32_t)STATUS_ARGUMENT;
    for (uint32_t l = 0; l < layer_count; l++) settings.layers[l] = layers[l];
    for (uint32_t g = 0; g < MODEL_GROUPS; g++) settings.l2[g] = l2[g];
    struct model *model;
    return made(model_new(&model, &settings, users, items), model);
}

/* Length of `l2`. */
uint32_t EXPORT(ncf_model_groups)(void) { return MODEL_GROUPS; }

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

/* model/trainer.h. `order` is an enum sampler_order, `optimizer` an enum optimizer_kind. */
int32_t EXPORT(ncf_trainer_new)(struct model *model, const struct split *split, uint32_t negatives,
                                uint32_t order, uint32_t batch_size, uint32_t optimizer, double rate,
                                uint32_t seed) {
    struct trainer_settings settings = {.negatives = negatives,
                                        .order = (enum sampler_order)order,
                                        .batch_size = batch_size,
                                        .optimizer = (enum optimizer_kind)optimizer,
                                        .rate = rate,
                                        .seed = seed};
    struct trainer *trainer;
    return made(trainer_new(&trainer, model, split->train, &settings), trainer);
}

void EXPORT(ncf_trainer_free)(struct trainer *trainer) { trainer_free(trainer); }

void EXPORT(ncf_trainer_set_rate)(struct trainer *trainer, double rate) { trainer_set_rate(trainer, rate); }

/* Trains on up to `limit` batches: 1 where the epoch ended, 0 where there is more of it. */
int32_t EXPORT(ncf_trainer_run)(struct trainer *trainer, uint32_t limit) {
    uint32_t batches;
    bool epoch_ended;
    enum status status = trainer_run(trainer, limit, &batches, &epoch_ended);
    return status == STATUS_OK ? epoch_ended : -(int32_t)status;
}

/* Writes the weights after the last batch to `into`, a model of the same settings. */
void EXPORT(ncf_trainer_snapshot)(const struct trainer *trainer, struct model *into) {
    trainer_snapshot(trainer, into);
}

double EXPORT(ncf_trainer_epoch)(const struct trainer *trainer) { return (double)trainer->epoch; }

double EXPORT(ncf_trainer_done)(const struct trainer *trainer) { return (double)trainer->done; }

double EXPORT(ncf_trainer_instances)(const struct trainer *trainer) {
    return (double)trainer->instances;
}

double EXPORT(ncf_trainer_loss_sum)(const struct trainer *trainer) { return trainer->loss_sum; }

/* How many instances the last batch had, 0 before the first; then its users, items and labels, float32 [that many]. */
uint32_t EXPORT(ncf_trainer_batch)(const struct trainer *trainer) { return trainer->batch->B; }

const uint32_t *EXPORT(ncf_trainer_batch_users)(const struct trainer *trainer) {
    return trainer->batch->users;
}

const uint32_t *EXPORT(ncf_trainer_batch_items)(const struct trainer *trainer) {
    return trainer->batch->items;
}

const float *EXPORT(ncf_trainer_batch_labels)(const struct trainer *trainer) {
    return trainer->batch->labels;
}

/* rank/evaluator.h. `full`: 0 for the sampled candidates, 1 for all. */
int32_t EXPORT(ncf_evaluator_new)(const struct model *model, const struct split *split, int32_t validation) {
    struct evaluator *evaluator;
    return made(evaluator_new(&evaluator, model, split->train, held_out_of(split, validation)), evaluator);
}

void EXPORT(ncf_evaluator_free)(struct evaluator *evaluator) { evaluator_free(evaluator); }

void EXPORT(ncf_evaluator_start)(struct evaluator *evaluator) { evaluator_start(evaluator); }

/* 1 where all users are done. */
int32_t EXPORT(ncf_evaluator_run)(struct evaluator *evaluator, int32_t full, uint32_t limit) {
    return evaluator_run(evaluator, full ? EVALUATOR_FULL : EVALUATOR_SAMPLED, limit);
}

/* Writes float64 [4 + 4 METRICS_MAX_K]: users, all_equal, mrr and its half-width; then hr, its half-widths, ndcg and
 * its half-widths, K = 1 … METRICS_MAX_K each. `negatives`: 0 for the ranks as they are, else metrics_expected. */
void EXPORT(ncf_evaluator_metrics)(const struct evaluator *evaluator, int32_t full, uint32_t negatives,
                                   double *out) {
    const struct rank *ranks = evaluator->ranks[full ? 1 : 0];
    uint32_t users = evaluator->train->users;
    struct metrics metrics =
        negatives == 0 ? metrics_of_ranks(ranks, users) : metrics_expected(ranks, users, negatives);
    const double *rows[] = {metrics.hr, metrics.hr_half_width, metrics.ndcg, metrics.ndcg_half_width};
    *out++ = metrics.users;
    *out++ = metrics.all_equal;
    *out++ = metrics.mrr;
    *out++ = metrics.mrr_half_width;
    for (uint32_t r = 0; r < 4; r++)
        for (uint32_t k = 0; k < METRICS_MAX_K; k++) *out++ = rows[r][k];
}

uint32_t EXPORT(ncf_metrics_max_k)(void) { return METRICS_MAX_K; }

/* uint32 [users, 3]: greater, equal and candidates of every user's rank; candidates 0: not tested. */
const struct rank *EXPORT(ncf_evaluator_ranks)(const struct evaluator *evaluator, int32_t full) {
    return evaluator->ranks[full ? 1 : 0];
}

/* One user's rank now, uint32 [3]. ncf_evaluator_start must have taken the model's present weights. */
void EXPORT(ncf_evaluator_rank)(struct evaluator *evaluator, int32_t full, uint32_t user, struct rank *out) {
    *out = evaluator_rank(evaluator, full ? EVALUATOR_FULL : EVALUATOR_SAMPLED, user);
}

/* rank/recommend.h: items uint32 [k], scores float32 [k]; returns how many. As ncf_evaluator_rank. */
uint32_t EXPORT(ncf_recommend)(struct evaluator *evaluator, uint32_t user, uint32_t k, uint32_t *items,
                               float *scores) {
    return recommend_top(evaluator->scorer, items, scores, evaluator->scores, evaluator->train, user, k);
}

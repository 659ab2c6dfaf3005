/* Ranking, recommending and predicting. */
#include "api.h"
#include "model/biases.h"
#include "model/fold_in.h"
#include "rank/evaluator.h"
#include "rank/predictor.h"
#include "rank/recommend.h"

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

/* rank/recommend.h: without `seen` [count], ascending; items uint32 [k], scores float32 [k]; returns how many. Of a model that
 * predicts ratings the scores are these. As ncf_evaluator_rank. */
uint32_t EXPORT(ncf_recommend)(struct evaluator *evaluator, uint32_t user, const uint32_t *seen,
                               uint32_t count, uint32_t k, uint32_t *items, float *scores) {
    uint32_t found = recommend_top(evaluator->scorer, items, scores, evaluator->scores, user,
                                   evaluator->train, seen, count, k);
    model_predict(evaluator->scorer->model, scores, found);
    return found;
}

/* The scores of `user` (2^32 - 1: a new one without features) for all items, float32 [items]: logits, or ratings where the
 * model predicts these. */
void EXPORT(ncf_scores)(struct evaluator *evaluator, uint32_t user, float *out) {
    const struct model *model = evaluator->scorer->model;
    scorer_scores(evaluator->scorer, out, user, NULL, model->items);
    model_predict(model, out, model->items);
}

/* In models of items: users are taken to have liked uint32 [count], which must stay; 0: their train items again. */
void EXPORT(ncf_like)(struct evaluator *evaluator, const uint32_t *liked, uint32_t count) {
    scorer_like(evaluator->scorer, liked, count);
}

/* There: what having the item `liked` adds to the score of `item`. */
double EXPORT(ncf_item_share)(const struct evaluator *evaluator, uint32_t liked, uint32_t item) {
    return (double)scorer_share(evaluator->scorer, liked, item);
}

/* model/fold_in.h, for whom `evaluator` ranks. */
int32_t EXPORT(ncf_fold_in_new)(struct model *model, const struct evaluator *evaluator) {
    struct fold_in *fold_in;
    return made(fold_in_new(&fold_in, model, evaluator->train), fold_in);
}

void EXPORT(ncf_fold_in_free)(struct fold_in *fold_in) { fold_in_free(fold_in); }

/* From the start: items uint32 [n]; by the loss that the model was trained by. */
void EXPORT(ncf_fold_in_run)(struct fold_in *fold_in, const struct settings *settings, const uint32_t *items,
                             uint32_t n, uint32_t steps, uint32_t seed) {
    const struct objective objective = {.loss = settings->training.loss,
                                        .negative_weight = settings->training.negative_weight};
    fold_in_start(fold_in);
    if (n > 0) fold_in_run(fold_in, &objective, items, n, steps, seed);
}

/* Of a model that predicts ratings: as if all these items had been rated `rating`. */
void EXPORT(ncf_fold_in_rate)(struct fold_in *fold_in, const uint32_t *items, uint32_t n, double rating,
                              uint32_t steps) {
    fold_in_start(fold_in);
    if (n > 0) fold_in_rate(fold_in, items, n, (float)rating, steps);
}

/* The same where the model is biases in closed form (model/biases.h) and the users have one. */
void EXPORT(ncf_fold_in_bias)(struct fold_in *fold_in, const uint32_t *items, uint32_t n, double rating,
                              double l2) {
    const struct model *model = fold_in->model;
    fold_in_start(fold_in);
    if (n == 0) return;
    *fold_in->values = biases_fold_in(*model_values(model, MODEL_GLOBAL_BIAS),
                                      model_values(model, MODEL_ITEM_BIAS), items, n, rating, l2);
}

void EXPORT(ncf_fold_in_swap)(struct fold_in *fold_in) { fold_in_swap(fold_in); }

/* rank/predictor.h. `part`: 1 validation, 2 test. */
int32_t EXPORT(ncf_predictor_new)(const struct model *model, const struct holdout *holdout, int32_t part) {
    struct predictor *predictor;
    return made(predictor_new(&predictor, model, part == 1 ? &holdout->validation : &holdout->test),
                predictor);
}

void EXPORT(ncf_predictor_free)(struct predictor *predictor) { predictor_free(predictor); }

void EXPORT(ncf_predictor_start)(struct predictor *predictor, int32_t clip, double lowest, double highest) {
    predictor_start(predictor, clip != 0, (float)lowest, (float)highest);
}

/* 1 where all rows are done. */
int32_t EXPORT(ncf_predictor_run)(struct predictor *predictor, uint32_t limit) {
    return predictor_run(predictor, limit);
}

/* Writes float64 [5]: count, RMSE, its half-width, MAE, its half-width. */
void EXPORT(ncf_predictor_errors)(const struct predictor *predictor, double *out) {
    struct error_metrics errors = errors_result(&predictor->errors);
    *out++ = (double)errors.count;
    *out++ = errors.rmse;
    *out++ = errors.rmse_half_width;
    *out++ = errors.mae;
    *out++ = errors.mae_half_width;
}

/* The rating predicted for a pair. */
double EXPORT(ncf_predictor_pair)(struct predictor *predictor, uint32_t user, uint32_t item) {
    return (double)predictor_pair(predictor, user, item);
}

/* rank/scorer.h: the score of a pair, of which either side may be new (2^32 - 1) and then has these features; of a model that
 * predicts ratings, the rating. */
double EXPORT(ncf_score_pair)(struct evaluator *evaluator, uint32_t user, const uint32_t *user_features,
                              uint32_t user_count, uint32_t item, const uint32_t *item_features,
                              uint32_t item_count) {
    struct scorer_side left = {.row = user, .features = user_features, .feature_count = user_count};
    struct scorer_side right = {.row = item, .features = item_features, .feature_count = item_count};
    float score = scorer_score_pair(evaluator->scorer, left, right);
    model_predict(evaluator->scorer->model, &score, 1);
    return (double)score;
}

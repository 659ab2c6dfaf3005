/* Alternating least squares: model/als.h and folding in, model/als_fold.h. Settings as in struct als_settings. */
#include "api.h"
#include "model/als_fold.h"
#include "model/fold_in.h"

/* users and items: the tables, float32 [users, factors] and [items, factors], borrowed with the split. */
int32_t EXPORT(ncf_als_new)(float *users, float *items, const struct split *split, uint32_t method,
                            uint32_t factors, double l2, double missing, double exponent) {
    const struct als_settings settings = {(enum als_method)method, factors, l2, missing, exponent};
    struct als *als;
    return made(als_new(&als, users, items, split->train, &settings), als);
}

void EXPORT(ncf_als_free)(struct als *als) { als_free(als); }

/* An enum als_reached. */
int32_t EXPORT(ncf_als_run)(struct als *als, uint32_t limit) {
    enum als_reached reached;
    enum status status = als_run(als, limit, &reached);
    return status == STATUS_OK ? (int32_t)reached : -(int32_t)status;
}

/* Rows of the epoch under way that are fitted: 0 between epochs. */
double EXPORT(ncf_als_rows_done)(const struct als *als) {
    if (als->stage == ALS_START) return 0;
    return (double)als->row + (als->stage == ALS_ITEMS ? (double)als->users.rows : 0);
}

/* The objective at the end of the last sweep; NaN before the first. */
double EXPORT(ncf_als_loss)(const struct als *als) { return als->loss; }

int32_t EXPORT(ncf_als_fold_new)(const float *items, const struct split *split, uint32_t method,
                                 uint32_t factors, double l2, double missing, double exponent) {
    const struct als_settings settings = {(enum als_method)method, factors, l2, missing, exponent};
    struct als_fold *fold;
    return made(als_fold_new(&fold, items, split->train, &settings), fold);
}

void EXPORT(ncf_als_fold_free)(struct als_fold *fold) { als_fold_free(fold); }

/* Fits the row of the new user, who likes uint32 [count]. */
int32_t EXPORT(ncf_als_fold_in)(struct als_fold *fold, struct fold_in *user, const uint32_t *liked,
                                uint32_t count) {
    return -(int32_t)als_fold_in(fold, user->values, liked, count);
}

/* shares float32 [count] of the liked items in the score of `item`, for the user of the last ncf_als_fold_in. */
void EXPORT(ncf_als_fold_shares)(struct als_fold *fold, float *shares, uint32_t item, const uint32_t *liked,
                                 uint32_t count) {
    als_fold_shares(fold, shares, item, liked, count);
}

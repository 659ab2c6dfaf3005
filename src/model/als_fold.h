/* Folding in: the row of a user whom training has not seen, from the items that the user likes, with the items' rows as
 * they are. It is what fitting that user's row to the end would give (model/als.h), in closed form for both methods:
 *
 *   A p = Σ_{j liked} q_j,   A = Σ_i w_i q_i q_iᵀ + Σ_{j liked} d_j q_j q_jᵀ + λ_u I,   d_j = 1 (iALS), 1 - c_j (eALS)
 *
 * The score is a sum over the liked items, p·q_i = Σ_j q_iᵀ A⁻¹ q_j, so each one's share of it is known exactly (Hu, Koren
 * & Volinsky 2008, section 5). */
#ifndef NCF_ALS_FOLD_H
#define NCF_ALS_FOLD_H

#include "model/als.h"

struct als_fold {
    struct als_settings settings;
    const float *table; /* [items, F], borrowed */
    uint32_t items;
    float *weight;       /* [items]: w */
    float *d;            /* [IALS_BLOCK] */
    double *gram, *wide; /* [F, F], [F] */
    float *solution;     /* [W]: A⁻¹ q_i of a share */
    struct ials *ials;
};

/* `table` [train->items, F] are the items' rows that als_run fitted to `train` with these settings; the Gram matrix of all
 * of them is summed here, once. STATUS_ARGUMENT, STATUS_EMPTY, STATUS_MEMORY. Owned by the caller: als_fold_free. */
enum status als_fold_new(struct als_fold **out, const float *table, const struct interactions *train,
                         const struct als_settings *settings);
void als_fold_free(struct als_fold *fold);

/* Sums the Gram matrix again, after the items' rows have changed. */
void als_fold_refresh(struct als_fold *fold);

/* Writes the user's row to p[F], for the items liked[n], each once; zeros for none. STATUS_ARGUMENT where there is no such
 * item; p is then as it was. */
enum status als_fold_in(struct als_fold *fold, float *p, const uint32_t *liked, uint32_t n);

/* shares[n] of the items liked[n] in the score of `item`, for the user of the last als_fold_in: they sum to that score. */
void als_fold_shares(struct als_fold *fold, float *shares, uint32_t item, const uint32_t *liked, uint32_t n);

#endif

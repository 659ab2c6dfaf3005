/* The row solver of eALS (He et al., Fast Matrix Factorization for Online Recommendation with Implicit Feedback, SIGIR
 * 2016, algorithm 1): with the other side's rows x_o fixed, a row that has the pairs O has the objective
 *
 *   Σ_{o ∈ O} (1 - p·x_o)² + w Σ_{o ∉ O} w_o (p·x_o)² + λ ‖p‖²
 *
 * and its coordinates are minimised one after the other, each exactly (eq. 12 and 13, here as Newton's step):
 *
 *   p_f += (Σ_{o ∈ O} e_o x_of - w (G p)_f - λ p_f) / (Σ_{o ∈ O} d_o x_of² + w G_ff + λ)
 *
 * with d_o = 1 - w w_o, e_o = 1 - d_o p·x_o, which is kept up to date, and G = Σ_o w_o x_o x_oᵀ over all rows of the other
 * side (the paper's caches S^q and S^p; model/als.h has w and λ). */
#ifndef NCF_EALS_H
#define NCF_EALS_H

#include <stdint.h>

#include "base/status.h"

struct eals {
    uint32_t factors; /* F */
    float *gram;      /* [F, F] */
    float *columns;   /* [F, pairs filled up to a multiple of 4]: the rows of O, transposed */
    float *errors;    /* [pairs filled up]: e */
    float *weights;   /* [pairs filled up]: d */
};

/* For rows of at most `longest` pairs. STATUS_MEMORY. Owned by the caller: eals_free. */
enum status eals_new(struct eals **out, uint32_t factors, uint32_t longest);
void eals_free(struct eals *eals);

/* gram[F, F], its upper triangle. */
void eals_set_gram(struct eals *eals, const double *gram);

/* What a row is fitted to: the rows others[n] of table[., F], whose weights stand in other_weights[.], n > 0; its own
 * weight w and its penalty λ. */
struct eals_row {
    const float *table, *other_weights;
    const uint32_t *others;
    uint32_t n;
    float weight, penalty;
};

/* Goes over all coordinates of p[F] so many times. A coordinate on which nothing depends stays as it is. */
void eals_sweep(struct eals *eals, float *p, const struct eals_row *row, uint32_t sweeps);

#endif

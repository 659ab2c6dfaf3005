/* The row solver of iALS (Hu, Koren & Volinsky 2008; Rendle et al., Revisiting the Performance of iALS on Item
 * Recommendation Benchmarks, RecSys 2022): with the other side's rows x_o fixed, a row that has the pairs O minimises
 *
 *   Σ_{o ∈ O} (1 - p·x_o)² + w Σ_o w_o (p·x_o)² + λ ‖p‖²,   solved by   (w G + Σ_{o ∈ O} x_o x_oᵀ + λ I) p = Σ_{o ∈ O} x_o
 *
 * with G = Σ_o w_o x_o x_oᵀ over all rows of the other side (model/als.h has w and λ). A user of thousands of items is
 * solved block by block:
 *
 *   ials_set_gram, then for each row ials_begin, ials_add for every block of its pairs, ials_solve */
#ifndef NCF_IALS_H
#define NCF_IALS_H

#include <stdint.h>

#include "base/status.h"

#define IALS_BLOCK 256 /* pairs: what is gathered of them stays in a cache */

struct ials {
    uint32_t factors, width; /* F, and F filled up for base/cholesky.h: W */
    /* [cholesky_size(W)] each: G, the row's system, and what one block adds to that */
    float *gram, *matrix, *block;
    /* [W / 8, pairs of a block, 8] each: a block's rows in panels, and these times d */
    float *rows, *scaled;
    float *sum; /* [W]: Σ x_o, then the solution */
};

/* STATUS_MEMORY. Owned by the caller: ials_free. */
enum status ials_new(struct ials **out, uint32_t factors);
void ials_free(struct ials *ials);

/* gram[F, F], its upper triangle. */
void ials_set_gram(struct ials *ials, const double *gram);

/* Starts a row whose missing data have the weight w and whose penalty is λ. */
void ials_begin(struct ials *ials, float weight, float penalty);

/* Adds the pairs with the rows others[n] of table[., F], at most IALS_BLOCK of them. Where d[n] is given, d_o x_o x_oᵀ
 * takes the place of x_o x_oᵀ: eALS' objective (model/eals.h), which has a closed form too. */
void ials_add(struct ials *ials, const float *table, const uint32_t *others, const float *d, uint32_t n);

/* Writes the solution to out[F]; `matrix` then holds the system's factor, for cholesky_solve with other right sides. */
void ials_solve(struct ials *ials, float *out);

#endif

/* EASE, embarrassingly shallow autoencoders (Steck, WWW 2019): a linear model of item by item weights in closed form.
 *
 * With X [users, items] of zeros and ones, minimise |X - X B|² + λ|B|² over all B with zeros on the diagonal. With
 * G = Xᵀ X + λ 1 and P = G⁻¹ the solution is
 *
 *   B[j, i] = -P[j, i] / P[i, i] for j ≠ i;   score(u, i) = Σ B[j, i] over the items j that u has.
 *
 * B is not symmetric. A positive weight B[j, i] says that who has j tends to have i too, beyond what the user's other
 * items tell already; a negative one that j makes i less likely.
 *
 * G is inverted in place by the sweep operator (Goodnight 1979), 64 rows at a time and one triangle alone: with K a block
 * of rows and R all others, A[R, R] -= A[R, K] A[K, K]⁻¹ A[K, R], A[R, K] = A[R, K] A[K, K]⁻¹, A[K, K] = -A[K, K]⁻¹, and
 * when every block has had its turn A is -G⁻¹. So the memory is one matrix, and the work is I³ / 2 multiplications and
 * additions. G's condition is no worse than (largest eigenvalue) / λ + 1, and single precision is enough for every λ
 * with which EASE is any good: on MovieLens-1M with λ = 1320, B is within 4e-7 of the one by double precision (the largest
 * weight is .18), with λ = 1 within 3e-5. */
#ifndef NCF_EASE_H
#define NCF_EASE_H

#include "data/cooccurrence.h"

#define EASE_BLOCK 64 /* rows that are swept at once */

struct ease {
    uint32_t items;
    float l2;      /* λ */
    bool borrowed; /* whether `weights` is the caller's */
    /* [items, items], B once the fit is done: row j holds what having item j adds to every item's score. Before that, G's
     * lower triangle on its way to -P. */
    float *weights;
    /* The fit passes over the rows of the matrix `passes` times: once to count, once for every block that is swept, once
     * to divide. Done so far are passes 0 … pass - 1, and rows 0 … row - 1 of this one. */
    uint32_t passes, pass, row;
    struct cooccurrence *cooccurrence; /* owned; NULL when counting is done */
    uint32_t *counts;                  /* [items] */
    float *panel;                      /* [blocks, EASE_BLOCK, EASE_BLOCK], block R is A[R, K]ᵀ */
    float *diagonal;                   /* [items], of P */
    float *inverse;                    /* [EASE_BLOCK, EASE_BLOCK], A[K, K]⁻¹ */
    float *stripe;                     /* [EASE_BLOCK, EASE_BLOCK], A[R, K] A[K, K]⁻¹ */
    double *pivots;                    /* [EASE_BLOCK, EASE_BLOCK], A[K, K] while it is inverted */
};

/* The bytes that a model of so many items takes: some 4 items², 400 MB for 10,000. Above MEMORY_MAX_BYTES, which is so from
 * 16,351 items on, no less than 4 items². */
uint64_t ease_bytes(uint32_t items);

/* Prepares the fit; `train` must outlive it and may not change meanwhile. l2: above 0. STATUS_ARGUMENT where it is not;
 * STATUS_TOO_LARGE where ease_bytes is above MEMORY_MAX_BYTES; STATUS_MEMORY. Owned by the caller: ease_free. */
enum status ease_new(struct ease **out, const struct interactions *train, float l2);

/* The same with B in the caller's memory, weights [items, items], which must outlive the fit. */
enum status ease_new_at(struct ease **out, const struct interactions *train, float l2, float *weights);
void ease_free(struct ease *ease);

/* Goes on with the fit for about `limit` rows of a pass (EASE_BLOCK of them are done at once, but for the first pass) and
 * says in `done` whether it is complete. STATUS_ARGUMENT where l2 is so small that rounding leaves G no longer positive
 * definite: the fit can't go on then. */
enum status ease_run(struct ease *ease, uint32_t limit, bool *done);

/* How far the fit is: rows passed over so far, and in all. All take about the same time. */
static inline uint64_t ease_rows_done(const struct ease *ease) {
    return (uint64_t)ease->pass * ease->items + ease->row;
}
static inline uint64_t ease_rows(const struct ease *ease) { return (uint64_t)ease->passes * ease->items; }

/* scores[items] = Σ_n weights[liked[n], ·], in the order of n, of any user: `liked` [n_liked] are the items that the user
 * has, whether or not the fit knew the user. What liked item j adds to item i's score is weights[j * items + i]. */
void ease_scores(float *scores, const float *weights, uint32_t items, const uint32_t *liked,
                 uint32_t n_liked);

#endif

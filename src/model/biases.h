/* The baselines of rating prediction, in closed form: r(u, i) = μ + a_u + b_i with μ the mean of the train ratings and
 * either bias switched off or on. None is the global mean, one the users' or the items' means, both the bias model,
 * which every other model has to beat (Koren, Bell & Volinsky, Matrix Factorization Techniques for Recommender Systems,
 * IEEE Computer 2009, eq. 3). The biases minimise
 *
 *   Σ (r - μ - a_u - b_i)² + λ (Σ a_u² + Σ b_i²)
 *
 * over the train ratings: b_i = Σ_u (r - μ - a_u) / (λ + n_i) with n_i ratings of the item, and a_u likewise, in turns,
 * items first. λ pulls the biases of those with few ratings towards 0; without it one kind alone gives the plain means.
 * Sums are doubles in the order of the rows, so the result is the same everywhere. */
#ifndef NCF_BIASES_H
#define NCF_BIASES_H

#include <stdbool.h>

#include "data/holdout.h"

#define BIASES_MAX_SWEEPS 200
/* The λ that predicts held-out ratings of the bundled data best, for each kind of biases and for both. */
#define BIASES_L2 3.0
/* A sweep that moves no bias by more than this, in units of the ratings, is the last. */
#define BIASES_BOUND 1e-8

enum biases_part {
    BIASES_USERS = 1,
    BIASES_ITEMS = 2,
};

struct biases {
    const struct rating_rows *train; /* borrowed: must outlive the object */
    uint32_t parts;                  /* a sum of biases_part */
    uint32_t users, items;
    double l2, mean;
    double *a, *b;   /* [users], [items]; those without train ratings stay 0 */
    uint32_t sweeps; /* done; 200 of them at most */
    double change;   /* the largest of a bias in the sweep under way */
    /* The half of the sweep that is under way: which biases it makes, from rows up to next_row. */
    enum biases_part side;
    uint32_t next_row;
    double *sum;         /* [max(users, items)], of the ratings' rests */
    uint32_t *counts[2]; /* ratings of each user and of each item */
    bool done;
};

/* l2 is λ, 0 or more. STATUS_ARGUMENT; STATUS_EMPTY where train has no row; STATUS_MEMORY. Owned by the caller:
 * biases_free. */
enum status biases_new(struct biases **out, const struct rating_rows *train, uint32_t users, uint32_t items,
                       uint32_t parts, double l2);
void biases_free(struct biases *biases);

/* Reads up to `limit` more rows (1 or more); *done is set when the biases no longer change, or after
 * BIASES_MAX_SWEEPS. */
void biases_run(struct biases *biases, uint32_t limit, bool *done);

/* Writes what there is by now: *mu, a[users], b[items]. */
void biases_write(const struct biases *biases, float *mu, float *a, float *b);

/* The bias of a user whom training has not seen and who rates items[n], n > 0, `rating`, the items' biases b staying: what
 * training would find for them alone, Σ (rating - mu - b_i) / (l2 + n). */
float biases_fold_in(float mu, const float *b, const uint32_t *items, uint32_t n, double rating, double l2);

/* out[n] = mu + a[users[n]] + b[items[n]], summed as model_offset does. */
void biases_predict(float *out, float mu, const float *a, const float *b, const uint32_t *users,
                    const uint32_t *items, uint32_t n);

#endif

/* ItemKNN, nearest neighbours of items (Sarwar et al., WWW 2001; this form as in Ferrari Dacrema et al., RecSys 2019). The
 * similarity of two items is the cosine of their columns of users, shrunk so that it takes more than a few users to be
 * similar, and every item keeps the k items most similar to it:
 *
 *   s(i, j) = c(i, j) / (√(n(i) n(j)) + shrinkage),  c users with both, n users with the one;
 *   score(u, i) = Σ s(i, j) over the items j that u has and that are among the k of item i.
 *
 * The k are those of the scored item i, not those of the item j that u has, and the sum is not divided by anything. An
 * item is never its own neighbour; equal similarities go to the lower index; who has no user in common with i is none of
 * its neighbours even where i has fewer than k. Similarities are compared in double precision. */
#ifndef NCF_ITEMKNN_H
#define NCF_ITEMKNN_H

#include "data/cooccurrence.h"

#define ITEMKNN_NONE UINT32_MAX

struct itemknn {
    uint32_t items;
    uint32_t k;          /* as asked for, but no more than there are other items */
    float shrinkage;     /* in users */
    uint32_t *neighbour; /* [items, k], the most similar first; ITEMKNN_NONE where there are fewer */
    float *similarity;   /* [items, k] of these, 0 where there is none */
    /* The same by neighbour, for scoring: item j is among the neighbours of items owner[n], with similarity weight[n], n =
     * start[j] … start[j + 1] - 1. */
    uint32_t *start; /* [items + 1] */
    uint32_t *owner; /* [items · k] */
    float *weight;   /* [items · k] */
    /* The fit: rows 0 … row - 1 of the items have their neighbours, then (from items on) rows 0 … row - items - 1 of
     * `neighbour` have been turned round. */
    uint64_t row;
    struct cooccurrence *cooccurrence; /* owned; NULL when every item has its neighbours */
    uint32_t *counts;                  /* [items] */
    struct itemknn_candidate *nearest; /* [k] */
};

/* Prepares the fit; `train` must outlive it and may not change meanwhile. k: 1 or more; shrinkage: 0 or more.
 * STATUS_ARGUMENT where these are not so; STATUS_TOO_LARGE where items times k neighbours (16 bytes each) are more than
 * MEMORY_MAX_BYTES; STATUS_MEMORY. Owned by the caller: itemknn_free. */
enum status itemknn_new(struct itemknn **out, const struct interactions *train, uint32_t k, float shrinkage);

/* One that is fitted already, from neighbours [items, k] (-1: none from here on) and similarities [items, k] as a model
 * keeps them. STATUS_ARGUMENT where a neighbour is no item; STATUS_TOO_LARGE, STATUS_MEMORY. */
enum status itemknn_of(struct itemknn **out, uint32_t items, uint32_t k, const float *neighbours,
                       const float *similarities);
void itemknn_free(struct itemknn *itemknn);

/* Goes on with the fit for `limit` rows; returns whether it is complete. */
bool itemknn_run(struct itemknn *itemknn, uint32_t limit);

/* How far the fit is: rows done, which is itemknn->row, of so many. Those of the second half take next to no time. */
static inline uint64_t itemknn_rows(const struct itemknn *itemknn) { return 2 * (uint64_t)itemknn->items; }

/* scores[items] of any user who has the items liked[n_liked], whether or not the fit knew the user, with each sum in the
 * order of `liked`. */
void itemknn_scores(float *scores, const struct itemknn *itemknn, const uint32_t *liked, uint32_t n_liked);

/* Writes the neighbours and similarities of a complete fit in that form. */
void itemknn_write(const struct itemknn *itemknn, float *neighbours, float *similarities);

/* What having `liked` adds to the score of `item`: their similarity, or 0 where `liked` is none of the item's neighbours. */
float itemknn_share(const struct itemknn *itemknn, uint32_t liked, uint32_t item);

#endif

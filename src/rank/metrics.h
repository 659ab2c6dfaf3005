/* HR@K, NDCG@K and MRR of leave-one-out ranks (He et al. 2017, section 4.1), with ties counted by their expectation: a
 * held-out item with `greater` better candidates and `equal` tied ones takes each of the equal + 1 places from
 * `greater` on with the same chance, and every metric is averaged over these. So a model that scores all of 100
 * candidates the same gets HR@10 = 0.1, not 1. */
#ifndef NCF_METRICS_H
#define NCF_METRICS_H

#include <stdint.h>

#define METRICS_MAX_K 20

struct rank {
    uint32_t greater, equal; /* candidates scored strictly above, and the same as, the held-out item */
    uint32_t candidates;     /* ranked, the held-out item included; 0: the user was not tested */
};

struct metrics {
    uint32_t users;     /* tested */
    uint32_t all_equal; /* of them, users whose candidates all scored the same */
    /* means over users, and half-widths of their 95 % intervals (1.96 standard errors); index K - 1 */
    double hr[METRICS_MAX_K], hr_half_width[METRICS_MAX_K];
    double ndcg[METRICS_MAX_K], ndcg_half_width[METRICS_MAX_K];
    double mrr, mrr_half_width;
};

/* The rank of an item scored `score` among `others` [n]. NaN never wins: a NaN score is below every number and ties
 * with NaN. */
struct rank metrics_rank(float score, const float *others, uint32_t n);

/* Means over those of ranks[n] that were tested. */
struct metrics metrics_of_ranks(const struct rank *ranks, uint32_t n);

/* What the metrics would be on average if each of ranks[n], made among all candidates, were instead made among
 * `negatives` of the other candidates, drawn at random without replacement (Krichene & Rendle 2020); among all of them
 * where there are not more. Exact: with R others ahead of the held-out item, X of the drawn ones are, X hypergeometric.
 * Half-widths are over users alone, since nothing was drawn; all_equal is that of `ranks`. */
struct metrics metrics_expected(const struct rank *ranks, uint32_t n, uint32_t negatives);

#endif

/* The films that a model would show a user next. */
#ifndef NCF_RECOMMEND_H
#define NCF_RECOMMEND_H

#include "rank/scorer.h"

/* Writes the k of `catalogue`'s choices with the highest scores that are not among seen[seen_count] (ascending), best first, to items[k] and their
 * logits to scores[k]; equal scores in the order of item index, NaN never. `all` is room for the scores of every item,
 * [items]. Returns how many there are: fewer than k only where fewer are left. */
uint32_t recommend_top(struct scorer *scorer, uint32_t *items, float *scores, float *all, uint32_t user,
                       const struct interactions *catalogue, const uint32_t *seen, uint32_t seen_count,
                       uint32_t k);

#endif

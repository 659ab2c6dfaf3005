/* The films that a model would show a user next. */
#ifndef NCF_RECOMMEND_H
#define NCF_RECOMMEND_H

#include "data/interactions.h"
#include "rank/scorer.h"

/* Writes the k items with the highest scores that the user does not have in `train`, best first, to items[k] and their
 * logits to scores[k]; equal scores in the order of item index, NaN never. `all` is room for the scores of every item,
 * [items]. Returns how many there are: fewer than k only where fewer are left. */
uint32_t recommend_top(struct scorer *scorer, uint32_t *items, float *scores, float *all,
                       const struct interactions *train, uint32_t user, uint32_t k);

#endif

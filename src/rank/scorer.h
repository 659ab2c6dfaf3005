/* Scores of one user for many items, the same to the bit as network_forward. What depends on the item alone (its half of
 * the first MLP layer) is computed once for all users. */
#ifndef NCF_SCORER_H
#define NCF_SCORER_H

#include "model/model.h"

struct scorer {
    const struct model *model;           /* borrowed: must outlive the scorer */
    float *weighted;                     /* [F], h ∘ p of the user */
    float *user_half;                    /* [H_0], W_s s + b of the user */
    float *item_half;                    /* [I, H_0], W_t t of every item */
    float *transposed[MODEL_MAX_LAYERS]; /* [in, out], weights of hidden layer l */
    float *tile[2];                      /* [SCORER_TILE, widest layer] */
};

/* STATUS_MEMORY. Owned by the caller: scorer_free. */
enum status scorer_new(struct scorer **out, const struct model *model);
void scorer_free(struct scorer *scorer);

/* Takes the model's present weights: to be called before scoring whenever these have changed. */
void scorer_refresh(struct scorer *scorer);

/* scores[n]: logits of `user` for items[n], or for items 0 … n - 1 where `items` is NULL. */
void scorer_scores(struct scorer *scorer, float *scores, uint32_t user, const uint32_t *items, uint32_t n);

#endif

/* Scores of one user for many items, the same to the bit as network_forward. What depends on the item alone (its half of
 * the first MLP layer) is computed once for all users. */
#ifndef NCF_SCORER_H
#define NCF_SCORER_H

#include "data/interactions.h"
#include "model/itemknn.h"
#include "model/layers.h"

/* H: width of the first hidden layer; 1 without hidden layers, with h in the place of W. */
struct scorer {
    const struct model *model;   /* borrowed: must outlive the scorer */
    float *weighted;             /* [F], h ∘ p of the user */
    float *x;                    /* [D], an input of the MLP part */
    float *user_half, *new_half; /* [H], W_s s + b of the user, W_t t of the item of a pair */
    float *item_half;            /* [I, H], W_t t of every item */
    struct layers tower, fusion; /* for a tile of items */
    /* Of models whose scores come from the items that a user has. */
    const struct interactions *train; /* borrowed */
    const uint32_t *liked; /* [liked_count] of a new user, in the place of any user's train items; or NULL */
    uint32_t liked_count;
    struct itemknn *itemknn; /* owned */
    float *all;              /* [I], scores of `user`, UINT32_MAX: of nobody yet */
    uint32_t user;
    float *joint; /* [tile, joint_width] with a fusion tower */
};

/* `train` tells which items a user has, for models that score by these; it may be NULL for the others.
 * STATUS_ARGUMENT where it is missing or a neighbour is no item, STATUS_MEMORY. Owned by the caller: scorer_free. */
enum status scorer_new(struct scorer **out, const struct model *model, const struct interactions *train);
void scorer_free(struct scorer *scorer);

/* Takes the model's present weights: to be called before scoring whenever these have changed. Where memory for that is
 * refused, neighbours stay as they were. */
void scorer_refresh(struct scorer *scorer);

/* From here on users are taken to have the items liked[count], borrowed; NULL: those of `train` again. */
void scorer_like(struct scorer *scorer, const uint32_t *liked, uint32_t count);

/* What having the item `liked` adds to the score of `item`, in a model of items. */
float scorer_share(const struct scorer *scorer, uint32_t liked, uint32_t item);

/* scores[n]: logits of `user` for items[n], or for items 0 … n - 1 where `items` is NULL. */
void scorer_scores(struct scorer *scorer, float *scores, uint32_t user, const uint32_t *items, uint32_t n);

/* A user or an item: one that the model knows (`row`), or a new one (row UINT32_MAX), which has features alone. */
struct scorer_side {
    uint32_t row;
    const uint32_t *features; /* [feature_count], of a new one; not read for the others */
    uint32_t feature_count;
};

/* The logit of a pair of which either side may be new. What a new one would have besides its features, embeddings and a
 * bias, counts as 0, where these start. */
float scorer_score_pair(struct scorer *scorer, struct scorer_side user, struct scorer_side item);

#endif

/* A new user in a trained model, without training it again: everything else being fixed, the parameters of the user alone
 * (p_u, s_u, a_u) are fitted to the items that they name. They start from the mean of all users' and take a few steps of
 * Adam: on the loss of these items and of negatives drawn anew at every step, or of a model that predicts ratings, on the
 * squared error of a rating that all the items are taken to have.
 *
 * A model has no row for a new user, so their parameters take the place of row 0 while they are needed: fold_in_swap puts
 * them there and the next one back, and between the two user 0 is the new one for network and scorer. */
#ifndef NCF_FOLD_IN_H
#define NCF_FOLD_IN_H

#include "base/rng.h"
#include "data/interactions.h"
#include "model/network.h"
#include "model/objective.h"

#define FOLD_IN_VAIN_DRAWS 64 /* the most before a negative is found by its number */
#define FOLD_IN_MAX_ITEMS 16  /* positives that a step looks at: of more it takes a part at a time */

struct fold_in {
    struct model *model; /* borrowed, as is `catalogue`: must outlive this */
    const struct interactions *catalogue;
    struct network *network;
    struct gradients *gradients;
    struct batch *batch;
    uint32_t width; /* parameters of a user: one row of each of the model's user tensors */
    float *values;  /* [width], in the order of the model's table */
    float *m, *v;   /* [width], Adam's moments */
    float *logits, *d_logits;
    bool swapped;
    uint32_t features; /* of users, which the new one has none of: put away while swapped */
};

/* Negatives are of `catalogue`'s choices. STATUS_ARGUMENT where the model has no parameters of users (features alone), STATUS_MEMORY.
 * Owned by the caller: fold_in_free. */
enum status fold_in_new(struct fold_in **out, struct model *model, const struct interactions *catalogue);
void fold_in_free(struct fold_in *fold_in);

/* Starts from the mean of all users. */
void fold_in_start(struct fold_in *fold_in);

/* `steps` more steps for a user with items[n], n > 0, ascending, each once and below the model's; negatives are drawn from
 * the other choices with `seed`, or from all where there are no others. `objective` is what the model was trained by, not of ratings; BPR's pairs are folded in by log loss,
 * whose order they share. */
void fold_in_run(struct fold_in *fold_in, const struct objective *objective, const uint32_t *items,
                 uint32_t n, uint32_t steps, uint64_t seed);

/* The same for a user who rates items[n] `rating`, of a model that predicts ratings: by its squared loss and with its L2
 * regularisation of a user's parameters. The steps grow smaller, so that the last ones settle. */
void fold_in_rate(struct fold_in *fold_in, const uint32_t *items, uint32_t n, float rating, uint32_t steps);

/* A negative: one of the choices that are not among items[n], each equally often, or of all where there are no others. */
uint32_t fold_in_draw_other(const struct interactions *catalogue, const uint32_t *items, uint32_t n,
                            struct rng *rng);

/* Exchanges the new user's parameters with those of the model's user 0. */
void fold_in_swap(struct fold_in *fold_in);

#endif

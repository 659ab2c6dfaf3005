/* Stochastic gradient descent an example at a time for dot products with or without biases, which is how Rendle et al.
 * (2020) train matrix factorisation. It does what the trainer does with batches of one and OPTIMIZER_SGD, to the bit
 * (network.h, loss.h, gradients_add_l2, optimizer.h), but several times as fast: no slots, no gradients in memory, each
 * row written once. */
#ifndef NCF_ONLINE_H
#define NCF_ONLINE_H

#include "model/loss.h"
#include "model/model.h"
#include "model/optimizer.h"

/* F factors; tables are the model's. */
struct online {
    uint32_t factors;
    float *users, *items;                       /* [users, F], [items, F] */
    float *user_bias, *item_bias, *global_bias; /* [users], [items], [1]; NULL without the bias part */
    float l2_embeddings, l2_biases, rate;
    enum loss_kind loss;
    float negative_weight;
    uint32_t fetched; /* keeps a compiler from leaving out reads that are there for the cache only */
};

/* Whether a model, trained so, is one for this. */
bool online_fits(const struct model *model, enum optimizer_kind optimizer, enum loss_kind loss,
                 uint32_t batch_size);

struct online online_of(const struct model *model, double rate, enum loss_kind loss, float negative_weight);

/* Trains on the examples users[n], items[n], labels[n] in turn and writes the loss of each before its step to losses[n].
 * Stops after one whose loss is not finite; returns how many it was. */
uint32_t online_run(struct online *online, float *losses, const uint32_t *users, const uint32_t *items,
                    const float *labels, uint32_t n);

#endif

/* Training instances (He et al. 2017, section 3.1): an epoch is every train pair with label 1 and, for each, a number
 * of negatives with label 0, cut into batches. In SAMPLER_SHUFFLED order all of these stand in one random order; in
 * SAMPLER_GROUPED order the positives do, each followed by its negatives.
 *
 * Negatives are uniform over the items, drawn anew every epoch, rejecting the user's train items only; the user's test
 * item may be drawn, since leaving it out would tell training about the test. The same negative may come up twice.
 *
 * Nothing is stored an instance: the order is a keyed permutation of 0 … instances - 1 (a Feistel network) and each
 * negative comes from a generator seeded with its instance's number, so memory does not grow with `negatives`, and any
 * batch of any epoch can be made at any time. */
#ifndef NCF_SAMPLER_H
#define NCF_SAMPLER_H

#include "data/interactions.h"

enum sampler_order {
    SAMPLER_SHUFFLED,
    SAMPLER_GROUPED, /* faster: a batch has few different users, and what depends on the user alone is shared */
    SAMPLER_ORDERS,
};

struct sampler {
    const struct interactions *train; /* borrowed: must outlive the sampler */
    uint32_t negatives;               /* a positive */
    enum sampler_order order;
    uint64_t seed;
    uint64_t instances; /* an epoch: train->count * (1 + negatives) */
};

/* STATUS_NO_NEGATIVES where a user has every item; STATUS_EMPTY where there is no train pair. */
enum status sampler_init(struct sampler *sampler, const struct interactions *train, uint32_t negatives,
                         enum sampler_order order, uint64_t seed);

/* Writes the instances `from` … `from + B - 1` of the order of `epoch` (counted from 1) to users[B], items[B],
 * labels[B]. from + B may not exceed `instances`. */
void sampler_batch(const struct sampler *sampler, uint64_t epoch, uint64_t from, uint32_t B, uint32_t *users,
                   uint32_t *items, float *labels);

/* The place that `index` takes in a random order of 0 … count - 1 told by `key`: a bijection for every key.
 * Below some 20 places not all orders are quite equally likely. */
uint64_t sampler_permute(uint64_t index, uint64_t count, uint64_t key);

#endif

/* Training instances (He et al. 2017, section 3.1): an epoch is every train pair with label 1 and, for each, a number
 * of negatives with label 0, cut into batches. In SAMPLER_SHUFFLED order all of these stand in one random order; in
 * SAMPLER_GROUPED order the positives do, each followed by its negatives.
 *
 * As `pairs` (Rendle et al. 2009, BPR) an epoch is a pair of instances for each negative: the positive, at an even place,
 * and the negative after it. The same negatives are drawn. Whole pairs are shuffled, or grouped by their positive.
 *
 * Negatives are uniform over the items, drawn anew every epoch, rejecting the user's train items only; the user's test
 * item may be drawn, since leaving it out would tell training about the test. The same negative may come up twice.
 * Items are those that there are to choose from, and however few of them a user leaves a draw takes a bounded time
 * (interactions_draw_other, popularity_draw_unknown). A user who has all that can be drawn is left out of training, their positives included:
 * there is nothing to tell these from.
 *
 * With `popularity` they come with probability ∝ (train pairs of the item)^popularity instead; with `accept_known`
 * nothing is rejected (Rendle et al. 2020), so that a pair may have both labels.
 *
 * Nothing is stored an instance: the order is a keyed permutation of 0 … instances - 1 (a Feistel network) and each
 * negative comes from a generator seeded with its instance's number, so memory does not grow with `negatives`, and any
 * batch of any epoch can be made at any time. */
#ifndef NCF_SAMPLER_H
#define NCF_SAMPLER_H

#include "data/popularity.h"

enum sampler_order {
    SAMPLER_SHUFFLED,
    SAMPLER_GROUPED, /* faster: a batch has few different users, and what depends on the user alone is shared */
    SAMPLER_ORDERS,
};

struct sampler_settings {
    uint32_t negatives; /* a positive, at least 1 */
    enum sampler_order order;
    uint64_t seed;
    double popularity; /* exponent of popularity, 0 … POPULARITY_MAX_EXPONENT; 0: uniform */
    bool accept_known; /* a negative may be an item that the user has in train */
    bool pairs;
};

struct sampler {
    const struct interactions *train; /* borrowed: must outlive the sampler */
    struct sampler_settings settings;
    struct popularity *popularity; /* NULL: uniform */
    uint32_t left_out;             /* users */
    uint32_t positives;            /* train pairs without theirs */
    uint32_t *positive;            /* owned: [positives], their numbers; NULL where nobody is left out */
    /* An epoch, each label counting for one: positives * (1 + negatives), or as pairs positives * 2 negatives. */
    uint64_t instances;
};

/* STATUS_ARGUMENT; STATUS_EMPTY where there is no train pair; STATUS_NO_NEGATIVES where all users with a pair have
 * every item that can be drawn; STATUS_MEMORY. Owned by the caller: sampler_free, which is fine after an error too. */
enum status sampler_init(struct sampler *sampler, const struct interactions *train,
                         const struct sampler_settings *settings);
void sampler_free(struct sampler *sampler);

/* Writes the instances `from` … `from + B - 1` of the order of `epoch` (counted from 1) to users[B], items[B],
 * labels[B]. from + B may not exceed `instances`; as pairs both may be odd, though a pair is then cut in two. */
void sampler_batch(const struct sampler *sampler, uint64_t epoch, uint64_t from, uint32_t B, uint32_t *users,
                   uint32_t *items, float *labels);

/* The positive that the instance at `place` of the order of `epoch` belongs to: its item in *positive, and the items of
 * all negatives that are drawn for it in this epoch in negatives[settings.negatives], in the order of their numbers. */
void sampler_group(const struct sampler *sampler, uint64_t epoch, uint64_t place, uint32_t *positive,
                   uint32_t *negatives);

/* The place that `index` takes in a random order of 0 … count - 1 told by `key`: a bijection for every key.
 * Below some 20 places not all orders are quite equally likely. */
uint64_t sampler_permute(uint64_t index, uint64_t count, uint64_t key);

#endif

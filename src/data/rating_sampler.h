/* Training instances of explicit feedback: an epoch is every rating once, in a random order, cut into batches. As in
 * data/sampler.h the order is a keyed permutation and nothing is stored, so any batch of any epoch can be made at any
 * time. */
#ifndef NCF_RATING_SAMPLER_H
#define NCF_RATING_SAMPLER_H

#include "data/holdout.h"

struct rating_sampler {
    const struct rating_rows *rows; /* borrowed: must outlive the sampler */
    uint64_t seed;
};

/* STATUS_EMPTY where there is no row. */
enum status rating_sampler_init(struct rating_sampler *sampler, const struct rating_rows *rows,
                                uint64_t seed);

/* Writes the instances `from` … `from + B - 1` of the order of `epoch` (counted from 1) to users[B], items[B],
 * labels[B], the ratings. from + B may not exceed the count of the rows. */
void rating_sampler_batch(const struct rating_sampler *sampler, uint64_t epoch, uint64_t from, uint32_t B,
                          uint32_t *users, uint32_t *items, float *labels);

#endif

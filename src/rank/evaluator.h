/* Ranks every user's held-out item, in slices of users that the caller sizes. */
#ifndef NCF_EVALUATOR_H
#define NCF_EVALUATOR_H

#include <stdbool.h>

#include "data/split.h"
#include "rank/metrics.h"
#include "rank/scorer.h"

enum evaluator_candidates {
    EVALUATOR_SAMPLED, /* the split's negatives (99 in the paper); one that is the held-out item itself is dropped */
    EVALUATOR_FULL, /* all items to choose from but those that the user has in train or in the other held-out part */
};

struct evaluator {
    /* borrowed, as is the scorer's model: must outlive the evaluator */
    const struct interactions *train;
    const struct held_out *held_out;
    struct scorer *scorer; /* owned */
    struct rank *ranks[2]; /* [users] for sampled and full */
    uint32_t next_user;
    float *scores;    /* [items] */
    uint32_t *others; /* [items], candidates besides the held-out item */
};

/* Ranks `held_out`, the test or the validation part of the split whose train part is `train`. STATUS_MEMORY;
 * STATUS_ARGUMENT where the shapes differ or nothing is held out. Owned by the caller: evaluator_free. */
enum status evaluator_new(struct evaluator **out, const struct model *model, const struct interactions *train,
                          const struct held_out *held_out);
void evaluator_free(struct evaluator *evaluator);

/* Begins again from the first user, with the model's present weights. */
void evaluator_start(struct evaluator *evaluator);

/* Ranks up to `limit` more users among `candidates`; returns whether all users are done. One kind of candidates from
 * start to end. */
bool evaluator_run(struct evaluator *evaluator, enum evaluator_candidates candidates, uint32_t limit);

/* The rank of one user's held-out item with the weights of the last start or refresh of the scorer. */
struct rank evaluator_rank(struct evaluator *evaluator, enum evaluator_candidates candidates, uint32_t user);

#endif

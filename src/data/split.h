/* Leave-one-out (He et al. 2017, section 4.1): each user's latest rating is the test item, ties in time go to the last
 * row of the file; the rest is train. A user with one item only stays whole in train and is not tested. */
#ifndef NCF_SPLIT_H
#define NCF_SPLIT_H

#include "data/interactions.h"

#define SPLIT_NONE UINT32_MAX

struct split {
    struct interactions *train; /* owned */
    uint32_t test_users;        /* users with a test item */
    const uint32_t *test_item;  /* [users], SPLIT_NONE where the user has none */
    /* Test negatives, fixed for the split: items that the user has neither in train nor as the test item, each once,
     * ascending; fewer than asked for only where there are not enough such items. User u's are
     * negative[negative_start[u]] … negative[negative_start[u + 1] - 1]; a user without a test item has none. */
    const uint32_t *negative_start; /* [users + 1] */
    const uint32_t *negative;
};

/* Splits `ratings`, drawing `negatives` (99 in the paper) a test user with `seed`. STATUS_MEMORY,
 * STATUS_NO_TEST_USERS. Owned by the caller: split_free. */
enum status split_leave_one_out(struct split **out, const struct ratings *ratings, uint32_t negatives,
                                uint64_t seed);
void split_free(struct split *split);

#endif

/* Which interactions are learnt from and which are tested on. Leave-one-out (He et al. 2017, section 4.1): each user's
 * latest rating is the test item, ties in time go to the last row of the file; the rest is train. Or a random one is. A
 * user with one item only stays whole in train and is not tested. Or the split that the paper's own files bring.
 *
 * Interactions are the positives: rows of a rating of at least `positive_from`. The others count as if they were not in
 * the file, and items that occur in no positive are no choice (data/interactions.h): neither candidates nor negatives. */
#ifndef NCF_SPLIT_H
#define NCF_SPLIT_H

#include "data/dataset.h"
#include "data/interactions.h"

#define SPLIT_NONE UINT32_MAX

/* One item a user that a model is asked for, and the items that it is ranked among. */
struct held_out {
    uint32_t users; /* users with an item */
    const uint32_t
        *item; /* [users of train], SPLIT_NONE where the user has none; NULL where nothing is held out */
    /* Negatives, fixed for the split: items that the user has neither in train nor held out, each once, ascending. User
     * u's are negative[negative_start[u]] … negative[negative_start[u + 1] - 1]; a user without an item has none. */
    const uint32_t *negative_start; /* [users of train + 1] */
    const uint32_t *negative;
    /* [users of train], SPLIT_NONE or what else the user is known to have: the full ranking leaves it out, as it does
     * the train items. NULL where nothing is. */
    const uint32_t *also_seen;
};

enum split_hold {
    SPLIT_LAST,    /* each user's latest */
    SPLIT_RANDOM,  /* one at random: its seed does not depend on what else is drawn with `seed` */
    SPLIT_NOTHING, /* all is train */
};

struct split_settings {
    uint32_t negatives; /* candidates a test user, 99 in the paper; fewer only where there are not enough */
    uint64_t seed;
    enum split_hold hold;
    float positive_from; /* -INFINITY: all rows are positives */
};

/* What the rows are like that a split was made of. */
struct split_facts {
    uint64_t rows, positives; /* without those of a test file */
    /* Test users of SPLIT_LAST for whom the order of the file decides what is held out: for those of same_times it does
     * so alone, all their times being equal; those of tied have several items at their latest time. */
    uint32_t same_times, tied;
    uint64_t tests_in_train; /* of the positives, those of the pair that a test file has for the user */
};

struct split {
    struct interactions *train; /* owned */
    struct held_out test;
    struct held_out validation; /* empty unless split_hold_validation was called */
    void *validation_block;     /* owned: the arrays of `validation` */
    struct split_facts facts;
};

/* Splits `ratings`. STATUS_MEMORY, STATUS_NO_TEST_USERS (never of SPLIT_NOTHING), STATUS_NO_POSITIVES. Owned by the
 * caller: split_free. */
enum status split_new(struct split **out, const struct ratings *ratings,
                      const struct split_settings *settings);

/* The same for each user's latest rating of all. */
enum status split_leave_one_out(struct split **out, const struct ratings *ratings, uint32_t negatives,
                                uint64_t seed);

/* The split of a dataset with a test file and its negatives, both finished. Of the negatives, the user's own test item,
 * items that the user has in train, and repeats are dropped; a test pair that stands in train too is dropped there. All test pairs
 * are positives. STATUS_MEMORY, STATUS_NO_POSITIVES. Owned by the caller: split_free. */
enum status split_of_triple(struct split **out, const struct dataset *dataset, float positive_from);

/* Takes one random train item, drawn with `seed`, from every user who has at least two, and holds it out for validation
 * with `negatives` of its own. Test items and their negatives stay as they are. May be called once.
 * STATUS_MEMORY, STATUS_NO_VALIDATION; the split is then as it was. */
enum status split_hold_validation(struct split *split, uint32_t negatives, uint64_t seed);

void split_free(struct split *split);

#endif

/* Which ratings are learnt from and which are predicted, for models of explicit feedback. The rows of a dataset take
 * places in a random order that the seed tells (sampler_permute), and a span of places is the test part; where a
 * validation part is asked for, it is the next span, taken out of what would be train. With the same seed the test part
 * of a larger share holds that of a smaller one, and the folds of a cross-validation are spans of one order.
 *
 * Where a user has rated an item again, the latest rating counts and the others are dropped, as if the user had changed
 * it (ties in time go to the last row of the file): so a pair is never on two sides, and implicit feedback counts it
 * once too. Nothing keeps a user's or an item's ratings in train: what train lacks has to be predicted all the same. */
#ifndef NCF_HOLDOUT_H
#define NCF_HOLDOUT_H

#include "data/ratings.h"

/* Ratings as columns. */
struct rating_rows {
    uint32_t count;
    const uint32_t *user, *item; /* [count], dense indices */
    const float *value;          /* [count] */
};

struct holdout {
    uint32_t users, items;                      /* of the dataset */
    struct rating_rows train, validation, test; /* each in the order of the file; validation may be empty */
    double mean;                                /* of train's ratings */
    float lowest, highest;                      /* the scale: of the ratings of all three */
};

/* Holds out a share of the ratings, `test` in (0, 1), and for validation a share of the rest, `validation` in [0, 1) (0:
 * none). Shares are rounded to whole rows, halves up. Rows of a test file, where one was read, are rows like all.
 * STATUS_ARGUMENT; STATUS_FEW_RATINGS where a part that is asked for would be empty; STATUS_ONE_VALUE where all ratings
 * are the same; STATUS_MEMORY. Owned by the caller: holdout_free. */
enum status holdout_random(struct holdout **out, const struct ratings *ratings, double test,
                           double validation, uint64_t seed);

/* Fold `fold` (0 … folds - 1) of a cross-validation in `folds` (2 or more) is the test part, the others are the rest.
 * Folds of one seed share no row, have all rows together, and differ in size by one at most. Errors as above;
 * STATUS_FEW_RATINGS where there are fewer ratings than folds. */
enum status holdout_fold(struct holdout **out, const struct ratings *ratings, uint32_t fold, uint32_t folds,
                         double validation, uint64_t seed);

void holdout_free(struct holdout *holdout);

#endif

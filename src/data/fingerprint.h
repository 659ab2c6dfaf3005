/* Fingerprints: 64 bits that tell data from others, so that results of one are never taken for those of another. Not for
 * security. Users and items go in by the ids of the files, never by their indices. */
#ifndef NCF_FINGERPRINT_H
#define NCF_FINGERPRINT_H

#include "data/holdout.h"
#include "data/split.h"

struct fingerprint {
    /* Of the ratings as a set: user, item, rating and time of each, whether it stands in a test file, and the negatives
     * that the paper's triple lists. The order of the rows does not count; a row that stands twice does. */
    uint64_t content;
    /* Of the same rows in their order, which the numbering of users and items, and so everything that is drawn, goes by. */
    uint64_t order;
};

/* One pass over all that was read but titles, genres and what is known about users. */
struct fingerprint fingerprint_of_dataset(const struct dataset *dataset);

/* Of what a split holds out, by user: the items, and the negatives that each is ranked among. Both 0 where nothing is held
 * out. */
struct held_out_fingerprint {
    uint64_t items, negatives;
};

/* `ratings` are those of the split. */
struct held_out_fingerprint fingerprint_of_held_out(const struct held_out *held_out,
                                                    const struct ratings *ratings);

/* Of a part of a holdout: its users, items and ratings, in any order. */
uint64_t fingerprint_of_rows(const struct rating_rows *rows, const struct ratings *ratings);

#endif

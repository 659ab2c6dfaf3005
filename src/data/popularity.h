/* Items drawn with probability ∝ count^α, the count being an item's train pairs: by Walker's alias method (Walker 1977,
 * built as Vose 1991 does), which takes two random numbers and two loads an item. An item without train pairs is never
 * drawn. */
#ifndef NCF_POPULARITY_H
#define NCF_POPULARITY_H

#include "base/rng.h"
#include "data/interactions.h"

#define POPULARITY_MAX_EXPONENT 4.0

struct popularity {
    uint32_t items, drawable; /* drawable: those with train pairs */
    double *weight;           /* [items], count^α */
    double *share;            /* [items]: column i of the table is item i up to here, from 0 to 1, */
    uint32_t *alias;          /* [items]  and item alias[i] from there on */
    /* Where draws for some user would be nearly all in vain: what an item's weight, and that of a user's train item, is
     * the next part of. Else NULL. */
    double *before;     /* [items + 1], the sum of the weights of lower items */
    double *own_before; /* [train->count], the sum of those of the user's lower items */
};

/* 0 < α <= POPULARITY_MAX_EXPONENT. STATUS_ARGUMENT, STATUS_EMPTY without train pairs, STATUS_MEMORY. Owned by the
 * caller: popularity_free. */
enum status popularity_new(struct popularity **out, const struct interactions *train, double exponent);
void popularity_free(struct popularity *popularity);

uint32_t popularity_draw(const struct popularity *popularity, struct rng *rng);

/* The same distribution, but of the items that the user doesn't have in train; that must leave one with train pairs.
 * Rejects what the user has, and after a number of vain draws finds one by its place among those left, so that a user who
 * has what is popular takes no longer than that. */
uint32_t popularity_draw_unknown(const struct popularity *popularity, const struct interactions *train,
                                 uint32_t user, struct rng *rng);

#endif

/* Which user has which items: compressed sparse rows (CSR), items ascending within a user, every pair once. */
#ifndef NCF_INTERACTIONS_H
#define NCF_INTERACTIONS_H

#include <stdbool.h>

#include "base/rng.h"
#include "data/ratings.h"

#define INTERACTIONS_MAX_BITS (UINT64_C(8) << 20)
#define INTERACTIONS_VAIN_DRAWS 64

struct interactions {
    uint32_t users, items;
    uint32_t count;  /* pairs */
    uint32_t *start; /* [users + 1]: user u's items are item[start[u]] … item[start[u + 1] - 1] */
    uint32_t *item;  /* [count] */
    uint32_t *user;  /* [count], the user of each pair, so that a random pair is found at once */
    /* [users, (items + 7) / 8], bit i of row u: user u has item i. NULL where these are more than
     * INTERACTIONS_MAX_BITS bytes. */
    uint8_t *bits;
    /* The items that there are to choose from, ascending: all but those that occur in rows that are no positives alone.
     * NULL where that is all of them, and choices is then `items`. */
    uint32_t choices;
    const uint32_t *choice; /* [choices] or NULL */
};

/* Builds the rows of `ratings`, leaving out user u's item held_out[u] (`held_out` [users] or NULL for none;
 * UINT32_MAX: nothing held out for that user). Linear in the ratings: a bucket pass by item, then one by user, leaves
 * every row sorted. STATUS_MEMORY, STATUS_TOO_LARGE. Owned by the caller: interactions_free. */
enum status interactions_new(struct interactions **out, const struct ratings *ratings,
                             const uint32_t *held_out);

/* The same of the positives alone: rows of a rating of at least `positive_from` (-INFINITY: all), and a test file's. */
enum status interactions_of_positives(struct interactions **out, const struct ratings *ratings,
                                      const uint32_t *held_out, float positive_from);
void interactions_free(struct interactions *interactions);

/* Whether a row of `ratings` is a positive. */
bool interactions_is_positive(const struct ratings *ratings, uint64_t row, float positive_from);

/* Takes user u's item removed[u] out, in place (`removed` [users]; UINT32_MAX or an item that u does not have: none). */
void interactions_remove(struct interactions *interactions, const uint32_t *removed);

/* How many of the choices the user does not have. */
uint32_t interactions_others(const struct interactions *interactions, uint32_t user);

/* The n-th of these, from 0, ascending; n below interactions_others. By two binary searches, so its time is bounded
 * whatever the user has. */
uint32_t interactions_other(const struct interactions *interactions, uint32_t user, uint32_t n);

/* One of them at random, of whom there must be one. Draws choices until one fits, but no more than
 * INTERACTIONS_VAIN_DRAWS, and none where nearly all would be in vain: then it is found by its number. */
uint32_t interactions_draw_other(const struct interactions *interactions, uint32_t user, struct rng *rng);

/* The n-th item of the choices. */
static inline uint32_t interactions_choice(const struct interactions *interactions, uint32_t n) {
    return interactions->choice == NULL ? n : interactions->choice[n];
}

/* Whether the user has the item: a bit, or a binary search where there are no bits. */
bool interactions_has(const struct interactions *interactions, uint32_t user, uint32_t item);

#endif

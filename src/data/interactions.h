/* Which user has which items: compressed sparse rows (CSR), items ascending within a user, every pair once. */
#ifndef NCF_INTERACTIONS_H
#define NCF_INTERACTIONS_H

#include <stdbool.h>

#include "data/ratings.h"

#define INTERACTIONS_MAX_BITS (UINT64_C(8) << 20)

struct interactions {
    uint32_t users, items;
    uint32_t count;  /* pairs */
    uint32_t *start; /* [users + 1]: user u's items are item[start[u]] … item[start[u + 1] - 1] */
    uint32_t *item;  /* [count] */
    uint32_t *user;  /* [count], the user of each pair, so that a random pair is found at once */
    /* [users, (items + 7) / 8], bit i of row u: user u has item i. NULL where these are more than
     * INTERACTIONS_MAX_BITS bytes. */
    uint8_t *bits;
};

/* Builds the rows of `ratings`, leaving out user u's item held_out[u] (`held_out` [users] or NULL for none;
 * UINT32_MAX: nothing held out for that user). Linear in the ratings: a bucket pass by item, then one by user, leaves
 * every row sorted. STATUS_MEMORY, STATUS_TOO_LARGE. Owned by the caller: interactions_free. */
enum status interactions_new(struct interactions **out, const struct ratings *ratings,
                             const uint32_t *held_out);
void interactions_free(struct interactions *interactions);

/* Takes user u's item removed[u] out, in place (`removed` [users]; UINT32_MAX or an item that u does not have: none). */
void interactions_remove(struct interactions *interactions, const uint32_t *removed);

/* Whether the user has the item: a bit, or a binary search where there are no bits. */
bool interactions_has(const struct interactions *interactions, uint32_t user, uint32_t item);

#endif

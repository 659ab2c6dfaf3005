/* How many users have both of two items: the counts that item-item models are made of, a row at a time, so that no matrix
 * of items by items is needed to make them. */
#ifndef NCF_COOCCURRENCE_H
#define NCF_COOCCURRENCE_H

#include "data/interactions.h"

struct cooccurrence {
    const struct interactions *train; /* borrowed: must outlive this */
    uint32_t *start; /* [items + 1]: item i's users are user[start[i]] … user[start[i + 1] - 1] */
    uint32_t *user;  /* [pairs of train], ascending within an item */
};

/* Turns the rows of `train` round, which may not change afterwards. STATUS_MEMORY. Owned by the caller:
 * cooccurrence_free. */
enum status cooccurrence_new(struct cooccurrence **out, const struct interactions *train);
void cooccurrence_free(struct cooccurrence *cooccurrence);

/* How many users have the item. */
static inline uint32_t cooccurrence_users(const struct cooccurrence *cooccurrence, uint32_t item) {
    return cooccurrence->start[item + 1] - cooccurrence->start[item];
}

/* counts[end]: how many users have both `item` and item j, for j < end; at j = item how many have the item. Takes time
 * for every item below `end` of every user of the item. */
void cooccurrence_row(uint32_t *counts, const struct cooccurrence *cooccurrence, uint32_t item, uint32_t end);

#endif

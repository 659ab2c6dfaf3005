#include "data/split.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/rng.h"

/* The arrays behind the const pointers of the struct, for the constructor. */
struct rows {
    uint32_t *test_item, *negative_start, *negative;
};

static struct split *lay_out(struct arena *arena, struct rows *rows, uint32_t users, uint32_t negatives) {
    struct split *split = arena_take(arena, 1, sizeof *split);
    rows->test_item = arena_take(arena, users, sizeof *rows->test_item);
    rows->negative_start = arena_take(arena, (uint64_t)users + 1, sizeof *rows->negative_start);
    rows->negative = arena_take(arena, (uint64_t)users * negatives, sizeof *rows->negative);
    return split;
}

/* The item of each user's latest rating; SPLIT_NONE for users whose ratings are all of one item. */
static enum status latest_items(uint32_t *test_item, const struct ratings *ratings) {
    uint32_t users = ratings->users.count;
    uint64_t *latest = memory_zeroed(users, sizeof *latest); /* row + 1 */
    if (latest == NULL) return STATUS_MEMORY;
    for (uint64_t r = 0; r < ratings->count; r++) {
        uint64_t *row = latest + ratings->rows[r].user;
        if (*row == 0 || ratings->rows[r].time >= ratings->rows[*row - 1].time) *row = r + 1;
    }
    for (uint32_t u = 0; u < users; u++) test_item[u] = SPLIT_NONE;
    for (uint64_t r = 0; r < ratings->count; r++) {
        uint32_t user = ratings->rows[r].user, item = ratings->rows[latest[user] - 1].item;
        if (ratings->rows[r].item != item) test_item[user] = item;
    }
    free(latest);
    return STATUS_OK;
}

/* Selection sampling (Knuth, The Art of Computer Programming 2, algorithm S) over the items that are neither in train
 * nor the test item: one pass, every subset equally likely, ascending. Returns how many were written. */
static uint32_t draw_negatives(uint32_t *out, const struct interactions *train, uint32_t user,
                               uint32_t test_item, uint32_t want, struct rng *rng) {
    uint32_t next = train->start[user], end = train->start[user + 1], written = 0;
    uint32_t left = train->items - (end - next) - 1;
    if (want > left) want = left;
    for (uint32_t item = 0; written < want; item++) {
        if (next < end && train->item[next] == item) {
            next++;
        } else if (item != test_item) {
            if (rng_below(rng, left) < want - written) out[written++] = item;
            left--;
        }
    }
    return written;
}

enum status split_leave_one_out(struct split **out, const struct ratings *ratings, uint32_t negatives,
                                uint64_t seed) {
    *out = NULL;
    uint32_t users = ratings->users.count;
    struct arena arena = {0};
    struct rows rows;
    lay_out(&arena, &rows, users, negatives);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct split *split = lay_out(&arena, &rows, users, negatives);
    *split = (struct split){
        .test_item = rows.test_item, .negative_start = rows.negative_start, .negative = rows.negative};
    enum status status = latest_items(rows.test_item, ratings);
    if (status == STATUS_OK) status = interactions_new(&split->train, ratings, rows.test_item);
    if (status != STATUS_OK) {
        split_free(split);
        return status;
    }
    for (uint32_t u = 0, count = 0; u < users; u++) {
        if (rows.test_item[u] != SPLIT_NONE) {
            struct rng rng = rng_seeded(seed, RNG_TEST_NEGATIVES, u);
            count +=
                draw_negatives(rows.negative + count, split->train, u, rows.test_item[u], negatives, &rng);
            split->test_users++;
        }
        rows.negative_start[u + 1] = count;
    }
    if (split->test_users == 0) {
        split_free(split);
        return STATUS_NO_TEST_USERS;
    }
    *out = split;
    return STATUS_OK;
}

void split_free(struct split *split) {
    if (split == NULL) return;
    interactions_free(split->train);
    free(split);
}

#include "data/split.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/rng.h"

/* The arrays behind the const pointers of a held_out, for those who fill them. */
struct rows {
    uint32_t *item, *negative_start, *negative;
};

static struct rows lay_out_rows(struct arena *arena, uint32_t users, uint64_t negatives) {
    struct rows rows;
    rows.item = arena_take(arena, users, sizeof *rows.item);
    rows.negative_start = arena_take(arena, (uint64_t)users + 1, sizeof *rows.negative_start);
    rows.negative = arena_take(arena, negatives, sizeof *rows.negative);
    return rows;
}

static struct held_out held_out_of(struct rows rows) {
    return (struct held_out){
        .item = rows.item, .negative_start = rows.negative_start, .negative = rows.negative};
}

/* A split with nothing in it but room for `negatives` of all test users together; NULL where memory is refused. */
static struct split *make(struct rows *rows, uint32_t users, uint64_t negatives) {
    struct arena arena = {0};
    arena_take(&arena, 1, sizeof(struct split));
    lay_out_rows(&arena, users, negatives);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return NULL;
    struct split *split = arena_take(&arena, 1, sizeof *split);
    *rows = lay_out_rows(&arena, users, negatives);
    *split = (struct split){.test = held_out_of(*rows)};
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
 * nor `held_out` (SPLIT_NONE: no item): one pass, every subset equally likely, ascending. Returns how many were
 * written. */
static uint32_t draw_negatives(uint32_t *out, const struct interactions *train, uint32_t user,
                               uint32_t held_out, uint32_t want, struct rng *rng) {
    uint32_t next = train->start[user], end = train->start[user + 1], written = 0;
    uint32_t left = train->items - (end - next) - (held_out == SPLIT_NONE ? 0 : 1);
    if (want > left) want = left;
    for (uint32_t item = 0; written < want; item++) {
        if (next < end && train->item[next] == item) {
            next++;
        } else if (item != held_out) {
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
    struct rows rows;
    struct split *split = make(&rows, users, (uint64_t)users * negatives);
    if (split == NULL) return STATUS_MEMORY;
    enum status status = latest_items(rows.item, ratings);
    if (status == STATUS_OK) status = interactions_new(&split->train, ratings, rows.item);
    for (uint32_t u = 0, count = 0; status == STATUS_OK && u < users; u++) {
        if (rows.item[u] != SPLIT_NONE) {
            struct rng rng = rng_seeded(seed, RNG_TEST_NEGATIVES, u);
            count += draw_negatives(rows.negative + count, split->train, u, rows.item[u], negatives, &rng);
            split->test.users++;
        }
        rows.negative_start[u + 1] = count;
    }
    if (status == STATUS_OK && split->test.users == 0) status = STATUS_NO_TEST_USERS;
    if (status == STATUS_OK)
        *out = split;
    else
        split_free(split);
    return status;
}

static int ascending(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* A user's negatives as the file has them, cleaned and ascending. Returns how many were written. */
static uint32_t take_negatives(uint32_t *out, const struct interactions *train,
                               const struct negatives *negatives, uint32_t user, uint32_t test_item) {
    uint32_t count = 0, kept = 0;
    for (uint32_t n = 0; n < negatives->length[user]; n++) {
        uint32_t item = negatives->item[negatives->start[user] + n];
        if (item != test_item && !interactions_has(train, user, item)) out[count++] = item;
    }
    qsort(out, count, sizeof *out, ascending);
    for (uint32_t n = 0; n < count; n++)
        if (kept == 0 || out[kept - 1] != out[n]) out[kept++] = out[n];
    return kept;
}

enum status split_of_triple(struct split **out, const struct dataset *dataset) {
    *out = NULL;
    const struct ratings *ratings = &dataset->ratings;
    const struct negatives *negatives = &dataset->negatives;
    uint32_t users = ratings->users.count;
    assert(ratings->test_from > 0 && negatives->users == users);
    struct rows rows;
    struct split *split = make(&rows, users, negatives->count);
    if (split == NULL) return STATUS_MEMORY;
    for (uint32_t u = 0; u < users; u++) {
        uint32_t item = ratings_test_item(ratings, u);
        rows.item[u] = item == RATINGS_NO_TEST ? SPLIT_NONE : item;
    }
    /* leaves out the test file's rows too: each is its user's held-out item */
    enum status status = interactions_new(&split->train, ratings, rows.item);
    if (status != STATUS_OK) {
        split_free(split);
        return status;
    }
    for (uint32_t u = 0, count = 0; u < users; u++) {
        if (rows.item[u] != SPLIT_NONE) {
            count += take_negatives(rows.negative + count, split->train, negatives, u, rows.item[u]);
            split->test.users++;
        }
        rows.negative_start[u + 1] = count;
    }
    *out = split;
    return STATUS_OK;
}

enum status split_hold_validation(struct split *split, uint32_t negatives, uint64_t seed) {
    assert(split->validation.item == NULL);
    const struct interactions *train = split->train;
    uint32_t users = train->users, held = 0;
    struct arena arena = {0};
    lay_out_rows(&arena, users, (uint64_t)users * negatives);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct rows rows = lay_out_rows(&arena, users, (uint64_t)users * negatives);
    for (uint32_t u = 0, count = 0; u < users; u++) {
        uint32_t items = train->start[u + 1] - train->start[u];
        rows.item[u] = SPLIT_NONE;
        if (items >= 2) {
            struct rng rng = rng_seeded(seed, RNG_VALIDATION, u);
            rows.item[u] = train->item[train->start[u] + rng_below(&rng, items)];
            /* train has the item still, so it cannot be drawn */
            count += draw_negatives(rows.negative + count, train, u, split->test.item[u], negatives, &rng);
            held++;
        }
        rows.negative_start[u + 1] = count;
    }
    if (held == 0) {
        free(arena.base);
        return STATUS_NO_VALIDATION;
    }
    interactions_remove(split->train, rows.item);
    split->validation = held_out_of(rows);
    split->validation.users = held;
    split->validation.also_seen = split->test.item;
    split->test.also_seen = rows.item;
    split->validation_block = arena.base;
    return STATUS_OK;
}

void split_free(struct split *split) {
    if (split == NULL) return;
    interactions_free(split->train);
    free(split->validation_block);
    free(split);
}

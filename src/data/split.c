#include "data/split.h"

#include <assert.h>
#include <math.h>
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

/* What there is to know of a user's positives to find the latest. */
struct latest {
    uint64_t row;     /* of the latest, plus 1 */
    bool other_time;  /* one has another time than the latest */
    bool tied, other; /* one of another item has the same time; there is another item */
};

/* The item of each user's latest positive; SPLIT_NONE for users whose positives are all of one item. */
static enum status latest_items(uint32_t *test_item, struct split_facts *facts, const struct ratings *ratings,
                                float positive_from) {
    uint32_t users = ratings->users.count;
    struct latest *all = memory_zeroed(users, sizeof *all);
    if (all == NULL) return STATUS_MEMORY;
    for (uint64_t r = 0; r < ratings->count; r++) {
        struct latest *latest = all + ratings->rows[r].user;
        if (!interactions_is_positive(ratings, r, positive_from)) continue;
        if (latest->row == 0 || ratings->rows[r].time >= ratings->rows[latest->row - 1].time)
            latest->row = r + 1;
    }
    for (uint64_t r = 0; r < ratings->count; r++) {
        struct latest *latest = all + ratings->rows[r].user;
        if (!interactions_is_positive(ratings, r, positive_from)) continue;
        const struct rating *row = ratings->rows + r, *last = ratings->rows + (latest->row - 1);
        latest->other |= row->item != last->item;
        latest->tied |= row->item != last->item && row->time == last->time;
        latest->other_time |= row->time != last->time;
    }
    for (uint32_t u = 0; u < users; u++) {
        test_item[u] = all[u].other ? ratings->rows[all[u].row - 1].item : SPLIT_NONE;
        facts->same_times += all[u].other && !all[u].other_time;
        facts->tied += all[u].tied;
    }
    free(all);
    return STATUS_OK;
}

/* One item at random of every user who has two; what is left in `train`. */
static void random_items(uint32_t *test_item, struct interactions *train, uint64_t seed) {
    for (uint32_t u = 0; u < train->users; u++) {
        uint32_t items = train->start[u + 1] - train->start[u];
        struct rng rng = rng_seeded(seed, RNG_TEST_ITEM, u);
        test_item[u] = items < 2 ? SPLIT_NONE : train->item[train->start[u] + rng_below(&rng, items)];
    }
    interactions_remove(train, test_item);
}

static void count_rows(struct split_facts *facts, const struct ratings *ratings, float positive_from) {
    facts->rows = ratings->test_from > 0 ? ratings->test_from : ratings->count;
    for (uint64_t r = 0; r < facts->rows; r++)
        facts->positives += interactions_is_positive(ratings, r, positive_from);
}

/* Selection sampling (Knuth, The Art of Computer Programming 2, algorithm S) over the choices that are neither in train
 * nor `held_out` (SPLIT_NONE: no item): one pass, every subset equally likely, ascending. Returns how many were
 * written. */
static uint32_t draw_negatives(uint32_t *out, const struct interactions *train, uint32_t user,
                               uint32_t held_out, uint32_t want, struct rng *rng) {
    uint32_t next = train->start[user], end = train->start[user + 1], written = 0;
    uint32_t left = train->choices - (end - next) - (held_out == SPLIT_NONE ? 0 : 1);
    if (want > left) want = left;
    for (uint32_t c = 0; written < want; c++) {
        uint32_t item = interactions_choice(train, c);
        if (next < end && train->item[next] == item) {
            next++;
        } else if (item != held_out) {
            if (rng_below(rng, left) < want - written) out[written++] = item;
            left--;
        }
    }
    return written;
}

static enum status hold_out(struct split *split, uint32_t *test_item, const struct ratings *ratings,
                            const struct split_settings *settings) {
    float from = settings->positive_from;
    enum status status = STATUS_OK;
    for (uint32_t u = 0; u < ratings->users.count; u++) test_item[u] = SPLIT_NONE;
    if (settings->hold == SPLIT_LAST) status = latest_items(test_item, &split->facts, ratings, from);
    if (status == STATUS_OK) status = interactions_of_positives(&split->train, ratings, test_item, from);
    if (status == STATUS_OK && settings->hold == SPLIT_RANDOM)
        random_items(test_item, split->train, settings->seed);
    return status;
}

enum status split_new(struct split **out, const struct ratings *ratings,
                      const struct split_settings *settings) {
    *out = NULL;
    uint32_t users = ratings->users.count,
             negatives = settings->hold == SPLIT_NOTHING ? 0 : settings->negatives;
    struct rows rows;
    struct split *split = make(&rows, users, (uint64_t)users * negatives);
    if (split == NULL) return STATUS_MEMORY;
    count_rows(&split->facts, ratings, settings->positive_from);
    enum status status = hold_out(split, rows.item, ratings, settings);
    for (uint32_t u = 0, count = 0; status == STATUS_OK && u < users; u++) {
        if (rows.item[u] != SPLIT_NONE) {
            struct rng rng = rng_seeded(settings->seed, RNG_TEST_NEGATIVES, u);
            count += draw_negatives(rows.negative + count, split->train, u, rows.item[u], negatives, &rng);
            split->test.users++;
        }
        rows.negative_start[u + 1] = count;
    }
    if (status == STATUS_OK && split->facts.positives == 0 && ratings->count > 0)
        status = STATUS_NO_POSITIVES;
    if (status == STATUS_OK && split->test.users == 0 && settings->hold != SPLIT_NOTHING)
        status = STATUS_NO_TEST_USERS;
    if (status == STATUS_OK)
        *out = split;
    else
        split_free(split);
    return status;
}

enum status split_leave_one_out(struct split **out, const struct ratings *ratings, uint32_t negatives,
                                uint64_t seed) {
    struct split_settings settings = {negatives, seed, SPLIT_LAST, -INFINITY};
    return split_new(out, ratings, &settings);
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

enum status split_of_triple(struct split **out, const struct dataset *dataset, float positive_from) {
    *out = NULL;
    const struct ratings *ratings = &dataset->ratings;
    const struct negatives *negatives = &dataset->negatives;
    uint32_t users = ratings->users.count;
    assert(ratings->test_from > 0 && negatives->users == users);
    struct rows rows;
    struct split *split = make(&rows, users, negatives->count);
    if (split == NULL) return STATUS_MEMORY;
    count_rows(&split->facts, ratings, positive_from);
    for (uint32_t u = 0; u < users; u++) {
        uint32_t item = ratings_test_item(ratings, u);
        rows.item[u] = item == RATINGS_NO_TEST ? SPLIT_NONE : item;
    }
    for (uint64_t r = 0; r < split->facts.rows; r++)
        split->facts.tests_in_train += ratings->rows[r].item == rows.item[ratings->rows[r].user] &&
                                       interactions_is_positive(ratings, r, positive_from);
    /* leaves out the test file's rows too: each is its user's held-out item */
    enum status status = interactions_of_positives(&split->train, ratings, rows.item, positive_from);
    if (status == STATUS_OK && split->facts.positives == 0) status = STATUS_NO_POSITIVES;
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

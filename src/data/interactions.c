#include "data/interactions.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

static uint64_t bit_row_bytes(uint32_t items) { return ((uint64_t)items + 7) / 8; }

static struct interactions *lay_out(struct arena *arena, struct interactions *rows, uint32_t users,
                                    uint32_t items, uint64_t pairs, uint32_t **choice) {
    struct interactions *interactions = arena_take(arena, 1, sizeof *interactions);
    rows->start = arena_take(arena, (uint64_t)users + 2, sizeof *rows->start);
    rows->item = arena_take(arena, pairs, sizeof *rows->item);
    rows->user = arena_take(arena, pairs, sizeof *rows->user);
    bool has_bits = users * bit_row_bytes(items) <= INTERACTIONS_MAX_BITS;
    rows->bits = has_bits ? arena_take(arena, users, bit_row_bytes(items)) : NULL;
    *choice = rows->choices < items ? arena_take(arena, rows->choices, sizeof **choice) : NULL;
    return interactions;
}

/* Which rows of `ratings` become pairs. */
struct wanted {
    const struct ratings *ratings;
    const uint32_t *held_out;
    float positive_from;
};

bool interactions_is_positive(const struct ratings *ratings, uint64_t row, float positive_from) {
    bool of_test = ratings->test_from > 0 && row >= ratings->test_from;
    return of_test || ratings->rows[row].value >= positive_from;
}

static bool kept(const struct wanted *wanted, uint64_t r) {
    const struct rating *row = wanted->ratings->rows + r;
    return (wanted->held_out == NULL || wanted->held_out[row->user] != row->item) &&
           interactions_is_positive(wanted->ratings, r, wanted->positive_from);
}

static uint8_t *byte_of(const struct interactions *interactions, uint32_t user, uint32_t item) {
    return interactions->bits + user * bit_row_bytes(interactions->items) + item / 8;
}

/* Turns counts at [n + 1] into starts at [n]: after a fill that advances start[n + 1], start[n] is n's first place. */
static void counts_to_starts(uint32_t *start, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) start[i + 1] += start[i];
}

/* Users of each item, in a temporary block: start [items + 2], then user [ratings]. */
static uint32_t *bucket_by_item(const struct wanted *wanted) {
    const struct ratings *ratings = wanted->ratings;
    uint32_t items = ratings->items.count;
    uint32_t *start = memory_zeroed(ratings->count + items + 2, sizeof *start);
    if (start == NULL) return NULL;
    uint32_t *user = start + items + 2;
    for (uint64_t r = 0; r < ratings->count; r++)
        if (kept(wanted, r)) start[ratings->rows[r].item + 2]++;
    counts_to_starts(start + 1, items);
    for (uint64_t r = 0; r < ratings->count; r++)
        if (kept(wanted, r)) user[start[ratings->rows[r].item + 1]++] = ratings->rows[r].user;
    return start;
}

/* Repeated pairs stand side by side in a sorted row: keeps the first of each and closes the gaps. */
static uint32_t drop_repeats(struct interactions *rows, uint32_t users) {
    uint32_t count = 0;
    for (uint32_t u = 0, from = 0; u < users; u++) {
        uint32_t first = count, end = rows->start[u + 1];
        for (; from < end; from++)
            if (count == first || rows->item[count - 1] != rows->item[from]) {
                rows->user[count] = u;
                rows->item[count++] = rows->item[from];
            }
        rows->start[u + 1] = count;
    }
    return count;
}

enum { UNSEEN, NO_POSITIVE, CHOICE };

/* What each item is, [items] in a temporary block, and in *choices how many there are to choose from. */
static uint8_t *find_choices(uint32_t *choices, const struct wanted *wanted) {
    const struct ratings *ratings = wanted->ratings;
    uint8_t *kind = memory_zeroed(ratings->items.count, 1);
    if (kind == NULL) return NULL;
    for (uint64_t r = 0; r < ratings->count; r++) {
        uint8_t *item = kind + ratings->rows[r].item;
        if (interactions_is_positive(ratings, r, wanted->positive_from))
            *item = CHOICE;
        else if (*item == UNSEEN)
            *item = NO_POSITIVE;
    }
    *choices = 0;
    for (uint32_t i = 0; i < ratings->items.count; i++) *choices += kind[i] != NO_POSITIVE;
    return kind;
}

static enum status make(struct interactions **out, const struct wanted *wanted, const uint8_t *kind,
                        uint32_t choices) {
    uint32_t users = wanted->ratings->users.count, items = wanted->ratings->items.count, *choice;
    uint32_t *by_item = bucket_by_item(wanted);
    if (by_item == NULL) return STATUS_MEMORY;
    uint32_t pairs = by_item[items];
    struct arena arena = {0};
    struct interactions rows = {.users = users, .items = items, .choices = choices};
    lay_out(&arena, &rows, users, items, pairs, &choice);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) {
        free(by_item);
        return STATUS_MEMORY;
    }
    struct interactions *interactions = lay_out(&arena, &rows, users, items, pairs, &choice);
    const uint32_t *user = by_item + items + 2;
    for (uint32_t p = 0; p < pairs; p++) rows.start[user[p] + 2]++;
    counts_to_starts(rows.start + 1, users);
    for (uint32_t i = 0, p = 0; i < items; i++)
        for (; p < by_item[i + 1]; p++) rows.item[rows.start[user[p] + 1]++] = i;
    free(by_item);
    rows.start[0] = 0;
    rows.count = drop_repeats(&rows, users);
    for (uint32_t i = 0, c = 0; choice != NULL && i < items; i++)
        if (kind[i] != NO_POSITIVE) choice[c++] = i;
    rows.choice = choice;
    *interactions = rows;
    for (uint32_t p = 0; rows.bits != NULL && p < rows.count; p++)
        *byte_of(&rows, rows.user[p], rows.item[p]) |= (uint8_t)(1 << rows.item[p] % 8);
    *out = interactions;
    return STATUS_OK;
}

enum status interactions_of_positives(struct interactions **out, const struct ratings *ratings,
                                      const uint32_t *held_out, float positive_from) {
    *out = NULL;
    if (ratings->count > RATINGS_MAX) return STATUS_TOO_LARGE;
    struct wanted wanted = {ratings, held_out, positive_from};
    uint32_t choices = ratings->items.count;
    uint8_t *kind = NULL;
    if (positive_from > -INFINITY && (kind = find_choices(&choices, &wanted)) == NULL) return STATUS_MEMORY;
    enum status status = make(out, &wanted, kind, choices);
    free(kind);
    return status;
}

enum status interactions_new(struct interactions **out, const struct ratings *ratings,
                             const uint32_t *held_out) {
    return interactions_of_positives(out, ratings, held_out, -INFINITY);
}

void interactions_free(struct interactions *interactions) { free(interactions); }

void interactions_remove(struct interactions *interactions, const uint32_t *removed) {
    uint32_t count = 0;
    for (uint32_t u = 0, from = 0; u < interactions->users; u++) {
        for (uint32_t end = interactions->start[u + 1]; from < end; from++) {
            uint32_t item = interactions->item[from];
            if (item == removed[u]) {
                if (interactions->bits != NULL) *byte_of(interactions, u, item) &= (uint8_t) ~(1 << item % 8);
                continue;
            }
            interactions->user[count] = u;
            interactions->item[count++] = item;
        }
        interactions->start[u + 1] = count;
    }
    interactions->count = count;
}

uint32_t interactions_others(const struct interactions *interactions, uint32_t user) {
    return interactions->choices - (interactions->start[user + 1] - interactions->start[user]);
}

/* How many of the ascending items[n] are `item` or below. */
static uint32_t count_to(const uint32_t *items, uint32_t n, uint32_t item) {
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (items[middle] <= item)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t interactions_other(const struct interactions *interactions, uint32_t user, uint32_t n) {
    const uint32_t *own = interactions->item + interactions->start[user];
    uint32_t own_count = interactions->start[user + 1] - interactions->start[user];
    uint32_t low = n, high = n + own_count; /* the places among the choices where it can be */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        /* others up to here, this one included */
        uint32_t others = middle + 1 - count_to(own, own_count, interactions_choice(interactions, middle));
        if (others > n)
            high = middle;
        else
            low = middle + 1;
    }
    return interactions_choice(interactions, low);
}

bool interactions_has(const struct interactions *interactions, uint32_t user, uint32_t item) {
    if (interactions->bits != NULL) return *byte_of(interactions, user, item) >> item % 8 & 1;
    uint32_t low = interactions->start[user], high = interactions->start[user + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (interactions->item[middle] < item)
            low = middle + 1;
        else
            high = middle;
    }
    return low < interactions->start[user + 1] && interactions->item[low] == item;
}

uint32_t interactions_draw_other(const struct interactions *interactions, uint32_t user, struct rng *rng) {
    uint32_t others = interactions_others(interactions, user), choices = interactions->choices;
    uint32_t tries = others < choices / INTERACTIONS_VAIN_DRAWS ? 0 : INTERACTIONS_VAIN_DRAWS;
    for (uint32_t vain = 0; vain < tries; vain++) {
        uint32_t item = interactions_choice(interactions, rng_below(rng, choices));
        if (!interactions_has(interactions, user, item)) return item;
    }
    return interactions_other(interactions, user, rng_below(rng, others));
}

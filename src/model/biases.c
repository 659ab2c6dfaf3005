#include "model/biases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static struct biases *lay_out(struct arena *arena, struct biases *arrays, uint32_t users, uint32_t items) {
    struct biases *biases = arena_take(arena, 1, sizeof *biases);
    arrays->a = arena_take(arena, users, sizeof *arrays->a);
    arrays->b = arena_take(arena, items, sizeof *arrays->b);
    arrays->sum = arena_take(arena, users > items ? users : items, sizeof *arrays->sum);
    arrays->counts[0] = arena_take(arena, users, sizeof **arrays->counts);
    arrays->counts[1] = arena_take(arena, items, sizeof **arrays->counts);
    return biases;
}

/* The side that a sweep begins with. */
static enum biases_part first_side(uint32_t parts) {
    return (parts & BIASES_ITEMS) != 0 ? BIASES_ITEMS : BIASES_USERS;
}

enum status biases_new(struct biases **out, const struct rating_rows *train, uint32_t users, uint32_t items,
                       uint32_t parts, double l2) {
    *out = NULL;
    if (parts > (BIASES_USERS | BIASES_ITEMS) || !(l2 >= 0.0)) return STATUS_ARGUMENT;
    if (train->count == 0) return STATUS_EMPTY;
    struct arena arena = {0};
    struct biases state = {.train = train, .users = users, .items = items, .parts = parts, .l2 = l2};
    lay_out(&arena, &state, users, items);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct biases *biases = lay_out(&arena, &state, users, items);
    for (uint32_t r = 0; r < train->count; r++) {
        state.mean += (double)train->value[r];
        state.counts[0][train->user[r]]++;
        state.counts[1][train->item[r]]++;
    }
    state.mean /= (double)train->count;
    state.side = first_side(parts);
    state.done = parts == 0;
    *biases = state;
    *out = biases;
    return STATUS_OK;
}

void biases_free(struct biases *biases) { free(biases); }

/* Adds what rows from … to - 1 leave for the biases of the side under way. */
static void add_rests(struct biases *biases, uint32_t from, uint32_t to) {
    const struct rating_rows *train = biases->train;
    double mean = biases->mean, *sum = biases->sum;
    if (biases->side == BIASES_ITEMS)
        for (uint32_t r = from; r < to; r++)
            sum[train->item[r]] += (double)train->value[r] - mean - biases->a[train->user[r]];
    else
        for (uint32_t r = from; r < to; r++)
            sum[train->user[r]] += (double)train->value[r] - mean - biases->b[train->item[r]];
}

/* Makes the biases of the side whose sums are complete. */
static void solve(struct biases *biases) {
    bool of_items = biases->side == BIASES_ITEMS;
    double *values = of_items ? biases->b : biases->a;
    const uint32_t *counts = biases->counts[of_items ? 1 : 0];
    uint32_t n = of_items ? biases->items : biases->users;
    for (uint32_t i = 0; i < n; i++) {
        double value = counts[i] == 0 ? 0.0 : biases->sum[i] / (biases->l2 + (double)counts[i]);
        double change = fabs(value - values[i]);
        if (change > biases->change) biases->change = change;
        values[i] = value;
    }
    memset(biases->sum, 0, n * sizeof *biases->sum);
}

static double sum_of(const double *values, uint32_t n) {
    double sum = 0.0;
    for (uint32_t i = 0; i < n; i++) sum += values[i];
    return sum;
}

static uint32_t rated(const uint32_t *counts, uint32_t n) {
    uint32_t rated = 0;
    for (uint32_t i = 0; i < n; i++) rated += counts[i] > 0 ? 1 : 0;
    return rated;
}

static void shift(double *values, const uint32_t *counts, uint32_t n, double by) {
    for (uint32_t i = 0; i < n; i++)
        if (counts[i] > 0) values[i] += by;
}

/* What all users have more and all items less changes no prediction in train, only the penalty, which is least where the
 * sums of both are equal. Taking turns gets there by small steps: at λ = 0.5 it takes hundreds of sweeps, and tens with
 * this. */
static void balance(struct biases *biases) {
    uint32_t users = biases->users, items = biases->items;
    double by = sum_of(biases->b, items) - sum_of(biases->a, users);
    by /= (double)rated(biases->counts[0], users) + (double)rated(biases->counts[1], items);
    shift(biases->a, biases->counts[0], users, by);
    shift(biases->b, biases->counts[1], items, -by);
}

/* After the last row: on to the other side, or to the next sweep. */
static void turn(struct biases *biases) {
    bool both = biases->parts == (BIASES_USERS | BIASES_ITEMS);
    solve(biases);
    biases->next_row = 0;
    if (both && biases->side == BIASES_ITEMS) {
        biases->side = BIASES_USERS;
        return;
    }
    if (both) balance(biases);
    biases->sweeps++;
    biases->done = !both || biases->change <= BIASES_BOUND || biases->sweeps == BIASES_MAX_SWEEPS;
    biases->change = 0.0;
    biases->side = first_side(biases->parts);
}

void biases_run(struct biases *biases, uint32_t limit, bool *done) {
    while (limit > 0 && !biases->done) {
        uint32_t left = biases->train->count - biases->next_row, n = limit < left ? limit : left;
        add_rests(biases, biases->next_row, biases->next_row + n);
        biases->next_row += n;
        limit -= n;
        if (biases->next_row == biases->train->count) turn(biases);
    }
    *done = biases->done;
}

void biases_write(const struct biases *biases, float *mu, float *a, float *b) {
    *mu = (float)biases->mean;
    for (uint32_t u = 0; u < biases->users; u++) a[u] = (float)biases->a[u];
    for (uint32_t i = 0; i < biases->items; i++) b[i] = (float)biases->b[i];
}

float biases_fold_in(float mu, const float *b, const uint32_t *items, uint32_t n, double rating, double l2) {
    double sum = 0.0;
    for (uint32_t i = 0; i < n; i++) sum += rating - (double)mu - (double)b[items[i]];
    return (float)(sum / (l2 + (double)n));
}

void biases_predict(float *out, float mu, const float *a, const float *b, const uint32_t *users,
                    const uint32_t *items, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) out[i] = (mu + a[users[i]]) + b[items[i]];
}

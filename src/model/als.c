#include "model/als.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/kernels.h"
#include "base/memory.h"
#include "base/power.h"

static bool within(double x, double most) { return x >= 0.0 && x <= most; } /* false for NaN */

bool als_valid(const struct als_settings *settings) {
    return settings->method < ALS_METHODS && settings->factors > 0 && settings->factors <= ALS_MAX_FACTORS &&
           within(settings->l2, 1e9) && within(settings->missing, 1e9) &&
           within(settings->exponent, ALS_MAX_EXPONENT);
}

enum status als_item_weights(float *weights, const struct interactions *train,
                             const struct als_settings *settings) {
    double sum = 0.0;
    if (train->count == 0) return STATUS_EMPTY;
    for (uint32_t i = 0; i < train->items; i++) weights[i] = 0.0F;
    for (uint32_t n = 0; n < train->count; n++) weights[train->item[n]] += 1.0F;
    for (uint32_t i = 0; i < train->items; i++) sum += maths_pow((double)weights[i], settings->exponent);
    for (uint32_t i = 0; i < train->items; i++)
        weights[i] =
            settings->method == ALS_IALS
                ? (float)settings->missing
                : (float)(settings->missing * (maths_pow((double)weights[i], settings->exponent) / sum));
    return STATUS_OK;
}

float als_penalty(const struct als_settings *settings, uint32_t n, uint32_t others) {
    if (settings->method == ALS_EALS) return (float)settings->l2;
    return (float)(settings->l2 * maths_pow(n + settings->missing * others, settings->exponent));
}

void als_gram_add(double *gram, double *wide, const float *x, double weight, uint32_t F) {
    for (uint32_t f = 0; f < F; f++) wide[f] = (double)x[f];
    for (uint32_t r = 0; r < F; r++, gram += F) {
        double scale = weight * wide[r];
        v128_t scales = wasm_f64x2_splat(scale);
        uint32_t c = r;
        for (; c + 2 <= F; c += 2)
            wasm_v128_store(gram + c, wasm_f64x2_add(wasm_v128_load(gram + c),
                                                     wasm_f64x2_mul(scales, wasm_v128_load(wide + c))));
        if (c < F) gram[c] += scale * wide[c];
    }
}

/* The users of every item. Going through `train` by user leaves them ascending. */
static void transpose(const struct als *als, const struct interactions *train) {
    uint32_t *start = als->item_start;
    for (uint32_t n = 0; n < train->count; n++) start[train->item[n] + 2]++;
    for (uint32_t i = 0; i < train->items; i++) start[i + 2] += start[i + 1];
    for (uint32_t n = 0; n < train->count; n++) als->item_user[start[train->item[n] + 1]++] = train->user[n];
}

static void lay_out_side(struct arena *arena, struct als_side *side, uint32_t F) {
    side->weight = arena_take(arena, side->rows, sizeof *side->weight);
    side->penalty = arena_take(arena, side->rows, sizeof *side->penalty);
    side->gram = arena_take(arena, (uint64_t)F * F, sizeof *side->gram);
}

static struct als *lay_out(struct arena *arena, struct als *als, uint32_t pairs) {
    struct als *self = arena_take(arena, 1, sizeof *self);
    als->item_start = arena_take(arena, als->items.rows + UINT64_C(2), sizeof *als->item_start);
    als->item_user = arena_take(arena, pairs, sizeof *als->item_user);
    als->wide = arena_take(arena, als->settings.factors, sizeof *als->wide);
    lay_out_side(arena, &als->users, als->settings.factors);
    lay_out_side(arena, &als->items, als->settings.factors);
    return self;
}

static uint32_t pairs_of(const struct als_side *side, uint32_t row) {
    return side->start[row + 1] - side->start[row];
}

static uint32_t longest_row(const struct als_side *side) {
    uint32_t longest = 0;
    for (uint32_t r = 0; r < side->rows; r++)
        if (pairs_of(side, r) > longest) longest = pairs_of(side, r);
    return longest;
}

static void fill_in(struct als *als, const struct interactions *train) {
    transpose(als, train);
    als->users.start = train->start, als->users.other = train->item;
    als->items.start = als->item_start, als->items.other = als->item_user;
    for (uint32_t u = 0; u < als->users.rows; u++) {
        als->users.weight[u] = 1.0F;
        als->users.penalty[u] = als_penalty(&als->settings, pairs_of(&als->users, u), als->items.rows);
    }
    for (uint32_t i = 0; i < als->items.rows; i++)
        als->items.penalty[i] = als_penalty(&als->settings, pairs_of(&als->items, i), als->users.rows);
}

enum status als_new(struct als **out, float *users, float *items, const struct interactions *train,
                    const struct als_settings *settings) {
    *out = NULL;
    if (!als_valid(settings)) return STATUS_ARGUMENT;
    if (train->count == 0) return STATUS_EMPTY;
    struct als description = {.settings = *settings,
                              .users = {.table = users, .rows = train->users},
                              .items = {.table = items, .rows = train->items}};
    struct arena arena = {0};
    lay_out(&arena, &description, train->count);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct als *als = lay_out(&arena, &description, train->count);
    *als = description;
    fill_in(als, train);
    enum status status = als_item_weights(als->items.weight, train, settings);
    uint32_t longest = longest_row(&als->users), other = longest_row(&als->items);
    if (status == STATUS_OK)
        status = settings->method == ALS_IALS
                     ? ials_new(&als->ials, settings->factors)
                     : eals_new(&als->eals, settings->factors, longest > other ? longest : other);
    if (status != STATUS_OK) {
        als_free(als);
        return status;
    }
    als_restart(als);
    *out = als;
    return STATUS_OK;
}

void als_free(struct als *als) {
    if (als == NULL) return;
    ials_free(als->ials);
    eals_free(als->eals);
    free(als);
}

void als_restart(struct als *als) {
    als->stage = ALS_START;
    als->row = als->pair = als->epochs = 0;
    als->loss = (double)NAN;
}

/* Before a sweep's first row: what it sums starts at zero, what it fits to is told to the solver. */
static void begin_sweep(struct als *als, struct als_side *side, const struct als_side *other) {
    memset(side->gram, 0, (size_t)als->settings.factors * als->settings.factors * sizeof *side->gram);
    side->penalties = als->errors = 0.0;
    if (als->stage == ALS_START) return;
    if (als->ials != NULL)
        ials_set_gram(als->ials, other->gram);
    else
        eals_set_gram(als->eals, other->gram);
}

/* Fits the row that is next; false where pairs of it are left for the next step. */
static bool fit_row(struct als *als, const struct als_side *side, const struct als_side *other) {
    uint32_t F = als->settings.factors, r = als->row, n = pairs_of(side, r);
    float *row = side->table + (size_t)r * F;
    const uint32_t *others = side->other + side->start[r];
    if (n == 0) {
        memset(row, 0, F * sizeof *row);
    } else if (als->eals != NULL) {
        struct eals_row description = {.table = other->table,
                                       .other_weights = other->weight,
                                       .others = others,
                                       .n = n,
                                       .weight = side->weight[r],
                                       .penalty = side->penalty[r]};
        eals_sweep(als->eals, row, &description, 1);
    } else {
        if (als->pair == 0) ials_begin(als->ials, side->weight[r], side->penalty[r]);
        uint32_t count = n - als->pair < IALS_BLOCK ? n - als->pair : IALS_BLOCK;
        ials_add(als->ials, other->table, others + als->pair, NULL, count);
        als->pair += count;
        if (als->pair < n) return false;
        ials_solve(als->ials, row);
    }
    als->pair = 0;
    return true;
}

/* What the pairs of a row add to the objective, the missing data of all pairs aside. */
static double row_errors(const struct als *als, const struct als_side *side, const struct als_side *other) {
    uint32_t F = als->settings.factors, r = als->row;
    double sum = 0.0, weight = als->eals != NULL ? (double)side->weight[r] : 0.0;
    for (uint32_t from = side->start[r]; from < side->start[r + 1]; from += IALS_BLOCK) {
        float scores[IALS_BLOCK] = {0.0F};
        uint32_t left = side->start[r + 1] - from, n = left < IALS_BLOCK ? left : IALS_BLOCK;
        const uint32_t *others = side->other + from;
        kernel_dot_rows(scores, side->table + (size_t)r * F, other->table, others, n, F);
        for (uint32_t k = 0; k < n; k++) {
            double score = (double)scores[k], missing = weight * (double)other->weight[others[k]];
            sum += (1.0 - score) * (1.0 - score) - missing * score * score;
        }
    }
    return sum;
}

/* Adds the next row as it is now to the sums of its side. */
static void sum_row(struct als *als, struct als_side *side) {
    uint32_t F = als->settings.factors, r = als->row;
    const float *row = side->table + (size_t)r * F;
    double square = 0.0;
    als_gram_add(side->gram, als->wide, row, (double)side->weight[r], F);
    for (uint32_t f = 0; f < F; f++) square += als->wide[f] * als->wide[f];
    side->penalties += (double)side->penalty[r] * square;
}

/* Σ_{u,i} w_u w_i (p_u·q_i)², told from the Gram matrices: the sum over all elements of their product by elements. */
static double missing_data(const struct als *als) {
    uint32_t F = als->settings.factors;
    double sum = 0.0;
    for (uint32_t r = 0; r < F; r++)
        for (uint32_t c = r; c < F; c++) {
            size_t at = (size_t)r * F + c;
            sum += (r == c ? 1.0 : 2.0) * als->users.gram[at] * als->items.gram[at];
        }
    return sum;
}

static enum als_reached end_sweep(struct als *als) {
    als->row = 0;
    if (als->stage != ALS_START)
        als->loss = als->errors + missing_data(als) + als->users.penalties + als->items.penalties;
    bool epoch = als->stage == ALS_ITEMS, start = als->stage == ALS_START;
    als->epochs += epoch;
    als->stage = als->stage == ALS_USERS ? ALS_ITEMS : ALS_USERS;
    if (start) return ALS_WITHIN;
    return epoch ? ALS_EPOCH : ALS_HALF;
}

static enum als_reached step(struct als *als) {
    struct als_side *side = als->stage == ALS_USERS ? &als->users : &als->items;
    const struct als_side *other = als->stage == ALS_USERS ? &als->items : &als->users;
    if (als->row == 0 && als->pair == 0) begin_sweep(als, side, other);
    if (als->stage != ALS_START) {
        if (!fit_row(als, side, other)) return ALS_WITHIN;
        als->errors += row_errors(als, side, other);
    }
    sum_row(als, side);
    als->row++;
    return als->row == side->rows ? end_sweep(als) : ALS_WITHIN;
}

enum status als_run(struct als *als, uint32_t limit, enum als_reached *reached) {
    *reached = ALS_WITHIN;
    for (uint32_t n = 0; n < limit && *reached == ALS_WITHIN; n++) *reached = step(als);
    bool finite = isfinite(als->errors) && (*reached == ALS_WITHIN || isfinite(als->loss));
    return finite ? STATUS_OK : STATUS_NOT_FINITE;
}

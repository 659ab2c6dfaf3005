#include "data/holdout.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/rng.h"
#include "data/sampler.h"

enum { TRAIN, VALIDATION, TEST, PARTS };

/* The columns behind the const pointers of each part's rows, for who fills them. */
struct columns {
    uint32_t *user, *item;
    float *value;
};

/* Which places of the order are held out: `test` from `from` on, then `validation` more, beginning again at place 0
 * after the last. */
struct cut {
    uint64_t from, test, validation;
};

static bool has_bit(const uint8_t *bits, uint64_t i) { return bits[i / 8] >> i % 8 & 1; }

static void set_bit(uint8_t *bits, uint64_t i) { bits[i / 8] |= (uint8_t)(1 << i % 8); }

/* What looking for repeated pairs needs: rows by user, and each item's latest row so far, plus 1. */
struct lookup {
    uint32_t *start;  /* [users + 2] */
    uint32_t *row;    /* [rows] */
    uint32_t *latest; /* [items] */
};

static struct lookup lay_out_lookup(struct arena *arena, const struct ratings *ratings) {
    struct lookup lookup;
    lookup.start = arena_take(arena, (uint64_t)ratings->users.count + 2, sizeof *lookup.start);
    lookup.row = arena_take(arena, ratings->count, sizeof *lookup.row);
    lookup.latest = arena_take(arena, ratings->items.count, sizeof *lookup.latest);
    return lookup;
}

/* Sets the bits of rows whose pair has a later row. An item's latest row may be another user's, who came before. */
static enum status find_replaced(uint8_t *replaced, const struct ratings *ratings) {
    struct arena arena = {0};
    lay_out_lookup(&arena, ratings);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct lookup lookup = lay_out_lookup(&arena, ratings);
    const struct rating *rows = ratings->rows;
    uint32_t users = ratings->users.count;
    for (uint64_t r = 0; r < ratings->count; r++) lookup.start[rows[r].user + 2]++;
    for (uint32_t u = 0; u < users; u++) lookup.start[u + 2] += lookup.start[u + 1];
    for (uint64_t r = 0; r < ratings->count; r++) lookup.row[lookup.start[rows[r].user + 1]++] = (uint32_t)r;
    for (uint64_t n = 0; n < ratings->count; n++) {
        uint32_t row = lookup.row[n], *latest = lookup.latest + rows[row].item;
        if (*latest == 0 || rows[*latest - 1].user != rows[row].user) {
            *latest = row + 1;
        } else if (rows[row].time >= rows[*latest - 1].time) {
            set_bit(replaced, *latest - 1);
            *latest = row + 1;
        } else {
            set_bit(replaced, row);
        }
    }
    free(arena.base);
    return STATUS_OK;
}

static struct holdout *lay_out(struct arena *arena, struct columns *columns, const uint32_t *counts) {
    struct holdout *holdout = arena_take(arena, 1, sizeof *holdout);
    for (uint32_t p = 0; p < PARTS; p++) {
        columns[p].user = arena_take(arena, counts[p], sizeof *columns[p].user);
        columns[p].item = arena_take(arena, counts[p], sizeof *columns[p].item);
        columns[p].value = arena_take(arena, counts[p], sizeof *columns[p].value);
    }
    return holdout;
}

/* Hands every row that no later one replaces to its part. */
static void fill(struct columns *columns, const struct ratings *ratings, const uint8_t *replaced,
                 uint64_t kept, const struct cut *cut, uint64_t seed) {
    uint64_t key = rng_seeded(seed, RNG_HOLDOUT, 0).state, number = 0;
    uint32_t counts[PARTS] = {0};
    for (uint64_t r = 0; r < ratings->count; r++) {
        if (has_bit(replaced, r)) continue;
        uint64_t place = (sampler_permute(number++, kept, key) + kept - cut->from) % kept;
        uint32_t part = place < cut->test ? TEST : place - cut->test < cut->validation ? VALIDATION : TRAIN;
        const struct rating *row = ratings->rows + r;
        columns[part].user[counts[part]] = row->user;
        columns[part].item[counts[part]] = row->item;
        columns[part].value[counts[part]++] = row->value;
    }
}

static struct rating_rows rows_of(struct columns columns, uint32_t count) {
    return (struct rating_rows){count, columns.user, columns.item, columns.value};
}

static void widen_scale(struct holdout *holdout, const struct rating_rows *rows) {
    for (uint32_t r = 0; r < rows->count; r++) {
        if (rows->value[r] < holdout->lowest) holdout->lowest = rows->value[r];
        if (rows->value[r] > holdout->highest) holdout->highest = rows->value[r];
    }
}

static void measure(struct holdout *holdout) {
    double sum = 0.0;
    for (uint32_t r = 0; r < holdout->train.count; r++) sum += (double)holdout->train.value[r];
    holdout->mean = sum / (double)holdout->train.count;
    holdout->lowest = holdout->highest = holdout->train.value[0];
    widen_scale(holdout, &holdout->train);
    widen_scale(holdout, &holdout->validation);
    widen_scale(holdout, &holdout->test);
}

static enum status make(struct holdout **out, const struct ratings *ratings, const uint8_t *replaced,
                        uint64_t kept, const struct cut *cut, uint64_t seed) {
    const uint32_t counts[PARTS] = {[TRAIN] = (uint32_t)(kept - cut->test - cut->validation),
                                    [VALIDATION] = (uint32_t)cut->validation,
                                    [TEST] = (uint32_t)cut->test};
    struct columns columns[PARTS];
    struct arena arena = {0};
    lay_out(&arena, columns, counts);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct holdout *holdout = lay_out(&arena, columns, counts);
    fill(columns, ratings, replaced, kept, cut, seed);
    *holdout = (struct holdout){.users = ratings->users.count,
                                .items = ratings->items.count,
                                .train = rows_of(columns[TRAIN], counts[TRAIN]),
                                .validation = rows_of(columns[VALIDATION], counts[VALIDATION]),
                                .test = rows_of(columns[TEST], counts[TEST])};
    measure(holdout);
    if (holdout->lowest == holdout->highest) {
        holdout_free(holdout);
        return STATUS_ONE_VALUE;
    }
    *out = holdout;
    return STATUS_OK;
}

/* What is asked for: a share where `folds` is 0, else a fold. */
struct request {
    double test, validation;
    uint32_t fold, folds;
};

static uint64_t share_of(uint64_t count, double share) {
    return (uint64_t)floor((double)count * share + 0.5);
}

static enum status cut_of(struct cut *cut, const struct request *request, uint64_t kept) {
    if (kept < request->folds) return STATUS_FEW_RATINGS;
    if (request->folds == 0) {
        *cut = (struct cut){.test = share_of(kept, request->test)};
    } else {
        cut->from = kept * request->fold / request->folds;
        cut->test = kept * (request->fold + UINT64_C(1)) / request->folds - cut->from;
    }
    cut->validation = share_of(kept - cut->test, request->validation);
    bool lacks_validation = request->validation > 0.0 && cut->validation == 0;
    bool has_all = cut->test > 0 && !lacks_validation && cut->test + cut->validation < kept;
    return has_all ? STATUS_OK : STATUS_FEW_RATINGS;
}

static enum status hold_out(struct holdout **out, const struct ratings *ratings,
                            const struct request *request, uint64_t seed) {
    struct cut cut;
    *out = NULL;
    uint8_t *replaced = memory_zeroed(ratings->count / 8 + 1, 1);
    if (replaced == NULL) return STATUS_MEMORY;
    enum status status = find_replaced(replaced, ratings);
    uint64_t kept = ratings->count;
    for (uint64_t r = 0; r < ratings->count; r++) kept -= has_bit(replaced, r);
    if (status == STATUS_OK) status = cut_of(&cut, request, kept);
    if (status == STATUS_OK) status = make(out, ratings, replaced, kept, &cut, seed);
    free(replaced);
    return status;
}

enum status holdout_random(struct holdout **out, const struct ratings *ratings, double test,
                           double validation, uint64_t seed) {
    *out = NULL;
    if (!(test > 0.0 && test < 1.0 && validation >= 0.0 && validation < 1.0)) return STATUS_ARGUMENT;
    return hold_out(out, ratings, &(struct request){.test = test, .validation = validation}, seed);
}

enum status holdout_fold(struct holdout **out, const struct ratings *ratings, uint32_t fold, uint32_t folds,
                         double validation, uint64_t seed) {
    *out = NULL;
    if (folds < 2 || fold >= folds || !(validation >= 0.0 && validation < 1.0)) return STATUS_ARGUMENT;
    struct request request = {.validation = validation, .fold = fold, .folds = folds};
    return hold_out(out, ratings, &request, seed);
}

void holdout_free(struct holdout *holdout) { free(holdout); }

#include "model/als_fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/cholesky.h"
#include "base/kernels.h"
#include "base/memory.h"

static struct als_fold *lay_out(struct arena *arena, struct als_fold *fold) {
    struct als_fold *self = arena_take(arena, 1, sizeof *self);
    uint32_t F = fold->settings.factors;
    fold->weight = arena_take(arena, fold->items, sizeof *fold->weight);
    fold->d = arena_take(arena, IALS_BLOCK, sizeof *fold->d);
    fold->gram = arena_take(arena, (uint64_t)F * F, sizeof *fold->gram);
    fold->wide = arena_take(arena, F, sizeof *fold->wide);
    fold->solution = arena_take(arena, cholesky_width(F), sizeof *fold->solution);
    return self;
}

enum status als_fold_new(struct als_fold **out, const float *table, const struct interactions *train,
                         const struct als_settings *settings) {
    *out = NULL;
    if (!als_valid(settings)) return STATUS_ARGUMENT;
    struct als_fold description = {.settings = *settings, .table = table, .items = train->items};
    struct arena arena = {0};
    lay_out(&arena, &description);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct als_fold *fold = lay_out(&arena, &description);
    *fold = description;
    enum status status = als_item_weights(fold->weight, train, settings);
    if (status == STATUS_OK) status = ials_new(&fold->ials, settings->factors);
    if (status != STATUS_OK) {
        als_fold_free(fold);
        return status;
    }
    als_fold_refresh(fold);
    *out = fold;
    return STATUS_OK;
}

void als_fold_free(struct als_fold *fold) {
    if (fold == NULL) return;
    ials_free(fold->ials);
    free(fold);
}

void als_fold_refresh(struct als_fold *fold) {
    uint32_t F = fold->settings.factors;
    memset(fold->gram, 0, (size_t)F * F * sizeof *fold->gram);
    for (uint32_t i = 0; i < fold->items; i++)
        als_gram_add(fold->gram, fold->wide, fold->table + (size_t)i * F, (double)fold->weight[i], F);
    ials_set_gram(fold->ials, fold->gram);
}

enum status als_fold_in(struct als_fold *fold, float *p, const uint32_t *liked, uint32_t n) {
    for (uint32_t k = 0; k < n; k++)
        if (liked[k] >= fold->items) return STATUS_ARGUMENT;
    bool replaces = fold->settings.method == ALS_EALS;
    ials_begin(fold->ials, 1.0F, als_penalty(&fold->settings, n, fold->items));
    for (uint32_t done = 0; done < n; done += IALS_BLOCK) {
        uint32_t count = n - done < IALS_BLOCK ? n - done : IALS_BLOCK;
        for (uint32_t k = 0; k < count; k++) fold->d[k] = 1.0F - fold->weight[liked[done + k]];
        ials_add(fold->ials, fold->table, liked + done, replaces ? fold->d : NULL, count);
    }
    ials_solve(fold->ials, p);
    return STATUS_OK;
}

void als_fold_shares(struct als_fold *fold, float *shares, uint32_t item, const uint32_t *liked, uint32_t n) {
    uint32_t F = fold->settings.factors;
    memset(fold->solution, 0, fold->ials->width * sizeof *fold->solution);
    memcpy(fold->solution, fold->table + (size_t)item * F, F * sizeof *fold->solution);
    cholesky_solve(fold->solution, fold->ials->matrix, fold->ials->width);
    memset(shares, 0, n * sizeof *shares);
    kernel_dot_rows(shares, fold->solution, fold->table, liked, n, F);
}

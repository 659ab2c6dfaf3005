#include "model/ials.h"

#include <stdlib.h>
#include <string.h>

#include "base/cholesky.h"
#include "base/kernels.h"
#include "base/memory.h"

#define B CHOLESKY_BLOCK

static struct ials *lay_out(struct arena *arena, struct ials *ials) {
    struct ials *self = arena_take(arena, 1, sizeof *self);
    size_t size = cholesky_size(ials->width);
    ials->gram = arena_take(arena, size, sizeof *ials->gram);
    ials->matrix = arena_take(arena, size, sizeof *ials->matrix);
    ials->block = arena_take(arena, size, sizeof *ials->block);
    ials->rows = arena_take(arena, (uint64_t)IALS_BLOCK * ials->width, sizeof *ials->rows);
    ials->scaled = arena_take(arena, (uint64_t)IALS_BLOCK * ials->width, sizeof *ials->scaled);
    ials->sum = arena_take(arena, ials->width, sizeof *ials->sum);
    return self;
}

enum status ials_new(struct ials **out, uint32_t factors) {
    *out = NULL;
    struct ials description = {.factors = factors, .width = cholesky_width(factors)};
    struct arena arena = {0};
    lay_out(&arena, &description);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct ials *ials = lay_out(&arena, &description);
    *ials = description;
    *out = ials;
    return STATUS_OK;
}

void ials_free(struct ials *ials) { free(ials); }

void ials_set_gram(struct ials *ials, const double *gram) { cholesky_pack(ials->gram, gram, ials->factors); }

void ials_begin(struct ials *ials, float weight, float penalty) {
    kernel_scale(ials->matrix, weight, ials->gram, (uint32_t)cholesky_size(ials->width));
    cholesky_add_diagonal(ials->matrix, penalty, ials->factors);
    memset(ials->sum, 0, ials->width * sizeof *ials->sum);
}

/* to[r, .] of panels [n, 8] = scale * row[F], the last panel filled up with zeros. */
static void gather(float *to, float scale, const float *row, uint32_t F, uint32_t n) {
    size_t step = (size_t)n * B;
    for (; F >= B; F -= B, row += B, to += step) kernel_scale(to, scale, row, B);
    if (F == 0) return;
    memset(to, 0, B * sizeof *to);
    kernel_scale(to, scale, row, F);
}

void ials_add(struct ials *ials, const float *table, const uint32_t *others, const float *d, uint32_t n) {
    uint32_t F = ials->factors;
    for (uint32_t r = 0; r < n; r++) {
        const float *row = table + (size_t)others[r] * F;
        gather(ials->rows + (size_t)r * B, 1.0F, row, F, n);
        if (d != NULL) gather(ials->scaled + (size_t)r * B, d[r], row, F, n);
        kernel_add(ials->sum, row, F);
    }
    cholesky_gram(ials->block, d == NULL ? ials->rows : ials->scaled, ials->rows, n, ials->width);
    kernel_add(ials->matrix, ials->block, (uint32_t)cholesky_size(ials->width));
}

void ials_solve(struct ials *ials, float *out) {
    cholesky_factor(ials->matrix, ials->width);
    cholesky_solve(ials->sum, ials->matrix, ials->width);
    memcpy(out, ials->sum, ials->factors * sizeof *out);
}

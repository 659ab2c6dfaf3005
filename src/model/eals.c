#include "model/eals.h"

#include <stdlib.h>
#include <string.h>

#include "base/kernels.h"
#include "base/memory.h"

static uint64_t filled_up(uint64_t n) { return (n + 3) / 4 * 4; }

static struct eals *lay_out(struct arena *arena, struct eals *eals, uint32_t longest) {
    struct eals *self = arena_take(arena, 1, sizeof *self);
    uint32_t F = eals->factors;
    eals->gram = arena_take(arena, (uint64_t)F * F, sizeof *eals->gram);
    eals->columns = arena_take(arena, F * filled_up(longest), sizeof *eals->columns);
    eals->errors = arena_take(arena, filled_up(longest), sizeof *eals->errors);
    eals->weights = arena_take(arena, filled_up(longest), sizeof *eals->weights);
    return self;
}

enum status eals_new(struct eals **out, uint32_t factors, uint32_t longest) {
    *out = NULL;
    struct eals description = {.factors = factors};
    struct arena arena = {0};
    lay_out(&arena, &description, longest);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct eals *eals = lay_out(&arena, &description, longest);
    *eals = description;
    *out = eals;
    return STATUS_OK;
}

void eals_free(struct eals *eals) { free(eals); }

void eals_set_gram(struct eals *eals, const double *gram) {
    size_t F = eals->factors;
    for (size_t r = 0; r < F; r++)
        for (size_t c = r; c < F; c++) eals->gram[r * F + c] = eals->gram[c * F + r] = (float)gram[r * F + c];
}

/* Four rows of F floats become four columns of columns[F, n], from column r on. */
static void transpose_four(float *columns, const float *const rows[4], uint32_t r, uint32_t n, uint32_t F) {
    uint32_t f = 0;
    float *to = columns + r;
    for (; f + 4 <= F; f += 4, to += (size_t)4 * n) {
        v128_t x0 = wasm_v128_load(rows[0] + f), x1 = wasm_v128_load(rows[1] + f);
        v128_t x2 = wasm_v128_load(rows[2] + f), x3 = wasm_v128_load(rows[3] + f);
        v128_t low01 = wasm_i32x4_shuffle(x0, x1, 0, 4, 1, 5), low23 = wasm_i32x4_shuffle(x2, x3, 0, 4, 1, 5);
        v128_t high01 = wasm_i32x4_shuffle(x0, x1, 2, 6, 3, 7),
               high23 = wasm_i32x4_shuffle(x2, x3, 2, 6, 3, 7);
        wasm_v128_store(to, wasm_i32x4_shuffle(low01, low23, 0, 1, 4, 5));
        wasm_v128_store(to + n, wasm_i32x4_shuffle(low01, low23, 2, 3, 6, 7));
        wasm_v128_store(to + (size_t)2 * n, wasm_i32x4_shuffle(high01, high23, 0, 1, 4, 5));
        wasm_v128_store(to + (size_t)3 * n, wasm_i32x4_shuffle(high01, high23, 2, 3, 6, 7));
    }
    for (; f < F; f++, to += n)
        for (uint32_t k = 0; k < 4; k++) to[k] = rows[k][f];
}

/* Gathers the rows, their d and e; returns the pairs filled up. Pairs that fill up repeat the first one with d = e = 0, so
 * that they count for nothing. */
static uint32_t gather(struct eals *eals, const float *p, const struct eals_row *row) {
    uint32_t F = eals->factors, n = (uint32_t)filled_up(row->n);
    for (uint32_t r = 0; r < n; r += 4) {
        const float *rows[4];
        for (uint32_t k = 0; k < 4; k++)
            rows[k] = row->table + (size_t)row->others[r + k < row->n ? r + k : 0] * F;
        transpose_four(eals->columns, rows, r, n, F);
    }
    memset(eals->errors, 0, n * sizeof *eals->errors);
    memset(eals->weights, 0, n * sizeof *eals->weights);
    kernel_dot_rows(eals->errors, p, row->table, row->others, row->n, F);
    for (uint32_t r = 0; r < row->n; r++) {
        float d = 1.0F - row->weight * row->other_weights[row->others[r]];
        eals->weights[r] = d;
        eals->errors[r] = 1.0F - d * eals->errors[r];
    }
    return n;
}

/* Σ e x and Σ d x² over n, a multiple of 4, each in the order of kernel_dot. */
static inline void two_sums(float *gradient, float *curvature, const float *x, const float *e, const float *d,
                            uint32_t n) {
    v128_t first = wasm_f32x4_splat(0.0F), second = first;
    for (uint32_t i = 0; i < n; i += 4) {
        v128_t column = wasm_v128_load(x + i);
        first = wasm_f32x4_add(first, wasm_f32x4_mul(wasm_v128_load(e + i), column));
        v128_t square = wasm_f32x4_mul(column, column);
        second = wasm_f32x4_add(second, wasm_f32x4_mul(wasm_v128_load(d + i), square));
    }
    v128_t pairs = wasm_f32x4_add(wasm_i32x4_shuffle(first, second, 0, 1, 4, 5),
                                  wasm_i32x4_shuffle(first, second, 2, 3, 6, 7));
    *gradient = wasm_f32x4_extract_lane(pairs, 0) + wasm_f32x4_extract_lane(pairs, 1);
    *curvature = wasm_f32x4_extract_lane(pairs, 2) + wasm_f32x4_extract_lane(pairs, 3);
}

void eals_sweep(struct eals *eals, float *p, const struct eals_row *row, uint32_t sweeps) {
    uint32_t F = eals->factors, n = gather(eals, p, row);
    for (uint32_t step = 0; step < sweeps * F; step++) {
        uint32_t f = step % F;
        const float *x = eals->columns + (size_t)f * n, *gram = eals->gram + (size_t)f * F;
        float gradient, curvature;
        two_sums(&gradient, &curvature, x, eals->errors, eals->weights, n);
        gradient -= row->weight * kernel_dot(gram, p, F) + row->penalty * p[f];
        curvature += row->weight * gram[f] + row->penalty;
        if (curvature <= 0.0F) continue;
        float change = gradient / curvature;
        p[f] += change;
        kernel_axpy_product(eals->errors, -change, eals->weights, x, n);
    }
}

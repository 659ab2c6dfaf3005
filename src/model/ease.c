#include "model/ease.h"

#include <stdlib.h>
#include <string.h>

#include "base/kernels.h"
#include "base/memory.h"

#define BLOCK EASE_BLOCK
#define AREA ((size_t)BLOCK * BLOCK)

static uint32_t block_count(uint32_t items) { return items / BLOCK + (items % BLOCK != 0); }

/* Rows of the block that begins at row `first`. */
static uint32_t block_rows(const struct ease *ease, uint32_t first) {
    return ease->items - first < BLOCK ? ease->items - first : BLOCK;
}

static struct ease *lay_out(struct arena *arena, struct ease *arrays, uint32_t items) {
    struct ease *ease = arena_take(arena, 1, sizeof *ease);
    float *own = arena_take(arena, arrays->borrowed ? 0 : (uint64_t)items * items, sizeof *own);
    if (!arrays->borrowed) arrays->weights = own;
    arrays->counts = arena_take(arena, items, sizeof *arrays->counts);
    arrays->panel = arena_take(arena, block_count(items) * (uint64_t)AREA, sizeof *arrays->panel);
    arrays->diagonal = arena_take(arena, items, sizeof *arrays->diagonal);
    arrays->inverse = arena_take(arena, AREA, sizeof *arrays->inverse);
    arrays->stripe = arena_take(arena, AREA, sizeof *arrays->stripe);
    arrays->pivots = arena_take(arena, AREA, sizeof *arrays->pivots);
    return ease;
}

uint64_t ease_bytes(uint32_t items) {
    uint64_t weights = (uint64_t)items * items; /* an arena does not count further than it may hold */
    if (weights > MEMORY_MAX_BYTES / sizeof(float))
        return weights > UINT64_MAX / sizeof(float) ? UINT64_MAX : weights * sizeof(float);
    struct arena arena = {0};
    struct ease arrays = {0};
    lay_out(&arena, &arrays, items);
    return arena.used;
}

enum status ease_new_at(struct ease **out, const struct interactions *train, float l2, float *weights) {
    *out = NULL;
    if (train->items == 0 || !(l2 > 0.0F) || l2 - l2 != 0.0F) return STATUS_ARGUMENT;
    if (ease_bytes(train->items) > MEMORY_MAX_BYTES) return STATUS_TOO_LARGE;
    struct ease arrays = {.items = train->items,
                          .l2 = l2,
                          .passes = block_count(train->items) + 2,
                          .borrowed = weights != NULL,
                          .weights = weights};
    struct arena arena = {0};
    lay_out(&arena, &arrays, train->items);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct ease *ease = lay_out(&arena, &arrays, train->items);
    *ease = arrays;
    enum status status = cooccurrence_new(&ease->cooccurrence, train);
    if (status != STATUS_OK) {
        ease_free(ease);
        return status;
    }
    *out = ease;
    return STATUS_OK;
}

enum status ease_new(struct ease **out, const struct interactions *train, float l2) {
    return ease_new_at(out, train, l2, NULL);
}

void ease_free(struct ease *ease) {
    if (ease == NULL) return;
    cooccurrence_free(ease->cooccurrence);
    free(ease);
}

/* A row of G's lower triangle. */
static void count_row(struct ease *ease, uint32_t i) {
    float *row = ease->weights + (size_t)i * ease->items;
    cooccurrence_row(ease->counts, ease->cooccurrence, i, i + 1);
    for (uint32_t j = 0; j <= i; j++) row[j] = (float)ease->counts[j];
    row[i] += ease->l2;
}

/* a[n, n], rows BLOCK apart, becomes its inverse (Gauss-Jordan). No pivot of what is left of G may be below G's least
 * eigenvalue, which is at least λ: one below `least` is a product of rounding. Returns whether there was none. */
static bool invert(double *a, uint32_t n, double least) {
    for (uint32_t k = 0; k < n; k++) {
        double *row = a + (size_t)k * BLOCK;
        if (!(row[k] >= least)) return false;
        double scale = 1.0 / row[k];
        row[k] = 1.0;
        for (uint32_t j = 0; j < n; j++) row[j] *= scale;
        for (uint32_t i = 0; i < n; i++) {
            double *other = a + (size_t)i * BLOCK, factor = other[k];
            if (i == k) continue;
            other[k] = 0.0;
            for (uint32_t j = 0; j < n; j++) other[j] -= factor * row[j];
        }
    }
    return true;
}

/* Block K, which begins at row `pivot`: inverts A[K, K], in double precision since it costs next to nothing. */
static bool invert_pivots(struct ease *ease, uint32_t pivot) {
    uint32_t width = block_rows(ease, pivot);
    for (uint32_t i = 0; i < width; i++)
        for (uint32_t j = 0; j <= i; j++) {
            double x = (double)ease->weights[(size_t)(pivot + i) * ease->items + pivot + j];
            ease->pivots[i * BLOCK + j] = x, ease->pivots[j * BLOCK + i] = x;
        }
    if (!invert(ease->pivots, width, 0.5 * (double)ease->l2)) return false;
    for (uint32_t i = 0; i < width; i++)
        for (uint32_t j = 0; j <= i; j++) {
            float x = (float)ease->pivots[i * BLOCK + j];
            ease->inverse[i * BLOCK + j] = x, ease->inverse[j * BLOCK + i] = x;
        }
    return true;
}

/* Copies A[R, K]ᵀ out for every other block R. Above K the triangle holds it as A[K, R], below K as A[R, K]. */
static void copy_panel(struct ease *ease, uint32_t pivot) {
    uint32_t items = ease->items, width = block_rows(ease, pivot);
    float *block = ease->panel;
    for (uint32_t first = 0; first < items; first += BLOCK, block += AREA) {
        uint32_t rows = block_rows(ease, first);
        const float *above = ease->weights + (size_t)pivot * items + first;
        const float *below = ease->weights + (size_t)first * items + pivot;
        for (uint32_t k = 0; k < width && first < pivot; k++)
            memcpy(block + (size_t)k * BLOCK, above + (size_t)k * items, rows * sizeof *block);
        for (uint32_t r = 0; r < rows && first > pivot; r++)
            for (uint32_t k = 0; k < width; k++) block[k * BLOCK + r] = below[(size_t)r * items + k];
    }
}

/* c[rows, columns] -= stripe[rows, width] · panel block [width, columns], four rows at a time: products first, so that the
 * loads of c, which is far away in memory, don't wait for one another. */
static void subtract_product(float *c, uint32_t ldc, const float *stripe, const float *block, uint32_t rows,
                             uint32_t columns, uint32_t width) {
    float product[4 * BLOCK];
    for (uint32_t r = 0; r < rows; r += 4) {
        uint32_t some = rows - r < 4 ? rows - r : 4;
        kernel_matmul(product, BLOCK, stripe + (size_t)r * BLOCK, BLOCK, 1, block, BLOCK, some, columns,
                      width);
        for (uint32_t n = 0; n < some; n++)
            kernel_axpy(c + (size_t)(r + n) * ldc, -1.0F, product + (size_t)n * BLOCK, columns);
    }
}

/* The rows of block R, which begins at row `first`, swept by the pivots of block K. */
static void sweep_rows(struct ease *ease, uint32_t first, uint32_t pivot) {
    uint32_t items = ease->items, rows = block_rows(ease, first), width = block_rows(ease, pivot);
    float *a = ease->weights + (size_t)first * items, *stripe = ease->stripe;
    if (first == pivot) {
        for (uint32_t i = 0; i < rows; i++)
            for (uint32_t j = 0; j <= i; j++)
                a[(size_t)i * items + pivot + j] = -ease->inverse[i * BLOCK + j];
        return;
    }
    kernel_matmul(stripe, BLOCK, ease->panel + first / BLOCK * AREA, 1, BLOCK, ease->inverse, BLOCK, rows,
                  width, width);
    for (uint32_t column = 0; column <= first; column += BLOCK)
        if (column != pivot)
            subtract_product(a + column, items, stripe, ease->panel + column / BLOCK * AREA, rows,
                             block_rows(ease, column), width);
    float *above = ease->weights + (size_t)pivot * items + first;
    for (uint32_t r = 0; r < rows && first > pivot; r++)
        memcpy(a + (size_t)r * items + pivot, stripe + (size_t)r * BLOCK, width * sizeof *a);
    for (uint32_t k = 0; k < width && first < pivot; k++)
        for (uint32_t r = 0; r < rows; r++) above[(size_t)k * items + r] = stripe[r * BLOCK + k];
}

static void take_diagonal(struct ease *ease) {
    for (uint32_t i = 0; i < ease->items; i++)
        ease->diagonal[i] = -ease->weights[(size_t)i * ease->items + i];
}

/* From the rows of -P's lower triangle that begin at `first`: B in these rows up to the diagonal, and in the columns of the
 * same numbers above it. Block by block, since one of the two goes across the memory. */
static void divide_rows(struct ease *ease, uint32_t first) {
    uint32_t items = ease->items, end = first + block_rows(ease, first);
    float *b = ease->weights;
    for (uint32_t column = 0; column <= first; column += BLOCK) {
        uint32_t column_end = column + block_rows(ease, column);
        for (uint32_t j = column; j < column_end; j++)
            for (uint32_t i = first > j ? first : j + 1; i < end; i++)
                b[(size_t)j * items + i] = b[(size_t)i * items + j] / ease->diagonal[i];
        for (uint32_t i = first; i < end; i++)
            for (uint32_t j = column; j < column_end && j < i; j++)
                b[(size_t)i * items + j] /= ease->diagonal[j];
    }
    for (uint32_t i = first; i < end; i++) b[(size_t)i * items + i] = 0.0F;
}

/* The next row of the first pass, or the next block of rows of a later one. */
static enum status step(struct ease *ease) {
    uint32_t row = ease->row, rows = ease->pass == 0 ? 1 : block_rows(ease, row);
    if (ease->pass == 0) {
        count_row(ease, row);
    } else if (ease->pass <= block_count(ease->items)) {
        uint32_t pivot = (ease->pass - 1) * BLOCK;
        if (row == 0) {
            if (!invert_pivots(ease, pivot)) return STATUS_ARGUMENT;
            copy_panel(ease, pivot);
        }
        sweep_rows(ease, row, pivot);
    } else {
        if (row == 0) take_diagonal(ease);
        divide_rows(ease, row);
    }
    ease->row += rows;
    if (ease->row < ease->items) return STATUS_OK;
    ease->row = 0, ease->pass++;
    cooccurrence_free(ease->cooccurrence);
    ease->cooccurrence = NULL;
    return STATUS_OK;
}

enum status ease_run(struct ease *ease, uint32_t limit, bool *done) {
    enum status status = STATUS_OK;
    while (limit > 0 && ease->pass < ease->passes && status == STATUS_OK) {
        uint32_t rows = ease->pass == 0 ? 1 : BLOCK;
        status = step(ease);
        limit -= rows < limit ? rows : limit;
    }
    *done = ease->pass == ease->passes;
    return status;
}

/* Four rows at a time: each score is then loaded and stored once for four additions, which stay in order. */
static void add_rows(float *scores, const float *r0, const float *r1, const float *r2, const float *r3,
                     uint32_t n) {
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4) {
        v128_t sum = wasm_f32x4_add(wasm_v128_load(scores + i), wasm_v128_load(r0 + i));
        sum = wasm_f32x4_add(sum, wasm_v128_load(r1 + i));
        sum = wasm_f32x4_add(sum, wasm_v128_load(r2 + i));
        wasm_v128_store(scores + i, wasm_f32x4_add(sum, wasm_v128_load(r3 + i)));
    }
    for (; i < n; i++) scores[i] = (((scores[i] + r0[i]) + r1[i]) + r2[i]) + r3[i];
}

void ease_scores(float *scores, const float *weights, uint32_t items, const uint32_t *liked,
                 uint32_t n_liked) {
    uint32_t n = 0;
    memset(scores, 0, items * sizeof *scores);
    for (; n + 4 <= n_liked; n += 4)
        add_rows(scores, weights + (size_t)liked[n] * items, weights + (size_t)liked[n + 1] * items,
                 weights + (size_t)liked[n + 2] * items, weights + (size_t)liked[n + 3] * items, items);
    for (; n < n_liked; n++) kernel_add(scores, weights + (size_t)liked[n] * items, items);
}

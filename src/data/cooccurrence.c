#include "data/cooccurrence.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static struct cooccurrence *lay_out(struct arena *arena, struct cooccurrence *arrays,
                                    const struct interactions *train) {
    struct cooccurrence *cooccurrence = arena_take(arena, 1, sizeof *cooccurrence);
    arrays->train = train;
    arrays->start = arena_take(arena, (uint64_t)train->items + 2, sizeof *arrays->start);
    arrays->user = arena_take(arena, train->count, sizeof *arrays->user);
    return cooccurrence;
}

enum status cooccurrence_new(struct cooccurrence **out, const struct interactions *train) {
    *out = NULL;
    struct cooccurrence arrays;
    struct arena arena = {0};
    lay_out(&arena, &arrays, train);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct cooccurrence *cooccurrence = lay_out(&arena, &arrays, train);
    /* counted at [i + 2] and added up, start[i + 1] is item i's first place, and its end once the item is filled */
    for (uint32_t p = 0; p < train->count; p++) arrays.start[train->item[p] + 2]++;
    for (uint32_t i = 0; i < train->items; i++) arrays.start[i + 2] += arrays.start[i + 1];
    for (uint32_t p = 0; p < train->count; p++)
        arrays.user[arrays.start[train->item[p] + 1]++] = train->user[p];
    *cooccurrence = arrays;
    *out = cooccurrence;
    return STATUS_OK;
}

void cooccurrence_free(struct cooccurrence *cooccurrence) { free(cooccurrence); }

void cooccurrence_row(uint32_t *counts, const struct cooccurrence *cooccurrence, uint32_t item,
                      uint32_t end) {
    const struct interactions *train = cooccurrence->train;
    memset(counts, 0, (size_t)end * sizeof *counts);
    for (uint32_t n = cooccurrence->start[item]; n < cooccurrence->start[item + 1]; n++) {
        uint32_t user = cooccurrence->user[n], last = train->start[user + 1];
        for (uint32_t p = train->start[user]; p < last && train->item[p] < end; p++) counts[train->item[p]]++;
    }
}

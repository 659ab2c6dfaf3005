#include "model/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static struct batch *lay_out(struct arena *arena, struct batch *batch, const struct model *model) {
    struct batch *self = arena_take(arena, 1, sizeof *self);
    uint32_t capacity = batch->capacity;
    batch->users = arena_take(arena, capacity, sizeof *batch->users);
    batch->items = arena_take(arena, capacity, sizeof *batch->items);
    batch->labels = arena_take(arena, capacity, sizeof *batch->labels);
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++) {
        struct slots *slots = batch->slots + axis;
        slots->row = arena_take(arena, capacity, sizeof *slots->row);
        slots->of_sample = arena_take(arena, capacity, sizeof *slots->of_sample);
        slots->of_row = arena_take(arena, model_rows(model, axis), sizeof *slots->of_row);
    }
    return self;
}

enum status batch_new(struct batch **out, const struct model *model, uint32_t capacity) {
    *out = NULL;
    struct batch description = {.capacity = capacity};
    struct arena arena = {0};
    lay_out(&arena, &description, model);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct batch *batch = lay_out(&arena, &description, model);
    *batch = description;
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++)
        memset(batch->slots[axis].of_row, 0xFF, model_rows(model, axis) * sizeof(uint32_t));
    *out = batch;
    return STATUS_OK;
}

void batch_free(struct batch *batch) { free(batch); }

static void find_slots(struct slots *slots, const uint32_t *rows, uint32_t B) {
    for (uint32_t s = 0; s < slots->count; s++) slots->of_row[slots->row[s]] = BATCH_NO_SLOT;
    slots->count = 0;
    for (uint32_t b = 0; b < B; b++) {
        uint32_t *slot = slots->of_row + rows[b];
        if (*slot == BATCH_NO_SLOT) {
            *slot = slots->count;
            slots->row[slots->count++] = rows[b];
        }
        slots->of_sample[b] = *slot;
    }
}

void batch_index(struct batch *batch, uint32_t B) {
    batch->B = B;
    find_slots(batch->slots + TENSOR_USER, batch->users, B);
    find_slots(batch->slots + TENSOR_ITEM, batch->items, B);
}

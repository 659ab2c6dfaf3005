#include "model/gradients.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static struct gradients *lay_out(struct arena *arena, struct gradients *gradients, const struct model *model,
                                 uint32_t capacity) {
    struct gradients *self = arena_take(arena, 1, sizeof *self);
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++) {
        struct slots *slots = gradients->slots + axis;
        slots->row = arena_take(arena, capacity, sizeof *slots->row);
        slots->of_sample = arena_take(arena, capacity, sizeof *slots->of_sample);
        slots->of_row =
            arena_take(arena, axis == TENSOR_USER ? model->users : model->items, sizeof *slots->of_row);
    }
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->rows == 0) continue;
        uint64_t rows = tensor->axis == TENSOR_DENSE ? tensor->rows : capacity;
        gradients->values[t] = arena_take(arena, rows * tensor->columns, sizeof(float));
    }
    return self;
}

enum status gradients_new(struct gradients **out, const struct model *model, uint32_t capacity) {
    *out = NULL;
    struct gradients description = {.capacity = capacity};
    struct arena arena = {0};
    lay_out(&arena, &description, model, capacity);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct gradients *gradients = lay_out(&arena, &description, model, capacity);
    *gradients = description;
    memset(gradients->slots[TENSOR_USER].of_row, 0xFF, model->users * sizeof(uint32_t));
    memset(gradients->slots[TENSOR_ITEM].of_row, 0xFF, model->items * sizeof(uint32_t));
    *out = gradients;
    return STATUS_OK;
}

void gradients_free(struct gradients *gradients) { free(gradients); }

static void find_slots(struct slots *slots, const uint32_t *rows, uint32_t B) {
    for (uint32_t s = 0; s < slots->count; s++) slots->of_row[slots->row[s]] = GRADIENTS_NO_SLOT;
    slots->count = 0;
    for (uint32_t b = 0; b < B; b++) {
        uint32_t *slot = slots->of_row + rows[b];
        if (*slot == GRADIENTS_NO_SLOT) {
            *slot = slots->count;
            slots->row[slots->count++] = rows[b];
        }
        slots->of_sample[b] = *slot;
    }
}

void gradients_begin(struct gradients *gradients, const struct model *model, const uint32_t *users,
                     const uint32_t *items, uint32_t B) {
    find_slots(gradients->slots + TENSOR_USER, users, B);
    find_slots(gradients->slots + TENSOR_ITEM, items, B);
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->rows == 0 || tensor->axis == TENSOR_DENSE) continue;
        size_t count = (size_t)gradients->slots[tensor->axis].count * tensor->columns;
        memset(gradients->values[t], 0, count * sizeof(float));
    }
}

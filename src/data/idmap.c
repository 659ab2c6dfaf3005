#include "data/idmap.h"

#include <stdlib.h>

#include "base/memory.h"

static uint32_t first_slot(const struct idmap *map, uint32_t id) {
    uint32_t hash = id * UINT32_C(0x9E3779B1);
    return (hash ^ (hash >> 15)) & map->slot_mask;
}

/* The slot that holds `id`, or the empty one where it belongs. */
static uint32_t slot_of(const struct idmap *map, uint32_t id) {
    uint32_t slot = first_slot(map, id);
    while (map->slots[slot] != 0 && map->ids[map->slots[slot] - 1] != id) slot = (slot + 1) & map->slot_mask;
    return slot;
}

static enum status grow(struct idmap *map) {
    uint32_t capacity = map->capacity == 0 ? 1024 : map->capacity * 2;
    if (capacity > IDMAP_MAX) return STATUS_TOO_LARGE;
    uint32_t *slots = memory_zeroed((uint64_t)capacity * 2, sizeof *slots);
    void *ids = map->ids;
    if (slots == NULL || !memory_grow(&ids, capacity, sizeof *map->ids)) {
        free(slots);
        return STATUS_MEMORY;
    }
    free(map->slots);
    map->ids = ids;
    map->slots = slots;
    map->capacity = capacity;
    map->slot_mask = capacity * 2 - 1;
    for (uint32_t i = 0; i < map->count; i++) map->slots[slot_of(map, map->ids[i])] = i + 1;
    return STATUS_OK;
}

enum status idmap_add(struct idmap *map, uint32_t id, uint32_t *index) {
    *index = idmap_find(map, id);
    if (*index != IDMAP_NONE) return STATUS_OK;
    if (map->count == map->capacity) {
        enum status status = grow(map);
        if (status != STATUS_OK) return status;
    }
    map->slots[slot_of(map, id)] = map->count + 1;
    map->ids[map->count] = id;
    *index = map->count++;
    return STATUS_OK;
}

uint32_t idmap_find(const struct idmap *map, uint32_t id) {
    if (map->count == 0) return IDMAP_NONE;
    uint32_t held = map->slots[slot_of(map, id)];
    return held == 0 ? IDMAP_NONE : held - 1;
}

void idmap_free(struct idmap *map) {
    free(map->ids);
    free(map->slots);
    *map = (struct idmap){0};
}

#include "base/memory.h"

#include <stdlib.h>

static uint64_t byte_count(uint64_t count, uint64_t size) {
    if (size != 0 && count > MEMORY_MAX_BYTES / size) return MEMORY_MAX_BYTES + 1;
    return count * size;
}

void *memory_zeroed(uint64_t count, uint64_t size) {
    uint64_t bytes = byte_count(count, size);
    if (bytes > MEMORY_MAX_BYTES) return NULL;
    return calloc(bytes == 0 ? 1 : (size_t)bytes, 1);
}

int memory_grow(void **block, uint64_t count, uint64_t size) {
    uint64_t bytes = byte_count(count, size);
    if (bytes > MEMORY_MAX_BYTES) return 0;
    void *grown = realloc(*block, bytes == 0 ? 1 : (size_t)bytes);
    if (grown == NULL) return 0;
    *block = grown;
    return 1;
}

void *arena_take(struct arena *arena, uint64_t count, uint64_t size) {
    uint64_t start = arena->used;
    uint64_t bytes = byte_count(count, size);
    arena->used = bytes > MEMORY_MAX_BYTES || start > MEMORY_MAX_BYTES
                      ? MEMORY_MAX_BYTES + 1
                      : start + ((bytes + 15) & ~UINT64_C(15));
    return arena->base == NULL ? NULL : arena->base + start;
}

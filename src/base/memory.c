#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static uint64_t byte_count(uint64_t count, uint64_t size) {
    if (size != 0 && count > MEMORY_MAX_BYTES / size) return MEMORY_MAX_BYTES + 1;
    return count * size;
}

void *memory_zeroed(uint64_t count, uint64_t size) {
    uint64_t bytes = byte_count(count, size);
    if (bytes > MEMORY_MAX_BYTES) return NULL;
    size_t lines = (size_t)(bytes + MEMORY_ALIGNMENT) / MEMORY_ALIGNMENT; /* at least one */
    void *block = aligned_alloc(MEMORY_ALIGNMENT, lines * MEMORY_ALIGNMENT);
    if (block != NULL) memset(block, 0, lines * MEMORY_ALIGNMENT);
    return block;
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
                      : start + ((bytes + MEMORY_ALIGNMENT - 1) & ~(MEMORY_ALIGNMENT - 1));
    return arena->base == NULL ? NULL : arena->base + start;
}

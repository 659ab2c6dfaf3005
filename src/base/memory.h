/* Memory for objects that are one block each. Sizes are checked in 64 bits before memory is asked for. */
#ifndef NCF_MEMORY_H
#define NCF_MEMORY_H

#include <stdint.h>

/* The most that one object may ask for: 1 GiB, half of what a wasm module may grow to. */
#define MEMORY_MAX_BYTES (UINT64_C(1) << 30)

/* Blocks and the arrays in them begin at a pair of cache lines, which processors fetch together, so that a row of 8 or
 * 32 floats touches one pair and not two. */
#define MEMORY_ALIGNMENT UINT64_C(128)

/* Zeroed memory for `count` elements of `size` bytes, at least one byte; NULL where it is refused or too large.
 * Owned by the caller, released with free(). */
void *memory_zeroed(uint64_t count, uint64_t size);

/* Grows `*block` to `count` elements of `size` bytes, keeping what it holds. Returns 0 and leaves `*block` as it
 * was where memory is refused. */
int memory_grow(void **block, uint64_t count, uint64_t size);

/* Lays several arrays out in one block. A constructor walks its arrays twice: with `base` NULL arena_take only adds
 * up `used` (and returns NULL); then `base` is allocated with that size and the same walk hands the addresses out.
 * Every array starts on a boundary of MEMORY_ALIGNMENT. */
struct arena {
    unsigned char *base;
    uint64_t used; /* bytes; saturates above MEMORY_MAX_BYTES */
};

void *arena_take(struct arena *arena, uint64_t count, uint64_t size);

#endif

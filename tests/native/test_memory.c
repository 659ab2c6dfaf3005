#include "base/memory.h"

#include <stdlib.h>

#include "check.h"

static void test_zeroed(void) {
    static const uint64_t counts[] = {1, 2, 17, 4096, 100003};
    for (uint32_t c = 0; c < 5; c++) {
        unsigned char *block = memory_zeroed(counts[c], 3);
        uint32_t dirty = 0;
        for (uint64_t i = 0; i < counts[c] * 3; i++) dirty += block[i] != 0;
        CHECK_EQUAL(dirty, 0);
        memset(block, 0xFF, counts[c] * 3); /* so that memory that comes back is dirty */
        free(block);
    }
}

static void test_zeroed_none_is_a_block(void) {
    void *none = memory_zeroed(0, 8), *sizeless = memory_zeroed(8, 0);
    CHECK(none != NULL && sizeless != NULL);
    free(none);
    free(sizeless);
}

static void test_too_large_is_refused(void) {
    CHECK(memory_zeroed(MEMORY_MAX_BYTES + 1, 1) == NULL);
    CHECK(memory_zeroed(MEMORY_MAX_BYTES / 8 + 1, 8) == NULL);
    /* products that wrap around 64 bits to something small */
    CHECK(memory_zeroed(UINT64_C(1) << 61, 8) == NULL);
    CHECK(memory_zeroed((UINT64_C(1) << 61) + 1, 8) == NULL);
    CHECK(memory_zeroed(UINT64_MAX, UINT64_MAX) == NULL);
    void *largest = memory_zeroed(MEMORY_MAX_BYTES / 8, 8);
    CHECK(largest != NULL);
    free(largest);
}

static void test_grow_keeps_the_content(void) {
    void *block = NULL;
    for (uint32_t count = 1; count < 100000; count *= 3) {
        CHECK(memory_grow(&block, count, sizeof(uint32_t)));
        uint32_t *numbers = block;
        for (uint32_t i = 0; i < count / 3; i++) CHECK_OR_RETURN(numbers[i] == i * 7, "%u of %u", i, count);
        for (uint32_t i = 0; i < count; i++) numbers[i] = i * 7;
    }
    free(block);
}

static void test_grow_refused_leaves_the_block(void) {
    void *block = NULL;
    CHECK(memory_grow(&block, 4, 1));
    memcpy(block, "kept", 4);
    void *before = block;
    CHECK(!memory_grow(&block, MEMORY_MAX_BYTES + 1, 1));
    CHECK(!memory_grow(&block, UINT64_C(1) << 61, 8));
    CHECK(block == before && memcmp(block, "kept", 4) == 0);
    CHECK(memory_grow(&block, 0, 8));
    CHECK(block != NULL);
    free(block);
}

static void test_arena_hands_out_what_it_added_up(void) {
    static const uint64_t counts[] = {1, 0, 3, 16, 5, 1}, sizes[] = {1, 8, 4, 1, 3, 40};
    struct arena measure = {0};
    for (uint32_t i = 0; i < 6; i++) CHECK(arena_take(&measure, counts[i], sizes[i]) == NULL);
    struct arena arena = {.base = memory_zeroed(measure.used, 1)};
    unsigned char *end = arena.base;
    for (uint32_t i = 0; i < 6; i++) {
        unsigned char *array = arena_take(&arena, counts[i], sizes[i]);
        CHECK_EQUAL((uintptr_t)array % MEMORY_ALIGNMENT, 0);
        CHECK(array >= end);
        end = array + counts[i] * sizes[i];
        CHECK(end <= arena.base + measure.used);
        memset(array, 1, counts[i] * sizes[i]);
    }
    CHECK_EQUAL(arena.used, measure.used);
    CHECK_EQUAL(measure.used, (1 + 0 + 1 + 1 + 1 + 1) * MEMORY_ALIGNMENT);
    free(arena.base);
}

static void test_arena_saturates(void) {
    struct arena arena = {0};
    arena_take(&arena, UINT64_C(1) << 61, 8); /* wraps to 0 in 64 bits */
    CHECK(arena.used > MEMORY_MAX_BYTES);
    arena_take(&arena, UINT64_MAX, 1);
    arena_take(&arena, 1, 1);
    CHECK(arena.used > MEMORY_MAX_BYTES);
    CHECK(memory_zeroed(arena.used, 1) == NULL);
    struct arena many = {0};
    for (uint32_t i = 0; i < 100; i++) arena_take(&many, MEMORY_MAX_BYTES, 1);
    CHECK(many.used > MEMORY_MAX_BYTES);
    CHECK(memory_zeroed(many.used, 1) == NULL);
    struct arena full = {.used = UINT64_MAX - 7};
    arena_take(&full, 1, 1);
    CHECK(full.used > MEMORY_MAX_BYTES);
}

int main(void) {
    RUN(test_zeroed);
    RUN(test_zeroed_none_is_a_block);
    RUN(test_too_large_is_refused);
    RUN(test_grow_keeps_the_content);
    RUN(test_grow_refused_leaves_the_block);
    RUN(test_arena_hands_out_what_it_added_up);
    RUN(test_arena_saturates);
    return check_report();
}

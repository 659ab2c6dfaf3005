/* An allocator that fails when told to. Only for programs named test_alloc*: they are linked so that every malloc,
 * calloc, realloc and aligned_alloc of theirs comes here (see CMakeLists.txt). */
#ifndef NCF_FAILING_H
#define NCF_FAILING_H

#include <stdlib.h>

#include "base/status.h"
#include "check.h"

/* How many allocations were asked for, how many are granted, and how many are refused after those. */
static uint64_t failing_asked, failing_granted = UINT64_MAX, failing_refused;

static inline void failing_set(uint64_t granted, uint64_t refused) {
    failing_asked = 0, failing_granted = granted, failing_refused = refused;
}

static inline void failing_off(void) { failing_set(UINT64_MAX, 0); }

static inline bool failing_next(void) {
    uint64_t number = failing_asked++;
    return number >= failing_granted && number - failing_granted < failing_refused;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);

void *__wrap_malloc(size_t size) { return failing_next() ? NULL : __real_malloc(size); }

void *__wrap_calloc(size_t count, size_t size) { return failing_next() ? NULL : __real_calloc(count, size); }

void *__wrap_realloc(void *block, size_t size) { return failing_next() ? NULL : __real_realloc(block, size); }

void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return failing_next() ? NULL : __real_aligned_alloc(alignment, size);
}

/* Builds something and frees it again, whatever happened. */
typedef enum status failing_action(void);

/* Runs the action with its first, second … allocation failing, alone and with all after it, each of which must give
 * STATUS_MEMORY. It must ask for at least `least`. What leaks or is freed twice the address sanitizer finds. */
static inline void failing_check(failing_action *action, uint64_t least) {
    failing_off();
    CHECK_EQUAL(action(), STATUS_OK);
    uint64_t needed = failing_asked;
    CHECK(needed >= least);
    for (uint64_t granted = 0; granted < 2 * needed; granted++) {
        failing_set(granted / 2, granted % 2 == 0 ? 1 : UINT64_MAX);
        enum status status = action();
        failing_off();
        CHECK_OR_RETURN(status == STATUS_MEMORY, "status %d with %" PRIu64 " granted", (int)status,
                        granted / 2);
    }
}

#endif

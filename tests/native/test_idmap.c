#include "data/idmap.h"

#include <stdlib.h>

#include "base/rng.h"
#include "check.h"

#define MOST 6000

/* A list that is searched from its start. */
struct twin {
    uint32_t count, ids[MOST];
};

static uint32_t twin_find(const struct twin *twin, uint32_t id) {
    for (uint32_t i = 0; i < twin->count; i++)
        if (twin->ids[i] == id) return i;
    return IDMAP_NONE;
}

/* Random additions and searches of ids (random & mask) * step. */
static void check_against_twin(uint32_t operations, uint32_t mask, uint32_t step, uint64_t seed) {
    static struct twin twin;
    twin.count = 0;
    struct idmap map = {0};
    struct rng rng = {seed};
    for (uint32_t o = 0; o < operations; o++) {
        uint32_t id = ((uint32_t)rng_next(&rng) & mask) * step, expected = twin_find(&twin, id), index = 77;
        CHECK_OR_RETURN(idmap_find(&map, id) == expected, "operation %u", o);
        if (rng_below(&rng, 2) == 0) continue;
        if (expected == IDMAP_NONE) expected = twin.count, twin.ids[twin.count++] = id;
        CHECK_OR_RETURN(idmap_add(&map, id, &index) == STATUS_OK, "operation %u", o);
        CHECK_OR_RETURN(index == expected, "operation %u", o);
        CHECK_OR_RETURN(map.count == twin.count && map.ids[index] == id, "operation %u", o);
    }
    CHECK(map.count > 10);
    for (uint32_t i = 0; i < twin.count; i++) CHECK_OR_RETURN(idmap_find(&map, twin.ids[i]) == i, "id %u", i);
    idmap_free(&map);
}

static void test_random_operations(void) {
    check_against_twin(10000, UINT32_MAX, 1, 1);
    check_against_twin(10000, 0xF, 1, 2);
    check_against_twin(10000, 0x7FF, 1, 3);
    check_against_twin(10000, 0xFFF, UINT32_C(1) << 20, 4); /* ids that differ in their high bits only */
    check_against_twin(10000, 0xFFF, 1024, 5);
    check_against_twin(10000, 0x3FFF, 0x9E3779B1, 6);
}

static void test_no_id_is_special(void) {
    static const uint32_t ids[] = {UINT32_MAX, 0, 1, UINT32_MAX - 1, UINT32_C(1) << 31};
    struct idmap map = {0};
    uint32_t index;
    for (uint32_t i = 0; i < 5; i++) {
        CHECK_EQUAL(idmap_find(&map, ids[i]), IDMAP_NONE);
        CHECK_EQUAL(idmap_add(&map, ids[i], &index), STATUS_OK);
        CHECK_EQUAL(index, i);
    }
    for (uint32_t i = 0; i < 5; i++) CHECK_EQUAL(idmap_find(&map, ids[i]), i);
    idmap_free(&map);
    idmap_free(&map);
    CHECK_EQUAL(map.count, 0);
    CHECK_EQUAL(idmap_find(&map, 0), IDMAP_NONE);
}

/* It grows at powers of two; before and after every one all ids must be found. */
static void test_growth(void) {
    struct idmap map = {0};
    uint32_t index;
    for (uint32_t i = 0; i < 70000; i++) {
        CHECK_OR_RETURN(idmap_add(&map, i * 7 + 3, &index) == STATUS_OK && index == i, "id %u", i);
        if ((i & (i + 1)) != 0 && (i & (i - 1)) != 0) continue;
        for (uint32_t j = 0; j <= i; j++) CHECK_OR_RETURN(idmap_find(&map, j * 7 + 3) == j, "%u of %u", j, i);
        CHECK_EQUAL(idmap_find(&map, 4), IDMAP_NONE);
    }
    idmap_free(&map);
}

/* A map that says it is full at its limit, so that nobody has to fill one. */
static void test_too_many(void) {
    uint32_t slots[2] = {0}, ids[1] = {0}, index;
    struct idmap map = {
        .count = IDMAP_MAX, .capacity = IDMAP_MAX, .slots = slots, .ids = ids, .slot_mask = 1};
    CHECK_EQUAL(idmap_add(&map, 5, &index), STATUS_TOO_LARGE);
    CHECK_EQUAL(map.count, IDMAP_MAX);
}

int main(void) {
    RUN(test_random_operations);
    RUN(test_no_id_is_special);
    RUN(test_growth);
    RUN(test_too_many);
    return check_report();
}

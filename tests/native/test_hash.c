#include "base/hash.h"

#include "check.h"

static float from_bits(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static void test_nothing_changes_nothing(void) {
    CHECK_EQUAL(hash_floats(HASH_START, NULL, 0), HASH_START);
    CHECK_EQUAL(hash_floats(7, NULL, 0), 7);
}

static void test_known_answer(void) {
    /* the step by hand: (start ^ bits of 1.0) * prime, high half folded back */
    float one = 1.0F;
    uint64_t product = (UINT64_C(0xCBF29CE484222325) ^ UINT64_C(0x3F800000)) * UINT64_C(1099511628211);
    CHECK_EQUAL(hash_floats(HASH_START, &one, 1), product ^ product >> 32);
}

static void test_parts_give_the_same_as_the_whole(void) {
    float x[100];
    for (uint32_t i = 0; i < 100; i++) x[i] = 1.0F / (float)(i + 1);
    uint64_t whole = hash_floats(HASH_START, x, 100);
    for (uint32_t cut = 0; cut <= 100; cut++)
        CHECK_EQUAL(hash_floats(hash_floats(HASH_START, x, cut), x + cut, 100 - cut), whole);
}

static void test_every_bit_and_the_order_matter(void) {
    float x[8];
    for (uint32_t i = 0; i < 8; i++) x[i] = (float)i - 3.5F;
    uint64_t whole = hash_floats(HASH_START, x, 8);
    for (uint32_t i = 0; i < 8; i++)
        for (uint32_t bit = 0; bit < 32; bit++) {
            float kept = x[i];
            x[i] = from_bits(check_float_bits(kept) ^ UINT32_C(1) << bit);
            uint64_t flipped = hash_floats(HASH_START, x, 8);
            /* both halves: who prints 32 bits only still sees the change */
            CHECK((uint32_t)flipped != (uint32_t)whole && flipped >> 32 != whole >> 32);
            x[i] = kept;
        }
    float swapped[8];
    for (uint32_t i = 0; i < 8; i++) swapped[i] = x[i ^ 1];
    CHECK(hash_floats(HASH_START, swapped, 8) != whole);
    float zeros[2] = {0.0F, -0.0F};
    CHECK(hash_floats(HASH_START, zeros, 1) != hash_floats(HASH_START, zeros + 1, 1));
}

int main(void) {
    RUN(test_nothing_changes_nothing);
    RUN(test_known_answer);
    RUN(test_parts_give_the_same_as_the_whole);
    RUN(test_every_bit_and_the_order_matter);
    return check_report();
}

#include "base/rng.h"

#include <stdlib.h>

#include "chance.h"

/* Vigna's splitmix64.c started with 1234567. */
static void test_known_answers(void) {
    static const uint64_t expected[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
                                        UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
                                        UINT64_C(16408922859458223821)};
    struct rng rng = {1234567};
    for (uint32_t i = 0; i < 5; i++) CHECK_EQUAL(rng_next(&rng), expected[i]);
}

static uint64_t unmix(uint64_t x) {
    x = (x ^ x >> 31 ^ x >> 62) * UINT64_C(0x319642B2D24D8EC3);
    x = (x ^ x >> 27 ^ x >> 54) * UINT64_C(0x96DE1B173F119089);
    return x ^ x >> 30 ^ x >> 60;
}

static void test_mix_can_be_undone(void) {
    struct rng rng = {1};
    for (uint64_t i = 0; i < 10000; i++) {
        uint64_t any = rng_next(&rng);
        CHECK_OR_RETURN(unmix(rng_mix(i)) == i, "%" PRIu64, i);
        CHECK_OR_RETURN(unmix(rng_mix(any)) == any, "%" PRIu64, any);
    }
}

static int by_size(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void test_seed_stream_and_index_all_matter(void) {
    static uint64_t states[20 * 70 * 50];
    uint32_t count = 0;
    for (uint64_t seed = 0; seed < 20; seed++)
        for (uint64_t stream = 0; stream < 70; stream++)
            for (uint64_t index = 0; index < 50; index++)
                states[count++] = rng_seeded(seed, stream, index).state;
    qsort(states, count, sizeof *states, by_size);
    uint32_t repeats = 0;
    for (uint32_t i = 1; i < count; i++) repeats += states[i] == states[i - 1];
    CHECK_EQUAL(repeats, 0);
    CHECK(rng_seeded(UINT32_MAX, 1, 0).state != rng_seeded(UINT64_MAX, 1, 0).state);
    CHECK(rng_seeded(1, 2, 3).state == rng_seeded(1, 2, 3).state);
}

/* Every result that a course or a paper quotes hangs on these: changing them changes all numbers. */
static void test_streams_stay_as_they_are(void) {
    CHECK_EQUAL(rng_seeded(1, RNG_TEST_NEGATIVES, 0).state, UINT64_C(16839067348573888697));
    CHECK_EQUAL(rng_seeded(1, RNG_ORDER, 1).state, UINT64_C(13832616268239311034));
    CHECK_EQUAL(rng_seeded(UINT32_MAX, RNG_INIT + 3, 0).state, UINT64_C(279430483441387883));
}

static void test_below_is_uniform(void) {
    static const uint32_t sizes[] = {2, 3, 5, 7, 16, 99, 1000};
    for (uint32_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct rng rng = {s + 1};
        uint64_t counts[1000] = {0};
        for (uint32_t i = 0; i < 200000; i++) {
            uint32_t drawn = rng_below(&rng, sizes[s]);
            CHECK_OR_RETURN(drawn < sizes[s], "%u of %u", drawn, sizes[s]);
            counts[drawn]++;
        }
        CHECK_UNIFORM(counts, sizes[s], 200000.0 / sizes[s], 1);
    }
}

/* With n = 3 * 2^30 a generator that only multiplies gives numbers 0 modulo 3 twice as often as the others. */
static void test_below_has_no_bias_where_n_is_large(void) {
    struct rng rng = {5};
    uint64_t rests[3] = {0};
    for (uint32_t i = 0; i < 30000; i++) rests[rng_below(&rng, UINT32_C(3) << 30) % 3]++;
    CHECK_UNIFORM(rests, 3, 10000, 1);
}

static void test_below_at_its_ends(void) {
    struct rng rng = {1};
    uint32_t above = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        CHECK_EQUAL(rng_below(&rng, 1), 0);
        above += rng_below(&rng, UINT32_MAX) > UINT32_MAX / 2;
    }
    CHECK_NEAR(above, 500, 75);
}

static void test_uniform(void) {
    struct rng rng = {1}, twin = {1};
    uint64_t counts[100] = {0};
    for (uint32_t i = 0; i < 200000; i++) {
        float x = rng_uniform(&rng);
        CHECK_OR_RETURN(x >= 0.0F && x < 1.0F, "%g", (double)x);
        CHECK_OR_RETURN((double)x == (double)(rng_next(&twin) >> 40) / 16777216.0, "%g", (double)x);
        counts[(uint32_t)(x * 100.0F)]++;
    }
    CHECK_UNIFORM(counts, 100, 2000, 1);
}

static void test_normal(void) {
    enum { DRAWS = 400000, CELLS = 64 };
    struct rng rng = {1};
    uint64_t counts[CELLS] = {0};
    double sums[5] = {0};
    for (uint32_t i = 0; i < DRAWS; i++) {
        double x = (double)rng_normal(&rng), power = 1;
        CHECK_OR_RETURN(isfinite(x) && fabs(x) < 8, "%g", x);
        for (uint32_t p = 1; p < 5; p++) sums[p] += power *= x;
        uint32_t cell = (uint32_t)(0.5 * erfc(-x / sqrt(2)) * CELLS);
        counts[cell < CELLS ? cell : CELLS - 1]++;
    }
    double step = 1 / sqrt(DRAWS); /* of the mean; variances of x^2, x^3, x^4 are 2, 15, 96 */
    CHECK_NEAR(sums[1] / DRAWS, 0, 4.5 * step);
    CHECK_NEAR(sums[2] / DRAWS, 1, 4.5 * step * sqrt(2));
    CHECK_NEAR(sums[3] / DRAWS, 0, 4.5 * step * sqrt(15));
    CHECK_NEAR(sums[4] / DRAWS, 3, 4.5 * step * sqrt(96));
    CHECK_UNIFORM(counts, CELLS, (double)DRAWS / CELLS, 1);
}

int main(void) {
    RUN(test_known_answers);
    RUN(test_mix_can_be_undone);
    RUN(test_seed_stream_and_index_all_matter);
    RUN(test_streams_stay_as_they_are);
    RUN(test_below_is_uniform);
    RUN(test_below_has_no_bias_where_n_is_large);
    RUN(test_below_at_its_ends);
    RUN(test_uniform);
    RUN(test_normal);
    return check_report();
}

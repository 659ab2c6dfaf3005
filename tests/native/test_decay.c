/* The closed form of Adam's steps without a gradient against these steps one by one, in long double. */
#include "model/decay.h"

#include <stdlib.h>

#include "check.h"

static struct decay decay;

static const uint64_t starts[] = {1,     2,     3,     5,     10,     20,      50,    100,
                                  200,   500,   1000,  2000,  5000,   10000,   15872, 16382,
                                  16383, 16384, 16385, 20000, 100000, 10000000};
#define STARTS (uint32_t)(sizeof starts / sizeof *starts)

static const uint64_t counts[] = {1,   2,   3,   4,   5,   7,   10,  20,  50,   100,
                                  200, 255, 256, 257, 500, 511, 512, 513, 1000, 5000};
#define COUNTS (uint32_t)(sizeof counts / sizeof *counts)

/* c(t), 0 for t = 0 as the table has it */
static long double correction(uint64_t t) {
    long double n = (long double)t;
    return t == 0 ? 0 : sqrtl(1 - powl(0.999L, n)) / (1 - powl(0.9L, n));
}

/* Σ_j c(from + j) β₁ʲ / (root β₂^(j/2) + ε), what the k steps move a parameter by where m = η = 1 and √v = root. */
static long double moved_by(uint64_t from, uint64_t k, long double root) {
    long double sum = 0, m = 1, decayed = root;
    for (uint64_t j = 0; j < k; j++, m *= 0.9L, decayed *= sqrtl(0.999L))
        sum += correction(from + j) * m / (decayed + 1e-8L);
    return sum;
}

/* How far the closed form is from that, as a share of it. */
static double deviation(uint64_t from, uint64_t k, long double root) {
    struct decay_move move = decay_move(&decay, from, k);
    long double got = (long double)move.shift / (root + (long double)move.epsilon);
    long double exact = moved_by(from, k, root);
    return (double)fabsl(got / exact - 1);
}

/* With √v from 1e-7 ε to 1e7 ε; the ends, where one is nothing beside the other, are exact. */
static void test_moves(void) {
    double single = 0, ends = 0, between = 0;
    for (uint32_t s = 0; s < STARTS; s++)
        for (uint32_t c = 0; c < COUNTS; c++)
            for (int half = -14; half <= 14; half++) {
                double lost = deviation(starts[s], counts[c], 1e-8L * powl(10, 0.5L * half));
                if (counts[c] == 1)
                    single = fmax(single, lost);
                else if (abs(half) > 9)
                    ends = fmax(ends, lost);
                else
                    between = fmax(between, lost);
            }
    printf("off by %.2g of one step, %.2g of several at the ends, %.2g between\n", single, ends, between);
    CHECK(single < 2e-7);
    CHECK(ends < 5e-7);
    CHECK(between > 1e-6 && between < 8e-6);
}

/* A row that was never used has moments of step 0, whose move is none. */
static void test_from_the_beginning(void) {
    CHECK(decay_move(&decay, 0, 1).shift == 0.0);
    CHECK(decay_move(&decay, 0, 1).epsilon > 0.0F);
    for (uint32_t c = 1; c < COUNTS; c++) CHECK_NEAR(deviation(0, counts[c], 1), 0, 2e-7);
}

static void test_no_steps(void) {
    for (uint32_t s = 0; s < STARTS; s++) {
        CHECK(decay_move(&decay, starts[s], 0).shift == 0.0);
        CHECK(decay_move(&decay, starts[s], 0).epsilon == 1e-8F);
    }
}

/* Steps made up in two goes are those made up in one, where ε doesn't count. */
static void test_cut_in_two(void) {
    for (uint32_t s = 0; s < STARTS; s++)
        for (uint64_t k = 1; k < 700; k = k * 3 / 2 + 1)
            for (uint64_t cut = 1; cut < k; cut = cut * 2 + 1) {
                double whole = decay_move(&decay, starts[s], k).shift;
                double first = decay_move(&decay, starts[s], cut).shift;
                double second = decay_move(&decay, starts[s] + cut, k - cut).shift;
                double share = (double)decay_m(&decay, cut) / sqrt((double)decay_v(&decay, cut));
                CHECK_OR_RETURN(fabs(first + second * share - whole) < 3e-7 * whole,
                                "from %" PRIu64 ", %" PRIu64 " of %" PRIu64, starts[s], cut, k);
            }
}

static void check_power(float got, double base, uint64_t k, double zero_below) {
    double exact = (double)powl((long double)base, (long double)k);
    if (exact < zero_below)
        CHECK_OR_RETURN(got <= (float)zero_below, "%g to the %" PRIu64 ": %g", base, k, (double)got);
    else
        CHECK_OR_RETURN(fabs((double)got - exact) <= 7e-8 * exact, "%g to the %" PRIu64 ": %g, expected %g",
                        base, k, (double)got, exact);
}

static void test_powers(void) {
    for (uint64_t k = 0; k < 70000; k++) {
        check_power(decay_m(&decay, k), 0.9, k, 4e-24);
        check_power(decay_v(&decay, k), 0.999, k, 4e-29);
    }
    CHECK(decay_m(&decay, 0) == 1.0F && decay_v(&decay, 0) == 1.0F);
    CHECK(decay_m(&decay, 1) == 0.9F && decay_v(&decay, 1) == 0.999F);
    CHECK(decay_m(&decay, UINT64_MAX) == 0.0F && decay_v(&decay, UINT64_MAX) == 0.0F);
    CHECK(decay_v(&decay, 65535) > 0.0F && decay_m(&decay, 511) > 0.0F);
}

int main(void) {
    decay_init(&decay);
    RUN(test_moves);
    RUN(test_from_the_beginning);
    RUN(test_no_steps);
    RUN(test_cut_in_two);
    RUN(test_powers);
    return check_report();
}

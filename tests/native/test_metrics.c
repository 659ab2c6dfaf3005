/* Ranks and metrics computed by hand, and against every order that tied candidates can stand in. */
#include "rank/metrics.h"

#include "base/rng.h"
#include "check.h"

static void check_rank(struct rank rank, uint32_t greater, uint32_t equal, uint32_t candidates) {
    CHECK_EQUAL(rank.greater, greater);
    CHECK_EQUAL(rank.equal, equal);
    CHECK_EQUAL(rank.candidates, candidates);
}

static void test_ranks(void) {
    static const float others[] = {0.5F, 2.0F, -1.0F, 0.5F, 0.25F, 0.0F};
    check_rank(metrics_rank(3.0F, others, 6), 0, 0, 7);
    check_rank(metrics_rank(2.0F, others, 6), 0, 1, 7);
    check_rank(metrics_rank(1.0F, others, 6), 1, 0, 7);
    check_rank(metrics_rank(0.5F, others, 6), 1, 2, 7);
    check_rank(metrics_rank(-0.0F, others, 6), 4, 1, 7);
    check_rank(metrics_rank(-2.0F, others, 6), 6, 0, 7);
    check_rank(metrics_rank(0.0F, others, 0), 0, 0, 1);
}

/* NaN ranks below every number, minus infinity included, and never above one. */
static void test_nan_never_wins(void) {
    static const float others[] = {NAN, -INFINITY, 0.0F, INFINITY, NAN};
    check_rank(metrics_rank(NAN, others, 5), 3, 2, 6);
    check_rank(metrics_rank(-INFINITY, others, 5), 2, 1, 6);
    check_rank(metrics_rank(0.5F, others, 5), 1, 0, 6);
    check_rank(metrics_rank(INFINITY, others, 5), 0, 1, 6);
    check_rank(metrics_rank(NAN, others + 1, 3), 3, 0, 4);
}

static void test_metrics_by_hand(void) {
    static const struct rank ranks[] = {{0, 0, 100}, {0, 0, 0}, {2, 0, 100}, {9, 0, 100}, {10, 0, 100}};
    struct metrics metrics = metrics_of_ranks(ranks, 5);
    CHECK_EQUAL(metrics.users, 4);
    CHECK_EQUAL(metrics.all_equal, 0);
    CHECK_NEAR(metrics.hr[0], 0.25, 0);
    CHECK_NEAR(metrics.hr[1], 0.25, 0);
    CHECK_NEAR(metrics.hr[2], 0.5, 0);
    CHECK_NEAR(metrics.hr[8], 0.5, 0);
    CHECK_NEAR(metrics.hr[9], 0.75, 0);
    CHECK_NEAR(metrics.hr[10], 1, 0);
    CHECK_NEAR(metrics.hr[19], 1, 0);
    CHECK_NEAR(metrics.ndcg[0], 0.25, 1e-15);
    CHECK_NEAR(metrics.ndcg[9], (1 + 0.5 + 0.28906482631788788) / 4, 1e-15);
    CHECK_NEAR(metrics.ndcg[19], (1 + 0.5 + 0.28906482631788788 + 0.27894294565112987) / 4, 1e-15);
    CHECK_NEAR(metrics.mrr, (1 + 1.0 / 3 + 1.0 / 10 + 1.0 / 11) / 4, 1e-15);
}

/* Each K by itself: NDCG@K of a held-out item at place r is 1 / log2(r + 2) for r < K. */
static void test_every_place(void) {
    for (uint32_t place = 0; place < 25; place++) {
        struct rank rank = {place, 0, 100};
        struct metrics metrics = metrics_of_ranks(&rank, 1);
        for (uint32_t k = 1; k <= METRICS_MAX_K; k++) {
            CHECK_NEAR(metrics.hr[k - 1], place < k ? 1 : 0, 0);
            CHECK_NEAR(metrics.ndcg[k - 1], place < k ? 1 / log2(place + 2.0) : 0, 1e-15);
        }
        CHECK_NEAR(metrics.mrr, 1 / (place + 1.0), 1e-15);
    }
}

/* 1.96 standard errors of the mean, from the sample's variance: hits 1 0 1 1 have the variance 1/4. */
static void test_interval(void) {
    static const struct rank ranks[] = {{0, 0, 100}, {50, 0, 100}, {1, 0, 100}, {0, 0, 100}, {0, 0, 0}};
    struct metrics metrics = metrics_of_ranks(ranks, 5);
    double second = 1 / log2(3), mean = (2 + second) / 4;
    double variance = (2 * (1 - mean) * (1 - mean) + mean * mean + (second - mean) * (second - mean)) / 3;
    CHECK_NEAR(metrics.hr_half_width[9], 1.96 * 0.5 / 2, 1e-12);
    CHECK_NEAR(metrics.ndcg_half_width[9], 1.96 * sqrt(variance) / 2, 1e-12);
    mean = (2 + 0.5 + 1.0 / 51) / 4;
    variance =
        (2 * (1 - mean) * (1 - mean) + (0.5 - mean) * (0.5 - mean) + (1.0 / 51 - mean) * (1.0 / 51 - mean)) /
        3;
    CHECK_NEAR(metrics.mrr_half_width, 1.96 * sqrt(variance) / 2, 1e-12);
    metrics = metrics_of_ranks(ranks, 1);
    CHECK_NEAR(metrics.hr_half_width[9], 0, 0);
    CHECK_NEAR(metrics.mrr_half_width, 0, 0);
}

/* The half-width that TARGETS names for the bundled set's 671 users. */
static void test_interval_of_many(void) {
    static struct rank ranks[671];
    for (uint32_t u = 0; u < 671; u++) ranks[u] = (struct rank){u % 10 < 7 ? 0 : 60, 0, 100};
    CHECK_NEAR(metrics_of_ranks(ranks, 671).hr_half_width[9], 0.035, 0.0005);
}

static void test_nobody(void) {
    static const struct rank untested[2];
    for (uint32_t n = 0; n <= 2; n++) {
        struct metrics metrics = metrics_of_ranks(untested, n);
        CHECK_EQUAL(metrics.users, 0);
        CHECK_NEAR(metrics.hr[9] + metrics.ndcg[9] + metrics.mrr + metrics.hr_half_width[9], 0, 0);
    }
}

/* A model that scores everything the same gets what chance gives, and the metrics say so. */
static void test_all_equal(void) {
    float others[99];
    struct rank ranks[3];
    for (uint32_t i = 0; i < 99; i++) others[i] = 0.5F;
    for (uint32_t u = 0; u < 3; u++) ranks[u] = metrics_rank(0.5F, others, 99);
    struct metrics metrics = metrics_of_ranks(ranks, 3);
    CHECK_EQUAL(metrics.all_equal, 3);
    for (uint32_t k = 1; k <= METRICS_MAX_K; k++) CHECK_NEAR(metrics.hr[k - 1], k / 100.0, 1e-15);
    double gain = 0, reciprocal = 0;
    for (uint32_t place = 0; place < 10; place++) gain += 1 / log2(place + 2.0) / 100;
    for (uint32_t place = 0; place < 100; place++) reciprocal += 1 / (place + 1.0) / 100;
    CHECK_NEAR(metrics.ndcg[9], gain, 1e-15);
    CHECK_NEAR(metrics.mrr, reciprocal, 1e-15);
    CHECK_NEAR(metrics.hr_half_width[9], 0, 1e-9);
    for (uint32_t i = 0; i < 99; i++) others[i] = NAN;
    ranks[0] = metrics_rank(NAN, others, 99);
    CHECK_EQUAL(metrics_of_ranks(ranks, 1).all_equal, 1);
    CHECK_NEAR(metrics_of_ranks(ranks, 1).hr[9], 0.1, 1e-15);
    others[50] = 1;
    ranks[0] = metrics_rank(0.5F, others, 99);
    ranks[1] = (struct rank){0, 98, 100};
    ranks[2] = (struct rank){0, 0, 1}; /* alone, so that there is nothing to be equal to */
    CHECK_EQUAL(metrics_of_ranks(ranks, 3).all_equal, 0);
}

/* Sums over every order in which a list could have come. */
struct shuffles {
    double hr[METRICS_MAX_K], ndcg[METRICS_MAX_K], mrr, orders;
};

/* The place of candidate 0 when this order is sorted by score and tied candidates stay as they came. */
static void add_order(struct shuffles *sums, const float *scores, const uint32_t *order, uint32_t n) {
    uint32_t place = 0, own = 0;
    while (order[own] != 0) own++;
    for (uint32_t i = 0; i < n; i++)
        place += scores[order[i]] > scores[0] || (scores[order[i]] == scores[0] && i < own);
    for (uint32_t k = place; k < METRICS_MAX_K; k++) sums->hr[k] += 1, sums->ndcg[k] += 1 / log2(place + 2.0);
    sums->mrr += 1 / (place + 1.0);
    sums->orders += 1;
}

/* Heap's algorithm, without recursion. */
static void add_all_orders(struct shuffles *sums, const float *scores, uint32_t n) {
    uint32_t order[8], turns[8] = {0}, i = 0;
    for (uint32_t c = 0; c < n; c++) order[c] = c;
    add_order(sums, scores, order, n);
    while (i < n) {
        if (turns[i] == i) {
            turns[i++] = 0;
            continue;
        }
        uint32_t other = i % 2 == 0 ? 0 : turns[i], swap = order[i];
        order[i] = order[other], order[other] = swap;
        add_order(sums, scores, order, n);
        turns[i]++;
        i = 0;
    }
}

static void test_against_all_shuffles(void) {
    struct rng rng = {1};
    for (uint32_t trial = 0; trial < 150; trial++) {
        uint32_t n = 1 + rng_below(&rng, 6), levels = 1 + rng_below(&rng, 4);
        float scores[8];
        struct shuffles sums = {.orders = 0};
        for (uint32_t c = 0; c < n; c++) scores[c] = (float)rng_below(&rng, levels) - 1.0F;
        add_all_orders(&sums, scores, n);
        struct rank rank = metrics_rank(scores[0], scores + 1, n - 1);
        struct metrics metrics = metrics_of_ranks(&rank, 1);
        for (uint32_t k = 0; k < METRICS_MAX_K; k++) {
            CHECK_NEAR(metrics.hr[k], sums.hr[k] / sums.orders, 1e-12);
            CHECK_NEAR(metrics.ndcg[k], sums.ndcg[k] / sums.orders, 1e-12);
        }
        CHECK_NEAR(metrics.mrr, sums.mrr / sums.orders, 1e-12);
    }
}

int main(void) {
    RUN(test_ranks);
    RUN(test_nan_never_wins);
    RUN(test_metrics_by_hand);
    RUN(test_every_place);
    RUN(test_interval);
    RUN(test_interval_of_many);
    RUN(test_nobody);
    RUN(test_all_equal);
    RUN(test_against_all_shuffles);
    return check_report();
}

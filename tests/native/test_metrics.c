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

/* Sums of the metrics over every way to draw `drawn` of `n` others and every order of the tied ones drawn. */
static void add_draws(struct shuffles *sums, uint32_t greater, uint32_t equal, uint32_t n, uint32_t drawn) {
    for (uint32_t set = 0; set < UINT32_C(1) << n; set++) {
        uint32_t size = 0, ahead = 0, tied = 0;
        for (uint32_t i = 0; i < n; i++) {
            if (!(set >> i & 1)) continue;
            size++;
            ahead += i < greater;
            tied += i >= greater && i < greater + equal;
        }
        if (size != drawn) continue;
        for (uint32_t place = ahead; place <= ahead + tied; place++) {
            double weight = 1 / (tied + 1.0);
            for (uint32_t k = place; k < METRICS_MAX_K; k++)
                sums->hr[k] += weight, sums->ndcg[k] += weight / log2(place + 2.0);
            sums->mrr += weight / (place + 1.0);
        }
        sums->orders += 1;
    }
}

static void check_expected(struct rank rank, uint32_t negatives, const struct shuffles *sums, double by) {
    struct metrics metrics = metrics_expected(&rank, 1, negatives);
    unsigned errors = check_state.errors;
    for (uint32_t k = 0; k < METRICS_MAX_K; k++) {
        CHECK_NEAR(metrics.hr[k], sums->hr[k] / sums->orders, by);
        CHECK_NEAR(metrics.ndcg[k], sums->ndcg[k] / sums->orders, by);
    }
    CHECK_NEAR(metrics.mrr, sums->mrr / sums->orders, by);
    CHECK_OR_RETURN(check_state.errors == errors, "%u ahead, %u tied of %u, %u drawn", rank.greater,
                    rank.equal, rank.candidates - 1, negatives);
}

/* Every rank with ties among 0 … 9 others, every number drawn, more than there are included. */
static void test_expected_against_all_draws(void) {
    for (uint32_t n = 0; n <= 9; n++)
        for (uint32_t greater = 0; greater <= n; greater++)
            for (uint32_t equal = 0; equal <= n - greater; equal++)
                for (uint32_t negatives = 0; negatives <= n + 2; negatives++) {
                    struct shuffles sums = {.orders = 0};
                    add_draws(&sums, greater, equal, n, negatives < n ? negatives : n);
                    check_expected((struct rank){greater, equal, n + 1}, negatives, &sums, 1e-12);
                }
}

/* More others than can be drawn in every way: X counted in many draws of 99. */
static void test_expected_against_simulation(void) {
    enum { DRAWN = 99, DRAWS = 40000 };
    static const struct rank ranks[] = {{0, 0, 3000},  {7, 0, 3000},   {150, 0, 3000}, {600, 5, 3000},
                                        {100, 0, 130}, {20, 100, 140}, {2, 90, 101},   {300, 400, 800}};
    struct rng rng = {5};
    for (uint32_t r = 0; r < sizeof ranks / sizeof *ranks; r++) {
        struct shuffles sums = {.orders = DRAWS};
        for (uint32_t draw = 0; draw < DRAWS; draw++) {
            uint32_t ahead = ranks[r].greater, tied = ranks[r].equal, left = ranks[r].candidates - 1;
            uint32_t place = 0, ties = 0;
            for (uint32_t d = 0; d < DRAWN; d++, left--) {
                uint32_t which = rng_below(&rng, left);
                if (which < ahead)
                    ahead--, place++;
                else if (which < ahead + tied)
                    tied--, ties++;
            }
            place += rng_below(&rng, ties + 1);
            for (uint32_t k = place; k < METRICS_MAX_K; k++)
                sums.hr[k] += 1, sums.ndcg[k] += 1 / log2(place + 2.0);
            sums.mrr += 1 / (place + 1.0);
        }
        check_expected(ranks[r], DRAWN, &sums, 4.5 * 0.5 / sqrt(DRAWS));
    }
}

/* P(X = 0) and P(X = 1) by hand, and items so many that chances underflow. */
static void test_expected_of_many_items(void) {
    struct rank rank = {1, 0, 10001};
    struct metrics metrics = metrics_expected(&rank, 1, 99);
    CHECK_NEAR(metrics.hr[0], 1 - 99.0 / 10000, 1e-14);
    CHECK_NEAR(metrics.hr[1], 1, 1e-14);
    CHECK_NEAR(metrics.mrr, 1 - 0.5 * 99 / 10000, 1e-12);
    const uint32_t many = UINT32_C(16000000);
    rank = (struct rank){many - 1, 0, many};
    metrics = metrics_expected(&rank, 1, 99);
    CHECK_NEAR(metrics.hr[19], 0, 0);
    CHECK_NEAR(metrics.mrr, 0.01, 1e-12);
    rank = (struct rank){many - 10, 3, many};
    metrics = metrics_expected(&rank, 1, 99);
    CHECK_NEAR(metrics.hr[19], 0, 1e-300);
    CHECK_NEAR(metrics.mrr, 0.01, 1e-6);
    rank = (struct rank){0, 0, many};
    metrics = metrics_expected(&rank, 1, 99);
    CHECK_NEAR(metrics.hr[0], 1, 0);
    CHECK_NEAR(metrics.mrr, 1, 1e-9);
    /* one in a thousand ahead: X is nearly Poisson's with mean 0.099 */
    rank = (struct rank){many / 1000, 0, many};
    metrics = metrics_expected(&rank, 1, 99);
    CHECK_NEAR(metrics.hr[0], exp(-0.099), 1e-4);
    CHECK_NEAR(metrics.hr[1], exp(-0.099) * 1.099, 1e-4);
}

/* Means, intervals and the alarm are those of the users, as for ranks. */
static void test_expected_of_users(void) {
    static const struct rank ranks[] = {{0, 0, 1000}, {0, 0, 0}, {0, 999, 1000}, {3, 1, 50}};
    struct metrics metrics = metrics_expected(ranks, 4, 99);
    CHECK_EQUAL(metrics.users, 3);
    CHECK_EQUAL(metrics.all_equal, 1);
    CHECK_NEAR(metrics.hr[9], (1 + 0.1 + 1) / 3, 1e-12);
    CHECK_NEAR(metrics.hr[3], (1 + 0.04 + 0.5) / 3, 1e-12);
    double mean = 0.7, squares = 0.09 + 0.36 + 0.09;
    CHECK_NEAR(metrics.hr_half_width[9], 1.96 * sqrt(squares / 2 / 3), 1e-9);
    CHECK_NEAR(metrics.hr[9], mean, 1e-12);
    CHECK_EQUAL(metrics_expected(ranks + 1, 1, 99).users, 0);
    /* hardly any item differs: the long way gives nearly what the short one does */
    struct rank nearly = {0, 4000, 4002}, all = {0, 4001, 4002};
    CHECK_NEAR(metrics_expected(&nearly, 1, 99).hr[9], metrics_expected(&all, 1, 99).hr[9], 1e-4);
    CHECK_NEAR(metrics_expected(&nearly, 1, 99).mrr, metrics_expected(&all, 1, 99).mrr, 1e-4);
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
    RUN(test_expected_against_all_draws);
    RUN(test_expected_against_simulation);
    RUN(test_expected_of_many_items);
    RUN(test_expected_of_users);
    return check_report();
}

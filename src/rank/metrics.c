#include "rank/metrics.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/simd.h"

/* 1 / log2(rank + 2): written out because C libraries round log2 differently. */
static const double discount[METRICS_MAX_K] = {
    1.0,
    0.63092975357145753,
    0.5,
    0.43067655807339306,
    0.38685280723454163,
    0.35620718710802218,
    0.33333333333333331,
    0.31546487678572877,
    0.3010299956639812,
    0.28906482631788788,
    0.27894294565112987,
    0.27023815442731974,
    0.26264953503719357,
    0.2559580248098155,
    0.25,
    0.24465054211822604,
    0.23981246656813146,
    0.23540891336663824,
    0.23137821315975915,
    0.22767024869695299,
};

static uint32_t sum_of_lanes(v128_t x) {
    return (uint32_t)(wasm_i32x4_extract_lane(x, 0) + wasm_i32x4_extract_lane(x, 1) +
                      wasm_i32x4_extract_lane(x, 2) + wasm_i32x4_extract_lane(x, 3));
}

struct rank metrics_rank(float score, const float *others, uint32_t n) {
    struct rank rank = {.candidates = n + 1};
    if (isnan(score)) {
        for (uint32_t i = 0; i < n; i++) rank.equal += isnan(others[i]) ? 1 : 0;
        rank.greater = n - rank.equal;
        return rank;
    }
    v128_t mine = wasm_f32x4_splat(score), greater = wasm_i32x4_splat(0), equal = greater;
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4) {
        v128_t other = wasm_v128_load(others + i); /* a comparison that holds is -1 */
        greater = wasm_i32x4_sub(greater, wasm_f32x4_gt(other, mine));
        equal = wasm_i32x4_sub(equal, wasm_f32x4_eq(other, mine));
    }
    rank.greater = sum_of_lanes(greater), rank.equal = sum_of_lanes(equal);
    for (; i < n; i++) {
        rank.greater += others[i] > score ? 1 : 0;
        rank.equal += others[i] == score ? 1 : 0;
    }
    return rank;
}

/* A mean and its interval from sums over n. */
static void mean_of(double *mean, double *half_width, double sum, double squares, double n) {
    *mean = sum / n;
    double variance = n > 1.0 ? (squares - sum * *mean) / (n - 1.0) : 0.0;
    *half_width = variance > 0.0 ? 1.96 * sqrt(variance / n) : 0.0;
}

/* One user's metrics. */
struct gains {
    double hr[METRICS_MAX_K], ndcg[METRICS_MAX_K], mrr;
};

struct sums {
    double hr[METRICS_MAX_K], hr_squares[METRICS_MAX_K], ndcg[METRICS_MAX_K], ndcg_squares[METRICS_MAX_K];
    double mrr, mrr_squares;
};

static void add_gains(struct sums *sums, const struct gains *gains) {
    for (uint32_t k = 0; k < METRICS_MAX_K; k++) {
        double hr = gains->hr[k], ndcg = gains->ndcg[k];
        sums->hr[k] += hr, sums->hr_squares[k] += hr * hr;
        sums->ndcg[k] += ndcg, sums->ndcg_squares[k] += ndcg * ndcg;
    }
    sums->mrr += gains->mrr, sums->mrr_squares += gains->mrr * gains->mrr;
}

static struct gains gains_of_rank(const struct rank *rank) {
    struct gains gains;
    double places = (double)rank->equal + 1.0, hits = 0.0, gain = 0.0, reciprocal = 0.0;
    for (uint32_t k = 0; k < METRICS_MAX_K; k++) {
        if (k >= rank->greater && k - rank->greater <= rank->equal) hits += 1.0, gain += discount[k];
        gains.hr[k] = hits / places, gains.ndcg[k] = gain / places;
    }
    for (uint32_t place = 0; place <= rank->equal; place++)
        reciprocal += 1.0 / ((double)rank->greater + (double)place + 1.0);
    gains.mrr = reciprocal / places;
    return gains;
}

/* The chance of the smallest X that can be, with `ahead` of `others` ahead of the held-out item and `drawn` drawn: that
 * all drawn ones are of the `behind`, or, where these are fewer, that all of these are drawn. It may underflow to 0, but
 * then so do the chances of all X that METRICS_MAX_K can see, or nearly. */
static double first_chance(uint32_t others, uint32_t ahead, uint32_t drawn) {
    uint32_t behind = others - ahead, factors = behind < drawn ? behind : drawn;
    double chance = 1.0, from = behind < drawn ? drawn : behind;
    for (uint32_t j = 0; j < factors; j++) chance *= (from - (double)j) / ((double)others - (double)j);
    return chance;
}

/* Adds to chances[x] that of X = x, x < METRICS_MAX_K; `first` is that of the smallest X. Each follows from the one
 * before by the ratio of hypergeometric chances. */
static void add_chances(double *chances, uint32_t others, uint32_t ahead, uint32_t drawn, double first) {
    double R = ahead, n = drawn, rest = (double)others - R - n;
    double chance = first;
    for (uint32_t x = rest < 0.0 ? (uint32_t)-rest : 0; x < METRICS_MAX_K && chance > 0.0; x++) {
        chances[x] += chance;
        chance *= (R - x) * (n - x) / ((x + 1.0) * (rest + x + 1.0));
    }
}

/* The ties are taken in a random order, so that the held-out item has greater + j others ahead of it, j = 0 … equal, with
 * the same chance each; drawing keeps that order. The mean of 1 / (X + 1) has a closed form:
 * ((N + 1) - P(X = 0) (N - R - n)) / ((n + 1) (R + 1)) with N others, R ahead and n drawn. */
static struct gains gains_expected(const struct rank *rank, uint32_t drawn) {
    struct gains gains;
    uint32_t others = rank->candidates - 1;
    double N = others, n = drawn, places = (double)rank->equal + 1.0;
    double chances[METRICS_MAX_K] = {0}, reciprocal = 0.0, first = 0.0;
    for (uint32_t j = 0; j <= rank->equal; j++) {
        uint32_t ahead = rank->greater + j;
        double R = ahead, rest = N - R - n;
        /* from one R to the next, while fewer than the drawn are not left behind */
        first =
            j > 0 && rest >= 0.0 ? first * (rest + 1.0) / (N - R + 1.0) : first_chance(others, ahead, drawn);
        add_chances(chances, others, ahead, drawn, first);
        reciprocal += (N + 1.0 - (rest > 0.0 ? first * rest : 0.0)) / ((n + 1.0) * (R + 1.0));
    }
    double hits = 0.0, gain = 0.0;
    for (uint32_t k = 0; k < METRICS_MAX_K; k++) {
        hits += chances[k], gain += chances[k] * discount[k];
        gains.hr[k] = hits / places, gains.ndcg[k] = gain / places;
    }
    gains.mrr = reciprocal / places;
    return gains;
}

/* Means of what `negatives` drawn others make of each rank; `drawn` false: of the ranks themselves. */
static struct metrics metrics_over(const struct rank *ranks, uint32_t n, bool drawn, uint32_t negatives) {
    struct metrics metrics = {0};
    struct sums sums = {0};
    for (uint32_t u = 0; u < n; u++) {
        struct rank rank = ranks[u];
        if (rank.candidates == 0) continue;
        bool all_equal = rank.candidates > 1 && rank.equal + 1 == rank.candidates;
        metrics.users++;
        metrics.all_equal += all_equal ? 1 : 0;
        bool fewer = drawn && rank.candidates - 1 > negatives;
        /* among any number of equals the places are as likely: the short way for a model that tells nothing apart */
        if (fewer && all_equal) rank = (struct rank){0, negatives, negatives + 1};
        struct gains gains = fewer && !all_equal ? gains_expected(&rank, negatives) : gains_of_rank(&rank);
        add_gains(&sums, &gains);
    }
    if (metrics.users == 0) return metrics;
    double count = metrics.users;
    for (uint32_t k = 0; k < METRICS_MAX_K; k++) {
        mean_of(&metrics.hr[k], &metrics.hr_half_width[k], sums.hr[k], sums.hr_squares[k], count);
        mean_of(&metrics.ndcg[k], &metrics.ndcg_half_width[k], sums.ndcg[k], sums.ndcg_squares[k], count);
    }
    mean_of(&metrics.mrr, &metrics.mrr_half_width, sums.mrr, sums.mrr_squares, count);
    return metrics;
}

struct metrics metrics_of_ranks(const struct rank *ranks, uint32_t n) {
    return metrics_over(ranks, n, false, 0);
}

struct metrics metrics_expected(const struct rank *ranks, uint32_t n, uint32_t negatives) {
    return metrics_over(ranks, n, true, negatives);
}

#include "rank/metrics.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

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

struct rank metrics_rank(float score, const float *others, uint32_t n) {
    struct rank rank = {.candidates = n + 1};
    if (isnan(score)) {
        for (uint32_t i = 0; i < n; i++) rank.equal += isnan(others[i]) ? 1 : 0;
        rank.greater = n - rank.equal;
        return rank;
    }
    for (uint32_t i = 0; i < n; i++) {
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

struct sums {
    double hr[METRICS_MAX_K], hr_squares[METRICS_MAX_K], ndcg[METRICS_MAX_K], ndcg_squares[METRICS_MAX_K];
    double mrr, mrr_squares;
};

static void add_user(struct sums *sums, const struct rank *rank) {
    double places = (double)rank->equal + 1.0, hits = 0.0, gain = 0.0, reciprocal = 0.0;
    for (uint32_t k = 0; k < METRICS_MAX_K; k++) {
        if (k >= rank->greater && k - rank->greater <= rank->equal) hits += 1.0, gain += discount[k];
        double hr = hits / places, ndcg = gain / places;
        sums->hr[k] += hr, sums->hr_squares[k] += hr * hr;
        sums->ndcg[k] += ndcg, sums->ndcg_squares[k] += ndcg * ndcg;
    }
    for (uint32_t place = 0; place <= rank->equal; place++)
        reciprocal += 1.0 / ((double)rank->greater + (double)place + 1.0);
    reciprocal /= places;
    sums->mrr += reciprocal, sums->mrr_squares += reciprocal * reciprocal;
}

struct metrics metrics_of_ranks(const struct rank *ranks, uint32_t n) {
    struct metrics metrics = {0};
    struct sums sums = {0};
    for (uint32_t u = 0; u < n; u++) {
        if (ranks[u].candidates == 0) continue;
        metrics.users++;
        metrics.all_equal += ranks[u].candidates > 1 && ranks[u].equal + 1 == ranks[u].candidates ? 1 : 0;
        add_user(&sums, ranks + u);
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

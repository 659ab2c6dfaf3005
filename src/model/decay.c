#include "model/decay.h"

#include <math.h>

static void fill_powers(double *powers, uint32_t n, double base) {
    powers[0] = 1.0;
    for (uint32_t k = 1; k < n; k++) powers[k] = powers[k - 1] * base;
}

/* Turns c(t) into S(t) = Σ_j c(t + j) baseʲ, in place: S(t) = c(t) + base S(t + 1), from the end, where c is 1. */
static void fill_sums(double *sums, double base) {
    sums[DECAY_STEPS - 1] = 1.0 / (1.0 - base);
    for (uint32_t t = DECAY_STEPS - 1; t-- > 0;) sums[t] += base * sums[t + 1];
}

void decay_init(struct decay *decay) {
    double ratio = DECAY_BETA1 / sqrt(DECAY_BETA2);
    fill_powers(decay->sum_power, DECAY_POWERS, ratio);
    fill_powers(decay->m_power, DECAY_POWERS, DECAY_BETA1);
    fill_powers(decay->v_low, DECAY_BLOCK, DECAY_BETA2);
    fill_powers(decay->v_high, DECAY_BLOCK, decay->v_low[DECAY_BLOCK - 1] * DECAY_BETA2);
    double beta1_power = 1.0, beta2_power = 1.0;
    decay->sum[0] = decay->m_sum[0] = 0.0;
    for (uint32_t t = 1; t < DECAY_STEPS; t++) {
        beta1_power *= DECAY_BETA1;
        beta2_power *= DECAY_BETA2;
        decay->sum[t] = decay->m_sum[t] = sqrt(1.0 - beta2_power) / (1.0 - beta1_power);
    }
    fill_sums(decay->sum, ratio);
    fill_sums(decay->m_sum, DECAY_BETA1);
}

static double between(const double *sums, const double *powers, uint64_t from, uint64_t k) {
    uint64_t last = DECAY_STEPS - 1;
    double all = sums[from < last ? from : last];
    return k < DECAY_POWERS ? all - powers[k] * sums[from + k < last ? from + k : last] : all;
}

struct decay_move decay_move(const struct decay *decay, uint64_t from, uint64_t k) {
    if (k == 0) return (struct decay_move){.shift = 0.0, .epsilon = (float)DECAY_EPSILON};
    double sum = between(decay->sum, decay->sum_power, from, k);
    double m_sum = between(decay->m_sum, decay->m_power, from, k);
    return (struct decay_move){.shift = sum,
                               .epsilon = m_sum > 0.0 ? (float)(DECAY_EPSILON * sum / m_sum) : 1.0F};
}

float decay_m(const struct decay *decay, uint64_t k) {
    return k < DECAY_POWERS ? (float)decay->m_power[k] : 0.0F;
}

float decay_v(const struct decay *decay, uint64_t k) {
    if (k >= (uint64_t)DECAY_BLOCK * DECAY_BLOCK) return 0.0F;
    return (float)(decay->v_low[k % DECAY_BLOCK] * decay->v_high[k / DECAY_BLOCK]);
}

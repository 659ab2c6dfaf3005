/* What the dense Adam does to a row in the steps that do not use it, in closed form.
 *
 * With gradient zero a step multiplies m by β₁ and v by β₂, and every step t moves θ by -η c(t) m / (√v + ε), where
 * c(t) = √(1 - β₂ᵗ) / (1 - β₁ᵗ) is the bias correction. So if m and v are those of step s, then the k steps s … s + k - 1,
 * of which only the first had a gradient, move θ by
 *
 *   -η m Σ_j c(s + j) β₁ʲ / (√v β₂^(j/2) + ε),   j = 0 … k - 1.
 *
 * The sum is A / (√v + ε A / M) with A = Σ c(s + j) rʲ, r = β₁ / √β₂, and M = Σ c(s + j) β₁ʲ: exact for k = 1, exact
 * where ε is nothing beside √v or √v nothing beside ε, and off by a quarter of the variance of β₂^(j/2) under the weights
 * of A, below 8e-6 of the sum, in between. Each Σ is the difference of two infinite ones, which are tabulated. */
#ifndef NCF_DECAY_H
#define NCF_DECAY_H

#include <stdint.h>

#define DECAY_BETA1 0.9
#define DECAY_BETA2 0.999
#define DECAY_EPSILON 1e-8

#define DECAY_STEPS 16384 /* c(t) is 1 to 4e-8 from here on */
#define DECAY_POWERS 512  /* β₁ᵏ and rᵏ count as 0 from here on: they are below 1e-22 */
#define DECAY_BLOCK                                                                                          \
    256 /* β₂ᵏ is a product of two tabulated powers, and 0 from DECAY_BLOCK² on: below 4e-29 */

struct decay {
    double sum[DECAY_STEPS];   /* Σ_j c(t + j) rʲ over all j ≥ 0; c(0) counts as 0 */
    double m_sum[DECAY_STEPS]; /* Σ_j c(t + j) β₁ʲ */
    double sum_power[DECAY_POWERS], m_power[DECAY_POWERS];
    double v_low[DECAY_BLOCK], v_high[DECAY_BLOCK];
};

void decay_init(struct decay *decay);

/* The moves of the k steps from step `from` on: θ -= η shift m / (√v + epsilon); k = 0 gives a shift of 0. */
struct decay_move {
    double shift; /* not yet rounded, for η still to be multiplied to it */
    float epsilon;
};
struct decay_move decay_move(const struct decay *decay, uint64_t from, uint64_t k);

/* β₁ᵏ and β₂ᵏ. */
float decay_m(const struct decay *decay, uint64_t k);
float decay_v(const struct decay *decay, uint64_t k);

#endif

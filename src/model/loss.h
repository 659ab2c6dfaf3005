/* What training minimises, on logits. */
#ifndef NCF_LOSS_H
#define NCF_LOSS_H

#include <stdint.h>

/* Log loss (He et al. 2017, eq. 7): returns Σ_b -[y log σ(z) + (1 - y) log(1 - σ(z))], written as softplus(z) - y z so
 * that neither tail overflows, and writes the gradient of its mean, d_logits[B] = (σ(z) - y) / B. */
double loss_log(float *d_logits, const float *logits, const float *labels, uint32_t B);

#endif

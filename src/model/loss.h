/* What training minimises, on logits. Each loss is a mean over the batch; each function writes the gradient of that mean
 * and returns the mean times B, so that the sum over batches divided by the sum of their B is the mean over all. A logit
 * that is NaN or infinite makes what is returned so too. */
#ifndef NCF_LOSS_H
#define NCF_LOSS_H

#include <stdint.h>

enum loss_kind {
    LOSS_LOG,
    LOSS_SQUARED, /* weighted; the prediction is the logit itself */
    LOSS_BPR,     /* of pairs */
    LOSSES,
};

/* Log loss (He et al. 2017, eq. 7): returns Σ_b -[y log σ(z) + (1 - y) log(1 - σ(z))], written as softplus(z) - y z so
 * that neither tail overflows, and writes the gradient of its mean, d_logits[B] = (σ(z) - y) / B. */
double loss_log(float *d_logits, const float *logits, const float *labels, uint32_t B);

/* What loss_log adds up, losses[B], which may be `logits`. */
void loss_log_each(float *losses, const float *logits, const float *labels, uint32_t B);

/* Squared loss (He et al. 2017, eq. 5; without a factor ½): returns Σ_b w (y - z)², the weight w being `negative_weight`
 * where the label y is 0, else 1, and writes d_logits[B] = 2 w (z - y) / B. */
double loss_weighted_squared(float *d_logits, const float *logits, const float *labels, float negative_weight,
                             uint32_t B);

/* The same with all weights 1, of predictions and any labels, such as ratings. */
double loss_squared(float *d_predictions, const float *predictions, const float *labels, uint32_t B);

/* Bayesian personalised ranking (Rendle et al. 2009, BPR-Opt): B is even, logits 2 p and 2 p + 1 are those of a positive
 * i and a negative j of one user, and x = z_i - z_j. The mean over the B / 2 pairs of -ln σ(x) = softplus(-x): returns
 * B times it, which is twice the pairs' sum, and writes d_i = -σ(-x) / (B / 2) and d_j = -d_i. */
double loss_bpr(float *d_logits, const float *logits, uint32_t B);

#endif

/* The optimizers of the NCF paper's code, as Keras has them: every one is dense, that is, defined on all parameters at
 * every step. What the steps without a gradient do to a row is made up for when a batch next uses it (model/decay.h).
 *
 *   Adam (Kingma & Ba 2015)   m ← β₁ m + (1 - β₁) g,   v ← β₂ v + (1 - β₂) g²,
 *                             θ ← θ - η √(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε);   β₁ .9, β₂ .999
 *   RMSprop                   v ← ρ v + (1 - ρ) g²,   θ ← θ - η g / (√v + ε);   ρ .9
 *   Adagrad (Duchi 2011)      v ← v + g²,   θ ← θ - η g / (√v + ε)
 *   SGD                       θ ← θ - η g
 *
 * ε is 1e-8, outside the bias correction. A moment that has decayed to where it can no longer move a float
 * (|m| < 1e-20, v < 1e-30) becomes zero, since processors are slow with subnormal numbers. */
#ifndef NCF_OPTIMIZER_H
#define NCF_OPTIMIZER_H

#include "model/gradients.h"

enum optimizer_kind {
    OPTIMIZER_ADAM, /* the dense one, rows without a gradient in closed form (model/decay.h) */
    OPTIMIZER_ADAM_DENSE, /* the dense one, every row at every step: the same but slow, to check the other against */
    OPTIMIZER_ADAM_LAZY, /* rows without a gradient stay where they are and keep their moments */
    OPTIMIZER_SGD,
    OPTIMIZER_ADAGRAD,
    OPTIMIZER_RMSPROP,
    OPTIMIZERS,
};

struct optimizer {
    enum optimizer_kind kind;
    double rate;                                 /* η */
    uint64_t step;                               /* steps done, t */
    double beta1_power, beta2_power, correction; /* β₁ᵗ, β₂ᵗ, √(1 - β₂ᵗ) / (1 - β₁ᵗ) */
    uint32_t moments; /* of a parameter: m and v of Adam, v of Adagrad and RMSprop, or none */
    /* [moments * model->parameters] in the layout of the model's values, but with the moments of a row of an embedding
     * side by side, first all m, then all v (one stretch of memory and not two), as those of a whole dense tensor are. */
    float *state;
    /* [users or items]: the step that a row's moments are of. Moves of Adam from this step on are still to be made: a
     * row moves when it is next used, by all steps since in one. NULL where not needed. */
    uint64_t *current[TENSOR_AXES];
    struct decay *decay;
    uint32_t fetched; /* keeps a compiler from leaving out reads that are there for the cache only */
};

/* STATUS_MEMORY, STATUS_ARGUMENT. Owned by the caller: optimizer_free. */
enum status optimizer_new(struct optimizer **out, const struct model *model, enum optimizer_kind kind,
                          double rate);
void optimizer_free(struct optimizer *optimizer);

/* Moves the rows that `batch` uses to where they are after the present step: to be called before network_forward. */
void optimizer_prepare(struct optimizer *optimizer, struct model *model, const struct batch *batch);

/* One step, given the gradients of the batch that was prepared. */
void optimizer_step(struct optimizer *optimizer, struct model *model, const struct gradients *gradients,
                    const struct batch *batch);

/* Moves all rows to where they are after the present step. */
void optimizer_settle(struct optimizer *optimizer, struct model *model);

/* The values that optimizer_settle would give, into out [model->parameters]; nothing else changes. */
void optimizer_snapshot(const struct optimizer *optimizer, const struct model *model, float *out);

/* Another learning rate from the next step on; settles, since the steps to be made up had the old one.
 * The rate that it has already changes nothing. */
void optimizer_set_rate(struct optimizer *optimizer, struct model *model, double rate);

#endif

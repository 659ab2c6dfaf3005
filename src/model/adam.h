/* Adam (Kingma & Ba 2015), the dense one of Keras and TensorFlow 1, which the NCF paper used: at every step the moments
 * of all rows decay and all rows move, those that the batch did not use with a gradient of zero.
 *
 *   m ← β₁ m + (1 - β₁) g,   v ← β₂ v + (1 - β₂) g²,   θ ← θ - η √(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε)
 *
 * β₁ .9, β₂ .999, ε 1e-8 (outside the bias correction, as in Keras). A moment that has decayed to where it can no
 * longer move a float (|m| < 1e-20, v < 1e-30) becomes zero, since processors are slow with subnormal numbers. */
#ifndef NCF_ADAM_H
#define NCF_ADAM_H

#include "model/gradients.h"
#include "model/model.h"

struct adam {
    float *m, *v; /* [model->parameters], in the layout of the model's values */
    uint64_t step;
    double beta1_power, beta2_power; /* β₁ᵗ, β₂ᵗ */
};

/* STATUS_MEMORY. Owned by the caller: adam_free. */
enum status adam_new(struct adam **out, const struct model *model);
void adam_free(struct adam *adam);

/* One step with learning rate `rate` on all tensors of the model. */
void adam_step(struct adam *adam, struct model *model, const struct gradients *gradients, double rate);

/* Forgets all moments. */
void adam_reset(struct adam *adam, const struct model *model);

#endif

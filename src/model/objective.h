/* What training makes small, from the model's logits: the loss of ratings that it predicts, or of labels. */
#ifndef NCF_OBJECTIVE_H
#define NCF_OBJECTIVE_H

#include "model/loss.h"
#include "model/model.h"

struct objective {
    bool of_ratings;       /* by squared loss; the rest is not read */
    enum loss_kind loss;   /* LOSS_BPR: of pairs, so that B is even */
    float negative_weight; /* of LOSS_SQUARED */
};

/* What the model says, from logits, in place: ratings, or with log loss probabilities; other losses take the logits as
 * they are. x[n] */
void objective_predict(const struct objective *objective, const struct model *model, float *x, uint32_t n);

/* The mean loss times B, and its gradient, d_logits[B] (model/loss.h). Of ratings logits[B] become the predictions. */
double objective_loss(const struct objective *objective, const struct model *model, float *d_logits,
                      float *logits, const float *labels, uint32_t B);

#endif

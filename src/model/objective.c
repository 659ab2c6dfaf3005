#include "model/objective.h"

void objective_predict(const struct objective *objective, const struct model *model, float *x, uint32_t n) {
    if (objective->of_ratings)
        model_predict(model, x, n);
    else if (objective->loss == LOSS_LOG)
        kernel_activation(x, n, ACTIVATION_SIGMOID);
}

double objective_loss(const struct objective *objective, const struct model *model, float *d_logits,
                      float *logits, const float *labels, uint32_t B) {
    if (objective->of_ratings) {
        model_predict(model, logits, B);
        double loss = loss_squared(d_logits, logits, labels, B);
        model_predict_backward(model, d_logits, logits, B);
        return loss;
    }
    switch (objective->loss) {
    case LOSS_SQUARED:
        return loss_weighted_squared(d_logits, logits, labels, objective->negative_weight, B);
    case LOSS_BPR:
        return loss_bpr(d_logits, logits, B);
    default:
        return loss_log(d_logits, logits, labels, B);
    }
}

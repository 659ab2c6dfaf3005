#include "model/pretrain.h"

#include <string.h>

#include "base/kernels.h"

static bool same_shape(const struct tensor *a, const struct tensor *b) {
    return a->rows == b->rows && a->columns == b->columns;
}

/* Whether every tensor from `first` to `last` has the same shape in both. */
static bool fits(const struct model *a, const struct model *b, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t <= last; t++)
        if (!same_shape(a->tensors + t, b->tensors + t)) return false;
    return true;
}

static void copy(struct model *to, const struct model *from, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t <= last; t++) {
        const struct tensor *tensor = to->tensors + t;
        if (tensor->rows > 0)
            memcpy(model_values(to, t), model_values(from, t),
                   (size_t)tensor->rows * tensor->columns * sizeof(float));
    }
}

enum status model_pretrain(struct model *neumf, const struct model *gmf, const struct model *mlp,
                           float alpha) {
    bool parts = neumf->settings.parts == (MODEL_GMF | MODEL_MLP) && gmf->settings.parts == MODEL_GMF &&
                 mlp->settings.parts == MODEL_MLP && !neumf->settings.shared &&
                 neumf->settings.fusion_count == 0 && !neumf->settings.dot && !gmf->settings.dot;
    if (!parts || neumf->gmf_width != gmf->gmf_width || neumf->mlp_width != mlp->mlp_width ||
        neumf->settings.activation != mlp->settings.activation ||
        !fits(neumf, gmf, MODEL_GMF_USER, MODEL_GMF_ITEM) ||
        !fits(neumf, mlp, MODEL_MLP_USER, MODEL_MLP_ITEM) ||
        !fits(neumf, mlp, MODEL_LAYER_WEIGHT, MODEL_MAX_TENSORS - 1))
        return STATUS_ARGUMENT;
    copy(neumf, gmf, MODEL_GMF_USER, MODEL_GMF_ITEM);
    copy(neumf, mlp, MODEL_MLP_USER, MODEL_MLP_ITEM);
    copy(neumf, mlp, MODEL_LAYER_WEIGHT, MODEL_MAX_TENSORS - 1);
    kernel_scale(model_output_gmf(neumf), alpha, model_output_gmf(gmf), neumf->gmf_width);
    kernel_scale(model_output_mlp(neumf), 1.0F - alpha, model_output_mlp(mlp), neumf->mlp_width);
    *model_values(neumf, MODEL_OUTPUT_BIAS) = alpha * *model_values(gmf, MODEL_OUTPUT_BIAS) +
                                              (1.0F - alpha) * *model_values(mlp, MODEL_OUTPUT_BIAS);
    return STATUS_OK;
}

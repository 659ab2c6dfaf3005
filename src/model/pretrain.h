/* Pretraining (He et al. 2017, section 3.4.1): a NeuMF that starts from a trained GMF and a trained MLP. */
#ifndef NCF_PRETRAIN_H
#define NCF_PRETRAIN_H

#include "model/model.h"

/* Writes the weights of `gmf` and `mlp` to `neumf`: embeddings and hidden layers as they are, the output layer as
 * h = [α h_GMF; (1 - α) h_MLP] (eq. 13) and c = α c_GMF + (1 - α) c_MLP, so that NeuMF's logit is
 * α logit_GMF + (1 - α) logit_MLP. STATUS_ARGUMENT where the shapes don't fit: nothing is written then. */
enum status model_pretrain(struct model *neumf, const struct model *gmf, const struct model *mlp,
                           float alpha);

#endif

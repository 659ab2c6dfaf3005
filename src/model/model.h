/* Every model is one composition of parts (He et al. 2017, figures 2 and 3):
 *
 *   logit(u, i) =  μ + a_u + b_i                                   bias part
 *               +  hᵀ [ p_u ∘ q_i ; a_L(… a_1(W_1 [s_u; t_i] + b_1)) ] + c
 *                       GMF part       MLP part                     (eq. 9, 10, 12)
 *
 * GMF has the GMF part only, MLP the MLP part only, NeuMF both; ItemPop is the bias part with b_i = the item's count.
 * - With `dot` the GMF part is p_u · q_i, its h being 1: matrix factorisation, and p · q + f([s; t]) with an MLP part.
 * - With shared embeddings both parts use p_u and q_i and meet inside the last layer (eq. 11 where the tower has one):
 *   hᵀ a_L(p_u ∘ q_i + W_L x_(L-1) + b_L) + c.
 * - With a fusion tower its layers stand between the concatenation and h: hᵀ φ([p_u ∘ q_i ; a_L(…)]) + c.
 * - With features s_u is, or has added to it, the mean of the embeddings of the user's features, and so has t_i.
 * A prediction of ratings is the logit itself, or its sigmoid scaled to the ratings' range.
 * A model is its settings and one table of tensors, from which memory, gradients, optimizer state, saving, hashing and
 * the drawing derive. */
#ifndef NCF_MODEL_H
#define NCF_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/kernels.h"
#include "base/status.h"

#define MODEL_MAX_LAYERS 10 /* entries of `layers`, the concatenation included */
#define MODEL_MAX_WIDTH 4096
#define MODEL_MAX_FUSION 4 /* hidden layers of the fusion tower */
#define MODEL_MAX_TENSORS (MODEL_FUSION_WEIGHT + 2 * MODEL_MAX_FUSION)

enum model_part {
    MODEL_BIAS = 1,
    MODEL_GMF = 2,
    MODEL_MLP = 4,
    /* These two stand alone: score(u, i) = Σ B[j, i] over the items j that u has, */
    MODEL_ITEMS = 8,       /* B being a matrix (model/ease.h), or */
    MODEL_NEIGHBOURS = 16, /* lists of similar items (model/itemknn.h) */
};

/* Tensors that share an L2 regulariser. */
enum model_group {
    MODEL_BIASES,         /* user and item biases */
    MODEL_GMF_EMBEDDINGS, /* shared ones too */
    MODEL_MLP_EMBEDDINGS,
    MODEL_WEIGHTS, /* of hidden layers and output, without their biases */
    MODEL_FREE,    /* never regularised */
    MODEL_GROUPS,
};

/* What a tensor's rows belong to. */
enum tensor_axis {
    TENSOR_DENSE, /* nothing: every batch uses all of it */
    TENSOR_USER,  /* a row a user: a batch uses the rows of its users */
    TENSOR_ITEM,
    TENSOR_AXES,
};

/* Which of `count` features each row (user or item) has, as compressed sparse rows. Borrowed. */
struct model_features {
    uint32_t count;        /* 0: none, and what follows is not read */
    const uint32_t *start; /* [rows + 1] */
    const uint32_t *index; /* [start[rows]], each below count */
    bool alone;            /* rows have no embeddings of their own beside those of their features */
};

struct model_settings {
    uint32_t parts;       /* a sum of model_part */
    uint32_t factors;     /* F: width of the GMF part's embeddings; not read without that part */
    uint32_t layer_count; /* not read without the MLP part; else 1 … MODEL_MAX_LAYERS */
    /* widths as --layers gives them: layers[0] is that of [s_u; t_i] and even, so D = layers[0] / 2; then the hidden
     * layers. One entry alone (MLP-0) leads the concatenation straight to the output. */
    uint32_t layers[MODEL_MAX_LAYERS];
    enum activation activation; /* of the hidden layers */
    /* GMF and MLP have one pair of embeddings between them: the tower must start with 2 F and end with F. */
    bool shared;
    bool dot; /* h of the GMF part is 1 and not learnt; excludes `shared` and a fusion tower */
    /* GMF's and MLP's scores are two outputs added up: h is drawn as two output layers are. The sum is NeuMF's. */
    bool additive;
    uint32_t fusion_count; /* layers of the fusion tower; needs GMF and an MLP with hidden layers */
    uint32_t fusion[MODEL_MAX_FUSION];
    struct model_features features[TENSOR_AXES]; /* of users and items, for the MLP part; excludes `shared` */
    float embedding_std; /* of the initial embeddings; 0 stands for .01, as the authors' code has it */
    /* highest > lowest: predictions are lowest + (highest - lowest) σ(logit); else they are logits */
    float lowest, highest;
    uint32_t neighbours; /* of an item, with MODEL_NEIGHBOURS */
    float l2[MODEL_GROUPS]; /* λ of each group of tensors: the loss has λ/2 ‖·‖² more, see gradients_add_l2 */
    uint64_t seed;
};

enum tensor_init {
    TENSOR_ZERO,
    TENSOR_NORMAL, /* N(0, .01²), as the authors' code */
    TENSOR_GLOROT, /* U(±√(6 / (fan in + fan out))) */
    TENSOR_LECUN,  /* U(±√(3 / fan in)), as the authors' code for the output layer */
};

struct tensor {
    char name[40]; /* its name in a safetensors file, PyTorch's conventions */
    enum tensor_axis axis;
    enum tensor_init init;
    enum model_group group;
    bool is_vector; /* its shape in a file is [rows] rather than [rows, columns] */
    uint32_t rows, columns;
    uint64_t offset; /* of its values in the model's block of parameters, in floats */
};

/* Where each part finds its tensors: rows of the table. */
enum model_tensor {
    MODEL_GLOBAL_BIAS,
    MODEL_USER_BIAS,
    MODEL_ITEM_BIAS,
    MODEL_GMF_USER,
    MODEL_GMF_ITEM,
    MODEL_MLP_USER,
    MODEL_MLP_ITEM,
    MODEL_OUTPUT_WEIGHT,
    MODEL_OUTPUT_BIAS,
    MODEL_LAYER_WEIGHT, /* + 2 l for layer l, its bias next */
    MODEL_LAYER_BIAS,
    MODEL_USER_FEATURES = MODEL_LAYER_WEIGHT + 2 * MODEL_MAX_LAYERS,
    MODEL_ITEM_FEATURES,
    MODEL_ITEM_WEIGHTS, /* [items, items] */
    MODEL_NEIGHBOUR_LISTS,
    MODEL_SIMILARITIES,
    MODEL_FUSION_WEIGHT, /* + 2 l for layer l, its bias next */
    MODEL_FUSION_BIAS,
};

struct model {
    struct model_settings settings;
    uint32_t users, items;
    uint32_t factors;         /* F, 0 without the GMF part */
    uint32_t embedding_width; /* D, 0 without the MLP part */
    uint32_t hidden_count;    /* hidden layers: layer_count - 1 */
    uint32_t gmf_width;       /* F where GMF's product is concatenated; 0 with shared embeddings or `dot` */
    uint32_t mlp_width;       /* width of the MLP part's last layer */
    uint32_t joint_width;     /* of the concatenation: gmf_width + mlp_width */
    uint32_t output_width;    /* columns of output.weight: joint_width, or the last of the fusion tower's */
    /* Tensors that the model lacks have no rows. Listed in the order of enum model_tensor. */
    struct tensor tensors[MODEL_MAX_TENSORS];
    uint64_t parameters; /* floats in all */
    float *values;       /* [parameters] */
};

/* A model with initial weights drawn from settings.seed; each tensor has its own stream, so that equal tensors of
 * different models start equal. STATUS_ARGUMENT, STATUS_MEMORY. Owned by the caller: model_free. */
enum status model_new(struct model **out, const struct model_settings *settings, uint32_t users,
                      uint32_t items);
void model_free(struct model *model);

/* A tensor's values, [rows, columns]; NULL where the model lacks it. */
float *model_values(const struct model *model, uint32_t tensor);

/* Users or items. */
uint32_t model_rows(const struct model *model, enum tensor_axis axis);

/* The table that the MLP part takes its user or item embeddings from: it has no rows where features stand alone. */
uint32_t model_mlp_table(const struct model *model, enum tensor_axis axis);

/* x[D] = the MLP part's input for a row: its embedding, if any, plus the mean of the `n` features' embeddings. `row` is
 * UINT32_MAX for one that the model does not know: it has features alone. */
void model_mlp_input(const struct model *model, float *x, enum tensor_axis axis, uint32_t row,
                     const uint32_t *features, uint32_t n);

/* Predictions from logits, in place: x[n]. */
void model_predict(const struct model *model, float *x, uint32_t n);

/* Undoes it: gradients d[n] of the predictions become those of the logits. */
void model_predict_backward(const struct model *model, float *d, const float *predictions, uint32_t n);

/* The GMF and MLP halves of output.weight; with a fusion tower there are none. */
float *model_output_gmf(const struct model *model);
float *model_output_mlp(const struct model *model);

/* What a logit has besides the parts' scores: c + ((μ + a_u) + b_i), terms that the model lacks being 0. */
float model_offset(const struct model *model, uint32_t user, uint32_t item);

/* Draws the initial weights again. */
void model_reset(struct model *model);

/* A fingerprint of all weights. */
uint64_t model_hash(const struct model *model);

#endif

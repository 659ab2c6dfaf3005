/* Every model is one composition of parts (He et al. 2017, figures 2 and 3):
 *
 *   logit(u, i) =  μ + a_u + b_i                                   bias part
 *               +  hᵀ [ p_u ∘ q_i ; a_L(… a_1(W_1 [s_u; t_i] + b_1)) ] + c
 *                       GMF part       MLP part                     (eq. 9, 10, 12)
 *
 * GMF has the GMF part only, MLP the MLP part only, NeuMF both; ItemPop is the bias part with b_i = the item's count.
 * With shared embeddings both parts use p_u and q_i and meet inside the last layer (eq. 11 where the tower has one):
 * hᵀ a_L(p_u ∘ q_i + W_L x_(L-1) + b_L) + c.
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
#define MODEL_MAX_TENSORS (2 * MODEL_MAX_LAYERS + 9)

enum model_part {
    MODEL_BIAS = 1,
    MODEL_GMF = 2,
    MODEL_MLP = 4,
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
    float l2[MODEL_GROUPS]; /* λ of each group of tensors: the loss has λ/2 ‖·‖² more, see gradients_add_l2 */
    uint64_t seed;
};

/* What a tensor's rows belong to. */
enum tensor_axis {
    TENSOR_DENSE, /* nothing: every batch uses all of it */
    TENSOR_USER,  /* a row a user: a batch uses the rows of its users */
    TENSOR_ITEM,
    TENSOR_AXES,
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
};

struct model {
    struct model_settings settings;
    uint32_t users, items;
    uint32_t embedding_width; /* D, 0 without the MLP part */
    uint32_t hidden_count;    /* hidden layers: layer_count - 1 */
    uint32_t gmf_width;    /* columns of output.weight that GMF's product has: F, 0 with shared embeddings */
    uint32_t mlp_width;    /* width of the MLP part's last layer */
    uint32_t output_width; /* columns of output.weight: gmf_width + mlp_width */
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

/* The table that the MLP part takes its user or item embeddings from. */
uint32_t model_mlp_table(const struct model *model, enum tensor_axis axis);

/* The GMF and MLP halves of output.weight. */
float *model_output_gmf(const struct model *model);
float *model_output_mlp(const struct model *model);

/* What a logit has besides the parts' scores: c + ((μ + a_u) + b_i), terms that the model lacks being 0. */
float model_offset(const struct model *model, uint32_t user, uint32_t item);

/* Draws the initial weights again. */
void model_reset(struct model *model);

/* A fingerprint of all weights. */
uint64_t model_hash(const struct model *model);

#endif

/* One example's way through the network (model/network.h) with everything kept: the values of every node and, after
 * trace_backward, the gradient of the example's loss by each of them and by every tensor. A node is a vector that a
 * drawing shows: an embedding, their product, a layer's output, a bias, the logit. */
#ifndef NCF_TRACE_H
#define NCF_TRACE_H

#include "model/network.h"
#include "model/objective.h"

enum trace_node {
    TRACE_GMF_USER, /* p_u; with shared embeddings the MLP's too */
    TRACE_GMF_ITEM, /* q_i */
    TRACE_GMF_PRODUCT,
    TRACE_MLP_USER, /* s_u, the mean of its features' embeddings included */
    TRACE_MLP_ITEM, /* t_i */
    TRACE_USER_BIAS,
    TRACE_ITEM_BIAS,
    TRACE_GLOBAL_BIAS,
    TRACE_OUTPUT, /* the logit */
    TRACE_LAYER,  /* + l: the output of layer l of the tower, after its activation */
    TRACE_FUSION = TRACE_LAYER + MODEL_MAX_LAYERS,
    TRACE_NODES = TRACE_FUSION + MODEL_MAX_FUSION,
};

/* What a logit is the sum of. */
enum trace_share {
    TRACE_SHARE_GMF,
    TRACE_SHARE_MLP,    /* with shared embeddings all of the last layer, p ∘ q included */
    TRACE_SHARE_FUSION, /* with a fusion tower in the place of both */
    TRACE_SHARE_BIAS,   /* output.bias too */
    TRACE_SHARES,
};

struct trace_vector {
    uint32_t width; /* 0: the model has no such node */
    float *values, *gradient;
};

struct trace {
    struct objective objective;
    struct network *network; /* with room for one example, as the next two */
    struct gradients *gradients;
    struct batch *batch;
    struct trace_vector nodes[TRACE_NODES];
    double
        shares[TRACE_SHARES]; /* up to rounding they add up to the logit; 0 of a part that the model lacks */
    float logit, prediction;  /* the latter: objective_predict */
};

/* For models of this shape. STATUS_MEMORY. Owned by the caller: trace_free. */
enum status trace_new(struct trace **out, const struct model *model, const struct objective *objective);
void trace_free(struct trace *trace);

/* A node's name, such as "mlp.layers.0". */
const char *trace_name(uint32_t node);

/* Fills the values, the shares, the logit (network_forward's, to the bit) and the prediction. */
void trace_forward(struct trace *trace, const struct model *model, uint32_t user, uint32_t item);

/* Undoes the last trace_forward: fills the gradients of the loss of this example, without the regulariser, and returns the
 * loss. label: 1 or 0, or a rating. With LOSS_BPR the example is one of a pair, the positive where the label is 1, and
 * `other` is the logit of the other one, whose own way has no part in the gradients; else it is not read. */
double trace_backward(struct trace *trace, const struct model *model, float label, float other);

/* After trace_backward: the Euclidean length of the gradient of a tensor, 0 where the model lacks it. */
double trace_norm(const struct trace *trace, const struct model *model, uint32_t tensor);

#endif

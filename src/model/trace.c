#include "model/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const char *const names[TRACE_NODES] = {
    [TRACE_GMF_USER] = "gmf.user",
    [TRACE_GMF_ITEM] = "gmf.item",
    [TRACE_GMF_PRODUCT] = "gmf.product",
    [TRACE_MLP_USER] = "mlp.user",
    [TRACE_MLP_ITEM] = "mlp.item",
    [TRACE_USER_BIAS] = "bias.user",
    [TRACE_ITEM_BIAS] = "bias.item",
    [TRACE_GLOBAL_BIAS] = "bias.global",
    [TRACE_OUTPUT] = "output",
    [TRACE_LAYER] = "mlp.layers.0",
    "mlp.layers.1",
    "mlp.layers.2",
    "mlp.layers.3",
    "mlp.layers.4",
    "mlp.layers.5",
    "mlp.layers.6",
    "mlp.layers.7",
    "mlp.layers.8",
    "mlp.layers.9",
    [TRACE_FUSION] = "fusion.layers.0",
    "fusion.layers.1",
    "fusion.layers.2",
    "fusion.layers.3",
};

const char *trace_name(uint32_t node) { return names[node]; }

static uint32_t width_of(const struct model *model, uint32_t node) {
    const struct model_settings *settings = &model->settings;
    if (node >= TRACE_FUSION)
        return node - TRACE_FUSION < settings->fusion_count ? settings->fusion[node - TRACE_FUSION] : 0;
    if (node >= TRACE_LAYER)
        return node - TRACE_LAYER < model->hidden_count ? settings->layers[node - TRACE_LAYER + 1] : 0;
    if (node <= TRACE_GMF_PRODUCT) return model->factors;
    if (node <= TRACE_MLP_ITEM) return settings->shared ? 0 : model->embedding_width;
    return node == TRACE_OUTPUT || (settings->parts & MODEL_BIAS) != 0;
}

static struct trace *lay_out(struct arena *arena, struct trace *trace, const struct model *model) {
    struct trace *self = arena_take(arena, 1, sizeof *self);
    for (uint32_t n = 0; n < TRACE_NODES; n++) {
        struct trace_vector *node = trace->nodes + n;
        node->width = width_of(model, n);
        node->values = arena_take(arena, node->width, sizeof *node->values);
        node->gradient = arena_take(arena, node->width, sizeof *node->gradient);
    }
    return self;
}

enum status trace_new(struct trace **out, const struct model *model, const struct objective *objective) {
    *out = NULL;
    struct trace description = {.objective = *objective};
    struct arena arena = {0};
    lay_out(&arena, &description, model);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct trace *trace = lay_out(&arena, &description, model);
    *trace = description;
    enum status status = network_new(&trace->network, model, 1);
    if (status == STATUS_OK) status = gradients_new(&trace->gradients, model, 1);
    if (status == STATUS_OK) status = batch_new(&trace->batch, model, 1);
    if (status != STATUS_OK) {
        trace_free(trace);
        return status;
    }
    *out = trace;
    return STATUS_OK;
}

void trace_free(struct trace *trace) {
    if (trace == NULL) return;
    network_free(trace->network);
    gradients_free(trace->gradients);
    batch_free(trace->batch);
    free(trace);
}

static void keep_values(struct trace *trace, uint32_t node, const float *values) {
    struct trace_vector *vector = trace->nodes + node;
    memcpy(vector->values, values, vector->width * sizeof *values);
}

static void keep_gradient(struct trace *trace, uint32_t node, const float *gradient) {
    struct trace_vector *vector = trace->nodes + node;
    memcpy(vector->gradient, gradient, vector->width * sizeof *gradient);
}

/* The row of an embedding or a bias. */
static void keep_row(struct trace *trace, uint32_t node, const struct model *model, uint32_t table,
                     uint32_t row) {
    keep_values(trace, node, model_values(model, table) + (size_t)row * model->tensors[table].columns);
}

static void keep_layers(struct trace *trace, uint32_t node, const struct layers *layers) {
    for (uint32_t l = 0; l < layers->count; l++) keep_values(trace, node + l, layers->hidden[l]);
}

static double dot(const float *x, const float *y, uint32_t n) {
    double sum = 0.0;
    for (uint32_t i = 0; i < n; i++) sum += (double)x[i] * (double)y[i];
    return sum;
}

/* What each part gives to the logit. */
static void find_shares(struct trace *trace, const struct model *model, uint32_t user, uint32_t item) {
    const struct trace_vector *nodes = trace->nodes;
    const struct model_settings *settings = &model->settings;
    double *shares = trace->shares;
    memset(shares, 0, sizeof trace->shares);
    shares[TRACE_SHARE_BIAS] = (double)model_offset(model, user, item);
    if (settings->fusion_count > 0) {
        const struct trace_vector *top = nodes + TRACE_FUSION + settings->fusion_count - 1;
        shares[TRACE_SHARE_FUSION] = dot(model_values(model, MODEL_OUTPUT_WEIGHT), top->values, top->width);
        return;
    }
    if (settings->dot)
        shares[TRACE_SHARE_GMF] =
            dot(nodes[TRACE_GMF_USER].values, nodes[TRACE_GMF_ITEM].values, model->factors);
    else if (model->gmf_width > 0)
        shares[TRACE_SHARE_GMF] =
            dot(model_output_gmf(model), nodes[TRACE_GMF_PRODUCT].values, model->gmf_width);
    if ((settings->parts & MODEL_MLP) == 0) return;
    const float *h = model_output_mlp(model);
    uint32_t D = model->embedding_width;
    shares[TRACE_SHARE_MLP] =
        model->hidden_count > 0
            ? dot(h, nodes[TRACE_LAYER + model->hidden_count - 1].values, model->mlp_width)
            : dot(h, nodes[TRACE_MLP_USER].values, D) + dot(h + D, nodes[TRACE_MLP_ITEM].values, D);
}

void trace_forward(struct trace *trace, const struct model *model, uint32_t user, uint32_t item) {
    const struct network *network = trace->network;
    const struct trace_vector *nodes = trace->nodes;
    uint32_t parts = model->settings.parts;
    *trace->batch->users = user, *trace->batch->items = item;
    batch_index(trace->batch, 1);
    network_forward(trace->network, &trace->logit, model, trace->batch);
    if ((parts & MODEL_GMF) != 0) {
        keep_row(trace, TRACE_GMF_USER, model, MODEL_GMF_USER, user);
        keep_row(trace, TRACE_GMF_ITEM, model, MODEL_GMF_ITEM, item);
        kernel_multiply(nodes[TRACE_GMF_PRODUCT].values, nodes[TRACE_GMF_USER].values,
                        nodes[TRACE_GMF_ITEM].values, model->factors);
    }
    if ((parts & MODEL_MLP) != 0) {
        keep_values(trace, TRACE_MLP_USER, network->halves[TENSOR_USER].x);
        keep_values(trace, TRACE_MLP_ITEM, network->halves[TENSOR_ITEM].x);
        keep_layers(trace, TRACE_LAYER, &network->tower);
        keep_layers(trace, TRACE_FUSION, &network->fusion);
    }
    if ((parts & MODEL_BIAS) != 0) {
        keep_row(trace, TRACE_USER_BIAS, model, MODEL_USER_BIAS, user);
        keep_row(trace, TRACE_ITEM_BIAS, model, MODEL_ITEM_BIAS, item);
        keep_row(trace, TRACE_GLOBAL_BIAS, model, MODEL_GLOBAL_BIAS, 0);
    }
    keep_values(trace, TRACE_OUTPUT, &trace->logit);
    find_shares(trace, model, user, item);
    trace->prediction = trace->logit;
    objective_predict(&trace->objective, model, &trace->prediction, 1);
}

/* The loss of this example and the gradient of its logit. */
static double loss_of(const struct trace *trace, const struct model *model, float *d_logit, float label,
                      float other) {
    bool pairs = !trace->objective.of_ratings && trace->objective.loss == LOSS_BPR;
    uint32_t at = pairs && !(label > 0.0F), B = pairs ? 2 : 1;
    float logits[] = {other, other}, labels[] = {label, label}, d_logits[2];
    logits[at] = trace->logit;
    double loss = objective_loss(&trace->objective, model, d_logits, logits, labels, B) / B;
    *d_logit = d_logits[at];
    return loss;
}

/* The gradients of the outputs of a stack, of which backward has left those of the sums inside the activations: that of
 * the top is given, each other one is that of the input of the layer above. */
static void keep_layer_gradients(struct trace *trace, uint32_t node, const struct layers *layers,
                                 const struct model *model) {
    for (uint32_t l = 1; l < layers->count; l++)
        layers_input_backward(layers, model, l, trace->nodes[node + l - 1].gradient, 1);
}

/* The gradients of what is joined before the output or the fusion tower: of GMF's product and of the tower's top. */
static void keep_joint_gradients(struct trace *trace, const struct model *model, float d_logit) {
    const struct network *network = trace->network;
    const struct model_settings *settings = &model->settings;
    const struct trace_vector *product = trace->nodes + TRACE_GMF_PRODUCT;
    const struct trace_vector *top = trace->nodes + TRACE_LAYER + model->hidden_count - 1;
    if (settings->fusion_count > 0) {
        const struct trace_vector *last = trace->nodes + TRACE_FUSION + settings->fusion_count - 1;
        kernel_scale(last->gradient, d_logit, model_values(model, MODEL_OUTPUT_WEIGHT), last->width);
        memcpy(product->gradient, network->d_joint, product->width * sizeof(float));
        memcpy(top->gradient, network->d_joint + product->width, top->width * sizeof(float));
        return;
    }
    if (settings->dot)
        for (uint32_t f = 0; f < product->width; f++) product->gradient[f] = d_logit;
    else if (settings->shared)
        memcpy(product->gradient, network->tower.gradient[model->hidden_count - 1],
               product->width * sizeof(float));
    else if (product->width > 0)
        kernel_scale(product->gradient, d_logit, model_output_gmf(model), product->width);
    if (model->hidden_count > 0) kernel_scale(top->gradient, d_logit, model_output_mlp(model), top->width);
}

/* Where features stand alone, the input's gradient is left in its place (model/halves.c). */
static void keep_input_gradient(struct trace *trace, uint32_t node, const struct model *model,
                                enum tensor_axis axis) {
    const float *of_table = trace->gradients->values[model_mlp_table(model, axis)];
    keep_gradient(trace, node, of_table != NULL ? of_table : trace->network->halves[axis].x);
}

double trace_backward(struct trace *trace, const struct model *model, float label, float other) {
    const struct network *network = trace->network;
    float *const *of_tensors = trace->gradients->values;
    uint32_t parts = model->settings.parts;
    float d_logit;
    double loss = loss_of(trace, model, &d_logit, label, other);
    network_backward(trace->network, trace->gradients, model, trace->batch, &d_logit);
    keep_gradient(trace, TRACE_OUTPUT, &d_logit);
    keep_joint_gradients(trace, model, d_logit);
    if ((parts & MODEL_GMF) != 0) {
        keep_gradient(trace, TRACE_GMF_USER, of_tensors[MODEL_GMF_USER]);
        keep_gradient(trace, TRACE_GMF_ITEM, of_tensors[MODEL_GMF_ITEM]);
    }
    if ((parts & MODEL_MLP) != 0) {
        keep_layer_gradients(trace, TRACE_LAYER, &network->tower, model);
        keep_layer_gradients(trace, TRACE_FUSION, &network->fusion, model);
        keep_input_gradient(trace, TRACE_MLP_USER, model, TENSOR_USER);
        keep_input_gradient(trace, TRACE_MLP_ITEM, model, TENSOR_ITEM);
    }
    for (uint32_t node = TRACE_USER_BIAS; node <= TRACE_GLOBAL_BIAS; node++)
        if ((parts & MODEL_BIAS) != 0) keep_gradient(trace, node, &d_logit);
    return loss;
}

double trace_norm(const struct trace *trace, const struct model *model, uint32_t tensor) {
    const struct tensor *of = model->tensors + tensor;
    const float *gradient = trace->gradients->values[tensor];
    uint32_t rows =
        of->axis == TENSOR_DENSE || of->rows == 0 ? of->rows : trace->batch->slots[of->axis].count;
    return sqrt(dot(gradient, gradient, rows * of->columns));
}

/* One example's nodes and their gradients against a twin in double precision whose nodes can be pushed, for every kind of
 * model and every objective. */
#include "model/trace.h"

#include "models.h"

enum { USERS = 7, ITEMS = 8, WIDTH = 128 };

static const struct objective objectives[] = {
    {.loss = LOSS_LOG},
    {.loss = LOSS_SQUARED, .negative_weight = 0.25F},
    {.loss = LOSS_BPR},
    {.of_ratings = true},
};
enum { OBJECTIVES = sizeof objectives / sizeof *objectives };

/* One example in the twin. `push` is added to number `index` of node `pushed` as soon as that is computed. */
struct twin {
    const struct model *model;
    double *values;
    uint32_t user, item, pushed, index;
    double push;
    double nodes[TRACE_NODES][WIDTH];
};

static double *push(struct twin *twin, uint32_t node) {
    if (node == twin->pushed) twin->nodes[node][twin->index] += twin->push;
    return twin->nodes[node];
}

static const double *weights_of(const struct twin *twin, uint32_t tensor) {
    return twin->values + twin->model->tensors[tensor].offset;
}

static const double *row(struct twin *twin, uint32_t node, uint32_t table, uint32_t index) {
    uint32_t columns = twin->model->tensors[table].columns;
    memcpy(twin->nodes[node], weights_of(twin, table) + (size_t)index * columns,
           columns * sizeof **twin->nodes);
    return push(twin, node);
}

/* The tower over s and t; returns where its output is. */
static const double *tower(struct twin *twin, double *out, const double *p, const double *q) {
    const struct model_settings *settings = &twin->model->settings;
    uint32_t D = settings->layers[0] / 2, last = settings->layer_count - 1;
    models_input(twin->nodes[TRACE_MLP_USER], twin->model, twin->values, TENSOR_USER, twin->user);
    models_input(twin->nodes[TRACE_MLP_ITEM], twin->model, twin->values, TENSOR_ITEM, twin->item);
    const double *s = settings->shared ? p : push(twin, TRACE_MLP_USER);
    const double *t = settings->shared ? q : push(twin, TRACE_MLP_ITEM);
    memcpy(out, s, D * sizeof *out);
    memcpy(out + D, t, D * sizeof *out);
    const double *product = settings->shared ? twin->nodes[TRACE_GMF_PRODUCT] : NULL;
    double ones[WIDTH];
    for (uint32_t i = 0; i < WIDTH; i++) ones[i] = 1;
    for (uint32_t l = 0; l < last; l++) {
        const double *within = l + 1 == last ? product : NULL;
        models_layer(twin->nodes[TRACE_LAYER + l], out, twin->model, twin->values, MODEL_LAYER_WEIGHT + 2 * l,
                     within, within == NULL ? NULL : ones);
        memcpy(out, push(twin, TRACE_LAYER + l), settings->layers[l + 1] * sizeof *out);
    }
    return out;
}

static double twin_logit(struct twin *twin) {
    const struct model *model = twin->model;
    const struct model_settings *settings = &model->settings;
    const double *p = NULL, *q = NULL;
    double x[2 * WIDTH], joint[2 * WIDTH], *product = twin->nodes[TRACE_GMF_PRODUCT], logit = 0;
    uint32_t width = 0;
    if ((settings->parts & MODEL_GMF) != 0) {
        p = row(twin, TRACE_GMF_USER, MODEL_GMF_USER, twin->user);
        q = row(twin, TRACE_GMF_ITEM, MODEL_GMF_ITEM, twin->item);
        for (uint32_t f = 0; f < settings->factors; f++) product[f] = p[f] * q[f];
        push(twin, TRACE_GMF_PRODUCT);
        for (uint32_t f = 0; settings->dot && f < settings->factors; f++) logit += product[f];
        if (!settings->dot && !settings->shared) width = settings->factors;
        memcpy(joint, product, width * sizeof *joint);
    }
    if ((settings->parts & MODEL_MLP) != 0) {
        memcpy(joint + width, tower(twin, x, p, q), model->mlp_width * sizeof *joint);
        width += model->mlp_width;
    }
    for (uint32_t l = 0; l < settings->fusion_count; l++, width = settings->fusion[l - 1]) {
        models_layer(twin->nodes[TRACE_FUSION + l], joint, model, twin->values, MODEL_FUSION_WEIGHT + 2 * l,
                     NULL, NULL);
        memcpy(joint, push(twin, TRACE_FUSION + l), settings->fusion[l] * sizeof *joint);
    }
    for (uint32_t i = 0; i < width; i++) logit += weights_of(twin, MODEL_OUTPUT_WEIGHT)[i] * joint[i];
    if (width > 0) logit += *weights_of(twin, MODEL_OUTPUT_BIAS);
    if ((settings->parts & MODEL_BIAS) != 0)
        logit += *row(twin, TRACE_USER_BIAS, MODEL_USER_BIAS, twin->user) +
                 *row(twin, TRACE_ITEM_BIAS, MODEL_ITEM_BIAS, twin->item) +
                 *row(twin, TRACE_GLOBAL_BIAS, MODEL_GLOBAL_BIAS, 0);
    twin->nodes[TRACE_OUTPUT][0] = logit;
    return *push(twin, TRACE_OUTPUT);
}

static double softplus(double z) { return (z > 0 ? z : 0) + log1p(exp(-fabs(z))); }

static double prediction_of(const struct model *model, const struct objective *objective, double z) {
    double lowest = (double)model->settings.lowest, range = (double)model->settings.highest - lowest;
    if (objective->of_ratings) return range > 0 ? lowest + range / (1 + exp(-z)) : z;
    return objective->loss == LOSS_LOG ? 1 / (1 + exp(-z)) : z;
}

static double loss_of(const struct model *model, const struct objective *objective, double z, double label,
                      double other) {
    double off = label - prediction_of(model, objective, z);
    if (objective->of_ratings) return off * off;
    if (objective->loss == LOSS_SQUARED)
        return (label > 0 ? 1 : (double)objective->negative_weight) * off * off;
    if (objective->loss == LOSS_BPR) return softplus(label > 0 ? other - z : z - other);
    return softplus(z) - label * z;
}

/* A kind of model, an example of it and what is asked about it. */
struct sample {
    struct twin twin;
    struct trace *trace;
    struct objective objective;
    double label, other;
};

static double loss_now(struct sample *sample) {
    return loss_of(sample->twin.model, &sample->objective, twin_logit(&sample->twin), sample->label,
                   sample->other);
}

/* The slope by a node's number; false at a ReLU's corner, where it differs to the left and to the right. */
static bool slope_of(struct sample *sample, uint32_t node, uint32_t index, double *slope) {
    const double step = 1e-5;
    sample->twin.pushed = node, sample->twin.index = index;
    double losses[3];
    for (int n = 0; n < 3; n++) {
        sample->twin.push = (n - 1) * step;
        losses[n] = loss_now(sample);
    }
    sample->twin.push = 0;
    loss_now(sample); /* the nodes as they were */
    *slope = (losses[2] - losses[0]) / (2 * step);
    return fabs(losses[2] - 2 * losses[1] + losses[0]) / step < 1e-3 * (1 + fabs(*slope));
}

static void check_node(struct sample *sample, uint32_t node) {
    const struct trace_vector *vector = sample->trace->nodes + node;
    uint32_t corners = 0;
    for (uint32_t i = 0; i < vector->width; i++) {
        double value = sample->twin.nodes[node][i], gradient = (double)vector->gradient[i], slope;
        CHECK_OR_RETURN(fabs((double)vector->values[i] - value) < 2e-6 * (1 + fabs(value)),
                        "%s[%u] is %.9g, expected %.9g", trace_name(node), i, (double)vector->values[i],
                        value);
        if (!slope_of(sample, node, i, &slope))
            corners++;
        else
            CHECK_OR_RETURN(fabs(gradient - slope) < 1e-5 * (1 + fabs(slope)),
                            "%s[%u] has gradient %.9g, expected %.9g", trace_name(node), i, gradient, slope);
    }
    CHECK_OR_RETURN(corners <= 1, "%s: %u corners", trace_name(node), corners);
}

/* The nodes that a kind of model has, by its settings. */
static uint32_t count_nodes(const struct model_settings *settings) {
    uint32_t count = 1;
    if ((settings->parts & MODEL_GMF) != 0) count += 3;
    if ((settings->parts & MODEL_MLP) != 0) count += settings->layer_count - 1 + (settings->shared ? 0 : 2);
    if ((settings->parts & MODEL_BIAS) != 0) count += 3;
    return count + settings->fusion_count;
}

/* Tensors' gradients as training would have them, and the logit among others as alone. */
static void check_network(const struct sample *sample) {
    const struct model *model = sample->twin.model;
    const struct trace *trace = sample->trace;
    const uint32_t users[] = {sample->twin.user, 0, sample->twin.user}, items[] = {sample->twin.item, 1, 2};
    struct gradients *gradients;
    struct network *network;
    float logits[3];
    for (uint32_t B = 1; B <= 3; B += 2) {
        struct batch *batch = models_batch(model, users, items, B);
        CHECK_EQUAL(network_new(&network, model, B), STATUS_OK);
        CHECK_EQUAL(gradients_new(&gradients, model, B), STATUS_OK);
        network_forward(network, logits, model, batch);
        CHECK_EQUAL(check_float_bits(logits[0]), check_float_bits(trace->logit));
        network_backward(network, gradients, model, batch, trace->nodes[TRACE_OUTPUT].gradient);
        for (uint32_t t = 0; t < MODEL_MAX_TENSORS && B == 1; t++) {
            const struct tensor *tensor = model->tensors + t;
            uint32_t count =
                (tensor->axis == TENSOR_DENSE ? tensor->rows : tensor->rows > 0) * tensor->columns;
            double squares = 0;
            for (uint32_t i = 0; i < count; i++) squares += pow((double)gradients->values[t][i], 2);
            CHECK_NEAR(trace_norm(trace, model, t), sqrt(squares), 1e-12 * (1 + sqrt(squares)));
        }
        gradients_free(gradients);
        network_free(network);
        batch_free(batch);
    }
}

/* Everything about one example. Returns how many of its numbers have a gradient worth a check. */
static uint32_t check_sample(struct sample *sample) {
    const struct model *model = sample->twin.model;
    struct trace *trace = sample->trace;
    uint32_t nodes = 0, moved = 0;
    trace_forward(trace, model, sample->twin.user, sample->twin.item);
    double logit = twin_logit(&sample->twin), shares = 0;
    double loss = trace_backward(trace, model, (float)sample->label, (float)sample->other);
    for (uint32_t s = 0; s < TRACE_SHARES; s++) shares += trace->shares[s];
    CHECK_NEAR(trace->logit, logit, 2e-6 * (1 + fabs(logit)));
    CHECK_NEAR(logit, models_logit(model, sample->twin.values, sample->twin.user, sample->twin.item), 1e-12);
    CHECK_NEAR(shares, trace->logit, 2e-6 * (1 + fabs(logit)));
    CHECK_NEAR(trace->prediction, prediction_of(model, &sample->objective, logit), 4e-6 * (1 + fabs(logit)));
    CHECK_NEAR(loss, loss_now(sample), 1e-5 * (1 + loss));
    for (uint32_t node = 0; node < TRACE_NODES; node++) {
        const struct trace_vector *vector = trace->nodes + node;
        check_node(sample, node);
        nodes += vector->width > 0;
        for (uint32_t i = 0; i < vector->width; i++) moved += fabsf(vector->gradient[i]) > 0.001F;
    }
    CHECK_EQUAL(nodes, count_nodes(&model->settings));
    check_network(sample);
    return moved;
}

static void check_kind(const struct model_settings *settings, const struct objective *objective,
                       uint64_t seed) {
    struct model *model = models_new(settings, USERS, ITEMS, seed);
    struct sample sample = {.twin = {.model = model, .values = models_twin(model), .pushed = TRACE_NODES},
                            .objective = *objective,
                            .other = 0.75};
    uint32_t moved = 0;
    CHECK_EQUAL(trace_new(&sample.trace, model, objective), STATUS_OK);
    /* one trace for all, so that what one example leaves behind would show in the next */
    for (uint32_t n = 0; n < 6; n++) {
        sample.twin.user = (3 * n + 1) % USERS, sample.twin.item = (5 * n + 2) % ITEMS;
        sample.label = objective->of_ratings ? 0.5 * (n + 2) : n % 2;
        moved += check_sample(&sample);
    }
    CHECK(moved >= 6);
    trace_free(sample.trace);
    free(sample.twin.values);
    model_free(model);
}

static void test_every_kind_and_objective(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++)
        for (uint32_t o = 0; o < OBJECTIVES; o++) {
            unsigned errors = check_state.errors;
            check_kind(&models_kinds[k].settings, objectives + o, 70 + k);
            CHECK_OR_RETURN(check_state.errors == errors, "%s, objective %u", models_kinds[k].name, o);
        }
    trace_free(NULL);
}

/* Ratings on a scale, and the loss by the logit through it. */
static void test_scaled_output(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model_settings settings = models_kinds[k].settings;
        settings.lowest = 0.5F, settings.highest = 5;
        unsigned errors = check_state.errors;
        check_kind(&settings, &(struct objective){.of_ratings = true}, 90 + k);
        CHECK_OR_RETURN(check_state.errors == errors, "%s", models_kinds[k].name);
    }
}

/* Each part's share is what the logit loses when the part's weights are nothing. */
static void test_shares(void) {
    struct model_settings settings = {
        .parts = MODEL_BIAS | MODEL_GMF | MODEL_MLP, .factors = 5, MODELS_TOWER(3, 14, 9, 3)};
    struct model *model = models_new(&settings, USERS, ITEMS, 1);
    struct trace *trace;
    CHECK_EQUAL(trace_new(&trace, model, objectives), STATUS_OK);
    trace_forward(trace, model, 2, 3);
    double gmf = trace->shares[TRACE_SHARE_GMF], mlp = trace->shares[TRACE_SHARE_MLP];
    double bias = trace->shares[TRACE_SHARE_BIAS], logit = (double)trace->logit;
    CHECK_EQUAL(trace->shares[TRACE_SHARE_FUSION] == 0, true);
    memset(model_output_gmf(model), 0, model->gmf_width * sizeof(float));
    trace_forward(trace, model, 2, 3);
    CHECK_NEAR(logit - (double)trace->logit, gmf, 1e-5);
    CHECK_NEAR(trace->shares[TRACE_SHARE_MLP], mlp, 0);
    memset(model_output_mlp(model), 0, model->mlp_width * sizeof(float));
    trace_forward(trace, model, 2, 3);
    CHECK_NEAR(trace->logit, bias, 0);
    CHECK(fabs(gmf) > 0.01 && fabs(mlp) > 0.01 && fabs(bias) > 0.01);
    trace_free(trace);
    model_free(model);
}

static void test_names(void) {
    for (uint32_t a = 0; a < TRACE_NODES; a++)
        for (uint32_t b = 0; b < a; b++)
            CHECK_OR_RETURN(strcmp(trace_name(a), trace_name(b)) != 0, "%s twice", trace_name(a));
    CHECK_EQUAL(strcmp(trace_name(TRACE_LAYER + 2), "mlp.layers.2"), 0);
    CHECK_EQUAL(strcmp(trace_name(TRACE_FUSION + 3), "fusion.layers.3"), 0);
    CHECK_EQUAL(strcmp(trace_name(TRACE_OUTPUT), "output"), 0);
}

int main(void) {
    RUN(test_every_kind_and_objective);
    RUN(test_scaled_output);
    RUN(test_shares);
    RUN(test_names);
    return check_report();
}

/* One example's way through the network: model/trace.h. */
#include "model/trace.h"

#include "api.h"

/* Of the settings the loss and the weight of negatives are read, and not even these with `of_ratings`. */
int32_t EXPORT(ncf_trace_new)(const struct model *model, const struct settings *settings,
                              int32_t of_ratings) {
    const struct objective objective = {of_ratings != 0, settings->training.loss,
                                        settings->training.negative_weight};
    struct trace *trace;
    return made(trace_new(&trace, model, &objective), trace);
}

void EXPORT(ncf_trace_free)(struct trace *trace) { trace_free(trace); }

/* Rows of the table of nodes, those that the model lacks included (their width is 0). */
uint32_t EXPORT(ncf_trace_nodes)(void) { return TRACE_NODES; }

const char *EXPORT(ncf_trace_name)(uint32_t node) { return trace_name(node); }

uint32_t EXPORT(ncf_trace_width)(const struct trace *trace, uint32_t node) {
    return trace->nodes[node].width;
}

/* float32 [width] */
const float *EXPORT(ncf_trace_values)(const struct trace *trace, uint32_t node) {
    return trace->nodes[node].values;
}

/* float32 [width], after ncf_trace_backward */
const float *EXPORT(ncf_trace_gradient)(const struct trace *trace, uint32_t node) {
    return trace->nodes[node].gradient;
}

/* Returns the logit. */
float EXPORT(ncf_trace_forward)(struct trace *trace, const struct model *model, uint32_t user,
                                uint32_t item) {
    trace_forward(trace, model, user, item);
    return trace->logit;
}

float EXPORT(ncf_trace_prediction)(const struct trace *trace) { return trace->prediction; }

/* `share`: an enum trace_share. */
double EXPORT(ncf_trace_share)(const struct trace *trace, uint32_t share) { return trace->shares[share]; }

/* Returns the loss. */
double EXPORT(ncf_trace_backward)(struct trace *trace, const struct model *model, float label, float other) {
    return trace_backward(trace, model, label, other);
}

double EXPORT(ncf_trace_norm)(const struct trace *trace, const struct model *model, uint32_t tensor) {
    return trace_norm(trace, model, tensor);
}

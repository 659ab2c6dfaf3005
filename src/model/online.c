#include "model/online.h"

#include <math.h>
#include <string.h>

#include "base/kernels.h"
#include "base/maths.h"

#define FETCHED 8 /* examples: their rows stay in the L1 cache until they are used */
#define LINE 16   /* floats of a cache line */

bool online_fits(const struct model *model, enum optimizer_kind optimizer, enum loss_kind loss,
                 uint32_t batch_size) {
    return model->settings.dot && (model->settings.parts & MODEL_MLP) == 0 && optimizer == OPTIMIZER_SGD &&
           loss != LOSS_BPR && batch_size == 1;
}

struct online online_of(const struct model *model, double rate, enum loss_kind loss, float negative_weight) {
    return (struct online){.factors = model->factors,
                           .users = model_values(model, MODEL_GMF_USER),
                           .items = model_values(model, MODEL_GMF_ITEM),
                           .user_bias = model_values(model, MODEL_USER_BIAS),
                           .item_bias = model_values(model, MODEL_ITEM_BIAS),
                           .global_bias = model_values(model, MODEL_GLOBAL_BIAS),
                           .l2_embeddings = model->settings.l2[MODEL_GMF_EMBEDDINGS],
                           .l2_biases = model->settings.l2[MODEL_BIASES],
                           .rate = (float)rate,
                           .loss = loss,
                           .negative_weight = negative_weight};
}

/* x after a step, given its gradient, to which the regulariser adds λ x; four at a time and one. The gradient begins
 * with 0, as sums do, which makes -0 a 0. */
static inline v128_t step_4(v128_t x, v128_t gradient, v128_t l2, v128_t rate, bool regular) {
    gradient = wasm_f32x4_add(wasm_f32x4_splat(0.0F), gradient);
    if (regular) gradient = wasm_f32x4_add(gradient, wasm_f32x4_mul(l2, x));
    return wasm_f32x4_sub(x, wasm_f32x4_mul(rate, gradient));
}

static inline float step_1(float x, float gradient, float l2, float rate, bool regular) {
    gradient = 0.0F + gradient;
    if (regular) gradient += l2 * x;
    return x - rate * gradient;
}

/* p and q [F] */
static inline void step_rows(float *p, float *q, uint32_t F, float d, float l2, float rate, bool regular) {
    v128_t ds = wasm_f32x4_splat(d), l2s = wasm_f32x4_splat(l2), rates = wasm_f32x4_splat(rate);
    uint32_t f = 0;
    for (; f + 4 <= F; f += 4) {
        v128_t of_p = wasm_v128_load(p + f), of_q = wasm_v128_load(q + f);
        wasm_v128_store(p + f, step_4(of_p, wasm_f32x4_mul(ds, of_q), l2s, rates, regular));
        wasm_v128_store(q + f, step_4(of_q, wasm_f32x4_mul(ds, of_p), l2s, rates, regular));
    }
    for (; f < F; f++) {
        float of_p = p[f], of_q = q[f];
        p[f] = step_1(of_p, d * of_q, l2, rate, regular);
        q[f] = step_1(of_q, d * of_p, l2, rate, regular);
    }
}

static void step_biases(const struct online *online, uint32_t user, uint32_t item, float d) {
    float l2 = online->l2_biases, rate = online->rate;
    bool regular = l2 != 0.0F;
    float *a = online->user_bias + user, *b = online->item_bias + item;
    *a = step_1(*a, d, l2, rate, regular);
    *b = step_1(*b, d, l2, rate, regular);
    *online->global_bias = step_1(*online->global_bias, d, 0.0F, rate, false);
}

/* As network_forward and model_offset add it up. */
static float logit_of(const struct online *online, const float *p, const float *q, uint32_t user,
                      uint32_t item) {
    float logit = 0.0F + kernel_dot(p, q, online->factors);
    if (online->global_bias == NULL) return logit + 0.0F;
    float bias = *online->global_bias + online->user_bias[user];
    return logit + (0.0F + (bias + online->item_bias[item]));
}

/* The gradient of loss_log for one example. */
static float log_gradient(float logit, float label) {
    return wasm_f32x4_extract_lane(maths_sigmoid(wasm_f32x4_splat(logit)), 0) - label;
}

/* That of loss_weighted_squared, and the loss. */
static float squared_gradient(float *loss, float logit, float label, float negative_weight) {
    float off = logit - label, weighted = (label == 0.0F ? negative_weight : 1.0F) * off;
    *loss = weighted * off;
    return weighted + weighted;
}

static void step(const struct online *online, float *p, float *q, uint32_t user, uint32_t item, float d) {
    uint32_t F = online->factors;
    if (online->global_bias != NULL) step_biases(online, user, item, d);
    if (online->l2_embeddings != 0.0F)
        step_rows(p, q, F, d, online->l2_embeddings, online->rate, true);
    else
        step_rows(p, q, F, d, 0.0F, online->rate, false);
}

/* Reads a number of each cache line of the rows of the next examples, so that these are on their way together instead of
 * one behind the steps of another. What it returns is of no use but that no compiler leaves the loads out. */
static uint32_t fetch(const struct online *online, const uint32_t *users, const uint32_t *items, uint32_t n) {
    uint32_t F = online->factors, sum = 0, bits;
    for (uint32_t i = 0; i < n; i++) {
        const float *p = online->users + (size_t)users[i] * F, *q = online->items + (size_t)items[i] * F;
        for (uint32_t f = 0; f < F; f += LINE) {
            memcpy(&bits, p + f, sizeof bits), sum += bits;
            memcpy(&bits, q + f, sizeof bits), sum += bits;
        }
    }
    return sum;
}

uint32_t online_run(struct online *online, float *losses, const uint32_t *users, const uint32_t *items,
                    const float *labels, uint32_t n) {
    uint32_t F = online->factors, i = 0;
    bool finite = true, log = online->loss == LOSS_LOG;
    for (; i < n && finite; i++) {
        if (i % FETCHED == 0)
            online->fetched += fetch(online, users + i, items + i, n - i < FETCHED ? n - i : FETCHED);
        float *p = online->users + (size_t)users[i] * F, *q = online->items + (size_t)items[i] * F;
        float logit = logit_of(online, p, q, users[i], items[i]), d;
        losses[i] = logit; /* for now, since a log loss that is not finite has such a logit */
        d = log ? log_gradient(logit, labels[i])
                : squared_gradient(losses + i, logit, labels[i], online->negative_weight);
        finite = isfinite(losses[i]);
        step(online, p, q, users[i], items[i], d);
    }
    if (log) loss_log_each(losses, losses, labels, i);
    return i;
}

#include "model/optimizer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/kernels.h"
#include "base/memory.h"
#include "base/simd.h"
#include "model/decay.h"

#define RHO 0.9
#define EPSILON ((float)DECAY_EPSILON)
#define SMALLEST_M 1e-20F
#define SMALLEST_V 1e-30F
#define FETCHED_ROWS 32 /* these stay in the L1 cache until they are used */
#define TOUCH_STEP 16   /* floats of a cache line */

static bool is_adam(enum optimizer_kind kind) { return kind <= OPTIMIZER_ADAM_LAZY; }

static struct optimizer *lay_out(struct arena *arena, struct optimizer *optimizer,
                                 const struct model *model) {
    struct optimizer *self = arena_take(arena, 1, sizeof *self);
    enum optimizer_kind kind = optimizer->kind;
    optimizer->moments = kind == OPTIMIZER_SGD ? 0 : is_adam(kind) ? 2 : 1;
    if (optimizer->moments > 0)
        optimizer->state = arena_take(arena, optimizer->moments * model->parameters, sizeof(float));
    if (kind == OPTIMIZER_ADAM) optimizer->decay = arena_take(arena, 1, sizeof *optimizer->decay);
    if (kind == OPTIMIZER_ADAM || kind == OPTIMIZER_RMSPROP) {
        optimizer->current[TENSOR_USER] = arena_take(arena, model->users, sizeof(uint64_t));
        optimizer->current[TENSOR_ITEM] = arena_take(arena, model->items, sizeof(uint64_t));
    }
    return self;
}

enum status optimizer_new(struct optimizer **out, const struct model *model, enum optimizer_kind kind,
                          double rate) {
    *out = NULL;
    if (kind >= OPTIMIZERS || !(rate > 0.0)) return STATUS_ARGUMENT;
    struct optimizer description = {.kind = kind, .rate = rate, .beta1_power = 1.0, .beta2_power = 1.0};
    struct arena arena = {0};
    lay_out(&arena, &description, model);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct optimizer *optimizer = lay_out(&arena, &description, model);
    *optimizer = description;
    if (optimizer->decay != NULL) decay_init(optimizer->decay);
    *out = optimizer;
    return STATUS_OK;
}

void optimizer_free(struct optimizer *optimizer) { free(optimizer); }

/* The parameters, gradients and moments of one call: n of each, a row of a tensor or all of a dense one. */
struct span {
    float *values;
    const float *gradients;
    float *first, *second; /* of Adam; the others have the second only */
    uint64_t n;
};

/* What the moments of a row are multiplied by before a step: β₁ and β₂ where the step before was made too. */
struct factors {
    float m, v;
};

/* A comparison with NaN is false and keeps it, so that a diverging run shows. */
static inline v128_t without_tiny(v128_t x, float smallest) {
    return wasm_v128_andnot(x, wasm_f32x4_lt(wasm_f32x4_abs(x), wasm_f32x4_splat(smallest)));
}

static inline v128_t load_1(const float *x) { return wasm_v128_load32_zero(x); }
static inline void store_1(float *x, v128_t value) { *x = wasm_f32x4_extract_lane(value, 0); }
static inline v128_t load_4(const float *x) { return wasm_v128_load(x); }
static inline void store_4(float *x, v128_t value) { wasm_v128_store(x, value); }

/* Runs body(load, store) for four parameters at a time from `i` on, then for the last ones in the first lane. */
#define FOR_EACH_PARAMETER(body)                                                                             \
    uint64_t i = 0;                                                                                          \
    for (; i + 4 <= span.n; i += 4) body(load_4, store_4);                                                   \
    for (; i < span.n; i++) body(load_1, store_1);

/* m ← factor m + (1 - β₁) g,  v ← factor v + (1 - β₂) g² */
static void update_moments(struct span span, struct factors factors) {
    v128_t m_factor = wasm_f32x4_splat(factors.m), v_factor = wasm_f32x4_splat(factors.v);
    v128_t m_share = wasm_f32x4_splat((float)(1.0 - DECAY_BETA1));
    v128_t v_share = wasm_f32x4_splat((float)(1.0 - DECAY_BETA2));
#define BODY(load, store)                                                                                    \
    do {                                                                                                     \
        v128_t g = load(span.gradients + i);                                                                 \
        v128_t m =                                                                                           \
            wasm_f32x4_add(wasm_f32x4_mul(m_factor, load(span.first + i)), wasm_f32x4_mul(m_share, g));      \
        v128_t v = wasm_f32x4_add(wasm_f32x4_mul(v_factor, load(span.second + i)),                           \
                                  wasm_f32x4_mul(v_share, wasm_f32x4_mul(g, g)));                            \
        store(span.first + i, without_tiny(m, SMALLEST_M));                                                  \
        store(span.second + i, without_tiny(v, SMALLEST_V));                                                 \
    } while (0)
    FOR_EACH_PARAMETER(BODY)
#undef BODY
}

/* θ ← θ - shift x / (√v + epsilon), x being the first moments or the gradients */
static void move(struct span span, const float *x, float shift, float epsilon) {
    v128_t shifts = wasm_f32x4_splat(shift), epsilons = wasm_f32x4_splat(epsilon);
#define BODY(load, store)                                                                                    \
    do {                                                                                                     \
        v128_t root = wasm_f32x4_add(wasm_f32x4_sqrt(load(span.second + i)), epsilons);                      \
        v128_t moved = wasm_f32x4_div(wasm_f32x4_mul(shifts, load(x + i)), root);                            \
        store(span.values + i, wasm_f32x4_sub(load(span.values + i), moved));                                \
    } while (0)
    FOR_EACH_PARAMETER(BODY)
#undef BODY
}

/* v ← factor v + share g² */
static void update_squares(struct span span, float factor, float share) {
    v128_t factors = wasm_f32x4_splat(factor), shares = wasm_f32x4_splat(share);
#define BODY(load, store)                                                                                    \
    do {                                                                                                     \
        v128_t g = load(span.gradients + i);                                                                 \
        v128_t v = wasm_f32x4_add(wasm_f32x4_mul(factors, load(span.second + i)),                            \
                                  wasm_f32x4_mul(shares, wasm_f32x4_mul(g, g)));                             \
        store(span.second + i, without_tiny(v, SMALLEST_V));                                                 \
    } while (0)
    FOR_EACH_PARAMETER(BODY)
#undef BODY
}

/* One step for the parameters of `span`, which have a gradient. Adam's rows move when they are next used, unless `now`. */
static void step(struct span span, const struct optimizer *optimizer, struct factors factors, bool now) {
    float rate = (float)optimizer->rate;
    if (span.second == NULL) { /* SGD, the one that remembers nothing */
        kernel_axpy(span.values, -rate, span.gradients, (uint32_t)span.n);
        return;
    }
    switch (optimizer->kind) {
    case OPTIMIZER_ADAGRAD:
        update_squares(span, 1.0F, 1.0F);
        move(span, span.gradients, rate, EPSILON);
        break;
    case OPTIMIZER_RMSPROP:
        update_squares(span, factors.v, (float)(1.0 - RHO));
        move(span, span.gradients, rate, EPSILON);
        break;
    default:
        update_moments(span, factors);
        if (now) move(span, span.first, (float)(optimizer->rate * optimizer->correction), EPSILON);
    }
}

/* `n` parameters of a tensor from row `row` on; `values` are the model's or a copy of them. */
static struct span span_of(const struct optimizer *optimizer, float *values, const struct tensor *tensor,
                           uint64_t row, const float *gradients, uint64_t n) {
    uint64_t at = tensor->offset + row * tensor->columns;
    float *state = optimizer->state == NULL ? NULL : optimizer->state + optimizer->moments * at;
    return (struct span){.values = values + at,
                         .gradients = gradients,
                         .first = state,
                         .second = optimizer->moments == 2 ? state + n : state,
                         .n = n};
}

static const struct factors one_step_on[OPTIMIZERS] = {
    [OPTIMIZER_ADAM] = {(float)DECAY_BETA1, (float)DECAY_BETA2},
    [OPTIMIZER_ADAM_DENSE] = {(float)DECAY_BETA1, (float)DECAY_BETA2},
    [OPTIMIZER_ADAM_LAZY] = {(float)DECAY_BETA1, (float)DECAY_BETA2},
    [OPTIMIZER_RMSPROP] = {.v = (float)RHO},
};

/* ρᵏ */
static float rmsprop_factor(uint64_t k) {
    double factor = 1.0;
    for (; k > 0 && factor > 1e-38; k--) factor *= RHO;
    return k > 0 ? 0.0F : (float)factor;
}

/* From the step that a row's moments are of to the present one. */
static struct factors factors_of(const struct optimizer *optimizer, enum tensor_axis axis, uint32_t row) {
    if (optimizer->current[axis] == NULL) return one_step_on[optimizer->kind];
    uint64_t k = optimizer->step - optimizer->current[axis][row];
    if (optimizer->kind == OPTIMIZER_RMSPROP) return (struct factors){.v = rmsprop_factor(k)};
    return (struct factors){.m = decay_m(optimizer->decay, k), .v = decay_v(optimizer->decay, k)};
}

/* The dense form: rows that the batch did not use step with a gradient of zero. */
static void step_unused(const struct optimizer *optimizer, float *values, const struct tensor *tensor,
                        const struct slots *slots) {
    static const float zeros[MODEL_MAX_WIDTH];
    for (uint32_t row = 0; row < tensor->rows; row++)
        if (slots->of_row[row] == BATCH_NO_SLOT)
            step(span_of(optimizer, values, tensor, row, zeros, tensor->columns), optimizer,
                 one_step_on[OPTIMIZER_ADAM_DENSE], true);
}

static void step_embeddings(struct optimizer *optimizer, struct model *model,
                            const struct gradients *gradients, const struct slots *slots,
                            enum tensor_axis axis) {
    bool now = optimizer->kind != OPTIMIZER_ADAM;
    for (uint32_t s = 0; s < slots->count; s++) {
        uint32_t row = slots->row[s];
        struct factors factors = factors_of(optimizer, axis, row);
        for (uint32_t t = 0; t < MODEL_LAYER_WEIGHT; t++) {
            const struct tensor *tensor = model->tensors + t;
            if (tensor->rows == 0 || tensor->axis != axis) continue;
            const float *gradient = gradients->values[t] + (size_t)s * tensor->columns;
            step(span_of(optimizer, model->values, tensor, row, gradient, tensor->columns), optimizer,
                 factors, now);
        }
        if (optimizer->current[axis] != NULL) optimizer->current[axis][row] = optimizer->step;
    }
}

void optimizer_step(struct optimizer *optimizer, struct model *model, const struct gradients *gradients,
                    const struct batch *batch) {
    optimizer->step++;
    optimizer->beta1_power *= DECAY_BETA1;
    optimizer->beta2_power *= DECAY_BETA2;
    optimizer->correction = sqrt(1.0 - optimizer->beta2_power) / (1.0 - optimizer->beta1_power);
    step_embeddings(optimizer, model, gradients, batch->slots + TENSOR_USER, TENSOR_USER);
    step_embeddings(optimizer, model, gradients, batch->slots + TENSOR_ITEM, TENSOR_ITEM);
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->rows == 0) continue;
        if (tensor->axis == TENSOR_DENSE)
            step(span_of(optimizer, model->values, tensor, 0, gradients->values[t],
                         (uint64_t)tensor->rows * tensor->columns),
                 optimizer, one_step_on[optimizer->kind], true);
        else if (optimizer->kind == OPTIMIZER_ADAM_DENSE)
            step_unused(optimizer, model->values, tensor, batch->slots + tensor->axis);
    }
}

/* Makes the moves that a row has still to make, in `values`, which are the model's or a copy of them. */
static void move_row(const struct optimizer *optimizer, const struct model *model, float *values,
                     enum tensor_axis axis, uint32_t row) {
    uint64_t from = optimizer->current[axis][row];
    if (from > optimizer->step) return;
    struct decay_move moves = decay_move(optimizer->decay, from, optimizer->step - from + 1);
    for (uint32_t t = 0; t < MODEL_LAYER_WEIGHT; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->rows == 0 || tensor->axis != axis) continue;
        struct span span = span_of(optimizer, values, tensor, row, NULL, tensor->columns);
        move(span, span.first, (float)(optimizer->rate * moves.shift), moves.epsilon);
    }
}

/* One number of each cache line, and the last of all. */
static uint32_t touch(const float *x, uint64_t n) {
    uint32_t bits, sum = 0;
    for (uint64_t i = 0; i < n; i += TOUCH_STEP) memcpy(&bits, x + i, sizeof bits), sum += bits;
    memcpy(&bits, x + n - 1, sizeof bits);
    return sum + bits;
}

/* Reads `n` rows into the cache. Their loads do not wait for one another, as those of move_row, with roots and divisions
 * between them, would. Returns a number that is of no use, so that no compiler leaves the loads out. */
static uint32_t fetch_rows(const struct optimizer *optimizer, const struct model *model,
                           enum tensor_axis axis, const uint32_t *rows, uint32_t n) {
    uint32_t sum = 0;
    for (uint32_t t = 0; t < MODEL_LAYER_WEIGHT; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->rows == 0 || tensor->axis != axis) continue;
        for (uint32_t s = 0; s < n; s++) {
            struct span span = span_of(optimizer, model->values, tensor, rows[s], NULL, tensor->columns);
            sum += touch(span.values, span.n) + touch(span.first, optimizer->moments * span.n);
        }
    }
    return sum;
}

static void prepare_rows(struct optimizer *optimizer, struct model *model, enum tensor_axis axis,
                         const struct slots *slots) {
    for (uint32_t from = 0; from < slots->count; from += FETCHED_ROWS) {
        uint32_t n = slots->count - from < FETCHED_ROWS ? slots->count - from : FETCHED_ROWS;
        optimizer->fetched += fetch_rows(optimizer, model, axis, slots->row + from, n);
        for (uint32_t s = from; s < from + n; s++)
            move_row(optimizer, model, model->values, axis, slots->row[s]);
    }
}

void optimizer_prepare(struct optimizer *optimizer, struct model *model, const struct batch *batch) {
    if (optimizer->kind != OPTIMIZER_ADAM || optimizer->state == NULL) return;
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++)
        prepare_rows(optimizer, model, axis, batch->slots + axis);
}

/* Makes a row's moves; its moments become those of the next step, as if that had no gradient. */
static void settle_row(struct optimizer *optimizer, struct model *model, enum tensor_axis axis,
                       uint32_t row) {
    static const float zeros[MODEL_MAX_WIDTH];
    uint64_t next = optimizer->step + 1, from = optimizer->current[axis][row];
    move_row(optimizer, model, model->values, axis, row);
    struct factors factors = {.m = decay_m(optimizer->decay, next - from),
                              .v = decay_v(optimizer->decay, next - from)};
    for (uint32_t t = 0; t < MODEL_LAYER_WEIGHT; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->rows > 0 && tensor->axis == axis)
            update_moments(span_of(optimizer, model->values, tensor, row, zeros, tensor->columns), factors);
    }
    optimizer->current[axis][row] = next;
}

void optimizer_settle(struct optimizer *optimizer, struct model *model) {
    if (optimizer->kind != OPTIMIZER_ADAM || optimizer->state == NULL) return;
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++)
        for (uint32_t row = 0; row < model_rows(model, axis); row++) settle_row(optimizer, model, axis, row);
}

void optimizer_snapshot(const struct optimizer *optimizer, const struct model *model, float *out) {
    memcpy(out, model->values, (size_t)model->parameters * sizeof *out);
    if (optimizer->kind != OPTIMIZER_ADAM || optimizer->state == NULL) return;
    for (uint32_t axis = TENSOR_USER; axis < TENSOR_AXES; axis++)
        for (uint32_t row = 0; row < model_rows(model, axis); row++)
            move_row(optimizer, model, out, axis, row);
}

void optimizer_set_rate(struct optimizer *optimizer, struct model *model, double rate) {
    if (rate == optimizer->rate) return;
    optimizer_settle(optimizer, model);
    optimizer->rate = rate;
}

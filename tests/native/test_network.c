/* Forward against the twin in double precision, backward against central differences, for every kind of model. */
#include "model/network.h"

#include "model/loss.h"
#include "models.h"

enum { USERS = 9, ITEMS = 11 };

struct batch {
    uint32_t B, *users, *items;
    float *logits;
};

static struct batch batch_new(uint32_t B, uint32_t users, uint32_t items, struct rng *rng) {
    return (struct batch){B, models_rows(B, users, rng), models_rows(B, items, rng), models_floats(B)};
}

static void batch_free(struct batch *batch) {
    free(batch->users);
    free(batch->items);
    free(batch->logits);
}

static void forward(struct network *network, struct batch *batch, const struct model *model) {
    network_forward(network, batch->logits, model, batch->users, batch->items, batch->B);
}

/* In a network with room for just this batch and in one that has seen larger ones; to the bit as each sample alone. */
static void check_forward(const struct model *model, const double *twin, struct network *used, uint32_t B,
                          struct rng *rng) {
    struct batch batch = batch_new(B, USERS, ITEMS, rng);
    struct network *fresh;
    CHECK_EQUAL(network_new(&fresh, model, B), STATUS_OK);
    forward(fresh, &batch, model);
    for (uint32_t b = 0; b < B; b++) {
        double expected = models_logit(model, twin, batch.users[b], batch.items[b]);
        CHECK_NEAR(batch.logits[b], expected, 2e-6 * (1 + fabs(expected)));
    }
    struct batch again = {B, batch.users, batch.items, models_floats(B)};
    forward(used, &again, model);
    CHECK_EQUAL(memcmp(again.logits, batch.logits, B * sizeof(float)), 0);
    for (uint32_t b = 0; b < B; b++) {
        float alone = NAN;
        network_forward(used, &alone, model, batch.users + b, batch.items + b, 1);
        CHECK_EQUAL(check_float_bits(alone), check_float_bits(batch.logits[b]));
    }
    free(again.logits);
    network_free(fresh);
    batch_free(&batch);
}

static void test_forward(void) {
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 10 + k);
        double *twin = models_twin(model);
        struct network *network;
        struct rng rng = {k};
        unsigned errors = check_state.errors;
        CHECK_EQUAL(network_new(&network, model, 256), STATUS_OK);
        check_forward(model, twin, network, 256, &rng);
        for (uint32_t B = 1; B <= 33; B++) check_forward(model, twin, network, B, &rng);
        CHECK_OR_RETURN(check_state.errors == errors, "%s", models_kinds[k].name);
        network_free(network);
        free(twin);
        model_free(model);
    }
    network_free(NULL);
}

/* Logits of the twin differ by samples, or the test above would compare constants. */
static void test_weights_matter(void) {
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 10 + k);
        double *twin = models_twin(model), sum = 0, squares = 0;
        for (uint32_t pair = 0; pair < USERS * ITEMS; pair++) {
            double logit = models_logit(model, twin, pair % USERS, pair / USERS);
            sum += logit, squares += logit * logit;
        }
        double mean = sum / (USERS * ITEMS);
        CHECK_OR_RETURN(squares / (USERS * ITEMS) - mean * mean > 0.01, "%s", models_kinds[k].name);
        free(twin);
        model_free(model);
    }
}

static void test_nan_reaches_the_logit(void) {
    uint32_t users[] = {0, 1, 2, 1, 0}, items[] = {3, 4, 5, 6, 7};
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 1);
        struct network *network;
        float logits[5];
        CHECK_EQUAL(network_new(&network, model, 5), STATUS_OK);
        for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
            const struct tensor *tensor = model->tensors + t;
            if (tensor->axis != TENSOR_USER || tensor->rows == 0) continue;
            model_values(model, t)[(uint64_t)tensor->columns * 2 - 1] = NAN; /* user 1 */
            network_forward(network, logits, model, users, items, 5);
            for (uint32_t b = 0; b < 5; b++) CHECK_EQUAL(isnan(logits[b]), users[b] == 1);
            models_draw(model, 1);
        }
        network_free(network);
        model_free(model);
    }
}

/* Gradients of a batch, with NaN in everything that backward has to write. */
static struct gradients *backward(struct network *network, const struct model *model,
                                  const struct batch *batch, const float *d_logits) {
    struct gradients *gradients;
    CHECK_EQUAL(gradients_new(&gradients, model, batch->B), STATUS_OK);
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        uint64_t rows = tensor->axis == TENSOR_DENSE ? tensor->rows : batch->B;
        for (uint64_t i = 0; tensor->rows > 0 && i < rows * tensor->columns; i++)
            gradients->values[t][i] = NAN;
    }
    gradients_begin(gradients, model, batch->users, batch->items, batch->B);
    network_backward(network, gradients, model, d_logits, batch->B);
    return gradients;
}

/* Of weight `i` of a tensor: 0 for an embedding's row that is not in the batch. */
static double gradient_of(const struct gradients *gradients, const struct tensor *tensor, uint32_t t,
                          uint64_t i) {
    if (tensor->axis == TENSOR_DENSE) return (double)gradients->values[t][i];
    uint32_t slot = gradients->slots[tensor->axis].of_row[i / tensor->columns];
    if (slot == GRADIENTS_NO_SLOT) return 0;
    return (double)gradients->values[t][(uint64_t)slot * tensor->columns + i % tensor->columns];
}

/* Σ_b c_b logit_b through the public API: its gradient is what backward gives for d_logits = c. */
struct objective {
    struct model *model;
    struct network *network;
    struct batch *batch;
    const float *c;
};

static double objective_at(const struct objective *objective, uint64_t weight, float value) {
    float before = objective->model->values[weight];
    double sum = 0;
    objective->model->values[weight] = value;
    forward(objective->network, objective->batch, objective->model);
    objective->model->values[weight] = before;
    for (uint32_t b = 0; b < objective->batch->B; b++)
        sum += (double)objective->c[b] * (double)objective->batch->logits[b];
    return sum;
}

/* Logits are piecewise linear in every one weight, so steps may be large and rounding small. Where the differences to
 * the left and to the right disagree, or those of a smaller step, a ReLU's corner lies between them, and a step smaller
 * yet tells its side. Returns false where even the smallest doesn't. */
static bool difference(const struct objective *objective, uint64_t weight, double *slope, double *tolerance) {
    float value = objective->model->values[weight];
    double here = objective_at(objective, weight, value), larger = 0;
    bool larger_agree = false;
    for (float step = 0.125F; step > 0.0001F; step /= 4.0F) {
        float right = value + step, left = value - step;
        double up = (objective_at(objective, weight, right) - here) / ((double)right - (double)value);
        double down = (objective_at(objective, weight, left) - here) / ((double)left - (double)value);
        *slope = (up + down) / 2;
        *tolerance = 3e-6 / (double)step + 1e-5 * fabs(*slope);
        bool agree = fabs(up - down) < 2 * *tolerance;
        if (agree && larger_agree && fabs(*slope - larger) < *tolerance) return true;
        larger = *slope, larger_agree = agree;
    }
    return false;
}

/* Weights `stride` apart, all where it is 1. */
static void check_tensor(const struct objective *objective, const struct gradients *gradients, uint32_t t,
                         uint64_t stride) {
    const struct tensor *tensor = objective->model->tensors + t;
    uint64_t corners = 0, checked = 0, count = (uint64_t)tensor->rows * tensor->columns;
    double largest = 0, slope, tolerance;
    for (uint64_t i = 0; i < count; i += stride, checked++) {
        double gradient = gradient_of(gradients, tensor, t, i);
        if (fabs(gradient) > largest) largest = fabs(gradient);
        if (!difference(objective, tensor->offset + i, &slope, &tolerance))
            corners++;
        else
            CHECK_OR_RETURN(fabs(gradient - slope) <= tolerance, "%s[%" PRIu64 "]: got %g, expected %g +- %g",
                            tensor->name, i, gradient, slope, tolerance);
    }
    CHECK_OR_RETURN(largest > 0.01, "%s has no gradient to check", tensor->name);
    CHECK_OR_RETURN(corners <= 1 + checked / 20, "%s: %" PRIu64 " of %" PRIu64 " on corners", tensor->name,
                    corners, checked);
}

/* Users and items repeat within the batch, and some of them are not in it. */
static void test_backward_against_differences(void) {
    static const uint32_t users[7] = {0, 1, 0, 3, 4, 0, 3}, items[7] = {2, 2, 0, 4, 1, 2, 5};
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, 5, 6, 30 + k);
        struct batch batch = {7, malloc(sizeof users), malloc(sizeof items), models_floats(7)};
        float c[7];
        struct rng rng = {k};
        struct objective objective = {model, NULL, &batch, c};
        memcpy(batch.users, users, sizeof users);
        memcpy(batch.items, items, sizeof items);
        for (uint32_t b = 0; b < 7; b++) c[b] = 0.5F + rng_uniform(&rng);
        for (uint32_t b = 0; b < 7; b += 2) c[b] = -c[b];
        CHECK_EQUAL(network_new(&objective.network, model, 7), STATUS_OK);
        forward(objective.network, &batch, model);
        struct gradients *gradients = backward(objective.network, model, &batch, c);
        unsigned errors = check_state.errors;
        for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++)
            if (model->tensors[t].rows > 0)
                check_tensor(&objective, gradients, t, model->parameters > 2000 ? 5 : 1);
        CHECK_OR_RETURN(check_state.errors == errors, "%s", models_kinds[k].name);
        gradients_free(gradients);
        network_free(objective.network);
        batch_free(&batch);
        model_free(model);
    }
}

/* The mean log loss of a batch in double precision. */
static double twin_loss(const struct model *model, const double *twin, const struct batch *batch,
                        const float *labels) {
    double sum = 0;
    for (uint32_t b = 0; b < batch->B; b++) {
        double z = models_logit(model, twin, batch->users[b], batch->items[b]);
        sum += (z > 0 ? z : 0) + log1p(exp(-fabs(z))) - (double)labels[b] * z;
    }
    return sum / batch->B;
}

/* Some weights of a tensor, those of a row in the batch among them. */
static void check_some(const struct model *model, double *twin, const struct batch *batch,
                       const float *labels, const struct gradients *gradients, uint32_t t, struct rng *rng) {
    const struct tensor *tensor = model->tensors + t;
    const double step = 1e-5;
    for (uint32_t n = 0; n < 3; n++) {
        uint32_t row = rng_below(rng, tensor->rows);
        if (n > 0 && tensor->axis != TENSOR_DENSE) row = gradients->slots[tensor->axis].row[0];
        uint64_t i = (uint64_t)row * tensor->columns + rng_below(rng, tensor->columns);
        double before = twin[tensor->offset + i], up, down, gradient = gradient_of(gradients, tensor, t, i);
        double here = twin_loss(model, twin, batch, labels);
        twin[tensor->offset + i] = before + step;
        up = (twin_loss(model, twin, batch, labels) - here) / step;
        twin[tensor->offset + i] = before - step;
        down = (here - twin_loss(model, twin, batch, labels)) / step;
        twin[tensor->offset + i] = before;
        if (fabs(up - down) > 1e-4) continue; /* a corner, or some curvature more than usual */
        CHECK_OR_RETURN(fabs(gradient - (up + down) / 2) < 2e-6, "%s[%" PRIu64 "]: got %.9g, expected %.9g",
                        tensor->name, i, gradient, (up + down) / 2);
    }
}

static void check_loss_gradients(const struct model *model, double *twin, uint32_t B, struct rng *rng) {
    struct batch batch = batch_new(B, USERS, ITEMS, rng);
    struct network *network;
    float *labels = models_floats(B), *d_logits = models_floats(B);
    for (uint32_t b = 0; b < B; b++) labels[b] = rng_below(rng, 2) == 0 ? 0.0F : 1.0F;
    CHECK_EQUAL(network_new(&network, model, B), STATUS_OK);
    forward(network, &batch, model);
    double loss = loss_log(d_logits, batch.logits, labels, B) / B;
    CHECK_NEAR(loss, twin_loss(model, twin, &batch, labels), 2e-6);
    struct gradients *gradients = backward(network, model, &batch, d_logits);
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++)
        if (model->tensors[t].rows > 0) check_some(model, twin, &batch, labels, gradients, t, rng);
    gradients_free(gradients);
    network_free(network);
    free(labels);
    free(d_logits);
    batch_free(&batch);
}

/* The whole chain from weights to the training loss, for every size of a batch. */
static void test_gradients_of_the_loss(void) {
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 50 + k);
        double *twin = models_twin(model);
        struct rng rng = {k};
        unsigned errors = check_state.errors;
        for (uint32_t B = 1; B <= 33; B++) check_loss_gradients(model, twin, B, &rng);
        if (model->parameters < 2000) check_loss_gradients(model, twin, 256, &rng);
        CHECK_OR_RETURN(check_state.errors == errors, "%s", models_kinds[k].name);
        free(twin);
        model_free(model);
    }
}

int main(void) {
    RUN(test_forward);
    RUN(test_weights_matter);
    RUN(test_nan_reaches_the_logit);
    RUN(test_backward_against_differences);
    RUN(test_gradients_of_the_loss);
    return check_report();
}

/* Forward against the twin in double precision, backward against the twin's differences, for every kind of model. */
#include "model/network.h"

#include "model/loss.h"
#include "models.h"

enum { USERS = 9, ITEMS = 11 };

static struct network *network_of(const struct model *model, uint32_t capacity) {
    struct network *network = NULL;
    CHECK_EQUAL(network_new(&network, model, capacity), STATUS_OK);
    return network;
}

/* In a network and a batch with room for just this and in ones that have seen larger ones; to the bit as each sample
 * alone. */
static void check_forward(const struct model *model, const double *twin, struct network *used,
                          struct batch *used_batch, uint32_t B, uint32_t group, struct rng *rng) {
    struct batch *batch = models_random_batch(model, B, group, rng);
    struct network *fresh = network_of(model, B);
    float *logits = models_floats(B), *again = models_floats(B);
    network_forward(fresh, logits, model, batch);
    for (uint32_t b = 0; b < B; b++) {
        double expected = models_logit(model, twin, batch->users[b], batch->items[b]);
        CHECK_NEAR(logits[b], expected, 2e-6 * (1 + fabs(expected)));
    }
    memcpy(used_batch->users, batch->users, B * sizeof *batch->users);
    memcpy(used_batch->items, batch->items, B * sizeof *batch->items);
    batch_index(used_batch, B);
    network_forward(used, again, model, used_batch);
    CHECK_EQUAL(memcmp(again, logits, B * sizeof *logits), 0);
    for (uint32_t b = 0; b < B; b++) {
        float alone = NAN;
        used_batch->users[0] = batch->users[b], used_batch->items[0] = batch->items[b];
        batch_index(used_batch, 1);
        network_forward(used, &alone, model, used_batch);
        CHECK_EQUAL(check_float_bits(alone), check_float_bits(logits[b]));
    }
    free(logits);
    free(again);
    network_free(fresh);
    batch_free(batch);
}

static void test_forward(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 10 + k);
        double *twin = models_twin(model);
        struct rng rng = {k};
        struct network *network = network_of(model, 256);
        struct batch *batch = models_random_batch(model, 256, 1, &rng);
        unsigned errors = check_state.errors;
        check_forward(model, twin, network, batch, 256, 5, &rng);
        for (uint32_t B = 1; B <= 33; B++) check_forward(model, twin, network, batch, B, 1 + B % 5, &rng);
        CHECK_OR_RETURN(check_state.errors == errors, "%s", models_kinds[k].name);
        batch_free(batch);
        network_free(network);
        free(twin);
        model_free(model);
    }
    network_free(NULL);
}

/* Logits of the twin differ by samples, or the test above would compare constants. */
static void test_weights_matter(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 10 + k);
        double *twin = models_twin(model), sum = 0, squares = 0;
        for (uint32_t pair = 0; pair < USERS * ITEMS; pair++) {
            double logit = models_logit(model, twin, pair % USERS, pair / USERS);
            sum += logit, squares += logit * logit;
        }
        double mean = sum / (USERS * ITEMS);
        CHECK_OR_RETURN(squares / (USERS * ITEMS) - mean * mean > 0.001, "%s", models_kinds[k].name);
        free(twin);
        model_free(model);
    }
}

static void test_nan_reaches_the_logit(void) {
    const uint32_t users[] = {0, 1, 2, 1, 0}, items[] = {3, 4, 5, 6, 7};
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 1);
        struct network *network = network_of(model, 5);
        struct batch *batch = models_batch(model, users, items, 5);
        float logits[5];
        for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
            const struct tensor *tensor = model->tensors + t;
            if (tensor->axis != TENSOR_USER || tensor->rows == 0) continue;
            model_values(model, t)[(uint64_t)tensor->columns * 2 - 1] = NAN; /* user 1 */
            network_forward(network, logits, model, batch);
            for (uint32_t b = 0; b < 5; b++) CHECK_EQUAL(isnan(logits[b]), users[b] == 1);
            models_draw(model, 1);
        }
        batch_free(batch);
        network_free(network);
        model_free(model);
    }
}

/* Gradients of the batch that `network` has gone forward with, with NaN in everything that backward has to write. */
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
    network_backward(network, gradients, model, batch, d_logits);
    return gradients;
}

/* Of weight `i` of a tensor: 0 for an embedding's row that is not in the batch. */
static double gradient_of(const struct gradients *gradients, const struct batch *batch,
                          const struct tensor *tensor, uint32_t t, uint64_t i) {
    if (tensor->axis == TENSOR_DENSE) return (double)gradients->values[t][i];
    uint32_t slot = batch->slots[tensor->axis].of_row[i / tensor->columns];
    if (slot == BATCH_NO_SLOT) return 0;
    return (double)gradients->values[t][(uint64_t)slot * tensor->columns + i % tensor->columns];
}

/* What is differentiated, in double precision: Σ_b c_b logit_b, or where c is NULL the batch's mean log loss. */
struct objective {
    const struct model *model;
    double *twin;
    const struct batch *batch;
    const float *c;
};

static double objective_now(const struct objective *objective) {
    const struct batch *batch = objective->batch;
    double sum = 0;
    for (uint32_t b = 0; b < batch->B; b++) {
        double z = models_logit(objective->model, objective->twin, batch->users[b], batch->items[b]);
        double loss = (z > 0 ? z : 0) + log1p(exp(-fabs(z))) - (double)batch->labels[b] * z;
        sum += objective->c == NULL ? loss / batch->B : (double)objective->c[b] * z;
    }
    return sum;
}

/* The slope at weight `i`; where it differs to the left and to the right by more than a curve's, a ReLU's corner lies
 * there: returns false. */
static bool slope_of(const struct objective *objective, uint64_t i, double *slope) {
    const double step = 1e-5;
    double *weight = objective->twin + i, before = *weight, here = objective_now(objective), up, down;
    *weight = before + step;
    up = (objective_now(objective) - here) / step;
    *weight = before - step;
    down = (here - objective_now(objective)) / step;
    *weight = before;
    *slope = (up + down) / 2;
    return fabs(up - down) < 1e-3 * (1 + fabs(*slope));
}

/* Weights `stride` apart, all where it is 1. */
static void check_tensor(const struct objective *objective, const struct gradients *gradients, uint32_t t,
                         uint64_t stride) {
    const struct tensor *tensor = objective->model->tensors + t;
    uint64_t corners = 0, count = (uint64_t)tensor->rows * tensor->columns;
    double largest = 0, slope;
    for (uint64_t i = 0; i < count; i += stride) {
        double gradient = gradient_of(gradients, objective->batch, tensor, t, i);
        if (fabs(gradient) > largest) largest = fabs(gradient);
        if (!slope_of(objective, tensor->offset + i, &slope))
            corners++;
        else
            CHECK_OR_RETURN(fabs(gradient - slope) <= 4e-6 * (1 + fabs(slope)),
                            "%s[%" PRIu64 "]: got %.9g, expected %.9g", tensor->name, i, gradient, slope);
    }
    CHECK_OR_RETURN(largest > 0.01, "%s has no gradient to check", tensor->name);
    CHECK_OR_RETURN(corners <= 1, "%s: %" PRIu64 " corners", tensor->name, corners);
}

static void check_tensors(const struct objective *objective, struct network *network, uint64_t stride) {
    const struct model *model = objective->model;
    float *logits = models_floats(objective->batch->B);
    network_forward(network, logits, model, objective->batch);
    struct gradients *gradients = backward(network, model, objective->batch, objective->c);
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++)
        if (model->tensors[t].rows > 0) check_tensor(objective, gradients, t, stride);
    gradients_free(gradients);
    free(logits);
}

/* Users and items repeat within the batch, one by one and, as in grouped order, in a row; some of them are not in it. */
static void test_backward_against_differences(void) {
    static const uint32_t users[2][7] = {{0, 1, 0, 3, 4, 0, 3}, {3, 3, 3, 3, 1, 1, 1}};
    static const uint32_t items[7] = {2, 2, 0, 4, 1, 2, 5};
    for (uint32_t n = 0; n < 2 * MODELS_ALL_KINDS; n++) {
        uint32_t k = n / 2;
        struct model *model = models_new(&models_kinds[k].settings, 5, 6, 30 + k);
        struct batch *batch = models_batch(model, users[n % 2], items, 7);
        struct network *network = network_of(model, 7);
        float c[7];
        struct rng rng = {k};
        struct objective objective = {model, models_twin(model), batch, c};
        unsigned errors = check_state.errors;
        for (uint32_t b = 0; b < 7; b++) c[b] = 0.5F + rng_uniform(&rng);
        for (uint32_t b = 0; b < 7; b += 2) c[b] = -c[b];
        check_tensors(&objective, network, model->parameters > 2000 ? 5 : 1);
        CHECK_OR_RETURN(check_state.errors == errors, "%s", models_kinds[k].name);
        free(objective.twin);
        network_free(network);
        batch_free(batch);
        model_free(model);
    }
}

/* Some weights of a tensor, those of a row in the batch among them. */
static void check_some(const struct objective *objective, const struct gradients *gradients, uint32_t t,
                       struct rng *rng) {
    const struct tensor *tensor = objective->model->tensors + t;
    for (uint32_t n = 0; n < 3; n++) {
        uint32_t row = rng_below(rng, tensor->rows);
        if (n > 0 && tensor->axis != TENSOR_DENSE) row = objective->batch->slots[tensor->axis].row[0];
        uint64_t i = (uint64_t)row * tensor->columns + rng_below(rng, tensor->columns);
        double slope, gradient = gradient_of(gradients, objective->batch, tensor, t, i);
        if (!slope_of(objective, tensor->offset + i, &slope)) continue;
        CHECK_OR_RETURN(fabs(gradient - slope) < 2e-6 * (1 + fabs(slope)),
                        "%s[%" PRIu64 "]: got %.9g, expected %.9g", tensor->name, i, gradient, slope);
    }
}

static void check_loss_gradients(const struct model *model, double *twin, uint32_t B, uint32_t group,
                                 struct rng *rng) {
    struct batch *batch = models_random_batch(model, B, group, rng);
    struct network *network = network_of(model, B);
    struct objective objective = {model, twin, batch, NULL};
    float *logits = models_floats(B), *d_logits = models_floats(B);
    network_forward(network, logits, model, batch);
    CHECK_NEAR(loss_log(d_logits, logits, batch->labels, B) / B, objective_now(&objective), 2e-6);
    struct gradients *gradients = backward(network, model, batch, d_logits);
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++)
        if (model->tensors[t].rows > 0) check_some(&objective, gradients, t, rng);
    gradients_free(gradients);
    network_free(network);
    free(logits);
    free(d_logits);
    batch_free(batch);
}

/* The whole chain from weights to the training loss, for every size of a batch. */
static void test_gradients_of_the_loss(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 50 + k);
        double *twin = models_twin(model);
        struct rng rng = {k};
        unsigned errors = check_state.errors;
        for (uint32_t B = 1; B <= 33; B++) check_loss_gradients(model, twin, B, 1 + B % 5, &rng);
        if (model->parameters < 2000) check_loss_gradients(model, twin, 256, 5, &rng);
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

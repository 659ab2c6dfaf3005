/* Zeroing, and the L2 regulariser against differences of its formula in double precision. */
#include "model/gradients.h"

#include "models.h"

enum { USERS = 13, ITEMS = 40, CAPACITY = 33 };

/* Rows of a tensor's gradients that the batch uses. */
static uint32_t rows_in_use(const struct tensor *tensor, const struct batch *batch) {
    return tensor->axis == TENSOR_DENSE ? tensor->rows : batch->slots[tensor->axis].count;
}

/* What the batch uses is zero; then everything is spoilt for the next batch to find. */
static void check_zeroed(struct gradients *gradients, const struct model *model, const struct batch *batch) {
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        CHECK((gradients->values[t] == NULL) == (tensor->rows == 0));
        for (uint64_t i = 0; i < (uint64_t)rows_in_use(tensor, batch) * tensor->columns && tensor->rows > 0;
             i++) {
            CHECK_EQUAL(check_float_bits(gradients->values[t][i]), 0);
            gradients->values[t][i] = NAN;
        }
    }
}

static void test_zero(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 1);
        struct gradients *gradients;
        struct rng rng = {k};
        CHECK_EQUAL(gradients_new(&gradients, model, CAPACITY), STATUS_OK);
        for (uint32_t n = 0; n < 100; n++) {
            uint32_t B = n == 0 ? CAPACITY : 1 + rng_below(&rng, CAPACITY);
            struct batch *batch = models_random_batch(model, B, 1 + n % 5, &rng);
            gradients_zero(gradients, model, batch);
            check_zeroed(gradients, model, batch);
            batch_free(batch);
        }
        gradients_free(gradients);
        model_free(model);
    }
    gradients_free(NULL);
}

/* A batch of 10 needs the same memory for a million users as for ten. */
static void test_memory_does_not_grow_with_users(void) {
    struct model_settings settings = {.parts = MODEL_GMF, .factors = MODEL_MAX_WIDTH};
    struct model model = {.settings = settings, .users = 1000000, .items = 1000000};
    struct gradients *gradients;
    model.tensors[MODEL_GMF_USER] =
        (struct tensor){.axis = TENSOR_USER, .rows = 1000000, .columns = MODEL_MAX_WIDTH};
    CHECK_EQUAL(gradients_new(&gradients, &model, 10), STATUS_OK);
    gradients_free(gradients);
}

static double square_sum(const double *x, uint64_t n) {
    double sum = 0;
    for (uint64_t i = 0; i < n; i++) sum += x[i] * x[i];
    return sum;
}

/* The regulariser as gradients.h defines it, with weights `twin`. */
static double regulariser(const struct model *model, const double *twin, const struct batch *batch) {
    double sum = 0;
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        const double *values = twin + tensor->offset;
        const uint32_t *rows = tensor->axis == TENSOR_USER ? batch->users : batch->items;
        uint32_t width = tensor->columns;
        double l2 = (double)model->settings.l2[tensor->group], squares = 0;
        if (tensor->rows == 0 || tensor->group == MODEL_FREE) continue;
        if (tensor->axis == TENSOR_DENSE)
            squares = square_sum(values, (uint64_t)tensor->rows * width);
        else
            for (uint32_t b = 0; b < batch->B; b++)
                squares += square_sum(values + (uint64_t)rows[b] * width, width) / batch->B;
        sum += l2 / 2 * squares;
    }
    return sum;
}

/* Adds to gradients drawn at random. The formula is quadratic, so a large step's difference is exact. */
static void check_l2(struct model *model, struct gradients *gradients, const struct batch *batch,
                     double *twin, struct rng *rng) {
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        for (uint64_t i = 0; i < (uint64_t)rows_in_use(tensor, batch) * tensor->columns && tensor->rows > 0;
             i++)
            gradients->values[t][i] = rng_uniform(rng);
    }
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        if (tensor->rows == 0) continue;
        uint32_t slot = rng_below(rng, rows_in_use(tensor, batch)), c = rng_below(rng, tensor->columns);
        uint32_t row = tensor->axis == TENSOR_DENSE ? slot : batch->slots[tensor->axis].row[slot];
        float *gradient = gradients->values[t] + (uint64_t)slot * tensor->columns + c;
        double *weight = twin + tensor->offset + (uint64_t)row * tensor->columns + c, kept = *weight;
        double before = (double)*gradient, up, down;
        *weight = kept + 0.5;
        up = regulariser(model, twin, batch);
        *weight = kept - 0.5;
        down = regulariser(model, twin, batch);
        *weight = kept;
        gradients_add_l2(gradients, model, batch);
        CHECK_OR_RETURN(fabs((double)*gradient - before - (up - down)) < 2e-6, "%s: %g, expected %g",
                        tensor->name, (double)*gradient - before, up - down);
    }
}

static void test_l2(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model_settings settings = models_kinds[k].settings;
        unsigned errors = check_state.errors;
        struct rng rng = {k};
        for (uint32_t turn = 0; turn < 8; turn++) {
            const float l2[MODEL_GROUPS] = {0.1F, turn % 2 == 0 ? 0.2F : 0.0F, 0.3F, 0.4F, 0.0F};
            memcpy(settings.l2, l2, sizeof l2);
            struct model *model = models_new(&settings, USERS, ITEMS, 1);
            struct batch *batch = models_random_batch(model, 1 + turn * turn / 2, 1 + turn % 5, &rng);
            struct gradients *gradients;
            double *twin = models_twin(model);
            CHECK_EQUAL(gradients_new(&gradients, model, batch->B), STATUS_OK);
            check_l2(model, gradients, batch, twin, &rng);
            free(twin);
            gradients_free(gradients);
            batch_free(batch);
            model_free(model);
        }
        CHECK_OR_RETURN(check_state.errors == errors, "%s", models_kinds[k].name);
    }
}

/* Hidden layers' and output's biases and the global bias stay as they are, whatever λ stands there. */
static void test_no_l2_of_what_is_free(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model_settings settings = models_kinds[k].settings;
        struct rng rng = {1};
        settings.l2[MODEL_FREE] = 1;
        struct model *model = models_new(&settings, USERS, ITEMS, 1);
        struct batch *batch = models_random_batch(model, 9, 3, &rng);
        struct gradients *gradients;
        CHECK_EQUAL(gradients_new(&gradients, model, 9), STATUS_OK);
        gradients_zero(gradients, model, batch);
        gradients_add_l2(gradients, model, batch);
        check_zeroed(gradients, model, batch);
        gradients_free(gradients);
        batch_free(batch);
        model_free(model);
    }
}

int main(void) {
    RUN(test_zero);
    RUN(test_memory_does_not_grow_with_users);
    RUN(test_l2);
    RUN(test_no_l2_of_what_is_free);
    return check_report();
}

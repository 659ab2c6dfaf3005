/* Adam against a dense one in double precision, and to the bit against one in single precision that keeps its
 * subnormal numbers. */
#include "model/adam.h"

#include "models.h"

enum { USERS = 12, ITEMS = 15, B = 6 };

/* The formula in adam.h, every parameter at every step. */
struct twin {
    uint64_t step, parameters;
    double *values, *m, *v;
};

static struct twin twin_new(const struct model *model) {
    return (struct twin){.parameters = model->parameters,
                         .values = models_twin(model),
                         .m = calloc(model->parameters, sizeof(double)),
                         .v = calloc(model->parameters, sizeof(double))};
}

static void twin_free(struct twin *twin) {
    free(twin->values);
    free(twin->m);
    free(twin->v);
}

static void twin_step(struct twin *twin, const double *gradients, double rate) {
    double step = (double)++twin->step;
    double corrected = rate * sqrt(1 - pow(0.999, step)) / (1 - pow(0.9, step));
    for (uint64_t i = 0; i < twin->parameters; i++) {
        twin->m[i] = 0.9 * twin->m[i] + 0.1 * gradients[i];
        twin->v[i] = 0.999 * twin->v[i] + 0.001 * gradients[i] * gradients[i];
        twin->values[i] -= corrected * twin->m[i] / (sqrt(twin->v[i]) + 1e-8);
    }
}

struct world {
    struct model *model;
    struct adam *adam;
    struct gradients *gradients;
    double *dense; /* [parameters], the gradients of the step as a dense optimizer sees them */
};

static struct world world_new(const struct model_settings *settings) {
    struct world world = {.model = models_new(settings, USERS, ITEMS, 1)};
    CHECK_EQUAL(adam_new(&world.adam, world.model), STATUS_OK);
    CHECK_EQUAL(gradients_new(&world.gradients, world.model, B), STATUS_OK);
    world.dense = malloc((size_t)world.model->parameters * sizeof *world.dense);
    return world;
}

static void world_free(struct world *world) {
    adam_free(world->adam);
    gradients_free(world->gradients);
    free(world->dense);
    model_free(world->model);
}

/* Begins a batch and gives it gradients: parameter i's are of the order of 10^-(i % decades), more often positive than
 * not, so that steps add up. Slots that the batch does not use hold NaN. */
static void make_gradients(struct world *world, const uint32_t *users, const uint32_t *items,
                           uint32_t decades, struct rng *rng) {
    const struct model *model = world->model;
    gradients_begin(world->gradients, model, users, items, B);
    memset(world->dense, 0, (size_t)model->parameters * sizeof *world->dense);
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        const struct slots *slots = world->gradients->slots + tensor->axis;
        uint32_t rows = tensor->axis == TENSOR_DENSE ? tensor->rows : B, columns = tensor->columns;
        for (uint32_t s = 0; s < rows && tensor->rows > 0; s++) {
            for (uint32_t c = 0; c < columns; c++) {
                float *gradient = world->gradients->values[t] + (uint64_t)s * columns + c;
                *gradient = NAN;
                if (tensor->axis != TENSOR_DENSE && s >= slots->count) continue;
                uint32_t row = tensor->axis == TENSOR_DENSE ? s : slots->row[s];
                uint64_t i = tensor->offset + (uint64_t)row * columns + c;
                *gradient = powf(10, -(float)(i % decades)) * (1.5F * rng_uniform(rng) - 0.5F);
                world->dense[i] = (double)*gradient;
            }
        }
    }
}

/* Rows at random, so that they repeat within a batch; the last two users and items only at every 200th step. */
static void draw_rows(uint32_t *users, uint32_t *items, uint32_t step, struct rng *rng) {
    uint32_t rare = step % 200 == 1 ? 0 : 2;
    for (uint32_t b = 0; b < B; b++) {
        users[b] = rng_below(rng, USERS - rare);
        items[b] = rng_below(rng, ITEMS - rare);
    }
    if (rare == 0) users[0] = USERS - 1, items[0] = ITEMS - 1;
}

static double largest_difference(const struct model *model, const double *values) {
    double largest = 0;
    for (uint64_t i = 0; i < model->parameters; i++) {
        double difference = fabs((double)model->values[i] - values[i]);
        if (!(difference <= largest)) largest = difference;
    }
    return largest;
}

/* 700 steps move weights by some tenths; single precision may cost a ten-thousandth of that. Gradients down to 1e-8
 * tell on which side of the bias correction ε stands. */
static void test_trajectory(void) {
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct world world = world_new(&models_kinds[k].settings);
        struct twin twin = twin_new(world.model);
        double *start = models_twin(world.model);
        struct rng rng = {k};
        for (uint32_t step = 1; step <= 700; step++) {
            uint32_t users[B], items[B];
            double rate = step < 350 ? 0.001 : 0.0003;
            draw_rows(users, items, step, &rng);
            make_gradients(&world, users, items, 9, &rng);
            adam_step(world.adam, world.model, world.gradients, rate);
            twin_step(&twin, world.dense, rate);
            double difference = largest_difference(world.model, twin.values);
            CHECK_OR_RETURN(difference < 2e-5, "%s, step %u: off by %g", models_kinds[k].name, step,
                            difference);
        }
        CHECK(largest_difference(world.model, start) > 0.1);
        CHECK_EQUAL(world.adam->step, 700);
        free(start);
        twin_free(&twin);
        world_free(&world);
    }
}

/* A row of an embedding that the batch does not use goes on moving. */
static void test_unused_rows_move(void) {
    struct world world = world_new(&models_kinds[3].settings);
    const uint32_t rows[] = {0, 1, 2, 3, 4, 5}, others[] = {6, 7, 8, 9, 6, 7};
    struct rng rng = {1};
    float *row = model_values(world.model, MODEL_GMF_USER), before = row[0], after;
    make_gradients(&world, rows, rows, 1, &rng);
    adam_step(world.adam, world.model, world.gradients, 0.001);
    after = row[0];
    CHECK_NEAR(fabs((double)after - (double)before), 0.001, 1e-6);
    make_gradients(&world, others, others, 1, &rng);
    adam_step(world.adam, world.model, world.gradients, 0.001);
    CHECK_NEAR(((double)row[0] - (double)after) / ((double)after - (double)before), 0.67, 0.01);
    world_free(&world);
}

/* The same formula in single precision, without the flush of small moments. powers: β₁ᵗ⁻¹, β₂ᵗ⁻¹ */
static void plain_step(float *values, float *m, float *v, double powers[2], const double *gradients,
                       uint64_t parameters, double rate) {
    powers[0] *= 0.9, powers[1] *= 0.999;
    float corrected = (float)(rate * sqrt(1 - powers[1]) / (1 - powers[0]));
    for (uint64_t i = 0; i < parameters; i++) {
        float gradient = (float)gradients[i];
        m[i] = 0.9F * m[i] + (float)(1.0 - 0.9) * gradient;
        v[i] = 0.999F * v[i] + (float)(1.0 - 0.999) * (gradient * gradient);
        values[i] -= corrected * m[i] / (sqrtf(v[i]) + 1e-8F);
    }
}

/* A batch once, then nothing for tens of thousands of steps, then the batch again: gradients of zero between, so that
 * moments of all sizes decay through the subnormal numbers. */
static void test_flush_is_not_seen(void) {
    enum { STEPS = 40000 };
    struct model_settings settings = {.parts = MODEL_BIAS};
    struct world world = world_new(&settings);
    uint64_t n = world.model->parameters, different = 0, subnormal = 0, flushed = 0;
    float *values = models_floats(n), *m = calloc(n, sizeof *m), *v = calloc(n, sizeof *v);
    const uint32_t rows[] = {0, 1, 2, 3, 4, 5};
    double powers[2] = {1, 1};
    struct rng rng = {1};
    memcpy(values, world.model->values, n * sizeof *values);
    for (uint32_t step = 1; step <= STEPS; step++) {
        if (step % (STEPS / 2) <= 4) make_gradients(&world, rows, rows, 14, &rng);
        if (step % (STEPS / 2) == 4) {
            for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++)
                for (uint32_t s = 0; s < B && world.model->tensors[t].rows > s; s++)
                    world.gradients->values[t][s] = 0;
            memset(world.dense, 0, n * sizeof *world.dense);
        }
        adam_step(world.adam, world.model, world.gradients, 0.001);
        plain_step(values, m, v, powers, world.dense, n, 0.001);
        for (uint64_t i = 0; i < n; i++) {
            float kept_m = fabsf(world.adam->m[i]), kept_v = world.adam->v[i];
            different += check_float_bits(values[i]) != check_float_bits(world.model->values[i]);
            subnormal += (kept_m > 0 && kept_m < 1e-20F) || (kept_v > 0 && kept_v < 1e-30F);
            flushed += (kept_m == 0 && m[i] != 0 ? 1U : 0U) + (kept_v == 0 && v[i] != 0 ? 1U : 0U);
        }
    }
    CHECK_EQUAL(different, 0);
    CHECK_EQUAL(subnormal, 0);
    CHECK(flushed > 1000);
    free(values);
    free(m);
    free(v);
    world_free(&world);
}

/* However often a row comes up in the batch, it has one gradient and moves once. */
static void test_repeated_rows_move_once(void) {
    struct world once = world_new(&models_kinds[MODELS_KINDS - 1].settings);
    struct world often = world_new(&models_kinds[MODELS_KINDS - 1].settings);
    const uint32_t two[] = {3, 7, 7, 7, 7, 7}, repeated[] = {3, 3, 3, 7, 3, 7};
    for (uint32_t step = 0; step < 20; step++) {
        struct rng rng = {step}, same = {step};
        make_gradients(&once, two, two, 3, &rng);
        make_gradients(&often, repeated, repeated, 3, &same);
        CHECK_EQUAL(often.gradients->slots[TENSOR_USER].count, 2);
        adam_step(once.adam, once.model, once.gradients, 0.001);
        adam_step(often.adam, often.model, often.gradients, 0.001);
        CHECK_EQUAL(model_hash(once.model), model_hash(often.model));
    }
    world_free(&once);
    world_free(&often);
}

static uint64_t hash_after_steps(struct world *world, uint32_t steps) {
    struct rng rng = {5};
    models_draw(world->model, 1);
    for (uint32_t step = 0; step < steps; step++) {
        uint32_t users[B], items[B];
        draw_rows(users, items, step, &rng);
        make_gradients(world, users, items, 3, &rng);
        adam_step(world->adam, world->model, world->gradients, 0.001);
    }
    return model_hash(world->model);
}

static void test_reset_forgets(void) {
    struct world world = world_new(&models_kinds[MODELS_KINDS - 1].settings);
    uint64_t fresh = hash_after_steps(&world, 30);
    CHECK(hash_after_steps(&world, 30) != fresh);
    adam_reset(world.adam, world.model);
    CHECK_EQUAL(hash_after_steps(&world, 30), fresh);
    world_free(&world);
    adam_free(NULL);
}

/* In every lane of the four and in the tail: the flush of small moments must not take NaN for small. */
static void test_nan_shows(void) {
    struct world world = world_new(&models_kinds[2].settings); /* seven columns */
    const uint32_t rows[] = {0, 1, 2, 3, 4, 5};
    for (uint32_t c = 0; c < 7; c++) {
        struct rng rng = {1};
        float *values = model_values(world.model, MODEL_GMF_USER);
        models_draw(world.model, 1);
        adam_reset(world.adam, world.model);
        make_gradients(&world, rows, rows, 1, &rng);
        world.gradients->values[MODEL_GMF_USER][7 * 2 + c] = NAN;
        adam_step(world.adam, world.model, world.gradients, 0.001);
        const float *m = world.adam->m + world.model->tensors[MODEL_GMF_USER].offset;
        for (uint32_t i = 0; i < 7 * USERS; i++) {
            CHECK_EQUAL(isnan(values[i]), i == 7 * 2 + c);
            CHECK_EQUAL(isnan(m[i]), i == 7 * 2 + c);
        }
    }
    world_free(&world);
}

int main(void) {
    RUN(test_trajectory);
    RUN(test_unused_rows_move);
    RUN(test_flush_is_not_seen);
    RUN(test_repeated_rows_move_once);
    RUN(test_reset_forgets);
    RUN(test_nan_shows);
    return check_report();
}

/* Every optimizer against its formula in double precision, dense as optimizer.h says; the closed form of Adam against the
 * exact one; and to the bit what must stay as it is. */
#include "model/optimizer.h"

#include "base/hash.h"
#include "models.h"

enum { USERS = 12, ITEMS = 15, B = 6 };

static const char *const names[] = {"adam", "adam-dense", "adam-lazy", "sgd", "adagrad", "rmsprop"};

/* The formulas in optimizer.h, every parameter at every step. */
struct twin {
    enum optimizer_kind kind;
    uint64_t step, parameters;
    double rate;
    double *values, *m, *v, *path; /* path: how far each parameter has moved, to and fro added up */
};

static struct twin twin_new(const struct model *model, enum optimizer_kind kind, double rate) {
    return (struct twin){.kind = kind,
                         .parameters = model->parameters,
                         .rate = rate,
                         .values = models_twin(model),
                         .m = calloc(model->parameters, sizeof(double)),
                         .v = calloc(model->parameters, sizeof(double)),
                         .path = calloc(model->parameters, sizeof(double))};
}

static void twin_free(struct twin *twin) {
    free(twin->values);
    free(twin->m);
    free(twin->v);
    free(twin->path);
}

/* What parameter i moves down by, given its gradient. */
static double twin_move(struct twin *twin, uint64_t i, double gradient) {
    double *m = twin->m + i, *v = twin->v + i, t = (double)twin->step;
    switch (twin->kind) {
    case OPTIMIZER_SGD:
        return twin->rate * gradient;
    case OPTIMIZER_ADAGRAD:
        *v += gradient * gradient;
        return twin->rate * gradient / (sqrt(*v) + 1e-8);
    case OPTIMIZER_RMSPROP:
        *v = 0.9 * *v + 0.1 * gradient * gradient;
        return twin->rate * gradient / (sqrt(*v) + 1e-8);
    default:
        *m = 0.9 * *m + 0.1 * gradient;
        *v = 0.999 * *v + 0.001 * gradient * gradient;
        return twin->rate * sqrt(1 - pow(0.999, t)) / (1 - pow(0.9, t)) * *m / (sqrt(*v) + 1e-8);
    }
}

/* `dense`: the gradients of all parameters, NaN for those of rows that the batch does not use. */
static void twin_step(struct twin *twin, const double *dense) {
    twin->step++;
    for (uint64_t i = 0; i < twin->parameters; i++) {
        if (isnan(dense[i]) && twin->kind == OPTIMIZER_ADAM_LAZY) continue;
        double move = twin_move(twin, i, isnan(dense[i]) ? 0 : dense[i]);
        twin->values[i] -= move;
        twin->path[i] += fabs(move);
    }
}

struct world {
    struct model *model;
    struct optimizer *optimizer;
    struct batch *batch;
    struct gradients *gradients;
    double *dense;   /* [parameters], the gradients of the step as twin_step takes them */
    float *snapshot; /* [parameters] */
};

static struct world world_new(const struct model_settings *settings, enum optimizer_kind kind, double rate) {
    struct world world = {.model = models_new(settings, USERS, ITEMS, 1)};
    CHECK_EQUAL(optimizer_new(&world.optimizer, world.model, kind, rate), STATUS_OK);
    CHECK_EQUAL(batch_new(&world.batch, world.model, USERS + ITEMS), STATUS_OK);
    CHECK_EQUAL(gradients_new(&world.gradients, world.model, USERS + ITEMS), STATUS_OK);
    world.dense = malloc((size_t)world.model->parameters * sizeof *world.dense);
    world.snapshot = models_floats(world.model->parameters);
    return world;
}

static void world_free(struct world *world) {
    optimizer_free(world->optimizer);
    batch_free(world->batch);
    gradients_free(world->gradients);
    free(world->dense);
    free(world->snapshot);
    model_free(world->model);
}

static void take_batch(struct world *world, const uint32_t *users, const uint32_t *items, uint32_t count) {
    memcpy(world->batch->users, users, count * sizeof *users);
    memcpy(world->batch->items, items, count * sizeof *items);
    batch_index(world->batch, count);
}

/* The gradient of parameter i: of the order of 10^-(i % decades), more often positive than not, so that steps add up. */
static float draw_gradient(uint64_t i, uint32_t decades, struct rng *rng) {
    return powf(10, -(float)(i % decades)) * (1.5F * rng_uniform(rng) - 0.5F);
}

/* Gives the batch gradients. Slots that it does not use hold NaN. */
static void make_gradients(struct world *world, uint32_t decades, struct rng *rng) {
    const struct model *model = world->model;
    for (uint64_t i = 0; i < model->parameters; i++) world->dense[i] = (double)NAN;
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        const struct slots *slots = world->batch->slots + tensor->axis;
        uint32_t rows = tensor->axis == TENSOR_DENSE ? tensor->rows : world->batch->capacity;
        for (uint32_t s = 0; s < rows && tensor->rows > 0; s++) {
            for (uint32_t c = 0; c < tensor->columns; c++) {
                float *gradient = world->gradients->values[t] + (uint64_t)s * tensor->columns + c;
                *gradient = NAN;
                if (tensor->axis != TENSOR_DENSE && s >= slots->count) continue;
                uint32_t row = tensor->axis == TENSOR_DENSE ? s : slots->row[s];
                uint64_t i = tensor->offset + (uint64_t)row * tensor->columns + c;
                *gradient = draw_gradient(i, decades, rng);
                world->dense[i] = (double)*gradient;
            }
        }
    }
}

static void optimize(struct world *world) {
    optimizer_prepare(world->optimizer, world->model, world->batch);
    optimizer_step(world->optimizer, world->model, world->gradients, world->batch);
}

/* Rows at random, so that they repeat within a batch; the last two users and items only at every 200th step. */
static void draw_rows(struct world *world, uint32_t step, struct rng *rng) {
    uint32_t rare = step % 200 == 1 ? 0 : 2, users[B], items[B];
    for (uint32_t b = 0; b < B; b++) {
        users[b] = rng_below(rng, USERS - rare);
        items[b] = rng_below(rng, ITEMS - rare);
    }
    if (rare == 0) users[0] = USERS - 1, items[0] = ITEMS - 1;
    take_batch(world, users, items, B);
}

static const float *snapshot(struct world *world) {
    optimizer_snapshot(world->optimizer, world->model, world->snapshot);
    return world->snapshot;
}

static double largest_difference(const float *values, const struct twin *twin) {
    double largest = 0;
    for (uint64_t i = 0; i < twin->parameters; i++) {
        double difference = fabs((double)values[i] - twin->values[i]);
        if (!(difference <= largest)) largest = isnan(difference) ? HUGE_VAL : difference;
    }
    return largest;
}

/* 700 steps move weights by some tenths; single precision may cost a ten-thousandth of that. Gradients down to 1e-8
 * tell on which side of the bias correction ε stands. */
static void check_trajectory(const struct models_kind *kind, enum optimizer_kind optimizer) {
    struct world world = world_new(&kind->settings, optimizer, 0.001);
    struct twin twin = twin_new(world.model, optimizer, 0.001);
    struct rng rng = {1};
    double longest = 0;
    for (uint32_t step = 1; step <= 700; step++) {
        if (step == 350) optimizer_set_rate(world.optimizer, world.model, twin.rate = 0.0003);
        draw_rows(&world, step, &rng);
        make_gradients(&world, 9, &rng);
        optimize(&world);
        twin_step(&twin, world.dense);
        double difference = step % 10 == 0 ? largest_difference(snapshot(&world), &twin) : 0;
        CHECK_OR_RETURN(difference < 2e-5, "%s, %s, step %u: off by %g", kind->name, names[optimizer], step,
                        difference);
    }
    for (uint64_t i = 0; i < twin.parameters; i++) longest = fmax(longest, twin.path[i]);
    CHECK(longest > 0.02);
    CHECK_EQUAL(world.optimizer->step, 700);
    twin_free(&twin);
    world_free(&world);
}

static void test_trajectories(void) {
    for (enum optimizer_kind optimizer = 0; optimizer < OPTIMIZERS; optimizer++)
        for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++)
            if (optimizer == OPTIMIZER_ADAM || k % 4 == 0 || k + 1 == MODELS_KINDS)
                check_trajectory(&models_kinds[k], optimizer);
}

/* Rows 0, 1, 2 … are used every so many steps, the last but one only once and the last never. */
static const uint32_t periods[USERS] = {1, 2, 3, 5, 10, 11, 100, 101, 1000, 1500, 3, UINT32_MAX};
enum { ONCE = 10, STEPS = 4000 };

static bool is_used(uint32_t row, uint32_t step) {
    return row == ONCE ? step == periods[row] : step % periods[row] == 0;
}

/* Gives the batch all rows whose turn it is. */
static void take_scheduled(struct world *world, uint32_t step) {
    uint32_t rows[USERS], count = 0;
    for (uint32_t row = 0; row < USERS; row++)
        if (is_used(row, step)) rows[count++] = row;
    take_batch(world, rows, rows, count);
}

/* Gradients whose size changes by up to nine powers of ten from step to step. */
static void make_wild(struct world *world, struct rng *rng) {
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = world->model->tensors + t;
        const struct slots *slots = world->batch->slots + tensor->axis;
        uint32_t rows = tensor->axis == TENSOR_DENSE ? tensor->rows : slots->count;
        for (uint64_t n = 0; n < (uint64_t)rows * tensor->columns && tensor->rows > 0; n++) {
            uint32_t slot = (uint32_t)(n / tensor->columns);
            uint32_t row = tensor->axis == TENSOR_DENSE ? slot : slots->row[slot];
            float gradient = powf(10, -9 * rng_uniform(rng)) * (1.5F * rng_uniform(rng) - 0.5F);
            world->gradients->values[t][n] = gradient;
            world->dense[tensor->offset + (uint64_t)row * tensor->columns + n % tensor->columns] =
                (double)gradient;
        }
    }
}

/* How far values are from the twin's, or from `others`, as a share of the way that the twin has gone; the largest. */
static double apart(const struct twin *twin, const float *values, const float *others) {
    double largest = 0;
    for (uint64_t i = 0; i < twin->parameters; i++) {
        double other = others == NULL ? twin->values[i] : (double)others[i];
        double share = fabs((double)values[i] - other) / twin->path[i];
        if (twin->path[i] > 0 && !(share <= largest)) largest = isnan(share) ? HUGE_VAL : share;
    }
    return largest;
}

/* Gradients from 1e-9 to 1, so that ε counts for some and not for others, on rows that are used at every step, and on
 * some that are not for 1 … 1499 steps, or ever again. What may be lost: by the closed form 8e-6 of each sum (decay.h),
 * and by single precision, whose .999 is 1.3e-8 too large, which is 1.3e-5 of a v that lasts, half of that of √v. */
static void check_closed_form(bool wild, bool settled) {
    struct model_settings settings = {.parts = MODEL_GMF, .factors = 30};
    struct world closed = world_new(&settings, OPTIMIZER_ADAM, 0.001);
    struct world exact = world_new(&settings, OPTIMIZER_ADAM_DENSE, 0.001);
    memset(closed.model->values, 0, closed.model->parameters * sizeof(float));
    memset(exact.model->values, 0, exact.model->parameters * sizeof(float));
    struct twin twin = twin_new(closed.model, OPTIMIZER_ADAM, 0.001);
    double to_twin = 0, exact_to_twin = 0, to_exact = 0;
    for (uint32_t step = 1; step <= STEPS; step++) {
        for (uint32_t turn = 0; turn < 2; turn++) {
            struct world *world = turn == 0 ? &closed : &exact;
            struct rng rng = {step};
            take_scheduled(world, step);
            make_gradients(world, 10, &rng);
            if (wild) make_wild(world, &rng);
            optimize(world);
        }
        twin_step(&twin, closed.dense);
        if (settled && step % 37 == 0) optimizer_settle(closed.optimizer, closed.model);
        if (step % 50 != 0 && step > 60) continue;
        to_twin = fmax(to_twin, apart(&twin, snapshot(&closed), NULL));
        exact_to_twin = fmax(exact_to_twin, apart(&twin, exact.model->values, NULL));
        to_exact = fmax(to_exact, apart(&twin, closed.snapshot, exact.model->values));
    }
    printf(
        "of the way gone%s%s: closed form to double %.2g, exact form to double %.2g, one to the other %.2g\n",
        wild ? ", wild" : "", settled ? ", settled" : "", to_twin, exact_to_twin, to_exact);
    CHECK(to_twin < 1.5e-5);
    CHECK(exact_to_twin < 1.5e-5);
    CHECK(to_exact < 1.5e-5);
    twin_free(&twin);
    world_free(&closed);
    world_free(&exact);
}

static void test_closed_form(void) { check_closed_form(false, false); }
static void test_closed_form_with_wild_gradients(void) { check_closed_form(true, false); }
static void test_closed_form_settled_now_and_then(void) { check_closed_form(true, true); }

/* Where every row is used at every step, the moments are the same to the bit; the moves are but for the rounding of η c(t),
 * which the closed form takes from a difference of two sums. */
static void test_closed_form_of_rows_in_use(void) {
    uint32_t users[USERS + ITEMS], items[USERS + ITEMS];
    for (uint32_t b = 0; b < USERS + ITEMS; b++) users[b] = b % USERS, items[b] = b % ITEMS;
    struct model_settings settings = {.parts = MODEL_GMF, .factors = 7};
    struct world closed = world_new(&settings, OPTIMIZER_ADAM, 0.001);
    struct world exact = world_new(&settings, OPTIMIZER_ADAM_DENSE, 0.001);
    uint64_t n = closed.model->parameters, different = 0;
    double furthest = 0;
    for (uint32_t step = 1; step <= 1000; step++) {
        for (uint32_t turn = 0; turn < 2; turn++) {
            struct world *world = turn == 0 ? &closed : &exact;
            struct rng rng = {step};
            take_batch(world, users, items, USERS + ITEMS);
            make_gradients(world, 10, &rng);
            optimize(world);
        }
        CHECK_EQUAL(memcmp(closed.optimizer->state, exact.optimizer->state, 2 * n * sizeof(float)), 0);
    }
    snapshot(&closed);
    for (uint64_t i = 0; i < n; i++) {
        different += check_float_bits(closed.snapshot[i]) != check_float_bits(exact.model->values[i]);
        furthest = fmax(furthest, fabs((double)closed.snapshot[i] - (double)exact.model->values[i]));
    }
    printf("used at all of 1000 steps: %" PRIu64 " of %" PRIu64 " values differ, by up to %.2g\n", different,
           n, furthest);
    CHECK(furthest < 1e-6);
    world_free(&closed);
    world_free(&exact);
}

/* What rows do that the batch does not use: all of Adam's dense forms move them, for the others their gradient is 0. */
static void test_unused_rows(void) {
    const uint32_t rows[] = {0, 1, 2, 3, 4, 5}, others[] = {6, 7, 8, 9, 6, 7};
    for (enum optimizer_kind kind = 0; kind < OPTIMIZERS; kind++) {
        struct world world = world_new(&models_kinds[3].settings, kind, 0.001);
        uint64_t first = world.model->tensors[MODEL_GMF_USER].offset;
        struct rng rng = {1};
        float before[8], after[8];
        memcpy(before, world.model->values + first, sizeof before);
        take_batch(&world, rows, rows, 6);
        make_gradients(&world, 1, &rng);
        optimize(&world);
        memcpy(after, snapshot(&world) + first, sizeof after);
        take_batch(&world, others, others, 6);
        make_gradients(&world, 1, &rng);
        optimize(&world);
        snapshot(&world);
        for (uint32_t c = 0; c < 8; c++) {
            double moved = (double)after[c] - (double)before[c];
            double went_on = (double)world.snapshot[first + c] - (double)after[c];
            CHECK(fabs(moved) > 1e-6);
            if (kind == OPTIMIZER_ADAM || kind == OPTIMIZER_ADAM_DENSE)
                CHECK_NEAR(went_on / moved, 0.67, 0.01);
            else
                CHECK_EQUAL(check_float_bits(world.snapshot[first + c]), check_float_bits(after[c]));
        }
        world_free(&world);
    }
}

/* The same formula in single precision, without the flush of small moments. powers: β₁ᵗ⁻¹, β₂ᵗ⁻¹ */
static void plain_step(float *values, float *m, float *v, double powers[2], const double *dense,
                       uint64_t parameters) {
    powers[0] *= 0.9, powers[1] *= 0.999;
    float corrected = (float)(0.001 * (sqrt(1 - powers[1]) / (1 - powers[0])));
    for (uint64_t i = 0; i < parameters; i++) {
        float gradient = isnan(dense[i]) ? 0.0F : (float)dense[i];
        m[i] = 0.9F * m[i] + (float)(1.0 - 0.9) * gradient;
        v[i] = 0.999F * v[i] + (float)(1.0 - 0.999) * (gradient * gradient);
        values[i] -= corrected * m[i] / (sqrtf(v[i]) + 1e-8F);
    }
}

/* Half a world once, then others for tens of thousands of steps, then the first again, so that moments of all sizes decay
 * through the subnormal numbers. */
static void test_flush_is_not_seen(void) {
    enum { LONG = 40000 };
    const uint32_t rows[] = {0, 1, 2, 3, 4, 5}, other = 11;
    struct model_settings settings = {.parts = MODEL_BIAS};
    struct world world = world_new(&settings, OPTIMIZER_ADAM_DENSE, 0.001);
    uint64_t n = world.model->parameters, different = 0, subnormal = 0, flushed = 0;
    float *values = models_floats(n), *m = calloc(n, sizeof *m), *v = calloc(n, sizeof *v);
    double powers[2] = {1, 1};
    struct rng rng = {1};
    memcpy(values, world.model->values, n * sizeof *values);
    for (uint32_t step = 1; step <= LONG; step++) {
        if (step % (LONG / 2) <= 4)
            take_batch(&world, rows, rows, B);
        else
            take_batch(&world, &other, &other, 1);
        make_gradients(&world, 14, &rng);
        optimize(&world);
        plain_step(values, m, v, powers, world.dense, n);
        for (uint64_t i = 0; i < n; i++) {
            /* rows of one column: m and v of each side by side */
            float kept_m = fabsf(world.optimizer->state[2 * i]), kept_v = world.optimizer->state[2 * i + 1];
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

/* How many of `n` moments are too near to zero. */
static uint32_t count_tiny(const float *moments, uint64_t n, float smallest) {
    uint32_t tiny = 0;
    for (uint64_t i = 0; i < n; i++) tiny += moments[i] != 0.0F && fabsf(moments[i]) < smallest;
    return tiny;
}

static uint32_t count_tiny_moments(const struct optimizer *optimizer, const struct model *model) {
    uint32_t tiny = 0;
    const float *state = optimizer->state;
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        bool whole = tensor->axis == TENSOR_DENSE;
        uint64_t width = (uint64_t)tensor->columns * (whole ? tensor->rows : 1);
        for (uint32_t row = 0; row < (whole && tensor->rows > 0 ? 1 : tensor->rows); row++) {
            if (optimizer->moments == 2) tiny += count_tiny(state, width, 1e-20F), state += width;
            tiny += count_tiny(state, width, 1e-30F), state += width;
        }
    }
    CHECK(state == optimizer->state + optimizer->moments * model->parameters);
    return tiny;
}

/* No moment of any optimizer is ever below what it may be, after gaps and settling of any length too. */
static void test_no_subnormal_moments(void) {
    const uint32_t all[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, one = 0;
    for (enum optimizer_kind kind = 0; kind < OPTIMIZERS; kind++) {
        struct world world = world_new(&models_kinds[2].settings, kind, 0.001);
        uint32_t tiny = 0;
        struct rng rng = {1};
        for (uint32_t turn = 0; turn < 40; turn++) {
            for (uint32_t step = 0; step < 1 + turn * turn; step++) {
                take_batch(&world, step == 0 ? all : &one, step == 0 ? all : &one, step == 0 ? 12 : 1);
                make_gradients(&world, 19, &rng);
                optimize(&world);
            }
            if (turn % 3 == 0) optimizer_settle(world.optimizer, world.model);
            if (kind != OPTIMIZER_SGD) tiny += count_tiny_moments(world.optimizer, world.model);
        }
        CHECK_EQUAL(tiny, 0);
        world_free(&world);
    }
}

/* However often a row comes up in the batch, it has one gradient and moves once. */
static void test_repeated_rows_move_once(void) {
    const uint32_t two[] = {3, 7, 7, 7, 7, 7}, repeated[] = {3, 3, 3, 7, 3, 7};
    for (enum optimizer_kind kind = 0; kind < OPTIMIZERS; kind++) {
        struct world once = world_new(&models_kinds[MODELS_KINDS - 1].settings, kind, 0.001);
        struct world often = world_new(&models_kinds[MODELS_KINDS - 1].settings, kind, 0.001);
        for (uint32_t step = 0; step < 20; step++) {
            struct rng rng = {step}, same = {step};
            take_batch(&once, two, two, 6);
            take_batch(&often, repeated, repeated, 6);
            make_gradients(&once, 3, &rng);
            make_gradients(&often, 3, &same);
            optimize(&once);
            optimize(&often);
            CHECK_EQUAL(model_hash(once.model), model_hash(often.model));
        }
        world_free(&once);
        world_free(&often);
    }
}

/* Settling twice is settling once; it does what the snapshot says; and rows that wait are those of the closed form only. */
static void test_settle(void) {
    for (enum optimizer_kind kind = 0; kind < OPTIMIZERS; kind++) {
        struct world world = world_new(&models_kinds[MODELS_KINDS - 1].settings, kind, 0.001);
        size_t bytes = world.model->parameters * sizeof(float);
        float *kept = models_floats(world.model->parameters);
        struct rng rng = {1};
        optimizer_settle(world.optimizer, world.model); /* before any step */
        for (uint32_t step = 1; step <= 300; step++) {
            draw_rows(&world, step, &rng);
            make_gradients(&world, 3, &rng);
            optimize(&world);
            if (step % 7 != 0) continue;
            memcpy(kept, snapshot(&world), bytes);
            CHECK_EQUAL(memcmp(kept, world.model->values, bytes) != 0, kind == OPTIMIZER_ADAM);
            optimizer_settle(world.optimizer, world.model);
            CHECK_EQUAL(memcmp(kept, world.model->values, bytes), 0);
            CHECK_EQUAL(memcmp(kept, snapshot(&world), bytes), 0);
            const struct optimizer *optimizer = world.optimizer;
            uint64_t state_size = optimizer->moments * world.model->parameters;
            uint64_t moments = hash_floats(1, optimizer->state, state_size);
            optimizer_settle(world.optimizer, world.model);
            CHECK_EQUAL(memcmp(kept, world.model->values, bytes), 0);
            CHECK_EQUAL(hash_floats(1, optimizer->state, state_size), moments);
        }
        free(kept);
        world_free(&world);
    }
}

/* A row that has waited is where it should be when its batch is prepared; the others go on waiting. */
static void test_prepare_moves_the_rows_of_the_batch(void) {
    const uint32_t first[] = {0, 1, 2}, second[] = {3, 4, 5}, third[] = {0, 4, 7};
    struct world world = world_new(&models_kinds[3].settings, OPTIMIZER_ADAM, 0.001);
    const struct tensor *users = world.model->tensors + MODEL_GMF_USER;
    struct rng rng = {1};
    take_batch(&world, first, first, 3);
    make_gradients(&world, 1, &rng);
    optimize(&world);
    take_batch(&world, second, second, 3);
    make_gradients(&world, 1, &rng);
    optimize(&world);
    snapshot(&world);
    take_batch(&world, third, third, 3);
    optimizer_prepare(world.optimizer, world.model, world.batch);
    for (uint32_t row = 0; row < USERS; row++) {
        uint64_t at = users->offset + (uint64_t)row * users->columns;
        bool settled =
            memcmp(world.snapshot + at, world.model->values + at, users->columns * sizeof(float)) == 0;
        CHECK_EQUAL(settled, row == 0 || row == 4 || row > 5);
    }
    world_free(&world);
}

static void test_set_rate(void) {
    for (enum optimizer_kind kind = 0; kind < OPTIMIZERS; kind++) {
        struct world world = world_new(&models_kinds[3].settings, kind, 0.001);
        struct rng rng = {1};
        draw_rows(&world, 1, &rng);
        make_gradients(&world, 1, &rng);
        optimize(&world);
        snapshot(&world);
        optimizer_set_rate(world.optimizer, world.model, 0.5);
        size_t bytes = world.model->parameters * sizeof(float);
        CHECK_EQUAL(memcmp(world.model->values, world.snapshot, bytes), 0);
        float before = world.model->values[0];
        draw_rows(&world, 2, &rng);
        world.batch->users[0] = 0;
        batch_index(world.batch, B);
        make_gradients(&world, 1, &rng);
        optimize(&world);
        CHECK(fabs((double)(snapshot(&world)[0] - before)) > 0.01);
        world_free(&world);
    }
}

/* In every lane of the four and in the tail: the flush of small moments must not take NaN for small. */
static void test_nan_shows(void) {
    const uint32_t rows[] = {0, 1, 2, 3, 4, 5}, other = 9;
    for (uint32_t n = 0; n < 7 * OPTIMIZERS; n++) {
        uint64_t at = 7 * 2 + n / OPTIMIZERS; /* of user 2, who has seven columns */
        struct world world = world_new(&models_kinds[2].settings, n % OPTIMIZERS, 0.001);
        struct rng rng = {1};
        for (uint32_t step = 0; step < 20; step++) {
            take_batch(&world, step == 0 ? rows : &other, step == 0 ? rows : &other, step == 0 ? 6 : 1);
            make_gradients(&world, 1, &rng);
            if (step == 0) world.gradients->values[MODEL_GMF_USER][at] = NAN;
            optimize(&world);
        }
        const float *values = snapshot(&world) + world.model->tensors[MODEL_GMF_USER].offset;
        for (uint64_t i = 0; i < 7 * USERS; i++) CHECK_EQUAL(isnan(values[i]), i == at);
        optimizer_settle(world.optimizer, world.model);
        CHECK(isnan(model_values(world.model, MODEL_GMF_USER)[at]));
        world_free(&world);
    }
}

static void test_arguments(void) {
    static const double rates[] = {0, -0.1, (double)NAN};
    struct model *model = models_new(&models_kinds[0].settings, USERS, ITEMS, 1);
    struct optimizer *optimizer = (struct optimizer *)model;
    for (uint32_t r = 0; r < 3; r++) {
        CHECK_EQUAL(optimizer_new(&optimizer, model, OPTIMIZER_SGD, rates[r]), STATUS_ARGUMENT);
        CHECK(optimizer == NULL);
    }
    CHECK_EQUAL(optimizer_new(&optimizer, model, OPTIMIZERS, 0.1), STATUS_ARGUMENT);
    CHECK(optimizer == NULL);
    optimizer_free(NULL);
    model_free(model);
}

int main(void) {
    RUN(test_trajectories);
    RUN(test_closed_form);
    RUN(test_closed_form_with_wild_gradients);
    RUN(test_closed_form_settled_now_and_then);
    RUN(test_closed_form_of_rows_in_use);
    RUN(test_unused_rows);
    RUN(test_flush_is_not_seen);
    RUN(test_no_subnormal_moments);
    RUN(test_repeated_rows_move_once);
    RUN(test_settle);
    RUN(test_prepare_moves_the_rows_of_the_batch);
    RUN(test_set_rate);
    RUN(test_nan_shows);
    RUN(test_arguments);
    return check_report();
}

/* Rating prediction: steps are those of the squared loss's gradient, and errors those of the predictions. */
#include "rank/predictor.h"

#include "model/trainer.h"
#include "models.h"

enum { USERS = 9, ITEMS = 14, ROWS = 600 };

static uint32_t users[ROWS], items[ROWS];
static float values[ROWS];
static const struct rating_rows rows = {.count = ROWS, .user = users, .item = items, .value = values};

static void fill_rows(void) {
    struct rng rng = {3};
    for (uint32_t r = 0; r < ROWS; r++) {
        users[r] = rng_below(&rng, USERS), items[r] = rng_below(&rng, ITEMS);
        values[r] = 0.5F * (float)(1 + rng_below(&rng, 10));
    }
}

/* The rating that the model's shape with weights `twin` predicts. */
static double predicted(const struct model *model, const double *twin, uint32_t user, uint32_t item) {
    double lowest = (double)model->settings.lowest, range = (double)model->settings.highest - lowest;
    double logit = models_logit(model, twin, user, item);
    return range > 0 ? lowest + range / (1 + exp(-logit)) : logit;
}

static double mean_loss(const struct model *model, const double *twin) {
    double sum = 0;
    for (uint32_t r = 0; r < ROWS; r++) {
        double error = predicted(model, twin, users[r], items[r]) - (double)values[r];
        sum += error * error;
    }
    return sum / ROWS;
}

/* One step of SGD on all rows at once moves each parameter against its difference quotient. */
static void check_step(const struct models_kind *kind, bool scaled) {
    struct model_settings settings = kind->settings;
    if (scaled) settings.lowest = 0.5F, settings.highest = 5.0F;
    struct model *model = models_new(&settings, USERS, ITEMS, 5);
    struct trainer_settings training = {
        .batch_size = ROWS, .optimizer = OPTIMIZER_SGD, .rate = 0.0078125, .seed = 1};
    struct trainer *trainer;
    uint32_t batches, moved = 0;
    bool ended;
    double *twin = models_twin(model);
    float *before = models_floats(model->parameters);
    memcpy(before, model->values, model->parameters * sizeof *before);
    CHECK_EQUAL(trainer_new_ratings(&trainer, model, &rows, &training), STATUS_OK);
    CHECK_EQUAL(trainer->instances, ROWS);
    CHECK_EQUAL(trainer_run(trainer, 1, &batches, &ended), STATUS_OK);
    CHECK(ended && trainer->done == ROWS);
    CHECK_NEAR(trainer->loss_sum / ROWS, mean_loss(model, twin), 1e-5 * mean_loss(model, twin));
    for (uint64_t i = 0; i < model->parameters; i++) {
        double kept = twin[i], h = 1e-5;
        twin[i] = kept + h;
        double above = mean_loss(model, twin);
        twin[i] = kept - h;
        double expected = (above - mean_loss(model, twin)) / (2 * h);
        twin[i] = kept;
        double gradient = ((double)before[i] - (double)model->values[i]) / training.rate;
        CHECK_OR_RETURN(fabs(gradient - expected) < 2e-4 * (1 + fabs(expected)), "%s: %g, not %g", kind->name,
                        gradient, expected);
        moved += fabs(gradient) > 1e-3;
    }
    CHECK(moved > model->parameters / 8);
    free(before);
    free(twin);
    trainer_free(trainer);
    model_free(model);
}

static void test_steps_follow_the_gradient(void) {
    static const char *const smooth[] = {"bias", "dot", "biased dot", "MLP-2 of tanh", "NeuMF of sigmoids"};
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++)
        for (uint32_t s = 0; s < sizeof smooth / sizeof *smooth; s++)
            if (strcmp(models_kinds[k].name, smooth[s]) == 0)
                check_step(models_kinds + k, false), check_step(models_kinds + k, true);
}

/* RMSE and MAE are those of the twin's predictions, whatever the slices, clipped and not. */
static void test_errors_are_the_predictions(void) {
    for (uint32_t clip = 0; clip < 2; clip++)
        for (uint32_t limit = 1; limit < 4; limit++) {
            struct model *model = models_new(&models_kinds[MODELS_KINDS - 1].settings, USERS, ITEMS, 5);
            struct predictor *predictor;
            double *twin = models_twin(model), squares = 0, absolutes = 0;
            for (uint32_t r = 0; r < ROWS; r++) {
                double guess = predicted(model, twin, users[r], items[r]);
                if (clip) guess = fmin(fmax(guess, 0.5), 5);
                squares += (guess - (double)values[r]) * (guess - (double)values[r]);
                absolutes += fabs(guess - (double)values[r]);
            }
            CHECK_EQUAL(predictor_new(&predictor, model, &rows), STATUS_OK);
            for (uint32_t turn = 0; turn < 2; turn++) {
                predictor_start(predictor, clip == 1, 0.5F, 5.0F);
                uint32_t calls = 1;
                while (!predictor_run(predictor, limit)) calls++;
                CHECK_EQUAL(calls, (3 + limit - 1) / limit);
                struct error_metrics errors = errors_result(&predictor->errors);
                CHECK_EQUAL(errors.count, ROWS);
                CHECK_NEAR(errors.rmse, sqrt(squares / ROWS), 1e-4);
                CHECK_NEAR(errors.mae, absolutes / ROWS, 1e-4);
            }
            CHECK_NEAR((double)predictor_pair(predictor, 3, 7), predicted(model, twin, 3, 7), 1e-4);
            free(twin);
            predictor_free(predictor);
            model_free(model);
        }
    predictor_free(NULL);
}

static void test_refused_trainers(void) {
    struct model *model = models_new(&models_kinds[0].settings, USERS, ITEMS, 1);
    struct rating_rows none = {0};
    struct trainer_settings settings = {.batch_size = 0, .rate = 0.1};
    struct trainer *trainer = (struct trainer *)model;
    CHECK_EQUAL(trainer_new_ratings(&trainer, model, &rows, &settings), STATUS_ARGUMENT);
    CHECK(trainer == NULL);
    settings.batch_size = 4;
    CHECK_EQUAL(trainer_new_ratings(&trainer, model, &none, &settings), STATUS_EMPTY);
    CHECK(trainer == NULL);
    model_free(model);
}

int main(void) {
    fill_rows();
    RUN(test_steps_follow_the_gradient);
    RUN(test_errors_are_the_predictions);
    RUN(test_refused_trainers);
    return check_report();
}

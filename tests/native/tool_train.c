/* A training run as wasm/lab/run.mjs makes one, natively, so that tests can compare the two to the bit:
 *
 *     tool_train ratings.csv model factors layers negatives batch lr epochs seed [optimizer [order [activation]]]
 *
 * `layers` is "auto" or widths such as 64,32,16,8; the last three have the names that `ncf` knows them by. Prints one JSON
 * line an epoch, epoch 0 (before training, its loss null) first, metrics sampled at K = 10, and then a line with the hash
 * of the weights. Exit code 2: wrong arguments; 1: the core refused something, with its status on stderr. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/split.h"
#include "model/itempop.h"
#include "model/trainer.h"
#include "rank/evaluator.h"
#include "tools.h"

/* as wasm/core/dataset.mjs' leaveOneOut */
enum { TEST_NEGATIVES = 99, SPLIT_SEED = 0, K = 10 };

struct run {
    struct ratings ratings;
    struct split *split;
    struct model *model;
    struct evaluator *evaluator;
    struct trainer *trainer; /* NULL for ItemPop */
};

static uint32_t parts_of(const char *model) {
    if (strcmp(model, "itempop") == 0) return MODEL_BIAS;
    if (strcmp(model, "gmf") == 0) return MODEL_GMF;
    if (strcmp(model, "mlp") == 0) return MODEL_MLP;
    return strcmp(model, "neumf") == 0 ? MODEL_GMF | MODEL_MLP : 0;
}

/* The place of `name` among `names`, which NULL ends: an enum's value. Of no name, past the end. */
static uint32_t place_of(const char *name, const char *const *names) {
    uint32_t place = 0;
    while (names[place] != NULL && strcmp(names[place], name) != 0) place++;
    return place;
}

static const char *const optimizers[] = {"adam",    "adam-dense", "adam-lazy", "sgd",
                                         "adagrad", "rmsprop",    NULL};
static const char *const orders[] = {"shuffled", "grouped", NULL};
static const char *const activations[] = {"relu", "tanh", "sigmoid", "identity", NULL};

static uint32_t number(const char *text) { return (uint32_t)strtoul(text, NULL, 10); }

static void read_layers(struct model_settings *settings, const char *text) {
    if (strcmp(text, "auto") == 0) {
        settings->layer_count = 4;
        for (uint32_t l = 0; l < 4; l++) settings->layers[l] = (8 * settings->factors) >> l;
        return;
    }
    for (const char *at = text; at != NULL && settings->layer_count < MODEL_MAX_LAYERS;
         at = strchr(at, ',')) {
        at += *at == ',';
        settings->layers[settings->layer_count++] = number(at);
    }
}

static enum status prepare(struct run *run, int count, char **args) {
    struct model_settings model = {
        .parts = parts_of(args[2]), .factors = number(args[3]), .seed = number(args[9])};
    struct trainer_settings trainer = {.negatives = number(args[5]),
                                       .batch_size = number(args[6]),
                                       .rate = strtod(args[7], NULL),
                                       .seed = number(args[9])};
    if (count > 10) trainer.optimizer = place_of(args[10], optimizers);
    if (count > 11) trainer.order = place_of(args[11], orders);
    if (count > 12) model.activation = place_of(args[12], activations);
    read_layers(&model, args[4]);
    enum status status = read_ratings(&run->ratings, args[1]);
    if (status == STATUS_OK)
        status = split_leave_one_out(&run->split, &run->ratings, TEST_NEGATIVES, SPLIT_SEED);
    if (status == STATUS_OK)
        status = model_new(&run->model, &model, run->split->train->users, run->split->train->items);
    if (status == STATUS_OK)
        status = evaluator_new(&run->evaluator, run->model, run->split->train, &run->split->test);
    if (status != STATUS_OK) return status;
    if (model.parts != MODEL_BIAS) return trainer_new(&run->trainer, run->model, run->split->train, &trainer);
    itempop_fit(run->model, run->split->train);
    return STATUS_OK;
}

static void print_epoch(struct run *run, uint32_t epoch) {
    evaluator_start(run->evaluator);
    evaluator_run(run->evaluator, EVALUATOR_SAMPLED, UINT32_MAX);
    struct metrics metrics =
        metrics_of_ranks(run->evaluator->ranks[EVALUATOR_SAMPLED], run->split->train->users);
    char loss[40] = "null";
    if (epoch > 0) snprintf(loss, sizeof loss, "%.17g", run->trainer->loss_sum / (double)run->trainer->done);
    printf("{\"epoch\":%" PRIu32 ",\"loss\":%s,\"hr\":%.17g,\"ndcg\":%.17g}\n", epoch, loss,
           metrics.hr[K - 1], metrics.ndcg[K - 1]);
}

static enum status train(struct run *run, uint32_t epochs) {
    enum status status = STATUS_OK;
    print_epoch(run, 0);
    for (uint32_t epoch = 1; epoch <= epochs && run->trainer != NULL && status == STATUS_OK; epoch++) {
        uint32_t batches;
        bool ended;
        status = trainer_run(run->trainer, UINT32_MAX, &batches, &ended);
        if (status == STATUS_OK) print_epoch(run, epoch);
    }
    if (status == STATUS_OK) printf("{\"weights_hash\":\"%016" PRIx64 "\"}\n", model_hash(run->model));
    return status;
}

int main(int count, char **args) {
    struct run run = {.split = NULL};
    if (count < 10 || count > 13) {
        fprintf(stderr,
                "usage: %s ratings.csv model factors layers negatives batch lr epochs seed"
                " [optimizer [order [activation]]]\n",
                args[0]);
        return 2;
    }
    enum status status = prepare(&run, count, args);
    if (status == STATUS_OK) status = train(&run, number(args[8]));
    if (status != STATUS_OK) fprintf(stderr, "status %d\n", (int)status);
    trainer_free(run.trainer);
    evaluator_free(run.evaluator);
    model_free(run.model);
    split_free(run.split);
    ratings_free(&run.ratings);
    return status == STATUS_OK ? 0 : 1;
}

/* Speed of the core without wasm, for `ncf bench`:
 *
 *     tool_bench train ratings.csv model factors optimizer order seconds      samples a second
 *     tool_bench rank ratings.csv model factors seconds                      users a second in full ranking
 *
 * `optimizer` and `order` are the numbers of enum optimizer_kind and enum sampler_order. The numbers are printed alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/split.h"
#include "model/trainer.h"
#include "rank/evaluator.h"
#include "tools.h"

static double now(void) {
    struct timespec time;
    timespec_get(&time, TIME_UTC);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static struct model *make_model(const char *name, uint32_t factors, const struct split *split) {
    struct model_settings settings = {.factors = factors, .layer_count = 4, .seed = 1};
    for (uint32_t l = 0; l < 4; l++) settings.layers[l] = (8 * factors) >> l;
    if (strcmp(name, "mlp") != 0) settings.parts |= MODEL_GMF;
    if (strcmp(name, "gmf") != 0) settings.parts |= MODEL_MLP;
    struct model *model;
    return model_new(&model, &settings, split->train->users, split->train->items) == STATUS_OK ? model : NULL;
}

static double train(struct model *model, const struct split *split, char **args) {
    struct trainer_settings settings = {.negatives = 4,
                                        .batch_size = 256,
                                        .optimizer = (enum optimizer_kind)atoi(args[0]),
                                        .order = (enum sampler_order)atoi(args[1]),
                                        .rate = 0.001,
                                        .seed = 1};
    struct trainer *trainer;
    uint32_t batches;
    uint64_t samples = 0;
    bool ended;
    if (trainer_new(&trainer, model, split->train, &settings) != STATUS_OK) return 0;
    trainer_run(trainer, 100, &batches, &ended);
    double start = now(), seconds = atof(args[2]);
    while (now() - start < seconds) {
        trainer_run(trainer, 20, &batches, &ended);
        samples += (uint64_t)batches * settings.batch_size;
    }
    double rate = (double)samples / (now() - start);
    trainer_free(trainer);
    return rate;
}

static double rank(const struct model *model, const struct split *split, double seconds) {
    struct evaluator *evaluator;
    uint64_t users = 0;
    if (evaluator_new(&evaluator, model, split->train, &split->test) != STATUS_OK) return 0;
    double start = now();
    while (now() - start < seconds) {
        if (evaluator_run(evaluator, EVALUATOR_FULL, 50)) evaluator_start(evaluator);
        users += 50;
    }
    double rate = (double)users / (now() - start);
    evaluator_free(evaluator);
    return rate;
}

int main(int count, char **args) {
    bool trains = count == 8 && strcmp(args[1], "train") == 0;
    if (!trains && !(count == 6 && strcmp(args[1], "rank") == 0)) {
        fprintf(stderr, "usage: %s train ratings.csv model factors optimizer order seconds\n", args[0]);
        fprintf(stderr, "       %s rank ratings.csv model factors seconds\n", args[0]);
        return 2;
    }
    struct ratings ratings;
    struct split *split;
    if (read_ratings(&ratings, args[2]) != STATUS_OK ||
        split_leave_one_out(&split, &ratings, 99, 0) != STATUS_OK)
        return 1;
    struct model *model = make_model(args[3], (uint32_t)atoi(args[4]), split);
    if (model == NULL) return 1;
    printf("%.1f\n", trains ? train(model, split, args + 5) : rank(model, split, atof(args[5])));
    model_free(model);
    split_free(split);
    ratings_free(&ratings);
    return 0;
}

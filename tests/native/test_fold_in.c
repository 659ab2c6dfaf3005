/* A new user in the checkerboard world of test_learning.c: whoever names some items of one colour is shown the others. */
#include "model/fold_in.h"

#include "chance.h"
#include "model/trainer.h"
#include "rank/scorer.h"
#include "worlds.h"

enum { USERS = 40, ITEMS = 100, EPOCHS = 8, NAMED = 5, STEPS = 40 };

static const struct models_kind kinds[] = {
    {"GMF", {.parts = MODEL_GMF, .factors = 8, .seed = 1}},
    {"biased dot",
     {.parts = MODEL_BIAS | MODEL_GMF, .factors = 8, .dot = true, .embedding_std = 0.1F, .seed = 1}},
    {"MLP", {.parts = MODEL_MLP, MODELS_TOWER(4, 64, 32, 16, 8), .seed = 1}},
    {"NeuMF", {.parts = MODEL_GMF | MODEL_MLP, .factors = 4, MODELS_TOWER(4, 64, 32, 16, 8), .seed = 1}},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct objective by_log_loss = {.loss = LOSS_LOG};

static struct world checkerboard(void) {
    struct world world;
    CHECK_EQUAL(ratings_init(&world.ratings), STATUS_OK);
    for (uint32_t item = 0; item < ITEMS; item++)
        for (uint32_t user = 0; user < USERS; user++)
            if ((user + item) % 2 == 0) rows_add(&world.ratings, user, item, item);
    CHECK_EQUAL(ratings_finish(&world.ratings), STATUS_OK);
    CHECK_EQUAL(split_leave_one_out(&world.split, &world.ratings, 20, 1), STATUS_OK);
    return world;
}

/* All items are there to choose from. */
static const struct interactions all = {.items = ITEMS, .choices = ITEMS};

static struct model *trained(const struct model_settings *settings, const struct split *split) {
    struct trainer_settings training = {.negatives = 4, .batch_size = 64, .rate = 0.005, .seed = 1};
    struct trainer *trainer;
    struct model *model;
    uint32_t batches;
    bool ended;
    CHECK_EQUAL(model_new(&model, settings, USERS, ITEMS), STATUS_OK);
    CHECK_EQUAL(trainer_new(&trainer, model, split->train, &training), STATUS_OK);
    for (uint32_t epoch = 0; epoch < EPOCHS; epoch++)
        CHECK_EQUAL(trainer_run(trainer, UINT32_MAX, &batches, &ended), STATUS_OK);
    trainer_free(trainer);
    return model;
}

/* The new user's scores of all items. */
static void score_new(float *scores, struct fold_in *fold_in) {
    struct scorer *scorer;
    CHECK_EQUAL(scorer_new(&scorer, fold_in->model, NULL), STATUS_OK);
    fold_in_swap(fold_in);
    scorer_scores(scorer, scores, 0, NULL, ITEMS);
    fold_in_swap(fold_in);
    scorer_free(scorer);
}

/* How many of the pairs of an item of the user's colour that they did not name and one of the other are in order. */
static double share_in_order(const float *scores, uint32_t colour) {
    uint32_t right = 0, pairs = 0;
    for (uint32_t mine = 2 * NAMED + colour; mine < ITEMS; mine += 2)
        for (uint32_t other = 1 - colour; other < ITEMS; other += 2) {
            pairs++;
            right += scores[mine] > scores[other];
        }
    return (double)right / pairs;
}

static void test_likes_are_understood(void) {
    struct world world = checkerboard();
    for (uint32_t k = 0; k < KINDS; k++) {
        struct model *model = trained(&kinds[k].settings, world.split);
        uint64_t before = model_hash(model);
        for (uint32_t colour = 0; colour < 2; colour++) {
            struct fold_in *fold_in;
            uint32_t items[NAMED];
            float scores[ITEMS];
            for (uint32_t i = 0; i < NAMED; i++) items[i] = 2 * i + colour;
            CHECK_EQUAL(fold_in_new(&fold_in, model, &all), STATUS_OK);
            fold_in_run(fold_in, &by_log_loss, items, NAMED, STEPS, 1);
            score_new(scores, fold_in);
            CHECK_OR_RETURN(share_in_order(scores, colour) > 0.97, "%s: %g", kinds[k].name,
                            share_in_order(scores, colour));
            fold_in_free(fold_in);
        }
        CHECK_EQUAL(model_hash(model), before);
        model_free(model);
    }
    world_free(&world);
}

/* Nothing but the new user's parameters changes, the same seed gives the same bits, and a start forgets. */
static void test_the_model_stays(void) {
    const uint32_t items[] = {3, 10, 11};
    const struct interactions more = {.items = 11 + ITEMS, .choices = 11 + ITEMS};
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, 9, 11 + ITEMS, 1);
        struct fold_in *fold_in = NULL;
        uint64_t before = model_hash(model);
        enum status status = fold_in_new(&fold_in, model, &more);
        CHECK_EQUAL(fold_in == NULL, status != STATUS_OK);
        if (fold_in == NULL) {
            CHECK_EQUAL(strcmp(models_kinds[k].name, "features alone"), 0);
            model_free(model);
            continue;
        }
        float *first = models_floats(fold_in->width);
        for (uint32_t turn = 0; turn < 2; turn++) {
            fold_in_run(fold_in, &by_log_loss, items, 3, 7, 5);
            CHECK_EQUAL(model_hash(model), before);
            if (turn == 0) memcpy(first, fold_in->values, fold_in->width * sizeof *first);
            CHECK_EQUAL(memcmp(first, fold_in->values, fold_in->width * sizeof *first), 0);
            fold_in_start(fold_in);
            CHECK(memcmp(first, fold_in->values, fold_in->width * sizeof *first) != 0);
        }
        free(first);
        fold_in_free(fold_in);
        model_free(model);
    }
    fold_in_free(NULL);
}

/* More items than a step looks at, all items there are, and one alone. */
static void test_few_and_many_items(void) {
    uint32_t items[ITEMS];
    for (uint32_t i = 0; i < ITEMS; i++) items[i] = i;
    struct model *model = models_new(&kinds[3].settings, 3, ITEMS, 1);
    for (uint32_t n = 1; n <= ITEMS; n += 33) {
        struct fold_in *fold_in;
        CHECK_EQUAL(fold_in_new(&fold_in, model, &all), STATUS_OK);
        fold_in_run(fold_in, &by_log_loss, items, n, 10, 1);
        for (uint32_t i = 0; i < fold_in->width; i++) CHECK(isfinite(fold_in->values[i]));
        fold_in_free(fold_in);
    }
    model_free(model);
}

/* Whether the last batch of a fold-in has some of the items as positives, and as negatives none of them. */
static bool draws_others(const struct fold_in *fold_in, const uint32_t *items, uint32_t n) {
    const struct batch *batch = fold_in->batch;
    for (uint32_t b = 0; b < batch->B; b++) {
        bool named = false;
        for (uint32_t i = 0; i < n; i++) named |= batch->items[b] == items[i];
        if (named != (batch->labels[b] == 1.0F)) return false;
    }
    return batch->B > 0;
}

/* What somebody likes is never a negative of theirs, also where they like nearly everything. */
static void test_negatives_are_others(void) {
    struct model *model = models_new(&kinds[0].settings, 3, ITEMS, 1);
    struct fold_in *fold_in;
    uint32_t items[ITEMS];
    CHECK_EQUAL(fold_in_new(&fold_in, model, &all), STATUS_OK);
    for (uint32_t n = 1; n < ITEMS; n += 14) {
        for (uint32_t i = 0, k = 0; i < ITEMS; i++)
            if ((7 * i + 3) % ITEMS < n) items[k++] = i;
        for (uint64_t seed = 1; seed <= 20; seed++) {
            fold_in_start(fold_in);
            fold_in_run(fold_in, &by_log_loss, items, n, 1 + (uint32_t)seed % 3, seed);
            CHECK_OR_RETURN(draws_others(fold_in, items, n), "%u liked", n);
        }
    }
    fold_in_free(fold_in);
    model_free(model);
}

/* However few items somebody leaves, these come equally often and a draw takes a bounded number of numbers. */
static void test_draws_of_what_is_not_named(void) {
    enum { MANY = 3000, DRAWS = 5000 };
    const struct interactions catalogue = {.items = MANY, .choices = MANY};
    static uint32_t items[MANY];
    static double weights[MANY];
    for (uint32_t left = 0; left < MANY; left = 1 + left * 12) {
        static uint64_t drawn[MANY];
        uint32_t n = 0, every = left == 0 ? MANY + 1 : MANY / left;
        struct rng rng = {left};
        memset(drawn, 0, sizeof drawn);
        for (uint32_t i = 0; i < MANY; i++) {
            weights[i] = i % every == every - 1 || left == 0;
            if (i % every != every - 1) items[n++] = i;
        }
        for (uint32_t d = 0; d < DRAWS; d++) {
            uint64_t before = rng.state;
            drawn[fold_in_draw_other(&catalogue, items, n, &rng)]++;
            CHECK(chance_draws(before, rng.state) <= FOLD_IN_VAIN_DRAWS + 3);
        }
        CHECK_DISTRIBUTED(drawn, weights, MANY, DRAWS);
    }
}

/* What the fold-in makes small on average, of the items named and of the others: log loss or squared loss. */
static double expected_loss(const float *scores, const uint32_t *items, uint32_t n, bool squared) {
    double losses[2] = {0.0, 0.0};
    for (uint32_t i = 0; i < ITEMS; i++) {
        bool named = false;
        for (uint32_t j = 0; j < n; j++) named |= items[j] == i;
        double z = (double)scores[i], y = named ? 1.0 : 0.0;
        losses[named] += squared ? (y - z) * (y - z) : log1p(exp(z)) - y * z;
    }
    return losses[1] / n + 4.0 * losses[0] / (ITEMS - n);
}

/* The loss is the model's own: what was trained by squared loss is folded in by that, and pairs by log loss. */
static void test_the_loss_of_the_model(void) {
    const struct objective squared = {.loss = LOSS_SQUARED, .negative_weight = 1.0F},
                           pairs = {.loss = LOSS_BPR};
    const struct objective *objectives[] = {&by_log_loss, &squared, &pairs};
    const uint32_t items[] = {3, 10, 11};
    struct model *model = models_new(&kinds[1].settings, 9, ITEMS, 1);
    struct fold_in *fold_in;
    float scores[3][ITEMS];
    CHECK_EQUAL(fold_in_new(&fold_in, model, &all), STATUS_OK);
    for (uint32_t o = 0; o < 3; o++) {
        fold_in_start(fold_in);
        fold_in_run(fold_in, objectives[o], items, 3, 300, 5);
        score_new(scores[o], fold_in);
    }
    CHECK_EQUAL(memcmp(scores[0], scores[2], sizeof *scores), 0);
    for (uint32_t of = 0; of < 2; of++) {
        double own = expected_loss(scores[of], items, 3, of == 1);
        double other = expected_loss(scores[1 - of], items, 3, of == 1);
        CHECK_OR_RETURN(own < 0.97 * other, "%g, %g by the other loss", own, other);
    }
    fold_in_free(fold_in);
    model_free(model);
}

/* A model of biases and a dot product, linear in the user's parameters: where the steps end, the gradient of
 * mean (r - rating)² + λ/2 ‖·‖² by each of them is nothing beside what it was. */
static void test_ratings_are_met(void) {
    enum { USERS_OF_RATINGS = 9, MOST = 90 };
    const float rating = 5.0F;
    struct model_settings settings = {.parts = MODEL_BIAS | MODEL_GMF, .factors = 6, .dot = true, .seed = 1};
    settings.l2[MODEL_BIASES] = 0.05F;
    settings.l2[MODEL_GMF_EMBEDDINGS] = 0.2F;
    struct model *model = models_new(&settings, USERS_OF_RATINGS, ITEMS, 1);
    uint64_t before = model_hash(model);
    uint32_t items[MOST];
    for (uint32_t i = 0; i < MOST; i++) items[i] = i + 1;
    for (uint32_t n = 1; n <= MOST; n = n == 1 ? 7 : n == 7 ? MOST : MOST + 1) {
        struct fold_in *fold_in;
        double squares[2] = {0.0, 0.0};
        CHECK_EQUAL(fold_in_new(&fold_in, model, &all), STATUS_OK);
        for (uint32_t turn = 0; turn < 2; turn++) {
            float scores[ITEMS];
            const float *a = fold_in->values, *p = fold_in->values + 1;
            double gradient[7] = {0.05 * (double)*a};
            if (turn == 1) fold_in_rate(fold_in, items, n, rating, 2000);
            score_new(scores, fold_in);
            gradient[0] = 0.05 * (double)*a;
            for (uint32_t c = 0; c < 6; c++) gradient[1 + c] = 0.2 * (double)p[c];
            for (uint32_t i = 0; i < n; i++) {
                const float *q = model_values(model, MODEL_GMF_ITEM) + (size_t)items[i] * 6;
                double miss = 2.0 * ((double)scores[items[i]] - (double)rating) / n;
                gradient[0] += miss;
                for (uint32_t c = 0; c < 6; c++) gradient[1 + c] += miss * (double)q[c];
            }
            for (uint32_t c = 0; c < 7; c++) squares[turn] += gradient[c] * gradient[c];
        }
        CHECK_OR_RETURN(squares[1] < 1e-6 * squares[0], "%u items: %g of %g", n, squares[1], squares[0]);
        /* Of more than a batch holds the next ones have their turn in the next step. */
        fold_in_rate(fold_in, items, n, rating, 2);
        CHECK_EQUAL(fold_in->batch->items[0], items[fold_in->batch->B % n]);
        CHECK_EQUAL(model_hash(model), before);
        fold_in_free(fold_in);
    }
    model_free(model);
}

/* Of every composition that has parameters of users, through a sigmoid: the errors become smaller, and no prediction is
 * beyond the scale. With more items than a batch holds all have their turn, so that the last steps may leave a little. */
static void test_ratings_of_all_models(void) {
    uint32_t items[ITEMS];
    for (uint32_t i = 0; i < ITEMS; i++) items[i] = i;
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++)
        for (uint32_t n = 3; n <= ITEMS; n += ITEMS - 3) {
            const double bound = n == 3 ? 1.0 : 1.02;
            struct model_settings settings = models_kinds[k].settings;
            settings.lowest = 1.0F;
            settings.highest = 5.0F;
            struct model *model = models_new(&settings, 9, ITEMS, 1);
            struct fold_in *fold_in = NULL;
            float scores[ITEMS];
            double squares[2] = {0.0, 0.0};
            if (fold_in_new(&fold_in, model, &all) == STATUS_OK) {
                for (uint32_t turn = 0; turn < 2; turn++) {
                    if (turn == 1) fold_in_rate(fold_in, items, n, 5.0F, 60);
                    score_new(scores, fold_in);
                    model_predict(model, scores, ITEMS);
                    for (uint32_t i = 0; i < n; i++)
                        squares[turn] += pow(5.0 - (double)scores[items[i]], 2.0);
                    for (uint32_t i = 0; i < ITEMS; i++) CHECK(scores[i] >= 1.0F && scores[i] <= 5.0F);
                }
                CHECK_OR_RETURN(squares[1] < bound * squares[0], "%s, %u items: %g, before %g",
                                models_kinds[k].name, n, squares[1], squares[0]);
            }
            fold_in_free(fold_in);
            model_free(model);
        }
}

int main(void) {
    RUN(test_likes_are_understood);
    RUN(test_the_model_stays);
    RUN(test_few_and_many_items);
    RUN(test_negatives_are_others);
    RUN(test_draws_of_what_is_not_named);
    RUN(test_the_loss_of_the_model);
    RUN(test_ratings_are_met);
    RUN(test_ratings_of_all_models);
    return check_report();
}

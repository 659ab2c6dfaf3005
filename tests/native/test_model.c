/* The table of tensors, initial weights, hashes, and settings that are refused. */
#include "model/model.h"

#include "chance.h"
#include "models.h"

struct row {
    const char *name;
    uint32_t rows, columns; /* columns 0: a vector */
};

/* Compares the table with `expected`, ended by a row without a name; tensors must lie side by side in the block. */
static void check_table(const struct model_settings *settings, uint32_t users, uint32_t items,
                        const struct row *expected, uint64_t parameters) {
    struct model *model;
    CHECK_EQUAL(model_new(&model, settings, users, items), STATUS_OK);
    CHECK_EQUAL(model->parameters, parameters);
    unsigned char *covered = calloc(model->parameters, 1);
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        CHECK((model_values(model, t) == NULL) == (tensor->rows == 0));
        if (tensor->rows == 0) continue;
        CHECK_OR_RETURN(expected->name != NULL, "%s", tensor->name);
        CHECK_OR_RETURN(strcmp(tensor->name, expected->name) == 0, "%s, not %s", tensor->name,
                        expected->name);
        CHECK_EQUAL(tensor->rows, expected->rows);
        CHECK_EQUAL(tensor->is_vector, expected->columns == 0);
        CHECK_EQUAL(tensor->columns, expected->columns == 0 ? 1 : expected->columns);
        CHECK(model_values(model, t) == model->values + tensor->offset);
        uint64_t end = tensor->offset + (uint64_t)tensor->rows * tensor->columns;
        CHECK_OR_RETURN(end <= parameters, "%s", tensor->name);
        for (uint64_t i = tensor->offset; i < end; i++) covered[i]++;
        expected++;
    }
    CHECK(expected->name == NULL);
    uint64_t once = 0;
    for (uint64_t i = 0; i < parameters; i++) once += covered[i] == 1;
    CHECK_EQUAL(once, parameters);
    free(covered);
    model_free(model);
}

static void test_table_of_gmf(void) {
    static const struct row rows[] = {{"gmf.user_embedding.weight", 6, 3},
                                      {"gmf.item_embedding.weight", 9, 3},
                                      {"output.weight", 1, 3},
                                      {"output.bias", 1, 0},
                                      {NULL, 0, 0}};
    struct model_settings settings = {.parts = MODEL_GMF, .factors = 3};
    check_table(&settings, 6, 9, rows, (6 + 9) * 3 + 3 + 1);
}

static void test_table_of_mlp(void) {
    static const struct row rows[][13] = {
        {{"mlp.user_embedding.weight", 6, 5},
         {"mlp.item_embedding.weight", 9, 5},
         {"output.weight", 1, 10},
         {"output.bias", 1, 0},
         {NULL, 0, 0}},
        {{"mlp.user_embedding.weight", 6, 5},
         {"mlp.item_embedding.weight", 9, 5},
         {"output.weight", 1, 7},
         {"output.bias", 1, 0},
         {"mlp.layers.0.weight", 7, 10},
         {"mlp.layers.0.bias", 7, 0},
         {NULL, 0, 0}},
        {{"mlp.user_embedding.weight", 6, 5},
         {"mlp.item_embedding.weight", 9, 5},
         {"output.weight", 1, 4},
         {"output.bias", 1, 0},
         {"mlp.layers.0.weight", 7, 10},
         {"mlp.layers.0.bias", 7, 0},
         {"mlp.layers.1.weight", 4, 7},
         {"mlp.layers.1.bias", 4, 0},
         {NULL, 0, 0}},
        {{"mlp.user_embedding.weight", 6, 5},
         {"mlp.item_embedding.weight", 9, 5},
         {"output.weight", 1, 6},
         {"output.bias", 1, 0},
         {"mlp.layers.0.weight", 7, 10},
         {"mlp.layers.0.bias", 7, 0},
         {"mlp.layers.1.weight", 4, 7},
         {"mlp.layers.1.bias", 4, 0},
         {"mlp.layers.2.weight", 6, 4},
         {"mlp.layers.2.bias", 6, 0},
         {NULL, 0, 0}},
        {{"mlp.user_embedding.weight", 6, 5},
         {"mlp.item_embedding.weight", 9, 5},
         {"output.weight", 1, 2},
         {"output.bias", 1, 0},
         {"mlp.layers.0.weight", 7, 10},
         {"mlp.layers.0.bias", 7, 0},
         {"mlp.layers.1.weight", 4, 7},
         {"mlp.layers.1.bias", 4, 0},
         {"mlp.layers.2.weight", 6, 4},
         {"mlp.layers.2.bias", 6, 0},
         {"mlp.layers.3.weight", 2, 6},
         {"mlp.layers.3.bias", 2, 0},
         {NULL, 0, 0}},
    };
    static const uint64_t parameters[] = {75 + 11, 75 + 77 + 8, 75 + 77 + 32 + 5, 75 + 77 + 32 + 30 + 7,
                                          75 + 77 + 32 + 30 + 14 + 3};
    for (uint32_t hidden = 0; hidden <= 4; hidden++) {
        /* what is no part of the model has a value that nothing may read */
        struct model_settings settings = {
            .parts = MODEL_MLP, .factors = UINT32_MAX, MODELS_TOWER(hidden + 1, 10, 7, 4, 6, 2)};
        check_table(&settings, 6, 9, rows[hidden], parameters[hidden]);
    }
}

static void test_table_of_neumf(void) {
    static const struct row rows[] = {{"gmf.user_embedding.weight", 6040, 8},
                                      {"gmf.item_embedding.weight", 3706, 8},
                                      {"mlp.user_embedding.weight", 6040, 32},
                                      {"mlp.item_embedding.weight", 3706, 32},
                                      {"output.weight", 1, 16},
                                      {"output.bias", 1, 0},
                                      {"mlp.layers.0.weight", 32, 64},
                                      {"mlp.layers.0.bias", 32, 0},
                                      {"mlp.layers.1.weight", 16, 32},
                                      {"mlp.layers.1.bias", 16, 0},
                                      {"mlp.layers.2.weight", 8, 16},
                                      {"mlp.layers.2.bias", 8, 0},
                                      {NULL, 0, 0}};
    struct model_settings settings = {
        .parts = MODEL_GMF | MODEL_MLP, .factors = 8, MODELS_TOWER(4, 64, 32, 16, 8)};
    check_table(&settings, 6040, 3706, rows, (6040 + 3706) * (8 + 32) + 17 + 65 * 32 + 33 * 16 + 17 * 8);
}

static void test_table_of_bias(void) {
    static const struct row rows[] = {{"bias.global", 1, 0},
                                      {"bias.user", 6, 0},
                                      {"bias.item", 9, 0},
                                      {"gmf.user_embedding.weight", 6, 2},
                                      {"gmf.item_embedding.weight", 9, 2},
                                      {"mlp.user_embedding.weight", 6, 4},
                                      {"mlp.item_embedding.weight", 9, 4},
                                      {"output.weight", 1, 5},
                                      {"output.bias", 1, 0},
                                      {"mlp.layers.0.weight", 3, 8},
                                      {"mlp.layers.0.bias", 3, 0},
                                      {NULL, 0, 0}};
    static const struct row bias_alone[] = {
        {"bias.global", 1, 0}, {"bias.user", 6, 0}, {"bias.item", 9, 0}, {NULL, 0, 0}};
    struct model_settings everything = {
        .parts = MODEL_BIAS | MODEL_GMF | MODEL_MLP, .factors = 2, MODELS_TOWER(2, 8, 3)};
    struct model_settings bias = {.parts = MODEL_BIAS, .factors = UINT32_MAX, .layer_count = UINT32_MAX};
    check_table(&everything, 6, 9, rows, 16 + 15 * 2 + 15 * 4 + 27 + 5 + 1);
    check_table(&bias, 6, 9, bias_alone, 16);
}

/* The MLP half of output.weight comes after GMF's. */
static void test_table_of_dot(void) {
    static const struct row rows[] = {
        {"gmf.user_embedding.weight", 6, 2}, {"gmf.item_embedding.weight", 9, 2}, {NULL, 0, 0}};
    static const struct row with_mlp[] = {{"gmf.user_embedding.weight", 6, 2},
                                          {"gmf.item_embedding.weight", 9, 2},
                                          {"mlp.user_embedding.weight", 6, 4},
                                          {"mlp.item_embedding.weight", 9, 4},
                                          {"output.weight", 1, 3},
                                          {"output.bias", 1, 0},
                                          {"mlp.layers.0.weight", 3, 8},
                                          {"mlp.layers.0.bias", 3, 0},
                                          {NULL, 0, 0}};
    struct model_settings settings = {.parts = MODEL_GMF, .factors = 2, .dot = true, MODELS_TOWER(2, 8, 3)};
    check_table(&settings, 6, 9, rows, 15 * 2);
    settings.parts |= MODEL_MLP;
    check_table(&settings, 6, 9, with_mlp, 15 * 2 + 15 * 4 + 4 + 27);
}

static void test_table_of_fusion_and_features(void) {
    static const struct row rows[] = {{"gmf.user_embedding.weight", 6, 2},
                                      {"gmf.item_embedding.weight", 9, 2},
                                      {"mlp.user_embedding.weight", 6, 4},
                                      {"output.weight", 1, 7},
                                      {"output.bias", 1, 0},
                                      {"mlp.layers.0.weight", 3, 8},
                                      {"mlp.layers.0.bias", 3, 0},
                                      {"mlp.user_features.weight", 5, 4},
                                      {"mlp.item_features.weight", 6, 4},
                                      {"fusion.layers.0.weight", 6, 5},
                                      {"fusion.layers.0.bias", 6, 0},
                                      {"fusion.layers.1.weight", 7, 6},
                                      {"fusion.layers.1.bias", 7, 0},
                                      {NULL, 0, 0}};
    struct model_settings settings = {
        .parts = MODEL_GMF | MODEL_MLP,
        .factors = 2,
        MODELS_TOWER(2, 8, 3),
        .fusion_count = 2,
        .fusion = {6, 7},
        .features = {[TENSOR_USER] = MODELS_FEATURES(5, false), [TENSOR_ITEM] = MODELS_FEATURES(6, true)}};
    check_table(&settings, 6, 9, rows, 15 * 2 + 6 * 4 + 27 + (5 + 6) * 4 + 36 + 49 + 8);
}

static void test_halves_of_the_output(void) {
    struct model_settings settings = {.parts = MODEL_GMF | MODEL_MLP, .factors = 5, MODELS_TOWER(3, 8, 6, 3)};
    struct model *model = models_new(&settings, 2, 3, 1);
    CHECK(model_output_gmf(model) == model_values(model, MODEL_OUTPUT_WEIGHT));
    CHECK(model_output_mlp(model) == model_values(model, MODEL_OUTPUT_WEIGHT) + 5);
    CHECK_EQUAL(model->output_width, 8);
    model_free(model);
}

enum { CELLS = 20 };

/* Counts the values in CELLS cells that a U(±limit) fills evenly; values outside count in the last element. */
static void count_uniform(uint64_t *counts, const float *x, uint64_t n, double limit) {
    memset(counts, 0, (CELLS + 1) * sizeof *counts);
    for (uint64_t i = 0; i < n; i++) {
        double place = floor(((double)x[i] / limit + 1) / 2 * CELLS);
        counts[place >= 0 && place < CELLS ? (uint32_t)place : CELLS]++;
    }
}

static void check_uniform_in(const struct model *model, uint32_t tensor, double limit) {
    uint64_t counts[CELLS + 1];
    uint64_t n = (uint64_t)model->tensors[tensor].rows * model->tensors[tensor].columns;
    count_uniform(counts, model_values(model, tensor), n, limit);
    CHECK_EQUAL(counts[CELLS], 0);
    CHECK_UNIFORM(counts, CELLS, (double)n / CELLS, 1);
}

/* Φ(x / σ) is uniform for a normal x. */
static void check_normal(const struct model *model, uint32_t tensor, double deviation) {
    uint64_t counts[CELLS] = {0};
    uint64_t n = (uint64_t)model->tensors[tensor].rows * model->tensors[tensor].columns;
    const float *x = model_values(model, tensor);
    double squares = 0;
    for (uint64_t i = 0; i < n; i++) {
        double share = erfc(-(double)x[i] / deviation / sqrt(2)) / 2 * CELLS;
        counts[share < CELLS ? (uint32_t)share : CELLS - 1]++;
        squares += (double)x[i] * (double)x[i];
    }
    CHECK_UNIFORM(counts, CELLS, (double)n / CELLS, 1);
    CHECK_NEAR(sqrt(squares / (double)n) / deviation, 1, 4.5 / sqrt(2 * (double)n));
}

static void check_zero(const struct model *model, uint32_t tensor) {
    for (uint32_t i = 0; i < model->tensors[tensor].rows; i++)
        CHECK_EQUAL(check_float_bits(model_values(model, tensor)[i]), 0);
}

static void test_initial_weights(void) {
    struct model_settings settings = {.parts = MODEL_BIAS | MODEL_GMF | MODEL_MLP,
                                      .factors = 3000,
                                      MODELS_TOWER(3, 200, 300, 1000),
                                      .seed = 7};
    struct model *model;
    CHECK_EQUAL(model_new(&model, &settings, 40, 50), STATUS_OK);
    for (uint32_t t = MODEL_GMF_USER; t <= MODEL_MLP_ITEM; t++) check_normal(model, t, 0.01);
    check_uniform_in(model, MODEL_LAYER_WEIGHT, sqrt(6.0 / (200 + 300)));
    check_uniform_in(model, MODEL_LAYER_WEIGHT + 2, sqrt(6.0 / (300 + 1000)));
    check_uniform_in(model, MODEL_OUTPUT_WEIGHT, sqrt(3.0 / (3000 + 1000)));
    for (uint32_t t = MODEL_GLOBAL_BIAS; t <= MODEL_ITEM_BIAS; t++) check_zero(model, t);
    check_zero(model, MODEL_OUTPUT_BIAS);
    check_zero(model, MODEL_LAYER_BIAS);
    check_zero(model, MODEL_LAYER_BIAS + 2);
    model_free(model);
}

/* Two output layers whose scores are added are drawn as each alone is; and embeddings as wide as they are asked for. */
static void test_chosen_initial_weights(void) {
    struct model_settings settings = {.parts = MODEL_GMF | MODEL_MLP,
                                      .factors = 3000,
                                      .additive = true,
                                      .embedding_std = 0.5F,
                                      MODELS_TOWER(2, 200, 1000),
                                      .seed = 7};
    struct model *model;
    uint64_t counts[CELLS + 1] = {0};
    CHECK_EQUAL(model_new(&model, &settings, 40, 50), STATUS_OK);
    for (uint32_t t = MODEL_GMF_USER; t <= MODEL_MLP_ITEM; t++) check_normal(model, t, 0.5);
    count_uniform(counts, model_output_gmf(model), 3000, sqrt(3.0 / 3000));
    CHECK_UNIFORM(counts, CELLS, 3000.0 / CELLS, 1);
    memset(counts, 0, sizeof counts);
    count_uniform(counts, model_output_mlp(model), 1000, sqrt(3.0 / 1000));
    CHECK_UNIFORM(counts, CELLS, 1000.0 / CELLS, 1);
    model_free(model);
}

/* Ratings are the logits, or their sigmoids on the scale of the ratings. */
static void test_predictions(void) {
    static const float logits[] = {-100.0F, -1.0F, 0.0F, 2.0F, 100.0F};
    struct model_settings settings = {.parts = MODEL_BIAS};
    for (uint32_t scaled = 0; scaled < 2; scaled++) {
        settings.lowest = scaled ? 0.5F : 0.0F, settings.highest = scaled ? 5.0F : 0.0F;
        struct model *model = models_new(&settings, 2, 3, 1);
        float x[5];
        memcpy(x, logits, sizeof x);
        model_predict(model, x, 5);
        for (uint32_t i = 0; i < 5; i++) {
            double z = (double)logits[i];
            CHECK_NEAR((double)x[i], scaled ? 0.5 + 4.5 / (1 + exp(-z)) : z, 2e-6);
        }
        model_free(model);
    }
}

static bool tensors_equal(const struct model *a, const struct model *b, uint32_t tensor) {
    uint64_t n = (uint64_t)a->tensors[tensor].rows * a->tensors[tensor].columns;
    CHECK(n > 0 && b->tensors[tensor].rows == a->tensors[tensor].rows);
    return memcmp(model_values(a, tensor), model_values(b, tensor), n * sizeof(float)) == 0;
}

static void test_equal_tensors_of_different_models_start_equal(void) {
    struct model_settings settings = {.parts = MODEL_GMF, .factors = 8, MODELS_TOWER(4, 64, 32, 16, 8)};
    struct model *gmf, *mlp, *neumf;
    CHECK_EQUAL(model_new(&gmf, &settings, 30, 40), STATUS_OK);
    settings.parts = MODEL_MLP;
    CHECK_EQUAL(model_new(&mlp, &settings, 30, 40), STATUS_OK);
    settings.parts = MODEL_GMF | MODEL_MLP;
    CHECK_EQUAL(model_new(&neumf, &settings, 30, 40), STATUS_OK);
    CHECK(tensors_equal(gmf, neumf, MODEL_GMF_USER) && tensors_equal(gmf, neumf, MODEL_GMF_ITEM));
    CHECK(tensors_equal(mlp, neumf, MODEL_MLP_USER) && tensors_equal(mlp, neumf, MODEL_MLP_ITEM));
    for (uint32_t l = 0; l < 3; l++) CHECK(tensors_equal(mlp, neumf, MODEL_LAYER_WEIGHT + 2 * l));
    model_free(gmf);
    model_free(mlp);
    model_free(neumf);
}

/* How many of the drawn values two models have in common. */
static uint64_t common(const float *a, const float *b, uint64_t n) {
    uint64_t equal = 0;
    for (uint64_t i = 0; i < n; i++) equal += a[i] == b[i];
    return equal;
}

static void test_seeds_and_tensors_differ(void) {
    static const uint64_t seeds[] = {0, 1, 2, UINT64_C(1) << 32, UINT64_MAX};
    struct model_settings settings = {.parts = MODEL_GMF, .factors = 8};
    struct model *models[5];
    for (uint32_t s = 0; s < 5; s++) {
        settings.seed = seeds[s];
        CHECK_EQUAL(model_new(models + s, &settings, 100, 100), STATUS_OK);
        CHECK(common(model_values(models[s], MODEL_GMF_USER), model_values(models[s], MODEL_GMF_ITEM), 800) <
              8);
        for (uint32_t other = 0; other < s; other++) {
            CHECK(model_hash(models[s]) != model_hash(models[other]));
            CHECK(common(models[s]->values, models[other]->values, 1600) < 16);
        }
    }
    for (uint32_t s = 0; s < 5; s++) model_free(models[s]);
}

static void test_reset_draws_the_same_again(void) {
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *fresh, *model = models_new(&models_kinds[k].settings, 5, 6, 1);
        CHECK_EQUAL(model_new(&fresh, &models_kinds[k].settings, 5, 6), STATUS_OK);
        CHECK(model_hash(model) != model_hash(fresh));
        for (uint64_t i = 0; i < model->parameters; i++) model->values[i] = NAN;
        model_reset(model);
        CHECK_EQUAL(memcmp(model->values, fresh->values, model->parameters * sizeof(float)), 0);
        CHECK_EQUAL(model_hash(model), model_hash(fresh));
        model_free(fresh);
        model_free(model);
    }
}

/* Any bit of any weight changes the fingerprint, in its low half too, and so does the order of weights. */
static void test_hash_sees_every_bit(void) {
    struct model *model = models_new(&models_kinds[MODELS_KINDS - 1].settings, 3, 4, 1);
    uint64_t hash = model_hash(model), low_equal = 0, flips = 0;
    for (uint64_t i = 0; i < model->parameters; i++) {
        uint32_t bits = check_float_bits(model->values[i]);
        for (uint32_t bit = 0; bit < 32; bit++, flips++) {
            uint32_t flipped = bits ^ (UINT32_C(1) << bit);
            memcpy(model->values + i, &flipped, sizeof flipped);
            uint64_t other = model_hash(model);
            CHECK_OR_RETURN(other != hash, "bit %u of weight %" PRIu64, bit, i);
            low_equal += (uint32_t)other == (uint32_t)hash;
        }
        memcpy(model->values + i, &bits, sizeof bits);
        CHECK_EQUAL(model_hash(model), hash);
    }
    CHECK(flips > 10000 && low_equal <= 1);
    float first = model->values[0];
    model->values[0] = model->values[1];
    model->values[1] = first;
    CHECK(model_hash(model) != hash);
    model_free(model);
}

static void check_refused(struct model_settings settings, uint32_t users, uint32_t items,
                          enum status expected) {
    struct model *model = (struct model *)&settings;
    CHECK_EQUAL(model_new(&model, &settings, users, items), expected);
    CHECK(model == NULL);
}

enum { BOTH = MODEL_GMF | MODEL_MLP };

static void test_refused_settings(void) {
    static const struct model_settings refused[] = {
        {.parts = 0, .factors = 8, MODELS_TOWER(2, 8, 4)},
        {.parts = 32, .factors = 8},
        {.parts = MODEL_NEIGHBOURS},
        {.parts = MODEL_GMF | 8, .factors = 8},
        {.parts = MODEL_GMF, .factors = 0},
        {.parts = MODEL_GMF, .factors = MODEL_MAX_WIDTH + 1},
        {.parts = MODEL_GMF | MODEL_MLP, .factors = 0, MODELS_TOWER(2, 8, 4)},
        {.parts = MODEL_GMF | MODEL_MLP, .factors = 8},
        {.parts = MODEL_MLP},
        {.parts = MODEL_MLP, MODELS_TOWER(MODEL_MAX_LAYERS + 1, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8)},
        {.parts = MODEL_MLP, MODELS_TOWER(UINT32_MAX, 8)},
        {.parts = MODEL_MLP, MODELS_TOWER(1, 0)},
        {.parts = MODEL_MLP, MODELS_TOWER(1, 7)},
        {.parts = MODEL_MLP, MODELS_TOWER(2, 7, 4)},
        {.parts = MODEL_MLP, MODELS_TOWER(3, 8, 0, 4)},
        {.parts = MODEL_MLP, MODELS_TOWER(3, 8, 4, 0)},
        {.parts = MODEL_MLP, MODELS_TOWER(2, MODEL_MAX_WIDTH + 2, 4)},
        {.parts = MODEL_MLP, MODELS_TOWER(2, 8, MODEL_MAX_WIDTH + 1)},
        {.parts = MODEL_MLP, .dot = true, MODELS_TOWER(2, 8, 4)},
        {.parts = MODEL_GMF, .factors = 8, .embedding_std = -1.0F},
        {.parts = MODEL_GMF, .factors = 8, .embedding_std = NAN},
        {.parts = MODEL_GMF, .factors = 8, .shared = true},
        {.parts = MODEL_GMF | MODEL_MLP, .factors = 4, .shared = true, .dot = true, MODELS_TOWER(2, 8, 4)},
        {.parts = MODEL_GMF, .factors = 4, .fusion_count = 1, .fusion = {4}},
        {.parts = MODEL_MLP, .fusion_count = 1, .fusion = {4}, MODELS_TOWER(2, 8, 4)},
        {.parts = BOTH, .factors = 4, .fusion_count = 1, .fusion = {4}, MODELS_TOWER(1, 8)},
        {.parts = BOTH, .factors = 4, .fusion_count = 1, .fusion = {0}, MODELS_TOWER(2, 8, 4)},
        {.parts = BOTH, .factors = 4, .fusion_count = 5, .fusion = {4, 4, 4, 4}, MODELS_TOWER(2, 8, 4)},
        {.parts = BOTH, .factors = 4, .fusion_count = 1, .fusion = {4}, .dot = true, MODELS_TOWER(2, 8, 4)},
        {.parts = MODEL_GMF, .factors = 4, .features[TENSOR_ITEM] = MODELS_FEATURES(7, false)},
        {.parts = BOTH,
         .factors = 4,
         .shared = true,
         .features[TENSOR_USER] = MODELS_FEATURES(7, false),
         MODELS_TOWER(2, 8, 4)},
    };
    for (uint32_t r = 0; r < sizeof refused / sizeof *refused; r++)
        check_refused(refused[r], 3, 4, STATUS_ARGUMENT);
    struct model_settings good = {.parts = MODEL_GMF, .factors = MODEL_MAX_WIDTH};
    check_refused(good, 0, 4, STATUS_ARGUMENT);
    check_refused(good, 3, 0, STATUS_ARGUMENT);
    check_refused(good, UINT32_MAX, UINT32_MAX, STATUS_MEMORY);
    model_free(NULL);
}

static void test_limits_that_are_allowed(void) {
    static const struct model_settings allowed[] = {
        {.parts = MODEL_GMF, .factors = MODEL_MAX_WIDTH},
        {.parts = MODEL_MLP, MODELS_TOWER(2, MODEL_MAX_WIDTH, 1)},
        {.parts = MODEL_MLP, MODELS_TOWER(MODEL_MAX_LAYERS, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1)},
    };
    for (uint32_t a = 0; a < sizeof allowed / sizeof *allowed; a++) {
        struct model *model;
        CHECK_EQUAL(model_new(&model, allowed + a, 1, 1), STATUS_OK);
        model_free(model);
    }
}

int main(void) {
    RUN(test_table_of_gmf);
    RUN(test_table_of_mlp);
    RUN(test_table_of_neumf);
    RUN(test_table_of_bias);
    RUN(test_table_of_dot);
    RUN(test_table_of_fusion_and_features);
    RUN(test_halves_of_the_output);
    RUN(test_initial_weights);
    RUN(test_chosen_initial_weights);
    RUN(test_predictions);
    RUN(test_equal_tensors_of_different_models_start_equal);
    RUN(test_seeds_and_tensors_differ);
    RUN(test_reset_draws_the_same_again);
    RUN(test_hash_sees_every_bit);
    RUN(test_refused_settings);
    RUN(test_limits_that_are_allowed);
    return check_report();
}

/* A NeuMF of pretrained parts says what the two say, weighed by α; what doesn't fit together is refused. */
#include "model/pretrain.h"

#include "models.h"

enum { USERS = 7, ITEMS = 9 };

#define GMF_OF(width) .parts = MODEL_GMF, .factors = (width)
#define MLP_OF(...) .parts = MODEL_MLP, MODELS_TOWER(__VA_ARGS__)

/* towers of every depth from MLP-0 on */
static const struct {
    struct model_settings neumf, gmf, mlp;
} trios[] = {
    {{.parts = MODEL_GMF | MODEL_MLP, .factors = 8, MODELS_TOWER(4, 64, 32, 16, 8)},
     {GMF_OF(8)},
     {MLP_OF(4, 64, 32, 16, 8)}},
    {{.parts = MODEL_GMF | MODEL_MLP, .factors = 3, MODELS_TOWER(1, 10)}, {GMF_OF(3)}, {MLP_OF(1, 10)}},
    {{.parts = MODEL_GMF | MODEL_MLP, .factors = 5, MODELS_TOWER(2, 14, 9), .activation = ACTIVATION_TANH},
     {GMF_OF(5)},
     {MLP_OF(2, 14, 9), .activation = ACTIVATION_TANH}},
};
#define TRIOS (uint32_t)(sizeof trios / sizeof *trios)

static void check_logits(const struct model *neumf, const struct model *gmf, const struct model *mlp,
                         double alpha) {
    double *joined = models_twin(neumf), *left = models_twin(gmf), *right = models_twin(mlp);
    for (uint32_t pair = 0; pair < USERS * ITEMS; pair++) {
        uint32_t user = pair / ITEMS, item = pair % ITEMS;
        double expected =
            alpha * models_logit(gmf, left, user, item) + (1 - alpha) * models_logit(mlp, right, user, item);
        CHECK_NEAR(models_logit(neumf, joined, user, item), expected, 1e-6 * (1 + fabs(expected)));
    }
    free(joined);
    free(left);
    free(right);
}

static void test_logits(void) {
    static const float alphas[] = {0.0F, 0.3F, 0.5F, 1.0F};
    for (uint32_t n = 0; n < TRIOS; n++)
        for (uint32_t a = 0; a < 4; a++) {
            struct model *neumf = models_new(&trios[n].neumf, USERS, ITEMS, 1);
            struct model *gmf = models_new(&trios[n].gmf, USERS, ITEMS, 2);
            struct model *mlp = models_new(&trios[n].mlp, USERS, ITEMS, 3);
            uint64_t gmf_hash = model_hash(gmf), mlp_hash = model_hash(mlp);
            CHECK_EQUAL(model_pretrain(neumf, gmf, mlp, alphas[a]), STATUS_OK);
            check_logits(neumf, gmf, mlp, (double)alphas[a]);
            CHECK(model_hash(gmf) == gmf_hash && model_hash(mlp) == mlp_hash);
            model_free(neumf);
            model_free(gmf);
            model_free(mlp);
        }
}

/* Embeddings and hidden layers are the parts' own, to the bit. */
static void test_what_is_copied(void) {
    struct model *neumf = models_new(&trios[0].neumf, USERS, ITEMS, 1);
    struct model *gmf = models_new(&trios[0].gmf, USERS, ITEMS, 2);
    struct model *mlp = models_new(&trios[0].mlp, USERS, ITEMS, 3);
    CHECK_EQUAL(model_pretrain(neumf, gmf, mlp, 0.5F), STATUS_OK);
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = neumf->tensors + t;
        const struct model *from = t == MODEL_GMF_USER || t == MODEL_GMF_ITEM ? gmf : mlp;
        if (tensor->rows == 0 || t == MODEL_OUTPUT_WEIGHT || t == MODEL_OUTPUT_BIAS) continue;
        size_t bytes = (size_t)tensor->rows * tensor->columns * sizeof(float);
        CHECK_OR_RETURN(memcmp(model_values(neumf, t), model_values(from, t), bytes) == 0, "%s",
                        tensor->name);
    }
    model_free(neumf);
    model_free(gmf);
    model_free(mlp);
}

static void check_refused(const struct model *neumf_like, const struct model *gmf, const struct model *mlp,
                          const char *what) {
    struct model *neumf = models_new(&neumf_like->settings, neumf_like->users, neumf_like->items, 1);
    uint64_t hash = model_hash(neumf);
    CHECK_OR_RETURN(model_pretrain(neumf, gmf, mlp, 0.5F) == STATUS_ARGUMENT, "%s", what);
    CHECK_OR_RETURN(model_hash(neumf) == hash, "%s was written to", what);
    model_free(neumf);
}

static void test_what_does_not_fit(void) {
    static const struct {
        const char *what;
        uint32_t of; /* 0 NeuMF, 1 GMF, 2 MLP */
        uint32_t users, items;
        struct model_settings settings;
    } wrong[] = {
        {"a GMF of fewer factors", 1, USERS, ITEMS, {GMF_OF(7)}},
        {"a GMF of other users", 1, USERS + 1, ITEMS, {GMF_OF(8)}},
        {"a GMF of other items", 1, USERS, ITEMS - 1, {GMF_OF(8)}},
        {"a GMF with biases", 1, USERS, ITEMS, {.parts = MODEL_BIAS | MODEL_GMF, .factors = 8}},
        {"an MLP for a GMF", 1, USERS, ITEMS, {MLP_OF(4, 64, 32, 16, 8)}},
        {"an MLP of other users", 2, USERS - 1, ITEMS, {MLP_OF(4, 64, 32, 16, 8)}},
        {"an MLP of other items", 2, USERS, ITEMS + 1, {MLP_OF(4, 64, 32, 16, 8)}},
        {"an MLP of a layer less", 2, USERS, ITEMS, {MLP_OF(3, 64, 32, 8)}},
        {"an MLP of a layer more", 2, USERS, ITEMS, {MLP_OF(5, 64, 32, 16, 8, 8)}},
        {"an MLP of another width inside", 2, USERS, ITEMS, {MLP_OF(4, 64, 32, 17, 8)}},
        {"an MLP of another width below", 2, USERS, ITEMS, {MLP_OF(4, 66, 32, 16, 8)}},
        {"an MLP of another width above", 2, USERS, ITEMS, {MLP_OF(4, 64, 32, 16, 9)}},
        {"an MLP of tanh", 2, USERS, ITEMS, {MLP_OF(4, 64, 32, 16, 8), .activation = ACTIVATION_TANH}},
        {"a GMF for an MLP", 2, USERS, ITEMS, {GMF_OF(8)}},
        {"a GMF for a NeuMF", 0, USERS, ITEMS, {GMF_OF(8)}},
        {"an MLP for a NeuMF", 0, USERS, ITEMS, {MLP_OF(4, 64, 32, 16, 8)}},
        {"a NeuMF of shared embeddings",
         0,
         USERS,
         ITEMS,
         {.parts = MODEL_GMF | MODEL_MLP, .factors = 8, .shared = true, MODELS_TOWER(2, 16, 8)}},
        {"a NeuMF with biases",
         0,
         USERS,
         ITEMS,
         {.parts = MODEL_BIAS | MODEL_GMF | MODEL_MLP, .factors = 8, MODELS_TOWER(4, 64, 32, 16, 8)}},
    };
    for (uint32_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
        struct model *right[3], *other = models_new(&wrong[w].settings, wrong[w].users, wrong[w].items, 5);
        right[0] = models_new(&trios[0].neumf, USERS, ITEMS, 1);
        right[1] = models_new(&trios[0].gmf, USERS, ITEMS, 2);
        right[2] = models_new(&trios[0].mlp, USERS, ITEMS, 3);
        const struct model *given[3] = {right[0], right[1], right[2]};
        given[wrong[w].of] = other;
        check_refused(given[0], given[1], given[2], wrong[w].what);
        for (uint32_t n = 0; n < 3; n++) model_free(right[n]);
        model_free(other);
    }
}

int main(void) {
    RUN(test_logits);
    RUN(test_what_is_copied);
    RUN(test_what_does_not_fit);
    return check_report();
}

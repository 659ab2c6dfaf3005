/* Enums cross the border as words: the core's numbers for them stand here and nowhere outside. */
#include <string.h>

#include "api.h"
#include "model/als.h"
#include "model/biases.h"
#include "model/trace.h"

#define MOST_WORDS 8

struct kind {
    const char *name;
    const char *words[MOST_WORDS]; /* by the value of the enum */
};

static const struct kind kinds[] = {
    {"activation",
     {[ACTIVATION_RELU] = "relu",
      [ACTIVATION_TANH] = "tanh",
      [ACTIVATION_SIGMOID] = "sigmoid",
      [ACTIVATION_IDENTITY] = "identity"}},
    {"order", {[SAMPLER_SHUFFLED] = "shuffled", [SAMPLER_GROUPED] = "grouped"}},
    {"optimizer",
     {[OPTIMIZER_ADAM] = "adam",
      [OPTIMIZER_ADAM_DENSE] = "adam-dense",
      [OPTIMIZER_ADAM_LAZY] = "adam-lazy",
      [OPTIMIZER_SGD] = "sgd",
      [OPTIMIZER_ADAGRAD] = "adagrad",
      [OPTIMIZER_RMSPROP] = "rmsprop"}},
    {"loss", {[LOSS_LOG] = "log", [LOSS_SQUARED] = "squared", [LOSS_BPR] = "bpr"}},
    {"known", {[false] = "reject", [true] = "accept"}},
    {"l2",
     {[MODEL_BIASES] = "biases",
      [MODEL_GMF_EMBEDDINGS] = "gmf",
      [MODEL_MLP_EMBEDDINGS] = "mlp",
      [MODEL_WEIGHTS] = "layers"}},
    {"file",
     {[FILE_RATINGS] = "ratings",
      [FILE_FILMS] = "films",
      [FILE_NEGATIVES] = "negatives",
      [FILE_PEOPLE] = "people"}},
    {"holdOut", {[SPLIT_LAST] = "last", [SPLIT_RANDOM] = "random", [SPLIT_NOTHING] = "nothing"}},
    {"als", {[ALS_IALS] = "ials", [ALS_EALS] = "eals"}},
    {"als reached", {[ALS_WITHIN] = "within", [ALS_HALF] = "half", [ALS_EPOCH] = "epoch"}},
    {"means",
     {[0] = "global-mean",
      [BIASES_USERS] = "user-mean",
      [BIASES_ITEMS] = "item-mean",
      [BIASES_USERS | BIASES_ITEMS] = "bias"}},
    {"share",
     {[TRACE_SHARE_GMF] = "gmf",
      [TRACE_SHARE_MLP] = "mlp",
      [TRACE_SHARE_FUSION] = "fusion",
      [TRACE_SHARE_BIAS] = "bias"}},
};

/* A word of enum model_part, whose values are bits. */
static int32_t part_of(const char *word) {
    static const struct {
        const char *word;
        enum model_part part;
    } parts[] = {{"bias", MODEL_BIAS},
                 {"gmf", MODEL_GMF},
                 {"mlp", MODEL_MLP},
                 {"items", MODEL_ITEMS},
                 {"neighbours", MODEL_NEIGHBOURS}};
    for (size_t n = 0; n < sizeof parts / sizeof *parts; n++)
        if (strcmp(parts[n].word, word) == 0) return (int32_t)parts[n].part;
    return -(int32_t)STATUS_ARGUMENT;
}

/* The number of a word; both end with a 0. */
int32_t EXPORT(ncf_code)(const char *kind, const char *word) {
    if (strcmp(kind, "part") == 0) return part_of(word);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (int32_t code = 0; strcmp(kinds[k].name, kind) == 0 && code < MOST_WORDS; code++)
            if (kinds[k].words[code] != NULL && strcmp(kinds[k].words[code], word) == 0) return code;
    return -(int32_t)STATUS_ARGUMENT;
}

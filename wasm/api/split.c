/* What is learnt from and what is held out: leave-one-out, and held-out ratings. */
#include "api.h"
#include "data/fingerprint.h"
#include "data/holdout.h"

/* data/split.h: as `hold` says (enum split_hold) or, unless that is SPLIT_NOTHING, the dataset's own split where a test
 * file and its negatives were read. */
int32_t EXPORT(ncf_split_new)(const struct dataset *dataset, uint32_t negatives, uint32_t seed, int32_t hold,
                              double positive_from) {
    struct split *split;
    struct split_settings settings = {negatives, seed, (enum split_hold)hold, (float)positive_from};
    if (settings.hold != SPLIT_NOTHING && dataset->negatives.listed > 0)
        return made(split_of_triple(&split, dataset, settings.positive_from), split);
    return made(split_new(&split, &dataset->ratings, &settings), split);
}

/* Writes float64 [6]: struct split_facts, and the items that there are to choose from. */
void EXPORT(ncf_split_facts)(const struct split *split, double *out) {
    *out++ = (double)split->facts.rows;
    *out++ = (double)split->facts.positives;
    *out++ = split->facts.same_times;
    *out++ = split->facts.tied;
    *out++ = (double)split->facts.tests_in_train;
    *out++ = split->train->choices;
}

/* The items that there are to choose from, uint32 [so many as ncf_split_facts says], or 0 where that is all. */
const uint32_t *EXPORT(ncf_split_choice)(const struct split *split) { return split->train->choice; }

int32_t EXPORT(ncf_split_hold_validation)(struct split *split, uint32_t negatives, uint32_t seed) {
    return -(int32_t)split_hold_validation(split, negatives, seed);
}

void EXPORT(ncf_split_free)(struct split *split) { split_free(split); }

/* `validation` here and below: 0 for the test part, 1 for the validation part. */
uint32_t EXPORT(ncf_split_held_users)(const struct split *split, int32_t validation) {
    return held_out_of(split, validation)->users;
}

uint32_t EXPORT(ncf_split_train_pairs)(const struct split *split) { return split->train->count; }

/* The held-out item of a user or 2^32 - 1. */
uint32_t EXPORT(ncf_split_held_item)(const struct split *split, int32_t validation, uint32_t user) {
    const struct held_out *held_out = held_out_of(split, validation);
    return held_out->item == NULL ? SPLIT_NONE : held_out->item[user];
}

/* Where each user's train items start, uint32 [users + 1]. */
const uint32_t *EXPORT(ncf_split_train_start)(const struct split *split) { return split->train->start; }

/* The test's negatives of a user, ascending: where they begin, valid as long as the split, and how many there are. */
const uint32_t *EXPORT(ncf_split_negatives)(const struct split *split, uint32_t user) {
    return split->test.negative + split->test.negative_start[user];
}

uint32_t EXPORT(ncf_split_negative_count)(const struct split *split, uint32_t user) {
    return split->test.negative_start[user + 1] - split->test.negative_start[user];
}

/* [ncf_split_train_pairs], user by user, ascending; valid as long as the split. */
const uint32_t *EXPORT(ncf_split_train_items)(const struct split *split) { return split->train->item; }

/* data/fingerprint.h: uint64 [2], of the items held out and of their negatives; 0 where there are none. */
void EXPORT(ncf_split_fingerprint)(const struct split *split, const struct dataset *dataset,
                                   int32_t validation, uint64_t *out) {
    struct held_out_fingerprint fingerprint =
        fingerprint_of_held_out(held_out_of(split, validation), &dataset->ratings);
    out[0] = fingerprint.items;
    out[1] = fingerprint.negatives;
}

/* data/holdout.h: a share of the ratings, or with `folds` above 0 one fold of so many. */
int32_t EXPORT(ncf_holdout_new)(const struct dataset *dataset, double test, uint32_t fold, uint32_t folds,
                                double validation, uint32_t seed) {
    struct holdout *holdout;
    return made(folds > 0 ? holdout_fold(&holdout, &dataset->ratings, fold, folds, validation, seed)
                          : holdout_random(&holdout, &dataset->ratings, test, validation, seed),
                holdout);
}

void EXPORT(ncf_holdout_free)(struct holdout *holdout) { holdout_free(holdout); }

static const struct rating_rows *part_of(const struct holdout *holdout, int32_t part) {
    const struct rating_rows *parts[] = {&holdout->train, &holdout->validation, &holdout->test};
    return parts[part];
}

/* Rows of a part: 0 train, 1 validation, 2 test. */
uint32_t EXPORT(ncf_holdout_rows)(const struct holdout *holdout, int32_t part) {
    return part_of(holdout, part)->count;
}

/* data/fingerprint.h: of a part; 0 where it is empty. */
uint64_t EXPORT(ncf_holdout_fingerprint)(const struct holdout *holdout, const struct dataset *dataset,
                                         int32_t part) {
    return fingerprint_of_rows(part_of(holdout, part), &dataset->ratings);
}

double EXPORT(ncf_holdout_mean)(const struct holdout *holdout) { return holdout->mean; }

double EXPORT(ncf_holdout_lowest)(const struct holdout *holdout) { return (double)holdout->lowest; }

double EXPORT(ncf_holdout_highest)(const struct holdout *holdout) { return (double)holdout->highest; }

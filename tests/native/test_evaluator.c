/* Ranks and metrics of the evaluator against a twin that ranks logits in double precision. Weights are whole numbers, so
 * that both precisions agree and ties are real. */
#include "rank/evaluator.h"

#include "worlds.h"

enum { USERS = 50, ITEMS = 90, NEGATIVES = 20 };

/* The rank among the items for which is_candidate says so; the held-out item counts once, whatever it says. */
typedef bool candidate(const struct split *split, uint32_t user, uint32_t item);

static bool is_sampled(const struct split *split, uint32_t user, uint32_t item) {
    bool found = false;
    for (uint32_t n = split->test.negative_start[user]; n < split->test.negative_start[user + 1]; n++)
        found = found || split->test.negative[n] == item;
    return found;
}

static bool is_unseen(const struct split *split, uint32_t user, uint32_t item) {
    return !interactions_has(split->train, user, item);
}

static candidate *const is_candidate[] = {[EVALUATOR_SAMPLED] = is_sampled, [EVALUATOR_FULL] = is_unseen};

static struct rank twin_rank(const struct model *model, const double *values, const struct split *split,
                             enum evaluator_candidates kind, uint32_t user) {
    uint32_t held_out = split->test.item[user];
    struct rank rank = {0};
    if (held_out == SPLIT_NONE) return rank;
    double own = models_logit(model, values, user, held_out);
    rank.candidates = 1;
    for (uint32_t item = 0; item < ITEMS; item++) {
        if (item == held_out || !is_candidate[kind](split, user, item)) continue;
        double logit = models_logit(model, values, user, item);
        rank.candidates++;
        rank.greater += logit > own;
        rank.equal += logit == own;
    }
    return rank;
}

static bool same_rank(struct rank a, struct rank b) {
    return a.greater == b.greater && a.equal == b.equal && a.candidates == b.candidates;
}

static struct evaluator *evaluator_of(const struct model *model, const struct split *split) {
    struct evaluator *evaluator = NULL;
    CHECK_EQUAL(evaluator_new(&evaluator, model, split->train, &split->test), STATUS_OK);
    return evaluator;
}

static void run_all(struct evaluator *evaluator, enum evaluator_candidates kind) {
    evaluator_start(evaluator);
    CHECK(evaluator_run(evaluator, kind, UINT32_MAX));
}

static uint32_t ties, untested; /* that the tests have met */

static void check_ranks(const struct evaluator *evaluator, const struct model *model,
                        const struct split *split, enum evaluator_candidates kind) {
    double *values = models_twin(model);
    for (uint32_t user = 0; user < USERS; user++) {
        struct rank expected = twin_rank(model, values, split, kind, user);
        struct rank rank = evaluator->ranks[kind][user];
        ties += expected.equal > 0;
        untested += expected.candidates == 0;
        if (!same_rank(rank, expected)) {
            CHECK_EQUAL(rank.greater, expected.greater);
            CHECK_EQUAL(rank.equal, expected.equal);
            CHECK_EQUAL(rank.candidates, expected.candidates);
        }
    }
    free(values);
}

static void test_ranks(void) {
    struct world world = world_random(USERS, ITEMS, 700, NEGATIVES, 1);
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 1);
        struct evaluator *evaluator = evaluator_of(model, world.split);
        unsigned errors = check_state.errors;
        /* twice, so that the second time neither the weights nor the first ranks may have stayed */
        for (uint32_t seed = 1; seed <= 2; seed++) {
            world_draw_whole(model, seed);
            for (uint32_t kind = 0; kind < 2; kind++) {
                run_all(evaluator, kind);
                check_ranks(evaluator, model, world.split, kind);
            }
            check_ranks(evaluator, model, world.split, EVALUATOR_SAMPLED);
        }
        evaluator_free(evaluator);
        model_free(model);
        CHECK_OR_RETURN(check_state.errors == errors, "%s", models_kinds[k].name);
    }
    CHECK(ties > 1000);
    world_free(&world);
    evaluator_free(NULL);
}

/* Users with one rating are not tested, users who have nearly everything have few candidates. */
static void test_odd_users(void) {
    struct ratings ratings;
    struct world world;
    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    for (uint32_t item = 0; item < ITEMS; item++) rows_add(&ratings, 0, item, item);
    for (uint32_t user = 1; user < USERS; user++)
        for (uint32_t item = 0; item < (user % 3 == 0 ? 1 : ITEMS - user); item++)
            rows_add(&ratings, user, (item * 7 + user) % ITEMS, item * 31 % 50);
    CHECK_EQUAL(ratings_finish(&ratings), STATUS_OK);
    world.ratings = ratings;
    CHECK_EQUAL(split_leave_one_out(&world.split, &world.ratings, NEGATIVES, 1), STATUS_OK);
    struct model *model = models_new(&models_kinds[3].settings, USERS, ITEMS, 1);
    struct evaluator *evaluator = evaluator_of(model, world.split);
    world_draw_whole(model, 1);
    untested = 0;
    for (uint32_t kind = 0; kind < 2; kind++) {
        run_all(evaluator, kind);
        check_ranks(evaluator, model, world.split, kind);
        CHECK_EQUAL(evaluator->ranks[kind][0].candidates, 1);
        CHECK_EQUAL(metrics_of_ranks(evaluator->ranks[kind], USERS).users, world.split->test.users);
    }
    CHECK_EQUAL(evaluator->ranks[EVALUATOR_SAMPLED][2].candidates, 1 + 2);
    CHECK_EQUAL(evaluator->ranks[EVALUATOR_SAMPLED][40].candidates, 1 + NEGATIVES);
    CHECK_EQUAL(evaluator->ranks[EVALUATOR_FULL][40].candidates, 1 + 40);
    CHECK_EQUAL(untested, 2 * ((USERS - 1) / 3));
    evaluator_free(evaluator);
    model_free(model);
    world_free(&world);
}

/* A split whose negatives name the held-out item, first, in the middle and last, and another item twice. */
static void test_held_out_among_negatives(void) {
    static const uint32_t items[] = {5, 1, 2, 3, 5, 4, 6, 6, 5};
    struct world world = world_random(USERS, ITEMS, 700, NEGATIVES, 1);
    struct model_settings settings = {.parts = MODEL_BIAS};
    struct model *model = models_new(&settings, USERS, ITEMS, 1);
    uint32_t test_item[USERS], start[USERS + 1];
    for (uint32_t user = 0; user <= USERS; user++) start[user] = user == 0 ? 0 : 9;
    for (uint32_t user = 0; user < USERS; user++) test_item[user] = user == 0 ? 5 : SPLIT_NONE;
    for (uint32_t item = 0; item < ITEMS; item++) model_values(model, MODEL_ITEM_BIAS)[item] = (float)item;
    struct held_out test = {1, test_item, start, items, NULL};
    struct split split = {.train = world.split->train, .test = test};
    struct evaluator *evaluator = evaluator_of(model, &split);
    run_all(evaluator, EVALUATOR_SAMPLED);
    CHECK(same_rank(evaluator->ranks[EVALUATOR_SAMPLED][0], (struct rank){2, 0, 7}));
    evaluator_free(evaluator);
    model_free(model);
    world_free(&world);
}

static void test_any_slices(void) {
    static const uint32_t limits[] = {1, 2, 3, 7, USERS - 1, USERS, USERS + 1};
    struct world world = world_random(USERS, ITEMS, 700, NEGATIVES, 2);
    struct model *model = models_new(&models_kinds[MODELS_KINDS - 1].settings, USERS, ITEMS, 3);
    struct evaluator *whole = evaluator_of(model, world.split);
    for (uint32_t kind = 0; kind < 2; kind++) {
        run_all(whole, kind);
        for (uint32_t l = 0; l < sizeof limits / sizeof *limits; l++) {
            struct evaluator *sliced = evaluator_of(model, world.split);
            uint32_t calls = 1;
            evaluator_start(sliced);
            CHECK(!evaluator_run(sliced, kind, 0));
            CHECK_EQUAL(sliced->next_user, 0);
            while (!evaluator_run(sliced, kind, limits[l]) && calls <= USERS) calls++;
            CHECK_EQUAL(calls, (USERS + limits[l] - 1) / limits[l]);
            CHECK(memcmp(sliced->ranks[kind], whole->ranks[kind], USERS * sizeof **sliced->ranks) == 0);
            CHECK(evaluator_run(sliced, kind, 1));
            evaluator_free(sliced);
        }
        for (uint32_t user = USERS; user-- > 0;)
            CHECK(same_rank(evaluator_rank(whole, kind, user), whole->ranks[kind][user]));
    }
    evaluator_free(whole);
    model_free(model);
    world_free(&world);
}

/* Weights that change between two starts tell only at the second, and a start goes back to the first user. */
static void test_start_takes_the_weights(void) {
    struct world world = world_random(USERS, ITEMS, 700, NEGATIVES, 3);
    struct model *model = models_new(&models_kinds[9].settings, USERS, ITEMS, 3);
    struct evaluator *evaluator = evaluator_of(model, world.split);
    evaluator_start(evaluator);
    evaluator_run(evaluator, EVALUATOR_FULL, USERS / 2);
    models_draw(model, 4);
    run_all(evaluator, EVALUATOR_FULL);
    struct evaluator *fresh = evaluator_of(model, world.split);
    run_all(fresh, EVALUATOR_FULL);
    for (uint32_t user = 0; user < USERS; user++)
        CHECK(same_rank(evaluator->ranks[EVALUATOR_FULL][user], fresh->ranks[EVALUATOR_FULL][user]));
    evaluator_free(evaluator);
    evaluator_free(fresh);
    model_free(model);
    world_free(&world);
}

/* The mean over users of what each gains on average over the places that ties leave open, and its interval. */
static void check_mean(const struct rank *ranks, double (*gain)(uint32_t place, uint32_t k), uint32_t k,
                       double mean, double half_width) {
    double of_user[USERS], sum = 0, squares = 0;
    uint32_t users = 0;
    for (uint32_t u = 0; u < USERS; u++) {
        if (ranks[u].candidates == 0) continue;
        of_user[users] = 0;
        for (uint32_t place = ranks[u].greater; place <= ranks[u].greater + ranks[u].equal; place++)
            of_user[users] += gain(place, k) / (ranks[u].equal + 1.0);
        sum += of_user[users++];
    }
    for (uint32_t u = 0; u < users; u++) squares += pow(of_user[u] - sum / users, 2);
    CHECK_NEAR(mean, sum / users, 1e-12);
    CHECK_NEAR(half_width, 1.96 * sqrt(squares / (users - 1)) / sqrt(users), 1e-9);
}

static double hit(uint32_t place, uint32_t k) { return place < k ? 1 : 0; }
static double discounted(uint32_t place, uint32_t k) { return place < k ? 1 / log2(place + 2.0) : 0; }
static double reciprocal(uint32_t place, uint32_t k) { return (void)k, 1 / (place + 1.0); }

static void test_metrics(void) {
    struct world world = world_random(USERS, ITEMS, 300, NEGATIVES, 4);
    struct model *model = models_new(&models_kinds[2].settings, USERS, ITEMS, 3);
    struct evaluator *evaluator = evaluator_of(model, world.split);
    double *values;
    world_draw_whole(model, 5);
    values = models_twin(model);
    for (uint32_t kind = 0; kind < 2; kind++) {
        struct rank expected[USERS];
        uint32_t all_equal = 0;
        run_all(evaluator, kind);
        struct metrics metrics = metrics_of_ranks(evaluator->ranks[kind], USERS);
        for (uint32_t user = 0; user < USERS; user++) {
            expected[user] = twin_rank(model, values, world.split, kind, user);
            all_equal += expected[user].equal > 0 && expected[user].equal + 1 == expected[user].candidates;
        }
        for (uint32_t k = 1; k <= METRICS_MAX_K; k++) {
            check_mean(expected, hit, k, metrics.hr[k - 1], metrics.hr_half_width[k - 1]);
            check_mean(expected, discounted, k, metrics.ndcg[k - 1], metrics.ndcg_half_width[k - 1]);
        }
        check_mean(expected, reciprocal, 0, metrics.mrr, metrics.mrr_half_width);
        CHECK(metrics.hr[0] > 0 && metrics.hr[0] < metrics.hr[9] && metrics.hr[9] < metrics.hr[19]);
        CHECK_EQUAL(metrics.all_equal, all_equal);
    }
    free(values);
    evaluator_free(evaluator);
    model_free(model);
    world_free(&world);
}

/* A model that can't tell items apart raises the alarm, whether its weights are zero or NaN, and gets what chance gives;
 * one item that differs ends the alarm for those who are tested with it. */
static void test_all_equal(void) {
    struct world world = world_random(USERS, ITEMS, 700, NEGATIVES, 5);
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 3);
        struct evaluator *evaluator = evaluator_of(model, world.split);
        for (uint32_t nan = 0; nan < 2; nan++) {
            for (uint64_t i = 0; i < model->parameters; i++) model->values[i] = nan ? NAN : 0.0F;
            run_all(evaluator, EVALUATOR_SAMPLED);
            run_all(evaluator, EVALUATOR_FULL);
            struct metrics sampled = metrics_of_ranks(evaluator->ranks[EVALUATOR_SAMPLED], USERS);
            struct metrics full = metrics_of_ranks(evaluator->ranks[EVALUATOR_FULL], USERS);
            CHECK_EQUAL(sampled.all_equal, world.split->test.users);
            CHECK_EQUAL(full.all_equal, world.split->test.users);
            CHECK_NEAR(sampled.hr[9], 10.0 / (1 + NEGATIVES), 1e-12);
        }
        evaluator_free(evaluator);
        model_free(model);
    }
    struct model *model = models_new(&models_kinds[0].settings, USERS, ITEMS, 3);
    struct evaluator *evaluator = evaluator_of(model, world.split);
    memset(model->values, 0, model->parameters * sizeof *model->values);
    model_values(model, MODEL_ITEM_BIAS)[7] = 1;
    run_all(evaluator, EVALUATOR_SAMPLED);
    uint32_t without = 0;
    for (uint32_t user = 0; user < USERS; user++)
        without += world.split->test.item[user] != SPLIT_NONE && world.split->test.item[user] != 7 &&
                   !is_sampled(world.split, user, 7);
    CHECK(without > 0 && without < world.split->test.users);
    CHECK_EQUAL(metrics_of_ranks(evaluator->ranks[EVALUATOR_SAMPLED], USERS).all_equal, without);
    evaluator_free(evaluator);
    model_free(model);
    world_free(&world);
}

static void test_a_model_of_other_data(void) {
    struct world world = world_random(USERS, ITEMS, 300, NEGATIVES, 6);
    for (uint32_t other = 0; other < 4; other++) {
        struct model *model = models_new(&models_kinds[1].settings, USERS + other % 2, ITEMS + other / 2, 1);
        struct evaluator *evaluator = (struct evaluator *)model;
        CHECK_EQUAL(evaluator_new(&evaluator, model, world.split->train, &world.split->test),
                    other ? STATUS_ARGUMENT : STATUS_OK);
        CHECK((evaluator == NULL) == (other != 0));
        evaluator_free(evaluator);
        model_free(model);
    }
    world_free(&world);
}

/* Both held-out parts of a split, each ranked among its own negatives, or among all items that the user is known to have
 * neither in train nor in the other part. */
static void test_validation(void) {
    struct world world = world_random(USERS, ITEMS, 700, NEGATIVES, 7);
    struct model *model = models_new(&models_kinds[8].settings, USERS, ITEMS, 1);
    CHECK_EQUAL(split_hold_validation(world.split, NEGATIVES, 1), STATUS_OK);
    const struct split *split = world.split;
    const struct held_out *parts[] = {&split->test, &split->validation};
    world_draw_whole(model, 1);
    double *values = models_twin(model);
    for (uint32_t p = 0; p < 2; p++) {
        struct evaluator *evaluator;
        CHECK_EQUAL(evaluator_new(&evaluator, model, split->train, parts[p]), STATUS_OK);
        for (uint32_t kind = 0; kind < 2; kind++) {
            run_all(evaluator, kind);
            CHECK_EQUAL(metrics_of_ranks(evaluator->ranks[kind], USERS).users, parts[p]->users);
        }
        for (uint32_t user = 0; user < USERS; user++) {
            uint32_t item = parts[p]->item[user], other = parts[1 - p]->item[user];
            struct rank expected = {.candidates = item != SPLIT_NONE};
            for (uint32_t i = 0; i < ITEMS && item != SPLIT_NONE; i++) {
                if (i == item || i == other || interactions_has(split->train, user, i)) continue;
                double own = models_logit(model, values, user, item);
                double logit = models_logit(model, values, user, i);
                expected.candidates++;
                expected.greater += logit > own;
                expected.equal += logit == own;
            }
            CHECK(same_rank(evaluator->ranks[EVALUATOR_FULL][user], expected));
        }
        evaluator_free(evaluator);
    }
    free(values);
    model_free(model);
    world_free(&world);
}

static void test_nothing_held_out(void) {
    struct world world = world_random(USERS, ITEMS, 300, NEGATIVES, 6);
    struct model *model = models_new(&models_kinds[1].settings, USERS, ITEMS, 1);
    struct evaluator *evaluator = (struct evaluator *)model;
    CHECK_EQUAL(evaluator_new(&evaluator, model, world.split->train, &world.split->validation),
                STATUS_ARGUMENT);
    CHECK(evaluator == NULL);
    model_free(model);
    world_free(&world);
}

int main(void) {
    RUN(test_ranks);
    RUN(test_odd_users);
    RUN(test_held_out_among_negatives);
    RUN(test_any_slices);
    RUN(test_start_takes_the_weights);
    RUN(test_metrics);
    RUN(test_all_equal);
    RUN(test_a_model_of_other_data);
    RUN(test_validation);
    RUN(test_nothing_held_out);
    return check_report();
}

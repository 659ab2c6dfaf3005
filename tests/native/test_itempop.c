/* ItemPop counts train users, so that its logits are the counts. */
#include "model/itempop.h"

#include "data/split.h"
#include "model/network.h"
#include "models.h"
#include "rows.h"

/* A bias model that was something else before. */
static struct model *fitted(const struct interactions *train) {
    struct model_settings settings = {.parts = MODEL_BIAS};
    struct model *model = models_new(&settings, train->users, train->items, 1);
    itempop_fit(model, train);
    return model;
}

static void test_counts_by_hand(void) {
    struct ratings ratings;
    struct split *split;
    rows_parse(&ratings,
               "1,10,3,1\n2,10,3,1\n3,10,3,1\n1,11,3,2\n2,11,3,2\n1,12,3,3\n2,12,3,3\n3,12,3,3\n4,13,"
               "3,1\n4,12,3,9\n1,12,5,3\n");
    CHECK_EQUAL(split_leave_one_out(&split, &ratings, 1, 1), STATUS_OK);
    struct model *model = fitted(split->train);
    /* everybody's latest is film 12, which therefore counts nobody */
    static const float expected[] = {3, 2, 0, 1};
    for (uint32_t i = 0; i < 4; i++) CHECK_NEAR(model_values(model, MODEL_ITEM_BIAS)[i], expected[i], 0);
    model_free(model);
    split_free(split);
    ratings_free(&ratings);
}

static void test_logits_are_counts(void) {
    enum { USERS = 30, ITEMS = 20 };
    struct ratings ratings;
    struct split *split;
    rows_random(&ratings, USERS, ITEMS, 300, 50, 1);
    CHECK_EQUAL(split_leave_one_out(&split, &ratings, 5, 1), STATUS_OK);
    struct model *model = fitted(split->train);
    struct network *network;
    CHECK_EQUAL(network_new(&network, model, 1), STATUS_OK);
    uint32_t largest = 0;
    for (uint32_t item = 0; item < ITEMS; item++) {
        uint32_t count = 0;
        for (uint32_t user = 0; user < USERS; user++) count += interactions_has(split->train, user, item);
        for (uint32_t user = 0; user < USERS; user++) {
            float logit = NAN;
            struct batch *batch = models_batch(model, &user, &item, 1);
            network_forward(network, &logit, model, batch);
            CHECK_NEAR(logit, count, 0);
            batch_free(batch);
        }
        if (count > largest) largest = count;
    }
    CHECK(largest > 5);
    network_free(network);
    model_free(model);
    split_free(split);
    ratings_free(&ratings);
}

int main(void) {
    RUN(test_counts_by_hand);
    RUN(test_logits_are_counts);
    return check_report();
}

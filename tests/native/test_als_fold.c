/* A user folded in is the user that training would have fitted. */
#include "als_twin.h"
#include "base/kernels.h"
#include "model/als_fold.h"

static const uint32_t widths[] = {1, 3, 4, 8, 13, 24, 64};
#define WIDTHS (uint32_t)(sizeof widths / sizeof *widths)

#define FOR_EACH_METHOD(method) for (enum als_method method = ALS_IALS; method < ALS_METHODS; method++)

/* A world after two epochs, and the fold over its items. */
struct folded {
    struct als_world world;
    struct als *als;
    struct als_fold *fold;
};

static void run_half(struct als *als) {
    enum als_reached reached;
    CHECK_EQUAL(als_run(als, UINT32_MAX, &reached), STATUS_OK);
    CHECK(reached != ALS_WITHIN);
}

static struct folded folded_new(enum als_method method, uint32_t F) {
    struct folded folded = {.world = als_world_new(12, 700, 6000, als_world_settings(method, F), F)};
    folded.als = als_world_als(&folded.world);
    for (uint32_t half = 0; half < 4; half++) run_half(folded.als);
    CHECK_EQUAL(als_fold_new(&folded.fold, folded.world.items, folded.world.train, &folded.world.settings),
                STATUS_OK);
    return folded;
}

static void folded_free(struct folded *folded) {
    als_fold_free(folded->fold);
    als_free(folded->als);
    als_world_free(&folded->world);
}

/* Every user of train, folded in from just the items that training has of them. */
static void test_train_users(void) {
    FOR_EACH_METHOD(method)
    for (uint32_t w = 0; w < WIDTHS; w++) {
        uint32_t F = widths[w], different = 0;
        struct folded folded = folded_new(method, F);
        const struct interactions *train = folded.world.train;
        double worst = 0;
        run_half(folded.als); /* the users once more, to the items as they are now */
        for (uint32_t u = 0; u < train->users; u++) {
            const uint32_t *liked = train->item + train->start[u];
            uint32_t n = train->start[u + 1] - train->start[u];
            float p[ALS_TWIN_MAX];
            double exact[ALS_TWIN_MAX], size = 1e-30;
            struct als_twin_row system = als_twin_row(&folded.world, true, u);
            als_twin_solve(exact, &system);
            for (uint32_t f = 0; f < F; f++) p[f] = NAN, size = fmax(size, fabs(exact[f]));
            CHECK_EQUAL(als_fold_in(folded.fold, p, liked, n), STATUS_OK);
            for (uint32_t f = 0; f < F; f++) {
                different += p[f] != folded.world.users[u * F + f];
                double error = fabs((double)p[f] - exact[f]) / size;
                if (!(error <= worst)) worst = error;
            }
        }
        CHECK_NEAR(worst, 0, 5e-4);
        if (method == ALS_IALS) CHECK_EQUAL(different, 0);
        folded_free(&folded);
    }
}

/* Shares are q_iᵀ A⁻¹ q_j as the twin has it, and sum to the score. */
static void check_shares(struct folded *folded, uint32_t user, uint32_t item) {
    const struct interactions *train = folded->world.train;
    const uint32_t *liked = train->item + train->start[user];
    uint32_t F = folded->world.settings.factors, n = train->start[user + 1] - train->start[user];
    const float *items = folded->world.items;
    struct als_twin_row system = als_twin_row(&folded->world, true, user);
    float p[ALS_TWIN_MAX], *shares = malloc(n * sizeof *shares);
    double solution[ALS_TWIN_MAX], sum = 0, largest = 0, worst = 0;
    for (uint32_t f = 0; f < F; f++) system.b[f] = (double)items[(size_t)item * F + f];
    als_twin_solve(solution, &system);
    CHECK_EQUAL(als_fold_in(folded->fold, p, liked, n), STATUS_OK);
    for (uint32_t k = 0; k < n; k++) shares[k] = NAN;
    als_fold_shares(folded->fold, shares, item, liked, n);
    for (uint32_t k = 0; k < n; k++) {
        double exact = 0;
        for (uint32_t f = 0; f < F; f++) exact += solution[f] * (double)items[(size_t)liked[k] * F + f];
        sum += (double)shares[k];
        worst = fmax(worst, fabs((double)shares[k] - exact) + (isnan(shares[k]) ? 1 : 0));
        largest = fmax(largest, fabs(exact));
    }
    CHECK((largest > 0) == (folded->world.users_of[item] > 0));
    CHECK_NEAR(worst, 0, 5e-4 * largest);
    CHECK_NEAR(sum, kernel_dot(p, items + (size_t)item * F, F), 5e-5);
    free(shares);
}

static void test_shares(void) {
    FOR_EACH_METHOD(method)
    for (uint32_t w = 0; w < WIDTHS; w++) {
        struct folded folded = folded_new(method, widths[w]);
        for (uint32_t item = 0; item < 700; item += 87) check_shares(&folded, item % 3, item);
        folded_free(&folded);
    }
}

static void test_no_items(void) {
    FOR_EACH_METHOD(method) {
        struct folded folded = folded_new(method, 5);
        float p[5] = {1.0F, 1.0F, 1.0F, 1.0F, 1.0F};
        CHECK_EQUAL(als_fold_in(folded.fold, p, NULL, 0), STATUS_OK);
        for (uint32_t f = 0; f < 5; f++) CHECK(p[f] == 0.0F);
        folded_free(&folded);
    }
}

static void test_refresh(void) {
    FOR_EACH_METHOD(method) {
        static const uint32_t liked[] = {1, 2, 300};
        struct folded folded = folded_new(method, 13);
        struct als_fold *other;
        float p[13], q[13];
        als_world_draw(&folded.world, 0.2F, 9);
        als_fold_refresh(folded.fold);
        CHECK_EQUAL(als_fold_new(&other, folded.world.items, folded.world.train, &folded.world.settings),
                    STATUS_OK);
        CHECK_EQUAL(als_fold_in(folded.fold, p, liked, 3), STATUS_OK);
        CHECK_EQUAL(als_fold_in(other, q, liked, 3), STATUS_OK);
        CHECK(memcmp(p, q, sizeof p) == 0);
        als_fold_free(other);
        folded_free(&folded);
    }
}

static void test_bad_arguments(void) {
    struct folded folded = folded_new(ALS_IALS, 3);
    struct als_settings bad = folded.world.settings;
    struct als_fold *fold = folded.fold;
    const uint32_t liked[] = {3, 700};
    float p[3] = {1.0F, 2.0F, 3.0F};
    CHECK_EQUAL(als_fold_in(folded.fold, p, liked, 2), STATUS_ARGUMENT);
    CHECK(p[0] == 1.0F && p[1] == 2.0F && p[2] == 3.0F);
    bad.factors = 0;
    CHECK_EQUAL(als_fold_new(&fold, folded.world.items, folded.world.train, &bad), STATUS_ARGUMENT);
    CHECK(fold == NULL);
    folded.world.train->count = 0, fold = folded.fold;
    CHECK_EQUAL(als_fold_new(&fold, folded.world.items, folded.world.train, &folded.world.settings),
                STATUS_EMPTY);
    CHECK(fold == NULL);
    als_fold_free(NULL);
    folded_free(&folded);
}

int main(void) {
    RUN(test_train_users);
    RUN(test_shares);
    RUN(test_no_items);
    RUN(test_refresh);
    RUN(test_bad_arguments);
    return check_report();
}

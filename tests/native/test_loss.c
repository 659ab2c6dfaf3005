/* Each loss against its formula in double precision and the formula's central differences, at its extremes, and where
 * it has to show NaN. */
#include "model/loss.h"

#include <float.h>

#include "models.h"

/* The formula itself: log1p and e^-|z| lose nothing in double precision. */
static double twin_loss(double z, double y) {
    double log_sigmoid = -log1p(exp(-fabs(z))) + (z < 0 ? z : 0);
    double log_other = -log1p(exp(-fabs(z))) + (z > 0 ? -z : 0);
    return -(y * log_sigmoid + (1 - y) * log_other);
}

static double twin_gradient(double z, double y) {
    return (z < 0 ? exp(z) / (1 + exp(z)) : 1 / (1 + exp(-z))) - y;
}

static double loss_of_one(float z, float y, float *gradient) {
    *gradient = NAN;
    return loss_log(gradient, &z, &y, 1);
}

/* Arrays of exactly B elements; the loss of a batch is the sum of its samples' to the bit, gradients are divided by B. */
static void check_batch(uint32_t B, float spread, struct rng *rng) {
    float *logits = models_floats(B), *labels = models_floats(B), *d_logits = models_floats(B);
    double sum = 0;
    for (uint32_t b = 0; b < B; b++) {
        logits[b] = spread * (2.0F * rng_uniform(rng) - 1.0F);
        labels[b] = rng_below(rng, 2) == 0 ? 0.0F : 1.0F;
    }
    double loss = loss_log(d_logits, logits, labels, B);
    for (uint32_t b = 0; b < B; b++) {
        float gradient;
        double z = (double)logits[b], y = (double)labels[b],
               one = loss_of_one(logits[b], labels[b], &gradient);
        sum += one;
        /* a sum of two floats as large as z cannot be nearer than half a unit in its last place */
        CHECK_NEAR(one, twin_loss(z, y), 2e-7 * (1 + fabs(z)));
        CHECK_NEAR(d_logits[b], twin_gradient(z, y) / B, 2e-7 / B);
        CHECK_EQUAL(check_float_bits(d_logits[b]), check_float_bits(gradient / (float)B));
    }
    CHECK(loss == sum);
    loss_log_each(d_logits, logits, labels, B);
    loss_log_each(logits, logits, labels, B); /* in place */
    for (uint32_t b = 0; b < B; b++) {
        CHECK_EQUAL(check_float_bits(logits[b]), check_float_bits(d_logits[b]));
        sum -= (double)logits[b];
    }
    CHECK_NEAR(sum, 0, 1e-9 * loss);
    free(logits);
    free(labels);
    free(d_logits);
}

static void test_every_size(void) {
    struct rng rng = {1};
    for (uint32_t B = 1; B <= 33; B++) check_batch(B, 5, &rng);
    check_batch(256, 1, &rng);
    check_batch(1001, 30, &rng);
    check_batch(1001, 0.01F, &rng);
}

static void test_extremes(void) {
    static const float logits[] = {0, 1e-30F, 15, 50, 80, 100, 1000, 1e30F, FLT_MAX};
    for (uint32_t i = 0; i < sizeof logits / sizeof *logits; i++) {
        for (uint32_t sign = 0; sign < 2; sign++) {
            for (uint32_t label = 0; label < 2; label++) {
                float z = sign == 0 ? logits[i] : -logits[i], y = (float)label, gradient;
                double loss = loss_of_one(z, y, &gradient);
                CHECK(loss >= 0);
                CHECK_NEAR(loss, twin_loss((double)z, (double)y), 2e-7 * (1 + fabs((double)z)));
                CHECK_NEAR(gradient, twin_gradient((double)z, (double)y), 2e-7);
            }
        }
    }
}

/* A sample that is far off keeps its whole gradient, one that is far right loses it and its loss. */
static void test_far_off_and_far_right(void) {
    float gradient;
    CHECK_NEAR(loss_of_one(100, 0, &gradient), 100, 0);
    CHECK_NEAR(gradient, 1, 0);
    CHECK_NEAR(loss_of_one(-100, 1, &gradient), 100, 0);
    CHECK_NEAR(gradient, -1, 0);
    CHECK_NEAR(loss_of_one(100, 1, &gradient), 0, 1e-37);
    CHECK_NEAR(gradient, 0, 1e-37);
    CHECK_NEAR(loss_of_one(-100, 0, &gradient), 0, 1e-37);
    CHECK_NEAR(gradient, 0, 1e-37);
}

static void test_nan_and_infinity_show(void) {
    static const float wrong[] = {NAN, INFINITY, -INFINITY};
    for (uint32_t w = 0; w < 3; w++) {
        for (uint32_t B = 1; B <= 9; B++) {
            for (uint32_t at = 0; at < B; at++) {
                float logits[9] = {0}, labels[9] = {0}, d_logits[9] = {0};
                logits[at] = wrong[w];
                labels[at] = wrong[w] > 0 ? 0.0F : 1.0F;
                CHECK(!isfinite(loss_log(d_logits, logits, labels, B)));
                for (uint32_t b = 0; b < B; b++)
                    if (w == 0) CHECK(isnan(d_logits[b]) == (b == at));
            }
        }
    }
}

/* Squared losses, weighted and not, of any labels. */
static double twin_squared(double z, double y, double negative_weight) {
    return (y == 0 ? negative_weight : 1) * (y - z) * (y - z);
}

static void check_squared(uint32_t B, float spread, float negative_weight, bool ratings, struct rng *rng) {
    float *z = models_floats(B), *y = models_floats(B), *d = models_floats(B), one;
    double sum = 0, by = 1e-4;
    for (uint32_t b = 0; b < B; b++) {
        z[b] = spread * (2.0F * rng_uniform(rng) - 1.0F);
        y[b] = ratings ? 0.5F * (float)rng_below(rng, 11) : (float)rng_below(rng, 2);
    }
    double loss = ratings ? loss_squared(d, z, y, B) : loss_weighted_squared(d, z, y, negative_weight, B);
    for (uint32_t b = 0; b < B; b++) {
        double at = (double)z[b], label = (double)y[b], weight = ratings ? 1 : (double)negative_weight;
        double slope =
            (twin_squared(at + by, label, weight) - twin_squared(at - by, label, weight)) / (2 * by);
        double expected = twin_squared(at, label, weight);
        double got = ratings ? loss_squared(&one, z + b, y + b, 1)
                             : loss_weighted_squared(&one, z + b, y + b, negative_weight, 1);
        CHECK_NEAR(got, expected, 1e-6 * expected + 1e-30);
        CHECK_NEAR(d[b], slope / B, 1e-6 * fabs(slope / B) + 1e-9 / B);
        CHECK_EQUAL(check_float_bits(d[b]), check_float_bits(one / (float)B));
        sum += got;
    }
    CHECK(loss == sum && (B == 1 || loss > 0));
    free(z);
    free(y);
    free(d);
}

static void test_squared(void) {
    static const float weights[] = {1, 0.3F, 0.001F, 4};
    struct rng rng = {2};
    for (uint32_t w = 0; w < 4; w++) {
        for (uint32_t B = 1; B <= 33; B++) check_squared(B, 2, weights[w], false, &rng);
        check_squared(1001, 30, weights[w], false, &rng);
    }
    for (uint32_t B = 1; B <= 33; B++) check_squared(B, 5, 1, true, &rng);
    check_squared(1001, 30, 1, true, &rng);
}

/* A rating of 0 is a label like another to the plain loss, and a negative to the weighted one. */
static void test_weights_are_of_negatives(void) {
    const float z[3] = {3, 3, 3}, y[3] = {0, 1, -2};
    float d[3];
    CHECK_NEAR(loss_squared(d, z, y, 3), 9 + 4 + 25, 0);
    CHECK_NEAR(d[0], 2, 0);
    CHECK_NEAR(loss_weighted_squared(d, z, y, 0.25F, 3), 9 * 0.25 + 4 + 25, 0);
    CHECK_NEAR(d[0], 0.5, 0);
    CHECK_NEAR(loss_weighted_squared(d, z, y, 1, 3), loss_squared(d, z, y, 3), 0);
}

/* Of pairs: the loss of a batch is twice the sum of its pairs', and the gradient that of their mean. */
static double twin_bpr(double i, double j) { return log1p(exp(-fabs(i - j))) + (i < j ? j - i : 0); }

static void check_bpr(uint32_t B, float spread, struct rng *rng) {
    float *z = models_floats(B), *d = models_floats(B), one[2];
    double sum = 0, by = 1e-4;
    for (uint32_t b = 0; b < B; b++) z[b] = spread * (2.0F * rng_uniform(rng) - 1.0F);
    double loss = loss_bpr(d, z, B);
    for (uint32_t b = 0; b < B; b += 2) {
        double i = (double)z[b], j = (double)z[b + 1], pairs = B / 2, got = loss_bpr(one, z + b, 2);
        double slope = (twin_bpr(i + by, j) - twin_bpr(i - by, j)) / (2 * by);
        CHECK_NEAR(got, 2 * twin_bpr(i, j), 4e-7 * (1 + fabs(i) + fabs(j)));
        CHECK_NEAR(d[b], slope / pairs, 1e-6 / pairs);
        CHECK_NEAR(d[b], -twin_gradient(j - i, 0) / pairs, 4e-7 * (1 + (double)spread) / pairs);
        CHECK_EQUAL(check_float_bits(d[b]), check_float_bits(-d[b + 1]));
        CHECK_EQUAL(check_float_bits(d[b]), check_float_bits(one[0] / (float)(B / 2)));
        sum += got / 2;
    }
    CHECK(loss == 2 * sum && loss > 0);
    free(z);
    free(d);
}

static void test_bpr(void) {
    struct rng rng = {3};
    for (uint32_t B = 2; B <= 66; B += 2) check_bpr(B, 4, &rng);
    check_bpr(256, 1, &rng);
    check_bpr(1002, 30, &rng);
    check_bpr(1002, 0.01F, &rng);
}

/* A pair the wrong way round keeps its whole gradient, one the right way loses it and its loss. */
static void test_bpr_far_off_and_far_right(void) {
    static const float sizes[] = {50, 100, 1e10F, FLT_MAX / 2};
    for (uint32_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        float wrong[2] = {-sizes[s], sizes[s]}, right[2] = {sizes[s], -sizes[s]}, d[2];
        CHECK_NEAR(loss_bpr(d, wrong, 2), 4 * (double)sizes[s], 1e-7 * (double)sizes[s]);
        CHECK(d[0] == -1 && d[1] == 1);
        CHECK_NEAR(loss_bpr(d, right, 2), 0, 1e-37);
        CHECK_NEAR(d[0], 0, 1e-37);
    }
}

static void test_nan_and_infinity_show_everywhere(void) {
    static const float wrong[] = {NAN, INFINITY, -INFINITY};
    for (uint32_t w = 0; w < 3; w++) {
        for (uint32_t B = 2; B <= 18; B += 2) {
            for (uint32_t at = 0; at < B; at++) {
                float logits[18] = {0}, labels[18] = {0}, d[18] = {0};
                logits[at] = wrong[w];
                CHECK(!isfinite(loss_bpr(d, logits, B)));
                for (uint32_t b = 0; b < B && w == 0; b++) CHECK(isnan(d[b]) == (b / 2 == at / 2));
                CHECK(!isfinite(loss_squared(d, logits, labels, B)));
                CHECK(!isfinite(loss_weighted_squared(d, logits, labels, 0.5F, B)));
                for (uint32_t b = 0; b < B; b++) CHECK(isfinite(d[b]) == (b != at));
            }
        }
    }
}

int main(void) {
    RUN(test_every_size);
    RUN(test_extremes);
    RUN(test_far_off_and_far_right);
    RUN(test_nan_and_infinity_show);
    RUN(test_squared);
    RUN(test_weights_are_of_negatives);
    RUN(test_bpr);
    RUN(test_bpr_far_off_and_far_right);
    RUN(test_nan_and_infinity_show_everywhere);
    return check_report();
}

/* The log loss against the formula in double precision, at its extremes, and where it has to show NaN. */
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

int main(void) {
    RUN(test_every_size);
    RUN(test_extremes);
    RUN(test_far_off_and_far_right);
    RUN(test_nan_and_infinity_show);
    return check_report();
}

/* Maps against principal axes found another way (power iteration and deflation), turned against a search over all angles;
 * worlds in which there is little or nothing to see. */
#include "model/map.h"

#include <float.h>
#include <stdlib.h>

#include "models.h"

enum { USERS = 9, ITEMS = 240 };

static struct map *mapped(const struct model *model) {
    struct map *map = NULL;
    CHECK_EQUAL(map_new(&map, model), STATUS_OK);
    while (!map_run(map, UINT32_MAX)) {
    }
    return map;
}

/* What the header says that an item's embedding is. */
static void embedding(double *x, const struct model *model, const double *twin, uint32_t item) {
    const float *gmf = model_values(model, MODEL_GMF_ITEM);
    uint32_t F = model->factors;
    for (uint32_t f = 0; f < F; f++) x[f] = (double)gmf[(size_t)item * F + f];
    if ((model->settings.parts & MODEL_MLP) != 0 && !model->settings.shared)
        models_input(x + F, model, twin, TENSOR_ITEM, item);
}

/* The direction along which the centred rows x[n, W] differ most, and their variance on it, which is taken off them. */
static double deflate(double *x, uint32_t n, uint32_t W, double *direction) {
    double variance = 0;
    for (uint32_t c = 0; c < W; c++) direction[c] = 1.0 / (c + 1);
    for (uint32_t turn = 0; turn < 3000; turn++) {
        double next[128] = {0}, length = 0;
        for (uint32_t i = 0; i < n; i++) {
            double along = 0;
            for (uint32_t c = 0; c < W; c++) along += x[i * W + c] * direction[c];
            for (uint32_t c = 0; c < W; c++) next[c] += along * x[i * W + c];
        }
        for (uint32_t c = 0; c < W; c++) length += next[c] * next[c];
        if (length == 0) return 0;
        variance = sqrt(length) / n;
        for (uint32_t c = 0; c < W; c++) direction[c] = next[c] / sqrt(length);
    }
    for (uint32_t i = 0; i < n; i++) {
        double along = 0;
        for (uint32_t c = 0; c < W; c++) along += x[i * W + c] * direction[c];
        for (uint32_t c = 0; c < W; c++) x[i * W + c] -= along * direction[c];
    }
    return variance;
}

/* places[n, 2] and shares[2] of rows x[n, W], which are spoilt. */
static void reference(double *places, double *shares, double *x, uint32_t n, uint32_t W) {
    double *rows = malloc((size_t)n * W * sizeof *rows), all = 0;
    for (uint32_t c = 0; c < W; c++) {
        double mean = 0;
        for (uint32_t i = 0; i < n; i++) mean += x[i * W + c] / n;
        for (uint32_t i = 0; i < n; i++) x[i * W + c] -= mean, all += x[i * W + c] * x[i * W + c] / n;
    }
    memcpy(rows, x, (size_t)n * W * sizeof *rows);
    for (uint32_t d = 0; d < 2; d++) {
        double direction[128], furthest = 0;
        shares[d] = deflate(x, n, W, direction) / all;
        for (uint32_t i = 0; i < n; i++) {
            double along = 0;
            for (uint32_t c = 0; c < W; c++) along += rows[i * W + c] * direction[c];
            if (fabs(along) > fabs(furthest)) furthest = along;
            places[2 * i + d] = along;
        }
        for (uint32_t i = 0; i < n; i++) places[2 * i + d] *= furthest < 0 ? -1 : 1;
    }
    free(rows);
}

/* Makes the columns of every table of items differ in size, so that the axes are apart. */
static void spread(struct model *model) {
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        bool features = t == MODEL_ITEM_FEATURES && tensor->rows > 0;
        if (tensor->axis != TENSOR_ITEM && !features) continue;
        for (uint32_t i = 0; i < tensor->rows * tensor->columns; i++)
            model->values[tensor->offset + i] *= 1.0F / (float)(1 + (i + t) % tensor->columns % 7);
    }
}

static void check_kind(const struct models_kind *kind) {
    struct model *model = models_new(&kind->settings, USERS, ITEMS, 3);
    struct map *map = NULL;
    enum status status = map_new(&map, model);
    bool has = (kind->settings.parts & (MODEL_GMF | MODEL_MLP)) != 0;
    CHECK_EQUAL(status, has ? STATUS_OK : STATUS_ARGUMENT);
    CHECK((map != NULL) == has);
    map_free(map);
    if (has) {
        spread(model);
        map = mapped(model);
        uint32_t W = map->width;
        double *twin = models_twin(model), *x = malloc((size_t)ITEMS * W * sizeof *x);
        double places[2 * ITEMS], shares[2], worst = 0;
        for (uint32_t i = 0; i < ITEMS; i++) embedding(x + (size_t)i * W, model, twin, i);
        if (W > 2) {
            reference(places, shares, x, ITEMS, W);
            for (uint32_t i = 0; i < 2 * ITEMS; i++)
                worst = fmax(worst, fabs(places[i] - (double)map->places[i]));
            CHECK_OR_RETURN(worst < 1e-4, "%s: %g", kind->name, worst);
            for (uint32_t d = 0; d < 2; d++) CHECK_NEAR(map->explained[d], shares[d], 1e-6);
        }
        free(twin);
        free(x);
        map_free(map);
    }
    model_free(model);
}

static void test_every_kind(void) {
    for (uint32_t k = 0; k < MODELS_ALL_KINDS; k++) check_kind(models_kinds + k);
}

static void test_items_and_neighbours_have_none(void) {
    const struct model_settings settings[] = {{.parts = MODEL_ITEMS},
                                              {.parts = MODEL_NEIGHBOURS, .neighbours = 2}};
    for (uint32_t k = 0; k < 2; k++) {
        struct model *model;
        struct map *map = (struct map *)&model;
        CHECK_EQUAL(model_new(&model, settings + k, USERS, 5), STATUS_OK);
        CHECK_EQUAL(map_new(&map, model), STATUS_ARGUMENT);
        CHECK(map == NULL);
        model_free(model);
    }
    map_free(NULL);
}

static struct model *gmf(uint32_t factors, uint32_t items, uint64_t seed) {
    const struct model_settings settings = {.parts = MODEL_GMF, .factors = factors};
    return models_new(&settings, USERS, items, seed);
}

/* Two columns are the map, to the bit, whatever was before; one is the first coordinate. */
static void test_narrow_embeddings_are_the_places(void) {
    for (uint32_t F = 1; F <= 2; F++) {
        struct model *model = gmf(F, ITEMS, 5);
        struct map *map = mapped(model);
        for (uint32_t turn = 0; turn < 2; turn++) {
            const float *q = model_values(model, MODEL_GMF_ITEM);
            for (uint32_t i = 0; i < ITEMS; i++) {
                CHECK_EQUAL(check_float_bits(map->places[2 * i]), check_float_bits(q[i * F]));
                CHECK(map->places[2 * i + 1] == (F == 2 ? q[i * F + 1] : 0.0F));
            }
            CHECK_NEAR(map->explained[0] + map->explained[1], 1, 1e-12);
            models_draw(model, 6);
            map_take(map, model);
            CHECK(map_run(map, UINT32_MAX));
        }
        map_free(map);
        model_free(model);
    }
}

static double distance(const float *places, const float *before, uint32_t n, double angle, double mirror) {
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        double x = (double)places[2 * i], y = mirror * (double)places[2 * i + 1];
        double right = cos(angle) * x - sin(angle) * y - (double)before[2 * i];
        double up = sin(angle) * x + cos(angle) * y - (double)before[2 * i + 1];
        sum += right * right + up * up;
    }
    return sum;
}

/* The shares are those of the coordinates as they are now, turned or not. */
static void check_shares(const struct map *map) {
    double all = 0;
    for (uint32_t i = 0; i < map->items; i++)
        for (uint32_t c = 0; c < map->width; c++) {
            double x = (double)map->x[i * map->width + c] - map->mean[c];
            all += x * x;
        }
    for (uint32_t d = 0; d < 2; d++) {
        double own = 0;
        for (uint32_t i = 0; i < map->items; i++)
            own += (double)map->places[2 * i + d] * (double)map->places[2 * i + d];
        CHECK_NEAR(map->explained[d], own / all, 1e-6);
    }
}

/* No other way of turning or mirroring brings the places nearer to those before; and turning keeps distances. */
static void test_alignment_is_the_best(void) {
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct model *model = gmf(6, 60, seed);
        struct map *map = mapped(model);
        float before[120];
        memcpy(before, map->places, sizeof before);
        float *q = model_values(model, MODEL_GMF_ITEM);
        /* another order of the columns, other sizes and signs */
        for (uint32_t i = 0; i < 60; i++)
            for (uint32_t f = 0; f < 3; f++) {
                float kept = q[6 * i + f];
                q[6 * i + f] = -1.5F * q[6 * i + 5 - f];
                q[6 * i + 5 - f] = kept * (seed % 2 == 0 ? 0.5F : 1.2F);
            }
        struct map *fresh = mapped(model);
        map_take(map, model);
        CHECK(map_run(map, UINT32_MAX));
        double reached = distance(map->places, before, 60, 0, 1), best = (double)INFINITY;
        for (uint32_t step = 0; step < 3600; step++)
            for (int mirror = -1; mirror <= 1; mirror += 2)
                best =
                    fmin(best, distance(fresh->places, before, 60, step * 3.14159265358979 / 1800, mirror));
        CHECK_OR_RETURN(reached <= best * (1 + 1e-6) && reached > best * 0.999, "%g, not %g", reached, best);
        for (uint32_t i = 0; i < 60; i++) {
            double x = (double)map->places[2 * i], y = (double)map->places[2 * i + 1];
            double x0 = (double)fresh->places[2 * i], y0 = (double)fresh->places[2 * i + 1];
            CHECK_NEAR(x * x + y * y, x0 * x0 + y0 * y0, 1e-5);
        }
        check_shares(map);
        map_free(fresh);
        map_free(map);
        model_free(model);
    }
}

/* Small changes move places by little, though the signs and the order of the axes are free. */
static void test_small_changes_move_little(void) {
    struct model *model = gmf(8, ITEMS, 2);
    struct map *map = mapped(model);
    struct rng rng = {9};
    float *q = model_values(model, MODEL_GMF_ITEM);
    for (uint32_t i = 0; i < ITEMS; i++) q[8 * i] *= 3.0F, q[8 * i + 1] *= 2.9F;
    map_take(map, model);
    map_run(map, UINT32_MAX);
    for (uint32_t turn = 0; turn < 20; turn++) {
        /* the second axis becomes the first */
        for (uint32_t i = 0; i < ITEMS; i++) q[8 * i + 1] *= 1.01F;
        for (uint32_t i = 0; i < 8 * ITEMS; i++) q[i] += 0.002F * (rng_uniform(&rng) - 0.5F);
        map_take(map, model);
        CHECK(map_run(map, UINT32_MAX));
        for (uint32_t i = 0; i < 2 * ITEMS; i++) CHECK_NEAR(map->places[i], map->before[i], 0.25);
    }
    map_free(map);
    model_free(model);
}

/* In steps of any number the same bits, and the same again from the same weights. */
static void test_slices(void) {
    struct model *model = models_new(&models_kinds[MODELS_KINDS - 1].settings, USERS, ITEMS, 4);
    struct map *map = mapped(model), *other;
    CHECK_EQUAL(map_new(&other, model), STATUS_OK);
    uint32_t calls = 1;
    for (; !map_run(other, 3); calls++) CHECK(other->stage != MAP_DONE);
    CHECK(calls > ITEMS / 3);
    CHECK_EQUAL(memcmp(map->places, other->places, 2 * ITEMS * sizeof(float)), 0);
    /* taken anew half way: what is aligned to is the last map that was done */
    models_draw(model, 5);
    map_take(map, model);
    map_run(map, ITEMS + 3);
    CHECK(map->stage == MAP_AXES);
    map_take(map, model);
    map_take(other, model);
    CHECK(map_run(map, UINT32_MAX) && map_run(other, UINT32_MAX));
    CHECK_EQUAL(memcmp(map->places, other->places, 2 * ITEMS * sizeof(float)), 0);
    map_free(map), map_free(other);
    model_free(model);
}

/* All equal, one item, two items, all on a line, numbers that are none. */
static void test_little_to_see(void) {
    static const uint32_t counts[] = {1, 2, ITEMS};
    for (uint32_t n = 0; n < 3; n++) {
        struct model *model = gmf(5, counts[n], 8);
        float *q = model_values(model, MODEL_GMF_ITEM);
        struct map *map = mapped(model);
        for (uint32_t i = 0; i < 2 * counts[n]; i++) CHECK(isfinite(map->places[i]));
        CHECK_NEAR(map->explained[0], n == 0 ? 0 : 1, n == 2 ? 1 : 1e-9);
        for (uint32_t i = 0; i < 5 * counts[n]; i++) q[i] = 0.75F;
        for (uint32_t turn = 0; turn < 2; turn++) {
            map_take(map, model);
            CHECK(map_run(map, UINT32_MAX));
            for (uint32_t i = 0; i < 2 * counts[n]; i++) CHECK(map->places[i] == 0.0F);
            CHECK(map->explained[0] == 0 && map->explained[1] == 0);
        }
        for (uint32_t i = 0; i < 5 * counts[n]; i++) q[i] = (float)(i / 5);
        map_take(map, model);
        CHECK(map_run(map, UINT32_MAX));
        for (uint32_t i = 0; i < counts[n]; i++) {
            CHECK_NEAR(fabs((double)map->places[2 * i]), sqrt(5) * fabs(i - (counts[n] - 1) / 2.0),
                       1e-4 * counts[n]);
            CHECK_NEAR(map->places[2 * i + 1], 0, 1e-4);
        }
        q[3] = NAN;
        map_take(map, model);
        CHECK(map_run(map, UINT32_MAX));
        map_free(map);
        model_free(model);
    }
}

static void test_neighbours(void) {
    struct model *model = models_new(&models_kinds[13].settings, USERS, ITEMS, 4);
    struct map *map;
    float *q = model_values(model, MODEL_GMF_ITEM), *t = model_values(model, MODEL_MLP_ITEM);
    uint32_t F = model->factors, D = model->embedding_width, items[ITEMS];
    float cosine[ITEMS];
    /* one that is all zeros, and a copy of another */
    memset(q + (size_t)7 * F, 0, F * sizeof *q), memset(t + (size_t)7 * D, 0, D * sizeof *t);
    memcpy(q + (size_t)9 * F, q + (size_t)3 * F, F * sizeof *q);
    memcpy(t + (size_t)9 * D, t + (size_t)3 * D, D * sizeof *t);
    CHECK_EQUAL(map_new(&map, model), STATUS_OK);
    CHECK_EQUAL(map->width, F + D);
    CHECK_EQUAL(map_neighbours(map, items, cosine, 3, 0), 0);
    CHECK_EQUAL(map_neighbours(map, items, cosine, 7, 5), 0);
    CHECK_EQUAL(map_neighbours(map, items, cosine, 3, 1), 1);
    CHECK_EQUAL(items[0], 9);
    CHECK_NEAR(cosine[0], 1, 1e-6);
    CHECK_EQUAL(map_neighbours(map, items, cosine, 3, ITEMS), ITEMS - 2);
    for (uint32_t n = 0; n < ITEMS - 2; n++) {
        double dot = 0, own = 0, other = 0;
        for (uint32_t c = 0; c < F + D; c++) {
            double x = (double)map->x[3 * (F + D) + c], y = (double)map->x[items[n] * (F + D) + c];
            dot += x * y, own += x * x, other += y * y;
        }
        CHECK_NEAR(cosine[n], dot / sqrt(own * other), 1e-5);
        CHECK(items[n] != 3 && items[n] != 7);
        CHECK(n == 0 || cosine[n] <= cosine[n - 1]);
    }
    map_free(map);
    model_free(model);
}

int main(void) {
    RUN(test_every_kind);
    RUN(test_items_and_neighbours_have_none);
    RUN(test_narrow_embeddings_are_the_places);
    RUN(test_alignment_is_the_best);
    RUN(test_small_changes_move_little);
    RUN(test_slices);
    RUN(test_little_to_see);
    RUN(test_neighbours);
    return check_report();
}

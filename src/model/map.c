#include "model/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/kernels.h"
#include "base/memory.h"

#define MAX_SWEEPS 30 /* far more than any matrix takes: one that isn't finite must come to an end too */

static struct map *lay_out(struct arena *arena, struct map *map) {
    struct map *self = arena_take(arena, 1, sizeof *self);
    uint64_t I = map->items, W = map->width;
    map->x = arena_take(arena, I * W, sizeof(float));
    map->mean = arena_take(arena, W, sizeof(double));
    map->centred = arena_take(arena, W, sizeof(double));
    map->covariance = arena_take(arena, W * W, sizeof(double));
    map->axes = arena_take(arena, W * W, sizeof(double));
    map->places = arena_take(arena, 2 * I, sizeof(float));
    map->before = arena_take(arena, 2 * I, sizeof(float));
    return self;
}

/* What the MLP part has of items besides the GMF part's embeddings. */
static uint32_t mlp_width(const struct model *model) {
    return model->settings.shared ? 0 : model->embedding_width;
}

enum status map_new(struct map **out, const struct model *model) {
    *out = NULL;
    struct map description = {.items = model->items, .width = model->factors + mlp_width(model)};
    if (description.width == 0) return STATUS_ARGUMENT;
    struct arena arena = {0};
    lay_out(&arena, &description);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct map *map = lay_out(&arena, &description);
    *map = description;
    map_take(map, model);
    *out = map;
    return STATUS_OK;
}

void map_free(struct map *map) { free(map); }

static void take_mean(struct map *map) {
    uint32_t W = map->width;
    memset(map->mean, 0, W * sizeof *map->mean);
    for (uint32_t item = 0; item < map->items; item++)
        for (uint32_t c = 0; c < W; c++) map->mean[c] += (double)map->x[(size_t)item * W + c];
    for (uint32_t c = 0; c < W; c++) map->mean[c] /= map->items;
}

void map_take(struct map *map, const struct model *model) {
    const struct model_features *features = model->settings.features + TENSOR_ITEM;
    const float *gmf = model_values(model, MODEL_GMF_ITEM);
    uint32_t F = model->factors, W = map->width;
    memcpy(map->before, map->places, (size_t)map->items * 2 * sizeof *map->before);
    for (uint32_t item = 0; item < map->items; item++) {
        float *x = map->x + (size_t)item * W;
        uint32_t from = features->count > 0 ? features->start[item] : 0;
        uint32_t end = features->count > 0 ? features->start[item + 1] : 0;
        if (F > 0) memcpy(x, gmf + (size_t)item * F, F * sizeof *x);
        if (W > F)
            model_mlp_input(model, x + F, TENSOR_ITEM, item, end > from ? features->index + from : NULL,
                            end - from);
    }
    take_mean(map);
    memset(map->covariance, 0, (size_t)W * W * sizeof *map->covariance);
    memset(map->axes, 0, (size_t)W * W * sizeof *map->axes);
    for (uint32_t c = 0; c < W; c++) map->axes[(size_t)c * W + c] = 1.0;
    map->stage = MAP_COVARIANCE;
    map->row = map->sweep = 0;
}

/* Adds an item to the upper triangle. */
static void add_item(struct map *map, uint32_t item) {
    uint32_t W = map->width;
    const float *x = map->x + (size_t)item * W;
    for (uint32_t c = 0; c < W; c++) map->centred[c] = (double)x[c] - map->mean[c];
    for (uint32_t r = 0; r < W; r++) {
        double *row = map->covariance + (size_t)r * W, of_row = map->centred[r];
        for (uint32_t c = r; c < W; c++) row[c] += of_row * map->centred[c];
    }
}

/* Both triangles from here on. */
static void mirror(struct map *map) {
    uint32_t W = map->width;
    for (uint32_t r = 0; r < W; r++)
        for (uint32_t c = 0; c < r; c++)
            map->covariance[(size_t)r * W + c] = map->covariance[(size_t)c * W + r];
}

/* x, y = c x - s y, s x + c y: rows, or columns with the step of a row. */
static void rotate(double *x, double *y, uint32_t n, size_t step, double c, double s) {
    for (size_t i = 0; i < n * step; i += step) {
        double kept = x[i];
        x[i] = c * kept - s * y[i];
        y[i] = s * kept + c * y[i];
    }
}

/* The rotation that makes element p, q zero (Golub and Van Loan, algorithm 8.5.1). */
static void annihilate(struct map *map, uint32_t p, uint32_t q) {
    uint32_t W = map->width;
    double *a = map->covariance, *row_p = a + (size_t)p * W, *row_q = a + (size_t)q * W;
    double off = row_p[q];
    /* what is too small to change the diagonal counts as zero, so that sweeps come to an end */
    if (fabs(row_p[p]) + fabs(off) == fabs(row_p[p]) && fabs(row_q[q]) + fabs(off) == fabs(row_q[q])) {
        row_p[q] = row_q[p] = 0.0;
        return;
    }
    double tau = (row_q[q] - row_p[p]) / (2.0 * off);
    double t = (tau < 0.0 ? -1.0 : 1.0) / (fabs(tau) + sqrt(1.0 + tau * tau));
    double c = 1.0 / sqrt(1.0 + t * t), s = t * c;
    rotate(row_p, row_q, W, 1, c, s);
    rotate(a + p, a + q, W, W, c, s);
    rotate(map->axes + (size_t)p * W, map->axes + (size_t)q * W, W, 1, c, s);
    row_p[q] = row_q[p] = 0.0;
}

static bool is_diagonal(const struct map *map) {
    uint32_t W = map->width;
    for (uint32_t r = 0; r < W; r++)
        for (uint32_t c = r + 1; c < W; c++)
            if (map->covariance[(size_t)r * W + c] != 0.0) return false;
    return true;
}

static double eigenvalue(const struct map *map, uint32_t axis) {
    return map->covariance[(size_t)axis * map->width + axis];
}

/* The axis of the largest eigenvalue but `other`; the first of equal ones. */
static uint32_t largest_axis(const struct map *map, uint32_t other) {
    uint32_t best = other == 0 ? 1 : 0;
    for (uint32_t axis = best + 1; axis < map->width; axis++)
        if (axis != other && eigenvalue(map, axis) > eigenvalue(map, best)) best = axis;
    return best;
}

static void explain(struct map *map, uint32_t first, uint32_t second) {
    const uint32_t axes[] = {first, second};
    double all = 0.0;
    for (uint32_t axis = 0; axis < map->width; axis++) all += eigenvalue(map, axis);
    for (uint32_t d = 0; d < 2; d++)
        map->explained[d] = all > 0.0 && axes[d] < map->width ? eigenvalue(map, axes[d]) / all : 0.0;
}

/* Coordinate d of all items, with the item furthest out on the positive side. */
static void project(struct map *map, uint32_t axis, uint32_t d) {
    uint32_t W = map->width;
    const double *direction = map->axes + (size_t)axis * W;
    float furthest = 0.0F;
    for (uint32_t item = 0; item < map->items; item++) {
        double sum = 0.0;
        for (uint32_t c = 0; c < W; c++)
            sum += ((double)map->x[(size_t)item * W + c] - map->mean[c]) * direction[c];
        float place = map->places[2 * (size_t)item + d] = (float)sum;
        if (fabsf(place) > fabsf(furthest)) furthest = place;
    }
    if (furthest < 0.0F)
        for (uint32_t item = 0; item < map->items; item++)
            map->places[2 * (size_t)item + d] = -map->places[2 * (size_t)item + d];
}

/* Turns the places by the orthogonal matrix R for which Σ ‖R place - before‖² is smallest. Of M = Σ before placeᵀ a rotation
 * reaches the trace √((M00 + M11)² + (M10 - M01)²), a reflection √((M00 - M11)² + (M10 + M01)²): the larger is right. Before
 * the first map all places are zero, and nothing is turned. */
static void align(struct map *map) {
    double m[2][2] = {{0}};
    for (size_t i = 0; i < 2 * (size_t)map->items; i += 2)
        for (uint32_t r = 0; r < 2; r++)
            for (uint32_t c = 0; c < 2; c++)
                m[r][c] += (double)map->before[i + r] * (double)map->places[i + c];
    double same = m[0][0] + m[1][1], turned = m[1][0] - m[0][1];
    double flipped = m[0][0] - m[1][1], crossed = m[1][0] + m[0][1];
    double rotation = sqrt(same * same + turned * turned);
    double reflection = sqrt(flipped * flipped + crossed * crossed);
    bool mirrored = reflection > rotation;
    double length = mirrored ? reflection : rotation;
    if (!(length > 0.0)) return;
    double c = (mirrored ? flipped : same) / length, s = (mirrored ? crossed : turned) / length;
    double first = map->explained[0], second = map->explained[1];
    map->explained[0] = c * c * first + s * s * second;
    map->explained[1] = s * s * first + c * c * second;
    for (size_t i = 0; i < 2 * (size_t)map->items; i += 2) {
        double x = (double)map->places[i], y = (double)map->places[i + 1];
        map->places[i] = (float)(mirrored ? c * x + s * y : c * x - s * y);
        map->places[i + 1] = (float)(mirrored ? s * x - c * y : s * x + c * y);
    }
}

/* Two numbers an item, or one beside a zero: as they are. */
static void place_as_they_are(struct map *map) {
    uint32_t W = map->width;
    for (size_t item = 0; item < map->items; item++)
        for (uint32_t d = 0; d < 2; d++) map->places[2 * item + d] = d < W ? map->x[item * W + d] : 0.0F;
    explain(map, 0, 1);
}

static void place_on_axes(struct map *map) {
    uint32_t first = largest_axis(map, UINT32_MAX), second = largest_axis(map, first);
    project(map, first, 0);
    project(map, second, 1);
    explain(map, first, second);
    align(map);
}

/* A step is an item of the covariance, or a row of a sweep over it. */
static void step(struct map *map) {
    uint32_t W = map->width;
    if (map->stage == MAP_COVARIANCE) {
        add_item(map, map->row);
        if (++map->row < map->items) return;
        mirror(map);
        map->row = 0;
        map->stage = W <= 2 ? MAP_DONE : MAP_AXES;
        if (W <= 2) place_as_they_are(map);
        return;
    }
    for (uint32_t q = map->row + 1; q < W; q++) annihilate(map, map->row, q);
    if (++map->row + 1 < W) return;
    map->row = 0;
    if (++map->sweep < MAX_SWEEPS && !is_diagonal(map)) return;
    place_on_axes(map);
    map->stage = MAP_DONE;
}

bool map_run(struct map *map, uint32_t limit) {
    for (uint32_t n = 0; n < limit && map->stage != MAP_DONE; n++) step(map);
    return map->stage == MAP_DONE;
}

uint32_t map_neighbours(const struct map *map, uint32_t *items, float *cosine, uint32_t item, uint32_t k) {
    uint32_t W = map->width, count = 0;
    const float *own = map->x + (size_t)item * W;
    float own_length = sqrtf(kernel_dot(own, own, W));
    for (uint32_t other = 0; other < map->items; other++) {
        const float *x = map->x + (size_t)other * W;
        float lengths = own_length * sqrtf(kernel_dot(x, x, W)), near = kernel_dot(own, x, W) / lengths;
        if (other == item || !(lengths > 0.0F) || k == 0 || (count == k && !(near > cosine[k - 1]))) continue;
        uint32_t at = count < k ? count++ : k - 1;
        for (; at > 0 && near > cosine[at - 1]; at--) items[at] = items[at - 1], cosine[at] = cosine[at - 1];
        items[at] = other, cosine[at] = near;
    }
    return count;
}

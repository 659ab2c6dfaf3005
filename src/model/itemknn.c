#include "model/itemknn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct itemknn_candidate {
    double similarity;
    uint32_t item;
};

static struct itemknn *lay_out(struct arena *arena, struct itemknn *arrays) {
    uint64_t items = arrays->items, pairs = items * arrays->k;
    struct itemknn *itemknn = arena_take(arena, 1, sizeof *itemknn);
    arrays->neighbour = arena_take(arena, pairs, sizeof *arrays->neighbour);
    arrays->similarity = arena_take(arena, pairs, sizeof *arrays->similarity);
    arrays->start = arena_take(arena, items + 2, sizeof *arrays->start);
    arrays->owner = arena_take(arena, pairs, sizeof *arrays->owner);
    arrays->weight = arena_take(arena, pairs, sizeof *arrays->weight);
    arrays->counts = arena_take(arena, items, sizeof *arrays->counts);
    arrays->nearest = arena_take(arena, arrays->k, sizeof *arrays->nearest);
    return itemknn;
}

enum status itemknn_new(struct itemknn **out, const struct interactions *train, uint32_t k, float shrinkage) {
    *out = NULL;
    if (train->items == 0 || k == 0 || !(shrinkage >= 0.0F) || shrinkage - shrinkage != 0.0F)
        return STATUS_ARGUMENT;
    struct itemknn arrays = {.items = train->items, .shrinkage = shrinkage};
    arrays.k = k < train->items ? k : train->items - 1;
    struct arena arena = {0};
    lay_out(&arena, &arrays);
    if (arena.used > MEMORY_MAX_BYTES) return STATUS_TOO_LARGE;
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct itemknn *itemknn = lay_out(&arena, &arrays);
    *itemknn = arrays;
    enum status status = cooccurrence_new(&itemknn->cooccurrence, train);
    if (status != STATUS_OK) {
        itemknn_free(itemknn);
        return status;
    }
    *out = itemknn;
    return STATUS_OK;
}

/* Takes item i's neighbours; returns whether they are items. */
static bool take_neighbours(struct itemknn *itemknn, uint32_t i, const float *neighbours,
                            const float *similarities) {
    for (uint32_t n = 0; n < itemknn->k; n++) {
        size_t pair = (size_t)i * itemknn->k + n;
        itemknn->neighbour[pair] = ITEMKNN_NONE;
        if (neighbours[pair] == -1.0F) continue;
        if (!(neighbours[pair] >= 0.0F && neighbours[pair] < (float)itemknn->items)) return false;
        itemknn->neighbour[pair] = (uint32_t)neighbours[pair];
        itemknn->similarity[pair] = similarities[pair];
        itemknn->start[itemknn->neighbour[pair] + 2]++;
    }
    return true;
}

enum status itemknn_of(struct itemknn **out, uint32_t items, uint32_t k, const float *neighbours,
                       const float *similarities) {
    *out = NULL;
    struct itemknn arrays = {.items = items, .k = k};
    struct arena arena = {0};
    lay_out(&arena, &arrays);
    if (arena.used > MEMORY_MAX_BYTES) return STATUS_TOO_LARGE;
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct itemknn *itemknn = lay_out(&arena, &arrays);
    *itemknn = arrays;
    for (; itemknn->row < items; itemknn->row++)
        if (!take_neighbours(itemknn, (uint32_t)itemknn->row, neighbours, similarities)) {
            itemknn_free(itemknn);
            return STATUS_ARGUMENT;
        }
    itemknn_run(itemknn, UINT32_MAX);
    *out = itemknn;
    return STATUS_OK;
}

void itemknn_write(const struct itemknn *itemknn, float *neighbours, float *similarities) {
    for (size_t pair = 0; pair < (size_t)itemknn->items * itemknn->k; pair++) {
        uint32_t neighbour = itemknn->neighbour[pair];
        neighbours[pair] = neighbour == ITEMKNN_NONE ? -1.0F : (float)neighbour;
        similarities[pair] = itemknn->similarity[pair];
    }
}

void itemknn_free(struct itemknn *itemknn) {
    if (itemknn == NULL) return;
    cooccurrence_free(itemknn->cooccurrence);
    free(itemknn);
}

static bool worse(struct itemknn_candidate a, struct itemknn_candidate b) {
    return a.similarity < b.similarity || (a.similarity == b.similarity && a.item > b.item);
}

/* heap[count] has the worst candidate first and none worse than the one above it, but for `added`, which is not yet in
 * its place: it goes down from `at` to where it belongs. */
static void sift_down(struct itemknn_candidate *heap, uint32_t count, uint32_t at,
                      struct itemknn_candidate added) {
    for (uint32_t below; (below = 2 * at + 1) < count; at = below) {
        if (below + 1 < count && worse(heap[below + 1], heap[below])) below++;
        if (!worse(heap[below], added)) break;
        heap[at] = heap[below];
    }
    heap[at] = added;
}

static void sift_up(struct itemknn_candidate *heap, uint32_t at, struct itemknn_candidate added) {
    for (; at > 0 && worse(added, heap[(at - 1) / 2]); at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
    heap[at] = added;
}

/* Puts the k nearest of item i into `nearest` as a heap and returns how many there are. */
static uint32_t find_nearest(struct itemknn *itemknn, uint32_t i) {
    struct itemknn_candidate *heap = itemknn->nearest;
    uint32_t count = 0;
    double users = cooccurrence_users(itemknn->cooccurrence, i);
    cooccurrence_row(itemknn->counts, itemknn->cooccurrence, i, itemknn->items);
    for (uint32_t j = 0; j < itemknn->items; j++) {
        if (itemknn->counts[j] == 0 || j == i) continue;
        double others = cooccurrence_users(itemknn->cooccurrence, j);
        struct itemknn_candidate candidate = {
            itemknn->counts[j] / (sqrt(users * others) + (double)itemknn->shrinkage), j};
        if (count < itemknn->k)
            sift_up(heap, count++, candidate);
        else if (worse(heap[0], candidate))
            sift_down(heap, count, 0, candidate);
    }
    return count;
}

static void fit_item(struct itemknn *itemknn, uint32_t i) {
    uint32_t *neighbour = itemknn->neighbour + (size_t)i * itemknn->k;
    float *similarity = itemknn->similarity + (size_t)i * itemknn->k;
    uint32_t count = find_nearest(itemknn, i);
    for (uint32_t n = count; n < itemknn->k; n++) neighbour[n] = ITEMKNN_NONE;
    while (count > 0) {
        struct itemknn_candidate worst = itemknn->nearest[0];
        count--;
        sift_down(itemknn->nearest, count, 0, itemknn->nearest[count]);
        neighbour[count] = worst.item, similarity[count] = (float)worst.similarity;
        itemknn->start[worst.item + 2]++;
    }
}

/* Counted at [j + 2] and added up, start[j + 1] is item j's first place, and its end once all rows are turned round. */
static void add_up_starts(struct itemknn *itemknn) {
    for (uint32_t j = 0; j < itemknn->items; j++) itemknn->start[j + 2] += itemknn->start[j + 1];
}

static void turn_round(struct itemknn *itemknn, uint32_t i) {
    for (uint32_t n = 0; n < itemknn->k; n++) {
        size_t pair = (size_t)i * itemknn->k + n;
        if (itemknn->neighbour[pair] == ITEMKNN_NONE) break;
        uint32_t place = itemknn->start[itemknn->neighbour[pair] + 1]++;
        itemknn->owner[place] = i, itemknn->weight[place] = itemknn->similarity[pair];
    }
}

bool itemknn_run(struct itemknn *itemknn, uint32_t limit) {
    uint64_t items = itemknn->items;
    for (; limit > 0 && itemknn->row < 2 * items; limit--, itemknn->row++) {
        if (itemknn->row < items) {
            fit_item(itemknn, (uint32_t)itemknn->row);
            continue;
        }
        if (itemknn->row == items) {
            cooccurrence_free(itemknn->cooccurrence);
            itemknn->cooccurrence = NULL;
            add_up_starts(itemknn);
        }
        turn_round(itemknn, (uint32_t)(itemknn->row - items));
    }
    return itemknn->row == 2 * items;
}

void itemknn_scores(float *scores, const struct itemknn *itemknn, const uint32_t *liked, uint32_t n_liked) {
    memset(scores, 0, itemknn->items * sizeof *scores);
    for (uint32_t n = 0; n < n_liked; n++) {
        uint32_t first = itemknn->start[liked[n]], count = itemknn->start[liked[n] + 1] - first;
        const uint32_t *owner = itemknn->owner + first;
        const float *weight = itemknn->weight + first;
        for (uint32_t p = 0; p < count; p++) scores[owner[p]] += weight[p];
    }
}

float itemknn_share(const struct itemknn *itemknn, uint32_t liked, uint32_t item) {
    for (size_t n = (size_t)item * itemknn->k; n < (size_t)(item + 1) * itemknn->k; n++)
        if (itemknn->neighbour[n] == liked) return itemknn->similarity[n];
    return 0.0F;
}

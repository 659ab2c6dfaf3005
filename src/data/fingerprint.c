#include "data/fingerprint.h"

#include <string.h>

#include "base/hash.h"
#include "base/rng.h"

/* Salts, so that one thing never looks like another. */
enum { TRAIN_ROW = 1, TEST_ROW, HELD_ITEM, NEGATIVE, PART_ROW, LISTED };

static uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Of numbers that belong together. */
static uint64_t mixed(uint64_t salt, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    uint64_t first = rng_mix(((uint64_t)a << 32 | b) + salt);
    return rng_mix(first ^ ((uint64_t)c << 32 | d));
}

static uint64_t mixed_pair(uint64_t salt, const struct ratings *ratings, uint32_t user, uint32_t item) {
    return mixed(salt, ratings->users.ids[user], ratings->items.ids[item], 0, 0);
}

static void take(struct fingerprint *fingerprint, uint64_t hash) {
    fingerprint->content += hash; /* a sum does not ask for the order */
    fingerprint->order = rng_mix(fingerprint->order ^ hash);
}

struct fingerprint fingerprint_of_dataset(const struct dataset *dataset) {
    const struct ratings *ratings = &dataset->ratings;
    const struct negatives *negatives = &dataset->negatives;
    struct fingerprint fingerprint = {.content = ratings->count, .order = HASH_START};
    for (uint64_t r = 0; r < ratings->count; r++) {
        const struct rating *row = ratings->rows + r;
        bool in_test = ratings->test_from > 0 && r >= ratings->test_from;
        take(&fingerprint, mixed(in_test ? TEST_ROW : TRAIN_ROW, ratings->users.ids[row->user],
                                 ratings->items.ids[row->item], bits_of(row->value), row->time));
    }
    for (uint32_t u = 0; u < negatives->users; u++)
        for (uint32_t n = 0; n < negatives->length[u]; n++)
            take(&fingerprint, mixed_pair(LISTED, ratings, u, negatives->item[negatives->start[u] + n]));
    return fingerprint;
}

struct held_out_fingerprint fingerprint_of_held_out(const struct held_out *held_out,
                                                    const struct ratings *ratings) {
    struct held_out_fingerprint sum = {0};
    if (held_out->item == NULL) return sum;
    sum.items = sum.negatives = held_out->users;
    for (uint32_t u = 0; u < ratings->users.count; u++) {
        if (held_out->item[u] == SPLIT_NONE) continue;
        sum.items += mixed_pair(HELD_ITEM, ratings, u, held_out->item[u]);
        for (uint32_t n = held_out->negative_start[u]; n < held_out->negative_start[u + 1]; n++)
            sum.negatives += mixed_pair(NEGATIVE, ratings, u, held_out->negative[n]);
    }
    return sum;
}

uint64_t fingerprint_of_rows(const struct rating_rows *rows, const struct ratings *ratings) {
    if (rows->count == 0) return 0;
    uint64_t sum = rows->count;
    for (uint32_t r = 0; r < rows->count; r++)
        sum += mixed(PART_ROW, ratings->users.ids[rows->user[r]], ratings->items.ids[rows->item[r]],
                     bits_of(rows->value[r]), 0);
    return sum;
}

#include "data/rating_sampler.h"

#include "base/rng.h"
#include "data/sampler.h"

#define CHUNK 64

enum status rating_sampler_init(struct rating_sampler *sampler, const struct rating_rows *rows,
                                uint64_t seed) {
    *sampler = (struct rating_sampler){rows, seed};
    return rows->count == 0 ? STATUS_EMPTY : STATUS_OK;
}

void rating_sampler_batch(const struct rating_sampler *sampler, uint64_t epoch, uint64_t from, uint32_t B,
                          uint32_t *users, uint32_t *items, float *labels) {
    const struct rating_rows *rows = sampler->rows;
    uint64_t key = rng_seeded(sampler->seed, RNG_ORDER, epoch).state;
    uint32_t row[CHUNK];
    for (uint32_t b = 0; b < B; b += CHUNK) {
        uint32_t n = B - b < CHUNK ? B - b : CHUNK;
        /* loops of their own, so that the processor has many of the loads from all over memory under way at once */
        for (uint32_t i = 0; i < n; i++) row[i] = (uint32_t)sampler_permute(from + b + i, rows->count, key);
        for (uint32_t i = 0; i < n; i++) users[b + i] = rows->user[row[i]];
        for (uint32_t i = 0; i < n; i++) items[b + i] = rows->item[row[i]];
        for (uint32_t i = 0; i < n; i++) labels[b + i] = rows->value[row[i]];
    }
}

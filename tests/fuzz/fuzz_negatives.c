/* Any bytes as a file of test negatives, for the pairs of a small split. */
#include <math.h>

#include "chunks.h"
#include "data/split.h"

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

static enum status feed(void *context, const char *bytes, size_t count) {
    struct dataset *dataset = context;
    return negatives_feed(&dataset->negatives, &dataset->ratings, bytes, count);
}

static void feed_ratings(struct ratings *ratings, const char *text) {
    REQUIRE(ratings_feed(ratings, text, strlen(text)) == STATUS_OK);
    REQUIRE(ratings_finish(ratings) == STATUS_OK);
}

static enum status parse(struct dataset *dataset, struct bytes bytes, uint32_t longest, uint64_t seed) {
    REQUIRE(dataset_init(dataset) == STATUS_OK);
    feed_ratings(&dataset->ratings, "1\t1\t1\t0\n1\t2\t1\t0\n2\t3\t1\t0\n3\t1\t1\t0\n");
    ratings_begin_test(&dataset->ratings);
    feed_ratings(&dataset->ratings, "1\t3\t1\t0\n3\t9\t1\t0\n");
    enum status status = chunks_apply(bytes, longest, seed, feed, dataset);
    return status == STATUS_OK ? negatives_finish(&dataset->negatives, &dataset->ratings) : status;
}

/* What split.h says of the negatives of a split. */
static void require_sound(const struct dataset *dataset) {
    struct split *split;
    REQUIRE(dataset->negatives.listed == 2);
    REQUIRE(split_of_triple(&split, dataset, -INFINITY) == STATUS_OK);
    const struct held_out *test = &split->test;
    REQUIRE(test->users == 2 && test->item[1] == SPLIT_NONE && split->train->count == 4);
    for (uint32_t u = 0; u < split->train->users; u++)
        for (uint32_t n = test->negative_start[u]; n < test->negative_start[u + 1]; n++) {
            uint32_t item = test->negative[n];
            REQUIRE(item < split->train->items && item != test->item[u]);
            REQUIRE(!interactions_has(split->train, u, item));
            REQUIRE(n == test->negative_start[u] || test->negative[n - 1] < item);
        }
    split_free(split);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size) {
    if (size < 2) return 0;
    struct bytes bytes = chunks_expand(input, size);
    struct dataset whole, cut;
    enum status status = parse(&whole, bytes, 0, 0);
    REQUIRE(parse(&cut, bytes, chunks_longest(input[0], bytes.length), input[1]) == status);
    const struct negatives *a = &whole.negatives, *b = &cut.negatives;
    REQUIRE(a->lines.number == b->lines.number && a->count == b->count && a->listed == b->listed);
    REQUIRE(a->count == 0 || memcmp(a->item, b->item, a->count * sizeof *a->item) == 0);
    REQUIRE(whole.ratings.items.count == cut.ratings.items.count);
    if (status == STATUS_OK) require_sound(&whole);
    dataset_free(&whole);
    dataset_free(&cut);
    free(bytes.data);
    return 0;
}

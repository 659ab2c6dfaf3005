/* Any bytes as a rating file. */
#include "chunks.h"
#include "data/ratings.h"

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

static enum status feed(void *parser, const char *bytes, size_t count) {
    return ratings_feed(parser, bytes, count);
}

static enum status parse(struct ratings *ratings, struct bytes bytes, uint32_t longest, uint64_t seed) {
    REQUIRE(ratings_init(ratings) == STATUS_OK);
    enum status status = chunks_apply(bytes, longest, seed, feed, ratings);
    return status == STATUS_OK ? ratings_finish(ratings) : status;
}

static void require_sound(const struct ratings *ratings) {
    REQUIRE(ratings->users.count <= ratings->count && ratings->items.count <= ratings->count);
    uint32_t users = 0, items = 0;
    for (uint64_t r = 0; r < ratings->count; r++) {
        struct rating row = ratings->rows[r];
        REQUIRE(row.user <= users && row.item <= items); /* numbered as they appear */
        users += row.user == users, items += row.item == items;
        REQUIRE(row.value >= -1e6F && row.value <= 1e6F);
    }
    REQUIRE(users == ratings->users.count && items == ratings->items.count);
    for (uint32_t u = 0; u < users; u++) REQUIRE(idmap_find(&ratings->users, ratings->users.ids[u]) == u);
    for (uint32_t i = 0; i < items; i++) REQUIRE(idmap_find(&ratings->items, ratings->items.ids[i]) == i);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size) {
    if (size < 2) return 0;
    struct bytes bytes = chunks_expand(input, size);
    struct ratings whole, cut;
    enum status status = parse(&whole, bytes, 0, 0);
    REQUIRE(parse(&cut, bytes, chunks_longest(input[0], bytes.length), input[1]) == status);
    REQUIRE((status == STATUS_OK) <= (whole.count > 0));
    REQUIRE(whole.lines.number == cut.lines.number && whole.count == cut.count);
    for (uint64_t r = 0; r < whole.count; r++)
        REQUIRE(memcmp(whole.rows + r, cut.rows + r, sizeof *whole.rows) == 0);
    if (status == STATUS_OK) require_sound(&whole);
    if (status == STATUS_OK) require_sound(&cut);
    ratings_free(&whole);
    ratings_free(&cut);
    free(bytes.data);
    return 0;
}

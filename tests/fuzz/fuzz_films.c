/* Any bytes as a film file. */
#include "chunks.h"
#include "data/films.h"

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

static enum status feed(void *parser, const char *bytes, size_t count) {
    return films_feed(parser, bytes, count);
}

static enum status parse(struct films *films, struct bytes bytes, uint32_t longest, uint64_t seed) {
    REQUIRE(films_init(films) == STATUS_OK);
    enum status status = chunks_apply(bytes, longest, seed, feed, films);
    return status == STATUS_OK ? films_finish(films) : status;
}

/* Well-formed UTF-8 by its code points: decoded, none is out of range or could be written shorter. */
static void require_utf8(const char *text, uint32_t length) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    for (uint32_t i = 0; i < length;) {
        uint32_t byte = (unsigned char)text[i], count = byte < 0x80   ? 1
                                                        : byte < 0xE0 ? 2
                                                        : byte < 0xF0 ? 3
                                                                      : 4;
        REQUIRE((byte < 0x80 || byte >= 0xC0) && byte < 0xF8 && count <= length - i);
        uint32_t point = count == 1 ? byte : byte & (0xFFu >> (count + 1));
        for (uint32_t next = i + 1; next < i + count; next++) {
            REQUIRE(((unsigned char)text[next] & 0xC0) == 0x80);
            point = point << 6 | ((unsigned char)text[next] & 0x3F);
        }
        REQUIRE(point >= least[count] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF));
        i += count;
    }
}

static void require_sound(const struct films *films) {
    uint32_t used = 0;
    for (uint32_t f = 0; f < films->ids.count; f++) {
        const struct film *film = films->rows + f;
        REQUIRE((uint64_t)film->title + film->title_length <= films->text_length && film->year <= 9999);
        require_utf8(films->text + film->title, film->title_length);
        REQUIRE(idmap_find(&films->ids, films->ids.ids[f]) == f);
        used |= film->genres;
    }
    REQUIRE(films->genre_count <= FILMS_MAX_GENRES && films->text_length <= films->text_capacity);
    REQUIRE(used == (films->genre_count == 32 ? UINT32_MAX : (UINT32_C(1) << films->genre_count) - 1));
    for (uint32_t g = 0; g < films->genre_count; g++) {
        size_t length = strlen(films->genre_names[g]);
        REQUIRE(length > 0 && length < FILMS_GENRE_LENGTH);
        require_utf8(films->genre_names[g], (uint32_t)length);
        for (uint32_t other = 0; other < g; other++)
            REQUIRE(strcmp(films->genre_names[g], films->genre_names[other]) != 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size) {
    if (size < 2) return 0;
    struct bytes bytes = chunks_expand(input, size);
    struct films whole, cut;
    enum status status = parse(&whole, bytes, 0, 0);
    REQUIRE(parse(&cut, bytes, chunks_longest(input[0], bytes.length), input[1]) == status);
    REQUIRE(whole.lines.number == cut.lines.number && whole.ids.count == cut.ids.count);
    if (status == STATUS_OK) {
        REQUIRE(whole.ids.count > 0 && whole.text_length == cut.text_length);
        REQUIRE(memcmp(whole.rows, cut.rows, whole.ids.count * sizeof *whole.rows) == 0);
        REQUIRE(memcmp(whole.ids.ids, cut.ids.ids, whole.ids.count * sizeof *whole.ids.ids) == 0);
        REQUIRE(memcmp(whole.text, cut.text, whole.text_length) == 0);
        REQUIRE(memcmp(whole.genre_names, cut.genre_names, sizeof whole.genre_names) == 0);
        require_sound(&whole);
    }
    films_free(&whole);
    films_free(&cut);
    free(bytes.data);
    return 0;
}

/* Any bytes as a file about users. */
#include "chunks.h"
#include "data/people.h"

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

static enum status feed(void *parser, const char *bytes, size_t count) {
    return people_feed(parser, bytes, count);
}

static enum status parse(struct people *people, struct bytes bytes, uint32_t longest, uint64_t seed) {
    REQUIRE(people_init(people) == STATUS_OK);
    enum status status = chunks_apply(bytes, longest, seed, feed, people);
    return status == STATUS_OK ? people_finish(people) : status;
}

static void require_sound(const struct people *people) {
    bool used[PEOPLE_MAX_OCCUPATIONS] = {false};
    REQUIRE(people->occupation_count <= PEOPLE_MAX_OCCUPATIONS);
    for (uint32_t p = 0; p < people->ids.count; p++) {
        const struct person *person = people->rows + p;
        REQUIRE(person->gender < PEOPLE_GENDERS && person->age < PEOPLE_AGES);
        REQUIRE(idmap_find(&people->ids, people->ids.ids[p]) == p);
        if (person->occupation == PEOPLE_UNKNOWN) continue;
        REQUIRE(person->occupation < people->occupation_count);
        used[person->occupation] = true;
    }
    for (uint32_t o = 0; o < people->occupation_count; o++) {
        const char *name = people->occupation_names[o];
        size_t length = strlen(name);
        REQUIRE(length > 0 && length < PEOPLE_OCCUPATION_LENGTH);
        REQUIRE(field_is_utf8((struct field){name, (uint32_t)length}));
        for (uint32_t other = 0; other < o; other++)
            REQUIRE(strcmp(name, people->occupation_names[other]) != 0);
    }
    /* a name that no row has is that of a line whose user stood there before */
    for (uint32_t o = 0; o < people->occupation_count && people->ids.count == people->lines.number; o++)
        REQUIRE(used[o]);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size) {
    if (size < 2) return 0;
    struct bytes bytes = chunks_expand(input, size);
    struct people whole, cut;
    enum status status = parse(&whole, bytes, 0, 0);
    REQUIRE(parse(&cut, bytes, chunks_longest(input[0], bytes.length), input[1]) == status);
    REQUIRE(whole.lines.number == cut.lines.number && whole.ids.count == cut.ids.count);
    if (status == STATUS_OK) {
        REQUIRE(whole.ids.count > 0);
        REQUIRE(memcmp(whole.rows, cut.rows, whole.ids.count * sizeof *whole.rows) == 0);
        REQUIRE(memcmp(whole.ids.ids, cut.ids.ids, whole.ids.count * sizeof *whole.ids.ids) == 0);
        REQUIRE(memcmp(whole.occupation_names, cut.occupation_names, sizeof whole.occupation_names) == 0);
        require_sound(&whole);
    }
    people_free(&whole);
    people_free(&cut);
    free(bytes.data);
    return 0;
}

#include "data/negatives.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* What a line is taken with. */
struct reading {
    struct negatives *negatives;
    struct ratings *ratings;
};

enum status negatives_init(struct negatives *negatives) {
    *negatives = (struct negatives){0};
    return lines_init(&negatives->lines);
}

void negatives_free(struct negatives *negatives) {
    lines_free(&negatives->lines);
    free(negatives->start);
    free(negatives->length);
    free(negatives->item);
    *negatives = (struct negatives){0};
}

/* "(12,34)", with or without Python's space after the comma. */
static bool parse_pair(struct field field, uint32_t *user, uint32_t *item) {
    if (field.length < 2 || field.text[0] != '(' || field.text[field.length - 1] != ')') return false;
    const char *first = field.text + 1, *end = field.text + field.length - 1;
    const char *comma = memchr(first, ',', (size_t)(end - first));
    if (comma == NULL) return false;
    const char *second = comma + 1;
    if (second < end && *second == ' ') second++;
    return field_integer((struct field){first, (uint32_t)(comma - first)}, user) &&
           field_integer((struct field){second, (uint32_t)(end - second)}, item);
}

/* The tables of users, made with the first line: the test file has named them all by then. */
static enum status make_tables(struct negatives *negatives, uint32_t users) {
    negatives->start = memory_zeroed(users, sizeof *negatives->start);
    negatives->length = memory_zeroed(users, sizeof *negatives->length);
    negatives->users = users;
    return negatives->start == NULL || negatives->length == NULL ? STATUS_MEMORY : STATUS_OK;
}

static enum status append(struct negatives *negatives, uint32_t item) {
    if (negatives->count == negatives->capacity) {
        if (negatives->capacity >= NEGATIVES_MAX) return STATUS_TOO_LARGE;
        uint32_t capacity = negatives->capacity == 0 ? 65536 : negatives->capacity + negatives->capacity / 2;
        void *items = negatives->item;
        if (!memory_grow(&items, capacity, sizeof item)) return STATUS_MEMORY;
        negatives->item = items;
        negatives->capacity = capacity;
    }
    negatives->item[negatives->count++] = item;
    return STATUS_OK;
}

/* The next field of what is left of a line; `*line` moves behind its tab, or to NULL at the end. */
static struct field next_field(const char **line, uint32_t *length) {
    const char *tab = memchr(*line, '\t', *length);
    struct field field = {*line, tab == NULL ? *length : (uint32_t)(tab - *line)};
    *length = tab == NULL ? 0 : *length - field.length - 1;
    *line = tab == NULL ? NULL : tab + 1;
    return field;
}

/* The index of the user whose test pair this is and who has no line yet. */
static enum status find_user(uint32_t *index, const struct reading *reading, uint32_t user, uint32_t item) {
    const struct ratings *ratings = reading->ratings;
    *index = idmap_find(&ratings->users, user);
    uint32_t known = idmap_find(&ratings->items, item);
    bool is_pair = *index != IDMAP_NONE && known != IDMAP_NONE && ratings_test_item(ratings, *index) == known;
    return is_pair && reading->negatives->length[*index] == 0 ? STATUS_OK : STATUS_NEGATIVES_PAIR;
}

static enum status take_line(void *context, const char *line, uint32_t length) {
    struct reading *reading = context;
    struct negatives *negatives = reading->negatives;
    bool is_first = negatives->start == NULL;
    enum status status = is_first ? make_tables(negatives, reading->ratings->users.count) : STATUS_OK;
    if (status != STATUS_OK) return status;
    struct field field = next_field(&line, &length);
    uint32_t user, item, index;
    if (field.length == 0 || field.text[0] != '(') return is_first ? STATUS_HEADER : STATUS_COLUMNS;
    if (!parse_pair(field, &user, &item)) return STATUS_NUMBER;
    if (line == NULL) return STATUS_COLUMNS;
    status = find_user(&index, reading, user, item);
    if (status != STATUS_OK) return status;
    negatives->start[index] = negatives->count;
    while (line != NULL) {
        if (!field_integer(next_field(&line, &length), &item)) return STATUS_NUMBER;
        status = idmap_add(&reading->ratings->items, item, &item);
        if (status == STATUS_OK) status = append(negatives, item);
        if (status != STATUS_OK) return status;
    }
    negatives->length[index] = negatives->count - negatives->start[index];
    negatives->listed++;
    return STATUS_OK;
}

enum status negatives_feed(struct negatives *negatives, struct ratings *ratings, const char *bytes,
                           size_t count) {
    struct reading reading = {negatives, ratings};
    return lines_feed(&negatives->lines, bytes, count, take_line, &reading);
}

enum status negatives_finish(struct negatives *negatives, struct ratings *ratings) {
    struct reading reading = {negatives, ratings};
    enum status status = lines_finish(&negatives->lines, take_line, &reading);
    if (status == STATUS_OK && negatives->listed == 0) return STATUS_EMPTY;
    /* one row a test pair */
    if (status == STATUS_OK && negatives->listed != ratings->count - ratings->test_from)
        return STATUS_NEGATIVES_MISSING;
    return status;
}

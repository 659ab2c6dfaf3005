#include "data/ratings.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"

enum status ratings_init(struct ratings *ratings) {
    *ratings = (struct ratings){0};
    return lines_init(&ratings->lines);
}

void ratings_free(struct ratings *ratings) {
    lines_free(&ratings->lines);
    idmap_free(&ratings->users);
    idmap_free(&ratings->items);
    free(ratings->rows);
    free(ratings->test_item);
    *ratings = (struct ratings){0};
}

/* The first line decides the delimiter. Where it is the header of ratings.csv, `*header` is set. */
static enum status detect_format(struct ratings *ratings, const char *line, uint32_t length, bool *header) {
    static const enum delimiter candidates[] = {DELIMITER_COMMA, DELIMITER_TAB, DELIMITER_COLONS};
    struct field fields[4];
    for (uint32_t c = 0; c < sizeof candidates / sizeof *candidates; c++) {
        if (fields_split(fields, 4, line, length, candidates[c]) != 4) continue;
        ratings->delimiter = candidates[c];
        uint32_t number;
        *header = candidates[c] == DELIMITER_COMMA && field_is(fields[0], "userId") &&
                  field_is(fields[1], "movieId") && field_is(fields[2], "rating") &&
                  field_is(fields[3], "timestamp");
        return *header || field_integer(fields[0], &number) ? STATUS_OK : STATUS_HEADER;
    }
    return STATUS_HEADER;
}

static enum status append(struct ratings *ratings, struct rating row) {
    if (ratings->count == ratings->capacity) {
        if (ratings->capacity >= RATINGS_MAX) return STATUS_TOO_LARGE;
        uint64_t capacity = ratings->capacity == 0 ? 65536 : ratings->capacity + ratings->capacity / 2;
        void *rows = ratings->rows;
        if (!memory_grow(&rows, capacity, sizeof row)) return STATUS_MEMORY;
        ratings->rows = rows;
        ratings->capacity = capacity;
    }
    ratings->rows[ratings->count++] = row;
    return STATUS_OK;
}

/* Notes the user's test item, in an array that grows with the users named. */
static enum status note_test(struct ratings *ratings, uint32_t user, uint32_t item) {
    if (user >= ratings->test_users) {
        uint32_t users = ratings->users.count + ratings->users.count / 2;
        void *test_item = ratings->test_item;
        if (!memory_grow(&test_item, users, sizeof item)) return STATUS_MEMORY;
        ratings->test_item = test_item;
        for (uint32_t u = ratings->test_users; u < users; u++) ratings->test_item[u] = RATINGS_NO_TEST;
        ratings->test_users = users;
    }
    if (ratings->test_item[user] != RATINGS_NO_TEST) return STATUS_TEST_TWICE;
    ratings->test_item[user] = item;
    return STATUS_OK;
}

static enum status take_line(void *context, const char *line, uint32_t length) {
    struct ratings *ratings = context;
    if (!ratings->detected) {
        ratings->detected = true;
        bool header = false;
        enum status status = detect_format(ratings, line, length, &header);
        if (status != STATUS_OK || header) return status;
    }
    struct field fields[4];
    uint32_t count = fields_split(fields, 4, line, length, ratings->delimiter);
    if (count != 4) return count == 0 ? STATUS_QUOTE : STATUS_COLUMNS;
    struct rating row;
    uint32_t user, item;
    if (!field_integer(fields[0], &user) || !field_integer(fields[1], &item) ||
        !field_decimal(fields[2], &row.value) || !field_integer(fields[3], &row.time))
        return STATUS_NUMBER;
    enum status status = idmap_add(&ratings->users, user, &row.user);
    if (status == STATUS_OK) status = idmap_add(&ratings->items, item, &row.item);
    if (status == STATUS_OK && ratings->test_from > 0) status = note_test(ratings, row.user, row.item);
    return status == STATUS_OK ? append(ratings, row) : status;
}

enum status ratings_feed(struct ratings *ratings, const char *bytes, size_t count) {
    return lines_feed(&ratings->lines, bytes, count, take_line, ratings);
}

enum status ratings_finish(struct ratings *ratings) {
    enum status status = lines_finish(&ratings->lines, take_line, ratings);
    if (status == STATUS_OK && ratings->count == ratings->test_from) status = STATUS_EMPTY;
    return status;
}

void ratings_begin_test(struct ratings *ratings) {
    assert(ratings->count > 0 && ratings->test_from == 0);
    ratings->test_from = ratings->count;
    ratings->detected = false;
    ratings->lines.number = 0;
}

uint32_t ratings_test_item(const struct ratings *ratings, uint32_t user) {
    return user < ratings->test_users ? ratings->test_item[user] : RATINGS_NO_TEST;
}

#include "data/negatives.h"

#include "cuts.h"

static const char *const train = "7\t50\t1\t0\n8\t51\t1\t0\n9\t52\t1\t0\n";
static const char *const test = "7\t60\t5\t9\n9\t50\t5\t9\n";

static void parse_text(struct ratings *ratings, const char *text) {
    CHECK_EQUAL(ratings_feed(ratings, text, strlen(text)), STATUS_OK);
    CHECK_EQUAL(ratings_finish(ratings), STATUS_OK);
}

static void parse_pairs(struct ratings *ratings) {
    CHECK_EQUAL(ratings_init(ratings), STATUS_OK);
    parse_text(ratings, train);
    ratings_begin_test(ratings);
    parse_text(ratings, test);
}

struct parser {
    struct ratings ratings;
    struct negatives negatives;
};

static enum status feed(void *context, const char *bytes, size_t count) {
    struct parser *parser = context;
    return negatives_feed(&parser->negatives, &parser->ratings, bytes, count);
}

/* All that was found: by user the raw ids of the negatives, and how many items there are then. */
static void parse(struct text text, struct cuts cuts, struct report *report) {
    struct parser parser;
    parse_pairs(&parser.ratings);
    CHECK_EQUAL(negatives_init(&parser.negatives), STATUS_OK);
    enum status status = cuts_apply(text, cuts, feed, &parser);
    if (status == STATUS_OK) status = negatives_finish(&parser.negatives, &parser.ratings);
    const struct negatives *found = &parser.negatives;
    for (uint32_t u = 0; status == STATUS_OK && u < found->users; u++) {
        REPORT(report, "%u:", parser.ratings.users.ids[u]);
        for (uint32_t n = 0; n < found->length[u]; n++)
            REPORT(report, " %u", parser.ratings.items.ids[found->item[found->start[u] + n]]);
        REPORT(report, "\n");
    }
    REPORT(report, "status %d, line %" PRIu64 ", %u items\n", (int)status, found->lines.number,
           status == STATUS_OK ? parser.ratings.items.count : 0);
    negatives_free(&parser.negatives);
    ratings_free(&parser.ratings);
}

static void test_pairs_in_any_order(void) {
    cuts_check_pairs(TEXT("(7,60)\t51\t52\n(9,50)\t51\n"), parse,
                     "7: 51 52\n8:\n9: 51\nstatus 0, line 2, 4 items\n");
    cuts_check(TEXT("(9,50)\t51\n(7,60)\t51\t52\n"), parse,
               "7: 51 52\n8:\n9: 51\nstatus 0, line 2, 4 items\n");
}

static void test_line_ends(void) {
    cuts_check_pairs(TEXT("(7,60)\t51\r\n\r\n(9, 50)\t51\t52"), parse,
                     "7: 51\n8:\n9: 51 52\nstatus 0, line 3, 4 items\n");
    cuts_check(TEXT("\xEF\xBB\xBF(7,60)\t51\n(9,50)\t52\n\n"), parse,
               "7: 51\n8:\n9: 52\nstatus 0, line 3, 4 items\n");
}

/* An item that no rating has is a candidate all the same; repeats and the pair's own item are the split's to drop. */
static void test_new_items_and_oddities(void) {
    cuts_check(TEXT("(7,60)\t51\t60\t51\t4294967295\n(9,50)\t80\t4294967295\n"), parse,
               "7: 51 60 51 4294967295\n8:\n9: 80 4294967295\nstatus 0, line 2, 6 items\n");
}

static void test_no_pair_of_the_test_file(void) {
    const struct text others[] = {
        TEXT("(7,60)\t51\n(9,51)\t52\n"),             /* another item */
        TEXT("(7,60)\t51\n(8,51)\t52\n"),             /* a user without a test item */
        TEXT("(7,60)\t51\n(10,50)\t52\n"),            /* a user of neither file */
        TEXT("(7,60)\t51\n(9,99)\t52\n"),             /* an item of neither file */
        TEXT("(7,60)\t51\n(7,60)\t52\n(9,50)\t51\n"), /* twice */
    };
    for (uint32_t i = 0; i < sizeof others / sizeof *others; i++)
        cuts_check(others[i], parse, "status 16, line 2, 0 items\n");
}

static void test_missing_pair(void) {
    cuts_check(TEXT("(7,60)\t51\n"), parse, "status 17, line 1, 0 items\n");
    cuts_check(TEXT("(9,50)\t51\n\n"), parse, "status 17, line 2, 0 items\n");
}

static void test_files_without_negatives(void) {
    cuts_check(TEXT(""), parse, "status 4, line 0, 0 items\n");
    cuts_check(TEXT("\n\r\n"), parse, "status 4, line 2, 0 items\n");
}

static void test_other_files(void) {
    cuts_check(TEXT("7\t60\t5\t9\n"), parse, "status 10, line 1, 0 items\n");
    cuts_check(TEXT("userId,movieId,rating,timestamp\n"), parse, "status 10, line 1, 0 items\n");
    cuts_check(TEXT("\n\t(7,60)\t51\n"), parse, "status 10, line 2, 0 items\n");
}

static void check_bad_line(struct text line, enum status status) {
    char text[200] = "(7,60)\t51\n", expected[60];
    memcpy(text + 10, line.bytes, line.length);
    snprintf(expected, sizeof expected, "status %d, line 2, 0 items\n", (int)status);
    cuts_check((struct text){text, 10 + line.length}, parse, expected);
}

static void test_bad_lines(void) {
    check_bad_line(TEXT("(9,50)"), STATUS_COLUMNS);
    check_bad_line(TEXT("9\t51"), STATUS_COLUMNS);
    check_bad_line(TEXT("\t51"), STATUS_COLUMNS);
    check_bad_line(TEXT(" (9,50)\t51"), STATUS_COLUMNS);
    check_bad_line(TEXT("(9,50)\t"), STATUS_NUMBER);
    check_bad_line(TEXT("(9,50)\t51\t"), STATUS_NUMBER);
    check_bad_line(TEXT("(9,50)\t\t51"), STATUS_NUMBER);
    check_bad_line(TEXT("(9,50)\t51x"), STATUS_NUMBER);
    check_bad_line(TEXT("(9,50)\t-51"), STATUS_NUMBER);
    check_bad_line(TEXT("(9,50)\t4294967296"), STATUS_NUMBER);
    check_bad_line(TEXT("(9,50\t51"), STATUS_NUMBER);
    check_bad_line(TEXT("(9 50)\t51"), STATUS_NUMBER);
    check_bad_line(TEXT("(9,  50)\t51"), STATUS_NUMBER);
    check_bad_line(TEXT("(,)\t51"), STATUS_NUMBER);
    check_bad_line(TEXT("(\t51"), STATUS_NUMBER);
    check_bad_line(TEXT("(9,)\t51"), STATUS_NUMBER);
    check_bad_line(TEXT("(9,50,1)\t51"), STATUS_NUMBER);
    check_bad_line(TEXT("(9,50)\t5\0"), STATUS_BINARY);
}

static void test_line_too_long(void) {
    size_t length = 100 + LINES_MAX_LENGTH;
    char *text = malloc(length);
    memset(text, '1', length);
    memcpy(text, "(7,60)\t51\n(9,50)\t", 17);
    cuts_check_long((struct text){text, length}, parse, "status 6, line 2, 0 items\n");
    free(text);
}

/* Lines are only taken for pairs of a test file, so without one there are none. */
static void test_without_a_test_file(void) {
    struct ratings ratings;
    struct negatives negatives;
    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    parse_text(&ratings, train);
    CHECK_EQUAL(negatives_init(&negatives), STATUS_OK);
    CHECK_EQUAL(negatives_feed(&negatives, &ratings, "(7,50)\t51\n", 10), STATUS_NEGATIVES_PAIR);
    negatives_free(&negatives);
    negatives_free(&negatives);
    ratings_free(&ratings);
}

/* More negatives than the array starts with. */
static void test_many(void) {
    enum { USERS = 1000, EACH = 99 };
    struct parser parser;
    char line[100];
    CHECK_EQUAL(ratings_init(&parser.ratings), STATUS_OK);
    for (uint32_t part = 0; part < 2; part++) {
        for (uint32_t u = 0; u < USERS; u++) {
            int length = snprintf(line, sizeof line, "%u\t%u\t1\t0\n", u, u + part);
            CHECK_EQUAL(ratings_feed(&parser.ratings, line, (size_t)length), STATUS_OK);
        }
        CHECK_EQUAL(ratings_finish(&parser.ratings), STATUS_OK);
        if (part == 0) ratings_begin_test(&parser.ratings);
    }
    CHECK_EQUAL(negatives_init(&parser.negatives), STATUS_OK);
    for (uint32_t u = 0; u < USERS; u++) {
        int length = snprintf(line, sizeof line, "(%u,%u)", u, u + 1);
        feed(&parser, line, (size_t)length);
        for (uint32_t n = 0; n < EACH; n++) {
            length = snprintf(line, sizeof line, "\t%u", u * 7 + n);
            feed(&parser, line, (size_t)length);
        }
        CHECK_EQUAL(feed(&parser, "\n", 1), STATUS_OK);
    }
    CHECK_EQUAL(negatives_finish(&parser.negatives, &parser.ratings), STATUS_OK);
    CHECK_EQUAL(parser.negatives.count, USERS * EACH);
    for (uint32_t u = 0; u < USERS; u++) {
        CHECK_EQUAL(parser.negatives.length[u], EACH);
        for (uint32_t n = 0; n < EACH; n++) {
            uint32_t item = parser.negatives.item[parser.negatives.start[u] + n];
            CHECK_OR_RETURN(parser.ratings.items.ids[item] == u * 7 + n, "user %u, negative %u", u, n);
        }
    }
    negatives_free(&parser.negatives);
    ratings_free(&parser.ratings);
}

/* The test file's own rules: one line a user, ids of its own, an error's line counted from its first. */
static void test_test_file(void) {
    struct ratings ratings;
    parse_pairs(&ratings);
    CHECK_EQUAL(ratings.test_from, 3);
    CHECK_EQUAL(ratings.count, 5);
    CHECK_EQUAL(ratings.items.count, 4);
    CHECK_EQUAL(ratings.items.ids[ratings_test_item(&ratings, 0)], 60);
    CHECK_EQUAL(ratings_test_item(&ratings, 1), RATINGS_NO_TEST);
    CHECK_EQUAL(ratings_test_item(&ratings, 2), 0);
    CHECK_EQUAL(ratings_test_item(&ratings, 1000000), RATINGS_NO_TEST);
    ratings_free(&ratings);

    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    parse_text(&ratings, train);
    CHECK_EQUAL(ratings_test_item(&ratings, 0), RATINGS_NO_TEST);
    ratings_begin_test(&ratings);
    CHECK_EQUAL(ratings_finish(&ratings), STATUS_EMPTY);
    ratings_free(&ratings);

    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    parse_text(&ratings, train);
    ratings_begin_test(&ratings);
    const char *twice = "userId,movieId,rating,timestamp\r\n7,51,3,1\r\n100,51,3,1\r\n7,52,3,1\r\n";
    CHECK_EQUAL(ratings_feed(&ratings, twice, strlen(twice)), STATUS_TEST_TWICE);
    CHECK_EQUAL(ratings.lines.number, 4);
    CHECK_EQUAL(ratings.users.ids[3], 100);
    CHECK_EQUAL(ratings_test_item(&ratings, 3), 1);
    ratings_free(&ratings);
}

int main(void) {
    RUN(test_pairs_in_any_order);
    RUN(test_line_ends);
    RUN(test_new_items_and_oddities);
    RUN(test_no_pair_of_the_test_file);
    RUN(test_missing_pair);
    RUN(test_files_without_negatives);
    RUN(test_other_files);
    RUN(test_bad_lines);
    RUN(test_line_too_long);
    RUN(test_without_a_test_file);
    RUN(test_many);
    RUN(test_test_file);
    return check_report();
}

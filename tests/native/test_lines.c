#include "data/lines.h"

#include "cuts.h"

struct collector {
    struct lines lines;
    struct report *report;
};

static enum status collect(void *context, const char *line, uint32_t length) {
    struct collector *collector = context;
    struct report *report = collector->report;
    if (length < 100)
        REPORT(report, "%" PRIu64 "[%.*s]\n", collector->lines.number, (int)length, line);
    else
        REPORT(report, "%" PRIu64 "[%.3s… %u]\n", collector->lines.number, line, length);
    return length == 4 && memcmp(line, "STOP", 4) == 0 ? STATUS_ARGUMENT : STATUS_OK;
}

static enum status feed(void *parser, const char *bytes, size_t count) {
    struct collector *collector = parser;
    return lines_feed(&collector->lines, bytes, count, collect, collector);
}

static void parse(struct text text, struct cuts cuts, struct report *report) {
    struct collector collector = {.report = report};
    CHECK_EQUAL(lines_init(&collector.lines), STATUS_OK);
    enum status status = cuts_apply(text, cuts, feed, &collector);
    if (status == STATUS_OK) status = lines_finish(&collector.lines, collect, &collector);
    REPORT(report, "status %d, line %" PRIu64 "\n", (int)status, collector.lines.number);
    lines_free(&collector.lines);
}

static void test_line_ends(void) {
    cuts_check_pairs(TEXT("one\ntwo\r\n\nfour\n"), parse, "1[one]\n2[two]\n4[four]\nstatus 0, line 4\n");
    cuts_check_pairs(TEXT("one\n\r\n\r\ntwo"), parse, "1[one]\n4[two]\nstatus 0, line 4\n");
    cuts_check_pairs(TEXT("one\r\ntwo\r"), parse, "1[one]\n2[two]\nstatus 0, line 2\n");
    cuts_check_pairs(TEXT("o\rne\n\r"), parse, "1[o\rne]\nstatus 0, line 2\n");
    cuts_check_pairs(TEXT("x\ny\n\nz"), parse, "1[x]\n2[y]\n4[z]\nstatus 0, line 4\n");
    cuts_check_pairs(TEXT("x"), parse, "1[x]\nstatus 0, line 1\n");
    cuts_check_pairs(TEXT("\n"), parse, "status 0, line 1\n");
    cuts_check_pairs(TEXT(""), parse, "status 0, line 0\n");
}

static void test_byte_order_mark(void) {
    cuts_check_pairs(TEXT("\xEF\xBB\xBFone\n\xEF\xBB\xBFtwo\n"), parse,
                     "1[one]\n2[\xEF\xBB\xBFtwo]\nstatus 0, line 2\n");
    cuts_check_pairs(TEXT("\xEF\xBB\xBF"), parse, "status 0, line 1\n");
    cuts_check_pairs(TEXT("\xEF\xBB\xBF\r\none"), parse, "2[one]\nstatus 0, line 2\n");
    cuts_check_pairs(TEXT("\xEF\xBB"), parse, "1[\xEF\xBB]\nstatus 0, line 1\n");
}

static void test_handler_stops_the_feed(void) {
    cuts_check_pairs(TEXT("one\nSTOP\nthree\n"), parse, "1[one]\n2[STOP]\nstatus 2, line 2\n");
    cuts_check_pairs(TEXT("one\n\nSTOP"), parse, "1[one]\n3[STOP]\nstatus 2, line 3\n");
}

static void test_binary(void) {
    cuts_check_pairs(TEXT("one\nt\0o\nthree\n"), parse, "1[one]\nstatus 5, line 2\n");
    cuts_check_pairs(TEXT("\0"), parse, "status 5, line 1\n");
    cuts_check_pairs(TEXT("one\ntwo\0"), parse, "1[one]\nstatus 5, line 2\n");
    cuts_check_pairs(TEXT("one\nSTOP\n\0"), parse, "1[one]\n2[STOP]\nstatus 2, line 2\n");
}

/* "first\n", then a line of `length` x with a NUL at `nul` (or none), then `end`. */
static void check_long_line(size_t length, size_t nul, const char *end, const char *expected) {
    size_t all = 6 + length + strlen(end);
    char *bytes = malloc(all);
    memcpy(bytes, "first\n", 6);
    memset(bytes + 6, 'x', length);
    if (nul < length) bytes[6 + nul] = '\0';
    memcpy(bytes + 6 + length, end, strlen(end));
    cuts_check_long((struct text){bytes, all}, parse, expected);
    free(bytes);
}

static void test_longest_line(void) {
    const size_t most = LINES_MAX_LENGTH, none = SIZE_MAX;
    const char *fits = "1[first]\n2[xxx… 65536]\nstatus 0, line 2\n";
    const char *too_long = "1[first]\nstatus 6, line 2\n";
    check_long_line(most, none, "\n", fits);
    check_long_line(most, none, "", fits);
    check_long_line(most - 1, none, "\r\n", "1[first]\n2[xxx… 65535]\nstatus 0, line 2\n");
    check_long_line(most - 1, none, "\nSTOP\n", "1[first]\n2[xxx… 65535]\n3[STOP]\nstatus 2, line 3\n");
    check_long_line(most + 1, none, "\n", too_long);
    check_long_line(most + 1, none, "", too_long);
    check_long_line(3 * most, none, "\n", too_long);
}

/* The first of the two mistakes names the error, however the line was cut. */
static void test_binary_in_a_line_too_long(void) {
    const size_t most = LINES_MAX_LENGTH;
    check_long_line(most + 100, most - 1, "\n", "1[first]\nstatus 5, line 2\n");
    check_long_line(most + 100, most, "\n", "1[first]\nstatus 6, line 2\n");
    check_long_line(most + 100, most + 50, "", "1[first]\nstatus 6, line 2\n");
}

int main(void) {
    RUN(test_line_ends);
    RUN(test_byte_order_mark);
    RUN(test_handler_stops_the_feed);
    RUN(test_binary);
    RUN(test_longest_line);
    RUN(test_binary_in_a_line_too_long);
    return check_report();
}

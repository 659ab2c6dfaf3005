#include "data/ratings.h"

#include "cuts.h"

static enum status feed(void *parser, const char *bytes, size_t count) {
    return ratings_feed(parser, bytes, count);
}

/* Everything that was found: a line a row with the raw ids and, before them, the indices. */
static void parse(struct text text, struct cuts cuts, struct report *report) {
    struct ratings ratings;
    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    enum status status = cuts_apply(text, cuts, feed, &ratings);
    if (status == STATUS_OK) status = ratings_finish(&ratings);
    for (uint64_t r = 0; r < ratings.count; r++) {
        const struct rating *row = ratings.rows + r;
        REPORT(report, "%u=%u %u=%u %g %u\n", row->user, ratings.users.ids[row->user], row->item,
               ratings.items.ids[row->item], (double)row->value, row->time);
    }
    REPORT(report, "status %d, line %" PRIu64 "\n", (int)status, ratings.lines.number);
    ratings_free(&ratings);
}

static void test_latest(void) {
    cuts_check_pairs(
        TEXT("userId,movieId,rating,timestamp\n7,31,2.5,1260759144\n7,1029,3.0,1260759179\n2,31,5,12\n"),
        parse, "0=7 0=31 2.5 1260759144\n0=7 1=1029 3 1260759179\n1=2 0=31 5 12\nstatus 0, line 4\n");
}

static void test_latest_as_a_spreadsheet_saves_it(void) {
    cuts_check_pairs(
        TEXT("\xEF\xBB\xBFuserId,movieId,rating,timestamp\r\n\r\n\"7\",\"31\",2.5,1260759144\r\n2,31,5,12"),
        parse, "0=7 0=31 2.5 1260759144\n1=2 0=31 5 12\nstatus 0, line 4\n");
}

static void test_latest_without_a_header(void) {
    cuts_check_pairs(TEXT("7,31,2.5,1260759144\n"), parse, "0=7 0=31 2.5 1260759144\nstatus 0, line 1\n");
}

static void test_100k(void) {
    cuts_check_pairs(TEXT("196\t242\t3\t881250949\n186\t302\t3\t891717742\r\n196\t302\t1\t0"), parse,
                     "0=196 0=242 3 881250949\n1=186 1=302 3 891717742\n0=196 1=302 1 0\nstatus 0, line 3\n");
}

static void test_1m(void) {
    cuts_check_pairs(TEXT("1::1193::5::978300760\n4294967295::0::0.5::4294967295\n"), parse,
                     "0=1 0=1193 5 978300760\n1=4294967295 1=0 0.5 4294967295\nstatus 0, line 2\n");
}

static void test_files_without_ratings(void) {
    cuts_check(TEXT(""), parse, "status 4, line 0\n");
    cuts_check(TEXT("\n\r\n"), parse, "status 4, line 2\n");
    cuts_check(TEXT("\xEF\xBB\xBF"), parse, "status 4, line 1\n");
    cuts_check(TEXT("userId,movieId,rating,timestamp\n"), parse, "status 4, line 1\n");
}

static void test_other_files(void) {
    const struct text others[] = {
        TEXT("movieId,title,genres\n1,Toy Story (1995),Comedy\n"),
        TEXT("userId,movieId,tag,timestamp\n1,2,funny,3\n"),
        TEXT("movieId,imdbId,tmdbId\n1,0114709,862\n"),
        TEXT("1::Toy Story (1995)::Comedy\n"),
        TEXT("1|Toy Story (1995)|01-Jan-1995||http://x|0|0\n"),
        TEXT("user,movieId,rating,timestamp\n1,2,3,4\n"),
        TEXT("userId,itemId,rating,timestamp\n1,2,3,4\n"),
        TEXT("userId,movieId,value,timestamp\n1,2,3,4\n"),
        TEXT("userId,movieId,rating,time\n1,2,3,4\n"),
        TEXT("userId;movieId;rating;timestamp\n1;2;3;4\n"),
        TEXT("1 2 3 4\n"),
        TEXT("(0,25)\t1064\t174\t2791\t3373\n"),
        TEXT("<!DOCTYPE html>\n<html>\n"),
        TEXT("timestamp,rating,movieId,userId\n1,2,3,4\n"),
        TEXT("\"1,2,3,4\n"),
        TEXT("-1,2,3,4\n"),
    };
    for (uint32_t i = 0; i < sizeof others / sizeof *others; i++)
        cuts_check(others[i], parse, "status 10, line 1\n");
    cuts_check(TEXT("\n\nPK\x03\x04 zipped"), parse, "status 10, line 3\n");
    cuts_check(TEXT("PK\x03\x04\x14\0\0"), parse, "status 5, line 1\n");
}

/* `line` stands third in a file that is right otherwise. */
static void check_bad_line(struct text line, enum status status) {
    char text[200], expected[60] = "0=1 0=2 3 4\n";
    size_t length = (size_t)snprintf(text, sizeof text, "userId,movieId,rating,timestamp\n1,2,3,4\n");
    memcpy(text + length, line.bytes, line.length);
    length += line.length;
    snprintf(expected + 12, sizeof expected - 12, "status %d, line 3\n", (int)status);
    cuts_check((struct text){text, length}, parse, expected);
    memcpy(text + length, "\n5,6,1,8\n", 9);
    cuts_check((struct text){text, length + 9}, parse, expected);
}

static void test_wrong_columns(void) {
    check_bad_line(TEXT("1,3,3.5"), STATUS_COLUMNS);
    check_bad_line(TEXT("1,3,3.5,12,9"), STATUS_COLUMNS);
    check_bad_line(TEXT("1"), STATUS_COLUMNS);
    check_bad_line(TEXT("1\t3\t3.5\t12"), STATUS_COLUMNS);
    check_bad_line(TEXT("1::3::3.5::12"), STATUS_COLUMNS);
    check_bad_line(TEXT("1,3,3.5,12,"), STATUS_COLUMNS);
    check_bad_line(TEXT(" "), STATUS_COLUMNS);
}

static void test_wrong_numbers(void) {
    check_bad_line(TEXT("x,3,3.5,12"), STATUS_NUMBER);
    check_bad_line(TEXT("1,-3,3.5,12"), STATUS_NUMBER);
    check_bad_line(TEXT("1,3,good,12"), STATUS_NUMBER);
    check_bad_line(TEXT("1,3,--1,12"), STATUS_NUMBER);
    check_bad_line(TEXT("1,3,1000001,12"), STATUS_NUMBER);
    check_bad_line(TEXT("1,3,nan,12"), STATUS_NUMBER);
    check_bad_line(TEXT("1,3,3.5,12.5"), STATUS_NUMBER);
    check_bad_line(TEXT("1,3,3.5,"), STATUS_NUMBER);
    check_bad_line(TEXT("4294967296,3,3.5,12"), STATUS_NUMBER);
    check_bad_line(TEXT("1,3,3.5,99999999999"), STATUS_NUMBER);
    check_bad_line(TEXT(",,,"), STATUS_NUMBER);
    check_bad_line(TEXT("userId,movieId,rating,timestamp"), STATUS_NUMBER);
}

static void test_other_bad_lines(void) {
    check_bad_line(TEXT("1,\"3,3.5,12"), STATUS_QUOTE);
    check_bad_line(TEXT("1,\"3\"x,3.5,12"), STATUS_QUOTE);
    check_bad_line(TEXT("1,3,3.5,1\0"), STATUS_BINARY);
}

static void test_line_too_long(void) {
    size_t length = 100 + LINES_MAX_LENGTH;
    char *text = malloc(length);
    memset(text, '1', length);
    memcpy(text, "1,2,3,4\n", 8);
    cuts_check_long((struct text){text, length}, parse, "0=1 0=2 3 4\nstatus 6, line 2\n");
    free(text);
}

#define FIRST_USER UINT32_C(3000000000)

/* Enough rows for every array to grow, with ids that look like no index. */
static void test_many_rows(void) {
    enum { ROWS = 150000 };
    struct ratings ratings;
    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    char line[80];
    for (uint32_t r = 0; r < ROWS; r++) {
        int length =
            snprintf(line, sizeof line, "%u,%u,%u.5,%u\n", FIRST_USER + r % 5000 * 3, r % 7001 * 8, r % 5, r);
        CHECK_OR_RETURN(ratings_feed(&ratings, line, (size_t)length) == STATUS_OK, "row %u", r);
    }
    CHECK_EQUAL(ratings_finish(&ratings), STATUS_OK);
    CHECK_EQUAL(ratings.count, ROWS);
    CHECK_EQUAL(ratings.users.count, 5000);
    CHECK_EQUAL(ratings.items.count, 7001);
    for (uint32_t r = 0; r < ROWS; r++) {
        struct rating row = ratings.rows[r];
        CHECK_OR_RETURN(row.user == r % 5000 && row.item == r % 7001 && row.time == r, "row %u", r);
        CHECK_OR_RETURN(row.value == (float)(r % 5) + 0.5F, "row %u", r);
        CHECK_OR_RETURN(ratings.users.ids[row.user] == FIRST_USER + r % 5000 * 3, "row %u", r);
        CHECK_OR_RETURN(ratings.items.ids[row.item] == r % 7001 * 8, "row %u", r);
    }
    ratings_free(&ratings);
}

/* Full where nothing more fits, without filling a gigabyte to see it. */
static void test_too_many_rows(void) {
    struct ratings ratings;
    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    CHECK_EQUAL(ratings_feed(&ratings, "1,2,3,4\n", 8), STATUS_OK);
    ratings.count = ratings.capacity = RATINGS_MAX;
    CHECK_EQUAL(ratings_feed(&ratings, "1,2,3,4\n", 8), STATUS_TOO_LARGE);
    CHECK_EQUAL(ratings.lines.number, 2);
    ratings_free(&ratings);
}

static void test_free_twice(void) {
    struct ratings ratings;
    CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
    CHECK_EQUAL(ratings_feed(&ratings, "1,2,3,4\n", 8), STATUS_OK);
    ratings_free(&ratings);
    ratings_free(&ratings);
    CHECK(ratings.rows == NULL && ratings.count == 0);
}

int main(void) {
    RUN(test_latest);
    RUN(test_latest_as_a_spreadsheet_saves_it);
    RUN(test_latest_without_a_header);
    RUN(test_100k);
    RUN(test_1m);
    RUN(test_files_without_ratings);
    RUN(test_other_files);
    RUN(test_wrong_columns);
    RUN(test_wrong_numbers);
    RUN(test_other_bad_lines);
    RUN(test_line_too_long);
    RUN(test_many_rows);
    RUN(test_too_many_rows);
    RUN(test_free_twice);
    return check_report();
}

#include "data/fields.h"

#include "cuts.h"

/* Splits a copy without a terminator and joins what comes out as "count: <a> <b> …". */
static void check_split(enum delimiter delimiter, uint32_t limit, struct text line, const char *expected) {
    struct field fields[8];
    struct report report = {.length = 0};
    char *copy = malloc(line.length + (line.length == 0));
    memcpy(copy, line.bytes, line.length);
    uint32_t count = fields_split(fields, limit, copy, (uint32_t)line.length, delimiter);
    REPORT(&report, "%u:", count);
    for (uint32_t i = 0; i < count && i < limit; i++)
        REPORT(&report, " <%.*s>", (int)fields[i].length, fields[i].text);
    if (strcmp(report.text, expected) != 0) {
        fprintf(stderr, "got %s, expected %s\n", report.text, expected);
        check_fail(__FILE__, __LINE__, line.bytes);
    }
    free(copy);
}

static void test_commas(void) {
    check_split(DELIMITER_COMMA, 8, TEXT("1,31,2.5,12"), "4: <1> <31> <2.5> <12>");
    check_split(DELIMITER_COMMA, 8, TEXT(""), "1: <>");
    check_split(DELIMITER_COMMA, 8, TEXT(","), "2: <> <>");
    check_split(DELIMITER_COMMA, 8, TEXT("a,,b,"), "4: <a> <> <b> <>");
    check_split(DELIMITER_COMMA, 8, TEXT("a\tb|c::d"), "1: <a\tb|c::d>");
}

static void test_no_more_than_the_limit_is_written(void) {
    struct field fields[4] = {{0}};
    const char *mark = "mark";
    fields[2].text = mark;
    CHECK_EQUAL(fields_split(fields, 2, "a,b,c,d,e", 9, DELIMITER_COMMA), 5);
    CHECK(fields[2].text == mark);
    CHECK_EQUAL(fields_split(NULL, 0, "a,b,c,d,e", 9, DELIMITER_COMMA), 5);
    check_split(DELIMITER_COMMA, 2, TEXT("a,b,c"), "3: <a> <b>");
}

static void test_quotes(void) {
    check_split(DELIMITER_COMMA, 8, TEXT("1,\"a, b\",c"), "3: <1> <a, b> <c>");
    check_split(DELIMITER_COMMA, 8, TEXT("\"a\",\"\",\"b\""), "3: <a> <> <b>");
    check_split(DELIMITER_COMMA, 8, TEXT("\"a\","), "2: <a> <>");
    check_split(DELIMITER_COMMA, 8, TEXT("\"he said \"\"no\"\"\",x"), "2: <he said \"\"no\"\"> <x>");
    check_split(DELIMITER_COMMA, 8, TEXT("\"\"\"\""), "1: <\"\">");
    check_split(DELIMITER_COMMA, 8, TEXT("a \"quote\" inside,b"), "2: <a \"quote\" inside> <b>");
}

static void test_quotes_not_closed(void) {
    check_split(DELIMITER_COMMA, 8, TEXT("1,\"a, b"), "0:");
    check_split(DELIMITER_COMMA, 8, TEXT("\""), "0:");
    check_split(DELIMITER_COMMA, 8, TEXT("\"\"\""), "0:");
    check_split(DELIMITER_COMMA, 8, TEXT("\"a\"b,c"), "0:");
    check_split(DELIMITER_COMMA, 8, TEXT("\"a\"\","), "0:");
}

static void test_other_delimiters(void) {
    check_split(DELIMITER_TAB, 8, TEXT("196\t242\t3\t881250949"), "4: <196> <242> <3> <881250949>");
    check_split(DELIMITER_TAB, 8, TEXT("\"a\tb\t"), "3: <\"a> <b> <>");
    check_split(DELIMITER_COLONS, 8, TEXT("1::Alien: A::Horror"), "3: <1> <Alien: A> <Horror>");
    check_split(DELIMITER_COLONS, 8, TEXT("a:::b:"), "2: <a> <:b:>");
    check_split(DELIMITER_COLONS, 8, TEXT("::"), "2: <> <>");
    check_split(DELIMITER_COLONS, 8, TEXT("::::"), "3: <> <> <>");
    check_split(DELIMITER_COLONS, 8, TEXT(":"), "1: <:>");
    check_split(DELIMITER_BAR, 8, TEXT("1|a, b||0|"), "5: <1> <a, b> <> <0> <>");
}

static struct field field_of(const char *text) { return (struct field){text, (uint32_t)strlen(text)}; }

static void test_field_is(void) {
    CHECK(field_is(field_of("movieId"), "movieId") && field_is(field_of(""), ""));
    CHECK(!field_is(field_of("movieId"), "movie") && !field_is(field_of("movie"), "movieId"));
    CHECK(!field_is(field_of("movieid"), "movieId") && !field_is(field_of(""), "a"));
}

static void test_integers(void) {
    static const struct {
        const char *text;
        uint32_t value;
    } good[] = {{"0", 0}, {"7", 7}, {"0042", 42}, {"881250949", 881250949}, {"4294967295", UINT32_MAX}};
    for (uint32_t i = 0; i < sizeof good / sizeof *good; i++) {
        uint32_t number = 99;
        CHECK(field_integer(field_of(good[i].text), &number));
        CHECK_EQUAL(number, good[i].value);
    }
    static const char *const bad[] = {"",    "-1",  "+1",         "1.0",        " 1",
                                      "1 ",  "1e3", "0x10",       "abc",        "/",
                                      ":",   "1a",  "4294967296", "9999999999", "18446744073709551617",
                                      "\xB2"};
    for (uint32_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint32_t number = 99;
        CHECK(!field_integer(field_of(bad[i]), &number));
        CHECK_EQUAL(number, 99);
    }
}

static void test_decimals(void) {
    static const struct {
        const char *text;
        float value;
    } good[] = {{"3", 3.0F},
                {"3.5", 3.5F},
                {"4.0", 4.0F},
                {"0.5", 0.5F},
                {".5", 0.5F},
                {"5.", 5.0F},
                {"0", 0.0F},
                {"-0", 0.0F},
                {"-9.75", -9.75F},
                {"-1000000", -1000000.0F},
                {"0.1", 0.1F},
                {"1000000", 1000000.0F},
                {"1000000.0", 1000000.0F},
                {"3.14159265358979", 3.14159265F}};
    for (uint32_t i = 0; i < sizeof good / sizeof *good; i++) {
        float number = 99.0F;
        CHECK(field_decimal(field_of(good[i].text), &number));
        CHECK_EQUAL(check_float_bits(number), check_float_bits(good[i].value));
    }
    static const char *const bad[] = {
        "",   ".",   "-",     "-.",  "-1000001", "1-", "- 1", "--1",     "+1",          " 1",
        "1 ", "1e3", "1.2.3", "nan", "inf",      "..", "1,5", "1000001", "1000000.001", "0.1234567890123456"};
    for (uint32_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        float number = 99.0F;
        CHECK(!field_decimal(field_of(bad[i]), &number));
        CHECK(number == 99.0F);
    }
}

int main(void) {
    RUN(test_commas);
    RUN(test_no_more_than_the_limit_is_written);
    RUN(test_quotes);
    RUN(test_quotes_not_closed);
    RUN(test_other_delimiters);
    RUN(test_field_is);
    RUN(test_integers);
    RUN(test_decimals);
    return check_report();
}

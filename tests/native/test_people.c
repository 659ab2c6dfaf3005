#include "data/people.h"

#include "cuts.h"
#include "data/dataset.h"

static enum status feed(void *parser, const char *bytes, size_t count) {
    return people_feed(parser, bytes, count);
}

/* A line a person: "id gender, age, occupation". */
static void parse(struct text text, struct cuts cuts, struct report *report) {
    struct people people;
    CHECK_EQUAL(people_init(&people), STATUS_OK);
    enum status status = cuts_apply(text, cuts, feed, &people);
    if (status == STATUS_OK) status = people_finish(&people);
    for (uint32_t p = 0; p < people.ids.count && status == STATUS_OK; p++) {
        const struct person *person = people.rows + p;
        bool is_known = person->occupation != PEOPLE_UNKNOWN;
        REPORT(report, "%u %s, %s, %s\n", people.ids.ids[p], people_gender_name(person->gender),
               people_age_name(person->age),
               is_known ? people.occupation_names[person->occupation] : "unknown");
    }
    REPORT(report, "status %d, line %" PRIu64 "\n", (int)status, people.lines.number);
    people_free(&people);
}

static void test_1m(void) {
    cuts_check_pairs(
        TEXT("1::F::1::10::48067\n2::M::56::16::70072\n3::M::25::15::55117-1234\n"), parse,
        "1 female, under 18, K-12 student\n2 male, 56+, self-employed\n3 male, 25-34, scientist\n"
        "status 0, line 3\n");
}

static void test_100k(void) {
    cuts_check_pairs(TEXT("1|24|M|technician|85711\r\n\n17|53|F|other|T8H1N\n30|7|M|technician|55436"), parse,
                     "1 male, 18-24, technician\n17 female, 50-55, other\n30 male, under 18, technician\n"
                     "status 0, line 4\n");
}

/* All codes of 1M, and all ages that there are. */
static void test_1m_occupations(void) {
    static const char *const names[] = {"other",
                                        "academic/educator",
                                        "artist",
                                        "clerical/admin",
                                        "college/grad student",
                                        "customer service",
                                        "doctor/health care",
                                        "executive/managerial",
                                        "farmer",
                                        "homemaker",
                                        "K-12 student",
                                        "lawyer",
                                        "programmer",
                                        "retired",
                                        "sales/marketing",
                                        "scientist",
                                        "self-employed",
                                        "technician/engineer",
                                        "tradesman/craftsman",
                                        "unemployed",
                                        "writer"};
    char text[1000], expected[2000];
    size_t length = 0, expected_length = 0;
    for (uint32_t o = 0; o < 21; o++) {
        length += (size_t)snprintf(text + length, 60, "%u::F::35::%u::0\n", 900 - o, 20 - o);
        expected_length += (size_t)snprintf(expected + expected_length, 60, "%u female, 35-44, %s\n", 900 - o,
                                            names[20 - o]);
    }
    snprintf(expected + expected_length, 60, "status 0, line 21\n");
    cuts_check((struct text){text, length}, parse, expected);
}

static void test_ages(void) {
    static const uint32_t first[] = {0, 18, 25, 35, 45, 50, 56, PEOPLE_MAX_AGE + 1};
    static const char *const names[] = {"under 18", "18-24", "25-34", "35-44", "45-49", "50-55", "56+"};
    for (uint32_t group = 0; group < PEOPLE_AGES; group++) {
        CHECK(strcmp(people_age_name(group), names[group]) == 0);
        for (uint32_t years = first[group]; years < first[group + 1]; years++) {
            char text[60], expected[60];
            CHECK_EQUAL(people_age_group(years), group);
            int length = snprintf(text, sizeof text, "1|%u|F|artist|0", years);
            snprintf(expected, sizeof expected, "1 female, %s, artist\nstatus 0, line 1\n", names[group]);
            cuts_check((struct text){text, (size_t)length}, parse, expected);
            length = snprintf(text, sizeof text, "1::F::%u::2::0", years);
            cuts_check((struct text){text, (size_t)length}, parse, expected);
        }
    }
    CHECK_EQUAL(people_age_group(1), 0); /* 1M's code for all under 18 */
    CHECK_EQUAL(people_age_group(UINT32_MAX), PEOPLE_AGES - 1);
}

static void test_first_of_equal_users_is_kept(void) {
    cuts_check(TEXT("5|24|M|writer|1\n6|30|F|none|1\n5|50|F|artist|1\n"), parse,
               "5 male, 18-24, writer\n6 female, 25-34, none\nstatus 0, line 3\n");
}

static void test_oddities(void) {
    cuts_check(TEXT("\xEF\xBB\xBF"
                    "4294967295|24|M||\n"),
               parse, "4294967295 male, 18-24, unknown\nstatus 0, line 1\n");
    cuts_check(TEXT("1|24|M|caf\xC3\xA9 owner|1\n"), parse,
               "1 male, 18-24, caf\xC3\xA9 owner\nstatus 0, line 1\n");
    cuts_check(TEXT("1|24|M|a job of 31 characters. really!|1\n"), parse,
               "1 male, 18-24, a job of 31 characters. really!\nstatus 0, line 1\n");
    cuts_check(TEXT("1|24|M|a::b|1\n"), parse, "1 male, 18-24, a::b\nstatus 0, line 1\n");
}

static void check_status(struct text text, enum status status, uint64_t line) {
    char expected[60];
    snprintf(expected, sizeof expected, "status %d, line %" PRIu64 "\n", (int)status, line);
    cuts_check(text, parse, expected);
}

static void test_other_files(void) {
    const struct text others[] = {
        TEXT("userId,movieId,rating,timestamp\n1,2,3,4\n"),
        TEXT("1\t2\t3\t4\n"),
        TEXT("1::2::3::4\n"),
        TEXT("1::Toy Story (1995)::Comedy\n"),
        TEXT("1|Toy Story (1995)|01-Jan-1995||x|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n"),
        TEXT("administrator\nartist\n"),
        TEXT("<!DOCTYPE html>\n"),
        TEXT("x|24|M|technician|85711\n"),
        TEXT("1|24|X|technician|85711\n"),
        TEXT("1|M|24|technician|85711\n"),
        TEXT("1::25::F::10::48067\n"),
        TEXT("1::F::25::10\n"),
    };
    for (uint32_t i = 0; i < sizeof others / sizeof *others; i++) check_status(others[i], STATUS_HEADER, 1);
    check_status(TEXT("PK\x03\x04\x14\0\0"), STATUS_BINARY, 1);
    check_status(TEXT(""), STATUS_EMPTY, 0);
    check_status(TEXT("\n\r\n"), STATUS_EMPTY, 2);
}

/* As the second line, with and without a third. */
static void check_bad_line(const char *first, struct text line, enum status status) {
    char text[200];
    size_t length = (size_t)snprintf(text, sizeof text, "%s\n", first);
    memcpy(text + length, line.bytes, line.length);
    length += line.length;
    check_status((struct text){text, length}, status, 2);
    length += (size_t)snprintf(text + length, 60, "\n%s\n", first);
    check_status((struct text){text, length}, status, 2);
}

static void test_bad_lines(void) {
    const char *bars = "1|24|M|technician|85711", *colons = "1::F::1::10::48067";
    check_bad_line(bars, TEXT("2|24|M|writer"), STATUS_COLUMNS);
    check_bad_line(bars, TEXT("2|24|M|writer|1|2"), STATUS_COLUMNS);
    check_bad_line(bars, TEXT("2::M::24::10::1"), STATUS_COLUMNS);
    check_bad_line(bars, TEXT("x|24|M|writer|1"), STATUS_NUMBER);
    check_bad_line(bars, TEXT("-2|24|M|writer|1"), STATUS_NUMBER);
    check_bad_line(bars, TEXT("4294967296|24|M|writer|1"), STATUS_NUMBER);
    check_bad_line(bars, TEXT("2|151|M|writer|1"), STATUS_NUMBER);
    check_bad_line(bars, TEXT("2|old|M|writer|1"), STATUS_NUMBER);
    check_bad_line(bars, TEXT("2||M|writer|1"), STATUS_NUMBER);
    check_bad_line(bars, TEXT("2|24|m|writer|1"), STATUS_GENDER);
    check_bad_line(bars, TEXT("2|24|MF|writer|1"), STATUS_GENDER);
    check_bad_line(bars, TEXT("2|24||writer|1"), STATUS_GENDER);
    check_bad_line(bars, TEXT("2|24|M|wri\0er|1"), STATUS_BINARY);
    check_bad_line(bars, TEXT("2|24|M|caf\xE9 owner|1"), STATUS_BINARY);
    check_bad_line(bars, TEXT("2|24|M|a job of 32 characters. really!!|1"), STATUS_OCCUPATIONS);
    check_bad_line(colons, TEXT("2::F::1::21::1"), STATUS_NUMBER);
    check_bad_line(colons, TEXT("2::F::1::artist::1"), STATUS_NUMBER);
    check_bad_line(colons, TEXT("2::F::151::1::1"), STATUS_NUMBER);
    check_bad_line(colons, TEXT("2::X::1::1::1"), STATUS_GENDER);
    check_bad_line(colons, TEXT("2::F::1::1"), STATUS_COLUMNS);
    check_bad_line(colons, TEXT("2|24|M|writer|1"), STATUS_COLUMNS);
}

static void check_occupations(uint32_t count, enum status status) {
    char text[2000];
    size_t length = 0;
    struct people people;
    for (uint32_t o = 0; o < count; o++)
        length += (size_t)snprintf(text + length, 60, "%u|30|F|job %u|0\n", o, o);
    CHECK_EQUAL(people_init(&people), STATUS_OK);
    CHECK_EQUAL(people_feed(&people, text, length), status);
    CHECK_EQUAL(people.lines.number, count);
    CHECK_EQUAL(people.occupation_count, status == STATUS_OK ? count : count - 1);
    people_free(&people);
}

static void test_most_occupations(void) {
    check_occupations(31, STATUS_OK);
    check_occupations(32, STATUS_OK);
    check_occupations(33, STATUS_OCCUPATIONS);
}

static void test_many_people(void) {
    enum { PEOPLE = 10000 };
    struct people people;
    CHECK_EQUAL(people_init(&people), STATUS_OK);
    for (uint32_t p = 0; p < PEOPLE; p++) {
        char line[60];
        int length = snprintf(line, sizeof line, "%u|%u|%c|job %u|x\n", p * 13, p % 100,
                              p % 3 == 0 ? 'M' : 'F', p % 30);
        CHECK_OR_RETURN(people_feed(&people, line, (size_t)length) == STATUS_OK, "person %u", p);
    }
    CHECK_EQUAL(people_finish(&people), STATUS_OK);
    CHECK_EQUAL(people.ids.count, PEOPLE);
    CHECK_EQUAL(people.occupation_count, 30);
    for (uint32_t p = 0; p < PEOPLE; p++) {
        const struct person *person = people.rows + idmap_find(&people.ids, p * 13);
        CHECK_OR_RETURN(person == people.rows + p && person->gender == (p % 3 == 0), "person %u", p);
        CHECK_OR_RETURN(person->age == people_age_group(p % 100) && person->occupation == p % 30, "person %u",
                        p);
    }
    people_free(&people);
}

static void test_people_of_users(void) {
    struct dataset dataset;
    const char *ratings = "7,50,3,9\n3,70,3,8\n5,60,3,7\n",
               *people = "9|20|M|artist|1\n5|30|F|none|1\n7|60|M|none|1\n";
    CHECK_EQUAL(dataset_init(&dataset), STATUS_OK);
    CHECK_EQUAL(ratings_feed(&dataset.ratings, ratings, strlen(ratings)), STATUS_OK);
    CHECK_EQUAL(ratings_finish(&dataset.ratings), STATUS_OK);
    for (uint32_t u = 0; u < 3; u++) CHECK(dataset_person(&dataset, u) == NULL); /* the file is optional */
    CHECK_EQUAL(people_feed(&dataset.people, people, strlen(people)), STATUS_OK);
    CHECK_EQUAL(people_finish(&dataset.people), STATUS_OK);
    CHECK_EQUAL(dataset_person(&dataset, 0)->age, 6);
    CHECK(dataset_person(&dataset, 1) == NULL);
    CHECK_EQUAL(dataset_person(&dataset, 2)->age, 2);
    dataset_free(&dataset);
}

int main(void) {
    RUN(test_1m);
    RUN(test_100k);
    RUN(test_1m_occupations);
    RUN(test_ages);
    RUN(test_first_of_equal_users_is_kept);
    RUN(test_oddities);
    RUN(test_other_files);
    RUN(test_bad_lines);
    RUN(test_most_occupations);
    RUN(test_many_people);
    RUN(test_people_of_users);
    return check_report();
}

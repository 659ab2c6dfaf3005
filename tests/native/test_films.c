#include "data/films.h"

#include "cuts.h"

static enum status feed(void *parser, const char *bytes, size_t count) {
    return films_feed(parser, bytes, count);
}

/* A line a film: "id <title> year genre genre …". */
static void parse(struct text text, struct cuts cuts, struct report *report) {
    struct films films;
    CHECK_EQUAL(films_init(&films), STATUS_OK);
    enum status status = cuts_apply(text, cuts, feed, &films);
    if (status == STATUS_OK) status = films_finish(&films);
    for (uint32_t f = 0; f < films.ids.count && status == STATUS_OK; f++) {
        const struct film *film = films.rows + f;
        REPORT(report, "%u <%.*s> %u", films.ids.ids[f], (int)film->title_length, films.text + film->title,
               film->year);
        for (uint32_t g = 0; g < FILMS_MAX_GENRES; g++)
            if (film->genres >> g & 1) REPORT(report, " %s", films.genre_names[g]);
        REPORT(report, "\n");
    }
    REPORT(report, "status %d, line %" PRIu64 "\n", (int)status, films.lines.number);
    films_free(&films);
}

static void test_latest(void) {
    cuts_check_pairs(TEXT("movieId,title,genres\n1,Toy Story (1995),Animation|Comedy\n"
                          "11,\"American President, The (1995)\",Comedy\n"),
                     parse,
                     "1 <Toy Story> 1995 Animation Comedy\n11 <American President, The> 1995 Comedy\n"
                     "status 0, line 3\n");
}

static void test_quotes_and_line_ends(void) {
    cuts_check_pairs(
        TEXT("\xEF\xBB\xBFmovieId,title,genres\r\n\r\n"
             "5,\"\"\"Great \"\"Performances\"\" Cats (1998)\",Musical\r\n6,\"a\",\"Sci-Fi|Musical\""),
        parse, "5 <\"Great \"Performances\" Cats> 1998 Musical\n6 <a> 0 Musical Sci-Fi\nstatus 0, line 4\n");
}

static void test_1m_in_latin_1(void) {
    cuts_check_pairs(
        TEXT("1::Toy Story (1995)::Animation|Children's\n73::Mis\xE9rables, Les (1995)::Drama\n"), parse,
        "1 <Toy Story> 1995 Animation Children's\n73 <Mis\xC3\xA9rables, Les> 1995 Drama\n"
        "status 0, line 2\n");
}

static void test_100k(void) {
    cuts_check(TEXT("1|Toy Story (1995)|01-Jan-1995||http://us.imdb.com/M/title-exact?Toy%20Story%20(1995)"
                    "|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n"
                    "267|unknown||||1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0\n"
                    "543|Mis\xE9rables, Les (1995)|01-Jan-1995||x|0|0|0|0|0|0|0|0|1|0|0|0|1|0|0|0|0|0|1\r\n"),
               parse,
               "1 <Toy Story> 1995 Animation Children's Comedy\n267 <unknown> 0\n"
               "543 <Mis\xC3\xA9rables, Les> 1995 Drama Musical Western\nstatus 0, line 3\n");
}

/* Each flag of u.item by itself, in the order of u.genre. */
static void test_100k_genres(void) {
    static const char *const names[] = {"",          "Action",   "Adventure",   "Animation", "Children's",
                                        "Comedy",    "Crime",    "Documentary", "Drama",     "Fantasy",
                                        "Film-Noir", "Horror",   "Musical",     "Mystery",   "Romance",
                                        "Sci-Fi",    "Thriller", "War",         "Western"};
    for (uint32_t g = 0; g < 19; g++) {
        char line[100] = "1|x (2000)|||", expected[60];
        for (uint32_t i = 0; i < 19; i++) strcat(line, i == g ? "|1" : "|0");
        snprintf(expected, sizeof expected, "1 <x> 2000%s%s\nstatus 0, line 1\n", g == 0 ? "" : " ",
                 names[g]);
        cuts_check((struct text){line, strlen(line)}, parse, expected);
    }
}

static void test_years(void) {
    static const char *const titles[][2] = {
        {"Toy Story (1995)", "<Toy Story> 1995"},
        {"Babylon 5", "<Babylon 5> 0"},
        {"Up (2009) ", "<Up> 2009"},
        {"Up  (2009)", "<Up> 2009"},
        {"2001 (1968) (1968)", "<2001 (1968)> 1968"},
        {"(1995)", "<(1995)> 0"},
        {" (1995)", "<> 1995"},
        {"Up(2009)", "<Up(2009)> 0"},
        {"Up (209)", "<Up (209)> 0"},
        {"Up (20091)", "<Up (20091)> 0"},
        {"Up (2o09)", "<Up (2o09)> 0"},
        {"Up (2009) x", "<Up (2009) x> 0"},
        {"Zorn [2007)", "<Zorn [2007)> 0"},
        {"Zorn (2007]", "<Zorn (2007]> 0"},
        {"Hobbit (2006\xE2\x80\x93"
         "2007)",
         "<Hobbit (2006\xE2\x80\x93"
         "2007)> 0"},
        {"   ", "<> 0"},
        {"", "<> 0"},
    };
    for (uint32_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        char line[80], expected[100];
        int length = snprintf(line, sizeof line, "4::%s::Drama", titles[i][0]);
        snprintf(expected, sizeof expected, "4 %s Drama\nstatus 0, line 1\n", titles[i][1]);
        cuts_check((struct text){line, (size_t)length}, parse, expected);
    }
}

static void test_titles_in_utf_8_and_latin_1(void) {
    static const char *const titles[][2] = {
        {"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x8E\xAC",
         "\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x8E\xAC"},                         /* é € and a film */
        {"\xF4\x8F\xBF\xBF \xED\x9F\xBF", "\xF4\x8F\xBF\xBF \xED\x9F\xBF"}, /* the last ones */
        {"\xE9", "\xC3\xA9"},
        {"\xE9t\xE9", "\xC3\xA9t\xC3\xA9"},
        {"\xC3\xA9 \xE9", "\xC3\x83\xC2\xA9 \xC3\xA9"}, /* not all of it is UTF-8, so none is */
        {"\x80\xBF\xC0\xFF", "\xC2\x80\xC2\xBF\xC3\x80\xC3\xBF"},
        {"\xE2\x82", "\xC3\xA2\xC2\x82"}, /* cut short */
        {"\xC0\xAF", "\xC3\x80\xC2\xAF"}, /* too long for what it says */
        {"\xC1\xBF", "\xC3\x81\xC2\xBF"},
        {"\xE0\x9F\xBF", "\xC3\xA0\xC2\x9F\xC2\xBF"},
        {"\xF0\x8F\xBF\xBF", "\xC3\xB0\xC2\x8F\xC2\xBF\xC2\xBF"},
        {"\xED\xA0\x80", "\xC3\xAD\xC2\xA0\xC2\x80"},             /* half a surrogate pair */
        {"\xF4\x90\x80\x80", "\xC3\xB4\xC2\x90\xC2\x80\xC2\x80"}, /* past the last code point */
        {"\xF5\x80\x80\x80", "\xC3\xB5\xC2\x80\xC2\x80\xC2\x80"},
    };
    for (uint32_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        char line[80], expected[100];
        int length = snprintf(line, sizeof line, "4,%s,Drama\n", titles[i][0]);
        snprintf(expected, sizeof expected, "4 <%s> 0 Drama\nstatus 0, line 1\n", titles[i][1]);
        cuts_check((struct text){line, (size_t)length}, parse, expected);
    }
}

/* What an earlier line left behind the last one must not complete its last character. */
static void test_last_character_cut_short(void) {
    cuts_check(TEXT("1,aa,\xC3\xAC\n2,b,\xE2\x82"), parse, "status 5, line 2\n");
}

static void test_genre_lists(void) {
    cuts_check(TEXT("1,a,(no genres listed)\n2,b,\n3,c,|Drama||War|\n4,d,War|War\n"), parse,
               "1 <a> 0\n2 <b> 0\n3 <c> 0 Drama War\n4 <d> 0 War\nstatus 0, line 4\n");
}

static void test_first_of_equal_films_is_kept(void) {
    cuts_check(TEXT("1,a (1990),Drama\n2,b,War\n1,c (2000),Horror\n"), parse,
               "1 <a> 1990 Drama\n2 <b> 0 War\nstatus 0, line 3\n");
}

/* A title with commas makes the first line of movies.dat look like one of movies.csv. */
static void test_first_line_with_other_delimiters(void) {
    cuts_check(TEXT("1::Good, the Bad and the Ugly, The (1966)::Western\n"), parse,
               "1 <Good, the Bad and the Ugly, The> 1966 Western\nstatus 0, line 1\n");
    cuts_check(TEXT("1|a, b, c::d::e (2000)||||0|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0\n"), parse,
               "1 <a, b, c::d::e> 2000 Action\nstatus 0, line 1\n");
}

static void test_first_title_is_empty(void) {
    cuts_check(TEXT("1,,Drama\n2,b,Drama\n"), parse, "1 <> 0 Drama\n2 <b> 0 Drama\nstatus 0, line 2\n");
}

static void test_files_without_films(void) {
    cuts_check(TEXT(""), parse, "status 4, line 0\n");
    cuts_check(TEXT("\n\r\n"), parse, "status 4, line 2\n");
    cuts_check(TEXT("movieId,title,genres\n"), parse, "status 4, line 1\n");
}

static void test_other_files(void) {
    const struct text others[] = {
        TEXT("userId,movieId,rating,timestamp\n1,2,3,4\n"),
        TEXT("userId,movieId,tag,timestamp\n1,2,funny,3\n"),
        TEXT("movieId,imdbId,tmdbId\n1,0114709,862\n"),
        TEXT("1\t2\t3\t4\n"),
        TEXT("1::2::3::4\n"),
        TEXT("unknown|0\nAction|1\n"),
        TEXT("1|24|M|technician|85711\n"),
        TEXT("<!DOCTYPE html>\n"),
        TEXT("x,Toy Story (1995),Comedy\n"),
        TEXT("1,\"Toy Story (1995),Comedy\n"),
    };
    for (uint32_t i = 0; i < sizeof others / sizeof *others; i++)
        cuts_check(others[i], parse, "status 10, line 1\n");
    cuts_check(TEXT("PK\x03\x04\x14\0\0"), parse, "status 5, line 1\n");
}

static void check_bad_line(struct text line, enum status status) {
    char text[200], expected[60];
    size_t length = (size_t)snprintf(text, sizeof text, "movieId,title,genres\n1,a,Drama\n");
    memcpy(text + length, line.bytes, line.length);
    length += line.length;
    snprintf(expected, sizeof expected, "status %d, line 3\n", (int)status);
    cuts_check((struct text){text, length}, parse, expected);
    memcpy(text + length, "\n2,b,War\n", 9);
    cuts_check((struct text){text, length + 9}, parse, expected);
}

static void test_bad_lines(void) {
    check_bad_line(TEXT("2,b"), STATUS_COLUMNS);
    check_bad_line(TEXT("2,b,Drama,x"), STATUS_COLUMNS);
    check_bad_line(TEXT("2,b, c (1990),Drama"), STATUS_COLUMNS);
    check_bad_line(TEXT("2::b::Drama"), STATUS_COLUMNS);
    check_bad_line(TEXT("x,b,Drama"), STATUS_NUMBER);
    check_bad_line(TEXT("-2,b,Drama"), STATUS_NUMBER);
    check_bad_line(TEXT("4294967296,b,Drama"), STATUS_NUMBER);
    check_bad_line(TEXT("2,\"b,Drama"), STATUS_QUOTE);
    check_bad_line(TEXT("2,b,Dra\0a"), STATUS_BINARY);
    check_bad_line(TEXT("2,b,Dram\xE9"), STATUS_BINARY);
    check_bad_line(TEXT("2,b,a genre of 32 characters. really"), STATUS_GENRES);
}

/* `count` genres, on lines of `each`; a film that is all right, then its report, for counts that fit. */
static void check_genres(uint32_t count, uint32_t each, enum status status, uint64_t line) {
    char text[1000], expected[60];
    size_t length = 0;
    for (uint32_t g = 0; g < count; g++) {
        const char *before = g % each == 0 ? "a," : "|";
        if (g % each == 0) length += (size_t)snprintf(text + length, 40, "%s%u,", g == 0 ? "" : "\n", g);
        length += (size_t)snprintf(text + length, 40, "%sgenre %u", before, g);
    }
    struct films films;
    CHECK_EQUAL(films_init(&films), STATUS_OK);
    enum status got = films_feed(&films, text, length);
    if (got == STATUS_OK) got = films_finish(&films);
    CHECK_EQUAL(got, status);
    CHECK_EQUAL(films.lines.number, line);
    if (status == STATUS_OK) {
        CHECK_EQUAL(films.genre_count, count);
        uint32_t all = 0;
        for (uint32_t f = 0; f < films.ids.count; f++) all |= films.rows[f].genres;
        CHECK_EQUAL(all, count == 32 ? UINT32_MAX : (UINT32_C(1) << count) - 1);
        snprintf(expected, sizeof expected, "genre %u", count - 1);
        CHECK(strcmp(films.genre_names[count - 1], expected) == 0);
    }
    films_free(&films);
}

static void test_most_genres(void) {
    check_genres(31, 1, STATUS_OK, 31);
    check_genres(32, 1, STATUS_OK, 32);
    check_genres(32, 32, STATUS_OK, 1);
    check_genres(33, 1, STATUS_GENRES, 33);
    check_genres(33, 4, STATUS_GENRES, 9);
    check_genres(33, 33, STATUS_GENRES, 1);
    cuts_check(TEXT("1,a,a genre of 31 characters. truly\n"), parse,
               "1 <a> 0 a genre of 31 characters. truly\nstatus 0, line 1\n");
}

static void test_many_films(void) {
    enum { FILMS = 10000 };
    struct films films;
    char line[100], title[60];
    CHECK_EQUAL(films_init(&films), STATUS_OK);
    for (uint32_t f = 0; f < FILMS; f++) {
        int length = snprintf(line, sizeof line, "%u::The film with the number %u (%u)::g%u\n", f * 13, f,
                              1900 + f % 99, f % 20);
        CHECK_OR_RETURN(films_feed(&films, line, (size_t)length) == STATUS_OK, "film %u", f);
    }
    CHECK_EQUAL(films_finish(&films), STATUS_OK);
    CHECK_EQUAL(films.ids.count, FILMS);
    CHECK_EQUAL(films.genre_count, 20);
    for (uint32_t f = 0; f < FILMS; f++) {
        const struct film *film = films.rows + f;
        uint32_t length = (uint32_t)snprintf(title, sizeof title, "The film with the number %u", f);
        CHECK_OR_RETURN(films.ids.ids[f] == f * 13 && film->year == 1900 + f % 99, "film %u", f);
        CHECK_OR_RETURN(film->genres == UINT32_C(1) << f % 20, "film %u", f);
        CHECK_OR_RETURN(film->title_length == length, "film %u", f);
        CHECK_OR_RETURN(memcmp(films.text + film->title, title, length) == 0, "film %u", f);
    }
    films_free(&films);
}

/* The longest title that a line holds, in the encoding that doubles it. */
static void test_long_titles(void) {
    enum { LENGTH = LINES_MAX_LENGTH - 20 };
    char *line = malloc(LINES_MAX_LENGTH);
    struct films films;
    CHECK_EQUAL(films_init(&films), STATUS_OK);
    for (uint32_t f = 0; f < 5; f++) {
        size_t length = (size_t)snprintf(line, LINES_MAX_LENGTH, "%u::", f);
        memset(line + length, 0xE9, LENGTH);
        length += LENGTH;
        memcpy(line + length, "::Drama\n", 8);
        CHECK_EQUAL(films_feed(&films, line, length + 8), STATUS_OK);
        CHECK_EQUAL(films.rows[f].title_length, 2 * LENGTH);
    }
    CHECK_EQUAL(films_finish(&films), STATUS_OK);
    uint32_t wrong = 0;
    for (uint32_t f = 0; f < 5; f++)
        for (uint32_t i = 0; i < 2 * LENGTH; i += 2)
            wrong += memcmp(films.text + films.rows[f].title + i, "\xC3\xA9", 2) != 0;
    CHECK_EQUAL(wrong, 0);
    free(line);
    films_free(&films);
}

static void test_too_much_text(void) {
    struct films films;
    CHECK_EQUAL(films_init(&films), STATUS_OK);
    CHECK_EQUAL(films_feed(&films, "1,a,Drama\n", 10), STATUS_OK);
    films.text_length = films.text_capacity = UINT32_MAX - 1;
    CHECK_EQUAL(films_feed(&films, "2,b,Drama\n", 10), STATUS_TOO_LARGE);
    films_free(&films);
}

int main(void) {
    RUN(test_latest);
    RUN(test_quotes_and_line_ends);
    RUN(test_1m_in_latin_1);
    RUN(test_100k);
    RUN(test_100k_genres);
    RUN(test_years);
    RUN(test_titles_in_utf_8_and_latin_1);
    RUN(test_last_character_cut_short);
    RUN(test_genre_lists);
    RUN(test_first_of_equal_films_is_kept);
    RUN(test_first_line_with_other_delimiters);
    RUN(test_first_title_is_empty);
    RUN(test_files_without_films);
    RUN(test_other_files);
    RUN(test_bad_lines);
    RUN(test_most_genres);
    RUN(test_many_films);
    RUN(test_long_titles);
    RUN(test_too_much_text);
    return check_report();
}

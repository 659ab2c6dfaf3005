/* Streaming parser of rating files: MovieLens latest (ratings.csv), 100K (u.data), 1M and 10M (ratings.dat), and the
 * NCF paper's NAME.train.rating and NAME.test.rating. The format is told from the first line. Four columns: user, item,
 * rating, time. */
#ifndef NCF_RATINGS_H
#define NCF_RATINGS_H

#include "data/fields.h"
#include "data/idmap.h"
#include "data/lines.h"

#define RATINGS_MAX (UINT64_C(60) << 20) /* rows, 16 bytes each */
#define RATINGS_NO_TEST UINT32_MAX

struct rating {
    uint32_t user, item; /* dense indices */
    float value;
    uint32_t time; /* Unix seconds */
};

struct ratings {
    struct lines lines; /* lines.number names the line of an error */
    struct idmap users, items;
    struct rating *rows; /* [count], in the order of the file */
    uint64_t count, capacity;
    /* Where a test file was read: rows from test_from on are its rows, and test_item [test_users] has each user's item in
     * it, RATINGS_NO_TEST for users whom it does not name; users from test_users on it does not name either. */
    uint64_t test_from; /* 0: there was no test file */
    uint32_t *test_item;
    uint32_t test_users;
    enum delimiter delimiter;
    bool detected; /* the first line has been seen */
};

enum status ratings_init(struct ratings *ratings);
void ratings_free(struct ratings *ratings);

/* The next bytes of the file, cut anywhere. STATUS_BINARY, STATUS_LINE_LENGTH, STATUS_HEADER, STATUS_COLUMNS,
 * STATUS_NUMBER, STATUS_QUOTE, STATUS_TOO_LARGE, STATUS_MEMORY; after an error only ratings_free may follow. */
enum status ratings_feed(struct ratings *ratings, const char *bytes, size_t count);

/* The end of the file. STATUS_EMPTY where there was no rating; else as ratings_feed. */
enum status ratings_finish(struct ratings *ratings);

/* After ratings_finish: what is fed and finished from now on is the test file that belongs to these train ratings, at
 * most one line a user (STATUS_TEST_TWICE), in any of the formats. Ids that train lacks become new users and items. */
void ratings_begin_test(struct ratings *ratings);

/* The user's item in the test file or RATINGS_NO_TEST. */
uint32_t ratings_test_item(const struct ratings *ratings, uint32_t user);

#endif

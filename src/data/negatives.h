/* Streaming parser of the NCF paper's NAME.test.negative: a line a test pair, "(user,item)", then the raw ids of the
 * items that it is ranked among, separated by tabs. Read after the test file, whose pairs the lines must be. */
#ifndef NCF_NEGATIVES_H
#define NCF_NEGATIVES_H

#include "data/ratings.h"

#define NEGATIVES_MAX (UINT32_C(128) << 20) /* in all lines together */

struct negatives {
    struct lines lines;
    uint32_t *start;  /* [users], where a user's negatives begin in `item` */
    uint32_t *length; /* [users], how many there are; 0: the user has no line */
    uint32_t *
        item; /* [count], dense indices as they stand in the file: repeats, and the pair's own item, included */
    uint32_t users, count, capacity;
    uint32_t listed; /* users with a line */
};

enum status negatives_init(struct negatives *negatives);
void negatives_free(struct negatives *negatives);

/* The next bytes of the file, cut anywhere. An item that `ratings` has not seen becomes a new one there, since it is a
 * candidate all the same. STATUS_HEADER where the first line has no pair; STATUS_COLUMNS where a later one has none, or
 * a line has no negatives; STATUS_NUMBER, STATUS_NEGATIVES_PAIR, STATUS_BINARY, STATUS_LINE_LENGTH, STATUS_TOO_LARGE,
 * STATUS_MEMORY. After an error only negatives_free may follow. */
enum status negatives_feed(struct negatives *negatives, struct ratings *ratings, const char *bytes,
                           size_t count);

/* The end of the file. STATUS_EMPTY; STATUS_NEGATIVES_MISSING where a test pair had no line; else as above. */
enum status negatives_finish(struct negatives *negatives, struct ratings *ratings);

#endif

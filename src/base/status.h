/* Errors are values: every function that can fail returns a status and gives its result through an out-pointer.
 * The core never prints and never aborts; wasm/core/errors.mjs turns a status into a sentence. */
#ifndef NCF_STATUS_H
#define NCF_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_MEMORY = 1,      /* memory was refused */
    STATUS_ARGUMENT = 2,    /* a caller's value is out of range */
    STATUS_TOO_LARGE = 3,   /* more users, items or ratings than the core's 32-bit counts and limits hold */
    STATUS_EMPTY = 4,       /* the file holds no rows */
    STATUS_BINARY = 5,      /* a byte that no text file holds (NUL) */
    STATUS_LINE_LENGTH = 6, /* a line longer than LINES_MAX_LENGTH */
    STATUS_COLUMNS = 7,     /* a line has too few or too many columns */
    STATUS_NUMBER = 8,      /* a field that should be a number is not one, or is out of range */
    STATUS_QUOTE = 9,       /* a quoted field is not closed on its line */
    STATUS_HEADER = 10,     /* the first line is none of the known formats */
    STATUS_GENRES = 11,     /* more than FILMS_MAX_GENRES different genres */
    STATUS_NO_TEST_USERS = 12, /* no user has two ratings, so there is nothing to leave out */
    STATUS_NO_NEGATIVES = 13,  /* a user has rated every item: no negative can be drawn */
    STATUS_NOT_FINITE = 14,    /* the loss became NaN or infinite: training diverged */
    STATUS_TEST_TWICE = 15,    /* a test file names a user on a second line */
    STATUS_NEGATIVES_PAIR =
        16, /* a line of negatives isn't for its user's test pair, or is a second one for it */
    STATUS_NEGATIVES_MISSING = 17, /* a test pair has no line of negatives */
    STATUS_NO_VALIDATION = 18,     /* no user has two train items, so none can be held out for validation */
    STATUS_NO_POSITIVES = 19,      /* no rating is as high as a positive has to be */
    STATUS_FEW_RATINGS = 30,       /* fewer ratings than folds, or a part of the split would be empty */
    STATUS_ONE_VALUE = 31,         /* all ratings are the same: there is nothing to predict */
    STATUS_GENDER = 32,            /* a gender that is neither M nor F */
    STATUS_OCCUPATIONS = 33, /* more than PEOPLE_MAX_OCCUPATIONS different occupations, or too long a name */
};

#endif

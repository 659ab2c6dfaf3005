/* The fields of one line, and the numbers in them. */
#ifndef NCF_FIELDS_H
#define NCF_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

struct field {
    const char *text; /* not terminated */
    uint32_t length;
};

/* How MovieLens' releases separate columns. */
enum delimiter {
    DELIMITER_COMMA,  /* latest: comma, RFC 4180 quotes, a header line */
    DELIMITER_TAB,    /* 100K's u.data and the NCF paper's files */
    DELIMITER_COLONS, /* 1M and 10M: two colons */
    DELIMITER_BAR,    /* 100K's u.item: a vertical bar */
};

/* Splits a line. Writes at most `limit` fields and returns how many the line has (which may be more), or 0 where a
 * quote is not closed. Quoted CSV fields come without their outer quotes; doubled quotes inside stay doubled. */
uint32_t fields_split(struct field *fields, uint32_t limit, const char *line, uint32_t length,
                      enum delimiter delimiter);

bool field_is(struct field field, const char *text);

/* Whether all of it is well-formed UTF-8. */
bool field_is_utf8(struct field field);

/* A whole number 0 … 2^32 - 1, digits only. False where the field is anything else. */
bool field_integer(struct field field, uint32_t *number);

/* A number -10^6 … 10^6 with an optional fraction (3, -3.5, 4.0), no exponent. */
bool field_decimal(struct field field, float *number);

#endif

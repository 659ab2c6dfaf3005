#include "data/fields.h"

#include <string.h>

/* The end of the field that starts at `at`: the next delimiter or the end of the line. */
static uint32_t field_end(const char *line, uint32_t length, uint32_t at, enum delimiter delimiter) {
    static const char separator[] = {',', '\t', ':', '|'};
    while (at < length) {
        const char *found = memchr(line + at, separator[delimiter], length - at);
        if (found == NULL) return length;
        at = (uint32_t)(found - line);
        if (delimiter != DELIMITER_COLONS || (at + 1 < length && line[at + 1] == ':')) return at;
        at++;
    }
    return length;
}

/* The position of the closing quote of the quoted field whose first character is at `at`, or `length`. */
static uint32_t closing_quote(const char *line, uint32_t length, uint32_t at) {
    while (at < length) {
        if (line[at] == '"') {
            if (at + 1 >= length || line[at + 1] != '"') return at;
            at++;
        }
        at++;
    }
    return length;
}

uint32_t fields_split(struct field *fields, uint32_t limit, const char *line, uint32_t length,
                      enum delimiter delimiter) {
    uint32_t count = 0, at = 0, width = delimiter == DELIMITER_COLONS ? 2 : 1;
    for (;;) {
        uint32_t start = at, end;
        if (delimiter == DELIMITER_COMMA && at < length && line[at] == '"') {
            start = at + 1;
            end = closing_quote(line, length, start);
            if (end == length || (end + 1 < length && line[end + 1] != ',')) return 0;
            at = end + 1;
        } else {
            end = at = field_end(line, length, at, delimiter);
        }
        if (count < limit) fields[count] = (struct field){line + start, end - start};
        count++;
        if (at >= length) return count;
        at += width;
    }
}

bool field_is(struct field field, const char *text) {
    return strlen(text) == field.length && memcmp(field.text, text, field.length) == 0;
}

/* How many bytes of well-formed UTF-8 start at text, 0 where it is not well formed. */
static uint32_t utf8_length(const unsigned char *text, uint32_t length) {
    if (text[0] < 0x80) return 1;
    uint32_t need = text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
    if (text[0] < 0xC2 || text[0] > 0xF4 || need > length) return 0;
    for (uint32_t i = 1; i < need; i++)
        if ((text[i] & 0xC0) != 0x80) return 0;
    if (text[0] == 0xE0 && text[1] < 0xA0) return 0;
    if (text[0] == 0xED && text[1] > 0x9F) return 0;
    if (text[0] == 0xF0 && text[1] < 0x90) return 0;
    if (text[0] == 0xF4 && text[1] > 0x8F) return 0;
    return need;
}

bool field_is_utf8(struct field field) {
    for (uint32_t i = 0; i < field.length;) {
        uint32_t step = utf8_length((const unsigned char *)field.text + i, field.length - i);
        if (step == 0) return false;
        i += step;
    }
    return true;
}

bool field_integer(struct field field, uint32_t *number) {
    uint64_t value = 0;
    if (field.length == 0 || field.length > 10) return false;
    for (uint32_t i = 0; i < field.length; i++) {
        unsigned digit = (unsigned)(unsigned char)field.text[i] - '0';
        if (digit > 9) return false;
        value = value * 10 + digit;
    }
    if (value > UINT32_MAX) return false;
    *number = (uint32_t)value;
    return true;
}

bool field_decimal(struct field field, float *number) {
    uint64_t digits = 0, scale = 1;
    bool point = false, any = false;
    if (field.length > 16) return false;
    bool negative = field.length > 0 && field.text[0] == '-';
    for (uint32_t i = negative; i < field.length; i++) {
        unsigned digit = (unsigned)(unsigned char)field.text[i] - '0';
        if (field.text[i] == '.' && !point) {
            point = true;
        } else if (digit <= 9) {
            digits = digits * 10 + digit, any = true;
            if (point) scale *= 10;
        } else {
            return false;
        }
    }
    double value = (double)digits / (double)scale;
    if (!any || value > 1e6) return false;
    *number = (float)(negative && digits > 0 ? -value : value);
    return true;
}

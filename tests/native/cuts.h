/* Files reach a parser in chunks cut anywhere. A test gives a parser as a function that writes all it found in a text as
 * a report, and every way to cut the text has to give the same report. Chunks are copied to blocks of their own size,
 * so that the address sanitizer sees a step past their end. */
#ifndef NCF_CUTS_H
#define NCF_CUTS_H

#include <stdlib.h>

#include "base/status.h"
#include "check.h"

struct text {
    const char *bytes;
    size_t length;
};

/* For literals: NUL bytes inside count, the one at the end doesn't. */
#define TEXT(literal) ((struct text){literal, sizeof(literal) - 1})

/* Cut before `first` and before `second`, or, where `every` isn't 0, after every so many bytes. */
struct cuts {
    size_t first, second, every;
};

typedef enum status cuts_feed(void *parser, const char *bytes, size_t count);

static inline enum status cuts_apply(struct text text, struct cuts cuts, cuts_feed *feed, void *parser) {
    enum status status = STATUS_OK;
    for (size_t at = 0; at < text.length && status == STATUS_OK;) {
        size_t end = text.length;
        if (cuts.every > 0 && end - at > cuts.every) end = at + cuts.every;
        if (cuts.every == 0 && at < cuts.second && cuts.second < end) end = cuts.second;
        if (cuts.every == 0 && at < cuts.first && cuts.first < end) end = cuts.first;
        char *chunk = malloc(end - at);
        memcpy(chunk, text.bytes + at, end - at);
        status = feed(parser, chunk, end - at);
        free(chunk);
        at = end;
    }
    return status;
}

struct report {
    char text[4096];
    size_t length;
};

#define REPORT(report, ...)                                                                                  \
    ((report)->length += (size_t)snprintf((report)->text + (report)->length,                                 \
                                          sizeof(report)->text - (report)->length, __VA_ARGS__))

typedef void cuts_parser(struct text text, struct cuts cuts, struct report *report);

static inline bool cuts_agree(struct text text, struct cuts cuts, cuts_parser *parser,
                              const struct report *whole) {
    struct report report = {.length = 0};
    parser(text, cuts, &report);
    if (strcmp(report.text, whole->text) == 0) return true;
    fprintf(stderr, "cut at %zu and %zu, every %zu:\n%snot\n%s", cuts.first, cuts.second, cuts.every,
            report.text, whole->text);
    check_fail(__FILE__, __LINE__, "cuts give another result");
    return false;
}

static inline struct report cuts_whole(struct text text, cuts_parser *parser, const char *expected) {
    struct report whole = {.length = 0};
    parser(text, (struct cuts){0}, &whole);
    if (strcmp(whole.text, expected) != 0) {
        fprintf(stderr, "got:\n%sexpected:\n%s", whole.text, expected);
        check_fail(__FILE__, __LINE__, "another result than expected");
    }
    return whole;
}

/* The report of the text fed at once must be `expected`, and that of every cut and small chunk size the same. */
static inline void cuts_check(struct text text, cuts_parser *parser, const char *expected) {
    struct report whole = cuts_whole(text, parser, expected);
    for (size_t every = 1; every < 8; every++)
        if (!cuts_agree(text, (struct cuts){.every = every}, parser, &whole)) return;
    for (size_t first = 1; first < text.length; first++)
        if (!cuts_agree(text, (struct cuts){.first = first}, parser, &whole)) return;
}

/* The same for every pair of cuts besides. */
static inline void cuts_check_pairs(struct text text, cuts_parser *parser, const char *expected) {
    struct report whole = cuts_whole(text, parser, expected);
    cuts_check(text, parser, expected);
    for (size_t first = 1; first < text.length; first++)
        for (size_t second = first + 1; second < text.length; second++)
            if (!cuts_agree(text, (struct cuts){.first = first, .second = second}, parser, &whole)) return;
}

/* For texts too long for every cut: a few chunk sizes, and the cuts near the end. */
static inline void cuts_check_long(struct text text, cuts_parser *parser, const char *expected) {
    static const size_t sizes[] = {1000, 4096, 32767, 65535, 65536, 65537};
    struct report whole = cuts_whole(text, parser, expected);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        if (!cuts_agree(text, (struct cuts){.every = sizes[s]}, parser, &whole)) return;
    for (size_t back = 1; back < 20 && back < text.length; back++)
        if (!cuts_agree(text, (struct cuts){.first = text.length - back}, parser, &whole)) return;
}

#endif

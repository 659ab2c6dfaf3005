/* Bytes in chunks of any size, cut anywhere, become lines. Lines end with \n or \r\n; a UTF-8 byte order mark at the
 * start is skipped; blank lines are skipped; a last line without \n counts. */
#ifndef NCF_LINES_H
#define NCF_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define LINES_MAX_LENGTH 65536 /* bytes */

struct lines {
    uint64_t number; /* 1-based number of the line last handed out, or in which an error was found */
    char *carry;     /* [LINES_MAX_LENGTH], the start of a line whose end has not arrived */
    uint32_t carried;
};

/* Takes one line (no line end, not terminated, valid only during the call). Anything but STATUS_OK stops the feed. */
typedef enum status lines_handler(void *context, const char *line, uint32_t length);

enum status lines_init(struct lines *lines); /* STATUS_MEMORY */
void lines_free(struct lines *lines);

/* Hands every line that `bytes` completes to `handler`. STATUS_BINARY, STATUS_LINE_LENGTH, or what the handler says. */
enum status lines_feed(struct lines *lines, const char *bytes, size_t count, lines_handler *handler,
                       void *context);

/* The end of the file: hands out a last line that has no line end. */
enum status lines_finish(struct lines *lines, lines_handler *handler, void *context);

#endif

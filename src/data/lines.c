#include "data/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum status lines_init(struct lines *lines) {
    *lines = (struct lines){.carry = memory_zeroed(LINES_MAX_LENGTH, 1)};
    return lines->carry == NULL ? STATUS_MEMORY : STATUS_OK;
}

void lines_free(struct lines *lines) {
    free(lines->carry);
    *lines = (struct lines){0};
}

static enum status hand_out(struct lines *lines, const char *line, size_t length, lines_handler *handler,
                            void *context) {
    lines->number++;
    if (length > LINES_MAX_LENGTH) return STATUS_LINE_LENGTH;
    if (lines->number == 1 && length >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) line += 3, length -= 3;
    if (length > 0 && line[length - 1] == '\r') length--;
    return length == 0 ? STATUS_OK : handler(context, line, (uint32_t)length);
}

static enum status carry(struct lines *lines, const char *bytes, size_t count) {
    if (count > LINES_MAX_LENGTH - lines->carried) {
        lines->number++;
        return STATUS_LINE_LENGTH;
    }
    memcpy(lines->carry + lines->carried, bytes, count);
    lines->carried += (uint32_t)count;
    return STATUS_OK;
}

/* The NUL byte is looked for a line at a time and no further than the longest line, so that neither the error nor the
 * line that it names depends on what the chunks were. */
static enum status check_text(struct lines *lines, const char *bytes, size_t count) {
    size_t room = LINES_MAX_LENGTH - lines->carried;
    if (memchr(bytes, 0, count < room ? count : room) == NULL) return STATUS_OK;
    lines->number++;
    return STATUS_BINARY;
}

enum status lines_feed(struct lines *lines, const char *bytes, size_t count, lines_handler *handler,
                       void *context) {
    while (count > 0) {
        const char *end = memchr(bytes, '\n', count);
        size_t length = end == NULL ? count : (size_t)(end - bytes);
        enum status status = check_text(lines, bytes, length);
        if (status == STATUS_OK && (end == NULL || lines->carried > 0)) status = carry(lines, bytes, length);
        if (status != STATUS_OK || end == NULL) return status;
        if (lines->carried > 0)
            status = hand_out(lines, lines->carry, lines->carried, handler, context);
        else
            status = hand_out(lines, bytes, length, handler, context);
        if (status != STATUS_OK) return status;
        lines->carried = 0;
        bytes += length + 1, count -= length + 1;
    }
    return STATUS_OK;
}

enum status lines_finish(struct lines *lines, lines_handler *handler, void *context) {
    if (lines->carried == 0) return STATUS_OK;
    enum status status = hand_out(lines, lines->carry, lines->carried, handler, context);
    lines->carried = 0;
    return status;
}

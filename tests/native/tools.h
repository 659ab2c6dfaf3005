/* What the programs that other tests call share. */
#ifndef NCF_TOOLS_H
#define NCF_TOOLS_H

#include <stdio.h>

#include "data/ratings.h"

/* Reads a rating file whole; STATUS_EMPTY where it can't be opened. The caller frees the ratings. */
static inline enum status read_ratings(struct ratings *ratings, const char *path) {
    static char bytes[1 << 16];
    FILE *file = fopen(path, "rb");
    enum status status = ratings_init(ratings);
    if (file == NULL) return STATUS_EMPTY;
    for (size_t count; status == STATUS_OK && (count = fread(bytes, 1, sizeof bytes, file)) > 0;)
        status = ratings_feed(ratings, bytes, count);
    fclose(file);
    return status == STATUS_OK ? ratings_finish(ratings) : status;
}

#endif

/* Streaming parser of film files: movies.csv (latest), movies.dat (1M, 10M) and u.item (100K). Titles in ISO 8859-1,
 * as the older releases have them, become UTF-8. */
#ifndef NCF_FILMS_H
#define NCF_FILMS_H

#include "data/fields.h"
#include "data/idmap.h"
#include "data/lines.h"

#define FILMS_MAX_GENRES 32
#define FILMS_GENRE_LENGTH 32 /* bytes, with the terminator */

struct film {
    uint32_t title;        /* offset into text */
    uint32_t title_length; /* bytes, the year left out */
    uint32_t year;         /* 0 where the title has none */
    uint32_t genres;       /* bit g set: genre_names[g] */
};

struct films {
    struct lines lines;
    struct idmap ids;  /* raw movie id to row */
    struct film *rows; /* [ids.count] */
    uint32_t capacity;
    char *text; /* UTF-8, all titles */
    uint64_t text_length, text_capacity;
    char genre_names[FILMS_MAX_GENRES][FILMS_GENRE_LENGTH];
    uint32_t genre_count;
    enum delimiter delimiter;
    bool detected;
};

enum status films_init(struct films *films);
void films_free(struct films *films);

/* As ratings_feed and ratings_finish; STATUS_GENRES besides. A film that stands twice keeps its first line. */
enum status films_feed(struct films *films, const char *bytes, size_t count);
enum status films_finish(struct films *films);

#endif

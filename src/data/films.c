#include "data/films.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define ITEM_COLUMNS 24 /* of u.item: id, title, two dates, address, 19 genre flags */

static const char *const item_genres[] = {"unknown",   "Action",   "Adventure",   "Animation", "Children's",
                                          "Comedy",    "Crime",    "Documentary", "Drama",     "Fantasy",
                                          "Film-Noir", "Horror",   "Musical",     "Mystery",   "Romance",
                                          "Sci-Fi",    "Thriller", "War",         "Western"};

enum status films_init(struct films *films) {
    *films = (struct films){0};
    return lines_init(&films->lines);
}

void films_free(struct films *films) {
    lines_free(&films->lines);
    idmap_free(&films->ids);
    free(films->rows);
    free(films->text);
    *films = (struct films){0};
}

/* Appends the title: doubled quotes become one, ISO 8859-1 becomes UTF-8 (at most two bytes a byte). */
static enum status append_title(struct films *films, struct field title, struct film *film) {
    uint64_t need = films->text_length + (uint64_t)title.length * 2;
    if (films->text == NULL || need > films->text_capacity) {
        uint64_t capacity = need + films->text_capacity / 2 + 65536;
        void *text = films->text;
        if (capacity > UINT32_MAX) return STATUS_TOO_LARGE;
        if (!memory_grow(&text, capacity, 1)) return STATUS_MEMORY;
        films->text = text;
        films->text_capacity = capacity;
    }
    char *out = films->text + films->text_length, *start = out;
    bool utf8 = field_is_utf8(title);
    for (uint32_t i = 0; i < title.length; i++) {
        unsigned char byte = (unsigned char)title.text[i];
        if (byte == '"' && films->delimiter == DELIMITER_COMMA && i + 1 < title.length &&
            title.text[i + 1] == '"')
            i++;
        if (!utf8 && byte >= 0x80) {
            *out++ = (char)(0xC0 | (byte >> 6));
            byte = 0x80 | (byte & 0x3F);
        }
        *out++ = (char)byte;
    }
    film->title = (uint32_t)films->text_length;
    film->title_length = (uint32_t)(out - start);
    films->text_length += film->title_length;
    return STATUS_OK;
}

/* "Name (1995)" becomes the name and its year. */
static void take_year(const struct films *films, struct film *film) {
    const char *title = films->text + film->title;
    uint32_t length = film->title_length, year;
    while (length > 0 && title[length - 1] == ' ') length--;
    film->title_length = length;
    if (length < 7 || title[length - 1] != ')' || title[length - 6] != '(' || title[length - 7] != ' ')
        return;
    if (!field_integer((struct field){title + length - 5, 4}, &year)) return;
    film->year = year;
    length -= 7;
    while (length > 0 && title[length - 1] == ' ') length--;
    film->title_length = length;
}

static enum status add_genre(struct films *films, struct field name, uint32_t *genres) {
    if (name.length == 0 || field_is(name, "(no genres listed)")) return STATUS_OK;
    uint32_t g = 0;
    while (g < films->genre_count && !field_is(name, films->genre_names[g])) g++;
    if (g == films->genre_count) {
        if (g == FILMS_MAX_GENRES || name.length >= FILMS_GENRE_LENGTH) return STATUS_GENRES;
        if (!field_is_utf8(name)) return STATUS_BINARY;
        memcpy(films->genre_names[g], name.text, name.length);
        films->genre_count++;
    }
    *genres |= UINT32_C(1) << g;
    return STATUS_OK;
}

static enum status add_genre_list(struct films *films, struct field list, uint32_t *genres) {
    struct field names[FILMS_MAX_GENRES];
    uint32_t count = fields_split(names, FILMS_MAX_GENRES, list.text, list.length, DELIMITER_BAR);
    if (count > FILMS_MAX_GENRES) return STATUS_GENRES;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) status = add_genre(films, names[i], genres);
    return status;
}

static enum status add_genre_flags(struct films *films, const struct field *flags, uint32_t *genres) {
    enum status status = STATUS_OK;
    for (uint32_t g = 1; g < ITEM_COLUMNS - 5 && status == STATUS_OK; g++)
        if (field_is(flags[g], "1"))
            status =
                add_genre(films, (struct field){item_genres[g], (uint32_t)strlen(item_genres[g])}, genres);
    return status;
}

static uint32_t columns(const struct films *films) {
    return films->delimiter == DELIMITER_BAR ? ITEM_COLUMNS : 3;
}

static enum status detect_format(struct films *films, const char *line, uint32_t length, bool *header) {
    static const enum delimiter candidates[] = {DELIMITER_COMMA, DELIMITER_COLONS, DELIMITER_BAR};
    struct field fields[ITEM_COLUMNS];
    for (uint32_t c = 0; c < sizeof candidates / sizeof *candidates; c++) {
        films->delimiter = candidates[c];
        if (fields_split(fields, ITEM_COLUMNS, line, length, candidates[c]) != columns(films)) continue;
        uint32_t number;
        *header =
            field_is(fields[0], "movieId") && field_is(fields[1], "title") && field_is(fields[2], "genres");
        /* else the next one: a title with commas makes a line of movies.dat look like one of movies.csv */
        if (*header || field_integer(fields[0], &number)) return STATUS_OK;
    }
    return STATUS_HEADER;
}

static enum status add_film(struct films *films, uint32_t id, const struct field *fields) {
    uint32_t row, before = films->ids.count;
    enum status status = idmap_add(&films->ids, id, &row);
    if (status != STATUS_OK || row < before) return status;
    if (row == films->capacity) {
        uint32_t capacity = films->capacity == 0 ? 4096 : films->capacity * 2;
        void *rows = films->rows;
        if (!memory_grow(&rows, capacity, sizeof *films->rows)) return STATUS_MEMORY;
        films->rows = rows;
        films->capacity = capacity;
    }
    struct film film = {0};
    status = append_title(films, fields[1], &film);
    if (status != STATUS_OK) return status;
    take_year(films, &film);
    status = films->delimiter == DELIMITER_BAR ? add_genre_flags(films, fields + 5, &film.genres)
                                               : add_genre_list(films, fields[2], &film.genres);
    films->rows[row] = film;
    return status;
}

static enum status take_line(void *context, const char *line, uint32_t length) {
    struct films *films = context;
    if (!films->detected) {
        bool header = false;
        enum status status = detect_format(films, line, length, &header);
        films->detected = true;
        if (status != STATUS_OK || header) return status;
    }
    struct field fields[ITEM_COLUMNS];
    uint32_t count = fields_split(fields, ITEM_COLUMNS, line, length, films->delimiter), id;
    if (count != columns(films)) return count == 0 ? STATUS_QUOTE : STATUS_COLUMNS;
    return field_integer(fields[0], &id) ? add_film(films, id, fields) : STATUS_NUMBER;
}

enum status films_feed(struct films *films, const char *bytes, size_t count) {
    return lines_feed(&films->lines, bytes, count, take_line, films);
}

enum status films_finish(struct films *films) {
    enum status status = lines_finish(&films->lines, take_line, films);
    if (status == STATUS_OK && films->ids.count == 0) status = STATUS_EMPTY;
    return status;
}

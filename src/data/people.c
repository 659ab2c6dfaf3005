#include "data/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define COLUMNS 5 /* 1M: id, gender, age, occupation, zip code; 100K: id, age, gender, occupation, zip code */

/* 1M's codes for occupations are the places in this list. */
static const char *const coded_occupations[] = {"other",
                                                "academic/educator",
                                                "artist",
                                                "clerical/admin",
                                                "college/grad student",
                                                "customer service",
                                                "doctor/health care",
                                                "executive/managerial",
                                                "farmer",
                                                "homemaker",
                                                "K-12 student",
                                                "lawyer",
                                                "programmer",
                                                "retired",
                                                "sales/marketing",
                                                "scientist",
                                                "self-employed",
                                                "technician/engineer",
                                                "tradesman/craftsman",
                                                "unemployed",
                                                "writer"};
#define CODED_OCCUPATIONS (uint32_t)(sizeof coded_occupations / sizeof *coded_occupations)

static const char *const gender_names[PEOPLE_GENDERS] = {"female", "male"};

static const struct {
    uint32_t first; /* year */
    const char *name;
} ages[PEOPLE_AGES] = {{0, "under 18"}, {18, "18-24"}, {25, "25-34"}, {35, "35-44"},
                       {45, "45-49"},   {50, "50-55"}, {56, "56+"}};

const char *people_gender_name(uint32_t gender) { return gender_names[gender]; }

const char *people_age_name(uint32_t group) { return ages[group].name; }

uint32_t people_age_group(uint32_t years) {
    uint32_t group = PEOPLE_AGES - 1;
    while (ages[group].first > years) group--;
    return group;
}

enum status people_init(struct people *people) {
    *people = (struct people){0};
    return lines_init(&people->lines);
}

void people_free(struct people *people) {
    lines_free(&people->lines);
    idmap_free(&people->ids);
    free(people->rows);
    *people = (struct people){0};
}

static bool parse_gender(struct field field, uint8_t *gender) {
    *gender = field_is(field, "M") ? 1 : 0;
    return *gender == 1 || field_is(field, "F");
}

static struct field gender_of(const struct people *people, const struct field *fields) {
    return fields[people->delimiter == DELIMITER_COLONS ? 1 : 2];
}

static struct field age_of(const struct people *people, const struct field *fields) {
    return fields[people->delimiter == DELIMITER_COLONS ? 2 : 1];
}

static enum status detect_format(struct people *people, const char *line, uint32_t length) {
    static const enum delimiter candidates[] = {DELIMITER_COLONS, DELIMITER_BAR};
    for (uint32_t c = 0; c < sizeof candidates / sizeof *candidates; c++) {
        struct field fields[COLUMNS];
        uint32_t number;
        uint8_t gender;
        people->delimiter = candidates[c];
        if (fields_split(fields, COLUMNS, line, length, candidates[c]) != COLUMNS) continue;
        if (field_integer(fields[0], &number) && parse_gender(gender_of(people, fields), &gender))
            return STATUS_OK;
    }
    return STATUS_HEADER;
}

static enum status name_occupation(struct people *people, struct field name, uint8_t *occupation) {
    uint32_t o = 0;
    *occupation = PEOPLE_UNKNOWN;
    if (name.length == 0) return STATUS_OK;
    while (o < people->occupation_count && !field_is(name, people->occupation_names[o])) o++;
    if (o == people->occupation_count) {
        if (o == PEOPLE_MAX_OCCUPATIONS || name.length >= PEOPLE_OCCUPATION_LENGTH) return STATUS_OCCUPATIONS;
        if (!field_is_utf8(name)) return STATUS_BINARY;
        memcpy(people->occupation_names[o], name.text, name.length);
        people->occupation_count++;
    }
    *occupation = (uint8_t)o;
    return STATUS_OK;
}

static enum status parse_occupation(struct people *people, struct field field, uint8_t *occupation) {
    uint32_t code;
    if (people->delimiter == DELIMITER_BAR) return name_occupation(people, field, occupation);
    if (!field_integer(field, &code) || code >= CODED_OCCUPATIONS) return STATUS_NUMBER;
    const char *name = coded_occupations[code];
    return name_occupation(people, (struct field){name, (uint32_t)strlen(name)}, occupation);
}

static enum status add_person(struct people *people, uint32_t id, struct person person) {
    uint32_t row, before = people->ids.count;
    enum status status = idmap_add(&people->ids, id, &row);
    if (status != STATUS_OK || row < before) return status;
    if (row == people->capacity) {
        uint32_t capacity = people->capacity == 0 ? 4096 : people->capacity * 2;
        void *rows = people->rows;
        if (!memory_grow(&rows, capacity, sizeof person)) return STATUS_MEMORY;
        people->rows = rows;
        people->capacity = capacity;
    }
    people->rows[row] = person;
    return STATUS_OK;
}

static enum status take_line(void *context, const char *line, uint32_t length) {
    struct people *people = context;
    enum status status = people->detected ? STATUS_OK : detect_format(people, line, length);
    people->detected = true;
    if (status != STATUS_OK) return status;
    struct field fields[COLUMNS];
    struct person person;
    uint32_t id, years;
    if (fields_split(fields, COLUMNS, line, length, people->delimiter) != COLUMNS) return STATUS_COLUMNS;
    if (!field_integer(fields[0], &id) || !field_integer(age_of(people, fields), &years) ||
        years > PEOPLE_MAX_AGE)
        return STATUS_NUMBER;
    if (!parse_gender(gender_of(people, fields), &person.gender)) return STATUS_GENDER;
    person.age = (uint8_t)people_age_group(years);
    status = parse_occupation(people, fields[3], &person.occupation);
    return status == STATUS_OK ? add_person(people, id, person) : status;
}

enum status people_feed(struct people *people, const char *bytes, size_t count) {
    return lines_feed(&people->lines, bytes, count, take_line, people);
}

enum status people_finish(struct people *people) {
    enum status status = lines_finish(&people->lines, take_line, people);
    if (status == STATUS_OK && people->ids.count == 0) status = STATUS_EMPTY;
    return status;
}

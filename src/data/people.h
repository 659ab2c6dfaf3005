/* Streaming parser of files about users: users.dat (MovieLens 1M) and u.user (100K), told apart by the first line. What
 * is kept is the gender, the age's group and the occupation; zip codes are not, since nothing needs them and they tell
 * who a person may be. */
#ifndef NCF_PEOPLE_H
#define NCF_PEOPLE_H

#include "data/fields.h"
#include "data/idmap.h"
#include "data/lines.h"

#define PEOPLE_MAX_OCCUPATIONS 32
#define PEOPLE_OCCUPATION_LENGTH 32 /* bytes, with the terminator */
#define PEOPLE_MAX_AGE 150          /* years */
#define PEOPLE_GENDERS 2            /* 0 female, 1 male: all that MovieLens asked for */
#define PEOPLE_AGES 7               /* MovieLens 1M's groups, from "under 18" to "56+" */
#define PEOPLE_UNKNOWN 255

/* Each may be PEOPLE_UNKNOWN. */
struct person {
    uint8_t gender;
    uint8_t age;        /* group */
    uint8_t occupation; /* occupation_names[occupation] */
};

struct people {
    struct lines lines;
    struct idmap ids;    /* raw user id to row; users without ratings too */
    struct person *rows; /* [ids.count] */
    uint32_t capacity;
    char occupation_names[PEOPLE_MAX_OCCUPATIONS][PEOPLE_OCCUPATION_LENGTH]; /* UTF-8 */
    uint32_t occupation_count;
    enum delimiter delimiter;
    bool detected;
};

enum status people_init(struct people *people);
void people_free(struct people *people);

/* As ratings_feed and ratings_finish; STATUS_GENDER and STATUS_OCCUPATIONS besides; STATUS_BINARY also for an occupation
 * that is not UTF-8. A user who stands twice keeps the first line. */
enum status people_feed(struct people *people, const char *bytes, size_t count);
enum status people_finish(struct people *people);

/* "female" or "male". */
const char *people_gender_name(uint32_t gender);

/* The group of an age in years, and a group's name ("25-34"). MovieLens 1M's codes are its groups' first years, so they
 * fall into them like any age. */
uint32_t people_age_group(uint32_t years);
const char *people_age_name(uint32_t group);

#endif

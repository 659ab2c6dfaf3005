/* What every native test program is made of:
 *
 *     static void test_something(void) { CHECK(1 + 1 == 2); CHECK_EQUAL(f(2), 4); }
 *     int main(void) { RUN(test_something); return check_report(); }
 *
 * A failed check is printed with its place and the test goes on; a test passes when none of its checks failed. */
#ifndef NCF_CHECK_H
#define NCF_CHECK_H

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define CHECK_MAX_MESSAGES 10 /* a test, so that a broken loop doesn't fill the screen */

struct check {
    unsigned passed, failed; /* tests */
    unsigned errors;         /* failed checks of the test that runs */
};

static struct check check_state;

static inline void check_fail(const char *file, int line, const char *text) {
    if (check_state.errors++ < CHECK_MAX_MESSAGES) fprintf(stderr, "%s:%d: %s\n", file, line, text);
}

static inline void check_equal(const char *file, int line, const char *text, uint64_t got,
                               uint64_t expected) {
    char message[300];
    if (got == expected) return;
    snprintf(message, sizeof message, "%s: got %" PRIu64 ", expected %" PRIu64, text, got, expected);
    check_fail(file, line, message);
}

static inline void check_near(const char *file, int line, const char *text, double got, double expected,
                              double by) {
    char message[300];
    if (fabs(got - expected) <= by) return; /* false for NaN */
    snprintf(message, sizeof message, "%s: got %.9g, expected %.9g within %.3g", text, got, expected, by);
    check_fail(file, line, message);
}

#define CHECK(condition) ((condition) ? (void)0 : check_fail(__FILE__, __LINE__, #condition))
/* Integers, statuses and pointers-as-integers. */
#define CHECK_EQUAL(got, expected)                                                                           \
    check_equal(__FILE__, __LINE__, #got, (uint64_t)(got), (uint64_t)(expected))
#define CHECK_NEAR(got, expected, by)                                                                        \
    check_near(__FILE__, __LINE__, #got, (double)(got), (double)(expected), (double)(by))
/* What runs often enough to tell only at the first mistake where it was. */
#define CHECK_OR_RETURN(condition, ...)                                                                      \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            char check_message[300];                                                                         \
            size_t check_used = (size_t)snprintf(check_message, 200, "%s: ", #condition);                    \
            if (check_used > 199) check_used = 199;                                                          \
            snprintf(check_message + check_used, sizeof check_message - check_used, __VA_ARGS__);            \
            check_fail(__FILE__, __LINE__, check_message);                                                   \
            return;                                                                                          \
        }                                                                                                    \
    } while (0)

#define RUN(test) check_run(#test, test)

static inline void check_run(const char *name, void (*test)(void)) {
    check_state.errors = 0;
    test();
    if (check_state.errors == 0)
        check_state.passed++;
    else
        check_state.failed++, fprintf(stderr, "FAILED %s (%u checks)\n", name, check_state.errors);
    fflush(stderr);
}

static inline int check_report(void) {
    printf("%u passed, %u failed\n", check_state.passed, check_state.failed);
    return check_state.failed == 0 && check_state.passed > 0 ? 0 : 1;
}

static inline uint32_t check_float_bits(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

#endif

/* A fuzzer's input: two bytes that say how to cut, then the file. The parser is fed the file at once and in chunks, and
 * both must give the same. Chunks are copied to blocks of their own size, so that a step past their end is seen. */
#ifndef NCF_CHUNKS_H
#define NCF_CHUNKS_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/status.h"

/* Not an assert, which a build may leave out. */
#define REQUIRE(condition) ((condition) ? (void)0 : abort())

/* This byte stands for RUN_LENGTH times the letter a, so that the longest line can be reached by small inputs. */
#define RUN_BYTE 0x01
#define RUN_LENGTH 16380

struct bytes {
    char *data;
    size_t length;
};

/* The file of an input, without the two bytes. */
static inline struct bytes chunks_expand(const uint8_t *input, size_t size) {
    size_t length = 0, runs = 0;
    for (size_t i = 2; i < size; i++) runs += input[i] == RUN_BYTE;
    struct bytes bytes = {.data = malloc(size + runs * RUN_LENGTH + 1)};
    for (size_t i = 2; i < size; i++) {
        size_t count = input[i] == RUN_BYTE ? RUN_LENGTH : 1;
        memset(bytes.data + length, input[i] == RUN_BYTE ? 'a' : input[i], count);
        length += count;
    }
    bytes.length = length;
    return bytes;
}

typedef enum status chunks_feed(void *parser, const char *bytes, size_t count);

static inline enum status chunks_feed_copy(struct bytes bytes, size_t from, size_t count, chunks_feed *feed,
                                           void *parser) {
    char *copy = malloc(count + (count == 0));
    memcpy(copy, bytes.data + from, count);
    enum status status = feed(parser, copy, count);
    free(copy);
    return status;
}

/* Feeds chunks of 0 … `longest` bytes, or, where `longest` is 0, all at once. */
static inline enum status chunks_apply(struct bytes bytes, uint32_t longest, uint64_t seed, chunks_feed *feed,
                                       void *parser) {
    if (longest == 0) return chunks_feed_copy(bytes, 0, bytes.length, feed, parser);
    struct rng rng = {seed};
    enum status status = STATUS_OK;
    for (size_t at = 0; at < bytes.length && status == STATUS_OK;) {
        size_t count = rng_below(&rng, longest + 1);
        if (count > bytes.length - at) count = bytes.length - at;
        status = chunks_feed_copy(bytes, at, count, feed, parser);
        at += count;
    }
    return status;
}

/* The longest chunk that the first byte of an input asks for. A file with runs is cut coarser, or it would take long. */
static inline uint32_t chunks_longest(uint8_t byte, size_t length) {
    uint32_t longest = 1 + byte % 64u;
    return length > RUN_LENGTH ? longest * 1021 : longest;
}

#endif

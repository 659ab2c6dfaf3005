#include "base/hash.h"

#include <string.h>

uint64_t hash_floats(uint64_t hash, const float *x, uint64_t n) {
    for (uint64_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        hash = (hash ^ bits) * UINT64_C(0x100000001B3);
        hash ^= hash >> 32; /* so that a float's sign and exponent reach the low half too */
    }
    return hash;
}

/* A fingerprint of numbers, to say whether two runs are the same to the bit. Not for security. */
#ifndef NCF_HASH_H
#define NCF_HASH_H

#include <stdint.h>

#define HASH_START UINT64_C(0xCBF29CE484222325)

/* FNV-1a's step, with its high half folded back, over the bits of n floats, a float at a time. */
uint64_t hash_floats(uint64_t hash, const float *x, uint64_t n);

#endif

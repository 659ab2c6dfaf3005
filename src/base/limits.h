/* What the machine can do at most, for `ncf bench` to say what share of it training reaches. */
#ifndef NCF_LIMITS_H
#define NCF_LIMITS_H

#include <stdint.h>

/* Multiplies and adds in twelve independent chains of four lanes, all in registers: 48 multiply-adds a round. Returns a
 * number that depends on all of them, so that nothing is left out. */
float limits_multiply_add(uint32_t rounds);
#define LIMITS_PER_ROUND 48

/* Reads n floats once, in order, into eight independent sums. */
float limits_read(const float *x, uint32_t n);

#endif

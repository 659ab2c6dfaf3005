/* Seeded random numbers: SplitMix64 (Steele, Lea & Flood 2014). The state is the caller's and nothing is global, so
 * equal seeds give equal numbers on every machine. */
#ifndef NCF_RNG_H
#define NCF_RNG_H

#include <stdint.h>

struct rng {
    uint64_t state;
};

/* Different uses of one seed draw from different streams, so that adding a use never shifts another. */
enum rng_stream {
    RNG_TEST_NEGATIVES = 1,
    RNG_ORDER = 2,      /* order of an epoch's instances */
    RNG_NEGATIVES = 3,  /* training negatives */
    RNG_VALIDATION = 4, /* the train item that is held out for validation, then its negatives */
    RNG_FOLD_IN = 5,    /* negatives for a new user */
    RNG_TEST_ITEM = 6,  /* the item that is held out for the test, where that is a random one */
    RNG_HOLDOUT = 20,   /* which ratings are held out */
    RNG_INIT = 64,      /* + row of the parameter table */
};

/* SplitMix64's finaliser: a bijection on 64 bits that turns a counter into a random number. */
uint64_t rng_mix(uint64_t x);

/* A generator for `stream` of `seed`; `index` tells repeated uses apart (an epoch, say). */
struct rng rng_seeded(uint64_t seed, uint64_t stream, uint64_t index);

uint64_t rng_next(struct rng *rng);

/* Uniform over [0, n), n > 0, without bias (Lemire 2019: multiply, reject the few uneven ones). */
uint32_t rng_below(struct rng *rng, uint32_t n);

/* Uniform over [0, 1) in steps of 2^-24. */
float rng_uniform(struct rng *rng);

/* Standard normal (Marsaglia's polar method, one number a call). */
float rng_normal(struct rng *rng);

#endif

/* The module: its memory, its kernels and this machine's limits. */
#include <stdlib.h>

#include "api.h"
#include "base/limits.h"
#include "base/memory.h"

/* 1 where the kernels were compiled to SIMD instructions. */
int32_t EXPORT(ncf_simd)(void) {
#ifdef __wasm_simd128__
    return 1;
#else
    return 0;
#endif
}

/* Memory for the caller's arrays; 0 where it is refused. */
void *EXPORT(ncf_alloc)(uint32_t bytes) { return memory_zeroed(bytes, 1); }

void EXPORT(ncf_free)(void *memory) { free(memory); }

/* base/limits.h, and the product that training spends most of its time with, for `ncf bench`. */
float EXPORT(ncf_limits_multiply_add)(uint32_t rounds) { return limits_multiply_add(rounds); }
float EXPORT(ncf_limits_read)(const float *x, uint32_t n) { return limits_read(x, n); }

/* c[M, N] = a[M, K] b[K, N], `times` times. */
void EXPORT(ncf_matmul)(float *c, const float *a, const float *b, uint32_t M, uint32_t N, uint32_t K,
                        uint32_t times) {
    for (uint32_t t = 0; t < times; t++) kernel_matmul(c, N, a, K, 1, b, N, M, N, K);
}

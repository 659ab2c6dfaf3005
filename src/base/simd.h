/* The one place that knows where SIMD comes from. Kernels are written once with the names of wasm_simd128.h:
 * wasm with -msimd128 has them natively, everything else (native builds, and wasm for browsers without SIMD) gets
 * them from SIMDe, lane for lane with the same results. */
#ifndef NCF_SIMD_H
#define NCF_SIMD_H

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#else
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/wasm/simd128.h>
#endif

#endif

/* Solves symmetric positive definite systems A x = b by A = Uᵀ U (Cholesky), in float32 and in tiles that fit the registers:
 * small systems, thousands of them.
 *
 * A matrix is W × W with W a multiple of CHOLESKY_BLOCK; systems of other sizes are filled up with zeros, for which the
 * solution is zero. Only the upper triangle is kept, in panels one after the other: panel j holds columns 8 j … 8 j + 7 of
 * rows 0 … 8 j + 7 as [8 j + 8, 8], so that what a tile reads lies in a row. What stands below the diagonal of a panel's
 * last block means nothing. */
#ifndef NCF_CHOLESKY_H
#define NCF_CHOLESKY_H

#include <stddef.h>
#include <stdint.h>

#define CHOLESKY_BLOCK 8

/* W for a system of n unknowns. */
static inline uint32_t cholesky_width(uint32_t n) {
    return (n + CHOLESKY_BLOCK - 1) / CHOLESKY_BLOCK * CHOLESKY_BLOCK;
}

/* Floats of a matrix; of all panels before panel j that is cholesky_size(8 j). */
static inline size_t cholesky_size(uint32_t W) { return (size_t)W * (W + CHOLESKY_BLOCK) / 2; }

/* matrix = the upper triangle of symmetric[n, n], filled up with zeros; only symmetric[r, c] with r <= c are read. */
void cholesky_pack(float *matrix, const double *symmetric, uint32_t n);

/* matrix = xᵀ y, each element summed in the order of the rows, for x that is y itself or y with its rows scaled. Both
 * [rows, W] lie in panels of eight columns too: panel j of x is x + j * rows * 8, [rows, 8]. */
void cholesky_gram(float *matrix, const float *x, const float *y, uint32_t rows, uint32_t W);

/* matrix += number on the first n elements of the diagonal. */
void cholesky_add_diagonal(float *matrix, float number, uint32_t n);

/* A becomes U, with the inverse of its diagonal in the diagonal's place. A pivot that is no more than rounding leaves of
 * its diagonal element means that its column is a combination of those before it: its unknown will be zero, and with a b
 * that is one of A's columns' combinations the others solve the system. So a singular system gives a solution, not NaN. */
void cholesky_factor(float *matrix, uint32_t W);

/* b[W] becomes x of A x = b, with U from cholesky_factor. */
void cholesky_solve(float *b, const float *matrix, uint32_t W);

#endif

// What the machine can do at most, as the module gets it: for comparison with what training reaches.

/** @typedef {import('./module.mjs').Core} Core */

/** `rounds` of 48 multiply-adds that wait for nothing. @param {Core} core @param {number} rounds */
export const multiplyAdd = ({ exports }, rounds) => void exports.ncf_limits_multiply_add(rounds);

/**
 * Gives `use` a function that reads an array of so many float32 once.
 * @template T
 * @param {Core} core
 * @param {number} floats
 * @param {(read: () => void) => T} use
 */
export const withReading = (core, floats, use) =>
  core.borrow(4 * floats, (pointer) => use(() => void core.exports.ncf_limits_read(pointer, floats)));

/**
 * Gives `use` a function that multiplies matrices of float32, [M, K] by [K, N], so many times, as dense layers do.
 * @template T
 * @param {Core} core
 * @param {{M: number, N: number, K: number}} shape
 * @param {number} times
 * @param {(multiply: () => void) => T} use
 */
export const withProduct = (core, { M, N, K }, times, use) =>
  core.borrow(4 * (M * N + M * K + K * N), (c) => {
    const a = c + 4 * M * N;
    return use(() => void core.exports.ncf_matmul(c, a, a + 4 * M * K, M, N, K, times));
  });

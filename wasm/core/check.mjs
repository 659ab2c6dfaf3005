// What is checked where numbers come in from outside, and how the core’s 64-bit numbers are written.

/**
 * @param {number} index
 * @param {number} count
 * @param {string} what
 */
export function checkIndex(index, count, what) {
  if (!Number.isInteger(index) || index < 0 || index >= count)
    throw new RangeError(`There is no ${what} ${index}: there are ${count}, counted from 0.`);
  return index;
}

/**
 * 16 hexadecimal digits.
 * @param {bigint} number  of 64 bits, signed or not
 */
export function hexOf(number) {
  return BigInt.asUintN(64, number).toString(16).padStart(16, '0');
}

/** The same of a fingerprint, '' where it is 0: there is nothing to tell. @param {bigint} number */
export const printOf = (number) => (number === 0n ? '' : hexOf(number));

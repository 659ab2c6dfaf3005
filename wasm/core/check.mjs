// What is checked where numbers come in from outside.

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

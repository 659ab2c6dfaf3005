// Texts with places for values, as all sentences are kept.

const grouped = new Intl.NumberFormat('en');

/** A whole number with its separators. @param {number} value */
export const count = (value) => grouped.format(Math.round(value));

/**
 * A text with its values: `{films}` stands for one, whole numbers with their separators, and `{films|film|films}` for a word
 * by a number: the first where that is 1.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return text.replaceAll(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) => {
    const value = values[name];
    if (one !== undefined) return value === 1 ? one : many;
    return Number.isInteger(value) ? count(Number(value)) : String(value);
  });
}

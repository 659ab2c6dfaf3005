/** Numbers of the network in words: three digits that count, and a true minus. */

/** @param {number} value */
export function number(value) {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-4 ? scientific(size) : size.toPrecision(3).replace(/e\+.*/, '');
  return `${value < 0 ? '−' : ''}${size >= 1000 && size < 1e6 ? String(Math.round(size)) : text}`;
}

/** @param {number} size */
function scientific(size) {
  const [digits, power] = size.toExponential(1).split('e');
  return `${digits} · 10${superscript(power)}`;
}

/** @param {string} power such as -5 */
const superscript = (power) =>
  power.replace('+', '').replace(/[-\d]/g, (sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]));

/** With its sign. @param {number} value */
export const signed = (value) => (value > 0 ? `+${number(value)}` : number(value));

/** In a few letters, for where there is little room. @param {number} value above zero */
export const short = (value) => (value < 1e-4 ? '≈ 0' : value.toPrecision(value < 0.001 ? 1 : 2));

// CSV as RFC 4180 has it: what holds a comma, a quote or a line break is quoted.

/** @typedef {string | number | boolean | null | undefined} Cell */

/** @param {Cell} cell */
function cellText(cell) {
  const text = String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line, its end included. Nothing stands for null. @param {Cell[]} cells */
export const csvLine = (cells) => `${cells.map(cellText).join(',')}\r\n`;

/** @param {string[]} head @param {Iterable<Cell[]>} rows */
export const csvOf = (head, rows) => [head, ...rows].map(csvLine).join('');

/** Every number of the drawing, for the table behind it. */
import { nameOf } from './names.js';
import { number } from './numbers.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/** Rows of the table at most. */
const MOST = 512;

/**
 * @param {Speech} speech
 * @param {import('../../../wasm/settings/graph.mjs').Graph} graph
 * @param {string} caption
 * @param {Map<string, Float32Array>} values
 * @param {Map<string, Float32Array>} gradients
 * @returns {import('../../parts/data_table.js').Table}
 */
export function numbersOf(speech, graph, caption, values, gradients) {
  const { t } = speech;
  const columns = graph.nodes.flatMap(({ id }) => {
    const name = nameOf(speech, graph, id);
    const gradient = gradients.get(id);
    return [
      { name, numbers: values.get(id) },
      ...(gradient ? [{ name: t(words.tableGradient, { name }), numbers: gradient }] : []),
    ];
  });
  const most = Math.max(...graph.nodes.map(({ width }) => width));
  const length = Math.min(most, MOST);
  return {
    caption,
    note: most > length ? t(words.tableCut, { n: length }) : '',
    head: [t(words.tableNumber), ...columns.map(({ name }) => name)],
    rows: Array.from({ length }, (_, n) => [
      n + 1,
      ...columns.map(({ numbers }) => (numbers && n < numbers.length ? number(numbers[n]) : '')),
    ]),
  };
}

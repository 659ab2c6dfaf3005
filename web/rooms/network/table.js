/** Every number of the drawing, for the table behind it. */
import { filmName } from '../../parts/film_picker.js';
import { nameOf } from './names.js';
import { number } from './numbers.js';
import { byNode } from './values.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/** Rows of the table at most. */
const MOST = 512;

/**
 * @param {Speech} speech
 * @param {Pick<import('./look.js').Look, 'state' | 'graph' | 'film' | 'values' | 'under'>} look
 * @returns {import('../../parts/data_table.js').Table | null} null: there is no pair
 */
export function tableOf(speech, { state, graph, film, values, under }) {
  if (!graph || !state?.users || !state.films || film < 0) return null;
  const { t } = speech;
  const id = String(state.users.ids[state.user]);
  const gradients = byNode(under?.traced.gradients ?? []);
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
    caption: t(words.tableCaption, { id, film: filmName(state.films, film) }),
    note: most > length ? t(words.tableCut, { n: length }) : '',
    head: [t(words.tableNumber), ...columns.map(({ name }) => name)],
    rows: Array.from({ length }, (_, n) => [
      n + 1,
      ...columns.map(({ numbers }) => (numbers && n < numbers.length ? number(numbers[n]) : '')),
    ]),
  };
}

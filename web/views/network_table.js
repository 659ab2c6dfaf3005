/** Every number of the drawing as a table, made when it is opened. */
import { nameOf } from '../network/names.js';
import { number } from '../network/numbers.js';
import { t } from '../words.js';
import { words } from '../words/network.js';
import { h } from './dom.js';

/** Rows of the table at most. */
const MOST = 512;

/** @param {HTMLElement} host */
export function createNumbers(host) {
  const place = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t(words.table) });
  const details = h('details', { class: 'fold table' }, h('summary', {}, t(words.table)), place);
  host.append(details);
  /** @type {(() => HTMLElement[]) | null} */
  let make = null;
  const write = () => details.open && make && place.replaceChildren(...make());
  details.addEventListener('toggle', write);

  return {
    /**
     * @param {import('../../wasm/graph.mjs').Graph} graph
     * @param {string} caption
     * @param {Map<string, Float32Array>} values
     * @param {Map<string, Float32Array>} gradients
     */
    update(graph, caption, values, gradients) {
      make = () => {
        const columns = graph.nodes.flatMap(({ id }) => {
          const name = nameOf(graph, id);
          const gradient = gradients.get(id);
          return [
            { name, numbers: values.get(id) },
            ...(gradient ? [{ name: t(words.tableGradient, { name }), numbers: gradient }] : []),
          ];
        });
        const most = Math.max(...graph.nodes.map(({ width }) => width));
        const length = Math.min(most, MOST);
        const head = [t(words.tableNumber), ...columns.map(({ name }) => name)];
        const rows = Array.from({ length }, (_, n) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, String(n + 1)),
            ...columns.map(({ numbers }) => h('td', {}, numbers && n < numbers.length ? number(numbers[n]) : '')),
          ),
        );
        const table = h(
          'table',
          {},
          h('caption', {}, caption),
          h('thead', {}, h('tr', {}, ...head.map((name) => h('th', { scope: 'col' }, name)))),
          h('tbody', {}, ...rows),
        );
        return most > length ? [h('p', { class: 'hint' }, t(words.tableCut, { n: length })), table] : [table];
      };
      write();
    },
    destroy: () => details.remove(),
  };
}

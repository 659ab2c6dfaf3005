/** The table behind a plot: its numbers for whoever cannot see it or wants to copy them; written only while it is open. */
import { t } from '../words.js';
import { words } from '../words/behind.js';
import { h, setText } from './dom.js';

/** @typedef {{caption: string, head: string[], rows: (string | number)[][]}} Table  the first cell names its row */

/**
 * @param {HTMLElement} host
 * @param {string} name  of what is in it
 * @param {() => Table | null} read  asked when it is opened, and by update() while it is open
 */
export function createBehind(host, name, read) {
  const caption = h('caption');
  const head = h('tr');
  const body = h('tbody');
  const table = h('table', {}, caption, h('thead', {}, head), body);
  const scroller = h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t(words.of, { name }) },
    table,
  );
  const details = h('details', { class: 'fold behind', ontoggle: write }, h('summary', {}, t(words.table)), scroller);
  host.append(details);

  function write() {
    const content = details.open ? read() : null;
    if (!content) return;
    setText(caption, content.caption);
    head.replaceChildren(...content.head.map((text) => h('th', { scope: 'col' }, text)));
    body.replaceChildren(
      ...content.rows.map(([first, ...cells]) =>
        h('tr', {}, h('th', { scope: 'row' }, String(first)), ...cells.map((cell) => h('td', {}, String(cell)))),
      ),
    );
  }

  return { update: write };
}

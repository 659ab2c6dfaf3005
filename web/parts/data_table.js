/** The table behind a plot: its numbers for whoever cannot see it or wants to copy them; written only while it is open. */
import { words } from './words/data_table.js';
import { h, setText } from './dom.js';

/** @typedef {import('./speech.js').Speech} Speech */

/**
 * @typedef {object} Table
 * @property {string} caption
 * @property {string[]} head
 * @property {(string | number)[][]} rows  the first cell names its row
 * @property {number} [marked]  index of a row that stands out
 * @property {string} [note]    said above it
 */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {string} name  of what is in it
 * @param {() => Table | null} read  asked when it is opened, and by update() while it is open
 * @param {string} [title]  of what opens it
 */
export function createBehind(speech, host, name, read, title = speech.t(words.table)) {
  const { t } = speech;
  const caption = h('caption');
  const head = h('tr');
  const body = h('tbody');
  const table = h('table', {}, caption, h('thead', {}, head), body);
  const note = h('p', { class: 'hint' });
  const scroller = h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t(words.of, { name }) },
    table,
  );
  const node = h('details', { class: 'fold behind', ontoggle: write }, h('summary', {}, title), note, scroller);
  host.append(node);

  function write() {
    const content = node.open ? read() : null;
    if (!content) return;
    setText(caption, content.caption);
    setText(note, content.note ?? '');
    note.hidden = !content.note;
    cells(head, content.head, () => h('th', { scope: 'col' }));
    while (body.rows.length > content.rows.length) body.deleteRow(-1);
    content.rows.forEach((row, at) => {
      const line = body.rows[at] ?? body.appendChild(h('tr'));
      cells(line, row, (column) => (column === 0 ? h('th', { scope: 'row' }) : h('td')));
      line.classList.toggle('selected', at === content.marked);
    });
  }

  return { node, update: write };
}

/**
 * Writes a row: what is there already stays where it says the same.
 * @param {HTMLTableRowElement} row
 * @param {(string | number)[]} texts
 * @param {(column: number) => HTMLElement} make  a cell
 */
function cells(row, texts, make) {
  while (row.cells.length > texts.length) row.deleteCell(-1);
  texts.forEach((text, column) => setText(row.cells[column] ?? row.appendChild(make(column)), String(text)));
}

/** The map in numbers: the best known films with their coordinates, made only when it is opened. */
import { t } from '../words.js';
import { words } from '../words/map.js';
import { h, setText } from './dom.js';

const MOST = 50;

export function createMapTable() {
  /** @type {[import('../client.js').Films, number[], Float32Array] | null} */
  let shown = null;
  const rows = h('tbody');
  const heads = [words.tableFilm, words.tableYear, words.tableSeen, words.tableX, words.tableY];
  const place = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t(words.tableName) });
  const node = h('details', { class: 'fold', ontoggle: open }, h('summary', {}, h('h3', {}, t(words.table))), place);

  function open() {
    if (!node.open) return;
    if (place.childElementCount === 0)
      place.append(
        h(
          'table',
          { class: 'map-table' },
          h('caption', { class: 'hidden' }, t(words.tableName)),
          h('thead', {}, h('tr', {}, ...heads.map((word) => h('th', { scope: 'col' }, t(word))))),
          rows,
        ),
      );
    write();
  }

  function write() {
    if (!shown || !node.open) return;
    const [films, known, places] = shown;
    const listed = known.slice(0, MOST);
    if (rows.children.length !== listed.length)
      rows.replaceChildren(
        ...listed.map(() => h('tr', {}, h('th', { scope: 'row' }), ...[1, 2, 3, 4].map(() => h('td')))),
      );
    listed.forEach((item, at) => {
      const texts = [
        films.titles[item],
        films.years[item] > 0 ? String(films.years[item]) : '',
        String(films.counts[item]),
        ...[0, 1].map((d) => places[2 * item + d].toFixed(3).replace('-', '−')),
      ];
      texts.forEach((text, column) => setText(rows.children[at].children[column], text));
    });
  }

  return {
    node,
    /** @param {import('../client.js').Films} films @param {number[]} known the best known first @param {Float32Array} places */
    update(films, known, places) {
      shown = [films, known, places];
      write();
    },
  };
}

/** The runs of a race, a row each, and behind them all the tests against one of them. */
import { createBehind } from '../../parts/data_table.js';
import { h, setText, watch } from '../../parts/dom.js';
import { createRow } from './row.js';
import { bestOf, columnsOf, testsTable } from './table_scene.js';
import { words } from './words.js';

/** @typedef {import('./race.js').Runner} Runner */

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {HTMLElement} host
 * @param {import('./race.js').Race} race
 * @param {(id: number) => void} point
 */
export function createRaceTable(speech, host, race, point) {
  const { t } = speech;
  const difference = h('th', { role: 'columnheader', scope: 'col', class: 'difference' });
  const columns = [
    h('th', { role: 'columnheader', scope: 'col' }, t(words.run)),
    ...columnsOf(speech).map(([, text]) => h('th', { role: 'columnheader', scope: 'col' }, text)),
    difference,
    h('th', { role: 'columnheader', scope: 'col' }, h('span', { class: 'hidden' }, t(words.actions))),
  ];
  const body = h('tbody', { role: 'rowgroup' });
  const table = h(
    'table',
    { role: 'table', class: 'race-runs', 'aria-label': t(words.runs) },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...columns)),
    body,
  );
  host.append(table);
  /** @type {Runner[]} */
  let shown = [];
  /** @type {Runner | null} */
  let other = null;
  const read = () => other && testsTable(speech, shown, other);
  const tests = createBehind(speech, host, t(words.testsOf), read, t(words.tests));
  const tested = watch();
  /** @type {ReturnType<typeof createRow>[]} */
  let rows = [];
  const listed = watch();

  return {
    /**
     * @param {Runner[]} runners
     * @param {Runner} reference
     */
    update(runners, reference) {
      if (listed(runners.map(({ id }) => id).join())) {
        const before = new Map(rows.map((row) => [row.id, row]));
        rows = runners.map(({ id }) => before.get(id) ?? createRow(speech, id, race, point));
        for (const [id, { row }] of before) if (!runners.some((one) => one.id === id)) row.remove();
        for (const { row } of rows) if (!row.isConnected) body.append(row);
        for (const [at, row] of rows.entries()) row.count(at + 1);
      }
      const best = bestOf(runners);
      setText(difference, t(words.difference, { name: reference.name }));
      for (const [at, row] of rows.entries()) row.update(runners[at], reference, best);
      shown = runners;
      other = reference;
      if (tested(reference.id, runners.length, ...runners.flatMap(({ id, name, results }) => [id, name, results])))
        tests.update();
    },
  };
}

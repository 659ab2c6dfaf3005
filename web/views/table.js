/** The curves' numbers as a table, for whoever cannot see the curves or wants to copy them. */
import { count, lossText, metric } from '../format.js';
import { shownMetrics } from '../state.js';
import { h, setText, watch } from './dom.js';

/** @param {HTMLElement} host */
export function createTable(host) {
  const body = h('tbody', {});
  const columns = ['Epoch', 'Loss', 'HR@10', '±', 'NDCG@10', 'Seconds', 'Samples a second'];
  const table = h(
    'table',
    {},
    h('caption', {}, 'Loss and metrics of each epoch'),
    h('thead', {}, h('tr', {}, ...columns.map((name) => h('th', { scope: 'col' }, name)))),
    body,
  );
  const baseline = h('p', { class: 'hint' });
  const scroller = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of epochs' }, table);
  const details = h('details', { class: 'fold table' }, h('summary', {}, 'The numbers as a table'), baseline, scroller);
  host.append(details);
  const changed = watch();
  /** @type {import('../client.js').Epoch[]} */
  let rows = [];

  return {
    /** @param {import('../state.js').State} state */
    update({ epochs, model }) {
      const pop = model?.itempop;
      setText(baseline, pop ? `ItemPop, the line to beat: HR@10 ${metric(pop.hr)}, NDCG@10 ${metric(pop.ndcg)}.` : '');
      if (!changed(epochs)) return;
      let same = 0;
      while (same < rows.length && rows[same] === epochs[same]) same++;
      while (body.rows.length > same) body.deleteRow(-1);
      body.append(...epochs.slice(same).map(row));
      rows = epochs;
    },
    destroy: () => details.remove(),
  };
}

/** @param {import('../client.js').Epoch} epoch */
function row(epoch) {
  const { loss, seconds, samplesPerSecond } = epoch;
  const shown = shownMetrics(epoch);
  const cells = [
    lossText(loss),
    shown ? metric(shown.hr) : '–',
    shown?.hrHalfWidth == null ? '–' : metric(shown.hrHalfWidth),
    shown ? metric(shown.ndcg) : '–',
    seconds.toFixed(2),
    samplesPerSecond > 0 ? count(samplesPerSecond) : '–',
  ];
  return h('tr', {}, h('th', { scope: 'row' }, String(epoch.epoch)), ...cells.map((text) => h('td', {}, text)));
}

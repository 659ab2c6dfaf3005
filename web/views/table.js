/** The curves' numbers as a table, for whoever cannot see the curves or wants to copy them. */
import { count, lossText, metric, shortName } from '../format.js';
import { predictsRatings, shownMetrics } from '../state.js';
import { h, setText, watch } from './dom.js';

/** @typedef {import('../client.js').Epoch} Epoch */
/** @typedef {import('../client.js').Metrics} Metrics */
/** @typedef {{name: string, text: (epoch: Epoch) => string}} Column */

/** @type {{name: string, words: string, read: (epoch: Pick<Epoch, 'metrics' | 'validation'>) => Metrics | undefined}[]} */
const SETS = [
  { name: '', words: '', read: ({ metrics }) => metrics.sampled },
  { name: 'Full ', words: 'against all films ', read: ({ metrics }) => metrics.full },
  { name: 'Expected ', words: 'expected against 99 films ', read: ({ metrics }) => metrics.expected },
  { name: 'Validation ', words: '', read: ({ validation }) => shownMetrics(validation && { metrics: validation }) },
];

/** What is measured of predicted ratings. @type {{name: string, read: (epoch: Epoch) => import('../client.js').Errors | undefined}[]} */
const ERROR_SETS = [
  { name: '', read: ({ metrics }) => metrics.errors },
  { name: 'Validation ', read: ({ validation }) => validation?.errors },
];

/** @param {number | undefined} value */
const text = (value) => (value == null ? '–' : metric(value));
/** @param {Metrics} [metrics] */
const hr = (metrics) => (metrics ? metric(metrics.hr) : '–');
/** @param {Metrics} [metrics] */
const ndcg = (metrics) => (metrics ? metric(metrics.ndcg) : '–');
/** @param {Metrics} [metrics] */
const halfWidth = (metrics) => (metrics?.hrHalfWidth == null ? '–' : metric(metrics.hrHalfWidth));

/** @param {Epoch | undefined} epoch @returns {Column[]} */
function rankingColumns(epoch) {
  const measured = SETS.filter(({ read }) => epoch && read(epoch));
  return (measured.length > 0 ? measured : SETS.slice(0, 1)).flatMap(({ name, read }) => [
    { name: `${name}HR@10`, text: (/** @type {Epoch} */ one) => hr(read(one)) },
    { name: `${name}±`, text: (/** @type {Epoch} */ one) => halfWidth(read(one)) },
    { name: `${name}NDCG@10`, text: (/** @type {Epoch} */ one) => ndcg(read(one)) },
  ]);
}

/** @param {Epoch | undefined} epoch @returns {Column[]} */
function errorColumns(epoch) {
  const measured = ERROR_SETS.filter(({ read }) => epoch && read(epoch));
  return (measured.length > 0 ? measured : ERROR_SETS.slice(0, 1)).flatMap(({ name, read }) => [
    { name: `${name}RMSE`, text: (/** @type {Epoch} */ one) => text(read(one)?.rmse) },
    { name: `${name}±`, text: (/** @type {Epoch} */ one) => text(read(one)?.rmseHalfWidth) },
    { name: `${name}MAE`, text: (/** @type {Epoch} */ one) => text(read(one)?.mae) },
  ]);
}

/**
 * What an epoch has numbers of.
 * @param {Epoch | undefined} epoch
 * @param {boolean} rating  whether the model predicts ratings
 * @returns {Column[]}
 */
function columnsOf(epoch, rating) {
  return [
    { name: 'Loss', text: ({ loss }) => lossText(loss) },
    ...(rating ? errorColumns(epoch) : rankingColumns(epoch)),
    { name: 'Seconds', text: ({ seconds }) => seconds.toFixed(2) },
    {
      name: 'Samples a second',
      // What has no loss goes through no samples.
      text: ({ loss, samplesPerSecond }) => (loss !== null && samplesPerSecond > 0 ? count(samplesPerSecond) : '–'),
    },
  ];
}

/** @param {HTMLElement} host */
export function createTable(host) {
  const head = h('tr', {});
  const body = h('tbody', {});
  const table = h('table', {}, h('caption', {}, 'Loss and metrics of each epoch'), h('thead', {}, head), body);
  const baseline = h('p', { class: 'hint' });
  const chosen = h('p', { class: 'hint' });
  const scroller = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of epochs' }, table);
  const details = h(
    'details',
    { class: 'fold table' },
    h('summary', {}, 'The numbers as a table'),
    baseline,
    chosen,
    scroller,
  );
  host.append(details);
  const changed = watch();
  /** @type {Epoch[]} */
  let rows = [];
  /** @type {Column[]} */
  let columns = [];
  const renamed = watch();

  /** @param {Epoch} epoch */
  const row = (epoch) =>
    h('tr', {}, h('th', { scope: 'row' }, String(epoch.epoch)), ...columns.map(({ text }) => h('td', {}, text(epoch))));

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      const { epochs, model, selected } = state;
      if (!changed(epochs, model, selected)) return;
      setText(baseline, model ? toBeat(model.baseline) : '');
      const best = `Epoch ${selected?.epoch} was the best on validation: the model has its weights.`;
      setText(chosen, selected ? best : '');
      columns = columnsOf(epochs[0], predictsRatings(state));
      let same = 0;
      while (same < rows.length && rows[same] === epochs[same]) same++;
      if (renamed(columns.map(({ name }) => name).join())) {
        const names = ['Epoch', ...columns.map(({ name }) => name)];
        head.replaceChildren(...names.map((name) => h('th', { scope: 'col' }, name)));
        same = 0;
      }
      while (body.rows.length > same) body.deleteRow(-1);
      body.append(...epochs.slice(same).map(row));
      for (const [at, one] of epochs.entries())
        body.rows[at].classList.toggle('selected', one.epoch === selected?.epoch);
      rows = epochs;
    },
    destroy: () => details.remove(),
  };
}

/** @param {import('../client.js').Model['baseline']} baseline */
function toBeat(baseline) {
  const name = shortName(baseline.model);
  const { errors } = baseline.metrics;
  if (errors) return `${name}, the line to beat: RMSE ${metric(errors.rmse)}, MAE ${metric(errors.mae)}.`;
  const sets = SETS.map(({ words, read }) => ({ words, metrics: read(baseline) })).filter(({ metrics }) => metrics);
  const numbers = sets.map(({ words, metrics }) => `${words}HR@10 ${hr(metrics)}, NDCG@10 ${ndcg(metrics)}`);
  return `${name}, the line to beat: ${numbers.join('; ')}.`;
}

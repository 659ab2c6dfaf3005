/** The curves' numbers as a table, for whoever cannot see the curves or wants to copy them. */
import { count, lossText, metric, shortName, testNumbers } from '../../parts/format.js';
import { predictsRatings, shownMetrics } from '../../parts/readings.js';
import { words } from '../../parts/words/measures.js';
import { createBehind } from '../../parts/data_table.js';
import { watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Epoch} Epoch */
/** @typedef {import('../../worker/protocol.js').Metrics} Metrics */
/** @typedef {import('../../parts/speech.js').Word} Word */
/** @typedef {{name: string, text: (epoch: Epoch) => string}} Column */

/**
 * What is measured of a ranking: how its columns are named, and how a sentence tells its two numbers.
 * @type {{column: Word | null, told: Word, read: (epoch: Pick<Epoch, 'metrics' | 'validation'>) => Metrics | undefined}[]}
 */
const SETS = [
  { column: null, told: words.ranked, read: ({ metrics }) => metrics.sampled },
  { column: words.full, told: words.rankedInFull, read: ({ metrics }) => metrics.full },
  { column: words.expected, told: words.rankedExpected, read: ({ metrics }) => metrics.expected },
  {
    column: words.validation,
    told: words.ranked,
    read: ({ validation }) => shownMetrics(validation && { metrics: validation }),
  },
];

/** What is measured of predicted ratings. @type {{column: Word | null, read: (epoch: Epoch) => import('../../worker/protocol.js').Errors | undefined}[]} */
const ERROR_SETS = [
  { column: null, read: ({ metrics }) => metrics.errors },
  { column: words.validation, read: ({ validation }) => validation?.errors },
];

/** @param {Speech} speech @param {Word | null} column @param {string} name */
const named = (speech, column, name) => (column ? speech.t(column, { name }) : name);
/** @param {number | undefined} value */
const text = (value) => (value == null ? '–' : metric(value));
/** @param {Metrics} [metrics] */
const hr = (metrics) => (metrics ? metric(metrics.hr) : '–');
/** @param {Metrics} [metrics] */
const ndcg = (metrics) => (metrics ? metric(metrics.ndcg) : '–');
/** @param {Metrics} [metrics] */
const halfWidth = (metrics) => (metrics?.hrHalfWidth == null ? '–' : metric(metrics.hrHalfWidth));

/** @param {Speech} speech @param {Epoch | undefined} epoch @returns {Column[]} */
function rankingColumns(speech, epoch) {
  const { t } = speech;
  const measured = SETS.filter(({ read }) => epoch && read(epoch));
  return (measured.length > 0 ? measured : SETS.slice(0, 1)).flatMap(({ column, read }) => [
    { name: named(speech, column, t(words.hr)), text: (/** @type {Epoch} */ one) => hr(read(one)) },
    { name: named(speech, column, '±'), text: (/** @type {Epoch} */ one) => halfWidth(read(one)) },
    { name: named(speech, column, t(words.ndcg)), text: (/** @type {Epoch} */ one) => ndcg(read(one)) },
  ]);
}

/** @param {Speech} speech @param {Epoch | undefined} epoch @returns {Column[]} */
function errorColumns(speech, epoch) {
  const { t } = speech;
  const measured = ERROR_SETS.filter(({ read }) => epoch && read(epoch));
  return (measured.length > 0 ? measured : ERROR_SETS.slice(0, 1)).flatMap(({ column, read }) => [
    { name: named(speech, column, t(words.rmse)), text: (/** @type {Epoch} */ one) => text(read(one)?.rmse) },
    { name: named(speech, column, '±'), text: (/** @type {Epoch} */ one) => text(read(one)?.rmseHalfWidth) },
    { name: named(speech, column, t(words.mae)), text: (/** @type {Epoch} */ one) => text(read(one)?.mae) },
  ]);
}

/**
 * What an epoch has numbers of.
 * @param {Speech} speech
 * @param {Epoch | undefined} epoch
 * @param {boolean} rating  whether the model predicts ratings
 * @returns {Column[]}
 */
function columnsOf(speech, epoch, rating) {
  const { t } = speech;
  return [
    { name: t(words.loss), text: ({ loss }) => lossText(loss) },
    ...(rating ? errorColumns(speech, epoch) : rankingColumns(speech, epoch)),
    { name: t(words.seconds), text: ({ seconds }) => seconds.toFixed(2) },
    {
      name: t(words.samples),
      // What has no loss goes through no samples.
      text: ({ loss, samplesPerSecond }) => (loss !== null && samplesPerSecond > 0 ? count(samplesPerSecond) : '–'),
    },
  ];
}

/** @param {Speech} speech @param {HTMLElement} host */
export function createEpochs(speech, host) {
  const { t } = speech;
  /** @type {import('../../shell/state.js').State | null} */
  let state = null;
  const changed = watch();
  const behind = createBehind(speech, host, t(words.epochs), () => state && tableOf(speech, state));
  return {
    /** @param {import('../../shell/state.js').State} now */
    update(now) {
      state = now;
      if (changed(now.epochs, now.model, now.selected)) behind.update();
    },
    destroy: () => behind.node.remove(),
  };
}

/** @param {Speech} speech @param {import('../../shell/state.js').State} state @returns {import('../../parts/data_table.js').Table} */
function tableOf(speech, state) {
  const { t } = speech;
  const { epochs, model, selected } = state;
  const columns = columnsOf(speech, epochs[0], predictsRatings(state));
  const notes = [model && toBeat(speech, model), selected && t(words.best, { epoch: String(selected.epoch) })];
  return {
    caption: t(words.caption),
    note: notes.filter(Boolean).join(' '),
    head: [t(words.epoch), ...columns.map(({ name }) => name)],
    rows: epochs.map((epoch) => [epoch.epoch, ...columns.map(({ text: write }) => write(epoch))]),
    marked: epochs.findIndex(({ epoch }) => epoch === selected?.epoch),
  };
}

/** @param {Speech} speech @param {import('../../worker/protocol.js').Model} model */
function toBeat(speech, model) {
  const { t } = speech;
  const { baseline } = model;
  const name = shortName(speech, baseline.model);
  const { errors } = baseline.metrics;
  if (errors) {
    const numbers = t(words.errors, { rmse: metric(errors.rmse), mae: metric(errors.mae) });
    return t(words.toBeat, { name, numbers });
  }
  const sets = SETS.map(({ told, read }) => ({ told, metrics: read(baseline) })).filter(({ metrics }) => metrics);
  const numbers = sets.map(({ told, metrics }) =>
    t(told, { ...testNumbers(model), hr: hr(metrics), ndcg: ndcg(metrics) }),
  );
  return t(words.toBeat, { name, numbers: numbers.join(t(words.semicolon)) });
}

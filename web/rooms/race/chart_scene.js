/** What the chart of the race shows: one measure of every run that shows, by epoch or by second, in lines and in words. */
import { lossText, metric, shortName } from '../../parts/format.js';
import { shownMetrics } from '../../parts/readings.js';
import { epochsOf, secondsBy, standing } from './race.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./race.js').Runner} Runner */
/** @typedef {import('../../worker/protocol.js').Epoch} Epoch */
/** @typedef {{name: string, value: 'hr' | 'ndcg' | 'loss' | 'rmse', read: (epoch: Pick<Epoch, 'metrics'> & {loss?: number | null}) => number | null | undefined, format: (value: number) => string}} Measure */
/** @typedef {{measure: Measure, bySecond: boolean, runners: Runner[]}} Chosen  runners: those that show */

/** @returns {Measure[]} * @param {Speech} speech
 */
export const measures = (speech) => [
  { name: 'HR@10', value: 'hr', read: (epoch) => shownMetrics(epoch)?.hr, format: metric },
  { name: 'NDCG@10', value: 'ndcg', read: (epoch) => shownMetrics(epoch)?.ndcg, format: metric },
  { name: speech.t(words.loss), value: 'loss', read: ({ loss }) => loss, format: lossText },
  { name: 'RMSE', value: 'rmse', read: ({ metrics }) => metrics.errors?.rmse, format: metric },
];

/** Where a runner's line goes: epochs or seconds, and values. @param {Chosen} chosen @param {Runner} runner */
function pointsOf({ measure, bySecond }, runner) {
  const seconds = bySecond ? secondsBy(runner) : [];
  return runner.epochs.flatMap((epoch, at) => {
    const y = measure.read(epoch);
    const x = bySecond ? seconds[at] : epoch.epoch;
    return y != null && Number.isFinite(y) ? [{ epoch: epoch.epoch, x, y }] : [];
  });
}

/** What is to be beaten: that of the first run that has such a measure. @param {Speech} speech @param {Chosen} chosen */
function levelOf(speech, { measure, runners }) {
  if (measure.value === 'loss') return null;
  for (const { baseline } of runners) {
    const value = baseline && measure.read(baseline);
    if (value != null) return { name: shortName(speech, baseline?.model ?? ''), value };
  }
  return null;
}

/** @param {Speech} speech @param {Chosen} chosen */
export function chartScene(speech, chosen) {
  const { t } = speech;
  const { measure, bySecond, runners } = chosen;
  const lines = runners.map((runner) => {
    const points = pointsOf(chosen, runner);
    const learnt = points.findIndex(({ epoch }) => epoch > 0);
    return {
      ...{ id: runner.id, name: runner.name, look: runner.look },
      x: points.map(({ x }) => x),
      y: points.map(({ y }) => y),
      learnt: learnt < 0 ? points.length : learnt,
    };
  });
  const reached = Math.max(0, ...lines.flatMap(({ x }) => x.slice(-1)));
  const planned = bySecond ? 0 : Math.max(1, ...runners.map(epochsOf));
  const level = levelOf(speech, chosen);
  const told = runners.flatMap((runner) => {
    const final = standing(runner);
    const value = final && measure.read(final);
    return value == null ? [] : [{ name: runner.name, value }];
  });
  const list = [...told, ...(level ? [level] : [])].map(({ name, value }) => `${name} ${measure.format(value)}`);
  return {
    picture: { lines, level, end: Math.max(reached, planned) || 1, whole: !bySecond },
    hint: measure.value === 'loss' ? t(words.lossNote) : bySecond ? t(words.secondsNote) : '',
    label: t(words.described, { measure: measure.name, count: runners.length, list: list.join(', ') }),
  };
}

/**
 * What stands beside the pointer: each run's value there, the highest first.
 * @param {Speech} speech
 * @param {Chosen} chosen
 * @param {number} at  where it is on the axis
 * @returns {{title: string, values: string[]} | null} null: nothing has come so far
 */
export function noteAt({ t }, chosen, at) {
  const { measure, bySecond, runners } = chosen;
  const x = bySecond ? at : Math.round(at);
  const values = runners.flatMap((runner) => {
    const before = pointsOf(chosen, runner).findLast((point) => point.x <= x);
    return before ? [{ name: runner.name, y: before.y }] : [];
  });
  if (values.length === 0) return null;
  values.sort((a, b) => b.y - a.y);
  return {
    title: bySecond ? t(words.atSecond, { x: x.toFixed(1) }) : t(words.atEpoch, { x }),
    values: values.map(({ name, y }) => `${name} ${measure.format(y)}`),
  };
}

/** The chart's numbers. @param {Speech} speech @param {Chosen} chosen @returns {import('../../parts/data_table.js').Table} */
export function numbersOf(speech, chosen) {
  const { t } = speech;
  const { measure, runners } = chosen;
  const epochs = [...new Set(runners.flatMap((runner) => runner.epochs.map(({ epoch }) => epoch)))];
  epochs.sort((a, b) => a - b);
  const level = levelOf(speech, chosen);
  const text = (/** @type {number | null | undefined} */ value) =>
    value == null || !Number.isFinite(value) ? '–' : measure.format(value);
  return {
    caption: t(words.numbersOf, { measure: measure.name }),
    head: [t(words.epoch), ...runners.map(({ name }) => name), ...(level ? [level.name] : [])],
    rows: epochs.map((number) => [
      number,
      ...runners.map((runner) => {
        const epoch = runner.epochs.find((one) => one.epoch === number);
        return text(epoch && measure.read(epoch));
      }),
      ...(level ? [text(level.value)] : []),
    ]),
  };
}

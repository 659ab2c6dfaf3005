/** The chart of the race: one measure of every run that shows, by epoch or by second, and the same numbers as a table. */
import { lossText, metric, shortName } from '../../parts/format.js';
import { secondsBy, standing } from './race.js';
import { shownMetrics } from '../../parts/readings.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setAttribute, setText, watch } from '../../parts/dom.js';
import { createRacePlot } from './plot.js';
import { createSegments } from '../../parts/segments.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./race.js').Runner} Runner */
/** @typedef {import('../../worker/protocol.js').Epoch} Epoch */
/** @typedef {{name: string, value: 'hr' | 'ndcg' | 'loss' | 'rmse', read: (epoch: Pick<Epoch, 'metrics'> & {loss?: number | null}) => number | null | undefined, format: (value: number) => string}} Measure */

/** @returns {Measure[]} * @param {Speech} speech
 */
const measures = (speech) => [
  { name: 'HR@10', value: 'hr', read: (epoch) => shownMetrics(epoch)?.hr, format: metric },
  { name: 'NDCG@10', value: 'ndcg', read: (epoch) => shownMetrics(epoch)?.ndcg, format: metric },
  { name: speech.t(words.loss), value: 'loss', read: ({ loss }) => loss, format: lossText },
  { name: 'RMSE', value: 'rmse', read: ({ metrics }) => metrics.errors?.rmse, format: metric },
];

/** @param {Speech} speech @param {HTMLElement} host */
export function createRaceChart(speech, host) {
  const { t } = speech;
  const all = measures(speech);
  let measure = all[0];
  let bySecond = false;
  /** @type {Runner[]} those that show */
  let runners = [];
  const which = createSegments({
    label: t(words.measure),
    options: all,
    choose(value) {
      measure = all.find((one) => one.value === value) ?? measure;
      draw();
    },
  });
  const axis = createSegments({
    label: t(words.axis),
    options: [
      { value: 'epoch', name: t(words.byEpoch) },
      { value: 'second', name: t(words.bySecond) },
    ],
    choose(value) {
      bySecond = value === 'second';
      draw();
    },
  });
  const note = h('div', { class: 'race-note', 'aria-hidden': 'true', hidden: true });
  const figure = h('div', { class: 'race-figure', role: 'img' }, note);
  const hint = h('p', { class: 'hint' });
  host.append(h('div', { class: 'race-switches' }, which.node, axis.node), figure, hint);
  const behind = createBehind(speech, host, t(words.chart), tabulate, t(words.numbers));
  const plot = createRacePlot(figure, showAt);
  const changed = watch();
  const recoloured = watch();

  /** @param {Runner} runner its points: epochs or seconds, and values */
  function pointsOf(runner) {
    const seconds = bySecond ? secondsBy(runner) : [];
    const points = runner.epochs.map((epoch, at) => ({
      epoch: epoch.epoch,
      x: bySecond ? seconds[at] : epoch.epoch,
      y: measure.read(epoch),
    }));
    return points.flatMap(({ y, ...at }) => (y != null && Number.isFinite(y) ? [{ ...at, y }] : []));
  }

  /** What is to be beaten: that of the first run that has such a measure. */
  function levelOf() {
    const measured = runners.find(
      ({ baseline }) => baseline && measure.value !== 'loss' && measure.read(baseline) != null,
    );
    if (!measured?.baseline) return null;
    return { name: shortName(speech, measured.baseline.model), value: Number(measure.read(measured.baseline)) };
  }

  function draw() {
    const lines = runners.map((runner) => {
      const points = pointsOf(runner);
      const { id, name, look } = runner;
      const learnt = points.findIndex(({ epoch }) => epoch > 0);
      return {
        id,
        name,
        look,
        x: points.map(({ x }) => x),
        y: points.map(({ y }) => y),
        learnt: learnt < 0 ? points.length : learnt,
      };
    });
    const reached = Math.max(0, ...lines.flatMap(({ x }) => x.slice(-1)));
    const planned = bySecond ? 0 : Math.max(1, ...runners.map(({ settings, once }) => (once ? 1 : settings.epochs)));
    const level = levelOf();
    plot.update({ lines, level, end: Math.max(reached, planned) || 1, whole: !bySecond });
    setText(hint, measure.value === 'loss' ? t(words.lossNote) : bySecond ? t(words.secondsNote) : '');
    const list = runners.flatMap((runner) => {
      const final = standing(runner);
      const value = final && measure.read(final);
      return value == null ? [] : [`${runner.name} ${measure.format(value)}`];
    });
    if (level) list.push(`${level.name} ${measure.format(level.value)}`);
    setAttribute(
      figure,
      'aria-label',
      t(words.described, { measure: measure.name, count: runners.length, list: list.join(', ') }),
    );
    behind.update();
  }

  /** @param {number | null} at where the pointer is on the axis */
  function showAt(at) {
    note.hidden = at === null;
    if (at === null) return;
    const x = bySecond ? at : Math.round(at);
    const values = runners.flatMap(({ name, ...runner }) => {
      const before = pointsOf({ name, ...runner }).findLast((point) => point.x <= x);
      return before ? [{ name, y: before.y }] : [];
    });
    values.sort((a, b) => b.y - a.y);
    const title = bySecond ? t(words.atSecond, { x: x.toFixed(1) }) : t(words.atEpoch, { x });
    note.replaceChildren(
      h('strong', {}, title),
      ...values.map(({ name, y }) => h('span', {}, `${name} ${measure.format(y)}`)),
    );
    note.hidden = values.length === 0;
  }

  /** The chart's numbers. @returns {import('../../parts/data_table.js').Table} */
  function tabulate() {
    const epochs = [...new Set(runners.flatMap((runner) => runner.epochs.map(({ epoch }) => epoch)))];
    epochs.sort((a, b) => a - b);
    const level = levelOf();
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

  return {
    /**
     * @param {Runner[]} shown
     * @param {string} theme
     */
    update(shown, theme) {
      const rating = shown.some(({ epochs }) => epochs[0]?.metrics.errors);
      which.offer('rmse', Boolean(rating));
      if (
        changed(
          shown.length,
          ...shown.flatMap((one) => [one.id, one.epochs, one.name, one.selected, one.baseline, one.settings]),
        )
      ) {
        runners = shown;
        draw();
      }
      if (recoloured(theme)) plot.recolour();
    },
    point: plot.point,
    destroy: () => plot.destroy(),
  };
}

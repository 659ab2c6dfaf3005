/** The three measures, each a channel: its number now, what it means, and its curve over the epochs. */
import { lossText, metric, shortName, signed, testNumbers } from '../../parts/format.js';
import {
  epochOfWeights,
  epochsDone,
  epochsToDo,
  isRunning,
  predictsRatings,
  shownMetrics,
} from '../../parts/readings.js';
import { words } from '../../parts/words/measures.js';
import { words as room } from './words.js';
import { createChart } from '../../parts/chart.js';
import { h, setAttribute, setText, uniqueId, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Epoch} Epoch */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../parts/speech.js').Word} Word */

/**
 * @typedef {object} Measure
 * @property {Word} name
 * @property {Word} meaning          in a few words, for a student
 * @property {Word} [meaningInFull]  where the hidden film is ranked among all films
 * @property {(epoch: Pick<Epoch, 'metrics'>) => number | null | undefined} [metric]  absent: it is the loss
 * @property {(epoch: Epoch) => number | undefined} [halfWidth]
 * @property {boolean} [falls]         lower is better
 */

/** @type {Measure} */
const LOSS = { name: words.loss, meaning: words.lossMeans, falls: true };

/** The measures of a model that ranks films. @type {Measure[]} */
const RANKING = [
  LOSS,
  {
    name: words.hr,
    meaning: words.hrMeans,
    meaningInFull: words.hrMeansInFull,
    metric: (epoch) => shownMetrics(epoch)?.hr,
    halfWidth: (epoch) => shownMetrics(epoch)?.hrHalfWidth,
  },
  {
    name: words.ndcg,
    meaning: words.ndcgMeans,
    metric: (epoch) => shownMetrics(epoch)?.ndcg,
  },
];

/** Those of one that predicts ratings. @type {Measure[]} */
const RATING = [
  LOSS,
  {
    name: words.rmse,
    meaning: words.rmseMeans,
    metric: ({ metrics }) => metrics.errors?.rmse,
    halfWidth: ({ metrics }) => metrics.errors?.rmseHalfWidth,
    falls: true,
  },
  {
    name: words.mae,
    meaning: words.maeMeans,
    metric: ({ metrics }) => metrics.errors?.mae,
    falls: true,
  },
];

/** @param {Speech} speech @param {HTMLElement} host */
export function createCurves(speech, host) {
  const { t } = speech;
  const sync = uniqueId('epochs');
  host.append(h('h2', { class: 'hidden' }, t(room.curves)));
  const channels = RANKING.map((_, at) => createChannel(speech, host, at, sync));
  // One chart a frame, so that the page's first frames are not held up by all of them at once.
  const waiting = [...channels];
  const drawNext = () => {
    waiting.shift()?.draw();
    frame = waiting.length > 0 ? requestAnimationFrame(drawNext) : 0;
  };
  let frame = requestAnimationFrame(drawNext);
  return {
    /** @param {State} state */
    update(state) {
      for (const channel of channels) channel.update(state);
    },
    destroy() {
      cancelAnimationFrame(frame);
      for (const channel of channels) channel.destroy();
      host.replaceChildren();
    },
  };
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {number} at  its place among the measures
 * @param {string} sync
 */
function createChannel(speech, host, at, sync) {
  const { t } = speech;
  let measure = RANKING[at];
  const value = h('span', { class: 'value' }, '–');
  const interval = h('span', { class: 'interval' });
  const lead = h('span', {});
  const target = h('span', { class: 'target' });
  const explained = h('p', { class: 'meaning' });
  const title = h('h3', {});
  const readout = h(
    'div',
    { class: 'readout' },
    title,
    h('p', { class: 'number' }, value, interval),
    h('p', { class: 'against' }, lead, target),
    explained,
  );
  const caption = h('p', { class: 'cursor-note', 'aria-hidden': 'true' });
  const figureTitle = h('p', { class: 'figure-name', 'aria-hidden': 'true' });
  const figure = h('div', { class: 'figure', role: 'img' }, figureTitle, caption);
  const section = h('section', { class: 'channel' }, readout, figure);
  host.append(section);

  const format = (/** @type {number} */ number) => (measure.metric ? metric(number) : lossText(number));
  const read = (/** @type {Epoch} */ epoch) => (measure.metric ? measure.metric(epoch) : epoch.loss);

  /** @param {State} state what the model has to beat here; nothing where it is that itself */
  function toBeat({ model, settings }) {
    const number = model && measure.metric?.(model.baseline);
    if (!model || number == null || model.baseline.model === settings.model) return null;
    return { name: shortName(speech, model.baseline.model), value: number };
  }

  /** @type {State | null} */
  let latestState = null;
  /** @type {ReturnType<typeof createChart> | null} */
  let chart = null;
  const redraw = watch();
  const rewrite = watch();
  const themed = watch();

  /** @param {State} state */
  function write(state) {
    const { epochs: all, model } = state;
    const { meaning, meaningInFull = meaning } = measure;
    const name = t(measure.name);
    setText(title, name);
    setText(figureTitle, name);
    setAttribute(section, 'aria-label', name);
    const latest = epochOfWeights(state);
    const lossless = !measure.metric && (model?.once || model?.batches === 0);
    const explanation = model?.settings.eval === 'full' ? meaningInFull : meaning;
    setText(explained, t(lossless ? words.lossless : explanation, testNumbers(model)));
    const now = latest && read(latest);
    const half = latest && measure.halfWidth?.(latest);
    setText(value, now == null ? '–' : format(now));
    setText(interval, half == null ? '' : ` ± ${metric(half)}`);
    const beat = toBeat(state);
    const ahead = now != null && beat ? now - beat.value : null;
    readout.classList.toggle('ahead', ahead !== null && (measure.falls ? ahead < 0 : ahead > 0));
    const blind = beat && shownMetrics(latest)?.allEqual;
    if (blind) setText(lead, t(words.chance));
    else setText(lead, ahead === null ? '' : t(words.against, { lead: signed(ahead), name: beat?.name ?? '' }));
    setText(target, blind || ahead === null || !beat ? '' : ` ${format(beat.value)}`);

    const first = all.find((epoch) => read(epoch) != null);
    const from = first && read(first);
    let summary = t(words.nothing, { name });
    if (first && from != null && now != null && latest) {
      const ends = { from: format(from), first: String(first.epoch), now: format(now), last: String(latest.epoch) };
      summary = t(words.summary, { name, ...ends });
    }
    const against = beat && { summary, baseline: beat.name, value: format(beat.value) };
    setAttribute(figure, 'aria-label', against ? t(words.summaryAgainst, against) : summary);
  }

  /** @param {State} state */
  function series(state) {
    const { epochs: all, progress } = state;
    /** @type {Record<'line' | 'low' | 'high', (number | null)[]>} */
    const { line, low, high } = { line: [], low: [], high: [] };
    for (const epoch of all) {
      const y = read(epoch) ?? null;
      const half = measure.halfWidth?.(epoch);
      line[epoch.epoch] = Number.isFinite(y) ? y : null;
      if (y !== null && half != null) [low[epoch.epoch], high[epoch.epoch]] = [y - half, y + half];
    }
    const under = !measure.metric && progress && progress.epoch > epochsDone({ epochs: all }) ? progress : null;
    const x = under ? under.epoch - 1 + under.share : 0;
    return {
      epochs: epochsToDo(state),
      ...{ model: line, low, high },
      baseline: toBeat(state),
      // Ratings are off by much the same everywhere: from zero all curves would look flat.
      fromZero: !measure.falls,
      running: under && Number.isFinite(under.loss) ? { x, y: under.loss } : null,
    };
  }

  /** @param {number | null} number of the epoch under the pointer */
  function onCursor(number) {
    const epoch = latestState?.epochs.find((one) => one.epoch === number);
    const there = epoch && read(epoch);
    setText(caption, there == null ? '' : t(words.cursor, { epoch: String(number), value: format(there) }));
  }

  /** @param {State} state */
  function update(state) {
    latestState = state;
    measure = (predictsRatings(state) ? RATING : RANKING)[at];
    if (rewrite(measure, state.epochs, state.model, state.selected)) write(state);
    if (!chart) return;
    if (themed(state.theme)) chart.recolour();
    const within = !measure.metric && isRunning(state) ? state.progress : null;
    if (redraw(measure, state.epochs, state.model, state.settings.epochs, within)) chart.update(series(state));
  }

  return {
    update,
    draw() {
      chart = createChart(figure, { sync, format, onCursor });
      if (latestState) update(latestState);
    },
    destroy: () => chart?.destroy(),
  };
}

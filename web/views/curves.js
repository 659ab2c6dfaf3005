/** The three measures, each a channel: its number now, what it means, and its curve over the epochs. */
import { lossText, metric, shortName, signed } from '../format.js';
import { epochOfWeights, epochsDone, epochsToDo, isRunning, predictsRatings, shownMetrics } from '../state.js';
import { createChart } from './chart.js';
import { h, setAttribute, setText, uniqueId, watch } from './dom.js';

/** @typedef {import('../client.js').Epoch} Epoch */
/** @typedef {import('../state.js').State} State */

/**
 * @typedef {object} Measure
 * @property {string} name
 * @property {string} meaning          in a few words, for a student
 * @property {string} [meaningInFull]  where the hidden film is ranked among all films
 * @property {(epoch: Pick<Epoch, 'metrics'>) => number | null | undefined} [metric]  absent: it is the loss
 * @property {(epoch: Epoch) => number | undefined} [halfWidth]
 * @property {boolean} [falls]         lower is better
 */

/** @type {Measure} */
const LOSS = { name: 'Loss', meaning: 'how wrong the model is on what it trains on; lower is better', falls: true };

/** The measures of a model that ranks films. @type {Measure[]} */
const RANKING = [
  LOSS,
  {
    name: 'HR@10',
    meaning: 'share of users whose hidden film makes the top 10 of 100',
    meaningInFull: 'share of users whose hidden film makes the top 10 of all films',
    metric: (epoch) => shownMetrics(epoch)?.hr,
    halfWidth: (epoch) => shownMetrics(epoch)?.hrHalfWidth,
  },
  {
    name: 'NDCG@10',
    meaning: 'the same, but a hit counts more the higher it stands',
    metric: (epoch) => shownMetrics(epoch)?.ndcg,
  },
];

/** Those of one that predicts ratings. @type {Measure[]} */
const RATING = [
  LOSS,
  {
    name: 'RMSE',
    meaning: 'how far off predicted ratings are, large errors counting more; lower is better',
    metric: ({ metrics }) => metrics.errors?.rmse,
    halfWidth: ({ metrics }) => metrics.errors?.rmseHalfWidth,
    falls: true,
  },
  {
    name: 'MAE',
    meaning: 'the same in stars, on average; lower is better',
    metric: ({ metrics }) => metrics.errors?.mae,
    falls: true,
  },
];

/** @param {HTMLElement} host */
export function createCurves(host) {
  const sync = uniqueId('epochs');
  host.append(h('h2', { class: 'hidden' }, 'Curves'));
  const channels = RANKING.map((_, at) => createChannel(host, at, sync));
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
 * @param {HTMLElement} host
 * @param {number} at  its place among the measures
 * @param {string} sync
 */
function createChannel(host, at, sync) {
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
    return { name: shortName(model.baseline.model), value: number };
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
    const { name, meaning, meaningInFull = meaning } = measure;
    setText(title, name);
    setText(figureTitle, name);
    setAttribute(section, 'aria-label', name);
    const latest = epochOfWeights(state);
    const lossless = !measure.metric && (model?.once || model?.batches === 0);
    const explanation = model?.settings.eval === 'full' ? meaningInFull : meaning;
    setText(explained, lossless ? 'none: this model does not learn by it' : explanation);
    const now = latest && read(latest);
    const half = latest && measure.halfWidth?.(latest);
    setText(value, now == null ? '–' : format(now));
    setText(interval, half == null ? '' : ` ± ${metric(half)}`);
    const beat = toBeat(state);
    const ahead = now != null && beat ? now - beat.value : null;
    readout.classList.toggle('ahead', ahead !== null && (measure.falls ? ahead < 0 : ahead > 0));
    const blind = beat && shownMetrics(latest)?.allEqual;
    if (blind) setText(lead, 'all scores are equal: this is chance');
    else setText(lead, ahead === null ? '' : `${signed(ahead)} against ${beat?.name}`);
    setText(target, blind || ahead === null || !beat ? '' : ` ${format(beat.value)}`);

    const first = all.find((epoch) => read(epoch) != null);
    const from = first && read(first);
    let summary = `${name} by epoch: nothing yet`;
    if (first && from != null && now != null) {
      summary = `${name} by epoch: ${format(from)} at epoch ${first.epoch}, ${format(now)} at epoch ${latest?.epoch}`;
    }
    setAttribute(figure, 'aria-label', beat ? `${summary}; ${beat.name} ${format(beat.value)}` : summary);
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
    setText(caption, there == null ? '' : `epoch ${number}: ${format(there)}`);
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

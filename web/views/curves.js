/** The three measures, each a channel: its number now, what it means, and its curve over the epochs. */
import { lossText, metric, signed } from '../format.js';
import { epochOfWeights, epochsDone, isRunning, shownMetrics } from '../state.js';
import { createChart } from './chart.js';
import { h, setAttribute, setText, uniqueId, watch } from './dom.js';

/** @typedef {import('../client.js').Epoch} Epoch */
/** @typedef {import('../state.js').State} State */

/**
 * @typedef {object} Measure
 * @property {string} name
 * @property {string} meaning          in a few words, for a student
 * @property {string} [meaningInFull]  where the hidden film is ranked among all films
 * @property {(epoch: Epoch) => number | null | undefined} read
 * @property {'hr' | 'ndcg' | null} baseline     ItemPop's twin of it
 * @property {(epoch: Epoch) => number | undefined} halfWidth
 * @property {(value: number) => string} format
 */

/** @type {Measure[]} */
export const MEASURES = [
  {
    name: 'Loss',
    meaning: 'how wrong the model is on the films it trains on; lower is better',
    read: (epoch) => epoch.loss,
    baseline: null,
    halfWidth: () => undefined,
    format: lossText,
  },
  {
    name: 'HR@10',
    meaning: 'share of users whose hidden film makes the top 10 of 100',
    meaningInFull: 'share of users whose hidden film makes the top 10 of all films',
    read: (epoch) => shownMetrics(epoch)?.hr,
    baseline: 'hr',
    halfWidth: (epoch) => shownMetrics(epoch)?.hrHalfWidth,
    format: metric,
  },
  {
    name: 'NDCG@10',
    meaning: 'the same, but a hit counts more the higher it stands',
    read: (epoch) => shownMetrics(epoch)?.ndcg,
    baseline: 'ndcg',
    halfWidth: () => undefined,
    format: metric,
  },
];

/** @param {HTMLElement} host */
export function createCurves(host) {
  const sync = uniqueId('epochs');
  host.append(h('h2', { class: 'hidden' }, 'Curves'));
  const channels = MEASURES.map((measure) => createChannel(host, measure, sync));
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
 * @param {Measure} measure
 * @param {string} sync
 */
function createChannel(host, measure, sync) {
  const { name, meaning, meaningInFull = meaning, read, baseline, halfWidth, format } = measure;
  const value = h('span', { class: 'value' }, '–');
  const interval = h('span', { class: 'interval' });
  const lead = h('span', {});
  const target = h('span', { class: 'target' });
  const explained = h('p', { class: 'meaning' }, meaning);
  const readout = h(
    'div',
    { class: 'readout' },
    h('h3', {}, name),
    h('p', { class: 'number' }, value, interval),
    h('p', { class: 'against' }, lead, target),
    explained,
  );
  const caption = h('p', { class: 'cursor-note', 'aria-hidden': 'true' });
  const figure = h(
    'div',
    { class: 'figure', role: 'img' },
    h('p', { class: 'figure-name', 'aria-hidden': 'true' }, name),
    caption,
  );
  const section = h('section', { class: 'channel', 'aria-label': name }, readout, figure);
  host.append(section);

  /** @type {State | null} */
  let latestState = null;
  /** @type {ReturnType<typeof createChart> | null} */
  let chart = null;
  const redraw = watch();
  const rewrite = watch();
  const themed = watch();

  /** @param {State} state */
  function write(state) {
    const { epochs: all, model, settings } = state;
    const latest = epochOfWeights(state);
    setText(explained, model?.settings.eval === 'full' ? meaningInFull : meaning);
    const now = latest && read(latest);
    const half = latest && halfWidth(latest);
    setText(value, now == null ? '–' : format(now));
    setText(interval, half == null ? '' : ` ± ${metric(half)}`);
    const beat = baseline && settings.model !== 'itempop' ? shownMetrics(model?.itempop)?.[baseline] : null;
    const ahead = now != null && beat != null ? now - beat : null;
    readout.classList.toggle('ahead', ahead !== null && ahead > 0);
    const blind = beat != null && shownMetrics(latest)?.allEqual;
    if (blind) setText(lead, 'all scores are equal: this is chance');
    else setText(lead, ahead === null ? '' : `${signed(ahead)} against ItemPop`);
    setText(target, blind || ahead === null || beat == null ? '' : ` ${format(beat)}`);

    const first = all.find((epoch) => read(epoch) != null);
    const from = first && read(first);
    let summary = `${name} by epoch: nothing yet`;
    if (first && from != null && now != null) {
      summary = `${name} by epoch: ${format(from)} at epoch ${first.epoch}, ${format(now)} at epoch ${latest?.epoch}`;
    }
    setAttribute(figure, 'aria-label', beat == null ? summary : `${summary}; ItemPop ${format(beat)}`);
  }

  /** @param {State} state */
  function series({ epochs: all, model, settings, progress }) {
    /** @type {Record<'line' | 'low' | 'high', (number | null)[]>} */
    const { line, low, high } = { line: [], low: [], high: [] };
    for (const epoch of all) {
      const at = epoch.epoch;
      const y = read(epoch) ?? null;
      const half = halfWidth(epoch);
      line[at] = Number.isFinite(y) ? y : null;
      if (y !== null && half != null) [low[at], high[at]] = [y - half, y + half];
    }
    const under = baseline === null && progress && progress.epoch > epochsDone({ epochs: all }) ? progress : null;
    const x = under ? under.epoch - 1 + under.batch / under.batches : 0;
    return {
      epochs: settings.epochs,
      ...{ model: line, low, high },
      baseline: (baseline && shownMetrics(model?.itempop)?.[baseline]) ?? null,
      running: under && Number.isFinite(under.loss) ? { x, y: under.loss } : null,
    };
  }

  /** @param {number | null} at epoch under the pointer */
  function onCursor(at) {
    const epoch = latestState?.epochs.find((one) => one.epoch === at);
    const there = epoch && read(epoch);
    setText(caption, there == null ? '' : `epoch ${at}: ${format(there)}`);
  }

  /** @param {State} state */
  function update(state) {
    latestState = state;
    if (rewrite(state.epochs, state.model, state.selected)) write(state);
    if (!chart) return;
    if (themed(state.theme)) chart.recolour();
    const within = baseline === null && isRunning(state) ? state.progress : null;
    if (redraw(state.epochs, state.model, state.settings.epochs, within)) chart.update(series(state));
  }

  return {
    update,
    draw() {
      chart = createChart(figure, { sync, fromZero: baseline !== null, format, onCursor });
      if (latestState) update(latestState);
    },
    destroy: () => chart?.destroy(),
  };
}

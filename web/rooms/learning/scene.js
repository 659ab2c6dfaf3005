/** What the channel of a measure shows of the state: its number now, what it is compared with, and its curve. */
import { metric, shortName, signed, testNumbers } from '../../parts/format.js';
import { epochOfWeights, epochsDone, epochsToDo, shownMetrics } from '../../parts/readings.js';
import { words } from '../../parts/words/measures.js';
import { read, textOf } from './measures.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Epoch} Epoch */
/** @typedef {import('./measures.js').Measure} Measure */
/** @typedef {Pick<import('../../shell/state.js').State, 'epochs' | 'selected' | 'model' | 'settings' | 'progress'>} State */

/**
 * What the model has to beat here; nothing where it is that itself.
 * @param {Speech} speech
 * @param {Measure} measure
 * @param {State} state
 */
function toBeat(speech, measure, { model, settings }) {
  const number = model && measure.metric?.(model.baseline);
  if (!model || number == null || model.baseline.model === settings.model) return null;
  return { name: shortName(speech, model.baseline.model), value: number };
}

/** What the measure means in this run. @param {Measure} measure @param {State['model']} model */
function meaningOf({ metric: isMetric, meaning, meaningInFull = meaning }, model) {
  if (!isMetric && (model?.once || model?.batches === 0)) return words.lossless;
  return model?.settings.eval === 'full' ? meaningInFull : meaning;
}

/**
 * The number of the epoch that the weights are of, in words.
 * @param {Speech} speech
 * @param {Measure} measure
 * @param {State} state
 */
export function readoutOf(speech, measure, state) {
  const { t } = speech;
  const latest = epochOfWeights(state);
  const now = latest && read(measure, latest);
  const half = latest && measure.halfWidth?.(latest);
  const beat = toBeat(speech, measure, state);
  const ahead = now != null && beat ? now - beat.value : null;
  // Where all scores are equal the places are chance: nothing is won or lost.
  const blind = beat !== null && shownMetrics(latest)?.allEqual === true;
  const lead = ahead === null ? '' : t(words.against, { lead: signed(ahead), name: beat?.name ?? '' });
  return {
    name: t(measure.name),
    meaning: t(meaningOf(measure, state.model), testNumbers(state.model)),
    value: now == null ? '–' : textOf(measure, now),
    interval: half == null ? '' : ` ± ${metric(half)}`,
    ahead: ahead !== null && (measure.falls ? ahead < 0 : ahead > 0),
    lead: blind ? t(words.chance) : lead,
    target: blind || ahead === null || !beat ? '' : ` ${textOf(measure, beat.value)}`,
    summary: summaryOf(speech, measure, state),
  };
}

/** The curve in a sentence. @param {Speech} speech @param {Measure} measure @param {State} state */
function summaryOf(speech, measure, state) {
  const { t } = speech;
  const name = t(measure.name);
  const first = state.epochs.find((epoch) => read(measure, epoch) != null);
  const latest = epochOfWeights(state);
  const [from, now] = [first, latest].map((epoch) => epoch && read(measure, epoch));
  let summary = t(words.nothing, { name });
  if (first && latest && from != null && now != null) {
    const ends = { from: textOf(measure, from), first: String(first.epoch) };
    summary = t(words.summary, { name, ...ends, now: textOf(measure, now), last: String(latest.epoch) });
  }
  const beat = toBeat(speech, measure, state);
  return beat ? t(words.summaryAgainst, { summary, baseline: beat.name, value: textOf(measure, beat.value) }) : summary;
}

/**
 * @param {Speech} speech
 * @param {Measure} measure
 * @param {State} state
 * @returns {import('../../parts/chart.js').Series}
 */
export function seriesOf(speech, measure, state) {
  const { epochs: all, progress } = state;
  /** @type {Record<'line' | 'low' | 'high', (number | null)[]>} */
  const { line, low, high } = { line: [], low: [], high: [] };
  for (const epoch of all) {
    const y = read(measure, epoch) ?? null;
    const half = measure.halfWidth?.(epoch);
    line[epoch.epoch] = Number.isFinite(y) ? y : null;
    if (y !== null && half != null) [low[epoch.epoch], high[epoch.epoch]] = [y - half, y + half];
  }
  const under = !measure.metric && progress && progress.epoch > epochsDone({ epochs: all }) ? progress : null;
  const x = under ? under.epoch - 1 + under.share : 0;
  return {
    epochs: epochsToDo(state),
    ...{ model: line, low, high },
    baseline: toBeat(speech, measure, state),
    // Ratings are off by much the same everywhere: from zero all curves would look flat.
    fromZero: !measure.falls,
    running: under && Number.isFinite(under.loss) ? { x, y: under.loss } : null,
  };
}

/**
 * The number under the pointer.
 * @param {Speech} speech
 * @param {Measure} measure
 * @param {Epoch[]} epochs
 * @param {number | null} number of the epoch
 */
export function cursorOf({ t }, measure, epochs, number) {
  const epoch = epochs.find((one) => one.epoch === number);
  const there = epoch && read(measure, epoch);
  return there == null ? '' : t(words.cursor, { epoch: String(number), value: textOf(measure, there) });
}

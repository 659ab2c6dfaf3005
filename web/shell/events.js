/** What the worker's events change in the page's state. */
import { lossText, metric, modelName } from '../parts/format.js';
import { complain, reason, say } from '../parts/notices.js';
import { epochsDone, epochsToDo, shownMetrics } from '../parts/readings.js';
import { later } from '../parts/speech.js';
import { createAwaiting } from './awaiting.js';
import { after } from '../worker/protocol.js';
import { words as measures } from '../parts/words/measures.js';
import { words as wrong } from '../parts/words/notices.js';
import { words } from './words/run.js';

/** @typedef {import('../parts/speech.js').Speech} Speech */
/** @typedef {import('./state.js').Phase} Phase */
/** @typedef {import('../worker/protocol.js').Epoch} Epoch */

/** Epochs can end several times a second; a screen reader is told of one in this many milliseconds. */
const ANNOUNCE_EVERY = 4000;

/** The quality of an epoch in words. @param {Speech} speech @param {Epoch} epoch */
function quality(speech, epoch) {
  const { t } = speech;
  const { errors } = epoch.metrics;
  if (errors) return t(measures.errors, { rmse: metric(errors.rmse), mae: metric(errors.mae) });
  const shown = shownMetrics(epoch);
  return shown ? t(measures.ranked, { hr: metric(shown.hr), ndcg: metric(shown.ndcg) }) : '';
}

/**
 * What the end of a run is told in.
 * @param {import('./state.js').State} state
 */
function ending(state) {
  const { selected } = state;
  const done = epochsDone(state);
  if (done === 0) return later(words.evaluated);
  if (state.model?.once)
    return later(words.solved, { quality: (speech) => quality(speech, state.epochs[state.epochs.length - 1]) });
  if (!selected) return later(words.finished, { n: done });
  const values = { n: done, best: String(selected.epoch) };
  if (selected.stopped) return later(words.stoppedEarly, values);
  if (selected.epoch === done) return later(words.finishedAtBest, values);
  return later(words.finishedBest, values);
}

/** @param {import('../worker/protocol.js').Pretraining} part */
const pretrainingOf = ({ model }) => later(words.pretraining, { model: (speech) => modelName(speech, model) });

/**
 * @param {import('./state.js').Store} store
 * @param {() => void} onEpochEnd
 * @returns {(event: import('../worker/protocol.js').HeardEvent) => void}
 */
export function createEvents(store, onEpochEnd) {
  let announcedAt = -ANNOUNCE_EVERY;
  const awaitWeights = createAwaiting(store);

  /** @param {Phase} phase @param {import('../worker/protocol.js').Trouble} [trouble] */
  function enter(phase, trouble) {
    if (phase === 'training') {
      const { pretraining, model } = store.state;
      const status = later(model?.once ? words.solving : words.training);
      store.set({ status: pretraining ? pretrainingOf(pretraining) : status });
    } else if (phase === 'paused') {
      if (!store.state.loading) say(store, later(words.paused));
      if (trouble) complain(store, 'train', later(wrong.stopped), reason(trouble));
    } else if (phase === 'finished') {
      say(store, ending(store.state));
    } else if (phase === 'diverged') {
      store.set({ status: later(words.notANumber) });
      const why = trouble ? reason(trouble) : later(wrong.notANumber);
      complain(store, 'diverged', later(wrong.diverged), why, 'reset');
    }
  }

  /** @param {import('../worker/protocol.js').Pretraining} pretraining @param {typeof pretraining | null} before */
  function pretrain(pretraining, before) {
    const { model, epoch, epochs, batch, batches } = pretraining;
    const now = performance.now();
    if (before?.model !== model) {
      announcedAt = now;
      say(store, pretrainingOf(pretraining));
    } else if (batch === batches && now - announcedAt >= ANNOUNCE_EVERY) {
      announcedAt = now;
      const values = {
        model: (/** @type {Speech} */ speech) => modelName(speech, model),
        epoch: String(epoch),
        epochs: String(epochs),
      };
      store.set({ announcement: later(words.pretrainingAt, values) });
    }
  }

  /** @param {Epoch} epoch @param {unknown} pretraining  that came before */
  function endEpoch(epoch, pretraining) {
    if (pretraining) say(store, later(words.pretrained));
    onEpochEnd();
    const now = performance.now();
    if (epoch.epoch === 0 || now - announcedAt < ANNOUNCE_EVERY) return;
    announcedAt = now;
    const told = (/** @type {Speech} */ speech) => {
      const { t } = speech;
      const loss = epoch.loss == null ? '' : t(words.loss, { value: lossText(epoch.loss) });
      return [loss, quality(speech, epoch)].filter(Boolean).join(t(words.comma));
    };
    const values = { epoch: String(epoch.epoch), epochs: String(epochsToDo(store.state)), told };
    store.set({ announcement: later(words.epochOf, values) });
  }

  return (event) => {
    if (event.event === 'loading') {
      if (store.state.loading) store.set({ loading: event });
      return;
    }
    if (event.event === 'crash') {
      store.set({ phase: 'failed', loading: null, status: later(words.stopped) });
      complain(store, 'crash', later(wrong.crashed), later(wrong.reload));
      return;
    }
    if (event.event === 'weights') return awaitWeights(event);
    // Of a run that is not there any more, or whose answer is still to come and has this in it.
    if (event.run !== store.state.run) return;
    const before = store.state;
    store.set(after(before, event));
    if (event.event === 'state') return enter(event.state, event.trouble);
    if (event.event !== 'pretraining') store.set({ weights: before.weights + 1 });
    if (event.event !== 'selected' && event.samplesPerSecond) store.set({ samplesPerSecond: event.samplesPerSecond });
    if (event.event === 'pretraining') pretrain(event, before.pretraining);
    if (event.event === 'epoch') endEpoch(event, before.pretraining);
    if (event.event === 'selected') onEpochEnd();
  };
}

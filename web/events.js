/** What the worker's events change in the page's state. */
import { lossText, metric, modelName } from './format.js';
import { complain, reason, say } from './notices.js';
import { epochsDone, epochsToDo, shownMetrics } from './state.js';
import { later, t } from './words.js';
import { words as measures } from './words/curves.js';
import { words as wrong } from './words/notices.js';
import { words } from './words/run.js';

/** @typedef {import('./state.js').Phase} Phase */
/** @typedef {import('./client.js').Epoch} Epoch */

/** Epochs can end several times a second; a screen reader is told of one in this many milliseconds. */
const ANNOUNCE_EVERY = 4000;

/** The quality of an epoch in words. @param {Epoch} epoch */
function quality(epoch) {
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
  if (state.model?.once) return later(words.solved, { quality: () => quality(state.epochs[state.epochs.length - 1]) });
  if (!selected) return later(words.finished, { n: done });
  const values = { n: done, best: String(selected.epoch) };
  if (selected.stopped) return later(words.stoppedEarly, values);
  if (selected.epoch === done) return later(words.finishedAtBest, values);
  return later(words.finishedBest, values);
}

/** @param {import('./client.js').Pretraining} part */
const pretrainingOf = ({ model }) => later(words.pretraining, { model: () => modelName(model) });

/**
 * @param {import('./state.js').Store} store
 * @param {() => void} onEpochEnd
 * @returns {(event: any) => void}
 */
export function createEvents(store, onEpochEnd) {
  let announcedAt = -ANNOUNCE_EVERY;

  /**
   * @param {Phase} phase
   * @param {string} [message]
   */
  function enter(phase, message) {
    const before = store.state.phase;
    if (before === phase || before === 'failed') return;
    store.set({ phase });
    if (phase === 'training') {
      const { pretraining, model } = store.state;
      const status = later(model?.once ? words.solving : words.training);
      store.set({ status: pretraining ? pretrainingOf(pretraining) : status, selected: null });
    } else if (phase === 'paused') {
      say(store, later(words.paused));
      if (message) complain(store, 'train', later(wrong.stopped), reason(message));
    } else if (phase === 'finished') {
      say(store, ending(store.state));
    } else if (phase === 'diverged') {
      store.set({ status: later(words.notANumber) });
      const why = message ? reason(message) : later(wrong.notANumber);
      complain(store, 'diverged', later(wrong.diverged), why, 'reset');
    }
  }

  const moved = () => ({ weights: store.state.weights + 1 });

  /** @param {import('./client.js').Pretraining} pretraining */
  function pretrain(pretraining) {
    const { model, epoch, epochs, batch, batches, samplesPerSecond } = pretraining;
    const before = store.state.pretraining;
    store.set({ pretraining, samplesPerSecond });
    const now = performance.now();
    if (before?.model !== model) {
      announcedAt = now;
      say(store, pretrainingOf(pretraining));
    } else if (batch === batches && now - announcedAt >= ANNOUNCE_EVERY) {
      announcedAt = now;
      const values = { model: () => modelName(model), epoch: String(epoch), epochs: String(epochs) };
      store.set({ announcement: later(words.pretrainingAt, values) });
    }
  }

  /** @param {Epoch} epoch */
  function endEpoch(epoch) {
    const { epochs, pretraining } = store.state;
    if (pretraining) {
      store.set({ pretraining: null });
      say(store, later(words.pretrained));
    }
    const samplesPerSecond = epoch.samplesPerSecond || store.state.samplesPerSecond;
    store.set({ epochs: [...epochs.filter((one) => one.epoch < epoch.epoch), epoch], samplesPerSecond, ...moved() });
    onEpochEnd();
    const now = performance.now();
    if (epoch.epoch === 0 || now - announcedAt < ANNOUNCE_EVERY) return;
    announcedAt = now;
    const told = () => {
      const loss = epoch.loss == null ? '' : t(words.loss, { value: lossText(epoch.loss) });
      return [loss, quality(epoch)].filter(Boolean).join(t(words.comma));
    };
    const values = { epoch: String(epoch.epoch), epochs: String(epochsToDo(store.state)), told };
    store.set({ announcement: later(words.epochOf, values) });
  }

  return (event) => {
    switch (event.event) {
      case 'loading':
        if (store.state.loading) store.set({ loading: event });
        break;
      case 'state':
        enter(event.state, event.message);
        break;
      case 'progress':
        store.set({ progress: event, samplesPerSecond: event.samplesPerSecond, ...moved() });
        break;
      case 'pretraining':
        pretrain(event);
        break;
      case 'epoch':
        endEpoch(event);
        break;
      case 'selected':
        store.set({ selected: event, ...moved() });
        onEpochEnd();
        break;
      case 'crash':
        store.set({ phase: 'failed', loading: null, status: later(words.stopped) });
        complain(store, 'crash', later(wrong.crashed), later(wrong.reload));
    }
  };
}

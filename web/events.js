/** What the worker's events change in the page's state. */
import { lossText, metric, plural } from './format.js';
import { complain, say } from './notices.js';
import { epochsDone, shownMetrics } from './state.js';

/** @typedef {import('./state.js').Phase} Phase */
/** @typedef {import('./client.js').Epoch} Epoch */

/** Epochs can end several times a second; a screen reader is told of one in this many milliseconds. */
const ANNOUNCE_EVERY = 4000;

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
    if (phase === 'training') store.set({ status: 'Training.' });
    else if (phase === 'paused') {
      say(store, 'Paused. Train goes on from here.');
      if (message) complain(store, 'train', 'Training has stopped', message);
    } else if (phase === 'finished') {
      const done = epochsDone(store.state);
      say(store, done > 0 ? `Finished after ${plural(done, 'epoch')}.` : 'Evaluated: this model has nothing to learn.');
    } else if (phase === 'diverged') {
      store.set({ status: 'Stopped: the loss is no longer a number.' });
      complain(store, 'diverged', 'Training has diverged', message ?? 'The loss is no longer a number.', 'reset');
    }
  }

  /** @param {Epoch} epoch */
  function endEpoch(epoch) {
    const { epochs, settings } = store.state;
    const samplesPerSecond = epoch.samplesPerSecond || store.state.samplesPerSecond;
    store.set({ epochs: [...epochs.filter((one) => one.epoch < epoch.epoch), epoch], samplesPerSecond });
    onEpochEnd();
    const now = performance.now();
    if (epoch.epoch === 0 || now - announcedAt < ANNOUNCE_EVERY) return;
    announcedAt = now;
    const shown = shownMetrics(epoch);
    const quality = shown ? `, HR@10 ${metric(shown.hr)}, NDCG@10 ${metric(shown.ndcg)}` : '';
    const loss = epoch.loss == null ? '' : `loss ${lossText(epoch.loss)}`;
    store.set({ announcement: `Epoch ${epoch.epoch} of ${settings.epochs}: ${loss}${quality}.` });
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
        store.set({ progress: event, samplesPerSecond: event.samplesPerSecond });
        break;
      case 'epoch':
        endEpoch(event);
        break;
      case 'crash':
        store.set({ phase: 'failed', loading: null, status: 'The training worker has stopped.' });
        complain(store, 'crash', 'The training worker has stopped', 'Reload the page to start it again.');
    }
  };
}

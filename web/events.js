/** What the worker's events change in the page's state. */
import { lossText, metric, modelName, plural } from './format.js';
import { complain, say } from './notices.js';
import { epochsDone, epochsToDo, shownMetrics } from './state.js';

/** @typedef {import('./state.js').Phase} Phase */
/** @typedef {import('./client.js').Epoch} Epoch */

/** Epochs can end several times a second; a screen reader is told of one in this many milliseconds. */
const ANNOUNCE_EVERY = 4000;

/** The quality of an epoch in words. @param {Epoch} epoch */
function quality(epoch) {
  const { errors } = epoch.metrics;
  if (errors) return `RMSE ${metric(errors.rmse)}, MAE ${metric(errors.mae)}`;
  const shown = shownMetrics(epoch);
  return shown ? `HR@10 ${metric(shown.hr)}, NDCG@10 ${metric(shown.ndcg)}` : '';
}

/**
 * What the end of a run is told in.
 * @param {import('./state.js').State} state
 */
function ending(state) {
  const { selected } = state;
  const done = epochsDone(state);
  if (done === 0) return 'Evaluated: this model has nothing to learn.';
  if (state.model?.once) return `Solved: ${quality(state.epochs[state.epochs.length - 1])}.`;
  const after = plural(done, 'epoch');
  if (!selected) return `Finished after ${after}.`;
  const best = `Epoch ${selected.epoch} was the best on validation`;
  if (selected.stopped) return `Stopped early after ${after}. ${best}: the model has its weights again.`;
  if (selected.epoch === done) return `Finished after ${after}, the last of them the best on validation.`;
  return `Finished after ${after}. ${best}: the model has its weights again.`;
}

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
      const status = model?.once ? 'Solving.' : 'Training.';
      store.set({ status: pretraining ? `Pretraining ${modelName(pretraining.model)}.` : status, selected: null });
    } else if (phase === 'paused') {
      say(store, 'Paused. Train goes on from here.');
      if (message) complain(store, 'train', 'Training has stopped', message);
    } else if (phase === 'finished') {
      say(store, ending(store.state));
    } else if (phase === 'diverged') {
      store.set({ status: 'Stopped: the loss is no longer a number.' });
      complain(store, 'diverged', 'Training has diverged', message ?? 'The loss is no longer a number.', 'reset');
    }
  }

  const moved = () => ({ weights: store.state.weights + 1 });

  /** @param {import('./client.js').Pretraining} pretraining */
  function pretrain(pretraining) {
    const { model, epoch, epochs, batch, batches, samplesPerSecond } = pretraining;
    const before = store.state.pretraining;
    store.set({ pretraining, samplesPerSecond });
    const name = modelName(model);
    const now = performance.now();
    if (before?.model !== model) {
      announcedAt = now;
      say(store, `Pretraining ${name}.`);
    } else if (batch === batches && now - announcedAt >= ANNOUNCE_EVERY) {
      announcedAt = now;
      store.set({ announcement: `Pretraining ${name}: epoch ${epoch} of ${epochs}.` });
    }
  }

  /** @param {Epoch} epoch */
  function endEpoch(epoch) {
    const { epochs, pretraining } = store.state;
    if (pretraining) {
      store.set({ pretraining: null });
      say(store, 'GMF and MLP are trained. Training NeuMF from their weights.');
    }
    const samplesPerSecond = epoch.samplesPerSecond || store.state.samplesPerSecond;
    store.set({ epochs: [...epochs.filter((one) => one.epoch < epoch.epoch), epoch], samplesPerSecond, ...moved() });
    onEpochEnd();
    const now = performance.now();
    if (epoch.epoch === 0 || now - announcedAt < ANNOUNCE_EVERY) return;
    announcedAt = now;
    const told = [epoch.loss == null ? '' : `loss ${lossText(epoch.loss)}`, quality(epoch)];
    const number = `Epoch ${epoch.epoch} of ${epochsToDo(store.state)}`;
    store.set({ announcement: `${number}: ${told.filter(Boolean).join(', ')}.` });
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
        store.set({ phase: 'failed', loading: null, status: 'The training worker has stopped.' });
        complain(store, 'crash', 'The training worker has stopped', 'Reload the page to start it again.');
    }
  };
}

/** What happens in the lab, for the page around it: `ready`, `epoch`, `done`, told once each as the state has them. */

/** @typedef {import('../worker/protocol.js').Epoch} Epoch */

/** An epoch as it is told: plain numbers, and the hash of the weights. @param {Epoch} epoch */
const told = ({ epoch, loss, metrics, seconds, hash }) => ({ epoch, loss, metrics, seconds, hash });

/**
 * @param {import('./state.js').Store} store
 * @param {(name: 'ready' | 'epoch' | 'done', detail: object) => void} tell
 */
export function announce(store, tell) {
  let ready = false;
  let run = 0;
  let epochs = 0;
  let wasOver = true;
  store.subscribe((state) => {
    const { model, dataset, users, settings } = state;
    if (!model || !dataset || !users || state.shipped) return;
    if (!ready) tell('ready', { settings, data: dataset.name });
    ready = true;
    if (state.run !== run) {
      run = state.run;
      // A run that comes back was told of; one that begins has but its first measurement.
      epochs = state.epochs.length > 1 ? state.epochs.length : 0;
      wasOver = state.phase === 'finished';
    }
    for (const epoch of state.epochs.slice(epochs)) tell('epoch', told(epoch));
    epochs = state.epochs.length;
    const over = state.phase === 'finished' || state.phase === 'diverged';
    const last = state.epochs.at(-1);
    if (over && !wasOver && last)
      tell('done', { ...told(last), phase: state.phase, settings, parameters: model.parameters });
    wasOver = over;
  });
}

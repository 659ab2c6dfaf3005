/** Models: a new one from the seed and the settings, one from a file, and back to the one before. */
import { shortName } from '../format.js';
import { complain, dismiss, reason, say, settingOf } from '../notices.js';
import { isRunning, runOf } from '../state.js';
import { later } from '../words.js';
import { words as wrong } from '../words/notices.js';
import { words } from '../words/run.js';

/** @typedef {import('../words.js').Said} Said */

/** @param {import('../actions.js').Lab} lab */
export function createModels(lab) {
  const { store, client } = lab;
  let rebuilding = false;
  let rebuildAgain = false;
  let trainAfterRebuild = false;
  /** What to say of the latest wish. @type {Said} */
  let told = () => '';

  /**
   * A new model from the seed and the settings asked for. Wishes that arrive meanwhile are taken together in one more.
   * @param {Said} text what to say when it is there
   * @param {boolean} goOn train it then
   */
  async function rebuild(text, goOn) {
    told = text;
    rebuildAgain = true;
    trainAfterRebuild = goOn || (rebuilding && trainAfterRebuild);
    if (rebuilding) return;
    rebuilding = true;
    while (rebuildAgain) {
      rebuildAgain = false;
      await build('configure', { settings: store.state.settings }, told);
    }
    rebuilding = false;
    if (trainAfterRebuild && store.state.phase === 'idle') void lab.training.train();
  }

  /**
   * @param {'configure' | 'load'} type
   * @param {object} fields
   * @param {Said} told
   * @param {Transferable[]} [transfer]
   */
  async function build(type, fields, told, transfer) {
    const { model: before, epochs, selected, pretraining } = store.state;
    const left = runOf(store.state);
    // Epoch 0 of the new model may arrive before the answer.
    store.set({ epochs: [], progress: null, selected: null, pretraining: null });
    try {
      const model = await client.request(type, fields, transfer);
      if (rebuildAgain) return;
      const loaded = type === 'load';
      const weights = store.state.weights + 1;
      store.set({
        model,
        loaded,
        shipped: false,
        before: model.undo ? left : null,
        settings: model.settings,
        progress: null,
        samplesPerSecond: 0,
        phase: 'idle',
        weights,
      });
      // What the run before still sent meanwhile: here no epoch 0 follows to take its place.
      if (model.pretraining || (model.once && !loaded)) store.set({ epochs: [], selected: null, pretraining: null });
      dismiss(store, 'diverged', 'build', 'train');
      say(store, told);
      lab.people.refresh();
    } catch (error) {
      store.set({ epochs, selected, pretraining });
      if (before) store.set({ settings: before.settings });
      const setting = settingOf(error);
      if (setting && type === 'configure') lab.settings.refuse(setting, error);
      else complain(store, 'build', later(type === 'load' ? wrong.misfit : wrong.notBuilt), reason(error));
    }
  }

  async function reset() {
    if (!store.state.dataset) return;
    await lab.arrived;
    if (isRunning(store.state)) await lab.training.pause();
    await rebuild(later(words.wasReset), false);
  }

  /** The run before the last change that started over, as it was left; once more goes back again. */
  async function undo() {
    const { before } = store.state;
    if (!before || rebuilding) return;
    if (isRunning(store.state)) await lab.training.pause();
    const left = runOf(store.state);
    try {
      const model = await client.request('undo');
      const { weights } = store.state;
      const gone = { progress: null, pretraining: null, fieldErrors: {} };
      store.set({ ...before, ...gone, model, before: model.undo ? left : null, weights: weights + 1 });
      lab.settings.forget();
      say(store, later(words.undone, { model: shortName(before.settings.model), n: before.epochs.at(-1)?.epoch ?? 0 }));
      lab.people.refresh();
    } catch (error) {
      complain(store, 'build', later(wrong.notBuilt), reason(error));
    }
  }

  /** @returns {Promise<{name: string, bytes: ArrayBuffer} | null>} */
  async function save() {
    try {
      const file = await client.request('save');
      say(store, later(words.saved, { n: file.bytes.byteLength, name: file.name }));
      return file;
    } catch (error) {
      complain(store, 'save', later(wrong.notSaved), reason(error));
      return null;
    }
  }

  /** @param {File} file */
  async function load(file) {
    if (isRunning(store.state)) await lab.training.pause();
    const bytes = await file.arrayBuffer();
    await build('load', { bytes }, later(words.loaded, { name: file.name }), [bytes]);
  }

  return { rebuild, reset, undo, save, load };
}

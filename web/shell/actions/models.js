/** Models: a new one from the seed and the settings, one from a file, and back to the one before. */
import { shortName } from '../../parts/format.js';
import { complain, dismiss, reason, say, settingOf } from '../../parts/notices.js';
import { later } from '../../parts/speech.js';
import { words as wrong } from '../../parts/words/notices.js';
import { words } from '../words/run.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../parts/speech.js').Said} Said */

/** @param {import('../actions.js').Lab} lab */
export function createModels(lab) {
  const { store, client } = lab;
  let loads = 0;

  /**
   * A new model from the seed and the settings asked for.
   * @param {Said} text what to say when it is there
   * @param {boolean} goOn train it, where the one before is in training
   * @param {Promise<unknown>} [ready] when the worker can build it
   */
  async function rebuild(text, goOn, ready) {
    try {
      if (await lab.commands.give(() => client.request('configure', { settings: store.state.settings, goOn }), ready))
        welcome(text);
    } catch (error) {
      const setting = settingOf(error);
      if (setting) lab.settings.refuse(setting, error);
      else complain(store, 'build', later(wrong.notBuilt), reason(error));
      if (!store.state.model) store.set({ status: later(wrong.notBuilt) });
    }
  }

  /** @param {Said} text */
  function welcome(text) {
    dismiss(store, 'diverged', 'build', 'train');
    say(store, text);
    lab.people.refresh();
  }

  async function reset() {
    if (store.state.dataset) await rebuild(later(words.wasReset), false);
  }

  /** The last run that is worth it (worker/building.js), as it was left; once more goes back again. */
  async function undo() {
    if (!store.state.before) return;
    try {
      const told = await lab.commands.give(() => client.request('undo'));
      if (!told) return;
      store.set({ fieldErrors: {} });
      lab.settings.forget();
      /** @param {Speech} speech */
      const model = (speech) => shortName(speech, told.model.settings.model);
      const values = { model, n: told.epochs.at(-1)?.epoch ?? 0 };
      welcome(later(words.undone, values));
    } catch (error) {
      complain(store, 'build', later(wrong.notBuilt), reason(error));
    }
  }

  /** @returns {Promise<import('../../parts/save.js').Leaving | null>} */
  async function save() {
    try {
      const file = await client.request('save');
      say(store, later(words.saved, { n: file.bytes.byteLength, name: file.name }));
      return { name: file.name, content: file.bytes };
    } catch (error) {
      complain(store, 'save', later(wrong.notSaved), reason(error));
      return null;
    }
  }

  /** Of files that are read at the same time the later one counts. @param {File} file */
  async function load(file) {
    const mine = ++loads;
    try {
      const bytes = await file.arrayBuffer();
      if (mine !== loads) return;
      if (await lab.commands.give(() => client.request('load', { bytes, fixed: store.state.fixed }, [bytes])))
        welcome(later(words.loaded, { name: file.name }));
    } catch (error) {
      complain(store, 'build', later(wrong.misfit), reason(error));
    }
  }

  return { rebuild, reset, undo, save, load };
}

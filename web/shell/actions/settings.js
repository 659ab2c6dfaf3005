/** Settings: taken over at once, or refused beside their control, with everything left as it was. */
import { settings as table } from '../../../wasm/settings/table.mjs';
import { checkSettings, presetNamed, reads, withModel } from '../../../wasm/settings/settings.mjs';
import { presetLabel, settingLabel } from '../../parts/format.js';
import { reason, settingOf } from '../../parts/notices.js';
import { later } from '../../parts/speech.js';
import { words } from '../words/run.js';

/** @typedef {import('../../worker/protocol.js').Settings} Settings */

/** @param {import('../actions.js').Lab} lab */
export function createSettings(lab) {
  const { store, client } = lab;
  /** The setting that was found at fault when another was changed: its own value is still good. */
  let blamed = '';
  /** What was typed and not taken, by setting. @type {Map<string, unknown>} */
  const refused = new Map();

  /**
   * Says what is wrong beside the setting at fault, or beside the one that was changed where that one doesn't show.
   * @param {string} name of the setting that was changed
   * @param {unknown} error
   * @returns {boolean} whether it stands beside the one that was changed
   */
  function refuse(name, error) {
    const { settings, fieldErrors } = store.state;
    const fault = table.find((one) => one.name === settingOf(error));
    const shows = fault && reads(settings.model, fault.name);
    const at = shows ? fault.name : name;
    if (at !== name) blamed = at;
    store.set({ fieldErrors: { ...fieldErrors, [at]: reason(error) } });
    return at === name;
  }

  /** Takes over what was refused but fits now: patience waits for validation, for one. */
  function reconsider() {
    for (const [name, value] of refused) {
      try {
        const { [name]: _, ...fieldErrors } = store.state.fieldErrors;
        store.set({ settings: checkSettings({ ...store.state.settings, [name]: value }), fieldErrors });
        refused.delete(name);
      } catch {
        // It still doesn't fit, and what is said beside it is still true.
      }
    }
  }

  /**
   * Another model comes with its own defaults, in the place of those of the model before.
   * @param {Settings} settings
   * @param {string} name
   * @param {unknown} value
   */
  function changed(settings, name, value) {
    if (name === 'model') return withModel(settings, String(value));
    return checkSettings({ ...settings, [name]: value });
  }

  /**
   * Takes a setting over at once, or says beside its control why not and keeps everything as it was.
   * @param {string} name
   * @param {unknown} value
   */
  async function change(name, value) {
    /** @type {Record<string, unknown>} */
    const before = store.state.settings;
    try {
      refused.delete(name);
      const { [name]: _, [blamed]: __, ...fieldErrors } = store.state.fieldErrors;
      store.set({ fieldErrors });
      store.set({ settings: changed(store.state.settings, name, value) });
      reconsider();
    } catch (error) {
      if (refuse(name, error)) refused.set(name, value);
      return;
    }
    const { dataset, model } = store.state;
    const { [name]: now } = /** @type {Record<string, unknown>} */ (store.state.settings);
    const setting = table.find((one) => one.name === name);
    if (!setting || !dataset || JSON.stringify(before[name]) === JSON.stringify(now)) return;
    /** @param {import('../../parts/speech.js').Speech} speech */
    const label = (speech) => settingLabel(speech, setting);
    if (!setting.live || !model) {
      await lab.models.rebuild(later(words.startsOver, { setting: label }), true);
      return;
    }
    try {
      await lab.models.command(() => client.request('live', { settings: { [name]: now } }));
      store.set({ announcement: later(words.isNow, { setting: label, value: String(now) }) });
    } catch (error) {
      refuse(name, error);
    }
  }

  /** Settings that a paper found good; the seed stays. @param {string} value */
  async function choosePreset(value) {
    const { settings } = store.state;
    const chosen = checkSettings({ ...presetNamed(value).settings, seed: settings.seed });
    store.set({ settings: chosen, fieldErrors: {} });
    refused.clear();
    const told = later(words.presetChosen, { preset: (speech) => presetLabel(speech, value) });
    if (store.state.dataset) await lab.models.rebuild(told, true);
  }

  return { change, choosePreset, refuse, forget: () => refused.clear() };
}

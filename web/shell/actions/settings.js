/** Settings: taken over at once, or refused beside their control, with everything left as it was. */
import { settings as table } from '../../../wasm/settings/table.mjs';
import { presetNamed } from '../../../wasm/settings/settings.mjs';
import { departsFrom } from '../../../wasm/settings/fixed.mjs';
import { admitted, held, isFixed, presetSettings } from '../../parts/fixed.js';
import { presetLabel, settingLabel } from '../../parts/format.js';
import { later } from '../../parts/speech.js';
import { words } from '../words/run.js';
import { tellFixed } from './fixed.js';
import { Refused } from './refused.js';

/** @param {import('../actions.js').Lab} lab */
export function createSettings(lab) {
  const { store, client } = lab;
  // With another model what is fixed stays as it is, rather than at that model's default.
  const refused = new Refused((settings, name) =>
    name === 'model' ? held(store.state, settings) : admitted(store.state, settings),
  );

  /** What the worker found wrong with a setting. @param {string} name @param {unknown} error */
  const refuse = (name, error) => store.set(refused.blame(store.state, name, error));

  /**
   * Takes a setting over at once, or says beside its control why not and keeps everything as it was.
   * @param {string} name
   * @param {unknown} value
   */
  async function change(name, value) {
    const setting = table.find((one) => one.name === name);
    if (setting && isFixed(store.state, name)) return tellFixed(store, [setting]);
    /** @type {Record<string, unknown>} */
    const before = store.state.settings;
    const next = refused.change(store.state, name, value);
    store.set(next);
    if (!next.settings) return;
    const { dataset, model } = store.state;
    const { [name]: now } = /** @type {Record<string, unknown>} */ (store.state.settings);
    if (!setting || !dataset || JSON.stringify(before[name]) === JSON.stringify(now)) return;
    /** @param {import('../../parts/speech.js').Speech} speech */
    const label = (speech) => settingLabel(speech, setting);
    if (!setting.live || !model) {
      await lab.models.rebuild(later(words.startsOver, { setting: label }), true);
      return;
    }
    try {
      await lab.commands.give(() => client.request('live', { settings: { [name]: now } }));
      store.set({ announcement: later(words.isNow, { setting: label, value: String(now) }) });
    } catch (error) {
      refuse(name, error);
    }
  }

  /** Settings that a paper found good; the seed stays. @param {string} value */
  async function choosePreset(value) {
    const chosen = presetSettings(store.state, presetNamed(value).settings);
    const departing = departsFrom(chosen, store.state.fixed);
    if (departing.length > 0) return tellFixed(store, departing);
    store.set({ settings: held(store.state, chosen), fieldErrors: {} });
    refused.clear();
    const told = later(words.presetChosen, { preset: (speech) => presetLabel(speech, value) });
    if (store.state.dataset) await lab.models.rebuild(told, true);
  }

  return { change, choosePreset, refuse, forget: () => refused.clear() };
}

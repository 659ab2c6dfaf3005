/**
 * What was typed and not taken, until it fits or something else is typed there. What is said of it stands beside the control
 * of the setting at fault, in the state.
 */
import { settings as table } from '../../../wasm/settings/table.mjs';
import { checkSettings, reads, withModel } from '../../../wasm/settings/settings.mjs';
import { reason, settingOf } from '../../parts/notices.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Settings} Settings */

/**
 * Settings with another value of one. Another model comes with its own defaults, in the place of those of the model before.
 * @param {Settings} settings
 * @param {string} name
 * @param {unknown} value
 */
const changed = (settings, name, value) =>
  name === 'model' ? withModel(settings, String(value)) : checkSettings({ ...settings, [name]: value });

export class Refused {
  /** @param {(settings: Settings, name: string) => Settings} [rule]  what else is to hold when a setting is changed */
  constructor(rule = (settings) => settings) {
    this.rule = rule;
    /** By setting. @type {Map<string, unknown>} */
    this.values = new Map();
    /** The setting that was found at fault when another was changed: its own value is still good. */
    this.blamed = '';
  }

  /**
   * What a change makes of the state: where it is not taken, no settings.
   * @param {Pick<State, 'settings' | 'fieldErrors'>} state
   * @param {string} name
   * @param {unknown} value
   * @returns {{settings?: Settings, fieldErrors: State['fieldErrors']}}
   */
  change(state, name, value) {
    this.values.delete(name);
    const fieldErrors = { ...state.fieldErrors };
    delete fieldErrors[name];
    // What was typed at the setting at fault itself is still wrong.
    if (!this.values.has(this.blamed)) delete fieldErrors[this.blamed];
    this.blamed = '';
    try {
      return this.reconsider(this.rule(changed(state.settings, name, value), name), fieldErrors);
    } catch (error) {
      const told = this.blame({ settings: state.settings, fieldErrors }, name, error);
      if (Object.hasOwn(told.fieldErrors, name)) this.values.set(name, value);
      return told;
    }
  }

  /**
   * Says what is wrong beside the setting at fault, or beside the one that was changed where that one doesn't show.
   * @param {Pick<State, 'settings' | 'fieldErrors'>} state
   * @param {string} name of the setting that was changed
   * @param {unknown} error
   */
  blame({ settings, fieldErrors }, name, error) {
    const fault = table.find((one) => one.name === settingOf(error));
    const at = fault && reads(settings.model, fault.name) ? fault.name : name;
    if (at !== name) this.blamed = at;
    return { fieldErrors: { ...fieldErrors, [at]: reason(error) } };
  }

  /**
   * Takes over what was refused but fits now: patience waits for validation, for one.
   * @param {Settings} settings
   * @param {State['fieldErrors']} fieldErrors
   */
  reconsider(settings, fieldErrors) {
    const now = { settings, fieldErrors };
    for (const [name, value] of this.values) {
      try {
        now.settings = this.rule(checkSettings({ ...now.settings, [name]: value }), name);
        const { [name]: _, ...left } = now.fieldErrors;
        now.fieldErrors = left;
        this.values.delete(name);
      } catch {
        // It still doesn't fit, and what is said beside it is still true.
      }
    }
    return now;
  }

  clear() {
    this.values.clear();
  }
}

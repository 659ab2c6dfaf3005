/** What the instructor fixed (shell/policy.js), read off the state of the page, and how a control says so. */
import { departsFrom } from '../../wasm/settings/fixed.mjs';
import { SettingError, checkSettings } from '../../wasm/settings/settings.mjs';
import { settings as table } from '../../wasm/settings/table.mjs';
import { fault, settingValue } from '../../wasm/words/fault.mjs';
import { setAttribute } from './dom.js';
import { epochsDone } from './readings.js';

/** @typedef {import('../shell/state.js').State} State */
/** @typedef {import('../worker/protocol.js').Settings} Settings */
/** @typedef {Pick<State, 'policy' | 'fixed'>} Fixed */

/** @param {Pick<State, 'policy'>} state @param {string} what  a setting by its name, or `data` */
export const isFixed = ({ policy }, what) => policy.lock.has(what);

/** @param {Pick<State, 'policy'>} state @param {string} what  a part of the lab, or a room */
export const isShown = ({ policy }, what) => !policy.hide.has(what);

/** @param {Pick<State, 'rooms'>} state @param {string} room */
export const mayEnter = ({ rooms }, room) => rooms.length === 0 || rooms.includes(room);

/** Whether another weights file may take the run's place: what its weights have learnt counts in no limit. @param {Pick<State, 'policy'>} state */
export const mayLoad = ({ policy }) =>
  !policy.lock.has('all') && !policy.lock.has('epochs') && policy.maxEpochs === null;

/** The most epochs that a run may be trained for. @param {Pick<State, 'policy' | 'settings'>} state */
export const mostEpochs = ({ policy, settings }) =>
  policy.lock.has('epochs') ? settings.epochs : (policy.maxEpochs ?? Infinity);

/** Whether the run has had all the epochs that it may have; the one that came with the page is none of these. @param {State} state */
export const isSpent = (state) =>
  state.model !== null && !state.model.once && !state.shipped && epochsDone(state) >= mostEpochs(state);

/** No more epochs than may be, of pretraining neither. @param {Pick<State, 'policy'>} state @param {Settings} settings @returns {Settings} */
export function limited({ policy: { maxEpochs } }, settings) {
  if (maxEpochs === null) return settings;
  const [epochs, pretrain] = [settings.epochs, settings.pretrain].map((value) => Math.min(value, maxEpochs));
  return { ...settings, epochs, pretrain };
}

/** Those of a preset; the seed stays. @param {Pick<State, 'policy' | 'settings'>} state @param {Record<string, unknown>} preset */
export const presetSettings = (state, preset) =>
  limited(state, checkSettings({ ...preset, seed: state.settings.seed }));

/**
 * Settings with what is fixed in its place.
 * @param {Fixed} state
 * @param {Settings} settings
 * @throws {SettingError} they don't go together
 */
export const held = (state, settings) => checkSettings({ ...limited(state, settings), ...state.fixed });

/**
 * Settings as they are, where the instructor allows them.
 * @param {Fixed} state
 * @param {Settings} settings
 * @throws {SettingError} what of them is not allowed
 */
export function admitted({ policy: { maxEpochs }, fixed }, settings) {
  const [departing] = departsFrom(settings, fixed);
  if (departing) throw new SettingError(departing.name, fault('fixed', { setting: settingValue(departing) }));
  for (const name of /** @type {const} */ (['epochs', 'pretrain'])) {
    if (maxEpochs === null || settings[name] <= maxEpochs) continue;
    const setting = /** @type {import('../../wasm/settings/table.mjs').Setting} */ (
      table.find((one) => one.name === name)
    );
    throw new SettingError(name, fault('mostEpochs', { setting: settingValue(setting), max: maxEpochs }));
  }
  return settings;
}

/**
 * A control that can be read and reached but not used.
 * @param {Element} control
 * @param {string} why  '' where it can be used
 * @param {string | null} [title]  what it has then
 */
export function bar(control, why, title = null) {
  setAttribute(control, 'aria-disabled', why ? 'true' : null);
  setAttribute(control, 'title', why || title);
}

/** @param {Element} control */
export const isBarred = (control) => control.getAttribute('aria-disabled') === 'true';

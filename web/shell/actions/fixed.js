/** What the instructor doesn't allow, said where a person asked for it by a way that no control can close. */
import { settingLabel } from '../../parts/format.js';
import { complain } from '../../parts/notices.js';
import { later } from '../../parts/speech.js';
import { words } from '../../parts/words/fixed.js';

/** @typedef {import('../state.js').Store} Store */

/** @param {Store} store @param {import('../../parts/speech.js').Said} text */
const tell = (store, text) => complain(store, 'fixed', later(words.title), text);

/** @param {Store} store @param {readonly import('../../../wasm/settings/table.mjs').Setting[]} settings  none: nothing is said */
export function tellFixed(store, settings) {
  if (settings.length === 0) return;
  const names = (/** @type {import('../../parts/speech.js').Speech} */ speech) =>
    settings.map((setting) => settingLabel(speech, setting)).join(', ');
  tell(store, later(words.settings, { n: settings.length, names }));
}

/** @param {Store} store @param {'data' | 'weights' | 'files' | 'room'} what */
export const tellRefused = (store, what) => tell(store, later(words[what]));

/** @param {Store} store @param {number} most  epochs */
export const tellMost = (store, most) => tell(store, later(words.epochs, { n: most }));

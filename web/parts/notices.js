/** How the page speaks up: a line of status that is read out too, and errors that stay until they are dismissed. */

import { notes } from '../../wasm/lab/notes.mjs';
import { faultText } from './errors.js';
import { words } from './words/notices.js';

/** @typedef {import('./speech.js').Speech} Speech */
/** @typedef {import('../shell/state.js').Store} Store */
/** @typedef {import('./speech.js').Said} Said */

/**
 * @param {Store} store
 * @param {Said} text both shown and read out
 */
export const say = (store, text) => store.set({ status: text, announcement: text });

/**
 * @param {Store} store
 * @param {string} key a later error with the same key takes this one's place
 * @param {Said} title what happened
 * @param {Said} text why, and what to do
 * @param {'reset' | 'retry'} [action]
 */
export function complain(store, key, title, text, action) {
  const others = store.state.notices.filter((notice) => notice.key !== key);
  store.set({ notices: [...others, { key, title, text, action }] });
}

/**
 * @param {Store} store
 * @param {...string} keys
 */
export function dismiss(store, ...keys) {
  const notices = store.state.notices.filter((notice) => !keys.includes(notice.key));
  if (notices.length < store.state.notices.length) store.set({ notices });
}

/** Why, in the current language. @param {Speech} speech @param {any} error @returns {string} */
export function messageOf(speech, error) {
  const { t } = speech;
  const { told, message: said = String(error), line } = error ?? {};
  const message = told ? faultText(speech, told) : said;
  return line && told?.code !== 'inLine' ? t(words.line, { line: String(line), message }) : message;
}

/** The same for the state, which outlives a change of language. @param {unknown} error @returns {Said} */
export const reason = (error) => (speech) => messageOf(speech, error);

/** What a note says. @param {Speech} speech @param {import('../../wasm/lab/notes.mjs').Note} note */
export const noteText = (speech, { code, values }) =>
  speech.fill(speech.spoken.says?.notes[code] ?? notes[code], values);

/** @param {any} error @returns {string | undefined} the setting that the error is about */
export const settingOf = (error) => error?.setting;

/** Numbers and names as the page writes them. */
import { scoreSentences } from '../../wasm/lab/scores.mjs';
import { models } from '../../wasm/settings/models.mjs';
import { presets } from '../../wasm/settings/presets.mjs';
import { count, later } from './speech.js';
import { words } from './words/format.js';
import { genres } from './words/genres.js';

/** @typedef {import('./speech.js').Speech} Speech */

export { count } from './speech.js';

/** @typedef {import('../../wasm/settings/table.mjs').Setting} Setting */

/** How the paper tests. @type {NonNullable<import('../worker/protocol.js').Model['test']>} */
const PAPERS_TEST = { users: 0, least: 100, most: 100, chance: 0.1, holdOut: 'last' };

/** @param {number} value a share or a metric, such as 0.612 */
export const metric = (value) => value.toFixed(3);

/** @param {number | null | undefined} value */
export function lossText(value) {
  if (value == null || !Number.isFinite(value)) return '–';
  return value < 10 ? value.toFixed(4) : value < 1000 ? value.toFixed(1) : count(value);
}

/** @param {number} value with its sign, such as +0.031 */
export const signed = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

/** @param {Speech} speech @param {number} bytes */
export function size(speech, bytes) {
  if (bytes < 1e3) return speech.t(words.bytes, { n: bytes });
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {Speech} speech @param {number} value a speed such as 412 k, in other languages in other units */
export function speed(speech, value) {
  if (!(value > 0)) return '–';
  if (value < 1e4) return count(value);
  const unit = Number(speech.t(words.speedUnit));
  return speech.t(words.speed, { n: (value / unit).toFixed(Math.log10(unit) - 3) });
}

/** @param {Speech} speech @param {number} value 1st, 2nd, 3rd, 4th … */
export function ordinal(speech, value) {
  const tail = value % 100 > 10 && value % 100 < 14 ? 0 : value % 10;
  return speech.t([words.th, words.st, words.nd, words.rd][tail] ?? words.th, { n: value });
}

/** @param {number} value a score such as 2.41, or ItemPop's count of users */
export const scoreText = (value) => (Math.abs(value) >= 100 ? count(value) : value.toFixed(2).replace('-', '−'));

/** @param {number} value a predicted rating such as ★ 4.12 */
export const ratingText = (value) => `★ ${value.toFixed(2)}`;

/** What the scores of a model are, in a sentence. @param {Speech} speech @param {import('../../wasm/lab/scores.mjs').Score | undefined} score */
export const scoreSentence = (speech, score) =>
  score ? speech.fill(speech.spoken.says?.scores[score.kind] ?? scoreSentences[score.kind], score.values) : '';

/** @param {unknown} value a setting's value as it is typed */
export const settingText = (value) => (Array.isArray(value) ? value.join(', ') : String(value));

/** @param {number} value a share such as 43 % */
export const percent = (value) => `${Math.floor(100 * value)} %`;

// The table of settings and that of models are English: the command has them too.

/**
 * What another language says of something by its name.
 * @param {Speech} speech
 * @param {'settings' | 'models' | 'presets'} list
 * @param {string} name
 */
function told(speech, list, name) {
  /** @type {Record<string, import('../languages/zh.js').Setting> | undefined} */
  const known = speech.spoken.says?.[list];
  return known && Object.hasOwn(known, name) ? known[name] : undefined;
}

/** @param {Speech} speech @param {{name: string, label: string}} setting */
export const settingLabel = (speech, { name, label }) => told(speech, 'settings', name)?.label ?? label;

/** @param {Speech} speech @param {Setting} setting */
export const settingHelp = (speech, { name, help }) => told(speech, 'settings', name)?.help ?? help;

/**
 * @param {Speech} speech
 * @param {Setting} setting
 * @param {{value: string, label: string}} choice
 */
export const choiceLabel = (speech, { name }, { value, label }) =>
  told(speech, 'settings', name)?.choices?.[value] ?? label;

/** @param {Speech} speech @param {string} model a model's value in the settings, such as gmf @returns {string} */
export const modelName = (speech, model) =>
  told(speech, 'models', model)?.label ?? models.find(({ value }) => value === model)?.label ?? model;

/** @param {Speech} speech @param {string} model the same without its formula or explanation @returns {string} */
export const shortName = (speech, model) => modelName(speech, model).replace(/(, | \(|（).*/, '');

/** @param {Speech} speech @param {string} model what it does, in a sentence @returns {string} */
export const modelHelp = (speech, model) =>
  told(speech, 'models', model)?.help ?? models.find(({ value }) => value === model)?.help ?? '';

/** @param {Speech} speech @param {string} value of a preset */
export const presetLabel = (speech, value) =>
  told(speech, 'presets', value)?.label ?? presets.find((preset) => preset.value === value)?.label ?? value;

/** @param {Speech} speech @param {string} value of a preset @returns {string} whose settings they are, in a sentence */
export const presetHelp = (speech, value) =>
  told(speech, 'presets', value)?.help ?? presets.find((preset) => preset.value === value)?.help ?? '';

/** @param {Speech} speech @param {string} genre as the data name it; what MovieLens does not have stays as it is */
export const genreName = (speech, genre) =>
  Object.hasOwn(genres, genre) ? speech.t(genres[/** @type {keyof typeof genres} */ (genre)]) : genre;

/**
 * What a ranking is tested by, for sentences about it; without a model, or one that ranks, the paper's.
 * @param {Pick<import('../worker/protocol.js').Model, 'test'> | null} model
 */
export function testNumbers(model) {
  const { least, most, chance, holdOut } = model?.test ?? PAPERS_TEST;
  const range = (/** @type {number} */ from, /** @type {number} */ to) => (from === to ? to : `${from}–${to}`);
  return {
    which: later(holdOut === 'random' ? words.random : words.last),
    others: range(least - 1, most - 1),
    total: range(least, most),
    guess: chance.toFixed(3),
  };
}

/** A film's title without its other titles, which stand behind it in brackets. @param {string} title */
export const briefTitle = (title) => title.replace(/(?<=.) \(.*\)$/, '');

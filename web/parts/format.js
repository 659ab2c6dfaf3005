/** Numbers and names as the page writes them. */
import { scoreSentences } from '../../wasm/lab/scores.mjs';
import { models } from '../../wasm/settings/models.mjs';
import { presets } from '../../wasm/settings/presets.mjs';
import { count, currentLanguage, later, t } from './speech.js';
import { words } from './words/format.js';
import { genres } from './words/genres.js';
import { translations as scores } from './words/scores.js';
import { translations } from './words/table.js';

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

/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1e3) return t(words.bytes, { n: bytes });
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {number} value a speed such as 412 k, in Chinese in units of ten thousand */
export function speed(value) {
  if (!(value > 0)) return '–';
  if (value < 1e4) return count(value);
  const chinese = currentLanguage() === 'zh';
  return t(words.speed, { n: chinese ? (value / 1e4).toFixed(1) : Math.round(value / 1e3) });
}

/** @param {number} value 1st, 2nd, 3rd, 4th … */
export function ordinal(value) {
  const tail = value % 100 > 10 && value % 100 < 14 ? 0 : value % 10;
  return t([words.th, words.st, words.nd, words.rd][tail] ?? words.th, { n: value });
}

/** @param {number} value a score such as 2.41, or ItemPop's count of users */
export const scoreText = (value) => (Math.abs(value) >= 100 ? count(value) : value.toFixed(2).replace('-', '−'));

/** @param {number} value a predicted rating such as ★ 4.12 */
export const ratingText = (value) => `★ ${value.toFixed(2)}`;

/** What the scores of a model are, in a sentence. @param {import('../../wasm/lab/scores.mjs').Score | undefined} score */
export const scoreSentence = (score) =>
  score ? t({ en: scoreSentences[score.kind], zh: scores.zh?.[score.kind] ?? '' }, score.values) : '';

/** @param {unknown} value a setting's value as it is typed */
export const settingText = (value) => (Array.isArray(value) ? value.join(', ') : String(value));

/** @param {number} value a share such as 43 % */
export const percent = (value) => `${Math.floor(100 * value)} %`;

// The table of settings and that of models are English: the command has them too. What another language says stands in
// words/table.js.
const translated = () => translations[currentLanguage()];

/** @param {{name: string, label: string}} setting */
export const settingLabel = ({ name, label }) => translated()?.settings[name]?.label ?? label;

/** @param {Setting} setting */
export const settingHelp = ({ name, help }) => translated()?.settings[name]?.help ?? help;

/**
 * @param {Setting} setting
 * @param {{value: string, label: string}} choice
 */
export const choiceLabel = ({ name }, { value, label }) => translated()?.settings[name]?.choices?.[value] ?? label;

/** @param {string} model a model's value in the settings, such as gmf @returns {string} */
export const modelName = (model) =>
  translated()?.models[model]?.label ?? models.find(({ value }) => value === model)?.label ?? model;

/** @param {string} model the same without its formula or explanation @returns {string} */
export const shortName = (model) => modelName(model).replace(/(, | \(|（).*/, '');

/** @param {string} model what it does, in a sentence @returns {string} */
export const modelHelp = (model) =>
  translated()?.models[model]?.help ?? models.find(({ value }) => value === model)?.help ?? '';

/** @param {string} value of a preset */
export const presetLabel = (value) =>
  translated()?.presets[value]?.label ?? presets.find((preset) => preset.value === value)?.label ?? value;

/** @param {string} value of a preset @returns {string} whose settings they are, in a sentence */
export const presetHelp = (value) =>
  translated()?.presets[value]?.help ?? presets.find((preset) => preset.value === value)?.help ?? '';

/** @param {string} genre as the data name it; what MovieLens does not have stays as it is */
export const genreName = (genre) => (Object.hasOwn(genres, genre) ? t(genres[genre]) : genre);

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

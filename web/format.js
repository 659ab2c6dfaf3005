/** Numbers and words as the page writes them. */
import { models } from '../wasm/core.mjs';

const grouped = new Intl.NumberFormat('en');

/** @param {number} value */
export const count = (value) => grouped.format(Math.round(value));

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
  if (bytes < 1e3) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {number} value a speed such as 412 k */
export function speed(value) {
  if (!(value > 0)) return '–';
  return value < 1e4 ? count(value) : `${count(value / 1e3)} k`;
}

/** @param {number} value 1st, 2nd, 3rd, 4th … */
export function ordinal(value) {
  const tail = value % 100 > 10 && value % 100 < 14 ? 0 : value % 10;
  return `${count(value)}${['th', 'st', 'nd', 'rd'][tail] ?? 'th'}`;
}

/**
 * @param {number} value
 * @param {string} one
 * @param {string} [many]
 */
export const plural = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

/** @param {number} value a logit such as 2.41, or ItemPop's count of ratings */
export const scoreText = (value) => (Math.abs(value) >= 100 ? count(value) : value.toFixed(2).replace('-', '−'));

/** @param {unknown} value a setting's value as it is typed */
export const settingText = (value) => (Array.isArray(value) ? value.join(', ') : String(value));

/** @param {string} model a model's value in the settings, such as gmf @returns {string} */
export const modelName = (model) => models.find(({ value }) => value === model)?.label ?? model;

/** @param {string} model the same without its formula or explanation @returns {string} */
export const shortName = (model) => modelName(model).replace(/(, | \().*/, '');

/** @param {number} value a share such as 43 % */
export const percent = (value) => `${Math.floor(100 * value)} %`;

// What a search goes through: values of settings from lists, all combined, or drawn from lists and ranges.

import { settings as table } from '../../settings/table.mjs';
import { SettingError, checkSettings } from '../../settings/settings.mjs';
import { Dice } from '../../lab/dice.mjs';

/** @typedef {import('../../settings/table.mjs').Setting} Setting */
/** @typedef {Record<string, unknown>} PartialSettings */
/** One setting with the values it may take. @typedef {{setting: Setting, values: string[]}} ListAxis */
/** @typedef {{setting: Setting, from: number, to: number, log: boolean}} RangeAxis */
/** @typedef {ListAxis | RangeAxis} Axis */

/** What a search does not vary, and what there is instead. @type {Record<string, string>} */
const FIXED = {
  seed: '--seeds N runs each combination with several',
  validation: 'a search always chooses by validation',
  eval: 'values are compared under one evaluation',
  folds: '--folds K is the same for all',
};

/** So many distinct combinations are enough for anybody, and few enough to be held in mind by a machine. */
export const MOST = 10_000;

/**
 * @param {string} name
 * @param {string} option  where it stands
 * @returns {Setting}
 */
function settingNamed(name, option) {
  const setting = table.find((each) => each.option === name.replaceAll('_', '-'));
  if (!setting)
    throw new SettingError(name, `There is no setting “${name}” for ${option}: ncf train --help lists them.`);
  if (setting.name in FIXED)
    throw new SettingError(name, `“${name}” does not belong in ${option}: ${FIXED[setting.name]}.`);
  return setting;
}

/**
 * Words such as NAME=VALUES.
 * @param {string} text
 * @param {string} option
 * @param {string} form
 */
function wordsOf(text, option, form) {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) throw new SettingError(option, `${option} takes ${form}, and is empty.`);
  return words.map((word) => {
    const [, name, values] = /^([^=]+)=(.*)$/.exec(word) ?? [];
    if (name === undefined) throw new SettingError(option, `${option} takes ${form}, not “${word}”.`);
    return { setting: settingNamed(name, option), values };
  });
}

/** Values stand between slashes or commas; layers and L2 by part have commas of their own. @param {string} text @param {Setting} setting */
function valuesOf(text, { type }) {
  if (text.includes('/')) return text.split('/');
  return type === 'layers' || (type === 'l2' && text.includes(':')) ? [text] : text.split(',');
}

/**
 * @param {string} text  such as “factors=8,16,32 lr=0.0005,0.001 layers=64,32,16/32,16,8”
 * @returns {ListAxis[]}
 * @throws {SettingError} a setting that there is not, or no value
 */
export function parseGrid(text) {
  return wordsOf(text, '--grid', 'NAME=VALUE,VALUE …').map(({ setting, values }) => {
    const all = [...new Set(valuesOf(values, setting).map((value) => value.trim()))];
    if (all.includes(''))
      throw new SettingError(
        setting.name,
        `--grid has an empty value of ${setting.option}: “${setting.option}=${values}”.`,
      );
    return { setting, values: all };
  });
}

/**
 * @param {string} text  such as “lr=1e-4..1e-2:log factors=8..64”
 * @returns {RangeAxis[]}
 * @throws {SettingError}
 */
export function parseRanges(text) {
  return wordsOf(text, '--ranges', 'NAME=FROM..TO or NAME=FROM..TO:log').map(({ setting, values }) => {
    const { option, name, type } = setting;
    const refuse = (/** @type {string} */ why) => new SettingError(name, why);
    if (type !== 'integer' && type !== 'number')
      throw refuse(`“${option}” has no range: name its values in --grid, from which --random draws, too.`);
    const [, low, high, log] = /^(.+?)\.\.(.+?)(:log)?$/.exec(values) ?? [];
    const [from, to] = [low, high].map((word) => (word?.trim() ? Number(word) : NaN));
    if (!(from < to)) throw refuse(`--ranges takes ${option}=FROM..TO with FROM below TO, not “${values}”.`);
    if (log && from <= 0) throw refuse(`A range by logarithms starts above 0, not “${option}=${values}”.`);
    return { setting, from, to, log: log !== undefined };
  });
}

/** @param {Axis[]} axes */
function checkOnce(axes) {
  const options = axes.map(({ setting }) => setting.option);
  const twice = options.find((option, n) => options.indexOf(option) !== n);
  if (twice) throw new SettingError(twice, `“${twice}” is searched twice: name it once.`);
}

/**
 * Every combination of the lists' values, the first setting changing slowest.
 * @param {ListAxis[]} axes
 * @returns {PartialSettings[]}
 */
export function combinations(axes) {
  checkOnce(axes);
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST)
    throw new SettingError('grid', `--grid has ${count} combinations: draw some of them with --random N.`);
  /** @type {PartialSettings[]} */
  let all = [{}];
  for (const { setting, values } of axes)
    all = all.flatMap((one) => values.map((value) => ({ ...one, [setting.name]: value })));
  return all;
}

/**
 * @param {Axis} axis
 * @param {Dice} dice
 */
function drawFrom(axis, dice) {
  const chance = dice.next();
  if ('values' in axis) return axis.values[Math.floor(chance * axis.values.length)];
  const { setting, from, to, log } = axis;
  const within = (/** @type {number} */ value) => Math.min(Math.max(value, from), to);
  const spread = log ? Math.log(from) + chance * (Math.log(to) - Math.log(from)) : from + chance * (to - from);
  if (setting.type === 'integer')
    return log ? within(Math.round(Math.exp(spread))) : from + Math.floor(chance * (to - from + 1));
  // Three digits say all that a value drawn at random can, and can be read and typed.
  return within(Number((log ? Math.exp(spread) : spread).toPrecision(3)));
}

/**
 * Distinct combinations drawn from lists and ranges; fewer where there are not so many.
 * @param {Axis[]} axes
 * @param {number} count
 * @param {number} seed
 * @returns {PartialSettings[]}
 */
export function drawn(axes, count, seed) {
  checkOnce(axes);
  if (count > MOST) throw new SettingError('random', `--random draws at most ${MOST} combinations, not ${count}.`);
  const dice = new Dice(seed);
  /** @type {Map<string, PartialSettings>} */
  const found = new Map();
  // Where little is left to find, most draws are in vain: that is the time to stop.
  for (let vain = 0; found.size < count && vain < 1000;) {
    const one = Object.fromEntries(axes.map((axis) => [axis.setting.name, drawFrom(axis, dice)]));
    const key = JSON.stringify(one);
    vain = found.has(key) ? vain + 1 : 0;
    found.set(key, one);
  }
  return [...found.values()];
}

/** Whether a model reads a setting. @param {Setting | undefined} setting @param {string} model */
export const reads = (setting, model) => Boolean(setting) && (!setting?.models || setting.models.includes(model));

/**
 * Combinations as complete settings, all checked before anything runs. Validation is on: it is what a search chooses by.
 * @param {PartialSettings} base
 * @param {Axis[]} axes
 * @param {PartialSettings[]} combined
 * @returns {{varied: PartialSettings, settings: import('../../settings/settings.mjs').Settings}[]}
 * @throws {SettingError}
 */
export function checkCombinations(base, axes, combined) {
  // The ends of ranges need not be drawn to be wrong.
  for (const axis of axes)
    if ('from' in axis) for (const end of [axis.from, axis.to]) checkSettings({ [axis.setting.name]: end });
  const all = combined.map((varied) => ({ varied, settings: checkSettings({ ...base, ...varied, validation: 'on' }) }));
  for (const { setting } of axes)
    if (!all.some(({ settings }) => reads(setting, settings.model)))
      throw new SettingError(
        setting.name,
        `“${setting.option}” changes nothing here: ${all[0].settings.model} does not read it.`,
      );
  return all;
}

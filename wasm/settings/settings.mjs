// Settings as they are used: complete and checked. What there is to set stands in settings/table.mjs.

import { Fault, fault, modelValue, part, settingValue } from '../words/fault.mjs';
import { modelRow } from './models.mjs';
import { presets } from './presets.mjs';
import { settings } from './table.mjs';

export { modelRow, models } from './models.mjs';
export { presets } from './presets.mjs';
export { settings } from './table.mjs';

/** @typedef {import('./table.mjs').Setting} Setting */
/** @typedef {import('./table.mjs').Settings} Settings */

const MAX_WIDTH = 4096;
const MAX_LAYERS = 10;
const MAX_FUSION_LAYERS = 4;
const MAX_L2 = 1e6;
const MAX_RATING = 1e6;

/** A setting that can't be used: `setting` names it, the message says what can. */
export class SettingError extends Fault {
  /**
   * @param {string} setting
   * @param {import('../words/fault.mjs').Told | string} told
   */
  constructor(setting, told) {
    super(told);
    this.name = 'SettingError';
    this.setting = setting;
  }
}

/**
 * What a setting is where nobody says otherwise.
 * @param {Setting} setting
 * @param {string} model
 */
export function defaultOf(setting, model) {
  return modelRow(model).defaults?.[setting.name] ?? setting.default;
}

/**
 * @param {string} value
 * @throws {SettingError} there is no preset of that name
 */
export function presetNamed(value) {
  const preset = presets.find((each) => each.value === value);
  if (preset) return preset;
  const names = presets.map((each) => each.value).join(', ');
  throw new SettingError('preset', fault('noPreset', { value, values: names }));
}

/** @returns {Settings} */
export function defaultSettings() {
  return checkSettings({});
}

/**
 * The settings that another model would be given: those that stand at their defaults take the defaults of that model, those
 * that somebody chose stay.
 * @param {Settings} values
 * @param {string} model
 * @returns {Settings}
 * @throws {SettingError} what was chosen does not go with it
 */
export function withModel(values, model) {
  const before = checkSettings({ model: values.model });
  const chosen = Object.entries(values).filter(
    ([name, value]) => String(value) !== String(before[/** @type {keyof Settings} */ (name)]),
  );
  return checkSettings({ ...Object.fromEntries(chosen), model });
}

/**
 * What has to be said besides the model: the settings that it reads and would not be given without a word.
 * @param {Settings} values
 * @returns {Setting[]}
 */
export function departures(values) {
  const { model } = values;
  return settings.filter((setting) => {
    const { name } = setting;
    if (name === 'model' || !reads(model, name)) return false;
    return String(values[/** @type {keyof Settings} */ (name)]) !== String(defaultOf(setting, model));
  });
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 */
function checkNumber(setting, value) {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const { min = -Infinity, max = Infinity } = setting;
  const kind = part(setting.type === 'integer' ? 'whole' : 'number');
  const fits = typeof number === 'number' && number >= min && number <= max;
  if (!fits || (setting.type === 'integer' && !Number.isInteger(number)))
    throw new SettingError(setting.name, fault('number', { setting: settingValue(setting), kind, min, max, value }));
  return number;
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 */
function checkChoice(setting, value) {
  const values = (setting.choices ?? []).map((choice) => choice.value);
  if (!values.includes(/** @type {string} */ (value)))
    throw new SettingError(
      setting.name,
      fault('choice', { setting: settingValue(setting), values: values.join(', '), value }),
    );
  return value;
}

/**
 * Widths of layers.
 * @param {Setting} setting
 * @param {unknown} value  a list, or one that is typed
 * @param {'layers' | 'fusionLayers'} code  what is said where it is none
 * @param {number} most
 */
function widthsOf(setting, value, code, most) {
  const parts = Array.isArray(value) ? value : String(value).split(/[,\s]+/);
  const widths = parts.filter((part) => part !== '').map(Number);
  const whole = widths.every((width) => Number.isInteger(width) && width >= 1 && width <= MAX_WIDTH);
  if (!whole || widths.length === 0 || widths.length > most)
    throw new SettingError(
      setting.name,
      fault(code, { setting: settingValue(setting), most, widest: MAX_WIDTH, value }),
    );
  return widths;
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 */
function checkLayers(setting, value) {
  if (value === 'auto' || value === '') return 'auto';
  const layers = widthsOf(setting, value, 'layers', MAX_LAYERS);
  if (layers[0] % 2 !== 0)
    throw new SettingError(
      setting.name,
      fault('even', { setting: settingValue({ ...setting, label: setting.label.toLowerCase() }), width: layers[0] }),
    );
  return layers;
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 */
function checkFusion(setting, value) {
  if (value === 'none' || value === '' || (Array.isArray(value) && value.length === 0)) return 'none';
  return widthsOf(setting, value, 'fusionLayers', MAX_FUSION_LAYERS);
}

/** Parts that l2 names: groups of tensors. */
const l2Parts = ['biases', 'gmf', 'mlp', 'layers'];

/**
 * @param {Setting} setting
 * @param {unknown} value
 */
function checkL2(setting, value) {
  const text = String(value).trim();
  if (text === '') return 0;
  const refuse = () => {
    throw new SettingError(
      setting.name,
      fault('l2', { setting: settingValue(setting), max: MAX_L2, parts: l2Parts.join(', '), value }),
    );
  };
  /** @param {string} word */
  const amount = (word) => {
    const number = word.trim() === '' ? NaN : Number(word);
    return number >= 0 && number <= MAX_L2 ? number : refuse();
  };
  if (!text.includes(':')) return amount(text);
  const parts = text.split(',').map((part) => part.trim().split(':'));
  const names = parts.map(([name]) => name.trim());
  if (parts.some((part) => part.length !== 2) || names.some((name) => !l2Parts.includes(name))) refuse();
  if (new Set(names).size !== names.length) refuse();
  return parts.map(([, word], n) => `${names[n]}:${amount(word)}`).join(',');
}

/**
 * λ of each part.
 * @param {Settings} settings
 * @returns {Record<string, number>}
 */
export function l2ByPart({ l2 }) {
  if (typeof l2 === 'number') return Object.fromEntries(l2Parts.map((part) => [part, l2]));
  return Object.fromEntries(
    l2
      .split(',')
      .map((one) => one.split(':'))
      .map(([part, amount]) => [part, Number(amount)]),
  );
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 */
function checkThreshold(setting, value) {
  if (value === 'off' || value === '') return 'off';
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !(Math.abs(number) <= MAX_RATING))
    throw new SettingError(setting.name, fault('threshold', { setting: settingValue(setting), value }));
  return number;
}

const checks = {
  choice: checkChoice,
  integer: checkNumber,
  number: checkNumber,
  layers: checkLayers,
  fusion: checkFusion,
  l2: checkL2,
  threshold: checkThreshold,
};

/**
 * Settings that can't be used together.
 * @param {Settings} values
 */
function checkTogether(values) {
  const { parts, task } = modelRow(values.model);
  const inEpochs = reads(values.model, 'epochs');
  if (values.patience > 0 && values.validation === 'off' && inEpochs)
    throw new SettingError('patience', fault('patience'));
  if (values.loss === 'bpr' && values.batchSize % 2 !== 0 && reads(values.model, 'loss'))
    throw new SettingError('batchSize', fault('pairs', { size: values.batchSize }));
  checkRegularisation(values);
  if (task === 'rating' && values.folds === 1) throw new SettingError('folds', fault('folds'));
  if (task === 'rating' && values.folds > 0 && values.fold > values.folds)
    throw new SettingError('fold', fault('fold', { folds: values.folds, fold: values.fold }));
  if (!parts.includes('mlp')) return;
  checkTower(values);
  if (reads(values.model, 'embeddings')) checkJoint(values);
}

/** L2 by part is for what has parts; EASE needs some. @param {Settings} values */
function checkRegularisation({ model, l2 }) {
  const row = modelRow(model);
  const { fit } = row;
  if (!reads(model, 'l2') || fit === 'gradient') return;
  if (typeof l2 !== 'number') throw new SettingError('l2', fault('oneL2', { model: modelValue(row), value: l2 }));
  if (fit === 'ease' && l2 === 0) throw new SettingError('l2', fault('easeL2'));
}

/** @param {Settings} values */
function checkTower(values) {
  const hidden = tower(values).length - 1;
  if (values.fusionLayers !== 'none' && hidden === 0 && reads(values.model, 'fusionLayers'))
    throw new SettingError('fusionLayers', fault('fusionTower'));
}

/** NeuMF alone. @param {Settings} values */
function checkJoint(values) {
  if (values.fusionLayers !== 'none' && values.pretrain > 0)
    throw new SettingError('pretrain', fault('fusionPretrained'));
  if (values.embeddings !== 'shared') return;
  const { factors } = values;
  const widths = tower(values);
  if (widths.length < 2 || widths[0] !== 2 * factors || widths[widths.length - 1] !== factors)
    throw new SettingError(
      'layers',
      fault('sharedLayers', {
        first: 2 * factors,
        last: factors,
        one: 2 * factors,
        other: factors,
        layers: widths.join(','),
      }),
    );
  if (values.pretrain > 0) throw new SettingError('pretrain', fault('sharedPretrained'));
  for (const [name, off] of /** @type {const} */ ([
    ['fusionLayers', 'none'],
    ['side', 'off'],
  ]))
    if (values[name] !== off) throw new SettingError(name, fault('sharedAlone'));
}

/**
 * Complete settings from some: what is absent takes its default, text from a control or an option becomes a number.
 * @param {Record<string, unknown>} partial
 * @returns {Settings}
 * @throws {SettingError} the first setting that is unknown or out of range
 */
export function checkSettings(partial) {
  for (const name of Object.keys(partial))
    if (!settings.some((setting) => setting.name === name)) throw new SettingError(name, fault('noSetting', { name }));
  /** @type {Record<string, unknown>} */
  const complete = {};
  const model = String(partial.model ?? 'neumf');
  for (const setting of settings) {
    const fallback = setting.name === 'model' ? model : defaultOf(setting, /** @type {string} */ (complete.model));
    complete[setting.name] = checks[setting.type](setting, partial[setting.name] ?? fallback);
  }
  checkTogether(/** @type {any} */ (complete));
  return /** @type {any} */ (complete);
}

/**
 * Whether a model reads a setting.
 * @param {string} model
 * @param {string} name
 */
export function reads(model, name) {
  const setting = settings.find((each) => each.name === name);
  return setting !== undefined && (!setting.models || setting.models.includes(model));
}

/**
 * How many neighbours a film can have: no more than there are other films.
 * @param {Settings} settings
 * @param {{items: number}} dataset
 */
export function neighboursOf({ neighbours }, { items }) {
  return Math.max(1, Math.min(neighbours, items - 1));
}

/**
 * Whether GMF and MLP have one pair of embeddings between them.
 * @param {Pick<Settings, 'model' | 'embeddings'>} settings
 */
export const isShared = ({ model, embeddings }) => reads(model, 'embeddings') && embeddings === 'shared';

/**
 * The widths of the MLP tower: those set, or 8, 4, 2 and 1 times the predictive factors (MLP-3 in the paper); with shared
 * embeddings 2 and 1 times them (eq. 11).
 * @param {Settings} settings
 * @returns {number[]}
 */
export function tower({ model, layers, factors, embeddings }) {
  if (layers !== 'auto') return layers;
  return isShared({ model, embeddings }) ? [2 * factors, factors] : [8 * factors, 4 * factors, 2 * factors, factors];
}

/**
 * Settings under the names of the command's options, with _ for -, and the tower spelled out: what --json prints and a
 * weights file carries. Settings that the model doesn't read are left out.
 * @param {Settings} values
 * @returns {Record<string, unknown>}
 */
export function toConfig(values) {
  /** @type {Record<string, unknown>} */
  const config = {};
  for (const setting of settings) {
    if (!reads(values.model, setting.name)) continue;
    const value = setting.type === 'layers' ? tower(values) : values[/** @type {keyof Settings} */ (setting.name)];
    config[setting.option.replaceAll('-', '_')] = value;
  }
  return config;
}

/**
 * Undoes toConfig; names that it doesn't know are left out, so that a newer file can be read.
 * @param {Record<string, unknown>} config
 * @returns {Settings}
 */
export function fromConfig(config) {
  /** @type {Record<string, unknown>} */
  const partial = {};
  for (const setting of settings) {
    const value = config[setting.option.replaceAll('-', '_')];
    if (value !== undefined) partial[setting.name] = value;
  }
  return checkSettings(partial);
}

/**
 * A config that was written when there were fewer settings, as it would be written now: those that it lacks stood at what are
 * their defaults. One with settings that there are no more stays as it is.
 * @param {Record<string, unknown>} config
 * @returns {Record<string, unknown>}
 */
export function completeConfig(config) {
  try {
    return toConfig(fromConfig(config));
  } catch (error) {
    if (error instanceof SettingError) return config;
    throw error;
  }
}

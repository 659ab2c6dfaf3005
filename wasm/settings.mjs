// THE settings table: the command's options, the page's controls and the checks of both derive from it.

/**
 * @typedef {object} Setting
 * @property {string} name          key in a settings object
 * @property {string} option        the command's option, without the dashes
 * @property {string} label         for the page's control
 * @property {'choice'|'integer'|'number'|'layers'} type
 * @property {{value: string, label: string}[]} [choices]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]        of the page's control
 * @property {'log'} [scale]        how a control should move through the range
 * @property {string|number} default
 * @property {string} help
 * @property {boolean} live         may change while a model is trained; the others need a new model
 * @property {string[]} [models]    the models that read it; all where absent
 */

/**
 * @typedef {object} Settings
 * @property {string} model
 * @property {number} factors
 * @property {'auto'|number[]} layers
 * @property {number} negatives
 * @property {number} lr
 * @property {number} batchSize
 * @property {number} epochs
 * @property {number} seed
 * @property {'sampled'|'full'|'both'} eval
 */

const trained = ['gmf', 'mlp', 'neumf'];
const MAX_WIDTH = 4096;
const MAX_LAYERS = 10;

/** @type {Setting[]} */
export const settings = [
  {
    name: 'model',
    option: 'model',
    label: 'Model',
    type: 'choice',
    choices: [
      { value: 'itempop', label: 'ItemPop' },
      { value: 'gmf', label: 'GMF' },
      { value: 'mlp', label: 'MLP' },
      { value: 'neumf', label: 'NeuMF' },
    ],
    default: 'neumf',
    help: 'GMF weighs the product of two embeddings, MLP runs them through a tower of layers, NeuMF joins both. ItemPop learns nothing: it shows everybody the most popular films.',
    live: false,
  },
  {
    name: 'factors',
    option: 'factors',
    label: 'Predictive factors',
    type: 'integer',
    min: 1,
    max: 256,
    default: 8,
    help: 'How many numbers describe a user and a film just before the score: the width of the last layer.',
    live: false,
    models: trained,
  },
  {
    name: 'layers',
    option: 'layers',
    label: 'Layers',
    type: 'layers',
    default: 'auto',
    help: 'Widths of the MLP tower, the concatenated embeddings first: 64,32,16,8. “auto” is 8, 4, 2 and 1 times the predictive factors.',
    live: false,
    models: ['mlp', 'neumf'],
  },
  {
    name: 'negatives',
    option: 'negatives',
    label: 'Negatives a positive',
    type: 'integer',
    min: 1,
    max: 50,
    default: 4,
    help: 'For each film a user has rated, how many that they have not are drawn at random as counterexamples, anew every epoch.',
    live: false,
    models: trained,
  },
  {
    name: 'lr',
    option: 'lr',
    label: 'Learning rate',
    type: 'number',
    min: 1e-6,
    max: 1e12,
    scale: 'log',
    default: 0.001,
    help: 'How far Adam moves the weights at a step. Too small learns slowly, too large never settles.',
    live: true,
    models: trained,
  },
  {
    name: 'batchSize',
    option: 'batch-size',
    label: 'Batch size',
    type: 'integer',
    min: 1,
    max: 65536,
    scale: 'log',
    default: 256,
    help: 'How many examples, positives and negatives together, are looked at before the weights move.',
    live: false,
    models: trained,
  },
  {
    name: 'epochs',
    option: 'epochs',
    label: 'Epochs',
    type: 'integer',
    min: 1,
    max: 1000,
    default: 20,
    help: 'How many times training goes through all ratings.',
    live: true,
    models: trained,
  },
  {
    name: 'seed',
    option: 'seed',
    label: 'Seed',
    type: 'integer',
    min: 0,
    max: 4294967295,
    default: 1,
    help: 'Where the random numbers start: the same seed gives the same run to the last bit, on every machine.',
    live: false,
  },
  {
    name: 'eval',
    option: 'eval',
    label: 'Evaluation',
    type: 'choice',
    choices: [
      { value: 'sampled', label: 'Sampled: against 99 films' },
      { value: 'full', label: 'Full: against all films' },
      { value: 'both', label: 'Both' },
    ],
    default: 'sampled',
    help: 'What the held-out film is ranked against: 99 random films, as in the paper, or every film that the user has not rated.',
    live: false,
  },
];

/** A setting that can't be used: `setting` names it, the message says what can. */
export class SettingError extends Error {
  /**
   * @param {string} setting
   * @param {string} message
   */
  constructor(setting, message) {
    super(message);
    this.name = 'SettingError';
    this.setting = setting;
  }
}

/** @returns {Settings} */
export function defaultSettings() {
  return /** @type {any} */ (Object.fromEntries(settings.map((setting) => [setting.name, setting.default])));
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 */
function checkNumber(setting, value) {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const { min = -Infinity, max = Infinity } = setting;
  const kind = setting.type === 'integer' ? 'a whole number' : 'a number';
  const fits = typeof number === 'number' && number >= min && number <= max;
  if (!fits || (setting.type === 'integer' && !Number.isInteger(number)))
    throw new SettingError(setting.name, `${setting.label} must be ${kind} from ${min} to ${max}, not “${value}”.`);
  return number;
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 */
function checkChoice(setting, value) {
  const values = (setting.choices ?? []).map((choice) => choice.value);
  if (!values.includes(/** @type {string} */ (value)))
    throw new SettingError(setting.name, `${setting.label} must be one of ${values.join(', ')}, not “${value}”.`);
  return value;
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 */
function checkLayers(setting, value) {
  if (value === 'auto' || value === '') return 'auto';
  const parts = Array.isArray(value) ? value : String(value).split(/[,\s]+/);
  const layers = parts.filter((part) => part !== '').map(Number);
  const whole = layers.every((width) => Number.isInteger(width) && width >= 1 && width <= MAX_WIDTH);
  if (!whole || layers.length === 0 || layers.length > MAX_LAYERS)
    throw new SettingError(
      setting.name,
      `${setting.label} must be “auto” or 1 to ${MAX_LAYERS} widths from 1 to ${MAX_WIDTH}, such as 64,32,16,8, not “${value}”.`,
    );
  if (layers[0] % 2 !== 0)
    throw new SettingError(
      setting.name,
      `The first of the ${setting.label.toLowerCase()} holds a user’s and a film’s embedding side by side, so it must be even, not ${layers[0]}.`,
    );
  return layers;
}

const checks = { choice: checkChoice, integer: checkNumber, number: checkNumber, layers: checkLayers };

/**
 * Complete settings from some: what is absent takes its default, text from a control or an option becomes a number.
 * @param {Record<string, unknown>} partial
 * @returns {Settings}
 * @throws {SettingError} the first setting that is unknown or out of range
 */
export function checkSettings(partial) {
  for (const name of Object.keys(partial))
    if (!settings.some((setting) => setting.name === name))
      throw new SettingError(name, `There is no setting “${name}”.`);
  /** @type {Record<string, unknown>} */
  const complete = {};
  for (const setting of settings)
    complete[setting.name] = checks[setting.type](setting, partial[setting.name] ?? setting.default);
  return /** @type {any} */ (complete);
}

/**
 * The widths of the MLP tower: those set, or 8, 4, 2 and 1 times the predictive factors (MLP-3 in the paper).
 * @param {Settings} settings
 * @returns {number[]}
 */
export function tower({ layers, factors }) {
  return layers === 'auto' ? [8 * factors, 4 * factors, 2 * factors, factors] : layers;
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
    if (setting.models && !setting.models.includes(values.model)) continue;
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

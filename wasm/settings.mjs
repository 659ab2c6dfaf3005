// THE settings table: the command's options, the page's controls and the checks of both derive from it.

/**
 * @typedef {object} Setting
 * @property {string} name          key in a settings object
 * @property {string} option        the command's option, without the dashes
 * @property {string} label         for the page's control
 * @property {'choice'|'integer'|'number'|'layers'|'l2'} type
 * @property {{value: string, label: string}[]} [choices]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]        of the page's control
 * @property {'log'} [scale]        how a control should move through the range
 * @property {string|number} default
 * @property {string} help
 * @property {boolean} live         may change while a model is trained; the others need a new model
 * @property {string[]} [models]    the models that read it; all where absent
 * @property {'network'|'training'|'evaluation'} [more]  the group that the page has it in, among what is not needed at first
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
 * @property {'off'|'on'} validation
 * @property {number} patience
 * @property {string} activation
 * @property {'own'|'shared'} embeddings
 * @property {number} pretrain
 * @property {number} alpha
 * @property {string} optimizer
 * @property {'shuffled'|'grouped'} order
 * @property {number|string} l2  one λ, or λ by part: “gmf:0.01,layers:0.001”
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
    name: 'activation',
    option: 'activation',
    label: 'Activation',
    type: 'choice',
    choices: [
      { value: 'relu', label: 'ReLU' },
      { value: 'tanh', label: 'tanh' },
      { value: 'sigmoid', label: 'Sigmoid' },
      { value: 'identity', label: 'None (linear)' },
    ],
    default: 'relu',
    help: 'What each hidden layer does to its sums. ReLU was the best in the paper.',
    live: false,
    more: 'network',
    models: ['mlp', 'neumf'],
  },
  {
    name: 'embeddings',
    option: 'embeddings',
    label: 'Embeddings',
    type: 'choice',
    choices: [
      { value: 'own', label: 'GMF and MLP have their own' },
      { value: 'shared', label: 'Shared' },
    ],
    default: 'own',
    help: 'Whether NeuMF’s two parts learn embeddings of their own, or one pair between them, joined inside the last layer (eq. 11).',
    live: false,
    more: 'network',
    models: ['neumf'],
  },
  {
    name: 'pretrain',
    option: 'pretrain',
    label: 'Pretraining epochs',
    type: 'integer',
    min: 0,
    max: 1000,
    default: 0,
    help: 'Epochs that a GMF and an MLP are trained first, by Adam with a learning rate of 0.001; NeuMF then starts from their weights (section 3.4.1).',
    live: false,
    more: 'network',
    models: ['neumf'],
  },
  {
    name: 'alpha',
    option: 'alpha',
    label: 'Pretraining share α',
    type: 'number',
    min: 0,
    max: 1,
    step: 0.1,
    default: 0.5,
    help: 'How much of a pretrained NeuMF’s first score is GMF’s; the rest is MLP’s (eq. 13).',
    live: false,
    more: 'network',
    models: ['neumf'],
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
    name: 'optimizer',
    option: 'optimizer',
    label: 'Optimizer',
    type: 'choice',
    choices: [
      { value: 'adam', label: 'Adam' },
      { value: 'adam-lazy', label: 'Adam, lazy' },
      { value: 'adam-dense', label: 'Adam, every row at every step' },
      { value: 'sgd', label: 'SGD' },
      { value: 'adagrad', label: 'Adagrad' },
      { value: 'rmsprop', label: 'RMSprop' },
    ],
    default: 'adam',
    help: 'How gradients become steps. Lazy Adam leaves the users and films that a batch does not have where they are; the slow “every row” form gives what Adam gives and is there to check it.',
    live: false,
    more: 'training',
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
    help: 'How far the optimizer moves the weights at a step. Too small learns slowly, too large never settles.',
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
    name: 'order',
    option: 'order',
    label: 'Order of examples',
    type: 'choice',
    choices: [
      { value: 'shuffled', label: 'All shuffled' },
      { value: 'grouped', label: 'Positives with their negatives' },
    ],
    default: 'shuffled',
    help: 'Shuffled as a whole, as in the paper, or each positive together with its negatives, which trains faster: what depends on the user is computed once for all of them.',
    live: false,
    more: 'training',
    models: trained,
  },
  {
    name: 'l2',
    option: 'l2',
    label: 'L2 regularisation',
    type: 'l2',
    default: 0,
    help: 'How strongly weights are pulled to zero: one number for all, or by part, such as gmf:0.01,mlp:0.001,layers:0.',
    live: false,
    more: 'training',
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
    more: 'evaluation',
  },
  {
    name: 'validation',
    option: 'validation',
    label: 'Validation',
    type: 'choice',
    choices: [
      { value: 'off', label: 'Off' },
      { value: 'on', label: 'One film a user' },
    ],
    default: 'off',
    help: 'Hold one more film of every user out of training, drawn with the seed, and choose the epoch by it rather than by the test: the weights go back to the epoch with the best NDCG@10 on these films.',
    live: false,
    more: 'evaluation',
  },
  {
    name: 'patience',
    option: 'patience',
    label: 'Patience',
    type: 'integer',
    min: 0,
    max: 1000,
    default: 0,
    help: 'With validation: stop after so many epochs without a better NDCG@10 on its films. 0 trains all epochs.',
    live: false,
    more: 'evaluation',
    models: trained,
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

/** Parts that l2 names, in the order of the core's groups of tensors. */
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
      `${setting.label} must be a number from 0 to 1000, or numbers by part (${l2Parts.join(', ')}), such as gmf:0.01,mlp:0.001, not “${value}”.`,
    );
  };
  /** @param {string} word */
  const amount = (word) => {
    const number = word.trim() === '' ? NaN : Number(word);
    return number >= 0 && number <= 1000 ? number : refuse();
  };
  if (!text.includes(':')) return amount(text);
  const parts = text.split(',').map((part) => part.trim().split(':'));
  const names = parts.map(([name]) => name.trim());
  if (parts.some((part) => part.length !== 2) || names.some((name) => !l2Parts.includes(name))) refuse();
  if (new Set(names).size !== names.length) refuse();
  return parts.map(([, word], n) => `${names[n]}:${amount(word)}`).join(',');
}

/**
 * λ of each of the core's groups of tensors: biases, gmf, mlp, layers.
 * @param {Settings} settings
 * @returns {number[]}
 */
export function l2Groups({ l2 }) {
  if (typeof l2 === 'number') return l2Parts.map(() => l2);
  const named = new Map(l2.split(',').map((part) => /** @type {[string, string]} */ (part.split(':'))));
  return l2Parts.map((part) => Number(named.get(part) ?? 0));
}

const checks = { choice: checkChoice, integer: checkNumber, number: checkNumber, layers: checkLayers, l2: checkL2 };

/**
 * Settings that can't be used together.
 * @param {Settings} values
 */
function checkTogether(values) {
  if (values.patience > 0 && values.validation === 'off' && values.model !== 'itempop')
    throw new SettingError(
      'patience',
      'Patience needs validation to be on: what else should tell that learning is over?',
    );
  if (values.model !== 'neumf' || values.embeddings !== 'shared') return;
  const { factors } = values;
  const widths = tower(values);
  if (widths.length < 2 || widths[0] !== 2 * factors || widths[widths.length - 1] !== factors)
    throw new SettingError(
      'layers',
      `With shared embeddings the layers must start with ${2 * factors} (twice the predictive factors) and end with ${factors}, such as ${2 * factors},${factors}, not ${widths.join(',')}.`,
    );
  if (values.pretrain > 0)
    throw new SettingError('pretrain', 'NeuMF can’t be pretrained with shared embeddings: GMF and MLP have their own.');
}

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
  checkTogether(/** @type {any} */ (complete));
  return /** @type {any} */ (complete);
}

/**
 * The widths of the MLP tower: those set, or 8, 4, 2 and 1 times the predictive factors (MLP-3 in the paper); with shared
 * embeddings 2 and 1 times them (eq. 11).
 * @param {Settings} settings
 * @returns {number[]}
 */
export function tower({ model, layers, factors, embeddings }) {
  if (layers !== 'auto') return layers;
  return model === 'neumf' && embeddings === 'shared'
    ? [2 * factors, factors]
    : [8 * factors, 4 * factors, 2 * factors, factors];
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

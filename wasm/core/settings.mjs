// Settings as the core takes them: set one by one, in the order of the core's own names for them (wasm/api/settings.c).

import { l2Groups, modelRow, neighboursOf, reads, tower } from '../settings/settings.mjs';

/** @typedef {import('../settings/settings.mjs').Settings} Settings */

// The core's enum setting.
const NAMES = /** @type {const} */ ([
  'parts',
  'factors',
  'layers',
  'activation',
  'shared',
  'dot',
  'additive',
  'fusion',
  'neighbours',
  'std',
  'lowest',
  'highest',
  'l2',
  'seed',
  'negatives',
  'batchSize',
  'order',
  'optimizer',
  'rate',
  'loss',
  'negativeWeight',
  'popularity',
  'acceptKnown',
]);
/** @typedef {(typeof NAMES)[number]} Name */

// The core's enums, in its order.
const PARTS = { bias: 1, gmf: 2, mlp: 4, items: 8, neighbours: 16 };
const ACTIVATIONS = ['relu', 'tanh', 'sigmoid', 'identity'];
const ORDERS = ['shuffled', 'grouped'];
const OPTIMIZERS = ['adam', 'adam-dense', 'adam-lazy', 'sgd', 'adagrad', 'rmsprop'];
const LOSSES = ['log', 'squared', 'bpr'];

/**
 * What the core is to be told: numbers, or lists of them, by name.
 * @param {Settings} settings
 * @param {{items: number}} dataset
 * @param {{lowest: number, highest: number}} [scale]  of the ratings, for models that predict them
 * @returns {Partial<Record<Name, number | number[]>>}
 */
function told(settings, dataset, scale) {
  const { model } = settings;
  const { parts, dot = false } = modelRow(model);
  const hasMlp = parts.includes('mlp');
  const fusion = reads(model, 'fusionLayers') && settings.fusionLayers !== 'none' ? settings.fusionLayers : [];
  const scaled = scale && reads(model, 'output') && settings.output === 'sigmoid';
  return {
    parts: parts.reduce((sum, part) => sum + PARTS[part], 0),
    factors: settings.factors,
    layers: hasMlp ? tower(settings) : [],
    activation: ACTIVATIONS.indexOf(settings.activation),
    shared: Number(model === 'neumf' && settings.embeddings === 'shared'),
    dot: Number(dot),
    additive: Number(model === 'neumf' && settings.fusion === 'add'),
    fusion,
    neighbours: neighboursOf(settings, dataset),
    // Rendle et al. 2022 divide it, so that first scores do not grow with the factors.
    std: model === 'ials' ? settings.std / Math.sqrt(settings.factors) : settings.std,
    lowest: scaled ? scale.lowest : 0,
    highest: scaled ? scale.highest : 0,
    l2: reads(model, 'optimizer') ? l2Groups(settings) : [],
    seed: settings.seed,
    negatives: settings.negatives,
    batchSize: settings.batchSize,
    order: ORDERS.indexOf(settings.order),
    optimizer: OPTIMIZERS.indexOf(settings.optimizer),
    rate: settings.lr,
    loss: LOSSES.indexOf(settings.loss),
    negativeWeight: settings.negativeWeight,
    popularity: settings.popularityPower,
    acceptKnown: Number(settings.known === 'accept'),
  };
}

/**
 * Calls `use` with the address of the settings in the core and frees them afterwards.
 * @template R
 * @param {import('./dataset.mjs').Dataset} dataset
 * @param {Settings} settings
 * @param {(pointer: number) => R} use
 * @param {{lowest: number, highest: number}} [scale]
 * @returns {R}
 */
export function withSettings(dataset, settings, use, scale) {
  const { core } = dataset;
  const { exports } = core;
  const pointer = core.check(exports.ncf_settings_new());
  try {
    for (const [name, value] of Object.entries(told(settings, dataset, scale)))
      [value]
        .flat()
        .forEach((each, index) =>
          core.check(exports.ncf_settings_set(pointer, NAMES.indexOf(/** @type {Name} */ (name)), index, each)),
        );
    return use(pointer);
  } finally {
    exports.ncf_settings_free(pointer);
  }
}

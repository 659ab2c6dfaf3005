// Weights files: what the tensors of a model are called (PyTorch's conventions), which settings a file has, and how it is put
// into a model of the open data. The format itself stands in safetensors.mjs, whose row is whose in rows.mjs.
//
// Besides the tensors a file carries user_ids and item_ids (int64: the id of each row), and in __metadata__, as JSON strings,
// `config` (the settings), `data` (what they were trained on: identity.mjs) and `features` (names of side information's rows).

import { HELD_DIGITS, identityOf, identityOfData } from './identity.mjs';
import { matchRows, shapeInData, valuesInData } from './rows.mjs';
import { WeightsError, decodeSafetensors, encodeSafetensors, printable } from './safetensors.mjs';
import { SettingError, checkSettings, fromConfig, modelRow, reads, tower } from '../settings/settings.mjs';
import { causeOf, fault, modelValue } from '../words/fault.mjs';

/** @typedef {import('../core.mjs').Model} Model */
/** @typedef {import('../core.mjs').Dataset} Dataset */
/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** @typedef {import('./safetensors.mjs').StoredTensor} StoredTensor */
/** @typedef {import('./identity.mjs').Identity} Identity */
/** @typedef {import('./notes.mjs').Note} Note */
/** @typedef {import('./rows.mjs').RowRule} RowRule */
/**
 * What a weights file says; what it does not say is null.
 * @typedef {object} Weights
 * @property {Record<string, unknown> | null} config
 * @property {Partial<Identity> | null} data
 * @property {Partial<Record<'users' | 'items', string[]>> | null} features
 * @property {{user: number[] | null, item: number[] | null}} ids  of its rows
 * @property {Map<string, StoredTensor>} tensors
 */
/**
 * A weights file that fits open data.
 * @typedef {object} Fitted
 * @property {Settings} settings
 * @property {Weights} weights
 * @property {import('./rows.mjs').Rows} rows
 * @property {Note[]} notes  what had to be assumed
 */

const idNames = { user: 'user_ids', item: 'item_ids' };

/**
 * @param {Model} model
 * @param {Record<string, unknown>} config  the settings to keep with the weights
 * @returns {Uint8Array}
 */
export function encodeWeights(model, config) {
  const { dataset } = model.source;
  const sides = /** @type {const} */ (['users', 'items']).filter((side) =>
    model.tensors.some(({ name }) => name === `mlp.${side.slice(0, -1)}_features.weight`),
  );
  const features = sides.map((side) => [side, dataset.features(side).names]);
  const metadata = {
    format: 'pt',
    config: JSON.stringify(config),
    data: JSON.stringify(identityOf(model.source)),
    ...(features.length > 0 && { features: JSON.stringify(Object.fromEntries(features)) }),
  };
  return encodeSafetensors(metadata, [
    // First, so that all begin at a multiple of their size.
    { name: idNames.user, shape: [dataset.users], dtype: 'I64', values: () => dataset.userIds },
    { name: idNames.item, shape: [dataset.items], dtype: 'I64', values: () => dataset.itemIds },
    ...model.tensors.map((tensor) => ({
      name: tensor.name,
      shape: tensor.shape,
      dtype: /** @type {const} */ ('F32'),
      values: () => model.values(tensor),
    })),
  ]);
}

/**
 * @param {Uint8Array} bytes
 * @returns {Weights}
 * @throws {WeightsError}
 */
export function decodeWeights(bytes) {
  const { metadata, tensors, ids } = decodeSafetensors(bytes, Object.values(idNames));
  const config = objectIn(metadata.config);
  const features = objectIn(metadata.features);
  const names = (/** @type {unknown} */ list) =>
    Array.isArray(list) && list.every((name) => typeof name === 'string') && new Set(list).size === list.length;
  if (features && !Object.values(features).every(names)) throw new WeightsError(fault('namesDamaged'));
  return {
    // Settings of another program are none.
    config: config?.model === undefined ? null : config,
    data: objectIn(metadata.data),
    features,
    ids: { user: ids.get(idNames.user) ?? null, item: ids.get(idNames.item) ?? null },
    tensors,
  };
}

/** @param {string | undefined} text @returns {Record<string, any> | null} */
function objectIn(text) {
  try {
    const value = JSON.parse(text ?? 'null');
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Models whose tensors are the same: one that ranks films, and those that predict ratings. @type {[string, string[]][]} */
const alike = [
  ['itempop', ['bias', 'global-mean', 'user-mean', 'item-mean']],
  ['ials', ['mf-ratings']],
  ['mf', ['bias-mf']],
  ['mlp', ['ncf-ratings']],
  ['neumf', ['neural-ncf']],
];

/**
 * The settings of a weights file: those it carries, or, in a file without them, the ones that its shapes tell.
 * @param {Weights} weights
 * @param {{model?: string, rankingOnly?: boolean}} [known]  model: which one it is said to be; rankingOnly: nothing else can
 *   be meant
 * @returns {Settings}
 * @throws {WeightsError} they can’t be used, or shapes leave open which model it is
 */
function settingsOfWeights({ config, tensors }, { model, rankingOnly = false } = {}) {
  if (config) {
    if (model !== undefined && model !== config.model)
      throw new WeightsError(fault('holdsOther', { model: printable(String(config.model)), other: model }));
    return checked(() => fromConfig(config), 'weightsSettings');
  }
  const partial = settingsOfShapes(tensors);
  if (!partial) throw new WeightsError(fault('noModelTensors'));
  const settings = checked(() => checkSettings({ ...partial, model: model ?? partial.model }), 'weightsShapes');
  if (model === undefined && !rankingOnly) checkOneModel(partial);
  return settings;
}

/** @param {() => Settings} check @param {'weightsSettings' | 'weightsShapes'} what */
function checked(check, what) {
  try {
    return check();
  } catch (error) {
    if (error instanceof SettingError) throw new WeightsError(fault(what, { message: causeOf(error) }));
    throw error;
  }
}

/**
 * @param {Record<string, unknown>} partial  as settingsOfShapes gives it
 * @throws {WeightsError} another model has the same shapes
 */
function checkOneModel({ model, fusionLayers }) {
  const name = String(model);
  const others = alike.find(([ranking]) => ranking === name)?.[1] ?? [];
  const fused = Array.isArray(fusionLayers) && fusionLayers.length > 0;
  // Without layers behind the join it can only be the NeuMF that ranks.
  if (others.length === 0 || (name === 'neumf' && !fused)) return;
  const add = (/** @type {string} */ each) => `{"model":"${each}"}`;
  throw new WeightsError(
    fault('twoModels', {
      model: modelValue(modelRow(name)),
      other: modelValue(modelRow(others[0])),
      text: add(name),
      another: add(others[0]),
      name,
      second: others[0],
    }),
  );
}

/**
 * What shapes tell. Models of one composition look alike: a dot product is taken for MF or, without biases, iALS, which score
 * as all dot products do.
 * @param {Map<string, StoredTensor>} tensors
 * @returns {Record<string, unknown> | null}
 */
function settingsOfShapes(tensors) {
  if (tensors.has('ease.weight')) return { model: 'ease' };
  const neighbours = tensors.get('itemknn.neighbours')?.shape[1];
  if (neighbours !== undefined) return { model: 'itemknn', neighbours };
  const gmf = tensors.get('gmf.user_embedding.weight')?.shape[1];
  const sides = /** @type {const} */ (['user', 'item']).filter((side) => tensors.has(`mlp.${side}_features.weight`));
  const own = ['user', 'item'].map((side) => tensors.get(`mlp.${side}_embedding.weight`)?.shape[1]);
  const embedding = own[0] ?? own[1] ?? tensors.get(`mlp.${sides[0]}_features.weight`)?.shape[1];
  if (gmf === undefined && embedding === undefined) return tensors.has('bias.item') ? { model: 'itempop' } : null;
  const output = tensors.get('output.weight')?.shape[1];
  if (gmf !== undefined && output === undefined)
    return { model: tensors.has('bias.item') ? 'mf' : 'ials', factors: gmf };
  const shared = gmf !== undefined && embedding === undefined && tensors.has('mlp.layers.0.weight');
  const width = shared ? gmf : embedding;
  const layers = width === undefined ? [] : [2 * width, ...widths(tensors, 'mlp')];
  const last = layers[layers.length - 1];
  const fusion = widths(tensors, 'fusion');
  const model = gmf === undefined ? 'mlp' : width === undefined ? 'gmf' : 'neumf';
  return {
    // Only the tower has an output layer: the dot product is added as it is.
    model: model === 'neumf' && !shared && fusion.length === 0 && output === last ? 'ancf' : model,
    factors: gmf ?? last,
    layers: layers.length > 0 ? layers : 'auto',
    embeddings: shared ? 'shared' : 'own',
    fusionLayers: fusion,
    side: sides.length === 2 ? 'both' : sides.length === 1 ? `${sides[0]}s` : 'off',
    ids: sides.some((side) => !tensors.has(`mlp.${side}_embedding.weight`)) ? 'off' : 'on',
  };
}

/**
 * The widths of the layers that a file has of a tower.
 * @param {Map<string, StoredTensor>} tensors
 * @param {string} tower
 */
function widths(tensors, tower) {
  const found = [];
  for (let layer = 0; tensors.has(`${tower}.layers.${layer}.weight`); layer++)
    found.push(tensors.get(`${tower}.layers.${layer}.weight`)?.shape[0] ?? 0);
  return found;
}

/**
 * How a file’s weights go into a model of the open data; to be asked before a model is made.
 * @param {Weights} weights
 * @param {Dataset} dataset
 * @param {{model?: string, rows?: RowRule}} [said]  which model it is and whose its rows are, where the file does not say
 * @returns {Fitted}
 * @throws {WeightsError} it does not fit; the message says why
 */
export function fitWeights(weights, dataset, { model, rows: rule } = {}) {
  const settings = settingsOfWeights(weights, { model, rankingOnly: dataset.hasTest });
  const embedding = weights.tensors.get('mlp.user_embedding.weight')?.shape[1];
  if (embedding !== undefined && 2 * embedding !== tower(settings)[0]) throw new WeightsError(fault('embeddingWidth'));
  const { rows, assumed, ofFeatures } = matchRows(weights, dataset, rule);
  /** @type {Note[]} */
  const notes = [];
  if (assumed) notes.push({ code: `rows-by-${assumed}`, values: {} });
  if (ofFeatures) notes.push({ code: 'features-in-order', values: {} });
  if (!weights.config && hasHidden(settings))
    notes.push({ code: 'activation-assumed', values: { activation: settings.activation } });
  if (weights.data?.fingerprint !== undefined && weights.data.fingerprint !== dataset.fingerprint.content)
    notes.push({ code: 'other-data', values: {} });
  return { settings, weights, rows, notes };
}

/** Whether an activation stands anywhere. @param {Settings} settings */
export const hasHidden = (settings) => reads(settings.model, 'activation') && tower(settings).length > 1;

/**
 * What there is to say once the test is known: the same ratings in another order of rows may be tested otherwise.
 * @param {Pick<Fitted, 'weights' | 'settings'>} fitted
 * @param {Model['source']} source  of the model
 * @returns {Note[]}
 */
export function notesOfTest({ weights: { data }, settings }, source) {
  const [theirs, ours] = [data?.test ?? '', source.fingerprint()];
  if (!theirs || theirs === ours || data?.fingerprint !== identityOfData(source.dataset).fingerprint) return [];
  if (theirs.slice(0, HELD_DIGITS) !== ours.slice(0, HELD_DIGITS)) return [{ code: 'other-test', values: {} }];
  return settings.eval === 'full' ? [] : [{ code: 'other-negatives', values: {} }];
}

/**
 * Puts a file's values into a model of the same settings; nothing is changed unless all fit.
 * @param {Model} model
 * @param {Pick<Fitted, 'weights' | 'rows'>} fitted
 * @throws {WeightsError}
 */
export function putWeights(model, { weights: { tensors }, rows }) {
  for (const { name, shape } of model.tensors) {
    const stored = tensors.get(name);
    if (!stored) throw new WeightsError(fault('lacksTensor', { name }));
    const theirs = shapeInData(name, stored.shape, rows);
    if (theirs.join() !== shape.join()) throw new WeightsError(fault('otherShape', { name, stored: theirs, shape }));
  }
  for (const name of tensors.keys())
    if (!model.tensors.some((tensor) => tensor.name === name))
      throw new WeightsError(fault('modelLacks', { name: printable(name) }));
  for (const tensor of model.tensors) {
    const stored = /** @type {StoredTensor} */ (tensors.get(tensor.name));
    model.setValues(tensor, valuesInData(stored, rows, tensors));
  }
}

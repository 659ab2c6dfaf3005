// Weights as safetensors files (https://huggingface.co/docs/safetensors): eight bytes of header length, a JSON header
// that says each tensor's type, shape and place, then the values. Names and shapes follow PyTorch's conventions; the
// settings are a JSON string in __metadata__.config.

import { SettingError, checkSettings, fromConfig, tower } from './settings.mjs';

/** @typedef {import('./core.mjs').Model} Model */
/** @typedef {import('./core.mjs').Dataset} Dataset */
/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {{name: string, shape: number[], values: Float32Array}} StoredTensor */

const MAX_HEADER_BYTES = 1 << 20;
const MAX_SHOWN = 80;

/** A weights file that can't be read or does not fit; the message says why. */
export class WeightsError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'WeightsError';
  }
}

/**
 * @param {Model} model
 * @param {Record<string, unknown>} config  the settings to keep with the weights
 * @returns {Uint8Array}
 */
export function encodeWeights(model, config) {
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: { format: 'pt', config: JSON.stringify(config) } };
  let end = 0;
  for (const { name, shape } of model.tensors) {
    const start = end;
    end += 4 * shape.reduce((product, length) => product * length, 1);
    header[name] = { dtype: 'F32', shape, data_offsets: [start, end] };
  }
  let text = JSON.stringify(header);
  // Values begin at a multiple of 8 bytes, as the format asks.
  text += ' '.repeat((8 - (new TextEncoder().encode(text).length % 8)) % 8);
  const head = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + head.length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let offset = 8 + head.length;
  for (const tensor of model.tensors)
    for (const value of model.values(tensor)) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  return bytes;
}

/**
 * @param {Uint8Array} bytes
 * @returns {{config: Record<string, unknown> | null, tensors: Map<string, StoredTensor>}}
 * @throws {WeightsError}
 */
export function decodeWeights(bytes) {
  const { header, start } = readHeader(bytes);
  const { __metadata__: metadata, ...entries } = header;
  /** @type {Map<string, StoredTensor>} */
  const tensors = new Map();
  for (const [name, entry] of Object.entries(entries)) tensors.set(name, readTensor(bytes, start, name, entry));
  if (tensors.size === 0) throw new WeightsError('The weights file holds no tensors.');
  checkLayout(entries, bytes.length - start);
  return { config: readConfig(metadata), tensors };
}

/**
 * A name from a file, fit for a sentence: without line breaks and not too long.
 * @param {string} text
 */
function printable(text) {
  const clean = text.replace(/\p{C}/gu, '?');
  return clean.length > MAX_SHOWN ? `${clean.slice(0, MAX_SHOWN)}…` : clean;
}

/** @param {Uint8Array} bytes */
function readHeader(bytes) {
  const broken =
    'This is not a safetensors file, or it is cut off. Choose a file that was saved by NCF Lab or safetensors.';
  if (bytes.length < 8) throw new WeightsError(broken);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || length + 8 > bytes.length) throw new WeightsError(broken);
  let header;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch {
    throw new WeightsError(broken);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new WeightsError(broken);
  return { header, start: 8 + length };
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start  where values begin
 * @param {string} name
 * @param {any} entry
 * @returns {StoredTensor}
 */
function readTensor(bytes, start, name, entry) {
  const { dtype, shape, data_offsets: offsets } = entry ?? {};
  const whole = (/** @type {unknown} */ list) =>
    Array.isArray(list) && list.every((number) => Number.isSafeInteger(number) && number >= 0);
  const shown = printable(name);
  if (typeof dtype !== 'string' || !whole(shape) || !whole(offsets) || offsets.length !== 2)
    throw new WeightsError(`The weights file’s entry for ${shown} is damaged.`);
  if (dtype !== 'F32')
    throw new WeightsError(`${shown} is stored as ${printable(dtype)}; only F32 (float32) can be read.`);
  const count = shape.reduce((/** @type {number} */ product, /** @type {number} */ length) => product * length, 1);
  const [from, to] = offsets;
  if (to - from !== 4 * count || start + to > bytes.length)
    throw new WeightsError(`The weights file is cut off or damaged: ${shown} does not lie inside it.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start + from, 4 * count);
  const values = Float32Array.from({ length: count }, (_, n) => view.getFloat32(4 * n, true));
  if (!values.every(Number.isFinite)) throw new WeightsError(`${shown} holds values that are not finite numbers.`);
  return { name, shape, values };
}

/**
 * The format has values one after the other, without gaps and with nothing behind them.
 * @param {Record<string, any>} entries  each as readTensor takes it
 * @param {number} length  bytes of all values
 */
function checkLayout(entries, length) {
  const places = Object.entries(entries).map(
    ([
      name,
      {
        data_offsets: [from, to],
      },
    ]) => ({ name, from, to }),
  );
  let end = 0;
  for (const { name, from, to } of places.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end)
      throw new WeightsError(
        `The weights file is damaged: ${printable(name)} does not begin where what is before it ends.`,
      );
    end = to;
  }
  if (end !== length)
    throw new WeightsError(`The weights file is damaged: ${length - end} bytes lie behind its last tensor.`);
}

/**
 * The settings in a file's metadata; null where there are none or they are another program's.
 * @param {any} metadata
 */
function readConfig(metadata) {
  if (typeof metadata?.config !== 'string') return null;
  try {
    const config = JSON.parse(metadata.config);
    return config?.model === undefined ? null : config;
  } catch {
    return null;
  }
}

/**
 * The settings of a weights file: those it carries, or, in a file without them, the ones that its shapes tell.
 * @param {ReturnType<typeof decodeWeights>} weights
 * @returns {Settings}
 * @throws {WeightsError}
 */
export function settingsOfWeights({ config, tensors }) {
  if (config) {
    try {
      return fromConfig(config);
    } catch (error) {
      if (error instanceof SettingError) throw new WeightsError(`The weights file’s settings: ${error.message}`);
      throw error;
    }
  }
  const partial = settingsOfShapes(tensors);
  if (!partial)
    throw new WeightsError(
      'The weights file holds none of the tensors of a model here (gmf.…, mlp.…, bias.item, ease.weight, itemknn.neighbours). See the README for their names.',
    );
  try {
    return checkSettings(partial);
  } catch (error) {
    if (error instanceof SettingError) throw new WeightsError(`The weights file’s shapes: ${error.message}`);
    throw error;
  }
}

/**
 * What shapes tell. Models of one composition look alike: a dot product is taken for MF or, without biases, iALS, which score
 * as all dot products do; networks are taken for those that rank films.
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
 * Whether a file's tensors are those of a model with these settings on this dataset; to be called before a model is made.
 * @param {Map<string, StoredTensor>} tensors
 * @param {Settings} settings
 * @param {Dataset} dataset
 * @throws {WeightsError}
 */
export function checkWeightsFit(tensors, settings, dataset) {
  for (const [name, rows, what] of /** @type {[string, number, string][]} */ ([
    ['user', dataset.users, 'users'],
    ['item', dataset.items, 'films'],
  ]))
    for (const tensor of tensors.values())
      if (
        (tensor.name.includes(`${name}_embedding`) || tensor.name === `bias.${name}`) &&
        tensor.shape.length > 0 &&
        tensor.shape[0] !== rows
      )
        throw new WeightsError(
          `The weights are for ${tensor.shape[0]} ${what}, the dataset has ${rows}: load the dataset that they were trained on.`,
        );
  const embedding = tensors.get('mlp.user_embedding.weight')?.shape[1];
  if (embedding !== undefined && 2 * embedding !== tower(settings)[0])
    throw new WeightsError('The weights file’s embeddings do not have the width that its settings say.');
}

/**
 * Puts a file's values into a model of the same settings; nothing is changed unless all fit.
 * @param {Model} model
 * @param {Map<string, StoredTensor>} tensors
 * @throws {WeightsError}
 */
export function putWeights(model, tensors) {
  for (const { name, shape } of model.tensors) {
    const stored = tensors.get(name);
    if (!stored) throw new WeightsError(`The weights file lacks ${name}, which the model has.`);
    if (stored.shape.join() !== shape.join())
      throw new WeightsError(`${name} is [${stored.shape}] in the weights file, the model’s is [${shape}].`);
  }
  for (const name of tensors.keys())
    if (!model.tensors.some((tensor) => tensor.name === name))
      throw new WeightsError(`The weights file holds ${printable(name)}, which the model lacks.`);
  for (const tensor of model.tensors) model.setValues(tensor, tensors.get(tensor.name)?.values ?? new Float32Array());
}

// Models: their weights.

import { DataError } from './errors.mjs';
import { modelRow } from '../settings/settings.mjs';
import { checkIndex, hexOf } from './check.mjs';
import { Evaluator } from './evaluator.mjs';
import { sidesOf } from './features.mjs';
import { Handle } from './handle.mjs';
import { Predictor } from './predictor.mjs';
import { withSettings } from './settings.mjs';
import { Trace } from './trace.mjs';
import { Trainer } from './trainer.mjs';
import { fault } from '../words/fault.mjs';

/** @typedef {import('./split.mjs').Split} Split */
/** @typedef {import('./holdout.mjs').Holdout} Holdout */
/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** @typedef {{name: string, shape: number[], row: number}} Tensor  `row` of the core's table */

/** What one object of the core can take (src/base/memory.h). */
const MAX_BYTES = 2 ** 30;

/**
 * A model with the initial weights of settings.seed.
 * @param {Split | Holdout} source  what it is to learn from
 * @param {Settings} settings
 * @param {{lowest: number, highest: number}} [scale]  of the ratings that it predicts
 * @returns {Model}
 * @throws {DataError} the data lacks the side information that is asked for, or has too many films for EASE
 */
export function createModel(source, settings, scale) {
  if (modelRow(settings.model).fit === 'ease') checkEase(source.dataset);
  return new Model(source, settings, scale);
}

/** EASE has a weight for every pair of films. @param {import('./dataset.mjs').Dataset} dataset */
function checkEase({ core, items }) {
  const bytes = core.exports.ncf_ease_bytes(items);
  if (bytes <= MAX_BYTES) return;
  const [gigabytes, most] = [bytes, MAX_BYTES].map((each) => (each / 1e9).toFixed(1));
  throw new DataError(fault('easeSize', { films: items.toLocaleString('en'), bytes: gigabytes, most }));
}

export class Model extends Handle {
  /**
   * @param {Split | Holdout} source  what it learns from
   * @param {Settings} settings
   * @param {{lowest: number, highest: number}} [scale]  of the ratings that it predicts
   */
  constructor(source, settings, scale) {
    const { core, dataset } = source;
    const { exports } = core;
    const sides = sidesOf(settings).map((side) => ({ side, features: dataset.features(side) }));
    const make = (/** @type {number} */ pointer) => {
      for (const { side, features } of sides) {
        const [isItems, alone] = [side === 'items', settings.ids === 'off'].map(Number);
        exports.ncf_settings_features(pointer, isItems, features.handle, alone);
      }
      return core.check(exports.ncf_model_new(pointer, dataset.users, dataset.items));
    };
    super(
      'model',
      [source, ...sides.map(({ features }) => features)],
      () => withSettings(dataset, settings, make, scale),
      exports.ncf_model_free,
    );
    const { handle } = this;
    this.core = core;
    this.source = source;
    this.settings = settings;
    /** @type {number} */
    this.parameters = exports.ncf_model_parameters(handle);
    /** @type {Tensor[]} */
    this.tensors = [];
    for (let row = 0; row < exports.ncf_model_tensors(); row++) {
      const rows = exports.ncf_tensor_rows(handle, row);
      const columns = exports.ncf_tensor_columns(handle, row);
      if (rows === 0) continue;
      const name = core.text(exports.ncf_tensor_name(handle, row));
      this.tensors.push({ name, shape: columns === 0 ? [rows] : [rows, columns], row });
    }
  }

  /**
   * A copy of a tensor's values, row-major.
   * @param {Tensor} tensor
   */
  values(tensor) {
    return this.core.copy(Float32Array, this.core.exports.ncf_tensor_values(this.handle, tensor.row), size(tensor));
  }

  /**
   * A copy of one row of a matrix.
   * @param {Tensor} tensor
   * @param {number} row
   */
  row(tensor, row) {
    const [rows, columns] = tensor.shape;
    checkIndex(row, rows, 'row');
    const pointer = this.core.exports.ncf_tensor_values(this.handle, tensor.row);
    return this.core.copy(Float32Array, pointer + 4 * row * columns, columns);
  }

  /**
   * @param {Tensor} tensor
   * @param {Float32Array} values
   */
  setValues(tensor, values) {
    if (values.length !== size(tensor)) throw new RangeError(`${tensor.name} has ${size(tensor)} values.`);
    const pointer = this.core.exports.ncf_tensor_values(this.handle, tensor.row);
    new Float32Array(this.core.exports.memory.buffer, pointer, values.length).set(values);
  }

  /** A fingerprint of all weights: 16 hexadecimal digits, equal exactly where every bit is. */
  hash() {
    return hexOf(this.core.exports.ncf_model_hash(this.handle));
  }

  /**
   * NeuMF from a trained GMF and MLP (eq. 13): α of GMF's output layer, 1 - α of MLP's.
   * @param {Model} gmf
   * @param {Model} mlp
   * @param {number} alpha
   * @throws {CoreError} their shapes don't fit
   */
  pretrain(gmf, mlp, alpha) {
    this.core.check(this.core.exports.ncf_model_pretrain(this.handle, gmf.handle, mlp.handle, alpha));
  }

  /** @throws {RangeError} it has no network to look into */
  createTrace() {
    return new Trace(this);
  }

  createTrainer() {
    return new Trainer(this);
  }

  /**
   * @param {{validation?: boolean}} [options]  validation: of the films held out for validation, not for the test
   */
  createEvaluator({ validation = false } = {}) {
    return new Evaluator(this, /** @type {Split} */ (this.source), validation);
  }

  /**
   * Of held-out ratings, for a model that predicts them.
   * @param {{validation?: boolean}} [options]  validation: of the ratings held out for validation, not for the test
   */
  createPredictor({ validation = false } = {}) {
    return new Predictor(this, /** @type {Holdout} */ (this.source), validation);
  }

  /** @param {number} mean  of the ratings: predictions then start there, where the model has a bias for all */
  startAt(mean) {
    this.core.exports.ncf_model_start_at(this.handle, mean);
  }
}

/** @param {Tensor} tensor */
function size(tensor) {
  return tensor.shape.reduce((product, length) => product * length, 1);
}

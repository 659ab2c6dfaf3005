// Models: their weights.

import { Evaluator } from './evaluator.mjs';
import { Trainer } from './trainer.mjs';

/** @typedef {import('./split.mjs').Split} Split */
/** @typedef {import('../settings.mjs').Settings} Settings */
/** @typedef {{name: string, shape: number[], row: number}} Tensor  `row` of the core's table */

export class Model {
  /**
   * @param {Split} split
   * @param {Settings} settings
   * @param {number} handle
   */
  constructor(split, settings, handle) {
    const { core } = split;
    this.core = core;
    this.split = split;
    this.settings = settings;
    this.handle = handle;
    /** @type {number} */
    this.parameters = core.exports.ncf_model_parameters(handle);
    /** @type {Tensor[]} */
    this.tensors = [];
    for (let row = 0; row < core.exports.ncf_model_tensors(); row++) {
      const rows = core.exports.ncf_tensor_rows(handle, row);
      const columns = core.exports.ncf_tensor_columns(handle, row);
      if (rows === 0) continue;
      const name = core.text(core.exports.ncf_tensor_name(handle, row));
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
    return BigInt.asUintN(64, this.core.exports.ncf_model_hash(this.handle)).toString(16).padStart(16, '0');
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

  createTrainer() {
    return new Trainer(this);
  }

  /**
   * @param {{validation?: boolean}} [options]  validation: of the films held out for validation, not for the test
   */
  createEvaluator({ validation = false } = {}) {
    return new Evaluator(this, validation);
  }

  free() {
    this.core.exports.ncf_model_free(this.handle);
  }
}

/** @param {Tensor} tensor */
function size(tensor) {
  return tensor.shape.reduce((product, length) => product * length, 1);
}

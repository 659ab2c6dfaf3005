// Prediction of held-out ratings.

import { checkIndex } from './check.mjs';
import { Handle } from './handle.mjs';

/** @typedef {import('./model.mjs').Model} Model */
/** @typedef {import('./holdout.mjs').Holdout} Holdout */
/**
 * @typedef {object} Errors  over held-out ratings; half-widths of 95 % intervals
 * @property {number} ratings
 * @property {number} rmse
 * @property {number} rmseHalfWidth
 * @property {number} mae
 * @property {number} maeHalfWidth
 */

export class Predictor extends Handle {
  /**
   * @param {Model} model
   * @param {Holdout} holdout
   * @param {boolean} validation
   */
  constructor(model, holdout, validation) {
    const { core } = model;
    const { exports } = core;
    const make = () => core.check(exports.ncf_predictor_new(model.handle, holdout.handle, validation ? 1 : 2));
    super('predictor', [model, holdout], make, exports.ncf_predictor_free);
    this.core = core;
    this.holdout = holdout;
  }

  /** Begins with the first rating. @param {{clip: boolean}} options  clip: predictions beyond the scale count as its ends */
  start({ clip }) {
    const { lowest, highest } = this.holdout;
    this.core.exports.ncf_predictor_start(this.handle, Number(clip), lowest, highest);
  }

  /**
   * Predicts up to `limit` batches more with the model's present weights; true where all are done.
   * @param {number} limit
   */
  run(limit) {
    return this.core.exports.ncf_predictor_run(this.handle, limit) === 1;
  }

  /** When run() is done. @returns {Errors} */
  errors() {
    const [ratings, rmse, rmseHalfWidth, mae, maeHalfWidth] = this.core.borrow(40, (pointer) => {
      this.core.exports.ncf_predictor_errors(this.handle, pointer);
      return this.core.copy(Float64Array, pointer, 5);
    });
    return { ratings, rmse, rmseHalfWidth, mae, maeHalfWidth };
  }

  /**
   * The rating predicted for a pair, not clipped.
   * @param {number} user
   * @param {number} item
   * @returns {number}
   */
  predict(user, item) {
    const { users, items } = this.holdout.dataset;
    return this.core.exports.ncf_predictor_pair(
      this.handle,
      checkIndex(user, users, 'user'),
      checkIndex(item, items, 'film'),
    );
  }
}

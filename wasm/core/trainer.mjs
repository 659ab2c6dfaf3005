// Training by gradient steps.

import { withSettings } from './settings.mjs';

/** @typedef {import('./model.mjs').Model} Model */

/** Trains a model with its own settings (loss, negatives, order, batch size, optimizer, learning rate, seed). */
export class Trainer {
  /** @param {Model} model */
  constructor(model) {
    const { core, source, settings } = model;
    const { ncf_trainer_new: ofPairs, ncf_trainer_new_ratings: ofRatings } = core.exports;
    const create = source.task === 'rating' ? ofRatings : ofPairs;
    this.core = core;
    this.handle = withSettings(source.dataset, settings, (pointer) =>
      core.check(create(model.handle, source.handle, pointer)),
    );
    /** Examples an epoch. @type {number} */
    this.instances = core.exports.ncf_trainer_instances(this.handle);
    this.batchSize = settings.batchSize;
    /** Batches an epoch. */
    this.batches = Math.ceil(this.instances / settings.batchSize);
  }

  /** @param {number} rate  the learning rate from the next batch on */
  setRate(rate) {
    this.core.exports.ncf_trainer_set_rate(this.handle, rate);
  }

  /**
   * Trains on up to `limit` batches of the epoch under way; true where that ended the epoch.
   * @param {number} limit
   * @returns {boolean}
   */
  run(limit) {
    return this.core.check(this.core.exports.ncf_trainer_run(this.handle, limit)) === 1;
  }

  /**
   * Writes the weights after the last batch to `model`, another one of the same settings. Within an epoch the trained
   * model itself may lag: the optimizer moves a row when it is next used.
   * @param {Model} model
   */
  snapshot(model) {
    this.core.exports.ncf_trainer_snapshot(this.handle, model.handle);
  }

  /** The examples of the last batch, so that another implementation can train on the same ones. */
  batch() {
    const { core, handle } = this;
    const { exports } = core;
    const size = exports.ncf_trainer_batch(handle);
    return {
      users: core.copy(Uint32Array, exports.ncf_trainer_batch_users(handle), size),
      items: core.copy(Uint32Array, exports.ncf_trainer_batch_items(handle), size),
      labels: core.copy(Float32Array, exports.ncf_trainer_batch_labels(handle), size),
    };
  }

  /** Where training is: the epoch (from 1), the examples of it that are done, their mean loss. */
  progress() {
    const { exports } = this.core;
    const done = exports.ncf_trainer_done(this.handle);
    return {
      epoch: /** @type {number} */ (exports.ncf_trainer_epoch(this.handle)),
      done: /** @type {number} */ (done),
      loss: done === 0 ? NaN : exports.ncf_trainer_loss_sum(this.handle) / done,
    };
  }

  free() {
    this.core.exports.ncf_trainer_free(this.handle);
  }
}

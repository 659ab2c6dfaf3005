// Training by gradient steps.

import { Handle } from './handle.mjs';
import { withSettings } from './settings.mjs';

/** @typedef {import('./model.mjs').Model} Model */

/** Trains a model with its own settings (loss, negatives, order, batch size, optimizer, learning rate, seed). */
export class Trainer extends Handle {
  /** @param {Model} model */
  constructor(model) {
    const { core, source, settings } = model;
    const { ncf_trainer_new: ofPairs, ncf_trainer_new_ratings: ofRatings } = core.exports;
    const create = source.task === 'rating' ? ofRatings : ofPairs;
    const make = (/** @type {number} */ pointer) => core.check(create(model.handle, source.handle, pointer));
    super('trainer', [model], () => withSettings(source.dataset, settings, make), core.exports.ncf_trainer_free);
    this.core = core;
    /** Examples an epoch. @type {number} */
    this.instances = core.exports.ncf_trainer_instances(this.handle);
    this.batchSize = settings.batchSize;
    /** Of each positive; 0 of ratings, which have none. */
    this.negatives = source.task === 'rating' ? 0 : settings.negatives;
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

  /** The batch that is next: its epoch, which of the epoch's batches it is (from 1), its first example's place and its size. */
  next() {
    const progress = this.progress();
    const ended = progress.done === this.instances;
    const from = ended ? 0 : progress.done;
    return {
      epoch: ended ? progress.epoch + 1 : progress.epoch,
      batch: Math.floor(from / this.batchSize) + 1,
      from,
      size: Math.min(this.batchSize, this.instances - from),
    };
  }

  /**
   * Examples of an epoch by their place in its order, whether or not it has come to them. With each stand its positive, the
   * film that the user has, and the negatives that the epoch has for that one; of ratings, the film itself and none.
   * @param {number} epoch
   * @param {number} from
   * @param {number} count
   * @returns {{user: number, item: number, label: number, positive: number, negatives: number[]}[]}
   */
  examples(epoch, from, count) {
    const { core, handle } = this;
    const { ncf_trainer_sample: sample, ncf_trainer_group: group } = core.exports;
    if (from < 0 || from + count > this.instances)
      throw new RangeError(`An epoch has ${this.instances} examples, counted from 0.`);
    const length = 1 + this.negatives;
    return core.borrow(12 * count + 4 * length, (users) => {
      const [items, labels, groups] = [1, 2, 3].map((n) => users + 4 * n * count);
      sample(handle, epoch, from, count, users, items, labels);
      const label = core.copy(Float32Array, labels, count);
      const item = core.copy(Uint32Array, items, count);
      return Array.from(core.copy(Uint32Array, users, count), (user, n) => {
        const own = { user, item: item[n], label: label[n] };
        if (this.negatives === 0) return { ...own, positive: item[n], negatives: [] };
        group(handle, epoch, from + n, groups);
        const [positive, ...negatives] = core.copy(Uint32Array, groups, length);
        return { ...own, positive, negatives };
      });
    });
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
}

// How a model comes to its parameters: by epochs of gradient steps, or by other ways that have the same face.

import { CoreError, STATUS_ARGUMENT } from './errors.mjs';
import { SettingError, modelRow, neighboursOf } from '../settings/settings.mjs';
import { Als } from './als.mjs';
import { Handle } from './handle.mjs';
import { fault } from '../words/fault.mjs';

/** @typedef {import('./model.mjs').Model} Model */
/**
 * Learns in slices. `instances`: what an epoch goes through, `batches`: in so many steps of `batchSize`; `once`: one epoch is all there is.
 * @typedef {object} Learner
 * @property {number} instances
 * @property {number} batches
 * @property {number} batchSize
 * @property {boolean} [once]
 * @property {(limit: number) => boolean} run  true where the epoch ended
 * @property {() => {epoch: number, done: number, loss: number}} progress  loss NaN: there is none
 * @property {(model: Model) => void} [snapshot]  where the model lags behind within an epoch
 * @property {(rate: number) => void} [setRate]
 * @property {() => void} free
 */

/**
 * The learner that the model's row asks for, or null where there is nothing to learn.
 * @param {Model} model
 * @returns {Learner | null}
 */
export function createLearner(model) {
  return learners[modelRow(model.settings.model).fit](model);
}

/** By how a model is fitted. @type {Record<import('../settings/models.mjs').Fit, (model: Model) => Learner | null>} */
const learners = {
  none: () => null,
  counts: () => null,
  gradient: (model) => model.createTrainer(),
  ials: (model) => new Als(model),
  eals: (model) => new Als(model),
  means: (model) => new Means(model),
  ease: (model) => new ItemFit(model, 'ease'),
  itemknn: (model) => new ItemFit(model, 'itemknn'),
};

/** The means and biases of ratings, in closed form. @implements {Learner} */
class Means extends Handle {
  /** @param {Model} model */
  constructor(model) {
    const { core, source, settings } = model;
    const parts = core.code('means', settings.model);
    const { exports } = core;
    const make = () => core.check(exports.ncf_biases_new(source.handle, parts, settings.l2));
    super('trainer', [model], make, exports.ncf_biases_free);
    this.core = core;
    this.model = model;
    this.instances = 1;
    this.batches = 1;
    this.batchSize = 1;
    this.once = true;
    this.done = 0;
  }

  /** @param {number} limit  thousands of ratings */
  run(limit) {
    if (this.core.exports.ncf_biases_run(this.handle, 1000 * limit) !== 1) return false;
    this.core.exports.ncf_biases_write(this.handle, this.model.handle);
    this.done = 1;
    return true;
  }

  progress() {
    return { epoch: 1, done: this.done, loss: NaN };
  }
}

/** EASE and ItemKNN: one pass over the films. @implements {Learner} */
class ItemFit extends Handle {
  /**
   * @param {Model} model
   * @param {'ease' | 'itemknn'} fit
   */
  constructor(model, fit) {
    const { core, source, settings } = model;
    const { exports } = core;
    const call = (/** @type {string} */ name) => exports[`ncf_${fit}_${name}`];
    const make = () =>
      core.check(
        fit === 'ease'
          ? exports.ncf_ease_new(source.handle, model.handle, settings.l2)
          : exports.ncf_itemknn_new(source.handle, neighboursOf(settings, source.dataset), settings.shrinkage),
      );
    super('trainer', [model], make, call('free'));
    this.core = core;
    this.calls = { run: call('run'), done: call('rows_done') };
    this.finish = () => {
      if (fit === 'itemknn') exports.ncf_itemknn_write(this.handle, model.handle);
    };
    /** Rows of the work. @type {number} */
    this.instances = call('rows')(this.handle);
    this.batches = this.instances;
    this.batchSize = 1;
    this.once = true;
  }

  /**
   * @param {number} limit
   * @returns {boolean}
   */
  step(limit) {
    try {
      return this.core.check(this.calls.run(this.handle, limit)) === 1;
    } catch (error) {
      // The one thing that can be out of range: with too little on its diagonal the matrix has no inverse.
      if (!(error instanceof CoreError) || error.status !== STATUS_ARGUMENT) throw error;
      throw new SettingError('l2', fault('easeMoreL2'));
    }
  }

  /** @param {number} limit */
  run(limit) {
    const done = this.step(limit);
    if (done) this.finish();
    return done;
  }

  progress() {
    return { epoch: 1, done: /** @type {number} */ (this.calls.done(this.handle)), loss: NaN };
  }
}

// Ratings that are learnt from and ratings that are held out to be predicted.

import { printOf } from './check.mjs';
import { Handle } from './handle.mjs';
import { createModel } from './model.mjs';

/** @typedef {import('./dataset.mjs').Dataset} Dataset */
/** @typedef {import('../settings/settings.mjs').Settings} Settings */

export class Holdout extends Handle {
  /**
   * @param {Dataset} dataset
   * @param {{testShare?: number, validationShare?: number, folds?: number, fold?: number, seed?: number}} options
   */
  constructor(dataset, { testShare = 0.1, validationShare = 0, folds = 0, fold = 1, seed = 0 }) {
    const { core } = dataset;
    const { exports } = core;
    const make = () =>
      core.check(exports.ncf_holdout_new(dataset.handle, testShare, fold - 1, folds, validationShare, seed));
    super('holdout', [dataset], make, exports.ncf_holdout_free);
    /** What models are to learn from this. */
    this.task = /** @type {const} */ ('rating');
    this.dataset = dataset;
    this.core = core;
    /** How many ratings are learnt from, held out for validation and held out for the test. */
    this.ratings = {
      train: /** @type {number} */ (exports.ncf_holdout_rows(this.handle, 0)),
      validation: /** @type {number} */ (exports.ncf_holdout_rows(this.handle, 1)),
      test: /** @type {number} */ (exports.ncf_holdout_rows(this.handle, 2)),
    };
    /** The mean of the ratings that are learnt from. @type {number} */
    this.mean = exports.ncf_holdout_mean(this.handle);
    /** The ends of the scale. @type {number} */
    this.lowest = exports.ncf_holdout_lowest(this.handle);
    /** @type {number} */
    this.highest = exports.ncf_holdout_highest(this.handle);
  }

  /**
   * A model with the initial weights of settings.seed, whose predictions start at the mean where it has a bias for all.
   * @param {Settings} settings
   */
  createModel(settings) {
    const model = createModel(this, settings, this);
    if (settings.output === 'identity') model.startAt(this.mean);
    return model;
  }

  /**
   * A fingerprint of the ratings held out, for the test or for validation: 16 hexadecimal digits, or '' where there are none.
   * @param {boolean} [validation]
   */
  fingerprint(validation = false) {
    return printOf(this.core.exports.ncf_holdout_fingerprint(this.handle, this.dataset.handle, validation ? 1 : 2));
  }
}

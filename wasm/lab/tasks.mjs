// What a run is about: ranking films by implicit feedback, or predicting ratings. A task has the split that a model learns
// from and the meters that it is measured by, so that a run need not know which it is.

import { K, rankingNotes, ratingNotes } from './assumptions.mjs';
import { Split } from '../core.mjs';
import { SettingError, modelRow } from '../settings/settings.mjs';

export { worthOf } from './measures.mjs';

/** @typedef {import('../core.mjs').Dataset} Dataset */
/** @typedef {import('../core.mjs').Holdout} Holdout */
/** @typedef {import('../core.mjs').Model} Model */
/** @typedef {import('../core.mjs').Metrics} Metrics */
/** @typedef {import('../core.mjs').Errors} Errors */
/** @typedef {import('../core.mjs').Evaluator} Evaluator */
/** @typedef {import('./notes.mjs').Note} Note */
/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/**
 * What was measured. expected: what sampled would be on average over all draws, known where full is. errors: of ratings.
 * @typedef {{sampled?: Metrics, full?: Metrics, expected?: Metrics, errors?: Errors}} MetricSets
 */
/**
 * One thing to measure, in slices: start(), then work(limit) until that is true, then read().
 * @typedef {{name: string, start: () => void, work: (limit: number) => boolean, read: () => MetricSets}} Measurement
 */
/**
 * @typedef {object} Meter
 * @property {Measurement[]} measurements
 * @property {Evaluator | null} evaluator  of rankings
 * @property {() => void} free
 */
/**
 * What a ranking is tested by: users, how many films theirs are ranked among in the sampled evaluation, themselves included,
 * the HR@10 of chance there, and which film of a user it is.
 * @typedef {{users: number, least: number, most: number, chance: number, holdOut: 'last' | 'random'}} Test
 */
/**
 * @typedef {object} Task
 * @property {Split} split  which tells what a user has: without what is held out of a ranking, and all of who rates
 * @property {Split} base  the same with what is held out for validation: what runs share
 * @property {Test | null} test  of a ranking
 * @property {Holdout | null} holdout  of ratings
 * @property {(settings: Settings) => Model} createModel
 * @property {(model: Model) => {test: Meter, validation: Meter | null}} createMeters
 * @property {Note[]} notes  what does not hold of these data and settings
 * @property {() => void} free
 */

/**
 * The kinds of candidates that a ranking is evaluated among.
 * @param {Settings} settings
 * @returns {('sampled' | 'full')[]}
 */
export const kindsOf = (settings) => (settings.eval === 'both' ? ['sampled', 'full'] : [settings.eval]);

/** The share of the train ratings that validation takes. */
const VALIDATION_SHARE = 0.1;

/**
 * @param {Dataset | Split} data  borrowed: must outlive the task. A split must be one that the settings ask for
 * @param {Settings} settings
 * @throws {SettingError} for another split
 * @returns {Task}
 */
export function createTask(data, settings) {
  return modelRow(settings.model).task === 'rating'
    ? new RatingTask(data instanceof Split ? data.dataset : data, settings)
    : new RankingTask(data, settings);
}

/**
 * Whether a split is one of these settings: a run would say of itself what is not so.
 * @param {Split} split
 * @param {Settings} settings
 */
function checkSplit({ options, dataset }, { holdOut, positiveFrom }) {
  if (options.hold !== holdOut)
    throw new SettingError('holdOut', `The split that is given holds out ${options.hold}, the settings ${holdOut}.`);
  if (options.positiveFrom !== dataset.leastPositive(positiveFrom))
    throw new SettingError('positiveFrom', `The split that is given has other positives than the settings.`);
}

/** @implements {Task} */
class RankingTask {
  /**
   * @param {Dataset | Split} data
   * @param {Settings} settings
   */
  constructor(data, settings) {
    this.settings = settings;
    /** What is to be returned. @type {Split | null} */
    this.lent = data instanceof Split ? null : data.borrowSplit(settings);
    if (data instanceof Split) checkSplit(data, settings);
    const split = data instanceof Split ? data : /** @type {Split} */ (this.lent);
    /** The split without the films for validation, where the run has its own. @type {Split | null} */
    this.own = null;
    try {
      if (settings.validation === 'on') this.own = split.withValidation(settings.seed);
    } catch (error) {
      this.free();
      throw error;
    }
    this.base = split;
    this.split = this.own ?? split;
    const { least, most, chance } = split.candidates(K);
    /** @type {Test} */
    this.test = { users: split.testUsers, least, most, chance, holdOut: settings.holdOut };
    /** @type {Holdout | null} */
    this.holdout = null;
    this.notes = rankingNotes(this.split, settings);
  }

  /** @param {Settings} settings */
  createModel(settings) {
    return this.split.createModel(settings);
  }

  /** @param {Model} model */
  createMeters(model) {
    const kinds = kindsOf(this.settings);
    const test = rankingMeter(model.createEvaluator(), kinds);
    if (!this.own) return { test, validation: null };
    try {
      // One kind is enough to choose an epoch by.
      return { test, validation: rankingMeter(model.createEvaluator({ validation: true }), kinds.slice(0, 1)) };
    } catch (error) {
      test.free();
      throw error;
    }
  }

  free() {
    this.own?.free();
    if (this.lent) this.lent.dataset.returnSplit(this.lent);
    this.lent = null;
  }
}

/**
 * @param {Evaluator} evaluator
 * @param {string[]} kinds
 * @returns {Meter}
 */
function rankingMeter(evaluator, kinds) {
  return {
    evaluator,
    measurements: kinds.map((name) => {
      const full = name === 'full';
      return {
        name,
        start: () => evaluator.start(),
        work: (limit) => evaluator.run(full, limit),
        read: () => ({
          [name]: evaluator.metrics(full),
          ...(full ? { expected: evaluator.expectedMetrics() } : {}),
        }),
      };
    }),
    free: () => evaluator.free(),
  };
}

/** @implements {Task} */
class RatingTask {
  /**
   * @param {Dataset} dataset
   * @param {Settings} settings
   */
  constructor(dataset, settings) {
    const { testShare, folds, fold, seed, validation } = settings;
    this.settings = settings;
    this.dataset = dataset;
    /** All that users have rated: nothing of it is held back for a ranking. */
    this.split = this.base = dataset.borrowSplit({ holdOut: 'nothing', positiveFrom: -Infinity });
    /** @type {Test | null} */
    this.test = null;
    /** @type {Holdout} */
    this.holdout = this.holdOut({
      testShare,
      folds,
      fold,
      seed,
      validationShare: validation === 'on' ? VALIDATION_SHARE : 0,
    });
    this.notes = ratingNotes(dataset, this.holdout);
  }

  /** @param {Parameters<Dataset['holdOut']>[0]} options */
  holdOut(options) {
    try {
      return this.dataset.holdOut(options);
    } catch (error) {
      this.dataset.returnSplit(this.split);
      throw error;
    }
  }

  /** @param {Settings} settings */
  createModel(settings) {
    return this.holdout.createModel(settings);
  }

  /** @param {Model} model */
  createMeters(model) {
    const clip = this.settings.clip === 'on';
    const test = errorMeter(model.createPredictor(), clip);
    if (this.settings.validation === 'off') return { test, validation: null };
    try {
      return { test, validation: errorMeter(model.createPredictor({ validation: true }), clip) };
    } catch (error) {
      test.free();
      throw error;
    }
  }

  free() {
    if (!this.holdout.freed) this.dataset.returnSplit(this.split);
    this.holdout.free();
  }
}

/**
 * @param {import('../core.mjs').Predictor} predictor
 * @param {boolean} clip
 * @returns {Meter}
 */
function errorMeter(predictor, clip) {
  const name = 'errors';
  return {
    evaluator: null,
    measurements: [
      {
        name,
        start: () => predictor.start({ clip }),
        work: (limit) => predictor.run(limit),
        read: () => ({ errors: predictor.errors() }),
      },
    ],
    free: () => predictor.free(),
  };
}

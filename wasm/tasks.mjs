// What a run is about: ranking films by implicit feedback, or predicting ratings. A task has the split that a model learns
// from and the meters that it is measured by, so that a run need not know which it is.

import { modelRow } from './settings.mjs';

/** @typedef {import('./core.mjs').Split} Split */
/** @typedef {import('./core.mjs').Holdout} Holdout */
/** @typedef {import('./core.mjs').Model} Model */
/** @typedef {import('./core.mjs').Metrics} Metrics */
/** @typedef {import('./core.mjs').Errors} Errors */
/** @typedef {import('./core.mjs').Evaluator} Evaluator */
/** @typedef {import('./notes.mjs').Note} Note */
/** @typedef {import('./settings.mjs').Settings} Settings */
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
 * @typedef {object} Task
 * @property {Split} split  the leave-one-out split, which tells what a user has, without what is held out for validation
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
 * @param {Split} split  borrowed: must outlive the task
 * @param {Settings} settings
 * @returns {Task}
 */
export function createTask(split, settings) {
  return modelRow(settings.model).task === 'rating'
    ? new RatingTask(split, settings)
    : new RankingTask(split, settings);
}

/** Cut-off of the metrics that are told of. */
const K = 10;

/**
 * Whether there are as many films to rank among as the paper has.
 * @param {Split} split
 * @returns {Note[]}
 */
function candidateNotes(split) {
  const { least, most, fewest } = split.candidates(K);
  if (least > split.options.negatives) return [];
  /** @type {Note[]} */
  const notes = [{ code: 'few-candidates', values: { films: least === most ? least : `${least}–${most}` } }];
  if (fewest > 0) notes.push({ code: 'certain-hits', values: { users: fewest, of: split.testUsers, most: K } });
  return notes;
}

/** @implements {Task} */
class RankingTask {
  /**
   * @param {Split} split
   * @param {Settings} settings
   */
  constructor(split, settings) {
    this.settings = settings;
    /** The split without the films for validation, where the run has its own. @type {Split | null} */
    this.own = settings.validation === 'on' ? split.withValidation(settings.seed) : null;
    this.split = this.own ?? split;
    /** @type {Holdout | null} */
    this.holdout = null;
    this.notes = candidateNotes(this.split);
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
   * @param {Split} split
   * @param {Settings} settings
   */
  constructor(split, settings) {
    const { testShare, folds, fold, seed, validation } = settings;
    this.settings = settings;
    this.split = split;
    this.holdout = split.dataset.holdOut({
      testShare,
      folds,
      fold,
      seed,
      validationShare: validation === 'on' ? VALIDATION_SHARE : 0,
    });
    /** @type {Note[]} */
    this.notes = [];
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
    this.holdout.free();
  }
}

/**
 * @param {import('./core.mjs').Predictor} predictor
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

/**
 * One number to choose epochs by, higher being better: by NDCG@10 of the first kind, or by RMSE.
 * @param {MetricSets | undefined} sets
 */
export function worthOf(sets) {
  if (sets?.errors) return -sets.errors.rmse;
  return (sets?.sampled ?? sets?.full)?.ndcg ?? 0;
}

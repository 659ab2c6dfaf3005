// A new user: recommendations from an already trained model for somebody who names some films, and why.

import { DataError } from './errors.mjs';
import { modelRow } from '../settings/settings.mjs';
import { why } from './why.mjs';
import { AlsFold } from './als.mjs';
import { checkIndex } from './check.mjs';
import { Handle } from './handle.mjs';
import { withSettings } from './settings.mjs';

/** @typedef {import('./evaluator.mjs').Evaluator} Evaluator */
/**
 * `reasons`: the liked films that speak most for this one, with their share of the score, the largest first. `exact`:
 * whether these are shares of the score itself; else a heuristic, by how near the films are in the model's space.
 * @typedef {{item: number, score: number, reasons: {item: number, share: number}[], exact: boolean}} Recommendation
 */

/** Steps that fit the user's parameters where there is no closed form: to likes, and to ratings, which are to be met. */
const STEPS = 20;
const RATING_STEPS = 200;

/** What a model has of each user, films aside. */
const OF_USERS = ['gmf.user_embedding.weight', 'mlp.user_embedding.weight', 'bias.user'];

/** @param {import('../settings/settings.mjs').Settings} settings */
const isByItems = ({ model }) => modelRow(model).folds === 'items';

/**
 * Whether a model can be asked for somebody who likes films: not where it knows people by what is told of them alone.
 * @param {import('./model.mjs').Model} model
 */
export const canFoldIn = ({ settings, tensors }) =>
  isByItems(settings) || tensors.some(({ name }) => OF_USERS.includes(name));

export class NewUser extends Handle {
  /**
   * @param {Evaluator} evaluator  started: its weights are used
   * @throws {DataError} the model knows people by what is told of them alone
   */
  constructor(evaluator) {
    const { core, model } = evaluator;
    const { folds } = modelRow(model.settings.model);
    const { exports } = core;
    if (!canFoldIn(model))
      throw new DataError(
        'This model knows people only by what is told of them, such as their age, so likes say nothing to it.',
      );
    const byItems = isByItems(model.settings);
    // What folds a user into tables of embeddings.
    const make = () => (byItems ? 0 : core.check(exports.ncf_fold_in_new(model.handle, evaluator.handle)));
    super('new user', [evaluator], make, exports.ncf_fold_in_free);
    this.evaluator = evaluator;
    this.core = core;
    this.byItems = byItems;
    /** In closed form. */
    this.fold = folds === 'als' ? new AlsFold(model, this) : null;
    /** Whether it depends on the likes which films come first. */
    this.learns = folds !== null && folds !== 'bias';
    /** What a like is taken for by a model that predicts ratings: the highest that the data have; else null. */
    this.rating = model.source.task === 'rating' ? model.source.highest : null;
  }

  /**
   * The k films with the highest scores besides the liked ones. Takes some milliseconds.
   * @param {number[]} liked  film indices, each once
   * @param {number} k
   * @param {{reasons?: number, seed?: number}} [options]  reasons: how many films each is explained by
   * @returns {Recommendation[]}
   */
  recommend(liked, k, { reasons = 3, seed = 1 } = {}) {
    this.mustLive();
    const { items } = this.evaluator.split.dataset;
    const seen = [...new Set(liked.map((item) => checkIndex(item, items, 'film')))].sort((a, b) => a - b);
    return this.core.borrow(4 * seen.length, (pointer) => {
      new Uint32Array(this.core.exports.memory.buffer, pointer, seen.length).set(seen);
      this.fit(pointer, seen.length, seed);
      const top = this.asUser0(pointer, seen.length, () => this.evaluator.top(0, seen, k));
      return top.map(({ item, score }) => ({ item, score, ...this.explain(item, score, seen, reasons) }));
    });
  }

  /**
   * Finds the user's parameters.
   * @param {number} pointer
   * @param {number} count
   * @param {number} seed
   */
  fit(pointer, count, seed) {
    const { exports } = this.core;
    if (this.byItems) return;
    if (this.rating !== null) this.fitRatings(pointer, count, this.rating);
    else if (this.fold) this.fold.fit(pointer, count);
    else if (this.learns)
      withSettings(this.evaluator.split.dataset, this.evaluator.model.settings, (settings) =>
        exports.ncf_fold_in_run(this.handle, settings, pointer, count, STEPS, seed),
      );
  }

  /**
   * @param {number} pointer
   * @param {number} count
   * @param {number} rating
   */
  fitRatings(pointer, count, rating) {
    const { exports } = this.core;
    const { model, l2 } = this.evaluator.model.settings;
    if (modelRow(model).folds === 'bias') exports.ncf_fold_in_bias(this.handle, pointer, count, rating, Number(l2));
    else if (this.learns) exports.ncf_fold_in_rate(this.handle, pointer, count, rating, RATING_STEPS);
  }

  /**
   * Calls `use` while user 0 of the model is the new one.
   * @template R
   * @param {number} pointer
   * @param {number} count
   * @param {() => R} use
   * @returns {R}
   */
  asUser0(pointer, count, use) {
    const { ncf_like: like, ncf_fold_in_swap: swap } = this.core.exports;
    const begin = () => (this.byItems ? like(this.evaluator.handle, pointer, count) : swap(this.handle));
    const end = () => (this.byItems ? like(this.evaluator.handle, 0, 0) : swap(this.handle));
    begin();
    try {
      return use();
    } finally {
      end();
    }
  }

  /**
   * @param {number} item
   * @param {number} score
   * @param {number[]} liked
   * @param {number} most
   */
  explain(item, score, liked, most) {
    const shares = this.sharesOf(item, score, liked);
    const reasons = liked
      .map((each, n) => ({ item: each, share: shares.values[n] }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share)
      .slice(0, most);
    return { reasons, exact: shares.exact };
  }

  /**
   * Each liked film's share of the score.
   * @param {number} item
   * @param {number} score
   * @param {number[]} liked
   * @returns {{values: number[], exact: boolean}}
   */
  sharesOf(item, score, liked) {
    if (!this.learns) return { values: liked.map(() => 0), exact: true };
    const { ncf_item_share: shareOf } = this.core.exports;
    if (this.byItems)
      return { values: liked.map((each) => shareOf(this.evaluator.handle, each, item) / score), exact: true };
    if (this.fold) return { values: this.fold.shares(item, liked).map((share) => share / score), exact: true };
    return { values: why(this.evaluator.model, item, liked), exact: false };
  }
}

// A new user: recommendations from an already trained model for somebody who names some films, and why.

import { modelRow } from '../settings.mjs';
import { why } from '../why.mjs';
import { AlsFold } from './als.mjs';
import { checkIndex } from './check.mjs';
import { Handle } from './handle.mjs';

/** @typedef {import('./evaluator.mjs').Evaluator} Evaluator */
/**
 * `reasons`: the liked films that speak most for this one, with their share of the score, the largest first. `exact`:
 * whether these are shares of the score itself; else a heuristic, by how near the films are in the model's space.
 * @typedef {{item: number, score: number, reasons: {item: number, share: number}[], exact: boolean}} Recommendation
 */

/** Steps that fit the user's parameters where there is no closed form. */
const STEPS = 20;

export class NewUser extends Handle {
  /** @param {Evaluator} evaluator  started: its weights are used */
  constructor(evaluator) {
    const { core, model } = evaluator;
    const { fit, parts } = modelRow(model.settings.model);
    const { exports } = core;
    const byItems = parts.includes('items') || parts.includes('neighbours');
    // What folds a user into tables of embeddings.
    const make = () => (byItems ? 0 : core.check(exports.ncf_fold_in_new(model.handle)));
    super('new user', [evaluator], make, exports.ncf_fold_in_free);
    this.evaluator = evaluator;
    this.core = core;
    this.byItems = byItems;
    /** In closed form. */
    this.fold = fit === 'ials' || fit === 'eals' ? new AlsFold(model, this) : null;
    /** Whether there is anything to learn about a user. */
    this.learns = fit !== 'none' && fit !== 'counts' && fit !== 'means';
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
    if (!Number.isInteger(k) || k < 1) throw new RangeError(`k must be a whole number from 1, not “${k}”.`);
    const limit = Math.min(k, items);
    const { exports } = this.core;
    return this.core.borrow(4 * seen.length + 8 * limit, (pointer) => {
      const top = pointer + 4 * seen.length;
      new Uint32Array(exports.memory.buffer, pointer, seen.length).set(seen);
      this.fit(pointer, seen.length, seed);
      const count = this.asUser0(pointer, seen.length, () =>
        exports.ncf_recommend_new(this.evaluator.handle, pointer, seen.length, limit, top, top + 4 * limit),
      );
      const scores = this.core.copy(Float32Array, top + 4 * limit, count);
      return Array.from(this.core.copy(Uint32Array, top, count), (item, n) => ({
        item,
        score: scores[n],
        ...this.explain(item, scores[n], seen, reasons),
      }));
    });
  }

  /**
   * Finds the user's parameters.
   * @param {number} pointer
   * @param {number} count
   * @param {number} seed
   */
  fit(pointer, count, seed) {
    if (this.byItems || !this.learns || count === 0) return;
    if (this.fold) this.fold.fit(pointer, count);
    else this.core.exports.ncf_fold_in_run(this.handle, pointer, count, STEPS, seed);
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

// Ranking: of held-out films among others, and of all films for a user.

import { checkIndex } from './check.mjs';
import { notShown } from './shown.mjs';
import { sidesOf } from './features.mjs';
import { Handle } from './handle.mjs';

/** The row of a user or film that the data do not have. */
const NEW = 2 ** 32 - 1;

/** @typedef {import('./model.mjs').Model} Model */
/** @typedef {{greater: number, equal: number, candidates: number}} Rank  films scored above and the same; all ranked */
/**
 * @typedef {object} Metrics  means over users; half-widths of 95 % intervals; curves are indexed by K - 1
 * @property {number} users
 * @property {number} hr      HR@10
 * @property {number} hrHalfWidth
 * @property {number} ndcg    NDCG@10
 * @property {number} ndcgHalfWidth
 * @property {number} mrr
 * @property {number} mrrHalfWidth
 * @property {boolean} allEqual   every candidate of every user had the same score: the model tells nothing apart
 * @property {number[]} hrCurve   HR@1 … HR@20
 * @property {number[]} ndcgCurve
 */

/** Ranks held-out films and recommends, with the weights that the model had at the last start(). */
export class Evaluator extends Handle {
  /**
   * @param {Model} model
   * @param {import('./split.mjs').Split} split
   * @param {boolean} validation
   */
  constructor(model, split, validation) {
    const { core } = model;
    const { exports } = core;
    const make = () => core.check(exports.ncf_evaluator_new(model.handle, split.handle, validation));
    super('evaluator', [model, split], make, exports.ncf_evaluator_free);
    this.core = core;
    this.model = model;
    this.split = split;
  }

  /** Takes the model's present weights and begins with the first user. */
  start() {
    this.core.exports.ncf_evaluator_start(this.handle);
  }

  /**
   * Ranks up to `limit` more users; true where all are done. One kind of candidates from start to end.
   * @param {boolean} full  among all films that the user has neither in train nor held out, rather than the 99
   * @param {number} limit
   */
  run(full, limit) {
    return this.core.exports.ncf_evaluator_run(this.handle, full, limit) === 1;
  }

  /**
   * Over all users, when run() is done.
   * @param {boolean} full
   * @returns {Metrics}
   */
  metrics(full) {
    return this.readMetrics(full, 0);
  }

  /**
   * When run() is done with full: what the sampled metrics would be on average over all draws of 99 films. Exact, so it
   * has the chance of the draw no more.
   * @returns {Metrics}
   */
  expectedMetrics() {
    return this.readMetrics(true, this.split.options.negatives);
  }

  /**
   * @param {boolean} full
   * @param {number} negatives  0: the metrics of the ranks as they are; else expected among so many
   * @returns {Metrics}
   */
  readMetrics(full, negatives) {
    const { exports } = this.core;
    const k = exports.ncf_metrics_max_k();
    const all = this.core.borrow(8 * (4 + 4 * k), (pointer) => {
      exports.ncf_evaluator_metrics(this.handle, full, negatives, pointer);
      return Array.from(this.core.copy(Float64Array, pointer, 4 + 4 * k));
    });
    const [users, allEqual, mrr, mrrHalfWidth] = all;
    const [hr, hrHalfWidth, ndcg, ndcgHalfWidth] = [0, 1, 2, 3].map((row) => all.slice(4 + row * k, 4 + (row + 1) * k));
    return {
      users,
      hr: hr[9],
      hrHalfWidth: hrHalfWidth[9],
      ndcg: ndcg[9],
      ndcgHalfWidth: ndcgHalfWidth[9],
      mrr,
      mrrHalfWidth,
      allEqual: allEqual === users,
      hrCurve: hr,
      ndcgCurve: ndcg,
    };
  }

  /**
   * The rank of every user's held-out film, by user index; null for users without one. When run() is done.
   * @param {boolean} full
   * @returns {(Rank | null)[]}
   */
  ranks(full) {
    const all = this.rankTriples(full);
    return Array.from({ length: all.length / 3 }, (_, user) => toRank(all.subarray(3 * user)));
  }

  /**
   * The same as numbers: greater, equal and candidates of every user, the last 0 for users without a held-out film.
   * @param {boolean} full
   * @returns {Uint32Array}  [users, 3]
   */
  rankTriples(full) {
    const pointer = this.core.exports.ncf_evaluator_ranks(this.handle, full);
    return this.core.copy(Uint32Array, pointer, 3 * this.split.dataset.users);
  }

  /**
   * One user's rank with the weights of the last start(); null without a held-out film.
   * @param {number} user
   * @param {boolean} full
   */
  rank(user, full) {
    checkIndex(user, this.split.dataset.users, 'user');
    return this.core.borrow(12, (pointer) => {
      this.core.exports.ncf_evaluator_rank(this.handle, full, user, pointer);
      return toRank(this.core.copy(Uint32Array, pointer, 3));
    });
  }

  /**
   * A user's scores of all films, with the weights of the last start(). What they are: scores.mjs.
   * @param {number} user
   * @returns {Float32Array}  by item
   */
  scores(user) {
    const { users, items } = this.split.dataset;
    checkIndex(user, users, 'user');
    return this.core.borrow(4 * items, (pointer) => {
      this.core.exports.ncf_scores(this.handle, user, pointer);
      return this.core.copy(Float32Array, pointer, items);
    });
  }

  /**
   * The k films with the highest scores that may be shown to a user (shown.mjs), best first.
   * @param {number} user
   * @param {number} k
   * @returns {{item: number, score: number}[]}
   */
  recommend(user, k) {
    checkIndex(user, this.split.dataset.users, 'user');
    return this.top(user, notShown(this.split, user), k);
  }

  /**
   * The k films with the highest scores of a user besides some, best first.
   * @param {number} user
   * @param {ArrayLike<number>} without  ascending, each once
   * @param {number} k
   * @returns {{item: number, score: number}[]}
   */
  top(user, without, k) {
    if (!Number.isInteger(k) || k < 1) throw new RangeError(`k must be a whole number from 1, not “${k}”.`);
    const limit = Math.min(k, this.split.dataset.items);
    const { exports } = this.core;
    return this.core.borrow(8 * limit + 4 * without.length, (pointer) => {
      const scores = pointer + 4 * limit;
      const left = scores + 4 * limit;
      new Uint32Array(exports.memory.buffer, left, without.length).set(without);
      const count = exports.ncf_recommend(this.handle, user, left, without.length, limit, pointer, scores);
      const values = this.core.copy(Float32Array, scores, count);
      return Array.from(this.core.copy(Uint32Array, pointer, count), (item, n) => ({ item, score: values[n] }));
    });
  }

  /**
   * The score of a pair of which either side may be one that the data do not have, told by its features, with the weights
   * of the last start(); scores.mjs says what it is.
   * @param {number | {gender?: string, age?: number, occupation?: string}} user  an index, or a new user
   * @param {number | {genres?: string[], year?: number}} film  an index, or a new film
   * @returns {number}
   * @throws {RangeError} the model knows nothing about new users or films, or there is no such genre, gender or occupation
   */
  scorePair(user, film) {
    const { model, split, core } = this;
    const { dataset } = split;
    const sides = sidesOf(model.settings);
    if (typeof user === 'number') checkIndex(user, dataset.users, 'user');
    else if (!sides.includes('users'))
      throw new RangeError(
        'Only a model with side information about users can score for a user who is not in the data.',
      );
    if (typeof film === 'number') checkIndex(film, dataset.items, 'film');
    else if (!sides.includes('items'))
      throw new RangeError('Only a model with side information about films can score a film that is not in the data.');
    /** @type {(use: (pointer: number, count: number) => number) => number} */
    const withUser = (use) => (typeof user === 'number' ? use(0, 0) : dataset.features('users').ofPerson(user, use));
    /** @type {(use: (pointer: number, count: number) => number) => number} */
    const withFilm = (use) => (typeof film === 'number' ? use(0, 0) : dataset.features('items').ofFilm(film, use));
    const [row, column] = [user, film].map((side) => (typeof side === 'number' ? side : NEW));
    return withUser((mine, few) =>
      withFilm((its, many) => core.exports.ncf_score_pair(this.handle, row, mine, few, column, its, many)),
    );
  }
}

/**
 * @param {Uint32Array} values
 * @returns {Rank | null}
 */
function toRank([greater, equal, candidates]) {
  return candidates === 0 ? null : { greater, equal, candidates };
}

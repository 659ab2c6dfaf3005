// Splits: what is learnt from and what is held out.

import { modelRow } from '../settings/settings.mjs';
import { checkIndex, printOf } from './check.mjs';
import { Handle } from './handle.mjs';
import { createModel } from './model.mjs';

/** @typedef {import('./dataset.mjs').Dataset} Dataset */
/** @typedef {import('../settings/settings.mjs').Settings} Settings */

const NONE = 0xffffffff;

/**
 * positiveFrom: the least rating of a positive. validation: the seed that films for it are drawn with.
 * @typedef {{negatives: number, seed: number, hold: 'last' | 'random' | 'nothing', positiveFrom: number, validation?: number}} SplitOptions
 */

export class Split extends Handle {
  /**
   * @param {Dataset} dataset
   * @param {SplitOptions} options
   */
  constructor(dataset, options) {
    const { core } = dataset;
    const { negatives, seed, hold, positiveFrom, validation } = options;
    const held = core.code('holdOut', hold);
    const make = () => core.check(core.exports.ncf_split_new(dataset.handle, negatives, seed, held, positiveFrom));
    super('split', [dataset], make, core.exports.ncf_split_free);
    /** What models are to learn from this. */
    this.task = /** @type {const} */ ('ranking');
    this.dataset = dataset;
    this.core = core;
    this.options = options;
    const [rows, positives, sameTimes, tied, testsInTrain, choices] = core.borrow(48, (pointer) => {
      core.exports.ncf_split_facts(this.handle, pointer);
      return Array.from(core.copy(Float64Array, pointer, 6));
    });
    /** Of the rows that it was made of (src/data/split.h), and how many films there are to choose from. */
    this.facts = { rows, positives, sameTimes, tied, testsInTrain, choices };
    /** Different pairs of a user and a film, without those of a test file. @type {number} */
    this.pairs = core.exports.ncf_split_train_pairs(this.handle);
    if (!dataset.hasTest) this.pairs += core.exports.ncf_split_held_users(this.handle, 0);
    if (validation !== undefined)
      try {
        core.check(core.exports.ncf_split_hold_validation(this.handle, negatives, validation));
      } catch (error) {
        this.free();
        throw error;
      }
    /** @type {number} */
    this.testUsers = core.exports.ncf_split_held_users(this.handle, 0);
    /** @type {number} */
    this.validationUsers = core.exports.ncf_split_held_users(this.handle, 1);
    /** @type {number} */
    this.trainPairs = core.exports.ncf_split_train_pairs(this.handle);
  }

  /**
   * The same split, the same test included, but with one random train item of every user who has two held out for
   * validation. Owned by the caller.
   * @param {number} seed
   */
  withValidation(seed) {
    this.mustLive();
    return new Split(this.dataset, { ...this.options, validation: seed });
  }

  /**
   * What users have in train: those of user u are items[start[u]] … items[start[u + 1] - 1], ascending.
   * @returns {{start: Uint32Array, items: Uint32Array}}  copies: start [users + 1]
   */
  trainRows() {
    const { exports } = this.core;
    const start = this.core.copy(Uint32Array, exports.ncf_split_train_start(this.handle), this.dataset.users + 1);
    const pairs = exports.ncf_split_train_pairs(this.handle) >>> 0;
    return { start, items: this.core.copy(Uint32Array, exports.ncf_split_train_items(this.handle), pairs) };
  }

  /** Where each user's train items start, a copy [users + 1]. */
  trainStarts() {
    return this.core.copy(Uint32Array, this.core.exports.ncf_split_train_start(this.handle), this.dataset.users + 1);
  }

  /** How many films anybody has in train. */
  drawable() {
    return new Set(this.trainRows().items).size;
  }

  /**
   * Whether each film is there to be chosen: candidates, negatives and recommendations are such films alone.
   * @returns {Uint8Array}  by film
   */
  choices() {
    const pointer = this.core.exports.ncf_split_choice(this.handle);
    const chosen = new Uint8Array(this.dataset.items).fill(pointer === 0 ? 1 : 0);
    if (pointer !== 0) for (const item of this.core.copy(Uint32Array, pointer, this.facts.choices)) chosen[item] = 1;
    return chosen;
  }

  /**
   * What a user has in train.
   * @param {number} user
   * @returns {Uint32Array}  ascending, a copy
   */
  trainItems(user) {
    const { exports } = this.core;
    checkIndex(user, this.dataset.users, 'user');
    const start = exports.ncf_split_train_start(this.handle) + 4 * user;
    const [from, end] = this.core.copy(Uint32Array, start, 2);
    return this.core.copy(Uint32Array, exports.ncf_split_train_items(this.handle) + 4 * from, end - from);
  }

  /**
   * Whether a user has an item in train.
   * @param {number} user
   * @param {number} item
   */
  has(user, item) {
    return this.trainItems(user).includes(item);
  }

  /**
   * How many train items each user has, and how many users have each item in train.
   * @returns {{ofUsers: Uint32Array, ofItems: Uint32Array}}
   */
  trainCounts() {
    const { start, items } = this.trainRows();
    const ofItems = new Uint32Array(this.dataset.items);
    for (const item of items) ofItems[item]++;
    return {
      ofUsers: Uint32Array.from({ length: start.length - 1 }, (_, user) => start[user + 1] - start[user]),
      ofItems,
    };
  }

  /**
   * The held-out item of a user, or -1.
   * @param {number} user
   */
  testItem(user) {
    return this.heldItem(user, false);
  }

  /**
   * The item of a user that is held out for validation, or -1.
   * @param {number} user
   */
  validationItem(user) {
    return this.heldItem(user, true);
  }

  /**
   * @param {number} user
   * @param {boolean} validation
   */
  heldItem(user, validation) {
    checkIndex(user, this.dataset.users, 'user');
    const item = this.core.exports.ncf_split_held_item(this.handle, validation, user) >>> 0;
    return item === NONE ? -1 : item;
  }

  /**
   * A fingerprint of what is held out, for the test or for validation, by the ids of the files: 16 hexadecimal digits of each
   * user's item, and 16 of the negatives that it is ranked among. '' where nothing is held out.
   * @param {boolean} [validation]
   */
  fingerprint(validation = false) {
    const { core, handle, dataset } = this;
    return core.borrow(16, (pointer) => {
      core.exports.ncf_split_fingerprint(handle, dataset.handle, validation, pointer);
      return Array.from(core.copy(BigUint64Array, pointer, 2), printOf).join('');
    });
  }

  /**
   * The films that a user's held-out one is ranked among in the sampled evaluation, ascending; none where it has none.
   * @param {number} user
   * @returns {Uint32Array}
   */
  testNegatives(user) {
    checkIndex(user, this.dataset.users, 'user');
    const { exports } = this.core;
    const pointer = exports.ncf_split_negatives(this.handle, user);
    const all = this.core.copy(Uint32Array, pointer, exports.ncf_split_negative_count(this.handle, user));
    const item = this.testItem(user);
    return all.filter((negative) => negative !== item);
  }

  /**
   * How many films test users' held-out ones are ranked among in the sampled evaluation, themselves included.
   * @param {number} k
   * @returns {{least: number, most: number, short: number, fewest: number, chance: number}}  short: users who have fewer than
   *   was asked for; fewest: those who have k or fewer; chance: the HR@k of a random order
   */
  candidates(k) {
    const { exports } = this.core;
    let [least, most, short, fewest, chance] = [Infinity, 0, 0, 0, 0];
    for (let user = 0; user < this.dataset.users; user++) {
      if (this.testItem(user) < 0) continue;
      const films = exports.ncf_split_negative_count(this.handle, user) + 1;
      least = Math.min(least, films);
      most = Math.max(most, films);
      if (films <= this.options.negatives) short++;
      if (films <= k) fewest++;
      chance += Math.min(1, k / films) / this.testUsers;
    }
    return { least, most, short, fewest, chance };
  }

  /**
   * A model with the initial weights of settings.seed; ItemPop comes ready, with the counts of this split's train items.
   * @param {Settings} settings
   */
  createModel(settings) {
    const model = createModel(this, settings);
    if (modelRow(settings.model).fit === 'counts') this.core.exports.ncf_itempop_fit(model.handle, this.handle);
    return model;
  }
}

// Datasets: reading files, and what is in them.

import { checkIndex, hexOf } from './check.mjs';
import { Features } from './features.mjs';
import { fileKinds } from './file_kinds.mjs';
import { Handle } from './handle.mjs';
import { Holdout } from './holdout.mjs';
import { SettingError } from '../settings/settings.mjs';
import { Split } from './split.mjs';
import { fault } from '../words/fault.mjs';

/** @typedef {import('./module.mjs').Core} Core */
/** @typedef {import('./file_kinds.mjs').Role} Role */
/** @typedef {{item: number, id: number, title: string, year: number, genres: string[]}} Film  year 0: not known */

/**
 * What tells data from others, each 16 hexadecimal digits (src/data/fingerprint.h): `content` of the ratings as a set (users,
 * items, ratings, times; of the paper's triple its negatives too), `order` of the same in the order of their rows.
 * @typedef {{content: string, order: string}} Fingerprint
 */

/** Candidates that a held-out film is ranked among besides itself, as in the paper. */
export const TEST_NEGATIVES = 99;

/** The least single-precision number above 0. */
const LEAST_ABOVE_0 = 2 ** -149;

/**
 * Takes the bytes of data files in chunks of any size: the ratings first, and of the paper's triple the test file and the
 * negatives after them; films and people whenever.
 */
export class DatasetReader extends Handle {
  /** @param {Core} core */
  constructor(core) {
    super('dataset reader', [], () => core.check(core.exports.ncf_dataset_new()), core.exports.ncf_dataset_free);
    this.core = core;
    this.inTest = false;
  }

  /** Ratings read so far. */
  get ratings() {
    return this.core.exports.ncf_dataset_ratings(this.handle);
  }

  /**
   * @param {Role} role
   * @param {Uint8Array} chunk
   */
  feed(role, chunk) {
    const { exports } = this.core;
    const file = this.fileOf(role);
    this.core.borrow(chunk.length, (pointer) => {
      new Uint8Array(exports.memory.buffer).set(chunk, pointer);
      this.checkLine(role, exports.ncf_dataset_feed(this.handle, file, pointer, chunk.length));
    });
  }

  /** @param {Role} role */
  finish(role) {
    this.checkLine(role, this.core.exports.ncf_dataset_finish(this.handle, this.fileOf(role)));
  }

  /** The core's number for the reader of a file. From its first bytes on the ratings are those of the test. @param {Role} role */
  fileOf(role) {
    const { handle } = this;
    if (role === 'test' && !this.inTest) {
      this.inTest = true;
      this.core.exports.ncf_dataset_begin_test(handle);
    }
    return this.core.code('file', fileKinds[role].reader);
  }

  /** @param {Role} role @param {number} answer */
  checkLine(role, answer) {
    const file = fileKinds[role].reader;
    this.core.check(answer, { file, line: this.core.exports.ncf_dataset_line(this.handle, this.fileOf(role)) });
  }

  /** The dataset, which takes the reader's place: what was read is now its own. */
  dataset() {
    const dataset = new Dataset(this.core, this.handle);
    this.letGo('has become a dataset');
    return dataset;
  }
}

/** Users and items are numbered 0, 1, 2 … in the order in which the rating file first names them. */
export class Dataset extends Handle {
  /**
   * @param {Core} core
   * @param {number} handle
   */
  constructor(core, handle) {
    const { exports } = core;
    super('dataset', [], () => handle, exports.ncf_dataset_free);
    this.core = core;
    /** @type {number} */
    this.users = exports.ncf_dataset_users(handle);
    /** @type {number} */
    this.items = exports.ncf_dataset_items(handle);
    /** @type {number} */
    this.ratings = exports.ncf_dataset_ratings(handle);
    /** Whether they bring their own test items and negatives, as the paper's triple does. */
    this.hasTest = exports.ncf_dataset_has_test(handle) === 1;
    /** @type {Fingerprint | undefined} */
    this.told = undefined;
    /** @type {Partial<Record<'items' | 'users', Features>>} */
    this.sides = {};
    /** Whether the files bring their own test, as the paper's triple does. */
    this.hasTest = exports.ncf_dataset_has_test(handle) === 1;
    /** @type {{lowest: number, highest: number, zeros: number, low: number} | undefined} */
    this.measured = undefined;
    /** Splits that runs share, by what tells them apart. @type {Map<string, {split: Split, uses: number}>} */
    this.lent = new Map();
    /** The ids of the file by index. */
    this.userIds = core.copy(Uint32Array, exports.ncf_dataset_ids(handle, 0), this.users);
    this.itemIds = core.copy(Uint32Array, exports.ncf_dataset_ids(handle, 1), this.items);
    /** @type {string[]} */
    this.genres = Array.from({ length: exports.ncf_dataset_genres(handle) }, (_, genre) =>
      core.text(exports.ncf_dataset_genre(handle, genre)),
    );
  }

  /** Reads all ratings once, when it is first asked for: .3 s for 25 million. @returns {Fingerprint} */
  get fingerprint() {
    this.told ??= this.core.borrow(16, (pointer) => {
      this.core.exports.ncf_dataset_fingerprint(this.handle, pointer);
      const [content, order] = this.core.copy(BigUint64Array, pointer, 2);
      return { content: hexOf(content), order: hexOf(order) };
    });
    return this.told;
  }

  /**
   * The index of a user's id, or -1.
   * @param {number} id
   */
  userIndex(id) {
    return this.userIds.indexOf(id);
  }

  /**
   * @param {number} item
   * @returns {Film}
   */
  film(item) {
    const { core, handle } = this;
    const { exports } = core;
    const id = this.itemIds[checkIndex(item, this.items, 'film')];
    const film = exports.ncf_dataset_film(handle, item);
    if (film === 0) return { item, id, title: `Film ${id}`, year: 0, genres: [] };
    const genres = exports.ncf_film_genres(film);
    return {
      item,
      id,
      title: core.text(exports.ncf_film_title(handle, film), exports.ncf_film_title_length(film)),
      year: exports.ncf_film_year(film),
      genres: this.genres.filter((_, genre) => (genres >>> genre) & 1),
    };
  }

  /**
   * What a user has rated, newest first.
   * @param {number} user
   * @returns {{item: number, rating: number, timestamp: number}[]}
   */
  history(user) {
    const { core, handle } = this;
    const { exports } = core;
    checkIndex(user, this.users, 'user');
    const count = exports.ncf_dataset_history(handle, user, 0, 0);
    return core.borrow(4 * count, (pointer) => {
      exports.ncf_dataset_history(handle, user, pointer, count);
      return Array.from(core.copy(Uint32Array, pointer, count), (row) => this.rating(row));
    });
  }

  /**
   * A rating by its place in the file, from 0.
   * @param {number} row
   */
  rating(row) {
    const { handle } = this;
    const { exports } = this.core;
    checkIndex(row, this.ratings, 'rating');
    return {
      item: /** @type {number} */ (exports.ncf_rating_item(handle, row)),
      rating: /** @type {number} */ (exports.ncf_rating_value(handle, row)),
      timestamp: exports.ncf_rating_time(handle, row) >>> 0,
    };
  }

  /**
   * Each user's latest rating becomes the test item, with random negatives beside it. These have a seed of their own, so
   * that runs with different seeds face the same test and can be compared. The paper's triple brings its own test items
   * and negatives, and these are taken as they are.
   * @param {{negatives?: number, seed?: number, holdOut?: 'last' | 'random' | 'nothing', positiveFrom?: 'off' | number}} [options]
   *   holdOut: a random one instead, or nothing. positiveFrom: rows of lower ratings are left out
   */
  leaveOneOut({ negatives = TEST_NEGATIVES, seed = 0, holdOut = 'last', positiveFrom = 'off' } = {}) {
    if (this.hasTest && holdOut === 'random') throw new SettingError('holdOut', fault('ownTest'));
    return new Split(this, { negatives, seed, hold: holdOut, positiveFrom: this.leastPositive(positiveFrom) });
  }

  /**
   * The split that runs share, made for the first of them.
   * @param {{holdOut: 'last' | 'random' | 'nothing', positiveFrom: 'off' | number}} settings  others are not read
   * @returns {Split}  to be handed to returnSplit(), not freed
   */
  borrowSplit({ holdOut, positiveFrom }) {
    const key = `${holdOut} ${this.leastPositive(positiveFrom)}`;
    let lent = this.lent.get(key);
    if (!lent || lent.split.freed)
      this.lent.set(key, (lent = { split: this.leaveOneOut({ holdOut, positiveFrom }), uses: 0 }));
    lent.uses++;
    return lent.split;
  }

  /** The last who returns it frees it. @param {Split} split */
  returnSplit(split) {
    for (const [key, lent] of this.lent) {
      if (lent.split !== split || --lent.uses > 0) continue;
      this.lent.delete(key);
      split.free();
    }
  }

  /**
   * The least rating of a positive. Where 0 is the lowest it means that there was none, as in the paper's code.
   * @param {'off' | number} positiveFrom
   */
  leastPositive(positiveFrom) {
    if (positiveFrom !== 'off') return positiveFrom;
    const { lowest, highest } = this.scale;
    return lowest === 0 && highest > 0 ? LEAST_ABOVE_0 : -Infinity;
  }

  /** Of the ratings, those of a test file apart: the ends of their scale, and how many are 0, and 0 or below. */
  get scale() {
    const { core, handle } = this;
    this.measured ??= core.borrow(32, (pointer) => {
      core.exports.ncf_dataset_scale(handle, pointer);
      const [lowest, highest, zeros, low] = core.copy(Float64Array, pointer, 4);
      return { lowest, highest, zeros, low };
    });
    return this.measured;
  }

  /**
   * Ratings held out at random, for models that predict ratings.
   * @param {{testShare?: number, validationShare?: number, folds?: number, fold?: number, seed?: number}} [options]
   *   folds above 0: fold `fold` of them, from 1, is the test
   */
  holdOut(options = {}) {
    return new Holdout(this, options);
  }

  /**
   * What is known about films or users besides ratings; made once and freed with the dataset.
   * @param {'items' | 'users'} side
   * @throws {import('./errors.mjs').DataError} nothing is known
   */
  features(side) {
    const made = this.sides[side];
    if (made && !made.freed) return made;
    return (this.sides[side] = new Features(this, side));
  }
}

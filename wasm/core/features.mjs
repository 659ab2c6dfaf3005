// Side information: what is known about films and users besides ratings.

import { DataError } from './errors.mjs';
import { reads } from '../settings/settings.mjs';
import { Handle } from './handle.mjs';
import { fault } from '../words/fault.mjs';

/** @typedef {import('./dataset.mjs').Dataset} Dataset */
/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** @typedef {{kind: string, name: string, rows: number}} Feature  rows: how many films or users have it */

/** What is not known (data/people.h), and an age that is not. */
const UNKNOWN = 255;
const UNKNOWN_AGE = 2 ** 32 - 1;

const lacking = {
  items: fault('noFilmSide'),
  users: fault('noUserSide'),
};

export class Features extends Handle {
  /**
   * @param {Dataset} dataset
   * @param {'items' | 'users'} side
   */
  constructor(dataset, side) {
    const { core } = dataset;
    const { exports } = core;
    const make = () => core.check(exports.ncf_features_new(dataset.handle, Number(side === 'items')));
    super('side information', [dataset], make, exports.ncf_features_free);
    this.core = core;
    this.genres = dataset.genres;
    const count = exports.ncf_features_count(this.handle);
    if (count === 0) {
      this.free();
      throw new DataError(lacking[side]);
    }
    /** @type {Feature[]} */
    this.list = Array.from({ length: count }, (_, feature) => ({
      kind: core.text(exports.ncf_feature_kind(this.handle, feature)),
      name: core.text(exports.ncf_feature_name(this.handle, feature)),
      rows: exports.ncf_feature_rows(this.handle, feature),
    }));
  }

  /** By feature, such as “genre: Drama”: what tells it in another dataset too. */
  get names() {
    return this.list.map(({ kind, name }) => `${kind}: ${name}`);
  }

  /**
   * Calls `use` with the features of a film that the data do not have.
   * @template R
   * @param {{genres?: string[], year?: number}} film  genres among the dataset's; year 0: not known
   * @param {(pointer: number, count: number) => R} use
   * @returns {R}
   */
  ofFilm({ genres = [], year = 0 }, use) {
    const bits = new Set(genres.map((genre) => this.codeOf('genre', genre, this.genres)));
    const all = [...bits].reduce((sum, bit) => sum + 2 ** bit, 0);
    return this.lend((pointer) => this.core.exports.ncf_features_of_film(this.handle, pointer, all, year), use);
  }

  /**
   * Calls `use` with the features of a person whom the data do not have; what is left out is not known.
   * @template R
   * @param {{gender?: string, age?: number, occupation?: string}} person  age in years
   * @param {(pointer: number, count: number) => R} use
   * @returns {R}
   */
  ofPerson({ gender, age = UNKNOWN_AGE, occupation }, use) {
    const code = (/** @type {string} */ kind, /** @type {string | undefined} */ name) =>
      name === undefined ? UNKNOWN : this.codeOf(kind, name, this.namesOf(kind));
    const [sex, work] = [code('gender', gender), code('occupation', occupation)];
    return this.lend((pointer) => this.core.exports.ncf_features_of_person(this.handle, pointer, sex, age, work), use);
  }

  /**
   * @template R
   * @param {(pointer: number) => number} write  tells how many
   * @param {(pointer: number, count: number) => R} use
   * @returns {R}
   */
  lend(write, use) {
    return this.core.borrow(4 * this.core.exports.ncf_features_most(), (pointer) => use(pointer, write(pointer)));
  }

  /** @param {string} kind */
  namesOf(kind) {
    return this.list.filter((feature) => feature.kind === kind).map(({ name }) => name);
  }

  /**
   * @param {string} kind
   * @param {string} name
   * @param {string[]} names  what there is
   * @returns {number}
   */
  codeOf(kind, name, names) {
    if (!names.includes(name)) throw new RangeError(`There is no ${kind} “${name}”: ${names.join(', ')}.`);
    const at = this.list.findIndex((feature) => feature.kind === kind && feature.name === name);
    // A genre of films that nobody has rated is no feature: it has the place that the dataset lists it at.
    return at < 0 ? names.indexOf(name) : this.core.exports.ncf_feature_code(this.handle, at);
  }
}

/**
 * The sides whose features the model has as inputs.
 * @param {Settings} settings
 * @returns {('items' | 'users')[]}
 */
export function sidesOf({ model, side }) {
  if (!reads(model, 'side') || side === 'off') return [];
  return side === 'both' ? ['users', 'items'] : [side];
}

// Side information: what is known about films and users besides ratings.

import { DataError } from '../errors.mjs';
import { reads } from '../settings.mjs';

/** @typedef {import('./dataset.mjs').Dataset} Dataset */
/** @typedef {import('../settings.mjs').Settings} Settings */
/** @typedef {{kind: string, name: string, rows: number}} Feature  rows: how many films or users have it */

const lacking = {
  items:
    'This data has no genres or years of films, so there is no side information about them. Turn side information off, or open a dataset with its film file.',
  users:
    'This data has no gender, age or occupation of users, so there is no side information about them. Choose that of films, or open MovieLens 1M or 100K with its file about users.',
};

export class Features {
  /**
   * @param {Dataset} dataset
   * @param {'items' | 'users'} side
   */
  constructor(dataset, side) {
    const { core } = dataset;
    const { exports } = core;
    this.core = core;
    this.handle = core.check(exports.ncf_features_new(dataset.handle, Number(side === 'items')));
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

  free() {
    this.core.exports.ncf_features_free(this.handle);
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

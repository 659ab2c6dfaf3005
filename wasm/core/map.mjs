// The films of a model in two dimensions.

import { modelRow } from '../settings/settings.mjs';
import { checkIndex } from './check.mjs';
import { Handle } from './handle.mjs';

/** @typedef {import('./model.mjs').Model} Model */

/** Whether a model has embeddings of films, without which there is no map. @param {import('../settings/settings.mjs').Settings} settings */
export function hasMap(settings) {
  const { parts } = modelRow(settings.model);
  return parts.includes('gmf') || parts.includes('mlp');
}

/** Maps of a model's films, one after the other, each turned to the one before it. */
export class FilmMap extends Handle {
  /** @param {Model} model  whose present weights the first map is of */
  constructor(model) {
    const { core } = model;
    const { exports } = core;
    super('map', [model], () => core.check(exports.ncf_map_new(model.handle)), exports.ncf_map_free);
    this.core = core;
    this.items = model.source.dataset.items;
    /** Numbers that an embedding has. @type {number} */
    this.width = exports.ncf_map_width(this.handle);
  }

  /** Begins the next map. @param {Model} model  of the same shape; its weights are copied */
  take(model) {
    this.core.exports.ncf_map_take(this.handle, model.handle);
  }

  /** Goes on with it; true where it is done. @param {number} limit  some thousands of steps are a few milliseconds */
  run(limit) {
    return this.core.exports.ncf_map_run(this.handle, limit) === 1;
  }

  /** When it is done: x and y of each film, one film after the other. */
  places() {
    return this.core.copy(Float32Array, this.core.exports.ncf_map_places(this.handle), 2 * this.items);
  }

  /** The axes' shares of the variance. @returns {[number, number]} */
  explained() {
    const { ncf_map_explained: of } = this.core.exports;
    return [of(this.handle, 0), of(this.handle, 1)];
  }

  /**
   * The films whose embeddings have the largest cosine with that of `item`, nearest first: in all their dimensions.
   * @param {number} item
   * @param {number} k
   */
  neighbours(item, k) {
    checkIndex(item, this.items, 'film');
    const limit = Math.min(k, this.items);
    return this.core.borrow(8 * limit, (pointer) => {
      const cosines = pointer + 4 * limit;
      const count = this.core.exports.ncf_map_neighbours(this.handle, pointer, cosines, item, limit);
      const values = this.core.copy(Float32Array, cosines, count);
      return Array.from(this.core.copy(Uint32Array, pointer, count), (near, n) => ({
        item: near,
        similarity: values[n],
      }));
    });
  }
}

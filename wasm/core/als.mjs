// Alternating least squares: iALS and eALS.

import { Handle } from './handle.mjs';

/** @typedef {import('./model.mjs').Model} Model */
/** @typedef {import('./learners.mjs').Learner} Learner */
/** @typedef {import('../settings/settings.mjs').Settings} Settings */

const GMF_USER = 'gmf.user_embedding.weight';
const GMF_ITEM = 'gmf.item_embedding.weight';

/**
 * What the core takes: method, factors, λ, weight of the missing data and the exponent.
 * @param {import('./module.mjs').Core} core
 * @param {Settings} settings
 */
function told(core, { model, factors, l2, unobserved, nu, missing, missingPower }) {
  return [
    core.code('als', model),
    factors,
    Number(l2),
    ...(model === 'ials' ? [unobserved, nu] : [missing, missingPower]),
  ];
}

/** @param {Model} model @param {string} name */
function tableOf(model, name) {
  const tensor = model.tensors.find((each) => each.name === name);
  if (!tensor) throw new RangeError(`The model has no ${name}.`);
  return model.core.exports.ncf_tensor_values(model.handle, tensor.row);
}

/** An epoch fits all users' rows, then all films'. @implements {Learner} */
export class Als extends Handle {
  /** @param {Model} model */
  constructor(model) {
    const { core, source, settings } = model;
    const { exports } = core;
    const make = () => {
      const [users, items] = [tableOf(model, GMF_USER), tableOf(model, GMF_ITEM)];
      return core.check(exports.ncf_als_new(users, items, source.handle, ...told(core, settings)));
    };
    super('trainer', [model], make, exports.ncf_als_free);
    this.core = core;
    /** Rows of an epoch. */
    this.instances = source.dataset.users + source.dataset.items;
    this.batches = this.instances;
    this.batchSize = 1;
    this.ended = 0;
    /** Whether the last call ended an epoch. */
    this.between = false;
  }

  /** @param {number} limit */
  run(limit) {
    const reached = this.core.check(this.core.exports.ncf_als_run(this.handle, limit));
    this.between = reached === this.core.code('als reached', 'epoch');
    if (this.between) this.ended++;
    return this.between;
  }

  progress() {
    const { ncf_als_rows_done: rowsDone, ncf_als_loss: loss } = this.core.exports;
    const done = rowsDone(this.handle);
    return {
      epoch: this.between ? this.ended : this.ended + 1,
      done: /** @type {number} */ (this.between ? this.instances : done),
      loss: /** @type {number} */ (loss(this.handle)),
    };
  }
}

/** A new user's row in closed form. */
export class AlsFold extends Handle {
  /**
   * @param {Model} model
   * @param {Handle} foldIn  the new user, whose row it fits
   */
  constructor(model, foldIn) {
    const { core, source, settings } = model;
    const { exports } = core;
    const make = () =>
      core.check(exports.ncf_als_fold_new(tableOf(model, GMF_ITEM), source.handle, ...told(core, settings)));
    super('new user', [model, foldIn], make, exports.ncf_als_fold_free);
    this.core = core;
    this.foldIn = foldIn;
  }

  /**
   * @param {number} pointer  to the liked films
   * @param {number} count
   */
  fit(pointer, count) {
    this.core.check(this.core.exports.ncf_als_fold_in(this.handle, this.foldIn.handle, pointer, count));
  }

  /**
   * What each liked film adds to the score of `item`.
   * @param {number} item
   * @param {number[]} liked
   * @returns {number[]}
   */
  shares(item, liked) {
    return this.core.borrow(8 * liked.length, (pointer) => {
      const shares = pointer + 4 * liked.length;
      new Uint32Array(this.core.exports.memory.buffer, pointer, liked.length).set(liked);
      this.core.exports.ncf_als_fold_shares(this.handle, shares, item, pointer, liked.length);
      return Array.from(this.core.copy(Float32Array, shares, liked.length));
    });
  }
}

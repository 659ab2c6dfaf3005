// The C core as JS classes. This is the only file that sees a pointer: it turns handles into objects, status codes into
// Errors whose message says what to do, and copies results out of the module's memory. Works in a page, a worker and Node.
//
//     const core = await loadCore({ simd: bytesOrResponse, scalar: bytesOrResponse });
//     const reader = core.readDataset();
//     reader.feedRatings(chunk); … reader.finishRatings(); reader.feedFilms(chunk); … reader.finishFilms();
//     const dataset = reader.dataset();
//     const split = dataset.leaveOneOut({ negatives: 99, seed: 1 });
//     const model = split.createModel(checkSettings({ model: 'neumf' }));
//
// Every object has free(), to be called when it is no longer used; one made from another is freed before it.

import { CoreError } from './errors.mjs';
import { l2Groups, tower } from './settings.mjs';

export * from './errors.mjs';
export * from './settings.mjs';
export * from './run.mjs';
export * from './safetensors.mjs';
export * from './files.mjs';

/** Candidates that a held-out film is ranked among besides itself, as in the paper. */
export const TEST_NEGATIVES = 99;
const NONE = 0xffffffff;
// The core's enums, in its order: activation, optimizer_kind, sampler_order.
const ACTIVATIONS = ['relu', 'tanh', 'sigmoid', 'identity'];
const OPTIMIZERS = ['adam', 'adam-dense', 'adam-lazy', 'sgd', 'adagrad', 'rmsprop'];
const ORDERS = ['shuffled', 'grouped'];
const PARTS = { itempop: 1, gmf: 2, mlp: 4, neumf: 6 };

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {{item: number, id: number, title: string, year: number, genres: string[]}} Film  year 0: not known */
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

/** @typedef {import('./errors.mjs').DataFile} DataFile */

/**
 * A module's source: what fetch gives, a file's bytes, or a compiled module.
 * @typedef {BufferSource | Response | Promise<Response> | WebAssembly.Module} ModuleSource
 */

/** Whether this machine runs wasm SIMD: the smallest module with a v128 in it. */
export function hasSimd() {
  return WebAssembly.validate(
    new Uint8Array([
      0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
    ]),
  );
}

/**
 * Loads the SIMD module where it runs, else the scalar one; sources are functions, so that only one is fetched.
 * @param {{simd?: () => ModuleSource | Promise<ModuleSource>, scalar?: () => ModuleSource | Promise<ModuleSource>}} sources
 * @returns {Promise<Core>}
 */
export async function loadCore({ simd, scalar }) {
  const source = simd && (hasSimd() || !scalar) ? simd : scalar;
  if (!source) throw new Error('loadCore needs a source of the wasm module.');
  let module = await source();
  if (module instanceof Response) module = await module.arrayBuffer();
  if (!(module instanceof WebAssembly.Module)) module = await WebAssembly.compile(/** @type {BufferSource} */ (module));
  const instance = await WebAssembly.instantiate(module, { env: { emscripten_notify_memory_growth() {} } });
  const exports = /** @type {any} */ (instance.exports);
  exports._initialize?.();
  return new Core(exports);
}

/** The loaded module. Its memory is looked at anew for every copy, since growing it cuts off earlier views. */
export class Core {
  /** @param {any} exports */
  constructor(exports) {
    /** @type {any} */
    this.exports = exports;
    /** Whether the kernels run as SIMD instructions. */
    this.simd = exports.ncf_simd() === 1;
  }

  /** Bytes of memory that the module holds: its peak, since a module's memory never shrinks. */
  get memoryBytes() {
    return this.exports.memory.buffer.byteLength;
  }

  /** @returns {DatasetReader} */
  readDataset() {
    return new DatasetReader(this);
  }

  /**
   * What the core answered, or its error: answers are handles and counts, or minus a status.
   * @param {number} answer
   * @param {{file?: DataFile, line?: number}} [place]
   */
  check(answer, place) {
    if (answer < 0) throw new CoreError(-answer, place);
    return answer;
  }

  /**
   * A copy of an array in the module's memory.
   * @template {Uint8Array | Uint32Array | Float32Array | Float64Array} T
   * @param {new (buffer: ArrayBuffer, offset: number, length: number) => T} type
   * @param {number} pointer
   * @param {number} length
   * @returns {T}
   */
  copy(type, pointer, length) {
    return /** @type {T} */ (new type(this.exports.memory.buffer, pointer, length).slice());
  }

  /**
   * @param {number} pointer
   * @param {number} [length]  up to the terminating zero where absent
   */
  text(pointer, length) {
    const bytes = new Uint8Array(this.exports.memory.buffer, pointer);
    return new TextDecoder().decode(bytes.slice(0, length ?? bytes.indexOf(0)));
  }

  /**
   * Calls `use` with the address of `bytes` fresh bytes and frees them afterwards.
   * @template R
   * @param {number} bytes
   * @param {(pointer: number) => R} use
   * @returns {R}
   */
  borrow(bytes, use) {
    const pointer = this.exports.ncf_alloc(bytes);
    if (pointer === 0) throw new CoreError(1);
    try {
      return use(pointer);
    } finally {
      this.exports.ncf_free(pointer);
    }
  }
}

// How the core numbers the files.
const fileNumbers = { ratings: 0, films: 1, negatives: 2 };

/**
 * Takes the bytes of a rating file and, where there is one, a film file, in chunks of any size. For the paper's triple: the
 * train file as ratings, then beginTest(), the test file as ratings again, and the negatives last.
 */
export class DatasetReader {
  /** @param {Core} core */
  constructor(core) {
    this.core = core;
    this.handle = core.check(core.exports.ncf_dataset_new());
  }

  /** Ratings read so far. */
  get ratings() {
    return this.core.exports.ncf_dataset_ratings(this.handle);
  }

  /** @param {Uint8Array} chunk */
  feedRatings(chunk) {
    this.feed(chunk, 'ratings');
  }
  finishRatings() {
    this.finish('ratings');
  }

  /** The ratings from here on are those of the test file. To be called once, when the train file is finished. */
  beginTest() {
    this.core.exports.ncf_dataset_begin_test(this.handle);
  }

  /** @param {Uint8Array} chunk */
  feedNegatives(chunk) {
    this.feed(chunk, 'negatives');
  }
  finishNegatives() {
    this.finish('negatives');
  }

  /** @param {Uint8Array} chunk */
  feedFilms(chunk) {
    this.feed(chunk, 'films');
  }
  finishFilms() {
    this.finish('films');
  }

  /**
   * @param {Uint8Array} chunk
   * @param {DataFile} file
   */
  feed(chunk, file) {
    const { exports } = this.core;
    this.core.borrow(chunk.length, (pointer) => {
      new Uint8Array(exports.memory.buffer).set(chunk, pointer);
      this.checkLine(exports.ncf_dataset_feed(this.handle, fileNumbers[file], pointer, chunk.length), file);
    });
  }

  /** @param {DataFile} file */
  finish(file) {
    this.checkLine(this.core.exports.ncf_dataset_finish(this.handle, fileNumbers[file]), file);
  }

  /**
   * @param {number} answer
   * @param {DataFile} file
   */
  checkLine(answer, file) {
    const line = this.core.exports.ncf_dataset_line(this.handle, fileNumbers[file]);
    this.core.check(answer, { file, line });
  }

  /** The dataset, which takes the reader's place: free that one. */
  dataset() {
    return new Dataset(this.core, this.handle);
  }

  free() {
    this.core.exports.ncf_dataset_free(this.handle);
  }
}

/** Users and items are numbered 0, 1, 2 … in the order in which the rating file first names them. */
export class Dataset {
  /**
   * @param {Core} core
   * @param {number} handle
   */
  constructor(core, handle) {
    const { exports } = core;
    this.core = core;
    this.handle = handle;
    /** @type {number} */
    this.users = exports.ncf_dataset_users(handle);
    /** @type {number} */
    this.items = exports.ncf_dataset_items(handle);
    /** @type {number} */
    this.ratings = exports.ncf_dataset_ratings(handle);
    /** The ids of the file by index. */
    this.userIds = core.copy(Uint32Array, exports.ncf_dataset_ids(handle, 0), this.users);
    this.itemIds = core.copy(Uint32Array, exports.ncf_dataset_ids(handle, 1), this.items);
    /** @type {string[]} */
    this.genres = Array.from({ length: exports.ncf_dataset_genres(handle) }, (_, genre) =>
      core.text(exports.ncf_dataset_genre(handle, genre)),
    );
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
      return Array.from(core.copy(Uint32Array, pointer, count), (row) => ({
        item: exports.ncf_rating_item(handle, row),
        rating: exports.ncf_rating_value(handle, row),
        timestamp: exports.ncf_rating_time(handle, row) >>> 0,
      }));
    });
  }

  /**
   * Each user's latest rating becomes the test item, with random negatives beside it. These have a seed of their own, so
   * that runs with different seeds face the same test and can be compared. The paper's triple brings its own test items
   * and negatives, and these are taken as they are.
   * @param {{negatives?: number, seed?: number}} [options]
   */
  leaveOneOut({ negatives = TEST_NEGATIVES, seed = 0 } = {}) {
    return new Split(this, { negatives, seed });
  }

  free() {
    this.core.exports.ncf_dataset_free(this.handle);
  }
}

export class Split {
  /**
   * @param {Dataset} dataset
   * @param {{negatives: number, seed: number, validation?: number}} options  validation: the seed that it is drawn with
   */
  constructor(dataset, options) {
    const { core } = dataset;
    const { negatives, seed, validation } = options;
    this.dataset = dataset;
    this.core = core;
    this.options = options;
    this.handle = core.check(core.exports.ncf_split_new(dataset.handle, negatives, seed));
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
    return new Split(this.dataset, { ...this.options, validation: seed });
  }

  /** How many train items each user has. */
  trainCounts() {
    const { users } = this.dataset;
    const start = this.core.copy(Uint32Array, this.core.exports.ncf_split_train_start(this.handle), users + 1);
    return Uint32Array.from({ length: users }, (_, user) => start[user + 1] - start[user]);
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
   * A model with the initial weights of settings.seed; ItemPop comes ready, with the counts of this split's train items.
   * @param {Settings} settings
   */
  createModel(settings) {
    const { core, dataset } = this;
    const layers = tower(settings);
    const l2 = l2Groups(settings);
    const parts = PARTS[/** @type {keyof typeof PARTS} */ (settings.model)];
    const groups = core.exports.ncf_model_groups();
    const handle = core.borrow(4 * (layers.length + groups), (pointer) => {
      const { memory, ncf_model_new: create } = core.exports;
      const { factors, activation, embeddings, seed } = settings;
      const l2Pointer = pointer + 4 * layers.length;
      const shared = settings.model === 'neumf' && embeddings === 'shared';
      new Uint32Array(memory.buffer, pointer, layers.length).set(layers);
      new Float32Array(memory.buffer, l2Pointer, groups).set(l2);
      return core.check(
        create(
          parts,
          factors,
          pointer,
          layers.length,
          ACTIVATIONS.indexOf(activation),
          shared,
          l2Pointer,
          dataset.users,
          dataset.items,
          seed,
        ),
      );
    });
    if (settings.model === 'itempop') core.exports.ncf_itempop_fit(handle, this.handle);
    return new Model(this, settings, handle);
  }

  free() {
    this.core.exports.ncf_split_free(this.handle);
  }
}

/** @typedef {{name: string, shape: number[], row: number}} Tensor  `row` of the core's table */

export class Model {
  /**
   * @param {Split} split
   * @param {Settings} settings
   * @param {number} handle
   */
  constructor(split, settings, handle) {
    const { core } = split;
    this.core = core;
    this.split = split;
    this.settings = settings;
    this.handle = handle;
    /** @type {number} */
    this.parameters = core.exports.ncf_model_parameters(handle);
    /** @type {Tensor[]} */
    this.tensors = [];
    for (let row = 0; row < core.exports.ncf_model_tensors(); row++) {
      const rows = core.exports.ncf_tensor_rows(handle, row);
      const columns = core.exports.ncf_tensor_columns(handle, row);
      if (rows === 0) continue;
      const name = core.text(core.exports.ncf_tensor_name(handle, row));
      this.tensors.push({ name, shape: columns === 0 ? [rows] : [rows, columns], row });
    }
  }

  /**
   * A copy of a tensor's values, row-major.
   * @param {Tensor} tensor
   */
  values(tensor) {
    return this.core.copy(Float32Array, this.core.exports.ncf_tensor_values(this.handle, tensor.row), size(tensor));
  }

  /**
   * @param {Tensor} tensor
   * @param {Float32Array} values
   */
  setValues(tensor, values) {
    if (values.length !== size(tensor)) throw new RangeError(`${tensor.name} has ${size(tensor)} values.`);
    const pointer = this.core.exports.ncf_tensor_values(this.handle, tensor.row);
    new Float32Array(this.core.exports.memory.buffer, pointer, values.length).set(values);
  }

  /** A fingerprint of all weights: 16 hexadecimal digits, equal exactly where every bit is. */
  hash() {
    return BigInt.asUintN(64, this.core.exports.ncf_model_hash(this.handle)).toString(16).padStart(16, '0');
  }

  /**
   * NeuMF from a trained GMF and MLP (eq. 13): α of GMF's output layer, 1 - α of MLP's.
   * @param {Model} gmf
   * @param {Model} mlp
   * @param {number} alpha
   * @throws {CoreError} their shapes don't fit
   */
  pretrain(gmf, mlp, alpha) {
    this.core.check(this.core.exports.ncf_model_pretrain(this.handle, gmf.handle, mlp.handle, alpha));
  }

  createTrainer() {
    return new Trainer(this);
  }

  /**
   * @param {{validation?: boolean}} [options]  validation: of the films held out for validation, not for the test
   */
  createEvaluator({ validation = false } = {}) {
    return new Evaluator(this, validation);
  }

  free() {
    this.core.exports.ncf_model_free(this.handle);
  }
}

/** Trains a model with its own settings (negatives, order, batch size, optimizer, learning rate, seed). */
export class Trainer {
  /** @param {Model} model */
  constructor(model) {
    const { core, split, settings } = model;
    const { negatives, batchSize, lr, seed } = settings;
    const order = ORDERS.indexOf(settings.order);
    const optimizer = OPTIMIZERS.indexOf(settings.optimizer);
    this.core = core;
    const create = core.exports.ncf_trainer_new;
    this.handle = core.check(create(model.handle, split.handle, negatives, order, batchSize, optimizer, lr, seed));
    /** Examples an epoch. @type {number} */
    this.instances = core.exports.ncf_trainer_instances(this.handle);
    /** Batches an epoch. */
    this.batches = Math.ceil(this.instances / batchSize);
  }

  /** @param {number} rate  the learning rate from the next batch on */
  setRate(rate) {
    this.core.exports.ncf_trainer_set_rate(this.handle, rate);
  }

  /**
   * Trains on up to `limit` batches of the epoch under way; true where that ended the epoch.
   * @param {number} limit
   * @returns {boolean}
   */
  run(limit) {
    return this.core.check(this.core.exports.ncf_trainer_run(this.handle, limit)) === 1;
  }

  /**
   * Writes the weights after the last batch to `model`, another one of the same settings. Within an epoch the trained
   * model itself may lag: the optimizer moves a row when it is next used.
   * @param {Model} model
   */
  snapshot(model) {
    this.core.exports.ncf_trainer_snapshot(this.handle, model.handle);
  }

  /** The examples of the last batch, so that another implementation can train on the same ones. */
  batch() {
    const { core, handle } = this;
    const { exports } = core;
    const size = exports.ncf_trainer_batch(handle);
    return {
      users: core.copy(Uint32Array, exports.ncf_trainer_batch_users(handle), size),
      items: core.copy(Uint32Array, exports.ncf_trainer_batch_items(handle), size),
      labels: core.copy(Float32Array, exports.ncf_trainer_batch_labels(handle), size),
    };
  }

  /** Where training is: the epoch (from 1), the examples of it that are done, their mean loss. */
  progress() {
    const { exports } = this.core;
    const done = exports.ncf_trainer_done(this.handle);
    return {
      epoch: /** @type {number} */ (exports.ncf_trainer_epoch(this.handle)),
      done: /** @type {number} */ (done),
      loss: done === 0 ? NaN : exports.ncf_trainer_loss_sum(this.handle) / done,
    };
  }

  free() {
    this.core.exports.ncf_trainer_free(this.handle);
  }
}

/** Ranks held-out films and recommends, with the weights that the model had at the last start(). */
export class Evaluator {
  /**
   * @param {Model} model
   * @param {boolean} validation
   */
  constructor(model, validation) {
    const { core, split } = model;
    this.core = core;
    this.model = model;
    this.split = split;
    this.handle = core.check(core.exports.ncf_evaluator_new(model.handle, split.handle, validation));
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
    const { users } = this.split.dataset;
    const all = this.core.copy(Uint32Array, this.core.exports.ncf_evaluator_ranks(this.handle, full), 3 * users);
    return Array.from({ length: users }, (_, user) => toRank(all.subarray(3 * user)));
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
   * The k films with the highest scores that the user does not have in train, best first; scores are logits.
   * @param {number} user
   * @param {number} k
   * @returns {{item: number, score: number}[]}
   */
  recommend(user, k) {
    const { users, items } = this.split.dataset;
    checkIndex(user, users, 'user');
    if (!Number.isInteger(k) || k < 1) throw new RangeError(`k must be a whole number from 1, not “${k}”.`);
    const limit = Math.min(k, items);
    return this.core.borrow(8 * limit, (pointer) => {
      const scores = pointer + 4 * limit;
      const count = this.core.exports.ncf_recommend(this.handle, user, limit, pointer, scores);
      const values = this.core.copy(Float32Array, scores, count);
      return Array.from(this.core.copy(Uint32Array, pointer, count), (item, n) => ({ item, score: values[n] }));
    });
  }

  free() {
    this.core.exports.ncf_evaluator_free(this.handle);
  }
}

/** @param {Tensor} tensor */
function size(tensor) {
  return tensor.shape.reduce((product, length) => product * length, 1);
}

/**
 * @param {Uint32Array} values
 * @returns {Rank | null}
 */
function toRank([greater, equal, candidates]) {
  return candidates === 0 ? null : { greater, equal, candidates };
}

/**
 * @param {number} index
 * @param {number} count
 * @param {string} what
 */
function checkIndex(index, count, what) {
  if (!Number.isInteger(index) || index < 0 || index >= count)
    throw new RangeError(`There is no ${what} ${index}: there are ${count}, counted from 0.`);
  return index;
}

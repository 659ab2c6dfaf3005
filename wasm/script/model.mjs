// A trained model for scripts: lists, metrics and weights.
/// <reference lib="esnext.disposable" preserve="true" />

import { NewUser, suggestions } from '../core.mjs';
import { filmOf, userOf } from '../lab/ids.mjs';
import { noteToJson } from '../lab/notes.mjs';
import { Run } from '../lab/run.mjs';
import { createTask } from '../lab/tasks.mjs';
import { decodeWeights, encodeWeights, fitWeights } from '../lab/weights.mjs';
import { checkSettings } from '../settings/settings.mjs';
import { host } from '#host';
import { allBytes, sourceOf } from './contents.mjs';
import { Data, loadData } from './data.mjs';

/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** @typedef {import('../lab/run.mjs').EpochEvent} EpochEvent */
/** @typedef {import('../lab/tasks.mjs').MetricSets} MetricSets */
/** @typedef {import('./data.mjs').DataSource} DataSource */
/** @typedef {import('./data.mjs').Film} Film */
/**
 * heldOut: the film that was held out for the test; a good list has it.
 * @typedef {Film & {score: number, heldOut: boolean}} Recommendation
 */
/**
 * For somebody new. reasons: the liked films that speak most for it and their shares of the score, the largest first; exact:
 * whether these are shares of the score itself, else by how near the films are in the model's space.
 * @typedef {Film & {score: number, reasons: {film: Film, share: number}[], exact: boolean}} NewRecommendation
 */
/**
 * A safetensors file: its bytes, or where it lies (a path in Node, an address elsewhere).
 * @typedef {Uint8Array | ArrayBuffer | Blob | string | URL} WeightsSource
 */
/**
 * data: those that it was trained on, bundled ones where absent. Of files without settings: model says which it is, rows
 * whose their rows are (id: row n is the id n; appearance: in the order in which the rating file first names them).
 * @typedef {{data?: Data | DataSource, model?: import('../settings/models.mjs').ModelName, rows?: 'id' | 'appearance', signal?: AbortSignal}} WeightsOptions
 */

/** How many films a list has where nobody says. */
const LENGTH = 10;

/** @param {number} n */
function checkLength(n) {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`n must be a whole number from 1, not “${n}”.`);
  return n;
}

/** A model with the weights that it has at present. */
export class TrainedModel {
  #run;
  #owned;

  /**
   * @param {Run} run  its own from here on
   * @param {Data} data
   * @param {boolean} owned  whether the data are freed with it
   */
  constructor(run, data, owned) {
    this.#run = run;
    this.#owned = owned;
    this.data = data;
    /** How many numbers are learnt. */
    this.parameters = run.model.parameters;
  }

  /** All of them, as they were checked. @returns {Settings} */
  get settings() {
    return this.#run.settings;
  }

  /** One an epoch, epoch 0 (before training) first. @returns {readonly EpochEvent[]} */
  get history() {
    return this.#run.history;
  }

  /** What the numbers are not, because something that is usually so is not so of these data; each with its sentence. */
  get notes() {
    return this.#run.notes.map(noteToJson);
  }

  /** Of the weights, 16 hexadecimal digits: the same as those that `ncf train` prints for the same data and settings. */
  hash() {
    return this.#run.present().hash();
  }

  /** The weights as a safetensors file, as `ncf train --save` writes it. @returns {Uint8Array} */
  weights() {
    return encodeWeights(this.#run.present(), this.#run.config());
  }

  /**
   * The films with the highest scores, best first, without those that the user has in train.
   * @param {number} user  the id in the data
   * @param {{n?: number}} [options]  n: how many, 10 where absent
   * @returns {Recommendation[]}
   * @throws {import('../core.mjs').DataError} there is nobody of that id
   */
  recommend(user, { n = LENGTH } = {}) {
    this.#run.mustLive();
    checkLength(n);
    const { dataset } = this.data;
    return suggestions(this.#run.view(), userOf(dataset, user), n).map(({ item, score, heldOut }) => ({
      ...this.data.film(dataset.itemIds[item]),
      score,
      heldOut,
    }));
  }

  /**
   * The same for somebody new, who likes some films: their parameters alone are fitted, which takes milliseconds.
   * @param {number[]} films  ids of the data
   * @param {{n?: number}} [options]
   * @returns {NewRecommendation[]}
   * @throws {import('../core.mjs').DataError} a film is not in the data, or the model knows people by what is told of them alone
   */
  recommendFor(films, { n = LENGTH } = {}) {
    this.#run.mustLive();
    checkLength(n);
    const { dataset } = this.data;
    const film = (/** @type {number} */ item) => this.data.film(dataset.itemIds[item]);
    const user = new NewUser(this.#run.view());
    try {
      return user
        .recommend(
          films.map((id) => filmOf(dataset, id)),
          n,
        )
        .map(({ item, score, reasons, exact }) => ({
          ...film(item),
          score,
          reasons: reasons.map((reason) => ({ film: film(reason.item), share: reason.share })),
          exact,
        }));
    } finally {
      user.free();
    }
  }

  /**
   * Measures it on what was held out for the test: HR@10 and NDCG@10 among 99 random films (sampled) or all (full), RMSE and
   * MAE of models that predict ratings.
   * @param {{eval?: Settings['eval'], signal?: AbortSignal}} [options]  eval: the setting's where absent
   * @returns {Promise<MetricSets>}
   * @throws {import('../settings/settings.mjs').SettingError} there is no such evaluation
   */
  async evaluate({ eval: kind, signal } = {}) {
    const run = this.#run;
    run.mustLive();
    signal?.throwIfAborted();
    const settings = checkSettings({ ...run.settings, eval: kind ?? run.settings.eval });
    const task = createTask(this.data.dataset, settings);
    const { test, validation } = task.createMeters(run.present());
    try {
      const slices = run.measure(test, run.epoch);
      for (let slice = slices.next(); ; slice = slices.next()) {
        if (slice.done) return slice.value;
        await host.pause();
        signal?.throwIfAborted();
      }
    } finally {
      test.free();
      validation?.free();
      task.free();
    }
  }

  /** Gives its memory back, that of the data too where they were opened for it alone. Twice is harmless; to use it after that is an error. */
  free() {
    this.#run.free();
    if (this.#owned) this.data.free();
  }

  [Symbol.dispose]() {
    this.free();
  }
}

/**
 * Data as they are given, or opened.
 * @param {Data | DataSource} data
 * @param {import('./data.mjs').LoadOptions} options
 * @returns {Promise<{data: Data, owned: boolean}>}  owned: nobody else has them
 */
export async function dataOf(data, options) {
  return data instanceof Data ? { data, owned: false } : { data: await loadData(data, options), owned: true };
}

/** @param {WeightsSource} source @returns {Promise<Uint8Array>} */
async function readWeights(source) {
  if (typeof source !== 'string' && !(source instanceof URL))
    return allBytes(sourceOf({ name: 'weights', content: source }));
  return allBytes(await host.fileAt(String(source)));
}

/**
 * A model with saved weights: those of `ncf train --save`, of the page, or PyTorch's under the same names.
 * @param {WeightsSource} weights
 * @param {WeightsOptions} [options]
 * @returns {Promise<TrainedModel>}  owned by the caller
 * @throws {import('../lab/safetensors.mjs').WeightsError} they can't be read or are not of these data
 */
export async function openWeights(weights, { data: from, model, rows, signal } = {}) {
  const decoded = decodeWeights(await readWeights(weights));
  const { data, owned } = await dataOf(from, { signal });
  try {
    const fitted = fitWeights(decoded, data.dataset, { model, rows });
    const run = new Run(data.dataset, fitted.settings);
    run.load(fitted);
    return new TrainedModel(run, data, owned);
  } catch (error) {
    if (owned) data.free();
    throw error;
  }
}

/**
 * @template R
 * @param {TrainedModel | WeightsSource} model
 * @param {WeightsOptions} options
 * @param {(model: TrainedModel) => R | Promise<R>} use
 */
async function withModel(model, options, use) {
  if (model instanceof TrainedModel) return use(model);
  const opened = await openWeights(model, options);
  try {
    return await use(opened);
  } finally {
    opened.free();
  }
}

/**
 * The films that a model would show a user next, best first.
 * @param {TrainedModel | WeightsSource} model  weights are opened for this alone
 * @param {number | {likes: number[]}} user  the id in the data, or the ids of films that somebody new likes
 * @param {WeightsOptions & {n?: number}} [options]
 * @returns {Promise<(Film & {score: number})[]>}
 */
export function recommend(model, user, { n, ...options } = {}) {
  return withModel(model, options, (opened) =>
    typeof user === 'number' ? opened.recommend(user, { n }) : opened.recommendFor(user.likes, { n }),
  );
}

/**
 * The metrics of a model.
 * @param {TrainedModel | WeightsSource} model  weights are opened for this alone
 * @param {WeightsOptions & {eval?: Settings['eval']}} [options]
 * @returns {Promise<MetricSets>}
 */
export function evaluate(model, { eval: kind, ...options } = {}) {
  return withModel(model, options, (opened) => opened.evaluate({ eval: kind, signal: options.signal }));
}

// Data for scripts: users and films by the ids that their files have.
/// <reference lib="esnext.disposable" preserve="true" />

import { loadCore } from '../core.mjs';
import { readDataset } from '../lab/files.mjs';
import { filmOf, userOf } from '../lab/ids.mjs';
import { host } from '#host';
import { sourceOf } from './contents.mjs';

/** @typedef {import('../core.mjs').Dataset} Dataset */
/** @typedef {import('../core/dataset.mjs').Fingerprint} Fingerprint */
/** @typedef {import('../core/module.mjs').ModuleSource} ModuleSource */
/** @typedef {import('../lab/files.mjs').Loading} Loading */
/** @typedef {import('./contents.mjs').DataFile} DataFile */
/**
 * Where data come from: nothing or 'movielens-small' is the set that is bundled. A text is in Node what --data takes (a
 * MovieLens folder, zip or rating file, or DIR/NAME of the NCF paper's triple), elsewhere the address of a zip or a rating
 * file. Files are a rating file and, where there are any, those about films and users; a triple; or a zip.
 * @typedef {string | URL | DataFile | DataFile[] | undefined} DataSource
 */
/**
 * A film by the id of its file; year 0: not known.
 * @typedef {{id: number, title: string, year: number, genres: string[]}} Film
 */
/**
 * wasm: the module, for who keeps it elsewhere than the package does; signal: ends the reading.
 * @typedef {{wasm?: ModuleSource, signal?: AbortSignal, onProgress?: (loading: Loading) => void}} LoadOptions
 */

export const BUNDLED = 'movielens-small';

/**
 * Ratings that models are trained on. They have a memory of their own outside JavaScript's until free() is called, or nobody
 * refers to them any more; a run that is made on them is freed with them.
 */
export class Data {
  /** @param {Dataset} dataset  its own from here on */
  constructor(dataset) {
    /** As `ncf-lab/core` has it, where users and films are counted from 0. */
    this.dataset = dataset;
    this.users = dataset.users;
    this.films = dataset.items;
    this.ratings = dataset.ratings;
  }

  /** What tells these data from others: of the ratings as a set, and in the order of their rows. @returns {Fingerprint} */
  get fingerprint() {
    this.dataset.mustLive();
    return this.dataset.fingerprint;
  }

  /** In the order in which the rating file first names them. @returns {number[]} */
  get userIds() {
    return [...this.dataset.userIds];
  }

  /** In the order in which the rating file first names them. @returns {number[]} */
  get filmIds() {
    return [...this.dataset.itemIds];
  }

  /**
   * @param {number} id
   * @returns {Film}
   * @throws {import('../core.mjs').DataError} there is none of that id
   */
  film(id) {
    this.dataset.mustLive();
    const { item: _, ...film } = this.dataset.film(filmOf(this.dataset, id));
    return film;
  }

  /**
   * What a user has rated, newest first; the timestamp is in seconds since 1970, as the file has it.
   * @param {number} id
   * @returns {{film: Film, rating: number, timestamp: number}[]}
   * @throws {import('../core.mjs').DataError} there is nobody of that id
   */
  history(id) {
    const { dataset } = this;
    dataset.mustLive();
    return dataset
      .history(userOf(dataset, id))
      .map(({ item, rating, timestamp }) => ({ film: this.film(dataset.itemIds[item]), rating, timestamp }));
  }

  /** Gives the memory back, that of the runs on these data too. Twice is harmless; to use them after that is an error. */
  free() {
    this.dataset.free();
  }

  [Symbol.dispose]() {
    this.free();
  }
}

/**
 * Compiled once; every set of data has an instance of its own, whose memory goes with it.
 * @type {Partial<Record<'simd' | 'scalar', Promise<WebAssembly.Module>>>}
 */
const compiled = {};

/** @param {'simd' | 'scalar'} kind */
async function compile(kind) {
  let source = await host.modules[kind]();
  if (source instanceof Response) source = await source.arrayBuffer();
  return source instanceof WebAssembly.Module ? source : WebAssembly.compile(/** @type {BufferSource} */ (source));
}

/** @param {'simd' | 'scalar'} kind */
const moduleOf = (kind) => async () => {
  const module = (compiled[kind] ??= compile(kind));
  // What failed once, such as a fetch, may be tried again.
  module.catch(() => delete compiled[kind]);
  return module;
};

/** @param {DataSource} source */
async function sourcesOf(source) {
  if (source === undefined || source === BUNDLED) return host.bundled();
  if (typeof source === 'string' || source instanceof URL) return host.sourcesAt(String(source));
  return (Array.isArray(source) ? source : [source]).map(sourceOf);
}

/**
 * Reads data: the bundled set, or files.
 * @param {DataSource} [source]
 * @param {LoadOptions} [options]
 * @returns {Promise<Data>}  owned by the caller: free() gives its memory back
 * @throws {import('../core.mjs').DataError} a file is not what it should be; one sentence says where and why
 */
export async function loadData(source, { wasm, signal, onProgress } = {}) {
  signal?.throwIfAborted();
  const core = await loadCore(wasm ? { simd: () => wasm } : { simd: moduleOf('simd'), scalar: moduleOf('scalar') });
  const dataset = await readDataset(core, await sourcesOf(source), (loading) => {
    signal?.throwIfAborted();
    onProgress?.(loading);
  });
  return new Data(dataset);
}

/** Opens data, of which those that were asked for last stay, whichever are read first. */
import { CoreError, STATUS_NO_TEST_USERS, hasSimd, loadCore, mayCompile } from '../../wasm/core.mjs';
import { readDataset } from '../../wasm/lab/files.mjs';
import { identityOfData } from '../../wasm/lab/identity.mjs';
import { drop } from './building.js';
import { inTurn } from './queue.js';
import { PROGRESS_MS, countsOf, session, tellLoading } from './session.js';
import { pause } from './training.js';
import { Fault, fault, part } from '../../wasm/words/fault.mjs';

/** @typedef {import('../../wasm/core.mjs').Dataset} Dataset */

/** The reading under way, which a later one ends. */
let reading = new AbortController();

/** @param {import('../../wasm/words/fault.mjs').Value} name */
const unloaded = (name) => new Fault(fault('notLoaded', { name }));

/**
 * @param {string} url
 * @param {import('../../wasm/words/fault.mjs').Value} name
 * @param {AbortSignal} [signal]
 */
async function download(url, name, signal) {
  const response = await fetch(url, { signal }).catch(() => null);
  if (!response?.ok || !response.body) throw unloaded(name);
  return { response, body: response.body };
}

/**
 * @param {import('./protocol.js').Source} source
 * @param {AbortSignal} signal
 */
function toSource(source, signal) {
  const { name } = source;
  const file = 'file' in source ? source.file : null;
  const bytes = 'bytes' in source ? source.bytes : null;
  /** @returns {AsyncGenerator<Uint8Array>} */
  async function* chunks() {
    const stream =
      'url' in source ? (await download(source.url, name, signal)).body : (file ?? new Blob([bytes ?? ''])).stream();
    const reader = stream.getReader();
    signal.addEventListener('abort', () => void reader.cancel().catch(() => {}));
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return;
      // Pieces small enough that progress shows and messages are answered while a large chunk is parsed.
      for (let at = 0; at < value.length; at += 1 << 18) yield value.subarray(at, at + (1 << 18));
    }
  }
  return { name, size: file?.size ?? bytes?.byteLength ?? 0, chunks };
}

/** @param {import('./protocol.js').Modules} modules */
async function loadModule({ simd, scalar }) {
  if (!mayCompile()) throw new Fault(fault('noWasm'));
  if (!scalar && !hasSimd()) throw new Fault(fault('noSimd'));
  const module = async (/** @type {string | ArrayBuffer} */ from) =>
    typeof from === 'string' ? (await download(from, part('module'))).response : from;
  return loadCore({ simd: () => module(simd), ...(scalar && { scalar: () => module(scalar) }) }).catch(() => {
    throw unloaded(part('module'));
  });
}

/** @type {import('./protocol.js').Handlers['open']} */
async function open({ files, name, wasm }) {
  reading.abort();
  reading = new AbortController();
  const { signal } = reading;
  pause();
  try {
    session.core ??= await loadModule(wasm);
    let last = 0;
    const sources = files.map((file) => toSource(file, signal));
    const dataset = await readDataset(session.core, sources, (loading) => {
      signal.throwIfAborted();
      const now = performance.now();
      if (now - last < PROGRESS_MS && loading.bytes !== loading.totalBytes) return;
      last = now;
      tellLoading({ event: 'loading', ...loading });
    });
    return await inTurn('open', () => {
      if (!signal.aborted) return replaceData(dataset, name);
      dataset.free();
      return null;
    });
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

/**
 * The split that the first run is likely to share. Where nobody can be tested all is train: models that rate don't mind.
 * @param {Dataset} dataset
 */
function firstSplit(dataset) {
  try {
    return dataset.borrowSplit({ holdOut: 'last', positiveFrom: 'off' });
  } catch (error) {
    if (!(error instanceof CoreError) || error.status !== STATUS_NO_TEST_USERS) throw error;
    return dataset.borrowSplit({ holdOut: 'nothing', positiveFrom: 'off' });
  }
}

/**
 * @param {Dataset} dataset
 * @param {string} name
 * @returns {import('./protocol.js').Opened}
 */
function replaceData(dataset, name) {
  let split;
  try {
    split = firstSplit(dataset);
  } catch (error) {
    dataset.free();
    throw error;
  }
  drop();
  session.open?.dataset.free();
  session.open = { dataset, split, name };
  const simd = session.core?.simd === true;
  const counts = countsOf(split);
  return {
    dataset: { name, ...identityOfData(dataset), genres: dataset.genres, simd },
    users: { ...usersOf(dataset), counts: counts.users },
    films: { ...filmsOf(dataset), counts: counts.films },
    counts,
  };
}

/** @param {Dataset} dataset */
function usersOf(dataset) {
  const ids = dataset.userIds.slice();
  // Indices follow the file, which need not be sorted by user: u.data isn't.
  const order = Uint32Array.from(ids.keys()).sort((a, b) => ids[a] - ids[b]);
  return { ids, order };
}

/** @param {Dataset} dataset */
function filmsOf(dataset) {
  const all = Array.from({ length: dataset.items }, (_, item) => dataset.film(item));
  return {
    titles: all.map(({ title }) => title),
    years: Uint16Array.from(all, ({ year }) => year),
    genres: all.map((film) => film.genres),
    ids: dataset.itemIds.slice(),
  };
}

export const handlers = { open };

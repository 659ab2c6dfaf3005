/**
 * Opens data and tells what is in them.
 *
 * | open  | files: [{name, url} or {name, file}], name, wasm: {simd, scalar} (addresses) | {name, users, items, ratings, testUsers, genres, simd} |
 * | users |                                          | {ids, counts, order}: Uint32Array; by user index the ids and train items, and the indices by rising id |
 * | films |                                          | {titles, years, genres, counts, ids}, each by film index: string[], Uint16Array (0: not known), string[][], Uint32Array of the users who have it in train, Uint32Array |
 *
 * Event: {event: 'loading', name, bytes, totalBytes, ratings}.
 */
import { loadCore, readDataset } from '../../wasm/core.mjs';
import { PROGRESS_MS, forget, post, session, setState, stop } from './session.js';

/** The file under way in `open`: a newer one takes its place. */
let opening = 0;

/**
 * @param {string} url
 * @param {string} name
 */
async function download(url, name) {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok || !response.body)
    throw new Error(`${name} could not be loaded from the server. Check the connection, then try again.`);
  return { response, body: response.body };
}

/** @param {{name: string, url?: string, file?: Blob}} file */
function toSource({ name, url, file }) {
  /** @returns {AsyncGenerator<Uint8Array>} */
  async function* chunks() {
    const stream = file?.stream() ?? (await download(/** @type {string} */ (url), name)).body;
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      // Pieces small enough that progress shows and messages are answered while a large chunk is parsed.
      for (let at = 0; at < value.length; at += 1 << 18) yield value.subarray(at, at + (1 << 18));
    }
  }
  return { name, size: file?.size ?? 0, chunks };
}

/** @param {{files: {name: string, url?: string, file?: Blob}[], name: string, wasm: {simd: string, scalar: string}}} message */
async function openData({ files, name, wasm }) {
  const mine = ++opening;
  const module = async (/** @type {string} */ url) => (await download(url, 'The WebAssembly module')).response;
  session.core ??= await loadCore({ simd: () => module(wasm.simd), scalar: () => module(wasm.scalar) });
  let last = 0;
  const dataset = await readDataset(session.core, files.map(toSource), (loading) => {
    if (mine !== opening) throw new Error('Another dataset was opened before this one was read to its end.');
    const now = performance.now();
    if (now - last < PROGRESS_MS && loading.bytes !== loading.totalBytes) return;
    last = now;
    post({ event: 'loading', ...loading });
  });
  let split;
  try {
    split = dataset.leaveOneOut();
  } catch (error) {
    dataset.free();
    throw error;
  }
  stop();
  forget();
  session.run?.free();
  session.open?.split.free();
  session.open?.dataset.free();
  session.run = null;
  session.open = { dataset, split, name };
  setState('idle');
  const { users, items, ratings, genres } = dataset;
  return { name, users, items, ratings, testUsers: split.testUsers, genres, simd: session.core.simd };
}

function users() {
  if (!session.open) throw new Error('No dataset is open yet.');
  const { dataset, split } = session.open;
  const ids = dataset.userIds.slice();
  // Indices follow the file, which need not be sorted by user: u.data isn't.
  const order = Uint32Array.from(ids.keys()).sort((a, b) => ids[a] - ids[b]);
  return { ids, counts: split.trainCounts().ofUsers, order };
}

function films() {
  if (!session.open) throw new Error('No dataset is open yet.');
  const { dataset, split } = session.open;
  const all = Array.from({ length: dataset.items }, (_, item) => dataset.film(item));
  return {
    titles: all.map(({ title }) => title),
    years: Uint16Array.from(all, ({ year }) => year),
    genres: all.map((film) => film.genres),
    counts: split.trainCounts().ofItems,
    ids: dataset.itemIds.slice(),
  };
}

export const handlers = { open: openData, users, films };

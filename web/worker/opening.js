/** Opens data, of which those that were asked for last stay, whichever are read first. */
import { CoreError, STATUS_NO_TEST_USERS, hasSimd, loadCore, mayCompile } from '../../wasm/core.mjs';
import { readDataset } from '../../wasm/lab/files.mjs';
import { identityOfData } from '../../wasm/lab/identity.mjs';
import { drop } from './building.js';
import { inTurn } from './queue.js';
import { PROGRESS_MS, countsOf, session, tellLoading } from './session.js';
import { pause } from './training.js';
import { download, filesIn, openSource, unloaded } from './sources.js';
import { Fault, fault, part } from '../../wasm/words/fault.mjs';

/** @typedef {import('../../wasm/core.mjs').Dataset} Dataset */

/** The reading under way, which a later one ends. */
let reading = new AbortController();

/** The module as it was loaded, for other workers. @type {import('./protocol.js').Modules | null} */
let loaded = null;

/** @param {import('./protocol.js').Modules} modules */
async function loadModule(modules) {
  const { simd, scalar } = modules;
  if (!mayCompile()) throw new Fault(fault('noWasm'));
  if (!scalar && !hasSimd()) throw new Fault(fault('noSimd'));
  /** @param {'simd' | 'scalar'} kind @param {import('./protocol.js').Part} from */
  const module = async (kind, from) => {
    const bytes = typeof from === 'string' ? await (await download(from, part('module'))).response.arrayBuffer() : from;
    loaded = { ...modules, [kind]: bytes };
    return bytes;
  };
  return loadCore({
    simd: () => module('simd', simd),
    ...(scalar && { scalar: () => module('scalar', scalar) }),
  }).catch(() => {
    throw unloaded(part('module'));
  });
}

/** @type {import('./protocol.js').Handlers['open']} */
async function open({ files, name, wasm }) {
  reading.abort();
  const mine = (reading = new AbortController());
  const { signal } = mine;
  pause();
  let last = 0;
  const tell = (/** @type {import('../../wasm/lab/files.mjs').Loading} */ loading) => {
    signal.throwIfAborted();
    const now = performance.now();
    if (now - last < PROGRESS_MS && loading.bytes !== loading.totalBytes) return;
    last = now;
    tellLoading({ event: 'loading', ...loading });
  };
  try {
    const sources = files.map((file) => openSource(file, signal));
    const [core, inside] = await Promise.all([session.core ?? loadModule(wasm), filesIn(sources, signal, tell)]);
    session.core ??= core;
    const dataset = await readDataset(session.core, inside, tell);
    const kept = { files: sources.map((source) => source.kept()), wasm: loaded ?? wasm };
    return await inTurn('open', () => {
      if (!signal.aborted) return { ...replaceData(dataset, name), kept };
      dataset.free();
      return null;
    });
  } catch (error) {
    if (signal.aborted) return null;
    // What else is under way of it ends, too.
    mine.abort();
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

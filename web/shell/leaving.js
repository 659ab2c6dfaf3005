/**
 * What leaves the page besides weights: the model as ONNX, metrics, everybody's lists, and the recipe. This file and what it
 * needs come behind the rooms, or when they are asked for.
 */
import { listLines, listsHead } from '../../wasm/lab/lists.mjs';
import { metricsCsv, metricsJson } from '../../wasm/lab/metrics.mjs';
import { encodeOnnxBundle } from '../../wasm/lab/onnx_bundle.mjs';

/** @typedef {import('../worker/protocol.js').Ask} Ask */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('../parts/save.js').Leaving} Leaving */

export { createHanded } from '../parts/save.js';
export { createLeavingView } from './views/leaving.js';

/** Films of a list. */
export const LIST_K = 10;
/** Users who are asked for at once; the worker does as many of them as it has time for. */
const TOGETHER = 256;

/** The film of an index. @param {State} state */
const filmOf =
  ({ films }) =>
  (/** @type {number} */ item) => ({
    id: films?.ids[item] ?? 0,
    title: films?.titles[item] ?? '',
    year: films?.years[item] ?? 0,
    genres: films?.genres[item] ?? [],
  });

/** @param {State} state @param {string} end */
const nameOf = ({ settings, epochs }, end) => `${settings.model}-epoch-${epochs.at(-1)?.epoch ?? 0}${end}`;

/** @param {Ask} ask @param {State} state @returns {Promise<Leaving>} */
export async function onnxFile(ask, state) {
  const described = await ask('described');
  return { name: nameOf(state, '.onnx.zip'), content: encodeOnnxBundle(described, filmOf(state)) };
}

/** @param {Ask} ask @param {State} state @param {'csv' | 'json'} kind @returns {Promise<Leaving>} */
export async function metricsFile(ask, state, kind) {
  const { epochs } = state;
  const name = nameOf(state, `-metrics.${kind}`);
  if (kind === 'csv') return { name, content: metricsCsv(epochs) };
  return { name, content: metricsJson(await ask('identity'), epochs) };
}

/**
 * Everybody's list.
 * @param {Ask} ask
 * @param {State} state
 * @param {(done: number, all: number) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Leaving | null>} null: it was stopped
 */
export async function listsFile(ask, state, onProgress, signal) {
  const { users } = state;
  if (!users) return null;
  const { order, ids } = users;
  const film = filmOf(state);
  const parts = [listsHead];
  /** @type {string | undefined} */
  let weights;
  for (let at = 0; at < order.length;) {
    onProgress(at, order.length);
    const { of, lists } = await ask('lists', { users: order.slice(at, at + TOGETHER), k: LIST_K, of: weights });
    if (signal.aborted) return null;
    weights = of;
    lists.forEach((list, n) => parts.push(listLines(ids[order[at + n]], list, film)));
    at += lists.length;
  }
  return { name: nameOf(state, '-lists.csv'), content: parts.join('') };
}

/** The numbers of a pair in the network, and the weights that are drawn, as they are now: asked of the worker. */
import { latest } from '../../parts/latest.js';
import { paced } from '../../parts/paced.js';
import { isRunning } from '../../parts/readings.js';

/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */
/** @typedef {import('./phases.js').Numbers} Numbers */
/** @typedef {import('../../worker/protocol.js').Passed} Pair */
/** @typedef {import('./links.js').Weights} Weights */

/** While it trains, new numbers are asked for this often, in ms. */
const EVERY = 200;
/** Tensors with more weights than these are not drawn. */
const MANY = 200_000;

/** Vectors by node. @param {Numbers[]} nodes */
export const byNode = (nodes) => new Map(nodes.map(({ id, values }) => [id, values]));

/**
 * @param {import('../../shell/actions.js').Actions['ask']} ask
 * @param {import('./look.js').Look} look
 * @param {() => void} learnt  the look has them
 * @param {(error: Error) => void} fail
 */
export function createValues(ask, look, learnt, fail) {
  const now = latest(
    () => {
      const pair = look.wanted();
      if (!pair) return null;
      const { graph, user, item } = pair;
      const drawn = tensorsOf(graph).map((name) => ask('weights', { name }));
      return Promise.all([ask('pair', { user, item }), ...drawn]).then(([passed, ...tensors]) => ({
        graph,
        passed,
        tensors,
      }));
    },
    ({ graph, passed, tensors }) => {
      // Settings may have changed since.
      if (graph !== look.wanted()?.graph || !fits(graph, passed)) return;
      look.learn(passed, new Map(tensors.map((/** @type {Weights} */ tensor) => [tensor.name, tensor])));
      learnt();
    },
    fail,
  );
  const { wish, close } = paced(now, () => (look.state && isRunning(look.state) ? EVERY : 0));
  return { now, wish, close };
}

/** @param {Graph} graph @param {Pair} passed */
const fits = (graph, { nodes }) =>
  graph.nodes.every(({ id, width }) => nodes.find((node) => node.id === id)?.values.length === width);

/** Tensors of weights that are drawn. @param {Graph} graph */
function tensorsOf({ nodes, edges }) {
  const width = (/** @type {string} */ id) => nodes.find((node) => node.id === id)?.width ?? 0;
  /** @type {Map<string, number>} */
  const sizes = new Map();
  for (const { from, to, tensor } of edges)
    if (tensor) sizes.set(tensor, (sizes.get(tensor) ?? 0) + width(from) * width(to));
  return [...sizes].filter(([, size]) => size <= MANY).map(([name]) => name);
}

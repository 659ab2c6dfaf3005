/** What flows between the blocks of the network for one pair: each number's share in what it leads to. */

/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */
/** @typedef {import('../../../wasm/settings/graph.mjs').GraphEdge} GraphEdge */
/** @typedef {{a: number, b: number, value: number}} Line  from cell a to cell b; value: what a gives to b */
/** @typedef {{from: string, to: string, lines: Line[], most: number}} Link  most: the largest value, without its sign */
/** @typedef {import('../../worker/protocol.js').Weights} Weights */
/** @typedef {{id: string, index: number}} Cell */

/** Lines drawn of a link, the strongest. */
const LINES = 64;

/**
 * @param {Graph} graph
 * @param {Map<string, Float32Array>} values  of the nodes
 * @param {Map<string, Weights>} weights      by tensor, as far as they are known
 * @param {Cell | null} focus                 whose links are shown alone where it takes part
 * @returns {Link[]}
 */
export function linksOf({ nodes, edges }, values, weights, focus) {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  return edges.map((edge) => {
    const { from, to } = edge;
    const [x, y] = [values.get(from), values.get(to)];
    const touches = focus && (focus.id === from || focus.id === to) ? focus : null;
    const lines = x && y ? strongest(all(edge, x, y, weights, kinds.get(to) === 'product'), edge, touches) : [];
    const most = lines.reduce((max, { value }) => Math.max(max, Math.abs(value)), 0);
    return { from, to, lines, most };
  });
}

/**
 * @param {GraphEdge} edge
 * @param {Float32Array} x  of the node that it comes from
 * @param {Float32Array} y  of the node that it leads to
 * @param {Map<string, Weights>} weights
 * @param {boolean} product
 * @returns {Line[]}
 */
function all({ tensor, column }, x, y, weights, product) {
  if (!tensor) {
    const alone = y.length === 1;
    return Array.from(x, (value, a) => ({ a, b: alone ? 0 : a, value: product ? y[a] : value }));
  }
  const known = weights.get(tensor);
  if (!known) return [];
  const columns = known.shape[1];
  const lines = [];
  for (let b = 0; b < y.length; b++)
    for (let a = 0; a < x.length; a++) lines.push({ a, b, value: known.values[b * columns + column + a] * x[a] });
  return lines;
}

/**
 * @param {Line[]} lines
 * @param {GraphEdge} edge
 * @param {Cell | null} focus
 */
function strongest(lines, { from }, focus) {
  const wanted = focus ? lines.filter(({ a, b }) => (focus.id === from ? a : b) === focus.index) : lines;
  if (wanted.length <= LINES) return wanted;
  return wanted.sort((one, other) => Math.abs(other.value) - Math.abs(one.value)).slice(0, LINES);
}

/** The Euclidean length of a vector. @param {Float32Array | undefined} values */
export const lengthOf = (values) =>
  Math.sqrt((values ?? new Float32Array()).reduce((sum, value) => sum + value * value, 0));

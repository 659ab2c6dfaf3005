/** The weights of one layer in plain values: what is said of them, how large their cells are, and which one is meant. */
import { within } from './layout.js';
import { nameOf } from './names.js';
import { number } from './numbers.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */
/** @typedef {import('./links.js').Weights} Weights */
/** @typedef {{row: number, column: number}} Cell */
/** @typedef {{id: string, name: string}} Layer */
/** @typedef {{name: string, width: number}} Group  the columns of what leads to a layer */
/** @typedef {{title: string, how: string, groups: Group[]}} Heading */
/**
 * @typedef {object} Grid  in CSS pixels
 * @property {number} wide    from one cell to the next
 * @property {number} tall
 * @property {number} right   a cell without the gap behind it
 * @property {number} bottom
 * @property {number} width   of all cells
 * @property {number} height
 * @property {boolean} signs  whether cells have room for a minus
 */

/** Heat maps are drawn up to this height, with cells up to this length. */
const TALL = 240;
const LARGE = 20;

/** The layers, and the output, that have weights. @param {Graph | null} graph */
export const weighed = (graph) =>
  graph?.nodes.filter(({ tensor, kind }) => tensor && (kind === 'layer' || kind === 'output')) ?? [];

/** What there is to choose from. @param {Speech} speech @param {Graph} graph @returns {Layer[]} */
export const layersOf = (speech, graph) => weighed(graph).map(({ id }) => ({ id, name: nameOf(speech, graph, id) }));

/**
 * @param {Speech} speech
 * @param {Graph} graph
 * @param {string} id  the layer's
 * @param {Weights | null} weights  null: they are too many
 * @returns {Heading}
 */
export function headingOf(speech, graph, id, weights) {
  const name = nameOf(speech, graph, id);
  const [rows, columns] = weights?.shape ?? [0, 0];
  const width = (/** @type {string} */ from) => graph.nodes.find((node) => node.id === from)?.width ?? 0;
  const into = graph.edges.filter(({ to, tensor }) => to === id && tensor);
  return {
    title: speech.t(words.weights, { name }),
    how: weights ? speech.t(words.weightsHow, { rows, columns, name }) : speech.t(words.weightsMany),
    groups: into.map(({ from }) => ({ name: nameOf(speech, graph, from), width: width(from) })),
  };
}

/**
 * @param {number[]} shape  rows and columns
 * @param {number} room     the width that there is
 * @returns {Grid}
 */
export function gridOf([rows, columns], room) {
  const edge = (/** @type {number} */ length) => Math.max(1, Math.min(LARGE, Math.floor(length)));
  const [wide, tall] = [edge(room / columns), edge(TALL / rows)];
  const [right, bottom] = [wide, tall].map((length) => (length >= 4 ? length - 1 : length));
  return { wide, tall, right, bottom, width: columns * wide, height: rows * tall, signs: right >= 6 && bottom >= 4 };
}

/**
 * The cell at a point of the window.
 * @param {number[]} shape
 * @param {{left: number, top: number, width: number, height: number}} box  of all cells
 * @param {{clientX: number, clientY: number}} point
 * @returns {Cell | null}
 */
export function cellUnder([rows, columns], { left, top, width, height }, { clientX, clientY }) {
  const column = Math.floor(((clientX - left) / width) * columns);
  const row = Math.floor(((clientY - top) / height) * rows);
  return row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : null;
}

/**
 * Where a key leads from a cell; without one, from the first.
 * @param {number[]} shape
 * @param {Cell | null} cell
 * @param {string} key
 * @returns {Cell | undefined} undefined: it is no key of the map
 */
export function cellBeside([rows, columns], cell, key) {
  const { row, column } = cell ?? { row: 0, column: 0 };
  const to = {
    ...{ ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1] },
    ...{ ArrowDown: [row + 1, column], ArrowUp: [row - 1, column] },
    ...{ Home: [row, 0], End: [row, columns] },
  }[key];
  return to && { row: within(to[0], rows), column: within(to[1], columns) };
}

/**
 * One weight in words.
 * @param {Speech} speech
 * @param {Graph} graph
 * @param {Weights | null} weights
 * @param {Cell | null} cell
 */
export function weightText(speech, graph, weights, cell) {
  if (!weights || !cell) return '';
  const { row, column } = cell;
  const { name, shape, values } = weights;
  const edge = graph.edges.findLast((one) => one.tensor === name && one.column <= column);
  if (!edge) return '';
  const from = nameOf(speech, graph, edge.from);
  const value = number(values[row * shape[1] + column]);
  return speech.t(words.weightsCell, { row: row + 1, from, column: column - edge.column + 1, value });
}

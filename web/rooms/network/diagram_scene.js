/** The drawing of the network in plain values: how much room it takes, where its blocks can be pressed, where keys lead. */
import { cellNear, layOut, within } from './layout.js';
import { nameOf } from './names.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */
/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./links.js').Cell} Cell */
/**
 * What can be pressed of a block, and its name above it; places in CSS pixels.
 * @typedef {{id: string, kind: string, name: string, numbers: string, left: number, top: number, width: number, height: number, raise: number}} Press
 */

/** Below this width the way goes down the page. */
const NARROW = 520;
/** How tall the drawing is with one path through the network, and with two. */
const TALL = { one: 320, two: 448 };
/** Left free before the way and behind it. */
const SIDE = 24;

/** @param {number} width  of the drawing and what stands beside it */
export const goesDown = (width) => width < NARROW;

/**
 * @param {Graph} graph
 * @param {object} room
 * @param {boolean} room.down
 * @param {number} room.width    of the drawing
 * @param {boolean} room.finger  whether blocks are pressed by fingers
 */
export function standIn(graph, { down, width, finger }) {
  const parts = new Set(graph.nodes.filter(({ kind }) => kind !== 'output').map(({ part }) => part));
  parts.delete('fusion');
  const across = down ? width : TALL[parts.size > 1 ? 'two' : 'one'];
  const layout = layOut(graph, { down, along: width - 2 * SIDE, across, target: finger ? 44 : 36 });
  return { layout, height: down ? layout.along + SIDE : across };
}

/** Where the layout begins in its drawing. @param {Layout} layout */
export const indent = ({ down }) => (down ? 0 : SIDE);

/**
 * A block may be smaller than what a finger needs: what is pressed is larger.
 * @param {Speech} speech
 * @param {Graph} graph
 * @param {Layout} layout
 * @returns {Press[]}
 */
export function pressesOf(speech, graph, layout) {
  return [...layout.blocks].map(([id, { node, x, y, w, h }]) => {
    const [padX, padY] = [Math.max(6, (38 - w) / 2), Math.max(4, ((layout.down ? 44 : 36) - h) / 2)];
    return {
      ...{ id, kind: node.kind, name: nameOf(speech, graph, id) },
      numbers: speech.t(words.block, { width: node.width }),
      ...{ left: indent(layout) + x - padX, top: y - padY, width: w + 2 * padX, height: h + 2 * padY },
      // The name stands close above the cells.
      raise: padY - 4,
    };
  });
}

/**
 * Where a key leads from a cell: along its block, or to the first cell of another block.
 * @param {Layout} layout
 * @param {Cell} cell
 * @param {string} key
 * @returns {Cell | null} null: it is no key of the drawing
 */
export function walkFrom({ down, blocks }, { id, index }, key) {
  const width = blocks.get(id)?.node.width ?? 1;
  const [next, previous, ahead, back] = down
    ? ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp']
    : ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft'];
  const to = { [next]: index + 1, [previous]: index - 1, Home: 0, End: width }[key];
  if (to !== undefined) return { id, index: within(to, width) };
  const ids = [...blocks.keys()];
  const step = { [ahead]: 1, [back]: -1 }[key];
  if (!step) return null;
  const other = ids[within(ids.indexOf(id) + step, ids.length)];
  return { id: other, index: other === id ? index : 0 };
}

/**
 * The cell of a block that is nearest to a point of the layout.
 * @param {Layout} layout
 * @param {string} id
 * @param {import('./picture.js').Point} point
 * @returns {Cell | null}
 */
export function cellIn(layout, id, { x, y }) {
  const block = layout.blocks.get(id);
  return block ? { id, index: cellNear(layout, block, x, y) } : null;
}

/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/**
 * Where a line to an embedding leaves what it comes from, seen from the drawing's frame.
 * @param {boolean} down
 * @param {Box} box
 * @param {Box} frame
 * @returns {import('./picture.js').Point}
 */
export const leaving = (down, { left, right, top, bottom }, frame) =>
  down
    ? { x: (left + right) / 2 - frame.left, y: bottom - frame.top + 2 }
    : { x: right - frame.left + 2, y: (top + bottom) / 2 - frame.top };

/**
 * Where the parts of the network stand: vectors as blocks of square cells, in stages along the way that numbers take. The
 * way goes from left to right, or from top to bottom where the page is narrow; everything here is told in lengths `along`
 * that way and `across` it.
 */

/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */
/** @typedef {import('../../../wasm/settings/graph.mjs').GraphNode} GraphNode */
/**
 * @typedef {object} Block  a node in its place; x … h are those of its cells, in pixels
 * @property {GraphNode} node
 * @property {number} stage
 * @property {number} lines   of cells, each `per` long across the way
 * @property {number} per
 * @property {number} cell    how long a cell is across the way
 * @property {number} thick   and along it
 * @property {number} x
 * @property {number} y
 * @property {number} w
 * @property {number} h
 */
/** @typedef {{cell: number, down: boolean, along: number, across: number, stages: number, blocks: Map<string, Block>}} Layout */
/**
 * @typedef {object} Room
 * @property {boolean} down     the way goes from top to bottom
 * @property {number} along     length of the way, where it is given; downwards it is as long as it needs to be
 * @property {number} across
 * @property {number} target    the least that a finger or a pointer needs of a block, across
 */

/** Edge length of a number that stands alone. */
const ALONE = 20;
/** How long the cells of a block of one line are along the way at least, and of two. */
const THICK = [16, 10];
/** Left free for a block's name, above it. */
const NAME = 20;
/** Between blocks of one part, and between parts. */
const GAP = { same: 8, other: 32 };
/** Left free for a block's border. */
const EDGE = 4;
/** Between stages: the least, the most. */
const BETWEEN = [36, 256];
/** Between stages where the way goes down. */
const STEP = 76;
/** Edge lengths of cells that are tried, the first that fits is taken. */
const CELLS = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2.5, 2, 1.5, 1, 0.75, 0.5];
/** Lengths of lines that are tried with each. */
const LINES = [16, 24, 32, 48, 64, 96, 128, 256];

/**
 * The stage of each node: the longest way that leads there.
 * @param {Graph} graph whose nodes stand before those that they lead to
 * @returns {Map<string, number>}
 */
export function stagesOf({ nodes, edges }) {
  /** @type {Map<string, number>} */
  const stages = new Map(nodes.map(({ id }) => [id, 0]));
  const at = (/** @type {string} */ id) => stages.get(id) ?? 0;
  // As often as the longest way is long: the graph is small.
  for (const _ of nodes) for (const { from, to } of edges) stages.set(to, Math.max(at(to), at(from) + 1));
  return stages;
}

/**
 * @param {Graph} graph
 * @param {Room} room
 * @returns {Layout}
 */
export function layOut(graph, room) {
  const stages = stagesOf(graph);
  const count = Math.max(...stages.values()) + 1;
  const columns = Array.from({ length: count }, (_, stage) =>
    graph.nodes.filter(({ id }) => (stages.get(id) ?? 0) === stage),
  );
  for (const cell of CELLS)
    for (const most of LINES) {
      const tried = attempt(graph, columns, stages, room, cell, most);
      if (tried) return tried;
    }
  throw new Error('The network does not fit anywhere.');
}

/**
 * @param {GraphNode} node
 * @param {number} most  cells in a line
 */
function folded({ width }, most) {
  const lines = Math.ceil(width / most);
  return { lines, per: Math.ceil(width / lines) };
}

/**
 * @param {Graph} graph
 * @param {GraphNode[][]} columns  nodes by stage
 * @param {Map<string, number>} stages
 * @param {Room} room
 * @param {number} cell
 * @param {number} most
 * @returns {Layout | null} null: it does not fit
 */
function attempt(graph, columns, stages, room, cell, most) {
  const { down, target } = room;
  // Later layers may be as long as the two embeddings before them together.
  const shape = (/** @type {GraphNode} */ node) =>
    folded(node, (stages.get(node.id) ?? 0) === 0 ? most : Math.max(most, 2 * Math.min(most, 32)));
  const edge = (/** @type {GraphNode} */ node) => (node.width === 1 ? Math.max(cell, ALONE) : cell);
  const thick = (/** @type {GraphNode} */ node) => Math.max(edge(node), THICK[shape(node).lines - 1] ?? 0);
  const slot = (/** @type {GraphNode} */ node) => Math.max(shape(node).per * edge(node), target);
  const name = down ? 0 : NAME;
  for (const nodes of columns) if (stackLength(nodes, slot, name) > room.across - EDGE) return null;
  const lengths = columns.map((nodes) => Math.max(...nodes.map((node) => shape(node).lines * thick(node))));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const least = total + (columns.length - 1) * BETWEEN[0];
  if (!down && least > room.along) return null;
  if (down && total > 4 * room.across) return null;
  const free = (room.along - total) / Math.max(1, columns.length - 1);
  const between = down ? STEP : Math.min(BETWEEN[1], free);

  /** @type {Map<string, Block>} */
  const blocks = new Map();
  /** @type {Map<string, number>} middles, across */
  const middles = new Map();
  let from = down ? NAME : 0;
  columns.forEach((nodes, stage) => {
    placeAcross(graph, nodes, middles, slot, name, room.across);
    for (const node of nodes) {
      const { lines, per } = shape(node);
      const [along, across] = [lines * thick(node), per * edge(node)];
      const a = from + (lengths[stage] - along) / 2;
      const b = (middles.get(node.id) ?? 0) - across / 2;
      const place = down ? { x: b, y: a, w: across, h: along } : { x: a, y: b, w: along, h: across };
      blocks.set(node.id, { node, stage, lines, per, cell: edge(node), thick: thick(node), ...place });
    }
    from += lengths[stage] + between;
  });
  return { cell, down, along: from - between, across: room.across, stages: columns.length, blocks };
}

/** @param {GraphNode} a @param {GraphNode} b */
const gap = (a, b) => (a.part === b.part ? GAP.same : GAP.other);

/**
 * @param {GraphNode[]} nodes
 * @param {(node: GraphNode) => number} slot
 * @param {number} name
 */
function stackLength(nodes, slot, name) {
  return nodes.reduce((sum, node, n) => sum + name + slot(node) + (n > 0 ? gap(nodes[n - 1], node) : 0), 0);
}

/**
 * Puts the nodes of a stage where what leads to them has its middle, as far as they leave each other room.
 * @param {Graph} graph
 * @param {GraphNode[]} nodes
 * @param {Map<string, number>} middles  of all nodes so far; those of these nodes are added
 * @param {(node: GraphNode) => number} slot
 * @param {number} name
 * @param {number} across
 */
function placeAcross({ edges }, nodes, middles, slot, name, across) {
  const wishes = nodes.map(({ id }) => {
    const before = edges.filter(({ to }) => to === id).map(({ from }) => middles.get(from));
    const known = before.filter((middle) => middle !== undefined);
    return known.length > 0 ? known.reduce((sum, middle) => sum + middle, 0) / known.length : null;
  });
  let end = 0;
  const free = across - stackLength(nodes, slot, name);
  nodes.forEach((node, n) => {
    const half = slot(node) / 2;
    const first = end + name + half + (n > 0 ? gap(nodes[n - 1], node) : free / 2);
    // Without a wish the stack stands in the middle; with one it keeps clear of what stands before it.
    const least = n > 0 ? first : name + half;
    const rest = stackLength(nodes.slice(n + 1), slot, name) + (n + 1 < nodes.length ? gap(node, nodes[n + 1]) : 0);
    const wish = wishes[n] ?? first;
    const middle = Math.max(least, Math.min(wish, across - rest - half));
    middles.set(node.id, middle);
    end = middle + half;
  });
}

/**
 * The middle of a cell.
 * @param {Layout} layout
 * @param {Block} block
 * @param {number} index
 */
export function cellAt({ down }, block, index) {
  const line = Math.floor(index / block.per);
  const place = index % block.per;
  const [across, along] = [(place + 0.5) * block.cell, (line + 0.5) * block.thick];
  return down ? { x: block.x + across, y: block.y + along } : { x: block.x + along, y: block.y + across };
}

/** The nearest of so many places. @param {number} place @param {number} count */
export const within = (place, count) => Math.min(count - 1, Math.max(0, place));

/**
 * The cell at a point of the picture, or the nearest one of the block.
 * @param {Layout} layout
 * @param {Block} block
 * @param {number} x
 * @param {number} y
 */
export function cellNear({ down }, block, x, y) {
  const [across, along] = down ? [x - block.x, y - block.y] : [y - block.y, x - block.x];
  const line = within(Math.floor(along / block.thick), block.lines);
  const index = line * block.per + within(Math.floor(across / block.cell), block.per);
  return Math.min(index, block.node.width - 1);
}

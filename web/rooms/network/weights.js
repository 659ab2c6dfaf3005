/** The weights of one layer as a heat map: a row for each of its numbers, a column for each number that leads there. */
import { colourOf, readPalette } from './colours.js';
import { nameOf } from './names.js';
import { number } from './numbers.js';
import { words } from './words.js';
import { h, setAttribute, setText, uniqueId, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */
/** @typedef {import('./links.js').Weights} Weights */

/** Heat maps are drawn up to this height, with cells up to this length. */
const TALL = 240;
const LARGE = 20;

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {{onPick: (id: string) => void}} options
 */
export function createWeights(speech, host, { onPick }) {
  const { t } = speech;
  const id = uniqueId('weights');
  const choice = h('select', { id, onchange: () => onPick(choice.value) });
  const how = h('p', { class: 'hint' });
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const said = h('p', { class: 'net-readout', role: 'status' });
  const map = h(
    'div',
    {
      ...{ class: 'net-heat', tabindex: 0, role: 'application' },
      onpointermove: point,
      onpointerleave: () => at(null),
      onfocus: () => map.matches(':focus-visible') && at({ row: 0, column: 0 }),
      onblur: () => at(null),
      onkeydown: walk,
    },
    canvas,
  );
  const groups = h('div', { class: 'net-groups', 'aria-hidden': 'true' });
  const title = h('h3', {});
  host.append(
    h(
      'div',
      { class: 'net-weights-head' },
      title,
      h('label', { for: id }, t(words.weightsOf)),
      h('div', { class: 'control' }, choice),
    ),
    how,
    groups,
    map,
    said,
  );
  let palette = readPalette(host);
  /** @type {Graph | null} */
  let graph = null;
  /** @type {Weights | null} */
  let weights = null;
  let node = '';
  let visible = false;
  /** @type {{row: number, column: number} | null} */
  let cell = null;
  const changed = watch();
  const listed = watch();

  function draw() {
    const shape = weights?.shape;
    map.hidden = !shape;
    if (!weights || !shape) return;
    const [rows, columns] = shape;
    const edge = (/** @type {number} */ length) => Math.max(1, Math.min(LARGE, Math.floor(length)));
    const [wide, tall] = [edge(map.clientWidth / columns), edge(TALL / rows)];
    const [width, height] = [columns * wide, rows * tall];
    const ratio = wide > 2 ? devicePixelRatio || 1 : 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = `${Math.min(width, map.clientWidth)}px`;
    groups.style.width = canvas.style.width;
    // What stands below the window's edge is drawn when it comes into view; its place it has from the first.
    if (!visible) return;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.scale(ratio, ratio);
    const [right, bottom] = [wide, tall].map((length) => (length >= 4 ? length - 1 : length));
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const value = weights.values[row * columns + column];
        context.fillStyle = colourOf(palette, value);
        context.fillRect(column * wide, row * tall, right, bottom);
        // Not by colour alone: a minus in the cells that have room for one.
        if (value >= 0 || right < 6 || bottom < 4) continue;
        context.fillStyle = palette.paper;
        context.fillRect((column + 0.5) * wide - right / 4, (row + 0.5) * tall - 1, right / 2, 1);
      }
    if (!cell) return;
    context.strokeStyle = palette.ink;
    context.lineWidth = 2;
    context.strokeRect(cell.column * wide, cell.row * tall, right, bottom);
  }

  /** @param {{row: number, column: number} | null} next */
  function at(next) {
    if (next?.row === cell?.row && next?.column === cell?.column) return;
    cell = next;
    tell();
    draw();
  }

  function tell() {
    if (!cell || !weights || !graph) return setText(said, '');
    const { row, column } = cell;
    const { name, shape, values } = weights;
    const edge = graph.edges.findLast((one) => one.tensor === name && one.column <= column);
    if (!edge) return;
    const from = nameOf(speech, graph, edge.from);
    const value = number(values[row * shape[1] + column]);
    setText(said, t(words.weightsCell, { row: row + 1, from, column: column - edge.column + 1, value }));
  }

  /** @param {PointerEvent} event */
  function point(event) {
    if (!weights) return;
    const [rows, columns] = weights.shape;
    const box = canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    at(row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : null);
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    if (!weights) return;
    const [rows, columns] = weights.shape;
    const { row, column } = cell ?? { row: 0, column: 0 };
    const next = {
      ArrowRight: { row, column: Math.min(columns - 1, column + 1) },
      ArrowLeft: { row, column: Math.max(0, column - 1) },
      ArrowDown: { row: Math.min(rows - 1, row + 1), column },
      ArrowUp: { row: Math.max(0, row - 1), column },
      Home: { row, column: 0 },
      End: { row, column: columns - 1 },
    }[event.key];
    if (!next) return;
    event.preventDefault();
    at(next);
  }

  const observer = new ResizeObserver(draw);
  observer.observe(map);
  const watcher = new IntersectionObserver((entries) => {
    visible = entries.some(({ isIntersecting }) => isIntersecting);
    draw();
  });
  watcher.observe(host);

  return {
    /**
     * @param {Graph} next
     * @param {string} id  the layer's
     * @param {Weights | null} known  null: they are too many
     */
    update(next, id, known) {
      if (!changed(next, id, known)) return;
      if (graph !== next || node !== id) cell = null;
      [graph, node, weights] = [next, id, known];
      const layers = next.nodes.filter(({ tensor, kind }) => tensor && (kind === 'layer' || kind === 'output'));
      host.hidden = layers.length === 0;
      if (listed(next))
        choice.replaceChildren(...layers.map((one) => h('option', { value: one.id }, nameOf(speech, next, one.id))));
      if (choice.value !== id) choice.value = id;
      const name = nameOf(speech, next, id);
      setText(title, t(words.weights, { name }));
      const [rows, columns] = known?.shape ?? [0, 0];
      setText(how, known ? t(words.weightsHow, { rows, columns, name }) : t(words.weightsMany));
      setAttribute(map, 'aria-label', t(words.weights, { name }));
      const into = next.edges.filter(({ to, tensor }) => to === id && tensor);
      const width = (/** @type {string} */ from) => next.nodes.find((one) => one.id === from)?.width ?? 0;
      groups.replaceChildren(
        ...into.map(({ from }) => h('span', { style: `flex:${width(from)}` }, nameOf(speech, next, from))),
      );
      groups.hidden = !known;
      tell();
      draw();
    },
    recolour() {
      palette = readPalette(host);
      draw();
    },
    destroy() {
      observer.disconnect();
      watcher.disconnect();
      host.replaceChildren();
    },
  };
}

/** The weights of one layer as a heat map: a row for each of its numbers, a column for each number that leads there. */
import { colourOf, readPalette } from '../network/colours.js';
import { nameOf } from '../network/names.js';
import { number } from '../network/numbers.js';
import { t } from '../words.js';
import { words } from '../words/network.js';
import { h, setAttribute, setText, uniqueId, watch } from './dom.js';

/** @typedef {import('../../wasm/graph.mjs').Graph} Graph */
/** @typedef {import('../network/links.js').Weights} Weights */

/** Heat maps are drawn up to this height. */
const TALL = 260;

/**
 * @param {HTMLElement} host
 * @param {{onPick: (id: string) => void}} options
 */
export function createWeights(host, { onPick }) {
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
    map,
    said,
  );
  let palette = readPalette(host);
  /** @type {Graph | null} */
  let graph = null;
  /** @type {Weights | null} */
  let weights = null;
  let node = '';
  /** @type {{row: number, column: number} | null} */
  let cell = null;
  const changed = watch();
  const listed = watch();

  function draw() {
    const shape = weights?.shape;
    map.hidden = !shape;
    if (!weights || !shape) return;
    const [rows, columns] = shape;
    const edge = Math.max(1, Math.min(14, Math.floor(map.clientWidth / columns), Math.floor(TALL / rows)));
    const [width, height] = [columns * edge, rows * edge];
    const ratio = edge > 2 ? devicePixelRatio || 1 : 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.cssText = `width:${Math.min(width, map.clientWidth)}px;height:${(height * Math.min(width, map.clientWidth)) / width}px`;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.scale(ratio, ratio);
    const size = edge >= 4 ? edge - 1 : edge;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        context.fillStyle = colourOf(palette, weights.values[row * columns + column]);
        context.fillRect(column * edge, row * edge, size, size);
      }
    if (!cell) return;
    context.strokeStyle = palette.ink;
    context.lineWidth = 2;
    context.strokeRect(cell.column * edge, cell.row * edge, size, size);
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
    const from = nameOf(graph, edge.from);
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
        choice.replaceChildren(...layers.map((one) => h('option', { value: one.id }, nameOf(next, one.id))));
      if (choice.value !== id) choice.value = id;
      const name = nameOf(next, id);
      setText(title, t(words.weights, { name }));
      const [rows, columns] = known?.shape ?? [0, 0];
      setText(how, known ? t(words.weightsHow, { rows, columns, name }) : t(words.weightsMany));
      setAttribute(map, 'aria-label', t(words.weights, { name }));
      tell();
      draw();
    },
    recolour() {
      palette = readPalette(host);
      draw();
    },
    destroy() {
      observer.disconnect();
      host.replaceChildren();
    },
  };
}

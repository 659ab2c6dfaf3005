/** A matrix as a heat map: a canvas whose cells a pointer and the arrow keys find, under the names of its groups of columns. */
import { colourOf, readPalette } from './colours.js';
import { cellBeside, cellUnder, gridOf } from './weights_scene.js';
import { h, setAttribute } from '../../parts/dom.js';
import { drawnBy } from '../../parts/drawn.js';

/** @typedef {import('./weights_scene.js').Cell} Cell */
/** @typedef {import('./weights_scene.js').Grid} Grid */
/** @typedef {import('./weights_scene.js').Heading} Heading */
/** @typedef {import('./links.js').Weights} Weights */

/**
 * @param {CanvasRenderingContext2D} ctx  whose unit is a CSS pixel
 * @param {Grid} grid
 * @param {import('./colours.js').Palette} palette
 * @param {Weights} weights
 * @param {Cell | null} cell  that is pointed at
 */
function drawCells(ctx, { wide, tall, right, bottom, signs }, palette, { shape: [rows, columns], values }, cell) {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column];
      ctx.fillStyle = colourOf(palette, value);
      ctx.fillRect(column * wide, row * tall, right, bottom);
      // Not by colour alone: a minus in the cells that have room for one.
      if (value >= 0 || !signs) continue;
      ctx.fillStyle = palette.paper;
      ctx.fillRect((column + 0.5) * wide - right / 4, (row + 0.5) * tall - 1, right / 2, 1);
    }
  if (!cell) return;
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = 2;
  ctx.strokeRect(cell.column * wide, cell.row * tall, right, bottom);
}

/**
 * @param {HTMLElement} host
 * @param {(cell: Cell | null) => void} onCell  another cell is pointed at, or none any more
 */
export function createHeatMap(host, onCell) {
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const node = h(
    'div',
    {
      ...{ class: 'net-heat', tabindex: 0, role: 'application' },
      onpointermove: (/** @type {PointerEvent} */ event) =>
        weights && at(cellUnder(weights.shape, canvas.getBoundingClientRect(), event)),
      onpointerleave: () => at(null),
      onfocus: () => node.matches(':focus-visible') && at({ row: 0, column: 0 }),
      onblur: () => at(null),
      onkeydown(/** @type {KeyboardEvent} */ event) {
        const next = weights && cellBeside(weights.shape, cell, event.key);
        if (next) event.preventDefault();
        if (next) at(next);
      },
    },
    canvas,
  );
  const groups = h('div', { class: 'net-groups', 'aria-hidden': 'true' });
  host.append(groups, node);
  let palette = readPalette(host);
  /** @type {Weights | null} */
  let weights = null;
  /** @type {Cell | null} */
  let cell = null;
  let visible = false;

  function draw() {
    node.hidden = !weights;
    if (!weights) return;
    const grid = gridOf(weights.shape, node.clientWidth);
    const ratio = grid.wide > 2 ? devicePixelRatio || 1 : 1;
    [canvas.width, canvas.height] = [grid.width * ratio, grid.height * ratio];
    canvas.style.width = groups.style.width = `${Math.min(grid.width, node.clientWidth)}px`;
    // What stands below the window's edge is drawn when it comes into view; its place it has from the first.
    if (!visible) return;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.scale(ratio, ratio);
    drawCells(context, grid, palette, weights, cell);
  }

  /** @param {Cell | null} next */
  function at(next) {
    if (next?.row === cell?.row && next?.column === cell?.column) return;
    cell = next;
    onCell(cell);
    draw();
  }

  drawnBy(canvas, draw);
  const resized = new ResizeObserver(draw);
  resized.observe(node);
  const seen = new IntersectionObserver((entries) => {
    visible = entries.some(({ isIntersecting }) => isIntersecting);
    draw();
  });
  seen.observe(host);

  return {
    /** @param {Weights | null} next @param {Heading} heading @param {boolean} other  whether they are of another layer */
    update(next, { title, groups: names }, other) {
      weights = next;
      if (other) cell = null;
      setAttribute(node, 'aria-label', title);
      groups.replaceChildren(...names.map(({ name, width }) => h('span', { style: `flex:${width}` }, name)));
      groups.hidden = !weights;
      onCell(cell);
      draw();
    },
    recolour() {
      palette = readPalette(host);
      draw();
    },
    close() {
      resized.disconnect();
      seen.disconnect();
    },
  };
}

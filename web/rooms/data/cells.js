/** A picture of cells that can be read one by one, by pointer and by the arrow keys. */
import { readColours } from '../../parts/colours.js';
import { h, setText } from '../../parts/dom.js';
import { drawnBy } from '../../parts/drawn.js';
import { cellAt, cellFrom } from './pictures.js';

/** @typedef {Record<'model' | 'ink' | 'line', string>} Colours */
/** @typedef {(context: CanvasRenderingContext2D, colours: Colours) => void} Draw */
/** @typedef {import('./pictures.js').Grid} Grid */

/**
 * @param {HTMLElement} host
 * @param {{name: string, prompt: string, choose?: (row: number, column: number) => void}} options
 */
export function createCells(host, { name, prompt, choose }) {
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const cursor = h('div', { class: 'cell-cursor', hidden: true });
  const readout = h('p', { class: 'readout-line', role: 'status' }, prompt);
  const frame = h(
    'div',
    {
      ...{ class: 'cells', role: 'application', tabindex: 0, 'aria-label': name },
      onpointermove: (/** @type {PointerEvent} */ event) => look(...under(event)),
      onpointerleave: () => look(-1, -1),
      onclick: (/** @type {PointerEvent} */ event) => pick(...under(event)),
      onkeydown: key,
    },
    canvas,
    cursor,
  );
  host.append(frame, readout);
  /** @type {{grid: Grid, draw: Draw} | null} */
  let shown = null;
  let [row, column] = [-1, -1];

  /** @param {PointerEvent} event @returns {[number, number]} */
  function under({ clientX, clientY }) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return shown ? cellAt(shown.grid, (clientY - top) / height, (clientX - left) / width) : [-1, -1];
  }

  /** @param {number} nextRow @param {number} nextColumn */
  function look(nextRow, nextColumn) {
    [row, column] = [nextRow, nextColumn];
    const grid = row < 0 ? undefined : shown?.grid;
    cursor.hidden = !grid;
    setText(readout, grid ? grid.tell(row, column) : prompt);
    if (!grid) return;
    const [width, height] = [100 / grid.columns, 100 / grid.rows];
    const place = { left: column * width, top: row * height, width, height };
    for (const [side, share] of Object.entries(place)) cursor.style.setProperty(side, `${share}%`);
  }

  /** @param {number} at @param {number} there */
  function pick(at, there) {
    look(at, there);
    if (at >= 0) choose?.(at, there);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const to = shown && cellFrom(shown.grid, event.key, event.shiftKey, row, column);
    if (to) look(...to);
    else if (event.key === 'Enter' && row >= 0) pick(row, column);
    else return;
    event.preventDefault();
  }

  function paint() {
    const context = canvas.getContext('2d');
    if (!shown || !context) return;
    const { grid, draw } = shown;
    canvas.width = grid.columns * grid.unit;
    canvas.height = grid.rows * grid.unit;
    draw(context, readColours(host, ['model', 'ink', 'line']));
  }

  drawnBy(canvas, paint);

  return {
    /** @param {Grid} grid @param {Draw} draw */
    update(grid, draw) {
      shown = { grid, draw };
      frame.style.aspectRatio = `${grid.columns} / ${grid.rows}`;
      look(-1, -1);
      paint();
    },
    repaint: paint,
  };
}

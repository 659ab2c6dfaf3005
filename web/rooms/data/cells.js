/** A picture of cells that can be read one by one, by pointer and by the arrow keys. */
import { readColours } from '../../parts/colours.js';
import { h, setText } from '../../parts/dom.js';

/**
 * @typedef {object} Cells
 * @property {number} rows
 * @property {number} columns
 * @property {number} unit     pixels of a cell's side on the canvas
 * @property {(context: CanvasRenderingContext2D, colours: Record<'model' | 'ink' | 'line', string>) => void} draw
 * @property {(row: number, column: number) => string} tell
 */

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
  /** @type {Cells | null} */
  let cells = null;
  let [row, column] = [-1, -1];

  /** @param {PointerEvent} event @returns {[number, number]} */
  function under({ clientX, clientY }) {
    if (!cells) return [-1, -1];
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const clamp = (/** @type {number} */ at, /** @type {number} */ size) =>
      Math.min(size - 1, Math.max(0, Math.floor(at)));
    return [
      clamp(((clientY - top) / height) * cells.rows, cells.rows),
      clamp(((clientX - left) / width) * cells.columns, cells.columns),
    ];
  }

  /** @param {number} nextRow @param {number} nextColumn */
  function look(nextRow, nextColumn) {
    [row, column] = [nextRow, nextColumn];
    cursor.hidden = !cells || row < 0;
    setText(readout, cells && row >= 0 ? cells.tell(row, column) : prompt);
    if (!cells || row < 0) return;
    Object.assign(cursor.style, {
      left: `${(100 * column) / cells.columns}%`,
      top: `${(100 * row) / cells.rows}%`,
      width: `${100 / cells.columns}%`,
      height: `${100 / cells.rows}%`,
    });
  }

  /** @param {number} at @param {number} there */
  function pick(at, there) {
    look(at, there);
    if (at >= 0) choose?.(at, there);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (!cells) return;
    const { rows, columns } = cells;
    const by = event.shiftKey ? 10 : 1;
    const moves = /** @type {Record<string, [number, number]>} */ ({
      ArrowUp: [-by, 0],
      ArrowDown: [by, 0],
      ArrowLeft: [0, -by],
      ArrowRight: [0, by],
      Home: [0, -columns],
      End: [0, columns],
      PageUp: [-rows, 0],
      PageDown: [rows, 0],
    });
    const move = moves[event.key];
    if (event.key === 'Enter' && row >= 0) pick(row, column);
    else if (!move) return;
    else if (row < 0) look(0, 0);
    else look(Math.min(rows - 1, Math.max(0, row + move[0])), Math.min(columns - 1, Math.max(0, column + move[1])));
    event.preventDefault();
  }

  function paint() {
    const context = canvas.getContext('2d');
    if (!cells || !context) return;
    canvas.width = cells.columns * cells.unit;
    canvas.height = cells.rows * cells.unit;
    cells.draw(context, readColours(host, ['model', 'ink', 'line']));
  }

  return {
    /** @param {Cells} next */
    update(next) {
      cells = next;
      frame.style.aspectRatio = `${next.columns} / ${next.rows}`;
      look(-1, -1);
      paint();
    },
    repaint: paint,
  };
}

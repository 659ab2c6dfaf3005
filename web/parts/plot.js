/** What every plot of the page is, by uPlot: quiet axes, the theme's colours, its element's size, read by the pointer. */
import uPlot from 'uplot';
import { readColours } from './colours.js';
import { h } from './dom.js';
import { drawnBy } from './drawn.js';

/**
 * @typedef {object} Plot
 * @property {string} name   class of its element
 * @property {uPlot.Padding} padding
 * @property {Record<'x' | 'y', uPlot.Scale>} scales
 * @property {uPlot.Axis[]} axes       what is their own: x, y
 * @property {uPlot.Series[]} series   without that of x
 * @property {uPlot.Band[]} [bands]
 * @property {uPlot.Cursor} cursor
 * @property {(at: number | null, x: number) => void} onCursor   the place in the data under the pointer, and where that is
 * @property {(plot: uPlot) => void} [drawUnder]   beneath the lines
 * @property {(plot: uPlot) => void} drawOver
 */

/** @param {number} size */
const fontOf = (size) => `${size}px system-ui, sans-serif`;
/** The page's small text, in the canvas' own pixels. */
export const plotFont = () => fontOf(12 * devicePixelRatio);

/** Steps of an axis that counts. */
export const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** One of the theme's colours, as it is when the plot is drawn. @param {string} name */
export const themed =
  (name) =>
  (/** @type {uPlot} */ { root }) =>
    readColours(root, [name])[name];

/** The model's line, with its points while they are few. @type {uPlot.Series} */
export const modelLine = {
  stroke: themed('model'),
  width: 2,
  points: { show: (_, __, from, to) => to - from <= 60, size: 5, fill: themed('model') },
};

/** The point of the model's line, the first one, that the pointer reads. @type {uPlot.Cursor.Points} */
export const modelPoint = { size: (_, at) => (at === 1 ? 9 : 0), fill: themed('model') };

/** What the model has to beat. @type {uPlot.Series} */
export const baselineLine = { stroke: themed('pop'), width: 1.5, dash: [6, 5], points: { show: false } };

/**
 * Ticks in at most five characters.
 * @param {(value: number) => string} small  for those below ten
 * @returns {uPlot.Axis.DynamicValues}
 */
export const ticks = (small) => (_, values) =>
  values.map((value) => {
    if (value >= 1e4) return `${Math.round(value / 1e3)}k`;
    return value >= 10 || value === 0 ? String(Math.round(value)) : small(value).replace(/^0(?=\.)/, '');
  });

/**
 * The end of the model's line while an epoch is under way: hollow, for it is not measured yet.
 * @param {uPlot} plot
 * @param {{x: number, y: number} | null | undefined} running
 */
export function drawRunning({ ctx, root, valToPos }, running) {
  if (!running) return;
  const { paper, model } = readColours(root, ['paper', 'model']);
  ctx.beginPath();
  ctx.arc(valToPos(running.x, 'x', true), valToPos(running.y, 'y', true), 4 * devicePixelRatio, 0, 2 * Math.PI);
  ctx.fillStyle = paper;
  ctx.strokeStyle = model;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.fill();
  ctx.stroke();
}

/** Draws in the page's font, and leaves the canvas as uPlot knows it. @param {Plot['drawUnder']} draw */
const drawing = (draw) => (/** @type {uPlot} */ plot) => {
  plot.ctx.save();
  plot.ctx.font = plotFont();
  plot.ctx.setLineDash([]);
  draw?.(plot);
  plot.ctx.restore();
};

/**
 * @param {HTMLElement} host
 * @param {Plot} options
 */
export function createPlot(
  host,
  { name, scales, axes: [across, up], series, cursor, onCursor, drawUnder, drawOver, ...rest },
) {
  const place = h('div', { class: name });
  host.append(place);
  /** @type {uPlot.Axis} */
  const axis = {
    stroke: themed('muted'),
    font: fontOf(12),
    grid: { stroke: themed('line'), width: 1 },
    ticks: { show: false },
  };
  const size = () => ({ width: place.clientWidth || 300, height: place.clientHeight || 150 });
  const plot = new uPlot(
    {
      ...rest,
      ...size(),
      legend: { show: false },
      cursor: { drag: { x: false, y: false, setScale: false }, y: false, ...cursor },
      scales: { x: { time: false, ...scales.x }, y: scales.y },
      axes: [
        { ...axis, size: 26, gap: 4, space: 44, incrs: WHOLE, ...across },
        { ...axis, size: 48, gap: 6, space: 34, ...up },
      ],
      series: [{}, ...series],
      hooks: {
        drawClear: [drawing(drawUnder)],
        draw: [drawing(drawOver)],
        setCursor: [({ cursor: { idx, left = 0 }, posToVal }) => onCursor(idx ?? null, posToVal(left, 'x'))],
      },
    },
    [[0, 1], ...series.map(() => [null, null])],
    place,
  );
  const observer = new ResizeObserver(() => {
    const { width, height } = size();
    if (place.clientWidth > 0 && (width !== plot.width || height !== plot.height)) plot.setSize({ width, height });
  });
  observer.observe(place);
  drawnBy(plot.ctx.canvas, () => plot.batch(() => plot.redraw(true, true)));

  return {
    plot,
    /** Draws again: the theme's colours, or what stands beside the lines, are others. */
    redraw: () => plot.redraw(false, true),
    destroy() {
      observer.disconnect();
      plot.destroy();
      place.remove();
    },
  };
}

/** The lines of a race: each run's with its marker and its name at the end, and the dashed line to beat. */
import { readColours } from '../../parts/colours.js';
import { WHOLE, createPlot, plotFont, themed, ticks } from '../../parts/plot.js';
import { lookOf, markerPath } from './looks.js';
import { alphaOf, columnsOf, marginOf, plotScene, rangeOf } from './plot_scene.js';

/** @typedef {import('uplot')} uPlot */
/** @typedef {import('./plot_scene.js').Picture} Picture */

/** Steps of an axis of time. */
const SECONDS = [0.1, 0.2, 0.5, ...WHOLE, 2000, 5000];

/**
 * @param {HTMLElement} host
 * @param {(x: number | null) => void} onCursor
 */
export function createRacePlot(host, onCursor) {
  /** @type {Picture} */
  let picture = { lines: [], level: null, end: 1, whole: true };
  /** The run that stands out; 0: none does. */
  let focus = 0;
  let looks = '';
  let frame = build();

  /** uPlot's own way of taking a line away needs a point at the pointer, which is not wanted here: a new plot it is. */
  function build() {
    return createPlot(host, {
      name: 'race-plot',
      padding: [12, margin, 0, 0],
      scales: { x: { range: () => [0, picture.end] }, y: { range: () => rangeOf(picture) } },
      axes: [
        { incrs: () => (picture.whole ? WHOLE : SECONDS) },
        { values: ticks((value) => String(Number(value.toFixed(3)))) },
      ],
      series: picture.lines.map(({ look, id }) => ({
        stroke: themed(lookOf(look).colour),
        dash: lookOf(look).dash,
        width: 2,
        spanGaps: true,
        points: { show: false },
        alpha: alphaOf(focus, id),
      })),
      cursor: { points: { show: false } },
      onCursor: (at, x) => onCursor(at === null ? null : x),
      drawOver: (plot) => drawOver(plot, picture, focus),
    });
  }

  /** @param {uPlot} u */
  function margin({ ctx }) {
    ctx.save();
    ctx.font = plotFont();
    const width = marginOf(picture, host.clientWidth, (text) => ctx.measureText(text).width / devicePixelRatio);
    ctx.restore();
    return width;
  }

  return {
    /** @param {Picture} next */
    update(next) {
      picture = next;
      const now = picture.lines.map(({ id, look }) => `${id} ${look}`).join();
      if (now !== looks) {
        frame.destroy();
        frame = build();
      }
      looks = now;
      frame.plot.setData(columnsOf(picture));
      frame.redraw();
    },
    /** Lets one run stand out. @param {number} id 0: none */
    point(id) {
      if (id === focus) return;
      focus = id;
      picture.lines.forEach((line, at) => (frame.plot.series[at + 1].alpha = alphaOf(focus, line.id)));
      frame.redraw();
    },
    recolour: () => frame.redraw(),
    destroy: () => frame.destroy(),
  };
}

/** @param {uPlot} u @param {Picture} picture @param {number} focus */
function drawOver({ ctx, bbox, root, valToPos }, picture, focus) {
  const ratio = devicePixelRatio;
  const colours = readColours(root, ['ink', 'pop', ...picture.lines.map(({ look }) => lookOf(look).colour)]);
  const marks = plotScene(picture, focus, {
    ...{ ratio, bbox, width: ctx.canvas.width },
    across: (x) => valToPos(x, 'x', true),
    up: (y) => valToPos(y, 'y', true),
    widthOf: (text) => ctx.measureText(text).width,
  });
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  for (const mark of marks) {
    ctx.globalAlpha = mark.alpha;
    ctx.fillStyle = ctx.strokeStyle = colours[mark.colour];
    if ('line' in mark) drawStroke(ctx, mark);
    else if ('text' in mark) ctx.fillText(mark.text, mark.x, mark.y);
    else {
      markerPath(ctx, mark.look, mark.x, mark.y, 3.2 * ratio);
      ctx.fill();
    }
  }
}

/** @param {CanvasRenderingContext2D} ctx @param {import('./plot_scene.js').Stroke} stroke */
function drawStroke(ctx, { line: [x0, y0, x1, y1], width, dash }) {
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
}

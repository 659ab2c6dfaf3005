/** The lines of a race: each run's with its marker and its name at the end, and the dashed line to beat. */
import { readColours } from '../../parts/colours.js';
import { WHOLE, createPlot, plotFont, themed, ticks } from '../../parts/plot.js';
import { lookOf, markerPath } from './looks.js';

/** @typedef {import('uplot')} uPlot */
/**
 * @typedef {object} Line
 * @property {number} id
 * @property {string} name
 * @property {number} look
 * @property {number[]} x
 * @property {number[]} y
 * @property {number} learnt   the first point after an epoch
 */
/** @typedef {{lines: Line[], level: {name: string, value: number} | null, end: number, whole: boolean}} Picture  level: to be beaten; end: of the axis; whole: it counts */
/** @typedef {{text: string, look: number | null, id: number, x: number | null, y: number}} Label */

/** Heights of labels, and the space from a line's end to its name, in px. */
const LABEL = 15;
const GAP = 22;
/** Steps of an axis of time. */
const SECONDS = [0.1, 0.2, 0.5, ...WHOLE, 2000, 5000];
/** With more points than this a line has a marker at its end only. */
const MOST_MARKERS = 30;

/**
 * Moves labels apart that would cover each other, keeping their order, between two bounds.
 * @param {number[]} wanted  sorted
 * @param {number} gap
 * @param {number} top
 * @param {number} bottom
 */
export function spread(wanted, gap, top, bottom) {
  /** @type {number[]} */
  const places = [];
  for (const [at, place] of wanted.entries()) places.push(Math.max(place, at ? places[at - 1] + gap : top));
  for (let at = places.length - 1, limit = bottom; at >= 0; at--, limit = places[at + 1] - gap)
    places[at] = Math.min(places[at], limit);
  return places;
}

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
  const alphaOf = (/** @type {number} */ id, faint = 0.2) => (focus && focus !== id ? faint : 1);
  let frame = build();

  /** uPlot's own way of taking a line away needs a point at the pointer, which is not wanted here: a new plot it is. */
  function build() {
    return createPlot(host, {
      name: 'race-plot',
      padding: [12, margin, 0, 0],
      scales: { x: { range: () => [0, picture.end] }, y: { range } },
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
        alpha: alphaOf(id),
      })),
      cursor: { points: { show: false } },
      onCursor: (at, x) => onCursor(at === null ? null : x),
      drawOver,
    });
  }

  /** From the first epoch on, where there is one: what precedes all learning would press the lines together. @returns {[number, number]} */
  function range() {
    const learnt = picture.lines.flatMap(({ y, learnt: from }) => y.slice(from));
    const all = learnt.length > 0 ? learnt : picture.lines.flatMap(({ y }) => y);
    if (picture.level) all.push(picture.level.value);
    if (all.length === 0) return [0, 1];
    const [from, to] = [Math.min(...all), Math.max(...all)];
    const room = Math.max((to - from) * 0.08, 0.005);
    return [Math.max(0, from - room), to + room];
  }

  /** Room at the right for the names, but no more than a third of the whole. @param {uPlot} u */
  function margin({ ctx }) {
    ctx.save();
    ctx.font = plotFont();
    const names = [...picture.lines.map(({ name }) => name), picture.level?.name ?? ''];
    const widest = Math.max(0, ...names.map((name) => ctx.measureText(name).width)) / devicePixelRatio;
    ctx.restore();
    return Math.ceil(Math.min(widest + GAP + 4, host.clientWidth / 3));
  }

  /** @returns {uPlot.AlignedData} */
  function data() {
    const all = [...new Set(picture.lines.flatMap(({ x }) => x))].sort((a, b) => a - b);
    const places = new Map(all.map((x, at) => [x, at]));
    const columns = picture.lines.map(({ x, y }) => {
      /** @type {(number | null)[]} */
      const column = new Array(all.length).fill(null);
      x.forEach((value, at) => (column[Number(places.get(value))] = y[at]));
      return column;
    });
    return [all, ...columns];
  }

  /** The line to beat, markers, and the names at the right. @param {uPlot} u */
  function drawOver({ ctx, bbox, root, valToPos }) {
    const ratio = devicePixelRatio;
    const colours = readColours(root, ['ink', 'pop', ...picture.lines.map(({ look }) => lookOf(look).colour)]);
    const left = (/** @type {number} */ x) => valToPos(x, 'x', true);
    const top = (/** @type {number} */ y) => valToPos(y, 'y', true);
    const right = bbox.left + bbox.width;
    /** @type {Label[]} */
    const labels = [];
    if (picture.level) {
      const y = top(picture.level.value);
      ctx.strokeStyle = colours.pop;
      ctx.lineWidth = 1.5 * ratio;
      ctx.setLineDash([6 * ratio, 5 * ratio]);
      segment(ctx, bbox.left, y, right, y);
      ctx.setLineDash([]);
      labels.push({ text: picture.level.name, look: null, id: -1, x: null, y });
    }
    for (const { id, name, look, x, y } of picture.lines) {
      if (x.length === 0) continue;
      ctx.globalAlpha = alphaOf(id);
      ctx.fillStyle = colours[lookOf(look).colour];
      const last = x.length - 1;
      for (let at = last; at >= 0 && (at === last || x.length <= MOST_MARKERS); at--) {
        const height = top(y[at]);
        if (height > bbox.top + bbox.height) continue;
        markerPath(ctx, look, left(x[at]), height, 3.2 * ratio);
        ctx.fill();
      }
      labels.push({ text: name, look, id, x: left(x[last]), y: top(y[last]) });
    }
    drawLabels(ctx, labels, colours, bbox);
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Label[]} labels
   * @param {Record<string, string>} colours
   * @param {uPlot.BBox} bbox   of the lines
   */
  function drawLabels(ctx, labels, colours, bbox) {
    const ratio = devicePixelRatio;
    const right = bbox.left + bbox.width;
    labels.sort((a, b) => a.y - b.y);
    const places = spread(
      labels.map(({ y }) => y),
      LABEL * ratio,
      bbox.top,
      bbox.top + bbox.height,
    );
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    ctx.lineWidth = ratio;
    for (const [at, { text, look, id, x, y }] of labels.entries()) {
      ctx.globalAlpha = look === null ? 1 : alphaOf(id, 0.25);
      const start = right + GAP * ratio;
      const colour = colours[look === null ? 'pop' : lookOf(look).colour];
      if (x !== null) {
        ctx.strokeStyle = colour;
        const alpha = ctx.globalAlpha;
        ctx.globalAlpha = 0.5 * alpha;
        ctx.setLineDash([ratio, 3 * ratio]);
        if (right - x > 12 * ratio) segment(ctx, x + 5 * ratio, y, right, y);
        ctx.setLineDash([]);
        ctx.globalAlpha = alpha;
        segment(ctx, Math.max(right, x + 5 * ratio), y, start - 14 * ratio, places[at]);
        ctx.fillStyle = colour;
        markerPath(ctx, Number(look), start - 8 * ratio, places[at], 3.2 * ratio);
        ctx.fill();
        ctx.fillStyle = colours.ink;
      } else {
        ctx.strokeStyle = colour;
        segment(ctx, right, y, start - 14 * ratio, places[at]);
        ctx.fillStyle = colour;
      }
      ctx.fillText(fit(ctx, text, ctx.canvas.width - start - 2 * ratio), start, places[at]);
    }
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
      frame.plot.setData(data());
      frame.redraw();
    },
    /** Lets one run stand out. @param {number} id 0: none */
    point(id) {
      if (id === focus) return;
      focus = id;
      picture.lines.forEach((line, at) => (frame.plot.series[at + 1].alpha = alphaOf(line.id)));
      frame.redraw();
    },
    recolour: () => frame.redraw(),
    destroy: () => frame.destroy(),
  };
}

/** @param {CanvasRenderingContext2D} ctx @param {number[]} ends x, y, x, y */
function segment(ctx, ...[x0, y0, x1, y1]) {
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
}

/**
 * A text cut off to a width.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {number} width
 */
function fit(ctx, text, width) {
  if (ctx.measureText(text).width <= width) return text;
  let cut = text;
  while (cut.length > 1 && ctx.measureText(`${cut}…`).width > width) cut = cut.slice(0, -1);
  return `${cut}…`;
}

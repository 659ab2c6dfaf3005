/** The lines of a race, by uPlot: each run's with its marker and its name at the end, and the dashed line to beat. */
import uPlot from 'uplot';
import { h } from './dom.js';
import { lookOf, markerPath } from './race_looks.js';

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
/** @typedef {{text: string, look: number | null, id: number, x: number | null, y: number, at: number}} Label  at: where it is put */

const FONT = '12px system-ui, sans-serif';
/** Heights of labels, and the space from a line's end to its name, in px. */
const LABEL = 15;
const GAP = 22;
/** Steps of the axis. */
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
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
export function createPlot(host, onCursor) {
  const place = h('div', { class: 'race-plot' });
  host.append(place);
  /** @type {Picture} */
  let picture = { lines: [], level: null, end: 1, whole: true };
  let colours = readColours(host, []);
  /** The run that stands out; 0: none does. */
  let focus = 0;
  let margin = GAP;
  /** @type {uPlot | null} */
  let plot = null;
  let looks = '';

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

  /** @returns {uPlot.Options} */
  function options() {
    const line = (/** @type {string} */ name) => () => colours[name];
    /** @type {uPlot.Axis} */
    const axis = {
      stroke: line('--muted'),
      font: FONT,
      grid: { stroke: line('--line'), width: 1 },
      ticks: { show: false },
    };
    return {
      width: place.clientWidth || 300,
      height: place.clientHeight || 200,
      padding: [12, () => margin, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false, setScale: false }, y: false, points: { show: false } },
      scales: { x: { time: false, range: () => [0, picture.end] }, y: { range } },
      axes: [
        { ...axis, size: 26, gap: 4, space: 44, incrs: () => (picture.whole ? WHOLE : SECONDS) },
        { ...axis, size: 48, gap: 6, space: 34, values: (_, ticks) => ticks.map(short) },
      ],
      series: [
        {},
        ...picture.lines.map(({ look, id }) => ({
          stroke: line(lookOf(look).colour),
          dash: lookOf(look).dash,
          width: 2,
          spanGaps: true,
          points: { show: false },
          alpha: focus && focus !== id ? 0.2 : 1,
        })),
      ],
      hooks: {
        draw: [drawMarks],
        setCursor: [(u) => onCursor(u.cursor.idx == null ? null : u.posToVal(u.cursor.left ?? 0, 'x'))],
      },
    };
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
  function drawMarks(u) {
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    const left = (/** @type {number} */ x) => u.valToPos(x, 'x', true);
    const top = (/** @type {number} */ y) => u.valToPos(y, 'y', true);
    const right = bbox.left + bbox.width;
    /** @type {Label[]} */
    const labels = [];
    ctx.save();
    if (picture.level) {
      const y = top(picture.level.value);
      ctx.strokeStyle = colours['--pop'];
      ctx.lineWidth = 1.5 * ratio;
      ctx.setLineDash([6 * ratio, 5 * ratio]);
      segment(ctx, bbox.left, y, right, y);
      labels.push({ text: picture.level.name, look: null, id: -1, x: null, y, at: y });
    }
    ctx.setLineDash([]);
    for (const { id, name, look, x, y } of picture.lines) {
      if (x.length === 0) continue;
      ctx.globalAlpha = focus && focus !== id ? 0.2 : 1;
      ctx.fillStyle = colours[lookOf(look).colour];
      const last = x.length - 1;
      for (let at = last; at >= 0 && (at === last || x.length <= MOST_MARKERS); at--) {
        const height = top(y[at]);
        if (height > bbox.top + bbox.height) continue;
        markerPath(ctx, look, left(x[at]), height, 3.2 * ratio);
        ctx.fill();
      }
      labels.push({ text: name, look, id, x: left(x[last]), y: top(y[last]), at: 0 });
    }
    drawLabels(ctx, labels, right, bbox.top, bbox.top + bbox.height);
    ctx.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Label[]} labels
   * @param {number} right   edge of the plot
   * @param {number} top
   * @param {number} bottom
   */
  function drawLabels(ctx, labels, right, top, bottom) {
    const ratio = devicePixelRatio;
    labels.sort((a, b) => a.y - b.y);
    const places = spread(
      labels.map(({ y }) => y),
      LABEL * ratio,
      top,
      bottom,
    );
    ctx.font = `${12 * ratio}px system-ui, sans-serif`;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    ctx.lineWidth = ratio;
    for (const [at, { text, look, id, x, y }] of labels.entries()) {
      ctx.globalAlpha = focus && look !== null && focus !== id ? 0.25 : 1;
      const start = right + GAP * ratio;
      const colour = colours[look === null ? '--pop' : lookOf(look).colour];
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
        ctx.fillStyle = colours['--ink'];
      } else {
        ctx.strokeStyle = colour;
        segment(ctx, right, y, start - 14 * ratio, places[at]);
        ctx.fillStyle = colour;
      }
      ctx.fillText(fit(ctx, text, (margin - GAP - 2) * ratio), start, places[at]);
    }
  }

  /** Room for the names, but no more than a third of the whole. */
  function measureMargin() {
    const ctx = plot?.ctx;
    if (!ctx) return;
    ctx.save();
    ctx.font = FONT;
    const names = [...picture.lines.map(({ name }) => name), picture.level?.name ?? ''];
    const widest = Math.max(0, ...names.map((name) => ctx.measureText(name).width));
    ctx.restore();
    margin = Math.ceil(Math.min(widest + GAP + 4, place.clientWidth / 3));
  }

  function resize() {
    const { clientWidth: width, clientHeight: height } = place;
    if (!plot || width === 0 || height === 0 || (width === plot.width && height === plot.height)) return;
    measureMargin();
    plot.setSize({ width, height });
  }
  const observer = new ResizeObserver(resize);
  observer.observe(place);

  function rebuild() {
    plot?.destroy();
    colours = readColours(host, picture.lines);
    plot = new uPlot(options(), data(), place);
  }

  return {
    /** @param {Picture} next */
    update(next) {
      picture = next;
      const now = picture.lines.map(({ id, look }) => `${id} ${look}`).join();
      if (!plot || now !== looks) rebuild();
      looks = now;
      const before = margin;
      measureMargin();
      if (plot && margin !== before) plot.setSize({ width: plot.width, height: plot.height });
      plot?.setData(data());
    },
    /** Lets one run stand out. @param {number} id 0: none */
    point(id) {
      if (id === focus) return;
      focus = id;
      plot?.series.forEach((series, at) => {
        if (at > 0) series.alpha = focus && focus !== picture.lines[at - 1]?.id ? 0.2 : 1;
      });
      plot?.redraw(false);
    },
    /** Draws again in the theme's colours. */
    recolour() {
      colours = readColours(host, picture.lines);
      plot?.redraw(false, true);
    },
    destroy() {
      observer.disconnect();
      plot?.destroy();
      place.remove();
    },
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

/** @param {number} value a tick in few characters */
const short = (value) =>
  value >= 10 || value === 0 ? String(Math.round(value)) : String(Number(value.toFixed(3))).replace(/^0(?=\.)/, '');

/**
 * @param {HTMLElement} host
 * @param {Line[]} lines
 * @returns {Record<string, string>} the theme's colours there
 */
function readColours(host, lines) {
  const style = getComputedStyle(host);
  const names = ['--ink', '--muted', '--line', '--pop', ...lines.map(({ look }) => lookOf(look).colour)];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name).trim()]));
}

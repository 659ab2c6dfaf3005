/** A few lines over one axis, by uPlot: the model's, what it has to beat, and chance; named at their ends. */
import uPlot from 'uplot';
import { h } from './dom.js';

/**
 * @typedef {object} Lines
 * @property {number[]} x
 * @property {(number | null)[]} model
 * @property {(number | null)[]} [baseline]
 * @property {(number | null)[]} [chance]
 * @property {{baseline?: string, chance?: string}} [names]
 * @property {{x: number, y: number} | null} [running]  where what is under way stands
 * @property {[number, number]} xRange
 * @property {[number, number]} yRange
 */
/**
 * @typedef {object} LinesOptions
 * @property {(at: number | null) => void} onCursor   place in x under the pointer
 * @property {boolean} [ranks]   the values are ranks: 1 on top, in steps that grow, with the hits as a band
 * @property {string} [band]     the name of that band
 * @property {number} [mark]     an x to be marked
 */

const FONT = '12px system-ui, sans-serif';
const RANK_TICKS = [1, 10, 100, 1000, 10_000, 100_000];

/**
 * @param {HTMLElement} host
 * @param {LinesOptions} options
 */
export function createLines(host, { onCursor, ranks = false, band = '', mark }) {
  const plotHost = h('div', { class: 'lines' });
  host.append(plotHost);
  let colours = readColours(host);
  /** @type {Lines} */
  let shown = { x: [0, 1], model: [null, null], xRange: [0, 1], yRange: [0, 1] };
  let last = -1;
  const line = (/** @type {keyof typeof colours} */ name) => () => colours[name];
  /** @type {uPlot.Axis} */
  const axis = {
    stroke: line('muted'),
    font: FONT,
    grid: { stroke: line('line'), width: 1 },
    ticks: { show: false },
  };
  const plot = new uPlot(
    {
      width: 300,
      height: 140,
      padding: [10, ranks ? 12 : 60, 0, 0],
      legend: { show: false },
      cursor: {
        drag: { x: false, y: false, setScale: false },
        y: false,
        points: { size: (_, at) => (at === 1 ? 9 : 0), fill: line('model') },
      },
      scales: {
        x: { time: false, range: () => shown.xRange },
        y: { range: () => shown.yRange, ...(ranks ? { distr: 3, dir: -1 } : {}) },
      },
      axes: [
        { ...axis, size: 26, gap: 4, space: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
        {
          ...axis,
          size: 44,
          gap: 6,
          space: 30,
          ...(ranks
            ? {
                splits: () => RANK_TICKS.filter((tick) => tick <= shown.yRange[1]),
                filter: (/** @type {uPlot} */ _, /** @type {number[]} */ ticks) => ticks,
              }
            : {}),
        },
      ],
      series: [
        {},
        {
          stroke: line('model'),
          width: 2,
          points: { show: (_, __, from, to) => to - from <= 60, size: 5, fill: line('model') },
        },
        { stroke: line('baseline'), width: 1.5, dash: [6, 5], points: { show: false } },
        { stroke: line('muted'), width: 1.5, dash: [1.5, 4], points: { show: false } },
      ],
      hooks: {
        drawClear: [drawBand],
        draw: [drawNames],
        setCursor: [
          (u) => {
            const at = u.cursor.idx ?? null;
            if (at !== last) onCursor(at);
            last = at ?? -1;
          },
        ],
      },
    },
    dataOf(shown),
    plotHost,
  );

  /** The hits, or the mark, beneath the lines. @param {uPlot} u */
  function drawBand({ ctx, bbox, valToPos }) {
    const { left, top, width, height } = bbox;
    ctx.save();
    if (ranks) {
      const end = Math.min(valToPos(10.5, 'y', true), top + height);
      ctx.fillStyle = colours.band;
      ctx.fillRect(left, top, width, end - top);
      ctx.fillStyle = colours.muted;
      ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
      ctx.textAlign = 'right';
      ctx.textBaseline = 'bottom';
      ctx.fillText(band, left + width - 4 * devicePixelRatio, end - 3 * devicePixelRatio);
    }
    if (mark !== undefined) {
      ctx.fillStyle = colours.edge;
      ctx.fillRect(valToPos(mark, 'x', true), top, devicePixelRatio, height);
    }
    ctx.restore();
  }

  /** Names at the right ends, and the dot of what is under way. @param {uPlot} u */
  function drawNames({ ctx, bbox, valToPos }) {
    const { names, baseline, chance, running } = shown;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.font = `${12 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    for (const [name, values, colour] of /** @type {const} */ ([
      [names?.baseline, baseline, colours.baseline],
      [names?.chance, chance, colours.muted],
    ])) {
      const value = values?.at(-1);
      if (!name || value == null) continue;
      ctx.fillStyle = colour;
      ctx.fillText(name, bbox.left + bbox.width + 6 * ratio, valToPos(value, 'y', true));
    }
    if (running) {
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.arc(valToPos(running.x, 'x', true), valToPos(running.y, 'y', true), 4 * ratio, 0, 2 * Math.PI);
      ctx.fillStyle = colours.paper;
      ctx.strokeStyle = colours.model;
      ctx.lineWidth = 1.5 * ratio;
      ctx.fill();
      ctx.stroke();
    }
    ctx.restore();
  }

  const observer = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = plotHost;
    if (width > 0 && height > 0 && (width !== plot.width || height !== plot.height)) plot.setSize({ width, height });
  });
  observer.observe(plotHost);

  return {
    /** @param {Lines} lines */
    update(lines) {
      shown = lines;
      plot.setData(dataOf(lines));
    },
    /** Draws again in the theme's colours. */
    recolour() {
      colours = readColours(host);
      plot.redraw(false, true);
    },
    destroy() {
      observer.disconnect();
      plot.destroy();
      plotHost.remove();
    },
  };
}

/** @param {Lines} lines @returns {uPlot.AlignedData} */
function dataOf({ x, model, baseline, chance }) {
  const none = x.map(() => null);
  return [x, model, baseline ?? none, chance ?? none];
}

/** @param {HTMLElement} host the theme's colours there */
function readColours(host) {
  const style = getComputedStyle(host);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    model: read('--model'),
    band: read('--model-wash'),
    baseline: read('--pop'),
    muted: read('--muted'),
    line: read('--line'),
    edge: read('--edge'),
    paper: read('--paper'),
  };
}

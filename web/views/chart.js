/** One live line over the epochs, by uPlot: the model's, with an interval's band, and the line to beat. */
import uPlot from 'uplot';
import { h } from './dom.js';

/**
 * @typedef {object} Series
 * @property {number} epochs           length of the axis
 * @property {(number | null)[]} model one an epoch from 0
 * @property {(number | null)[]} low   ends of the interval
 * @property {(number | null)[]} high
 * @property {{name: string, value: number} | null} baseline  what is to be beaten
 * @property {boolean} fromZero        of the axis of values
 * @property {{x: number, y: number} | null} running   where the epoch under way stands
 */

const FONT = '12px system-ui, sans-serif';

/**
 * @param {HTMLElement} host
 * @param {{sync: string, format: (value: number) => string, onCursor: (epoch: number | null) => void}} options
 */
export function createChart(host, { sync, format, onCursor }) {
  const plotHost = h('div', { class: 'plot' });
  host.append(plotHost);
  let colours = readColours(host);
  let epochs = 1;
  let fromZero = false;
  let baselineName = '';
  /** @type {{x: number, y: number} | null} */
  let running = null;
  let last = -1;

  const line = (/** @type {keyof typeof colours} */ name) => () => colours[name];
  /** @type {uPlot.Axis} */
  const axis = {
    stroke: line('muted'),
    font: FONT,
    grid: { stroke: line('line'), width: 1 },
    ticks: { show: false },
  };
  /** @type {uPlot.Options} */
  const options = {
    width: 300,
    height: 150,
    padding: [10, 14, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: sync, setSeries: false },
      drag: { x: false, y: false, setScale: false },
      y: false,
      points: { size: (_, at) => (at === 1 ? 9 : 0), fill: line('model') },
    },
    scales: { x: { time: false, range: () => [0, epochs] }, y: { range } },
    axes: [
      { ...axis, size: 26, gap: 4, space: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
      { ...axis, size: 48, gap: 6, space: 34, values: (_, ticks) => ticks.map(short) },
    ],
    series: [
      {},
      {
        stroke: line('model'),
        width: 2,
        points: { show: (_, __, from, to) => to - from <= 60, size: 5, fill: line('model') },
      },
      { stroke: line('none'), width: 0, points: { show: false } },
      { stroke: line('none'), width: 0, points: { show: false } },
      { stroke: line('baseline'), width: 1.5, dash: [6, 5], points: { show: false } },
    ],
    bands: [{ series: [3, 2], fill: line('band') }],
    hooks: {
      draw: [drawLabels],
      setCursor: [
        (plot) => {
          const at = plot.cursor.idx ?? null;
          if (at !== last) onCursor(at);
          last = at ?? -1;
        },
      ],
    },
  };

  /** @type {uPlot.AlignedData} */
  let data = [
    [0, 1],
    [null, null],
    [null, null],
    [null, null],
    [null, null],
  ];
  const plot = new uPlot(options, data, plotHost);

  /** @type {(u: uPlot, low: number | null, high: number | null) => [number, number]} */
  function range(_, low, high) {
    let from = Math.min(low ?? Infinity, running?.y ?? Infinity);
    const to = Math.max(high ?? -Infinity, running?.y ?? -Infinity);
    if (!Number.isFinite(from) || !Number.isFinite(to)) return [0, 1];
    if (fromZero) from = 0;
    const room = Math.max((to - from) * 0.12, 0.01);
    return [Math.max(0, from - room), to + room];
  }

  /** The name of the line to beat, and the dot of the epoch under way. */
  function drawLabels(/** @type {uPlot} */ u) {
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    ctx.save();
    const level = /** @type {(number | null)[]} */ (u.data[4])[0];
    if (level != null) {
      // At the right, on the side of the line where the model is not.
      const latest = /** @type {(number | null)[]} */ (u.data[1]).findLast((value) => value != null) ?? level;
      const y = u.valToPos(level, 'y', true);
      ctx.font = `${12 * ratio}px system-ui, sans-serif`;
      ctx.fillStyle = colours.baseline;
      ctx.textAlign = 'right';
      ctx.textBaseline = latest >= level ? 'top' : 'bottom';
      const gap = (latest >= level ? 4 : -4) * ratio;
      ctx.fillText(`${baselineName} ${format(level)}`, bbox.left + bbox.width, y + gap);
    }
    if (running) {
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.arc(u.valToPos(running.x, 'x', true), u.valToPos(running.y, 'y', true), 4 * ratio, 0, 2 * Math.PI);
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
    /** @param {Series} series */
    update(series) {
      epochs = Math.max(1, series.epochs, series.model.length - 1);
      ({ running, fromZero } = series);
      baselineName = series.baseline?.name ?? '';
      const length = epochs + 1;
      const filled = (/** @type {(number | null)[]} */ values) => Array.from({ length }, (_, at) => values[at] ?? null);
      data = [
        Array.from({ length }, (_, at) => at),
        filled(series.model),
        filled(series.low),
        filled(series.high),
        Array.from({ length }, () => series.baseline?.value ?? null),
      ];
      plot.setData(data);
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

/** @param {number} value a tick in at most five characters */
function short(value) {
  if (value >= 1e4) return `${Math.round(value / 1e3)}k`;
  if (value >= 10 || value === 0) return String(Math.round(value));
  return value.toFixed(2).replace(/^0(?=\.)/, '');
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
    paper: read('--paper'),
    none: 'transparent',
  };
}

/** One live line over the epochs: the model's, with an interval's band, and the line to beat. */
import { readColours } from './colours.js';
import { baselineLine, createPlot, drawRunning, modelLine, modelPoint, themed, ticks } from './plot.js';

/** @typedef {import('uplot')} uPlot */
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

/** An end of the interval: only the band between the two is seen. */
const END = { stroke: 'transparent', width: 0, points: { show: false } };

/**
 * @param {HTMLElement} host
 * @param {{sync: string, format: (value: number) => string, onCursor: (epoch: number | null) => void}} options
 */
export function createChart(host, { sync, format, onCursor }) {
  /** @type {Series} */
  let shown = { epochs: 1, model: [], low: [], high: [], baseline: null, fromZero: false, running: null };
  /** Epochs on the axis, 0 among them. */
  const length = () => Math.max(2, shown.epochs + 1, shown.model.length);
  const { plot, redraw, destroy } = createPlot(host, {
    name: 'plot',
    padding: [10, 14, 0, 0],
    scales: { x: { range: () => [0, length() - 1] }, y: { range } },
    axes: [{}, { values: ticks((value) => value.toFixed(2)) }],
    series: [modelLine, END, END, baselineLine],
    bands: [{ series: [3, 2], fill: themed('model-wash') }],
    cursor: { sync: { key: sync, setSeries: false }, points: modelPoint },
    onCursor,
    drawOver,
  });

  /** @type {(u: uPlot, low: number | null, high: number | null) => [number, number]} */
  function range(_, low, high) {
    const { running, fromZero } = shown;
    let from = Math.min(low ?? Infinity, running?.y ?? Infinity);
    const to = Math.max(high ?? -Infinity, running?.y ?? -Infinity);
    if (!Number.isFinite(from) || !Number.isFinite(to)) return [0, 1];
    if (fromZero) from = 0;
    const room = Math.max((to - from) * 0.12, 0.01);
    return [Math.max(0, from - room), to + room];
  }

  /** The name of the line to beat, and the dot of the epoch under way. @param {uPlot} u */
  function drawOver(u) {
    const { ctx, bbox } = u;
    const { model, baseline, running } = shown;
    if (baseline) {
      // At the right, on the side of the line where the model is not.
      const latest = model.findLast((value) => value != null) ?? baseline.value;
      const below = latest >= baseline.value;
      ctx.fillStyle = readColours(u.root, ['pop']).pop;
      ctx.textAlign = 'right';
      ctx.textBaseline = below ? 'top' : 'bottom';
      const y = u.valToPos(baseline.value, 'y', true) + (below ? 4 : -4) * devicePixelRatio;
      ctx.fillText(`${baseline.name} ${format(baseline.value)}`, bbox.left + bbox.width, y);
    }
    drawRunning(u, running);
  }

  return {
    /** @param {Series} series */
    update(series) {
      shown = series;
      const epochs = Array.from({ length: length() }, (_, epoch) => epoch);
      const columns = [series.model, series.low, series.high].map((values) => epochs.map((at) => values[at] ?? null));
      plot.setData([epochs, ...columns, epochs.map(() => series.baseline?.value ?? null)]);
    },
    recolour: redraw,
    destroy,
  };
}

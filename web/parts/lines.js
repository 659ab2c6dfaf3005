/** A few lines over one axis: the model's, what it has to beat, and chance; named at their ends. */
import { readColours } from './colours.js';
import { baselineLine, createPlot, drawRunning, modelLine, modelPoint, themed } from './plot.js';

/** @typedef {import('uplot')} uPlot */
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
 * @property {string} [hits]   the name of the hits' band: the values are ranks, 1 on top, in steps that grow
 * @property {number} [mark]   an x to be marked
 */

const RANK_TICKS = [1, 10, 100, 1000, 10_000, 100_000];

/**
 * @param {HTMLElement} host
 * @param {LinesOptions} options
 */
export function createLines(host, { onCursor, hits, mark }) {
  /** @type {Lines} */
  let shown = { x: [0, 1], model: [null, null], xRange: [0, 1], yRange: [0, 1] };
  /** @type {uPlot.Axis} */
  const ranks = { splits: () => RANK_TICKS.filter((tick) => tick <= shown.yRange[1]), filter: (_, splits) => splits };
  const { plot, redraw, destroy } = createPlot(host, {
    name: 'lines',
    padding: [10, hits ? 12 : 60, 0, 0],
    scales: {
      x: { range: () => shown.xRange },
      y: { range: () => shown.yRange, ...(hits ? { distr: 3, dir: -1 } : {}) },
    },
    axes: [{ space: 40 }, { size: 44, space: 30, ...(hits ? ranks : {}) }],
    series: [modelLine, baselineLine, { stroke: themed('muted'), width: 1.5, dash: [1.5, 4], points: { show: false } }],
    cursor: { points: modelPoint },
    onCursor,
    drawUnder,
    drawOver,
  });

  /** The hits, or the mark, beneath the lines. @param {uPlot} u */
  function drawUnder({ ctx, bbox, root, valToPos }) {
    const { left, top, width, height } = bbox;
    const colours = readColours(root, ['model-wash', 'muted', 'edge']);
    if (hits) {
      const end = Math.min(valToPos(10.5, 'y', true), top + height);
      ctx.fillStyle = colours['model-wash'];
      ctx.fillRect(left, top, width, end - top);
      ctx.fillStyle = colours.muted;
      ctx.textAlign = 'right';
      ctx.textBaseline = 'bottom';
      ctx.fillText(hits, left + width - 4 * devicePixelRatio, end - 3 * devicePixelRatio);
    }
    if (mark !== undefined) {
      ctx.fillStyle = colours.edge;
      ctx.fillRect(valToPos(mark, 'x', true), top, devicePixelRatio, height);
    }
  }

  /** Names at the right ends, and the dot of what is under way. @param {uPlot} u */
  function drawOver(u) {
    const { ctx, bbox } = u;
    const { names, baseline, chance, running } = shown;
    const { pop, muted } = readColours(u.root, ['pop', 'muted']);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    for (const [name, values, colour] of /** @type {const} */ ([
      [names?.baseline, baseline, pop],
      [names?.chance, chance, muted],
    ])) {
      const value = values?.at(-1);
      if (!name || value == null) continue;
      ctx.fillStyle = colour;
      ctx.fillText(name, bbox.left + bbox.width + 6 * devicePixelRatio, u.valToPos(value, 'y', true));
    }
    drawRunning(u, running);
  }

  return {
    /** @param {Lines} lines */
    update(lines) {
      shown = lines;
      const { x, model, baseline, chance } = lines;
      const none = x.map(() => null);
      plot.setData([x, model, baseline ?? none, chance ?? none]);
    },
    recolour: redraw,
    destroy,
  };
}

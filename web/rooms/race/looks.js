/**
 * How runs are told apart in a race: by colour, by dash and by marker, so that nobody needs the colour. Eighteen looks, the
 * first six of them solid; orange and long dashes are ItemPop's alone.
 */
import { svg } from '../../parts/dom.js';

const COLOURS = 6;

/** Lengths of dashes and gaps, in px. */
const DASHES = [[], [2, 4], [9, 3, 2, 3]];

/** Outlines around the origin, for a marker of radius 1; null is a circle. @type {([number, number][] | null)[]} */
const SHAPES = [
  null,
  polygon(4, 45),
  polygon(3, -90),
  polygon(4, 0),
  polygon(3, 90),
  Array.from({ length: 10 }, (_, at) => spoke(at % 2 ? 0.55 : 1.35, 36 * at - 90)),
];

/** @param {number} corners @param {number} turn @returns {[number, number][]} */
function polygon(corners, turn) {
  return Array.from({ length: corners }, (_, at) => spoke(1.25, (360 / corners) * at + turn));
}

/** @param {number} radius @param {number} degrees @returns {[number, number]} */
function spoke(radius, degrees) {
  const angle = (degrees * Math.PI) / 180;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** @param {number} look */
export function lookOf(look) {
  const round = Math.floor(look / COLOURS);
  return {
    colour: `race-${look % COLOURS}`,
    dash: DASHES[round % DASHES.length],
    shape: SHAPES[(look + round) % SHAPES.length],
  };
}

/**
 * A marker on a canvas, as a path to be filled.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} look
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function markerPath(ctx, look, x, y, radius) {
  const { shape } = lookOf(look);
  ctx.beginPath();
  if (!shape) ctx.arc(x, y, radius, 0, 2 * Math.PI);
  else shape.forEach(([dx, dy], at) => (at ? ctx.lineTo : ctx.moveTo).call(ctx, x + radius * dx, y + radius * dy));
  ctx.closePath();
}

/** A piece of a run's line with its marker, beside its name. @param {number} look */
export function swatch(look) {
  const { colour, dash, shape } = lookOf(look);
  const paint = `stroke: var(--${colour}); fill: var(--${colour})`;
  const points = shape?.map(([x, y]) => `${(16 + 4 * x).toFixed(2)},${(8 + 4 * y).toFixed(2)}`).join(' ');
  return svg(
    'svg',
    { class: 'race-swatch', viewBox: '0 0 32 16', width: 32, height: 16, 'aria-hidden': 'true' },
    svg('path', { d: 'M1 8H31', style: paint, 'stroke-width': 2, 'stroke-dasharray': dash.join(' ') || null }),
    shape
      ? svg('polygon', { points: points ?? '', style: paint })
      : svg('circle', { cx: 16, cy: 8, r: 4, style: paint }),
  );
}

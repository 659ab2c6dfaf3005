/**
 * Where everything stands in the plot of a race: its ranges, its columns of numbers, and what is drawn over the lines,
 * each run's markers and its name at the right, and the dashed line to beat.
 */
import { lookOf } from './looks.js';

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
/**
 * @typedef {object} Frame  the plot on its canvas, in the canvas' own pixels
 * @property {number} ratio   of a CSS pixel to one of these
 * @property {number} width   of the canvas
 * @property {{left: number, top: number, width: number, height: number}} bbox  of the lines
 * @property {(x: number) => number} across
 * @property {(y: number) => number} up
 * @property {(text: string) => number} widthOf
 */
/** @typedef {{alpha: number, colour: string}} Paint  colour: its name */
/** From point to point: x, y, x, y. @typedef {Paint & {line: [number, number, number, number], width: number, dash: number[]}} Stroke */
/** @typedef {Paint & {look: number, x: number, y: number}} Marker */
/** @typedef {Paint & {text: string, x: number, y: number}} Name */
/** Where a line ends that is to be named; the line to beat has no marker. @typedef {Paint & {text: string, y: number, x?: number, look?: number}} End */

/** Heights of labels, and the space from a line's end to its name, in px. */
const LABEL = 15;
const GAP = 22;
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

/** How much of a run is seen while one stands out. @param {number} focus its id; 0: none does @param {number} id */
export const alphaOf = (focus, id, faint = 0.2) => (focus && focus !== id ? faint : 1);

/** From the first epoch on, where there is one: what precedes all learning would press the lines together. @param {Picture} picture @returns {[number, number]} */
export function rangeOf({ lines, level }) {
  const learnt = lines.flatMap(({ y, learnt: from }) => y.slice(from));
  const all = learnt.length > 0 ? learnt : lines.flatMap(({ y }) => y);
  if (level) all.push(level.value);
  if (all.length === 0) return [0, 1];
  const [from, to] = [Math.min(...all), Math.max(...all)];
  const room = Math.max((to - from) * 0.08, 0.005);
  return [Math.max(0, from - room), to + room];
}

/** All places on the axis, and each line's values there. @param {Picture} picture @returns {[number[], ...(number | null)[][]]} */
export function columnsOf({ lines }) {
  const all = [...new Set(lines.flatMap(({ x }) => x))].sort((a, b) => a - b);
  const columns = lines.map(({ x, y }) => {
    const values = new Map(x.map((value, at) => [value, y[at]]));
    return all.map((value) => values.get(value) ?? null);
  });
  return [all, ...columns];
}

/**
 * Room at the right for the names, but no more than a third of the whole, in CSS pixels.
 * @param {Picture} picture
 * @param {number} whole
 * @param {(text: string) => number} widthOf
 */
export function marginOf({ lines, level }, whole, widthOf) {
  const widest = Math.max(...[...lines, level].map((one) => widthOf(one?.name ?? '')));
  return Math.ceil(Math.min(widest + GAP + 4, whole / 3));
}

/**
 * What is drawn over the lines, in this order.
 * @param {Picture} picture
 * @param {number} focus
 * @param {Frame} frame
 * @returns {(Stroke | Marker | Name)[]}
 */
export function plotScene({ lines, level }, focus, frame) {
  const { ratio, bbox, across, up } = frame;
  const [right, bottom] = [bbox.left + bbox.width, bbox.top + bbox.height];
  /** @type {(Stroke | Marker)[]} */
  const marks = [];
  /** @type {End[]} */
  const ends = [];
  if (level) {
    const paint = { alpha: 1, colour: 'pop' };
    const y = up(level.value);
    marks.push({ ...paint, line: [bbox.left, y, right, y], width: 1.5 * ratio, dash: [6 * ratio, 5 * ratio] });
    ends.push({ ...paint, text: level.name, y });
  }
  for (const { id, name, look, x, y } of lines) {
    const paint = { alpha: alphaOf(focus, id), colour: lookOf(look).colour };
    const points = x.map((value, at) => ({ ...paint, look, x: across(value), y: up(y[at]) }));
    marks.push(...points.slice(points.length > MOST_MARKERS ? -1 : 0).filter((point) => point.y <= bottom));
    for (const end of points.slice(-1)) ends.push({ ...end, alpha: alphaOf(focus, id, 0.25), text: name });
  }
  ends.sort((a, b) => a.y - b.y);
  const wanted = ends.map(({ y }) => y);
  const places = spread(wanted, LABEL * ratio, bbox.top, bottom);
  return [...marks, ...ends.flatMap((end, at) => labelOf(end, places[at], frame))];
}

/**
 * A name beside the plot, and the way to it: dotted from a line that ends early.
 * @param {End} end
 * @param {number} place
 * @param {Frame} frame
 * @returns {(Stroke | Marker | Name)[]}
 */
function labelOf({ text, alpha, colour, look, x = -Infinity, y }, place, { ratio, width, bbox, widthOf }) {
  const right = bbox.left + bbox.width;
  const start = right + GAP * ratio;
  const off = x + 5 * ratio;
  const stroke = { alpha, colour, width: ratio, dash: [] };
  const name = { alpha, colour, text: fit(text, width - start - 2 * ratio, widthOf), x: start, y: place };
  /** @type {Stroke} */
  const way = { ...stroke, line: [Math.max(right, off), y, start - 14 * ratio, place] };
  if (look === undefined) return [way, name];
  /** @type {Stroke} */
  const dotted = { ...stroke, alpha: 0.5 * alpha, line: [off, y, right, y], dash: [ratio, 3 * ratio] };
  const marker = { alpha, colour, look, x: start - 8 * ratio, y: place };
  return [...(right - x > 12 * ratio ? [dotted] : []), way, marker, { ...name, colour: 'ink' }];
}

/**
 * A text cut off to a width.
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} widthOf
 */
function fit(text, width, widthOf) {
  if (widthOf(text) <= width) return text;
  let cut = text;
  while (cut.length > 1 && widthOf(`${cut}…`) > width) cut = cut.slice(0, -1);
  return `${cut}…`;
}

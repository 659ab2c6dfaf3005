/**
 * Where the map's numbers lie on the screen. Places are the core's, in units of the embeddings; a frame tells which of them
 * stands in the middle and how many pixels a unit has, so that all films fit; a look is how far one has moved and zoomed
 * in it, in pixels of the frame, so that it stays where it is while the embeddings grow.
 */

/** @typedef {{x: number, y: number, scale: number}} Frame */
/** @typedef {{x: number, y: number, zoom: number}} Look */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{x: number, y: number}} Point  in pixels */
/** Pixels of a place: x = a · place + bx, y = by - a · place. @typedef {{a: number, bx: number, by: number}} Projection */

const MOST_ZOOM = 60;

/** Nobody has moved it. @returns {Look} */
export const wholeMap = () => ({ x: 0, y: 0, zoom: 1 });

/**
 * The frame into which all places fit.
 * @param {Float32Array} places
 * @param {Size} size
 * @param {number} [margin] in pixels
 * @returns {Frame}
 */
export function fitted(places, { width, height }, margin = 24) {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < places.length; at += 2) {
    left = Math.min(left, places[at]);
    right = Math.max(right, places[at]);
    low = Math.min(low, places[at + 1]);
    high = Math.max(high, places[at + 1]);
  }
  if (!(left <= right && low <= high)) return { x: 0, y: 0, scale: 1 };
  const room = [width - 2 * margin, height - 2 * margin].map((pixels) => Math.max(1, pixels));
  const scale = Math.min(room[0] / (right - left), room[1] / (high - low));
  return { x: (left + right) / 2, y: (low + high) / 2, scale: Number.isFinite(scale) ? scale : 1 };
}

/**
 * @param {Frame} frame
 * @param {Look} look
 * @param {Size} size
 * @returns {Projection}
 */
export function projection({ x, y, scale }, look, { width, height }) {
  const a = scale * look.zoom;
  return { a, bx: width / 2 - look.x * look.zoom - x * a, by: height / 2 - look.y * look.zoom + y * a };
}

/** @param {Projection} seen @param {number} x @param {number} y */
export const pixelOf = ({ a, bx, by }, x, y) => ({ x: a * x + bx, y: by - a * y });

/**
 * Zooms so that what stands at a point stays there. Back at the whole map it stands in its middle.
 * @param {Look} look
 * @param {number} factor
 * @param {{x: number, y: number}} from  the point, from the middle of the picture
 * @returns {Look}
 */
export function zoomed(look, factor, from) {
  const zoom = Math.min(MOST_ZOOM, Math.max(1, look.zoom * factor));
  if (zoom === 1) return wholeMap();
  const kept = 1 / look.zoom - 1 / zoom;
  return { x: look.x + from.x * kept, y: look.y + from.y * kept, zoom };
}

/**
 * Moves what is seen, no further than to the edge of the films.
 * @param {Look} look
 * @param {number} right in pixels of the screen
 * @param {number} down
 * @param {Size} size
 * @returns {Look}
 */
export function moved(look, right, down, { width, height }) {
  const held = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(most, Math.max(-most, value));
  return {
    x: held(look.x - right / look.zoom, width / 2),
    y: held(look.y - down / look.zoom, height / 2),
    zoom: look.zoom,
  };
}

/**
 * A round length of the axes that takes about `pixels` on the screen: 1, 2 or 5 times a power of ten.
 * @param {number} scale pixels a unit
 * @param {number} pixels
 */
export function roundLength(scale, pixels) {
  const power = 10 ** Math.floor(Math.log10(pixels / scale));
  const wanted = pixels / scale / power;
  return (wanted >= 5 ? 5 : wanted >= 2 ? 2 : 1) * power;
}

/** @typedef {{left: number, width: number, y: number}} Box  of a label; y: its middle */

const LABEL_HEIGHT = 18;

/** @param {Box} a @param {Box} b */
export const overlap = (a, b) =>
  Math.abs(a.y - b.y) < LABEL_HEIGHT && a.left < b.left + b.width + 6 && b.left < a.left + a.width + 6;

/**
 * Places for labels beside their dots that hide neither each other nor what is there already, the first ones first.
 * @template {{x: number, y: number, width: number}} T  x, y: of the dot
 * @param {T[]} wanted
 * @param {{size: Size, most: number, gap?: number, there?: Box[]}} options
 * @returns {(T & {left: number})[]} with the left end of each label that found a place: to the right where that is free
 */
export function withoutOverlap(wanted, { size, most, gap = 9, there = [] }) {
  const boxes = [...there];
  /** @type {(T & {left: number})[]} */
  const placed = [];
  for (const label of wanted) {
    if (placed.length === most) break;
    for (const left of [label.x + gap, label.x - gap - label.width]) {
      const box = { left, width: label.width, y: label.y };
      if (left < 4 || left + label.width > size.width - 4 || boxes.some((one) => overlap(one, box))) continue;
      boxes.push(box);
      placed.push({ ...label, left });
      break;
    }
  }
  return placed;
}

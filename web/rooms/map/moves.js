/** What a pointer, the wheel or a key means on the map: drag, pinch, double tap and keys move it, rest and press tell of a film. */
import { moved, zoomed } from '../../parts/map/frame.js';

/** @typedef {import('../../parts/map/frame.js').Look} Look */
/** @typedef {import('../../parts/map/frame.js').Size} Size */
/** @typedef {import('../../parts/map/frame.js').Point} Point */
/** Another look: closer by a factor, 0: back to the whole map, to what stands at a point or in the middle; then moved by pixels. @typedef {{do: 'move', factor?: number, at?: Point, right?: number, down?: number}} Move */
/**
 * @typedef {Move
 *   | {do: 'point' | 'choose', at: Point, reach: number}
 *   | {do: 'walk', by: number}
 *   | {do: 'enter' | 'leave'}} Act
 */

/** How far a finger or pointer may stray and still be a press. */
const STRAY = 6;
const DOUBLE_MS = 350;
const KEY_STEP = 60;
const STEP = 1.5;
/** A film that is nearer to the edge is brought into the picture. */
const EDGE = 24;

/** @type {Record<'closer' | 'back' | 'whole', Move>} */
export const zooms = {
  closer: { do: 'move', factor: STEP },
  back: { do: 'move', factor: 1 / STEP },
  whole: { do: 'move', factor: 0 },
};

/** @type {Record<string, Act>} */
const keys = {
  ArrowLeft: { do: 'move', right: KEY_STEP, down: 0 },
  ArrowRight: { do: 'move', right: -KEY_STEP, down: 0 },
  ArrowUp: { do: 'move', right: 0, down: KEY_STEP },
  ArrowDown: { do: 'move', right: 0, down: -KEY_STEP },
  '+': zooms.closer,
  '=': zooms.closer,
  '-': zooms.back,
  0: zooms.whole,
  n: { do: 'walk', by: 1 },
  p: { do: 'walk', by: -1 },
  Enter: { do: 'enter' },
  Escape: { do: 'leave' },
};

/** @param {Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>} event @returns {Act | null} */
export const ofKey = ({ key, ctrlKey, metaKey, altKey }) =>
  ctrlKey || metaKey || altKey ? null : (keys[key.length === 1 ? key.toLowerCase() : key] ?? null);

/**
 * @param {Look} look
 * @param {Move} move
 * @param {Size} size
 * @returns {Look}
 */
export function lookAfter(look, { factor, at, right, down = 0 }, size) {
  const middle = { x: size.width / 2, y: size.height / 2 };
  const { x, y } = at ?? middle;
  const next = factor === undefined ? look : zoomed(look, factor, { x: x - middle.x, y: y - middle.y });
  return right === undefined ? next : moved(next, right, down, size);
}

/**
 * The look with a film in the middle, where it isn't in the picture. Before the first map has come no film has a place.
 * @param {Look} look
 * @param {Point} film
 * @param {Size} size
 * @returns {Look}
 */
export function lookAt(look, { x, y }, { width, height }) {
  if (Number.isNaN(x + y)) return look;
  if (x > EDGE && y > EDGE && x < width - EDGE && y < height - EDGE) return look;
  return { ...look, x: look.x + (x - width / 2) / look.zoom, y: look.y + (y - height / 2) / look.zoom };
}

/** Two fingers, of which one has moved. @param {Point} before @param {Point} now @param {Point} other @returns {Move} */
function pinch(before, now, other) {
  const spread = (/** @type {Point} */ point) => Math.max(1, away(point, other));
  const at = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
  return {
    ...{ do: 'move', factor: spread(now) / spread(before), at },
    ...{ right: (now.x - before.x) / 2, down: (now.y - before.y) / 2 },
  };
}

/**
 * A finger or a mouse on the map.
 * @typedef {object} Touch
 * @property {number} id
 * @property {boolean} mouse
 * @property {Point} at
 * @property {boolean} rests   it did not move: the page did, under it
 * @property {number} time     in ms
 * @property {boolean} shift   whether the key is down
 */

/** Those that are there. `closer`: not the whole map is seen. */
export class Pointers {
  constructor() {
    /** @type {Map<number, Point>} where those are that are down */
    this.down = new Map();
    this.strayed = 0;
    this.lastTap = { time: -Infinity, at: { x: 0, y: 0 } };
    /** Whether the pointer came here by itself, and not by the page's scrolling under it. */
    this.meant = false;
  }

  /** @param {Touch} touch */
  press({ id, at }) {
    this.down.set(id, at);
    this.strayed = this.down.size === 1 ? 0 : Infinity;
  }

  /** @param {Touch} touch @param {boolean} closer @returns {Act | null} */
  move({ id, mouse, at, rests }, closer) {
    if (rests) return null;
    this.meant = true;
    const before = this.down.get(id);
    if (!before) return mouse ? pointing('point', at, mouse) : null;
    this.down.set(id, at);
    this.strayed += away(at, before);
    const other = [...this.down].find(([one]) => one !== id)?.[1];
    if (other) return pinch(before, at, other);
    // While the whole map is seen a finger scrolls the page.
    if (this.strayed <= STRAY || !(mouse || closer)) return null;
    return { do: 'move', right: at.x - before.x, down: at.y - before.y };
  }

  /** @param {Touch} touch @returns {Act | null} */
  release({ id, mouse, at, time, shift }) {
    if (!this.down.delete(id) || this.strayed > STRAY) return null;
    const twice = time - this.lastTap.time < DOUBLE_MS && away(at, this.lastTap.at) < 24;
    this.lastTap = { time: twice ? -Infinity : time, at };
    return twice ? { do: 'move', factor: shift ? 1 / 2 : 2, at } : pointing('choose', at, mouse);
  }

  /** @returns {Act | null} */
  leave() {
    this.meant = false;
    return this.down.size === 0 ? { do: 'leave' } : null;
  }

  /**
   * Null: the page scrolls.
   * @param {Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>} event  ctrlKey: also where fingers pinch on a touch pad
   * @param {Point} at
   * @param {boolean} closer
   * @returns {Move | null}
   */
  wheel({ deltaY, deltaMode, ctrlKey }, at, closer) {
    if ((deltaY > 0 && !closer) || !(this.meant || ctrlKey)) return null;
    const pixels = -deltaY * (deltaMode === 0 ? 1 : 30);
    return { do: 'move', factor: Math.exp(pixels / (ctrlKey ? 100 : 400)), at };
  }
}

/** @param {Point} one @param {Point} other */
const away = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

/** A finger hides what is under it and is less exact. @param {'point' | 'choose'} act @param {Point} at @param {boolean} mouse @returns {Act} */
const pointing = (act, at, mouse) => ({ do: act, at, reach: mouse ? 8 : 18 });

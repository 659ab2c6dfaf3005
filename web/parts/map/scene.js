/**
 * What the map shows of its films: how large and in which order and colour their dots are drawn, which films are named, and
 * which one stands at a point.
 */
import { pixelOf, withoutOverlap } from './frame.js';

/** @typedef {import('./frame.js').Projection} Projection */
/**
 * @typedef {object} MapState
 * @property {import('./frame.js').Size} size
 * @property {import('./frame.js').Look} look
 * @property {number} dot                   how large dots are, 1: as on the map that fills a room
 * @property {Float32Array} radii           of dots on the whole map
 * @property {readonly number[]} byCount    the best known films first
 * @property {import('./classes.js').Classes | null} classes
 * @property {Set<number>} active           classes that stand out; empty: all do
 */
/** Dots of one kind. @typedef {{paint: string, strength: number, edged: boolean, items: Uint32Array}} Group */
/** A film that is named. @typedef {{item: number, right: boolean}} Label  right: of its dot */

/** Height of what stands at the lower edge. */
export const FOOT = 26;

/** Films that may get a label. */
const CANDIDATES = 400;
/** Square pixels that there are for each label. */
const LABEL_ROOM = 26_000;
/** Where buttons and the names of the axes stand: from the top, at either side. */
const RESERVED = { down: 136, left: 26, right: 52 };
/** From this radius dots have an edge. */
const EDGED = 3;
/** How much dots cover, 0 … 256: those that do not stand out, small ones, those with an edge. */
const STRENGTHS = [110, 190, 250];

/** @param {Uint32Array} counts how many people have seen each film @returns {Float32Array} */
export function radiiOf(counts) {
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  return Float32Array.from(counts, (count) => 1.15 + 5 * Math.sqrt(count / most));
}

/** What radii are multiplied by: dots grow where one comes closer, but less than what is between them. @param {Pick<MapState, 'dot' | 'look'>} state */
export const swellOf = ({ dot, look }) => dot * Math.min(2.6, look.zoom ** 0.4);

/** @param {Pick<MapState, 'active' | 'classes'>} state @param {number} item */
const standsOut = ({ active, classes }, item) => active.size === 0 || !classes || active.has(classes.of[item]);

/**
 * In the order of drawing: those that don't stand out first, the large ones last; of each the rare classes last.
 * @param {MapState} state
 * @returns {Group[]}
 */
export function groupsOf(state) {
  const { classes, radii, byCount } = state;
  if (classes?.of.length !== radii.length) return [];
  const { of, colours } = classes;
  const grown = swellOf(state);
  const count = colours.length;
  /** @type {number[][]} */
  const lists = Array.from({ length: 3 * count }, () => []);
  for (let n = byCount.length - 1; n >= 0; n--) {
    const item = byCount[n];
    const tier = !standsOut(state, item) ? 0 : radii[item] * grown >= EDGED ? 2 : 1;
    lists[tier * count + count - 1 - of[item]].push(item);
  }
  return lists.map((items, at) => ({
    paint: at < count ? 'faded' : colours[count - 1 - (at % count)],
    strength: STRENGTHS[Math.floor(at / count)],
    edged: at >= 2 * count,
    items: Uint32Array.from(items),
  }));
}

/**
 * Which films are named: the best known of those that are seen and stand out, where there is room beside their dots.
 * @param {MapState} state
 * @param {Float32Array} places
 * @param {Projection} seen
 * @param {(item: number) => number} widthOf  a film's name
 * @returns {Label[]}
 */
export function labelsOf(state, places, seen, widthOf) {
  const { size, look, byCount } = state;
  if (places.length === 0) return [];
  const wanted = [];
  for (const item of byCount) {
    if (wanted.length === CANDIDATES) break;
    if (!standsOut(state, item)) continue;
    const { x, y } = pixelOf(seen, places[2 * item], places[2 * item + 1]);
    if (x < 0 || y < 10 || x > size.width || y > size.height - FOOT) continue;
    wanted.push({ item, x, y, width: widthOf(item) });
  }
  const most = Math.round(((size.width * size.height) / LABEL_ROOM) * Math.min(2, look.zoom ** 0.3));
  const there = Array.from({ length: RESERVED.down / 17 }, (_, row) => [
    { left: 0, width: RESERVED.left, y: 17 * row },
    { left: size.width - RESERVED.right, width: RESERVED.right, y: 17 * row },
  ]).flat();
  return withoutOverlap(wanted, { size, most, there }).map(({ item, left, x }) => ({ item, right: left > x }));
}

/**
 * The film at a point, or -1; those that do not stand out are not pointed at.
 * @param {MapState} state
 * @param {Float32Array} places
 * @param {Projection} seen
 * @param {import('./frame.js').Point} point
 * @param {number} reach  how far beside a dot still counts
 */
export function filmAt(state, places, { a, bx, by }, { x, y }, reach) {
  const grown = swellOf(state);
  let [best, found] = [reach, -1];
  for (let item = 0; 2 * item < places.length; item++) {
    if (!standsOut(state, item)) continue;
    const away = Math.hypot(a * places[2 * item] + bx - x, by - a * places[2 * item + 1] - y);
    const beside = away - state.radii[item] * grown;
    if (beside < best) [best, found] = [beside, item];
  }
  return found;
}

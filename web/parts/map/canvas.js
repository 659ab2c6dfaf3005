/**
 * The map's picture: a canvas of dots and, over it, one of what is said about them. Dots glide to a new map's places; only
 * what changed is drawn again.
 */
import { asPixel, readColours } from '../colours.js';
import { bestKnown } from '../films.js';
import { h } from '../dom.js';
import { FOOT, createCaptions } from './captions.js';
import { createDots } from './dots.js';
import { fitted, pixelOf, projection, wholeMap, withoutOverlap } from './frame.js';

/** @typedef {import('./frame.js').Look} Look */
/** @typedef {import('./classes.js').Classes} Classes */
/** @typedef {import('./frame.js').Projection} Projection */
/** @typedef {import('./captions.js').Marks} Marks */
/** @typedef {import('./captions.js').Person} Person */

const GLIDE_MS = 300;
/** Films that may get a label. */
const CANDIDATES = 400;
/** Square pixels that there are for each label. */
const LABEL_ROOM = 26_000;
/** Where buttons and the names of the axes stand: from the top, at either side. */
const RESERVED = { down: 136, left: 26, right: 52 };
/** From this radius dots have an edge. */
const EDGED = 3;

/**
 * @param {HTMLElement} host
 * @param {{labels: boolean, dot?: number, margin?: number, scaleBar?: boolean, axes?: () => [string, string]}} options
 */
export function createMapCanvas(host, { labels, dot = 1, margin = 24, scaleBar = false, axes }) {
  const [dots, over] = [0, 1].map(() => h('canvas', { 'aria-hidden': 'true' }));
  host.append(dots, over);
  const [ink, pen] = [dots, over].map(
    (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { alpha: true })),
  );
  const picture = createDots(ink);
  const captions = createCaptions(pen, { scaleBar, axes });
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let size = { width: 0, height: 0 };
  let look = wholeMap();
  /** Places as drawn, as they were when the glide began, and where it ends. */
  /** @type {Float32Array} */
  let places = new Float32Array(0);
  let from = places;
  let goal = places;
  let frame = fitted(places, size);
  let frameFrom = frame;
  let frameGoal = frame;
  let began = -Infinity;
  /** @type {Float32Array} */
  let radii = new Float32Array(0);
  /** By falling count. @type {Uint32Array} */
  /** @type {readonly number[]} the best known films first */
  let byCount = [];
  /** @type {Classes | null} */
  let classes = null;
  /** @type {Set<number>} classes that stand out; empty: all do */
  let active = new Set();
  /** @type {{colour: string, faded: boolean, edged: boolean, items: Uint32Array}[]} */
  let groups = [];
  /** @type {Marks} */
  let marks = { focus: -1, near: [], ringed: [], persons: [], users: null };
  /** @type {Person[]} where the persons were when the glide began */
  let personsFrom = [];
  /** The theme's colours as pixels. @type {Record<string, number>} */
  let paints = {};
  /** @type {{item: number, right: boolean}[]} */
  let labelled = [];
  let stale = true;
  let waiting = 0;

  const share = () => (still.matches ? 1 : Math.min(1, Math.max(0, (performance.now() - began) / GLIDE_MS)));
  const eased = (/** @type {number} */ part) => part * (2 - part);
  const swell = () => dot * Math.min(2.6, look.zoom ** 0.4);

  function redraw() {
    stale = true;
    waiting ||= requestAnimationFrame(draw);
  }

  function draw() {
    waiting = 0;
    if (size.width === 0) return;
    const part = eased(share());
    if (part < 1 || places !== goal) {
      if (part === 1) places = goal;
      else for (let at = 0; at < goal.length; at++) places[at] = from[at] + (goal[at] - from[at]) * part;
      frame = {
        x: frameFrom.x + (frameGoal.x - frameFrom.x) * part,
        y: frameFrom.y + (frameGoal.y - frameFrom.y) * part,
        scale: frameFrom.scale * (frameGoal.scale / frameFrom.scale) ** part,
      };
      stale = true;
    }
    if (!stale) return;
    stale = false;
    const seen = projection(frame, look, size);
    drawDots(seen);
    drawOver(seen, part);
    if (part < 1) waiting ||= requestAnimationFrame(draw);
  }

  /** @param {Projection} seen */
  function drawDots({ a, bx, by }) {
    const ratio = ink.canvas.width / size.width;
    const grown = swell() * ratio;
    const { paper, line } = paints;
    picture.clear(paper);
    picture.line('across', by * ratio, line);
    picture.line('down', bx * ratio, line);
    for (const { colour, faded, edged, items } of groups) {
      const paint = paints[faded ? 'faded' : colour];
      const strength = faded ? 110 : edged ? 250 : 190;
      for (const item of items) {
        const x = (a * places[2 * item] + bx) * ratio;
        const y = (by - a * places[2 * item + 1]) * ratio;
        const radius = radii[item] * grown;
        if (edged) picture.dot(x, y, radius + ratio, paper, 220);
        picture.dot(x, y, radius, paint, strength);
      }
    }
    picture.show();
  }

  /**
   * @param {Projection} seen
   * @param {number} part of the glide
   */
  function drawOver(seen, part) {
    const persons = marks.persons.map((person, at) => {
      const before = personsFrom[at]?.place ?? person.place;
      const [x, y] = [0, 1].map((d) => before[d] + (person.place[d] - before[d]) * part);
      return { ...person, place: /** @type {[number, number]} */ ([x, y]) };
    });
    const radius = (/** @type {number} */ item) => radii[item] * swell();
    captions.draw({ size, seen, places, radius, labelled, marks: { ...marks, persons } });
  }

  /** Which films are named, as things will stand when the glide is over. */
  function chooseLabels() {
    labelled = [];
    if (!labels || goal.length === 0) return;
    const seen = projection(frameGoal, look, size);
    const wanted = [];
    for (const item of byCount) {
      if (wanted.length === CANDIDATES) break;
      if (active.size > 0 && classes && !active.has(classes.of[item])) continue;
      const { x, y } = pixelOf(seen, goal[2 * item], goal[2 * item + 1]);
      if (x < 0 || y < 10 || x > size.width || y > size.height - FOOT) continue;
      wanted.push({ item, x, y, width: captions.measure(item).width });
    }
    const most = Math.round(((size.width * size.height) / LABEL_ROOM) * Math.min(2, look.zoom ** 0.3));
    const there = Array.from({ length: RESERVED.down / 17 }, (_, row) => [
      { left: 0, width: RESERVED.left, y: 17 * row },
      { left: size.width - RESERVED.right, width: RESERVED.right, y: 17 * row },
    ]).flat();
    labelled = withoutOverlap(wanted, { size, most, there }).map((one) => ({
      item: one.item,
      right: one.left > one.x,
    }));
  }

  /** In the order of drawing: those that don't stand out first, the large ones last; of each the rare classes last. */
  function group() {
    if (!classes || classes.of.length !== radii.length) return;
    const { of, colours: names } = classes;
    const grown = swell();
    const count = names.length;
    /** @type {number[][]} */
    const lists = Array.from({ length: 3 * count }, () => []);
    const tier = (/** @type {number} */ item) =>
      active.size > 0 && !active.has(of[item]) ? 0 : radii[item] * grown >= EDGED ? 2 : 1;
    for (let n = byCount.length - 1; n >= 0; n--) {
      const item = byCount[n];
      lists[tier(item) * count + count - 1 - of[item]].push(item);
    }
    groups = lists.map((items, at) => ({
      colour: names[count - 1 - (at % count)],
      faded: at < count,
      edged: at >= 2 * count,
      items: Uint32Array.from(items),
    }));
  }

  function refresh() {
    group();
    chooseLabels();
    redraw();
  }

  function resize() {
    const { clientWidth: width, clientHeight: height } = host;
    if (width === 0 || (width === size.width && height === size.height)) return;
    size = { width, height };
    const ratio = Math.min(2, devicePixelRatio || 1);
    for (const canvas of [dots, over]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    frame = frameFrom = frameGoal = fitted(goal, size, margin);
    refresh();
  }
  const observer = new ResizeObserver(resize);
  observer.observe(host);

  function readPaints() {
    const colours = readColours(host, ['paper', 'line', 'faded', ...(classes?.colours ?? [])]);
    paints = Object.fromEntries(Object.entries(colours).map(([name, colour]) => [name, asPixel(ink, colour)]));
  }

  return {
    /** @param {{titles: string[], counts: Uint32Array}} films */
    setFilms(films) {
      captions.setTitles(films.titles);
      const most = films.counts.reduce((a, b) => Math.max(a, b), 1);
      radii = Float32Array.from(films.counts, (count) => 1.15 + 5 * Math.sqrt(count / most));
      byCount = bestKnown(films);
      places = from = goal = new Float32Array(0);
    },
    /** @param {Classes} next @param {Set<number>} standOut */
    setClasses(next, standOut) {
      classes = next;
      active = standOut;
      readPaints();
      refresh();
    },
    /** @param {Float32Array} next */
    setPlaces(next) {
      const first = goal.length !== next.length;
      from = places;
      places = first ? next : places.slice();
      frameFrom = frame;
      goal = next;
      frameGoal = fitted(next, size, margin);
      if (first) {
        frame = frameFrom = frameGoal;
      }
      began = first ? -Infinity : performance.now();
      personsFrom = marks.persons;
      chooseLabels();
      redraw();
    },
    /** @param {Partial<Marks>} next */
    mark(next) {
      marks = { ...marks, ...next };
      redraw();
    },
    look: () => look,
    /** @param {Look} next */
    setLook(next) {
      look = next;
      refresh();
    },
    size: () => size,
    /** Pixels of a film, when the glide is over. @param {number} item */
    pixel: (item) => pixelOf(projection(frameGoal, look, size), goal[2 * item], goal[2 * item + 1]),
    /**
     * The film at a point, or -1.
     * @param {number} x
     * @param {number} y
     * @param {number} reach how far beside a dot still counts
     */
    filmAt(x, y, reach) {
      const { a, bx, by } = projection(frame, look, size);
      const grown = swell();
      let [best, found] = [reach, -1];
      for (let item = 0; item < radii.length && places.length > 0; item++) {
        if (active.size > 0 && classes && !active.has(classes.of[item])) continue;
        const beside =
          Math.hypot(a * places[2 * item] + bx - x, by - a * places[2 * item + 1] - y) - radii[item] * grown;
        if (beside < best) [best, found] = [beside, item];
      }
      return found;
    },
    recolour() {
      readPaints();
      redraw();
    },
    destroy() {
      observer.disconnect();
      cancelAnimationFrame(waiting);
      dots.remove();
      over.remove();
    },
  };
}

/**
 * The map's picture: a canvas of dots and, over it, one of what is said about them (labels, the film looked at with lines to
 * its neighbours, people). Dots glide to a new map's places; only what changed is drawn again.
 */
import { briefTitle } from '../format.js';
import { h } from './dom.js';
import { colourOf, createDots } from './map_dots.js';
import { fitted, overlap, projection, roundLength, wholeMap, withoutOverlap } from './map_frame.js';

/** @typedef {import('./map_frame.js').Look} Look */
/** @typedef {import('./map_classes.js').Classes} Classes */
/** @typedef {{kind: 'user' | 'you', name: string, place: [number, number]}} Person */
/**
 * @typedef {object} Marks
 * @property {number} focus      the film that is looked at; -1: none
 * @property {number[]} near     its neighbours
 * @property {number[]} ringed   films that are marked
 * @property {Person[]} persons
 * @property {Float32Array | null} users
 */

const GLIDE_MS = 300;
const FONT = '12px system-ui, sans-serif';
/** Films that may get a label. */
const CANDIDATES = 400;
/** Square pixels that there are for each label. */
const LABEL_ROOM = 26_000;
/** Height of what stands at the lower edge. */
const FOOT = 26;
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
  /** @type {string[]} */
  let titles = [];
  /** By falling count. @type {Uint32Array} */
  let byCount = new Uint32Array(0);
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
  /** @type {Record<string, string>} */
  let colours = {};
  /** The same as pixels. @type {Record<string, number>} */
  let paints = {};
  /** @type {Map<number, {text: string, width: number}>} */
  const measured = new Map();
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

  /** @param {ReturnType<typeof projection>} seen */
  function drawDots({ a, bx, by }) {
    const ratio = ink.canvas.width / size.width;
    const grown = swell() * ratio;
    const paper = paints['--paper'];
    picture.clear(paper);
    picture.line('across', by * ratio, paints['--line']);
    picture.line('down', bx * ratio, paints['--line']);
    for (const { colour, faded, edged, items } of groups) {
      const paint = paints[faded ? '--faded' : colour];
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
   * @param {ReturnType<typeof projection>} seen
   * @param {number} part of the glide
   */
  function drawOver({ a, bx, by }, part) {
    const ratio = pen.canvas.width / size.width;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, size.width, size.height);
    pen.font = FONT;
    pen.textBaseline = 'middle';
    pen.lineJoin = 'round';
    const point = (/** @type {number} */ item) => ({ x: a * places[2 * item] + bx, y: by - a * places[2 * item + 1] });
    const { focus, near, ringed, users } = marks;
    const persons = marks.persons.map((person, at) => {
      const before = personsFrom[at]?.place ?? person.place;
      const [x, y] = [0, 1].map((d) => before[d] + (person.place[d] - before[d]) * part);
      return { ...person, x: a * x + bx, y: by - a * y };
    });
    const there = boxesOf(persons);
    const looked = focus >= 0 && focus < titles.length ? [focus, ...near] : [];
    const own = looked.map((item) => ({ item, ...point(item), width: measure(item).width }));
    const named = withoutOverlap(own, { size, most: own.length, gap: 12, there });
    if (users) drawUsers(users, { a, bx, by });
    const written = [...there, ...named];
    for (const { item, right } of labelled) {
      const { text, width } = measure(item);
      const { x, y } = point(item);
      const left = right ? x + 9 : x - 9 - width;
      const box = { left, width, y };
      // What is looked at comes first; and while dots glide, labels that were apart can meet.
      if (looked.includes(item) || y > size.height - FOOT || written.some((one) => overlap(one, box))) continue;
      written.push(box);
      write(text, left, y, '--ink');
    }
    for (const item of ringed) ring(point(item), radii[item] * swell() + 3, '--model', 2);
    if (own.length > 0) drawFocus(own);
    for (const { item, left, y } of named) {
      pen.font = item === focus ? `600 ${FONT}` : FONT;
      write(measure(item).text, left, y, '--ink');
    }
    persons.forEach((person, at) => drawPerson(person, there[at].left));
    if (scaleBar) drawScale(a);
  }

  /** @param {number} item */
  function measure(item) {
    let known = measured.get(item);
    if (!known) {
      const title = briefTitle(titles[item]);
      const text = title.length > 30 ? `${title.slice(0, 28).trimEnd()}…` : title;
      pen.font = FONT;
      measured.set(item, (known = { text, width: pen.measureText(text).width }));
    }
    return known;
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} colour */
  function write(text, x, y, colour) {
    pen.lineWidth = 3;
    pen.strokeStyle = colours['--paper'];
    pen.strokeText(text, x, y);
    pen.fillStyle = colours[colour];
    pen.fillText(text, x, y);
  }

  /** @param {{x: number, y: number}} at @param {number} radius @param {string} colour @param {number} width */
  function ring({ x, y }, radius, colour, width) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 7);
    pen.strokeStyle = colours['--paper'];
    pen.lineWidth = width + 2;
    pen.stroke();
    pen.strokeStyle = colours[colour];
    pen.lineWidth = width;
    pen.stroke();
  }

  /** @param {Float32Array} users @param {ReturnType<typeof projection>} seen */
  function drawUsers(users, { a, bx, by }) {
    pen.beginPath();
    for (let at = 0; at < users.length; at += 2) {
      const x = a * users[at] + bx;
      const y = by - a * users[at + 1];
      pen.moveTo(x - 3, y);
      pen.lineTo(x + 3, y);
      pen.moveTo(x, y - 3);
      pen.lineTo(x, y + 3);
    }
    pen.lineWidth = 1.5;
    pen.strokeStyle = colours['--ink'];
    pen.globalAlpha = 0.75;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /** Lines from the film that is looked at to its neighbours. @param {{item: number, x: number, y: number}[]} films */
  function drawFocus([own, ...near]) {
    pen.beginPath();
    for (const { x, y } of near) {
      pen.moveTo(own.x, own.y);
      pen.lineTo(x, y);
    }
    pen.lineWidth = 1.25;
    pen.strokeStyle = colours['--ink'];
    pen.stroke();
    for (const film of near) ring(film, radii[film.item] * swell() + 2, '--ink', 1.25);
    ring(own, radii[own.item] * swell() + 3.5, '--ink', 2.25);
  }

  /**
   * Where the persons' names stand: to the right, unless that hides somebody. @param {{name: string, x: number, y: number}[]} persons
   */
  function boxesOf(persons) {
    pen.font = `600 ${FONT}`;
    const widths = persons.map(({ name }) => pen.measureText(name).width);
    pen.font = FONT;
    return persons.map(({ x, y }, at) => {
      const width = widths[at];
      const others = persons
        .filter((_, other) => other !== at)
        .map((one) => ({ left: one.x - 12, width: 24, y: one.y }));
      const right = { left: x + 14, width, y };
      const left = { left: x - 14 - width, width, y };
      return right.left + width > size.width - 4 || others.some((one) => overlap(one, right)) ? left : right;
    });
  }

  /** @param {{kind: Person['kind'], name: string, x: number, y: number}} person @param {number} left of the name */
  function drawPerson({ kind, name, x, y }, left) {
    const radius = 8;
    pen.beginPath();
    if (kind === 'you') pen.arc(x, y, radius, 0, 7);
    else {
      pen.moveTo(x, y - radius - 1);
      pen.lineTo(x + radius + 1, y);
      pen.lineTo(x, y + radius + 1);
      pen.lineTo(x - radius - 1, y);
      pen.closePath();
    }
    pen.lineWidth = 5;
    pen.strokeStyle = colours['--paper'];
    pen.stroke();
    pen.fillStyle = colours[kind === 'you' ? '--model' : '--ink'];
    pen.fill();
    pen.lineWidth = 2;
    pen.stroke();
    pen.font = `600 ${FONT}`;
    write(name, left, y, kind === 'you' ? '--model' : '--ink');
    pen.font = FONT;
  }

  /** How long a length of the embeddings' own numbers is, and what the two directions are. @param {number} a */
  function drawScale(a) {
    const length = roundLength(a, 96);
    const y = size.height - 14;
    pen.beginPath();
    pen.moveTo(16.5, y - 4);
    pen.lineTo(16.5, y);
    pen.lineTo(16.5 + length * a, y);
    pen.lineTo(16.5 + length * a, y - 4);
    pen.strokeStyle = colours['--muted'];
    pen.lineWidth = 1.25;
    pen.stroke();
    write(String(Number(length.toPrecision(1))), 24 + length * a, y - 3, '--muted');
    if (!axes) return;
    const [across, up] = axes();
    const { width } = pen.measureText(across);
    write(`${across} →`, size.width - width - 32, y, '--muted');
    pen.save();
    pen.translate(14, 16 + pen.measureText(`${up} →`).width);
    pen.rotate(-Math.PI / 2);
    write(`${up} →`, 0, 0, '--muted');
    pen.restore();
  }

  /** Which films are named, as things will stand when the glide is over. */
  function chooseLabels() {
    const { a, bx, by } = projection(frameGoal, look, size);
    const wanted = [];
    for (const item of byCount) {
      if (wanted.length === CANDIDATES) break;
      if (active.size > 0 && classes && !active.has(classes.of[item])) continue;
      const x = a * goal[2 * item] + bx;
      const y = by - a * goal[2 * item + 1];
      if (x < 0 || y < 10 || x > size.width || y > size.height - FOOT) continue;
      wanted.push({ item, x, y, width: measure(item).width });
    }
    const most = labels ? Math.round(((size.width * size.height) / LABEL_ROOM) * Math.min(2, look.zoom ** 0.3)) : 0;
    const there = Array.from({ length: RESERVED.down / 17 }, (_, row) => [
      { left: 0, width: RESERVED.left, y: 17 * row },
      { left: size.width - RESERVED.right, width: RESERVED.right, y: 17 * row },
    ]).flat();
    labelled =
      goal.length === 0
        ? []
        : withoutOverlap(wanted, { size, most, there }).map((one) => ({ item: one.item, right: one.left > one.x }));
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

  function readColours() {
    const style = getComputedStyle(host);
    const names = ['--ink', '--paper', '--muted', '--line', '--model', '--faded', ...(classes?.colours ?? [])];
    colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name).trim()]));
    paints = Object.fromEntries(names.map((name) => [name, colourOf(ink, colours[name])]));
  }

  return {
    /** @param {{titles: string[], counts: Uint32Array}} films */
    setFilms(films) {
      ({ titles } = films);
      const most = films.counts.reduce((a, b) => Math.max(a, b), 1);
      radii = Float32Array.from(films.counts, (count) => 1.15 + 5 * Math.sqrt(count / most));
      byCount = Uint32Array.from(films.counts.keys()).sort((a, b) => films.counts[b] - films.counts[a] || a - b);
      places = from = goal = new Float32Array(0);
      measured.clear();
    },
    /** @param {Classes} next @param {Set<number>} standOut */
    setClasses(next, standOut) {
      classes = next;
      active = standOut;
      readColours();
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
    pixel(item) {
      const { a, bx, by } = projection(frameGoal, look, size);
      return { x: a * goal[2 * item] + bx, y: by - a * goal[2 * item + 1] };
    },
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
      readColours();
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

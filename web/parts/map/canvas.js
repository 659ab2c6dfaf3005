/**
 * The map's picture: a canvas of dots and, over it, one of what is said about them. Dots glide to a new map's places; only
 * what changed is drawn again.
 */
import { asPixel, readColours } from '../colours.js';
import { bestKnown } from '../films.js';
import { h } from '../dom.js';
import { drawnBy } from '../drawn.js';
import { Names, captionsOf } from './captions.js';
import { createCircles } from './circles.js';
import { createDots } from './dots.js';
import { fitted, pixelOf, projection, wholeMap } from './frame.js';
import { Glide } from './glide.js';
import { widthOf, writeCaptions } from './pen.js';
import { filmAt, groupsOf, labelsOf, radiiOf, swellOf } from './scene.js';

/** @typedef {import('./captions.js').Marks} Marks */
/** @typedef {import('./scene.js').MapState} MapState */
/** labels: whether films are named; axes: what the two directions are, where there is a scale. @typedef {{labels: boolean, dot?: number, margin?: number, axes?: () => [string, string]}} Options */

export class MapCanvas {
  /** @param {HTMLElement} host @param {Options} options */
  constructor(host, options) {
    this.host = host;
    this.options = options;
    /** Of dots, and of what is said about them. */
    this.pens = [0, 1].map(() => {
      const canvas = h('canvas', { 'aria-hidden': 'true' });
      host.append(canvas);
      return /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { alpha: true }));
    });
    this.dots = createDots(this.pens[0]);
    this.names = this.namesOf([]);
    this.glide = new Glide();
    /** @type {MapState} */
    this.state = {
      ...{ size: { width: 0, height: 0 }, look: wholeMap(), dot: options.dot ?? 1 },
      ...{ radii: new Float32Array(0), byCount: [], classes: null, active: new Set() },
    };
    /** @type {Marks} */
    this.marks = { focus: -1, near: [], ringed: [], persons: [], users: null };
    /** @type {import('./scene.js').Group[]} */
    this.groups = [];
    /** @type {import('./scene.js').Label[]} */
    this.labels = [];
    /** The theme's colours as pixels. @type {Record<string, number>} */
    this.paints = {};
    this.still = matchMedia('(prefers-reduced-motion: reduce)');
    this.waiting = 0;
    const later = () => this.redraw();
    const [under, over] = this.pens;
    drawnBy(under.canvas, () => this.drawDots(this.seenNow(), createCircles(under)), later);
    drawnBy(over.canvas, () => this.write(), later);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(host);
  }

  /** @param {{titles: string[], counts: Uint32Array}} films */
  setFilms(films) {
    this.names = this.namesOf(films.titles);
    this.state = { ...this.state, radii: radiiOf(films.counts), byCount: bestKnown(films) };
    this.glide.forget();
  }

  /** @param {import('./classes.js').Classes} classes @param {Set<number>} active  those that stand out; empty: all do */
  setClasses(classes, active) {
    this.change({ classes, active });
    this.recolour();
  }

  /** @param {Float32Array} places */
  setPlaces(places) {
    this.glide.begin({ places, frame: this.fit(places) }, this.marks.persons, performance.now());
    this.label();
    this.redraw();
  }

  /** @param {Partial<Marks>} marks */
  mark(marks) {
    this.marks = { ...this.marks, ...marks };
    this.redraw();
  }

  /** @param {import('./frame.js').Look} look */
  setLook(look) {
    this.change({ look });
  }

  /** Pixels of a film, when the glide is over. @param {number} item */
  pixel(item) {
    const { places, frame } = this.glide.goal;
    return pixelOf(this.seen(frame), places[2 * item], places[2 * item + 1]);
  }

  /** The film at a point, or -1. @param {import('./frame.js').Point} point @param {number} reach  how far beside a dot still counts */
  filmAt(point, reach) {
    const { places, frame } = this.glide.now;
    return filmAt(this.state, places, this.seen(frame), point, reach);
  }

  recolour() {
    const names = ['paper', 'line', 'faded', ...(this.state.classes?.colours ?? [])];
    const colours = Object.entries(readColours(this.host, names));
    this.paints = Object.fromEntries(colours.map(([name, colour]) => [name, asPixel(this.pens[0], colour)]));
    this.redraw();
  }

  destroy() {
    this.observer.disconnect();
    cancelAnimationFrame(this.waiting);
    for (const { canvas } of this.pens) canvas.remove();
  }

  /** @param {string[]} titles */
  namesOf(titles) {
    return new Names(titles, (text, bold) => widthOf(this.pens[1], text, bold));
  }

  /** @param {import('./frame.js').Frame} frame */
  seen(frame) {
    return projection(frame, this.state.look, this.state.size);
  }

  /** @param {Float32Array} places */
  fit(places) {
    return fitted(places, this.state.size, this.options.margin);
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.host;
    const { size } = this.state;
    if (width === 0 || (width === size.width && height === size.height)) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    for (const { canvas } of this.pens) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.state = { ...this.state, size: { width, height } };
    this.glide.fit(this.fit(this.glide.goal.places));
    this.change({});
  }

  /** @param {Partial<MapState>} patch */
  change(patch) {
    this.state = { ...this.state, ...patch };
    this.groups = groupsOf(this.state);
    this.label();
    this.redraw();
  }

  /** Films are named as things will stand when the glide is over. */
  label() {
    const { places, frame } = this.glide.goal;
    if (this.options.labels)
      this.labels = labelsOf(this.state, places, this.seen(frame), (item) => this.names.of(item).width);
  }

  redraw() {
    this.waiting ||= requestAnimationFrame(() => this.draw());
  }

  draw() {
    const { glide, state } = this;
    this.waiting = 0;
    if (state.size.width === 0) return;
    if (glide.advance(this.still.matches ? Infinity : performance.now())) this.redraw();
    this.drawDots(this.seenNow(), this.dots);
    this.write();
  }

  seenNow() {
    return this.seen(this.glide.now.frame);
  }

  /** What is said about the dots. */
  write() {
    const { glide, state, labels, names } = this;
    const { places } = glide.now;
    const marks = { ...this.marks, persons: glide.along(this.marks.persons) };
    const axes = this.options.axes?.();
    const seen = this.seenNow();
    writeCaptions(this.pens[1], state.size, captionsOf({ state, seen, places, labels, marks, names, axes }));
  }

  /** @param {import('./frame.js').Projection} seen @param {ReturnType<typeof createDots>} dots */
  drawDots({ a, bx, by }, dots) {
    const { paints, state } = this;
    const { places } = this.glide.now;
    const ratio = this.pens[0].canvas.width / state.size.width;
    const grown = swellOf(state) * ratio;
    dots.clear(paints.paper);
    dots.line('across', by * ratio, paints.line);
    dots.line('down', bx * ratio, paints.line);
    for (const { paint, strength, edged, items } of this.groups)
      for (const item of items) {
        const x = (a * places[2 * item] + bx) * ratio;
        const y = (by - a * places[2 * item + 1]) * ratio;
        const radius = state.radii[item] * grown;
        if (edged) dots.dot(x, y, radius + ratio, paints.paper, 220);
        dots.dot(x, y, radius, paints[paint], strength);
      }
    dots.show();
  }
}

/** @param {HTMLElement} host @param {Options} options */
export const createMapCanvas = (host, options) => new MapCanvas(host, options);

/**
 * What is said about the map's dots, on a canvas over them: films' names, the one looked at with lines to its neighbours,
 * people, and the scale.
 */
import { readColours } from '../colours.js';
import { briefTitle } from '../format.js';
import { overlap, pixelOf, roundLength, withoutOverlap } from './frame.js';

/** @typedef {{kind: 'user' | 'you', name: string, place: [number, number]}} Person */
/**
 * @typedef {object} Marks
 * @property {number} focus      the film that is looked at; -1: none
 * @property {number[]} near     its neighbours
 * @property {number[]} ringed   films that are marked
 * @property {Person[]} persons
 * @property {Float32Array | null} users
 */
/**
 * @typedef {object} Scene
 * @property {import('./frame.js').Size} size
 * @property {import('./frame.js').Projection} seen
 * @property {Float32Array} places   of the films
 * @property {(item: number) => number} radius   of a film's dot
 * @property {{item: number, right: boolean}[]} labelled   right: of the dot
 * @property {Marks} marks
 */
/** @typedef {{x: number, y: number}} Point */

/** Height of what stands at the lower edge. */
export const FOOT = 26;

const FONT = '12px system-ui, sans-serif';
const BOLD = `600 ${FONT}`;

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {{scaleBar: boolean, axes?: () => [string, string]}} options
 */
export function createCaptions(pen, { scaleBar, axes }) {
  /** @type {string[]} */
  let titles = [];
  /** @type {Map<number, {text: string, width: number}>} */
  const measured = new Map();
  const read = () => readColours(pen.canvas, ['ink', 'paper', 'muted', 'model']);
  /** @type {ReturnType<typeof read>} */
  let colours;

  /** @param {Scene} scene */
  function draw({ size, seen, places, radius, labelled, marks: { focus, near, ringed, persons: people, users } }) {
    const ratio = pen.canvas.width / size.width;
    colours = read();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, size.width, size.height);
    pen.font = FONT;
    pen.textBaseline = 'middle';
    pen.lineJoin = 'round';
    const point = (/** @type {number} */ item) => pixelOf(seen, places[2 * item], places[2 * item + 1]);
    const persons = people.map((person) => ({ ...person, ...pixelOf(seen, ...person.place) }));
    const there = boxesOf(persons, size.width);
    const looked = focus >= 0 && focus < titles.length ? [focus, ...near] : [];
    const own = looked.map((item) => ({ item, ...point(item), width: measure(item).width }));
    const named = withoutOverlap(own, { size, most: own.length, gap: 12, there });
    if (users) drawUsers(users, seen);
    const written = [...there, ...named];
    for (const { item, right } of labelled) {
      const { text, width } = measure(item);
      const { x, y } = point(item);
      const left = right ? x + 9 : x - 9 - width;
      const box = { left, width, y };
      // What is looked at comes first; and while dots glide, labels that were apart can meet.
      if (looked.includes(item) || y > size.height - FOOT || written.some((one) => overlap(one, box))) continue;
      written.push(box);
      write(text, left, y, colours.ink);
    }
    for (const item of ringed) ring(point(item), radius(item) + 3, colours.model, 2);
    if (own.length > 0) drawFocus(own, radius);
    for (const { item, left, y } of named) {
      pen.font = item === focus ? BOLD : FONT;
      write(measure(item).text, left, y, colours.ink);
    }
    persons.forEach((person, at) => drawPerson(person, there[at].left));
    if (scaleBar) drawScale(seen.a, size);
  }

  /** A film's name as it is written. @param {number} item */
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
    pen.strokeStyle = colours.paper;
    pen.strokeText(text, x, y);
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  }

  /** @param {Point} at @param {number} radius @param {string} colour @param {number} width */
  function ring({ x, y }, radius, colour, width) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 7);
    pen.strokeStyle = colours.paper;
    pen.lineWidth = width + 2;
    pen.stroke();
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }

  /** @param {Float32Array} users @param {Scene['seen']} seen */
  function drawUsers(users, seen) {
    pen.beginPath();
    for (let at = 0; at < users.length; at += 2) {
      const { x, y } = pixelOf(seen, users[at], users[at + 1]);
      pen.moveTo(x - 3, y);
      pen.lineTo(x + 3, y);
      pen.moveTo(x, y - 3);
      pen.lineTo(x, y + 3);
    }
    pen.lineWidth = 1.5;
    pen.strokeStyle = colours.ink;
    pen.globalAlpha = 0.75;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /** Lines from the film that is looked at to its neighbours. @param {(Point & {item: number})[]} films @param {Scene['radius']} radius */
  function drawFocus([own, ...near], radius) {
    pen.beginPath();
    for (const { x, y } of near) {
      pen.moveTo(own.x, own.y);
      pen.lineTo(x, y);
    }
    pen.lineWidth = 1.25;
    pen.strokeStyle = colours.ink;
    pen.stroke();
    for (const film of near) ring(film, radius(film.item) + 2, colours.ink, 1.25);
    ring(own, radius(own.item) + 3.5, colours.ink, 2.25);
  }

  /** Where the persons' names stand: to the right, unless that hides somebody. @param {(Point & {name: string})[]} persons @param {number} edge */
  function boxesOf(persons, edge) {
    pen.font = BOLD;
    const widths = persons.map(({ name }) => pen.measureText(name).width);
    pen.font = FONT;
    return persons.map(({ x, y }, at) => {
      const width = widths[at];
      const others = persons
        .filter((_, other) => other !== at)
        .map((one) => ({ left: one.x - 12, width: 24, y: one.y }));
      const right = { left: x + 14, width, y };
      const left = { left: x - 14 - width, width, y };
      return right.left + width > edge - 4 || others.some((one) => overlap(one, right)) ? left : right;
    });
  }

  /** @param {Point & Person} person @param {number} left of the name */
  function drawPerson({ kind, name, x, y }, left) {
    const radius = 8;
    const colour = kind === 'you' ? colours.model : colours.ink;
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
    pen.strokeStyle = colours.paper;
    pen.stroke();
    pen.fillStyle = colour;
    pen.fill();
    pen.lineWidth = 2;
    pen.stroke();
    pen.font = BOLD;
    write(name, left, y, colour);
    pen.font = FONT;
  }

  /** How long a length of the embeddings' own numbers is, and what the two directions are. @param {number} a @param {Scene['size']} size */
  function drawScale(a, size) {
    const length = roundLength(a, 96);
    const y = size.height - 14;
    pen.beginPath();
    pen.moveTo(16.5, y - 4);
    pen.lineTo(16.5, y);
    pen.lineTo(16.5 + length * a, y);
    pen.lineTo(16.5 + length * a, y - 4);
    pen.strokeStyle = colours.muted;
    pen.lineWidth = 1.25;
    pen.stroke();
    write(String(Number(length.toPrecision(1))), 24 + length * a, y - 3, colours.muted);
    if (!axes) return;
    const [across, up] = axes();
    const { width } = pen.measureText(across);
    write(`${across} →`, size.width - width - 32, y, colours.muted);
    pen.save();
    pen.translate(14, 16 + pen.measureText(`${up} →`).width);
    pen.rotate(-Math.PI / 2);
    write(`${up} →`, 0, 0, colours.muted);
    pen.restore();
  }

  return {
    /** @param {string[]} next */
    setTitles(next) {
      titles = next;
      measured.clear();
    },
    measure,
    draw,
  };
}

/**
 * What is said about the map's dots, and where: films' names, the one looked at with lines to its neighbours, people, and
 * the scale.
 */
import { briefTitle } from '../format.js';
import { overlap, pixelOf, roundLength, withoutOverlap } from './frame.js';
import { FOOT, swellOf } from './scene.js';

/** @typedef {import('./frame.js').Point} Point */
/** @typedef {import('./frame.js').Box} Box */
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
 * @typedef {object} Shown
 * @property {import('./scene.js').MapState} state
 * @property {import('./frame.js').Projection} seen
 * @property {Float32Array} places   of the films
 * @property {import('./scene.js').Label[]} labels
 * @property {Marks} marks
 * @property {Names} names
 * @property {boolean} scaleBar
 * @property {[string, string]} [axes]   what the two directions are
 */
/** A colour of the theme. @typedef {'ink' | 'muted' | 'model'} Colour */
/** x: of its left end; y: of its middle; up: it runs upwards. @typedef {Point & {text: string, colour: Colour, bold?: boolean, up?: boolean}} Text */
/** @typedef {Point & {radius: number, colour: Colour, width: number}} Ring */
/**
 * In the order of drawing.
 * @typedef {object} Captions
 * @property {Point[]} crosses     users
 * @property {Text[]} names        of well known films
 * @property {Ring[]} ringed
 * @property {[Point, Point][]} lines   from the film that is looked at to its neighbours
 * @property {Ring[]} rings        around these
 * @property {Text[]} looked       their names
 * @property {(Point & {kind: Person['kind'], colour: Colour, name: Text})[]} persons
 * @property {{left: number, right: number, y: number, texts: Text[]} | null} scale
 */

/** Films' names as they are written, each measured once. */
export class Names {
  /** @param {(text: string, bold?: boolean) => number} measure in pixels */
  constructor(measure) {
    this.measure = measure;
    /** @type {string[]} */
    this.titles = [];
    /** @type {{text: string, width: number}[]} */
    this.measured = [];
  }

  /** @param {string[]} titles */
  set(titles) {
    this.titles = titles;
    this.measured = [];
  }

  /** @param {number} item */
  of(item) {
    return (this.measured[item] ??= this.written(item));
  }

  /** @param {number} item */
  written(item) {
    const title = briefTitle(this.titles[item]);
    const text = title.length > 30 ? `${title.slice(0, 28).trimEnd()}…` : title;
    return { text, width: this.measure(text) };
  }
}

/** @param {Shown} shown @returns {Captions} */
export function captionsOf({ state, seen, places, labels, marks, names, scaleBar, axes }) {
  const { size, radii } = state;
  const { focus, near, users } = marks;
  const grown = swellOf(state);
  const dot = (/** @type {number} */ item) => ({
    item,
    ...pixelOf(seen, places[2 * item], places[2 * item + 1]),
    radius: radii[item] * grown,
  });
  const film = (/** @type {number} */ item) => ({ ...dot(item), ...names.of(item) });
  const persons = marks.persons.map((person) => ({ ...person, ...pixelOf(seen, ...person.place) }));
  const boxes = boxesOf(persons, names, size.width);
  const looked = (focus >= 0 && focus < names.titles.length ? [focus, ...near] : []).map(film);
  const named = withoutOverlap(looked, { size, most: looked.length, gap: 12, there: boxes });
  const [own, ...others] = looked;
  // What is looked at comes first.
  const rest = labels.filter(({ item }) => !looked.some((one) => one.item === item));
  return {
    crosses: Array.from({ length: (users?.length ?? 0) / 2 }, (_, user) =>
      pixelOf(seen, users?.[2 * user] ?? 0, users?.[2 * user + 1] ?? 0),
    ),
    names: freeOf(
      rest.map(({ item, right }) => ({ right, ...film(item) })),
      [...boxes, ...named],
      size.height - FOOT,
    ),
    ringed: marks.ringed.map((item) => ringOf(dot(item), 3, 'model', 2)),
    lines: others.map(({ x, y }) => [own, { x, y }]),
    rings: [...others.map((one) => ringOf(one, 2, 'ink', 1.25)), ...(own ? [ringOf(own, 3.5, 'ink', 2.25)] : [])],
    looked: named.map(({ item, left, y, text }) => ({ text, x: left, y, colour: 'ink', bold: item === focus })),
    persons: persons.map(({ kind, name, x, y }, at) => {
      const colour = kind === 'you' ? 'model' : 'ink';
      return { kind, x, y, colour, name: { text: name, x: boxes[at].left, y, colour, bold: true } };
    }),
    scale: scaleBar ? scaleOf(seen.a, size, names, axes) : null,
  };
}

/**
 * @param {Point & {radius: number}} film
 * @param {number} beside  its dot
 * @param {Colour} colour
 * @param {number} width
 * @returns {Ring}
 */
const ringOf = ({ x, y, radius }, beside, colour, width) => ({ x, y, radius: radius + beside, colour, width });

/**
 * Names that nothing hides: while dots glide, labels that were apart can meet.
 * @param {(Point & {text: string, width: number, right: boolean})[]} films
 * @param {Box[]} there
 * @param {number} foot  below it there are none
 * @returns {Text[]}
 */
function freeOf(films, there, foot) {
  const boxes = [...there];
  /** @type {Text[]} */
  const free = [];
  for (const { text, width, right, x, y } of films) {
    const left = right ? x + 9 : x - 9 - width;
    const box = { left, width, y };
    if (y > foot || boxes.some((one) => overlap(one, box))) continue;
    boxes.push(box);
    free.push({ text, x: left, y, colour: 'ink' });
  }
  return free;
}

/** Where the persons' names stand: to the right, unless that hides somebody. @param {(Point & {name: string})[]} persons @param {Names} names @param {number} edge @returns {Box[]} */
function boxesOf(persons, names, edge) {
  return persons.map(({ name, x, y }, at) => {
    const width = names.measure(name, true);
    const others = persons.filter((_, other) => other !== at).map((one) => ({ left: one.x - 12, width: 24, y: one.y }));
    const right = { left: x + 14, width, y };
    const left = { left: x - 14 - width, width, y };
    return right.left + width > edge - 4 || others.some((one) => overlap(one, right)) ? left : right;
  });
}

/**
 * How long a length of the embeddings' own numbers is, and what the two directions are.
 * @param {number} a
 * @param {import('./frame.js').Size} size
 * @param {Names} names
 * @param {[string, string]} [axes]
 */
function scaleOf(a, { width, height }, names, axes) {
  const length = roundLength(a, 96);
  const [left, y] = [16.5, height - 14];
  /** @type {Text[]} */
  const texts = [{ text: String(Number(length.toPrecision(1))), x: 24 + length * a, y: y - 3, colour: 'muted' }];
  if (axes) {
    const [across, up] = axes.map((axis) => `${axis} →`);
    texts.push({ text: across, x: width - names.measure(axes[0]) - 32, y, colour: 'muted' });
    texts.push({ text: up, x: 14, y: 16 + names.measure(up), colour: 'muted', up: true });
  }
  return { left, right: left + length * a, y, texts };
}

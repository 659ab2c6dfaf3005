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
 * @property {[string, string]} [axes]   what the two directions are; none: there is no scale either
 */
/** A colour of the theme. @typedef {'ink' | 'muted' | 'model'} Colour */
/** x: of its left end; y: of its middle; up: it runs upwards. @typedef {Point & {text: string, colour: Colour, bold?: boolean, up?: boolean}} Text */
/** @typedef {Point & {radius: number, colour: Colour, width: number}} Ring */
/** Each through points, told by x and y in turn; strength: 0 … 1. @typedef {{lines: number[][], colour: Colour, width: number, strength?: number}} Lines */
/** @typedef {Point & {kind: Person['kind'], colour: Colour}} Sign  of a person */
/** @typedef {Text | Ring | Lines | Sign} Caption */

/** Films' names as they are written, each measured once. */
export class Names {
  /** @param {string[]} titles @param {(text: string, bold?: boolean) => number} measure in pixels */
  constructor(titles, measure) {
    this.titles = titles;
    this.measure = measure;
    /** @type {{text: string, width: number}[]} */
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

/** In the order of drawing. @param {Shown} shown @returns {Caption[]} */
export function captionsOf({ state, seen, places, labels, marks, names, axes }) {
  const { size, radii } = state;
  const { focus } = marks;
  const grown = swellOf(state);
  const dot = (/** @type {number} */ item) => ({
    ...pixelOf(seen, places[2 * item], places[2 * item + 1]),
    radius: radii[item] * grown,
  });
  const film = (/** @type {number} */ item) => ({ item, ...dot(item), ...names.of(item) });
  const persons = marks.persons.map((person) => ({ ...person, ...pixelOf(seen, ...person.place) }));
  const there = boxesOf(persons, names, size.width);
  const looked = (focus >= 0 && focus < names.titles.length ? [focus, ...marks.near] : []).map(film);
  const named = withoutOverlap(looked, { size, most: looked.length, gap: 12, there });
  // What is looked at comes first.
  const others = labels.filter(({ item }) => !looked.some((one) => one.item === item));
  const [own, ...near] = looked;
  return [
    crossesOf(marks.users ?? nobody, seen),
    ...freeOf(
      others.map(({ item, right }) => ({ ...film(item), right })),
      [...there, ...named],
      size.height - FOOT,
    ),
    ...marks.ringed.map((item) => ringOf(dot(item), 3, 'model', 2)),
    { lines: near.map(({ x, y }) => [own.x, own.y, x, y]), colour: 'ink', width: 1.25 },
    ...near.map((one) => ringOf(one, 2, 'ink', 1.25)),
    ...looked.slice(0, 1).map((one) => ringOf(one, 3.5, 'ink', 2.25)),
    ...named.map(({ item, left, y, text }) => textOf(text, left, y, 'ink', item === focus)),
    ...persons.flatMap((person, at) => personOf(person, there[at])),
    ...(axes ? scaleOf(seen.a, size, names, axes) : []),
  ];
}

const nobody = new Float32Array(0);

/** @param {string} text @param {number} x @param {number} y @param {Colour} colour @param {boolean} [bold] @returns {Text} */
const textOf = (text, x, y, colour, bold = false) => ({ text, x, y, colour, bold });

/** @param {Point & {radius: number}} dot @param {number} beside  it @param {Colour} colour @param {number} width @returns {Ring} */
const ringOf = ({ x, y, radius }, beside, colour, width) => ({ x, y, radius: radius + beside, colour, width });

/** @param {Point & Person} person @param {Box} box  of the name @returns {Caption[]} */
function personOf({ kind, name, x, y }, { left }) {
  const colour = kind === 'you' ? 'model' : 'ink';
  return [{ kind, x, y, colour }, textOf(name, left, y, colour, true)];
}

/** @param {Float32Array} users @param {import('./frame.js').Projection} seen @returns {Lines} */
function crossesOf(users, seen) {
  /** @type {number[][]} */
  const lines = [];
  for (let at = 0; at < users.length; at += 2) {
    const { x, y } = pixelOf(seen, users[at], users[at + 1]);
    lines.push([x - 3, y, x + 3, y], [x, y - 3, x, y + 3]);
  }
  return { lines, colour: 'ink', width: 1.5, strength: 0.75 };
}

/**
 * Names that nothing hides: while dots glide, labels that were apart can meet.
 * @param {(Point & {text: string, width: number, right: boolean})[]} films
 * @param {Box[]} boxes  of what is there
 * @param {number} foot  below it there are none
 */
const freeOf = (films, boxes, foot) =>
  films.flatMap(({ text, width, right, x, y }) => {
    const box = { left: right ? x + 9 : x - 9 - width, width, y };
    if (y > foot || boxes.some((one) => overlap(one, box))) return [];
    boxes.push(box);
    return [textOf(text, box.left, y, 'ink')];
  });

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
 * @param {[string, string]} axes
 * @returns {Caption[]}
 */
function scaleOf(a, { width, height }, names, axes) {
  const length = roundLength(a, 96);
  const [left, y] = [16.5, height - 14];
  const right = left + length * a;
  const [across, up] = axes.map((axis) => `${axis} →`);
  return [
    { lines: [[left, y - 4, left, y, right, y, right, y - 4]], colour: 'muted', width: 1.25 },
    textOf(String(Number(length.toPrecision(1))), right + 7.5, y - 3, 'muted'),
    textOf(across, width - names.measure(axes[0]) - 32, y, 'muted'),
    { ...textOf(up, 14, 16 + names.measure(up), 'muted'), up: true },
  ];
}

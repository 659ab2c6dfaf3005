/**
 * Where a user's candidates stand on the ladder, and what of them is drawn: the first ten with their titles, then the cut, then
 * a thin line each. Plain values: ladder.js puts them onto the page.
 */
import { ordinal, scoreText } from '../../parts/format.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Candidate} Candidate */
/** A rung's upper edge, and how long its bar is, from 0 to 1. @typedef {{top: number, length: number}} Stand */
/** line: it has no title. @typedef {Candidate & {from: Stand, to: Stand, line: boolean}} Rung */
/**
 * @typedef {object} Ladder
 * @property {Rung[]} rungs   the best first
 * @property {{top: number, text: string}[]} gaps   what stands for films that are left out
 * @property {number} height
 * @property {number | null} cut   where its line is; null: nothing is below it
 * @property {number} spread  from the lowest score to the highest
 */
/** @typedef {'model' | 'model-wash' | 'edge' | 'ink' | 'muted'} Colour */
/** @typedef {{x: number, y: number, w: number, h: number, colour: Colour, alpha: number, outline?: boolean}} Box */
/** x: of its left end, or of its right; y: of its middle; room: the width that it is cut to. @typedef {{text: string, x: number, y: number, colour: Colour, right?: boolean, bold?: boolean, room?: number}} Label */

const CUT = 10;
/** Heights in px: a film with its title, a line, the gap at the cut and that of films left out. */
const ROW = 26;
const LINE = 5;
const GAP = 28;
/** Above so many the films below the cut are lines. */
const MANY = 60;

/** Columns in px: places, scores, the gaps between columns. */
const PLACE = 28;
const SCORE = 52;
const SPACE = 8;

/** @param {{title: string, year: number}} film */
export const titled = ({ title, year }) => (year ? `${title} (${year})` : title);

/** @param {Speech} speech @param {Candidate} one */
const named = (speech, one) => (one.heldOut ? speech.t(words.isHeldOut, { film: titled(one) }) : titled(one));

/**
 * A score with as many digits as tell these apart: before training they are nearly the same.
 * @param {number} score
 * @param {number} spread
 */
const scoreOf = (score, spread) =>
  spread >= 0.2 || !Number.isFinite(score) ? scoreText(score) : score.toFixed(4).replace('-', '−');

/** How far rungs are on their way after a share of its time: fast at first. @param {number} share */
export const eased = (share) => 1 - (1 - Math.min(1, share)) ** 3;

/** @param {Rung} rung @param {number} share  of the way @returns {Stand} */
const standOf = ({ from, to }, share) => ({
  top: from.top + (to.top - from.top) * share,
  length: from.length + (to.length - from.length) * share,
});

/** Where each film is drawn. @param {Ladder} ladder @param {number} share  of the way */
export const standing = ({ rungs }, share) => new Map(rungs.map((rung) => [rung.item, standOf(rung, share)]));

/**
 * Films that stood on the ladder before come from there; places that are left out leave a gap.
 * @param {Speech} speech
 * @param {Candidate[]} candidates  the best first
 * @param {ReturnType<typeof standing>} [before]
 * @returns {Ladder}
 */
export function ladderOf(speech, candidates, before) {
  const scores = candidates.map(({ score }) => score).filter(Number.isFinite);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const spread = high - low;
  const lengthOf = (/** @type {number} */ score) => {
    if (!Number.isFinite(score)) return 0;
    return spread > 0 ? 0.03 + (0.97 * (score - low)) / spread : 0.5;
  };
  /** @type {Ladder['gaps']} */
  const gaps = [];
  let next = 0;
  let height = 0;
  const rungs = candidates.map((candidate) => {
    const { item, place, score } = candidate;
    if (place === CUT) height += GAP;
    if (place > next) {
      gaps.push({ top: height, text: speech.t(words.skipped, { n: place - next }) });
      height += GAP;
    }
    next = place + 1;
    const line = candidates.length > MANY && place >= CUT;
    const to = { top: height, length: lengthOf(score) };
    height += line ? LINE : ROW;
    return { ...candidate, from: before?.get(item) ?? to, to, line };
  });
  return { rungs, gaps, height, cut: candidates.length > CUT ? CUT * ROW + GAP / 2 : null, spread };
}

/** The rung at a height, where the films come to stand; -1: none. @param {Ladder} ladder @param {number} y */
export const rungAt = ({ rungs }, y) =>
  rungs.findIndex(({ to, line }) => y >= to.top && y < to.top + (line ? LINE : ROW));

/**
 * The rung that a key leads to; the arrows begin at the held-out film.
 * @param {Ladder} ladder
 * @param {string} key
 * @param {number} active  -1: none
 * @returns {number | undefined}
 */
export function rungFrom({ rungs }, key, active) {
  const held = rungs.findIndex(({ heldOut }) => heldOut);
  const last = rungs.length - 1;
  return {
    ArrowDown: active < 0 ? held : Math.min(active + 1, last),
    ArrowUp: active < 0 ? held : Math.max(active - 1, 0),
    PageDown: Math.min(active + 10, last),
    PageUp: Math.max(active - 10, 0),
    Home: 0,
    End: last,
  }[key];
}

/**
 * What is said of a rung.
 * @param {Speech} speech
 * @param {Ladder} ladder
 * @param {number} active
 * @param {number} film  that is chosen in every room
 */
export function rungText(speech, { rungs, spread }, active, film) {
  const { t } = speech;
  const one = rungs[active];
  if (!one) return t(words.point);
  const text = t(one.heldOut ? words.candidateHeld : words.candidate, {
    place: ordinal(speech, one.place + 1),
    film: titled(one),
    score: scoreOf(one.score, spread),
  });
  return one.item === film ? `${text} · ${t(words.chosen)}` : text;
}

/** @param {Speech} speech @param {Ladder} ladder @returns {import('../../parts/data_table.js').Table} */
export function ladderTable(speech, { rungs, spread }) {
  const { t } = speech;
  return {
    caption: t(words.candidates),
    head: [t(words.place), t(words.film), t(words.score)],
    rows: rungs.map((one) => [one.place + 1, named(speech, one), scoreOf(one.score, spread)]),
  };
}

/**
 * What is drawn, the lowest first: the held-out film covers the others.
 * @param {Speech} speech
 * @param {Ladder} ladder
 * @param {{width: number, share: number, active: number, film: number}} seen  share: of the way
 * @returns {(Box | Label)[]}
 */
export function shapesOf(speech, { rungs, gaps, spread }, { width, share, active, film }) {
  const rest = width - PLACE - SCORE - 3 * SPACE;
  const name = { x: PLACE + SPACE, room: rest * 0.62 };
  const bar = { x: name.x + name.room + SPACE, w: rest * 0.38 };
  const looked = rungs[active];

  /** @param {Rung} rung @returns {(Box | Label)[]} */
  const drawn = (rung) => {
    const { heldOut, line, place, score } = rung;
    const { top, length } = standOf(rung, share);
    const y = top + (line ? LINE : ROW) / 2;
    /** @type {(x: number, w: number, h: number, colour: Colour, alpha?: number) => Box} */
    const box = (x, w, h, colour, alpha = 1) => ({ x, y: y - h / 2, w, h, colour, alpha });
    /** @type {(Box | Label)[]} */
    const shapes = heldOut ? [box(0, width, 22, 'model-wash')] : [];
    const thick = line ? (heldOut ? LINE : LINE - 2) : 10;
    const alpha = heldOut || rung === looked ? 1 : place < CUT ? 0.8 : 0.45;
    const colour = heldOut ? 'model' : rung === looked ? 'ink' : 'edge';
    shapes.push(box(bar.x, Math.max(1, length * bar.w), thick, colour, alpha));
    if (rung.item === film) shapes.push({ ...box(0.5, width - 1, line ? LINE + 2 : ROW - 4, 'ink'), outline: true });
    if (line && !heldOut) return shapes;
    /** @type {Label} */
    const number = {
      text: String(place + 1),
      x: PLACE,
      y,
      colour: heldOut ? 'model' : 'muted',
      bold: heldOut,
      right: true,
    };
    return [
      ...shapes,
      { ...name, text: named(speech, rung), y, colour: heldOut ? 'model' : 'ink', bold: heldOut },
      number,
      { ...number, text: scoreOf(score, spread), x: width },
    ];
  };

  const held = (/** @type {Rung} */ { heldOut }) => heldOut;
  return [
    ...gaps.map(({ top, text }) => ({ text, x: name.x, y: top + GAP / 2, colour: /** @type {Colour} */ ('muted') })),
    ...rungs.filter((rung) => !held(rung)).flatMap(drawn),
    ...rungs.filter(held).flatMap(drawn),
  ];
}

/**
 * A text cut to a width.
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 */
export function shortened(text, width, measure) {
  let cut = text;
  for (let length = text.length; measure(cut) > width && length > 1;) cut = `${text.slice(0, --length).trimEnd()}…`;
  return cut;
}

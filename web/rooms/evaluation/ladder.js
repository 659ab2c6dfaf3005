/**
 * A user's candidates as a ladder, the highest score on top: the first ten with their titles, then the cut, then a thin line
 * each. Films keep their lines as the order changes, so that one sees them climb and fall. It is a canvas: a hundred
 * elements that move at once would cost frames while the model trains.
 */
import { readColours } from '../../parts/colours.js';
import { ordinal, scoreText } from '../../parts/format.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setText } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Candidate} Candidate */
/** Where a film's line is drawn: `top` and `length`, on their way from one place to the next. @typedef {{candidate: Candidate, top: Way, length: Way, line: boolean}} Rung */
/** @typedef {{from: number, to: number}} Way */

const CUT = 10;
/** Heights in px: a film with its title, a line, the gap at the cut and that of films left out. */
const ROW = 26;
const LINE = 5;
const GAP = 28;
/** Above so many the films below the cut are lines. */
const MANY = 60;

const MOVE_MS = 220;
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
 * @param {number} spread  from the lowest to the highest
 */
const scoreOf = (score, spread) =>
  spread >= 0.2 || !Number.isFinite(score) ? scoreText(score) : score.toFixed(4).replace('-', '−');

/** @param {number} x from 0 to 1 */
const ease = (x) => 1 - (1 - x) ** 3;

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {{chooseFilm: (item: number) => void}} actions
 */
export function createLadder(speech, host, { chooseFilm }) {
  const { t } = speech;
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const cut = h('div', { class: 'cut', 'aria-hidden': 'true' }, h('span', {}, t(words.cut)));
  const frame = h(
    'div',
    {
      ...{ class: 'ladder', role: 'application', tabindex: 0, 'aria-label': t(words.candidates) },
      onkeydown: key,
      onpointermove: (/** @type {PointerEvent} */ event) => look(under(event)),
      onpointerleave: () => look(-1),
      onblur: () => look(-1),
      onclick: (/** @type {PointerEvent} */ event) => choose(under(event)),
    },
    canvas,
    cut,
  );
  const readout = h('p', { class: 'readout-line', role: 'status' }, t(words.point));
  host.append(frame, readout);
  const behind = createBehind(speech, host, t(words.candidates), () => ({
    caption: t(words.candidates),
    head: [t(words.place), t(words.film), t(words.score)],
    rows: shown.map((one) => [one.place + 1, named(speech, one), scoreOf(one.score, spread)]),
  }));

  const still = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {Map<number, Rung>} by film */
  let rungs = new Map();
  /** @type {{top: number, text: string}[]} what stands for films that are left out */
  let gaps = [];
  /** @type {Candidate[]} */
  let shown = [];
  /** @type {{top: number, height: number}[]} where they come to stand */
  let places = [];
  let height = 0;
  let active = -1;
  let film = -1;
  let spread = 0;
  let begun = 0;
  let wanted = 0;
  /** Titles cut to the room that there is. @type {Map<string, string>} */
  const cuts = new Map();

  /** Where each comes to stand: places that are left out leave a gap. @param {Candidate[]} candidates */
  function layOut(candidates) {
    const thin = candidates.length > MANY;
    gaps = [];
    let top = 0;
    places = candidates.map(({ place }, at) => {
      if (place === CUT) top += GAP;
      const missing = place - (at === 0 ? 0 : candidates[at - 1].place + 1);
      if (missing > 0) {
        gaps.push({ top, text: t(words.skipped, { n: missing }) });
        top += GAP;
      }
      const here = { top, height: thin && place >= CUT ? LINE : ROW };
      top += here.height;
      return here;
    });
    height = top;
    cut.hidden = candidates.length <= CUT;
    cut.style.top = `${CUT * ROW + GAP / 2}px`;
  }

  /** How far the lines are on their way. */
  const moved = () => (still.matches ? 1 : ease(Math.min(1, (performance.now() - begun) / MOVE_MS)));
  const at = (/** @type {Way} */ { from, to }, /** @type {number} */ way) => from + (to - from) * way;

  function wish() {
    wanted ||= requestAnimationFrame(() => {
      wanted = 0;
      draw();
      if (moved() < 1) wish();
    });
  }

  function draw() {
    const context = canvas.getContext('2d');
    const width = frame.clientWidth;
    if (!context || width === 0) return;
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      if (canvas.width !== Math.round(width * ratio)) cuts.clear();
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const style = getComputedStyle(frame);
    const colours = readColours(frame, ['model', 'model-wash', 'edge', 'ink', 'muted']);
    const fonts = [400, 600].map((weight) => `${weight} ${style.fontSize} ${style.fontFamily}`);
    const rest = width - PLACE - SCORE - 3 * SPACE;
    const name = { left: PLACE + SPACE, width: rest * 0.62 };
    const bar = { left: name.left + name.width + SPACE, width: rest * 0.38 };
    const way = moved();
    context.textBaseline = 'middle';

    /** @param {Rung} rung */
    const drawRung = ({ candidate, top, length, line }) => {
      const { heldOut, place, item } = candidate;
      const middle = at(top, way) + (line ? LINE : ROW) / 2;
      const looked = shown[active]?.item === item;
      if (heldOut) {
        context.fillStyle = colours['model-wash'];
        context.fillRect(0, middle - 11, width, 22);
      }
      const thick = line ? (heldOut ? LINE : LINE - 2) : 10;
      context.globalAlpha = heldOut || looked ? 1 : place < CUT ? 0.8 : 0.45;
      context.fillStyle = heldOut ? colours.model : looked ? colours.ink : colours.edge;
      context.fillRect(bar.left, middle - thick / 2, Math.max(1, at(length, way) * bar.width), thick);
      context.globalAlpha = 1;
      if (item === film) {
        const room = line ? LINE + 2 : ROW - 4;
        context.strokeStyle = colours.ink;
        context.strokeRect(0.5, middle - room / 2, width - 1, room);
      }
      if (line && !heldOut) return;
      context.font = fonts[heldOut ? 1 : 0];
      context.fillStyle = heldOut ? colours.model : colours.ink;
      context.textAlign = 'left';
      context.fillText(shortened(context, named(speech, candidate), name.width), name.left, middle);
      if (!heldOut) context.fillStyle = colours.muted;
      context.textAlign = 'right';
      context.fillText(String(place + 1), PLACE, middle);
      context.fillText(scoreOf(candidate.score, spread), width, middle);
    };

    context.font = fonts[0];
    context.textAlign = 'left';
    context.fillStyle = colours.muted;
    for (const { top, text } of gaps) context.fillText(text, name.left, top + GAP / 2);
    const all = [...rungs.values()];
    all.filter(({ candidate }) => !candidate.heldOut).forEach(drawRung);
    all.filter(({ candidate }) => candidate.heldOut).forEach(drawRung);
  }

  /**
   * A text cut to a width.
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {number} width
   */
  function shortened(context, text, width) {
    const key = `${context.font} ${text}`;
    const known = cuts.get(key);
    if (known !== undefined) return known;
    let cutText = text;
    for (let length = text.length; context.measureText(cutText).width > width && length > 1;)
      cutText = `${text.slice(0, --length).trimEnd()}…`;
    cuts.set(key, cutText);
    return cutText;
  }

  /** @param {Candidate} one */
  function told(one) {
    const word = one.heldOut ? words.candidateHeld : words.candidate;
    const text = t(word, {
      place: ordinal(speech, one.place + 1),
      film: titled(one),
      score: scoreOf(one.score, spread),
    });
    return one.item === film ? `${text} · ${t(words.chosen)}` : text;
  }

  /** The film under the pointer. @param {PointerEvent} event */
  function under({ clientY }) {
    const y = clientY - canvas.getBoundingClientRect().top;
    return places.findIndex(({ top, height: room }) => y >= top && y < top + room);
  }

  /** @param {number} next */
  function look(next) {
    const redraw = active !== next;
    active = next;
    setText(readout, shown[active] ? told(shown[active]) : t(words.point));
    if (redraw) wish();
  }

  /** @param {number} place */
  function choose(place) {
    if (shown[place]) chooseFilm(shown[place].item);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const held = shown.findIndex(({ heldOut }) => heldOut);
    const last = shown.length - 1;
    const to = {
      ArrowDown: active < 0 ? held : Math.min(active + 1, last),
      ArrowUp: active < 0 ? held : Math.max(active - 1, 0),
      PageDown: Math.min(active + 10, last),
      PageUp: Math.max(active - 10, 0),
      Home: 0,
      End: last,
    }[event.key];
    if (to !== undefined) look(to);
    else if (event.key === 'Enter') choose(active);
    else return;
    event.preventDefault();
  }

  const observer = new ResizeObserver(wish);
  observer.observe(frame);

  return {
    /** @param {Candidate[]} candidates  the best first */
    update(candidates) {
      const looked = shown[active]?.item;
      const way = moved();
      shown = candidates;
      layOut(candidates);
      frame.style.height = `${height}px`;
      const scores = candidates.map(({ score }) => score).filter(Number.isFinite);
      const [low, high] = [Math.min(...scores), Math.max(...scores)];
      spread = high - low;
      const lengthOf = (/** @type {number} */ score) => (spread > 0 ? 0.03 + (0.97 * (score - low)) / spread : 0.5);
      rungs = new Map(
        candidates.map((candidate, n) => {
          const { top, height: room } = places[n];
          const length = Number.isFinite(candidate.score) ? lengthOf(candidate.score) : 0;
          const before = rungs.get(candidate.item);
          const from = before ? { top: at(before.top, way), length: at(before.length, way) } : { top, length };
          const rung = {
            candidate,
            top: { from: from.top, to: top },
            length: { from: from.length, to: length },
            line: room === LINE,
          };
          return [candidate.item, rung];
        }),
      );
      begun = performance.now();
      look(candidates.findIndex(({ item }) => item === looked));
      wish();
      behind.update();
    },
    /** @param {number} item that is chosen in every room */
    choose(item) {
      if (item === film) return;
      film = item;
      look(active);
      wish();
    },
    recolour: wish,
    destroy() {
      observer.disconnect();
      cancelAnimationFrame(wanted);
    },
  };
}

/**
 * A user's candidates as a ladder, the highest score on top: the first ten with their titles, then the cut, then a thin line
 * each, which keeps its film as the order changes, so that one sees films climb and fall.
 */
import { ordinal, scoreText } from '../format.js';
import { t } from '../words.js';
import { words } from '../words/evaluation.js';
import { createBehind } from './behind.js';
import { h, setAttribute, setText, uniqueId } from './dom.js';

/** @typedef {{item: number, title: string, year: number, score: number, heldOut: boolean, place: number}} Candidate */
/** @typedef {{node: HTMLElement, bar: HTMLElement, place: HTMLElement, name: HTMLElement, score: HTMLElement, candidate: Candidate}} Rung */

const CUT = 10;
/** Heights in px: a film with its title, a line, the gap at the cut and that of films left out. */
const ROW = 26;
const LINE = 5;
const GAP = 28;

/** @param {{title: string, year: number}} film */
export const titled = ({ title, year }) => (year ? `${title} (${year})` : title);

/**
 * @param {HTMLElement} host
 * @param {{chooseFilm: (item: number) => void}} actions
 */
export function createLadder(host, { chooseFilm }) {
  const id = uniqueId('candidates');
  const list = h('div', {
    ...{ class: 'ladder', role: 'listbox', tabindex: 0, 'aria-label': t(words.candidates) },
    onkeydown: key,
    onpointermove: (/** @type {PointerEvent} */ event) => look(under(event)),
    onpointerleave: () => look(-1),
    onblur: () => look(-1),
    onclick: (/** @type {PointerEvent} */ event) => choose(under(event)),
  });
  const cut = h('div', { class: 'cut', 'aria-hidden': 'true' }, h('span', {}, t(words.cut)));
  const readout = h('p', { class: 'readout-line' }, t(words.point));
  host.append(h('div', { class: 'ladder-frame' }, cut, list), readout);
  const behind = createBehind(host, t(words.candidates), () => ({
    caption: t(words.candidates),
    head: [t(words.place), t(words.film), t(words.score)],
    rows: shown.map((one) => [one.place + 1, named(one), scoreText(one.score)]),
  }));

  /** @type {Map<number, Rung>} by film */
  const rungs = new Map();
  /** @type {HTMLElement[]} what stands for films that are left out */
  let gaps = [];
  /** @type {Candidate[]} */
  let shown = [];
  /** @type {{top: number, height: number}[]} where they stand */
  let places = [];
  let active = -1;
  let film = -1;

  /** @param {Candidate} candidate @returns {Rung} */
  function make(candidate) {
    const bar = h('span', { class: 'bar' });
    const place = h('span', { class: 'place' });
    const score = h('span', { class: 'score' });
    const name = h('span', { class: 'name' });
    const node = h(
      'div',
      { class: 'rung', role: 'option', id: `${id}-${candidate.item}` },
      place,
      name,
      h('span', { class: 'track' }, bar),
      score,
    );
    return { node, bar, place, name, score, candidate };
  }

  /** Where each stands: the places that are left out leave a gap. @param {Candidate[]} candidates */
  function layOut(candidates) {
    const thin = candidates.length > 60;
    gaps.forEach((gap) => gap.remove());
    gaps = [];
    let top = 0;
    places = candidates.map(({ place }, at) => {
      if (place === CUT) top += GAP;
      const missing = place - (at === 0 ? 0 : candidates[at - 1].place + 1);
      if (missing > 0) {
        const style = `transform:translateY(${top}px)`;
        gaps.push(h('div', { class: 'skipped', style, role: 'presentation' }, t(words.skipped, { n: missing })));
        top += GAP;
      }
      const height = thin && place >= CUT ? LINE : ROW;
      const here = { top, height };
      top += height;
      return here;
    });
    list.append(...gaps);
    list.style.height = `${top}px`;
    cut.hidden = candidates.length <= CUT;
    cut.style.top = `${CUT * ROW + GAP / 2}px`;
  }

  /** @param {Rung} rung @param {number} at @param {(score: number) => number} lengthOf */
  function put(rung, at, lengthOf) {
    const { candidate, node } = rung;
    const { top, height } = places[at];
    const line = height === LINE;
    node.style.transform = `translateY(${top}px)`;
    node.classList.toggle('line', line);
    node.classList.toggle('held', candidate.heldOut);
    node.classList.toggle('hit', candidate.place < CUT);
    rung.bar.style.transform = `scaleX(${lengthOf(candidate.score)})`;
    setText(rung.place, String(candidate.place + 1));
    setText(rung.name, named(candidate));
    setText(rung.score, scoreText(candidate.score));
    setAttribute(node, 'aria-posinset', candidate.place + 1);
    setAttribute(node, 'aria-selected', String(candidate.item === film));
  }

  /** @param {Candidate} one */
  const named = (one) => (one.heldOut ? t(words.isHeldOut, { film: titled(one) }) : titled(one));

  /** @param {Candidate} one */
  function told(one) {
    const word = one.heldOut ? words.candidateHeld : words.candidate;
    return t(word, { place: ordinal(one.place + 1), film: titled(one), score: scoreText(one.score) });
  }

  /** The film under the pointer: the one whose line is nearest. @param {PointerEvent} event */
  function under({ clientY }) {
    const y = clientY - list.getBoundingClientRect().top;
    return places.findIndex(({ top, height }) => y >= top && y < top + height);
  }

  /** @param {number} at */
  function look(at) {
    const before = shown[active];
    if (before) rungs.get(before.item)?.node.classList.remove('looked');
    active = at;
    const now = shown[at];
    setAttribute(list, 'aria-activedescendant', now && `${id}-${now.item}`);
    setText(readout, now ? told(now) : t(words.point));
    if (now) rungs.get(now.item)?.node.classList.add('looked');
  }

  /** @param {number} at */
  function choose(at) {
    if (shown[at]) chooseFilm(shown[at].item);
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
    else if (event.key === 'Enter' || event.key === ' ') choose(active);
    else return;
    event.preventDefault();
  }

  return {
    /**
     * @param {Candidate[]} candidates  the best first
     * @param {number} total
     */
    update(candidates, total) {
      const looked = shown[active]?.item;
      shown = candidates;
      layOut(candidates);
      const scores = candidates.map(({ score }) => score).filter(Number.isFinite);
      const [low, high] = [Math.min(...scores), Math.max(...scores)];
      const lengthOf = (/** @type {number} */ score) =>
        high > low ? 0.03 + (0.97 * (score - low)) / (high - low) : 0.5;
      const kept = new Set(candidates.map(({ item }) => item));
      for (const [item, { node }] of rungs)
        if (!kept.has(item)) {
          node.remove();
          rungs.delete(item);
        }
      for (const [at, candidate] of candidates.entries()) {
        const rung = rungs.get(candidate.item) ?? make(candidate);
        rung.candidate = candidate;
        if (!rungs.has(candidate.item)) list.append(rung.node);
        rungs.set(candidate.item, rung);
        setAttribute(rung.node, 'aria-setsize', total);
        put(rung, at, lengthOf);
      }
      look(candidates.findIndex(({ item }) => item === looked));
      behind.update();
    },
    /** @param {number} item that is chosen in every room */
    choose(item) {
      if (item === film) return;
      for (const each of [film, item])
        setAttribute(
          rungs.get(each)?.node ?? list.ownerDocument.createElement('i'),
          'aria-selected',
          String(each === item),
        );
      film = item;
    },
  };
}

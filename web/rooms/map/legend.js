/** What the map's colours mean, by genre or by decade; the classes that are chosen stand out. */
import { words } from './words.js';
import { h, setAttribute, setText } from '../../parts/dom.js';
import { byDecade, byGenre } from '../../parts/map/classes.js';
import { createSegments } from '../../parts/segments.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../parts/map/classes.js').Classes} Classes */

/** @param {Speech} speech @param {(classes: Classes, standOut: Set<number>) => void} paint */
export function createLegend(speech, paint) {
  const { t } = speech;
  /** @type {'genre' | 'decade'} */
  let colourBy = 'genre';
  /** @type {Set<number>} */
  let standOut = new Set();
  /** @type {{films: import('../../worker/protocol.js').Films, genres: string[]} | null} */
  let data = null;

  const choice = createSegments({
    label: t(words.colours),
    shown: true,
    options: [
      { value: 'genre', name: t(words.genre) },
      { value: 'decade', name: t(words.decades) },
    ],
    choose(by) {
      colourBy = by;
      begin();
    },
  });
  const chips = h('div', { class: 'map-legend', role: 'group', 'aria-label': t(words.legend) });
  const note = h('p', { class: 'hint' });

  function begin() {
    standOut = new Set();
    if (!data) return;
    const classes = colourBy === 'genre' ? byGenre(speech, data.films, data.genres) : byDecade(speech, data.films);
    paint(classes, standOut);
    setText(note, colourBy === 'genre' ? t(words.rarest) : '');
    chips.replaceChildren(
      ...classes.names.flatMap((name, at) => (classes.sizes[at] > 0 ? [chip(name, classes, at)] : [])),
    );
  }

  /** @param {string} name @param {Classes} classes @param {number} at */
  function chip(name, classes, at) {
    const dot = h('span', { class: 'map-dot', 'aria-hidden': 'true' });
    dot.style.background = `var(--${classes.colours[at]})`;
    const button = h('button', { type: 'button', class: 'map-chip', 'aria-pressed': 'false' }, dot, name);
    button.addEventListener('click', () => {
      if (!standOut.delete(at)) standOut.add(at);
      paint(classes, standOut);
      setAttribute(button, 'aria-pressed', String(standOut.has(at)));
    });
    return button;
  }

  return {
    choice: choice.node,
    chips,
    note,
    /** @param {import('../../worker/protocol.js').Films} films @param {string[]} genres of all films */
    update(films, genres) {
      data = { films, genres };
      begin();
    },
  };
}

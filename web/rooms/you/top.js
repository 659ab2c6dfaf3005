/** The top 10 on the page, with the reasons for each film, and what changed in it. */
import { h, setAttribute, setText } from '../../parts/dom.js';
import { words } from './words.js';

/** @typedef {import('./scene.js').FilmScene} FilmScene */
/** @typedef {{show: ((item: number) => void) | null, like: (item: number) => void}} Actions  show: on the map, where there is one */

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {Actions} actions
 */
export function createTop({ t }, actions) {
  const title = h('h3', {}, t(words.top));
  const note = h('p', { class: 'list-note' });
  const scores = h('p', { class: 'list-note' });
  const change = h('p', { class: 'you-change', role: 'status' });
  const list = h('ol', { class: 'films top you-top' });
  const why = h('p', { class: 'hint' });
  return {
    node: h('section', { class: 'you-list', 'aria-label': t(words.top) }, ...[title, note, scores, change, list, why]),
    /** @param {import('./scene.js').TopScene} scene */
    write(scene) {
      setText(title, scene.title);
      setText(note, scene.note);
      setText(scores, scene.scores);
      list.replaceChildren(...scene.films.map((film) => filmNode(film, actions)));
      setText(change, scene.change);
      setAttribute(change, 'aria-live', scene.live);
      setText(why, scene.why);
    },
    /** Why there is no list. @param {string} text */
    fail: (text) => setText(note, text),
  };
}

/** @param {FilmScene} film @param {Actions} actions */
function filmNode({ item, title, onMap, add, genres, reasons, score, move }, { show, like }) {
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'film' },
      show
        ? h('button', { type: 'button', class: 'plain you-title', title: onMap, onclick: () => show(item) }, title)
        : h('p', { class: 'you-title' }, title),
      genres && h('p', { class: 'genres' }, genres),
      reasons.length > 0 && h('ul', { class: 'you-reasons' }, ...reasons.map(reasonNode)),
    ),
    h('p', { class: 'aside' }, score, move && moveNode(move)),
    h(
      'button',
      { type: 'button', class: 'plain', title: add, onclick: () => like(item) },
      h('span', { 'aria-hidden': 'true' }, '+'),
      h('span', { class: 'hidden' }, add),
    ),
  );
}

/** @param {FilmScene['reasons'][number]} reason */
function reasonNode({ because, title, brief, bar, share }) {
  const length = h('span', { class: 'you-bar', 'aria-hidden': 'true' });
  length.style.setProperty('--share', String(bar));
  return h(
    'li',
    {},
    because && h('span', { class: 'you-because' }, because),
    length,
    h('span', { class: 'you-reason', title }, brief),
    h('span', { class: 'you-share' }, share),
  );
}

/** @param {NonNullable<FilmScene['move']>} move */
function moveNode({ arrow, text }) {
  if (!arrow) return h('span', { class: 'moved fresh' }, text);
  return h(
    'span',
    { class: 'moved' },
    h('span', { 'aria-hidden': 'true' }, arrow),
    h('span', { class: 'hidden' }, text),
  );
}

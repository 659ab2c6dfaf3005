/** Somebody's top 10 with the reasons for each film, and how it changed: against the list before a like, or an epoch ago. */
import { briefTitle } from '../../parts/format.js';
import { words } from './words.js';
import { h } from '../../parts/dom.js';
import { filmName } from '../../parts/film_picker.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Films} Films */
/** @typedef {import('../../worker/protocol.js').Recommendation} Recommendation */

/**
 * How a list differs from the one that it is compared with.
 * @param {number[]} before
 * @param {number[]} now
 * @returns {{moves: (number | 'new')[], gone: number[]}} moves: places that each film rose by
 */
export function compare(before, now) {
  const moves = now.map((item, at) => {
    const place = before.indexOf(item);
    return place < 0 ? /** @type {const} */ ('new') : place - at;
  });
  return { moves, gone: before.filter((item) => !now.includes(item)) };
}

/** @param {Speech} speech @param {number | 'new'} move */
function moveNode(speech, move) {
  const { t } = speech;
  if (move === 0) return null;
  if (move === 'new') return h('span', { class: 'moved fresh' }, t(words.fresh));
  const count = Math.abs(move);
  return h(
    'span',
    { class: 'moved' },
    h('span', { 'aria-hidden': 'true' }, `${move > 0 ? '↑' : '↓'}${count}`),
    h('span', { class: 'hidden' }, t(move > 0 ? words.up : words.down, { count })),
  );
}

/** @param {Speech} speech @param {Films} films @param {Recommendation} film */
function reasonsNode(speech, films, { reasons, exact }) {
  const { t } = speech;
  if (reasons.length === 0) return null;
  return h(
    'ul',
    { class: 'you-reasons' },
    ...reasons.map(({ item, share }, at) => {
      const bar = h('span', { class: 'you-bar', 'aria-hidden': 'true' });
      bar.style.setProperty('--share', String(Math.min(1, share)));
      return h(
        'li',
        {},
        at === 0 && h('span', { class: 'you-because' }, t(exact ? words.because : words.nearTo)),
        bar,
        h('span', { class: 'you-reason', title: films.titles[item] }, briefTitle(films.titles[item])),
        h('span', { class: 'you-share' }, t(words.share, { share: Math.round(100 * share) })),
      );
    }),
  );
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} list
 * @param {Films} films
 * @param {Recommendation[]} recommendations
 * @param {(number | 'new')[] | null} moves
 * @param {{show: (item: number) => void, like: (item: number) => void, write: (score: number) => string}} actions
 */
export function writeList(speech, list, films, recommendations, moves, { show, like, write }) {
  const { t } = speech;
  list.replaceChildren(
    ...recommendations.map((film, at) => {
      const { item, score } = film;
      const genres = films.genres[item].join(', ');
      const title = filmName(films, item);
      const onMap = t(words.onMap, { title });
      const name = h(
        'button',
        { type: 'button', class: 'plain you-title', title: onMap, onclick: () => show(item) },
        title,
      );
      const add = h(
        'button',
        { type: 'button', class: 'plain', title: t(words.add, { title }), onclick: () => like(item) },
        h('span', { 'aria-hidden': 'true' }, '+'),
        h('span', { class: 'hidden' }, t(words.add, { title })),
      );
      return h(
        'li',
        {},
        h(
          'div',
          { class: 'film' },
          name,
          genres && h('p', { class: 'genres' }, genres),
          reasonsNode(speech, films, film),
        ),
        h('p', { class: 'aside' }, write(score), moves && moveNode(speech, moves[at])),
        add,
      );
    }),
  );
}

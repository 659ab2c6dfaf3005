/** Films in a list: one that a user rated, and one that the model suggests. */
import { genreName } from '../../parts/format.js';
import { words } from './words.js';
import { h } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/**
 * @param {Speech} speech
 * @param {import('../../worker/protocol.js').Film} film
 * @param {string | undefined} flag  why it was kept back, where it was
 * @param {Node} aside
 */
function entry(speech, film, flag, aside) {
  const { t } = speech;
  const genres = film.genres.map((genre) => genreName(speech, genre)).join(t(words.comma));
  return h(
    'li',
    { class: flag && 'held-out' },
    h(
      'div',
      { class: 'film' },
      h('p', { class: 'title' }, film.title),
      h('p', { class: 'genres' }, [film.year || t(words.noYear), genres || t(words.noGenres)].join(' · ')),
      flag && h('p', { class: 'flag' }, flag),
    ),
    aside,
  );
}

/** @param {Speech} speech @param {ReturnType<typeof import('./people_scene.js').pageOf>['films'][number]} of */
export function rated(speech, { film, flag }) {
  const title = speech.t(words.stars, { rating: String(film.rating) });
  return entry(speech, film, flag, h('span', { class: 'stars', title }, `★ ${film.rating.toFixed(1)}`));
}

/** @param {Speech} speech @param {ReturnType<typeof import('./people_scene.js').topOf>[number]} of */
export const suggested = (speech, { film, score, move, flag }) =>
  entry(speech, film, flag, h('p', { class: 'aside' }, score, h('span', { class: 'moved' }, move)));

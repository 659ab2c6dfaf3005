/** The choice of a film by its title: a combobox that suggests those whose title has what was typed, the best known first. */
import { words } from './words/film_picker.js';
import { createCombobox } from './combobox.js';
import { setAttribute, watch } from './dom.js';

/** @typedef {import('./speech.js').Speech} Speech */

/** Suggestions shown at a time. */
const MOST = 40;

/** @typedef {import('../worker/protocol.js').Films} Films */

/**
 * Films whose title has the text, those that begin with it first, then by how many have rated them.
 * @param {Films} films
 * @param {string} text
 * @param {number} [most]
 */
export function findFilms({ titles, counts }, text, most = MOST) {
  const wanted = plain(text);
  /** @type {{item: number, begins: boolean}[]} */
  const found = [];
  for (let item = 0; item < titles.length; item++) {
    const at = plain(titles[item]).indexOf(wanted);
    if (at >= 0) found.push({ item, begins: at === 0 });
  }
  const better = (/** @type {typeof found[0]} */ a, /** @type {typeof found[0]} */ b) =>
    Number(b.begins) - Number(a.begins) || counts[b.item] - counts[a.item] || a.item - b.item;
  const ranked = wanted === '' ? found.sort((a, b) => counts[b.item] - counts[a.item]) : found.sort(better);
  return ranked.slice(0, most).map(({ item }) => item);
}

/** Without case and accents, so that “amelie” finds “Amélie”. @param {string} text */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** @param {Films} films @param {number} item */
export const filmName = ({ titles, years }, item) =>
  years[item] > 0 ? `${titles[item]} (${years[item]})` : titles[item];

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {{label: string, choose: (item: number) => void}} options
 */
export function createFilmPicker(speech, host, { label, choose }) {
  const { t } = speech;
  /** @type {Films | null} */
  let films = null;
  let film = -1;

  const field = createCombobox({
    label,
    suggestions: t(words.films),
    find: (text) => (films ? findFilms(films, text) : []),
    describe: (item) => {
      const { counts } = /** @type {Films} */ (films);
      return [nameOf(item), t(words.viewers, { count: counts[item] })];
    },
    value: () => nameOf(film),
    choose(item) {
      film = item;
      choose(item);
    },
    // What was typed means the best match.
    enter: (_, best) => best,
    none: (text) => t(words.noFilm, { text }),
  });
  field.box.classList.add('film-box');
  host.append(field.label, field.box, field.error);

  /** @param {number} item */
  const nameOf = (item) => (films && item >= 0 ? filmName(films, item) : '');

  const changed = watch();
  return {
    /**
     * @param {Films | null} all
     * @param {number} chosen index of the film that is shown; -1: none
     */
    update(all, chosen) {
      if (!changed(all, chosen)) return;
      films = all;
      film = chosen;
      setAttribute(field.input, 'disabled', !films);
      field.refresh();
    },
    clear() {
      film = -1;
      field.restore();
    },
    destroy: () => host.replaceChildren(),
  };
}

/** The choice of a film by its title: a combobox that suggests those whose title has what was typed, the best known first. */
import { t } from '../words.js';
import { words } from '../words/film_picker.js';
import { h, setAttribute, setText, uniqueId, watch } from './dom.js';

/** Suggestions shown at a time. */
const MOST = 40;

/** @typedef {import('../client.js').Films} Films */

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
 * @param {HTMLElement} host
 * @param {{label: string, choose: (item: number) => void}} options
 */
export function createFilmPicker(host, { label, choose }) {
  const id = uniqueId('film');
  /** @type {Films | null} */
  let films = null;
  let film = -1;
  /** @type {number[]} */
  let matches = [];
  let active = -1;

  const list = h('ul', {
    ...{ id: `${id}-list`, role: 'listbox', class: 'options', hidden: true, 'aria-label': t(words.films) },
    // The field keeps the focus, so that a press on the list's own scroll bar does not close it.
    onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
  });
  const input = h('input', {
    ...{ id, type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false', class: 'film-name' },
    ...{ 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id },
    'aria-describedby': `${id}-error`,
    oninput: () => open(input.value),
    onclick: () => list.hidden && open(''),
    onfocus: () => input.select(),
    onblur: leave,
    onkeydown: key,
  });
  const error = h('p', { id: `${id}-error`, class: 'field-error', 'aria-live': 'polite' });
  host.append(h('label', { for: id }, label), h('div', { class: 'combobox film-box' }, input, list), error);

  /** @param {string} typed */
  function open(typed) {
    if (!films) return;
    const { counts } = films;
    matches = findFilms(films, typed);
    setText(error, matches.length > 0 ? '' : t(words.noFilm, { text: typed.trim() }));
    list.replaceChildren(...matches.map((item, row) => option(item, row, counts[item])));
    active = -1;
    list.scrollTop = 0;
    list.hidden = matches.length === 0;
    setAttribute(input, 'aria-expanded', String(!list.hidden));
    setAttribute(input, 'aria-activedescendant', null);
  }

  /** @param {number} item @param {number} row @param {number} count */
  const option = (item, row, count) =>
    h(
      'li',
      { id: `${id}-${row}`, role: 'option', 'aria-selected': 'false', onclick: () => take(item) },
      h('span', {}, filmName(/** @type {Films} */ (films), item)),
      h('span', { class: 'note' }, t(words.viewers, { count })),
    );

  function close() {
    list.hidden = true;
    active = -1;
    setAttribute(input, 'aria-expanded', 'false');
    setAttribute(input, 'aria-activedescendant', null);
  }

  const named = () => (films && film >= 0 ? filmName(films, film) : '');

  /** @param {number} item */
  function take(item) {
    close();
    setText(error, '');
    film = item;
    input.value = named();
    input.select();
    choose(item);
  }

  function leave() {
    close();
    setText(error, '');
    input.value = named();
  }

  /** @param {number} by */
  function move(by) {
    if (list.hidden) open('');
    if (matches.length === 0) return;
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = (active + by + matches.length + (active < 0 && by < 0 ? 1 : 0)) % matches.length;
    const chosen = list.children[active];
    chosen.setAttribute('aria-selected', 'true');
    chosen.scrollIntoView({ block: 'nearest' });
    setAttribute(input, 'aria-activedescendant', chosen.id);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') {
      // What was typed means the best match.
      const item = matches[Math.max(0, active)];
      if (!list.hidden && item !== undefined) take(item);
    } else if (event.key === 'Escape') {
      close();
      input.value = named();
    } else return;
    event.preventDefault();
  }

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
      setAttribute(input, 'disabled', !films);
      if (list.hidden) input.value = named();
    },
    destroy: () => host.replaceChildren(),
  };
}

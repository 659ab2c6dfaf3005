/** Writes a piece of the user–item matrix: some users, some films, who has rated what; and the pair that is looked at. */
import { words } from './words.js';
import { focusedIn, h } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./matrix_scene.js').Matrix} Matrix */

/** What is seen, and what is read out in its place. @param {string} sign @param {string} text @param {string} [mark] */
const seen = (sign, text, mark) => [
  h('span', { 'aria-hidden': 'true', class: mark }, sign),
  h('span', { class: 'hidden' }, text),
];

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {{chooseUser: (user: number) => void, chooseFilm: (item: number) => void}} actions
 */
export function createMatrix(speech, host, { chooseUser, chooseFilm }) {
  const { t } = speech;
  const head = h('tr', {});
  const body = h('tbody', {});
  const list = h('ol', { class: 'net-films' });
  const table = h('table', { 'aria-label': t(words.matrixTable) }, h('thead', {}, head), body);
  host.append(h('h3', {}, t(words.matrix)), table, list, h('p', { class: 'hint' }, t(words.key)));

  /** @param {Matrix['films'][0]} film */
  const columnOf = ({ letter, name }) => h('th', { scope: 'col', title: name }, ...seen(letter, name));

  /** @param {Matrix['rows'][0]} row @param {boolean} last  whether it ends with how far its user has moved */
  const rowOf = ({ user, id, marks, moved, cells }, last) =>
    h(
      'tr',
      // For a pointer only: the picker above does the same for everybody.
      { class: marks || null, onclick: () => chooseUser(user) },
      h('th', { scope: 'row' }, h('span', { class: 'hidden' }, t(words.user), ' '), id),
      ...cells.map((cell) => h('td', { class: cell.marks }, ...seen(cell.sign, cell.meaning, cell.has ? 'has' : ''))),
      last && h('td', { class: 'moved', title: moved === null ? null : t(words.moved) }, moved),
    );

  /** @param {Matrix['films'][0]} film */
  function filmOf({ item, letter, title, name, role, own, marks, moved }) {
    const press = { 'data-of': `i${item}`, 'aria-current': own ? 'true' : null, onclick: () => chooseFilm(item) };
    const button = h(
      'button',
      { type: 'button', class: 'plain', title: name, ...press },
      h('span', { class: 'letter' }, letter),
      h('span', { class: 'name' }, title),
      role && h('span', { class: 'hidden' }, `, ${role}`),
      moved !== null && h('span', { class: 'moved' }, moved),
    );
    return h('li', { class: marks || null }, button);
  }

  return {
    /** @param {Matrix} matrix */
    update({ rows, films, moved }) {
      const focused = focusedIn(host)?.dataset.of;
      head.replaceChildren(h('th', { scope: 'col' }, t(words.user)), ...films.map(columnOf));
      if (moved) head.append(h('th', { scope: 'col' }, h('span', { class: 'hidden' }, t(words.moved))));
      body.replaceChildren(...rows.map((row) => rowOf(row, moved)));
      list.replaceChildren(...films.map(filmOf));
      // The pressed button is another one now.
      if (focused) /** @type {HTMLElement | null} */ (host.querySelector(`[data-of="${focused}"]`))?.focus();
    },
    /** What the lines to the embeddings come from; downwards they would cross what stands below a row. */
    sources: () => ({
      user: host.closest('.down') ? table : body.querySelector('tr.own'),
      item: host.closest('.down') ? list : list.querySelector('li.own'),
    }),
    destroy: () => host.replaceChildren(),
  };
}

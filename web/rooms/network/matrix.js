/** A piece of the user–item matrix: some users, some films, who has rated what; and the pair that is looked at. */
import { short } from './numbers.js';
import { words } from './words.js';
import { focusedIn, h, setAttribute } from '../../parts/dom.js';
import { filmName } from '../../parts/film_picker.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/**
 * @typedef {object} Piece
 * @property {number[]} users
 * @property {number[]} items
 * @property {Uint8Array} known                    [users, items]: who has what in train
 * @property {{user: number, item: number}} pair   that is looked at
 * @property {{positive: number, negatives: number[]} | null} group  of the example that is under way
 * @property {Map<number, number> | null} movedUsers  how far rows moved in the last batch, by index
 * @property {Map<number, number> | null} movedItems
 */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {{chooseUser: (user: number) => void, chooseFilm: (item: number) => void}} actions
 */
export function createMatrix(speech, host, actions) {
  const { t } = speech;
  const head = h('tr', {});
  const body = h('tbody', {});
  const list = h('ol', { class: 'net-films' });
  const table = h('table', { 'aria-label': t(words.matrixTable) }, h('thead', {}, head), body);
  host.append(h('h3', {}, t(words.matrix)), table, list, h('p', { class: 'hint' }, t(words.key)));

  const letter = (/** @type {number} */ at) => String.fromCharCode(65 + at);

  /** @param {Piece} piece @param {number} row @param {number} column */
  function cell(piece, row, column) {
    const { users, items, known, pair, group } = piece;
    const [user, item] = [users[row], items[column]];
    const has = known[row * items.length + column] === 1;
    const own = user === pair.user;
    const kind =
      own && group ? (item === group.positive ? 'positive' : group.negatives.includes(item) ? 'negative' : '') : '';
    const lit = own && item === pair.item;
    const said = { positive: words.positiveCell, negative: words.negativeCell, '': has ? words.rated : words.notRated }[
      kind
    ];
    const sign = kind === 'positive' ? '1' : kind === 'negative' ? '0' : has ? '●' : '○';
    const meaning = lit ? `${t(said)}, ${t(words.asked)}` : t(said);
    return h(
      'td',
      { class: [kind, lit && 'lit', own && 'own', item === pair.item && 'column'].filter(Boolean).join(' ') },
      h('span', { 'aria-hidden': 'true', class: has ? 'has' : '' }, sign),
      h('span', { class: 'hidden' }, meaning),
    );
  }

  return {
    /**
     * @param {Piece} piece
     * @param {import('../../worker/protocol.js').Users} users
     * @param {import('../../worker/protocol.js').Films} films
     */
    update(piece, users, films) {
      const { pair, movedUsers, movedItems, group } = piece;
      const focused = focusedIn(host)?.dataset.of;
      head.replaceChildren(
        h('th', { scope: 'col' }, t(words.user)),
        ...piece.items.map((item, at) =>
          h(
            'th',
            { scope: 'col', title: filmName(films, item) },
            h('span', { 'aria-hidden': 'true' }, letter(at)),
            h('span', { class: 'hidden' }, filmName(films, item)),
          ),
        ),
      );
      body.replaceChildren(
        ...piece.users.map((user, row) => {
          const moved = movedUsers?.get(user);
          const own = user === pair.user;
          const last = h(
            'td',
            { class: 'moved', title: moved === undefined ? null : t(words.moved) },
            moved ? short(moved) : '',
          );
          return h(
            'tr',
            {
              class: [own && 'own', moved && 'glows'].filter(Boolean).join(' ') || null,
              // For a pointer only: the picker above does the same for everybody.
              onclick: () => actions.chooseUser(user),
            },
            h('th', { scope: 'row' }, h('span', { class: 'hidden' }, t(words.user), ' '), String(users.ids[user])),
            ...piece.items.map((_, column) => cell(piece, row, column)),
            movedUsers && last,
          );
        }),
      );
      if (movedUsers) head.append(h('th', { scope: 'col' }, h('span', { class: 'hidden' }, t(words.moved))));
      list.replaceChildren(
        ...piece.items.map((item, at) => {
          const moved = movedItems?.get(item);
          const role = group ? t(item === group.positive ? words.positiveCell : words.negativeCell) : '';
          const button = h(
            'button',
            {
              type: 'button',
              class: 'plain',
              'data-of': `i${item}`,
              title: filmName(films, item),
              onclick: () => actions.chooseFilm(item),
            },
            h('span', { class: 'letter' }, letter(at)),
            h('span', { class: 'name' }, films.titles[item]),
            role && h('span', { class: 'hidden' }, `, ${role}`),
            moved !== undefined && h('span', { class: 'moved' }, moved ? short(moved) : ''),
          );
          setAttribute(button, 'aria-current', item === pair.item ? 'true' : null);
          return h(
            'li',
            { class: [item === pair.item && 'own', moved && 'glows'].filter(Boolean).join(' ') || null },
            button,
          );
        }),
      );
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

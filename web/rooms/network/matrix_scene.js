/** What the piece of the matrix shows: each cell in sign and words, which row and film are those of the pair, what has moved. */
import { modelRow } from '../../../wasm/settings/models.mjs';
import { filmName } from '../../parts/film_picker.js';
import { distances } from './moved.js';
import { short } from './numbers.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/**
 * @typedef {object} Piece
 * @property {number[]} users
 * @property {number[]} items
 * @property {Uint8Array} known                    [users, items]: who has what in train
 * @property {{user: number, item: number}} pair   that is looked at
 */
/**
 * Marks are class names, with spaces between. moved: how far the embedding moved with the batch, without a text where that
 * is nothing; null: it took no part.
 * @typedef {{sign: string, has: boolean, meaning: string, marks: string}} Cell
 * @typedef {{user: number, id: string, own: boolean, marks: string, moved: string | null, cells: Cell[]}} Row
 * @typedef {{item: number, letter: string, title: string, name: string, role: string, own: boolean, marks: string, moved: string | null}} Film
 * @typedef {{rows: Row[], films: Film[], moved: boolean}} Matrix  films: the columns, too; moved: whether a batch has moved anything
 */

/** @param {...(string | false | 0 | undefined)} names */
const marks = (...names) => names.filter(Boolean).join(' ');

/** @param {number} at */
const letter = (at) => String.fromCharCode(65 + at);

/** A row or a film. @param {boolean} own  of the pair @param {number | undefined} distance  that it has moved */
const side = (own, distance) => ({
  own,
  marks: marks(own && 'own', distance && 'glows'),
  moved: distance === undefined ? null : distance ? short(distance) : '',
});

/**
 * @param {Speech} speech
 * @param {Pick<import('./look.js').Look, 'state' | 'under'>} look
 * @param {Piece} piece
 * @returns {Matrix | null} null: the data are no longer there
 */
export function matrixOf(speech, { state, under }, piece) {
  if (!state?.users || !state.films) return null;
  const { settings, users, films } = state;
  const { pair } = piece;
  // Where ratings are predicted no film is a negative of another.
  const group = under && modelRow(settings.model).task === 'ranking' ? under.example : null;
  const moved = under?.trained ? under.trained.moved : { users: [], items: [] };
  const [byUser, byItem] = [distances(moved.users), distances(moved.items)];
  const signs = {
    has: words.rated,
    hasNot: words.notRated,
    positive: words.positiveCell,
    negative: words.negativeCell,
  };

  /** @param {number} row @param {number} column @returns {Cell} */
  function cellOf(row, column) {
    const item = piece.items[column];
    const has = piece.known[row * piece.items.length + column] === 1;
    const own = piece.users[row] === pair.user;
    const asked = item === pair.item;
    const role = own && group ? roleIn(group, item) : '';
    const said = speech.t(signs[role || (has ? 'has' : 'hasNot')]);
    return {
      sign: role === 'positive' ? '1' : role === 'negative' ? '0' : has ? '●' : '○',
      has,
      meaning: own && asked ? `${said}, ${speech.t(words.asked)}` : said,
      marks: marks(role, own && asked && 'lit', own && 'own', asked && 'column'),
    };
  }

  return {
    moved: Boolean(under?.trained),
    rows: piece.users.map((user, row) => ({
      ...{ user, id: String(users.ids[user]), ...side(user === pair.user, byUser.get(user)) },
      cells: piece.items.map((_, column) => cellOf(row, column)),
    })),
    films: piece.items.map((item, at) => ({
      ...{ item, letter: letter(at), title: films.titles[item], name: filmName(films, item) },
      role: group ? speech.t(signs[item === group.positive ? 'positive' : 'negative']) : '',
      ...side(item === pair.item, byItem.get(item)),
    })),
  };
}

/** What a film is in the group of an example. @param {import('./phases.js').Example} group @param {number} item */
const roleIn = ({ positive, negatives }, item) =>
  item === positive ? 'positive' : negatives.includes(item) ? 'negative' : '';

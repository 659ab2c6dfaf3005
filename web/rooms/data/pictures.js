/** The pictures of the matrix, and what is said of their cells: all of it as a density, and its fullest corner. Plain values. */
import { count } from '../../parts/format.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Overview} Overview */
/** unit: pixels of a cell's side. @typedef {{rows: number, columns: number, unit: number, tell: (row: number, column: number) => string}} Grid */
/** @typedef {{x: number, y: number, side: number, colour: 'model' | 'ink' | 'line', alpha: number, outline: boolean}} Mark */

/** Pixels of a cell of the corner. */
const UNIT = 12;
/** Rows of the table: what one can read; the picture has more. */
const BANDS = 10;

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(share < 0.1 ? 2 : 1)}\u00a0%`;

/** Where bins begin, and where the last one ends. @param {number} bins @param {number} size */
const edgesOf = (bins, size) => Array.from({ length: bins + 1 }, (_, bin) => Math.floor((bin * size) / bins));

/**
 * What stands beside the pictures; held: films that are held out are in the corner.
 * @param {Speech} speech
 * @param {Overview} overview
 */
export function matrixTexts({ t }, { matrix, corner, activity, popularity, density }) {
  const cells = activity.length * popularity.length;
  const [users, films] = [activity.length / matrix.rows, popularity.length / matrix.columns].map(Math.round);
  const n = corner.cells.filter((cell) => cell === 2).length;
  const note = t(words.cornerNote, { users: corner.users.length, films: corner.films.length });
  return {
    lesson: t(words.matrixLesson, { share: percent(density), cells }),
    density: t(words.densityNote, { users, films }),
    corner: `${note} ${n > 0 ? t(words.cornerHeld, { n }) : t(words.cornerNoneHeld)}`,
    held: n > 0,
  };
}

/** Users by activity in bands. @param {Speech} speech @param {Overview} overview @returns {import('../../parts/data_table.js').Table} */
export function matrixTable({ t }, { matrix: { rows, columns, counts }, activity, popularity }) {
  const users = edgesOf(rows, activity.length);
  const edges = edgesOf(Math.min(BANDS, rows), rows);
  return {
    caption: t(words.byActivity),
    head: [t(words.users), t(words.ratings), t(words.filled)],
    rows: edges.slice(1).map((to, band) => {
      const from = edges[band];
      const n = counts.subarray(from * columns, to * columns).reduce((sum, each) => sum + each, 0);
      const cells = (users[to] - users[from]) * popularity.length;
      return [`${users[from] + 1}–${users[to]}`, count(n), percent(n / cells)];
    }),
  };
}

/**
 * shades: how dark each cell is, from 0 to 255.
 * @param {Speech} speech
 * @param {Overview} overview
 * @returns {Grid & {shades: Uint8Array}}
 */
export function densityOf({ t }, { matrix: { rows, columns, counts }, activity, popularity }) {
  const [users, films] = [edgesOf(rows, activity.length), edgesOf(columns, popularity.length)];
  const shareOf = (/** @type {number} */ row, /** @type {number} */ column) =>
    counts[row * columns + column] / ((users[row + 1] - users[row]) * (films[column + 1] - films[column]));
  return {
    ...{ rows, columns, unit: 1 },
    shades: Uint8Array.from(counts, (n, at) => {
      // Most of the matrix is nearly empty: the root keeps that apart from nothing.
      const strength = 0.06 + 1.1 * Math.sqrt(shareOf(Math.floor(at / columns), at % columns));
      return n > 0 ? Math.round(255 * Math.min(1, strength)) : 0;
    }),
    tell: (row, column) =>
      t(words.bin, {
        ...{ fromUser: users[row] + 1, toUser: users[row + 1], fromFilm: films[column] + 1, toFilm: films[column + 1] },
        ...{ n: counts[row * columns + column], share: percent(shareOf(row, column)) },
      }),
  };
}

/**
 * @param {Speech} speech
 * @param {Overview} overview
 * @param {Pick<import('../../shell/state.js').State, 'users' | 'films'>} state
 * @returns {Grid & {marks: Mark[]}}
 */
export function cornerOf({ t }, { corner: { users, films, cells } }, state) {
  const columns = films.length;
  return {
    ...{ rows: users.length, columns, unit: UNIT },
    marks: Array.from(cells, (cell, at) => {
      const held = cell === 2;
      const inset = held ? 2.25 : 1;
      const [x, y] = [at % columns, Math.floor(at / columns)].map((place) => place * UNIT + inset);
      const colour = held ? 'ink' : cell === 1 ? 'model' : 'line';
      return { x, y, side: UNIT - 2 * inset, colour, alpha: cell === 1 ? 0.6 : 1, outline: held };
    }),
    tell(row, column) {
      const word = [words.cellEmpty, words.cellTrain, words.cellHeld][cells[row * columns + column]];
      const film = state.films?.titles[films[column]] ?? '';
      return t(word, { id: String(state.users?.ids[users[row]]), film });
    },
  };
}

/** @param {number} at @param {number} size */
const within = (at, size) => Math.min(size - 1, Math.max(0, Math.floor(at)));

/** The cell at shares of the height and of the width. @param {Grid} grid @param {number} down @param {number} across @returns {[number, number]} */
export const cellAt = ({ rows, columns }, down, across) => [
  within(down * rows, rows),
  within(across * columns, columns),
];

/**
 * The cell that a key leads to, the first one from none (-1).
 * @param {Grid} grid
 * @param {string} key
 * @param {boolean} far  ten at a time
 * @param {number} row
 * @param {number} column
 * @returns {[number, number] | null} null: the key leads nowhere
 */
export function cellFrom({ rows, columns }, key, far, row, column) {
  const by = far ? 10 : 1;
  const move = /** @type {Record<string, [number, number]>} */ ({
    ...{ ArrowUp: [-by, 0], ArrowDown: [by, 0], ArrowLeft: [0, -by], ArrowRight: [0, by] },
    ...{ Home: [0, -columns], End: [0, columns], PageUp: [-rows, 0], PageDown: [rows, 0] },
  })[key];
  if (!move) return null;
  return row < 0 ? [0, 0] : [within(row + move[0], rows), within(column + move[1], columns)];
}

/** How full the matrix is: all of it as a density, and its fullest corner cell by cell. */
import { asPixel } from '../../parts/colours.js';
import { count } from '../../parts/format.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { createCells } from './cells.js';
import { h, setText } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Overview} Overview */
/** @typedef {import('../../shell/state.js').State} State */

/** Pixels of a cell of the corner on its canvas. */
const UNIT = 12;

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(share < 0.1 ? 2 : 1)}\u00a0%`;

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../../shell/actions.js').Actions, 'chooseUser' | 'chooseFilm'>} actions
 */
export function createMatrix(speech, host, { chooseUser, chooseFilm }) {
  const { t } = speech;
  const lesson = h('p', { class: 'lesson' });
  const densityNote = h('p', { class: 'hint' });
  const cornerNote = h('p', { class: 'hint' });
  const densityHost = h('div', { class: 'density' }, h('h3', {}, t(words.density)), densityNote);
  const cornerHost = h('div', { class: 'corner' }, h('h3', {}, t(words.corner)), cornerNote);
  host.append(h('h2', {}, t(words.matrix)), lesson, h('div', { class: 'matrix-pictures' }, densityHost, cornerHost));
  /** @type {Overview | null} */
  let shown = null;
  const density = createCells(densityHost, { name: t(words.density), prompt: t(words.pointCells) });
  const corner = createCells(cornerHost, {
    name: t(words.corner),
    prompt: t(words.pointCells),
    choose(row, column) {
      if (!shown) return;
      chooseUser(shown.corner.users[row]);
      chooseFilm(shown.corner.films[column]);
    },
  });
  const key = (/** @type {string} */ kind, /** @type {string} */ text) =>
    h('li', {}, h('span', { class: `swatch ${kind}` }), text);
  const keyHeld = key('held', t(words.keyHeld));
  const keys = [key('train', t(words.keyTrain)), keyHeld, key('empty', t(words.keyEmpty))];
  cornerHost.append(h('ul', { class: 'cell-keys' }, ...keys));
  const behind = createBehind(speech, host, t(words.matrix), () => shown && tableOf(shown));

  /** @param {Overview} overview */
  function tableOf({ matrix: { rows, columns, counts }, activity, popularity }) {
    // Ten bands of rows are what one can read; the picture has more.
    const bands = Math.min(10, rows);
    return {
      caption: t(words.byActivity),
      head: [t(words.users), t(words.ratings), t(words.filled)],
      rows: Array.from({ length: bands }, (_, band) => {
        const [from, to] = [band, band + 1].map((each) => Math.floor((each * rows) / bands));
        const n = counts.subarray(from * columns, to * columns).reduce((sum, each) => sum + each, 0);
        const [first, end] = [from, to].map((row) => Math.floor((row * activity.length) / rows));
        return [`${first + 1}–${end}`, count(n), percent(n / ((end - first) * popularity.length))];
      }),
    };
  }

  /** @param {Overview} overview @returns {import('./cells.js').Cells} */
  function densityCells({ matrix: { rows, columns, counts }, activity, popularity }) {
    const ends = (/** @type {number} */ bin, /** @type {number} */ bins, /** @type {number} */ size) =>
      [bin, bin + 1].map((each) => Math.floor((each * size) / bins));
    const widths = (/** @type {number} */ bins, /** @type {number} */ size) =>
      Float64Array.from({ length: bins }, (_, bin) => {
        const [from, to] = ends(bin, bins, size);
        return to - from;
      });
    const read = (/** @type {number} */ row, /** @type {number} */ column) => {
      const [fromUser, toUser] = ends(row, rows, activity.length);
      const [fromFilm, toFilm] = ends(column, columns, popularity.length);
      const n = counts[row * columns + column];
      return { fromUser, toUser, fromFilm, toFilm, n, share: n / ((toUser - fromUser) * (toFilm - fromFilm)) };
    };
    return {
      rows,
      columns,
      unit: 1,
      draw(context, { model }) {
        const image = context.createImageData(columns, rows);
        const pixels = new Uint32Array(image.data.buffer);
        const colour = asPixel(context, model) & 0xffffff;
        const users = widths(rows, activity.length);
        const films = widths(columns, popularity.length);
        for (let row = 0, at = 0; row < rows; row++)
          for (let column = 0; column < columns; column++, at++) {
            if (counts[at] === 0) continue;
            // Most of the matrix is nearly empty: the root keeps that apart from nothing.
            const strength = Math.min(1, 0.06 + 1.1 * Math.sqrt(counts[at] / (users[row] * films[column])));
            pixels[at] = colour | (Math.round(255 * strength) << 24);
          }
        context.putImageData(image, 0, 0);
      },
      tell(row, column) {
        const { fromUser, fromFilm, share, ...rest } = read(row, column);
        return t(words.bin, { ...rest, fromUser: fromUser + 1, fromFilm: fromFilm + 1, share: percent(share) });
      },
    };
  }

  /** @param {Overview} overview @param {State} state @returns {import('./cells.js').Cells} */
  function cornerCells({ corner: { users, films, cells } }, state) {
    return {
      rows: users.length,
      columns: films.length,
      unit: UNIT,
      draw(context, { model, ink, line }) {
        cells.forEach((cell, at) => {
          const [x, y] = [(at % films.length) * UNIT, Math.floor(at / films.length) * UNIT];
          context.globalAlpha = cell === 1 ? 0.6 : 1;
          context.fillStyle = cell === 1 ? model : line;
          if (cell < 2) context.fillRect(x + 1, y + 1, UNIT - 2, UNIT - 2);
          if (cell < 2) return;
          context.strokeStyle = ink;
          context.lineWidth = 2.5;
          context.strokeRect(x + 2.25, y + 2.25, UNIT - 4.5, UNIT - 4.5);
        });
      },
      tell(row, column) {
        const word = [words.cellEmpty, words.cellTrain, words.cellHeld][cells[row * films.length + column]];
        const film = state.films?.titles[films[column]] ?? '';
        return t(word, { id: String(state.users?.ids[users[row]]), film });
      },
    };
  }

  return {
    /** @param {Overview} overview @param {State} state */
    update(overview, state) {
      shown = overview;
      const { matrix, corner: near, activity, popularity, density: share } = overview;
      const cells = activity.length * popularity.length;
      setText(lesson, t(words.matrixLesson, { share: percent(share), cells }));
      const [users, films] = [activity.length / matrix.rows, popularity.length / matrix.columns].map(Math.round);
      setText(densityNote, t(words.densityNote, { users, films }));
      const n = near.cells.filter((cell) => cell === 2).length;
      const held = n > 0 ? t(words.cornerHeld, { n }) : t(words.cornerNoneHeld);
      setText(cornerNote, `${t(words.cornerNote, { users: near.users.length, films: near.films.length })} ${held}`);
      keyHeld.hidden = n === 0;
      density.update(densityCells(overview));
      corner.update(cornerCells(overview, state));
      behind.update();
    },
    recolour() {
      density.repaint();
      corner.repaint();
    },
  };
}

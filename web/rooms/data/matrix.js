/** How full the matrix is: all of it as a density, and its fullest corner cell by cell (pictures.js). */
import { asPixel } from '../../parts/colours.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setText } from '../../parts/dom.js';
import { pictureMenu } from '../../parts/picture_menu.js';
import { createCells } from './cells.js';
import { cornerOf, densityOf, matrixTable, matrixTexts } from './pictures.js';
import { words } from './words.js';

/** @typedef {import('../../worker/protocol.js').Overview} Overview */

/**
 * @param {import('../../parts/speech.js').Speech} speech
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
  host.append(pictureMenu(speech, host, () => t(words.matrix)));
  const behind = createBehind(speech, host, t(words.matrix), () => shown && matrixTable(speech, shown));

  return {
    /** @param {Overview} overview @param {import('../../shell/state.js').State} state */
    update(overview, state) {
      shown = overview;
      const texts = matrixTexts(speech, overview);
      setText(lesson, texts.lesson);
      setText(densityNote, texts.density);
      setText(cornerNote, texts.corner);
      keyHeld.hidden = !texts.held;
      const [all, near] = [densityOf(speech, overview), cornerOf(speech, overview, state)];
      density.update(all, (context, colours) => drawShades(context, all, colours.model));
      corner.update(near, (context, colours) => drawMarks(context, near.marks, colours));
      behind.update();
    },
    recolour() {
      density.repaint();
      corner.repaint();
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ReturnType<typeof densityOf>} density
 * @param {string} model
 */
function drawShades(context, { rows, columns, shades }, model) {
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const colour = asPixel(context, model) & 0xffffff;
  shades.forEach((shade, at) => (pixels[at] = shade && colour | (shade << 24)));
  context.putImageData(image, 0, 0);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./pictures.js').Mark[]} marks
 * @param {import('./cells.js').Colours} colours
 */
function drawMarks(context, marks, colours) {
  context.lineWidth = 2.5;
  for (const { x, y, side, colour, alpha, outline } of marks) {
    context.globalAlpha = alpha;
    context.fillStyle = context.strokeStyle = colours[colour];
    context[outline ? 'strokeRect' : 'fillRect'](x, y, side, side);
  }
}

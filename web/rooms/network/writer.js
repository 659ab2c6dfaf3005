/** Writes the room: its regions, and in each what the scene says. */
import { createAnswer } from './answer.js';
import { createDiagram } from './diagram.js';
import { legend } from './legend.js';
import { createMatrix } from './matrix.js';
import { createSteps } from './steps.js';
import { createWeights } from './weights.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setText } from '../../parts/dom.js';
import { createFilmPicker } from '../../parts/film_picker.js';
import { createPicker } from '../../parts/picker.js';
import { pictureMenu } from '../../parts/picture_menu.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** What the room hears of; table: asked while the one behind is open. @typedef {import('./blocks.js').On & {table: () => import('../../parts/data_table.js').Table | null, steps: Parameters<typeof createSteps>[4]}} On */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 * @param {On} on
 */
export function createWriter(speech, host, actions, on) {
  const { t } = speech;
  const userPlace = h('div', { class: 'picker' });
  const filmPlace = h('div', { class: 'picker' });
  const none = h('p', { class: 'net-none', hidden: true });
  const stage = h('div', { class: 'net-stage' });
  const data = h('section', { class: 'net-data', 'aria-label': t(words.matrix) });
  const answerPlace = h('section', { class: 'net-answer', 'aria-label': t(words.answer) });
  const stepsPlace = h('section', { class: 'net-steps', 'aria-label': t(words.steps) });
  const phases = h('ol', { class: 'net-cards', 'aria-label': t(words.phases) });
  const weightsPlace = h('section', { class: 'net-weights' });
  const readout = h('p', { class: 'net-readout', role: 'status' });
  const main = h('div', { class: 'net-main' }, stage, answerPlace);
  const below = h('div', { class: 'net-below' }, readout, legend(speech));
  const menu = (/** @type {HTMLElement} */ node, /** @type {import('../../parts/speech.js').Word} */ name) =>
    pictureMenu(speech, node, () => t(name));
  const all = h('div', { class: 'net-all' }, stepsPlace, main, menu(stage, words.diagram), below, phases, weightsPlace);
  const head = h('div', { class: 'net-head' }, h('h2', {}, t(words.title)), userPlace, filmPlace);
  host.append(h('div', { class: 'network' }, head, none, all));
  const user = createPicker(speech, userPlace, actions);
  const film = createFilmPicker(speech, filmPlace, { label: t(words.film), choose: actions.chooseFilm });
  const matrix = createMatrix(speech, data, actions);
  const diagram = createDiagram(speech, stage, data, matrix.sources, on);
  const answer = createAnswer(speech, answerPlace);
  const weights = createWeights(speech, weightsPlace, on.pick);
  answerPlace.append(menu(answerPlace, words.answer));
  weightsPlace.append(menu(weightsPlace, words.weightsOf));
  const behind = createBehind(speech, all, t(words.numbers), on.table, t(words.table));
  const steps = createSteps(speech, stepsPlace, phases, actions, on.steps);

  return {
    /** @param {State} state @param {number} chosen  film */
    pair(state, chosen) {
      user.update(state);
      film.update(state.films, chosen);
    },
    /** @param {import('./scene.js').Scene} scene */
    write({ instead, shown }) {
      none.hidden = instead === null;
      all.hidden = instead !== null;
      setText(none, instead ?? '');
      if (!shown) return;
      answer.update(shown.answer);
      setText(readout, shown.readout);
      steps.update(shown.steps);
      weights.update(shown.weights);
      // Last of all: another drawing may move the focus, and with it what is pointed at.
      diagram.update(shown.drawing);
    },
    /** @param {import('./matrix_scene.js').Matrix | null} scene */
    matrix(scene) {
      if (scene) matrix.update(scene);
      diagram.moved();
    },
    table: behind.update,
    recolour() {
      diagram.recolour();
      weights.recolour();
    },
    /** What moves is to be seen: on a small screen the drawing may be below the buttons. */
    bringDrawing() {
      const { top, bottom } = stage.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight)
        stage.scrollIntoView({ block: bottom - top > innerHeight ? 'start' : 'nearest' });
    },
    destroy() {
      for (const view of [user, film, matrix, diagram, answer, weights, steps]) view.destroy();
      host.replaceChildren();
    },
  };
}

/**
 * The network room: the model as it is built, one user and one film on their way through it, and training one step at a
 * time. What it knows stands in look.js, what is shown of that in scene.js, how it comes to the page in writer.js.
 */
import { messageOf } from '../../parts/notices.js';
import { latest } from '../../parts/latest.js';
import { watch } from '../../parts/dom.js';
import { Look } from './look.js';
import { matrixOf } from './matrix_scene.js';
import { BATCH } from './phases.js';
import { sceneOf } from './scene.js';
import { createSlow } from './slow.js';
import { createStepping } from './stepping.js';
import { tableOf } from './table.js';
import { createValues } from './values.js';
import { createWriter } from './writer.js';

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 * @returns {import('../../lab.js').View}
 */
export function createNetwork(speech, host, actions) {
  const look = new Look();
  const slow = createSlow(draw);
  const pair = createValues(actions.ask, look, draw, fail);
  const surround = latest(
    () => {
      const piece = look.piece();
      return piece && actions.ask('known', piece).then(({ known }) => ({ ...piece, known }));
    },
    (piece) => writer.matrix(matrixOf(speech, look, piece)),
    fail,
  );
  const stepping = createStepping(actions, look, {
    taken(playing) {
      surround();
      if (playing) writer.bringDrawing();
      if (playing) slow.play();
    },
    trained() {
      slow.show(BATCH);
      surround();
      pair.now();
    },
    changed: draw,
    fail,
  });
  const writer = createWriter(speech, host, actions, {
    point(cell) {
      look.pointed = cell;
      draw();
    },
    pick: (id) => look.pick(id) && draw(),
    table: () => tableOf(speech, look),
    steps: { ...stepping, show: slow.show },
  });
  const [themed, revalued, elsewhere, changed, tabled] = Array.from({ length: 5 }, () => watch());

  /** @param {Error} error */
  function fail(error) {
    look.trouble = messageOf(speech, error);
    draw();
  }

  function draw() {
    const { graph, values, under, film } = look;
    const scene = sceneOf(speech, look, slow.moment());
    if (!scene) return;
    writer.write(scene);
    if (tabled(graph, values, under, film)) writer.table();
  }

  return {
    update(next) {
      if (look.turn(next)) {
        slow.stop();
        surround();
      }
      const { graph, film } = look;
      const { settings, films, users, user, model, weights } = next;
      writer.pair(next, film);
      if (themed(next.theme)) writer.recolour();
      if (revalued(graph, user, film, weights, model)) pair.wish();
      if (elsewhere(user, film, model, look.under, next.person)) surround();
      if (changed(graph, next.phase, settings, model, film, films, users)) draw();
    },
    destroy() {
      pair.close();
      slow.close();
      writer.destroy();
    },
  };
}

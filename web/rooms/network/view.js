/**
 * The network room: the model as it is built, one user and one film on their way through it, and training one step at a
 * time. What the worker is asked stands in worker/network.js and worker/known.js.
 */
import { networkGraph } from '../../../wasm/settings/graph.mjs';
import { modelRow } from '../../../wasm/settings/models.mjs';
import { shortName } from '../../parts/format.js';
import { messageOf } from '../../parts/notices.js';
import { latest } from '../../parts/latest.js';
import { distances, glowOf } from './moved.js';
import { nameOf } from './names.js';
import { number, short } from './numbers.js';
import { lengths } from './phases.js';
import { filmOf, pieceOf } from './piece.js';
import { createSlow } from './slow.js';
import { createStepping } from './stepping.js';
import { byNode, createValues } from './values.js';
import { isRunning } from '../../parts/readings.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setText, watch } from '../../parts/dom.js';
import { createFilmPicker, filmName } from '../../parts/film_picker.js';
import { answerOf, createAnswer } from './answer.js';
import { createDiagram } from './diagram.js';
import { legend } from './legend.js';
import { createMatrix } from './matrix.js';
import { createSteps, stepsOf } from './steps.js';
import { numbersOf } from './table.js';
import { createWeights } from './weights.js';
import { createPicker } from '../../parts/picker.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('./values.js').Pair} Pair */
/** @typedef {import('./links.js').Weights} Weights */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 * @returns {import('../../lab.js').View}
 */
export function createNetwork(speech, host, actions) {
  const { t } = speech;
  const userPlace = h('div', { class: 'picker' });
  const filmPlace = h('div', { class: 'picker' });
  const kind = h('p', { class: 'net-none', hidden: true });
  const stage = h('div', { class: 'net-stage' });
  const data = h('section', { class: 'net-data', 'aria-label': t(words.matrix) });
  const answerPlace = h('section', { class: 'net-answer', 'aria-label': t(words.answer) });
  const stepsPlace = h('section', { class: 'net-steps', 'aria-label': t(words.steps) });
  const phasesPlace = h('ol', { class: 'net-cards', 'aria-label': t(words.phases) });
  const weightsPlace = h('section', { class: 'net-weights' });
  const readout = h('p', { class: 'net-readout', role: 'status' });
  const all = h(
    'div',
    { class: 'net-all' },
    stepsPlace,
    h('div', { class: 'net-main' }, stage, answerPlace),
    h('div', { class: 'net-below' }, readout, legend(speech)),
    phasesPlace,
    weightsPlace,
  );
  host.append(
    h(
      'div',
      { class: 'network' },
      h('div', { class: 'net-head' }, h('h2', {}, t(words.title)), userPlace, filmPlace),
      kind,
      all,
    ),
  );

  /** @type {State | null} */
  let state = null;
  /** @type {import('../../../wasm/settings/graph.mjs').Graph | null} */
  let graph = null;
  let film = -1;
  /** @type {Pair | null} */
  let pair = null;
  /** @type {Map<string, Float32Array>} */
  let values = new Map();
  /** @type {Map<string, Weights>} */
  let weights = new Map();
  /** The layer whose weights are shown. */
  let picked = '';
  let trouble = '';
  /** @type {import('./links.js').Cell | null} */
  let pointed = null;

  const userPicker = createPicker(speech, userPlace, actions);
  const filmPicker = createFilmPicker(speech, filmPlace, { label: t(words.film), choose: actions.chooseFilm });
  const matrix = createMatrix(speech, data, actions);
  const diagram = createDiagram(speech, stage, data, { sources: matrix.sources, onCell: tell, onPick: pick });
  const answer = createAnswer(speech, answerPlace);
  const weightsView = createWeights(speech, weightsPlace, { onPick: pick });
  const numbers = createBehind(speech, all, t(words.numbers), tableOf, t(words.table));
  const slow = createSlow(draw);
  const steps = createSteps(speech, stepsPlace, phasesPlace, {
    example: () => void stepping.example(),
    batch: () => void stepping.batch(),
    epoch: () => void actions.step(),
    rewind: () => void actions.reset(),
    seed: () => void actions.change('seed', 1 + Math.floor(Math.random() * 9999)),
    show: (phase) => slow.show(phase),
    rate: (value) => void actions.change('lr', value),
  });

  /** @param {Error} error */
  function fail(error) {
    trouble = messageOf(speech, error);
    draw();
  }

  const pairNow = createValues(actions.ask, {
    wanted: () => (graph && state?.model && film >= 0 ? { graph, user: state.user, item: film } : null),
    running: () => state !== null && isRunning(state),
    use(passed, known) {
      trouble = '';
      pair = passed;
      weights = known;
      const under = stepping.under();
      if (!under || under.trained) values = byNode(passed.nodes);
      draw();
    },
    fail,
  });

  // The piece of the matrix.

  const lookUp = latest(
    () => {
      if (!state?.model || !state.users || film < 0) return null;
      const piece = { ...pieceOf(state, film, stepping.under()), pair: { user: state.user, item: film } };
      return actions.ask('known', piece).then(({ known }) => ({ ...piece, known }));
    },
    (piece) => {
      if (!state?.users || !state.films) return;
      const under = stepping.under();
      const group = under && modelRow(state.settings.model).task === 'ranking' ? under.example : null;
      const moved = under?.trained?.moved;
      matrix.update(
        {
          ...piece,
          group,
          movedUsers: moved ? distances(moved.users) : null,
          movedItems: moved ? distances(moved.items) : null,
        },
        state.users,
        state.films,
      );
      diagram.moved();
    },
    fail,
  );

  const stepping = createStepping(actions, {
    state: () => state,
    taken({ traced, example }, playing) {
      values = byNode(traced.nodes);
      film = example.item;
      lookUp();
      if (playing) play();
    },
    trained() {
      slow.show(5);
      lookUp();
      pairNow.now();
    },
    changed(busy) {
      if (busy) trouble = '';
      draw();
    },
    fail,
  });

  /** What moves is to be seen: on a small screen the drawing may be below the buttons. */
  function play() {
    const { top, bottom } = stage.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight)
      stage.scrollIntoView({ block: bottom - top > innerHeight ? 'start' : 'nearest' });
    slow.play();
  }

  function leave() {
    if (!stepping.under()) return;
    stepping.leave();
    slow.stop();
    if (pair) values = byNode(pair.nodes);
    lookUp();
  }

  // What is seen.

  /** @param {string} id */
  function pick(id) {
    const node = graph?.nodes.find((one) => one.id === id);
    if (!node?.tensor || (node.kind !== 'layer' && node.kind !== 'output')) return;
    picked = id;
    draw();
  }

  /** @param {import('./links.js').Cell | null} cell */
  function tell(cell) {
    pointed = cell;
    setText(readout, cell && graph ? readoutOf(cell) : t(words.how));
  }

  /** @param {import('./links.js').Cell} cell */
  function readoutOf({ id, index }) {
    if (!graph) return '';
    const all = values.get(id);
    if (!all) return '';
    const said = { name: nameOf(speech, graph, id), n: index + 1, width: all.length, value: number(all[index]) };
    const text = t(all.length === 1 ? words.readoutOne : words.readout, said);
    const under = stepping.under();
    const gradient = under && slow.phase() >= 4 ? byNode(under.traced.gradients).get(id)?.[index] : undefined;
    return gradient === undefined ? text : t(words.readoutGradient, { text, gradient: number(gradient) });
  }

  function draw() {
    if (!state || !graph) return;
    const under = stepping.under();
    const phase = slow.phase();
    const { reveal, back, said } = slow.progress(diagram.stages());
    const gradients = under && back > 0 ? lengths(under.traced.gradients) : new Map();
    const moved = under?.trained && phase === 5 ? under.trained.moved : null;
    const glow = moved && under ? glowOf(graph, under.example, moved) : new Map();
    diagram.update({ graph, values, weights, gradients, reveal, back, glow });
    diagram.note((id) => (gradients.has(id) ? short(gradients.get(id)) : ''));
    diagram.pick(picked);
    const shown = under && !under.trained ? under.traced : pair;
    answer.update(shown && said ? answerOf(speech, state, shown, film, pair) : null);
    if (pointed) tell(pointed);
    steps.update(stepsOf(speech, state, graph, { under, busy: stepping.busy(), trouble, phase }));
    const weightsNode = graph.nodes.find((node) => node.id === picked);
    weightsPlace.hidden = !weightsNode;
    if (weightsNode?.tensor) weightsView.update(graph, picked, weights.get(weightsNode.tensor) ?? null);
    if (tabled(graph, values, under, film)) numbers.update();
  }
  const tabled = watch();

  function tableOf() {
    if (!graph || !state?.users || !state.films || film < 0) return null;
    const id = String(state.users.ids[state.user]);
    const caption = t(words.tableCaption, { id, film: filmName(state.films, film) });
    return numbersOf(speech, graph, caption, values, byNode(stepping.under()?.traced.gradients ?? []));
  }

  const changed = watch();
  const other = watch();
  const recoloured = watch();
  const looked = watch();
  const told = watch();

  return {
    update(next) {
      const before = state;
      state = next;
      userPicker.update(next);
      const under = stepping.under();
      const elsewhere = under && (next.user !== under.example.user || next.film !== under.example.item);
      if (elsewhere || next.model !== before?.model || (next.phase === 'training' && !stepping.busy())) leave();
      film = filmOf(next, before, film);
      filmPicker.update(next.films, film);

      const built = networkGraph(next.settings);
      if (JSON.stringify(built) !== JSON.stringify(graph)) {
        graph = built;
        pair = null;
        values = new Map();
        picked =
          built?.nodes.find((node) => node.kind === 'layer')?.id ??
          (built?.edges.some(({ tensor }) => tensor) ? 'output' : '');
        tell(null);
      }
      const { settings, films, user, model } = next;
      if (other(settings.model, graph, films)) {
        kind.hidden = graph !== null && films !== null;
        all.hidden = !kind.hidden;
        setText(kind, films ? t(words.nothing, { model: shortName(speech, settings.model) }) : t(words.waiting));
      }
      if (recoloured(next.theme)) {
        diagram.recolour();
        weightsView.recolour();
      }
      if (changed(graph, user, film, next.weights, model)) pairNow.wish();
      if (looked(user, film, model, stepping.under(), next.person)) lookUp();
      if (told(graph, next.phase, settings, model, film, films, next.users)) draw();
    },
    destroy() {
      pairNow.close();
      slow.close();
      for (const view of [userPicker, filmPicker, matrix, diagram, answer, weightsView, steps]) view.destroy();
      host.replaceChildren();
    },
  };
}

/**
 * The network room: the model as it is built, one user and one film on their way through it, and training one step at a
 * time. What the worker is asked stands in worker/network.js and worker/known.js.
 */
import { modelRow, networkGraph, reads } from '../../wasm/core.mjs';
import { shortName } from '../format.js';
import { latest } from '../latest.js';
import { FULL } from '../network/colours.js';
import { nameOf } from '../network/names.js';
import { number, short } from '../network/numbers.js';
import { idleSentences, lengths, sentencesOf } from '../network/phases.js';
import { createSlow } from '../network/slow.js';
import { epochsDone, isRunning } from '../state.js';
import { t } from '../words.js';
import { words } from '../words/network.js';
import { h, setText, watch } from './dom.js';
import { createFilmPicker, filmName } from './film_picker.js';
import { createAnswer, predictionText } from './network_answer.js';
import { createDiagram } from './network_diagram.js';
import { createMatrix } from './network_matrix.js';
import { createSteps } from './network_steps.js';
import { createBehind } from './behind.js';
import { numbersOf } from './network_table.js';
import { createWeights } from './network_weights.js';
import { createPicker } from './picker.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../network/phases.js').Passed & {known: boolean}} Pair */
/** @typedef {import('../network/phases.js').Example} Example */
/** @typedef {import('../network/phases.js').Traced} Traced */
/** @typedef {import('../network/phases.js').Trained} Trained */
/** @typedef {import('../network/links.js').Weights} Weights */
/** @typedef {{epoch: number, batch: number, batches: number, size: number, examples: Example[]}} Peek */
/** @typedef {{example: Example, n: number, peek: Peek, traced: Traced, trained: Trained | null}} Under  an example in slow motion */

/** While it trains, the drawing asks for new numbers this often, in ms. */
const EVERY = 200;
/** Tensors with more weights than these are not drawn. */
const MANY = 200_000;
/** Users and films of the piece of the matrix. */
const [ROWS, COLUMNS] = [6, 5];
/** Examples of a batch among which other users are looked for. */
const AROUND = 40;

/**
 * @param {HTMLElement} host
 * @param {import('../actions.js').Actions} actions
 * @returns {import('../lab.js').View}
 */
export function createNetwork(host, actions) {
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
    h('div', { class: 'net-below' }, readout, legend()),
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
  /** @type {import('../../wasm/graph.mjs').Graph | null} */
  let graph = null;
  let film = -1;
  /** @type {Pair | null} */
  let pair = null;
  /** @type {Map<string, Float32Array>} */
  let values = new Map();
  /** @type {Map<string, Weights>} */
  let weights = new Map();
  /** @type {Under | null} */
  let under = null;
  /** The layer whose weights are shown. */
  let picked = '';
  let trouble = '';
  let stepping = false;
  let asked = 0;
  let timer = 0;
  /** @type {import('../network/links.js').Cell | null} */
  let pointed = null;

  const userPicker = createPicker(userPlace, actions);
  const filmPicker = createFilmPicker(filmPlace, { label: t(words.film), choose: actions.chooseFilm });
  const matrix = createMatrix(data, actions);
  const diagram = createDiagram(stage, data, { sources: matrix.sources, onCell: tell, onPick: pick });
  const answer = createAnswer(answerPlace);
  const weightsView = createWeights(weightsPlace, { onPick: pick });
  const numbers = createBehind(all, t(words.numbers), tableOf, t(words.table));
  const slow = createSlow(draw);
  const steps = createSteps(stepsPlace, phasesPlace, {
    example: () => attempt(nextExample),
    batch: () => attempt(nextBatch),
    epoch: () => void actions.step(),
    rewind: () => void actions.reset(),
    seed: () => void actions.change('seed', 1 + Math.floor(Math.random() * 9999)),
    show: (phase) => slow.show(phase),
    rate: (value) => void actions.change('lr', value),
  });

  // Numbers of the pair, from the weights as they are now.

  const refresh = latest(
    () => {
      if (!graph || !state?.model || film < 0) return null;
      asked = performance.now();
      const [mine, { user }, item] = [graph, state, film];
      const drawn = tensorsOf(mine).map((name) => actions.ask('weights', { name }));
      return Promise.all([actions.ask('pair', { user, item }), ...drawn]).then(([passed, ...tensors]) => ({
        mine,
        passed,
        tensors,
      }));
    },
    ({ mine, passed, tensors }) => {
      // Settings may have changed since.
      if (mine !== graph || !fits(passed)) return;
      trouble = '';
      pair = passed;
      weights = new Map(tensors.map((/** @type {Weights} */ tensor) => [tensor.name, tensor]));
      if (!under || under.trained) values = byNode(passed.nodes);
      draw();
    },
    fail,
  );

  /** @param {Error} error */
  function fail({ message }) {
    trouble = message;
    draw();
  }

  function soon() {
    clearTimeout(timer);
    const wait = state && isRunning(state) ? asked + EVERY - performance.now() : 0;
    if (wait <= 0) refresh();
    else timer = window.setTimeout(refresh, wait);
  }

  /** @param {Pair} passed */
  const fits = ({ nodes }) =>
    graph?.nodes.every(({ id, width }) => nodes.find((node) => node.id === id)?.values.length === width) ?? false;

  // The piece of the matrix.

  const lookUp = latest(
    () => {
      if (!state?.model || !state.users || film < 0) return null;
      const piece = { ...pieceOf(state, film, under), pair: { user: state.user, item: film } };
      return actions.ask('known', piece).then(({ known }) => ({ ...piece, known }));
    },
    (piece) => {
      if (!state?.users || !state.films) return;
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

  // One step at a time.

  /** @param {() => Promise<void>} step */
  async function attempt(step) {
    if (stepping) return;
    stepping = true;
    trouble = '';
    draw();
    try {
      await step();
    } catch (error) {
      trouble = /** @type {Error} */ (error).message;
    } finally {
      stepping = false;
      draw();
    }
  }

  /** @param {boolean} [playing] */
  async function take(playing = true) {
    const n = under && !under.trained ? under.n + 1 : 0;
    /** @type {Peek} */
    let peek = await actions.ask('peek', { from: even(n), count: AROUND });
    const over = peek.examples.length <= n - even(n);
    if (over) peek = await actions.ask('peek', { from: 0, count: AROUND });
    const at = over ? 0 : n;
    const example = withOther(state, peek.examples, at);
    const { user, item, label, other } = example;
    /** @type {Traced} */
    const traced = await actions.ask('example', { user, item, label, other });
    under = { example, n: at, peek, traced, trained: null };
    values = byNode(traced.nodes);
    film = item;
    actions.chooseUser(user);
    actions.chooseFilm(item);
    lookUp();
    if (playing) play();
  }

  /** What moves is to be seen: on a small screen the drawing may be below the buttons. */
  function play() {
    const { top, bottom } = stage.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight)
      stage.scrollIntoView({ block: bottom - top > innerHeight ? 'start' : 'nearest' });
    slow.play();
  }

  const nextExample = () => take();

  async function nextBatch() {
    if (!state) return;
    if (!under || under.trained) await take(false);
    if (!under) return;
    const done = epochsDone(state);
    if (done >= state.settings.epochs) await actions.change('epochs', done + 1);
    const watched = pieceOf(state, under.example.item, under);
    under.trained = await actions.ask('batch', { watch: watched });
    slow.show(5);
    lookUp();
    refresh();
  }

  function leave() {
    if (!under) return;
    under = null;
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

  /** @param {import('../network/links.js').Cell | null} cell */
  function tell(cell) {
    pointed = cell;
    setText(readout, cell && graph ? readoutOf(cell) : t(words.how));
  }

  /** @param {import('../network/links.js').Cell} cell */
  function readoutOf({ id, index }) {
    if (!graph) return '';
    const all = values.get(id);
    if (!all) return '';
    const said = { name: nameOf(graph, id), n: index + 1, width: all.length, value: number(all[index]) };
    const text = t(all.length === 1 ? words.readoutOne : words.readout, said);
    const gradient = under && slow.phase() >= 4 ? gradientsOf(under.traced).get(id)?.[index] : undefined;
    return gradient === undefined ? text : t(words.readoutGradient, { text, gradient: number(gradient) });
  }

  function draw() {
    if (!state || !graph) return;
    const phase = slow.phase();
    const { reveal, back, said } = slow.progress(diagram.stages());
    const gradients = under && back > 0 ? lengths(under.traced.gradients) : new Map();
    const moved = under?.trained && phase === 5 ? under.trained.moved : null;
    const glow = moved && under ? glowOf(graph, under.example, moved) : new Map();
    diagram.update({ graph, values, weights, gradients, reveal, back, glow });
    diagram.note((id) => (gradients.has(id) ? short(gradients.get(id)) : ''));
    diagram.pick(picked);
    const shown = under && !under.trained ? under.traced : pair;
    const out = shown && kindOf(state);
    answer.update(
      shown && out && said
        ? {
            ...{ kind: out, logit: shown.logit, prediction: shown.prediction, shares: shown.shares },
            ...{ dot: modelRow(state.settings.model).dot === true, fact: fact(state, film, pair) },
          }
        : null,
    );
    if (pointed) tell(pointed);
    drawSteps(state, graph, phase);
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
    return numbersOf(graph, caption, values, under ? gradientsOf(under.traced) : new Map());
  }

  /** @param {State} now @param {import('../../wasm/graph.mjs').Graph} shown @param {number} phase */
  function drawSteps(now, shown, phase) {
    const { model, settings, users, films, phase: doing } = now;
    const byGradients = modelRow(settings.model).fit === 'gradient';
    const able = model !== null && now.loading === null;
    const waits = able && !isRunning(now) && doing !== 'diverged' && doing !== 'failed' && !stepping;
    const sentences =
      under && users && films
        ? sentencesOf({
            ...{ graph: shown, settings, example: under.example, traced: under.traced, size: under.peek.size },
            ...{ trained: under.trained, users, films },
            said: (prediction) => predictionText({ kind: kindOf(now), prediction }),
          })
        : idleSentences(shown, settings);
    const lr = reads(settings.model, 'lr') ? settings.lr : null;
    steps.update({
      steps: waits && byGradients,
      epochs: waits,
      able,
      lr,
      where: where(now, byGradients),
      sentences,
      phase,
    });
  }

  /** @param {State} now @param {boolean} byGradients */
  function where(now, byGradients) {
    if (trouble) return t(words.failed, { why: trouble });
    if (!byGradients) return t(words.notInSteps, { model: shortName(now.settings.model) });
    if (isRunning(now) && !under) return t(words.pauseFirst);
    if (!under) return t(words.ready);
    const { peek, n, trained } = under;
    return trained
      ? t(words.atEpoch, { ...pickWhere(trained) })
      : t(words.atExample, { ...pickWhere(peek), n: n + 1, size: peek.size });
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
      if (under && (next.user !== under.example.user || next.film !== under.example.item)) leave();
      if (under && (next.model !== before?.model || (next.phase === 'training' && !stepping))) leave();
      if (next.user !== before?.user || next.films !== before?.films) film = -1;
      if (next.film >= 0) film = next.film;
      else if (film < 0 && next.person?.user === next.user) film = firstFilm(next.person);
      filmPicker.update(next.films, film);

      const built = networkGraph(/** @type {any} */ (next.settings));
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
        setText(kind, films ? t(words.nothing, { model: shortName(settings.model) }) : t(words.waiting));
      }
      if (recoloured(next.theme)) {
        diagram.recolour();
        weightsView.recolour();
      }
      if (changed(graph, user, film, next.weights, model)) soon();
      if (looked(user, film, model, under, next.person)) lookUp();
      if (told(graph, next.phase, settings, model, film, films, next.users)) draw();
    },
    destroy() {
      clearTimeout(timer);
      slow.close();
      for (const view of [userPicker, filmPicker, matrix, diagram, answer, weightsView, steps]) view.destroy();
      host.replaceChildren();
    },
  };
}

/** @param {import('../network/phases.js').Numbers[]} nodes */
const byNode = (nodes) => new Map(nodes.map(({ id, values }) => [id, values]));

/** @param {Traced} traced */
const gradientsOf = ({ gradients }) => byNode(gradients);

/** @param {import('../network/phases.js').Moved} moved */
const distances = (moved) => new Map(moved.map(({ index, distance }) => [index, distance]));

/** The first of the pair of examples that one belongs to: BPR compares them. @param {number} n */
const even = (n) => n - (n % 2);

/**
 * An example of a batch, with BPR with the other film of its pair.
 * @param {State | null} state
 * @param {Example[]} examples  from the even place before it on
 * @param {number} n
 * @returns {Example}
 */
function withOther(state, examples, n) {
  const example = examples[n % 2];
  const inPairs = state && reads(state.settings.model, 'loss') && state.settings.loss === 'bpr';
  return inPairs ? { ...example, other: examples[1 - (n % 2)].item } : example;
}

/** @param {{epoch: number, batch: number, batches: number}} at */
const pickWhere = ({ epoch, batch, batches }) => ({ epoch, batch, batches });

/** The film that is looked at where nobody has chosen one. @param {import('../client.js').Person} person */
const firstFilm = ({ heldOut, recommendations, history }) =>
  heldOut?.item ?? recommendations[0]?.item ?? history[0]?.item ?? -1;

/** Tensors of weights that are drawn. @param {import('../../wasm/graph.mjs').Graph} graph */
function tensorsOf({ nodes, edges }) {
  const width = (/** @type {string} */ id) => nodes.find((node) => node.id === id)?.width ?? 0;
  /** @type {Map<string, number>} */
  const sizes = new Map();
  for (const { from, to, tensor } of edges)
    if (tensor) sizes.set(tensor, (sizes.get(tensor) ?? 0) + width(from) * width(to));
  return [...sizes].filter(([, size]) => size <= MANY).map(([name]) => name);
}

/** What the output is. @param {State} state @returns {import('./network_answer.js').Kind} */
function kindOf({ settings }) {
  if (modelRow(settings.model).task === 'rating') return 'rating';
  return reads(settings.model, 'loss') && settings.loss === 'log' ? 'probability' : 'score';
}

/**
 * What the data say of the pair.
 * @param {State} state
 * @param {number} film
 * @param {Pair | null} pair
 */
function fact({ person, user }, film, pair) {
  if (person?.user === user && person.heldOut?.item === film) return t(words.held);
  return pair ? t(pair.known ? words.has : words.hasNot) : '';
}

/**
 * Users and films around the pair: of the example's group and batch, or the user's newest films and the users that follow.
 * @param {State} state
 * @param {number} film
 * @param {Under | null} under
 * @returns {{users: number[], items: number[]}}
 */
function pieceOf({ users, user, person }, film, under) {
  const first = (/** @type {number[]} */ all, /** @type {number} */ most) => [...new Set(all)].slice(0, most);
  if (under) {
    const { example, peek } = under;
    const { positive, negatives, item } = example;
    // Where ratings are predicted there are no negatives: films of the batch stand beside the one.
    const rest = negatives.length > 0 ? negatives : peek.examples.map((one) => one.item);
    const group = first([positive, ...rest], COLUMNS);
    if (!group.includes(item)) group[group.length - 1] = item;
    const others = peek.examples.map((one) => one.user);
    return { users: first([example.user, ...others], ROWS), items: group };
  }
  const order = users ? [...users.order] : [];
  const at = order.indexOf(user);
  const following = [...order.slice(at), ...order.slice(0, at)].slice(0, ROWS);
  const history = person?.user === user ? person.history.map(({ item }) => item) : [];
  return { users: following, items: first([film, ...history], COLUMNS) };
}

/**
 * How strongly the embeddings of an example glow after its batch: by how far they moved.
 * @param {import('../../wasm/graph.mjs').Graph} graph
 * @param {Example} example
 * @param {Trained['moved']} moved
 */
function glowOf({ nodes }, { user, item }, { users, items }) {
  const most = Math.max(...[...users, ...items].map(({ distance }) => distance), Number.MIN_VALUE);
  const of = { user: distances(users).get(user) ?? 0, item: distances(items).get(item) ?? 0 };
  const embeddings = nodes.filter(({ kind }) => kind === 'embedding');
  return new Map(embeddings.map(({ id }) => [id, (id.endsWith('.user') ? of.user : of.item) / most]));
}

/** The scale of colours, with numbers at its marks. */
function legend() {
  const marks = [-FULL, -0.1, -0.01, 0, 0.01, 0.1, FULL];
  return h(
    'div',
    { class: 'net-legend' },
    h('span', {}, t(words.legend)),
    h(
      'span',
      { class: 'net-scale' },
      ...marks.map((mark) =>
        h(
          'span',
          {},
          h('span', { class: `net-swatch of${marks.indexOf(mark)}`, 'aria-hidden': 'true' }),
          String(mark).replace('-', '−'),
        ),
      ),
    ),
    h('span', {}, t(words.lines)),
  );
}

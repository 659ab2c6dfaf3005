/**
 * One example's way through the network, and training a batch at a time. Nodes are those of networkGraph
 * (wasm/settings/graph.mjs), in its order; models without a network, as EASE, are refused by a sentence.
 */
import { CoreError, STATUS_NOT_FINITE, Trainer, userHas } from '../../../wasm/core.mjs';
import { modelRow } from '../../../wasm/settings/models.mjs';
import { inTurn } from '../../worker/queue.js';
import { breathe, isTraining, needHealthy, session, setState, tell, troubleOf } from '../../worker/session.js';
import { told, train } from '../../worker/training.js';
import { Fault, fault, modelValue } from '../../../wasm/words/fault.mjs';

/** @typedef {import('../../../wasm/lab/run.mjs').Run} Run */
/** @typedef {import('../../../wasm/core.mjs').Model} Model */
/** @typedef {import('../../../wasm/core.mjs').Trace} Trace */

/** Numbers that a tensor may have to be handed out. */
const MOST_WEIGHTS = 1e6;

/**
 * Calls `use` with the model's present weights and a trace for it.
 * @template R
 * @param {(trace: Trace, model: Model) => R} use
 */
function traced(use) {
  const { run } = needHealthy();
  const model = run.present();
  const trace = model.createTrace();
  try {
    return use(trace, model);
  } finally {
    trace.free();
  }
}

/** @param {number} user @param {number} item */
const isKnown = (user, item) => userHas(needHealthy().run.split, user, item);

/** @type {import('../../worker/protocol.js').Handlers['pair']} */
function pair({ user, item }) {
  return traced((trace, model) => ({ user, item, known: isKnown(user, item), ...trace.forward(model, user, item) }));
}

/** @type {import('../../worker/protocol.js').Handlers['example']} */
function example({ user, item, label, other }) {
  const { settings } = needHealthy().run;
  const row = modelRow(settings.model);
  return traced((trace, model) => {
    if (!row.byExamples) throw new Fault(fault('noExamples', { model: modelValue(row) }));
    const inPairs = model.source.task === 'ranking' && settings.loss === 'bpr';
    if (inPairs && other === undefined) throw new Fault(fault('halfPair'));
    const against = inPairs ? trace.forward(model, user, /** @type {number} */ (other)).logit : 0;
    const way = trace.forward(model, user, item);
    return { user, item, known: isKnown(user, item), ...way, label, ...trace.backward(model, label, against) };
  });
}

/**
 * What learns in batches, which some models don't, and NeuMF not before it is pretrained.
 * @param {Run} run
 */
function trainerOf({ trainer, settings, parts }) {
  if (!(trainer instanceof Trainer))
    throw new Fault(fault('noBatches', { model: modelValue(modelRow(settings.model)) }));
  if (parts.length > 0) throw new Fault(fault('pretrainFirst'));
  return trainer;
}

/** @type {import('../../worker/protocol.js').Handlers['peek']} */
function peek({ from, count }) {
  const trainer = trainerOf(needHealthy().run);
  const next = trainer.next();
  const first = Math.max(0, Math.min(from, next.size));
  return {
    ...{ epoch: next.epoch, batch: next.batch, batches: trainer.batches, size: next.size },
    examples: trainer.examples(next.epoch, next.from + first, Math.max(0, Math.min(count, next.size - first))),
  };
}

/** What a batch can be trained of now. */
function trainable() {
  const { run } = needHealthy();
  const trainer = trainerOf(run);
  if (isTraining()) throw new Fault(fault('trainsAlready'));
  if (run.finished) throw new Fault(fault('allTrained'));
  return { run, trainer };
}

/** @param {{run: Run, trainer: Trainer}} what  an evaluation that is still to come before the next batch: of epoch 0, or one that was paused */
function pending({ run, trainer }) {
  const { epoch, done } = trainer.progress();
  if (run.history.length === 0) return 'evaluation';
  return run.epoch < epoch && done === trainer.instances ? 'epoch' : null;
}

/**
 * The embeddings of some users or films, all tables of each together.
 * @param {Model} model
 * @param {'user' | 'item'} side
 * @param {number[]} indices
 */
function embeddings(model, side, indices) {
  const tables = model.tensors.filter(({ name }) => name.endsWith(`.${side}_embedding.weight`));
  return indices.map((index) => tables.flatMap((tensor) => [...model.row(tensor, index)]));
}

/**
 * @param {number[]} indices
 * @param {number[][]} before
 * @param {number[][]} after
 */
function distances(indices, before, after) {
  return indices.map((index, n) => ({
    index,
    distance: Math.hypot(...before[n].map((value, d) => after[n][d] - value)),
  }));
}

/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/**
 * One after the other: each may have to wait for an evaluation. Commands that came before it come first.
 * @type {import('../../worker/protocol.js').Handlers['batch']}
 */
function batch({ watch = {} }) {
  const answer = Promise.all([turn, inTurn('batch', () => {})]).then(() => trainBatch(watch));
  turn = answer.catch(() => {});
  return answer;
}

/** @param {{users?: number[], items?: number[]}} watch */
async function trainBatch({ users = [], items = [] }) {
  let what = trainable();
  const before = pending(what);
  if (before) {
    const mine = ++session.loop;
    await train(what.run, before, mine);
    if (mine !== session.loop) throw new Fault(fault('otherBegan'));
    what = trainable();
  }
  const { run, trainer } = what;
  const watched = () => {
    const model = run.present();
    return { users: embeddings(model, 'user', users), items: embeddings(model, 'item', items) };
  };
  const from = watched();
  const { ended, loss, event } = learn(run);
  const to = watched();
  const { users: ofUsers, items: ofItems } = trainer.batch();
  const message = told(run, event);
  if (message) tell(message);
  setState(ended ? 'evaluating' : 'paused');
  if (ended) evaluateSoon(run);
  return {
    ...{ epoch: event.epoch, batch: event.batch, batches: event.batches, loss, epochEnded: ended },
    moved: { users: distances(users, from.users, to.users), items: distances(items, from.items, to.items) },
    rows: { users: new Set(ofUsers).size, items: new Set(ofItems).size },
  };
}

/** As at the end of a step, once the answer is out. @param {Run} run */
function evaluateSoon(run) {
  const mine = ++session.loop;
  void breathe().then(() => (mine === session.loop ? train(run, 'epoch', mine) : undefined));
}

/** One batch; where that diverges, the state says so as it does in training. @param {Run} run */
function learn(run) {
  try {
    return run.trainBatch();
  } catch (error) {
    if (error instanceof CoreError && error.status === STATUS_NOT_FINITE) setState('diverged', troubleOf(error));
    throw error;
  }
}

/** @type {import('../../worker/protocol.js').Handlers['weights']} */
function weights({ name }) {
  const { run } = needHealthy();
  const model = run.present();
  const tensor = model.tensors.find((each) => each.name === name);
  if (!tensor || !/^((mlp|fusion)\.layers\.\d+|output)\.(weight|bias)$/.test(name))
    throw new Fault(fault('noSuchWeights', { name }));
  const { shape } = tensor;
  if (shape.reduce((product, length) => product * length, 1) > MOST_WEIGHTS)
    throw new Fault(fault('manyWeights', { name }));
  return { name, shape, values: model.values(tensor) };
}

export const handlers = { pair, example, peek, batch, weights };

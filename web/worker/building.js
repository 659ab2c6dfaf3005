/**
 * Puts models in the place of the present one.
 *
 * | configure | settings      | {settings, parameters, tensors: [{name, shape}], baseline: {model, metrics}, batches, notes, pretraining, once, undo}; a new model from its seed, so also the way to reset. baseline: what it has to beat; batches 0: nothing to learn; notes: wasm/notes.mjs; once: solved in one go; undo: whether the run before is kept. The event of epoch 0 follows, but with pretraining, which waits for train or step, only once that is over, and never where the model is solved in one go |
 * | load      | bytes         | as configure: the file's weights in a new model, which is not pretrained |
 * | restore   | settings, bytes, epochs, ranks | as load, but for a run that was trained elsewhere: it stands at the end of these epochs (events as wasm/run.mjs has them; ranks: its rankLogs as JSON), and no evaluation follows |
 * | undo      |               | as configure: the run before the present one, as it was left; once more goes back again. What is too large to be kept twice can't be gone back to |
 */
import { Run, checkSettings, decodeWeights, fitWeights, modelRow } from '../../wasm/core.mjs';
import { breathe, forget, session, setState, stop } from './session.js';
import { train } from './training.js';

/** @typedef {import('../../wasm/core.mjs').EpochEvent} EpochEvent */
/** @typedef {import('../../wasm/rank_log.mjs').RankLogJson} RankLogJson */
/** @typedef {import('../../wasm/core.mjs').Settings} Settings */
/** @typedef {import('../../wasm/core.mjs').Split} Split */
/** @typedef {import('./session.js').Built} Built */

/** A run of more parameters is not kept for undo: weights, two moments and gradients would be 256 MB. */
const MOST_KEPT = 2 ** 24;

/**
 * What a model has to beat, under the same evaluation: ItemPop's metrics, or those of the biases where ratings are predicted.
 * @param {Split} split
 * @param {Settings} settings
 */
function beatThis(split, settings) {
  const model = modelRow(settings.model).task === 'rating' ? 'bias' : 'itempop';
  const { l2 } = checkSettings({ model });
  const run = new Run(split, { ...settings, model, l2, output: 'identity' });
  try {
    for (const event of run.slices()) if (event.event === 'epoch') return { model, metrics: event.metrics };
    throw new Error(`${modelRow(model).label} was not evaluated.`);
  } finally {
    run.free();
  }
}

/**
 * Puts a new run in the place of the present one, once nothing can fail any more.
 * @param {Settings} settings
 * @param {{fitted?: import('../../wasm/weights.mjs').Fitted, epochs?: EpochEvent[], ranks?: Record<string, RankLogJson>}} [from]  what it starts from instead of its seed
 */
function replaceRun(settings, { fitted, epochs, ranks } = {}) {
  if (!session.open) throw new Error('No dataset is open yet.');
  const run = new Run(session.open.split, settings);
  let baseline;
  try {
    if (fitted) run.load(fitted);
    if (epochs) run.standAt(epochs, ranks);
    baseline = beatThis(session.open.split, settings);
  } catch (error) {
    run.free();
    throw error;
  }
  stop();
  keep();
  session.run = run;
  session.baseline = baseline;
  return begin(run.finished ? 'finished' : 'idle', fitted !== undefined);
}

/** Sets the present run aside for undo. */
function keep() {
  const { run, baseline, state } = session;
  forget();
  if (!run || !baseline) return;
  if (run.model.parameters > MOST_KEPT) run.free();
  else session.before = { run, baseline, state };
}

/**
 * The run is in its place: tells what it is, and evaluates it where that is still to be done.
 * @param {string} state
 * @param {boolean} given  whether its weights are those of a file
 */
function begin(state, given) {
  const { run, baseline } = /** @type {Built} */ (/** @type {unknown} */ (session));
  setState(state);
  const mine = ++session.loop;
  const pretraining = run.parts.length > 0;
  const once = run.trainer?.once === true;
  // Once the answer is out: the metrics of the weights as they are, epoch 0. What is solved in one go waits to be told to.
  if (!pretraining && run.history.length === 0 && (!once || given))
    void breathe().then(() => (mine === session.loop ? train(run, 'evaluation', mine) : undefined));
  const { parameters, tensors } = run.model;
  const shapes = tensors.map(({ name, shape }) => ({ name, shape }));
  const { settings, batches, notes } = run;
  const undo = session.before !== null;
  return { settings, parameters, tensors: shapes, baseline, batches, notes, pretraining, once, undo };
}

/** @param {{settings: Record<string, unknown>}} message */
function configure({ settings }) {
  return replaceRun(checkSettings(settings));
}

/** A weights file against the open data. @param {ArrayBuffer} bytes */
function fit(bytes) {
  if (!session.open) throw new Error('No dataset is open yet.');
  return fitWeights(decodeWeights(new Uint8Array(bytes)), session.open.dataset);
}

/** @param {{bytes: ArrayBuffer}} message */
function load({ bytes }) {
  const fitted = fit(bytes);
  return replaceRun(fitted.settings, { fitted });
}

/** @param {{settings: Record<string, unknown>, bytes: ArrayBuffer, epochs: EpochEvent[], ranks?: Record<string, RankLogJson>}} message */
function restore({ settings, bytes, epochs, ranks }) {
  return replaceRun(checkSettings(settings), { fitted: fit(bytes), epochs, ranks });
}

function undo() {
  const { before } = session;
  if (!before) throw new Error('There is no model to go back to.');
  stop();
  session.before = null;
  keep();
  session.run = before.run;
  session.baseline = before.baseline;
  const running = before.state === 'training' || before.state === 'evaluating';
  return begin(running ? 'paused' : before.state, before.run.loaded);
}

export const handlers = { configure, load, restore, undo };

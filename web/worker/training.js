/**
 * Builds models and trains them, in slices of some ms between which messages are answered.
 *
 * | configure | settings                                 | {settings, parameters, tensors: [{name, shape}], baseline: {model, metrics}, batches, pretraining, once}; a new model from its seed, so also the way to reset. baseline: what it has to beat; batches 0: nothing to learn; once: solved in one go. The event of epoch 0 follows, but with pretraining, which waits for train or step, only once that is over, and never where the model is solved in one go |
 * | live      | settings: {lr, epochs}                   | {settings}; what may change without a reset |
 * | train     |                                          | {}; runs until the epochs are done, patience is over or a pause |
 * | step      |                                          | {}; runs to the end of one epoch, of pretraining too |
 * | pause     |                                          | {}; train and step go on from the same batch |
 * | save      |                                          | {name, bytes}: a safetensors file of the weights after the last batch |
 * | load      | bytes                                    | as configure: the file's weights in a new model, which is not pretrained |
 *
 * Events: {event: 'progress', …}, {event: 'epoch', …} and {event: 'selected', …} as wasm/run.mjs has them, the first with
 * the `share` of the epoch that is done, the last two with the fingerprint of the weights as `hash`;
 * {event: 'pretraining', model, epoch, epochs, batch, batches, samplesPerSecond} while the GMF and then the MLP that NeuMF
 * starts from are trained, at an epoch's end with batch equal to batches; {event: 'state', state, message?} with state
 * idle, training, evaluating, paused, finished, diverged.
 */
import {
  CoreError,
  Run,
  STATUS_NOT_FINITE,
  SettingError,
  checkSettings,
  checkWeightsFit,
  decodeWeights,
  encodeWeights,
  modelRow,
  settings as table,
  settingsOfWeights,
} from '../../wasm/core.mjs';
import { PROGRESS_MS, breathe, isSolved, need, needHealthy, post, session, setState, stop } from './session.js';

/** @typedef {import('../../wasm/core.mjs').RunEvent} RunEvent */
/** @typedef {import('../../wasm/core.mjs').Settings} Settings */
/** @typedef {import('../../wasm/core.mjs').Split} Split */

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
 * @param {ReturnType<typeof decodeWeights>} [weights]
 */
function replaceRun(settings, weights) {
  if (!session.open) throw new Error('No dataset is open yet.');
  if (weights) checkWeightsFit(weights.tensors, settings, session.open.dataset);
  const run = new Run(session.open.split, settings);
  let baseline;
  try {
    if (weights) run.load(weights.tensors);
    baseline = beatThis(session.open.split, settings);
  } catch (error) {
    run.free();
    throw error;
  }
  stop();
  session.run?.free();
  session.run = run;
  setState('idle');
  const mine = ++session.loop;
  const pretraining = run.parts.length > 0;
  const once = run.trainer?.once === true;
  // Once the answer is out: the metrics of the weights as they are, epoch 0. What is solved in one go waits to be told to.
  if (!pretraining && (!once || weights))
    void breathe().then(() => (mine === session.loop ? train(run, 'evaluation', mine) : undefined));
  const { parameters, tensors } = run.model;
  const shapes = tensors.map(({ name, shape }) => ({ name, shape }));
  return { settings, parameters, tensors: shapes, baseline, batches: run.batches, pretraining, once };
}

/** @param {{settings: Record<string, unknown>}} message */
function configure({ settings }) {
  return replaceRun(checkSettings(settings));
}

/** @param {{bytes: ArrayBuffer}} message */
function load({ bytes }) {
  const weights = decodeWeights(new Uint8Array(bytes));
  return replaceRun(settingsOfWeights(weights), weights);
}

function save() {
  const { run } = needHealthy();
  if (!isSolved(run)) throw new Error('This model has no weights before it is solved. Train it first.');
  const bytes = encodeWeights(run.present(), run.config());
  const { epoch } = (run.last && run.bestOnValidation()) ?? run;
  return { name: `${run.settings.model}-epoch-${epoch}.safetensors`, bytes: bytes.buffer };
}

/** @param {{settings: Record<string, unknown>}} message */
function live({ settings }) {
  const { run } = need();
  const changed = checkSettings({ ...run.settings, ...settings });
  for (const setting of table)
    if (!setting.live && settings[setting.name] !== undefined)
      throw new SettingError(
        setting.name,
        `${setting.label} needs a new model: it cannot change while this one trains.`,
      );
  run.change({ lr: changed.lr, epochs: changed.epochs });
  if (session.state === 'finished' && !run.finished) setState('paused');
  return { settings: run.settings };
}

/** @param {'epoch'|'run'} goal */
function start(goal) {
  const { run } = needHealthy();
  if (run.outOfPatience && run.last) throw new Error('Patience is over. Reset the model to train it anew.');
  void train(run, goal, ++session.loop);
  return {};
}

/** @param {Run} run */
function shareDone({ trainer }) {
  return trainer ? trainer.progress().done / trainer.instances : 0;
}

/**
 * What the page hears of a slice; nothing of an evaluation.
 * @param {Run} run
 * @param {RunEvent} event
 */
function told(run, event) {
  if (event.event === 'evaluating') return null;
  if (event.event === 'epoch' || event.event === 'selected') return { ...event, hash: run.model.hash() };
  if (event.event === 'progress') return { ...event, share: shareDone(run) };
  if (event.event !== 'pretraining') return event;
  const { model, of } = event;
  const epochs = run.settings.pretrain;
  if (of.event === 'progress') return { ...of, event: 'pretraining', model, epochs };
  if (of.event !== 'epoch' || of.epoch === 0) return null;
  const { epoch, samplesPerSecond } = of;
  return { event: 'pretraining', model, epoch, epochs, batch: 1, batches: 1, samplesPerSecond };
}

/** Whether an epoch that counts has ended, of pretraining or of the model. @param {RunEvent} event */
function endsEpoch(event) {
  const own = event.event === 'pretraining' ? event.of : event;
  return own.event === 'epoch' && own.epoch > 0;
}

/**
 * @param {Run} run
 * @param {'evaluation'|'epoch'|'run'} goal  how far: epoch 0, one more epoch, all epochs
 * @param {number} mine
 */
async function train(run, goal, mine) {
  let last = 0;
  try {
    for (const event of run.slices()) {
      const now = performance.now();
      if (goal !== 'evaluation') setState(event.event === 'evaluating' ? 'evaluating' : 'training');
      const within = event.event === 'progress' || (event.event === 'pretraining' && event.of.event === 'progress');
      const message = within && now - last < PROGRESS_MS ? null : told(run, event);
      if (message) {
        post(message);
        last = now;
      }
      await breathe();
      if (mine !== session.loop) return;
      if (goal === 'evaluation' && event.event === 'epoch') break;
      // The last epoch may be followed by a way back to the best one.
      if (goal === 'epoch' && endsEpoch(event) && !run.finished) break;
    }
    if (goal === 'evaluation') return;
    setState(run.finished ? 'finished' : 'paused');
  } catch (error) {
    if (mine !== session.loop) return;
    const diverged = error instanceof CoreError && error.status === STATUS_NOT_FINITE;
    setState(diverged ? 'diverged' : 'paused', /** @type {Error} */ (error).message);
  }
}

function pause() {
  stop();
  if (session.state === 'training' || session.state === 'evaluating') setState('paused');
  return {};
}

export const handlers = {
  configure,
  live,
  train: () => start('run'),
  step: () => start('epoch'),
  pause,
  save,
  load,
};

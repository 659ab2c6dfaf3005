/**
 * Trains the present run, in slices of some ms between which messages are answered.
 *
 * | live  | settings: {lr, epochs} | {settings}; what may change without a reset |
 * | train |                        | {}; runs until the epochs are done, patience is over or a pause |
 * | step  |                        | {}; runs to the end of one epoch, of pretraining too |
 * | pause |                        | {}; train and step go on from the same batch |
 * | save  |                        | {name, bytes}: a safetensors file of the weights after the last batch |
 *
 * Events: {event: 'progress', …}, {event: 'epoch', …} and {event: 'selected', …} as wasm/run.mjs has them, the first with
 * the `share` of the epoch that is done, the last two with the fingerprint of the weights as `hash`;
 * {event: 'pretraining', model, epoch, epochs, batch, batches, samplesPerSecond, seconds?} while the GMF and then the MLP that NeuMF
 * starts from are trained, at an epoch's end with batch equal to batches and the seconds of all so far; {event: 'state', state, message?} with state
 * idle, training, evaluating, paused, finished, diverged.
 */
import {
  CoreError,
  STATUS_NOT_FINITE,
  SettingError,
  checkSettings,
  encodeWeights,
  settings as table,
} from '../../wasm/core.mjs';
import { PROGRESS_MS, breathe, isSolved, need, needHealthy, post, session, setState, stop } from './session.js';

/** @typedef {import('../../wasm/core.mjs').Run} Run */
/** @typedef {import('../../wasm/core.mjs').RunEvent} RunEvent */

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
export function told(run, event) {
  if (event.event === 'evaluating') return null;
  if (event.event === 'epoch' || event.event === 'selected') return { ...event, hash: run.model.hash() };
  if (event.event === 'progress') return { ...event, share: shareDone(run) };
  if (event.event !== 'pretraining') return event;
  const { model, of } = event;
  const epochs = run.settings.pretrain;
  if (of.event === 'progress') return { ...of, event: 'pretraining', model, epochs };
  if (of.event !== 'epoch' || of.epoch === 0) return null;
  const { epoch, samplesPerSecond } = of;
  const { pretrainSeconds: seconds } = run;
  return { event: 'pretraining', model, epoch, epochs, batch: 1, batches: 1, samplesPerSecond, seconds };
}

/** Whether an epoch that counts has ended, of pretraining or of the model. @param {RunEvent} event */
function endsEpoch(event) {
  const own = event.event === 'pretraining' ? event.of : event;
  return own.event === 'epoch' && own.epoch > 0;
}

/**
 * Drives a run until its goal is reached or another loop takes its place.
 * @param {Run} run
 * @param {'evaluation'|'epoch'|'run'} goal  how far: epoch 0, one more epoch, all epochs
 * @param {number} mine
 */
export async function train(run, goal, mine) {
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
  live,
  train: () => start('run'),
  step: () => start('epoch'),
  pause,
  save,
};

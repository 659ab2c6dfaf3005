/** Trains the present run, in slices of some ms between which messages are answered. */
import { CoreError, STATUS_NOT_FINITE } from '../../wasm/core.mjs';
import { settings as table } from '../../wasm/settings/table.mjs';
import { encodeWeights } from '../../wasm/lab/weights.mjs';
import { SettingError, checkSettings } from '../../wasm/settings/settings.mjs';
import { inTurn } from './queue.js';
import {
  PROGRESS_MS,
  breathe,
  isSolved,
  isTraining,
  need,
  needHealthy,
  presentRun,
  session,
  setState,
  stop,
  tell,
  troubleOf,
} from './session.js';
import { Fault, fault, settingValue } from '../../wasm/words/fault.mjs';

/** @typedef {import('../../wasm/lab/run.mjs').Run} Run */
/** @typedef {import('../../wasm/lab/run.mjs').RunEvent} RunEvent */
/** @typedef {import('./protocol.js').Handlers} Handlers */

/** @type {Handlers['save']} */
function save() {
  const { run } = needHealthy();
  if (!isSolved(run)) throw new Fault(fault('unsolved'));
  const bytes = encodeWeights(run.present(), run.config());
  const { epoch } = (run.last && run.bestOnValidation()) ?? run;
  return { name: `${run.settings.model}-epoch-${epoch}.safetensors`, bytes: /** @type {ArrayBuffer} */ (bytes.buffer) };
}

/** @param {Partial<import('./protocol.js').Settings>} settings */
function change(settings) {
  const { run } = need();
  const { lr, epochs } = checkSettings({ ...run.settings, ...settings });
  for (const setting of table)
    if (!setting.live && Object.hasOwn(settings, setting.name))
      throw new SettingError(setting.name, fault('needsModel', { setting: settingValue(setting) }));
  run.change({ lr, epochs });
  if (session.phase === 'finished' && !run.finished) setState('paused');
  return presentRun();
}

/** @param {'epoch' | 'run'} goal */
function start(goal) {
  const { run } = needHealthy();
  if (run.outOfPatience && run.last) throw new Fault(fault('outOfPatience'));
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
 * @returns {import('./protocol.js').RunEvent | null}
 */
export function told(run, event) {
  if (event.event === 'evaluating') return null;
  if (event.event === 'epoch' || event.event === 'selected') return { ...event, hash: run.model.hash() };
  if (event.event === 'progress') return { ...event, share: shareDone(run) };
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
        tell(message);
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
    setState(diverged ? 'diverged' : 'paused', troubleOf(error));
  }
}

/** The evaluation of epoch 0, which is no training, goes on, also where training has to wait for it. */
export function pause() {
  if (!isTraining()) return {};
  const { run, phase } = session;
  const evaluates = phase === 'evaluating' && run?.history.length === 0;
  stop();
  setState('paused');
  if (run && evaluates) void train(run, 'evaluation', session.loop);
  return {};
}

export const handlers = {
  live: /** @type {Handlers['live']} */ (({ settings }) => inTurn('live', () => change(settings))),
  train: () => inTurn('train', () => start('run')),
  step: () => inTurn('step', () => start('epoch')),
  pause: () => inTurn('pause', pause),
  save,
};

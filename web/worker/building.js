/**
 * Puts models in the place of the present one, which undo goes back to where that is worth it: a run that has learnt
 * something, or comes from a file. One that is as its seed made it can be had again at any time, so it takes no such run's
 * place; hence undo after some changes without training between them goes back to before the first of them.
 */
import { Run } from '../../wasm/lab/run.mjs';
import { decodeWeights, fitWeights } from '../../wasm/lab/weights.mjs';
import { modelRow } from '../../wasm/settings/models.mjs';
import { departsFrom } from '../../wasm/settings/fixed.mjs';
import { SettingError, checkSettings } from '../../wasm/settings/settings.mjs';
import { after } from './protocol.js';
import { inTurn } from './queue.js';
import { breathe, isTraining, presentRun, session, stop } from './session.js';
import { train } from './training.js';
import { Fault, fault, settingValue } from '../../wasm/words/fault.mjs';

/** @typedef {import('../../wasm/settings/settings.mjs').Settings} Settings */
/** @typedef {import('../../wasm/core.mjs').Dataset} Dataset */
/** @typedef {import('./protocol.js').Handlers} Handlers */
/** @typedef {import('./protocol.js').Epoch} Epoch */
/** @typedef {import('./protocol.js').RunState} RunState */
/** @typedef {import('./session.js').Held} Held */

/** A run of more parameters is not kept for undo: weights, two moments and gradients would be 256 MB. */
const MOST_KEPT = 2 ** 24;

let runs = 0;

/**
 * What a model has to beat, under the same evaluation: ItemPop's metrics, or those of the biases where ratings are predicted.
 * @param {Dataset} dataset
 * @param {Settings} settings
 */
function beatThis(dataset, settings) {
  const model = modelRow(settings.model).task === 'rating' ? 'bias' : 'itempop';
  const { l2 } = checkSettings({ model });
  const run = new Run(dataset, { ...settings, model, l2, output: 'identity' });
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
 * @param {object} [from]  what it starts from instead of its seed
 * @param {import('../../wasm/lab/weights.mjs').Fitted} [from.fitted]
 * @param {Epoch[]} [from.epochs]
 * @param {import('./protocol.js').In<'restore'>['ranks']} [from.ranks]
 * @param {string} [from.awaited]  the address of its weights, which it has when something needs them
 * @param {boolean} [goOn]  train it
 * @returns {RunState}
 */
function replaceRun(settings, { fitted, epochs, ranks, awaited } = {}, goOn = false) {
  if (!session.open) throw new Fault(fault('noDataset'));
  const run = new Run(session.open.dataset, settings);
  let baseline;
  try {
    if (fitted) run.load(fitted);
    if (epochs) run.standAt(epochs, ranks);
    baseline = beatThis(session.open.dataset, settings);
  } catch (error) {
    run.free();
    throw error;
  }
  keep();
  // From here on what users have is told by the run's split.
  if (session.open.split) session.open.dataset.returnSplit(session.open.split);
  session.open.split = null;
  /** @type {Held['told']} */
  const told = { phase: 'idle', epochs: epochs ?? [], selected: null, progress: null, pretraining: null };
  if (run.finished) told.phase = 'finished';
  const shipped = epochs !== undefined;
  const weights = { awaited: awaited ?? null, coming: null, left: Promise.resolve(), leave: () => {} };
  return begin({ run, told, number: ++runs, baseline, shipped, goneBackTo: false, ...weights }, goOn);
}

/** How much a run is worth to be gone back to: 2, one that has learnt or comes from a file; 1, one that was gone back to. @param {Held} held */
function worth({ run, told, goneBackTo }) {
  const begun = run.loaded || run.samples > 0 || run.parts.some((part) => part.run);
  // What diverged in its first epoch has learnt nothing.
  if (run.epoch > 0 || (begun && told.phase !== 'diverged')) return 2;
  return goneBackTo ? 1 : 0;
}

/** Ends the present run, and sets it aside for undo where it is worth it. */
function keep() {
  const { held, before } = session;
  stop();
  session.held = null;
  if (!held) return;
  held.leave();
  const { phase } = held.told;
  if (phase === 'training' || phase === 'evaluating') held.told = after(held.told, { event: 'state', state: 'paused' });
  if (before && worth(held) < Math.max(1, worth(before))) held.run.free();
  else {
    before?.run.free();
    session.before = null;
    if (held.run.model.parameters > MOST_KEPT) held.run.free();
    else session.before = held;
  }
}

/** Lets go of all runs, as other data are opened. */
export function drop() {
  stop();
  session.held?.leave();
  session.held?.run.free();
  session.before?.run.free();
  session.held = session.before = null;
}

/**
 * The run takes its place, and is evaluated where that is still to be done.
 * @param {Held} held
 * @param {boolean} goOn  train it
 */
function begin(held, goOn) {
  const { run } = held;
  session.held = held;
  held.left = new Promise((done) => (held.leave = done));
  const mine = ++session.loop;
  const given = run.loaded;
  // What is solved in one go waits to be told to, and so does pretraining.
  const evaluated = run.history.length > 0 || run.parts.length > 0 || (run.trainer?.once && !given);
  const goal = goOn ? 'run' : evaluated ? null : 'evaluation';
  // Once the answer is out: the metrics of the weights as they are, epoch 0.
  if (goal) void breathe().then(() => (mine === session.loop ? train(run, goal, mine) : undefined));
  return presentRun();
}

/** @type {Handlers['configure']} */
const configure = ({ settings, goOn }) =>
  inTurn('configure', () => replaceRun(checkSettings(settings), {}, goOn && isTraining()));

/** A weights file against the open data. @param {ArrayBuffer} bytes */
export function fit(bytes) {
  if (!session.open) throw new Fault(fault('noDataset'));
  return fitWeights(decodeWeights(new Uint8Array(bytes)), session.open.dataset);
}

/** @type {Handlers['load']} */
const load = ({ bytes, fixed = {} }) =>
  inTurn('load', () => {
    const fitted = fit(bytes);
    const [setting] = departsFrom(fitted.settings, fixed);
    if (setting) throw new SettingError(setting.name, fault('fixed', { setting: settingValue(setting) }));
    return replaceRun(fitted.settings, { fitted });
  });

/** @type {Handlers['restore']} */
const restore = ({ settings, weights, epochs, ranks }) =>
  inTurn('restore', () => {
    const from = typeof weights === 'string' ? { awaited: weights } : { fitted: fit(weights) };
    return replaceRun(checkSettings(settings), { ...from, epochs, ranks });
  });

/** @type {Handlers['undo']} */
const undo = () =>
  inTurn('undo', () => {
    const { before } = session;
    if (!before) throw new Fault(fault('nothingBefore'));
    session.before = null;
    keep();
    before.goneBackTo = true;
    return begin(before, false);
  });

export const handlers = { configure, load, restore, undo };

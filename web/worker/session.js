/** What the worker holds: the core, the open data and the present run; and how it speaks to the page. */
import { scoreOf } from '../../wasm/lab/scores.mjs';
import { after } from './protocol.js';
import { Fault, fault } from '../../wasm/words/fault.mjs';

/** @typedef {import('../../wasm/core.mjs').Core} Core */
/** @typedef {import('../../wasm/core.mjs').Dataset} Dataset */
/** @typedef {import('../../wasm/lab/run.mjs').Run} Run */
/** @typedef {import('../../wasm/core.mjs').Split} Split */
/** @typedef {import('./protocol.js').RunState} RunState */

/**
 * A run with what the page is told of it.
 * @typedef {object} Held
 * @property {Run} run
 * @property {Pick<RunState, 'phase' | 'epochs' | 'selected' | 'progress' | 'pretraining'>} told  as the events had it
 * @property {number} number
 * @property {import('./protocol.js').Model['baseline']} baseline
 * @property {boolean} shipped
 * @property {boolean} goneBackTo  by undo
 * @property {string | null} awaited  the address of its weights, until something needs them (weights.js)
 * @property {Promise<void> | null} coming  while they are on their way
 * @property {Promise<void>} left  resolves when the run is the present one no longer
 * @property {() => void} leave
 */

export const session = {
  /** @type {Core | null} */
  core: null,
  /** split: until there is a run, whose split then tells. @type {{dataset: Dataset, split: Split | null, name: string} | null} */
  open: null,
  /** @type {Held | null} */
  held: null,
  /** What undo goes back to. @type {Held | null} */
  before: null,
  /** The number of the training loop that may go on: an older one stops. */
  loop: 0,
  get run() {
    return this.held?.run ?? null;
  },
  get phase() {
    return this.held?.told.phase ?? 'idle';
  },
};

/** How often the page hears of something that goes on, in ms. */
export const PROGRESS_MS = 50;

/**
 * @param {unknown} message
 * @param {Transferable[]} [transfer]
 */
function send(message, transfer = []) {
  /** @type {Worker} */ (/** @type {unknown} */ (self)).postMessage(message, transfer);
}

/**
 * Answers a message.
 * @param {{id: number, result: unknown} | {id: number, error: import('./protocol.js').Trouble}} answer
 * @param {Transferable[]} [transfer]
 */
export const reply = (answer, transfer) => send(answer, transfer);

/** @param {import('./protocol.js').Loading} event */
export const tellLoading = (event) => send(event);

/** @param {import('./protocol.js').Awaiting} event */
export const tellWeights = (event) => send(event);

/** What went wrong, as the page is told of it. @param {unknown} error @returns {import('./protocol.js').Trouble} */
export function troubleOf(error) {
  const { message, told, line, setting } = /** @type {any} */ (error);
  return { message, told: told ?? null, line, setting };
}

/** Tells the page of the present run, and keeps it. @param {import('./protocol.js').RunEvent} event */
export function tell(event) {
  const { held } = session;
  if (!held) return;
  const told = { ...event, run: held.number };
  held.told = after(held.told, told);
  send(told);
}

/**
 * @param {import('./protocol.js').RunPhase} next
 * @param {import('./protocol.js').Trouble} [trouble]  why, where something went wrong
 */
export function setState(next, trouble) {
  if (next !== session.phase) tell({ event: 'state', state: next, trouble });
}

/** @type {WeakMap<Split, import('./protocol.js').Counts>} */
const counted = new WeakMap();
let splits = 0;

/** What users and films have in train. @param {Split} split */
export function countsOf(split) {
  let counts = counted.get(split);
  if (!counts) {
    const { ofUsers: users, ofItems: films } = split.trainCounts();
    counted.set(split, (counts = { of: ++splits, users, films }));
  }
  return counts;
}

/** All that there is to the present run. @returns {RunState} */
export function presentRun() {
  const { held, before } = session;
  if (!held) throw new Fault(fault('noModel'));
  const { run, told, number, baseline, shipped } = held;
  const { settings, batches, notes, loaded } = run;
  const { parameters } = run.model;
  const tensors = run.model.tensors.map(({ name, shape }) => ({ name, shape }));
  const once = run.trainer?.once === true;
  return {
    ...told,
    run: number,
    model: {
      ...{ settings, parameters, tensors, baseline, batches, notes, once },
      ...{ score: scoreOf(run.model), pretraining: run.parts.length > 0, test: run.task.test },
    },
    counts: countsOf(run.task.base),
    loaded: loaded && !shipped,
    shipped,
    rates: run.rates,
    before: before && { model: before.run.settings.model, epochs: before.told.epochs.at(-1)?.epoch ?? 0 },
  };
}

/** Lets waiting messages in. A timer would be held back to 4 ms, a message is not. */
export function breathe() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}

/** What is open and trained, for the messages that need both. */
export function need() {
  if (!session.open) throw new Fault(fault('noDataset'));
  if (!session.run) throw new Fault(fault('noModel'));
  return { ...session.open, run: session.run };
}

/** The same where the weights are to be used further: after training diverged they are not numbers any more. */
export function needHealthy() {
  const all = need();
  if (session.phase === 'diverged') throw new Fault(fault('diverged'));
  return all;
}

/** Whether the weights mean something: half way to the one solution they don't. @param {Run} run */
export function isSolved(run) {
  const { trainer } = run;
  if (!trainer?.once) return true;
  const { done } = trainer.progress();
  return run.history.length > 0 && (done === 0 || done === trainer.instances);
}

export const isTraining = () => session.phase === 'training' || session.phase === 'evaluating';

/** Ends the training loop at its next slice. */
export function stop() {
  session.loop++;
}

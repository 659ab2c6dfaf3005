/** What the worker holds: the core, the open data and the present run; and how it speaks to the page. */

/** @typedef {import('../../wasm/core.mjs').Core} Core */
/** @typedef {import('../../wasm/core.mjs').Dataset} Dataset */
/** @typedef {import('../../wasm/core.mjs').Run} Run */
/** @typedef {import('../../wasm/core.mjs').Split} Split */

/** @typedef {{model: string, metrics: import('../../wasm/core.mjs').MetricSets}} Baseline */
/** @typedef {{run: Run, baseline: Baseline, state: string}} Built */
/**
 * @typedef {object} Session
 * @property {Core | null} core
 * @property {{dataset: Dataset, split: Split, name: string} | null} open
 * @property {Run | null} run
 * @property {Baseline | null} baseline  what the run has to beat
 * @property {Built | null} before       the run before, for undo
 * @property {number} loop     the number of the training loop that may go on: an older one stops
 * @property {string} state    idle, training, evaluating, paused, finished, diverged
 */

/** @type {Session} */
export const session = { core: null, open: null, run: null, baseline: null, before: null, loop: 0, state: 'idle' };

/** How often the page hears of something that goes on, in ms. */
export const PROGRESS_MS = 50;

/**
 * @param {unknown} message
 * @param {Transferable[]} [transfer]
 */
export function post(message, transfer = []) {
  /** @type {Worker} */ (/** @type {unknown} */ (self)).postMessage(message, transfer);
}

/**
 * @param {string} next
 * @param {string} [message]
 */
export function setState(next, message) {
  if (next === session.state) return;
  session.state = next;
  post({ event: 'state', state: next, message });
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
  if (!session.open) throw new Error('No dataset is open yet.');
  if (!session.run) throw new Error('There is no model yet.');
  return { ...session.open, run: session.run };
}

/** The same where the weights are to be used further: after training diverged they are not numbers any more. */
export function needHealthy() {
  const all = need();
  if (session.state === 'diverged')
    throw new Error('Training diverged. Reset the model, then train with a smaller learning rate.');
  return all;
}

/** Whether the weights mean something: half way to the one solution they don't. @param {Run} run */
export function isSolved(run) {
  const { trainer } = run;
  if (!trainer?.once) return true;
  const { done } = trainer.progress();
  return run.history.length > 0 && (done === 0 || done === trainer.instances);
}

/** Ends the training loop at its next slice. */
export function stop() {
  session.loop++;
}

/** Lets go of the run before. */
export function forget() {
  session.before?.run.free();
  session.before = null;
}

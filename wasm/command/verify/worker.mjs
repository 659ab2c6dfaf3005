// A thread of `ncf verify`: reads the data once, then runs one run after the other, telling of each epoch.

import { parentPort, workerData } from 'node:worker_threads';

import { CoreError, STATUS_NOT_FINITE } from '../../core.mjs';
import { rerun } from '../../lab/rerun.mjs';
import { Run } from '../../lab/run.mjs';
import { openTask } from '../runs.mjs';

/** @typedef {{id: number, settings: import('../../settings/settings.mjs').Settings, rates: import('../../lab/result.mjs').Rate[], epochs: number}} Job */

/** The job that nobody wants to hear more of. */
let stopped = 0;

/** @param {import('../../core.mjs').Dataset} dataset @param {Job} job */
async function work(dataset, { id, settings, rates, epochs }) {
  const tell = (/** @type {object} */ what) => parentPort?.postMessage({ id, ...what });
  /** @type {Run | null} */
  let run = null;
  tell({ begun: true });
  try {
    run = new Run(dataset, settings);
    tell({ parameters: run.model.parameters });
    for (const epoch of rerun(run, rates, epochs)) {
      tell({ epoch });
      // Lets a word to stop in.
      await new Promise((done) => setImmediate(done));
      if (stopped === id) break;
    }
    tell({ end: `it ends after epoch ${run.epoch}` });
  } catch (error) {
    const diverged = error instanceof CoreError && error.status === STATUS_NOT_FINITE;
    const { message } = /** @type {Error} */ (error);
    tell({ end: diverged ? `it diverges in epoch ${(run?.epoch ?? 0) + 1}` : `it could not be run: ${message}` });
  } finally {
    run?.free();
  }
}

const dataset = await openTask(workerData);
let last = Promise.resolve();
parentPort?.on('message', (/** @type {{stop: number} | Job} */ message) => {
  if ('stop' in message) stopped = message.stop;
  else last = last.then(() => work(dataset, message));
});
parentPort?.postMessage({ ready: true });

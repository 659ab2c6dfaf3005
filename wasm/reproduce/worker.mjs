// One run of `ncf reproduce`, on a thread of its own: data and settings in, an epoch at a time and then the result out.

import { parentPort, workerData } from 'node:worker_threads';

import { Run } from '../core.mjs';
import { loadCoreInNode } from '../node.mjs';
import { openSplit } from '../source.mjs';

const { data, settings } = workerData;

try {
  const core = await loadCoreInNode();
  const run = new Run(await openSplit(core, data), settings);
  const start = performance.now();
  const epochs = [];
  /** @type {import('../core.mjs').EpochEvent | undefined} */
  let best;
  for (const event of run.slices()) {
    if (event.event !== 'epoch') continue;
    const { epoch, loss, metrics } = event;
    const { hr, ndcg } = /** @type {import('../core.mjs').Metrics} */ (metrics.sampled);
    epochs.push({ epoch, loss, hr, ndcg });
    parentPort?.postMessage({ epoch: { epoch, loss, hr, ndcg } });
    if (!best || hr > (best.metrics.sampled?.hr ?? 0)) best = event;
  }
  const sampled = /** @type {import('../core.mjs').Metrics} */ (best?.metrics.sampled);
  parentPort?.postMessage({
    result: {
      config: run.config(),
      epochs,
      best: { epoch: best?.epoch, hr: sampled.hrCurve, ndcg: sampled.ndcgCurve },
      seconds: (performance.now() - start) / 1000,
      weights_hash: run.model.hash(),
    },
  });
} catch (error) {
  parentPort?.postMessage({ error: /** @type {Error} */ (error).message });
}

// One run of `ncf reproduce`, on a thread of its own: data and settings in, an epoch at a time and then the result out.

import { identityOf } from '../../lab/identity.mjs';
import { Run } from '../../lab/run.mjs';
import { openTask, work } from '../runs.mjs';

await work(async (task, tell) => {
  const run = new Run(await openTask(task), task.settings);
  const start = performance.now();
  const epochs = [];
  /** @type {import('../../lab/run.mjs').EpochEvent | undefined} */
  let best;
  for (const event of run.slices()) {
    if (event.event !== 'epoch') continue;
    const { epoch, loss, metrics } = event;
    const { hr, ndcg } = /** @type {import('../../core.mjs').Metrics} */ (metrics.sampled);
    epochs.push({ epoch, loss, hr, ndcg });
    tell({ epoch, loss, hr, ndcg });
    if (!best || hr > (best.metrics.sampled?.hr ?? 0)) best = event;
  }
  const sampled = /** @type {import('../../core.mjs').Metrics} */ (best?.metrics.sampled);
  return {
    config: run.config(),
    data: { name: task.data, ...identityOf(run.model.source) },
    epochs,
    best: { epoch: best?.epoch, hr: sampled.hrCurve, ndcg: sampled.ndcgCurve },
    seconds: (performance.now() - start) / 1000,
    notes: run.notes,
    weights_hash: run.model.hash(),
  };
});

// One run of `ncf search`, on a thread of its own: data and settings in, an epoch at a time and then the result out.

import { setsToJson } from '../command/common.mjs';
import { CoreError, Run, STATUS_NOT_FINITE } from '../core.mjs';
import { decidingMeasure } from '../measures.mjs';
import { loadCoreInNode } from '../node.mjs';
import { work } from '../runs.mjs';
import { openSplit } from '../source.mjs';

/** @typedef {import('../core.mjs').EpochEvent} EpochEvent */

/**
 * What a run is chosen by: the deciding measure of its validation, and which way that is better.
 * @param {EpochEvent} event
 * @returns {import('./board.mjs').Validation}
 */
function validationOf({ validation }) {
  const [set] = Object.values(setsToJson(validation ?? {}));
  const measure = set && decidingMeasure(set);
  if (!measure) throw new Error('This run has no validation to be chosen by.');
  const value = Number(/** @type {Record<string, unknown>} */ (set)[measure.name]);
  return { measure: measure.name, better: measure.better, value };
}

await work(async ({ data, settings }, tell) => {
  const core = await loadCoreInNode();
  const split = await openSplit(core, data);
  const { users, items, ratings } = split.dataset;
  const run = new Run(split, settings);
  const start = performance.now();
  const about = () => ({
    model: settings.model,
    config: run.config(),
    data: { name: data, users, items, ratings },
    seconds: (performance.now() - start) / 1000,
  });
  try {
    for (const event of run.slices())
      if (event.event === 'epoch') tell({ epoch: event.epoch, validation: validationOf(event) });
  } catch (error) {
    // A learning rate that is too large is something a search finds out.
    if (!(error instanceof CoreError) || error.status !== STATUS_NOT_FINITE) throw error;
    return { event: 'diverged', ...about() };
  }
  // A model that learns nothing has one epoch alone.
  const last = run.history[run.history.length - 1];
  const best = run.bestOnValidation() ?? last;
  return {
    event: 'result',
    ...about(),
    epochs_trained: last.epoch,
    epoch: best.epoch,
    loss: best.loss,
    validation: validationOf(best),
    metrics: setsToJson(best.metrics),
    weights_hash: run.model.hash(),
  };
});

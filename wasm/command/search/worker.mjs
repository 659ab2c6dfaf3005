// One run of `ncf search`, on a thread of its own: data and settings in, an epoch at a time and then the result out.

import { setsToJson } from '../common.mjs';
import { CoreError, STATUS_NOT_FINITE } from '../../core.mjs';
import { identityOf } from '../../lab/identity.mjs';
import { Run } from '../../lab/run.mjs';
import { decidingMeasure } from '../../lab/measures.mjs';
import { openTask, work } from '../runs.mjs';

/** @typedef {import('../../lab/run.mjs').EpochEvent} EpochEvent */

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

await work(async (task, tell) => {
  const { data, settings } = task;
  const run = new Run(await openTask(task), settings);
  const identity = identityOf(run.model.source);
  const start = performance.now();
  const about = () => ({
    model: settings.model,
    config: run.config(),
    data: { name: data, ...identity },
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
    notes: run.notes,
    weights_hash: run.model.hash(),
  };
});

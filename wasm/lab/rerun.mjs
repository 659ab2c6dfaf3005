// A run run again: the same settings, with the learning rates where they changed, epoch by epoch.

import { resultEpoch } from './result.mjs';

/** @typedef {import('./run.mjs').Run} Run */
/** @typedef {import('./result.mjs').ResultEpoch} ResultEpoch */
/** @typedef {import('./result.mjs').Rate} Rate */
/** @typedef {import('../settings/settings.mjs').Settings} Settings */

/**
 * What comes of each epoch, as a result has it, as far as `epochs`: whoever has seen enough stops pulling. Ends before that
 * where patience is over or there is nothing more to learn.
 * @param {Run} run  just made, with the settings of a result but the first of its rates
 * @param {Rate[]} rates
 * @param {number} epochs
 * @returns {Generator<ResultEpoch, void, void>}
 * @throws {import('../core.mjs').CoreError} STATUS_NOT_FINITE where the loss diverges
 */
export function* rerun(run, rates, epochs) {
  const changes = rates.slice(1);
  for (let goal = 0; goal <= epochs; goal++) {
    while (changes.length > 0 && goal > 0 && changes[0].batch < goal * run.batches) {
      while (run.batchesDone < changes[0].batch) run.trainBatch();
      run.change({ lr: changes[0].lr });
      changes.shift();
    }
    const before = run.epoch;
    run.change({ epochs: goal });
    for (const event of run.slices())
      if (event.event === 'epoch') yield resultEpoch({ ...event, hash: run.model.hash() });
    // Nothing more to learn, or out of patience.
    if (run.finished && goal > 0 && run.epoch === before) return;
  }
}

/**
 * The settings that a run of these begins with.
 * @param {Settings} settings
 * @param {Rate[]} rates
 * @returns {Settings}
 */
export const firstSettings = (settings, rates) => (rates.length > 0 ? { ...settings, lr: rates[0].lr } : settings);

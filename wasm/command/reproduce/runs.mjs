// The runs of the paper's experiments, whichever table they are asked for by.

import { checkSettings } from '../../settings/settings.mjs';
import { StoredResults, doRuns as doRunsOf } from '../runs.mjs';

export { keyOf } from '../runs.mjs';

/** @typedef {import('../../settings/settings.mjs').Settings} Settings */
/** @typedef {{epoch: number, loss: number | null, hr: number, ndcg: number}} Epoch */
/**
 * What a run gave: every epoch at K = 10, and K = 1 … 20 of the epoch with the best HR@10 on test.
 * @typedef {object} RunResult
 * @property {string} key
 * @property {Record<string, unknown>} config
 * @property {{name: string} & import('../../lab/identity.mjs').Identity} data
 * @property {Epoch[]} epochs
 * @property {{epoch: number, hr: number[], ndcg: number[]}} best
 * @property {number} seconds
 * @property {import('../../lab/notes.mjs').Note[]} [notes]
 * @property {string} weights_hash
 */

/**
 * The results in a JSON-lines file.
 * @extends {StoredResults<RunResult>}
 */
export class Results extends StoredResults {
  /** @param {string} path */
  constructor(path) {
    super(path, 'ncf reproduce', ({ best }) => Boolean(best));
  }
}

/**
 * Does the runs that `results` lacks, `jobs` at a time, each on a thread of its own.
 * @param {{data: string, identity: import('../runs.mjs').Rows, settings: Settings[], jobs: number, results: Results, onEvent?: (event: import('../runs.mjs').RunsEvent<Epoch>) => void}} plan
 */
export function doRuns(plan) {
  return doRunsOf({ ...plan, worker: new URL('./worker.mjs', import.meta.url) });
}

/**
 * @param {Record<string, unknown>} partial
 * @param {number} seeds
 * @returns {Settings[]}  one for each seed from 1 on
 */
export function withSeeds(partial, seeds) {
  return Array.from({ length: partial.model === 'itempop' ? 1 : seeds }, (_, n) =>
    checkSettings({ epochs: 20, ...partial, seed: n + 1 }),
  );
}

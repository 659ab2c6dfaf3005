// Runs and their results: one JSON line a run in a file, so that what is done once is not done again, by whichever table
// it is asked for and however the program ended.

import { accessSync, appendFileSync, constants, existsSync, readFileSync, truncateSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Worker } from 'node:worker_threads';

import { DataError, checkSettings, toConfig } from '../core.mjs';

/** @typedef {import('../core.mjs').Settings} Settings */
/** @typedef {{epoch: number, loss: number | null, hr: number, ndcg: number}} Epoch */
/**
 * What a run gave: every epoch at K = 10, and K = 1 … 20 of the epoch with the best HR@10 on test.
 * @typedef {object} RunResult
 * @property {string} key
 * @property {Record<string, unknown>} config
 * @property {Epoch[]} epochs
 * @property {{epoch: number, hr: number[], ndcg: number[]}} best
 * @property {number} seconds
 * @property {string} weights_hash
 */

/**
 * What tells a run from others: its data and all settings that it reads.
 * @param {string} data
 * @param {Settings} settings
 */
export function keyOf(data, settings) {
  return JSON.stringify({ data: basename(data), ...toConfig(settings) });
}

/** The results in a JSON-lines file. */
export class Results {
  /** @param {string} path */
  constructor(path) {
    this.path = path;
    /** @type {Map<string, RunResult>} */
    this.byKey = new Map();
    // Asked for before hours of work, not after the first run.
    let text = '';
    try {
      accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
      if (existsSync(path)) text = readFileSync(path, 'utf8');
    } catch (error) {
      throw new DataError(`Results can’t be kept in “${path}”: ${/** @type {Error} */ (error).message}.`);
    }
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    whole
      .split('\n')
      .slice(0, -1)
      .forEach((line, n) => {
        try {
          const result = JSON.parse(line);
          if (typeof result.key === 'string' && result.best) this.byKey.set(result.key, result);
        } catch {
          throw new DataError(
            `Line ${n + 1} of “${path}” is not a result of ncf reproduce. Name another file with --results.`,
          );
        }
      });
    // A last line without its end was being written when the program was stopped: that run is done again.
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  }

  /** @param {RunResult} result */
  add(result) {
    appendFileSync(this.path, `${JSON.stringify(result)}\n`);
    this.byKey.set(result.key, result);
  }
}

/**
 * Does the runs that `results` lacks, `jobs` at a time, each on a thread of its own.
 * @param {{data: string, settings: Settings[], jobs: number, results: Results, onEvent?: (event: {key: string, settings: Settings, epoch: Epoch | null, done: number, of: number}) => void}} plan
 */
export async function doRuns({ data, settings, jobs, results, onEvent = () => {} }) {
  const missing = new Map(settings.map((each) => [keyOf(data, each), each]));
  for (const key of missing.keys()) if (results.byKey.has(key)) missing.delete(key);
  const queue = [...missing];
  const of = queue.length;
  let done = 0;
  /** @type {Set<Worker>} */
  const workers = new Set();
  const next = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const [key, each] = job;
      const result = await runInWorker(workers, data, each, (epoch) =>
        onEvent({ key, settings: each, epoch, done, of }),
      );
      results.add({ key, ...result });
      done++;
      onEvent({ key, settings: each, epoch: null, done, of });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, of) }, next));
  } finally {
    // After an error the others need not go on.
    for (const worker of workers) void worker.terminate();
  }
}

/**
 * @param {Set<Worker>} workers  at work
 * @param {string} data
 * @param {Settings} settings
 * @param {(epoch: Epoch) => void} onEpoch
 * @returns {Promise<Omit<RunResult, 'key'>>}
 */
function runInWorker(workers, data, settings, onEpoch) {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: { data, settings } });
    workers.add(worker);
    worker.on('message', (message) => {
      if (message.epoch) return onEpoch(message.epoch);
      workers.delete(worker);
      if (message.error) fail(new DataError(message.error));
      else done(message.result);
      void worker.terminate();
    });
    worker.on('error', fail);
  });
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

// Many runs, each on a thread of its own, and their results: one JSON line a run in a file, so that what is done once is not
// done again, however the program ended.

import { accessSync, appendFileSync, constants, existsSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker, parentPort, workerData } from 'node:worker_threads';

import { DataError } from '../core.mjs';
import { identityOfData, sameRows } from '../lab/identity.mjs';
import { completeConfig, toConfig } from '../settings/settings.mjs';
import { loadCoreInNode } from '../node.mjs';
import { openData } from './source.mjs';

/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** What runs go by: the same ratings in the same order. @typedef {Pick<import('../lab/identity.mjs').Identity, 'fingerprint' | 'order'>} Rows */

/**
 * What tells a run from others: its data and all settings that it reads.
 * @param {Rows} data
 * @param {Settings} settings
 */
export const keyOf = (data, settings) => writtenKey(data, toConfig(settings));

/** @param {Rows} data @param {Record<string, unknown>} config */
const writtenKey = ({ fingerprint, order }, config) => JSON.stringify({ data: { fingerprint, order }, ...config });

/**
 * The key of a result that was written when there were fewer settings. One that does not say of which data it is stays as it
 * is; no run asks for it.
 * @param {string} key
 */
function completeKey(key) {
  const { data, ...config } = JSON.parse(key);
  return typeof data?.fingerprint === 'string' ? writtenKey(data, completeConfig(config)) : key;
}

/**
 * The results in a JSON-lines file.
 * @template {{key: string}} R
 */
export class StoredResults {
  /**
   * @param {string} path
   * @param {string} command  whose results these are
   * @param {(line: any) => boolean} isResult  lines of other kinds are left alone
   */
  constructor(path, command, isResult) {
    this.path = path;
    /** @type {Map<string, R>} */
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
          if (typeof result.key === 'string' && isResult(result)) this.byKey.set(completeKey(result.key), result);
        } catch {
          throw new DataError(
            `Line ${n + 1} of “${path}” is not a result of ${command}. Name another file with --results.`,
          );
        }
      });
    // A last line without its end was being written when the program was stopped: that run is done again.
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  }

  /** What is to be said where results are of other data, or don't say of which. @param {Rows} data @returns {import('../lab/notes.mjs').Note[]} */
  notes(data) {
    const results = [...this.byKey.keys()].filter((key) => !sameRows(JSON.parse(key).data, data)).length;
    return results > 0 ? [{ code: 'foreign-results', values: { results, file: this.path } }] : [];
  }

  /** @param {R} result */
  add(result) {
    appendFileSync(this.path, `${JSON.stringify(result)}\n`);
    this.byKey.set(result.key, result);
  }
}

/**
 * What a run says while it goes on, or null at its end; `done` of `of` runs are behind it.
 * @template E
 * @typedef {{key: string, settings: Settings, epoch: E | null, done: number, of: number}} RunsEvent
 */

/**
 * Does the runs that `results` lacks, `jobs` at a time, each on a thread of its own that `worker` is the module of.
 * `identity` is that of `data`, which each thread reads for itself.
 * @template E
 * @template {{key: string}} R
 * @param {{data: string, identity: Rows, settings: Settings[], jobs: number, results: StoredResults<R>, worker: URL, onEvent?: (event: RunsEvent<E>) => void}} plan
 */
export async function doRuns({ data, identity, settings, jobs, results, worker, onEvent = () => {} }) {
  const missing = new Map(settings.map((each) => [keyOf(identity, each), each]));
  for (const key of missing.keys()) if (results.byKey.has(key)) missing.delete(key);
  const queue = [...missing];
  const of = queue.length;
  let done = 0;
  /** @type {Set<Worker>} */
  const workers = new Set();
  const next = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const [key, each] = job;
      const result = await runInWorker(workers, worker, { data, identity, settings: each }, (/** @type {E} */ epoch) =>
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
    for (const each of workers) void each.terminate();
  }
}

/**
 * @param {Set<Worker>} workers  at work
 * @param {URL} module
 * @param {Task} task
 * @param {(epoch: any) => void} onEpoch
 * @returns {Promise<any>}
 */
function runInWorker(workers, module, task, onEpoch) {
  return new Promise((done, fail) => {
    const worker = new Worker(module, { workerData: task });
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

/** What a thread is given. @typedef {{data: string, identity: Rows, settings: Settings}} Task */

/**
 * Reads the data of a task.
 * @param {Task} task
 * @throws {DataError} the file is no longer what it was when the runs were planned
 */
export async function openTask({ data, identity }) {
  const dataset = await openData(await loadCoreInNode(), data);
  if (sameRows(identityOfData(dataset), identity)) return dataset;
  throw new DataError(
    `“${data}” has changed since the runs began. Call the command again to begin with what it is now.`,
  );
}

/**
 * What such a thread does: a run, telling of each epoch, that gives a result.
 * @param {(task: Task, tell: (epoch: unknown) => void) => Promise<unknown>} run
 */
export async function work(run) {
  try {
    const result = await run(workerData, (epoch) => parentPort?.postMessage({ epoch }));
    parentPort?.postMessage({ result });
  } catch (error) {
    parentPort?.postMessage({ error: /** @type {Error} */ (error).message });
  }
}

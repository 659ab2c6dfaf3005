// Runs on some threads at a time, each of which reads the data once.

import { Worker } from 'node:worker_threads';

import { DataError } from '../../core.mjs';

/** @typedef {import('../../lab/result.mjs').ResultEpoch} ResultEpoch */
/** @typedef {Omit<import('./worker.mjs').Job, 'id'>} Task */
/** What came of a run; why: there is no more of it. @typedef {{parameters: number, seen: ResultEpoch[], why: string}} Ended */

const module = new URL('./worker.mjs', import.meta.url);

export class Pool {
  /** @param {{data: string, identity: import('../runs.mjs').Rows}} source  what each thread reads */
  constructor(source) {
    this.source = source;
    this.jobs = 0;
    this.closed = false;
    /** @type {Set<Worker>} */
    this.workers = new Set();
  }

  /**
   * Does all tasks, `threads` at a time.
   * @template {Task} T
   * @param {T[]} tasks
   * @param {number} threads
   * @param {(task: T, epoch: ResultEpoch, n: number) => boolean} onEpoch  whether more of it has to be seen
   * @param {(task: T, ended: Ended) => void} onEnd
   */
  async run(tasks, threads, onEpoch, onEnd) {
    const queue = [...tasks];
    const thread = async () => {
      /** @type {Worker | null} */
      let worker = null;
      for (let task = queue.shift(); task && !this.closed; task = queue.shift()) {
        const mine = task;
        worker ??= this.start();
        const { ended, alive } = await this.one(worker, task, (epoch, n) => onEpoch(mine, epoch, n));
        if (this.closed) return;
        onEnd(task, ended);
        // What brings a thread down is that run's fault; the others get a new one.
        if (!alive) worker = null;
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, thread));
    } finally {
      await this.close();
    }
  }

  start() {
    const worker = new Worker(module, { workerData: this.source });
    this.workers.add(worker);
    return worker;
  }

  /**
   * @param {Worker} worker
   * @param {Task} task
   * @param {(epoch: ResultEpoch, n: number) => boolean} onEpoch
   * @returns {Promise<{ended: Ended, alive: boolean}>}
   */
  one(worker, { settings, rates, epochs }, onEpoch) {
    const id = ++this.jobs;
    /** @type {ResultEpoch[]} */
    const seen = [];
    let parameters = -1;
    let begun = false;
    return new Promise((done, fail) => {
      /** @param {string} why @param {boolean} alive */
      const end = (why, alive) => {
        for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener);
        if (!alive) this.workers.delete(worker);
        done({ ended: { parameters, seen, why }, alive });
      };
      /** @type {Record<string, (message: any) => void>} */
      const listeners = {
        message: (message) => {
          if (message.id !== id) return;
          if (message.begun) begun = true;
          else if (message.parameters !== undefined) parameters = message.parameters;
          else if (message.end !== undefined) end(message.end, true);
          else if (seen.push(message.epoch) && !onEpoch(message.epoch, seen.length - 1))
            worker.postMessage({ stop: id });
        },
        error: (error) => {
          // Before it begins it has only read the data.
          if (begun) end(`it could not be run: ${error.message}`, false);
          else fail(new DataError(error.message));
        },
        exit: () => end('it could not be run: its thread ended', false),
      };
      for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener);
      worker.postMessage({ id, settings, rates, epochs });
    });
  }

  async close() {
    this.closed = true;
    const workers = [...this.workers];
    this.workers.clear();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

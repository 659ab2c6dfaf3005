/** A promise client over the worker's protocol, which stands in worker/protocol.js: an event goes to the listener. */

import { Fault, fault } from '../../wasm/words/fault.mjs';

/** An answer of the worker that says what went wrong. */
export class LabError extends Fault {
  /** @param {import('./protocol.js').Trouble} trouble */
  constructor({ message, told, line, setting }) {
    super(told ?? message);
    this.name = 'LabError';
    this.line = line;
    this.setting = setting;
  }
}

export class Client {
  /**
   * @param {Worker} worker
   * @param {(event: import('./protocol.js').HeardEvent) => void} onEvent
   */
  constructor(worker, onEvent) {
    this.worker = worker;
    /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
    this.pending = new Map();
    this.lastId = 0;
    worker.onmessage = ({ data }) => {
      if (data.event) onEvent(data);
      else this.settle(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const trouble = { message: event.message, told: event.message ? null : fault('notStarted') };
      this.fail(trouble);
      onEvent({ event: 'crash', trouble });
    };
  }

  /**
   * @template {keyof import('./protocol.js').Messages} T
   * @param {T} type
   * @param {import('./protocol.js').Given<T>} given  its fields, and the buffers that are handed over rather than copied
   * @returns {Promise<import('./protocol.js').Out<T>>}
   */
  request(type, ...[fields, transfer = []]) {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.worker.postMessage({ ...fields, id, type }, transfer);
    });
  }

  /** @param {{id: number, result?: any, error?: import('./protocol.js').Trouble}} answer */
  settle({ id, result, error }) {
    const waiting = this.pending.get(id);
    if (!waiting) return;
    this.pending.delete(id);
    if (error) waiting.reject(new LabError(error));
    else waiting.resolve(result);
  }

  /** @param {import('./protocol.js').Trouble} trouble */
  fail(trouble) {
    for (const { reject } of this.pending.values()) reject(new LabError(trouble));
    this.pending.clear();
  }

  close() {
    this.worker.terminate();
    this.pending.clear();
  }
}

/** A promise client over the worker's protocol, which stands in worker/protocol.js: an event goes to the listener. */

/** An answer of the worker that says what went wrong, with the line of the file or the name of the setting. */
export class LabError extends Error {
  /** @param {{message: string, line?: number, setting?: string}} error */
  constructor(error) {
    super(error.message);
    this.name = 'LabError';
    this.line = error.line;
    this.setting = error.setting;
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
      this.fail(event.message || 'The worker could not be started.');
      onEvent({ event: 'crash', message: event.message });
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

  /** @param {{id: number, result?: any, error?: {message: string}}} answer */
  settle({ id, result, error }) {
    const waiting = this.pending.get(id);
    if (!waiting) return;
    this.pending.delete(id);
    if (error) waiting.reject(new LabError(error));
    else waiting.resolve(result);
  }

  /** @param {string} message */
  fail(message) {
    for (const { reject } of this.pending.values()) reject(new LabError({ message }));
    this.pending.clear();
  }

  close() {
    this.worker.terminate();
    this.pending.clear();
  }
}

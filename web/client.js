/**
 * A promise client over the worker's protocol, which stands in worker.js and worker/: `{id, type, …}` goes out,
 * `{id, result}` or `{id, error}` comes back, and everything with an `event` goes to the listener.
 */

/** @typedef {{hr: number, ndcg: number, mrr?: number, hrHalfWidth?: number, users?: number, allEqual?: boolean, hrCurve?: number[], ndcgCurve?: number[]}} Metrics  curves by K - 1 */
/** @typedef {{rmse: number, rmseHalfWidth: number, mae: number, maeHalfWidth: number}} Errors  of predicted ratings */
/** @typedef {{sampled?: Metrics, full?: Metrics, expected?: Metrics, errors?: Errors}} MetricSets */
/** @typedef {{epoch: number, loss: number | null, metrics: MetricSets, validation?: MetricSets, seconds: number, samplesPerSecond: number, hash: string}} Epoch */
/** @typedef {{epoch: number, batch: number, batches: number, loss: number, samplesPerSecond: number, share: number}} Progress  loss NaN: there is none; share: of the epoch */
/** @typedef {{model: 'gmf' | 'mlp', epoch: number, epochs: number, batch: number, batches: number, samplesPerSecond: number, seconds?: number}} Pretraining */
/** @typedef {{epoch: number, of: number, stopped: boolean, hash: string}} Selected  the epoch that the weights are back at */
/** @typedef {{name: string, bytes: number, totalBytes: number, ratings: number}} Loading */
/** @typedef {{name: string, users: number, items: number, ratings: number, testUsers: number, genres: string[], simd: boolean}} Dataset */
/** @typedef {Record<string, any>} Settings */
/** @typedef {{settings: Settings, parameters: number, baseline: {model: string, metrics: MetricSets}, batches: number, notes?: import('../wasm/core.mjs').Note[], pretraining: boolean, once: boolean, undo?: boolean}} Model */
/** @typedef {{ids: Uint32Array, counts: Uint32Array, order: Uint32Array}} Users  order: indices by rising id */
/** @typedef {{titles: string[], years: Uint16Array, genres: string[][], counts: Uint32Array, ids: Uint32Array}} Films  by film index; counts: users who have it in train */
/** @typedef {{item: number, title: string, year: number, genres: string[]}} Film */
/** @typedef {Film & {rating: number, timestamp: number}} Rated */
/** @typedef {Film & {score: number, heldOut: boolean}} Suggested */
/** @typedef {Film & {rank: number, candidates: number}} HeldOut */
/** @typedef {{user: number, id: number, task: 'ranking' | 'rating', ready: boolean, history: Rated[], heldOut: HeldOut | null, validationItem: number, recommendations: Suggested[]}} Person */
/** @typedef {{users: Uint32Array, greater: Uint32Array, equal: Uint32Array, candidates: Uint32Array}} Ranks  one each a tested user; users: their ids */
/** @typedef {{config: Record<string, unknown>, hash: string, ranks: Partial<Record<'sampled' | 'full', Ranks>>, pretrainSeconds: number}} Results */
/** @typedef {{name: string, url: string} | {name: string, file: Blob}} Source */

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
   * @param {(event: any) => void} onEvent
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
   * @param {string} type
   * @param {object} [fields]
   * @param {Transferable[]} [transfer] buffers that are handed over rather than copied
   * @returns {Promise<any>}
   */
  request(type, fields = {}, transfer = []) {
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

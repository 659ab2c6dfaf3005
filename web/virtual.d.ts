/** Modules that web/bundle makes. */
declare module 'virtual:worker' {
  /** The worker: answers the messages that come to `self` (web/worker/protocol.js). It uses nothing from outside itself. */
  export const workerMain: (self: DedicatedWorkerGlobalScope) => void;
}
declare module 'virtual:inside' {
  /** The module, compressed, as base64. */
  export const wasm: string;
  /** The bundled data as columns (wasm/lab/columns.mjs), as base64. */
  export const movielens: string;
}

/** Modules that web/bundle makes. */
declare module 'virtual:worker' {
  /** The worker: answers the messages that come to `self` (web/worker/protocol.js). It uses nothing from outside itself. */
  export const workerMain: (self: DedicatedWorkerGlobalScope) => void;
}
declare module 'virtual:inside' {
  /** Files inside the script: gzip, as base64. */
  export const wasm: string;
  export const ratings: string;
  export const movies: string;
}

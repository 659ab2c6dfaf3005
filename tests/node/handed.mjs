// Runs as the page would hand them in.

import { identityOfData } from '../../wasm/lab/identity.mjs';

/** @typedef {import('../../wasm/lab/result.mjs').Handed} Handed */
/** @typedef {import('../../wasm/lab/run.mjs').Run} Run */

/** What the page knows of a run after some events. @param {Run} run @param {import('../../wasm/lab/run.mjs').RunEvent[]} events @returns {Handed} */
export function handed(run, events) {
  const hashes = new Map(events.map((event) => [event, /** @type {any} */ (event).hash ?? '0'.repeat(16)]));
  const selected = events.findLast(({ event }) => event === 'selected' || event === 'epoch');
  return {
    ...{
      settings: run.settings,
      rates: run.rates,
      parameters: run.model.parameters,
      loaded: run.loaded,
      shipped: false,
    },
    epochs: run.history.map((event) => ({ ...event, hash: hashes.get(event) })),
    selected: selected?.event === 'selected' ? selected.epoch : null,
    data: { name: 'world', ...identityOfData(run.split.dataset) },
  };
}

/** Drives a run as the page does: events with the hash of the moment. @param {Run} run */
export function drive(run) {
  const events = [];
  for (const event of run.slices()) {
    if (event.event === 'epoch') Object.assign(event, { hash: run.model.hash() });
    events.push(event);
  }
  return events;
}

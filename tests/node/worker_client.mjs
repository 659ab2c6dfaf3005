// The page's worker in a thread, and the page's own client to talk to it.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

import { Client } from '../../web/worker/client.js';
import { csv, fill, folder, moviesCsv, root, world } from './fixtures.mjs';

/** @typedef {import('node:test').TestContext} TestContext */

export const rows = world();
export const wasm = Object.fromEntries(
  ['simd', 'scalar'].map((kind) => [
    kind,
    pathToFileURL(join(root, `build/wasm${kind === 'simd' ? '' : '-scalar'}/ncf.wasm`)).href,
  ]),
);
export const base = { factors: 4, epochs: 3, batchSize: 64, lr: 0.01 };

/** A worker that ends with the test. @param {TestContext} t */
export function start(t) {
  const thread = new Worker(new URL('./worker-shim.mjs', import.meta.url));
  t.after(() => thread.terminate());
  const page = {
    onmessage: (/** @type {any} */ _event) => {},
    onerror: (/** @type {any} */ _event) => {},
    postMessage: (/** @type {any} */ message, /** @type {any} */ transfer) =>
      held ? held.push(message) : thread.postMessage(message, transfer),
  };
  /** Messages that are to arrive at once. @type {any[] | null} */
  let held = null;
  /** @param {{hold?: object, release?: boolean, tick?: number, deliver?: object[]}} command  as tests/gate.js has them */
  const gate = (command) => thread.postMessage({ gate: command });
  /** Asks several things that arrive at once, so that the worker has done nothing between them. @param {() => Promise<any>[]} asking */
  const together = (asking) => {
    held = [];
    const answers = asking();
    gate({ deliver: held });
    held = null;
    return answers;
  };
  /** @type {any[]} */
  const events = [];
  /** @type {Set<() => void>} */
  const watchers = new Set();
  const client = new Client(/** @type {any} */ (page), (event) => {
    events.push(event);
    for (const look of watchers) look();
  });
  thread.on('message', (data) => page.onmessage({ data }));
  thread.on('error', (error) => page.onerror({ preventDefault() {}, message: error.message }));
  const ask = (/** @type {string} */ type, /** @type {object} */ fields = {}, /** @type {any[]} */ transfer = []) =>
    client.request(type, fields, transfer);
  /** The first event from `from` on that fits; one that does not come is an error rather than a wait without end. @param {(event: any) => boolean} fits @returns {Promise<any>} */
  const until = (fits, from = 0) =>
    new Promise((done, fail) => {
      const late = () => fail(new Error(`waited in vain; heard: ${events.slice(from).map(({ event }) => event)}`));
      const timer = setTimeout(late, 120_000);
      const look = () => {
        const found = events.slice(from).find(fits);
        if (!found) return;
        clearTimeout(timer);
        watchers.delete(look);
        done(found);
      };
      watchers.add(look);
      look();
    });
  const state = (/** @type {string} */ name, from = 0) =>
    until(({ event, state: now }) => event === 'state' && now === name, from);
  const epochs = () => events.filter(({ event }) => event === 'epoch');
  return { ask, until, state, events, epochs, thread, gate, together };
}

/** A world's two files as addresses. @param {TestContext} t */
export function addresses(t, of = rows) {
  const path = fill(folder(t), { 'ratings.csv': csv(of), 'movies.csv': moviesCsv(of) });
  return ['ratings.csv', 'movies.csv'].map((name) => ({ name, url: pathToFileURL(join(path, name)).href }));
}

/** A worker with a world open. @param {TestContext} t */
export async function opened(t, of = rows) {
  const worker = start(t);
  const data = await worker.ask('open', { files: addresses(t, of), name: 'world', wasm });
  return { ...worker, ...data };
}

/** One with a model whose epoch 0 is measured, too. @param {TestContext} t @param {object} [settings] */
export async function configured(t, settings = {}) {
  const worker = await opened(t);
  const { model } = await worker.ask('configure', { settings: { ...base, ...settings } });
  await worker.until(({ event, epoch }) => event === 'epoch' && epoch === 0);
  return { ...worker, model };
}

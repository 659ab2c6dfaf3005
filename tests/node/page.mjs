// The page without its views: its store and its actions, with its worker in a thread. What it says to the worker can be held
// back and let through together, and a test can make it fail.

import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';

import { Race } from '../../web/rooms/race/race.js';
import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { decodeWeights, fitWeights } from '../../wasm/lab/weights.mjs';
import { defaultSettings, reads } from '../../wasm/settings/settings.mjs';
import { createSpeech } from '../../web/parts/speech.js';
import { createActions } from '../../web/shell/actions.js';
import { isRunning } from '../../web/parts/readings.js';
import { initialState, Store } from '../../web/shell/state.js';
import { core, csv, moviesCsv, source } from './fixtures.mjs';
import { addresses, rows, wasm } from './worker_client.mjs';

/** @typedef {import('node:test').TestContext} TestContext */

Object.assign(globalThis, {
  requestAnimationFrame: (/** @type {() => void} */ call) => setTimeout(call, 1),
  cancelAnimationFrame: clearTimeout,
});

/**
 * A page that has not begun yet.
 * @param {TestContext} t
 * @param {object} [options]
 * @param {typeof rows} [options.world]
 * @param {{run: string, weights: string}} [options.finished]
 * @param {import('../../web/shell/policy.js').Policy} [options.policy]
 * @param {(message: any) => any} [options.bend]  what the worker gets in the place of a message
 */
export function createPage(t, { world = rows, finished, policy, bend = (message) => message } = {}) {
  const thread = new Worker(new URL('./worker-shim.mjs', import.meta.url));
  /** What waits to be let through. @type {any[] | null} */
  let held = null;
  const port = {
    onmessage: (/** @type {any} */ _event) => {},
    onerror: (/** @type {any} */ _event) => {},
    postMessage: (/** @type {any} */ message) => (held ? held.push(bend(message)) : thread.postMessage(bend(message))),
    terminate: () => void thread.terminate(),
  };
  thread.on('message', (data) => port.onmessage({ data }));
  thread.on('error', (error) => port.onerror({ preventDefault() {}, message: error.message }));
  const speech = createSpeech();
  const store = new Store(initialState(defaultSettings(), 'en', policy));
  const data = { name: 'world', sources: addresses(t, world) };
  const assets = { wasm, data, finished };
  const actions = createActions(
    speech,
    store,
    () => /** @type {any} */ (port),
    assets,
    (made) => new Race(made),
  );
  t.after(() => {
    store.close();
    actions.close();
  });

  /** @param {(state: import('../../web/shell/state.js').State) => boolean} holds */
  const until = (holds) =>
    new Promise((done, fail) => {
      const timer = setTimeout(() => {
        const { phase, epochs, settings, model, notices } = store.state;
        const said = notices.map(({ title, text }) => `${title(speech)}: ${text(speech)}`);
        fail(new Error(`waited in vain: ${JSON.stringify({ phase, epochs: epochs.length, settings, model, said })}`));
      }, 60_000);
      const look = () => {
        if (!holds(store.state)) return;
        clearTimeout(timer);
        store.listeners.delete(look);
        done(undefined);
      };
      store.subscribe(look);
    });
  return {
    ...{ store, actions, assets, until, thread },
    /** From here on messages wait. */
    hold: () => void (held ??= []),
    /** Lets what waits through, with nothing done between. */
    release() {
      if (held?.length) thread.postMessage({ gate: { deliver: held } });
      held = null;
    },
    /** The notices that stand there. */
    said: () => store.state.notices.map(({ title, text }) => `${title(speech)}: ${text(speech)}`),
    /** Until nothing goes on: the model, where there is one, is evaluated and not in training. */
    rest: () =>
      until((state) => {
        const { model, epochs, phase, loading } = state;
        if (loading || isRunning(state)) return false;
        return phase === 'diverged' || !model || model.once || model.pretraining || epochs.length > 0;
      }),
    /** The whole of the run as the worker has it. */
    worker: () => actions.ask('live', { settings: {} }),
  };
}

/**
 * A page at an address, whose model is evaluated.
 * @param {TestContext} t
 * @param {string} address
 * @param {Parameters<typeof createPage>[1]} [options]
 * @param {string[]} [rooms]
 */
export async function openPage(t, address, options, rooms = ['learn']) {
  const page = createPage(t, options);
  await page.actions.begin(address, rooms);
  await page.rest();
  return page;
}

/** The fingerprint of the weights of a file, and what it says of itself, on the data of a world. @param {ArrayBuffer} bytes @param {typeof rows} world */
export async function readSaved(bytes, world) {
  const files = [source('ratings.csv', csv(world)), source('movies.csv', moviesCsv(world))];
  const dataset = await readDataset(await core(), files);
  const split = dataset.leaveOneOut();
  const fitted = fitWeights(decodeWeights(new Uint8Array(bytes)), dataset);
  const run = new Run(split, fitted.settings);
  run.load(fitted);
  const told = { settings: fitted.settings, parameters: run.model.parameters, hash: run.model.hash() };
  run.free();
  split.free();
  dataset.free();
  return told;
}

/** Page, worker and saved file are one: the same data, settings, parameters, epochs and weights. @param {ReturnType<typeof createPage>} page @param {Record<string, typeof rows>} worlds  by the name of the data */
export async function assertOne(page, worlds, note = '') {
  await page.rest();
  const { state } = page.store;
  const { dataset, users, films, user, film, likes } = state;
  const world = worlds[dataset?.name ?? ''];
  assert(world && dataset && users && films, note);
  const ids = (/** @type {'user' | 'item'} */ of) => [...new Set(world.map((row) => row[of]))].sort((a, b) => a - b);
  assert.deepEqual(
    [...users.ids].sort((a, b) => a - b),
    ids('user'),
    `${note}: users`,
  );
  assert.deepEqual(
    [...films.ids].sort((a, b) => a - b),
    ids('item'),
    `${note}: films`,
  );
  assert(
    [user < users.ids.length, film < films.ids.length, likes.every((item) => item < films.ids.length)].every(Boolean),
  );

  if (!state.model) return;
  const told = await page.worker();
  for (const name of /** @type {const} */ ([
    'run',
    'phase',
    'loaded',
    'shipped',
    'epochs',
    'selected',
    'progress',
    'before',
  ]))
    assert.deepEqual(state[name], told[name], `${note}: ${name}`);
  assert.deepEqual(state.model, told.model, `${note}: the model`);
  assert.deepEqual(state.settings, told.model.settings, `${note}: the settings shown`);
  const sizes = told.model.tensors.filter(({ name }) => name.endsWith('user_embedding.weight'));
  for (const { shape } of sizes) assert.equal(shape[0], users.ids.length, `${note}: rows of users`);

  const { model, epochs } = state;
  const last = state.selected ?? epochs.at(-1);
  // Within an epoch the weights are those of none.
  const results = await page.actions.ask('results').catch(() => null);
  if (!last || !results || model.parameters === 0) return;
  const file = await page.actions.save();
  assert(file, `${note}: ${page.said()}`);
  const saved = await readSaved(/** @type {ArrayBuffer} */ (file.content), world);
  assert.deepEqual([saved.hash, saved.parameters], [last.hash, model.parameters], `${note}: the saved file`);
  const { settings } = model;
  assert.equal(saved.settings.model, settings.model);
  for (const name of /** @type {const} */ (['factors', 'loss']))
    if (reads(settings.model, name)) assert.deepEqual(saved.settings[name], settings[name], `${note}: saved ${name}`);
}

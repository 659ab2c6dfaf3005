// What a lab in another page's box is and tells: how much of it is in sight, what happens in it, whose a key is.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { announce } from '../../web/shell/announce.js';
import { layoutFor } from '../../web/shell/layout.js';
import { initialState } from '../../web/shell/state.js';
import { defaultSettings } from '../../wasm/settings/settings.mjs';

test('in the boxes that courses give the lab is compact, and full where all of it fits', () => {
  for (const [width, height] of [
    [720, 432],
    [960, 700],
    [360, 640],
    [999, Infinity],
    [1440, 839],
  ])
    assert.equal(layoutFor({ width, height }), 'compact', `${width} × ${height}`);
  for (const [width, height] of [
    [1000, 840],
    [1440, Infinity],
  ])
    assert.equal(layoutFor({ width, height }), 'full', `${width} × ${height}`);
});

/** A store whose listeners hear at once. */
function newStore() {
  /** @type {any} */
  let state = initialState(defaultSettings(), 'en');
  /** @type {((state: any) => void)[]} */
  const listeners = [];
  return {
    /** @param {(state: any) => void} listener */
    subscribe: (listener) => void listeners.push(listener),
    /** @param {object} patch */
    set(patch) {
      state = { ...state, ...patch };
      for (const listener of listeners) listener(state);
    },
  };
}

/** @param {number} n */
const epoch = (n) => ({
  epoch: n,
  loss: n ? 1 / n : null,
  metrics: {},
  seconds: 1,
  hash: `h${n}`,
  samplesPerSecond: 9,
});
const there = { model: { parameters: 7 }, dataset: { name: 'world' }, users: {} };

test('what happens is told once each: ready, every epoch with its hash, and the end', () => {
  const store = newStore();
  /** @type {string[]} */
  const heard = [];
  announce(/** @type {any} */ (store), (name, detail) =>
    heard.push(`${name} ${/** @type {any} */ (detail).hash ?? ''}`),
  );
  store.set({});
  assert.deepEqual(heard, [], 'there is no model yet');
  store.set({ ...there, run: 1, phase: 'idle', epochs: [epoch(0)] });
  store.set({ phase: 'training' });
  // Two epochs between two frames.
  store.set({ epochs: [0, 1, 2].map(epoch) });
  store.set({ phase: 'finished' });
  store.set({ room: 'map' });
  assert.deepEqual(heard, ['ready ', 'epoch h0', 'epoch h1', 'epoch h2', 'done h2']);

  // It goes on, and is done again.
  heard.length = 0;
  store.set({ phase: 'training' });
  store.set({ epochs: [0, 1, 2, 3].map(epoch), phase: 'finished' });
  assert.deepEqual(heard, ['epoch h3', 'done h3']);

  // Another run begins at its own beginning.
  heard.length = 0;
  store.set({ run: 2, phase: 'idle', epochs: [epoch(0)] });
  store.set({ phase: 'training', epochs: [0, 1].map(epoch) });
  assert.deepEqual(heard, ['epoch h0', 'epoch h1']);
});

test('undo is no news: what was told of that run before is not told again', () => {
  const store = newStore();
  /** @type {string[]} */
  const heard = [];
  store.set({ ...there, run: 1, phase: 'finished', epochs: [0, 1, 2].map(epoch) });
  announce(/** @type {any} */ (store), (name) => heard.push(name));
  store.set({ room: 'map' });
  store.set({ run: 2, phase: 'idle', epochs: [epoch(0)] });
  heard.length = 0;
  store.set({ run: 1, phase: 'finished', epochs: [0, 1, 2].map(epoch) });
  assert.deepEqual(heard, []);
});

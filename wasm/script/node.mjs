// The package in Node: its files are read from where it is installed.

import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { BUNDLED, fileAt, sourcesOf } from '../command/source.mjs';
import { readModule } from '../node.mjs';

/** @param {string} place */
const pathOf = (place) => (place.startsWith('file:') ? fileURLToPath(place) : place);

/** @type {import('./host.mjs').Host} */
export const host = {
  modules: { simd: () => readModule('wasm'), scalar: () => readModule('wasm-scalar') },
  bundled: () => sourcesOf(BUNDLED),
  sourcesAt: async (place) => sourcesOf(pathOf(place)),
  fileAt: async (place) => fileAt(pathOf(place)),
  pause: () => setImmediate(),
};

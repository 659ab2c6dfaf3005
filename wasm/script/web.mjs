// The package in a page, a worker or a bundler: its files are fetched. That each address is written out in one piece is what
// bundlers know a file by that is to come along.

import { DataError } from '../core.mjs';
import { chunksOf } from './contents.mjs';

/** @param {string | URL} url */
async function download(url) {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok || !response.body)
    throw new DataError(`“${url}” could not be loaded${response ? ` (${response.status})` : ''}.`);
  return response;
}

/** @param {string} name @param {string | URL} url @returns {import('./host.mjs').Source} */
const sourceAt = (name, url) => ({
  name,
  size: 0,
  async *chunks() {
    yield* chunksOf(/** @type {ReadableStream<Uint8Array>} */ ((await download(url)).body));
  },
});

/** @param {string} address */
const nameOf = (address) =>
  decodeURIComponent(new URL(address, globalThis.location?.href).pathname.split('/').at(-1) ?? '');

/** @type {import('./host.mjs').Host} */
export const host = {
  modules: {
    simd: () => download(new URL('../../build/wasm/ncf.wasm', import.meta.url)),
    scalar: () => download(new URL('../../build/wasm-scalar/ncf.wasm', import.meta.url)),
  },
  bundled: async () => [
    sourceAt('ratings.csv', new URL('../../data/ratings.csv', import.meta.url)),
    sourceAt('movies.csv', new URL('../../data/movies.csv', import.meta.url)),
  ],
  sourcesAt: async (address) => [sourceAt(nameOf(address), address)],
  fileAt: async (address) => sourceAt(nameOf(address), address),
  pause: () =>
    // Timers would make every pause one of 4 ms.
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        done();
      };
      port2.postMessage(null);
    }),
};

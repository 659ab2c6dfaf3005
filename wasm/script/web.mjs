// The package in a page, a worker or a bundler: its files are fetched. That each address is written out in one piece is what
// bundlers know a file by that is to come along.

import { DataError } from '../core.mjs';
import { unpackColumns } from '../lab/columns.mjs';
import { allBytes, chunksOf } from './contents.mjs';

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

// Timers would make every pause one of 4 ms.
const pause = () =>
  new Promise((/** @type {(nothing: void) => void} */ done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });

/**
 * With pauses, since rows are made faster than they would come from anywhere.
 * @param {() => Iterable<Uint8Array>} chunks
 */
async function* paced(chunks) {
  for (const chunk of chunks()) {
    yield chunk;
    await pause();
  }
}

/** @type {import('./host.mjs').Host} */
export const host = {
  modules: {
    simd: () => download(new URL('../../build/wasm/ncf.wasm', import.meta.url)),
    scalar: () => download(new URL('../../build/wasm-scalar/ncf.wasm', import.meta.url)),
  },
  async bundled() {
    const packed = sourceAt('movielens.bin', new URL('../../build/columns/movielens.bin', import.meta.url));
    return unpackColumns(await allBytes(packed), packed.name).map(({ chunks, ...file }) => ({
      ...file,
      chunks: () => paced(chunks),
    }));
  },
  sourcesAt: async (address) => [sourceAt(nameOf(address), address)],
  fileAt: async (address) => sourceAt(nameOf(address), address),
  pause,
};

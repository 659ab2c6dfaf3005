// A page with two labs, as a course's page may have them: two_labs.test.mjs builds it.
import wasmScalar from '../../../build/wasm-scalar/ncf.wasm?url';
import wasmSimd from '../../../build/wasm/ncf.wasm?url';
import { createLab } from '../../../web/lab.js';
import '../../../web/style.css';
import { startWorker } from '../../../web/worker/start.js';

const absolute = (/** @type {string} */ url) => new URL(url, document.baseURI).href;

for (const host of document.querySelectorAll('div'))
  createLab(host, {
    createWorker: startWorker,
    wasm: { simd: absolute(wasmSimd), scalar: absolute(wasmScalar) },
    data: {
      name: 'world',
      sources: ['ratings.csv', 'movies.csv'].map((name) => ({ name, url: absolute(name) })),
    },
  });

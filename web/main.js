/** The site's page: the lab in the element that index.html has for it, with the bundled data. */
import { startWorker } from './worker/start.js';
import wasmSimd from '../build/wasm/ncf.wasm?url';
import wasmScalar from '../build/wasm-scalar/ncf.wasm?url';
import finishedRun from '../build/finished/run.json?url';
import finishedWeights from '../build/finished/weights.safetensors?url';
import movielens from '../build/columns/movielens.bin?url';
import { openPage } from './page.js';

/** @param {string} url the worker is a Blob, for which relative addresses mean nothing */
const absolute = (url) => new URL(url, document.baseURI).href;

// ?simd=off takes the module for browsers without SIMD, to compare: the numbers are the same, only slower.
const simd = new URLSearchParams(location.search).get('simd') === 'off' ? wasmScalar : wasmSimd;

const host = document.getElementById('lab');
if (host)
  await openPage(host, {
    createWorker: startWorker,
    course: './builder.html',
    finished: { run: absolute(finishedRun), weights: absolute(finishedWeights) },
    wasm: { simd: absolute(simd), scalar: absolute(wasmScalar) },
    data: {
      name: 'MovieLens latest-small',
      sources: [{ name: 'movielens.bin', url: absolute(movielens) }],
    },
  });

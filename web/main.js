/** The page: the lab in the element that index.html has for it, with the bundled data. */
import wasmSimd from '../build/wasm/ncf.wasm?url';
import wasmScalar from '../build/wasm-scalar/ncf.wasm?url';
import movies from '../data/movies.csv?url';
import ratings from '../data/ratings.csv?url';
import { createLab } from './lab.js';
import LabWorker from './worker.js?worker&inline';

/** @param {string} url the worker is a Blob, for which relative addresses mean nothing */
const absolute = (url) => new URL(url, document.baseURI).href;

// ?simd=off takes the module for browsers without SIMD, to compare: the numbers are the same, only slower.
const simd = new URLSearchParams(location.search).get('simd') === 'off' ? wasmScalar : wasmSimd;

const host = document.getElementById('lab');
if (host) {
  createLab(host, {
    createWorker: () => new LabWorker(),
    wasm: { simd: absolute(simd), scalar: absolute(wasmScalar) },
    data: {
      name: 'MovieLens latest-small',
      sources: [
        { name: 'ratings.csv', url: absolute(ratings) },
        { name: 'movies.csv', url: absolute(movies) },
      ],
    },
  });
}

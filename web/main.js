/** The page: the lab in the element that index.html has for it, with the bundled data. */
// The settings, and after them the worker, which begins with its own: side by side gzip finds the one in the other.
import '../wasm/settings/settings.mjs';
import LabWorker from './worker.js?worker&inline';
import wasmSimd from '../build/wasm/ncf.wasm?url';
import wasmScalar from '../build/wasm-scalar/ncf.wasm?url';
import finishedRun from '../build/finished/run.json?url';
import finishedWeights from '../build/finished/weights.safetensors?url';
import movies from '../data/movies.csv?url';
import ratings from '../data/ratings.csv?url';
import { createLab } from './lab.js';
import { firstLanguage } from './shell/language.js';
import { readPolicy } from './shell/policy.js';
import { isLanguage } from './languages/languages.js';

/** @param {string} url the worker is a Blob, for which relative addresses mean nothing */
const absolute = (url) => new URL(url, document.baseURI).href;

const query = new URLSearchParams(location.search);

/** The page around the lab. An address that names a language names the chosen one from then on. @param {import('./parts/speech.js').Spoken} spoken @param {string} title */
function speakAround({ name, tag }, title) {
  document.documentElement.lang = tag;
  document.title = title;
  const address = new URL(location.href);
  if (!isLanguage(query.get('lang')) || address.searchParams.get('lang') === name) return;
  address.searchParams.set('lang', name);
  history.replaceState(history.state, '', address);
}

// ?simd=off takes the module for browsers without SIMD, to compare: the numbers are the same, only slower.
const simd = query.get('simd') === 'off' ? wasmScalar : wasmSimd;

/** The address says what is to be seen, without a step in the history for every change. @param {string} address */
function writeHash(address) {
  try {
    history.replaceState(history.state, '', `#${address}`);
  } catch {
    // Some sandboxes don't let a page change its address; nothing else hangs on it.
  }
}

const host = document.getElementById('lab');
if (host) {
  const lab = createLab(host, {
    createWorker: () => new LabWorker(),
    language: await firstLanguage(query.get('lang')),
    onLanguage: speakAround,
    // ?start=fresh opens on an untrained model.
    ...(query.get('start') !== 'fresh' && {
      finished: { run: absolute(finishedRun), weights: absolute(finishedWeights) },
    }),
    policy: readPolicy((name) => query.get(name)),
    wholePage: true,
    address: location.hash,
    onAddress: writeHash,
    linkTo: () => location.href,
    wasm: { simd: absolute(simd), scalar: absolute(wasmScalar) },
    data: {
      name: 'MovieLens latest-small',
      sources: [
        { name: 'ratings.csv', url: absolute(ratings) },
        { name: 'movies.csv', url: absolute(movies) },
      ],
    },
  });
  addEventListener('hashchange', () => void lab.goTo(location.hash));
}

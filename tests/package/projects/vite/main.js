import { train } from 'ncf-lab';
import { loadCore } from 'ncf-lab/core';
import wasm from 'ncf-lab/ncf.wasm?url';
import movies from 'ncf-lab/data/movies.csv?url';
import 'ncf-lab/element';

/** @param {string} id @param {unknown[]} words */
const say = (id, ...words) => {
  /** @type {HTMLElement} */ (document.getElementById(id)).textContent = words.join(' ');
};

const lab = /** @type {import('ncf-lab/element').NcfLabElement} */ (document.querySelector('ncf-lab'));
lab.addEventListener('ncf-done', ({ detail }) => say('element', detail.hash));
lab.addEventListener('ncf-ready', () => lab.train());

const model = await train({ model: 'gmf', seed: 1, epochs: 2 }).finish();
const core = await loadCore({ simd: () => fetch(wasm) });
const titles = await (await fetch(movies)).text();
say('script', model.hash(), core.simd, titles.split('\n', 1)[0].trim());

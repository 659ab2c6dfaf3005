// The worker in one function, as a module of the page: `import { workerMain } from 'virtual:worker'`.

import { build } from 'vite';

/** As the page imports it; Rollup's mark at its front keeps others away. */
const NAME = 'virtual:worker';
const entry = new URL('../worker.js', import.meta.url).pathname;

/**
 * The worker tells faults by their codes, and the page has their sentences: without them the worker is 4 kB smaller.
 * @type {import('vite').Plugin}
 */
const codesOnly = {
  name: 'codes-only',
  load: (id) => (id.endsWith('wasm/words/faults.mjs') ? 'export const faults = {}, parts = {};' : null),
};

/** @returns {Promise<{code: string, files: string[]}>} the worker as one script, and what it is made of */
async function bundle() {
  const made = await build({
    ...{ configFile: false, logLevel: 'error', plugins: [codesOnly], publicDir: false },
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'worker' } },
  });
  const [{ output }] = /** @type {import('vite').Rolldown.RolldownOutput[]} */ ([made].flat());
  const [chunk] = output;
  return { code: chunk.code, files: Object.keys(chunk.modules) };
}

/**
 * @returns {import('vite').Plugin}
 */
export const workerFunction = () => ({
  name: 'worker-function',
  resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
  async load(id) {
    if (id !== `\0${NAME}`) return null;
    const { code, files } = await bundle();
    for (const file of files) this.addWatchFile(file);
    return `export const workerMain = function (self) {\n${code}\n};`;
  },
});

// One classic script with everything inside, `ncf-lab.js`, which defines <ncf-lab>; the same as one file in `embed.html`, and as
// a module for notebooks in `anywidget.js`.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { build } from 'vite';

import { workerFunction } from './worker.mjs';

const NAME = 'virtual:inside';
const at = (/** @type {string} */ path) => new URL(path, import.meta.url).pathname;
const read = (/** @type {string} */ path) => readFileSync(at(path), 'utf8');

/** What is inside, as base64 by the name that the module has it under. The columns are compressed as they stand. */
const files = {
  wasm: () => gzipSync(readFileSync(at('../../build/wasm/ncf.wasm')), { level: 9 }),
  movielens: () => readFileSync(at('../../build/columns/movielens.bin')),
};

/** @returns {import('vite').Plugin} files as a module, `import { wasm } from 'virtual:inside'` (web/virtual.d.ts) */
const inside = () => ({
  name: 'inside',
  resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
  load(id) {
    if (id !== `\0${NAME}`) return null;
    const packed = Object.entries(files).map(
      ([name, bytes]) => `export const ${name} = '${bytes().toString('base64')}';`,
    );
    return packed.join('\n');
  },
});

/**
 * What the site loads later is here from the start: as ordinary imports, since those that are only inlined are wrapped one by
 * one, which costs some kB.
 * @returns {import('vite').Plugin}
 */
const atOnce = () => ({
  name: 'at-once',
  transform(code, id) {
    if (!/\/web\/.*\.js$/.test(id)) return null;
    /** @type {string[]} */
    const imports = [];
    const plain = code.replace(/(?<!\* .*)\bimport\(('\.[^']+')\)/g, (_, from) => {
      const name = `later${imports.length}`;
      imports.push(`import * as ${name} from ${from};`);
      return `Promise.resolve(${name})`;
    });
    return imports.length > 0 ? { code: `${imports.join(' ')} ${plain}`, map: null } : null;
  },
});

/** @returns {Promise<string>} the script */
async function bundleScript() {
  const made = await build({
    ...{ configFile: false, logLevel: 'error', publicDir: false, root: at('..') },
    plugins: [workerFunction(), inside(), atOnce()],
    build: { write: false, lib: { entry: at('../element.js'), formats: ['iife'], name: 'NcfLab' } },
  });
  const [{ output }] = /** @type {import('vite').Rolldown.RolldownOutput[]} */ ([made].flat());
  const scripts = output.filter((file) => file.type === 'chunk');
  if (output.length !== 1 || scripts.length !== 1)
    throw new Error(`one script was to come, not ${output.map(({ fileName }) => fileName).join(', ')}`);
  return scripts[0].code;
}

/**
 * The script inside a page. Nothing in it may end or comment out the element that it stands in.
 * @param {string} page
 * @param {string} script
 */
const insideOf = (page, script) =>
  page.replace('/* ncf-lab.js */', () => script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--'));

/** @returns {import('vite').Plugin} */
export const oneScript = () => ({
  name: 'one-script',
  apply: 'build',
  async generateBundle() {
    const script = await bundleScript();
    const page = read('../embed.html');
    this.emitFile({ type: 'asset', fileName: 'ncf-lab.js', source: script });
    this.emitFile({ type: 'asset', fileName: 'embed.html', source: insideOf(page, script) });
    // A classic script in strict mode may stand before what a module says.
    this.emitFile({ type: 'asset', fileName: 'anywidget.js', source: `${script}\n${read('../anywidget.js')}` });
  },
  transformIndexHtml: {
    order: 'post',
    // A page from disk may not load what is marked as of another origin.
    handler: (html) => html.replaceAll(' crossorigin', ''),
  },
});

// The npm package, packed and installed as somebody gets it: used by a script, as a command, in a page that Vite builds, and by
// a strict TypeScript project.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';

import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

import { missingFiles } from '../../wasm/tools/package.mjs';
import { findChrome } from '../../wasm/tools/toolchain.mjs';
import { root } from '../node/fixtures.mjs';
import { jupyter, throwing } from './notebooks.mjs';
import { install, installed, programAt, remove, run } from './project.mjs';

/** What GMF comes to after 2 epochs with seed 1, in every engine. */
const HASH = 'b348d5a670165783';
/** What takes longer hangs. */
const TEST_MS = 120_000;

describe('the package', { timeout: TEST_MS }, async () => {
  after(remove);
  const packed = await install();
  const paths = packed.files.map(({ path }) => path);

  test('has what a page, a script and the command need, and nothing else', () => {
    const { exports, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const promised = [
      ...Object.values(exports).flatMap((each) => (typeof each === 'string' ? each : Object.values(each))),
    ];
    for (const path of [...promised, ...Object.values(bin)].filter((each) => !each.includes('*')))
      assert.ok(existsSync(join(installed, 'node_modules/ncf-lab', path)), path);
    const kinds =
      /^(LICENSE|README\.md|package\.json|data\/[\w-]+\.(csv|md)|wasm\/.*\.mjs|web\/ncf-lab\.d\.ts|build\/[\w/-]+\.(wasm|bin|d\.m?ts)|dist\/[\w-]+\.(js|html))$/;
    assert.deepEqual(
      paths.filter((path) => !kinds.test(path) || path.startsWith('wasm/tools/')),
      [],
    );
    // The pages alone need a plotter.
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(join(installed, 'package-lock.json'), 'utf8')).packages), [
      '',
      'node_modules/fflate',
      'node_modules/ncf-lab',
    ]);
    // Three times the lab with everything inside, and once the data as they are.
    assert.ok(packed.size < 5e6, `${packed.size} bytes`);
  });

  test('is not packed where something of it is not built', (t) => {
    const folder = join(installed, 'node_modules/ncf-lab');
    const lost = ['dist/anywidget.js', 'build/types/wasm/index.d.mts'].map((path) => join(folder, path));
    assert.deepEqual(missingFiles(folder), []);
    for (const path of lost) renameSync(path, `${path}.lost`);
    t.after(() => lost.forEach((path) => renameSync(`${path}.lost`, path)));
    assert.deepEqual(missingFiles(folder).sort(), ['build/types/wasm/index.d.mts', 'dist/anywidget.js']);
  });

  test('works for a script of ten lines', async () => {
    const said = await run(installed, process.execPath, 'script/main.mjs');
    assert.deepEqual(said.split('\n').slice(2), ['2 0.5380', HASH, 'Forrest Gump 671', '']);
  });

  test('is a command: npx ncf-lab train', async () => {
    const said = await run(
      installed,
      'npm',
      'exec',
      '--offline',
      '--',
      'ncf-lab',
      'train',
      '--model=gmf',
      '--epochs=2',
      '--json',
    );
    assert.equal(JSON.parse(said.trim().split('\n').at(-1) ?? '').weights_hash, HASH);
  });

  test('is what a strict TypeScript project compiles against, its own types included', async () => {
    const strict = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022'];
    const stricter = [
      '--exactOptionalPropertyTypes',
      '--noUncheckedIndexedAccess',
      '--noPropertyAccessFromIndexSignature',
    ];
    const inPages = ['--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2022,dom', '--types', ''];
    const inNode = [
      '--module',
      'nodenext',
      '--lib',
      'es2022',
      '--types',
      'node',
      '--typeRoots',
      join(root, 'node_modules/@types'),
    ];
    await run(installed, programAt('tsc'), ...strict, ...stricter, ...inPages, 'types/pages.ts', 'types/element.ts');
    await run(installed, programAt('tsc'), ...strict, ...stricter, ...inNode, 'types/node.ts');
  });

  describe('in a page', async () => {
    const site = {
      ...{ root: join(installed, 'vite'), base: './' },
      .../** @type {const} */ ({ logLevel: 'error', configFile: false }),
    };
    await build({ ...site, build: { target: 'es2022' } });
    const server = await preview({ ...site, preview: { port: 0, host: '127.0.0.1' } });
    const browser = await chromium.launch({ executablePath: findChrome(), args: ['--no-sandbox', '--disable-gpu'] });
    after(async () => {
      await browser.close();
      await server.close();
    });
    /** @param {string} path */
    const open = async (path) => {
      const page = await browser.newPage();
      /** @type {string[]} */
      const faults = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      await page.goto(new URL(path, server.resolvedUrls?.local[0]).href);
      return { page, faults };
    };

    test('it is bundled by Vite: a script trains, and so does the element', async () => {
      const { page, faults } = await open('');
      for (const id of ['script', 'element'])
        await page.locator(`#${id}:not(:empty)`).waitFor({ state: 'attached', timeout: TEST_MS });
      assert.deepEqual(faults, []);
      assert.equal(await page.locator('#script').innerText(), `${HASH} true movieId,title,genres`);
      assert.equal(await page.locator('#element').innerText(), HASH);
    });

    const widget = readFileSync(join(installed, 'node_modules/ncf-lab/dist/anywidget.js'), 'utf8');

    test('the module for notebooks tells a model what happens', async () => {
      const { page, faults } = await open('empty.html');
      const told = await page.evaluate(jupyter, widget);
      assert.deepEqual(faults, []);
      assert.deepEqual(told.attributes, { settings: 'model=gmf&seed=1&epochs=2', 'max-epochs': '3', page: null });
      assert.deepEqual(told.changed, 'model=mf&seed=1&epochs=2');
      assert.deepEqual(told.epochs, [0, 1, 2]);
      assert.equal(told.hash, HASH);
      assert.deepEqual(told.left, { elements: 0, listeners: 0 });
    });

    test('and runs where a model throws at everything, as in MyST’s pages', async () => {
      const { page, faults } = await open('empty.html');
      assert.equal(await page.evaluate(throwing, widget), HASH);
      assert.deepEqual(faults, []);
    });
  });
});

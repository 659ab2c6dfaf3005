// Real hosts, each as an instructor would do it: a MyST and a Sphinx site, a page by pandoc, which Quarto writes with, and a
// Jupyter notebook, made and served by the programs themselves. `npm test -- --only hosts`.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { build } from 'vite';

import { root } from '../node/fixtures.mjs';
import { go } from './harness.mjs';
import { element, opening, site } from './pages.mjs';
import { readFolder } from './server.mjs';
import { inSight, sees, trains } from './visitor.mjs';

/** @typedef {import('./harness.mjs').Given} Given */

const dist = join(root, 'dist');

/** An empty folder for what a host makes. @param {string} name */
function fresh(name) {
  const folder = join(root, 'build/embed', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Which of the page's frames has the lab, as a path. @param {Given} given @param {RegExp} address */
async function frameWith({ page, tab }, address) {
  const find = () =>
    page
      .mainFrame()
      .childFrames()
      .findIndex((frame) => address.test(frame.url()));
  await tab.until(
    () => true,
    [],
    [],
    () => find() >= 0,
  );
  return [find()];
}

/** @param {Given} given @param {number[]} frame */
async function isGood({ tab }, frame) {
  await sees(tab, { frame }, /Opened .*Press Train\./s);
  await trains(tab, { frame });
  const seen = await tab.evaluate(inSight, [0], frame);
  assert.ok(seen.pictures.length > 0, JSON.stringify(seen));
}

/** A page of pandoc's Markdown, as Quarto takes it: raw HTML stands in a block of its own. */
function pandoc() {
  const frame = `<iframe src="/courses/ncf/${opening.replaceAll('&', '&amp;')}" width="720" height="432" title="NCF Lab"></iframe>`;
  const raw = (/** @type {string} */ html) => `\`\`\`{=html}\n${html}\n\`\`\`\n`;
  const convert = (/** @type {string} */ body) =>
    execFileSync('pandoc', ['--standalone', '--from', 'markdown', '--to', 'html5'], {
      input: `---\ntitle: Week 5\nlang: en\n---\n\n# A lab\n\n${body}`,
    });
  return new Map([
    ['frame.html', convert(raw(frame))],
    ['element.html', convert(raw(`<script src="/courses/ncf/ncf-lab.js"></script>\n${element()}`))],
  ]);
}

/** A Sphinx site with the lab's files in _static, and its pages' raw HTML. */
function sphinx() {
  const folder = fresh('sphinx');
  cpSync(dist, join(folder, '_static/ncf'), { recursive: true });
  const indented = (/** @type {string} */ html) => html.replace(/^/gm, '   ');
  const frame = `<iframe src="_static/ncf/embed.html${opening.replaceAll('&', '&amp;')}" width="720" height="432" title="NCF Lab"></iframe>`;
  /** @type {Record<string, string>} */
  const files = {
    'conf.py': "project = 'Recommenders'\nhtml_static_path = ['_static']\n",
    'index.rst': `Week 5\n======\n\n.. raw:: html\n\n${indented(frame)}\n\n.. toctree::\n\n   element\n`,
    'element.rst': `An element\n==========\n\n.. raw:: html\n\n${indented(`<script src="_static/ncf/ncf-lab.js"></script>\n${element()}`)}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  // -W: a warning is an error.
  execFileSync('sphinx-build', ['-q', '-W', '-b', 'html', folder, join(folder, '_build')]);
  return join(folder, '_build');
}

/**
 * A MyST site: mystmd's pages, which the renderers of its themes draw (tests/embed/myst/page.js); its npm packages are not the
 * project's own, since this alone needs them.
 */
async function myst() {
  const folder = join(root, 'build/embed/myst');
  const lock = join(root, 'tests/embed/myst/package-lock.json');
  const installed = join(folder, 'installed.json');
  const isCurrent = existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lock, 'utf8');
  if (!isCurrent) rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, 'tests/embed/myst'), folder, { recursive: true });
  if (!isCurrent) execFileSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: folder });
  cpSync(lock, installed);
  cpSync(join(dist, 'anywidget.js'), join(folder, 'anywidget.js'));
  rmSync(join(folder, '_build'), { recursive: true, force: true });
  execFileSync(join(folder, 'node_modules/.bin/myst'), ['build', '--site'], { cwd: folder, stdio: 'pipe' });
  await build({ root: folder, base: './', configFile: false, logLevel: 'silent', build: { target: 'es2022' } });
  const made = readFolder(join(folder, 'dist'));
  for (const name of readdirSync(join(folder, '_build/site/content')))
    made.set(`content/${name}`, readFileSync(join(folder, '_build/site/content', name)));
  return { pages: made, files: readFolder(join(folder, '_build/site/public')) };
}

/** @returns {Promise<number>} */
function freePort() {
  const server = createServer();
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => done(port));
    }),
  );
}

/** A Jupyter server on a folder with embed.html and a notebook that shows it. */
async function jupyter() {
  const folder = fresh('jupyter');
  cpSync(join(dist, 'embed.html'), join(folder, 'embed.html'));
  const source = `from IPython.display import IFrame\nIFrame('embed.html${opening}', 720, 432)`;
  const cell = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source };
  const kernelspec = { display_name: 'Python 3', language: 'python', name: 'python3' };
  const notebook = { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 4 };
  writeFileSync(join(folder, 'week5.ipynb'), JSON.stringify(notebook));
  const port = await freePort();
  const own = Object.fromEntries(
    ['JUPYTER_CONFIG_DIR', 'JUPYTER_DATA_DIR', 'JUPYTER_RUNTIME_DIR', 'IPYTHONDIR'].map((name) => [
      name,
      join(folder, `.${name}`),
    ]),
  );
  const args = [
    '--no-browser',
    '--allow-root',
    '--ip=127.0.0.1',
    `--port=${port}`,
    '--port-retries=0',
    `--notebook-dir=${folder}`,
  ];
  const child = spawn('jupyter-notebook', [...args, '--NotebookApp.token=', '--NotebookApp.password='], {
    env: { ...process.env, ...own },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  await new Promise((done, fail) => {
    child.once('exit', () => fail(new Error(`Jupyter ended:\n${log}`)));
    child.stderr.on('data', (chunk) => {
      log += chunk;
      if (/is running at/.test(log)) done(null);
    });
  });
  const ended = new Promise((done) => child.once('exit', done));
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      child.kill();
      await ended;
    },
  };
}

go('hosts', 'chromium', [
  {
    name: 'MyST: the iframe directive and an anywidget',
    async body(given) {
      const { tab, server } = given;
      const { pages, files } = await myst();
      server.put('/courses/ncf/', { files: site });
      server.put('/myst/', { files: pages });
      server.put('/', { files });
      await tab.open(`${server.origin}/myst/?week5`);
      await isGood(given, await frameWith(given, /courses/));
      await tab.open(`${server.origin}/myst/?widget`);
      await isGood(given, []);
    },
  },
  {
    name: 'Sphinx: a frame and an element in raw HTML',
    async body(given) {
      const { tab, server } = given;
      server.put('/sphinx/', { files: readFolder(sphinx()) });
      await tab.open(`${server.origin}/sphinx/index.html`);
      await isGood(given, await frameWith(given, /embed\.html/));
      await tab.open(`${server.origin}/sphinx/element.html`);
      await isGood(given, []);
    },
  },
  {
    name: 'pandoc: a frame and an element in a raw block',
    async body(given) {
      const { tab, server } = given;
      server.put('/courses/ncf/', { files: site });
      server.put('/pandoc/', { files: pandoc() });
      await tab.open(`${server.origin}/pandoc/frame.html`);
      await isGood(given, await frameWith(given, /courses/));
      await tab.open(`${server.origin}/pandoc/element.html`);
      await isGood(given, []);
    },
  },
  {
    name: 'Jupyter Notebook: IFrame of embed.html',
    async body(given) {
      const { tab, page } = given;
      const notebook = await jupyter();
      try {
        await tab.open(`${notebook.origin}/notebooks/week5.ipynb`);
        // The kernel is there when it says so.
        await page.locator('#kernel_indicator_icon.kernel_idle_icon').waitFor();
        await page.getByRole('button', { name: 'Run', exact: true }).click();
        const frame = await frameWith(given, /embed\.html/);
        await page.locator('iframe').scrollIntoViewIfNeeded();
        await isGood(given, frame);
      } finally {
        await notebook.close();
      }
    },
  },
]);

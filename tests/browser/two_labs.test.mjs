// Two labs on one page are two: each has its language, its theme, its keys, its ids and the size of its own place.

import assert from 'node:assert/strict';
import { extname, join } from 'node:path';

import { build } from 'vite';

import { workerFunction } from '../../web/bundle/worker.mjs';
import { root } from '../node/fixtures.mjs';
import { address, labTest, smallData } from './harness.mjs';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };

/** The page's files by name. @type {Promise<Map<string, string | Uint8Array>> | undefined} */
let built;

async function buildPage() {
  const folder = join(root, 'tests/browser/two_labs');
  const made = await build({
    ...{ root: folder, base: './', configFile: false, logLevel: 'error' },
    build: { write: false, assetsInlineLimit: 0 },
    plugins: [workerFunction()],
  });
  const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (made);
  return new Map([
    ...output.map((file) => /** @type {const} */ ([file.fileName, file.type === 'chunk' ? file.code : file.source])),
    ['ratings.csv', String(smallData.ratings)],
    ['movies.csv', String(smallData.movies)],
  ]);
}

/** @param {import('playwright-core').Page} page */
async function serve(page) {
  const files = await (built ??= buildPage());
  await page.route(`${address}two/**`, (route) => {
    const name = new URL(route.request().url()).pathname.split('/two/')[1] || 'index.html';
    const body = files.get(name);
    if (body === undefined) return route.fulfill({ status: 404 });
    const contentType = /** @type {Record<string, string>} */ (types)[extname(name)] ?? 'text/csv';
    return route.fulfill({ contentType, body: Buffer.from(body) });
  });
}

/** @param {import('./harness.mjs').Lab} lab */
async function open(lab) {
  const { page } = lab;
  await page.goto(`${address}two/`);
  const labs = [0, 1].map((n) => page.locator('.lab').nth(n));
  for (const one of labs) await one.getByText('Opened world. Press Train.').first().waitFor();
  for (const one of labs)
    await one
      .getByRole('region', { name: 'HR@10', exact: true })
      .getByText(/^0\.\d{3}$/)
      .waitFor();
  return { page, labs };
}

/** Epochs that a lab has trained. @param {import('playwright-core').Locator} one @param {string} [progress] */
const epochs = async (one, progress = 'Progress') =>
  Number.parseInt(await one.getByRole('region', { name: progress }).getByRole('definition').first().innerText());

labTest('language, theme and words are each lab’s own', { prepare: serve, opened: false }, async (lab) => {
  const { labs } = await open(lab);
  const [first, second] = labs;
  await first.getByRole('button', { name: '中文' }).click();
  await first.getByRole('button', { name: '训练', exact: true }).waitFor();
  await first.getByRole('button', { name: '使用深色主题' }).click();
  const looks = () => Promise.all(labs.map((one) => one.evaluate((node) => [node.lang, node.dataset.theme])));
  assert.deepEqual(await looks(), [
    ['zh-Hans', 'dark'],
    ['en', 'light'],
  ]);
  // What is said later is said in each lab's language, too.
  await second.getByRole('button', { name: 'Step', exact: true }).click();
  await first.getByRole('button', { name: '单步', exact: true }).click();
  await second
    .getByRole('region', { name: 'Run', exact: true })
    .getByText('Paused. Train goes on from here.')
    .waitFor();
  await first.getByRole('region', { name: '运行', exact: true }).getByText('已暂停。训练会从这里继续。').waitFor();
  assert.doesNotMatch((await second.innerText()).replace('中文', ''), /\p{Script=Han}/u);
});

labTest('keys move the lab that has the focus, and no other', { prepare: serve, opened: false }, async (lab) => {
  const { page, labs } = await open(lab);
  const [first, second] = labs;
  // With the focus nowhere they are the page's.
  await page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
  await page.keyboard.press('s');
  await second.getByRole('tab', { name: 'Learning' }).focus();
  await page.keyboard.press('s');
  await lab.until(
    () => epochs(second),
    (n) => n === 1,
  );
  await page.keyboard.press('7');
  await second.getByRole('tab', { name: 'Data', selected: true }).waitFor();
  await first.getByRole('tab', { name: 'Learning', selected: true }).waitFor();
  assert.equal(await epochs(first), 0);
});

labTest('ids are nobody else’s, and each lab fits its own place', { prepare: serve, opened: false }, async (lab) => {
  const { page, labs } = await open(lab);
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  });
  assert.deepEqual(twice, []);
  const [wide, narrow] = await Promise.all(
    labs.map((one) =>
      one.evaluate((node) => {
        const run = /** @type {HTMLElement} */ (node.querySelector('.run'));
        const stage = /** @type {HTMLElement} */ (node.querySelector('.stage'));
        return {
          beside: run.getBoundingClientRect().right <= stage.getBoundingClientRect().left,
          over: node.scrollWidth - node.clientWidth,
          touch: getComputedStyle(run).getPropertyValue('--touch'),
        };
      }),
    ),
  );
  assert.deepEqual(
    [wide, narrow],
    [
      { beside: true, over: 0, touch: '36px' },
      { beside: false, over: 0, touch: '44px' },
    ],
  );
});

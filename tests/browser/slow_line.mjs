// How long a visitor waits on a slow line: the built site (npm run build) over 1.5 Mbit/s with 40 ms of latency, in Chromium. What
// comes before it can be explored is held in bytes by tests/browser/first_sight.test.mjs, which hangs on no clock.
//
//     node tests/browser/slow_line.mjs [Mbit/s]

import { chromium } from 'playwright-core';

import { findChrome } from '../../wasm/tools/toolchain.mjs';
import { startSite } from './site.mjs';

const speed = Number(process.argv[2] ?? 1.5);
const site = await startSite({ bytesPerSecond: (speed * 1e6) / 8, latency: 40 });
const browser = await chromium.launch({ executablePath: findChrome(), args: ['--no-sandbox', '--disable-gpu'] });
const viewport = { width: 1440, height: 900 };
const times = [];
for (let turn = 0; turn < 3; turn++) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const weights = page.waitForEvent('requestfinished', (request) => /\/weights-/.test(request.url()));
  await page.addInitScript(() => {
    const marks = /** @type {Record<string, number>} */ (/** @type {any} */ (window).marks = {});
    // The data are open and the run is the worker's: users, films and rooms can be chosen, and it can be trained.
    window.Worker = class extends Worker {
      /** @param {string | URL} url @param {WorkerOptions} [options] */
      constructor(url, options) {
        super(url, options);
        this.addEventListener('message', ({ data }) => {
          if (data.result?.epochs) marks.explored ??= performance.now();
        });
      }
    };
    const look = () => {
      if (/^NeuMF after/.test(document.querySelector('.status')?.textContent ?? '')) marks.curves ??= performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(site.of('bundled'));
  await page.waitForFunction(() => /** @type {any} */ (window).marks.explored);
  const marks = await page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    .../** @type {any} */ (window).marks,
  }));
  await weights;
  times.push({ ...marks, weights: await page.evaluate(() => performance.now()) });
  await context.close();
}
await browser.close();
site.close();
const median = (/** @type {string} */ name) => {
  const seconds = times.map((all) => all[name] / 1000).sort((a, b) => a - b);
  return `${seconds[1].toFixed(1)} s  (${seconds.map((each) => each.toFixed(1)).join(', ')})`;
};
console.log(`${speed} Mbit/s, median of three`);
console.log(`first paint       ${median('paint')}`);
console.log(`finished run      ${median('curves')}`);
console.log(`can be explored   ${median('explored')}`);
console.log(`weights are there ${median('weights')}`);

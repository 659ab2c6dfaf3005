// What a visitor sees first, and what it takes: nothing jumps while the page comes, and it can be explored before much of it has
// come. How long that takes on a slow line tests/browser/slow_line.mjs measures.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { root } from '../node/fixtures.mjs';
import { sizes } from './everybody.mjs';
import { labTest } from './harness.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Collects what moves without anybody's doing, in `window.shifts`. @param {Page} page */
const watchShifts = (page) =>
  page.addInitScript(() => {
    const shifts = /** @type {object[]} */ (/** @type {any} */ (window).shifts = []);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput, sources } = /** @type {any} */ (entry);
        const moved = sources.map((/** @type {any} */ { node }) => `${node?.nodeName}.${node?.className ?? ''}`);
        if (!hadRecentInput) shifts.push({ value, moved });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });

/**
 * Holds answers back until they are released.
 * @param {Page} page
 * @param {RegExp} pattern
 */
async function hold(page, pattern) {
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const held = new Promise((done) => (release = done));
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

for (const viewport of sizes)
  for (const finished of [true, false])
    labTest(
      `nothing jumps while the page comes ${viewport.width} wide, ${finished ? 'on the finished run' : 'untrained'}`,
      {
        ...{ data: 'bundled', finished, opened: false, context: { viewport } },
        async prepare(page) {
          await watchShifts(page);
          // Each of them late, so that what is seen without it is seen.
          Object.assign(page, {
            run: await hold(page, /\/run-[^/]*\.json$/),
            data: await hold(page, /\/movielens-[^/]*\.bin$/),
          });
        },
      },
      async (lab, t) => {
        const { run, data } = /** @type {any} */ (lab.page);
        const settled = () =>
          lab.page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 100)));
        await lab.page.getByRole('contentinfo').getByRole('link').first().waitFor();
        await lab.region('Loss').waitFor();
        await settled();
        await run();
        if (finished) await lab.status(/^NeuMF after 20 epochs/);
        await settled();
        await data();
        if (!finished) await lab.ready();
        await lab.allRooms();
        await settled();
        const shifts = await lab.page.evaluate(() => /** @type {any} */ (window).shifts);
        const sum = shifts.reduce((/** @type {number} */ all, /** @type {any} */ { value }) => all + value, 0);
        t.diagnostic(`cumulative layout shift ${sum.toFixed(4)}`);
        assert.ok(sum < 0.1, JSON.stringify(shifts));
      },
    );

/** What hosts of static files compress. */
const compressed = /\.(html|js|css|json|svg|wasm)$/;

labTest(
  'it can be explored after 640 kB, and what only some need comes after all else',
  { data: 'bundled', finished: true, opened: false },
  async (lab, t) => {
    /** @type {string[]} */
    const asked = ['index.html'];
    // Those of workers, too.
    lab.page.on('request', (request) => {
      const { protocol, pathname } = new URL(request.url());
      if (protocol !== 'blob:') asked.push(pathname.replace(/^\/bundled\//, ''));
    });
    await lab.page.reload();
    await lab.until(
      async () => asked.some((name) => /\/weights-/.test(name)),
      (there) => there,
    );
    const all = asked.filter((name) => name !== '');
    const at = (/** @type {RegExp} */ pattern) => all.findIndex((name) => pattern.test(name));
    const rooms = at(/\/network-[^/]*\.js$/);
    const first = all.slice(0, rooms);
    for (const name of [/\/lab-/, /\.wasm$/, /\/run-/, /\/movielens-/])
      assert.ok(
        first.some((one) => name.test(one)),
        `${name} of ${all}`,
      );
    const size = (/** @type {string} */ name) => {
      const bytes = readFileSync(join(root, 'dist', name));
      return compressed.test(name) ? gzipSync(bytes, { level: 9 }).length : bytes.length;
    };
    const bytes = first.reduce((sum, name) => sum + size(name), 0);
    t.diagnostic(`${bytes} bytes: ${first.map((name) => `${name} ${size(name)}`).join(', ')}`);
    assert.ok(bytes <= 640_000, `${bytes} bytes`);
    // The other rooms and languages are there before the weights are asked for.
    for (const name of [/\/map-/, /\/data-/, /\/zh-/, /\/leaving-/, /\/pictures-/])
      assert.ok(at(name) >= rooms && at(name) < at(/\/weights-/), `${all}`);
  },
);

labTest(
  'whoever needs the weights sooner gets them, and reads how far they are',
  {
    ...{ data: 'bundled', finished: true, opened: false },
    // No room comes, so nothing is loaded that nobody asked for.
    prepare: (page) => page.route(/\/rooms-[^/]*\.js$/, () => {}),
  },
  async (lab) => {
    await lab.status(/^NeuMF after 20 epochs/);
    const before = await lab.until(
      () => lab.films(lab.top),
      (films) => films.length === 10,
    );
    /** @type {(value?: unknown) => void} */
    const release = await hold(lab.page, /\/weights-/);
    const coming = lab.page.waitForRequest(/\/weights-/);
    await lab.button('Random user').click();
    await coming;
    assert.deepEqual(await lab.films(lab.top), before);
    await lab.page.evaluate(() => {
      const said = /** @type {Set<string>} */ (/** @type {any} */ (window).said = new Set());
      const note = () => said.add(document.querySelector('.status')?.textContent ?? '');
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    release();
    await lab.until(
      () => lab.films(lab.top),
      (films) => films.length === 10 && JSON.stringify(films) !== JSON.stringify(before),
    );
    await lab.status(/^NeuMF after 20 epochs/);
    const said = await lab.page.evaluate(() => [.../** @type {any} */ (window).said]);
    assert.ok(
      said.some((text) => /^Loading the weights of this run: .* of 1\.6 MB\.$/.test(text)),
      said.join('\n'),
    );
  },
);

// `<ncf-lab>` on a page: several, moved, taken away, and what the page around it keeps for itself.

import assert from 'node:assert/strict';

import { go } from './harness.mjs';
import { built, course, element, framed, opening, site } from './pages.mjs';
import { presses, sees, task, taskHash, trains, wordsOf } from './visitor.mjs';

/** @typedef {import('./harness.mjs').Given} Given */

/** Pages so far: each has a place of its own, since rows go side by side. */
let opened = 0;

/** Opens a page with these elements, whose events gather in `heard`: name, number of the element, detail. @param {Given} given @param {string} body */
async function open({ tab, server, page }, body) {
  await page.addInitScript(() => {
    const heard = /** @type {any[]} */ (/** @type {any} */ (window).heard = []);
    for (const name of ['ncf-ready', 'ncf-epoch', 'ncf-done', 'ncf-exercise'])
      addEventListener(name, (event) => {
        const at = [...document.querySelectorAll('ncf-lab')].indexOf(/** @type {Element} */ (event.target));
        heard.push({ name, at, .../** @type {CustomEvent} */ (event).detail });
      });
  });
  const place = `/elements/${++opened}/`;
  server.put(place, { files: new Map([['ncf-lab.js', built('ncf-lab.js')]]) });
  server.page(`${place}week5.html`, course(body, '<script defer src="ncf-lab.js"></script>'));
  await tab.open(`${server.origin}${place}week5.html`);
}

/** Waits for an event; all of its name and element so far. @param {Given['tab']} tab @param {string} name @param {number} [at] @param {number} [count] */
async function hears(tab, name, at = 0, count = 1) {
  const heardOf = (/** @type {string} */ wanted, /** @type {number} */ of) =>
    /** @type {any} */ (window).heard.filter((/** @type {any} */ event) => event.name === wanted && event.at === of);
  return tab.until(heardOf, [name, at], [], (events) => events.length >= count);
}

/** Workers that a page has, once there are so many. @param {Given} given @param {number} count */
async function workers({ page, tab }, count) {
  await tab.until(
    () => true,
    [],
    [],
    () => page.workers().length === count,
  );
}

go('elements', 'chromium', [
  {
    name: 'two, in two languages',
    async body(given) {
      const { tab } = given;
      // Both in sight: one that nobody sees rests.
      await tab.driver.resize(1400, 3000);
      await open(given, element() + element({ lang: 'zh' }));
      await presses(tab, { lab: 0 }, 'Train');
      await presses(tab, { lab: 1 }, '训练');
      for (const at of [0, 1]) {
        const [done] = await hears(tab, 'ncf-done', at);
        assert.equal(done.hash, taskHash);
      }
      const [first, second] = [await tab.evaluate(wordsOf, [0]), await tab.evaluate(wordsOf, [1])];
      assert.doesNotMatch(first.replaceAll('中文', ''), /\p{Script=Han}/u);
      assert.match(second, /\p{Script=Han}/u);
      assert.doesNotMatch(second, /\bTrain\b/);
    },
  },
  {
    name: 'with an exercise: it tells how far that is, and gives the result',
    async body(given) {
      const { tab } = given;
      await tab.driver.resize(1400, 1600);
      await open(given, element({ exercise: 'Learn | hr@10 >= 0.01 | epochs >= 2', lock: 'seed' }));
      await hears(tab, 'ncf-ready');
      const early = await tab.evaluate(() =>
        /** @type {any} */ (document.querySelector('ncf-lab'))
          .result()
          .catch((/** @type {Error} */ { message }) => message),
      );
      assert.match(early, /nothing to hand in yet/);
      await presses(tab, { lab: 0 }, 'Train');
      await hears(tab, 'ncf-done');
      const told = await tab.until(
        () => /** @type {any} */ (window).heard.filter((/** @type {any} */ { name }) => name === 'ncf-exercise'),
        [],
        [],
        (events) => events.at(-1)?.reached === true,
      );
      assert.equal(told[0].reached, false);
      assert.deepEqual(told.at(-1).goals[1], { goal: 'epochs >= 2', reached: true, value: 2 });
      const result = await tab.evaluate(() => /** @type {any} */ (document.querySelector('ncf-lab')).result());
      assert.equal(result.weights_hash, taskHash);
      assert.deepEqual(result.policy[0], ['lock', 'seed']);
    },
  },
  {
    name: 'moved while it trains: the run goes on',
    async body(given) {
      const { tab } = given;
      await open(given, `<div id="from">${element()}</div><div id="to"></div>`);
      await hears(tab, 'ncf-ready');
      await tab.evaluate(() => {
        const lab = /** @type {any} */ (document.querySelector('ncf-lab'));
        lab.addEventListener('ncf-epoch', () => document.querySelector('#to')?.append(lab), { once: true });
        lab.train();
      });
      const [done] = await hears(tab, 'ncf-done');
      assert.equal(done.hash, taskHash);
      assert.equal(await tab.evaluate(() => document.querySelector('ncf-lab')?.parentElement?.id), 'to');
      const epochs = (await hears(tab, 'ncf-epoch')).map((/** @type {any} */ { epoch }) => epoch);
      assert.deepEqual(epochs.filter(Boolean), [1, 2]);
      await workers(given, 1);
    },
  },
  {
    name: 'removed while it trains: no worker is left, and put back it is a new one',
    async body(given) {
      const { tab } = given;
      await open(given, element());
      await hears(tab, 'ncf-ready');
      await workers(given, 1);
      await tab.evaluate(() => {
        const lab = /** @type {any} */ (document.querySelector('ncf-lab'));
        /** @type {any} */ (window).lab = lab;
        lab.addEventListener('ncf-epoch', () => lab.remove(), { once: true });
        lab.train();
      });
      await workers(given, 0);
      await tab.evaluate(() => document.body.append(/** @type {any} */ (window).lab));
      await trains(tab);
      await workers(given, 1);
    },
  },
  {
    name: 'appended and removed at once, or while it is built: no worker is left',
    async body(given) {
      const { tab } = given;
      await open(given, '');
      await tab.evaluate(
        async (/** @type {string} */ settings) => {
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          const make = () => {
            const lab = document.createElement('ncf-lab');
            for (const [name, value] of Object.entries({ settings, start: 'fresh', lang: 'en' }))
              lab.setAttribute(name, value);
            document.body.append(lab);
            return lab;
          };
          make().remove();
          for (let frames = 0; frames < 8; frames++) {
            const lab = make();
            for (let n = 0; n < frames; n++) await frame();
            lab.remove();
          }
          make();
        },
        [task],
      );
      await trains(tab);
      await workers(given, 1);
    },
  },
  {
    name: 'keys belong to whoever has the focus',
    async body(given) {
      const { tab, page } = given;
      await open(given, `<input aria-label="Notes">${element()}`);
      await hears(tab, 'ncf-ready');
      await tab.evaluate(() => {
        const keys = /** @type {any[]} */ (/** @type {any} */ (window).keys = []);
        addEventListener('keydown', ({ key, defaultPrevented }) => keys.push([key, defaultPrevented]));
      });
      const keys = [' ', '1', '2', '7', 's', 'r', 't', 'k', '?', 'ArrowRight', 'PageDown'];
      for (const key of keys) await page.keyboard.press(key === ' ' ? 'Space' : key);
      await page.getByLabel('Notes').focus();
      await page.keyboard.type('train 7');
      assert.equal(await page.getByLabel('Notes').inputValue(), 'train 7');
      assert.deepEqual(
        await tab.evaluate(() => /** @type {any} */ (window).keys),
        [...keys, ...'train 7'].map((key) => [key, false]),
      );
      await presses(tab, {}, 'Train');
      assert.equal((await hears(tab, 'ncf-done'))[0].hash, taskHash);
    },
  },
  {
    name: 'what stands between the tags is shown where scripts are not',
    options: { javaScriptEnabled: false },
    async body({ tab, server, page }) {
      server.page('/plain/week5.html', course(element({}, '<p>A picture of the lab</p>')));
      await tab.open(`${server.origin}/plain/week5.html`);
      await page.getByText('A picture of the lab').waitFor();
    },
  },
]);

go('frames', 'chromium', [
  {
    name: 'the page around a sandboxed frame hears of the run',
    async body({ tab, server, page }) {
      await page.addInitScript(() => {
        const heard = /** @type {any[]} */ (/** @type {any} */ (window).messages = []);
        addEventListener('message', ({ data }) => heard.push(data));
      });
      server.put('/courses/ncf/', { files: site });
      const html = framed(`${server.elsewhere}/courses/ncf/${opening}`, 'sandbox="allow-scripts"');
      server.page('/told/week5.html', html);
      await tab.open(`${server.origin}/told/week5.html`);
      await trains(tab, { frame: [0] });
      const told = () =>
        /** @type {any} */ (window).messages.find(
          (/** @type {any} */ { type, event }) => type === 'ncf-lab' && event === 'done',
        );
      assert.equal((await tab.until(told)).detail.hash, taskHash);
      const sized = () =>
        /** @type {any} */ (window).messages.some(
          (/** @type {any} */ { subject, height }) => subject === 'lti.frameResize' && height > 0,
        );
      await tab.until(sized);
    },
  },
  {
    name: 'links to sources leave the lab where it is',
    async body({ tab, server, page }) {
      // Nobody outside is asked.
      await page.context().route(/doi\.org/, (route) => route.fulfill({ body: 'a paper' }));
      server.put('/courses/ncf/', { files: site });
      server.page(
        '/links/week5.html',
        framed(`${server.elsewhere}/courses/ncf/${opening.replace('?', '?layout=full&')}`),
      );
      await tab.open(`${server.origin}/links/week5.html`);
      await trains(tab, { frame: [0] });
      const frame = page.frames()[1];
      const hash = await frame.evaluate(() => location.href);
      for (const link of await frame.getByRole('link', { name: /doi\.org/ }).all()) {
        const opened = page.waitForEvent('popup');
        await link.click();
        await (await opened).close();
      }
      assert.equal(await frame.evaluate(() => location.href), hash);
      await sees(tab, { frame: [0] }, new RegExp(taskHash));
    },
  },
]);

go('network', 'chromium', [
  {
    name: 'element: none once it is there, for rooms and languages',
    async body(given) {
      const { tab, server, page } = given;
      await open(given, element({ layout: 'full' }));
      await hears(tab, 'ncf-ready');
      const before = server.asked.length;
      await page.context().setOffline(true);
      await trains(tab);
      const lab = page.locator('ncf-lab');
      await presses(tab, {}, '中文');
      await presses(tab, {}, 'English');
      for (const one of await lab.getByRole('tab').all()) await one.click();
      await sees(tab, {}, new RegExp(taskHash));
      // Others' rows run beside this one: what this page asked for is what counts.
      const mine = server.asked
        .slice(before)
        .filter((path) => path.startsWith(new URL(page.url()).pathname.replace(/[^/]*$/, '')));
      assert.deepEqual(mine, []);
      assert.deepEqual(tab.said, []);
    },
  },
]);

// A real deck of reveal.js with the lab on two of its slides, in a frame and as an element: arrows and a clicker turn the slides
// also after a click into the lab, keys are not taken from the deck, and what is on a slide that nobody sees rests and goes on.

import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { go } from './harness.mjs';
import { built, element, site } from './pages.mjs';
import { readFolder } from './server.mjs';
import { presses, sees } from './visitor.mjs';

/** @typedef {import('./harness.mjs').Given} Given */

const reveal = readFolder(dirname(fileURLToPath(import.meta.resolve('reveal.js'))));

/** Long enough to be left while it trains. */
const long = 'model=gmf&seed=1&epochs=200';

/** Its slides' transition is written into it: `fade` and `none` leave them where they are. */
const deck = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Recommenders</title>
<link rel="stylesheet" href="/reveal/reveal.css"><link rel="stylesheet" href="/reveal/theme/white.css"></head>
<body><div class="reveal"><div class="slides">
<section><h1>Recommenders</h1></section>
<section><iframe src="/courses/ncf/?start=fresh&amp;lang=en#${long.replaceAll('&', '&amp;')}" width="940" height="640" title="NCF Lab"></iframe></section>
<section>${element({ settings: long })}</section>
<section><h1>Questions</h1></section>
</div></div>
<script src="/reveal/reveal.js"></script><script src="/deck/start.js"></script><script src="/deck/ncf-lab.js"></script>
</body></html>`;

/** Opens the deck at a slide. @param {Given} given @param {string} transition @param {number} slide */
async function open({ tab, server }, transition, slide) {
  server.put('/courses/ncf/', { files: site });
  server.put('/reveal/', { files: reveal });
  server.put(`/deck/`, {
    files: new Map([
      ['ncf-lab.js', built('ncf-lab.js')],
      [
        'start.js',
        Buffer.from('Reveal.initialize({ transition: document.documentElement.dataset.transition, hash: true });'),
      ],
      ...['slide', 'fade', 'none'].map(
        (name) =>
          /** @type {const} */ ([
            `${name}.html`,
            Buffer.from(deck.replace('<html', `<html data-transition="${name}"`)),
          ]),
      ),
    ]),
  });
  await tab.open(`${server.origin}/deck/${transition}.html#/${slide}`);
  await at(tab, slide);
}

/** Waits for a slide. @param {Given['tab']} tab @param {number} slide */
const at = (tab, slide) =>
  tab.until(
    (/** @type {number} */ wanted) =>
      /** @type {any} */ (window).Reveal?.isReady() && /** @type {any} */ (window).Reveal.getIndices().h === wanted,
    [slide],
  );

/** @param {Given['tab']} tab @param {number} slide */
const turn = async (tab, slide) => {
  await tab.evaluate((/** @type {number} */ h) => /** @type {any} */ (window).Reveal.slide(h), [slide]);
  await at(tab, slide);
};

/** The two ways in which the lab is on a slide, and how each is pointed at. */
const ways = {
  frame: {
    slide: 1,
    where: { frame: [0] },
    root: (/** @type {Given['page']} */ page) => page.frameLocator('iframe').locator('.lab'),
  },
  element: { slide: 2, where: {}, root: (/** @type {Given['page']} */ page) => page.locator('ncf-lab .lab') },
};

/** @type {import('./harness.mjs').Row[]} */
const rows = Object.entries(ways).flatMap(([way, { slide, where, root }]) => [
  {
    name: `${way}: arrows and clicker go on working after a click into the lab`,
    async body(given) {
      const { tab, page } = given;
      await open(given, 'slide', slide);
      await sees(tab, where, /Opened .*Press Train\./s);
      let epochs = 0;
      for (const [key, to] of /** @type {const} */ ([
        ['ArrowRight', 1],
        ['ArrowLeft', -1],
        ['PageDown', 1],
        ['PageUp', -1],
      ])) {
        await turn(tab, slide);
        await root(page).getByRole('button', { name: 'Step', exact: true }).click();
        // The step is done: its epoch is counted, and the button is there for the next.
        await sees(tab, where, new RegExp(`Epoch\\s*${++epochs}\\s*of\\s*200`));
        await sees(tab, where, /Paused\./);
        await page.keyboard.press(key);
        await at(tab, slide + to);
      }
    },
  },
  {
    name: `${way}: what is typed in the lab is the lab's, what is typed beside it is the deck's`,
    async body(given) {
      const { tab, page } = given;
      await open(given, 'slide', slide);
      await sees(tab, where, /Opened .*Press Train\./s);
      // b would darken the slide, o show all of them, and 1 and s are the lab's own.
      await page.locator('.slides').evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
      for (const key of ['1', '7', 's', 'r', 't']) await page.keyboard.press(key);
      await page.keyboard.press('b');
      assert.equal(await tab.evaluate(() => /** @type {any} */ (window).Reveal.isPaused()), true);
      await page.keyboard.press('b');
      await sees(tab, where, /Opened .*Press Train\./s);
      await page.keyboard.press('Space');
      await at(tab, slide + 1);
      await turn(tab, slide);
      await root(page).getByRole('button', { name: 'Settings' }).click();
      const seed = root(page).getByLabel('Seed', { exact: true });
      await seed.fill('');
      await seed.pressSequentially('12');
      await seed.press('b');
      await seed.press('ArrowLeft');
      await at(tab, slide);
      assert.equal(await tab.evaluate(() => /** @type {any} */ (window).Reveal.isPaused()), false);
    },
  },
  ...['slide', 'fade', 'none'].map((transition) => ({
    name: `${way}: rests on a slide that nobody sees, and goes on (${transition})`,
    async body(/** @type {Given} */ given) {
      const { tab } = given;
      await open(given, transition, slide);
      await sees(tab, where, /Opened .*Press Train\./s);
      await presses(tab, where, 'Train');
      await sees(tab, where, /Training/);
      await turn(tab, 0);
      await sees(tab, where, /Paused\./);
      await turn(tab, slide);
      await sees(tab, where, /Training/);
    },
  })),
]);

go('reveal.js', 'chromium', rows);

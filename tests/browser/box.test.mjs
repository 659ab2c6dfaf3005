// The lab in the box that another page gives it: what is in sight, and what it and the page around say to each other.

import assert from 'node:assert/strict';

import { Lab, address, labTest } from './harness.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** A course's page with the lab in a frame, at its own place on the server. */
const course = new URL('../course.html', address).href;

/**
 * @param {Page} page
 * @param {{width: number, height: number, query?: string, above?: number}} frame  above: px of text before it
 */
async function serve(page, { width, height, query = '', above = 0 }) {
  const body = `<!doctype html><html lang="en"><title>A course</title><style>body { margin: 0 } p { height: ${above}px; margin: 0 }</style>
    <p></p><iframe title="lab" src="${address}?start=fresh${query}" width="${width}" height="${height}" style="border: 0"></iframe>
    <script>window.heard = []; addEventListener('message', ({ data }) => heard.push(data));</script>`;
  await page.route(course, (route) => route.fulfill({ contentType: 'text/html', body }));
}

/** @param {Lab} lab @param {Parameters<typeof serve>[1]} frame */
async function framed(lab, frame) {
  await serve(lab.page, frame);
  await lab.page.goto(course);
  const inside = await lab.until(
    async () => lab.page.frames().find((each) => each.url().startsWith(address)) ?? null,
    Boolean,
  );
  const inner = new Lab(/** @type {import('playwright-core').Frame} */ (inside));
  await inner.ready();
  return inner;
}

/** What the page around has heard. @param {Lab} lab @param {string} event @returns {Promise<any[]>} */
const heard = async (lab, event) =>
  (await lab.page.evaluate(() => /** @type {any} */ (window).heard)).filter(
    (/** @type {any} */ message) => message.event === event,
  );

/** @param {Lab} lab @param {object} message */
const say = (lab, message) =>
  lab.page.evaluate(
    (text) => document.querySelector('iframe')?.contentWindow?.postMessage(JSON.parse(text), '*'),
    JSON.stringify({ type: 'ncf-lab', ...message }),
  );

for (const [width, height] of [
  [720, 432],
  [960, 700],
  [360, 640],
])
  labTest(
    `in ${width} × ${height} the first sight is Train, what is trained, the measures and a picture`,
    { opened: false, context: { viewport: { width: 1000, height: 800 } } },
    async (lab) => {
      const inner = await framed(lab, { width, height });
      const shown = [
        inner.button('Train'),
        inner.page.getByText('NeuMF · 8 factors · rate 0.001 · seed 1'),
        ...['Loss', 'HR@10', 'NDCG@10'].map((name) => inner.page.getByRole('heading', { name, exact: true })),
        inner.page.locator('.figure:visible canvas').last(),
      ];
      const frame = await lab.page.locator('iframe').boundingBox();
      for (const one of shown) {
        await one.waitFor();
        const box = await one.boundingBox();
        assert.ok(box && frame);
        assert.ok(box.x >= frame.x && box.x + box.width <= frame.x + width, `${one} across`);
        assert.ok(box.y >= frame.y && box.y + box.height <= frame.y + height, `${one} down: ${box.y + box.height}`);
      }
      assert.equal(await inner.button('Random user').isVisible(), false);
      const wide = await inner.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, 'nothing sticks out');

      // Everything else opens, and closes again.
      assert.equal((await turned()).length, 2);
    },
  );

labTest('out of sight training rests, and it goes on when it is seen again', { opened: false }, async (lab) => {
  const inner = await framed(lab, { width: 720, height: 432, above: 3000, query: '#model=gmf&seed=1&epochs=1000' });
  await lab.page.evaluate(() => scrollTo(0, 3000));
  await inner.button('Train').click();
  await inner.button('Pause').waitFor();
  await lab.page.evaluate(() => scrollTo(0, 0));
  await inner.status('Paused. Train goes on from here.');
  await lab.page.evaluate(() => scrollTo(0, 3000));
  await inner.button('Pause').waitFor();
  // What a person has paused stays so.
  await inner.button('Pause').click();
  await inner.status('Paused. Train goes on from here.');
  await lab.page.evaluate(() => scrollTo(0, 0));
  await lab.page.evaluate(() => scrollTo(0, 3000));
  await inner.button('Train').waitFor();
});

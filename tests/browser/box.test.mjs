// The lab in the box that another page gives it: what is in sight, and what it and the page around say to each other.

import assert from 'node:assert/strict';

import { accessible, fits } from './everybody.mjs';
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
      await inner.button('Settings').click();
      assert.equal(await inner.button('Settings').getAttribute('aria-expanded'), 'true');
      await inner.field('Seed').waitFor();
      await inner.button('Settings').click();
      await inner.field('Seed').waitFor({ state: 'hidden' });
      await inner.button('Whole lab').click();
      await inner.button('Random user').waitFor();
      await inner.button('Compact').click();
      await inner.button('Random user').waitFor({ state: 'hidden' });
    },
  );

for (const [width, height] of [
  [720, 432],
  [360, 640],
])
  labTest(
    `compact in ${width} × ${height} there is no axe violation and no sideways scroll, in either language`,
    { context: { viewport: { width, height } }, query: '?layout=compact', hash: '#model=gmf&seed=1&epochs=2' },
    async (lab) => {
      await lab.button('Train').click();
      await lab.status('Finished after 2 epochs.');
      await lab.button('Settings').click();
      await accessible(lab, 'with its settings');
      await fits(lab, 'with its settings');
      await lab.button('Settings').click();
      // In a box the switch is out of sight; its key goes on.
      await lab.page.keyboard.press('l');
      await lab.page.getByRole('button', { name: '完整实验室' }).waitFor();
      await accessible(lab, 'in Chinese');
      await fits(lab, 'in Chinese');
    },
  );

labTest(
  'a page of its own shows everything, however small',
  { context: { viewport: { width: 360, height: 640 } } },
  async (lab) => {
    await lab.button('Random user').waitFor();
    assert.equal(await lab.button('Whole lab').isVisible(), false);
  },
);

labTest('the page around hears what happens, and is obeyed', { opened: false }, async (lab) => {
  const inner = await framed(lab, { width: 720, height: 432, query: '#model=gmf&seed=1&epochs=2' });
  await say(lab, { do: 'train' });
  await inner.status('Finished after 2 epochs.');
  const [done] = await lab.until(
    () => heard(lab, 'done'),
    (all) => all.length > 0,
  );
  const epochs = await heard(lab, 'epoch');
  assert.deepEqual(
    epochs.map(({ detail }) => detail.epoch),
    [0, 1, 2],
  );
  assert.equal((await heard(lab, 'ready')).length, 1);
  assert.match(done.detail.hash, /^[0-9a-f]{16}$/);
  assert.equal(done.detail.hash, epochs[2].detail.hash);
  assert.ok(Number.isInteger(done.detail.parameters) && done.detail.settings.model === 'gmf');

  const theme = () => inner.page.locator('.lab').getAttribute('data-theme');
  await say(lab, { theme: 'dark' });
  await lab.until(theme, (name) => name === 'dark');
  await say(lab, { theme: 'auto' });
  await lab.until(theme, (name) => name === 'light');
  await say(lab, { room: 'data' });
  await inner.page.getByRole('tab', { name: 'Data', selected: true }).waitFor();
  await say(lab, { settings: 'model=gmf&seed=4&epochs=2' });
  await inner.page.getByText('GMF · 8 factors · rate 0.001 · seed 4').waitFor();
  // Nonsense is passed over.
  await say(lab, { do: 'close', theme: 7, room: 'cellar', settings: {} });
  await say(lab, { room: 'learn' });
  await inner.page.getByRole('tab', { name: 'Learning', selected: true }).waitFor();
});

labTest('its height is told as the LMS wants it, and keys of a deck go to the deck', { opened: false }, async (lab) => {
  const inner = await framed(lab, { width: 720, height: 432 });
  const messages = () => lab.page.evaluate(() => /** @type {any} */ (window).heard);
  const resized = (/** @type {any} */ { subject, height }) => subject === 'lti.frameResize' && height;
  await lab.until(messages, (all) => all.some(resized));
  await inner.button('Whole lab').click();
  await lab.until(messages, (all) => all.some((/** @type {any} */ one) => resized(one) > 1000));

  const turned = async () => (await messages()).filter((/** @type {unknown} */ one) => typeof one === 'string');
  await inner.button('Step').focus();
  await lab.page.keyboard.press('ArrowRight');
  await lab.page.keyboard.press('PageDown');
  assert.deepEqual(await lab.until(turned, (all) => all.length === 2), ['{"method":"right"}', '{"method":"next"}']);
  // Where arrows mean something in the lab they are the lab's.
  await inner.page.getByRole('tab', { name: 'Learning' }).focus();
  await lab.page.keyboard.press('ArrowRight');
  await inner.page.getByRole('tab', { name: 'Network', selected: true }).waitFor();
  assert.equal((await turned()).length, 2);
});

labTest(
  'on paper there are the charts, in light colours, and nothing to press',
  { context: { colorScheme: 'dark' } },
  async (lab) => {
    const theme = () => lab.page.locator('.lab').getAttribute('data-theme');
    const ink = () =>
      lab.page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector('.lab'))).color);
    assert.equal(await theme(), 'dark');
    const dark = await ink();
    await lab.page.emulateMedia({ media: 'print' });
    await lab.until(theme, (name) => name === 'light');
    assert.notEqual(await ink(), dark);
    await lab.page.locator('.figure canvas').first().waitFor();
    assert.equal(await lab.page.getByRole('button').and(lab.page.locator(':visible')).count(), 0);
    await lab.page.emulateMedia({ media: 'screen' });
    await lab.until(theme, (name) => name === 'dark');
  },
);

labTest('a link that is copied in a frame is the frame’s own, as it says', { opened: false }, async (lab) => {
  await lab.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const inner = await framed(lab, { width: 1000, height: 900, query: '#model=gmf&seed=3' });
  await inner.button('Copy link').click();
  await inner.status('The link is copied: it opens the lab by itself, outside this page, with these settings.');
  const link = await inner.page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.startsWith(address) && link.endsWith('#model=gmf&seed=3'), link);
});

labTest('out of sight training rests, and it goes on when it is seen again', { opened: false }, async (lab) => {
  const inner = await framed(lab, {
    width: 720,
    height: 432,
    above: 3000,
    query: '#model=neumf&seed=1&epochs=1000&batch-size=1',
  });
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

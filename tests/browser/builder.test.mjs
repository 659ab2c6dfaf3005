// The builder: an instructor's two minutes, from the lab at the left to a page of their own that holds what was ticked.

import assert from 'node:assert/strict';

import { accessible, fits, sizes } from './everybody.mjs';
import { Lab, address, labTest } from './harness.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** The builder with its lab, which is in a frame. @param {Lab} lab */
async function open({ page }) {
  await page.goto(`${address}builder.html`);
  await page.locator('iframe').waitFor();
  return inFrame(page);
}

/** @param {Page} page */
function inFrame(page) {
  const frame = page.frame({ url: /index\.html/ });
  assert.ok(frame);
  return new Lab(frame);
}

/** What is to be copied. @param {Page} page */
const snippet = (page) => page.locator('pre').innerText();

labTest('what is ticked is what is copied, and a page made of it obeys', { opened: false }, async (lab) => {
  const { page } = lab;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(address).origin });
  const inside = await open(lab);
  // The lab is set as the instructor wants it.
  await inside.button('Settings').click();
  await inside.choose('gmf');
  await inside.type('Seed', '7');
  await lab.until(
    () => snippet(page),
    (text) => text === `${address}#model=gmf&seed=7`,
  );
  // What students may not change.
  await page.getByLabel('Model', { exact: true }).check();
  await page.getByLabel('Seed', { exact: true }).check();
  await page.getByLabel('Most epochs').fill('2');
  await page.getByLabel('Race', { exact: true }).uncheck();
  await page.getByRole('textbox', { name: 'Exercise' }).fill('Beat "ItemPop" & co | hr@10 >= 0.20');
  // The lab at the left opens anew with that, at the same place.
  await lab.until(
    async () => page.frame({ url: /max-epochs=2/ })?.url() ?? '',
    (url) => url.includes('lock=model,seed') || url.includes('lock=model%2Cseed'),
  );
  const now = new Lab(/** @type {any} */ (page.frame({ url: /max-epochs=2/ })));
  await now.button('Settings').click();
  await now.field('Seed').waitFor();
  assert.deepEqual([await now.field('Seed').inputValue(), await now.field('Seed').getAttribute('readonly')], ['7', '']);
  await lab.until(
    () => snippet(page),
    (text) => text.endsWith('#model=gmf&seed=7&epochs=2'),
  );

  // Each kind says what it needs, and is copied.
  const query = '?lock=model,seed&hide=race&max-epochs=2&exercise=Beat+%22ItemPop%22+%26+co+%7C+hr%4010+%3E%3D+0.20';
  for (const [kind, part, needs] of [
    ['Link', `${address}${query}#model=gmf&seed=7&epochs=2`, 'dist/'],
    ['Frame', `<iframe src="${address}embed.html${query.replaceAll('&', '&amp;')}#model=gmf&amp;seed=7`, 'embed.html'],
    ['Element', 'exercise="Beat &quot;ItemPop&quot; &amp; co | hr@10 &gt;= 0.20"', 'ncf-lab.js'],
    ['MyST', `:::{iframe} ${address}embed.html${query}`, 'embed.html'],
    ['Quarto', '```{=html}', '_quarto.yml'],
    ['Notebook', `IFrame("embed.html${query}`, 'embed.html'],
    ['anywidget', 'max_epochs = traitlets.Unicode("2")', 'anywidget.js'],
  ]) {
    await page.getByRole('radio', { name: kind, exact: true }).check();
    assert.ok((await snippet(page)).includes(part), await snippet(page));
    await page.getByRole('region', { name: 'What your page needs' }).getByText(needs).first().waitFor();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText('Copied.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await snippet(page));
  }
  // Nothing is stored, and Back leaves the page: ticks are no steps of the history.
  assert.equal(await page.evaluate(() => localStorage.length), 0);

  await page.getByRole('radio', { name: 'Link', exact: true }).check();
  const link = await snippet(page);
  await page.goto(link);
  await lab.ready();
  assert.equal(await lab.field('Seed').getAttribute('readonly'), '');
  assert.deepEqual([await lab.field('Seed').inputValue(), await lab.field('Model').inputValue()], ['7', 'gmf']);
  assert.ok(!(await page.getByRole('tab').allInnerTexts()).includes('Race'));
});

labTest('a frame of another place may train and nothing else', { opened: false }, async (lab) => {
  const { page } = lab;
  await open(lab);
  await page.getByLabel('Everything: they train and look').check();
  assert.equal(await page.getByLabel('Model', { exact: true }).isDisabled(), true);
  await page.getByLabel('Width').fill('720');
  await page.getByLabel('Height').fill('432');
  const { width, height } = /** @type {{width: number, height: number}} */ (await page.locator('iframe').boundingBox());
  assert.deepEqual([width, height], [720, 432], 'the frame has the size that it will have');
  await page.getByRole('radio', { name: 'Frame', exact: true }).check();
  await lab.until(
    () => snippet(page),
    (text) => text.includes('#model=neumf'),
  );
  const html = await snippet(page);
  await page.goto(`${address}../empty.html`);
  await page.evaluate((text) => (document.body.innerHTML = text), html);
  await page.locator('iframe').waitFor();
  const inside = new Lab(/** @type {any} */ (await (await page.locator('iframe').elementHandle())?.contentFrame()));
  await inside.button('Settings').click();
  await inside.button('Train').waitFor();
  assert.equal(await inside.field('Model').getAttribute('aria-disabled'), 'true');
});

labTest('it speaks the lab’s language, and the lab its', { opened: false, allow: /password/ }, async (lab) => {
  const { page } = lab;
  await open(lab);
  await page.getByLabel('Seed', { exact: true }).check();
  await page.getByRole('radio', { name: 'Frame', exact: true }).check();
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('heading', { name: '把 NCF Lab 放进你的课程' }).waitFor();
  assert.equal(await page.getByLabel('随机种子', { exact: true }).isChecked(), true, 'what was ticked stays');
  assert.equal(await page.getByRole('radio', { name: '框架' }).isChecked(), true);
  await lab.until(
    async () => (await page.frame({ url: /index\.html/ })?.evaluate(() => document.documentElement.lang)) ?? '',
    (lang) => lang === 'zh-Hans',
  );
  await page
    .frame({ url: /index\.html/ })
    ?.getByRole('button', { name: '完整实验室' })
    .click();
  await page
    .frame({ url: /index\.html/ })
    ?.getByRole('button', { name: 'English' })
    .click();
  await page.getByRole('heading', { name: 'Put NCF Lab into your course' }).waitFor();
});

for (const viewport of sizes)
  labTest(
    `the builder is for everybody at ${viewport.width} × ${viewport.height}`,
    { opened: false, context: { viewport, reducedMotion: 'reduce' } },
    async (lab) => {
      await open(lab);
      await fits(lab, 'the builder');
      await lab.page.getByText('Other settings').click();
      await accessible(lab, 'the builder');
    },
  );

// What the instructor decided, in the real page by its query: what is fixed can be read and not changed, what is hidden is gone.

import assert from 'node:assert/strict';

import { accessible } from './everybody.mjs';
import { labTest, small } from './harness.mjs';
import { csv } from '../node/fixtures.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

/** What a screen reader says of a control besides its name. @param {import('playwright-core').Locator} control */
const described = (control) =>
  control.evaluate((node) => {
    const ids = (node.getAttribute('aria-describedby') ?? '').split(' ');
    const texts = ids.map((id) => (id && document.getElementById(id)?.textContent) || '');
    return [node.getAttribute('title'), ...texts].join(' ');
  });

/** @param {Lab} lab @param {string} name @param {string} content */
async function drop(lab, name, content) {
  const dataTransfer = await lab.page.evaluateHandle(
    ([file, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], file));
      return transfer;
    },
    [name, content],
  );
  await lab.run.dispatchEvent('drop', { dataTransfer });
}
/** @param {Lab} lab @param {string} hash */
const follow = (lab, hash) => lab.page.evaluate((to) => void (location.hash = to), hash);
/** @param {Lab} lab */
const hash = (lab) => lab.page.evaluate(() => location.hash);

labTest(
  'a lab with a fixed seed and model, without races, for two epochs',
  { query: '?lock=seed,model&hide=race&max-epochs=2', hash: '#model=gmf&seed=3' },
  async (lab) => {
    const { page } = lab;
    const { keyboard } = page;
    const seed = lab.field('Seed');
    const model = lab.field('Model');
    assert.deepEqual([await seed.inputValue(), await model.inputValue()], ['3', 'gmf']);
    assert.equal(await lab.field('Epochs').inputValue(), '2', 'a new run has as many epochs as may be');

    // Reached and read, but not changed.
    for (const control of [seed, model]) {
      await control.focus();
      assert.equal(await control.evaluate((node) => node === document.activeElement), true);
      assert.match(await described(control), /The instructor fixed this\./);
      await keyboard.press('ArrowUp');
      await keyboard.press('ArrowDown');
      await keyboard.type('9m');
      await keyboard.press('Enter');
    }
    assert.deepEqual([await seed.inputValue(), await model.inputValue()], ['3', 'gmf']);
    assert.equal(await seed.getAttribute('readonly'), '');
    const others = model.locator('option:not(:checked)');
    assert.deepEqual(
      new Set(await others.evaluateAll((all) => all.map((one) => /** @type {any} */ (one).disabled))),
      new Set([true]),
    );
    // Presets of other models can't be chosen; that of this one can.
    const presets = lab.field('Preset').locator('option:enabled');
    assert.deepEqual(await presets.allInnerTexts(), ['settings of your own', 'GMF (He 2017)']);

    // By the address: what is locked stays, the rest is taken.
    await follow(lab, '#model=mlp&seed=9&factors=4&room=race');
    await lab.alert.getByText('The instructor left this room out of the lab.').waitFor();
    await lab.until(
      () => lab.field('Predictive factors').inputValue(),
      (text) => text === '4',
    );
    assert.deepEqual([await seed.inputValue(), await model.inputValue()], ['3', 'gmf']);
    await follow(lab, '#model=mlp&seed=9');
    await lab.alert.getByText('The instructor fixed these settings: Model, Seed.').waitFor();
    await lab.until(
      () => hash(lab),
      (now) => now.startsWith('#model=gmf&seed=3'),
    );

    // The room is gone, with its key, its stop of the tour and its line in the list.
    const tabs = page.getByRole('tab');
    assert.ok(!(await tabs.allInnerTexts()).includes('Race'));
    await tabs.first().focus();
    await keyboard.press('4');
    await keyboard.press('2');
    await page.getByRole('tab', { name: 'Network', selected: true }).waitFor();
    await keyboard.press('?');
    const list = page.getByRole('dialog');
    assert.ok(!(await list.innerText()).includes('Race'));
    await keyboard.press('Escape');

    // New seed is there to be read.
    const other = lab.button('New seed');
    assert.equal(await other.getAttribute('aria-disabled'), 'true');
    assert.match(await described(other), /The instructor fixed this\./);
    await other.click({ force: true });
    await keyboard.press('1');
    assert.equal(await seed.inputValue(), '3');

    // Two epochs, however often Train is pressed.
    await lab.alert.getByRole('button', { name: 'Dismiss' }).click();
    await lab.button('Train').click();
    await lab.status('Finished after 2 epochs.');
    const train = lab.button('Train');
    assert.equal(await train.getAttribute('aria-disabled'), 'true');
    await train.click({ force: true });
    await lab.alert.getByText('The instructor fixed the most epochs that are trained: 2.').waitFor();
    await keyboard.press('s');
    await lab.type('Epochs', '3');
    await lab.region('Settings').getByText('Epochs: 2 at most, says the instructor.').waitFor();
    assert.equal(await lab.epoch(), 2);
    await drop(lab, 'mine.safetensors', 'x');
    await lab.alert.getByText('weights from elsewhere can’t be loaded here').waitFor();
    assert.equal(await lab.button('Load weights…').getAttribute('aria-disabled'), 'true');
    await lab.button('Reset').click();
    await lab.status(/^Reset: /);
    await train.click();
    await lab.status('Finished after 2 epochs.');
    await accessible(lab);
  },
);

labTest('everything locked: training and looking', { query: '?lock=all', hash: '#model=gmf&epochs=1' }, async (lab) => {
  const { page } = lab;
  await lab.more();
  const open = lab.region('Settings').locator('input:visible');
  const boxes = await open.evaluateAll((all) => all.map((one) => /** @type {HTMLInputElement} */ (one).readOnly));
  assert.ok(boxes.length > 5 && boxes.every(Boolean));
  const choices = lab.region('Settings').locator('select:visible');
  for (const states of await choices.evaluateAll((all) => all.map((one) => one.getAttribute('aria-disabled'))))
    assert.equal(states, 'true');
  for (const name of ['Open ratings…', 'Load weights…'])
    assert.equal(await lab.button(name).getAttribute('aria-disabled'), 'true', name);
  await drop(lab, 'ratings.csv', csv(small));
  await lab.alert.getByText('The instructor fixed the data: no others can be opened here.').waitFor();
  await page.getByRole('tab', { name: 'Network' }).click();
  const rate = page.getByRole('slider', { name: 'Learning rate' });
  const before = await rate.inputValue();
  await rate.focus();
  await page.keyboard.press('ArrowRight');
  assert.deepEqual([await rate.inputValue(), await rate.getAttribute('aria-disabled')], [before, 'true']);
  await page.getByRole('tab', { name: 'Race' }).click();
  const start = lab.button('Start the race');
  assert.equal(await start.getAttribute('aria-disabled'), 'true');
  await start.click({ force: true });
  await page.getByText('Nothing races yet.').waitFor();
  await lab.button('Train').click();
  await lab.status('Finished after 1 epoch.');
  await page.getByRole('tab', { name: 'Map' }).click();
  await lab.button('Reset').click();
  await lab.status(/^Reset: /);
});

labTest(
  'what is hidden is not there, and nothing leads to it',
  {
    query: '?hide=masthead,guide,files,settings,language,theme,tour,shortcuts&only=learn,map',
    hash: '#model=gmf&epochs=1',
  },
  async (lab) => {
    const { page } = lab;
    for (const name of ['Settings', 'Data and weights', 'What you are looking at'])
      assert.equal(await lab.region(name).isVisible(), false, name);
    assert.equal(await page.getByRole('banner').getByRole('button').count(), 0);
    assert.deepEqual(await page.getByRole('tab').allInnerTexts(), ['Learning', 'Map']);
    const theme = () => page.evaluate(() => document.querySelector('.lab')?.getAttribute('data-theme'));
    const before = await theme();
    for (const key of ['t', 'l', '?', '2', '4', '6']) await page.keyboard.press(key);
    assert.equal(await theme(), before);
    await page.getByRole('tab', { name: 'Learning', selected: true }).waitFor();
    await drop(lab, 'ratings.csv', csv(small));
    await lab.alert.getByText('The instructor left files out of this lab').waitFor();
    await lab.button('Train').click();
    await lab.status('Finished after 1 epoch.');
    await page.getByRole('tab', { name: 'Map' }).click();
    await page.getByText('point at', { exact: false }).first().waitFor();
    assert.equal(await lab.button('See it in the network').isVisible(), false);
    await accessible(lab);
  },
);

labTest(
  'one room, in the language and the theme that the instructor chose, which are nobody’s to keep',
  { query: '?only=map&theme=dark&lang=zh', hash: '#model=gmf&epochs=1&room=learn', opened: false },
  async (lab) => {
    const { page } = lab;
    await page.getByRole('heading', { name: 'NCF Lab' }).waitFor();
    await lab.until(
      () => page.evaluate(() => document.querySelector('.lab')?.getAttribute('data-theme')),
      (theme) => theme === 'dark',
    );
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-Hans');
    await page.locator('.room-map:visible').waitFor();
    assert.equal(await page.getByRole('tablist').isVisible(), false);
    await page.getByRole('button', { name: '使用浅色主题' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Use the dark theme' }).waitFor();
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  },
);

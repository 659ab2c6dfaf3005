// Keys that do what buttons do, where nothing else wants them; and the list of them.

import assert from 'node:assert/strict';

import { accessible } from './everybody.mjs';
import { labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

/** The user who is shown. @param {Lab} lab */
const user = (lab) => lab.user.inputValue();
/** @param {Lab} lab */
const list = (lab) => lab.page.getByRole('dialog', { name: 'Keyboard shortcuts' });

labTest('keys train, pause, step and reset', {}, async (lab) => {
  const { keyboard } = lab.page;
  await lab.type('Batch size', '1');
  await lab.type('Epochs', '1000');
  await lab.page.evaluate(() => {
    /** @type {HTMLElement} */ (document.activeElement).blur();
    scrollTo(0, 0);
  });
  await keyboard.press('k');
  await lab.button('Pause').waitFor();
  // While it trains there is no single step to take.
  await keyboard.press('s');
  await lab.reach(1);
  await keyboard.press('Space');
  assert.ok(await lab.until(() => lab.page.evaluate(() => scrollY), Boolean), 'Space scrolls, as on every page');
  await lab.page.evaluate(() => scrollTo(0, 0));
  await keyboard.press('k');
  await lab.status('Paused. Train goes on from here.');
  const before = await lab.epoch();
  await keyboard.press('s');
  await lab.reach(before + 1);
  await lab.button('Train').waitFor();
  assert.equal(await lab.epoch(), before + 1);
  await keyboard.press('r');
  await lab.status('Reset: the model is back at its random start. Press Train.');
  assert.equal(await lab.epoch(), 0);
});

labTest('keys choose a user, the theme, the language and the room', {}, async (lab) => {
  const { keyboard } = lab.page;
  const first = await user(lab);
  await lab.until(
    async () => {
      await keyboard.press('u');
      await lab.page.waitForTimeout(50);
      return user(lab);
    },
    (now) => now !== first,
  );
  await keyboard.press('t');
  await lab.button('Use the light theme').waitFor();
  await keyboard.press('T');
  await lab.button('Use the dark theme').waitFor();
  await keyboard.press('l');
  await lab.button('English').waitFor();
  await keyboard.press('l');
  await lab.button('中文').waitFor();
  const tabs = await lab.page.getByRole('tab').all();
  for (const [at, tab] of [...tabs.entries()].reverse()) {
    await keyboard.press(String(at + 1));
    await lab.until(
      () => tab.getAttribute('aria-selected'),
      (chosen) => chosen === 'true',
    );
  }
});

labTest('while someone types, or holds a modifier, or a control wants the key, nothing happens', {}, async (lab) => {
  const { keyboard } = lab.page;
  const before = await user(lab);
  for (const control of [lab.user, lab.field('Layers'), lab.field('Model'), lab.field('Seed')]) {
    await control.focus();
    for (const key of ['k', 'u', 't', 'l', '?', 'Space']) await keyboard.press(key);
    await keyboard.press('Escape');
    if (control !== lab.user) await lab.choose('neumf');
  }
  await lab.page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  for (const key of ['Control+k', 'Alt+t', 'Meta+l']) await keyboard.press(key);
  // Space on a button presses that button, and no other.
  await lab.button('Help on Seed').focus();
  await keyboard.press('Space');
  await lab
    .region('Settings')
    .getByText(/^Where the random numbers start/)
    .waitFor();
  assert.equal(await lab.button('Help on Seed').getAttribute('aria-expanded'), 'true');
  await lab.page.waitForTimeout(200);
  assert.equal(await lab.epoch(), 0);
  assert.ok(await lab.button('Train').isVisible());
  assert.ok(await lab.button('Use the dark theme').isVisible());
  assert.ok(await lab.button('中文').isVisible());
  assert.equal(await list(lab).count(), 0);
  assert.equal(await user(lab), before);
  // The same letters do what they do from a button, which has no use for them.
  await lab.button('Help on Seed').press('t');
  await lab.button('Use the light theme').waitFor();
  await lab.page.getByRole('tab', { name: 'Data', exact: true }).click();
  const radio = lab.page.getByRole('radio', { name: 'Users' });
  await radio.press('t');
  await lab.button('Use the dark theme').waitFor();
  await radio.press('Space');
  assert.ok(await radio.isChecked());
  assert.ok(await lab.button('Train').isVisible());
});

labTest('nothing happens that the buttons would not do', {}, async (lab) => {
  await lab.type('Learning rate', '1e12');
  await lab.button('Train').click();
  await lab.alert.getByText('Training has diverged').waitFor();
  await lab.page.keyboard.press('k');
  await lab.page.keyboard.press('s');
  await lab.page.waitForTimeout(200);
  await lab.status('Stopped: the loss is no longer a number.');
  assert.equal(await lab.alert.locator('strong').count(), 1, 'no error about what could not be done');
});

labTest(
  '“?” opens the list, as a dialog that is left by Escape, by its button and by a press beside it',
  {},
  async (lab) => {
    const { keyboard, mouse } = lab.page;
    const opener = lab.button('Keyboard shortcuts');
    const close = list(lab).getByRole('button', { name: 'Close' });
    const focused = (/** @type {import('playwright-core').Locator} */ what) =>
      what.evaluate((node) => node === document.activeElement);

    await keyboard.press('?');
    await list(lab).waitFor();
    assert.ok(await focused(close));
    for (const text of ['Train, or pause', 'Go to the room “Learning”', 'This list'])
      await list(lab).getByText(text).waitFor();
    await accessible(lab, 'the list of keys');
    // What is behind it does not hear the keys.
    await keyboard.press('t');
    await keyboard.press('Escape');
    await list(lab).waitFor({ state: 'hidden' });
    assert.ok(await lab.button('Use the dark theme').isVisible());

    await opener.press('Enter');
    await close.press('Enter');
    await list(lab).waitFor({ state: 'hidden' });
    assert.ok(await focused(opener), 'the focus goes back to what opened it');

    await opener.click();
    await list(lab).getByText('Train, or pause').click();
    assert.ok(await list(lab).isVisible(), 'a press inside is none beside it');
    await mouse.click(8, 300);
    await list(lab).waitFor({ state: 'hidden' });
  },
);

labTest('the list fits a phone', { context: { viewport: { width: 360, height: 740 } } }, async (lab) => {
  await lab.page.keyboard.press('?');
  const box = await list(lab).boundingBox();
  assert.ok(box && box.x >= 0 && box.x + box.width <= 360 && box.y >= 0 && box.y + box.height <= 740);
  assert.ok(await list(lab).evaluate((node) => node.scrollWidth <= node.clientWidth));
});

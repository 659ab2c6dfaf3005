// Rooms come behind the data: without the network afterwards, and with a word where one can't be had.

import assert from 'node:assert/strict';

import { labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

const others = ['Network', 'Evaluation', 'Race', 'You', 'Map', 'Data'];

/** @param {Lab} lab @param {string} name */
const panel = (lab, name) => lab.page.getByRole('tabpanel', { name });

/** Whether something stands in a room. @param {Lab} lab @param {string} name */
const isFilled = (lab, name) => panel(lab, name).evaluate((node) => node.childElementCount > 0);

/** The scripts of rooms that have come. @param {Lab} lab */
const scripts = (lab) =>
  lab.page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length);

labTest('after it has loaded the page needs no network for any room', {}, async (lab) => {
  await lab.allRooms();
  const before = await scripts(lab);
  await lab.page.context().setOffline(true);
  for (const name of others) {
    await lab.page.getByRole('tab', { name }).click();
    await lab.until(
      () => isFilled(lab, name),
      (filled) => filled,
    );
  }
  assert.equal(await scripts(lab), before);
});

labTest(
  'nor does it for a race, another language, another user or the way back to the finished run',
  {
    ...{ data: 'bundled', finished: true, opened: false },
    prepare: async (page) => {
      const loaded = page.waitForEvent('requestfinished', (request) => /\/weights-/.test(request.url()));
      Object.assign(page, { loaded });
    },
  },
  async (lab) => {
    const { page } = lab;
    await /** @type {any} */ (page).loaded;
    await page.context().setOffline(true);
    await lab.button('Random user').click();
    for (const name of others) {
      await page.getByRole('tab', { name, exact: true }).click();
      await lab.until(
        () => isFilled(lab, name),
        (filled) => filled,
      );
    }
    await panel(lab, 'Data').getByRole('img').first().waitFor();
    await lab.button('Step').click();
    await lab.until(
      () => lab.epoch(),
      (epoch) => epoch === 1,
    );
    await lab.status(/^Paused/);
    await lab.button('Undo').click();
    await lab.status(/^Back at NeuMF after 20 epochs\.$/);

    await page.getByRole('tab', { name: 'Race', exact: true }).click();
    const setup = lab.region('Set up a race');
    await setup.getByRole('radio', { name: 'Dot product against MLP', exact: true }).check();
    await setup.getByLabel('Epochs', { exact: true }).fill('1');
    await lab.button('Start the race').click();
    await page
      .getByRole('status')
      .getByText(/^The race is over\./)
      .waitFor();
    await page.getByRole('tab', { name: 'Map', exact: true }).click();
    await page.getByRole('application', { name: 'Map of the films' }).waitFor();
    assert.equal(await lab.alert.innerText(), '');

    await lab.button('中文').click();
    await page.getByRole('tab', { name: '地图', exact: true }).waitFor();
  },
);

labTest(
  'a room that can’t be loaded says so, and comes when it is entered again',
  {
    allow: /ERR_FAILED|Failed to fetch/,
    prepare: (page) => page.route(/\/map-[^/]*\.js$/, (route) => route.abort()),
  },
  async (lab) => {
    const tab = lab.page.getByRole('tab', { name: 'Map' });
    await tab.click();
    await lab.until(
      () => lab.alert.allInnerTexts(),
      (texts) => texts.some((text) => /This room could not be loaded/.test(text) && /Check the connection/.test(text)),
    );
    assert.equal(await isFilled(lab, 'Map'), false);
    await lab.page.unroute(/\/map-[^/]*\.js$/);
    await tab.click();
    await lab.until(
      () => isFilled(lab, 'Map'),
      (filled) => filled,
    );
  },
);

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

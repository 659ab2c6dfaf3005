// The tour as a newcomer takes it: every stop is in the room that it speaks of, and what it asks for is there to be done.

import assert from 'node:assert/strict';

import { STOPS } from '../../web/shell/tour.js';
import { labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

/** The tab of each stop, and what its task names. @type {[string, (lab: Lab) => import('playwright-core').Locator][]} */
const asked = [
  ['Data', (lab) => lab.page.getByText('The fullest corner')],
  ['Map', (lab) => lab.button('Train')],
  ['Network', (lab) => lab.button('Next example')],
  ['Network', (lab) => lab.page.getByText('Who says so')],
  ['Learning', (lab) => lab.field('Learning rate')],
  ['Evaluation', (lab) => lab.button('Random user')],
  ['Evaluation', (lab) => lab.page.getByRole('heading', { name: 'All users' })],
  ['Race', (lab) => lab.button('Start the race')],
  ['You', (lab) => lab.page.getByRole('heading', { name: 'Your top 10' })],
];

labTest(
  'the tour goes through every term, and ends',
  { finished: true, data: 'bundled', opened: false },
  async (lab) => {
    const strip = lab.region('Five-minute tour');
    await lab.button('Five-minute tour').click();
    assert.equal(asked.length, STOPS.length);
    for (const [at, [room, thing]] of asked.entries()) {
      await strip.getByRole('heading', { name: STOPS[at].term.en, exact: true }).waitFor();
      await strip.getByText(`${at + 1} of ${asked.length}`, { exact: true }).waitFor();
      await strip.getByText(STOPS[at].task.en, { exact: true }).waitFor();
      await lab.page.getByRole('tab', { name: room, exact: true, selected: true }).waitFor();
      await thing(lab).first().waitFor();
      if (at === 3) {
        // Back, and on again; the keyboard is where the tour goes on.
        await strip.getByRole('button', { name: 'Back' }).click();
        await strip.getByRole('heading', { name: STOPS[2].term.en }).waitFor();
        await strip.getByRole('button', { name: 'Next', exact: true }).click();
        await strip.getByRole('heading', { name: STOPS[3].term.en, exact: true }).waitFor();
      }
      if (at + 1 < asked.length) await strip.getByRole('button', { name: 'Next', exact: true }).press('Enter');
    }
    assert.equal(await strip.getByRole('button', { name: 'Next', exact: true }).count(), 0);
    await strip.getByRole('button', { name: 'End the tour' }).last().press('Enter');
    await strip.waitFor({ state: 'hidden' });
    const tab = lab.page.getByRole('tab', { name: 'You', exact: true, selected: true });
    assert.ok(await tab.evaluate((node) => node === node.ownerDocument.activeElement), 'the focus goes on in the room');
  },
);

labTest('it is begun by keyboard, left at any time, and entered at a term', {}, async (lab) => {
  const strip = lab.region('Five-minute tour');
  const begin = lab.button('Five-minute tour');
  await begin.press('Enter');
  const next = strip.getByRole('button', { name: 'Next', exact: true });
  await next.waitFor();
  assert.ok(await next.evaluate((node) => node === node.ownerDocument.activeElement));
  await lab.page.getByRole('tab', { name: 'Map', exact: true }).click();
  assert.ok(await strip.isVisible(), 'another room does not end it');
  await strip.getByRole('button', { name: 'End the tour' }).click();
  await strip.waitFor({ state: 'hidden' });

  await lab.page.getByRole('button', { name: 'Show me: HR@10', exact: true }).click();
  await strip.getByRole('heading', { name: 'HR@10' }).waitFor();
  await lab.page.getByRole('tab', { name: 'Evaluation', exact: true, selected: true }).waitFor();
  const { top } = await strip.evaluate((node) => node.getBoundingClientRect());
  assert.ok(top > -1 && top < 450, `it is in sight: ${top}`);
});

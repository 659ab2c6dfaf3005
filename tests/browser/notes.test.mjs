// What does not hold of somebody's data is said in the page, once and calmly, and the page's texts have the data's numbers.

import assert from 'node:assert/strict';

import { csv, world } from '../node/fixtures.mjs';
import { labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

// Few films, all at one time, so the order of the file decides.
const rows = world({ users: 20, films: 28, each: 7 }).map((row) => ({ ...row, time: 5 }));
const films = new Set(rows.map(({ item }) => item)).size;

/** @param {Lab} lab */
const noted = (lab) =>
  lab.page.getByRole('status').filter({ has: lab.page.getByRole('button', { name: /Dismiss|关闭/ }) });

labTest('notes on a run: said once, dismissed, told anew where they differ, in Chinese too', {}, async (lab) => {
  assert.equal(await noted(lab).count(), 0, 'the small world fits');
  await lab.choosing('Open ratings…', [{ name: 'few.csv', content: csv(rows) }]);
  await lab.status('Opened few.csv. Press Train.');
  const text = await noted(lab).innerText();
  assert.match(text, /For 100 % of the test users \(20 of 20\) all times are equal/);
  assert.match(text, /of 20 of 20 test users is ranked among [\d–]+ films, itself included, rather than among 100/);
  assert.equal(await lab.alert.innerText(), '', 'which is no error');
  await noted(lab).getByRole('button', { name: 'Dismiss' }).click();
  assert.equal(await noted(lab).count(), 0);
  await lab.type('Predictive factors', '4');
  await lab.status(/^Predictive factors changed/);
  assert.equal(await noted(lab).count(), 0, 'the same is not said again');

  await lab.page.getByText('More settings', { exact: true }).click();
  await lab.field('Held out').selectOption('random');
  await noted(lab).waitFor();
  assert.doesNotMatch(await noted(lab).innerText(), /times are equal/);
  await lab.until(
    () => lab.page.evaluate(() => location.hash),
    (hash) => /hold-out=random/.test(hash),
  );
  await lab.button('中文').click();
  await lab.until(
    () => noted(lab).innerText(),
    (told) => /20 个测试用户中有 20 个，留出的电影是在 [\d–]+ 部（含自身）而不是 100 部电影中排名/.test(told),
  );
});

labTest('the test is told with its own numbers', {}, async (lab) => {
  await lab.choosing('Open ratings…', [{ name: 'few.csv', content: csv(rows) }]);
  await lab.status('Opened few.csv. Press Train.');
  // All but the six that each user has in train.
  const most = films - 6;
  await lab
    .region('Curves')
    .getByText(new RegExp(`makes the top 10 of (\\d+–)?${most}$`))
    .waitFor();
  await lab.page.getByRole('tab', { name: 'Evaluation' }).click();
  await lab.page.getByText(new RegExp(`among (\\d+–)?${most - 1} films .* sorts all (\\d+–)?${most}\\.`)).waitFor();
});

labTest('data with one rating a user open, and a model that predicts ratings learns from them', {}, async (lab) => {
  const lonely = rows.map((row, n) => ({ ...row, user: n + 1 }));
  await lab.choosing('Open ratings…', [{ name: 'lonely.csv', content: csv(lonely) }]);
  await lab.alert.getByText(/^No user has rated two different films/).waitFor();
  await lab.choose('bias');
  await lab.button('Train').click();
  await lab.status(/^Solved: RMSE/);
  assert.equal(await lab.alert.innerText(), '');
});

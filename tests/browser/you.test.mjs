// Being the user: films liked by search and suggestion, the same top 10 as the core's own with its reasons, what changed.

import assert from 'node:assert/strict';

import { NewUser } from '../../wasm/core.mjs';
import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { core, source } from '../node/fixtures.mjs';
import { accessible, fits, sizes } from './everybody.mjs';
import { labTest, smallData } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

/** @param {Lab} lab */
async function enter(lab) {
  await lab.page.getByRole('tab', { name: 'You', exact: true }).click();
  await lab.page.getByRole('heading', { name: 'Be the user' }).waitFor();
}

/** @param {Lab} lab @param {string} title */
async function like(lab, title) {
  const search = lab.page.getByRole('combobox', { name: 'Search a film you like' });
  await search.fill(title);
  await lab.page
    .getByRole('option')
    .filter({ hasText: `${title} (` })
    .click();
  assert.equal(await search.inputValue(), '', 'the field is free for the next one');
  await lab.page.getByRole('button', { name: new RegExp(`^Take off ${title} \\(`) }).waitFor();
}

/** The films of the list, by their titles with the year. @param {Lab} lab */
const top = (lab) =>
  lab
    .region('Your top 10')
    .getByRole('button', { name: / on the map$|\(\d{4}\)$/ })
    .evaluateAll((all) => all.filter((one) => one.classList.contains('you-title')).map((one) => one.textContent ?? ''));

const titles = ['Día 10', 'Día 20', 'Día 40', 'Día 50', 'Día 80'];

/** What the core says of somebody who likes these. @param {Record<string, any>} settings */
async function expected(settings, liked = titles) {
  const files = [source('ratings.csv', smallData.ratings), source('movies.csv', smallData.movies)];
  const dataset = await readDataset(await core(), files);
  const split = dataset.leaveOneOut();
  const run = new Run(split, checkSettings(settings));
  for (const _ of run.slices());
  const films = Array.from({ length: dataset.items }, (_, item) => dataset.film(item));
  const guest = new NewUser(run.view());
  const likes = liked.map((title) => films.findIndex((film) => film.title === title));
  const list = guest.recommend(likes, 10).map(({ item, reasons }) => ({
    name: `${films[item].title} (${films[item].year})`,
    reasons: reasons.map((reason) => [films[reason.item].title, `${Math.round(100 * reason.share)} %`]),
  }));
  guest.free();
  run.free();
  split.free();
  dataset.free();
  return list;
}

/** The reasons of each film, as title and share. @param {Lab} lab */
const reasons = (lab) =>
  lab
    .region('Your top 10')
    .locator('.you-reasons')
    .evaluateAll((all) =>
      all.map((list) =>
        [...list.children].map((one) => [...one.querySelectorAll('.you-reason, .you-share')].map((n) => n.textContent)),
      ),
    );

for (const [model, word, why] of [
  ['neumf', 'near', /heuristic/],
  ['itemknn', 'for', /The shares are exact\.$/],
])
  labTest(`${model}: the top 10 for five films and why, as the core has it`, {}, async (lab) => {
    if (model !== 'neumf') await lab.choose(String(model));
    else await lab.type('Epochs', '3');
    await lab.button('Train').click();
    await lab.status(/^(Finished|Solved)/);
    await enter(lab);
    await lab.page.getByText('Like a film, and ten that the model would show you stand here.').waitFor();
    for (const title of titles) await like(lab, title);
    await lab.page.getByText('5 of 50').waitFor();
    const list = await expected({ model, epochs: 3 });
    const names = list.map(({ name }) => name);
    await lab.until(
      () => top(lab),
      (now) => JSON.stringify(now) === JSON.stringify(names),
    );
    assert.deepEqual(
      await reasons(lab),
      list.map((film) => film.reasons).filter((some) => some.length > 0),
    );
    assert.equal(await lab.region('Your top 10').locator('.you-because').first().innerText(), word);
    await lab
      .region('Your top 10')
      .getByText(/** @type {RegExp} */ (why))
      .waitFor();
  });

labTest('a film taken off changes the list, and that is said', {}, async (lab) => {
  await lab.choose('itemknn');
  await lab.button('Train').click();
  await lab.status(/^Solved/);
  await enter(lab);
  for (const title of titles) await like(lab, title);
  const five = (await expected({ model: 'itemknn' })).map(({ name }) => name);
  await lab.until(
    () => top(lab),
    (now) => JSON.stringify(now) === JSON.stringify(five),
  );
  await lab.page.getByRole('button', { name: /^Take off Día 40 / }).click();
  const four = (
    await expected(
      { model: 'itemknn' },
      titles.filter((title) => title !== 'Día 40'),
    )
  ).map(({ name }) => name);
  assert.notDeepEqual(four, five);
  await lab.until(
    () => top(lab),
    (now) => JSON.stringify(now) === JSON.stringify(four),
  );
  const fresh = four.filter((name) => !five.includes(name));
  await lab.region('Your top 10').getByText(`Without Día 40: ${fresh.length} new in the list.`).waitFor();
  assert.equal(await lab.region('Your top 10').getByText('new', { exact: true }).count(), fresh.length);
  for (const [at, name] of four.entries()) {
    const before = five.indexOf(name);
    const row = lab.region('Your top 10').locator('.you-top > li').nth(at);
    if (before < 0 || before === at) continue;
    await row.getByText(`${before > at ? '↑' : '↓'}${Math.abs(before - at)}`, { exact: true }).waitFor();
  }
});

labTest('suggestions to begin with; other data begin anew', {}, async (lab) => {
  await enter(lab);
  const offered = lab.region('Films you like').getByRole('button', { name: /^Like / });
  const first = (await offered.first().getAttribute('aria-label')) ?? '';
  assert.ok((await offered.count()) > 3);
  await offered.first().click();
  await lab.page.getByRole('button', { name: first.replace('Like', 'Take off'), exact: true }).waitFor();
  assert.equal(await offered.and(lab.page.getByLabel(first, { exact: true })).count(), 0, 'it is not offered again');
  await lab.until(
    async () => (await top(lab)).length,
    (count) => count === 10,
  );
  await lab.region('Your top 10').getByText('The model is not trained yet').waitFor();
  await lab.region('Where you stand').waitFor();
  await lab.choosing('Open ratings…', [{ name: 'ratings.csv', content: /** @type {string} */ (smallData.ratings) }]);
  await lab.page.getByText('0 of 50').waitFor();
  await lab.until(
    async () => (await top(lab)).length,
    (count) => count === 0,
  );
  assert.equal(await lab.region('Where you stand').isVisible(), false);
});

labTest('while the model trains the list and the place move', {}, async (lab) => {
  await enter(lab);
  for (const title of titles) await like(lab, title);
  const before = await lab.until(
    () => top(lab),
    (list) => list.length === 10,
  );
  await lab.type('Batch size', '1');
  await lab.type('Epochs', '1000');
  await lab.button('Train').click();
  await lab.until(
    () => top(lab),
    (list) => list.length === 10 && JSON.stringify(list) !== JSON.stringify(before),
  );
  await lab
    .region('Your top 10')
    .getByText(/^Since epoch \d+/)
    .waitFor();
  await lab.button('Open the map').click();
  await lab.page.getByRole('application', { name: 'Map of the films' }).waitFor();
  await lab.button('Pause').click();
});

labTest('models say what a like is to them', {}, async (lab) => {
  await enter(lab);
  await like(lab, 'Día 10');
  await lab.choose('itempop');
  await lab.page.getByText('ItemPop shows everybody the same films').waitFor();
  await lab.choose('ease');
  await lab.page.getByText('EASE is not solved yet. Press Train').waitFor();
  await lab.choose('bias-mf');
  await lab.page.getByText('Each film that you like counts as rated 5.').waitFor();
  assert.equal((await top(lab)).length, 10);
  await lab.choose('gmf');
  await lab.until(
    async () => (await top(lab)).length,
    (count) => count === 10,
  );
});

for (const { width, height } of sizes)
  labTest(`no axe violation in the room at ${width} px`, { context: { viewport: { width, height } } }, async (lab) => {
    await enter(lab);
    for (const title of titles) await like(lab, title);
    await lab.until(
      async () => (await top(lab)).length,
      (count) => count === 10,
    );
    await accessible(lab, 'five films liked');
    await fits(lab, 'five films liked');
  });

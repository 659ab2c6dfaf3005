// The room of the evaluation: one user's held-out film among its candidates, all users' ranks, the metrics at every cut, all
// as the core itself has them.

import assert from 'node:assert/strict';

import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { gainOf, hitOf } from '../../wasm/lab/stats/ranks.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { core, source } from '../node/fixtures.mjs';
import { accessible, fits, sizes } from './everybody.mjs';
import { gated, labTest, smallData } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

const EPOCHS = 8;

/** What the core itself says of every user after a run with the page's settings. */
async function expected() {
  const files = [source('ratings.csv', smallData.ratings), source('movies.csv', smallData.movies)];
  const dataset = await readDataset(await core(), files);
  const split = dataset.leaveOneOut();
  const run = new Run(split, checkSettings({ epochs: EPOCHS }));
  for (const _ of run.slices());
  const view = run.view();
  const titled = (/** @type {number} */ item) => {
    const { title, year } = dataset.film(item);
    return `${title} (${year})`;
  };
  const users = [...dataset.userIds].map((id, user) => {
    const held = split.testItem(user);
    const scores = view.scores(user);
    const ranked = (/** @type {boolean} */ full) => /** @type {any} */ (view.rank(user, full));
    const order = [...split.testNegatives(user), held].sort((a, b) => scores[b] - scores[a]);
    const history = run.ranksOf(user, false).map(({ rank }) => rank + 1);
    return { id, held: titled(held), rank: ranked(false), full: ranked(true), films: order.map(titled), history };
  });
  const { metrics } = run.history[EPOCHS];
  const popular = new Run(split, checkSettings({ model: 'itempop' }));
  for (const _ of popular.slices());
  const itemPop = popular.history[0].metrics.sampled;
  popular.free();
  run.free();
  split.free();
  dataset.free();
  return { users, metrics: metrics.sampled, itemPop };
}

/** @param {Lab} lab */
async function enter(lab) {
  await lab.page.getByRole('tab', { name: 'Evaluation' }).click();
  await lab.region('One user’s test').waitFor();
}

/** @param {Lab} lab */
async function trained(lab) {
  await lab.type('Epochs', String(EPOCHS));
  await lab.button('Train').click();
  await lab.status(`Finished after ${EPOCHS} epochs.`);
}

/** The numbers of the verdict by their names. @param {Lab} lab */
async function verdict(lab) {
  const text = await lab.page.locator('.test-verdict').innerText();
  const lines = text.split('\n').filter(Boolean);
  const after = (/** @type {string} */ name) => lines.slice(lines.indexOf(name) + 1).slice(0, 2);
  return { text, rank: after('Rank'), hit: after('Counts for HR@10'), ndcg: after('Counts for NDCG@10') };
}

/** A table behind a plot, as cells. @param {Lab} lab @param {string} region @param {number} [nth] */
async function table(lab, region, nth = 0) {
  const details = lab.region(region).locator('details.behind').nth(nth);
  if (!(await details.evaluate((node) => /** @type {HTMLDetailsElement} */ (node).open)))
    await details.locator('summary').click();
  const rows = details.locator('tbody tr');
  await rows.first().waitFor();
  return rows.evaluateAll((all) =>
    all.map((row) => [.../** @type {HTMLTableRowElement} */ (row).cells].map((cell) => cell.textContent ?? '')),
  );
}

const ordinal = (/** @type {number} */ n) =>
  `${n}${n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;

labTest('one user’s test: the rank, its terms and all candidates as the core has them', {}, async (lab) => {
  const { users, metrics } = await expected();
  const hit = users.find(({ rank }) => rank.greater > 0 && rank.greater < 10);
  const miss = users.find(({ rank }) => rank.greater > 12);
  assert.ok(hit && miss && metrics, 'the world has a user of either kind');
  await enter(lab);
  await lab.region('One user’s test').waitFor();
  await lab.page.getByText(/^Not trained yet/).waitFor();
  await trained(lab);
  const body = lab.page.locator('.evaluation-body');
  await body
    .getByText(
      `Their means over 40 users after epoch ${EPOCHS}: HR@10 ${metrics.hr.toFixed(3)}, NDCG@10 ${metrics.ndcg.toFixed(3)}.`,
    )
    .waitFor();

  for (const { id, held, rank, films, history } of [hit, miss]) {
    await lab.user.last().fill(String(id));
    await lab.user.last().press('Enter');
    await body.getByText(`Held out for user ${id}: ${held}`).waitFor();
    const place = rank.greater + 1;
    const told = await verdict(lab);
    assert.deepEqual(told.rank, [ordinal(place), 'of 100']);
    if (place <= 10) {
      assert.deepEqual(told.hit, ['1', 'a hit']);
      assert.deepEqual(told.ndcg, [(1 / Math.log2(place + 1)).toFixed(3), `1 / log₂(${place} + 1)`]);
    } else {
      assert.deepEqual(told.hit, ['0', 'a miss']);
      assert.deepEqual(told.ndcg, ['0', 'below the cut: nothing']);
    }
    const rows = await table(lab, 'Candidates by score');
    assert.deepEqual(
      rows.map(([, film]) => film),
      films.map((film) => (film === held ? `${film} (held out)` : film)),
    );
    assert.deepEqual(
      (await table(lab, 'Its rank over the epochs')).map((cells) => cells.map(Number)),
      history.map((each, epoch) => [epoch, each]),
    );

    // By keyboard: the arrow keys begin at the held-out film.
    const ladder = lab.page.getByRole('application', { name: 'Candidates by score' });
    await ladder.focus();
    await ladder.press('ArrowDown');
    await body.getByText(`${ordinal(place)}: ${held}, the held-out film, score`).waitFor();
    await ladder.press('Home');
    await body.getByText(`1st: ${films[0]}, `).waitFor();
    await ladder.press('Enter');
    await body.getByText(/^1st: .* · chosen in every room$/).waitFor();
    await ladder.blur();
  }
});

labTest('films move on the ladder within an epoch, while it trains', { prepare: gated }, async (lab) => {
  await lab.type('Batch size', '1');
  await lab.type('Learning rate', '0.1');
  await enter(lab);
  await lab.page.getByText(/^Not trained yet/).waitFor();
  const order = async () => (await table(lab, 'Candidates by score')).map(([, film]) => film).join();
  const before = await order();
  // Some batches are trained, and then none until the page was looked at.
  await lab.gate({ hold: { event: 'progress', epoch: 1 } });
  await lab.button('Train').click();
  await lab.until(order, (now) => now !== before);
  assert.equal(await lab.epoch(), 0, 'the first epoch is still under way');
});

labTest('all users: a bar a rank, who stands there, and the curves at every cut', {}, async (lab) => {
  const { users, metrics, itemPop } = await expected();
  await enter(lab);
  await trained(lab);
  const room = lab.region('All users');
  const hits = users.filter(({ rank }) => rank.greater < 10).length;
  await room.getByText(`${hits} of 40 users have a hit: HR@10 ${(hits / 40).toFixed(3)}.`).waitFor();
  const counts = Array.from({ length: 100 }, (_, at) => users.filter(({ rank }) => rank.greater === at).length);
  const rows = await table(lab, 'All users');
  assert.deepEqual(
    rows.map((cells) => cells.map(Number)),
    counts.map((n, at) => [at + 1, n]),
  );

  const slider = room.getByRole('slider', { name: 'Users by rank' });
  const there = users.filter(({ rank }) => rank.greater === 2);
  await slider.focus();
  await slider.press('Home');
  await slider.press('ArrowRight');
  await slider.press('ArrowRight');
  const share = ((100 * there.length) / 40).toFixed(1);
  assert.equal(
    await slider.getAttribute('aria-valuetext'),
    `Rank 3: ${there.length} ${there.length === 1 ? 'user' : 'users'}, ${share} %, hits`,
  );
  const busiest = counts.indexOf(Math.max(...counts));
  const { x, y, width, height } = /** @type {{x: number, y: number, width: number, height: number}} */ (
    await room.locator('.bars').boundingBox()
  );
  await lab.page.mouse.click(x + (width * (busiest + 0.5)) / 100, y + height / 2);
  const standing = users.filter(({ rank }) => rank.greater === busiest);
  const buttons = room.getByRole('group', { name: 'Users there' }).getByRole('button');
  assert.deepEqual(
    await buttons.allInnerTexts(),
    standing.slice(0, 12).map(({ id }) => `User ${id}`),
  );
  const last = standing.slice(0, 12).at(-1);
  await buttons.last().click();
  await lab.page.getByText(`Held out for user ${last?.id}: ${last?.held}`).waitFor();

  const curves = await table(lab, 'At every cut');
  assert.ok(metrics && itemPop);
  const columns = [metrics.hrCurve, metrics.ndcgCurve, itemPop.hrCurve, itemPop.ndcgCurve];
  assert.deepEqual(
    curves,
    Array.from({ length: 20 }, (_, at) => [String(at + 1), ...columns.map((curve) => curve[at].toFixed(3))]),
  );
});

labTest('the bar under the pointer is told of while it trains, epoch after epoch', {}, async (lab) => {
  await lab.type('Epochs', '900');
  await enter(lab);
  const room = lab.region('All users');
  await lab.button('Train').click();
  await room.locator('.bars').hover();
  const readout = room.getByText(/^Rank 5[01]: /);
  await readout.waitFor();
  await lab.reach((await lab.epoch()) + 3);
  assert.ok(await readout.isVisible());
  await lab.page.mouse.move(0, 0);
  await room.getByText('Choose a bar to see whose films stand there.').waitFor();
});

labTest('among all films: the rank there, and all users when that is asked for', {}, async (lab) => {
  const { users } = await expected();
  await enter(lab);
  await trained(lab);
  const [{ full, id }] = users.toSorted((a, b) => a.id - b.id);
  await lab.page.getByRole('radio', { name: 'All films' }).check();
  await lab.page.getByText(`of ${full.candidates}`, { exact: true }).waitFor();
  assert.deepEqual((await verdict(lab)).rank, [ordinal(full.greater + 1), `of ${full.candidates}`], `user ${id}`);
  const rows = await table(lab, 'Candidates by score');
  assert.deepEqual(
    rows.map(([place]) => Number(place) - 1),
    Array.from({ length: full.candidates }, (_, at) => at).filter((at) => at < 20 || Math.abs(at - full.greater) <= 5),
  );
  const room = lab.region('All users');
  assert.equal(await room.getByText(/have a hit/).isVisible(), false, 'not before it is asked for');
  await lab.button('Rank all 40 users').click();
  const hits = users.reduce((sum, each) => sum + hitOf(each.full, 10), 0);
  await room
    .getByText(`${hits} of 40 users have a hit after epoch ${EPOCHS}: HR@10 ${(hits / 40).toFixed(3)}.`)
    .waitFor();
  const ndcg = users.reduce((sum, each) => sum + gainOf(each.full, 20), 0) / 40;
  assert.equal((await table(lab, 'At every cut'))[19][2], ndcg.toFixed(3));

  // Where the run evaluates so by itself nothing has to be asked for, and ItemPop stands beside it.
  await lab.more();
  await lab.field('Evaluation').selectOption('both');
  await lab.status(/^Evaluation changed/);
  await trained(lab);
  await room.getByText(`${hits} of 40 users have a hit: HR@10 ${(hits / 40).toFixed(3)}.`).waitFor();
  assert.equal((await table(lab, 'Its rank over the epochs')).length, EPOCHS + 1);
  assert.equal((await table(lab, 'At every cut'))[19].length, 5);
});

labTest('ties are counted as on average, and said to be', {}, async (lab) => {
  await enter(lab);
  await lab.choose('itempop');
  await lab.status(/^Model changed/);
  const shared = lab.page.getByText(/^on average: \d+ films? (has|have) the same score$/);
  // Somebody's film is level with others across the cut.
  await lab.until(
    async () => {
      const count = await shared.count();
      if (count === 0) await lab.page.getByRole('button', { name: 'Next user' }).last().click();
      await lab.page.waitForTimeout(250);
      return count;
    },
    (count) => count > 0,
  );
  const { hit } = await verdict(lab);
  assert.ok(Number(hit[0]) > 0 && Number(hit[0]) <= 1);
});

labTest('models without ranks say so kindly, and one that is not solved yet', {}, async (lab) => {
  await enter(lab);
  await lab.choose('bias-mf');
  await lab.page
    .getByText(/predicts ratings, so its test is how far off it is, not a rank\..* RMSE \d\.\d{3}/)
    .waitFor();
  assert.equal(await lab.region('All users').isVisible(), false);
  await lab.choose('ease');
  await lab.page.getByText('This model is solved in one go. Press Train: its ranking follows.').waitFor();
  await lab.button('Train').click();
  await lab.page.getByText(/^Held out for user/).waitFor();
  await lab
    .region('All users')
    .getByText(/of 40 users have a hit/)
    .waitFor();
});

for (const { width, height } of sizes)
  labTest(
    `no axe violation and no sideways scroll at ${width} × ${height}, all tables open`,
    { context: { viewport: { width, height }, reducedMotion: 'reduce' } },
    async (lab) => {
      await enter(lab);
      await lab.page.getByText(/^Held out for user/).waitFor();
      await lab
        .region('All users')
        .getByText(/have a hit/)
        .waitFor();
      await lab.region('All users').getByRole('slider').press('Home');
      for (const name of ['Candidates by score', 'Its rank over the epochs', 'All users', 'At every cut'])
        await table(lab, name);
      await accessible(lab, 'all tables open');
      await fits(lab, 'all tables open');
    },
  );

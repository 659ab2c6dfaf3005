// The race as a person runs it: a question chosen, models side by side, what is chance and what is not, and what stays.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { compareContenders } from '../../wasm/lab/compare.mjs';
import { contendersOf, readRuns } from '../../wasm/lab/stats/contenders.mjs';
import { csv, moviesCsv, world } from '../node/fixtures.mjs';
import { accessible, fits, sizes } from './everybody.mjs';
import { hear, inNode, labTest, smallData } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

/** The race as it is seen. @param {Lab} lab */
function raceOf(lab) {
  const setup = lab.region('Set up a race');
  const table = lab.page.getByRole('table', { name: 'Runs', exact: true });
  const chart = lab.region('Chart of the race');
  const tool = (/** @type {string | RegExp} */ name) => table.getByRole('button', { name });
  return {
    setup,
    table,
    chart,
    tool,
    figure: chart.getByRole('img'),
    status: lab.page.getByRole('tabpanel').getByRole('status'),
    rows: table.locator('tbody').getByRole('row'),
    enter: () => lab.page.getByRole('tab', { name: 'Race', exact: true }).click(),
    /** @param {string} question @param {number | string} epochs */
    async start(question, epochs) {
      await setup.getByRole('radio', { name: question, exact: true }).check();
      await setup.getByLabel('Epochs', { exact: true }).fill(String(epochs));
      await lab.button('Start the race').click();
    },
    over: () =>
      lab.page
        .getByRole('status')
        .getByText(/^The race is over\./)
        .waitFor(),
    names: () => table.getByRole('textbox').evaluateAll((all) => all.map((input) => /** @type {any} */ (input).value)),
    /** The cells of each row, as texts. */
    async cells() {
      const rows = await table.locator('tbody').getByRole('row').all();
      return Promise.all(rows.map((row) => row.getByRole('cell').allInnerTexts()));
    },
  };
}

/** @param {Lab} lab */
async function opened(lab) {
  const race = raceOf(lab);
  await race.enter();
  return race;
}

labTest('GMF, MLP and NeuMF come to what the core says, with the difference and its chance', {}, async (lab) => {
  const race = await opened(lab);
  await lab.page.getByText('Nothing races yet.').waitFor();
  await race.start('GMF – MLP – NeuMF', 4);
  await race.over();
  assert.deepEqual(await race.names(), ['GMF', 'MLP', 'NeuMF']);
  const twins = await Promise.all(['gmf', 'mlp', 'neumf'].map((model) => inNode(smallData, { model, epochs: 4 })));
  const metrics = twins.map(({ epochs }) => /** @type {any} */ (epochs[epochs.length - 1].metrics).sampled);
  const cells = await race.cells();
  assert.deepEqual(
    cells.map(([hr, ndcg]) => [hr, ndcg]),
    metrics.map(({ hr, hrHalfWidth, ndcg }) => [`${hr.toFixed(3)} ± ${hrHalfWidth.toFixed(3)}`, ndcg.toFixed(3)]),
  );
  assert.equal(cells[0][5], 'the reference');
  for (const at of [1, 2]) {
    const difference = metrics[at].ndcg - metrics[0].ndcg;
    const text = `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(3)}`;
    assert.match(cells[at][5], /^(can’t be told apart\s+)?NDCG [+−]0\.\d{3}, p [<=] \.\d{3}$/);
    assert.ok(cells[at][5].includes(text), `${cells[at][5]} has ${text}`);
  }
  const label = (await race.figure.getAttribute('aria-label')) ?? '';
  assert.ok(label.startsWith('HR@10 of 3 runs. '), label);
  for (const [at, name] of ['GMF', 'MLP', 'NeuMF'].entries())
    assert.ok(label.includes(`${name} ${metrics[at].hr.toFixed(3)}`), label);
  assert.match(label, /ItemPop 0\.\d{3}/);

  // The same as a table, in the measure that is chosen.
  await race.chart.getByText('The chart as a table').click();
  await race.chart.getByRole('radio', { name: 'NDCG@10' }).check();
  const numbers = race.chart.getByRole('table', { name: 'NDCG@10 by epoch' });
  assert.deepEqual(await numbers.getByRole('columnheader').allInnerTexts(), [
    'Epoch',
    'GMF',
    'MLP',
    'NeuMF',
    'ItemPop',
  ]);
  const last = numbers.getByRole('row').last().getByRole('cell');
  assert.deepEqual(
    (await last.allInnerTexts()).slice(0, 3),
    metrics.map(({ ndcg }) => ndcg.toFixed(3)),
  );
  await race.chart.getByRole('radio', { name: 'Loss' }).check();
  await race.chart.getByText(/^Loss is measured on what each model trains on/).waitFor();
  assert.equal(await race.chart.getByText('ItemPop').count(), 0, 'nothing is lost where nothing is learnt');
  await race.chart.getByRole('radio', { name: 'Seconds' }).check();

  // Another reference turns the differences around.
  await race.tool('Compare the others with NeuMF').click();
  const turned = await race.cells();
  assert.equal(turned[2][5], 'the reference');
  const sign = (/** @type {string} */ text) => /[+−]/.exec(text)?.[0];
  assert.notEqual(sign(turned[0][5]), sign(cells[2][5]));
  await lab.page.getByText('All tests as a table').click();
  const tests = lab.page.getByRole('table', { name: 'Against NeuMF, over 40 users' });
  assert.equal(await tests.getByRole('row').count(), 3);
});

labTest('runs are named, hidden, kept and removed', {}, async (lab) => {
  const race = await opened(lab);
  await race.start('Dot product against MLP', 2);
  await race.over();
  const name = race.table.getByRole('textbox', { name: 'Name of run 2' });
  await name.fill('the tower');
  await name.press('Enter');
  await race.tool('Hide the tower in the chart').click();
  await lab.until(
    async () => (await race.figure.getAttribute('aria-label')) ?? '',
    (label) => label.startsWith('HR@10 of 1 run.') && !label.includes('the tower'),
  );
  assert.equal(await race.tool('Hide the tower in the chart').getAttribute('aria-pressed'), 'true');
  await race.tool('Keep the tower for the next race').click();

  // Another room and back: the race is where it was.
  await lab.page.getByRole('tab', { name: 'Learning' }).click();
  await race.enter();
  assert.deepEqual(await race.names(), ['MF', 'the tower']);

  await race.start('With and without pretraining', 2);
  await race.over();
  assert.deepEqual(await race.names(), ['the tower', 'From scratch', 'Pretrained']);
  await race.tool('Remove the tower').click();
  await lab.until(race.names, (names) => names.length === 2);
  await race.tool('Remove From scratch').click();
  await race.tool('Remove Pretrained').click();
  await lab.page.getByText('Nothing races yet.').waitFor();
});

labTest('pause, go on, and stop after an epoch; the page’s own model is left alone', { prepare: hear }, async (lab) => {
  const race = await opened(lab);
  // So slow that no run comes to its end meanwhile.
  await lab.type('Batch size', '1');
  await lab.type('Negatives a positive', '20');
  await lab.status('Negatives a positive changed, so the model starts over.');
  const hash = await lab.hash();
  await race.start('GMF – MLP – NeuMF', 900);
  await race.table
    .getByText(/^epoch ([3-9]|\d\d+) of 900$/)
    .first()
    .waitFor();
  await lab.button('Pause the race').click();
  await race.table
    .getByText(/^paused in epoch/)
    .first()
    .waitFor();
  await race.status.getByText(/^Paused\. /).waitFor();
  // Both workers hear of it, and what they had said before arrives.
  let before = await race.cells();
  const still = async () => {
    await lab.page.waitForTimeout(500);
    const [last, now] = [before, await race.cells()];
    before = now;
    return JSON.stringify(now) === JSON.stringify(last);
  };
  await lab.until(still, (same) => same);
  assert.ok(await still(), 'nothing goes on');
  await lab.button('Go on').click();
  await race.table
    .getByText(/^epoch \d+ of 900$/)
    .first()
    .waitFor();
  await race.tool('Stop GMF after this epoch').click();
  await race.rows
    .first()
    .getByText(/^\d+ epochs$/)
    .waitFor();
  assert.notEqual((await race.cells())[0][1], '–');
  for (const name of ['MLP', 'NeuMF']) await race.tool(`Remove ${name}`).click();
  await race.over();
  assert.equal(await lab.hash(), hash);
});

labTest('the present settings and the present run join, and the command reads what is downloaded', {}, async (lab) => {
  const race = await opened(lab);
  await race.setup.getByLabel('Epochs', { exact: true }).fill('3');
  await lab.choose('gmf');
  await lab.status('Model changed, so the model starts over.');
  await lab.button('Add the present settings').click();
  await race.over();
  await lab.type('Predictive factors', '4');
  await lab.type('Epochs', '2');
  await lab.button('Train').click();
  await lab.status('Finished after 2 epochs.');
  await lab.button('Take in the present run').click();
  await lab.until(race.names, (names) => names.length === 2);
  assert.deepEqual(await race.names(), ['GMF', 'GMF factors=4']);
  assert.equal(await race.tool('Keep GMF factors=4 for the next race').getAttribute('aria-pressed'), 'true');

  const saved = lab.page.waitForEvent('download');
  await lab.button('Download as JSON lines').click();
  const file = await (await saved).path();
  const { comparisons, summaries } = compareContenders(contendersOf(readRuns(readFileSync(file, 'utf8'), 'race')));
  assert.deepEqual(
    summaries.map(({ contender }) => contender.runs[0].config?.factors),
    [8, 4],
  );
  const [, [, , , , , difference]] = await race.cells();
  const { mean } = /** @type {any} */ (comparisons[0].users).t;
  assert.ok(difference.includes(Math.abs(mean).toFixed(3)), `${difference} is ${-mean}`);
});

labTest('what cannot be is said: epochs, a model that diverges, other data', {}, async (lab) => {
  const race = await opened(lab);
  const epochs = race.setup.getByLabel('Epochs', { exact: true });
  await race.start('GMF – MLP – NeuMF', 'ten');
  await race.setup.getByText(/^Epochs must be a whole number from 1 to \d+, not “ten”\.$/).waitFor();
  assert.equal(await epochs.getAttribute('aria-invalid'), 'true');
  await epochs.fill('2');
  await epochs.press('Enter');
  await race.over();
  assert.equal(await race.setup.getByText(/^Epochs must be/).count(), 0);
  assert.equal(await epochs.getAttribute('aria-invalid'), null);

  await lab.type('Learning rate', '1e12');
  await lab.button('Add the present settings').click();
  await race.table.getByText('Stopped: the loss is no longer a number. Try a smaller learning rate.').waitFor();

  const other = world({ users: 30 });
  await lab.choosing('Open ratings…', [
    { name: 'ratings.csv', content: csv(other) },
    { name: 'movies.csv', content: moviesCsv(other) },
  ]);
  await lab.page.getByText(/^4 runs on other data can’t be compared with these\./).waitFor();
  await race.start('Dot product against MLP', 1);
  await race.over();
  assert.deepEqual(await race.names(), ['MF', 'MLP']);
  await race.table.getByText('the reference').waitFor();
});

for (const { width, height } of sizes)
  labTest(
    `a race of ten for everybody at ${width} × ${height}: axe, nothing cut off, keys`,
    { context: { viewport: { width, height }, reducedMotion: 'reduce' } },
    async (lab) => {
      const race = await opened(lab);
      const first = race.setup.getByRole('radio').first();
      await first.focus();
      for (let presses = 0; presses < 2; presses++) await lab.page.keyboard.press('ArrowRight');
      assert.ok(await race.setup.getByRole('radio', { name: 'Negatives 1 to 10' }).isChecked());
      await lab.page.keyboard.press('Tab');
      await lab.page.keyboard.type('1');
      await lab.page.keyboard.press('Enter');
      await race.over();
      assert.equal(await race.rows.count(), 10);
      await race.chart.getByText('The chart as a table').click();
      await lab.page.getByText('All tests as a table').click();
      await accessible(lab, 'a race of ten');
      await fits(lab, 'a race of ten');
      const cut = await race.table
        .getByRole('textbox')
        .evaluateAll((all) => all.filter((input) => input.clientWidth < 60).map((input) => input.clientWidth));
      assert.deepEqual(cut, [], 'names can be read');
      const small = await race.table
        .getByRole('button')
        .evaluateAll(
          (all, least) =>
            all.map((one) => one.getBoundingClientRect()).filter((box) => Math.min(box.width, box.height) < least)
              .length,
          width < 600 ? 44 : 36,
        );
      assert.equal(small, 0, 'buttons can be hit');
    },
  );

// The models: those that rank films by other ways than NCF, and those that predict ratings.

import assert from 'node:assert/strict';

import { modelRow, models } from '../../wasm/settings/models.mjs';
import { accessible } from './everybody.mjs';
import { labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

/** @param {Lab} lab @param {string} model */
async function choose(lab, model) {
  await lab.choose(model);
  await lab.status('Model changed, so the model starts over.');
}

/** The labels of the settings that show. @param {Lab} lab */
function shown(lab) {
  return lab
    .region('Settings')
    .locator('label:visible')
    .allInnerTexts()
    .then((labels) => new Set(labels));
}

labTest('models stand in two groups, each with its own sentence', {}, async (lab) => {
  const model = lab.field('Model');
  const groups = await model.evaluate((select) =>
    [...select.children].map((group) => [
      /** @type {HTMLOptGroupElement} */ (group).label,
      [...group.children].map((option) => /** @type {HTMLOptionElement} */ (option).value),
    ]),
  );
  const of = (/** @type {string} */ task) => models.filter((row) => row.task === task).map(({ value }) => value);
  assert.deepEqual(groups, [
    ['Ranking films', of('ranking')],
    ['Predicting ratings', of('rating')],
  ]);
  for (const value of ['ease', 'bias-mf']) {
    await choose(lab, value);
    const { help, label } = modelRow(value);
    await lab.region('Settings').getByText(help, { exact: true }).waitFor();
    const ids = (await model.getAttribute('aria-describedby'))?.split(' ') ?? [];
    const texts = await Promise.all(ids.map((id) => lab.page.locator(`#${id}`).innerText()));
    assert.ok(texts.includes(help), `${label}: a screen reader finds the sentence too`);
  }
});

labTest(
  'settings change with the model: those it reads, at its own defaults, but for what was chosen',
  {},
  async (lab) => {
    await lab.more();
    assert.ok((await shown(lab)).has('Fusion layers'));
    await lab.type('Learning rate', '0.02');
    await choose(lab, 'bias-mf');
    let labels = await shown(lab);
    for (const label of ['Predictive factors', 'Folds', 'Clip predictions', 'Learning rate'])
      assert.ok(labels.has(label), label);
    for (const label of ['Layers', 'Negatives a positive', 'Evaluation', 'Loss', 'Side information'])
      assert.ok(!labels.has(label), label);
    const value = (/** @type {string} */ label) => lab.field(label).inputValue();
    const { factors, l2 } = modelRow('bias-mf').defaults ?? {};
    assert.notEqual(l2, modelRow('neumf').defaults?.l2);
    assert.deepEqual(
      [await value('Predictive factors'), await value('L2 regularisation'), await value('Learning rate')],
      [String(factors), String(l2), '0.02'],
    );
    await lab.region('Settings').getByText('1 changed', { exact: true }).waitFor({ state: 'detached' });

    await choose(lab, 'ease');
    labels = await shown(lab);
    for (const label of ['Learning rate', 'Epochs', 'Batch size', 'Predictive factors', 'Folds'])
      assert.ok(!labels.has(label), label);
    assert.equal(await value('L2 regularisation'), '500');

    await choose(lab, 'neumf');
    assert.deepEqual([await value('Predictive factors'), await value('Learning rate')], ['8', '0.02']);
    await lab.type('Fusion layers', '16 8');
    await lab.status('Fusion layers changed, so the model starts over.');
    assert.equal(await value('Fusion layers'), '16, 8');
    await lab.type('Fusion layers', '8,8,8,8,8');
    await lab
      .region('Settings')
      .getByText(/^Fusion layers must be “none” or 1 to 4 widths/)
      .waitFor();
  },
);

labTest('a model of ratings is measured in RMSE and MAE and recommends by predicted rating', {}, async (lab) => {
  await choose(lab, 'bias-mf');
  await lab.type('Epochs', '5');
  await lab.button('Train').click();
  await lab.status('Finished after 5 epochs.');
  const metric = (/** @type {any} */ name) => lab.metric(name);
  const rmse = await lab.until(
    () => metric('RMSE'),
    (value) => value !== null,
  );
  const mae = Number(await metric('MAE'));
  assert.ok(rmse !== null && rmse > mae && mae > 0, `${rmse} ${mae}`);
  assert.match(await lab.region('RMSE').innerText(), /[+−]\d\.\d{3} against Biases \d\.\d{3}/);
  assert.equal(await lab.region('HR@10').count(), 0);
  const rows = await lab.table();
  assert.deepEqual(Object.keys(rows[0]), ['Epoch', 'Loss', 'RMSE', '±', 'MAE', 'Seconds', 'Samples a second']);
  assert.deepEqual([rows.length, Number(rows[5].RMSE), Number(rows[5].MAE)], [6, rmse, mae]);

  await lab.region('One user’s films').getByText('after 5 epochs').waitFor();
  await lab.page.getByText('Scores are predicted ratings; those of the data go from 0.5 to 5.').waitFor();
  const films = await lab.films(lab.top);
  assert.equal(films.length, 10);
  for (const lines of films)
    assert.ok(
      lines.some((line) => /^★ \d\.\d\d$/.test(line)),
      lines.join(),
    );
  const words = await lab.region('One user’s films').innerText();
  assert.doesNotMatch(words, /hidden/i, 'the model may have learnt from any film of the user');
  await accessible(lab, 'with a model of ratings');

  await choose(lab, 'neumf');
  await lab.until(
    () => lab.metric('HR@10'),
    (value) => value !== null,
  );
  assert.equal(await lab.region('RMSE').count(), 0, 'and back');
  await lab.region('History').getByText('hidden from the model').waitFor();
});

for (const model of ['itemknn', 'ease'])
  labTest(`${model} is solved in one go when it is told to`, {}, async (lab) => {
    await choose(lab, model);
    const people = lab.region('One user’s films');
    await people.getByText('as soon as the model is solved: press Train').waitFor();
    assert.equal(await lab.metric('HR@10'), null);
    assert.ok(await lab.button('Save weights').isDisabled());
    await lab.button('Train').click();
    await lab.status(/^Solved: HR@10 0\.\d{3}, NDCG@10 0\.\d{3}\.$/);
    const hr = await lab.until(
      () => lab.metric('HR@10'),
      (value) => value !== null,
    );
    assert.equal((await lab.itemPop('HR@10')) > 0, true);
    assert.equal(await lab.doing(), 'Solved');
    const rows = await lab.table();
    assert.deepEqual([rows.length, rows[0].Epoch, rows[0].Loss, Number(rows[0]['HR@10'])], [1, '1', '–', hr]);
    await people.getByText('solved').waitFor();
    assert.equal((await lab.films(lab.top)).length, 10);
    assert.ok(await lab.button('Train').isDisabled());
    await accessible(lab, 'solved');
    await lab.button('Reset').click();
    await lab.status(/^Reset:/);
    assert.ok(await lab.button('Step').isEnabled());
  });

// Training as a person steers it: train, pause, go on, step, reset, and a learning rate that is too large.

import assert from 'node:assert/strict';

import { hear, labTest } from './harness.mjs';

// Batches of one make the epochs of the small world long enough to pause within.
const slow = { 'Batch size': '1', Epochs: '1000' };

/** @param {import('./harness.mjs').Lab} lab @param {Record<string, string>} settings */
async function setAll(lab, settings) {
  for (const [label, text] of Object.entries(settings)) await lab.type(label, text);
}

labTest('NeuMF learns the bundled set in front of one', { data: 'bundled' }, async (lab) => {
  assert.equal(await lab.epoch(), 0);
  assert.equal(await lab.metric('Loss'), null, 'no loss before training');
  const chance = await lab.metric('HR@10');
  const pop = await lab.itemPop('HR@10');
  assert.ok(chance < 0.2 && pop > 0.5, `chance ${chance}, ItemPop ${pop}`);

  await lab.button('Train').click();
  await lab.reach(2);
  await lab.button('Pause').click();
  await lab.status(/^Paused/);
  assert.ok((await lab.metric('HR@10')) > pop, 'HR@10 passes ItemPop’s');
  assert.ok((await lab.metric('NDCG@10')) > (await lab.itemPop('NDCG@10')), 'NDCG@10 too');
  assert.match(await lab.region('HR@10').innerText(), /\+0\.\d{3} against ItemPop/);
  const name = await lab.region('HR@10').getByRole('img').getAttribute('aria-label');
  assert.match(name, /^HR@10 by epoch: 0\.\d{3} at epoch 0, 0\.\d{3} at epoch \d; ItemPop 0\.552$/);
  const rows = await lab.rows();
  assert.deepEqual(
    rows.map(([epoch]) => Number(epoch)),
    rows.map((_, epoch) => epoch),
  );
  assert.ok(Number(rows[2][1]) < Number(rows[1][1]), 'the loss falls');
  assert.equal(Number(rows.at(-1)?.[1]), await lab.metric('Loss'));
});

labTest('Pause stops at once, Train goes on from the same batch', {}, async (lab) => {
  await setAll(lab, slow);
  await lab.button('Train').click();
  await lab.until(
    () => lab.bar.getAttribute('aria-valuetext'),
    (text) => /^Epoch \d+: batch/.test(text ?? ''),
  );
  await lab.button('Pause').click();
  await lab.status('Paused. Train goes on from here.');
  const where = async () => [await lab.epoch(), await lab.bar.getAttribute('aria-valuetext')];
  const before = await where();
  await lab.page.waitForTimeout(300);
  assert.deepEqual(await where(), before, 'nothing moves while it is paused');

  await lab.button('Train').click();
  await lab.reach(Number(before[0]) + 1);
  await lab.button('Pause').click();
  await lab.status('Paused. Train goes on from here.');
  const epochs = (await lab.rows()).map(([epoch]) => Number(epoch));
  assert.deepEqual(
    epochs,
    epochs.map((_, at) => at),
    'every epoch once',
  );
});

labTest('a run that was paused has the same numbers as one that was not', { prepare: hear }, async (lab) => {
  await setAll(lab, slow);
  /** What the worker has told of each epoch since a reset, to the last bit. */
  const told = async () => {
    const heard = await lab.page.evaluate(() => /** @type {any} */ (window).heard);
    const epochs = heard.slice(heard.findLastIndex((/** @type {any} */ one) => one.epoch === 0 && one.hash));
    return epochs.filter((/** @type {any} */ one) => one.event === 'epoch').map(exact);
  };
  const exact = (/** @type {any} */ { epoch, loss, metrics, hash }) => ({ epoch, loss, metrics, hash });

  await lab.button('Train').click();
  await lab.reach(4);
  await lab.button('Pause').click();
  await lab.status(/^Paused/);
  const whole = await told();
  await lab.button('Reset').click();
  await lab.status(/^Reset:/);

  let within = 0;
  await lab.button('Step').click();
  await lab.status(/^Paused/);
  while (within < 3 || (await lab.epoch()) < 3) {
    await lab.button('Train').click();
    await lab.button('Pause').click();
    await lab.status(/^Paused/);
    if (/: batch/.test((await lab.bar.getAttribute('aria-valuetext')) ?? '')) within++;
  }
  const parts = await told();
  const length = Math.min(whole.length, parts.length);
  assert.ok(length > 3);
  assert.deepEqual(parts.slice(0, length), whole.slice(0, length));
});

labTest('Step trains exactly one epoch, Reset goes back to the start', {}, async (lab) => {
  const start = await lab.hash();
  const metrics = await lab.rows();
  for (const epoch of [1, 2]) {
    await lab.button('Step').click();
    await lab.reach(epoch);
    await lab.status(/^Paused/);
    await lab.page.waitForTimeout(100);
    assert.equal(await lab.epoch(), epoch);
    assert.equal((await lab.rows()).length, epoch + 1);
  }
  assert.notEqual(await lab.hash(), start);
  await lab.button('Reset').click();
  await lab.status('Reset: the model is back at its random start. Press Train.');
  await lab.until(
    () => lab.rows(),
    (rows) => rows.length === 1,
  );
  assert.deepEqual(await lab.rows(), metrics);
  assert.equal(await lab.hash(), start);
  assert.equal(await lab.epoch(), 0);
});

labTest('a finished run can be given more epochs, by Train and by Step', {}, async (lab) => {
  await lab.type('Epochs', '2');
  await lab.button('Train').click();
  await lab.status('Finished after 2 epochs.');
  assert.match(await lab.bar.getAttribute('aria-valuenow'), /^100$/);
  await lab.button('Step').click();
  await lab.status('Finished after 3 epochs.');
  await lab.button('Train 10 more').click();
  await lab.status('Finished after 13 epochs.');
  assert.equal(await lab.field('Epochs').inputValue(), '13');
});

labTest('Reset while it trains', {}, async (lab) => {
  await setAll(lab, slow);
  await lab.button('Train').click();
  await lab.reach(1);
  await lab.button('Reset').click();
  await lab.status(/^Reset:/);
  assert.equal(await lab.epoch(), 0);
  await lab.page.waitForTimeout(200);
  assert.equal(await lab.epoch(), 0, 'the old run is over');
  await lab.button('Train').click();
  await lab.reach(1);
});

labTest('a learning rate that makes the loss no number is explained, and Reset goes on', {}, async (lab) => {
  await lab.choose('mlp');
  await lab.status(/^Model changed/);
  await lab.type('Learning rate', '1e10');
  await lab.button('Train').click();
  await lab.alert.getByText('Training has diverged').waitFor();
  await lab.alert.getByText(/smaller learning rate/).waitFor();
  assert.ok(await lab.button('Train').isDisabled());
  assert.ok(await lab.button('Step').isDisabled());

  await lab.type('Learning rate', '0.001');
  await lab.alert.getByRole('button', { name: 'Reset the model' }).click();
  await lab.status(/^Reset:/);
  assert.equal(await lab.alert.innerText(), '');
  await lab.button('Train').click();
  await lab.status('Finished after 20 epochs.');
  assert.ok((await lab.metric('Loss')) < 1);
});

labTest('ItemPop as a model has nothing to train', {}, async (lab) => {
  const pop = await lab.itemPop('HR@10');
  await lab.choose('itempop');
  await lab.status(/^Model changed/);
  await lab.until(
    () => lab.metric('HR@10'),
    (value) => value === pop,
  );
  assert.equal(await lab.field('Learning rate').isVisible(), false);
  assert.equal(await lab.bar.getAttribute('aria-valuetext'), 'Nothing to train');
  await lab.button('Train').click();
  await lab.status('Evaluated: this model has nothing to learn.');
  assert.equal(await lab.metric('HR@10'), pop);
  assert.equal(await lab.metric('Loss'), null);
  await lab.button('Step').click();
  assert.equal(await lab.epoch(), 0);
});

labTest('three quick presses and Undo: what is shown, and trained on, is the run of before', {}, async (lab) => {
  await lab.choose('gmf');
  await lab.button('Step').click();
  await lab.reach(1);
  const hash = await lab.hash();
  const size = lab.region('Settings').getByText(/ parameters/);
  const parameters = await size.innerText();
  await lab.field('Predictive factors').focus();
  for (let n = 0; n < 3; n++) await lab.page.keyboard.press('ArrowUp');
  assert.equal(await lab.field('Predictive factors').inputValue(), '11');
  await lab.until(
    () => size.innerText(),
    (text) => text !== parameters,
  );
  await lab.button('Undo').click();
  await lab.status('Back at GMF after 1 epoch.');
  const now = [await lab.field('Predictive factors').inputValue(), await size.innerText(), await lab.epoch()];
  assert.deepEqual([...now, await lab.hash()], ['8', parameters, 1, hash]);
  await lab.button('Step').click();
  await lab.reach(2);
  await lab.button('Undo').click();
  await lab.status('Back at GMF after 0 epochs.');
  assert.equal(await lab.field('Predictive factors').inputValue(), '11');
});

// What stands behind “More settings”: when it shows, that each control trains what it says, to the bit as in Node,
// pretraining, the ways to measure, and the way back to the best epoch.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { gated, hear, inNode, inPage, labTest, small, smallData } from './harness.mjs';

const MORE = {
  neumf: ['Activation', 'Embeddings', 'Pretraining epochs', 'Pretraining share α'],
  layered: ['Activation'],
  trained: ['Optimizer', 'Order of examples', 'L2 regularisation', 'Patience'],
  all: ['Evaluation', 'Validation'],
};
const every = [...new Set(Object.values(MORE).flat())];

/** @typedef {import('./harness.mjs').Lab} Lab */

/** Sets a control of either kind. @param {Lab} lab @param {string} label @param {string} value */
async function set(lab, label, value) {
  const field = lab.field(label);
  if ((await field.evaluate((node) => node.tagName)) === 'SELECT') await field.selectOption(value);
  else await lab.type(label, value);
}

/** @param {Lab} lab @param {Record<string, string>} values  by label, each of which starts the model over */
async function setAll(lab, values) {
  for (const [label, value] of Object.entries(values)) {
    await set(lab, label, value);
    await lab.status(`${label} changed, so the model starts over.`);
  }
}

/** @param {Lab} lab @returns {Promise<string[]>} the labels that show */
async function shown(lab) {
  const visible = await Promise.all(every.map((label) => lab.field(label).isVisible()));
  return every.filter((_, at) => visible[at]).sort();
}

/** Waits for a step of the run. @param {Lab} lab @param {string | RegExp} text */
const doing = (lab, text) =>
  lab.until(
    () => lab.doing(),
    (now) => (typeof text === 'string' ? now === text : text.test(now)),
  );

labTest('closed at first; what shows depends on the model; it says how much is changed', {}, async (lab) => {
  const heading = lab.page.getByRole('heading', { name: 'More settings' });
  const summary = lab.region('Settings').locator('summary', { has: heading });
  assert.deepEqual(await shown(lab), []);
  await summary.focus();
  await lab.page.keyboard.press('Enter');
  const { neumf, layered, trained, all } = MORE;
  assert.deepEqual(await shown(lab), [...every].sort());
  for (const [model, labels] of Object.entries({
    mlp: [...layered, ...trained, ...all],
    gmf: [...trained, ...all],
    itempop: all,
    neumf: [...neumf, ...trained, ...all],
  })) {
    await lab.choose(model);
    await lab.status(/^Model changed/);
    await lab.until(
      () => shown(lab),
      (labels_) => labels_.join() === [...labels].sort().join(),
    );
  }

  assert.equal((await summary.innerText()).trim(), 'More settings');
  await setAll(lab, { Activation: 'tanh', Optimizer: 'sgd', 'Pretraining share α': '0.75' });
  await summary.getByText('3 changed').waitFor();
  await lab.choose('gmf');
  await summary.getByText('1 changed').waitFor();
  await lab.choose('neumf');
  await setAll(lab, { Activation: 'relu', Optimizer: 'adam' });
  await summary.getByText('1 changed').waitFor();
  await lab.field('Pretraining share α').press('ArrowUp');
  await lab.until(
    () => lab.field('Pretraining share α').inputValue(),
    (text) => text === '0.85',
  );
  await set(lab, 'Pretraining share α', '0.5');
  await lab.until(
    async () => (await summary.innerText()).trim(),
    (text) => text === 'More settings',
  );

  await summary.focus();
  await lab.page.keyboard.press('Space');
  assert.deepEqual(await shown(lab), []);
  await lab.more();
  await lab.page.reload();
  await lab.ready();
  assert.deepEqual(await shown(lab), [], 'nothing is remembered');
});

/** By label: the values of a control, under which name and as what they reach the core. */
const trainings = {
  Activation: ['activation', ['tanh', 'sigmoid', 'identity'], 'relu'],
  Optimizer: ['optimizer', ['adam-lazy', 'adam-dense', 'sgd', 'adagrad', 'rmsprop'], 'adam'],
  'Order of examples': ['order', ['grouped'], 'shuffled'],
  'L2 regularisation': ['l2', ['0.01', 'gmf:0.01', ' mlp : 0.01, layers:0.1'], '0'],
  Embeddings: ['embeddings', ['shared'], 'own'],
};

labTest('each trains as in Node, to the bit, and unlike the others', {}, async (lab) => {
  await lab.more();
  await setAll(lab, { 'Predictive factors': '4' });
  await lab.type('Epochs', '2');
  const hashes = new Set();
  const usual = (await inNode(smallData, { factors: 4, epochs: 2 })).hash;
  for (const [label, [name, values, usually]] of /** @type {[string, [string, string[], string]][]} */ (
    Object.entries(trainings)
  )) {
    for (const value of values) {
      await setAll(lab, { [label]: value });
      await lab.button('Train').click();
      await lab.status('Finished after 2 epochs.');
      const { hash } = await inNode(smallData, { factors: 4, epochs: 2, [name]: value });
      assert.equal(await lab.hash(), hash, `${label}: ${value}`);
      if (value !== 'adam-dense') assert.ok(hash !== usual && !hashes.has(hash), `${label}: ${value}`);
      hashes.add(hash);
    }
    await setAll(lab, { [label]: usually });
  }
  await lab.button('Train').click();
  await lab.status('Finished after 2 epochs.');
  assert.equal(await lab.hash(), usual);
});

labTest('shared embeddings: the tower follows, and what cannot go with them is said where it is', {}, async (lab) => {
  const settings = lab.region('Settings');
  await lab.more();
  await setAll(lab, { Embeddings: 'shared' });
  await settings.getByText('16 → 8', { exact: true }).waitFor();
  const users = new Set(small.map(({ user }) => user)).size;
  const films = new Set(small.map(({ item }) => item)).size;
  const parameters = (users + films) * 8 + 16 * 8 + 8 + 8 + 1;
  await settings.getByText(`${parameters.toLocaleString('en')} parameters`, { exact: true }).waitFor();
  await set(lab, 'Layers', '64,32,8');
  const wrong = settings.getByText(/^With shared embeddings the layers must start with 16/);
  await wrong.waitFor();
  await set(lab, 'Layers', 'auto');
  await wrong.waitFor({ state: 'hidden' });
  await set(lab, 'Pretraining epochs', '2');
  await settings.getByText(/can’t be pretrained with shared embeddings/).waitFor();
  await set(lab, 'Pretraining epochs', '0');

  // The one at fault may be another than the one that was changed.
  await setAll(lab, { Embeddings: 'own' });
  await setAll(lab, { Layers: '64,8' });
  await set(lab, 'Embeddings', 'shared');
  await wrong.waitFor();
  await lab.until(
    () => lab.field('Embeddings').inputValue(),
    (value) => value === 'own',
  );
  await setAll(lab, { 'Predictive factors': '9' });
  await wrong.waitFor({ state: 'hidden' });
});

labTest('what does not go together is said where it shows, and taken over once it fits', {}, async (lab) => {
  const settings = lab.region('Settings');
  await lab.more();
  await set(lab, 'Patience', '3');
  const needs = settings.getByText(/^Patience needs validation to be on/);
  await needs.waitFor();
  await setAll(lab, { Validation: 'on' });
  await needs.waitFor({ state: 'hidden' });
  assert.equal(await lab.field('Patience').inputValue(), '3');
  await set(lab, 'Validation', 'off');
  await needs.waitFor();
  await lab.until(
    () => lab.field('Validation').inputValue(),
    (value) => value === 'on',
  );
  await settings.getByRole('heading', { name: 'More settings' }).click();
  assert.equal(await lab.field('Validation').isVisible(), false);
  const bytes = { name: 'mine.safetensors', content: 'x' };
  await lab.choosing('Load weights…', [bytes]);
  await lab.alert.getByText('These weights do not fit').waitFor();
  assert.equal(await lab.field('Validation').isVisible(), false, 'other errors leave it closed');

  // ItemPop has no patience to show a message at; the model is what waits then.
  await lab.choose('itempop');
  await lab.status(/^Model changed/);
  await lab.more();
  await setAll(lab, { Validation: 'off' });
  await settings.getByRole('heading', { name: 'More settings' }).click();
  await lab.choose('gmf');
  await needs.waitFor();
  await lab.more();
  await setAll(lab, { Validation: 'on' });
  await lab.button('Help on Patience').waitFor();
  assert.equal(await lab.field('Model').inputValue(), 'gmf');
  for (const text of ['strong', '-1', 'gmf:0.1,gmf:0.2', 'user:0.1', '1000001']) {
    await set(lab, 'L2 regularisation', text);
    await settings.getByText(new RegExp(`^L2 regularisation must be .*, not “${text}”\\.$`)).waitFor();
  }
  // Left by closing what it stands in: the message opens that again.
  await lab.field('L2 regularisation').fill('9999999');
  await settings.getByRole('heading', { name: 'More settings' }).click();
  await settings.getByText(/^L2 regularisation must be .*, not “9999999”\.$/).waitFor();
});

labTest('pretraining waits for Train, shows itself, and NeuMF starts from it', { prepare: hear }, async (lab) => {
  await lab.more();
  await setAll(lab, { 'Pretraining epochs': '4' });
  await lab.type('Epochs', '3');
  await doing(lab, 'GMF and MLP first, 4 epochs each');
  await lab.page.waitForTimeout(200);
  assert.equal(await lab.metric('HR@10'), null, 'nothing is measured before');
  await lab.button('Train').click();
  await lab.status('Finished after 3 epochs.');
  const there = await inNode(smallData, { pretrain: 4, epochs: 3 });
  assert.equal(there.epochs.length, 4);
  assert.deepEqual(await inPage(lab), there.epochs);
  assert.deepEqual(
    (await lab.rows()).map(([epoch]) => epoch),
    ['0', '1', '2', '3'],
    'the curves have NeuMF’s epochs only',
  );
  const parts = await lab.page.evaluate(() =>
    /** @type {any} */ (window).heard
      .filter((/** @type {any} */ { event }) => event === 'pretraining')
      .map((/** @type {any} */ { model, epoch, epochs }) => `${model} ${epoch} of ${epochs}`),
  );
  const order = ['gmf', 'mlp'].flatMap((model) => [1, 2, 3, 4].map((epoch) => `${model} ${epoch} of 4`));
  assert.deepEqual([...new Set(parts)], order);

  await setAll(lab, { 'Pretraining share α': '0.9' });
  await lab.button('Train').click();
  await lab.status('Finished after 3 epochs.');
  assert.deepEqual(await inPage(lab), (await inNode(smallData, { pretrain: 4, alpha: 0.9, epochs: 3 })).epochs);
});

/** @param {import('playwright-core').Page} page */
async function heardAndGated(page) {
  await hear(page);
  await gated(page);
}

labTest('Step, Pause, live settings and Reset while it is pretrained', { prepare: heardAndGated }, async (lab) => {
  await lab.more();
  await setAll(lab, { 'Batch size': '1', 'Pretraining epochs': '2' });
  await lab.type('Epochs', '3');
  for (const text of ['GMF: epoch 1', 'GMF: epoch 2', 'MLP: epoch 1', 'MLP: epoch 2']) {
    await lab.button('Step').click();
    await doing(lab, `Pretraining ${text} of 2`);
    await lab.status('Paused. Train goes on from here.');
    assert.equal(await lab.epoch(), 0);
    assert.equal(await lab.metric('HR@10'), null);
  }
  assert.equal(await lab.bar.getAttribute('aria-label'), 'Progress of pretraining');
  assert.equal(await lab.bar.getAttribute('aria-valuenow'), '100');
  await lab.button('Step').click();
  await lab.reach(1);
  assert.equal(await lab.bar.getAttribute('aria-label'), 'Progress of the run');
  const { epochs: short } = await inNode(smallData, { pretrain: 2, epochs: 1, batchSize: 1 });
  assert.deepEqual(await inPage(lab), short);

  const reset = async () => {
    await lab.button('Reset').click();
    await doing(lab, 'GMF and MLP first, 2 epochs each');
    assert.equal(await lab.metric('HR@10'), null);
  };
  await reset();
  // It stands at the next thing that pretraining tells of, however long a press takes.
  const holdPretraining = () => lab.gate({ release: true, hold: { event: 'pretraining' } });
  for (let presses = 0; presses < 3; presses++) {
    await holdPretraining();
    await lab.button('Train').click();
    await doing(lab, /^Pretraining/);
    await lab.button('Pause').click();
    await lab.status(/^Paused/);
  }
  await lab.gate({ release: true });
  await lab.page.waitForTimeout(200);
  const before = await lab.doing();
  assert.match(before, /^Pretraining/);
  await lab.page.waitForTimeout(200);
  assert.equal(await lab.doing(), before, 'nothing moves while it is paused');
  await lab.button('Train').click();
  await lab.status('Finished after 3 epochs.');
  const long = { pretrain: 2, epochs: 3, batchSize: 1 };
  assert.deepEqual(await inPage(lab), (await inNode(smallData, long)).epochs, 'as if it had not been paused');

  await reset();
  await holdPretraining();
  await lab.button('Train').click();
  await doing(lab, /^Pretraining/);
  await lab.type('Learning rate', '0.01');
  await lab.page.getByRole('status').getByText('Learning rate is now 0.01.').waitFor();
  assert.match(await lab.doing(), /^Pretraining/);
  await lab.gate({ release: true });
  await lab.status('Finished after 3 epochs.');
  const { epochs } = await inNode(smallData, { ...long, lr: 0.01 });
  assert.deepEqual(await inPage(lab), epochs, 'the rate is NeuMF’s; GMF and MLP have their own');

  await reset();
  await holdPretraining();
  await lab.button('Train').click();
  await doing(lab, /^Pretraining/);
  await reset();
  await lab.gate({ release: true });
  await lab.page.waitForTimeout(200);
  assert.equal(await lab.doing(), 'GMF and MLP first, 2 epochs each', 'the old run is over');
});

/** Saves the weights. @param {Lab} lab */
async function save(lab) {
  const downloading = lab.page.waitForEvent('download');
  await lab.button('Save weights').click();
  const download = await downloading;
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

labTest('weights of a pretrained model are loaded as they are', { context: { acceptDownloads: true } }, async (lab) => {
  await lab.more();
  await setAll(lab, { 'Pretraining epochs': '2' });
  await lab.type('Epochs', '2');
  await lab.button('Train').click();
  await lab.status('Finished after 2 epochs.');
  const [hash, hr] = [await lab.hash(), await lab.metric('HR@10')];
  const { name, content } = await save(lab);
  assert.equal(name, 'neumf-epoch-2.safetensors');
  await lab.choosing('Load weights…', [{ name, content }]);
  await lab.status(/is loaded\. Train goes on from these weights\.$/);
  await lab.until(
    () => lab.metric('HR@10'),
    (value) => value !== null,
  );
  assert.deepEqual([await lab.hash(), await lab.metric('HR@10')], [hash, hr]);
  assert.equal(await lab.field('Pretraining epochs').inputValue(), '2');
  await lab.button('Step').click();
  await lab.reach(1);
  assert.doesNotMatch(await lab.doing(), /Pretraining/);
  assert.notEqual(await lab.hash(), hash);
});

labTest('weights saved within an epoch are those that the page shows', {}, async (lab) => {
  // An epoch long enough to be paused within.
  await setAll(lab, { 'Negatives a positive': '50', 'Batch size': '1' });
  await lab.type('Epochs', '1000');
  let within = false;
  while (!within) {
    await lab.button('Train').click();
    await doing(lab, /: batch/);
    await lab.button('Pause').click();
    await lab.status(/^Paused/);
    within = /: batch ([2-9]|\d\d)/.test(await lab.doing());
  }
  const first = await lab.user.inputValue();
  const films = async () => {
    await lab.button('Next user').click();
    const id = await lab.until(
      () => lab.user.inputValue(),
      (now) => now !== first,
    );
    await lab.page.getByRole('heading', { name: `User ${id} has rated`, exact: true }).waitFor();
    const top = await lab.films(lab.top);
    return top.map((words) => words.filter((word) => !/^(new|[↑↓]\d+)$/.test(word)));
  };
  const before = await films();
  const { name, content } = await save(lab);
  await lab.choosing('Load weights…', [{ name, content }]);
  await lab.region('Recommendations').getByText('with the loaded weights').waitFor();
  await lab.button('Previous user').click();
  await lab.until(
    () => lab.user.inputValue(),
    (now) => now === first,
  );
  assert.deepEqual(await films(), before);
});

labTest('full ranking, expected and validation have their columns', { prepare: hear }, async (lab) => {
  await lab.more();
  await setAll(lab, { Evaluation: 'both', Validation: 'on' });
  await lab.button('Step').click();
  await lab.reach(1);
  const { epochs } = await inNode(smallData, { eval: 'both', validation: 'on', epochs: 1 });
  assert.deepEqual(await inPage(lab), epochs);
  const table = await lab.table();
  for (const [at, told] of epochs.entries()) {
    const { metrics, validation } = /** @type {any} */ (told);
    for (const [name, set_] of Object.entries({
      '': metrics.sampled,
      'Full ': metrics.full,
      'Expected ': metrics.expected,
      'Validation ': validation.sampled,
    })) {
      assert.equal(table[at][`${name}HR@10`], set_.hr.toFixed(3), name);
      assert.equal(table[at][`${name}±`], set_.hrHalfWidth.toFixed(3), name);
      assert.equal(table[at][`${name}NDCG@10`], set_.ndcg.toFixed(3), name);
    }
  }
  await lab.page.getByText(/^ItemPop, the line to beat: HR@10 .*; against all films HR@10 .*; expected/).waitFor();
  assert.equal(await lab.history.getByText('held out for validation').count(), 1);

  await setAll(lab, { Validation: 'off', Evaluation: 'full' });
  await lab.until(
    () => lab.metric('HR@10'),
    (value) => value !== null,
  );
  const [{ 'HR@10': sampled, 'Full HR@10': full, 'Validation HR@10': validation }] = await lab.table();
  assert.deepEqual([sampled, validation], [undefined, undefined]);
  assert.equal(Number(full), await lab.metric('HR@10'));
  await lab.region('HR@10').getByText('top 10 of all films').waitFor();
  assert.equal(await lab.history.getByText('held out for validation').count(), 0);

  await setAll(lab, { Evaluation: 'sampled' });
  await lab.until(
    async () => Object.keys((await lab.table())[0] ?? {}).join(),
    (names) => names === 'Epoch,Loss,HR@10,±,NDCG@10,Seconds,Samples a second',
  );
});

labTest(
  'patience stops a run, and the model goes back to the best epoch',
  { context: { acceptDownloads: true }, prepare: hear },
  async (lab) => {
    const settings = { validation: 'on', patience: 3, lr: 0.01, epochs: 100 };
    const there = await inNode(smallData, settings);
    const selected = /** @type {NonNullable<typeof there.selected>} */ (there.selected);
    assert.ok(selected.stopped && selected.epoch > 0 && selected.of === selected.epoch + 3, 'this run is stopped');
    await lab.more();
    await setAll(lab, { Validation: 'on', Patience: '3' });
    await lab.type('Learning rate', '0.01');
    await lab.type('Epochs', '100');
    await lab.button('Train').click();
    await lab.status(
      `Stopped early after ${selected.of} epochs. Epoch ${selected.epoch} was the best on validation: the model has its weights again.`,
    );
    assert.deepEqual(await inPage(lab), there.epochs);
    assert.equal(await lab.hash(), there.hash);
    assert.equal(there.hash, there.epochs[selected.epoch].hash);
    assert.equal(await lab.epoch(), selected.of);
    assert.equal(await lab.doing(), `Back at epoch ${selected.epoch}, the best on validation`);
    const best = /** @type {any} */ (there.epochs[selected.epoch]).metrics.sampled;
    assert.equal(await lab.metric('HR@10'), Number(best.hr.toFixed(3)), 'the numbers are the model’s');
    const epochs = `after ${selected.epoch} epoch${selected.epoch === 1 ? '' : 's'}`;
    await lab.region('Recommendations').getByText(epochs).waitFor();
    assert.equal((await save(lab)).name, `neumf-epoch-${selected.epoch}.safetensors`);
    assert.equal((await lab.rows()).length, selected.of + 1);
    await lab.page
      .getByText(`Epoch ${selected.epoch} was the best on validation: the model has its weights.`)
      .waitFor();
    assert.ok(await lab.button('Train').isDisabled());
    assert.ok(await lab.button('Step').isDisabled());
    await lab.button('Reset').click();
    await lab.status(/^Reset:/);
    await lab.button('Step').click();
    await lab.reach(1);
  },
);

labTest('without patience the run goes on where it was, not from the best epoch', { prepare: hear }, async (lab) => {
  const settings = { validation: 'on', lr: 0.02 };
  const whole = await inNode(smallData, { ...settings, epochs: 18 });
  const eight = await inNode(smallData, { ...settings, epochs: 8 });
  assert.notEqual(eight.selected?.epoch, 8);
  await lab.more();
  await setAll(lab, { Validation: 'on' });
  await lab.type('Learning rate', '0.02');
  await lab.type('Epochs', '8');
  await lab.button('Train').click();
  await lab.status(/^Finished after 8 epochs\. Epoch \d was the best on validation/);
  assert.equal(await lab.hash(), eight.hash);
  await lab.button('Train 10 more').click();
  await lab.status(/^Finished after 18 epochs.*best on validation/);
  assert.deepEqual(await inPage(lab), whole.epochs);
  assert.equal(await lab.hash(), whole.hash);

  // By single steps, too, the last one ends the run.
  await lab.button('Reset').click();
  await lab.status(/^Reset:/);
  await lab.type('Epochs', '2');
  await lab.button('Step').click();
  await lab.reach(1);
  await lab.button('Step').click();
  await lab.status(/^Finished after 2 epochs.*best on validation/);
});

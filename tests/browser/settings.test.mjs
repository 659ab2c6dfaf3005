// The settings: what each control changes, what is out of range, what may change while the model learns.

import assert from 'node:assert/strict';

import { gated, hear, labTest, small } from './harness.mjs';

const users = new Set(small.map(({ user }) => user)).size;
const films = new Set(small.map(({ item }) => item)).size;
const positives = small.length - users;

/** Parameters of a model on the small world: embeddings, tower with its biases, output. */
function parameters(/** @type {{gmf: number, layers: number[]}} */ { gmf, layers }) {
  const embeddings = (users + films) * (gmf + (layers[0] ?? 0) / 2);
  const tower = layers.slice(1).reduce((sum, width, at) => sum + width * (layers[at] + 1), 0);
  return embeddings + tower + gmf + (layers.at(-1) ?? 0) + 1;
}

/** @param {import('./harness.mjs').Lab} lab @param {number} count */
async function hasParameters(lab, count) {
  const text = `${count.toLocaleString('en')} parameters`;
  await lab.region('Settings').getByText(text, { exact: true }).waitFor();
}

/** @param {import('./harness.mjs').Lab} lab @param {number} batches */
async function hasBatches(lab, batches) {
  const text = `${batches} batch${batches === 1 ? '' : 'es'} an epoch`;
  await lab.region('Progress').getByText(text, { exact: true }).waitFor();
}

/** What is wrong with what was typed, as a screen reader finds it. @param {import('./harness.mjs').Lab} lab @param {string} label */
async function fault(lab, label) {
  const field = lab.field(label);
  const ids = (await field.getAttribute('aria-describedby')) ?? '';
  const texts = await Promise.all(ids.split(' ').map((id) => lab.page.locator(`#${id}:visible`).allInnerTexts()));
  const aloud = await lab.page.locator(`#${ids.split(' ')[0]}`).getAttribute('aria-live');
  return { invalid: await field.getAttribute('aria-invalid'), text: texts.flat().join(' ').trim(), aloud };
}

labTest('each setting changes the model that it says', {}, async (lab) => {
  const neumf = { gmf: 8, layers: [64, 32, 16, 8] };
  await hasParameters(lab, parameters(neumf));
  await lab.choose('gmf');
  await lab.status('Model changed, so the model starts over.');
  await hasParameters(lab, parameters({ gmf: 8, layers: [] }));
  assert.equal(await lab.field('Layers').isVisible(), false, 'GMF has no layers');
  await lab.choose('mlp');
  await hasParameters(lab, parameters({ gmf: 0, layers: [64, 32, 16, 8] }));
  await lab.choose('neumf');
  await hasParameters(lab, parameters(neumf));

  await lab.type('Predictive factors', '16');
  await hasParameters(lab, parameters({ gmf: 16, layers: [128, 64, 32, 16] }));
  await lab.region('Settings').getByText('128 → 64 → 32 → 16').waitFor();
  await lab.type('Layers', '32, 12');
  await lab.region('Settings').getByText('32 → 12', { exact: true }).waitFor();
  await hasParameters(lab, parameters({ gmf: 16, layers: [32, 12] }));
  await lab.type('Layers', '20->10');
  await hasParameters(lab, parameters({ gmf: 16, layers: [20, 10] }));
  await lab.until(
    () => lab.field('Layers').inputValue(),
    (text) => text === '20, 10',
  );
  await lab.type('Layers', 'Auto');
  await hasParameters(lab, parameters({ gmf: 16, layers: [128, 64, 32, 16] }));

  await hasBatches(lab, Math.ceil((positives * 5) / 256));
  await lab.type('Negatives a positive', '7');
  await hasBatches(lab, Math.ceil((positives * 8) / 256));
  await lab.type('Batch size', '100');
  await hasBatches(lab, Math.ceil((positives * 8) / 100));

  const first = await lab.hash();
  await lab.type('Seed', '4294967295');
  const other = await lab.until(
    () => lab.hash(),
    (hash) => hash !== first,
  );
  await lab.type('Seed', '1');
  await lab.until(
    () => lab.hash(),
    (hash) => hash === first,
  );
  assert.notEqual(other, first);
  await lab.type('Epochs', '3');
  await lab.region('Progress').getByText('of 3', { exact: true }).waitFor();
});

const refused = [
  ['Predictive factors', '0', 'Predictive factors must be a whole number from 1 to 512, not “0”.'],
  ['Predictive factors', '513', 'Predictive factors must be a whole number from 1 to 512, not “513”.'],
  ['Predictive factors', '8.5', 'Predictive factors must be a whole number from 1 to 512, not “8.5”.'],
  ['Predictive factors', '', 'Predictive factors must be a whole number from 1 to 512, not “”.'],
  ['Negatives a positive', '51', 'Negatives a positive must be a whole number from 1 to 50, not “51”.'],
  ['Batch size', '65537', 'Batch size must be a whole number from 1 to 65536, not “65537”.'],
  ['Seed', '-1', 'Seed must be a whole number from 0 to 4294967295, not “-1”.'],
  ['Learning rate', 'fast', 'Learning rate must be a number from 0.000001 to 1000000000000, not “fast”.'],
  ['Learning rate', '0', 'Learning rate must be a number from 0.000001 to 1000000000000, not “0”.'],
  ['Epochs', '1001', 'Epochs must be a whole number from 1 to 1000, not “1001”.'],
  ['Layers', 'deep', /^Layers must be “auto” or 1 to 10 widths from 1 to 4096, .*not “deep”\.$/],
  ['Layers', '64,-32', /^Layers must be .* 1 to 4096, .*not “64,-32”\.$/],
  ['Layers', '64,4097', /^Layers must be .* 1 to 4096, .*not “64,4097”\.$/],
  ['Layers', '7,4', /^The first of the layers .* must be even, not 7\.$/],
];

labTest('what is out of range is named with its range, and the trained model is kept', {}, async (lab) => {
  await lab.button('Step').click();
  await lab.reach(1);
  const kept = await lab.hash();
  for (const [label, text, message] of /** @type {[string, string, string | RegExp][]} */ (refused)) {
    const before = await lab.field(label).inputValue();
    await lab.type(label, text);
    const said = await lab.until(
      () => fault(lab, label),
      ({ text: words }) => (typeof message === 'string' ? words === message : message.test(words)),
    );
    assert.equal(said.invalid, 'true', label);
    assert.equal(said.aloud, 'polite', 'it is read out: the focus may stay where it is');
    assert.equal(await lab.field(label).inputValue(), text, 'what was typed can be corrected');
    await lab.type(label, before);
    await lab.until(
      () => fault(lab, label),
      ({ text: words, invalid }) => words === '' && invalid === null,
    );
  }
  assert.equal(await lab.hash(), kept);
  assert.equal(await lab.epoch(), 1);
  await lab.button('Step').click();
  await lab.reach(2);
});

labTest('a model that memory has no room for is refused, and the trained one goes on', {}, async (lab) => {
  await lab.type('Batch size', '65536');
  await lab.status('Batch size changed, so the model starts over.');
  await lab.button('Step').click();
  await lab.reach(1);
  const kept = await lab.hash();
  await lab.type('Layers', Array(5).fill('4096 2').join(' '));
  await lab.alert.getByText(/not enough memory/).waitFor();
  await lab.until(
    () => lab.field('Layers').inputValue(),
    (text) => text === 'auto',
  );
  assert.equal(await lab.epoch(), 1);
  assert.equal(await lab.hash(), kept);
  await lab.button('Step').click();
  await lab.reach(2);
});

/** The epochs that the worker told of, oldest first. @param {import('./harness.mjs').Lab} lab */
function told(lab) {
  return lab.page.evaluate(() =>
    /** @type {any[]} */ (/** @type {any} */ (window).heard)
      .filter(({ event }) => event === 'epoch')
      .map(({ epoch }) => epoch),
  );
}

labTest('a setting that needs a new model, changed while it trains', { prepare: hear }, async (lab) => {
  await lab.type('Epochs', '1000');
  await lab.type('Batch size', '1');
  await lab.status('Batch size changed, so the model starts over.');
  await lab.button('Train').click();
  await lab.reach(2);
  const before = (await told(lab)).length;
  await lab.type('Negatives a positive', '6');
  const epochs = await lab.until(
    async () => (await told(lab)).slice(before),
    (list) => list.lastIndexOf(0) >= 0 && Number(list.at(-1)) >= 2,
  );
  const fresh = epochs.slice(epochs.lastIndexOf(0));
  assert.deepEqual(
    fresh,
    fresh.map((_, at) => at),
    'it starts over by itself and goes on training',
  );
  assert.ok(await lab.button('Pause').isVisible());

  await lab.type('Seed', '-3');
  await lab.until(
    () => fault(lab, 'Seed'),
    ({ invalid }) => invalid === 'true',
  );
  const there = await lab.epoch();
  await lab.reach(there + 1);
  assert.ok(await lab.button('Pause').isVisible(), 'what is refused stops nothing');
});

labTest('of two changes at once the line of status tells the later one', {}, async (lab) => {
  const seed = await lab.field('Seed').elementHandle();
  await lab.field('Model').evaluate((model, other) => {
    const enter = (/** @type {any} */ field, /** @type {string} */ value) => {
      field.value = value;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    };
    enter(model, 'gmf');
    enter(other, '7');
  }, seed);
  await lab.status('Seed changed, so the model starts over.');
  assert.equal(await lab.field('Model').inputValue(), 'gmf');
  assert.equal(await lab.field('Seed').inputValue(), '7');
});

/** @param {import('playwright-core').Page} page */
async function heardAndGated(page) {
  await hear(page);
  await gated(page);
}

labTest('learning rate and epochs change while it trains, without a reset', { prepare: heardAndGated }, async (lab) => {
  await lab.type('Epochs', '1000');
  await lab.type('Batch size', '1');
  await lab.status('Batch size changed, so the model starts over.');
  const before = await told(lab);
  // It stands after the first epoch, and after the second, for as long as changes take.
  await lab.gate({ hold: { event: 'epoch', epoch: 1 } });
  await lab.button('Train').click();
  await lab.reach(1);
  await lab.type('Learning rate', '0.1');
  await lab.page.getByRole('status').getByText('Learning rate is now 0.1.').waitFor();
  await lab.gate({ release: true, hold: { event: 'epoch', epoch: 2 } });
  await lab.reach(2);
  await lab.type('Epochs', '200');
  await lab.region('Progress').getByText('of 200', { exact: true }).waitFor();
  await lab.button('Pause').click();
  await lab.status(/^Paused/);
  await lab.gate({ release: true });
  const now = await lab.epoch();
  assert.equal(now, 2);
  await lab.type('Epochs', String(now + 1));
  await lab.button('Train').click();
  await lab.status(`Finished after ${now + 1} epochs.`);
  const epochs = (await told(lab)).slice(before.length);
  assert.deepEqual(
    epochs,
    epochs.map((_, at) => at + 1),
    'every epoch once, none again',
  );
});

labTest('the learning rate that is set is the one that trains', {}, async (lab) => {
  const hashes = [];
  for (const rate of ['0.001', '0.02', '0.001']) {
    await lab.button('Reset').click();
    await lab.status(/^Reset:/);
    await lab.button('Step').click();
    await lab.reach(1);
    await lab.type('Learning rate', rate);
    await lab.button('Step').click();
    await lab.reach(2);
    hashes.push(await lab.hash());
    await lab.type('Learning rate', '0.001');
  }
  assert.equal(hashes[0], hashes[2]);
  assert.notEqual(hashes[0], hashes[1]);
});

labTest('everything by keyboard', {}, async (lab) => {
  const { keyboard } = lab.page;
  /** Tab until something has the focus. */
  const tabTo = async (/** @type {import('playwright-core').Locator} */ target) => {
    for (let press = 0; press < 60; press++) {
      if (await target.evaluate((node) => node === node.ownerDocument.activeElement)) return;
      await keyboard.press('Tab');
    }
    assert.fail('Tab does not reach it');
  };
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await keyboard.press('Tab');
  assert.ok(
    await lab.button('Train').evaluate((node) => node === node.ownerDocument.activeElement),
    'the link at the top skips to the buttons',
  );
  await tabTo(lab.field('Model'));
  await keyboard.press('ArrowUp');
  await lab.status('Model changed, so the model starts over.');
  assert.equal(await lab.field('Model').inputValue(), 'mlp');

  await tabTo(lab.button('Help on Predictive factors'));
  assert.equal(await lab.page.getByText(/How many numbers describe/).isVisible(), false);
  await keyboard.press('Enter');
  assert.ok(await lab.page.getByText(/How many numbers describe/).isVisible());
  await tabTo(lab.field('Predictive factors'));
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await hasParameters(lab, parameters({ gmf: 0, layers: [80, 40, 20, 10] }));
  await keyboard.type('1e');
  await keyboard.press('Escape');
  assert.equal(await lab.field('Predictive factors').inputValue(), '10', 'Escape takes back what is half typed');
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('512');
  await keyboard.press('ArrowUp');
  assert.equal(await lab.field('Predictive factors').inputValue(), '512', 'not past the range');
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('2');
  await keyboard.press('Tab');
  await hasParameters(lab, parameters({ gmf: 0, layers: [16, 8, 4, 2] }));

  await tabTo(lab.field('Batch size'));
  await keyboard.press('ArrowDown');
  assert.equal(await lab.field('Batch size').inputValue(), '128');
  await tabTo(lab.field('Learning rate'));
  for (const rate of ['0.002', '0.005', '0.01', '0.02']) {
    await keyboard.press('ArrowUp');
    assert.equal(await lab.field('Learning rate').inputValue(), rate);
  }
  await tabTo(lab.field('Epochs'));
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('2');
  await keyboard.press('Enter');
  await lab.page.getByRole('status').getByText('Epochs is now 2.').waitFor();

  await tabTo(lab.user);
  await keyboard.type('12');
  await keyboard.press('Enter');
  await lab.page.getByRole('heading', { name: 'User 12 has rated' }).waitFor();
  await lab.button('Train').focus();
  await keyboard.press('Space');
  await lab.status('Finished after 2 epochs.');
});

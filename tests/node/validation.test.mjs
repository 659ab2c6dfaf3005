// Validation: what is held out for it, choosing the epoch by it, and stopping early.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Run } from '../../wasm/lab/run.mjs';
import { decodeWeights } from '../../wasm/lab/weights.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { csv, fill, finish, folder, lab, ncf, outcome, world } from './fixtures.mjs';

const settings = { model: 'gmf', factors: 4, lr: 0.05, epochs: 12, validation: 'on' };

test('one train film of every user is held out, drawn with the seed; the test stays', async (t) => {
  const { dataset, split } = await lab(t);
  const drawn = [1, 1, 2].map((seed) => {
    const held = split.withValidation(seed);
    t.after(() => held.free());
    return held;
  });
  for (const held of drawn) {
    assert.deepEqual([held.testUsers, held.validationUsers], [40, 40]);
    assert.equal(held.trainPairs, split.trainPairs - 40);
    for (let user = 0; user < 40; user++) {
      assert.equal(held.testItem(user), split.testItem(user));
      const item = held.validationItem(user);
      assert(item >= 0 && item !== split.testItem(user));
      assert(dataset.history(user).some((rated) => rated.item === item));
    }
  }
  const items = drawn.map((held) => Array.from({ length: 40 }, (_, user) => held.validationItem(user)));
  assert.deepEqual(items[0], items[1]);
  assert.notDeepEqual(items[0], items[2]);
  assert.equal(split.validationItem(0), -1);
  assert.equal(split.validationUsers, 0);
});

test('without two train films of anybody there is nothing to hold out', async (t) => {
  const { split } = await lab(t, world({ films: 6, each: 2 }));
  assert.throws(() => split.withValidation(1), { name: 'CoreError', status: 18, message: /Turn validation off/ });
  assert.throws(() => new Run(split, checkSettings(settings)), { status: 18 });
});

test('the run ends with the weights of the epoch that is best on validation', async (t) => {
  const { run } = await lab(t);
  const validated = run({ ...settings, eval: 'both' });
  /** @type {Map<number, string>} */
  const hashes = new Map();
  /** @type {any} */
  let selected;
  for (const event of validated.slices()) {
    if (event.event === 'epoch') hashes.set(event.epoch, validated.model.hash());
    if (event.event === 'selected') selected = event;
  }
  const ndcg = validated.history.map(({ validation }) => validation?.sampled?.ndcg ?? NaN);
  const best = ndcg.indexOf(Math.max(...ndcg));
  assert.equal(validated.bestOnValidation()?.epoch, best);
  assert.deepEqual(selected, { event: 'selected', epoch: best, of: 12, stopped: false });
  assert(best > 0 && best < 12, 'this world overfits');
  assert.equal(validated.model.hash(), hashes.get(best));
  assert.deepEqual(Object.keys(validated.history[3].metrics), ['sampled', 'full', 'expected']);
  assert.deepEqual(Object.keys(validated.history[3].validation ?? {}), ['sampled']);
  assert.deepEqual([...validated.slices()], [], 'and that is the end');
});

test('a model of ratings ends with the weights of the epoch whose error on validation is the lowest', async (t) => {
  const { run } = await lab(t);
  const validated = run({ model: 'bias-mf', lr: 0.02, l2: 0, epochs: 30, validation: 'on' });
  /** @type {Map<number, string>} */
  const hashes = new Map();
  for (const event of validated.slices()) if (event.event === 'epoch') hashes.set(event.epoch, validated.model.hash());
  const rmse = validated.history.map(({ validation }) => validation?.errors?.rmse ?? NaN);
  const best = rmse.indexOf(Math.min(...rmse));
  const worst = rmse.indexOf(Math.max(...rmse));
  assert(best > 0 && best < 30 && worst !== best, `this world is learnt and overfits: ${rmse}`);
  assert.equal(validated.bestOnValidation()?.epoch, best);
  assert.equal(validated.model.hash(), hashes.get(best));
  const onTest = validated.history.map(({ metrics }) => metrics.errors?.rmse ?? NaN);
  assert.equal(validated.bestOnTest().epoch, onTest.indexOf(Math.min(...onTest)));
});

test('of epochs that are level on validation the earliest is kept, and patience counts from it', async (t) => {
  const { run } = await lab(t);
  // Steps so small that no film passes another.
  const still = run({ ...settings, optimizer: 'sgd', lr: 1e-6, std: 1, epochs: 9, patience: 4 });
  const events = finish(still);
  const ndcg = still.history.map(({ validation }) => validation?.sampled?.ndcg);
  assert.deepEqual(new Set(ndcg).size, 1, `level: ${ndcg}`);
  assert.equal(still.bestOnValidation()?.epoch, 0);
  assert.deepEqual(events.at(-1), { event: 'selected', epoch: 0, of: 4, stopped: true });
});

test('training that goes on after its end goes on from the last epoch, not from the best', async (t) => {
  const { run } = await lab(t);
  const whole = run({ ...settings, epochs: 15 });
  finish(whole);
  const parts = run(settings);
  finish(parts);
  assert.equal(parts.finished, true);
  parts.change({ epochs: 15 });
  assert.equal(parts.finished, false);
  finish(parts);
  assert.deepEqual(outcome(parts), outcome(whole));
});

test('patience stops, and without it or validation nothing else does', async (t) => {
  const { run } = await lab(t);
  const patient = run({ ...settings, epochs: 100, patience: 3 });
  const events = finish(patient);
  const best = /** @type {number} */ (patient.bestOnValidation()?.epoch);
  assert(patient.epoch < 100);
  assert.equal(patient.epoch, best + 3);
  assert.deepEqual(events.at(-1), { event: 'selected', epoch: best, of: best + 3, stopped: true });
  const plain = run({ ...settings, validation: 'off' });
  assert(finish(plain).every(({ event }) => event !== 'selected'));
  assert.equal(plain.bestOnValidation(), null);
  assert.equal(plain.history[0].validation, undefined);
  const itempop = run({ model: 'itempop', validation: 'on' });
  assert(finish(itempop).every(({ event }) => event !== 'selected'));
  assert.throws(() => checkSettings({ patience: 3 }), { name: 'SettingError', setting: 'patience' });
});

test('a pretrained NeuMF’s parts never see the films held out', async (t) => {
  const { run } = await lab(t);
  const neumf = run({ model: 'neumf', factors: 2, pretrain: 1, epochs: 1, validation: 'on', patience: 1 });
  finish(neumf);
  assert.equal(neumf.split.validationUsers, 40);
  assert.equal(neumf.history.length, 2);
});

test('ncf train --validation on: the events, the result and the weights are of the chosen epoch', async (t) => {
  const path = fill(folder(t), { 'ratings.csv': csv(world()) });
  const weights = join(path, 'w.safetensors');
  const args = ['--data', path, '--model', 'gmf', '--factors', '4', '--lr', '0.05', '--epochs', '60'];
  const said = await ncf('train', ...args, '--validation', 'on', '--patience', '2', '--save', weights, '--json');
  assert.equal(said.code, 0, said.stderr);
  const events = said.json();
  const result = events.at(-1);
  const selected = events.at(-2);
  assert.deepEqual([selected.event, selected.stopped], ['selected', true]);
  assert.equal(result.epoch, selected.epoch);
  assert.equal(result.epochs_trained, selected.epoch + 2);
  const chosen = events.find((event) => event.event === 'epoch' && event.epoch === selected.epoch);
  assert.deepEqual(result.metrics, chosen.metrics);
  assert.deepEqual(result.best_on_validation, {
    epoch: selected.epoch,
    metrics: chosen.metrics,
    validation: chosen.validation,
  });
  assert.equal(result.config.validation, 'on');
  assert(decodeWeights(readFileSync(weights)).tensors.size > 0);
  const [evaluated] = (await ncf('evaluate', '--data', path, '--weights', weights, '--json')).json();
  assert.deepEqual(evaluated.metrics, result.metrics);
  assert.equal(evaluated.weights_hash, result.weights_hash);
  const text = await ncf('train', ...args, '--validation', 'on', '--patience', '2');
  assert.match(text.stdout, /validation NDCG@10 0\.\d{4}/);
  assert.match(text.stdout, /stopped: no better validation since epoch \d+, whose weights are kept/);
  assert.match(text.stdout, /best epoch on validation: \d+, HR@10/);
  const plain = (await ncf('train', ...args.slice(0, -1), '2', '--json')).json().at(-1);
  assert(!('best_on_validation' in plain));
  assert.equal(plain.epoch, 2);
});

// The core against an implementation written for the purpose (reference.mjs): the same first weights and batches, and
// then the loss of every step, where the weights go, and the metrics.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { lab, world } from './fixtures.mjs';
import { Reference, batchesOf, distance, metricsOf, tensorsOf } from './reference.mjs';

const BATCHES = 300;

/** Every part, activation and order; batches so small that most embeddings wait from one to the next. */
const cases = [
  { model: 'gmf', factors: 8 },
  { model: 'gmf', factors: 5, order: 'grouped' },
  { model: 'mlp', factors: 4 },
  { model: 'mlp', layers: '14', order: 'grouped' },
  { model: 'mlp', layers: '12,7,5', activation: 'sigmoid' },
  { model: 'neumf', factors: 4 },
  { model: 'neumf', factors: 3, layers: '14,9', activation: 'tanh', order: 'grouped' },
  { model: 'neumf', factors: 4, activation: 'identity', optimizer: 'adam-dense' },
  { model: 'neumf', factors: 6, embeddings: 'shared' },
  { model: 'neumf', factors: 5, embeddings: 'shared', layers: '10,8,5', activation: 'tanh', order: 'grouped' },
];

for (const settings of cases)
  test(`training is the reference's: ${Object.values(settings).join(' ')}`, async (t) => {
    const { run, split } = await lab(t, world());
    const { model } = run({ batchSize: 32, lr: 0.005, ...settings });
    const complete = { ...model.settings };
    const reference = new Reference(complete, tensorsOf(model));
    const trainer = model.createTrainer();
    const seen = split.createModel(complete);
    t.after(() => [trainer, seen].forEach((each) => each.free()));
    const losses = [0, 0];
    let [step, worst] = [0, 0];
    for (const { loss, ...batch } of batchesOf(trainer, BATCHES)) {
      const expected = reference.step(batch);
      const error = Math.abs(loss - expected) / expected;
      assert(error < 2e-6, `step ${step}: ${loss}, expected ${expected}`);
      worst = Math.max(worst, error);
      losses[step++ < BATCHES / 2 ? 0 : 1] += expected;
      if (step % 50 !== 0) continue;
      trainer.snapshot(seen);
      const { largest, share } = distance(seen, reference.weights, reference.path);
      if (step === BATCHES)
        t.diagnostic(
          `losses within ${worst.toExponential(1)}, weights within ${largest.toExponential(1)}, ` +
            `${share.toExponential(1)} of the way gone`,
        );
      assert(largest < 3e-5, `step ${step}: weights ${largest} apart`);
    }
    assert(losses[1] < losses[0], 'it learns');
  });

test('ranks and metrics among all films are the reference’s', async (t) => {
  const { run, dataset, split } = await lab(t, world());
  const { model, evaluator } = run({ model: 'neumf', factors: 4, batchSize: 32, lr: 0.005 });
  const trainer = model.createTrainer();
  t.after(() => trainer.free());
  for (let epoch = 0; epoch < 4; epoch++) while (!trainer.run(50));
  evaluator.start();
  while (!evaluator.run(true, 7));
  const reference = new Reference(model.settings, tensorsOf(model));
  const places = Array.from({ length: dataset.users }, (_, user) => {
    const rated = new Set(dataset.history(user).map(({ item }) => item));
    const others = Array.from({ length: dataset.items }, (_, item) => item).filter((item) => !rated.has(item));
    return reference.place(user, split.testItem(user), others);
  });
  assert.deepEqual(
    evaluator.ranks(true).map((rank) => rank.greater),
    places,
  );
  const metrics = evaluator.metrics(true);
  for (const k of [1, 5, 10, 20]) {
    const { hr, ndcg, mrr } = metricsOf(places, k);
    assert(Math.abs(metrics.hrCurve[k - 1] - hr) < 1e-12);
    assert(Math.abs(metrics.ndcgCurve[k - 1] - ndcg) < 1e-12);
    assert(Math.abs(metrics.mrr - mrr) < 1e-12);
  }
  assert(metrics.hr > 0.1, 'it has learnt, so that ranks say something');
});

// The core, and reference.mjs besides, against PyTorch, where Debian's python3-torch is installed.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

import { lab, root, world } from './fixtures.mjs';
import { Reference, batchesOf, distance, tensorsOf } from './reference.mjs';

const BATCHES = 300;
const python = '/usr/bin/python3';

/** PyTorch's version, or why there is none. */
function torchVersion() {
  const { status, stdout, error } = spawnSync(python, ['-c', 'import torch; print(torch.__version__)'], {
    encoding: 'utf8',
  });
  return status === 0
    ? { version: stdout.trim() }
    : { missing: error ? `no ${python}` : 'python3-torch is not installed' };
}

const { version, missing } = torchVersion();

/** @param {object} given */
function trainInTorch(given) {
  const { status, stdout, stderr } = spawnSync(python, [join(root, 'tests/golden/torch_neumf.py')], {
    input: JSON.stringify(given),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const cases = [
  { model: 'gmf', factors: 8 },
  { model: 'mlp', factors: 4, order: 'grouped' },
  { model: 'mlp', layers: '14' },
  { model: 'neumf', factors: 8 },
  { model: 'neumf', factors: 4, activation: 'tanh', optimizer: 'adam-dense' },
  { model: 'neumf', factors: 6, embeddings: 'shared', activation: 'sigmoid', order: 'grouped' },
];

for (const settings of cases)
  test(`training is PyTorch’s: ${Object.values(settings).join(' ')}`, { skip: missing }, async (t) => {
    const { run } = await lab(t, world());
    const { model } = run({ batchSize: 32, lr: 0.005, ...settings });
    const { activation, embeddings, lr } = model.settings;
    const tensors = tensorsOf(model);
    const reference = new Reference({ activation, embeddings, lr }, tensors);
    const trainer = model.createTrainer();
    t.after(() => trainer.free());
    const batches = [...batchesOf(trainer, BATCHES)];
    trainer.snapshot(model);
    const torch = trainInTorch({
      settings: { model: settings.model, activation, embeddings, lr },
      tensors: Object.fromEntries(
        Object.entries(tensors).map(([name, { shape, values }]) => [name, { shape, values: [...values] }]),
      ),
      batches: batches.map(({ users, items, labels }) => ({
        users: [...users],
        items: [...items],
        labels: [...labels],
      })),
    });
    let [ours, own] = [0, 0];
    batches.forEach((batch, n) => {
      ours = Math.max(ours, Math.abs(batch.loss / torch.losses[n] - 1));
      own = Math.max(own, Math.abs(reference.step(batch) / torch.losses[n] - 1));
    });
    const others = Object.fromEntries(Object.entries(torch.values).map(([name, values]) => [name, { values }]));
    const { largest, share } = distance(model, others, reference.path);
    t.diagnostic(
      `PyTorch ${version}: losses within ${ours.toExponential(1)}, weights within ${largest.toExponential(1)}, ` +
        `${share.toExponential(1)} of the way gone; the reference's losses within ${own.toExponential(1)}`,
    );
    assert(ours < 2e-6);
    assert(largest < 3e-5);
    assert(own < 1e-9, 'double precision against double precision');
  });

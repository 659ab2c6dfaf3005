// Models as ONNX, opened by ONNX Runtime: its scores are the core's.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { unzipSync } from 'fflate';
import * as ort from 'onnxruntime-web';

import { readDataset } from '../../wasm/lab/files.mjs';
import { describe as described } from '../../wasm/lab/described.mjs';
import { encodeOnnx } from '../../wasm/lab/onnx.mjs';
import { encodeOnnxBundle } from '../../wasm/lab/onnx_bundle.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { modelsWhere } from '../../wasm/settings/models.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { core, finish, lab, numbers, source } from './fixtures.mjs';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

/** The largest difference that float32 sums in another order may make. */
const CLOSE = 1e-5;

/** @param {ArrayLike<number>} rows */
const rowsOf = (rows) => new ort.Tensor('int64', BigInt64Array.from(Array.from(rows, BigInt)), [rows.length]);

/**
 * The scores of pairs by ONNX Runtime.
 * @param {Uint8Array} bytes
 * @param {number[]} users
 * @param {number[]} items
 */
async function scored(bytes, users, items) {
  const session = await ort.InferenceSession.create(bytes);
  try {
    assert.deepEqual([session.inputNames, session.outputNames], [['user', 'item'], ['score']]);
    const { score } = await session.run({ user: rowsOf(users), item: rowsOf(items) });
    assert.deepEqual([score.type, score.dims], ['float32', [users.length]]);
    return /** @type {Float32Array} */ (score.data);
  } finally {
    await session.release();
  }
}

/** Every user with every film. @param {Run} run */
async function assertSame(run) {
  const { users, items } = run.model.source.dataset;
  const pairs = Array.from({ length: users * items }, (_, n) => [Math.floor(n / items), n % items]);
  const theirs = await scored(
    encodeOnnx(described(run.present(), run.config())),
    pairs.map(([user]) => user),
    pairs.map(([, item]) => item),
  );
  const view = run.view();
  const ours = Float32Array.from(pairs.keys());
  for (let user = 0; user < users; user++) ours.set(view.scores(user), user * items);
  let worst = 0;
  ours.forEach((score, n) => (worst = Math.max(worst, Math.abs(score - theirs[n]) / Math.max(1, Math.abs(score)))));
  assert.ok(worst <= CLOSE, `${worst}`);
  assert.ok(new Set(ours).size > users, 'scores that tell something');
}

const drawn = modelsWhere((row) => row.drawn);

/** Forms that a model may have besides its own. @type {[string, Record<string, unknown>][]} */
const forms = [
  ['NeuMF with two outputs', { model: 'neumf', fusion: 'add' }],
  ['NeuMF with fusion layers', { model: 'neumf', fusionLayers: '8,4', activation: 'tanh' }],
  ['NeuMF with shared embeddings', { model: 'neumf', embeddings: 'shared', activation: 'sigmoid' }],
  ['MLP-0', { model: 'mlp', layers: '8' }],
  ['MLP without activation', { model: 'mlp', activation: 'identity' }],
  ['NeuMF with films’ features', { model: 'neumf', side: 'items' }],
  ['MLP with films’ features alone', { model: 'mlp', side: 'items', ids: 'off' }],
  ['NeuMF by squared errors', { model: 'neumf', loss: 'squared' }],
  ['ratings by a sigmoid', { model: 'bias-mf', output: 'sigmoid' }],
  ['ratings by a tower and a sigmoid', { model: 'neural-ncf', output: 'sigmoid' }],
];

describe('ONNX Runtime has the scores of', () => {
  assert.ok(drawn.length >= 12);
  for (const [name, settings] of [...drawn.map((model) => /** @type {const} */ ([model, { model }])), ...forms])
    test(name, async (t) => {
      const { dataset } = await lab(t);
      // A wide first draw and a fast step: numbers that are worth comparing.
      const run = new Run(dataset, checkSettings({ factors: 4, epochs: 2, std: 0.3, ...settings }));
      t.after(() => run.free());
      finish(run);
      await assertSame(run);
    });

  test('a model with what is known of its users', async (t) => {
    const next = numbers(3);
    const lines = (/** @type {unknown[][]} */ rows) => rows.map((row) => `${row.join('::')}\n`).join('');
    const files = {
      'ratings.dat': lines(Array.from({ length: 200 }, (_, n) => [1 + (n % 20), 1 + next(30), 1 + next(5), n])),
      'movies.dat': lines(
        Array.from({ length: 30 }, (_, n) => [n + 1, `A (${1950 + n})`, n % 2 ? 'Comedy|War' : 'War']),
      ),
      'users.dat': lines(Array.from({ length: 20 }, (_, n) => [n + 1, 'MF'[n % 2], [1, 18, 56][n % 3], n % 5, 1])),
    };
    const sources = Object.entries(files).map(([name, text]) => source(name, text));
    const dataset = await readDataset(await core(), sources);
    t.after(() => dataset.free());
    for (const ids of ['on', 'off']) {
      const run = new Run(
        dataset,
        checkSettings({ model: 'neumf', factors: 4, epochs: 2, side: 'both', ids, std: 0.3 }),
      );
      t.after(() => run.free());
      finish(run);
      await assertSame(run);
    }
  });

  test('weights within an epoch', async (t) => {
    const run = (await lab(t)).run({ model: 'gmf', batchSize: 16, std: 0.3, lr: 0.1 });
    run.trainBatch();
    await assertSame(run);
  });
});

test('models without a network are refused in one sentence', async (t) => {
  const { dataset } = await lab(t);
  const others = modelsWhere((row) => !row.drawn);
  assert.ok(others.length >= 6);
  for (const model of others) {
    const run = new Run(dataset, checkSettings({ model }));
    t.after(() => run.free());
    assert.throws(
      () => described(run.model, {}),
      /^Fault: .+ has no network to be written as ONNX\. Save its weights instead\.$/,
    );
  }
});

test('one zip has the model, whose its rows are, and what its score is', async (t) => {
  const { dataset, run } = await lab(t);
  const trained = run({ model: 'gmf' });
  finish(trained);
  const bundle = () => encodeOnnxBundle(described(trained.present(), trained.config()), (item) => dataset.film(item));
  const bytes = bundle();
  assert.deepEqual(bytes, bundle(), 'the same bytes at any time');
  const files = unzipSync(bytes);
  assert.deepEqual(Object.keys(files).sort(), ['about.json', 'items.csv', 'model.onnx', 'users.csv']);
  assert.deepEqual(
    Buffer.from(files['model.onnx']),
    Buffer.from(encodeOnnx(described(trained.present(), trained.config()))),
  );
  const text = (/** @type {string} */ name) => new TextDecoder().decode(files[name]).split('\r\n');
  const ids = [...dataset.userIds];
  assert.deepEqual(text('users.csv'), ['index,user_id', ...ids.map((id, n) => `${n},${id}`), '']);
  const items = text('items.csv');
  assert.equal(items.length, dataset.items + 2);
  const affair = dataset.itemIds.indexOf(35);
  assert.ok(affair >= 0);
  assert.equal(items[affair + 1], `${affair},35,"The ""35"" Affair",1985,Drama`);
  const about = JSON.parse(text('about.json').join(''));
  assert.equal(about.score_kind, 'logit');
  assert.equal(about.weights_hash, trained.model.hash());
  assert.equal(about.config.model, 'gmf');
});

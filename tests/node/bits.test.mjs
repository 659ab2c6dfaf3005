// Same seed, same bits: native, wasm with SIMD and wasm without give the same losses, metrics and weights, and they are
// those of tests/golden/bits.json, so that a change of the numbers is seen in a diff. Where one is meant, write it anew:
//
//     NCF_GOLDEN=write node --test tests/node/bits.test.mjs

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';

import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { bundled, core, csv, fill, finish, folder, root, source, world } from './fixtures.mjs';

const tool = join(root, 'build/native/tool_train');
const skipNative = !existsSync(tool) && 'build/native/tool_train is not built: cmake --build --preset native';
const goldenFile = join(root, 'tests/golden/bits.json');
const writing = process.env.NCF_GOLDEN === 'write';

/** @typedef {{epochs: {epoch: number, loss: number | null, hr: number, ndcg: number}[], weights_hash: string}} Bits */
/** @typedef {{data: 'world' | 'bundled'} & Record<string, any>} Case */

const small = { data: 'world', factors: 8, layers: 'auto', negatives: 4, batchSize: 64, lr: 0.01, epochs: 3, seed: 1 };
const odd = { ...small, factors: 5, layers: [14, 7, 3], negatives: 3, batchSize: 37, lr: 0.003, seed: 4294967295 };
const standard = { ...small, data: 'bundled', batchSize: 256, lr: 0.001, epochs: 1 };

/** @type {Record<string, Case>} */
const cases = {
  'world, itempop': { ...small, model: 'itempop' },
  'world, gmf': { ...small, model: 'gmf' },
  'world, gmf, odd sizes': { ...odd, model: 'gmf' },
  'world, mlp': { ...small, model: 'mlp' },
  'world, mlp, odd sizes': { ...odd, model: 'mlp' },
  'world, mlp without layers': { ...small, model: 'mlp', layers: [10] },
  'world, neumf': { ...small, model: 'neumf' },
  'world, neumf, odd sizes': { ...odd, model: 'neumf' },
  'world, neumf, lazy Adam, grouped, tanh': {
    ...small,
    model: 'neumf',
    optimizer: 'adam-lazy',
    order: 'grouped',
    activation: 'tanh',
  },
  'world, neumf, every row at every step': { ...small, model: 'neumf', optimizer: 'adam-dense' },
  'world, mlp, SGD, sigmoid': { ...odd, model: 'mlp', optimizer: 'sgd', lr: 0.5, activation: 'sigmoid' },
  'world, gmf, Adagrad, grouped': { ...odd, model: 'gmf', optimizer: 'adagrad', lr: 0.1, order: 'grouped' },
  'world, neumf, RMSprop, linear': { ...odd, model: 'neumf', optimizer: 'rmsprop', activation: 'identity' },
  'bundled, gmf': { ...standard, model: 'gmf' },
  'bundled, neumf': { ...standard, model: 'neumf' },
};

const text = { world: csv(world()), bundled: bundled('ratings.csv') };

/** @param {Case} chosen @param {boolean} scalar @returns {Promise<Bits>} */
async function inWasm({ data, ...settings }, scalar) {
  const dataset = await readDataset(await core({ scalar }), [source('ratings.csv', text[data])]);
  const split = dataset.leaveOneOut();
  const run = new Run(split, checkSettings(settings));
  try {
    finish(run);
    const epochs = run.history.map(({ epoch, loss, metrics: { sampled } }) => {
      const { hr, ndcg } = /** @type {import('../../wasm/core.mjs').Metrics} */ (sampled);
      return { epoch, loss, hr, ndcg };
    });
    return { epochs, weights_hash: run.model.hash() };
  } finally {
    for (const made of [run, split, dataset]) made.free();
  }
}

/** @param {Case} chosen @param {string} path  a folder with the world @returns {Promise<Bits>} */
async function natively({ data, model, factors, layers, negatives, batchSize, lr, epochs, seed, ...more }, path) {
  const file = data === 'world' ? join(path, 'ratings.csv') : join(root, 'data/ratings.csv');
  const { optimizer = 'adam', order = 'shuffled', activation = 'relu' } = more;
  const args = [file, model, factors, layers, negatives, batchSize, lr, epochs, seed, optimizer, order, activation];
  const { stdout } = await promisify(execFile)(tool, args.map(String));
  // %.17g and JSON.parse keep every bit of a double.
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { ...lines.pop(), epochs: lines };
}

/** @type {Record<string, Bits>} */
const golden = existsSync(goldenFile) ? JSON.parse(readFileSync(goldenFile, 'utf8')) : {};
/** @type {Record<string, Bits>} */
const found = {};

for (const [name, chosen] of Object.entries(cases))
  describe(name, () => {
    test('in wasm with SIMD is as in the golden file', async () => {
      found[name] = await inWasm(chosen, false);
      if (!writing) assert.deepEqual(found[name], golden[name]);
      const count = chosen.model === 'itempop' ? 1 : chosen.epochs + 1;
      assert.equal(found[name].epochs.length, count);
    });

    // Half a minute for this one, for which the bundled set's GMF stands.
    if (name !== 'bundled, neumf')
      test('in wasm without SIMD is the same', async () => {
        assert.equal((await core({ scalar: true })).simd, false);
        assert.deepEqual(await inWasm(chosen, true), found[name]);
      });

    test('natively is the same', { skip: skipNative }, async (t) => {
      const path = fill(folder(t), { 'ratings.csv': text.world });
      assert.deepEqual(await natively(chosen, path), found[name]);
    });
  });

test('the golden file has these cases and no others, no two alike', () => {
  assert.deepEqual(Object.keys(writing ? found : golden), Object.keys(cases));
  assert.equal(new Set(Object.values(found).map(({ weights_hash: hash }) => hash)).size, Object.keys(cases).length);
});

after(() => {
  if (!writing) return;
  mkdirSync(dirname(goldenFile), { recursive: true });
  writeFileSync(goldenFile, `${JSON.stringify(found, null, 2)}\n`);
});

// The recipe of a run: the command that it prints gives the same bits, and where none can, that is said.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { readDataset } from '../../wasm/lab/files.mjs';
import { dataOf, recipeOf, trainCommand } from '../../wasm/lab/recipe.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { core, csv, fill, folder, moviesCsv, root, source, world } from './fixtures.mjs';

/** What a shell makes of a command line, with a function for the program. @param {string} line @param {string} cwd */
function typed(line, cwd) {
  const shell = `npx() { shift; '${process.execPath}' '${join(root, 'wasm/cli.mjs')}' "$@"; }; ${line} --json`;
  const told = execFileSync('sh', ['-c', shell], { encoding: 'utf8', cwd }).trim().split('\n').at(-1);
  return JSON.parse(told ?? '');
}

/**
 * A run that has trained so many epochs, as a page is told of it.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, unknown>} settings
 * @param {number} [epochs]  where it is left
 */
async function trained(t, settings, epochs = Infinity) {
  const rows = world();
  const files = { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) };
  const dataset = await readDataset(
    await core(),
    Object.entries(files).map(([name, text]) => source(name, text)),
  );
  const run = new Run(dataset, checkSettings({ factors: 4, ...settings }));
  t.after(() => dataset.free());
  t.after(() => run.free());
  /** @type {import('../../wasm/lab/recipe.mjs').Epoch[]} */
  const told = [];
  const go = () => {
    for (const event of run.slices()) {
      if (event.event !== 'epoch') continue;
      told.push({ ...event, hash: run.model.hash() });
      if (event.epoch >= epochs) return;
    }
  };
  const recipe = () =>
    recipeOf(
      { settings: run.settings, epochs: told, learns: run.batches > 0, loaded: run.loaded, rates: run.rates },
      { data: '.', program: 'npx ncf-lab' },
    );
  return { run, go, recipe, place: () => fill(join(folder(t), `it's $HOME`), files) };
}

describe('the command that is printed gives the same weights', () => {
  /** @type {[name: string, settings: Record<string, unknown>, epochs?: number][]} */
  const runs = [
    ['GMF to its end', { model: 'gmf', epochs: 2, seed: 7 }],
    ['NeuMF, left after 2 epochs of 20', { model: 'neumf', activation: 'tanh' }, 2],
    ['layers and L2 by part', { model: 'mlp', layers: '16,8,4', l2: 'mlp:0.01,layers:0.001', epochs: 2 }],
    ['positives from a rating below 0', { model: 'gmf', positiveFrom: -1, epochs: 1 }],
    ['the best epoch on validation', { model: 'gmf', validation: 'on', lr: 0.05, epochs: 4 }],
    ['patience', { model: 'gmf', validation: 'on', lr: 0.3, patience: 1, epochs: 20 }],
    ['a model of ratings', { model: 'bias-mf', epochs: 2, folds: 4, fold: 2 }],
    ['alternating least squares', { model: 'ials', epochs: 2 }],
    ['what is solved at once', { model: 'ease', l2: 100 }],
    ['what learns nothing', { model: 'itempop' }],
  ];
  for (const [name, settings, epochs] of runs)
    test(name, async (t) => {
      const { run, go, recipe, place } = await trained(t, settings, epochs);
      go();
      const { command, hash, epoch, untold } = recipe();
      assert.equal(untold, null);
      assert.ok(command);
      // A run that is over has these weights itself.
      if (run.finished) assert.equal(hash, run.model.hash());
      const told = typed(command, place());
      assert.equal(told.weights_hash, hash, command);
      assert.equal(told.epochs_trained, epoch);
    });
});

test('a command says what differs from the defaults, and the seed, as a shell takes it', () => {
  const command = (/** @type {Record<string, unknown>} */ settings, /** @type {any} */ where = {}) =>
    trainCommand(checkSettings(settings), where);
  assert.equal(command({ model: 'gmf' }), 'ncf train --model gmf --seed 1');
  assert.equal(
    command({ model: 'mlp', layers: '32,8', seed: 3 }, { program: 'npx ncf-lab' }),
    'npx ncf-lab train --model mlp --seed 3 --layers 32,8',
  );
  assert.equal(
    command({ model: 'gmf', positiveFrom: -2 }, { data: "it's mine.csv" }),
    String.raw`ncf train --model gmf --seed 1 --positive-from=-2 --data 'it'\''s mine.csv'`,
  );
  // What the model doesn't read is not said.
  assert.equal(command({ model: 'itempop', lr: 0.5 }), 'ncf train --model itempop --seed 1');
});

test('files that were opened together are named as --data takes them', () => {
  assert.equal(dataOf(['ml-1m.zip']), 'ml-1m.zip');
  assert.equal(dataOf(['movies.csv', 'ratings.csv']), '.');
  assert.equal(dataOf(['x.test.negative', 'x.train.rating', 'x.test.rating']), './x');
});

describe('where no command can', () => {
  test('nothing is trained yet', async (t) => {
    const { go, recipe } = await trained(t, { model: 'gmf' }, 0);
    assert.equal(recipe().untold, 'untrained');
    go();
    assert.deepEqual([recipe().untold, recipe().command], ['untrained', null]);
  });

  test('it began with a file', async (t) => {
    const { run, go, recipe } = await trained(t, { model: 'gmf' }, 1);
    run.loaded = true;
    go();
    assert.deepEqual([recipe().untold, recipe().command, recipe().hash], ['loaded', null, null]);
  });

  test('the learning rate has changed on the way', async (t) => {
    const { run, go, recipe } = await trained(t, { model: 'gmf', epochs: 2 }, 1);
    go();
    // There and back without a batch between is no change.
    run.change({ lr: 0.5 });
    run.change({ lr: 0.001 });
    assert.equal(recipe().untold, null);
    run.change({ lr: 0.5 });
    go();
    const { untold, command, hash } = recipe();
    assert.deepEqual([untold, hash], ['changed', null]);
    assert.match(command ?? '', /--lr 0\.5 --epochs 2/);
  });

  test('but before the first batch it may', async (t) => {
    const { run, go, recipe, place } = await trained(t, { model: 'gmf', epochs: 1 });
    run.change({ lr: 0.05 });
    go();
    assert.equal(typed(recipe().command ?? '', place()).weights_hash, run.model.hash());
  });
});

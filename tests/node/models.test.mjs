// What every model of the table promises, asked of all of them: a model that is added is tested by being there.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { models as table } from '../../wasm/settings/models.mjs';
import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { decodeWeights, encodeWeights, fitWeights } from '../../wasm/lab/weights.mjs';
import { SettingError, checkSettings, reads } from '../../wasm/settings/settings.mjs';
import { core, csv, finish, lab, moviesCsv, outcome, source, world } from './fixtures.mjs';

/** @typedef {import('node:test').TestContext} TestContext */
/** @typedef {import('../../wasm/settings/models.mjs').ModelRow} ModelRow */
/** @typedef {import('./fixtures.mjs').Row} Row */

const models = table;
const ranking = models.filter(({ task }) => task === 'ranking');
const rating = models.filter(({ task }) => task === 'rating');
const gradient = models.filter(({ fit }) => fit === 'gradient');

/** A checkerboard: users and films have a colour, and users rate films of theirs alone, 16 of 40. */
const board = world({ users: 80, films: 80, each: 16 });

/** Settings with which a model of gradients learns a small world in moments. @param {ModelRow} row */
const quick = ({ fit }) => (fit === 'gradient' ? { lr: 0.01, batchSize: 64, std: 0.1, l2: 0 } : {});

/**
 * The world's split read by a core of its own, freed when the test ends.
 * @param {TestContext} t
 * @param {{scalar?: boolean, rows?: Row[]}} [options]
 */
async function splitOf(t, { scalar = false, rows = board } = {}) {
  const files = [source('ratings.csv', csv(rows)), source('movies.csv', moviesCsv(rows))];
  const dataset = await readDataset(await core({ scalar }), files);
  const split = dataset.leaveOneOut();
  t.after(() => {
    split.free();
    dataset.free();
  });
  return split;
}

/** Slices as short as can be. @template {Run} R @param {R} run */
function fine(run) {
  for (const pace of [run.trainPace, ...Object.values(run.evaluationPaces)])
    pace.slice = (work) => ({ done: work(1), seconds: 0.001 });
  return run;
}

/** The sets of the last epoch. @param {Run} run */
const lastOf = (run) => run.history[run.history.length - 1].metrics;

describe('the checkerboard', () => {
  for (const row of ranking)
    test(row.value, async (t) => {
      const { run } = await lab(t, board);
      const settings = { model: row.value, factors: 8, epochs: 10, eval: 'full', ...quick(row) };
      const trained = run(settings);
      finish(trained);
      const { hr } = lastOf(trained).full;
      const chance = 10 / (80 - 15);
      if (row.fit === 'none' || row.fit === 'counts') {
        // Popularity has no colour.
        assert(hr < 1.5 * chance, `${hr}`);
        return;
      }
      // Of 65 candidates 25 have the user's colour: knowing it and no more is 10 of 25.
      assert(hr > 1.6 * chance, `${hr}`);
      // Nearly all of what is recommended is of the user's colour.
      const { dataset } = trained.split;
      let right = 0;
      for (let user = 0; user < dataset.users; user++)
        for (const { item } of trained.view().recommend(user, 10))
          right += Number((dataset.itemIds[item] / 5 - 1) % 2 === (dataset.userIds[user] - 11) % 2);
      assert(right / (10 * dataset.users) > 0.9, `${right} of ${10 * dataset.users}`);
    });

  test('random finds a film of a hundred in its ten one time in ten', async (t) => {
    const { run } = await lab(t, world({ users: 400, films: 200, each: 5 }));
    const found = Array.from({ length: 20 }, (_, seed) => {
      const guess = run({ model: 'random', factors: 16, seed });
      finish(guess);
      return lastOf(guess).sampled.hr;
    });
    const mean = found.reduce((sum, hr) => sum + hr, 0) / found.length;
    assert(Math.abs(mean - 0.1) < 0.01, `${mean}: ${found.join(' ')}`);
  });
});

describe('saved weights', () => {
  for (const row of models)
    test(`${row.value}: give the same weights and metrics again`, async (t) => {
      const { run, split, dataset } = await lab(t);
      const settings = { model: row.value, epochs: 1, ...(row.task === 'ranking' ? { eval: 'both' } : {}) };
      const saved = run(settings);
      finish(saved);
      const stored = decodeWeights(encodeWeights(saved.model, saved.config()));
      const fitted = fitWeights(stored, dataset);
      const read = fitted.settings;
      assert.deepEqual(fitted.notes, []);
      assert.deepEqual(
        Object.fromEntries(Object.entries(read).filter(([name]) => reads(row.value, name))),
        Object.fromEntries(
          Object.entries(saved.settings)
            .map(([name, value]) => [name, name === 'layers' ? read.layers : value])
            .filter(([name]) => reads(row.value, name)),
        ),
      );
      const again = new Run(split, read);
      t.after(() => again.free());
      again.load(fitted);
      assert.equal(again.model.hash(), saved.model.hash());
      // Epoch 0 is what was loaded.
      for (const event of again.slices()) if (event.event === 'epoch') break;
      assert.deepEqual(again.history[0].metrics, lastOf(saved));
    });

  test('without settings are known by their shapes, and score the same', async (t) => {
    const { run, split, dataset } = await lab(t);
    const side = { side: 'items', fusionLayers: '6,3' };
    // Models that predict ratings with the same tensors: here both could be meant.
    /** @type {Record<string, string>} */
    const rivals = { itempop: 'bias', ials: 'mf-ratings', mf: 'bias-mf', mlp: 'ncf-ratings' };
    /** @type {[Record<string, unknown>, string][]} */
    const cases = [
      [{ model: 'ease' }, 'ease'],
      [{ model: 'itemknn', neighbours: 7 }, 'itemknn'],
      [{ model: 'itempop' }, 'itempop'],
      [{ model: 'random' }, 'ials'],
      [{ model: 'bpr' }, 'mf'],
      [{ model: 'mf' }, 'mf'],
      [{ model: 'gmf' }, 'gmf'],
      [{ model: 'mlp', layers: '12,5' }, 'mlp'],
      [{ model: 'mlp', side: 'items', ids: 'off' }, 'mlp'],
      [{ model: 'neumf', layers: '12,5' }, 'neumf'],
      [{ model: 'neumf', embeddings: 'shared' }, 'neumf'],
      [{ model: 'neumf', ...side }, 'neumf'],
      [{ model: 'neumf', ...side, ids: 'off' }, 'neumf'],
      [{ model: 'ancf', layers: '12,5' }, 'ancf'],
    ];
    for (const [settings, model] of cases) {
      const saved = run({ epochs: 1, ...settings });
      finish(saved);
      const stored = decodeWeights(encodeWeights(saved.model, {}));
      const rival = 'fusionLayers' in settings ? 'neural-ncf' : rivals[model];
      if (rival)
        assert.throws(
          () => fitWeights(stored, dataset),
          new RegExp(
            `Say which it is: add the text {"model":"${model}"} or {"model":"${rival}"} .* --model ${model} or`,
          ),
        );
      const fitted = fitWeights(stored, dataset, rival ? { model } : {});
      assert.equal(fitted.settings.model, model, JSON.stringify(settings));
      const again = new Run(split, fitted.settings);
      t.after(() => again.free());
      again.load(fitted);
      assert.equal(again.model.hash(), saved.model.hash());
      assert.deepEqual(again.view().recommend(3, 5), saved.view().recommend(3, 5), JSON.stringify(settings));
    }
  });
});

describe('the same bits', () => {
  for (const row of models) {
    const settings = { model: row.value, factors: 5, epochs: 2, ...(row.task === 'ranking' ? { eval: 'both' } : {}) };
    test(`${row.value}: with SIMD and without, in slices of any length, and after a pause`, async (t) => {
      const split = await splitOf(t);
      const scalar = await splitOf(t, { scalar: true });
      const make = (/** @type {typeof split} */ of) => {
        const run = new Run(of, checkSettings(settings));
        t.after(() => run.free());
        return run;
      };
      const [plain, other, paused] = [make(split), make(scalar), fine(make(split))];
      finish(plain);
      assert.notEqual(plain.split.core.simd, other.split.core.simd);
      finish(other);
      assert.deepEqual(outcome(other), outcome(plain));
      // Left again and again, wherever that is; an evaluation that is left begins anew, so some stays are long.
      for (let n = 0; !paused.finished; n++) {
        let left = 2 ** (n % 10);
        for (const event of paused.slices()) {
          if (event.event === 'progress') paused.present();
          if (--left === 0) break;
        }
      }
      assert.deepEqual(outcome(paused), outcome(plain));
    });
  }
});

describe('progress', () => {
  for (const row of models.filter(({ fit }) => fit !== 'none' && fit !== 'counts'))
    test(`${row.value}: goes from the first batch to the last`, async (t) => {
      const { run } = await lab(t);
      const watched = fine(run({ model: row.value, epochs: 1 }));
      const batches = finish(watched).flatMap((event) => (event.event === 'progress' ? [event.batch] : []));
      assert(batches.every((batch, n) => n === 0 || batch >= batches[n - 1]));
      assert.equal(batches[batches.length - 1], watched.batches);
    });
});

describe('gradients', () => {
  for (const row of gradient)
    test(`${row.value}: the loss falls`, async (t) => {
      const { run } = await lab(t);
      const learning = run({ model: row.value, epochs: 6, ...quick(row) });
      finish(learning);
      const losses = learning.history.slice(1).map(({ loss }) => loss ?? NaN);
      assert(losses[5] < 0.97 * losses[0], losses.join(' '));
    });

  const learners = ranking.filter(({ fit }) => fit === 'gradient');
  for (const [name, settings] of /** @type {[string, Record<string, unknown>][]} */ ([
    ['BPR', { loss: 'bpr', negatives: 2 }],
    ['squared loss', { loss: 'squared', negativeWeight: 0.5 }],
    ['negatives by popularity', { popularityPower: 0.75 }],
    ['known films as negatives', { known: 'accept' }],
    ['grouped', { order: 'grouped' }],
  ]))
    test(`${name}: trains every model, and is not what the default is`, async (t) => {
      const { run } = await lab(t, board);
      for (const row of learners) {
        const same = { model: row.value, epochs: 15, eval: 'full', ...quick(row) };
        const [mine, plain] = [run({ loss: 'log', ...same, ...settings }), run({ loss: 'log', ...same, epochs: 1 })];
        finish(plain);
        finish(mine);
        const losses = mine.history.slice(1).map(({ loss }) => loss ?? NaN);
        assert(losses[14] < 0.95 * losses[0], `${row.value} ${losses.join(' ')}`);
        assert.notEqual(losses[0], plain.history[1].loss, row.value);
        assert(lastOf(mine).full.hr > 0.2, `${row.value} ${lastOf(mine).full.hr}`);
      }
    });

  test('fusion by adding, fusion layers and side information train', async (t) => {
    const { run } = await lab(t, board);
    const hashes = new Set();
    for (const settings of [
      { model: 'neumf' },
      { model: 'neumf', fusion: 'add' },
      { model: 'neumf', fusionLayers: '8' },
      { model: 'neumf', fusionLayers: '8,4', side: 'items' },
      { model: 'neumf', side: 'items' },
      { model: 'neumf', side: 'items', ids: 'off' },
      { model: 'mlp', side: 'items' },
      { model: 'mlp', side: 'items', ids: 'off' },
      { model: 'neural-ncf', fusionLayers: '6,3', side: 'items' },
      { model: 'ancf', side: 'items', ids: 'off' },
      { model: 'ncf-ratings', side: 'items', output: 'sigmoid' },
    ]) {
      const training = run({ epochs: 12, lr: 0.01, batchSize: 64, std: 0.1, l2: 0, ...settings });
      finish(training);
      const [, first, ...rest] = training.history.map(({ loss }) => loss ?? NaN);
      assert(rest[rest.length - 1] < 0.97 * first, `${JSON.stringify(settings)} ${first} ${rest.join(' ')}`);
      hashes.add(training.model.hash());
    }
    assert.equal(hashes.size, 11, 'no two are alike');
  });
});

describe('what can’t be has one sentence that says what to choose', () => {
  /** @param {() => unknown} make @param {RegExp} message @param {string} kind */
  function refuses(make, message, kind) {
    assert.throws(make, (error) => {
      assert(error instanceof Error);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /undefined|NaN|\n/);
      assert.equal(error.name, kind, error.message);
      return true;
    });
  }

  test('ratings that are all the same, for every model that predicts them', async (t) => {
    const split = await splitOf(t, { rows: board.map((row) => ({ ...row, rating: 4 })) });
    for (const { value: model } of rating)
      refuses(
        () => new Run(split, checkSettings({ model })),
        /^All ratings of this data are the same, so there is nothing to predict\. Choose a model that ranks films, or/,
        'CoreError',
      );
  });

  test('side information that the data lacks', async (t) => {
    const split = await splitOf(t);
    const bare = await readDataset(await core(), [source('ratings.csv', csv(board))]);
    const bareSplit = bare.leaveOneOut();
    t.after(() => {
      bareSplit.free();
      bare.free();
    });
    for (const { value: model } of models.filter(({ value }) => reads(value, 'side')))
      for (const [on, side, message] of /** @type {const} */ ([
        [split, 'users', /^This data has no gender, age or occupation of users.* Choose that of films, or open/],
        [split, 'both', /^This data has no gender, age or occupation of users/],
        [bareSplit, 'items', /^This data has no genres or years of films.* Turn side information off, or open/],
      ]))
        refuses(() => new Run(on, checkSettings({ model, side })), message, 'DataError');
  });

  test('EASE on 20,000 films, and with hardly any regularisation', async (t) => {
    const rows = Array.from({ length: 20000 }, (_, n) => ({ user: n % 100, item: n + 1, rating: 3, time: n }));
    const split = await splitOf(t, { rows });
    const before = split.core.memoryBytes;
    refuses(
      () => new Run(split, checkSettings({ model: 'ease' })),
      /^EASE on 20,000 films would take 1\.6 GB, more than the 1\.1 GB that there can be\. Choose ItemKNN or a smaller/,
      'DataError',
    );
    assert.equal(split.core.memoryBytes, before, 'and memory is not asked for');
    const { run } = await lab(t);
    const loose = run({ model: 'ease', l2: 1e-30 });
    refuses(
      () => finish(loose),
      /^EASE can’t be solved with so little L2 regularisation: choose more, such as/,
      'SettingError',
    );
  });

  test('fewer ratings than folds', async (t) => {
    const split = await splitOf(t, { rows: board.slice(0, 20) });
    const settings = checkSettings({ model: 'bias', folds: 30 });
    refuses(
      () => new Run(split, settings),
      /^There are too few ratings for this split.* Choose fewer folds/,
      'CoreError',
    );
    assert.throws(() => checkSettings({ model: 'bias', folds: 5, fold: 6 }), SettingError);
  });
});

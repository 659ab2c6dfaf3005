// Models that predict ratings: their order on the bundled set, folds, search, and films that nobody has rated.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { bundled, core, csv, fill, finish, folder, lab, moviesCsv, ncf, numbers, source, world } from './fixtures.mjs';

/** @param {import('node:test').TestContext} t */
async function bundledSplit(t) {
  const files = ['ratings.csv', 'movies.csv'].map((name) => source(name, bundled(name)));
  const dataset = await readDataset(await core(), files);
  const split = dataset.leaveOneOut();
  t.after(() => {
    split.free();
    dataset.free();
  });
  return split;
}

/** RMSE on the test at the end. @param {import('../../wasm/core.mjs').Split} split @param {Record<string, unknown>} settings */
function rmseOf(split, settings) {
  const run = new Run(split, checkSettings(settings));
  try {
    finish(run);
    const { errors } = run.history[run.history.length - 1].metrics;
    assert(errors);
    return errors.rmse;
  } finally {
    run.free();
  }
}

test('on the bundled set each model is as good as it should be', async (t) => {
  const split = await bundledSplit(t);
  const of = (/** @type {string} */ model) => rmseOf(split, { model });
  const [global, user, item, bias] = ['global-mean', 'user-mean', 'item-mean', 'bias'].map(of);
  const [factors, product] = ['bias-mf', 'mf-ratings'].map(of);
  const said = JSON.stringify({ global, user, item, bias, factors, product });
  assert(global > 1.05 && global < 1.07, said);
  assert(global > item + 0.03 && item > bias + 0.05, said);
  assert(global > user + 0.03 && user > bias + 0.05, said);
  assert(bias > 0.87 && bias < 0.9, said);
  assert(factors < 0.875 && factors < bias - 0.01, said);
  assert(product < global, said);
  for (const model of ['ncf-ratings', 'ancf', 'neural-ncf']) {
    const neural = of(model);
    assert(neural <= bias && neural > 0.86, `${model} ${neural} ${said}`);
  }
});

test('five folds share the ratings out, and their mean is near a single split’s', async (t) => {
  const split = await bundledSplit(t);
  const parts = [1, 2, 3, 4, 5].map((fold) => {
    const holdout = split.dataset.holdOut({ folds: 5, fold, seed: 1 });
    const { ratings } = holdout;
    holdout.free();
    return ratings;
  });
  assert.equal(
    parts.reduce((sum, { test: count }) => sum + count, 0),
    split.dataset.ratings,
  );
  for (const { train, test: held } of parts) {
    assert.equal(train + held, split.dataset.ratings);
    assert(Math.abs(held - split.dataset.ratings / 5) <= 1);
  }
  const folds = [1, 2, 3, 4, 5].map((fold) => rmseOf(split, { model: 'bias', folds: 5, fold }));
  const mean = folds.reduce((sum, each) => sum + each, 0) / 5;
  const single = rmseOf(split, { model: 'bias', testShare: 0.2 });
  assert(Math.abs(mean - single) < 0.012, `${folds.join(' ')} and ${single}`);
  assert.equal(new Set(folds).size, 5);
});

test('ncf search --folds finds settings of a model that predicts ratings', async (t) => {
  const rows = world({ users: 60, films: 60, each: 16 });
  const path = fill(folder(t), { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) });
  const results = join(path, 'r.jsonl');
  const args = ['search', '--data', path, '--model', 'bias-mf', '--folds', '3', '--grid', 'factors=2,4'];
  const { code, stderr, json } = await ncf(...args, '--epochs', '2', '--results', results, '--json');
  assert.equal(stderr, '');
  assert.equal(code, 0);
  assert(json().length > 0);
  assert(json().some((line) => JSON.stringify(line).includes('rmse')));
});

test('a film that nobody has rated is scored by its genres', async (t) => {
  // The films of even ids are comedies and loved, the others dramas alone and not: fixtures' moviesCsv.
  const next = numbers(3);
  /** @type {Map<string, import('./fixtures.mjs').Row>} */
  const pairs = new Map();
  for (let n = 0; n < 1500; n++) {
    const [user, item] = [n % 60, 1 + next(120)];
    pairs.set(`${user} ${item}`, { user, item, rating: (item % 2 === 0 ? 4 : 1) + 0.5 * next(3), time: n });
  }
  const { run, dataset } = await lab(t, [...pairs.values()]);
  for (const settings of [
    { model: 'ncf-ratings' },
    { model: 'ancf' },
    { model: 'neural-ncf', ids: 'off' },
    { model: 'ncf-ratings', output: 'sigmoid' },
  ]) {
    const trained = run({ epochs: 25, lr: 0.01, batchSize: 64, l2: 0, ...settings, side: 'items' });
    finish(trained);
    for (const user of [0, 17, dataset.users - 1]) {
      const score = (/** @type {string[]} */ ...genres) => trained.view().scorePair(user, { genres, year: 1985 });
      const [comedy, drama] = [score('Comedy', 'Drama'), score('Drama')];
      assert(comedy > 3.5 && comedy < 5.5 && drama > 0.5 && drama < 3, `${settings.model} ${comedy} ${drama}`);
      assert.equal(score('Drama', 'Comedy'), comedy);
    }
  }
  const view = run({ model: 'mlp' }).view();
  assert.throws(() => view.scorePair(0, { genres: ['Drama'] }), /Only a model with side information about films/);
  assert.throws(() => view.scorePair({ gender: 'female' }, 0), /Only a model with side information about users/);
  assert.equal(view.scorePair(3, 5), view.recommend(3, 500).find(({ item }) => item === 5)?.score);
  const informed = run({ model: 'mlp', side: 'items' }).view();
  assert.throws(() => informed.scorePair(0, { genres: ['Western'] }), /There is no genre “Western”: /);
  assert.throws(() => informed.scorePair(60, {}), /There is no user 60/);
  assert.throws(() => informed.scorePair(0, 1e6), /There is no film 1000000/);
});

test('a user who has rated nothing is scored by gender, age and occupation', async (t) => {
  // Writers love what is even, artists what is odd: users.dat of MovieLens 1M tells who is which.
  const next = numbers(4);
  const pairs = new Map();
  for (let n = 0; n < 2400; n++) {
    const [user, item] = [1 + (n % 60), 1 + next(60)];
    const liked = item % 2 === user % 2;
    pairs.set(`${user} ${item}`, `${user}::${item}::${liked ? 5 : 1 + next(2)}::${n}\n`);
  }
  const people = Array.from({ length: 60 }, (_, n) => `${n + 1}::${n % 4 < 2 ? 'F' : 'M'}::25::${n % 2 ? 20 : 2}::1\n`);
  const dataset = await readDataset(await core(), [
    source('ratings.dat', [...pairs.values()].join('')),
    source('users.dat', people.join('')),
  ]);
  const split = dataset.leaveOneOut();
  const run = new Run(
    split,
    checkSettings({ model: 'ncf-ratings', side: 'users', epochs: 40, lr: 0.01, batchSize: 64, l2: 0, factors: 4 }),
  );
  t.after(() => {
    run.free();
    split.free();
    dataset.free();
  });
  finish(run);
  const view = run.view();
  const item = dataset.itemIds.indexOf(10);
  const score = (/** @type {string} */ occupation) => view.scorePair({ gender: 'female', age: 30, occupation }, item);
  const [writer, artist] = [score('writer'), score('artist')];
  assert(Math.abs(writer - artist) > 2, `${writer} ${artist}`);
  for (const each of [writer, artist]) assert(each > 0 && each < 6.5);
  assert.ok(Number.isFinite(view.scorePair({}, item)));
  assert.throws(() => view.scorePair({ occupation: 'wizard' }, item), /There is no occupation “wizard”: .*artist/);
});

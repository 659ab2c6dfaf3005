// What does not hold of data is said, with its numbers; and the splits that settings ask for.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { join } from 'node:path';

import { readDataset } from '../../wasm/lab/files.mjs';
import { noteText } from '../../wasm/lab/notes.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { core, csv, fill, finish, folder, ncf, outcome, source, world } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Row} Row */
/** @typedef {import('node:test').TestContext} TestContext */

/** @param {TestContext} t @param {Row[]} rows */
async function open(t, rows) {
  const dataset = await readDataset(await core(), [source('ratings.csv', csv(rows))]);
  t.after(() => dataset.free());
  return dataset;
}

/** A run of ItemPop, unless said otherwise. @param {import('../../wasm/core.mjs').Dataset} dataset @param {object} [settings] */
const runOf = (dataset, settings = {}) => new Run(dataset, checkSettings({ model: 'itempop', ...settings }));

/** @param {import('../../wasm/lab/run.mjs').Run} run */
const told = ({ notes }) => Object.fromEntries(notes.map(({ code, values }) => [code, values]));

/** Users `from` … `to` - 1 who have films `first` … `first + count - 1` each. */
const block = (
  /** @type {number} */ users,
  /** @type {number} */ count,
  { rating = 4, time = (/** @type {number} */ n) => n } = {},
) =>
  Array.from({ length: users * count }, (_, n) => ({
    user: 1 + Math.floor(n / count),
    item: 1 + ((Math.floor(n / count) * 3 + (n % count)) % (2 * count)),
    rating,
    time: time(n),
  }));

/** Films that are shown to everybody and taken by nobody, beside 8 clicks each. */
function clicks() {
  const taken = world({ users: 40, films: 120, each: 8 }).map((row) => ({ ...row, rating: 1 }));
  const users = [...new Set(taken.map(({ user }) => user))];
  const shown = users.flatMap((user, n) =>
    [0, 1, 2, 3].map((place) => ({ user, item: 9000 + ((n + place) % 6), rating: 0, time: 2e9 + place })),
  );
  // As a log has them: what was shown to a user follows what they took.
  const all = users.flatMap((user) => [...taken, ...shown].filter((row) => row.user === user));
  return { taken, all, shown };
}

test('data that fit say nothing', async (t) => {
  const dataset = await open(t, world());
  for (const settings of [{}, { model: 'gmf', validation: 'on' }, { model: 'bias' }])
    assert.deepEqual(runOf(dataset, settings).notes, []);
});

describe('rows of rating 0', () => {
  test('are no positives: all is as if they were not in the file', async (t) => {
    const { taken, all, shown } = clicks();
    const [with0, without] = [await open(t, all), await open(t, taken)];
    assert(with0.items > without.items);
    const ids = (/** @type {import('../../wasm/core.mjs').Dataset} */ { itemIds }, /** @type {number[]} */ items) =>
      items.map((item) => itemIds[item]);
    for (const settings of [
      { eval: 'both' },
      { eval: 'both', holdOut: 'random' },
      { eval: 'both', validation: 'on' },
    ]) {
      const [one, other] = [runOf(with0, settings), runOf(without, settings)];
      for (const run of [one, other]) finish(run);
      assert.deepEqual(outcome(one).epochs, outcome(other).epochs);
      assert.deepEqual(told(one)['zero-ratings'], { rows: shown.length, of: all.length });
      assert(!('zero-ratings' in told(other)));
      for (let user = 0; user < 40; user++) {
        const id = with0.userIds[user];
        const [mine, its] = [one.view().recommend(user, 200), other.view().recommend(without.userIndex(id), 200)];
        assert.deepEqual(
          ids(
            with0,
            mine.map(({ item }) => item),
          ),
          ids(
            without,
            its.map(({ item }) => item),
          ),
        );
        assert.deepEqual(
          ids(with0, [...one.split.testNegatives(user)]),
          ids(without, [...other.split.testNegatives(without.userIndex(id))]),
        );
      }
    }
  });

  test('are positives where --positive-from 0 says so, and ratings for a model that predicts these', async (t) => {
    const { all, taken } = clicks();
    const dataset = await open(t, all);
    const run = runOf(dataset, { positiveFrom: 0 });
    assert.deepEqual(told(run)['positive-from'], { from: 0, positives: all.length, of: all.length });
    assert.equal(run.split.trainPairs + run.split.testUsers, all.length);
    const rating = runOf(dataset, { model: 'bias' });
    const { train, test: held } = /** @type {import('../../wasm/core.mjs').Holdout} */ (rating.task.holdout).ratings;
    assert.equal(train + held, all.length);
    assert.deepEqual(told(rating), {
      'low-ratings': { rows: all.length - taken.length, of: all.length, lowest: 0, highest: 1 },
    });
  });

  test('are positives where all are 0: the column is a placeholder', async (t) => {
    const rows = world().map((row) => ({ ...row, rating: 0 }));
    const run = runOf(await open(t, rows));
    assert.deepEqual(run.notes, []);
    assert.equal(run.split.trainPairs + run.split.testUsers, rows.length);
  });

  test('are ratings like all where there are lower ones', async (t) => {
    const rows = world().map((row, n) => ({ ...row, rating: (n % 21) - 10 }));
    const run = runOf(await open(t, rows));
    assert.deepEqual(told(run), { 'negative-ratings': { lowest: -10, highest: 10 } });
    assert.equal(run.split.trainPairs + run.split.testUsers, rows.length);
    const liked = runOf(await open(t, rows), { positiveFrom: 0.5 });
    const positives = rows.filter(({ rating }) => rating > 0).length;
    assert.deepEqual(told(liked)['positive-from'], { from: 0.5, positives, of: rows.length });
  });
});

test('--positive-from: the counts before and after, half stars included; none is an error in a sentence', async (t) => {
  const rows = world();
  const dataset = await open(t, rows);
  const run = runOf(dataset, { positiveFrom: 3.5 });
  const positives = rows.filter(({ rating }) => rating >= 3.5).length;
  assert.deepEqual(told(run)['positive-from'], { from: 3.5, positives, of: rows.length });
  assert.equal(run.split.facts.positives, positives);
  assert.throws(() => runOf(dataset, { positiveFrom: 6 }), {
    message: /^No rating is as high as a positive has to be/,
  });
  assert.throws(() => checkSettings({ positiveFrom: 'high' }), { name: 'SettingError', setting: 'positiveFrom' });
});

test('a split that is not of the settings is refused', async (t) => {
  const dataset = await open(t, world());
  for (const made of [{}, { holdOut: /** @type {const} */ ('random') }, { positiveFrom: 3 }]) {
    const split = dataset.leaveOneOut(made);
    for (const settings of [{}, { holdOut: 'random' }, { positiveFrom: 3 }]) {
      const make = () => new Run(split, checkSettings({ model: 'itempop', ...settings }));
      if (JSON.stringify(made) === JSON.stringify(settings)) make();
      else assert.throws(make, { name: 'SettingError', message: /^The split that is given / });
    }
  }
});

describe('what is held out', () => {
  test('is the file’s order where times are equal, which is said with the share of users', async (t) => {
    const rows = world().map((row) => ({ ...row, time: row.user % 4 === 0 ? row.time : 5 }));
    const run = runOf(await open(t, rows));
    assert.deepEqual(told(run), { 'same-times': { share: '75 %', users: 30, of: 40 } });
    const tied = world().map((row) => ({
      ...row,
      time: Math.min(row.time, 1e9 + 7 * (12 * Math.floor(row.user - 11) + 9)),
    }));
    const at = runOf(await open(t, tied));
    assert.deepEqual(told(at), { 'tied-times': { share: '100 %', users: 40, of: 40 } });
    for (const each of [rows, tied]) assert.deepEqual(runOf(await open(t, each), { holdOut: 'random' }).notes, []);
    // Not of few users.
    assert.deepEqual(
      runOf(
        await open(
          t,
          world().map((row) => ({ ...row, time: row.user % 4 ? row.time : 5 })),
        ),
      ).notes,
      [],
    );
  });

  test('at random is the same for every seed, and runs of one setting share their split', async (t) => {
    const dataset = await open(t, world());
    const heldBy = (/** @type {Run} */ run) => Array.from(dataset.userIds, (_, user) => run.split.testItem(user));
    const [one, other, last] = [
      runOf(dataset, { holdOut: 'random', seed: 1 }),
      runOf(dataset, { holdOut: 'random', seed: 2 }),
      runOf(dataset),
    ];
    assert.equal(one.split, other.split);
    assert.notEqual(one.split, last.split);
    assert.deepEqual(heldBy(one), heldBy(other));
    assert(heldBy(one).filter((item, user) => item !== heldBy(last)[user]).length > 20);
    const { split } = one;
    one.free();
    assert(!split.freed, 'another run has it still');
    other.free();
    assert(split.freed && dataset.lent.size === 1);
    last.free();
    assert.equal(dataset.lent.size, 0);
  });

  test('users without one are counted, and validation’s', async (t) => {
    const rows = [...world(), { user: 900, item: 5, rating: 3, time: 1 }];
    rows.push({ user: 901, item: 5, rating: 3, time: 1 }, { user: 901, item: 10, rating: 3, time: 2 });
    const run = runOf(await open(t, rows), { validation: 'on' });
    assert.deepEqual(told(run), { untested: { users: 1, of: 42 }, 'fewer-validated': { users: 40, of: 41 } });
  });

  test('repeats of a pair are counted once, or replaced where ratings are predicted', async (t) => {
    const rows = [...world(), ...world().slice(0, 7)];
    const dataset = await open(t, rows);
    assert.deepEqual(told(runOf(dataset)), { repeats: { rows: 7 } });
    assert.deepEqual(told(runOf(dataset, { model: 'bias' })), { 'rated-again': { rows: 7 } });
  });
});

test('fewer films to rank among: how many, and whose hit is certain', async (t) => {
  const few = runOf(await open(t, block(20, 20)));
  assert.deepEqual(told(few), { 'few-candidates': { users: 20, of: 20, films: 21, paper: 100 } });
  const certain = told(runOf(await open(t, block(8, 6))));
  assert.deepEqual(certain['few-candidates'], { users: 8, of: 8, films: 7, paper: 100 });
  assert.deepEqual(certain['certain-hits'], { users: 8, of: 8, most: 10 });
});

test('models that rate hang on nothing of leave-one-out: one rating a user is enough', async (t) => {
  const rows = world().map((row, n) => ({ ...row, user: n + 1 }));
  const dataset = await open(t, rows);
  const run = runOf(dataset, { model: 'bias-mf', epochs: 2 });
  finish(run);
  assert.equal(run.split.testUsers, 0);
  assert.equal(run.split.trainPairs, rows.length);
  assert.throws(() => runOf(dataset), { message: /^No user has rated two different films/ });
  // What failed to be made is not kept.
  run.free();
  assert.equal(dataset.lent.size, 0);
});

describe('a user who has nearly everything', () => {
  /** 30 films for most, and for one user all of them, but for `left`. */
  const crowd = (/** @type {number} */ left) => {
    const rows = world({ users: 40, films: 120, each: 12 });
    const films = [...new Set(rows.map(({ item }) => item))];
    return [...rows, ...films.slice(left).map((item, n) => ({ user: 777, item, rating: 3, time: 2e9 + n }))];
  };

  test('is named, and training goes on', async (t) => {
    const rows = crowd(2);
    const dataset = await open(t, rows);
    const run = runOf(dataset, { model: 'gmf', epochs: 1, batchSize: 64 });
    // One more is held out, and may be drawn.
    const values = { users: 1, user: '777', films: dataset.items - 3, of: dataset.items };
    assert.deepEqual(told(run)['nearly-everything'], values);
    finish(run);
    assert.equal(run.epoch, 1);
    assert.deepEqual(told(runOf(dataset, { model: 'gmf', known: 'accept' }))['nearly-everything'], undefined);
    assert.deepEqual(told(runOf(dataset))['nearly-everything'], undefined, 'it draws no negatives');
  });

  test('is left out of training where nothing is left to be drawn', async (t) => {
    // The user has every film that anybody has in train, so popularity leaves nothing.
    const rows = crowd(0);
    const extra = { user: 777, item: 99999, rating: 3, time: 3e9 };
    const dataset = await open(t, [...rows, extra]);
    const settings = { model: 'gmf', epochs: 1, batchSize: 64, popularityPower: 0.5 };
    for (const loss of ['log', 'bpr']) {
      const run = runOf(dataset, { ...settings, loss });
      assert.deepEqual(told(run).everything, { users: 1, user: '777' });
      finish(run);
      assert(run.history.every(({ metrics }) => metrics.sampled));
    }
    assert.equal(told(runOf(dataset, { ...settings, popularityPower: 0 })).everything, undefined);
  });
});

describe('the command', () => {
  test('prints notes once, before the numbers, and tells them in its results', async (t) => {
    const path = join(fill(folder(t), { 'clicks.csv': csv(clicks().all) }), 'clicks.csv');
    const weights = join(folder(t), 'w.safetensors');
    const args = ['--data', path, '--model', 'itempop'];
    const text = await ncf('train', ...args, '--save', weights);
    assert.match(text.lines[1], /^note: 160 of 480 rows have rating 0: they are no positives/);
    assert.match(text.lines[2], /^epoch {3}0 {2}HR@10/);
    const [note, ...rest] = (await ncf('train', ...args, '--json')).json();
    const { event, ...said } = note;
    assert.equal(event, 'note');
    assert.deepEqual(said, {
      code: 'zero-ratings',
      values: { rows: 160, of: 480 },
      text: noteText(said),
    });
    assert.deepEqual(rest.at(-1).notes, [{ code: said.code, values: said.values }]);
    for (const command of [['evaluate'], ['recommend', '--user', '11']])
      assert.match((await ncf(...command, '--data', path, '--weights', weights)).lines[0], /^note: 160 of 480/);
    const search = ['search', '--grid', 'model=itempop', '--results', join(folder(t), 's.jsonl'), '--data', path];
    const found = await ncf(...search);
    assert.equal(found.lines.filter((line) => /^note: 160 of 480/.test(line)).length, 1, found.stdout + found.stderr);
  });

  test('refuses to hold out at random where the data bring their own test', async (t) => {
    const path = fill(folder(t), {
      'x.train.rating': '1\t1\t1\t0\n1\t2\t1\t0\n2\t1\t0\t0\n',
      'x.test.rating': '1\t3\t1\t0\n',
      'x.test.negative': '(1,3)\t4\t5\n',
    });
    const data = join(path, 'x');
    const { code, stderr } = await ncf('train', '--data', data, '--model', 'itempop', '--hold-out', 'random');
    assert.equal(code, 2);
    assert.equal(stderr.trim(), 'ncf: These data bring a test of their own, so none can be held out at random.');
    const { lines } = await ncf('train', '--data', data, '--model', 'itempop');
    assert.match(lines[1], /^note: 1 of 3 rows have rating 0/);
  });
});

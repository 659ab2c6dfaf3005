// What lists are like besides accurate: small worlds worked by hand, and naive formulas on a trained model.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { beyondAccuracy, beyondOf, trainPopularity } from '../../wasm/lab/beyond.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { modelRow } from '../../wasm/settings/models.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { csv, fill, filmsOf, finish, folder, lab, moviesCsv, ncf, world } from './fixtures.mjs';

/** @param {number | null} got @param {number} expected */
const near = (got, expected) => assert(Math.abs(Number(got) - expected) < 1e-12, `${got} is not ${expected}`);

/**
 * The end of a generator, and how many steps it took.
 * @param {Generator<unknown, import('../../wasm/lab/beyond.mjs').Beyond, void>} steps
 */
function end(steps) {
  for (let count = 0; ; count++) {
    const { done, value } = steps.next();
    if (done) return { ...value, steps: count };
  }
}

test('a world worked by hand', () => {
  const lists = [
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 4],
  ];
  const kinds = [['a', 'b'], ['b'], ['a', 'b', 'c'], ['d'], [], ['a']];
  const counts = [4, 2, 1, 0, 1, 0];
  const choices = [1, 1, 1, 1, 1, 0]; // the last film is on no list since it can be on none
  const found = end(
    beyondAccuracy({ users: 4, counts, choices, shown: (user) => lists[user], genres: (item) => kinds[item] }),
  );
  assert.equal(found.steps, 4);
  assert.equal(found.coverage, 1);
  // Exposures 3, 2, 1, 1, 1: the differences of all ordered pairs add up to 20; over 2 n² mean.
  near(found.gini, 20 / (2 * 25 * (8 / 5)));
  // Of 4 users, 4 have film 0: 0 bits; 1 has 2: 1/2; film 3 has nobody: as if half a user, 3 bits.
  near(found.novelty, (0 + 1 + 0 + 2 + 0 + 3 + 1 + 2) / 8);
  // {a b} and {b}: 1/2; {a b} and {a b c}: 1/3; {a b} and {d}: 1; film 4 has no genres, so the last list no pair.
  near(found.diversity, (1 / 2 + 1 / 3 + 1) / 3);
  // Shown: 4 2 4 1 4 0 2 1, mean 18/8. Histories: 8 pairs, of which 4 are with film 0 …: (16 + 4 + 1 + 1) / 8.
  near(found.popularity, 18 / 22);
});

test('the ends of the scales', () => {
  const genres = () => ['a'];
  const choices = [1, 1, 1, 1];
  const same = end(beyondAccuracy({ users: 3, counts: [3, 1, 1, 1], choices, shown: () => [0], genres }));
  assert.equal(same.coverage, 0.25);
  near(same.gini, 3 / 4);
  assert.equal(same.novelty, 0);
  assert.equal(same.diversity, null, 'lists of one film have no pairs');
  near(same.popularity, 3 / (12 / 6));
  const fair = end(beyondAccuracy({ users: 4, counts: [1, 1, 1, 1], choices, shown: (user) => [user], genres }));
  assert.deepEqual([fair.coverage, fair.gini, fair.novelty, fair.popularity], [1, 0, 2, 1]);
  const alike = end(
    beyondAccuracy({ users: 1, counts: [1, 1, 1], choices: [1, 1, 1], shown: () => [0, 1, 2], genres }),
  );
  assert.equal(alike.diversity, 0);
});

for (const settings of [
  { model: 'gmf', lr: 0.02 },
  { model: 'itempop' },
  { model: 'gmf', validation: 'on' },
  { model: 'gmf', positiveFrom: 4 },
  { model: 'bias-mf', validation: 'on', output: 'sigmoid' },
])
  test(`lists of ${JSON.stringify(settings)} by naive formulas`, async (t) => {
    const rows = world();
    const { dataset } = await lab(t, rows);
    const mine = new Run(dataset, checkSettings({ factors: 4, epochs: 4, ...settings }));
    finish(mine);
    const { users, items } = dataset;
    const k = 7;
    // The train items by the dataset's own history, so that counts are not those of the module that is tested. Of a model of
    // ratings all that they rated counts.
    const ranks = modelRow(settings.model).task === 'ranking';
    const held = (/** @type {number} */ user) =>
      ranks ? [mine.split.testItem(user), mine.split.validationItem(user)] : [];
    const positives = Array.from({ length: users }, (_, user) =>
      dataset.history(user).filter(({ rating }) => !ranks || rating >= (settings.positiveFrom ?? 0)),
    );
    const train = positives.map((rows, user) => rows.flatMap(({ item }) => (held(user).includes(item) ? [] : [item])));
    const counts = Array.from({ length: items }, (_, item) => train.filter((all) => all.includes(item)).length);
    if (ranks) {
      assert.deepEqual([...trainPopularity(mine.split)], counts);
      assert.equal(
        counts.reduce((sum, count) => sum + count),
        mine.split.trainPairs,
      );
    }
    const lists = Array.from({ length: users }, (_, user) =>
      mine
        .view()
        .recommend(user, k)
        .map(({ item }) => item),
    );
    if (!ranks)
      lists.forEach((list, user) =>
        assert(!list.some((item) => train[user].includes(item)), 'what they have is on no list'),
      );
    const flat = lists.flat();
    const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const there = [...new Set(positives.flatMap((rows) => rows.map(({ item }) => item)))];
    const exposures = there.map((item) => flat.filter((each) => each === item).length);
    const distance = (/** @type {number} */ a, /** @type {number} */ b) => {
      const [x, y] = [a, b].map((item) => new Set(dataset.film(item).genres));
      return 1 - [...x].filter((genre) => y.has(genre)).length / new Set([...x, ...y]).size;
    };
    const found = end(beyondOf(mine.view(), k));
    assert.equal(found.steps, users);
    near(found.coverage, new Set(flat).size / there.length);
    near(found.gini, mean(exposures.flatMap((x) => exposures.map((y) => Math.abs(x - y)))) / (2 * mean(exposures)));
    near(found.novelty, mean(flat.map((item) => -Math.log2((counts[item] || 0.5) / users))));
    near(
      found.diversity,
      mean(lists.map((list) => mean(list.flatMap((a, n) => list.slice(0, n).map((b) => distance(a, b)))))),
    );
    near(found.popularity, mean(flat.map((item) => counts[item])) / mean(train.flat().map((item) => counts[item])));
    if (settings.model === 'itempop') assert(found.popularity > 1 && found.coverage < 0.3 && found.gini > 0.7);
  });

test('--beyond of train and evaluate', async (t) => {
  const rows = world();
  const path = fill(folder(t), { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) });
  const weights = join(path, 'w');
  const train = ['train', '--data', path, '--model', 'gmf', '--epochs', '2', '--save', weights, '--beyond'];
  const { beyond } = (await ncf(...train, '--json')).json().at(-1);
  assert.deepEqual(Object.keys(beyond), ['coverage', 'gini', 'novelty', 'diversity', 'popularity']);
  assert(beyond.coverage <= 1 && beyond.coverage >= 10 / filmsOf(rows).length && beyond.diversity > 0);
  const evaluate = ['evaluate', '--data', path, '--weights', weights, '--beyond'];
  assert.deepEqual((await ncf(...evaluate, '--json')).json()[0].beyond, beyond);
  const text = new RegExp(
    `^lists of 10: coverage ${(100 * beyond.coverage).toFixed(1)} % of films, Gini of exposure 0\\.\\d{4}, novelty \\d\\.\\d\\d bits, diversity 0\\.\\d{4}, popularity \\d\\.\\d\\d times that of histories$`,
    'm',
  );
  for (const args of [train, evaluate]) assert.match((await ncf(...args)).stdout, text);
  const bare = fill(folder(t), { 'my.csv': csv(rows) });
  const [without] = (
    await ncf('evaluate', '--data', join(bare, 'my.csv'), '--weights', weights, '--beyond', '--json')
  ).json();
  assert.deepEqual(without.beyond, { ...beyond, diversity: null }, 'no genres, no diversity');
  assert(!('beyond' in (await ncf('evaluate', '--data', path, '--weights', weights, '--json')).json()[0]));
});

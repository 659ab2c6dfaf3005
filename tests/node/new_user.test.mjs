// Folding in: somebody new names some films of one half of a world in which users keep to their half, and is shown others of
// that half, by every kind of model.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NewUser } from '../../wasm/core.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { finish, lab, numbers } from './fixtures.mjs';

const USERS = 60;
const FILMS = 60;

/** Users with an even id have films with an even id, the others the others. */
function halves() {
  const next = numbers(11);
  const rows = [];
  for (let user = 0; user < USERS; user++)
    for (let item = user % 2; item < FILMS; item += 2)
      if (next(10) < 7) rows.push({ user, item, rating: 3 + next(3), time: next(1_000_000) });
  return rows;
}

const small = { factors: 8, epochs: 20, lr: 0.01, batchSize: 64 };
const kinds = [
  { model: 'itemknn', exact: true },
  { model: 'ease', l2: 5, exact: true },
  { model: 'ials', factors: 8, epochs: 8, l2: 0.1, exact: true },
  { model: 'eals', factors: 8, epochs: 20, missing: 20, exact: true },
  { model: 'mf', ...small, exact: false },
  { model: 'bpr', ...small, exact: false },
  { model: 'gmf', ...small, exact: false },
  { model: 'neumf', ...small, exact: false },
];

for (const { exact, ...settings } of kinds)
  test(`${settings.model}: recommends for a new user, says why, and stays as it was`, async (t) => {
    const { dataset, run } = await lab(t, halves());
    const trained = run(checkSettings(settings));
    finish(trained);
    const before = trained.model.hash();
    const user = new NewUser(trained.view());
    t.after(() => user.free());
    for (const half of [0, 1]) {
      const liked = [0, 10, 20, 30, 40].map((id) => dataset.itemIds.indexOf(id + half));
      const top = user.recommend(liked, 10);
      assert.equal(top.length, 10);
      const right = top.filter(({ item }) => dataset.itemIds[item] % 2 === half).length;
      assert(right >= 9, `${right} of 10 are of the half that was named`);
      assert(
        top.every(({ item }) => !liked.includes(item)),
        'what was named is not shown again',
      );
      assert.deepEqual(
        top.map(({ score }) => score),
        top.map(({ score }) => score).sort((a, b) => b - a),
      );
      for (const { reasons, exact: told } of top) {
        assert.equal(told, exact);
        assert(reasons.length <= 3 && reasons.every(({ item }) => liked.includes(item)));
        assert.deepEqual(
          reasons.map(({ share }) => share),
          reasons.map(({ share }) => share).sort((a, b) => b - a),
        );
      }
      const [{ item, score }] = top;
      const shares = user.sharesOf(item, score, liked).values;
      const sum = shares.reduce((total, share) => total + share, 0);
      assert(Math.abs(sum - 1) < 1e-4, `the shares of all liked films make the whole, not ${sum}`);
      assert.deepEqual(user.recommend(liked, 10), top, 'the same films give the same list');
    }
    assert.equal(trained.model.hash(), before);
  });

/** Users rate the films of their half 5 and some of the others 1. */
function tastes() {
  const next = numbers(12);
  const rows = [];
  for (let user = 0; user < USERS; user++)
    for (let item = 0; item < FILMS; item++)
      if (next(10) < 6) rows.push({ user, item, rating: item % 2 === user % 2 ? 5 : 1, time: next(1_000_000) });
  return rows;
}

for (const settings of [
  { model: 'mf-ratings', l2: 0.05, std: 0.1 },
  { model: 'bias-mf', l2: 0.05 },
  { model: 'bias-mf', l2: 0.02, output: 'sigmoid' },
  { model: 'ncf-ratings', l2: 0 },
  { model: 'ancf', l2: 0.01 },
  { model: 'neural-ncf', l2: 0.01 },
])
  test(`${JSON.stringify(settings)}: a like counts as the highest rating, and scores are predicted ratings`, async (t) => {
    const { dataset, run } = await lab(t, tastes());
    const trained = run(checkSettings({ factors: 4, epochs: 30, lr: 0.01, batchSize: 64, ...settings }));
    finish(trained);
    const before = trained.model.hash();
    const user = new NewUser(trained.view());
    assert.equal(user.rating, 5);
    const predictor = trained.model.createPredictor();
    for (const half of [0, 1]) {
      const liked = [0, 10, 20, 30, 40].map((id) => dataset.itemIds.indexOf(id + half));
      const all = user.recommend(liked, FILMS);
      assert.equal(all.length, FILMS - liked.length);
      const own = (/** @type {{item: number}[]} */ films) =>
        films.filter(({ item }) => dataset.itemIds[item] % 2 === half);
      assert(own(all.slice(0, 10)).length >= 9, 'the half that was named comes first');
      const mean = (/** @type {{score: number}[]} */ films) =>
        films.reduce((sum, { score }) => sum + score, 0) / films.length;
      const others = all.filter((film) => !own(all).includes(film));
      assert(mean(own(all)) > 4 && mean(own(all)) < 5.5, `${mean(own(all))} for films like those that got 5`);
      assert(mean(others) < mean(own(all)) - 1, `${mean(others)} for the others`);
      user.asUser0(0, 0, () => {
        for (const { item, score } of all) assert.equal(score, predictor.predict(0, item));
      });
      assert.deepEqual(user.recommend(liked, FILMS), all, 'the same films give the same list');
    }
    assert.equal(trained.model.hash(), before);
    predictor.free();
    user.free();
  });

test('biases are fitted in closed form: everybody is shown the same films, with ratings as the new user gives them', async (t) => {
  const { run, dataset } = await lab(t, tastes());
  for (const [model, l2] of /** @type {const} */ ([
    ['global-mean', 0],
    ['user-mean', 0],
    ['item-mean', 0],
    ['bias', 3],
  ])) {
    const trained = run(checkSettings({ model, l2 }));
    finish(trained);
    const values = new Map(trained.model.tensors.map((tensor) => [tensor.name, trained.model.values(tensor)]));
    const [mu] = values.get('bias.global') ?? [];
    const b = values.get('bias.item') ?? [];
    const user = new NewUser(trained.view());
    const liked = [3, 8, 20];
    const rest = liked.reduce((sum, item) => sum + 5 - mu - b[item], 0);
    const a = model === 'bias' || model === 'user-mean' ? rest / (liked.length + l2) : 0;
    const films = user.recommend(liked, FILMS);
    assert.equal(films.length, dataset.items - liked.length);
    for (const { item, score, reasons } of films) {
      assert(Math.abs(score - (mu + a + b[item])) < 1e-5, `${model}: ${score}, not ${mu + a + b[item]}`);
      assert.deepEqual(reasons, []);
    }
    assert.equal(user.learns, false);
    user.free();
  }
});

test('nothing liked is a fresh start, whoever was asked for before', async (t) => {
  const { run } = await lab(t, tastes());
  for (const settings of [
    { model: 'gmf' },
    { model: 'ials' },
    { model: 'bias' },
    { model: 'bias-mf' },
    { model: 'ease' },
  ]) {
    const trained = run(checkSettings({ ...small, epochs: 2, l2: 1, ...settings }));
    finish(trained);
    const user = new NewUser(trained.view());
    const nobody = user.recommend([], 5);
    assert.notDeepEqual(user.recommend([4, 6], 5), nobody);
    assert.deepEqual(user.recommend([], 5), nobody, settings.model);
    user.free();
  }
});

test('a model is folded into by its own loss', async (t) => {
  const { run, dataset } = await lab(t, halves());
  const trained = run(checkSettings({ model: 'mf', ...small, loss: 'squared' }));
  finish(trained);
  const user = new NewUser(trained.view());
  const liked = [0, 10, 20, 30, 40].map((id) => dataset.itemIds.indexOf(id));
  // Fitted to 1 for what somebody has, so that log loss would drive them far beyond.
  for (const { score } of user.recommend(liked, FILMS)) assert(score < 1.5, String(score));
  user.free();
});

test('nothing liked, a film that is not there, and popularity alone', async (t) => {
  const { run, dataset } = await lab(t, halves());
  const popular = run(checkSettings({ model: 'itempop' }));
  finish(popular);
  const user = new NewUser(popular.view());
  t.after(() => user.free());
  const counts = new Map();
  for (let each = 0; each < dataset.users; each++)
    for (const { item } of dataset.history(each)) counts.set(item, (counts.get(item) ?? 0) + 1);
  const top = user.recommend([3], 5);
  assert.equal(top.length, 5);
  assert(top.every(({ item, reasons }) => item !== 3 && reasons.length === 0));
  assert.equal(user.recommend([], 3).length, 3);
  assert.throws(() => user.recommend([FILMS], 3), /There is no film 60/);
  assert.throws(() => user.recommend([1], 0), /k must be a whole number from 1/);
});

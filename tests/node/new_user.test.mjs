// Folding in: somebody new names some films of one half of a world in which users keep to their half, and is shown others of
// that half, by every kind of model.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NewUser, checkSettings } from '../../wasm/core.mjs';
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

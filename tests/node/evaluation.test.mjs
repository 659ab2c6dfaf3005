// What the evaluation and the data rooms ask the worker for, against the core's own numbers and against counting by hand.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { gainOf, hitOf } from '../../wasm/lab/stats/ranks.mjs';
import { RankLog } from '../../wasm/lab/rank_log.mjs';
import { finish, lab, numbers, world } from './fixtures.mjs';
import { base, configured, opened, rows, wasm } from './worker_client.mjs';

describe('the log of ranks', () => {
  const USERS = 7;
  /** Ranks made up for an epoch. @param {(n: number) => number} next @param {number} candidates */
  function triples(next, candidates) {
    const made = new Uint32Array(3 * USERS);
    for (let user = 0; user < USERS - 1; user++) {
      const greater = next(candidates);
      made.set([greater, next(candidates - greater), candidates], 3 * user);
    }
    return made;
  }

  for (const candidates of [100, 128, 129, 3706, 40_000])
    test(`gives back the expected ranks among ${candidates}, halves too, and nothing for a user without a film`, () => {
      const next = numbers(3);
      const log = new RankLog();
      const all = Array.from({ length: 6 }, () => triples(next, candidates));
      // The last place of all, and all level.
      all[2].set([candidates - 1, 0, candidates], 0);
      all[3].set([0, candidates - 1, candidates], 0);
      all.forEach((each, epoch) => log.add(epoch, each));
      for (let user = 0; user < USERS - 1; user++)
        assert.deepEqual(
          log.of(user),
          all.map((each, epoch) => ({ epoch, rank: each[3 * user] + each[3 * user + 1] / 2 })),
        );
      assert.deepEqual(log.of(USERS - 1), []);
      assert.equal(log.latest?.triples, all[5]);
    });

  test('stays within its bytes: epochs further and further apart, and the latest', () => {
    const next = numbers(5);
    const most = 10 * USERS;
    const log = new RankLog(most);
    for (let epoch = 0; epoch <= 101; epoch++) {
      const latest = triples(next, 100);
      log.add(epoch, latest);
      assert(log.bytes <= most && log.bytes === [...log.epochs.values()].reduce((sum, each) => sum + each.length, 0));
      const told = log.of(2);
      assert.deepEqual(told.at(-1), { epoch, rank: latest[6] + latest[7] / 2 });
      assert.equal(told[0].epoch, 0);
      for (const [at, each] of told.slice(0, -1).entries()) assert.equal(each.epoch, at * log.step);
    }
    assert.equal(log.step, 16);
    assert.deepEqual(
      log.of(2).map(({ epoch }) => epoch),
      [0, 16, 32, 48, 64, 80, 96, 101],
    );
  });
});

describe('negatives of the test', () => {
  test('are films that the user does not have, as many as were asked for, and what the core ranks among', async (t) => {
    const { dataset, split, run } = await lab(t);
    const mine = run({ model: 'gmf' });
    const view = mine.view();
    const { start, items } = split.trainRows();
    for (let user = 0; user < dataset.users; user++) {
      const negatives = split.testNegatives(user);
      assert.equal(negatives.length, 99);
      const has = new Set([...items.subarray(start[user], start[user + 1]), split.testItem(user)]);
      assert(negatives.every((item, n) => !has.has(item) && (n === 0 || item > negatives[n - 1])));
      const scores = view.scores(user);
      const own = scores[split.testItem(user)];
      assert.deepEqual(view.rank(user, false), {
        greater: negatives.filter((item) => scores[item] > own).length,
        equal: negatives.filter((item) => scores[item] === own).length,
        candidates: 100,
      });
    }
    assert.throws(() => split.testNegatives(dataset.users), { message: /^There is no user/ });
  });
});

describe('candidates', () => {
  for (const validation of ['off', 'on'])
    test(`are a user’s whole test in the core’s own order, with its history (validation ${validation})`, async (t) => {
      const settings = { ...base, model: 'gmf', eval: 'both', validation };
      const { ask, state } = await configured(t, settings);
      await ask('train');
      await state('finished');
      const { dataset, run } = await lab(t);
      const mine = run(settings);
      const full = new Map();
      for (const event of mine.slices())
        if (event.event === 'epoch')
          full.set(
            event.epoch,
            mine.evaluator?.ranks(true).map((rank) => rank?.greater),
          );
      const view = mine.view();
      for (const user of [0, 5, 21]) {
        const held = mine.split.testItem(user);
        const scores = view.scores(user);
        for (const kind of [false, true]) {
          const told = await ask('candidates', { user, full: kind });
          const rank = view.rank(user, kind);
          assert.deepEqual(
            [told.rank, told.equal, told.total, told.hit, told.ndcg],
            [rank.greater, 0, rank.candidates, hitOf(rank, 10), gainOf(rank, 10)],
          );
          const { title, year } = dataset.film(held);
          assert.deepEqual(told.heldOut, { item: held, title, year });
          assert.deepEqual(
            told.candidates.filter(({ heldOut }) => heldOut).map(({ item, place }) => ({ item, place })),
            [{ item: held, place: rank.greater }],
          );
          for (const [at, { item, score, place, title: name }] of told.candidates.entries()) {
            assert.equal(score, scores[item]);
            assert.equal(name, dataset.film(item).title);
            assert(at === 0 || (score <= told.candidates[at - 1].score && place > told.candidates[at - 1].place));
          }
          const places = told.candidates.map(({ place }) => place);
          const all = Array.from({ length: rank.candidates }, (_, place) => place);
          assert.deepEqual(
            places,
            kind ? all.filter((place) => place < 20 || Math.abs(place - rank.greater) <= 5) : all,
          );
          assert.deepEqual(
            told.history.map(({ epoch }) => epoch),
            [0, 1, 2, 3],
          );
          if (kind)
            for (const each of told.history) assert.equal(each.rank, full.get(each.epoch)[user], `epoch ${each.epoch}`);
        }
      }
      // What the user has seen, and the film kept for validation, are no candidates.
      const everything = new Set(mine.split.trainRows().items.subarray(0, mine.split.trainRows().start[1]));
      everything.add(mine.split.validationItem(0));
      const { candidates } = await ask('candidates', { user: 0, full: true });
      assert(candidates.every(({ item }) => !everything.has(item)));
    });

  test('ties are told and count by their expectation', async (t) => {
    const { ask } = await configured(t, { model: 'itempop' });
    const { run } = await lab(t);
    const mine = run({ model: 'itempop' });
    const view = mine.view();
    let tied = 0;
    for (let user = 0; user < 40; user++) {
      const rank = view.rank(user, false);
      const told = await ask('candidates', { user, full: false });
      assert.deepEqual([told.rank, told.equal], [rank.greater + rank.equal / 2, rank.equal]);
      assert.deepEqual([told.hit, told.ndcg], [hitOf(rank, 10), gainOf(rank, 10)]);
      assert.equal(
        told.candidates.findIndex(({ heldOut }) => heldOut),
        rank.greater + Math.ceil(rank.equal / 2),
      );
      if (rank.equal > 0 && told.hit > 0 && told.hit < 1) tied++;
    }
    assert(tied > 0, 'the world has ties across the cut');
  });

  test('of a user with a single film, of models without ranks and before they are solved', async (t) => {
    const alone = [...rows, { user: 500, item: 5, rating: 4, time: 1 }];
    const { ask } = await opened(t, alone);
    await ask('configure', { settings: { model: 'itemknn' } });
    assert.deepEqual((await ask('candidates', { user: 3, full: false })).ready, false);
    await ask('configure', { settings: { model: 'itempop' } });
    const told = await ask('candidates', { user: 40, full: false });
    assert.deepEqual([told.ready, told.heldOut, told.candidates], [true, null, []]);
    await ask('configure', { settings: { model: 'bias-mf' } });
    for (const type of ['candidates', 'ranks'])
      await assert.rejects(ask(type, { user: 0, full: false }), { message: /^This model predicts ratings/ });
  });
});

describe('ranks', () => {
  test('are those of the last evaluation, of the kind that it had, else made anew to the same numbers', async (t) => {
    const { ask, state } = await configured(t, { model: 'gmf' });
    await ask('train');
    await state('finished');
    const mine = (await lab(t)).run({ ...base, model: 'gmf' });
    finish(mine);
    const view = mine.view();
    for (const full of [false, true])
      for (const fresh of [false, true]) {
        const told = await ask('ranks', { full, fresh });
        assert.equal(told.epoch, 3);
        assert.equal(told.users.length, 40);
        for (const [n, user] of told.users.entries()) {
          const { greater, equal, candidates } = view.rank(user, full);
          assert.deepEqual(
            [told.ranks[n], told.equal[n], told.candidates[n]],
            [greater + equal / 2, equal, candidates],
          );
        }
      }
  });

  test('are of the weights that validation went back to', async (t) => {
    const settings = { ...base, model: 'gmf', validation: 'on', patience: 1, lr: 0.2, epochs: 30 };
    const { ask, state, until } = await configured(t, settings);
    await ask('train');
    await state('finished');
    const { epoch, of } = await until(({ event }) => event === 'selected');
    assert(epoch < of);
    const mine = (await lab(t)).run(settings);
    finish(mine);
    const view = mine.view();
    const told = await ask('ranks', { full: false });
    assert.equal(told.epoch, epoch);
    assert.deepEqual(
      [...told.ranks],
      [...told.users].map((user) => view.rank(user, false).greater),
    );
  });

  test('of users without a held-out film are left out', async (t) => {
    const { ask } = await opened(t, [{ user: 1, item: 5, rating: 4, time: 1 }, ...rows]);
    await ask('configure', { settings: { model: 'itempop' } });
    const { users, ranks } = await ask('ranks', { full: true });
    assert.deepEqual([users.length, users[0], ranks.length], [40, 1, 40]);
  });

  test('give way to a later question and to another model, and training goes on beneath', async (t) => {
    const many = world({ users: 400, films: 3000, each: 20 });
    const { ask, until, events, gate, together } = await opened(t, many);
    // A slice is a user or two, and every few slices of training are told of.
    gate({ tick: 6 });
    await ask('configure', { settings: { ...base, model: 'mlp', epochs: 50 } });
    await until(({ event }) => event === 'epoch');
    await ask('train');
    const from = events.length;
    const [first, second] = await Promise.all(
      together(() => [ask('ranks', { full: true }), ask('ranks', { full: true })]),
    );
    assert.equal(first, null);
    assert.equal(second.ranks.length, 400);
    assert(events.slice(from).some(({ event }) => event === 'progress'));
    const [late] = await Promise.all(
      together(() => [
        ask('ranks', { full: true }),
        ask('configure', { settings: { ...base, model: 'mlp', validation: 'on' } }),
      ]),
    );
    assert.equal(late, null);
  });
});

describe('the data', () => {
  test('overview counts what is there', async (t) => {
    const { ask } = await opened(t);
    const { dataset, split } = await lab(t);
    const told = await ask('overview');
    const count = (/** @type {(row: any) => unknown} */ key) => {
      const counts = new Map();
      for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
      return counts;
    };
    const falling = (/** @type {Map<any, number>} */ counts) => [...counts.values()].sort((a, b) => b - a);
    assert.deepEqual([...told.popularity], falling(count(({ item }) => item)));
    assert.deepEqual([...told.activity], falling(count(({ user }) => user)));
    const values = count(({ rating }) => rating);
    assert.deepEqual(
      told.ratings,
      [...values].map(([value, n]) => ({ value, count: n })).sort((a, b) => a.value - b.value),
    );
    const mean = rows.reduce((sum, { rating }) => sum + rating, 0) / rows.length;
    assert(Math.abs(told.mean - mean) < 1e-12);
    assert.deepEqual(told.split, { train: rows.length - 40, test: 40, users: 40, negatives: 99 });
    assert.equal(told.density, rows.length / (40 * dataset.items));

    const films = Array.from({ length: dataset.items }, (_, item) => dataset.film(item));
    const ratingsOf = (/** @type {typeof films} */ some) =>
      rows.filter(({ item }) => some.some(({ id }) => id === item)).map(({ rating }) => rating);
    for (const { genre, films: number, ratings, mean: average } of told.genres) {
      const some = films.filter(({ genres }) => genres.includes(genre));
      const all = ratingsOf(some);
      assert.deepEqual([number, ratings], [some.length, all.length], genre);
      assert(Math.abs(average - all.reduce((sum, each) => sum + each, 0) / all.length) < 1e-12);
    }
    assert.deepEqual(told.genres.map(({ genre }) => genre).sort(), ['Comedy', 'Drama']);
    for (const { decade, films: number, ratings } of told.decades) {
      const some = films.filter(({ year }) => year >= decade && year < decade + 10);
      assert.deepEqual([number, ratings], [some.length, ratingsOf(some).length], String(decade));
    }
    assert.equal(
      told.decades.reduce((sum, { films: number }) => sum + number, 0),
      dataset.items,
    );

    // So small a world has a bin a pair: all is exact.
    const { rows: height, columns, counts } = told.matrix;
    assert.deepEqual([height, columns], [40, dataset.items]);
    assert(counts.every((/** @type {number} */ n) => n <= 1));
    const sums = Array.from({ length: columns }, (_, column) =>
      counts.reduce((sum, n, at) => sum + (at % columns === column ? n : 0), 0),
    );
    assert.deepEqual(sums, [...told.popularity], 'films by falling popularity');
    const { users, films: popular, cells } = told.corner;
    assert.deepEqual([users.length, popular.length], [40, 60]);
    const { start, items } = split.trainRows();
    for (const [row, user] of users.entries())
      for (const [column, item] of popular.entries()) {
        const has = items.subarray(start[user], start[user + 1]).includes(item);
        const cell = item === split.testItem(user) ? 2 : Number(has);
        assert.equal(cells[row * 60 + column], cell);
        assert.equal(counts[row * columns + column], Math.min(cell, 1));
      }
  });

  test('a matrix larger than its picture is binned without loss', async (t) => {
    const many = world({ users: 333, films: 1000, each: 25 });
    const { ask } = await opened(t, many);
    const { matrix, popularity, activity } = await ask('overview');
    assert.deepEqual([matrix.rows, matrix.columns], [160, 240]);
    const within = (/** @type {Uint32Array} */ falling, /** @type {number} */ n, /** @type {number} */ bin) => {
      const [from, to] = [bin, bin + 1].map((each) => Math.floor((each * falling.length) / n));
      return falling.subarray(from, to).reduce((sum, each) => sum + each, 0);
    };
    for (let column = 0; column < 240; column++) {
      let sum = 0;
      for (let row = 0; row < 160; row++) sum += matrix.counts[row * 240 + column];
      assert.equal(sum, within(popularity, 240, column), `column ${column}`);
    }
    for (let row = 0; row < 160; row++) {
      const sum = matrix.counts.subarray(row * 240, (row + 1) * 240).reduce((all, n) => all + n, 0);
      assert.equal(sum, within(activity, 160, row), `row ${row}`);
    }
  });

  test('a timeline ends with what was kept out', async (t) => {
    const { ask } = await configured(t, { validation: 'on' });
    const { dataset, run } = await lab(t);
    const mine = run({ ...base, validation: 'on' });
    for (const user of [0, 9]) {
      const { films, heldOut, validation, negatives, ratings } = await ask('timeline', { user });
      assert.deepEqual(films, dataset.history(user).reverse());
      assert.deepEqual([films.at(-1).item, heldOut], [mine.split.testItem(user), mine.split.testItem(user)]);
      assert.equal(validation, mine.split.validationItem(user));
      assert.deepEqual([...negatives], [...mine.split.testNegatives(user)]);
      assert.equal(ratings, null);
    }
    await ask('configure', { settings: { model: 'bias-mf' } });
    const { ratings } = await ask('timeline', { user: 0 });
    assert.equal(ratings.train + ratings.test, rows.length);
  });

  test('gives way to other data', async (t) => {
    const { ask } = await opened(t, world({ users: 300, films: 2000, each: 200 }));
    const late = ask('overview');
    const small = [{ name: 'r.csv', file: new Blob(['1,2,3,4\n1,3,3,5\n2,2,1,1\n2,5,1,2\n']) }];
    await ask('open', { files: small, name: 'small', wasm });
    assert.equal(await late, null);
  });
});

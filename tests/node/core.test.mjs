import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';

import { CoreError, STATUS_NOT_FINITE, hasSimd, loadCore } from '../../wasm/core.mjs';
import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import {
  bundled,
  core,
  csv,
  filmsOf,
  finish,
  lab,
  moviesCsv,
  numbers,
  outcome,
  root,
  source,
  world,
} from './fixtures.mjs';

const modules = { simd: `${root}build/wasm/ncf.wasm`, scalar: `${root}build/wasm-scalar/ncf.wasm` };

describe('loadCore', () => {
  test('takes the SIMD module where SIMD runs, and the scalar one where it is all there is', async () => {
    assert.equal(hasSimd(), true, 'Node 20 runs wasm SIMD');
    /** @type {string[]} */
    const asked = [];
    const sources = Object.fromEntries(
      Object.entries(modules).map(([kind, path]) => [
        kind,
        () => {
          asked.push(kind);
          return readFileSync(path);
        },
      ]),
    );
    assert.equal((await loadCore(sources)).simd, true);
    assert.equal((await loadCore({ scalar: sources.scalar })).simd, false);
    assert.equal((await loadCore({ simd: sources.simd })).simd, true);
    assert.deepEqual(asked, ['simd', 'scalar', 'simd'], 'no module is fetched in vain');
  });

  test('takes bytes, a Response, a promise of one, and a compiled module', async () => {
    const bytes = readFileSync(modules.simd);
    for (const simd of [
      () => bytes,
      () => new Response(bytes),
      async () => new Response(bytes),
      () => WebAssembly.compile(bytes),
    ])
      assert.equal((await loadCore({ simd })).simd, true);
  });

  test('says so where no source is given', async () => {
    await assert.rejects(loadCore({}), /needs a source/);
  });

  for (const [kind, path] of Object.entries(modules))
    test(`the ${kind} module imports exactly emscripten_notify_memory_growth`, () => {
      const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(path)));
      assert.deepEqual(imports, [{ module: 'env', name: 'emscripten_notify_memory_growth', kind: 'function' }]);
    });
});

for (const scalar of [false, true])
  describe(`the bundled set, ${scalar ? 'scalar' : 'SIMD'}`, () => {
    /** @type {import('../../wasm/core.mjs').Dataset} */
    let dataset;
    /** @type {string[][]} */
    const rows = bundled('ratings.csv')
      .toString()
      .split('\n')
      .slice(1, -1)
      .map((row) => row.split(','));

    before(async () => {
      dataset = await readDataset(await core({ scalar }), [
        source('ratings.csv', bundled('ratings.csv')),
        source('movies.csv', bundled('movies.csv')),
      ]);
    });

    test('counts', () => {
      assert.deepEqual([dataset.ratings, dataset.users, dataset.items], [100004, 671, 9066]);
      assert.equal(dataset.userIds.length, 671);
      assert.equal(dataset.itemIds.length, 9066);
      const split = dataset.leaveOneOut();
      assert.equal(split.testUsers, 671);
      assert.equal(split.trainPairs, 100004 - 671);
      const { start, items } = split.trainRows();
      const { ofUsers, ofItems } = split.trainCounts();
      assert.deepEqual([items.length, start.at(-1)], [split.trainPairs, split.trainPairs]);
      for (const user of [0, 300, 670]) {
        const had = dataset.history(user).map(({ item }) => item);
        const kept = had.filter((item) => item !== split.testItem(user)).sort((a, b) => a - b);
        assert.deepEqual([...items.subarray(start[user], start[user + 1])], kept);
        assert.equal(ofUsers[user], kept.length);
      }
      for (const item of [0, 30, 9065]) assert.equal(ofItems[item], items.filter((each) => each === item).length);
      split.free();
    });

    test('users and films are numbered as the file first names them', () => {
      assert.deepEqual([...dataset.userIds], [...new Set(rows.map(([user]) => Number(user)))]);
      assert.deepEqual([...dataset.itemIds], [...new Set(rows.map(([, item]) => Number(item)))]);
      for (const index of [0, 300, 670]) assert.equal(dataset.userIndex(dataset.userIds[index]), index);
      for (const id of [0, -1, 672, 1e9, 1.5, NaN]) assert.equal(dataset.userIndex(id), -1);
    });

    test('titles, years and genres', () => {
      const film = (/** @type {number} */ id) => dataset.film(dataset.itemIds.indexOf(id));
      const { item, ...toyStory } = film(1);
      assert.deepEqual(toyStory, {
        id: 1,
        title: 'Toy Story',
        year: 1995,
        genres: ['Adventure', 'Animation', 'Children', 'Comedy', 'Fantasy'],
      });
      assert.equal(dataset.itemIds[item], 1);
      assert.equal(film(29).title, 'City of Lost Children, The (Cité des enfants perdus, La)');
      assert.deepEqual([film(143410).year, film(108548).year], [0, 0]);
      assert.equal(dataset.genres.length, 19);
      assert(!dataset.genres.includes('(no genres listed)'));
    });

    test('history is the file’s, newest first', () => {
      for (const user of [0, 14, 670]) {
        const mine = rows.filter(([id]) => Number(id) === dataset.userIds[user]);
        const history = dataset.history(user);
        for (let n = 1; n < history.length; n++) assert(history[n - 1].timestamp >= history[n].timestamp);
        const asFile = history.map(({ item, rating, timestamp }) => `${dataset.itemIds[item]} ${rating} ${timestamp}`);
        const expected = mine.map(([, item, rating, timestamp]) => `${item} ${Number(rating)} ${timestamp}`);
        assert.deepEqual(asFile.sort(), expected.sort());
      }
    });

    test('the held-out film is the latest rating, at ties the last row', () => {
      const split = dataset.leaveOneOut();
      /** @type {Map<string, string[]>} */
      const last = new Map();
      for (const row of rows) if (Number(row[3]) >= Number(last.get(row[0])?.[3] ?? 0)) last.set(row[0], row);
      for (let user = 0; user < dataset.users; user++) {
        const [, item] = last.get(String(dataset.userIds[user])) ?? [];
        assert.equal(dataset.itemIds[split.testItem(user)], Number(item));
        assert.equal(dataset.history(user)[0].item, split.testItem(user), 'and stands first in the history');
      }
      split.free();
    });
  });

test('a small world comes back as it was written, with or without its films', async (t) => {
  const rows = world();
  const { dataset, core: loaded } = await lab(t, rows);
  for (const { id, ...film } of filmsOf(rows)) {
    const { item, ...found } = dataset.film(dataset.itemIds.indexOf(id));
    assert.deepEqual({ ...found, genres: found.genres.sort() }, { id, ...film });
    assert.equal(dataset.itemIds[item], id);
  }
  const bare = await readDataset(loaded, [source('ratings.csv', csv(rows))]);
  t.after(() => bare.free());
  assert.deepEqual(bare.film(0), { item: 0, id: rows[0].item, title: `Film ${rows[0].item}`, year: 0, genres: [] });
  assert.deepEqual(bare.genres, []);
});

test('32-bit ids and timestamps keep their sign', async (t) => {
  const big = 4294967295;
  const text = `userId,movieId,rating,timestamp\n${big},${big - 1},4.5,${big}\n${big},7,0.5,3000000000\n`;
  const dataset = await readDataset(await core(), [source('ratings.csv', text)]);
  t.after(() => dataset.free());
  assert.equal(dataset.userIndex(big), 0);
  assert.deepEqual(dataset.history(0), [
    { item: 0, rating: 4.5, timestamp: big },
    { item: 1, rating: 0.5, timestamp: 3000000000 },
  ]);
  assert.equal(dataset.film(0).id, big - 1);
});

test('an empty chunk changes nothing', async (t) => {
  const reader = (await core()).readDataset();
  t.after(() => reader.free());
  reader.feed('ratings', new Uint8Array());
  reader.feed('ratings', new TextEncoder().encode('1,2,3,4\n1,3,3,4\n'));
  reader.feed('ratings', new Uint8Array());
  reader.finish('ratings');
  assert.equal(reader.ratings, 2);
});

test('what was handed out before the memory grew is as it was, and what is handed out after is right', async () => {
  // A core of its own, so that its memory is as small as it begins.
  const fresh = await loadCore({ simd: () => readFileSync(modules.simd) });
  const before = fresh.memoryBytes;
  const rows = world();
  const small = await readDataset(fresh, [source('ratings.csv', csv(rows)), source('movies.csv', moviesCsv(rows))]);
  const split = small.leaveOneOut();
  const model = split.createModel(checkSettings({ model: 'gmf' }));
  const values = model.tensors.map((tensor) => model.values(tensor));
  const kept = values.map((each) => each.slice());
  const [history, film, hash] = [small.history(3), small.film(3), model.hash()];
  assert.equal(fresh.memoryBytes, before, 'this much fits into the first memory');

  // One chunk of 9 MB, 1.5 million rows: the copy grows the memory, and parsing it does too.
  const next = numbers(5);
  let text = '';
  for (let n = 0; n < 1_000_000; n++) text += `${n >> 8},${next(4000)},1,9\n`;
  const reader = fresh.readDataset();
  reader.feed('ratings', new TextEncoder().encode(text));
  reader.finish('ratings');
  assert.equal(reader.ratings, 1_000_000);
  assert(fresh.memoryBytes > 2 * before, 'the memory grew');
  reader.free();

  assert.deepEqual(values, kept);
  assert.deepEqual(
    model.tensors.map((tensor) => model.values(tensor)),
    kept,
  );
  assert.deepEqual([small.history(3), small.film(3), model.hash()], [history, film, hash]);
  model.setValues(model.tensors[0], kept[0]);
  assert.equal(model.hash(), hash);
});

test('free() gives everything back: making, using and freeing again and again does not grow the memory', async (t) => {
  // Of every kind so many that they would not fit into the first memory if one was forgotten.
  const fresh = await loadCore({ simd: () => readFileSync(modules.simd) });
  const rows = world({ films: 2000 });
  const files = [source('ratings.csv', csv(rows)), source('movies.csv', moviesCsv(rows))];
  const refused = source('ratings.csv', 'userId,movieId,rating,timestamp\n1,2,x,4\n');
  const dataset = await readDataset(fresh, files);
  const lonely = await readDataset(fresh, [source('ratings.csv', '1,2,3,4\n2,2,3,4\n')]);
  const split = dataset.leaveOneOut();
  const settings = checkSettings({ model: 'gmf', factors: 4 });
  const model = split.createModel(settings);
  const first = fresh.memoryBytes;

  /** @type {Record<string, [number, () => unknown]>} */
  const kinds = {
    reader: [400, () => fresh.readDataset().free()],
    dataset: [400, async () => (await readDataset(fresh, files)).free()],
    'refused file': [400, () => assert.rejects(readDataset(fresh, [refused]))],
    'refused split': [40_000, () => assert.throws(() => lonely.leaveOneOut())],
    split: [2000, () => dataset.leaveOneOut().free()],
    model: [1500, () => split.createModel(settings).free()],
    trainer: [
      1500,
      () => {
        const trainer = model.createTrainer();
        trainer.run(1);
        trainer.free();
      },
    ],
    evaluator: [1500, () => model.createEvaluator().free()],
    run: [
      1500,
      () => {
        const run = new Run(split, settings);
        run.view().recommend(0, 5);
        run.free();
      },
    ],
    borrowed: [400, () => fresh.borrow(100_000, () => 0)],
    'borrowed, and then an error': [400, () => assert.throws(() => fresh.borrow(100_000, () => assert.fail()))],
  };
  for (const [kind, [repeats, make]] of Object.entries(kinds))
    await t.test(kind, async () => {
      for (let n = 0; n < repeats; n++) await make();
      assert.equal(fresh.memoryBytes, first);
    });
});

test('an index that isn’t there gives a RangeError that says what there is', async (t) => {
  const { dataset, split, run } = await lab(t);
  const { model, evaluator } = run({ model: 'gmf' });
  evaluator.start();
  const users = [-1, 40, 0.5, NaN, Infinity, '0', undefined, 2 ** 32];
  for (const user of users) {
    const expected = { name: 'RangeError', message: `There is no user ${user}: there are 40, counted from 0.` };
    assert.throws(() => dataset.history(user), expected);
    assert.throws(() => split.testItem(user), expected);
    assert.throws(() => evaluator.rank(user, false), expected);
    assert.throws(() => evaluator.recommend(user, 5), expected);
  }
  for (const item of [-1, dataset.items, 1.5, '1'])
    assert.throws(() => dataset.film(item), {
      name: 'RangeError',
      message: new RegExp(`no film ${item}: there are ${dataset.items},`),
    });
  for (const k of [0, -1, 1.5, NaN, '10', undefined])
    assert.throws(() => evaluator.recommend(0, k), { name: 'RangeError', message: /k must be a whole number from 1/ });
  assert.throws(() => model.setValues(model.tensors[0], new Float32Array(3)), RangeError);
});

test('errors carry the status, the file, the line and a sentence for a student', async (t) => {
  const loaded = await core();
  const header = 'userId,movieId,rating,timestamp\n1,2,3,4\n';
  /** @type {[string, 'ratings'|'films', number, number, RegExp][]} */
  const cases = [
    ['', 'ratings', 4, 0, /holds no ratings/],
    ['movieId,title,genres\n', 'films', 4, 1, /holds no films/],
    [`${header}1,3\0,3,4\n`, 'ratings', 5, 3, /binary data/],
    [`${header}${'1'.repeat(70000)}\n`, 'ratings', 6, 3, /longer than 65,536 bytes/],
    [`${header}1,2,3\n`, 'ratings', 7, 3, /does not have four columns/],
    ['movieId,title,genres\n1,A (1990),Drama\n2,B (1991)\n', 'films', 7, 3, /three columns/],
    [`${header}\n1,x,3,4\n`, 'ratings', 8, 4, /should be a number/],
    ['movieId,title,genres\n1,"A (1990),Drama\n', 'films', 9, 2, /quoted field is not closed/],
    ['hello\n', 'ratings', 10, 1, /first line is not that of a MovieLens rating file/],
    ['hello\n', 'films', 10, 1, /first line is not that of a MovieLens film file/],
    [
      `movieId,title,genres\n1,A,${Array.from({ length: 40 }, (_, n) => `g${n}`).join('|')}\n`,
      'films',
      11,
      2,
      /more than 32/,
    ],
  ];
  for (const [text, file, status, line, message] of cases) {
    const reader = loaded.readDataset();
    t.after(() => reader.free());
    assert.throws(
      () => {
        reader.feed(file, new TextEncoder().encode(text));
        reader.finish(file);
      },
      (error) => {
        assert(error instanceof CoreError);
        assert.deepEqual([error.status, error.file, error.line], [status, file, line], text.slice(0, 80));
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /undefined|status|\n/);
        return true;
      },
    );
  }
});

test('data that nothing can be left out of, or without negatives, is refused with what to do', async (t) => {
  const loaded = await core();
  const lonely = await readDataset(loaded, [
    source('ratings.csv', 'userId,movieId,rating,timestamp\n1,2,3,4\n2,2,3,4\n'),
  ]);
  t.after(() => lonely.free());
  assert.throws(() => lonely.leaveOneOut(), { name: 'CoreError', status: 12, message: /rated two different films/ });
  const full = world({ users: 3, films: 4, each: 2 }).map((row, n) => ({ ...row, user: n >> 1, item: n & 1 }));
  const dataset = await readDataset(loaded, [
    source('ratings.csv', csv(full.concat({ ...full[0], user: 9, item: 1 }))),
  ]);
  const split = dataset.leaveOneOut();
  t.after(() => {
    split.free();
    dataset.free();
  });
  const model = split.createModel(checkSettings({ model: 'gmf' }));
  t.after(() => model.free());
  assert.doesNotThrow(() => model.createTrainer().free(), 'one film is left to be drawn: the held-out one');
  const all = await readDataset(loaded, [
    source(
      'ratings.csv',
      'userId,movieId,rating,timestamp\n1,2,3,4\n1,3,3,5\n2,2,3,4\n2,2,3,6\n3,3,3,4\n4,2,3,4\n4,3,3,4\n4,2,3,1\n',
    ),
  ]);
  t.after(() => all.free());
  const another = all.leaveOneOut();
  t.after(() => another.free());
  assert.deepEqual([another.testItem(0), another.testItem(1)], [1, -1], 'a user with one film stays in train');
});

test('memory that can’t be had is a sentence, not a crash', async (t) => {
  const { dataset, split } = await lab(t);
  assert.throws(() => dataset.leaveOneOut({ negatives: 4294967295 }), {
    name: 'CoreError',
    status: 1,
    message: /not enough memory/,
  });
  assert.equal(split.testUsers, 40, 'what was there before is there still');
});

test('the held-out films, negatives and first weights follow from their seeds', async (t) => {
  const { dataset, split, run } = await lab(t);
  const ranks = (/** @type {number} */ seed) => {
    const other = dataset.leaveOneOut({ seed });
    const model = other.createModel(checkSettings({ model: 'gmf' }));
    const evaluator = model.createEvaluator();
    evaluator.start();
    while (!evaluator.run(false, 7));
    const all = evaluator.ranks(false);
    for (const each of [evaluator, model, other]) each.free();
    return all;
  };
  assert.deepEqual(ranks(1), ranks(1));
  assert.notDeepEqual(ranks(1), ranks(2));
  const hash = (/** @type {object} */ settings) => run(settings).model.hash();
  assert.equal(hash({ seed: 1 }), hash({ seed: 1 }));
  assert.notEqual(hash({ seed: 1 }), hash({ seed: 2 }));
  assert.notEqual(hash({ seed: 1 }), hash({ seed: 4294967295 }));
  assert.match(hash({}), /^[0-9a-f]{16}$/);
  assert.equal(split.testUsers, 40);
});

test('first embeddings have the deviation that is set; for iALS it is divided by the root of the factors', async (t) => {
  const { run } = await lab(t);
  for (const model of ['gmf', 'mf', 'bpr', 'eals', 'ials', 'mf-ratings'])
    for (const factors of [16, 64])
      for (const std of [0.01, 0.5]) {
        const made = run({ model, factors, std }).model;
        for (const tensor of made.tensors.filter(({ name }) => name.endsWith('_embedding.weight'))) {
          const values = made.values(tensor);
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const found = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
          const right = model === 'ials' ? std / Math.sqrt(factors) : std;
          // 640 numbers or more: five standard errors.
          assert(
            Math.abs(found / right - 1) < 5 / Math.sqrt(2 * values.length),
            `${model} ${factors} ${std}: ${found}`,
          );
        }
      }
});

test('tensors have PyTorch’s names and shapes', async (t) => {
  const { run, dataset } = await lab(t);
  const { users, items } = dataset;
  const shapes = (/** @type {object} */ settings) =>
    Object.fromEntries(run(settings).model.tensors.map(({ name, shape }) => [name, shape]));
  assert.deepEqual(shapes({ model: 'neumf', factors: 4, layers: '16,6,3' }), {
    'gmf.user_embedding.weight': [users, 4],
    'gmf.item_embedding.weight': [items, 4],
    'mlp.user_embedding.weight': [users, 8],
    'mlp.item_embedding.weight': [items, 8],
    'mlp.layers.0.weight': [6, 16],
    'mlp.layers.0.bias': [6],
    'mlp.layers.1.weight': [3, 6],
    'mlp.layers.1.bias': [3],
    'output.weight': [1, 7],
    'output.bias': [1],
  });
  assert.deepEqual(shapes({ model: 'gmf', factors: 3 }), {
    'gmf.user_embedding.weight': [users, 3],
    'gmf.item_embedding.weight': [items, 3],
    'output.weight': [1, 3],
    'output.bias': [1],
  });
  const { model } = run({ model: 'mlp', layers: '10' });
  const count = model.tensors.reduce((sum, tensor) => sum + model.values(tensor).length, 0);
  assert.equal(model.parameters, count);
  assert.equal(count, 5 * (users + items) + 10 + 1, 'MLP-0 projects the concatenation directly');
});

test('a model scores by its formula: GMF by hand from its tensors', async (t) => {
  const { run, dataset, split } = await lab(t);
  const { model, evaluator } = run({ model: 'gmf', factors: 3 });
  const named = Object.fromEntries(model.tensors.map((tensor) => [tensor.name, tensor]));
  for (const tensor of model.tensors)
    model.setValues(
      tensor,
      model.values(tensor).map((_, n) => Math.fround(Math.sin(1 + n * (tensor.row + 1)))),
    );
  const [p, q, h, b] = ['gmf.user_embedding.weight', 'gmf.item_embedding.weight', 'output.weight', 'output.bias'].map(
    (name) => model.values(named[name]),
  );
  evaluator.start();
  const user = 6;
  const seen = new Set(dataset.history(user).map(({ item }) => item));
  const held = split.testItem(user);
  seen.delete(held);
  const scores = Array.from({ length: dataset.items }, (_, item) => ({
    item,
    score: b[0] + [0, 1, 2].reduce((sum, k) => sum + h[k] * p[3 * user + k] * q[3 * item + k], 0),
  }));
  const expected = scores.filter(({ item }) => !seen.has(item)).sort((x, y) => y.score - x.score);
  const found = evaluator.recommend(user, 10_000);
  assert.deepEqual(
    found.map(({ item }) => item),
    expected.map(({ item }) => item),
    'every film that is not in train, best first',
  );
  found.forEach(({ score }, n) => assert(Math.abs(score - expected[n].score) < 1e-6));
  assert.deepEqual(evaluator.recommend(user, 3), found.slice(0, 3));
  const place = expected.findIndex(({ item }) => item === held);
  assert.deepEqual(evaluator.rank(user, true), { greater: place, equal: 0, candidates: expected.length });
});

test('metrics follow from the ranks, and a model that tells nothing apart is said to', async (t) => {
  const { run } = await lab(t);
  const popular = run({ model: 'itempop', eval: 'both' });
  finish(popular);
  for (const full of [false, true]) {
    const metrics = popular.history[0].metrics[full ? 'full' : 'sampled'];
    const ranks = popular.evaluator.ranks(full);
    /** The mean over users of `gain`'s mean over the places that ties could take. @param {(place: number) => number} gain */
    const mean = (gain) =>
      ranks.reduce((sum, { greater, equal }) => {
        const places = Array.from({ length: equal + 1 }, (_, n) => gain(greater + n));
        return sum + places.reduce((a, b) => a + b) / places.length;
      }, 0) / ranks.length;
    const near = (/** @type {number} */ value, /** @type {number} */ expected) =>
      assert(Math.abs(value - expected) < 1e-12, `${value} ${expected}`);
    for (let k = 1; k <= 20; k++) {
      near(
        metrics.hrCurve[k - 1],
        mean((place) => Number(place < k)),
      );
      near(
        metrics.ndcgCurve[k - 1],
        mean((place) => (place < k ? 1 / Math.log2(place + 2) : 0)),
      );
    }
    near(metrics.hr, metrics.hrCurve[9]);
    near(metrics.ndcg, metrics.ndcgCurve[9]);
    near(
      metrics.mrr,
      mean((place) => 1 / (place + 1)),
    );
    assert.equal(metrics.users, 40);
    assert.equal(metrics.allEqual, false);
    assert(metrics.hrHalfWidth > 0 && metrics.ndcgHalfWidth > 0 && metrics.mrrHalfWidth > 0);
    assert(ranks.every(({ candidates }) => (full ? candidates > 100 : candidates === 100)));
  }

  const constant = run({ model: 'gmf' });
  for (const tensor of constant.model.tensors)
    constant.model.setValues(tensor, new Float32Array(constant.model.values(tensor).length));
  finish(Object.assign(constant, { trainer: null }));
  const { hr, allEqual } = constant.history[0].metrics.sampled;
  assert.equal(allEqual, true);
  assert(Math.abs(hr - 0.1) < 1e-12, 'HR@10 of equal scores is 10 / 100');
});

test('a loss that is not finite is a CoreError with its own status', async (t) => {
  const { run } = await lab(t);
  assert.throws(() => finish(run({ lr: 1e12 })), {
    name: 'CoreError',
    status: STATUS_NOT_FINITE,
    message: /smaller learning rate/,
  });
});

test('SIMD and scalar cores agree on a small world to the bit', async (t) => {
  const outcomes = [];
  for (const scalar of [false, true]) {
    const dataset = await readDataset(await core({ scalar }), [source('ratings.csv', csv(world()))]);
    const split = dataset.leaveOneOut();
    const run = new Run(split, checkSettings({ factors: 5, epochs: 2, eval: 'both' }));
    t.after(() => [run, split, dataset].forEach((each) => each.free()));
    finish(run);
    outcomes.push(outcome(run));
  }
  assert.deepEqual(outcomes[0], outcomes[1]);
});

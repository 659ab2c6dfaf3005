// Maps through the core and the worker: the same bits natively and in wasm, places and neighbours against a plain
// calculation, people in the middle of their films; and what the page computes for the picture.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';

import { FilmMap, NewUser } from '../../wasm/core.mjs';
import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { decodeWeights } from '../../wasm/lab/weights.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { fitted, moved, projection, roundLength, wholeMap, withoutOverlap, zoomed } from '../../web/parts/map/frame.js';
import { compare } from '../../web/rooms/you/list.js';
import { suggestions } from '../../web/rooms/you/suggestions.js';
import { core, csv, lab, numbers, root, source, world } from './fixtures.mjs';
import { configured } from './worker_client.mjs';

const tool = join(root, 'build/native/tool_map');
const skipNative = !existsSync(tool) && 'build/native/tool_map is not built: cmake --build --preset native';

/** @param {FilmMap} map */
function finished(map) {
  while (!map.run(1000));
  return map.places();
}

/** The core's fingerprint of floats (src/base/hash.c). @param {Float32Array} values */
function hash(values) {
  const mask = (1n << 64n) - 1n;
  let state = 0xcbf29ce484222325n;
  for (const bits of new Uint32Array(values.buffer)) {
    state = ((state ^ BigInt(bits)) * 0x100000001b3n) & mask;
    state ^= state >> 32n;
  }
  return state.toString(16).padStart(16, '0');
}

/** What tool_map does, in wasm. @param {boolean} scalar @param {number} factors @param {number} seed */
async function mapsInWasm(scalar, factors, seed) {
  const dataset = await readDataset(await core({ scalar }), [source('ratings.csv', csv(world()))]);
  const split = dataset.leaveOneOut();
  const models = [seed, seed + 1].map((each) => split.createModel(checkSettings({ factors, seed: each })));
  const map = new FilmMap(models[0]);
  const first = hash(finished(map));
  map.take(models[1]);
  const second = hash(finished(map));
  map.free();
  for (const model of models) model.free();
  const { items } = dataset;
  split.free();
  dataset.free();
  return { items, hashes: [first, second] };
}

for (const [factors, seed] of [
  [8, 1],
  [3, 77],
])
  test(`same seed, same map: ${factors} factors, native, SIMD and scalar`, { skip: skipNative }, async () => {
    const simd = await mapsInWasm(false, factors, seed);
    assert.deepEqual(await mapsInWasm(true, factors, seed), simd);
    const { stdout } = await promisify(execFile)(tool, [simd.items, factors, seed].map(String));
    assert.deepEqual(stdout.trim().split('\n'), simd.hashes);
  });

test('a film that is not there, and a model without embeddings', async (t) => {
  const { run } = await lab(t);
  const map = new FilmMap(run({ model: 'gmf' }).model);
  t.after(() => map.free());
  assert.throws(() => map.neighbours(9999, 3), /There is no film 9999/);
  assert.throws(() => new FilmMap(run({ model: 'itempop' }).model));
});

/** The films' embeddings in the worker's weights, side by side. @param {Awaited<ReturnType<typeof configured>>} worker */
async function embeddings({ ask }) {
  const { bytes } = await ask('save');
  const { tensors } = decodeWeights(new Uint8Array(bytes));
  const tables = ['gmf.item_embedding.weight', 'mlp.item_embedding.weight'].flatMap((name) => tensors.get(name) ?? []);
  const [items] = tables[0].shape;
  return Array.from({ length: items }, (_, item) =>
    tables.flatMap(({ shape: [, width], values }) => [...values.subarray(item * width, (item + 1) * width)]),
  );
}

describe('in the worker', () => {
  test('places have the shares of the variance that are told; neighbours are by cosine', async (t) => {
    const worker = await configured(t, { epochs: 3 });
    await worker.ask('train');
    await worker.state('finished');
    const answer = await worker.ask('map', { user: 3, likes: [] });
    const rows = await embeddings(worker);
    assert.equal(answer.available, true);
    assert.equal(answer.places.length, 2 * rows.length);
    assert.equal(answer.width, rows[0].length);
    const mean = rows[0].map((_, at) => rows.reduce((sum, row) => sum + row[at], 0) / rows.length);
    const all = rows.reduce((sum, row) => sum + row.reduce((part, value, at) => part + (value - mean[at]) ** 2, 0), 0);
    const shares = [0, 1].map((d) => rows.reduce((sum, _, item) => sum + answer.places[2 * item + d] ** 2, 0) / all);
    shares.forEach((share, d) => assert.ok(Math.abs(share - answer.explained[d]) < 1e-4 && share > 0));

    const dot = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.reduce((sum, x, at) => sum + x * b[at], 0);
    const cosine = (/** @type {number} */ a, /** @type {number} */ b) =>
      dot(rows[a], rows[b]) / Math.sqrt(dot(rows[a], rows[a]) * dot(rows[b], rows[b]));
    const near = await worker.ask('neighbours', { item: 7, k: 5 });
    const expected = rows
      .map((_, item) => ({ item, similarity: cosine(7, item) }))
      .filter(({ item }) => item !== 7)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, 5);
    assert.deepEqual(
      near.map((/** @type {{item: number}} */ one) => one.item),
      expected.map(({ item }) => item),
    );
    near.forEach((/** @type {{similarity: number}} */ one, /** @type {number} */ at) =>
      assert.ok(Math.abs(one.similarity - expected[at].similarity) < 1e-5),
    );
  });

  test('people stand in the middle of the 20 films that they would be shown first', async (t) => {
    const worker = await configured(t, { model: 'gmf' });
    await worker.ask('step');
    await worker.state('paused');
    const likes = [2, 5, 8];
    const { places, user, likes: guest } = await worker.ask('map', { user: 3, likes });
    const middle = (/** @type {{item: number}[]} */ films) =>
      [0, 1].map((d) => films.reduce((sum, { item }) => sum + places[2 * item + d], 0) / films.length);
    const same = (/** @type {ArrayLike<number>} */ a, /** @type {ArrayLike<number>} */ b) =>
      [0, 1].forEach((d) => assert.ok(Math.abs(a[d] - b[d]) < 1e-6, `${a[d]} is not ${b[d]}`));
    const { recommendations } = await worker.ask('user', { user: 3, k: 20 });
    same(user, middle(recommendations));
    same(guest, middle((await worker.ask('guest', { likes, k: 20 })).recommendations));
    const { users } = await worker.ask('crowd');
    assert.equal(users.length, 2 * worker.dataset.users);
    same(users.subarray(6), user);
    const nobody = await worker.ask('map', { user: -1, likes: [] });
    assert.deepEqual([nobody.user, nobody.likes], [null, null]);
  });

  test('while it trains maps follow each other without jumps, and the run is what it is without them', async (t) => {
    const settings = { epochs: 6, batchSize: 4 };
    const alone = await configured(t, settings);
    await alone.ask('train');
    await alone.state('finished');
    const worker = await configured(t, settings);
    await worker.ask('train');
    const finished = worker.state('finished');
    let [maps, before] = [0, new Float32Array(0)];
    for (let ended = false; !ended; void finished.then(() => (ended = true))) {
      const { places } = await worker.ask('map', { user: 0, likes: [1, 2] });
      await worker.ask('neighbours', { item: 0, k: 3 });
      if (before.length > 0) {
        const dot = places.reduce(
          (/** @type {number} */ sum, /** @type {number} */ x, /** @type {number} */ at) => sum + x * before[at],
          0,
        );
        assert.ok(dot > 0, 'never turned round');
      }
      before = places;
      maps++;
    }
    assert.ok(maps > 2, `${maps} maps`);
    assert.deepEqual(
      worker.epochs().map(({ loss, hash: weights }) => [loss, weights]),
      alone.epochs().map(({ loss, hash: weights }) => [loss, weights]),
    );
  });

  test('two numbers are the places, to the bit', async (t) => {
    const worker = await configured(t, { model: 'gmf', factors: 2 });
    await worker.ask('step');
    await worker.state('paused');
    const { places, width } = await worker.ask('map', { user: 0, likes: [] });
    assert.equal(width, 2);
    assert.deepEqual([...places], (await embeddings(worker)).flat());
  });

  test('models without a map or without a use for likes say so', async (t) => {
    const worker = await configured(t, { model: 'itempop' });
    assert.deepEqual(await worker.ask('map', { user: 0, likes: [1] }), { available: false });
    assert.deepEqual(await worker.ask('neighbours', { item: 0, k: 3 }), []);
    assert.deepEqual(await worker.ask('crowd'), { users: null });
    const { recommendations, learns } = await worker.ask('guest', { likes: [1], k: 4 });
    assert.equal(recommendations.length, 4);
    assert.equal(learns, false);
    await worker.ask('configure', { settings: { model: 'ease' } });
    assert.deepEqual(await worker.ask('guest', { likes: [1], k: 4 }), {
      recommendations: [],
      why: 'unsolved',
      learns: false,
    });
    await worker.ask('configure', { settings: { model: 'bias-mf', factors: 3 } });
    const rated = await worker.ask('guest', { likes: [1], k: 4 });
    assert.deepEqual([rated.recommendations.length, rated.learns, rated.rating], [4, true, 5]);
    const { places, likes } = await worker.ask('map', { user: 0, likes: [1] });
    assert.ok(places.length > 0);
    assert.ok(likes.every(Number.isFinite));
    await assert.rejects(worker.ask('neighbours', { item: 1e6, k: 3 }), /There is no film 1000000/);
    await worker.ask('configure', { settings: { model: 'gmf', factors: 3 } });
    await assert.rejects(worker.ask('guest', { likes: [-1], k: 3 }), /There is no film -1/);
  });
});

test('the worker’s list for somebody new is the core’s own', async (t) => {
  const settings = { model: 'gmf', factors: 4, epochs: 2, batchSize: 64, lr: 0.01 };
  const worker = await configured(t, settings);
  await worker.ask('train');
  await worker.state('finished');
  const { split } = await lab(t);
  const run = new Run(split, checkSettings(settings));
  for (const _ of run.slices());
  const guest = new NewUser(run.view());
  assert.deepEqual(
    (await worker.ask('guest', { likes: [4, 9, 30], k: 10 })).recommendations,
    guest.recommend([4, 9, 30], 10),
  );
  guest.free();
  run.free();
});

describe('the picture', () => {
  const size = { width: 400, height: 300 };
  const next = numbers(5);
  const places = Float32Array.from({ length: 60 }, () => next(1000) / 100 - 3);

  test('all films fit into the frame', () => {
    const seen = projection(fitted(places, size, 20), wholeMap(), size);
    const xs = places.filter((_, at) => at % 2 === 0).map((x) => seen.a * x + seen.bx);
    const ys = places.filter((_, at) => at % 2 === 1).map((y) => seen.by - seen.a * y);
    assert.ok(Math.min(...xs) > 19.9 && Math.max(...xs) < 380.1 && Math.min(...ys) > 19.9 && Math.max(...ys) < 280.1);
    assert.ok(Math.max(...xs) - Math.min(...xs) > 359 || Math.max(...ys) - Math.min(...ys) > 259, 'and fill it');
    for (const few of [[], [1, 2], [1, 2, 1, 2]]) {
      const { scale } = fitted(Float32Array.from(few), size);
      assert.ok(Number.isFinite(scale) && scale > 0);
    }
  });

  test('what stands under the pointer stays there while one zooms; back at the whole map all is as it was', () => {
    const frame = fitted(places, size);
    let look = moved(zoomed(wholeMap(), 3, { x: 50, y: -20 }), 13, 8, size);
    const point = { x: 37, y: -61 };
    const under = () => {
      const { a, bx, by } = projection(frame, look, size);
      return [(size.width / 2 + point.x - bx) / a, (by - size.height / 2 - point.y) / a];
    };
    const before = under();
    look = zoomed(look, 1.7, point);
    under().forEach((value, at) => assert.ok(Math.abs(value - before[at]) < 1e-9));
    assert.deepEqual(zoomed(look, 1e-9, point), wholeMap());
    assert.equal(zoomed(look, 1e9, point).zoom, 60);
    assert.ok(Math.abs(moved(look, -1e6, 0, size).x) <= size.width / 2, 'no further than to the edge');
  });

  test('lengths of the scale are round', () => {
    for (const scale of [0.003, 1, 37, 480, 1e5]) {
      const length = roundLength(scale, 96);
      assert.ok(length * scale <= 96.01 && length * scale > 96 / 2.6, `${length * scale} pixels`);
      assert.match(length.toExponential(6), /^[125]\.000000e/);
    }
  });

  test('labels hide neither each other nor what is there', () => {
    const first = { x: 20, y: 20, width: 40 };
    const more = Array.from({ length: 80 }, () => ({ x: next(400), y: next(300), width: 30 + next(60) }));
    const wanted = [first, { ...first, x: 25 }, ...more];
    const there = [{ left: 100, width: 200, y: 150 }];
    const placed = withoutOverlap(wanted, { size, most: 25, there });
    assert.ok(placed.length > 8 && placed.length <= 25);
    assert.deepEqual(placed[0], { ...first, left: 29 }, 'the first ones first');
    assert.ok(!placed.some(({ x, y }) => x === 25 && y === 20), 'the second would hide it');
    const boxes = [...there, ...placed];
    boxes.forEach((a, at) => {
      for (const b of boxes.slice(0, at))
        assert.ok(Math.abs(a.y - b.y) >= 18 || a.left >= b.left + b.width || b.left >= a.left + a.width);
    });
    assert.ok(placed.every(({ left, width }) => left >= 0 && left + width <= 400));
  });
});

test('how a list differs from the one before', () => {
  assert.deepEqual(compare([5, 6, 7], [7, 5, 9]), { moves: [2, -1, 'new'], gone: [6] });
  assert.deepEqual(compare([], []), { moves: [], gone: [] });
});

test('suggestions are well known films of several kinds, none twice, none that is liked', () => {
  const films = {
    titles: Array.from({ length: 12 }, (_, item) => `Film ${item}`),
    years: Uint16Array.from({ length: 12 }, (_, item) => (item < 8 ? 1994 : 1950 + item)),
    genres: Array.from({ length: 12 }, (_, item) => (item % 2 ? ['Drama'] : item === 0 ? [] : ['Comedy'])),
    counts: Uint32Array.from({ length: 12 }, (_, item) => 100 - item),
  };
  const known = [...films.counts.keys()];
  assert.deepEqual(suggestions(films, known, [1], 5), [0, 2, 3, 8, 9]);
  // Where there are no others, more of a kind.
  assert.equal(new Set(suggestions(films, known, [1], 11)).size, 11);
  assert.ok(!suggestions(films, known, [1], 12).includes(1));
});

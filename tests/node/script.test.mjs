// The package's API for scripts: the numbers are those of the command, what can't be is refused in one sentence, and memory
// goes back. That it comes out of the packed package, in Node, in a bundler and for TypeScript: tests/package.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { zipSync } from 'fflate';

import {
  DataError,
  FreedError,
  SettingError,
  WeightsError,
  evaluate,
  loadData,
  openWeights,
  recommend,
  train,
} from '../../wasm/index.mjs';
import { loadCore } from '../../wasm/core.mjs';
import { readDataset } from '../../wasm/lab/files.mjs';
import { host as web } from '../../wasm/script/web.mjs';
import { pack } from '../../web/columns.mjs';
import { bundled, csv, fill, filmsOf, folder, moviesCsv, ncf, world } from './fixtures.mjs';

const rows = world();
const texts = { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) };
const files = Object.entries(texts).map(([name, content]) => ({ name, content }));
const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
const short = /** @type {const} */ ({ model: 'gmf', factors: 4, epochs: 2 });

/** The world as Data, freed when the test ends. @param {import('node:test').TestContext} t */
async function opened(t) {
  const data = await loadData(files);
  t.after(() => data.free());
  return data;
}

/** @param {AsyncIterable<{epoch: number}>} epochs */
async function numbers(epochs) {
  const all = [];
  for await (const { epoch } of epochs) all.push(epoch);
  return all;
}

test('ten lines train the bundled set to the bits that the command and the page have', async () => {
  const training = train({ model: 'gmf', seed: 1, epochs: 2 });
  assert.deepEqual(await numbers(training), [0, 1, 2]);
  assert.equal(training.model.hash(), 'b348d5a670165783');
  assert.equal(training.model.history[2].metrics.sampled?.hr.toFixed(4), '0.5380');
  const [first] = training.model.recommend(1, { n: 3 });
  assert.deepEqual([first.title, first.year, first.heldOut], ['Forrest Gump', 1994, false]);
  const { data } = training.model;
  assert.deepEqual([data.users, data.films, data.ratings], [671, 9066, 100004]);
  training.free();
  assert.ok(data.dataset.freed, 'data that it opened itself');
});

describe('training', () => {
  test('gives the weights, metrics and lists of the command', async (t) => {
    const path = fill(folder(t), texts);
    const saved = join(path, 'weights.safetensors');
    const printed = await ncf(
      'train',
      '--data',
      path,
      '--model=neumf',
      '--epochs=2',
      '--factors=4',
      '--save',
      saved,
      '--json',
    );
    const result = printed.json().at(-1);
    const model = await train({ model: 'neumf', epochs: 2, factors: 4 }, { data: path }).finish();
    t.after(() => model.free());
    assert.equal(model.hash(), result.weights_hash);
    assert.deepEqual(Buffer.from(model.weights()), readFileSync(saved));
    assert.equal(model.history.at(-1)?.metrics.sampled?.ndcg, result.metrics.sampled.ndcg);
    assert.deepEqual(
      model.notes,
      result.notes.map((/** @type {any} */ note, /** @type {number} */ n) => ({ ...note, text: model.notes[n].text })),
    );
    const listed = await ncf('recommend', '--data', path, '--weights', saved, '--user=11', '-k', '5', '--json');
    assert.deepEqual(
      model.recommend(11, { n: 5 }).map(({ id, score, heldOut }) => [id, score, heldOut]),
      listed
        .json()
        .filter(({ event }) => event !== 'note')
        .map((film) => [film.movie_id, film.score, film.held_out]),
    );
  });

  test('does nothing before it is asked, pauses when it is left and goes on from there', async (t) => {
    const data = await opened(t);
    const whole = await train({ ...short, epochs: 3 }, { data }).finish();
    const training = train({ ...short, epochs: 3 }, { data });
    assert.throws(() => training.model, /There is no model yet/);
    for await (const { epoch } of training) if (epoch === 1) break;
    assert.equal(training.model.history.length, 2);
    assert.notEqual(training.model.hash(), whole.hash());
    const epochs = training[Symbol.asyncIterator]();
    assert.equal((await epochs.next()).value?.epoch, 2);
    await assert.rejects(training.finish(), /under way already/);
    await epochs.return();
    assert.deepEqual(await numbers(training), [3]);
    assert.equal(training.model.hash(), whole.hash());
    assert.deepEqual(await numbers(training), []);
  });

  test('tells of all that happens, pretraining too, and ends with the best epoch on validation', async (t) => {
    const data = await opened(t);
    const heard = new Set();
    const settings = /** @type {const} */ ({ factors: 4, epochs: 4, pretrain: 1, validation: 'on', patience: 1 });
    const training = train(settings, { data, onProgress: ({ event }) => heard.add(event) });
    await training.finish();
    for (const event of ['pretraining', 'progress', 'epoch', 'selected']) assert.ok(heard.has(event), event);
    assert.ok(training.model.history.every(({ validation }) => validation?.sampled));
  });

  test('refuses a setting at once, in a sentence that names it', () => {
    /** @param {any} settings @param {string} setting @param {RegExp} sentence */
    const refuses = (settings, setting, sentence) =>
      assert.throws(
        () => train(settings),
        (error) => {
          assert.ok(error instanceof SettingError);
          assert.equal(error.setting, setting);
          assert.match(error.message, sentence);
          return true;
        },
      );
    refuses({ factors: 0 }, 'factors', /^Predictive factors must be a whole number from 1 to \d+, not “0”\.$/);
    refuses({ epoch: 3 }, 'epoch', /^There is no setting “epoch”\.$/);
    refuses({ model: 'nothing' }, 'model', /^Model must be one of .*, not “nothing”\.$/);
    refuses({ preset: 'nothing' }, 'preset', /^There is no preset “nothing”\./);
  });

  test('takes a preset, and what is said besides in its place', () => {
    const { settings } = train({ preset: 'mf-2020', epochs: 7 });
    assert.deepEqual([settings.model, settings.factors, settings.epochs], ['mf', 16, 7]);
  });

  test('ends with an AbortSignal, before, while data are read, and within an epoch', async (t) => {
    const data = await opened(t);
    const reason = new Error('enough');
    await assert.rejects(train(short, { data, signal: AbortSignal.abort(reason) }).finish(), reason);
    const reading = new AbortController();
    await assert.rejects(loadData(files, { signal: reading.signal, onProgress: () => reading.abort(reason) }), reason);
    const controller = new AbortController();
    const training = train(
      { ...short, epochs: 1000 },
      {
        data,
        signal: controller.signal,
        onProgress: ({ event, ...rest }) =>
          event === 'epoch' && /** @type {any} */ (rest).epoch === 2 && controller.abort(reason),
      },
    );
    await assert.rejects(numbers(training), reason);
    assert.equal(training.model.history.length, 3);
    assert.equal(training.model.recommend(11).length, 10, 'what was learnt until then can be used');
    training.free();
  });

  test('predicts ratings', async (t) => {
    const data = await opened(t);
    const model = await train({ model: 'bias-mf', factors: 4, epochs: 2 }, { data }).finish();
    const { errors } = await model.evaluate();
    assert.ok(errors && errors.rmse > 0);
    assert.deepEqual(errors, model.history.at(-1)?.metrics.errors);
  });
});

describe('a model', () => {
  test('is evaluated otherwise than it was trained', async (t) => {
    const data = await opened(t);
    const model = await train(short, { data }).finish();
    const both = await train({ ...short, eval: 'both' }, { data }).finish();
    assert.deepEqual(await model.evaluate(), model.history.at(-1)?.metrics);
    assert.deepEqual(await model.evaluate({ eval: 'both' }), both.history.at(-1)?.metrics);
    await assert.rejects(model.evaluate({ eval: /** @type {any} */ ('some') }), SettingError);
    await assert.rejects(model.evaluate({ signal: AbortSignal.abort(new Error('enough')) }), /enough/);
  });

  test('comes back from its weights: bytes, a Blob or a file', async (t) => {
    const data = await opened(t);
    const model = await train(short, { data }).finish();
    const weights = model.weights();
    const path = join(fill(folder(t), { 'w.safetensors': weights }), 'w.safetensors');
    for (const source of [weights, new Blob([weights]), path, pathToFileURL(path)]) {
      const again = await openWeights(source, { data });
      assert.equal(again.hash(), model.hash());
      assert.deepEqual(again.settings, model.settings);
      again.free();
    }
    assert.deepEqual(await recommend(weights, 11, { data, n: 4 }), model.recommend(11, { n: 4 }));
    assert.deepEqual(
      await recommend(weights, { likes: [5, 10] }, { data: files, n: 2 }),
      model.recommendFor([5, 10], { n: 2 }),
    );
    assert.deepEqual(await evaluate(weights, { data, eval: 'full' }), await evaluate(model, { eval: 'full' }));
    await assert.rejects(openWeights(weights.slice(0, 100), { data }), WeightsError);
    await assert.rejects(openWeights(join(path, 'nothing'), { data }), DataError);
  });

  test('recommends to somebody new, with what speaks for each film', async (t) => {
    const data = await opened(t);
    const model = await train({ model: 'ease' }, { data }).finish();
    const [first] = model.recommendFor([rows[0].item, rows[1].item], { n: 1 });
    assert.ok(first.reasons.length > 0 && first.exact);
    assert.deepEqual(first.reasons[0].film, data.film(first.reasons[0].film.id));
  });

  test('refuses whom and what it does not know', async (t) => {
    const data = await opened(t);
    const model = await train({ ...short, epochs: 1 }, { data }).finish();
    assert.throws(() => model.recommend(999), /^DataError: User 999 is not in the data, which has 40 users/);
    assert.throws(() => model.recommendFor([3]), /^DataError: Film 3 is not in the data\./);
    assert.throws(() => model.recommend(11, { n: 0 }), /^RangeError: n must be a whole number from 1, not “0”\.$/);
  });

  test('gives its memory back, and is no use after that', async (t) => {
    const data = await opened(t);
    const training = train({ ...short, epochs: 1 }, { data });
    const model = await training.finish();
    model.free();
    training.free();
    for (const use of [
      () => model.hash(),
      () => model.weights(),
      () => model.recommend(11),
      () => model.recommendFor([5]),
    ])
      assert.throws(use, FreedError);
    await assert.rejects(model.evaluate(), FreedError);
    assert.ok(!data.dataset.freed, 'lent data stay');

    const other = await train({ ...short, epochs: 1 }, { data }).finish();
    data.free();
    assert.throws(() => other.hash(), FreedError);
    assert.throws(() => data.film(5), FreedError);

    const third = await train({ ...short, epochs: 1 }, { data: files }).finish();
    third[Symbol.dispose]();
    assert.ok(third.data.dataset.freed, 'data that it opened itself');
  });

  test('a training that is freed while its data are read holds nothing', async () => {
    const training = train(short, { data: files });
    const end = training.finish();
    training.free();
    await assert.rejects(end, /was freed/);
  });
});

describe('data', () => {
  test('are read from a folder, bytes, Blobs, Files and zips: always the same', async (t) => {
    const path = fill(folder(t), texts);
    const zip = zipSync(
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [`small/${name}`, bytes(text)])),
    );
    const sources = [
      path,
      join(path, 'ratings.csv'),
      pathToFileURL(path),
      files,
      Object.entries(texts).map(([name, text]) => ({ name, content: bytes(text) })),
      Object.entries(texts).map(([name, text]) => ({ name, content: new Blob([text]) })),
      Object.entries(texts).map(([name, text]) => new File([text], name)),
      { name: 'small.zip', content: zip },
    ];
    const seen = [];
    for (const source of sources) {
      const data = await loadData(source);
      seen.push([data.fingerprint, data.userIds, data.filmIds.map((id) => data.film(id))]);
      data.free();
    }
    for (const each of seen) assert.deepEqual(each, seen[0]);
  });

  test('go by the ids of their files', async (t) => {
    const data = await opened(t);
    const [film] = filmsOf(rows);
    const { title } = data.film(film.id);
    assert.equal(title, film.title);
    const mine = rows.filter(({ user }) => user === 11);
    const history = data.history(11);
    assert.equal(history.length, mine.length);
    const { item, rating, time } = mine[mine.length - 1];
    assert.deepEqual(history[0], { film: data.film(item), rating, timestamp: time });
  });

  test('that are none are refused in one sentence', async () => {
    await assert.rejects(loadData('/nowhere/ml-1m'), /^DataError: There is no file or folder “\/nowhere\/ml-1m”\./);
    await assert.rejects(
      loadData({ name: 'ratings.csv', content: 'userId,movieId,rating,timestamp\n1,2\n' }),
      /^DataError: ratings\.csv, line 2: /,
    );
    await assert.rejects(loadData([]), /^DataError: There is no rating file here\./);
  });
});

test('where there is no Node the same data are fetched, and one that is not there is told by its address', async (t) => {
  const columns = pack(['ratings.csv', 'movies.csv'].map((name) => ({ name, bytes: bundled(name) })));
  t.mock.method(globalThis, 'fetch', async (/** @type {URL | string} */ address) => {
    // As a build packs them.
    if (/\/movielens\.bin$/.test(String(address))) return new Response(Buffer.from(columns));
    try {
      return new Response(readFileSync(fileURLToPath(address)));
    } catch {
      return new Response('', { status: 404 });
    }
  });
  const data = await loadData();
  t.after(() => data.free());
  const dataset = await readDataset(await loadCore(web.modules), await web.bundled());
  t.after(() => dataset.free());
  assert.deepEqual(dataset.fingerprint, data.fingerprint);
  assert.deepEqual(dataset.film(0), data.dataset.film(0));
  const [file] = await web.sourcesAt('file:///nowhere/ml%201m.zip?2');
  assert.equal(file.name, 'ml 1m.zip');
  await assert.rejects(
    file.chunks()[Symbol.asyncIterator]().next(),
    /^DataError: “.*ml%201m\.zip\?2” could not be loaded \(404\)\.$/,
  );
  await web.pause();
});

// The page's worker by its protocol, which stands in web/worker.js and web/worker/, through the page's own client.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { settings as table } from '../../wasm/settings/table.mjs';
import { encodeWeights } from '../../wasm/lab/weights.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { csv, finish, lab, moviesCsv, outcome, root, world } from './fixtures.mjs';
import { addresses, base, configured, opened, rows, start, wasm } from './worker_client.mjs';

/** @typedef {import('node:test').TestContext} TestContext */

/** What is to be the same before and after an error. @param {Awaited<ReturnType<typeof start>>} worker */
async function snapshot({ ask }) {
  const { bytes } = await ask('save');
  return {
    weights: Buffer.from(bytes).toString('base64'),
    user: await ask('user', { user: 3, k: 5 }),
  };
}

describe('open', () => {
  test('streams files in by address, with progress up to the whole', async (t) => {
    const { dataset, events } = await opened(t);
    assert.deepEqual(dataset, {
      name: 'world',
      users: 40,
      items: new Set(rows.map(({ item }) => item)).size,
      ratings: rows.length,
      fingerprint: dataset.fingerprint,
      order: dataset.order,
      genres: dataset.genres,
      simd: true,
    });
    const { fingerprint } = (await lab(t)).dataset;
    assert.deepEqual([dataset.fingerprint, dataset.order], [fingerprint.content, fingerprint.order]);
    assert.deepEqual([...dataset.genres].sort(), ['Comedy', 'Drama']);
    const loading = events.filter(({ event }) => event === 'loading');
    assert(loading.length > 0);
    assert.deepEqual(Object.keys(loading[0]), ['event', 'name', 'bytes', 'totalBytes', 'ratings']);
  });

  test('takes the user’s own files as Blobs', async (t) => {
    const { ask, events } = start(t);
    const texts = { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) };
    const files = Object.entries(texts).map(([name, text]) => ({ name, file: new Blob([text]) }));
    const { ratings } = (await ask('open', { files, name: 'mine', wasm })).dataset;
    assert.equal(ratings, rows.length);
    const { bytes, totalBytes } = events.findLast(({ event }) => event === 'loading');
    const total = Object.values(texts).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    assert.deepEqual([bytes, totalBytes], [total, total]);
  });

  test('a second time drops the model of the first', async (t) => {
    const { ask } = await configured(t);
    await ask('train');
    await ask('open', { files: addresses(t), name: 'again', wasm });
    await assert.rejects(ask('train'), { message: 'There is no model yet.' });
    await assert.rejects(ask('save'), { message: 'There is no model yet.' });
  });

  test('of two at once, the later one stays', async (t) => {
    const { ask } = start(t);
    const files = addresses(t);
    const small = [{ name: 'r.csv', file: new Blob([csv(rows.slice(0, 24))]) }];
    const [first, second] = await Promise.allSettled([
      ask('open', { files, name: 'first', wasm }),
      ask('open', { files: small, name: 'second', wasm }),
    ]);
    assert.equal(first.value, null);
    assert.deepEqual([second.value.dataset.name, second.value.users.ids.length], ['second', 2]);
    assert.equal((await ask('configure', { settings: base })).model.tensors[0].shape[0], 2);
  });

  test('an error says what and where, and what was open and trained stays', async (t) => {
    const worker = await configured(t);
    await worker.ask('step');
    await worker.state('paused');
    const before = await snapshot(worker);
    const head = 'userId,movieId,rating,timestamp\n1,2,3,4\n';
    for (const [text, message, line] of /** @type {[string, RegExp, number][]} */ ([
      ['', /^ratings\.csv: The file holds no ratings/, 0],
      [`${head}1,2\n`, /^ratings\.csv, line 3: .*four columns/, 3],
      [`${head}\0\0`, /^ratings\.csv, line 3: This is binary data/, 3],
    ]))
      await assert.rejects(
        worker.ask('open', { files: [{ name: 'ratings.csv', file: new Blob([text]) }], name: 'bad', wasm }),
        (error) => {
          assert.match(error.message, message);
          assert.equal(error.line, line);
          return true;
        },
      );
    for (const url of ['file:///none/ratings.csv', 'http://127.0.0.1:1/ratings.csv'])
      await assert.rejects(worker.ask('open', { files: [{ name: 'ratings.csv', url }], name: 'bad', wasm }), {
        message: /^ratings\.csv could not be loaded from the server\. Check the connection/,
      });
    assert.deepEqual(await snapshot(worker), before);
    await worker.ask('train');
    await worker.state('finished');
    assert.equal(worker.epochs().at(-1).epoch, 3);
  });

  test('a module that can’t be had is named, and the next try succeeds', async (t) => {
    const { ask } = start(t);
    // Not there, or something else in its place.
    for (const url of ['file:///none.wasm', addresses(t)[0].url])
      await assert.rejects(ask('open', { files: addresses(t), name: 'world', wasm: { simd: url, scalar: url } }), {
        message: /^The WebAssembly module could not be loaded/,
      });
    assert.equal((await ask('open', { files: addresses(t), name: 'world', wasm })).dataset.users, 40);
  });
});

test('before a dataset or a model is there, messages that need one say so', async (t) => {
  const { ask } = start(t);
  for (const type of ['train', 'step', 'save', 'user', 'live'])
    await assert.rejects(ask(type, { settings: {}, user: 0, k: 1 }), { message: 'No dataset is open yet.' }, type);
  await assert.rejects(ask('configure', { settings: {} }), { message: 'No dataset is open yet.' });
  await assert.rejects(ask('toString'), { message: 'There is no message “toString”.' });
  assert.deepEqual(await ask('pause'), {});
});

describe('configure', () => {
  test('makes a model, tells what it is and measures it as epoch 0', async (t) => {
    const { model, epochs, events } = await configured(t, { model: 'mlp', layers: '8,4' });
    const settings = checkSettings({ ...base, model: 'mlp', layers: '8,4' });
    const mine = await lab(t);
    const run = mine.run(settings);
    const popular = mine.run({ model: 'itempop' });
    // On a busy machine the evaluation takes more slices than one.
    for (const { event } of run.slices()) if (event === 'epoch') break;
    finish(popular);
    assert.deepEqual(model, {
      settings,
      parameters: run.model.parameters,
      tensors: run.model.tensors.map(({ name, shape }) => ({ name, shape })),
      baseline: { model: 'itempop', metrics: popular.history[0].metrics },
      batches: run.batches,
      notes: [],
      score: { kind: 'logit', values: { negatives: 4 } },
      test: { users: 40, least: 100, most: 100, chance: model.test?.chance, holdOut: 'last' },
      pretraining: false,
      once: false,
    });
    assert.ok(Math.abs(Number(model.test?.chance) - 0.1) < 1e-12);
    assert.equal(epochs()[0].hash, run.model.hash());
    assert.deepEqual(epochs()[0].metrics, run.history[0].metrics);
    assert(!events.some(({ state }) => state === 'training' || state === 'evaluating'), 'which is no training');
  });

  test('with full evaluation measures ItemPop so too', async (t) => {
    const { model } = await configured(t, { eval: 'full' });
    const popular = (await lab(t)).run({ model: 'itempop', eval: 'full' });
    finish(popular);
    assert.deepEqual(model.baseline.metrics, popular.history[0].metrics);
  });

  test('an error names the setting, and the model before it trains on', async (t) => {
    const worker = await configured(t);
    await worker.ask('step');
    await worker.state('paused');
    const before = await snapshot(worker);
    for (const { name, type } of table) {
      // “none” is what fusion layers may well be.
      const value = type === 'layers' ? '7' : type === 'fusion' ? 'deep' : 'none';
      await assert.rejects(worker.ask('configure', { settings: { [name]: value } }), (error) => {
        assert.equal(error.setting, name);
        assert.match(error.message, /\.$/);
        return true;
      });
    }
    assert.deepEqual(await snapshot(worker), before);
    await worker.ask('step');
    await worker.until(({ event, epoch }) => event === 'epoch' && epoch === 2);
  });

  test('again while it trains is a reset: the same numbers from the start', async (t) => {
    const { ask, state, epochs, events, until, gate } = await configured(t);
    gate({ hold: { event: 'epoch', epoch: 1 } });
    await ask('train');
    await until(({ event, epoch }) => event === 'epoch' && epoch === 1);
    assert.equal(events.findLast(({ event }) => event === 'state').state, 'training');
    await ask('configure', { settings: base });
    const from = events.length;
    gate({ release: true });
    await until(({ event, epoch }) => event === 'epoch' && epoch === 0, from);
    await ask('train');
    await state('finished', from);
    const run = (await lab(t)).run(base);
    finish(run);
    assert.deepEqual(
      epochs()
        .slice(-4)
        .map(({ epoch, loss, metrics }) => ({ epoch, loss, metrics })),
      outcome(run).epochs,
    );
    assert.equal(epochs().at(-1).hash, run.model.hash());
  });
});

describe('training', () => {
  for (const model of ['itempop', 'gmf', 'mlp', 'neumf'])
    test(`${model} runs to its end with the numbers of a run in one go`, async (t) => {
      const { ask, state, epochs, events } = await configured(t, { model, eval: 'both' });
      assert.deepEqual(await ask('train'), {});
      await state('finished');
      const run = (await lab(t)).run({ ...base, model, eval: 'both' });
      finish(run);
      assert.deepEqual(
        epochs().map(({ epoch, loss, metrics }) => ({ epoch, loss, metrics })),
        outcome(run).epochs,
      );
      assert.equal(epochs().at(-1).hash, run.model.hash());
      const seen = events.length;
      assert.deepEqual(await ask('train'), {}, 'and there is nothing more to train');
      assert(events.slice(seen).every(({ event }) => event === 'state'));
    });

  test('pause before the first evaluation is over: that goes on, and nothing is trained', async (t) => {
    const { ask, until, gate, together, epochs, events } = await opened(t);
    gate({ tick: 6, hold: { event: 'state', state: 'evaluating' } });
    await Promise.all(together(() => [ask('configure', { settings: base }), ask('train')]));
    await until(({ state }) => state === 'evaluating');
    const paused = ask('pause');
    gate({ release: true });
    await paused;
    await until(({ event }) => event === 'epoch');
    const { phase } = await ask('live', { settings: {} });
    assert.deepEqual([phase, epochs().map(({ epoch }) => epoch)], ['paused', [0]]);
    assert(!events.some(({ event }) => event === 'progress'));
  });

  test('pause, looks and train in turns change nothing, and answers come while it trains', async (t) => {
    const settings = { ...base, batchSize: 4, epochs: 4, model: 'neumf', factors: 16 };
    const { ask, state, epochs, events, until, gate } = await configured(t, settings);
    gate({ tick: 6 });
    let pauses = 0;
    while (!events.some(({ state: now }) => now === 'finished')) {
      const from = events.length;
      // Stands at the next thing that it tells of, in the middle of an epoch or at its end, until it was looked at.
      gate({ hold: { event: pauses % 5 === 4 ? 'epoch' : 'progress' } });
      await ask('train');
      await Promise.race([
        until(({ event }) => event === (pauses % 5 === 4 ? 'epoch' : 'progress'), from),
        state('finished', from),
      ]);
      await ask('user', { user: pauses % 40, k: 3 });
      await ask('pause');
      const quiet = events.length;
      gate({ release: true });
      // Each question lets in what would go on.
      for (let turn = 0; turn < 5; turn++) await ask('user', { user: turn, k: 3 });
      assert.deepEqual(
        events.slice(quiet).filter(({ event }) => event !== 'state'),
        [],
        'nothing is trained while it is paused',
      );
      assert(++pauses < 500);
    }
    assert(pauses > 10, `${pauses} pauses`);
    const run = (await lab(t)).run(settings);
    finish(run);
    assert.deepEqual(
      epochs().map(({ epoch, loss, metrics }) => ({ epoch, loss, metrics })),
      outcome(run).epochs,
    );
    assert.equal(epochs().at(-1).hash, run.model.hash());
  });

  test('a step is one epoch, or the rest of one', async (t) => {
    const { ask, state, epochs, events, until, gate } = await configured(t, { batchSize: 4 });
    for (const epoch of [1, 2]) {
      const from = events.length;
      await ask('step');
      await state('paused', from);
      assert.equal(epochs().at(-1).epoch, epoch);
    }
    const from = events.length;
    gate({ tick: 6, hold: { event: 'progress' } });
    await ask('train');
    await until(({ event }) => event === 'progress', from);
    await ask('pause');
    gate({ release: true });
    assert.equal(epochs().at(-1).epoch, 2, 'the third is under way');
    await ask('step');
    await state('finished', from);
    assert.equal(epochs().at(-1).epoch, 3);
    const run = (await lab(t)).run({ ...base, batchSize: 4 });
    finish(run);
    assert.equal(epochs().at(-1).hash, run.model.hash());
  });

  test('train twice trains once', async (t) => {
    const { ask, state, epochs } = await configured(t);
    await Promise.all([ask('train'), ask('step'), ask('train')]);
    await state('finished');
    const run = (await lab(t)).run(base);
    finish(run);
    assert.deepEqual(
      epochs().map(({ epoch }) => epoch),
      [0, 1, 2, 3],
    );
    assert.equal(epochs().at(-1).hash, run.model.hash());
  });

  test('that diverges says why; the model can’t be trained or saved, and a reset heals it', async (t) => {
    const { ask, state, events, until } = await configured(t, { model: 'neumf', lr: 1e12 });
    await ask('train');
    const { trouble } = await state('diverged');
    assert.equal(trouble.told.code, 'notFinite');
    assert.match(
      trouble.message,
      /^The loss is no longer a finite number: training diverged\. Choose a smaller learning rate/,
    );
    for (const type of ['train', 'step', 'save'])
      await assert.rejects(ask(type), { message: /^Training diverged\. Reset the model/ }, type);
    assert.deepEqual((await ask('user', { user: 0, k: 5 })).recommendations, [], 'no film has a score');
    await assert.rejects(ask('configure', { settings: { lr: 'x' } }), { setting: 'lr' });
    await assert.rejects(ask('train'), { message: /^Training diverged/ });
    const from = events.length;
    assert.equal((await ask('configure', { settings: base })).phase, 'idle');
    await ask('train');
    await state('finished', from);
    await until(({ event, epoch }) => event === 'epoch' && epoch === 3, from);
  });
});

describe('a model that predicts ratings', () => {
  const settings = { ...base, model: 'bias-mf', validation: 'on', folds: 4, fold: 2 };

  test('is measured by its errors, and the biases under the same split are what it has to beat', async (t) => {
    const { ask, state, epochs, model } = await configured(t, settings);
    const mine = await lab(t);
    const biases = mine.run({ model: 'bias', validation: 'on', folds: 4, fold: 2 });
    finish(biases);
    assert.deepEqual(model.baseline, { model: 'bias', metrics: biases.history[0].metrics });
    await ask('train');
    await state('finished');
    const run = mine.run(settings);
    finish(run);
    const told = epochs().map(({ epoch, loss, metrics }) => ({ epoch, loss, metrics }));
    assert.deepEqual(told, outcome(run).epochs);
    assert(told.every(({ metrics }) => metrics.errors.rmse > 0 && metrics.sampled === undefined));
    assert.equal((await ask('user', { user: 3, k: 1 })).task, 'rating');
  });

  for (const output of ['identity', 'sigmoid'])
    test(`recommends films that the user has not rated, by predicted rating (${output})`, async (t) => {
      const { ask, state } = await configured(t, { ...settings, validation: 'off', output });
      await ask('train');
      await state('finished');
      const run = (await lab(t)).run({ ...settings, validation: 'off', output });
      finish(run);
      const predictor = run.model.createPredictor();
      t.after(() => predictor.free());
      for (const index of [0, 7]) {
        const { history, recommendations, heldOut, ready } = await ask('user', { user: index, k: 150 });
        assert.deepEqual([heldOut, ready], [null, true]);
        const rated = new Set(history.map((/** @type {{item: number}} */ { item }) => item));
        assert.equal(recommendations.length, run.split.dataset.items - rated.size);
        for (const [at, { item, score, heldOut: held }] of recommendations.entries()) {
          assert(!rated.has(item) && !held);
          assert.equal(score, predictor.predict(index, item));
          assert(at === 0 || score <= recommendations[at - 1].score);
        }
      }
      assert.equal((await ask('user', { user: 0, k: 6 })).recommendations.length, 6);
    });
});

describe('a model that is solved in one go', () => {
  for (const model of ['itemknn', 'ease', 'user-mean'])
    test(`${model} waits to be trained, has one epoch, and its file brings it back`, async (t) => {
      const worker = await opened(t);
      const { ask, state, epochs, events, until } = worker;
      const { once, batches } = (await ask('configure', { settings: { model } })).model;
      assert(once && batches > 0);
      assert.equal((await ask('user', { user: 3, k: 5 })).ready, false);
      await assert.rejects(ask('save'), { message: /^This model has no weights before it is solved/ });
      assert.deepEqual(epochs(), []);
      await ask('train');
      await state('finished');
      const run = (await lab(t)).run({ model });
      finish(run);
      assert.deepEqual(
        epochs().map(({ epoch, loss, metrics, hash }) => ({ epoch, loss, metrics, hash })),
        outcome(run).epochs.map((epoch) => ({ ...epoch, hash: run.model.hash() })),
      );
      const solved = await ask('user', { user: 3, k: 5 });
      assert(solved.ready && solved.recommendations.length === 5);
      const seen = events.length;
      await ask('train');
      assert(
        events.slice(seen).every(({ event }) => event === 'state'),
        'there is nothing to go on with',
      );

      const { bytes } = await ask('save');
      const before = events.length;
      await ask('configure', { settings: base });
      await until(({ event }) => event === 'epoch', before);
      const from = events.length;
      await ask('load', { bytes }, [bytes]);
      const first = await until(({ event }) => event === 'epoch', from);
      assert.deepEqual([first.epoch, first.metrics, first.hash], [0, run.history[0].metrics, run.model.hash()]);
      assert.deepEqual((await ask('user', { user: 3, k: 5 })).recommendations, solved.recommendations);
    });

  test('tells how far it is, pauses half way, where it recommends nothing, and goes on', async (t) => {
    const many = world({ users: 150, films: 1000, each: 30 });
    const { ask, state, epochs, events, until, gate } = await opened(t, many);
    await ask('configure', { settings: { model: 'ease' } });
    gate({ tick: 6, hold: { event: 'progress' } });
    await ask('train');
    const { share, loss } = await until(({ event }) => event === 'progress');
    assert(share > 0 && share < 1 && Number.isNaN(loss));
    await ask('pause');
    gate({ release: true });
    const quiet = events.length;
    const { ready, recommendations } = await ask('user', { user: 3, k: 5 });
    assert.deepEqual([ready, recommendations], [false, []]);
    await assert.rejects(ask('save'), { message: /before it is solved/ });
    assert.deepEqual(events.slice(quiet), []);
    await ask('step');
    await state('finished');
    const run = (await lab(t, many)).run({ model: 'ease' });
    finish(run);
    assert.deepEqual([epochs().length, epochs()[0].hash], [1, run.model.hash()]);
  });
});

describe('live', () => {
  test('changes learning rate and epochs without a reset', async (t) => {
    const { ask, state, epochs, events } = await configured(t);
    await ask('train');
    await state('finished');
    const { settings } = (await ask('live', { settings: { lr: 0.1, epochs: 4 } })).model;
    assert.deepEqual([settings.lr, settings.epochs, settings.batchSize], [0.1, 4, 64]);
    await state('paused');
    const from = events.length;
    await ask('train');
    await state('finished', from);
    const run = (await lab(t)).run(base);
    finish(run);
    run.change({ lr: 0.1, epochs: 4 });
    finish(run);
    assert.equal(epochs().at(-1).hash, run.model.hash());
    assert.equal(epochs().length, 5);
  });

  test('refuses what is out of range or needs a new model, and changes nothing', async (t) => {
    const worker = await configured(t);
    const before = await snapshot(worker);
    await assert.rejects(worker.ask('live', { settings: { lr: 0 } }), {
      setting: 'lr',
      message: /^Learning rate must/,
    });
    await assert.rejects(worker.ask('live', { settings: { epochs: 9, factors: 9 } }), {
      setting: 'factors',
      message: /needs a new model/,
    });
    await assert.rejects(worker.ask('live', { settings: { speed: 9 } }), { setting: 'speed' });
    assert.deepEqual(await snapshot(worker), before);
  });
});

test('users and user: ids, counts, history newest first, the held-out film and the list', async (t) => {
  const { ask, users, films } = await configured(t, { model: 'gmf' });
  const { dataset, split, run } = await lab(t);
  const { ids, counts } = users;
  assert.deepEqual([...ids], [...dataset.userIds]);
  assert.deepEqual([...counts], [...split.trainCounts().ofUsers]);
  assert.equal(films.titles.length, dataset.items);
  for (const item of [0, dataset.items - 1]) {
    const { title, year, genres } = dataset.film(item);
    assert.deepEqual([films.titles[item], films.years[item], films.genres[item]], [title, year, genres]);
  }
  assert.deepEqual([...films.counts], [...split.trainCounts().ofItems]);

  const mine = run({ ...base, model: 'gmf' });
  const user = await ask('user', { user: 7, k: 6 });
  assert.deepEqual([user.user, user.id], [7, dataset.userIds[7]]);
  const title = (/** @type {number} */ item) => dataset.film(item).title;
  assert.deepEqual(
    user.history.map(({ item, rating, timestamp }) => ({ item, rating, timestamp })),
    dataset.history(7),
  );
  for (const film of [...user.history, ...user.recommendations]) assert.equal(film.title, title(film.item));
  const view = mine.view();
  const held = split.testItem(7);
  assert.deepEqual(
    user.recommendations.map(({ item, score, heldOut }) => ({ item, score, heldOut })),
    view.recommend(7, 6).map(({ item, score }) => ({ item, score, heldOut: item === held })),
  );
  const { greater, equal, candidates } = view.rank(7, false);
  assert.equal(user.heldOut.item, held);
  assert.equal(user.heldOut.title, title(held));
  assert.deepEqual([user.heldOut.rank, user.heldOut.candidates], [greater + equal / 2 + 1, candidates]);

  for (const index of [-1, 40, 1.5, 'x'])
    await assert.rejects(ask('user', { user: index, k: 5 }), { message: /^There is no user .*: there are 40/ });
  for (const k of [0, 1.5, undefined])
    await assert.rejects(ask('user', { user: 0, k }), { message: /^k must be a whole number from 1/ });
});

describe('save and load', () => {
  test('bring a trained model back, which trains on', async (t) => {
    const { ask, state, epochs, events, until } = await configured(t, { model: 'neumf' });
    await ask('train');
    await state('finished');
    const { name, bytes } = await ask('save');
    assert.equal(name, 'neumf-epoch-3.safetensors');
    assert(bytes instanceof ArrayBuffer);
    const run = (await lab(t)).run({ ...base, model: 'neumf' });
    finish(run);
    assert.deepEqual(
      Buffer.from(bytes),
      Buffer.from(encodeWeights(run.model, run.config())),
      'as the command writes it',
    );

    const before = events.length;
    await ask('configure', { settings: { ...base, model: 'gmf' } });
    await until(({ event }) => event === 'epoch', before);
    const from = events.length;
    const { model } = await ask('load', { bytes }, [bytes]);
    assert.equal(bytes.byteLength, 0, 'it was handed over');
    assert.deepEqual([model.settings.model, model.parameters], ['neumf', run.model.parameters]);
    const first = await until(({ event, epoch }) => event === 'epoch' && epoch === 0, from);
    assert.equal(first.hash, run.model.hash());
    assert.deepEqual(first.metrics, run.history[3].metrics);
    await ask('train');
    await state('finished', from);
    assert(epochs().at(-1).loss < run.history[1].loss, 'it begins where the other ended');
  });

  test('weights that do not fit are refused, and the model before stays', async (t) => {
    const worker = await configured(t);
    await worker.ask('step');
    await worker.state('paused');
    const before = await snapshot(worker);
    const other = (await lab(t, world({ users: 41 }))).run({ model: 'gmf' });
    const whole = (await lab(t)).run(base);
    const bytes = encodeWeights(whole.model, whole.config());
    for (const [file, message] of /** @type {[Uint8Array, RegExp][]} */ ([
      [new Uint8Array(), /^This is not a safetensors file/],
      [readFileSync(join(root, 'package.json')), /^This is not a safetensors file/],
      [bytes.subarray(0, -1), /^The weights file is cut off/],
      [
        encodeWeights(other.model, other.config()),
        /^The data lack 1 of the weights file’s users \(51\): open the data/,
      ],
      [encodeWeights(whole.model, { ...whole.config(), model: 'gmf' }), /in the weights file, the model’s is/],
    ]))
      await assert.rejects(worker.ask('load', { bytes: Uint8Array.from(file).buffer }), { message });
    assert.deepEqual(await snapshot(worker), before);
    await worker.ask('train');
    await worker.state('finished');
    const run = (await lab(t)).run(base);
    finish(run);
    assert.equal(worker.epochs().at(-1).hash, run.model.hash());
  });
});

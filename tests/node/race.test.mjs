// The race apart from the page: runners with workers of their own, what they come to, and how they are compared.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

import { compareContenders, compareRanks } from '../../wasm/lab/compare.mjs';
import { identityOf } from '../../wasm/lab/identity.mjs';
import { checkSettings, toConfig } from '../../wasm/settings/settings.mjs';
import { contendersOf, readRuns } from '../../wasm/lab/stats/contenders.mjs';
import { createSpeech } from '../../web/parts/speech.js';
import { Race, compareResults, referenceOf, runnersOn, secondsBy, standing } from '../../web/rooms/race/race.js';
import { jsonLines } from '../../web/rooms/race/lines.js';
import { entriesOf, presentEntry, presets } from '../../web/rooms/race/presets.js';
import { csv, fill, finish, folder, lab, moviesCsv, outcome, root, world } from './fixtures.mjs';

/** @typedef {import('node:test').TestContext} TestContext */

const rows = world();
const wasm = Object.fromEntries(
  ['simd', 'scalar'].map((kind) => [
    kind,
    pathToFileURL(join(root, `build/wasm${kind === 'simd' ? '' : '-scalar'}/ncf.wasm`)).href,
  ]),
);
const base = { factors: 4, epochs: 2, batchSize: 64, lr: 0.01 };
const entry = (/** @type {string} */ name, settings = {}) => ({
  name,
  settings: checkSettings({ ...base, ...settings }),
});
/** Whose epochs take long enough to be met within. */
const slow = { model: 'mlp', batchSize: 1, factors: 16, negatives: 6 };
const three = ['gmf', 'mlp', 'neumf'].map((model) => entry(model, { model }));

/** A race whose workers are threads of Node. @param {TestContext} t @param {number} [atOnce] */
function start(t, atOnce = 2) {
  const path = fill(folder(t), { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) });
  const sources = ['ratings.csv', 'movies.csv'].map((name) => ({ name, url: pathToFileURL(join(path, name)).href }));
  const dataset = { name: 'world', users: 40, items: new Set(rows.map(({ item }) => item)).size, ratings: rows.length };
  const data = /** @type {any} */ ({ dataset, sources });
  const living = new Set();
  let most = 0;
  /** @type {Set<() => void>} */
  const watchers = new Set();
  const createWorker = () => {
    const thread = new Worker(new URL('./worker-shim.mjs', import.meta.url));
    const worker = {
      onmessage: (/** @type {any} */ _event) => {},
      onerror: (/** @type {any} */ _event) => {},
      postMessage: (/** @type {any} */ message, /** @type {any} */ transfer) => thread.postMessage(message, transfer),
      terminate: () => {
        living.delete(thread);
        void thread.terminate();
      },
    };
    living.add(thread);
    most = Math.max(most, living.size);
    thread.on('message', (told) => living.has(thread) && worker.onmessage({ data: told }));
    return /** @type {any} */ (worker);
  };
  const race = new Race({ createWorker, wasm: () => wasm, atOnce, onChange: () => watchers.forEach((look) => look()) });
  t.after(() => race.close());
  /** @param {(runners: import('../../web/rooms/race/race.js').Runner[]) => boolean} holds @returns {Promise<import('../../web/rooms/race/race.js').Runner[]>} */
  const until = (holds) =>
    new Promise((done, fail) => {
      const seen = () => race.state.runners.map(({ name, phase, epochs }) => `${name} ${phase} ${epochs.length}`);
      const timer = setTimeout(() => fail(new Error(`waited in vain; last seen: ${seen()}`)), 120_000);
      const look = () => {
        if (!holds(race.state.runners)) return;
        clearTimeout(timer);
        watchers.delete(look);
        done(race.state.runners);
      };
      watchers.add(look);
      look();
    });
  const over = () => until((all) => all.every(({ phase }) => ['finished', 'failed', 'diverged'].includes(phase)));
  /** Commands of tests/gate.js for a runner's worker. @param {number} id @param {object} command */
  const gate = (id, command) => race.clients.get(id).worker.postMessage({ gate: command });
  return { race, data, until, over, living, gate, most: () => most };
}

/** A run's ranks as a race has them. @param {import('../../wasm/lab/run.mjs').Run} run */
function ranksIn({ evaluator, split }) {
  const ranks = evaluator
    .ranks(false)
    .flatMap((rank, user) => (rank ? [{ ...rank, user: split.dataset.userIds[user] }] : []));
  const of = (/** @type {string} */ what) => ranks.map((rank) => rank[what]);
  return { users: of('user'), greater: of('greater'), equal: of('equal'), candidates: of('candidates') };
}

const plain = (/** @type {object} */ ranks) =>
  Object.fromEntries(Object.entries(ranks).map(([name, values]) => [name, Array.from(values)]));

describe('runners', () => {
  test('learn what the core learns, so many at a time, and leave no worker behind', async (t) => {
    const { race, data, over, living, most } = start(t);
    const { run } = await lab(t);
    race.setUp(three, data);
    assert.deepEqual(
      race.state.runners.map(({ phase }) => phase),
      ['opening', 'opening', 'waiting'],
    );
    const runners = await over();
    assert.equal(most(), 2);
    assert.equal(living.size, 0);
    for (const runner of runners) {
      const twin = run({ ...base, model: runner.name });
      finish(twin);
      assert.equal(runner.phase, 'finished');
      assert.equal(runner.parameters, twin.model.parameters);
      assert.equal(runner.results?.hash, outcome(twin).hash);
      assert.deepEqual(runner.results?.config, toConfig(twin.settings));
      assert.deepEqual(
        runner.epochs.map(({ epoch, loss, metrics }) => ({ epoch, loss, metrics })),
        outcome(twin).epochs,
      );
      assert.deepEqual(plain(runner.results?.ranks.sampled ?? {}), ranksIn(twin));
      assert.equal(runner.baseline?.model, 'itempop');
    }
  });

  test('pause together and go on to the same end', async (t) => {
    const { race, data, until, over, gate } = start(t, 1);
    const { run } = await lab(t);
    race.add([entry('slow', { ...slow, epochs: 3 }), three[0]], data);
    // Within the second epoch, whatever else this machine does.
    gate(1, { tick: 6, hold: { event: 'progress', epoch: 2 } });
    await until(([{ share, epochs }]) => epochs.length === 2 && share > 0);
    race.pause();
    await until(([{ phase }]) => phase === 'paused');
    const before = race.state;
    gate(1, { release: true });
    for (let turn = 0; turn < 5; turn++) await race.clients.get(1).request('user', { user: 0, k: 1 });
    assert.equal(race.state, before, 'nothing moves, and who waits is not begun');
    assert.equal(before.runners[1].phase, 'waiting');
    race.goOn();
    const [runner] = await over();
    const twin = run({ ...base, ...slow, epochs: 3 });
    finish(twin);
    assert.equal(runner.results?.hash, outcome(twin).hash);
  });

  test('a pause while the data are opened holds before the first batch', async (t) => {
    const { race, data, until, over } = start(t, 1);
    race.add([three[0]], data);
    race.pause();
    const [held] = await until(([{ phase }]) => phase === 'paused');
    assert.equal(held.share, 0);
    assert.deepEqual(
      held.epochs.filter(({ epoch }) => epoch > 0),
      [],
    );
    race.goOn();
    assert.equal((await over())[0].epochs.length, 3);
  });

  test('stop with the epoch that they are in, and their results are told', async (t) => {
    const { race, data, until, over, gate } = start(t);
    const { run } = await lab(t);
    race.add([entry('long', { ...slow, epochs: 500 })], data);
    gate(1, { tick: 6, hold: { event: 'progress', epoch: 2 } });
    await until(([{ share, epochs }]) => epochs.length > 1 && share > 0);
    await race.stop(race.state.runners[0].id);
    gate(1, { release: true });
    const [runner] = await over();
    const done = runner.epochs.length - 1;
    assert.equal(done, 2);
    assert.equal(runner.settings.epochs, done);
    assert.equal(runner.results?.config.epochs, done);
    const twin = run({ ...base, ...slow, epochs: done });
    finish(twin);
    assert.deepEqual(plain(runner.results?.ranks.sampled ?? {}), ranksIn(twin));
  });

  test('one that is removed makes room, whatever it was at', async (t) => {
    const { race, data, until, over, living } = start(t, 1);
    race.add([entry('endless', { ...slow, epochs: 900 }), entry('next', { ...slow, epochs: 900 }), ...three], data);
    race.remove(race.state.runners[0].id);
    await until(([{ name, epochs }]) => name === 'next' && epochs.length > 1);
    race.remove(race.state.runners[0].id);
    const left = await over();
    assert.deepEqual(
      left.map(({ name, phase }) => [name, phase]),
      three.map(({ name }) => [name, 'finished']),
    );
    assert.equal(living.size, 0);
  });

  test('one that fails says why, and the rest go on', async (t) => {
    const { race, data, over } = start(t, 1);
    const lost = { ...data, sources: [{ name: 'ratings.csv', url: 'file:///nowhere/ratings.csv' }] };
    race.add([three[0]], lost);
    race.add([entry('wild', { model: 'neumf', lr: 1e12 })], data);
    race.add([three[1]], data);
    const [missing, wild, fine] = await over();
    assert.equal(missing.phase, 'failed');
    assert.match(missing.message(createSpeech()), /^ratings\.csv could not be loaded/);
    assert.equal(wild.phase, 'diverged');
    assert.match(wild.message(createSpeech()), /^The loss is no longer a finite number/);
    assert.equal(fine.phase, 'finished');
  });

  test('solved in one go, without anything to learn, or of ratings', async (t) => {
    const { race, data, over } = start(t);
    race.add(
      ['ease', 'itempop', 'bias-mf'].map((model) => ({ name: model, settings: checkSettings({ model, epochs: 2 }) })),
      data,
    );
    const [ease, pop, rating] = await over();
    assert.deepEqual(
      [ease, pop, rating].map(({ phase, once, epochs }) => [phase, once, epochs.map(({ epoch }) => epoch)]),
      [
        ['finished', true, [1]],
        ['finished', false, [0]],
        ['finished', false, [0, 1, 2]],
      ],
    );
    assert.deepEqual(rating.results?.ranks, {});
    assert(Number(standing(rating)?.metrics.errors?.rmse) > 0);
    assert.equal(compareResults(rating.results, pop.results), null);
    assert.notEqual(compareResults(ease.results, pop.results), null);
  });

  test('pretraining is shown and its time counts', async (t) => {
    const { race, data, until, over } = start(t);
    race.add([entry('pretrained', { model: 'neumf', pretrain: 2, batchSize: 4 })], data);
    const [first] = await until(([{ pretraining }]) => pretraining !== null);
    assert.equal(first.pretraining?.model, 'gmf');
    const [runner] = await over();
    assert.equal(runner.pretraining, null);
    assert(runner.pretrainSeconds > 0);
    assert.equal(runner.results?.pretrainSeconds, runner.pretrainSeconds);
    const seconds = secondsBy(runner);
    assert.equal(seconds[0], runner.pretrainSeconds, 'epoch 0 comes after it');
    assert(seconds[1] > seconds[0] && seconds[2] > seconds[1]);
  });

  test('with validation the ranks are of the epoch that was chosen', async (t) => {
    const { race, data, over } = start(t);
    const { run } = await lab(t);
    const settings = { model: 'gmf', validation: 'on', epochs: 30, lr: 0.05 };
    race.add([entry('chosen', settings)], data);
    const [runner] = await over();
    const best = Number(runner.selected?.epoch);
    assert(best < 30, 'the last epoch is not the best: else the test tells nothing');
    assert.equal(standing(runner)?.epoch, best);
    const twin = run({ ...base, ...settings, epochs: best });
    finish(twin);
    assert.deepEqual(plain(runner.results?.ranks.sampled ?? {}), ranksIn(twin));
  });
});

describe('a race', () => {
  test('makes way for the next, but for what is kept; each line has a look of its own', async (t) => {
    const { race, data, over, living } = start(t);
    race.setUp([...three, entry('endless', { ...slow, epochs: 900 })], data);
    const ids = race.state.runners.map(({ id }) => id);
    race.keep(ids[1], true);
    race.rename(ids[1], '  my MLP ');
    race.rename(ids[1], ' ');
    race.hide(ids[1], true);
    race.refer(ids[1]);
    race.setUp([three[0], three[2]], data);
    const runners = await over();
    assert.equal(living.size, 0, 'the endless one is gone');
    assert.deepEqual(
      runners.map(({ name, kept, hidden, look, phase }) => [name, kept, hidden, look, phase]),
      [
        ['my MLP', true, true, 1, 'finished'],
        ['gmf', false, false, 0, 'finished'],
        ['neumf', false, false, 2, 'finished'],
      ],
    );
    assert.equal(referenceOf(runners, race.state.reference).name, 'my MLP');
    race.remove(runners[0].id);
    assert.equal(referenceOf(race.state.runners, race.state.reference).name, 'gmf', 'the first, where it is gone');
  });

  test('takes in what was trained elsewhere, and shows what is on the same data', async (t) => {
    const { race, data } = start(t);
    // As many users, films and ratings, under the same name.
    const other = { ...data, dataset: { ...data.dataset, fingerprint: 'another' } };
    race.add([three[0]], data, { phase: 'finished', epochs: [] });
    race.add([three[1]], other, { phase: 'finished', epochs: [] });
    const again = { ...data.dataset };
    assert.deepEqual(
      runnersOn(race.state, again).map(({ name }) => name),
      ['gmf'],
    );
    assert.deepEqual(
      runnersOn(race.state, other.dataset).map(({ name }) => name),
      ['mlp'],
    );
  });

  test('is compared user by user, and the command says the same of its lines', async (t) => {
    const { race, data, over } = start(t);
    const { run } = await lab(t);
    race.setUp([three[0], entry('better', { model: 'mlp', epochs: 12 })], data);
    const runners = await over();
    const [a, b] = runners;
    const tests = compareResults(b.results, a.results);
    const twins = [run({ ...base, model: 'mlp', epochs: 12 }), run({ ...base, model: 'gmf' })];
    const ranks = twins.map((twin) => {
      finish(twin);
      return twin.evaluator.ranks(false);
    });
    assert.deepEqual(tests, compareRanks(ranks[0], ranks[1]));
    const lead = Number(standing(b)?.metrics.sampled?.ndcg) - Number(standing(a)?.metrics.sampled?.ndcg);
    assert(Math.abs(Number(tests?.t.mean) - lead) < 1e-9 && lead !== 0);

    const contenders = contendersOf(readRuns(jsonLines([b, a]), 'ncf-race.jsonl'));
    const { comparisons, summaries } = compareContenders(contenders);
    assert.deepEqual(comparisons[0].users, tests);
    assert.deepEqual(
      summaries.map(({ means }) => means.ndcg.mean),
      [b, a].map((runner) => standing(runner)?.metrics.sampled?.ndcg),
    );
    const lines = jsonLines(runners)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const results = lines.filter(({ event }) => event === 'result');
    assert.deepEqual(
      results.map(({ name, config, data: { ratings }, weights_hash: hash }) => [name, config.model, ratings, hash]),
      runners.map(({ name, settings, results: own }) => [name, settings.model, rows.length, own?.hash]),
    );
    assert.equal(lines.filter(({ event }) => event === 'epoch').length, 3 + 13);
    assert.deepEqual(results[0].data, { name: data.dataset.name, ...identityOf(twins[0].model.source) });
    const elsewhere = /** @type {any} */ ({ ...a.results, data: { ...a.results?.data, test: 'x'.repeat(32) } });
    assert.equal(compareResults(b.results, elsewhere), null, 'what was tested otherwise is not compared');
    assert.equal(jsonLines([{ ...a, results: null }]), '', 'nothing of one that is not done');
  });
});

test('results are told at an epoch’s end only', async (t) => {
  const { race, data, until, gate } = start(t);
  race.add([entry('slow', { ...slow, epochs: 900 })], data);
  gate(1, { tick: 6, hold: { event: 'progress' } });
  await until(([{ share, epochs }]) => epochs.length > 0 && share > 0);
  const client = race.clients.get(1);
  await assert.rejects(client.request('results'), { message: /^The epoch under way has to end first/ });
  await client.request('pause');
  gate(1, { release: true });
  await client.request('step');
  await until(([{ phase }]) => phase === 'training');
  await until(([{ phase }]) => phase === 'paused');
  const { ranks } = await client.request('results');
  assert.equal(ranks.sampled.users.length, 40);
});

describe('presets', () => {
  const speech = createSpeech();

  const page = checkSettings({ model: 'gmf', factors: 16, lr: 0.005, seed: 7, batchSize: 512 });
  const values = (/** @type {string} */ name, settings = page) =>
    entriesOf(
      speech,
      presets.find((preset) => preset.name === name),
      settings,
      '5',
    ).map((each) => each.settings);

  test('change what they ask about and leave the rest as the page has it', () => {
    for (const { name } of presets)
      for (const settings of values(name)) {
        const { factors, lr, seed, batchSize, epochs } = settings;
        assert.deepEqual([factors, lr, seed, batchSize, epochs], [16, 0.005, 7, 512, 5], name);
      }
    const what = (/** @type {string} */ name, /** @type {string} */ of) => values(name).map((settings) => settings[of]);
    assert.deepEqual(what('models', 'model'), ['gmf', 'mlp', 'neumf']);
    assert.deepEqual(what('dot', 'model'), ['mf', 'mlp']);
    assert.deepEqual(what('pretraining', 'pretrain'), [0, 5]);
    assert.deepEqual(what('negatives', 'negatives'), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    assert.deepEqual(
      what('negatives', 'model'),
      Array(10).fill('gmf'),
      'the chosen model, where it is one of the three',
    );
    assert.equal(values('negatives', checkSettings({ model: 'ease' }))[0].model, 'neumf');
    assert.deepEqual(what('depth', 'layers'), [
      [16],
      [32, 16],
      [64, 32, 16],
      [128, 64, 32, 16],
      [256, 128, 64, 32, 16],
    ]);
  });

  test('refuse what cannot be', () => {
    for (const epochs of ['0', 'ten', '2.5'])
      assert.throws(() => entriesOf(speech, presets[0], page, epochs), { setting: 'epochs' });
    assert.throws(() => entriesOf(speech, presets[3], checkSettings({ factors: 1 }), 5), { setting: 'layers' });
  });

  test('the present settings are named by what departs from the defaults', () => {
    assert.equal(presentEntry(checkSettings({}), 5).name, 'NeuMF');
    assert.equal(presentEntry(page, 5).name, 'GMF factors=16 lr=0.005 batch-size=512');
    assert.equal(presentEntry(page, 5).settings.epochs, 5);
    assert.equal(presentEntry(checkSettings({ model: 'mf' })).name, 'MF');
  });
});

// The NCF paper's split as three files: small ones with every oddity, and MovieLens-1M's own where it is at hand.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { strToU8, zipSync } from 'fflate';

import { DataError } from '../../wasm/core.mjs';
import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { openData } from '../../wasm/command/source.mjs';
import { core, fill, finish, folder, ncf, root, source, world } from './fixtures.mjs';

// One item of four users is the test's; a user is not tested; item 900 is in test alone and 901 among negatives alone.
const rows = world({ users: 5, films: 30, each: 6 });
const tested = [0, 1, 3, 4].map((user) => ({ user: user + 11, item: user === 3 ? 900 : rows[6 * user + 5].item }));
const isTest = (/** @type {{user: number, item: number}} */ row) =>
  tested.some(({ user, item }) => user === row.user && item === row.item);
const line = (/** @type {{user: number, item: number}} */ { user, item }) => `${user}\t${item}\t1\t0\n`;
const negativesOf = (/** @type {number} */ user) => {
  const mine = new Set(rows.filter((row) => row.user === user).map(({ item }) => item));
  return [...new Set(rows.map(({ item }) => item))].filter((item) => !mine.has(item)).slice(0, 5);
};
const files = {
  'toy.train.rating': rows
    .filter((row) => !isTest(row))
    .map(line)
    .join(''),
  'toy.test.rating': tested.map(line).join(''),
  'toy.test.negative': tested
    .map(({ user, item }) => `(${user},${item})\t${[...negativesOf(user), 901].join('\t')}\n`)
    .join(''),
};

/** @param {Record<string, string | Uint8Array>} named @param {number} [chunk] */
async function read(named, chunk) {
  return readDataset(
    await core(),
    Object.entries(named).map(([name, text]) => source(name, text, chunk)),
  );
}

/** What a split of the triple says, by the ids of the files; all freed. @param {import('../../wasm/core.mjs').Dataset} dataset */
function content(dataset) {
  const split = dataset.leaveOneOut();
  const run = new Run(split, checkSettings({ model: 'itempop' }));
  finish(run);
  const users = Array.from(dataset.userIds, (id, user) => ({
    id,
    test: split.testItem(user) < 0 ? null : dataset.itemIds[split.testItem(user)],
    rank: run.evaluator?.rank(user, false),
    train: dataset
      .history(user)
      .map(({ item }) => dataset.itemIds[item])
      .sort((a, b) => a - b),
  }));
  const said = { users, items: [...dataset.itemIds], pairs: split.trainPairs };
  run.free();
  split.free();
  dataset.free();
  return said;
}

const expected = content(await read(files));

test('the triple is what its files say', () => {
  assert.equal(expected.pairs, rows.length - tested.length + 1);
  assert(expected.items.includes(900) && expected.items.includes(901));
  for (const { id, test: item, rank } of expected.users) {
    const pair = tested.find(({ user }) => user === id);
    assert.equal(item, pair?.item ?? null);
    assert.equal(rank?.candidates ?? null, pair ? 1 + negativesOf(id).length + 1 : null);
  }
});

test('test pairs that stand in train too are told and left out there', async () => {
  const [first, second] = tested;
  const twice = rows.filter(({ user }) => user === 15).slice(0, 2);
  const again = [first, first, second, ...twice].map(line).join('');
  const dataset = await read({ ...files, 'toy.train.rating': files['toy.train.rating'] + again });
  const run = new Run(dataset, checkSettings({ model: 'itempop' }));
  const notes = Object.fromEntries(run.notes.map(({ code, values }) => [code, values]));
  assert.deepEqual([notes['test-in-train'], notes.repeats], [{ rows: 3 }, { rows: 2 }]);
  run.free();
  assert.deepEqual(
    content(dataset).users.map(({ rank }) => rank),
    expected.users.map(({ rank }) => rank),
  );
});

test('it is read in any order, case and chunks, with CRLF and without a last line end', async () => {
  const entries = Object.entries(files);
  assert.deepEqual(content(await read(Object.fromEntries(entries.toReversed()))), expected);
  for (let chunk = 1; chunk <= 20; chunk++) assert.deepEqual(content(await read(files, chunk)), expected);
  const other = entries.map(([name, text]) => [name, text.replaceAll('\n', '\r\n').replace(/\r\n$/, '')]);
  assert.deepEqual(content(await read(Object.fromEntries(other))), expected);
});

test('from a zip, whatever the order of its files', async () => {
  for (const entries of [Object.entries(files), Object.entries(files).sort(), Object.entries(files).reverse()])
    for (const level of /** @type {const} */ ([0, 9])) {
      const inside = entries.map(([name, text]) => [`Data/${name}`, strToU8(text)]);
      const zip = zipSync(Object.fromEntries([...inside, ['Data/other.test.rating', strToU8('x')]]), { level });
      for (const chunk of [7, 64, zip.length])
        assert.deepEqual(content(await read({ 'ncf.zip': zip }, chunk)), expected);
    }
});

test('as DIR/NAME', async (t) => {
  const path = fill(folder(t), files);
  assert.deepEqual(content(await openData(await core(), join(path, 'toy'))), expected);
  const { code, stderr, lines } = await ncf('evaluate', '--data', join(path, 'toy'), '--weights', 'none');
  assert.deepEqual([code, lines], [2, []], stderr);
  const trained = await ncf('train', '--data', join(path, 'toy'), '--model', 'itempop', '--eval', 'both', '--json');
  assert.equal(trained.code, 0, trained.stderr);
  const result = trained.json().at(-1);
  assert.equal(result.metrics.sampled.users, tested.length);
  assert.equal(result.metrics.expected.users, tested.length);
  assert(result.metrics.expected.hr >= result.metrics.full.hr);
});

describe('refused, with the file and the line', () => {
  /** @param {Record<string, string | Uint8Array>} named @param {RegExp} message @param {number} [at] */
  const refuses = async (named, message, at) =>
    assert.rejects(read(named), (error) => {
      assert(error instanceof DataError, String(error));
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /undefined|\n/);
      assert.equal(error.line, at);
      return true;
    });
  const with_ = (/** @type {string} */ name, /** @type {string} */ text) => ({ ...files, [name]: text });
  const { 'toy.train.rating': train, 'toy.test.rating': pairs, 'toy.test.negative': negatives } = files;

  test('files that are missing, or of two splits', async (t) => {
    await refuses(
      { 'toy.train.rating': train, 'toy.test.rating': pairs },
      /^The split “toy” is three files, .* There is no toy\.test\.negative\.$/,
    );
    await refuses({ 'toy.test.rating': pairs, 'a.txt': '' }, /no toy\.train\.rating and no toy\.test\.negative\.$/);
    await refuses({ ...files, 'pinterest-20.train.rating': train }, /files of toy and pinterest-20\. Open one/);
    const zip = zipSync({ 'toy.train.rating': strToU8(train), 'toy.test.rating': strToU8(pairs) });
    await refuses({ 'ncf.zip': zip }, /There is no toy\.test\.negative\.$/);
    const path = fill(folder(t), { 'toy.train.rating': train });
    await assert.rejects(
      openData(await core(), join(path, 'toy')),
      /three files\. There is no .*toy\.test\.rating, no /,
    );
    await assert.rejects(openData(await core(), join(path, 'none')), /or DIR\/NAME for the NCF paper’s NAME\.train/);
  });

  test('a user with two lines in the test file', async () => {
    const twice = `${pairs}${line({ user: 11, item: 5 })}`;
    await refuses(with_('toy.test.rating', twice), /^toy\.test\.rating, line 5: This user has a line .* already/, 5);
    await refuses(with_('toy.test.rating', ''), /^toy\.test\.rating: The file holds no ratings/, 0);
  });

  test('negatives that are not of the test file’s pairs', async () => {
    const name = 'toy.test.negative';
    const others = negatives.split('\n').slice(1).join('\n');
    await refuses(with_(name, `(11,1)\t5\n${others}`), /^toy\.test\.negative, line 1: The \(user,item\) of this/, 1);
    await refuses(with_(name, `${negatives}(13,5)\t10\n`), /line 5: The \(user,item\)/, 5);
    await refuses(with_(name, `${negatives}${negatives}`), /line 5: .*or has a line already/, 5);
    await refuses(with_(name, others), /line 3: A pair of the test file has no line of negatives here/, 3);
    await refuses(with_(name, pairs), /line 1: The first line is not that of a file of test negatives/, 1);
    await refuses(with_(name, `${negatives}oops\n`), /line 5: This line does not have \(user,item\) and after it/, 5);
    await refuses(with_(name, negatives.replace('\t901', '\tx')), /line 1: A field here should be a number/, 1);
    await refuses(with_(name, ''), /^toy\.test\.negative: The file holds no negatives/, 0);
  });
});

// The split is not ours to hand on, so it lies outside of the project.
const shared = process.env.NCF_ML1M ?? join(root, '../shared/data/ml-1m');
const absent = existsSync(join(shared, 'expand.mjs')) ? false : `the paper’s split is not at ${shared}`;

test('MovieLens-1M: the paper’s counts, and ItemPop’s metrics', { skip: absent }, async (t) => {
  const path = join(folder(t), 'ml-1m');
  mkdirSync(path);
  execFileSync(process.execPath, [join(shared, 'expand.mjs'), path]);
  const loaded = await core();
  const dataset = await openData(loaded, join(path, 'ml-1m'));
  const split = dataset.leaveOneOut();
  const run = new Run(split, checkSettings({ model: 'itempop', eval: 'both' }));
  t.after(() => {
    run.free();
    split.free();
    dataset.free();
  });
  assert.deepEqual([dataset.users, dataset.items, split.trainPairs, split.testUsers], [6040, 3706, 994169, 6040]);
  finish(run);
  const {
    sampled,
    full,
    expected: average,
  } = /** @type {Required<import('../../wasm/lab/run.mjs').MetricSets>} */ (run.history[0].metrics);
  const near = (/** @type {number} */ got, /** @type {number} */ wanted, by = 0.0002) =>
    assert(Math.abs(got - wanted) <= by, `${got} is not ${wanted}`);
  near(sampled.hr, 0.4535);
  near(sampled.ndcg, 0.2543);
  near(full.hr, 0.0414, 0.0001);
  near(full.ndcg, 0.0204, 0.0001);
  near(sampled.hrHalfWidth, 0.012, 0.001);
  // The given negatives are one draw of those that the expectation is over.
  near(average.hr, sampled.hr, 0.005);
  near(average.ndcg, sampled.ndcg, 0.005);
  const candidates = /** @type {import('../../wasm/core.mjs').Evaluator} */ (run.evaluator)
    .ranks(false)
    .map((rank) => rank?.candidates);
  assert.equal(candidates.filter((count) => count === 99).length, 156, 'users with their own film among the negatives');
  assert.equal(candidates.filter((count) => count === 100).length, 6040 - 156);
  for (const id of [1805, 3569]) {
    const item = dataset.itemIds.indexOf(id);
    assert(item >= 0 && Array.from(dataset.userIds.keys()).some((user) => split.testItem(user) === item));
  }
});

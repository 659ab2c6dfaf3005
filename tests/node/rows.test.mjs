// Whose the rows of a weights file are: by the ids that it carries, whatever order the data have; by a rule that is told where
// it has none; and what is said of other data.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { decodeWeights, encodeWeights, fitWeights } from '../../wasm/lab/weights.mjs';
import { models } from '../../wasm/settings/models.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { encodeSafetensors } from '../../wasm/lab/safetensors.mjs';
import {
  core,
  csv,
  fill,
  finish,
  folder,
  moviesCsv,
  ncf,
  numbers,
  source,
  world,
  refusesWeights as refuses,
} from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Row} Row */

// Every user has times of their own, so that the same is held out whatever the order of the rows.
const rows = world({ users: 30, films: 60, each: 9 });

/** The same rows, shuffled. @param {Row[]} all @param {number} seed */
function shuffled(all, seed) {
  const next = numbers(seed);
  const out = [...all];
  for (let at = out.length - 1; at > 0; at--) {
    const other = next(at + 1);
    [out[at], out[other]] = [out[other], out[at]];
  }
  return out;
}

/** movies.csv with those films first that begin with another genre, so that genres come in another order. @param {Row[]} all */
function turnedMovies(all) {
  const [head, ...lines] = moviesCsv(all).trimEnd().split('\n');
  const last = lines.filter((line) => line.endsWith(',Drama'));
  return `${[head, ...lines.filter((line) => !last.includes(line)), ...last].join('\n')}\n`;
}

/**
 * Open data; freed when the test ends.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string>} files
 */
async function open(t, files) {
  const dataset = await readDataset(
    await core(),
    Object.entries(files).map(([name, text]) => source(name, text)),
  );
  const split = dataset.leaveOneOut();
  t.after(() => {
    split.free();
    dataset.free();
  });
  return { dataset, split };
}

/** @param {import('node:test').TestContext} t @param {Row[]} all @param {string} [movies] */
const openRows = (t, all, movies = moviesCsv(all)) => open(t, { 'ratings.csv': csv(all), 'movies.csv': movies });

/** @param {import('node:test').TestContext} t @param {import('../../wasm/core.mjs').Split} split @param {object} settings */
function runOn(t, split, settings) {
  const run = new Run(split, checkSettings({ factors: 3, epochs: 2, eval: 'full', ...settings }));
  t.after(() => run.free());
  return run;
}

/**
 * A run with a file's weights, evaluated.
 * @param {import('node:test').TestContext} t
 * @param {Awaited<ReturnType<typeof open>>} data
 * @param {Uint8Array} bytes
 * @param {object} [said]
 */
function evaluated(t, { dataset, split }, bytes, said) {
  const fitted = fitWeights(decodeWeights(bytes), dataset, said);
  const run = runOn(t, split, { ...fitted.settings });
  run.load(fitted);
  for (const { event } of run.slices()) if (event === 'epoch') break;
  return { run, metrics: run.history[0].metrics, notes: run.notes };
}

/** Of what is assumed of files, not of small data. @param {{code: string}[]} notes */
const codes = (notes) =>
  notes.map(({ code }) => code).filter((code) => /^(rows|other|features|activation)-/.test(code));

/** Sums in another order of rows may differ in the last bits. @param {any} got @param {any} wanted */
function sameMetrics(got, wanted) {
  for (const kind of Object.keys(wanted))
    for (const name of ['hr', 'ndcg', 'mrr', 'rmse', 'mae'])
      if (name in wanted[kind])
        assert(Math.abs(got[kind][name] - wanted[kind][name]) < 1e-6, `${kind} ${name}: ${got[kind][name]}`);
}

describe('the same ratings in another order give the same numbers', () => {
  for (const { value: model, task } of models.filter((row) => row.task === 'ranking'))
    test(`${model}`, async (t) => {
      const mine = await openRows(t, rows);
      const saved = runOn(t, mine.split, { model });
      finish(saved);
      const bytes = encodeWeights(saved.model, saved.config());
      const others = await openRows(t, shuffled(rows, 5), turnedMovies(rows));
      assert.notDeepEqual(others.dataset.itemIds, mine.dataset.itemIds);
      const { run, metrics, notes } = evaluated(t, others, bytes);
      sameMetrics(metrics, saved.history.at(-1)?.metrics);
      assert.deepEqual(codes(notes), [], task);
      // And back again to the bit.
      const back = evaluated(t, mine, encodeWeights(run.model, run.config()));
      assert.equal(back.run.model.hash(), saved.model.hash());
    });

  test('side information is told by its names', async (t) => {
    const mine = await openRows(t, rows);
    const saved = runOn(t, mine.split, { model: 'mlp', side: 'items', ids: 'off' });
    finish(saved);
    const others = await openRows(t, shuffled(rows, 6), turnedMovies(rows));
    assert.notDeepEqual(others.dataset.features('items').names, mine.dataset.features('items').names);
    const { run, metrics } = evaluated(t, others, encodeWeights(saved.model, saved.config()));
    sameMetrics(metrics, saved.history.at(-1)?.metrics);
    const back = evaluated(t, mine, encodeWeights(run.model, run.config()));
    assert.equal(back.run.model.hash(), saved.model.hash());
  });

  test('sampled, the other draw of negatives is told', async (t) => {
    const saved = runOn(t, (await openRows(t, world({ users: 20, films: 240 }))).split, {
      model: 'itempop',
      eval: 'sampled',
    });
    finish(saved);
    const bytes = encodeWeights(saved.model, saved.config());
    const others = await openRows(t, shuffled(world({ users: 20, films: 240 }), 7));
    assert.deepEqual(codes(evaluated(t, others, bytes).notes), ['other-negatives']);
  });

  test('where times are equal, that another film is held out is told', async (t) => {
    const equal = rows.map((row) => ({ ...row, time: 5 }));
    const saved = runOn(t, (await openRows(t, equal)).split, { model: 'gmf' });
    finish(saved);
    const bytes = encodeWeights(saved.model, saved.config());
    const others = await openRows(t, shuffled(equal, 8));
    assert(codes(evaluated(t, others, bytes).notes).includes('other-test'));
  });
});

describe('other data', () => {
  test('with the same users and films are told, whatever differs', async (t) => {
    const saved = runOn(t, (await openRows(t, rows)).split, { model: 'gmf' });
    finish(saved);
    const bytes = encodeWeights(saved.model, saved.config());
    const [first, ...rest] = rows;
    for (const change of [{ rating: first.rating === 1 ? 2 : 1 }, { time: 7 }]) {
      const others = await openRows(t, [{ ...first, ...change }, ...rest]);
      assert.deepEqual(codes(evaluated(t, others, bytes).notes), ['other-data']);
    }
    const same = await openRows(t, [...rest, first]);
    assert.deepEqual(codes(evaluated(t, same, bytes).notes), []);
  });

  test('with other users or films are refused, with how many and the first few', async (t) => {
    const { dataset, split } = await openRows(t, rows);
    const run = runOn(t, split, { model: 'gmf' });
    const hash = run.model.hash();
    /** @param {Row[]} all */
    const savedOn = async (all) => {
      const other = runOn(t, (await openRows(t, all)).split, { model: 'gmf' });
      return decodeWeights(encodeWeights(other.model, other.config()));
    };
    const renamed = rows.map((row) => ({ ...row, user: row.user + (row.user < 18 ? 1000 : 0) }));
    const named = await savedOn(renamed);
    refuses(
      () => fitWeights(named, dataset),
      /^The weights file lacks 7 of the data’s users \(11, 12, 13, 14, 15 …\), and the data lack 7 of its own \(1011, 1012, 1013, 1014, 1015 …\): open the data that it was trained on\. Nothing was changed\.$/,
    );
    const fewer = await savedOn(rows.filter(({ user }) => user !== 20));
    refuses(() => fitWeights(fewer, dataset), /^The weights file lacks 1 of the data’s users \(20\): open/);
    const more = await savedOn([
      ...rows,
      { user: 900, item: 10, rating: 3, time: 1 },
      { user: 900, item: 15, rating: 3, time: 2 },
    ]);
    refuses(() => fitWeights(more, dataset), /^The data lack 1 of the weights file’s users \(900\): open/);
    const films = await savedOn([...rows, { user: 11, item: 9999, rating: 3, time: 1 }]);
    refuses(() => fitWeights(films, dataset), /^The data lack 1 of the weights file’s films \(9999\): open/);
    assert.equal(run.model.hash(), hash);
  });
});

// A toy of the paper's triple whose ids are not in the order of first appearance, with weights by id under which every
// held-out item is the best: GMF with one factor per item.
const items = 12;
const toy = [3, 1, 2, 0].map((user) => ({
  user,
  train: [(7 * user + 5) % items, (5 * user + 3) % items],
  test: (3 * user + 8) % items,
}));
const triple = {
  'toy.train.rating': toy.flatMap(({ user, train }) => train.map((item) => `${user}\t${item}\t1\t0\n`)).join(''),
  'toy.test.rating': toy.map(({ user, test: item }) => `${user}\t${item}\t1\t0\n`).join(''),
  'toy.test.negative': toy
    .map(({ user, train, test: item }) => {
      const others = Array.from({ length: items }, (_, each) => each).filter(
        (each) => each !== item && !train.includes(each),
      );
      return `(${user},${item})\t${others.join('\t')}\n`;
    })
    .join(''),
};

/** GMF as PyTorch would save it, [users, f] and [items, f]. @param {number} users @param {number} films */
function weightsById(users, films) {
  const width = items;
  const p = new Float32Array(users * width);
  const q = new Float32Array(films * width);
  for (const { user, test: item } of toy) p[user * width + item] = 1;
  for (let item = 0; item < items; item++) q[item * width + item] = 1;
  const tensor = (/** @type {string} */ name, /** @type {number[]} */ shape, /** @type {Float32Array} */ values) => ({
    name,
    shape,
    dtype: /** @type {const} */ ('F32'),
    values: () => values,
  });
  return encodeSafetensors({ format: 'pt' }, [
    tensor('gmf.user_embedding.weight', [users, width], p),
    tensor('gmf.item_embedding.weight', [films, width], q),
    tensor('output.weight', [1, width], new Float32Array(width).fill(1)),
    tensor('output.bias', [1], new Float32Array(1)),
  ]);
}

describe('a file without ids', () => {
  test('is by id on the paper’s triple, which is told; --rows appearance takes it otherwise', async (t) => {
    const path = fill(folder(t), { ...triple, 'w.safetensors': weightsById(4, items) });
    const args = ['evaluate', '--data', join(path, 'toy'), '--weights', join(path, 'w.safetensors'), '--json'];
    const told = await ncf(...args);
    assert.equal(told.code, 0, told.stderr);
    const result = told.json().at(-1);
    assert.equal(result.metrics.sampled.mrr, 1);
    assert(codes(result.notes).includes('rows-by-id'));
    assert.match(told.stdout, /its row n is taken for the user or film with the id n/);
    const other = await ncf(...args, '--rows', 'appearance');
    assert(other.json().at(-1).metrics.sampled.mrr < 0.9);
    assert(codes(other.json().at(-1).notes).includes('rows-by-appearance'));
    const wrong = await ncf(...args, '--rows', 'name');
    assert.deepEqual([wrong.code, wrong.stderr], [2, 'ncf: --rows takes id or appearance, not “name”.\n']);
  });

  test('by id may have rows of ids that do not occur, and no more than that', async (t) => {
    // User 4 and the items 12 to 14 occur nowhere else.
    const last = { ...triple, 'toy.train.rating': `${triple['toy.train.rating']}5\t15\t1\t0\n` };
    const data = await open(t, last);
    const { metrics, notes } = evaluated(t, data, weightsById(6, 16));
    assert.equal(metrics.sampled?.mrr, 1);
    assert(codes(notes).includes('rows-by-id'));
    refuses(
      () => evaluated(t, data, weightsById(5, 16)),
      /^The weights file has 5 rows of users, row n being that of id n, and so lacks 1 that the data have \(5\): .*--rows appearance/,
    );
    refuses(
      () => evaluated(t, data, weightsById(6, 17)),
      /^The weights file has rows of films up to the id 16, .* largest is 15: open/,
    );
    refuses(
      () => evaluated(t, data, weightsById(6, 16), { rows: 'appearance' }),
      /^The weights are for 6 users, the dataset has 5: load the dataset/,
    );
  });

  test('is by appearance elsewhere, which is told, and by id where that is said', async (t) => {
    const pairs = toy.flatMap(({ user, train, test: item }) => [...train, item].map((each) => ({ user, item: each })));
    // Every item occurs, those that nobody has so far with the first user, before all else.
    const missing = Array.from({ length: items }, (_, item) => item).filter(
      (item) => !pairs.some((pair) => pair.item === item),
    );
    const all = [...missing.map((item) => ({ user: toy[0].user, item })), ...pairs];
    const data = await open(t, { 'u.data': all.map(({ user, item }, n) => `${user}\t${item}\t3\t${n}\n`).join('') });
    const bytes = weightsById(4, data.dataset.items);
    const told = evaluated(t, data, bytes);
    assert(codes(told.notes).includes('rows-by-appearance'));
    const by = evaluated(t, data, bytes, { rows: 'id' });
    assert(codes(by.notes).includes('rows-by-id'));
    assert.equal(by.metrics.sampled?.mrr, 1);
    assert(Number(told.metrics.sampled?.mrr) < 1);
  });

  test('nothing is assumed where both are the same', async (t) => {
    const plain = rows.map((row) => ({ ...row, user: row.user - 11 }));
    const items = [...new Set(plain.map(({ item }) => item))];
    const data = await openRows(
      t,
      plain.map((row) => ({ ...row, item: items.indexOf(row.item) })),
    );
    const saved = runOn(t, data.split, { model: 'gmf' });
    const stored = decodeWeights(encodeWeights(saved.model, saved.config()));
    stored.ids = { user: null, item: null };
    assert.deepEqual(fitWeights(stored, data.dataset).notes, []);
  });
});

test('a file with ids takes no rule', async (t) => {
  const { dataset, split } = await openRows(t, rows);
  const saved = runOn(t, split, { model: 'gmf' });
  const weights = decodeWeights(encodeWeights(saved.model, saved.config()));
  refuses(() => fitWeights(weights, dataset, { rows: 'id' }), /carries the ids of its rows: leave --rows away\.$/);
});

test('ids of 32 bits are read as well as of 64, each once, as many as rows', async (t) => {
  const { dataset, split } = await openRows(t, rows);
  const saved = runOn(t, split, { model: 'gmf' });
  const weights = decodeWeights(encodeWeights(saved.model, saved.config()));
  const short = { ...weights, ids: { ...weights.ids, user: [...(weights.ids.user ?? [])].slice(1) } };
  refuses(() => fitWeights(short, dataset), /^The weights file has 30 rows of users and 29 ids\.$/);
  const file = (/** @type {string} */ dtype, /** @type {(at: (n: number, id: number) => void) => void} */ put) => {
    const width = dtype === 'I64' ? 8 : 4;
    const ids = Buffer.alloc(2 * width);
    put((n, id) => (width === 8 ? ids.writeBigInt64LE(BigInt(id), 8 * n) : ids.writeInt32LE(id, 4 * n)));
    const header = JSON.stringify({
      user_ids: { dtype, shape: [2], data_offsets: [0, 2 * width] },
      'bias.user': { dtype: 'F32', shape: [2], data_offsets: [2 * width, 2 * width + 8] },
    });
    const head = Buffer.alloc(8);
    head.writeBigUInt64LE(BigInt(header.length));
    return Buffer.concat([head, Buffer.from(header), ids, Buffer.alloc(8)]);
  };
  for (const dtype of ['I32', 'I64'])
    assert.deepEqual(decodeWeights(file(dtype, (at) => (at(0, 7), at(1, 2 ** 31 - 1)))).ids.user, [7, 2 ** 31 - 1]);
  refuses(() => decodeWeights(file('I64', (at) => (at(0, 7), at(1, 7)))), /^user_ids has 7 twice/);
  refuses(() => decodeWeights(file('I64', (at) => (at(0, 7), at(1, 2 ** 60)))), /too large for an id/);
  refuses(() => decodeWeights(file('F32', () => {})), /^user_ids is stored as F32; ids are to be I64/);
});

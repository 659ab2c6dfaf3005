// What the command writes besides weights: ONNX, metrics, everybody's lists.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { unzipSync } from 'fflate';

import { csvOf } from '../../wasm/lab/csv.mjs';
import { csv, fill, filmsOf, folder, moviesCsv, ncf, world } from './fixtures.mjs';

/** A folder with a world's data, and paths in it. @param {import('node:test').TestContext} t */
function place(t) {
  const rows = world();
  const path = fill(folder(t), { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) });
  return { rows, path, at: (/** @type {string} */ name) => join(path, name) };
}

/** CSV as RFC 4180 has it, read by its own rules. @param {string} text */
function parse(text) {
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)];
  assert.equal(cells.map(([all]) => all).join(''), text, 'nothing is left over');
  /** @type {string[][]} */
  const lines = [[]];
  for (const [, cell, end] of cells) {
    lines.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end !== ',') lines.push([]);
  }
  assert.deepEqual(lines.pop(), []);
  return lines;
}

test('a table is read again as it was', () => {
  const cells = [
    ['a,b', 'say "x"', '', '1\r\n2', 'ü'],
    ['1', '2', '3', '4', '5'],
  ];
  assert.deepEqual(parse(csvOf(cells[0], [cells[1]])), cells);
  assert.equal(csvOf(['a'], [[null], [0.1], [false]]), 'a\r\n\r\n0.1\r\nfalse\r\n');
});

test('--metrics has the figures that --json has', async (t) => {
  const { path, at } = place(t);
  const options = ['--model', 'gmf', '--epochs', '2', '--validation', 'on', '--eval', 'both', '--data', path];
  const run = (/** @type {string} */ file) => ncf('train', ...options, '--json', '--metrics', at(file));
  const told = await run('m.json');
  assert.equal(told.code, 0, told.stderr);
  const events = told.json();
  const epochs = events.filter(({ event }) => event === 'epoch').map(({ event: _, ...epoch }) => epoch);
  const written = JSON.parse(readFileSync(at('m.json'), 'utf8'));
  const result = events.at(-1);
  assert.deepEqual(written, { model: 'gmf', config: result.config, data: result.data, epochs });

  const second = (await run('m.csv')).json().filter(({ event }) => event === 'epoch');
  const [head, ...lines] = parse(readFileSync(at('m.csv'), 'utf8'));
  assert.equal(lines.length, 3);
  lines.forEach((line, n) => {
    const row = Object.fromEntries(head.map((name, column) => [name, line[column]]));
    const { epoch, loss, metrics, validation } = second[n];
    assert.deepEqual([row.epoch, row.loss], [String(epoch), loss === null ? '' : String(loss)]);
    for (const kind of ['sampled', 'full', 'expected'])
      assert.equal(Number(row[`${kind}_ndcg`]), metrics[kind].ndcg, kind);
    assert.equal(Number(row.validation_sampled_hr), validation.sampled.hr);
    assert.equal(row.sampled_users, String(metrics.sampled.users));
  });
});

test('--metrics of a model of ratings', async (t) => {
  const { path, at } = place(t);
  const { code } = await ncf('train', '--model', 'bias', '--data', path, '--metrics', at('m.csv'));
  assert.equal(code, 0);
  assert.match(readFileSync(at('m.csv'), 'utf8'), /^epoch,loss,errors_rmse,errors_mae,/);
});

test('train and export write the same ONNX, zipped or side by side', async (t) => {
  const { path, at } = place(t);
  const options = ['--model', 'neumf', '--factors', '4', '--epochs', '1', '--data', path];
  const trained = await ncf('train', ...options, '--onnx', at('a.zip'), '--save', at('w.safetensors'));
  assert.equal(trained.code, 0, trained.stderr);
  const hash = /weights (\w{16})/.exec(trained.stdout)?.[1];
  const told = await ncf('export', '--weights', at('w.safetensors'), '--data', path, '--onnx', at('b.onnx'), '--json');
  assert.deepEqual(told.json(), [{ event: 'export', onnx: at('b.onnx'), weights_hash: hash }]);
  const zipped = unzipSync(readFileSync(at('a.zip')));
  const beside = { 'model.onnx': 'b.onnx', 'users.csv': 'b.users.csv', 'items.csv': 'b.items.csv' };
  for (const [name, file] of Object.entries(beside))
    assert.ok(Buffer.from(zipped[name]).equals(readFileSync(at(file))), name);
  assert.equal(JSON.parse(readFileSync(at('b.about.json'), 'utf8')).weights_hash, hash);
});

test('what can’t be written is refused before anything is trained', async (t) => {
  const { path, at } = place(t);
  const refused = async (/** @type {string[]} */ args, /** @type {RegExp} */ why) => {
    const { code, stderr, stdout } = await ncf(...args, '--data', path);
    assert.match(stderr, why);
    assert.deepEqual([code, stdout], [2, '']);
  };
  await refused(
    ['train', '--model', 'ease', '--onnx', at('a.zip')],
    /^ncf: EASE has no network to be written as ONNX\./,
  );
  await refused(['train', '--onnx', at('a.pb')], /--onnx takes a name that ends in \.zip or \.onnx/);
  await refused(['train', '--metrics', at('m.txt')], /--metrics takes a name that ends in \.csv or \.json/);
  await refused(['export', '--weights', at('w.safetensors')], /Say what to write/);
  await refused(['recommend', '--weights', 'w', '--all', '--user', '3'], /Say for whom/);
  await refused(['recommend', '--weights', 'w', '--all', '--json'], /--all writes CSV/);
  for (const name of ['a.zip', 'a.pb', 'm.txt']) assert.equal(existsSync(at(name)), false);
});

test('everybody’s lists are those that users get one by one', async (t) => {
  const { rows, path, at } = place(t);
  await ncf('train', '--model', 'gmf', '--epochs', '1', '--data', path, '--save', at('w.safetensors'));
  const weights = ['--weights', at('w.safetensors'), '--data', path, '-k', '4'];
  const all = await ncf('recommend', ...weights, '--all');
  assert.equal(all.code, 0, all.stderr);
  const [head, ...lines] = parse(all.stdout);
  assert.deepEqual(head, ['user_id', 'rank', 'movie_id', 'title', 'year', 'score', 'held_out']);
  const users = [...new Set(rows.map(({ user }) => user))].sort((a, b) => a - b);
  assert.deepEqual(
    lines.map(([user, rank]) => `${user} ${rank}`),
    users.flatMap((user) => [1, 2, 3, 4].map((rank) => `${user} ${rank}`)),
  );
  const titles = new Map(filmsOf(rows).map(({ id, title }) => [String(id), title]));
  for (const [, , id, title] of lines) assert.equal(title, titles.get(id));
  const one = (await ncf('recommend', ...weights, '--user', '30', '--json')).json();
  assert.deepEqual(
    lines.filter(([user]) => user === '30').map(([, rank, id, , , score, held]) => [+rank, +id, +score, held]),
    one.map(({ rank, movie_id: id, score, held_out: held }) => [rank, id, score, String(held)]),
  );
});

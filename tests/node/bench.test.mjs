// `ncf bench`: what it measures with, and that it says what it measured. No test asserts a speed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { measureAll, median, rate } from '../../wasm/command/bench/measure.mjs';
import { makeRatings } from '../../wasm/command/bench/world.mjs';
import { ncf } from './fixtures.mjs';

test('a made-up world has the shape asked for, every pair once, and is the same each time', () => {
  const shape = { users: 50, items: 400, pairs: 2000 };
  const text = Buffer.concat(makeRatings(shape)).toString();
  assert.equal(Buffer.concat(makeRatings(shape)).toString(), text);
  assert.notEqual(Buffer.concat(makeRatings(shape, 2)).toString(), text);
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split('\t').map(Number));
  assert.ok(Math.abs(rows.length - 2000) < 100, String(rows.length));
  assert.equal(new Set(rows.map(([user, item]) => user * 1000 + item)).size, rows.length);
  assert.equal(new Set(rows.map(([user]) => user)).size, 50);
  assert.ok(rows.every(([, item]) => item >= 0 && item < 400));
  // The head of the films is rated far more often than the tail.
  const count = (/** @type {number} */ from, /** @type {number} */ to) =>
    rows.filter(([, item]) => item >= from && item < to).length;
  assert.ok(count(0, 20) > 2 * count(380, 400));
});

test('cases take turns, and what is told is the median', async () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  /** @type {string[]} */
  const calls = [];
  const values = { a: [1, 9, 2], b: [5, 4, 6] };
  const cases = /** @type {const} */ (['a', 'b']).map((name) => ({
    name,
    unit: 'x/s',
    measure: () => {
      calls.push(name);
      return values[name][calls.filter((each) => each === name).length - 1];
    },
  }));
  const results = await measureAll(cases, 3);
  assert.deepEqual(calls, ['a', 'b', 'a', 'b', 'a', 'b']);
  assert.deepEqual(results, [
    { name: 'a', unit: 'x/s', median: 2, lowest: 1, highest: 9 },
    { name: 'b', unit: 'x/s', median: 5, lowest: 4, highest: 6 },
  ]);
});

test('a rate leaves the first call out and repeats until the time is over', (t) => {
  let [now, calls] = [1000, 0];
  t.mock.method(performance, 'now', () => now);
  const perSecond = rate(() => {
    now += calls++ === 0 ? 500 : 5;
    return 10;
  }, 0.05);
  assert.equal(calls, 11);
  assert.equal(perSecond, 2000);
});

test('prints a figure a line, and JSON where that is asked for', async () => {
  const { code, stdout, stderr } = await ncf('bench', '--rounds', '1', '--only', '^(reading|dense|multiply)', '--json');
  assert.equal(code, 0, stderr);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ event, name }) => name ?? event),
    [
      'multiply-add peak',
      'dense layers (256 × 32 × 32)',
      'reading ratings',
      'dense layers, share of the multiply-add peak',
      'memory',
    ],
  );
  for (const { event, median: value } of lines) assert.ok(event !== 'figure' || value > 0);
});

test('refuses what it can’t use', async () => {
  for (const [args, message] of /** @type {[string[], RegExp][]} */ ([
    [['--rounds', '0'], /^ncf: --rounds takes a whole number from 1, not “0”\.\n$/],
    [['--only', '('], /^ncf: --only takes a regular expression, not “\(”\.\n$/],
  ])) {
    const { code, stdout, stderr } = await ncf('bench', ...args);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});

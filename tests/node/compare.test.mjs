// Values to compare with are R 4’s: t.test, wilcox.test (on whole numbers, lest rounding part ties), binom.test, mcnemar.test,
// pnorm, pt.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { compareRanks, mcnemar, normalTwoSided, pairedT, parseRanks, verdict, wilcoxon } from '../../wasm/compare.mjs';
import { fill, folder, ncf } from './fixtures.mjs';

/** @param {number} got @param {number} expected @param {number} [relative] */
function near(got, expected, relative = 1e-10) {
  assert(Math.abs(got - expected) <= relative * Math.abs(expected), `${got} is not ${expected}`);
}

const a = [0.63, 0.5, 1, 0, 0, 0.43, 0.38, 1, 0.33, 0.31, 0.29, 0];
const b = [0.5, 0.43, 0.63, 0.1, 0, 0.31, 0.41, 0.5, 0.2, 0.36, 0.3, 0.05];
const u = Array.from({ length: 200 }, (_, n) => (((n + 1) * 37) % 101) / 100);
const v = Array.from({ length: 200 }, (_, n) => (((n + 1) * 53) % 97) / 100);

test('the normal distribution', () => {
  for (const [z, p] of [
    [1.96, 0.0499957902964409],
    [6, 1.9731752900754e-9],
    [-0.3, 0.764177155622095],
    [0, 1],
  ])
    near(normalTwoSided(z), p);
});

test('the paired t test', () => {
  near(pairedT(a, b).t, 1.72624827599274);
  near(pairedT(a, b).p, 0.112242400026366);
  near(pairedT(u, v).p, 0.386982694812089);
  near(pairedT(v, u).p, 0.386982694812089);
  // 2 pt(-2.5, 3): four differences of mean 2.5 with a standard error of 1
  const spread = Math.sqrt(3);
  const four = [2.5 + spread, 2.5 - spread, 2.5 + spread, 2.5 - spread];
  near(pairedT(four, [0, 0, 0, 0]).p, 0.0877066470080655);
  assert.deepEqual(pairedT(a, a), { n: 12, mean: 0, halfWidth: 0, t: 0, p: 1 });
  assert.equal(pairedT([1, 1], [0, 0]).p, 0);
  assert.equal(pairedT([1], [0]).p, 1, 'one user tells nothing');
  assert.equal(pairedT([], []).p, 1);
  assert.throws(() => pairedT([1], [1, 2]), /1 and 2 users/);
});

test('Wilcoxon’s signed-rank test, exact and with ties', () => {
  const x = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
  const y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  const exact = wilcoxon(x, y);
  near(exact.p, 0.0390625);
  assert.deepEqual([exact.w, exact.n, exact.exact], [40, 9, true]);
  near(wilcoxon(y, x).p, 0.0390625);
  const tied = wilcoxon(a, b);
  near(tied.p, 0.141973687840685);
  assert.deepEqual([tied.w, tied.n, tied.exact], [50, 11, false]);
  near(wilcoxon(u, v).p, 0.345862736307078);
  assert.equal(wilcoxon(u, v).w, 10612);
  assert.equal(wilcoxon(a, a).p, 1);
});

test('McNemar’s test, exact and for many', () => {
  const hits = (/** @type {number} */ onlyA, /** @type {number} */ onlyB, both = 5) => {
    const count = onlyA + onlyB + both;
    return /** @type {[boolean[], boolean[]]} */ ([
      Array.from({ length: count }, (_, n) => n < onlyA || n >= onlyA + onlyB),
      Array.from({ length: count }, (_, n) => n >= onlyA),
    ]);
  };
  near(mcnemar(...hits(8, 22)).p, 0.016124801710248);
  near(mcnemar(...hits(22, 8)).p, 0.016124801710248);
  near(mcnemar(...hits(0, 6)).p, 0.03125);
  near(mcnemar(...hits(450, 550)).p, 0.00173053608497632);
  near(mcnemar(...hits(700, 800)).p, 0.0105831702387651);
  assert.deepEqual(mcnemar(...hits(0, 0)), { onlyA: 0, onlyB: 0, p: 1, exact: true });
  assert.equal(mcnemar(...hits(3, 3)).p, 1);
});

test('ranks in a file', () => {
  assert.deepEqual(parseRanks('0\n12\n99\n'), [0, 12, 99]);
  assert.deepEqual(parseRanks('3\r\n4'), [3, 4]);
  assert.deepEqual(parseRanks(''), []);
  for (const text of ['1\n\n2\n', '1\nx\n', '-1\n', '1.5\n', ' 1\n'])
    assert.throws(() => parseRanks(text), /^RangeError: line \d: “.*” is not a rank\.$/);
});

test('a verdict only says what a test says', () => {
  const even = Array.from({ length: 300 }, (_, n) => (n * 7) % 20);
  const better = even.map((rank) => Math.max(0, rank - 2));
  assert.match(verdict(compareRanks(even, even, 10), 10), /can’t be told apart/);
  assert.match(
    verdict(compareRanks(better, even, 10), 10),
    /can be told apart at the 5 % level: A is better; all tests/,
  );
  assert.match(verdict(compareRanks(even, better, 10), 10), /B is better/);
  // The same hits, better places: NDCG differs alone.
  const higher = even.map((rank) => (rank < 10 ? 0 : rank));
  const partly = verdict(compareRanks(higher, even, 10), 10);
  assert.match(partly, /A is better; the t test of NDCG@10, Wilcoxon’s test of NDCG@10 say so, the rest find no/);
});

test('ncf compare', async (t) => {
  const lines = (/** @type {number[]} */ ranks) => ranks.map((rank) => `${rank}\n`).join('');
  const ranks = Array.from({ length: 200 }, (_, n) => (n * 7) % 20);
  const path = fill(folder(t), {
    'a.txt': lines(ranks),
    'b.txt': lines(ranks.map((rank) => rank + 5)),
    'short.txt': lines(ranks.slice(1)),
    'bad.txt': '1\nx\n',
    'empty.txt': '',
  });
  const file = (/** @type {string} */ name) => join(path, name);
  const said = await ncf('compare', file('a.txt'), file('b.txt'));
  assert.equal(said.code, 0, said.stderr);
  assert.match(said.stdout, /HR@10 0\.5000 .*NDCG@10/);
  assert.match(said.stdout, /A is better/);
  const [json] = (await ncf('compare', file('a.txt'), file('b.txt'), '-k', '5', '--json')).json();
  assert.deepEqual([json.event, json.k, json.users, json.a.hr, json.b.hr], ['comparison', 5, 200, 0.25, 0]);
  assert.deepEqual([json.mcnemar.only_a, json.mcnemar.only_b, json.mcnemar.exact], [50, 0, true]);
  assert(json.t_test.p < 1e-6 && json.wilcoxon.p < 1e-6 && json.verdict.includes('A is better'));
  /** @type {[string[], RegExp][]} */
  const refused = [
    [[file('a.txt')], /two files/],
    [[file('a.txt'), file('b.txt'), file('b.txt')], /two files/],
    [[file('a.txt'), file('short.txt')], /200 users .* 199/],
    [[file('a.txt'), file('bad.txt')], /bad\.txt, line 2: “x” is not a rank/],
    [[file('a.txt'), file('none.txt')], /none\.txt” can't be read/],
    [[file('empty.txt'), file('empty.txt')], /no ranks/],
    [[file('a.txt'), file('b.txt'), '-k', '0'], /-k takes a whole number from 1/],
  ];
  for (const [args, message] of refused) {
    const { code, stderr, stdout } = await ncf('compare', ...args);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, message);
    assert.equal(stderr.trim().split('\n').length, 1);
  }
});

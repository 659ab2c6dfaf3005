// Distributions and tests of significance. Values to compare with are R 4’s: pt, qt, pnorm, pchisq, pbinom, t.test,
// wilcox.test (on whole numbers, lest rounding part ties), binom.test, mcnemar.test.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  chiSquareAbove,
  fairCoinBelow,
  incompleteBeta,
  normalTwoSided,
  studentQuantile,
  studentTwoSided,
} from '../../wasm/lab/stats/distributions.mjs';
import { mcnemar, meanInterval, pairedT, welch, wilcoxon } from '../../wasm/lab/stats/significance.mjs';

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
    [0, 1],
    [-0.3, 0.76417715562209465],
    [1, 0.31731050786291409],
    [1.96, 0.049995790296440856],
    [3.3, 9.6684828476755488e-4],
    [3.6, 3.182171803150676e-4],
    [4, 6.3342483666239849e-5],
    [4.3, 1.7079810941983622e-5],
    [6, 1.9731752900753962e-9],
    [37, 1.1451142445049154e-299],
  ])
    near(normalTwoSided(z), p);
});

test('Student’s t and its quantiles', () => {
  for (const [t, degrees, p] of [
    [0, 3, 1],
    [1, 1, 0.5],
    [-0.5, 3, 0.65144796484815104],
    [2.5, 3, 0.087706647008065505],
    [40, 2, 6.244146721847406e-4],
    [3.3, 7.4, 0.01212023033466726],
    [0.001, 5, 0.99924078677219763],
    [8, 30, 6.2658224757007723e-9],
    [2, 6039, 0.045544969319975516],
    [5, 6039, 5.8948619239138017e-7],
    [0.2, 1e6, 0.84148062179022887],
    [12, 1e6, 3.571685124765059e-33],
  ])
    near(studentTwoSided(t, degrees), p);
  for (const [degrees, t95, t99] of [
    [1, 12.706204736174694, 63.656741162871526],
    [2, 4.3026527297494619, 9.9248432009182892],
    [4, 2.7764451051977934, 4.6040948713499921],
    [10.5, 2.2138402929187873, 3.1357594763127214],
    [670, 1.9635109839634446, 2.583187155644787],
    [1e6, 1.9599663568141066, 2.5758342201053335],
  ]) {
    near(studentQuantile(0.05, degrees), t95);
    near(studentQuantile(0.01, degrees), t99);
  }
});

test('χ² with one degree of freedom, and heads of a fair coin', () => {
  for (const [x, p] of [
    [0, 1],
    [1e-8, 0.99992021154405275],
    [0.5, 0.47950012218695348],
    [3.841458820694124, 0.05],
    [10, 0.0015654022580025519],
    [200, 2.0884875837625449e-45],
  ])
    near(chiSquareAbove(x), p);
  for (const [k, n, p] of [
    [8, 30, 0.0080624008551239967],
    [0, 6, 0.015625],
    [3, 6, 0.65625],
    [0, 1, 0.5],
    [450, 1000, 8.6526804248815816e-4],
    [499, 1000, 0.48738749091081957],
    [100, 1000, 6.7017177900063219e-162],
    [12, 12, 1],
  ])
    near(fairCoinBelow(k, n), p);
  assert.equal(fairCoinBelow(0, 0), 1);
  // Between whole numbers it goes on without a step.
  assert(fairCoinBelow(8, 30) < fairCoinBelow(8.5, 30) && fairCoinBelow(8.5, 30) < fairCoinBelow(9, 30));
});

test('the incomplete beta function by what is known of it', () => {
  for (const x of [0, 0.1, 0.5, 0.93, 1]) {
    near(incompleteBeta(x, 1, 1), x);
    near(incompleteBeta(x, 3, 1), x ** 3);
    near(incompleteBeta(x, 1, 40), 1 - (1 - x) ** 40);
    near(incompleteBeta(x, 7.5, 2.25) + incompleteBeta(1 - x, 2.25, 7.5), 1, 1e-12);
  }
  // I_x(a, b) - I_x(a + 1, b) = x^a (1 - x)^b / (a B(a, b)): here B is asked for on both sides of where it changes its way.
  for (const [p, q] of [
    [9.9, 0.5],
    [10, 10],
    [12, 9],
    [300, 20],
  ]) {
    const step = incompleteBeta(0.6, p, q) - incompleteBeta(0.6, p + 1, q);
    const chance = incompleteBeta(0.6, p + 1, q) - incompleteBeta(0.6, p + 2, q);
    near(chance / step, (0.6 * (p + q)) / (p + 1), 1e-9);
  }
});

test('a mean with its interval', () => {
  const { n, mean, halfWidth } = meanInterval([0.6812, 0.6934, 0.6871, 0.6899, 0.685]);
  assert.equal(n, 5);
  near(mean - halfWidth, 0.6815456616344482);
  near(mean + halfWidth, 0.6930943383655518);
  assert.deepEqual(meanInterval([0.5]), { n: 1, mean: 0.5, halfWidth: NaN });
  assert.deepEqual(meanInterval([2, 2]), { n: 2, mean: 2, halfWidth: 0 });
});

test('Welch’s t test', () => {
  const x = [0.6812, 0.6934, 0.6871, 0.6899, 0.685];
  const y = [0.6401, 0.6377, 0.655];
  const { t, degrees, p, mean, halfWidth } = welch(x, y);
  near(t, 7.426686088901663);
  near(degrees, 2.606087596029538);
  near(p, 0.008042155096965495);
  near(mean - halfWidth, 0.02292190976948597);
  near(mean + halfWidth, 0.0631847568971808);
  near(welch(y, x).p, p);
  near(welch(y, x).t, -t);
  assert.equal(welch([1], y), null, 'one value has no spread');
  assert.equal(welch(y, []), null);
  const { p: certain, halfWidth: none } = welch([1, 1], [2, 2]);
  assert.deepEqual([certain, none], [0, 0]);
  assert.equal(welch([1, 1], [1, 1]).p, 1);
  // One that does not depend on the seed beside one that does: the spread is the other's alone.
  near(welch([0.5, 0.5], y).halfWidth, meanInterval(y).halfWidth);
});

test('the paired t test', () => {
  const { t, p, mean, halfWidth } = pairedT(a, b);
  near(t, 1.726248275992736);
  near(p, 0.11224240002636592);
  near(mean - halfWidth, -0.02475097016061034);
  near(mean + halfWidth, 0.2047509701606103);
  near(pairedT(u, v).p, 0.386982694812089);
  near(pairedT(v, u).p, 0.386982694812089);
  // 2 pt(-2.5, 3): four differences of mean 2.5 with a standard error of 1
  const spread = Math.sqrt(3);
  const four = [2.5 + spread, 2.5 - spread, 2.5 + spread, 2.5 - spread];
  near(pairedT(four, [0, 0, 0, 0]).p, 0.0877066470080655);
  assert.deepEqual(pairedT(a, a), { n: 12, mean: 0, halfWidth: 0, t: 0, degrees: 11, p: 1 });
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

/** Users hit by A alone, by B alone and by both. @param {number} onlyA @param {number} onlyB */
function hits(onlyA, onlyB, both = 5) {
  const count = onlyA + onlyB + both;
  return /** @type {[boolean[], boolean[]]} */ ([
    Array.from({ length: count }, (_, n) => n < onlyA || n >= onlyA + onlyB),
    Array.from({ length: count }, (_, n) => n >= onlyA),
  ]);
}

test('McNemar’s test, exact and for many', () => {
  near(mcnemar(...hits(8, 22)).p, 0.016124801710248);
  near(mcnemar(...hits(22, 8)).p, 0.016124801710248);
  near(mcnemar(...hits(0, 6)).p, 0.03125);
  near(mcnemar(...hits(450, 550)).p, 0.00173053608497632);
  near(mcnemar(...hits(700, 800)).p, 0.0105831702387651);
  assert.deepEqual(mcnemar(...hits(0, 0)), { onlyA: 0, onlyB: 0, p: 1, exact: true });
  assert.equal(mcnemar(...hits(3, 3)).p, 1);
});

test('McNemar’s test counts a hit that hangs on chance by its chance', () => {
  const [x, y] = hits(8, 22).map((each) => each.map(Number));
  assert.deepEqual(mcnemar(x, y), mcnemar(...hits(8, 22)), 'certain hits as before');
  const half = mcnemar([...x, 0.5, 0.1], [...y, 0, 0.1]);
  near(half.onlyA, 8 + 0.5 + 0.09);
  near(half.onlyB, 22 + 0.09);
  assert.equal(half.exact, false);
  assert(half.p > mcnemar(x, y).p, 'A is nearer by half a hit');
  const constant = Array(600).fill(0.1);
  assert.equal(mcnemar(constant, constant).p, 1);
});

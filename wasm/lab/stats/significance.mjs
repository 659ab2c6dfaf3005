// Means with intervals, and tests of whether two rows of numbers differ. Pure: for a page too.

import { chiSquareAbove, fairCoinBelow, normalTwoSided, studentQuantile, studentTwoSided } from './distributions.mjs';

/** Up to so many users whom only one of the models has a hit for, McNemar's test is exact. */
const EXACT_HITS = 1000;
/** Up to so many differences, none of them tied, Wilcoxon's test is exact. */
const EXACT_DIFFERENCES = 50;

/**
 * A mean with its 95 % interval: NaN where one value says nothing about the spread.
 * @typedef {{n: number, mean: number, halfWidth: number}} Mean
 */
/**
 * A difference with its 95 % interval; p is the chance of one so large where there is none.
 * @typedef {{mean: number, halfWidth: number, t: number, degrees: number, p: number}} Difference
 */

/** @param {number[]} values */
function spread(values) {
  const n = values.length;
  const mean = n === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / n;
  const variance = n < 2 ? 0 : values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { n, mean, variance };
}

/**
 * The mean with its 95 % interval by Student's t, such as of a metric over seeds.
 * @param {number[]} values
 * @returns {Mean}
 */
export function meanInterval(values) {
  const { n, mean, variance } = spread(values);
  return { n, mean, halfWidth: n < 2 ? NaN : studentQuantile(0.05, n - 1) * Math.sqrt(variance / n) };
}

/**
 * A difference of means by its standard error. Without an error the difference is certain.
 * @param {number} mean
 * @param {number} error
 * @param {number} degrees
 * @returns {Difference}
 */
function difference(mean, error, degrees) {
  if (error === 0) {
    const t = mean === 0 ? 0 : Math.sign(mean) * Infinity;
    return { mean, halfWidth: 0, t, degrees, p: mean === 0 ? 1 : 0 };
  }
  const t = mean / error;
  return { mean, halfWidth: studentQuantile(0.05, degrees) * error, t, degrees, p: studentTwoSided(t, degrees) };
}

/**
 * Welch's t test: the difference of two means, such as over seeds, whose spreads need not be equal.
 * @param {number[]} a
 * @param {number[]} b
 * @returns {Difference | null}  of a - b; null where one of them has less than two values
 */
export function welch(a, b) {
  const [x, y] = [a, b].map(spread);
  if (x.n < 2 || y.n < 2) return null;
  const [u, v] = [x.variance / x.n, y.variance / y.n];
  const degrees = u + v === 0 ? x.n + y.n - 2 : (u + v) ** 2 / (u ** 2 / (x.n - 1) + v ** 2 / (y.n - 1));
  return difference(x.mean - y.mean, Math.sqrt(u + v), degrees);
}

/** @param {number[]} a @param {number[]} b */
function differences(a, b) {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} users can’t be paired.`);
  return a.map((value, n) => value - b[n]);
}

/**
 * Student's paired t test. p is 1 where there is nothing to tell apart.
 * @param {number[]} a
 * @param {number[]} b
 * @returns {Difference & {n: number}}  of a - b
 */
export function pairedT(a, b) {
  const { n, mean, variance } = spread(differences(a, b));
  if (n < 2) return { n, mean, halfWidth: NaN, t: 0, degrees: 0, p: 1 };
  return { n, ...difference(mean, Math.sqrt(variance / n), n - 1) };
}

/**
 * How many of the 2^n ways to give signs to the ranks 1 … n have each sum of the positive ones.
 * @param {number} n
 */
function signedRankCounts(n) {
  const counts = new Array((n * (n + 1)) / 2 + 1).fill(0);
  counts[0] = 1;
  for (let rank = 1; rank <= n; rank++)
    for (let sum = counts.length - 1; sum >= rank; sum--) counts[sum] += counts[sum - rank];
  return counts;
}

/**
 * Wilcoxon's signed-rank test: users without a difference are left out, tied differences share their mean rank. Exact for
 * few differences without ties, else by the normal distribution with corrections for ties and continuity.
 * @param {number[]} a
 * @param {number[]} b
 * @returns {{n: number, w: number, p: number, exact: boolean}}  n differences; w: sum of the ranks where a is larger
 */
export function wilcoxon(a, b) {
  // What differs by rounding alone is a tie: gains are sums of few terms near 1.
  const sorted = differences(a, b)
    .filter((value) => Math.abs(value) > 1e-12)
    .sort((x, y) => Math.abs(x) - Math.abs(y));
  const n = sorted.length;
  let w = 0;
  let ties = 0;
  for (let from = 0, to = 0; from < n; from = to) {
    while (to < n && Math.abs(sorted[to]) - Math.abs(sorted[from]) <= 1e-12) to++;
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++) if (sorted[i] > 0) w += rank;
    ties += (to - from) ** 3 - (to - from);
  }
  if (n === 0) return { n, w, p: 1, exact: true };
  const mean = (n * (n + 1)) / 4;
  if (ties === 0 && n < EXACT_DIFFERENCES) {
    const below = signedRankCounts(n).slice(0, Math.min(w, 2 * mean - w) + 1);
    const p = (2 * below.reduce((sum, count) => sum + count, 0)) / 2 ** n;
    return { n, w, p: Math.min(1, p), exact: true };
  }
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48);
  const distance = Math.max(0, Math.abs(w - mean) - 0.5);
  return { n, w, p: normalTwoSided(distance / deviation), exact: false };
}

/**
 * McNemar's test of hits: of the users whom only one model has a hit for, is it as often the one as the other? Exact
 * (binomial) but for very many, where the chi-square distribution with the correction for continuity does. A hit that
 * hangs on how ties fall, or on the seed, is a number between 0 and 1: its chance. The counts are then expectations, and
 * the binomial distribution is continued between whole numbers.
 * @param {(boolean | number)[]} a
 * @param {(boolean | number)[]} b
 * @returns {{onlyA: number, onlyB: number, p: number, exact: boolean}}
 */
export function mcnemar(a, b) {
  const [x, y] = [a.map(Number), b.map(Number)];
  differences(x, y);
  const onlyA = x.reduce((sum, chance, n) => sum + chance * (1 - y[n]), 0);
  const onlyB = y.reduce((sum, chance, n) => sum + chance * (1 - x[n]), 0);
  const n = onlyA + onlyB;
  if (n > EXACT_HITS)
    return { onlyA, onlyB, p: chiSquareAbove(Math.max(0, Math.abs(onlyA - onlyB) - 1) ** 2 / n), exact: false };
  const whole = Number.isInteger(onlyA) && Number.isInteger(onlyB);
  return { onlyA, onlyB, p: Math.min(1, 2 * fairCoinBelow(Math.min(onlyA, onlyB), n)), exact: whole };
}

// Whether two models can be told apart, from their ranks of the same users' held-out films: tests of significance that
// pair the users, since most of the spread between users is in both models alike.

/** Up to so many users whom only one of the models has a hit for, McNemar's test is exact. */
const EXACT_HITS = 1000;
/** Up to so many differences, none of them tied, Wilcoxon's test is exact. */
const EXACT_DIFFERENCES = 50;
const SIGNIFICANT = 0.05;

/**
 * ln Γ(x), x > 0 (Lanczos' approximation, g = 7).
 * @param {number} x
 */
function logGamma(x) {
  const series = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const sum = series.reduce((total, term, n) => total + term / (x + n), 0.9999999999998099);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * The regularised incomplete beta function, by its continued fraction (Lentz's method).
 * @param {number} x  0 to 1
 * @param {number} a
 * @param {number} b
 * @returns {number}
 */
function incompleteBeta(x, a, b) {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  const away = (/** @type {number} */ value) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      fraction *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}

/**
 * Twice the chance that a standard normal is above |z|.
 * @param {number} z
 */
export function normalTwoSided(z) {
  const x = Math.abs(z) / Math.SQRT2;
  if (x > 3) {
    // erfc by its continued fraction, from the inside out
    let tail = x;
    for (let n = 60; n > 0; n--) tail = x + n / 2 / tail;
    return Math.exp(-x * x) / (tail * Math.sqrt(Math.PI));
  }
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return 1 - (2 / Math.sqrt(Math.PI)) * sum;
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
 * @returns {{n: number, mean: number, halfWidth: number, t: number, p: number}}  mean of a - b with its 95 % interval
 */
export function pairedT(a, b) {
  const all = differences(a, b);
  const n = all.length;
  const mean = n === 0 ? 0 : all.reduce((sum, value) => sum + value, 0) / n;
  const variance = n < 2 ? 0 : all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const error = n === 0 ? 0 : Math.sqrt(variance / n);
  if (error === 0)
    return { n, mean, halfWidth: 0, t: mean === 0 ? 0 : Math.sign(mean) * Infinity, p: mean === 0 || n < 2 ? 1 : 0 };
  const t = mean / error;
  return { n, mean, halfWidth: 1.96 * error, t, p: incompleteBeta((n - 1) / (n - 1 + t * t), (n - 1) / 2, 0.5) };
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
 * (binomial) but for very many, where the chi-square distribution with the correction for continuity does.
 * @param {boolean[]} a
 * @param {boolean[]} b
 * @returns {{onlyA: number, onlyB: number, p: number, exact: boolean}}
 */
export function mcnemar(a, b) {
  differences(a.map(Number), b.map(Number));
  const onlyA = a.filter((hit, n) => hit && !b[n]).length;
  const onlyB = b.filter((hit, n) => hit && !a[n]).length;
  const n = onlyA + onlyB;
  if (n > EXACT_HITS)
    return { onlyA, onlyB, p: normalTwoSided(Math.max(0, Math.abs(onlyA - onlyB) - 1) / Math.sqrt(n)), exact: false };
  const smaller = Math.min(onlyA, onlyB);
  let chance = 2 ** -n;
  let below = chance;
  for (let k = 1; k <= smaller; k++) {
    chance *= (n - k + 1) / k;
    below += chance;
  }
  return { onlyA, onlyB, p: Math.min(1, 2 * below), exact: true };
}

/**
 * What `ncf evaluate --ranks` wrote: a 0-based rank a line.
 * @param {string} text
 * @returns {number[]}
 * @throws {RangeError} a line that is no rank
 */
export function parseRanks(text) {
  const lines = text.split(/\r?\n/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines.map((line, n) => {
    if (!/^\d{1,10}$/.test(line)) throw new RangeError(`line ${n + 1}: “${line.slice(0, 40)}” is not a rank.`);
    return Number(line);
  });
}

/**
 * Compares two models by their ranks of the same users' held-out films, 0-based.
 * @param {number[]} ranksA
 * @param {number[]} ranksB
 * @param {number} k  the cut-off
 */
export function compareRanks(ranksA, ranksB, k) {
  const gains = (/** @type {number[]} */ ranks) => ranks.map((rank) => (rank < k ? 1 / Math.log2(rank + 2) : 0));
  const hits = (/** @type {number[]} */ ranks) => ranks.map((rank) => rank < k);
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [ranksA, ranksB].map((ranks) => ({ hr: mean(hits(ranks).map(Number)), ndcg: mean(gains(ranks)) }));
  return {
    users: ranksA.length,
    a,
    b,
    t: pairedT(gains(ranksA), gains(ranksB)),
    wilcoxon: wilcoxon(gains(ranksA), gains(ranksB)),
    mcnemar: mcnemar(hits(ranksA), hits(ranksB)),
  };
}

/**
 * The comparison in a sentence: which tests can tell the two apart.
 * @param {ReturnType<typeof compareRanks>} comparison
 * @param {number} k
 */
export function verdict({ t, wilcoxon: ranks, mcnemar: hits }, k) {
  const tests = [
    { name: `the t test of NDCG@${k}`, p: t.p, lead: t.mean },
    { name: `Wilcoxon’s test of NDCG@${k}`, p: ranks.p, lead: ranks.w - (ranks.n * (ranks.n + 1)) / 4 },
    { name: `McNemar’s test of hits@${k}`, p: hits.p, lead: hits.onlyA - hits.onlyB },
  ];
  const told = tests.filter(({ p }) => p < SIGNIFICANT);
  const names = told.map(({ name }) => name).join(', ');
  if (told.length === 0) return 'The two can’t be told apart: no test finds a difference at the 5 % level.';
  const forA = told.filter(({ lead }) => lead > 0).length;
  if (forA > 0 && forA < told.length) return `The tests disagree about which is better at the 5 % level: ${names}.`;
  const others =
    told.length === tests.length
      ? 'all tests say so'
      : `${names} ${told.length === 1 ? 'says' : 'say'} so, the rest find no difference`;
  return `The two can be told apart at the 5 % level: ${forA > 0 ? 'A' : 'B'} is better; ${others}.`;
}

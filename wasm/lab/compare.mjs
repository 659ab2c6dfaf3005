// Whether models can be told apart: over seeds, by the spread of their runs; over users, by tests that pair the users, since
// most of the spread between users is in both models alike. Pure: for a page too.

import { HELD_DIGITS, testPrint } from './identity.mjs';
import { decidingMeasure, measuresOf } from './measures.mjs';
import { gainOf, hitOf } from './stats/ranks.mjs';
import { mcnemar, meanInterval, pairedT, welch, wilcoxon } from './stats/significance.mjs';
import { verdict } from './stats/verdict.mjs';

/** @typedef {import('./measures.mjs').Measure} Measure */
/** @typedef {import('./stats/ranks.mjs').Rank} Rank */
/** @typedef {import('./stats/contenders.mjs').Contender} Contender */
/** @typedef {import('./stats/contenders.mjs').StoredRun} StoredRun */
/** @typedef {import('./stats/contenders.mjs').RankSet} RankSet */
/** @typedef {import('./stats/significance.mjs').Mean} Mean */
/** @typedef {import('./stats/significance.mjs').Difference} Difference */
/**
 * Two models over the same users: t and Wilcoxon of NDCG@k, McNemar of hits@k.
 * @typedef {object} UserTests
 * @property {number} k
 * @property {number} users
 * @property {{hr: number, ndcg: number}} a
 * @property {{hr: number, ndcg: number}} b
 * @property {Difference & {n: number}} t
 * @property {ReturnType<typeof wilcoxon>} wilcoxon
 * @property {ReturnType<typeof mcnemar>} mcnemar
 */
/** A contender's measures over its seeds. @typedef {{contender: Contender, values: Record<string, number[]>, means: Record<string, Mean>}} Summary */
/**
 * Two contenders. `seeds`: by measure, null where one of them has a single run; `users`: null without ranks of both.
 * @typedef {object} Comparison
 * @property {number} k
 * @property {Summary} a
 * @property {Summary} b
 * @property {Measure} measure  that decides
 * @property {Record<string, Difference | null>} seeds
 * @property {UserTests | null} users
 * @property {string} verdict  a sentence
 */

const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * @param {{hits: number[], gains: number[]}} a  by user: chances of a hit, and NDCG
 * @param {{hits: number[], gains: number[]}} b
 * @param {number} k
 * @returns {UserTests}
 */
function compareUsers(a, b, k) {
  return {
    k,
    users: a.hits.length,
    a: { hr: mean(a.hits), ndcg: mean(a.gains) },
    b: { hr: mean(b.hits), ndcg: mean(b.gains) },
    t: pairedT(a.gains, b.gains),
    wilcoxon: wilcoxon(a.gains, b.gains),
    mcnemar: mcnemar(a.hits, b.hits),
  };
}

/** @param {Rank[]} ranks @param {number} k */
function countsOf(ranks, k) {
  return { hits: ranks.map((rank) => hitOf(rank, k)), gains: ranks.map((rank) => gainOf(rank, k)) };
}

/**
 * Compares two models by their ranks of the same users' held-out films, 0-based, with ties or without; users without a
 * rank (null) are left out.
 * @param {(Rank | null)[]} ranksA
 * @param {(Rank | null)[]} ranksB
 * @param {number} [k]  the cut-off
 * @returns {UserTests}
 */
export function compareRanks(ranksA, ranksB, k = 10) {
  if (ranksA.length !== ranksB.length)
    throw new RangeError(`${ranksA.length} and ${ranksB.length} users can’t be paired.`);
  const both = ranksA.flatMap((a, user) => {
    const b = ranksB[user];
    return a === null || b === null ? [] : [{ a, b }];
  });
  const counts = (/** @type {'a' | 'b'} */ one) =>
    countsOf(
      both.map((pair) => pair[one]),
      k,
    );
  return compareUsers(counts('a'), counts('b'), k);
}

/** Ranks of a kind, or ranks of a file that does not say of which kind they are. @param {StoredRun} run @param {string} kind */
const rankSet = (run, kind) => run.ranks[kind] ?? run.ranks.any;

/** @param {StoredRun} run */
const kindsOf = ({ metrics, ranks }) => [...new Set([...Object.keys(metrics), ...Object.keys(ranks)])];

/**
 * The kind of evaluation that all contenders have: the sampled one where there is a choice.
 * @param {Contender[]} contenders
 */
function commonKind(contenders) {
  const runs = contenders.flatMap((each) => each.runs);
  const all = [...new Set(runs.flatMap(kindsOf))].filter((kind) => kind !== 'any');
  if (all.length === 0) return 'any';
  const common = all.filter((kind) => runs.every((run) => run.metrics[kind] || rankSet(run, kind)));
  if (common.length > 0) return common.includes('sampled') ? 'sampled' : common[0];
  throw new RangeError(
    `The runs have no evaluation in common: ${contenders.map(({ name, runs: [run] }) => `${name} has ${kindsOf(run).join(' and ')}`).join(', ')}.`,
  );
}

/**
 * One run's measures: those that it was printed with, or what its ranks say where the cut-off is another.
 * @param {StoredRun} run
 * @param {string} kind
 * @param {number} k
 * @returns {Record<string, unknown>}
 */
function metricsOf(run, kind, k) {
  const set = rankSet(run, kind);
  if (!run.metrics[kind] && !set)
    throw new RangeError(`“${run.source}” has no ${kind} evaluation, but ${kindsOf(run).join(' and ')}.`);
  if (run.metrics[kind] && k === 10) return run.metrics[kind];
  if (!set) throw new RangeError(`“${run.source}” has results at the cut-off 10 and no ranks to cut off elsewhere.`);
  const { hits, gains } = countsOf(set.ranks, k);
  return { hr: mean(hits), ndcg: mean(gains) };
}

/**
 * @param {Contender} contender
 * @param {string} kind
 * @param {number} k
 * @returns {Summary}
 */
function summaryOf(contender, kind, k) {
  const metrics = contender.runs.map((run) => metricsOf(run, kind, k));
  const names = measuresOf(metrics[0]).filter(({ name }) => metrics.every((each) => Number.isFinite(each[name])));
  const values = Object.fromEntries(names.map(({ name }) => [name, metrics.map((each) => Number(each[name]))]));
  const means = Object.fromEntries(Object.entries(values).map(([name, all]) => [name, meanInterval(all)]));
  return { contender, values, means };
}

/**
 * Each user's chance of a hit and NDCG, averaged over a contender's runs that have ranks; null where none has.
 * @param {Contender} contender
 * @param {string} kind
 * @param {number} k
 */
function usersOf({ runs }, kind, k) {
  const ranked = runs.filter((run) => rankSet(run, kind));
  if (ranked.length === 0) return null;
  for (const run of ranked) checkPaired(ranked[0], run, kind);
  const counts = ranked.map((run) => countsOf(rankSet(run, kind).ranks, k));
  const over = (/** @type {'hits' | 'gains'} */ what) =>
    counts[0][what].map((_, user) => mean(counts.map((each) => each[what][user])));
  return { run: ranked[0], hits: over('hits'), gains: over('gains') };
}

/**
 * @param {StoredRun} runA
 * @param {StoredRun} runB
 * @param {string} kind
 * @throws {RangeError} their ranks are not of the same users, or not among as many films
 */
function checkPaired(runA, runB, kind) {
  const [a, b] = [rankSet(runA, kind), rankSet(runB, kind)];
  const both = `“${runA.source}” and “${runB.source}”`;
  if (a.ranks.length !== b.ranks.length)
    throw new RangeError(
      `${both} have ranks of ${a.ranks.length} and ${b.ranks.length} users: they are not of the same data.`,
    );
  const differs = (/** @type {number[] | null} */ x, /** @type {number[] | null} */ y) =>
    x && y && x.some((value, n) => value !== y[n]);
  if (differs(a.users, b.users)) throw new RangeError(`${both} have ranks of different users.`);
  if (differs(a.candidates, b.candidates))
    throw new RangeError(`${both} have ranks among different numbers of films: evaluate both alike.`);
}

/**
 * Ratings are held out by the seed, so their test differs from run to run; films are held out alike.
 * @param {StoredRun[]} runs
 * @param {string} kind
 * @throws {RangeError} they were not tested on the same films
 */
function checkTests(runs, kind) {
  if (kind === 'errors') return;
  const testOf = (/** @type {StoredRun} */ { data }) => testPrint(data, kind);
  const known = runs.filter(testOf);
  const other = known.find((run) => testOf(run) !== testOf(known[0]));
  if (!other) return;
  const [a, b] = [known[0], other].map(({ source, config }) => `“${source}”${config ? ` (${config.model})` : ''}`);
  const held = testOf(known[0]).slice(0, HELD_DIGITS) === testOf(other).slice(0, HELD_DIGITS);
  throw new RangeError(
    held
      ? `${a} and ${b} were tested among other films: the rows of their files stand in another order. Train both on one file, or compare with --eval full.`
      : `${a} and ${b} were tested on other films. Train both on one file, with the same --hold-out and --positive-from.`,
  );
}

/**
 * @param {Summary} a
 * @param {Summary} b
 * @returns {Measure}  that decides between the two
 */
function measureFor(a, b) {
  const measure = decidingMeasure(Object.fromEntries(Object.keys(a.means).map((name) => [name, b.means[name]?.mean])));
  if (measure) return measure;
  throw new RangeError(
    `${a.contender.name} and ${b.contender.name} have no measure in common: one ranks films, the other predicts ratings.`,
  );
}

/**
 * @param {Contender[]} contenders
 * @param {{k?: number, kind?: string}} [options]  kind: sampled, full …; one that all have where absent
 * @returns {{kind: string, summaries: Summary[], comparisons: Comparison[]}}  each contender with the first
 * @throws {RangeError} there is nothing that all have
 */
export function compareContenders(contenders, { k = 10, kind = commonKind(contenders) } = {}) {
  checkTests(
    contenders.flatMap(({ runs }) => runs),
    kind,
  );
  const summaries = contenders.map((each) => summaryOf(each, kind, k));
  const users = contenders.map((each) => usersOf(each, kind, k));
  const [a] = summaries;
  const comparisons = summaries.slice(1).map((b, n) => {
    const [usersA, usersB] = [users[0], users[n + 1]];
    if (usersA && usersB) checkPaired(usersA.run, usersB.run, kind);
    const seeds = Object.keys(a.values)
      .filter((name) => name in b.values)
      .map((name) => [name, welch(a.values[name], b.values[name])]);
    const comparison = {
      k,
      a,
      b,
      measure: measureFor(a, b),
      seeds: Object.fromEntries(seeds),
      users: usersA && usersB ? compareUsers(usersA, usersB, k) : null,
    };
    return { ...comparison, verdict: verdict(comparison) };
  });
  return { kind, summaries, comparisons };
}

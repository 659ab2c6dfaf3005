// A comparison in one sentence: who is better and by how much, or that nobody can tell. Pure: for a page too.

import { labelOf } from '../measures.mjs';

/** @typedef {import('../compare.mjs').Comparison} Comparison */
/** @typedef {import('../compare.mjs').UserTests} UserTests */
/** @typedef {import('./significance.mjs').Difference} Difference */
/**
 * What one source says: over seeds or over users. `winner`: null where it can't tell; `interval` of the difference A - B.
 * @typedef {{over: string, winner: string | null, interval: Difference, note: string}} Claim
 */

export const SIGNIFICANT = 0.05;

const count = new Intl.NumberFormat('en');

/** @param {number} value */
const signed = (value) => `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(4)}`;

/** The claims' intervals, times a sign. @param {Claim[]} claims @param {number} sign */
function intervalsText(claims, sign) {
  const intervals = claims.map(({ interval: { mean, halfWidth }, over }) => {
    const middle = sign * mean;
    return `${signed(middle - halfWidth)} to ${signed(middle + halfWidth)} over ${over}`;
  });
  return `95 % interval ${intervals.join(', ')}`;
}

/** @param {Omit<Comparison, 'verdict'>} comparison @returns {Claim[]} */
function seedClaims({ a, b, seeds, measure }) {
  const interval = seeds[measure.name];
  if (!interval) return [];
  const over = `${a.contender.runs.length} and ${b.contender.runs.length} seeds`;
  const lead = measure.better === 'higher' ? interval.mean : -interval.mean;
  const winner = interval.p < SIGNIFICANT ? (lead > 0 ? a : b).contender.name : null;
  return [{ over, winner, interval, note: '' }];
}

/**
 * What the three tests over users say together.
 * @param {UserTests} tests
 * @param {string} nameA
 * @param {string} nameB
 * @returns {Claim}
 */
function userClaim({ k, users, t, wilcoxon, mcnemar }, nameA, nameB) {
  const tests = [
    { name: `the t test of NDCG@${k}`, p: t.p, lead: t.mean },
    { name: `Wilcoxon’s test of NDCG@${k}`, p: wilcoxon.p, lead: wilcoxon.w - (wilcoxon.n * (wilcoxon.n + 1)) / 4 },
    { name: `McNemar’s test of hits@${k}`, p: mcnemar.p, lead: mcnemar.onlyA - mcnemar.onlyB },
  ];
  const claim = { over: `${count.format(users)} users`, interval: t };
  const told = tests.filter(({ p }) => p < SIGNIFICANT);
  if (told.length === 0) return { ...claim, winner: null, note: 'no test over users finds a difference' };
  const names = told.map(({ name }) => name).join(' and ');
  const forA = told.filter(({ lead }) => lead > 0).length;
  if (forA > 0 && forA < told.length) return { ...claim, winner: null, note: `${names} contradict each other` };
  const others = `${names} ${told.length === 1 ? 'says' : 'say'} so, the rest find no difference`;
  const note = told.length === tests.length ? 'all tests over users say so' : others;
  return { ...claim, winner: forA > 0 ? nameA : nameB, note };
}

/**
 * @param {Claim[]} claims  at least one
 * @param {string} nameA
 * @param {string} nameB
 * @param {string} measure
 */
function sentence(claims, nameA, nameB, measure) {
  const [{ winner, interval }] = claims;
  const notes = claims.flatMap(({ note }) => (note ? [`; ${note}`] : [])).join('');
  const agree = claims.every((claim) => claim.winner === winner);
  if (!agree) {
    const parts = claims.map((claim) =>
      claim.winner ? `over ${claim.over} ${claim.winner} is better` : `over ${claim.over} there is no telling`,
    );
    const intervals = intervalsText(claims, 1);
    return `${nameA} and ${nameB} can’t be told apart for sure: ${parts.join(', ')} (${nameA} − ${nameB} in ${measure}: ${intervals})${notes}.`;
  }
  // What is told by other tests than that of the difference itself has no “by”.
  const sure = winner !== null && interval.p < SIGNIFICANT;
  const sign = sure && interval.mean < 0 ? -1 : 1;
  const intervals = intervalsText(claims, sign);
  if (sure) return `${winner} is better by ${Math.abs(interval.mean).toFixed(4)} ${measure} (${intervals})${notes}.`;
  const difference = `${nameA} − ${nameB} in ${measure} is ${signed(interval.mean)} (${intervals})`;
  return winner === null
    ? `${nameA} and ${nameB} can’t be told apart: ${difference}${notes}.`
    : `${winner} is better, though ${difference}${notes}.`;
}

/**
 * The comparison of two rows of ranks in a sentence.
 * @param {UserTests} tests
 * @param {string} [nameA]
 * @param {string} [nameB]
 */
export function userVerdict(tests, nameA = 'A', nameB = 'B') {
  return sentence([userClaim(tests, nameA, nameB)], nameA, nameB, `NDCG@${tests.k}`);
}

/**
 * The comparison in a sentence. A claim takes a difference that chance makes in less than one of twenty cases.
 * @param {Omit<Comparison, 'verdict'>} comparison
 */
export function verdict(comparison) {
  const { a, b, measure, users, k } = comparison;
  const [nameA, nameB] = [a.contender.name, b.contender.name];
  const claims = [...seedClaims(comparison), ...(users ? [userClaim(users, nameA, nameB)] : [])];
  const label = labelOf(measure, k);
  if (claims.length > 0) return sentence(claims, nameA, nameB, label);
  const [x, y] = [a, b].map(({ means }) => means[measure.name].mean);
  const ahead = x === y ? null : x > y === (measure.better === 'higher') ? nameA : nameB;
  const says = ahead ? `${ahead} is ahead by ${Math.abs(x - y).toFixed(4)} ${label}` : `${label} is the same`;
  const single = [a, b].filter(({ contender }) => contender.runs.length < 2).map(({ contender }) => contender.name);
  return `${nameA} and ${nameB} can’t be told apart: ${says}, but a single run of ${single.join(' and of ')} without users’ ranks can’t say whether that is chance. Train more seeds, or keep ranks (ncf train --json --ranks -).`;
}

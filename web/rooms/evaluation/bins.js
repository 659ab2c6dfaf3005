/**
 * The ranks of all users' held-out films as bars: one a rank, or among all films one a range of ranks. Plain values: users.js
 * puts them onto the page.
 */
import { gainOf, hitOf } from '../../../wasm/lab/stats/ranks.mjs';
import { metric } from '../../parts/format.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Ranks} Ranks */
/** Ranks from 1; users by index; height: of the highest bar. @typedef {{from: number, to: number, hit: boolean, users: number[], height: number}} Bin */
/** Of users: those that have a hit are `hits`, ties by their expectation. @typedef {{bins: Bin[], total: number, ranges: boolean, users: number, hits: number, epoch: number}} Histogram */

const CUT = 10;
/** Users of a bar that are named. */
const NAMED = 12;
/** Above so many ranks a bar is a range of them. */
const MANY = 200;

/** Where bars end: at every rank, or in steps of 1, 2 and 5 tens. @param {number} total @returns {number[]} */
function endsOf(total) {
  if (total <= MANY) return Array.from({ length: total }, (_, at) => at + 1);
  const ends = [];
  for (let unit = 10; (ends.at(-1) ?? 0) < total; unit *= 10)
    for (const times of [1, 2, 5]) if ((ends.at(-1) ?? 0) < total) ends.push(Math.min(times * unit, total));
  return ends;
}

/** @param {Ranks} ranks @param {number} n its place */
const placesOf = ({ ranks, equal }, n) => ({ greater: ranks[n] - equal[n] / 2, equal: equal[n] });

/** @type {Histogram} */
export const noHistogram = { bins: [], total: 0, ranges: false, users: 0, hits: 0, epoch: 0 };

/** @param {Ranks} all @returns {Histogram} */
export function histogramOf(all) {
  const total = all.candidates.reduce((most, each) => Math.max(most, each), 1);
  const ends = endsOf(total);
  const users = ends.map(() => /** @type {number[]} */ ([]));
  all.users.forEach((index, n) => {
    // As the sentence above the bars says it: a rank between two is the worse of them.
    const rank = Math.round(all.ranks[n] + 1);
    users[ends.findIndex((to) => rank <= to)]?.push(index);
  });
  const most = Math.max(1, ...users.map(({ length }) => length));
  return {
    bins: ends.map((to, at) => ({
      from: (ends[at - 1] ?? 0) + 1,
      to,
      hit: to <= CUT,
      users: users[at],
      height: users[at].length / most,
    })),
    total,
    ranges: ends.length < total,
    users: all.users.length,
    hits: all.ranks.reduce((sum, _, n) => sum + hitOf(placesOf(all, n), CUT), 0),
    epoch: all.epoch,
  };
}

/**
 * HR@K and NDCG@K for K = 1 … 20.
 * @param {Ranks} all
 */
export function curvesOf(all) {
  const mean = (/** @type {typeof hitOf} */ of, /** @type {number} */ k) =>
    all.ranks.reduce((sum, _, n) => sum + of(placesOf(all, n), k), 0) / all.ranks.length;
  const ks = Array.from({ length: 20 }, (_, at) => at + 1);
  return { hr: ks.map((k) => mean(hitOf, k)), ndcg: ks.map((k) => mean(gainOf, k)) };
}

/** @param {number} rank */
const short = (rank) => (rank < 1000 ? String(rank) : `${+(rank / 1000).toFixed(1)}k`);

/** Where the middle of a bar stands, in %. @param {Histogram} histogram @param {number} at */
const middle = ({ bins }, at) => (100 * (at + 0.5)) / bins.length;

/**
 * What stands under the bars, and the line behind those that are hits; places in %.
 * @param {Histogram} histogram
 */
export function axisOf(histogram) {
  const { bins, ranges } = histogram;
  const ticks = bins.flatMap(({ from, to }, at) =>
    ranges || from === 1 || from % 10 === 0 ? { left: middle(histogram, at), text: short(ranges ? to : from) } : [],
  );
  return { hits: (100 * bins.filter(({ hit }) => hit).length) / bins.length, ticks };
}

/**
 * The bar of a user, where its marker stands and to which side its name must not lean; null: in none.
 * @param {Histogram} histogram
 * @param {number} user
 */
export function markOf(histogram, user) {
  const { bins } = histogram;
  const at = bins.findIndex(({ users }) => users.includes(user));
  return at < 0 ? null : { at, left: middle(histogram, at), end: at > bins.length * 0.8 };
}

/** The bar at a share of the plot's width. @param {Histogram} histogram @param {number} share */
export const binAt = ({ bins }, share) => Math.min(bins.length - 1, Math.max(0, Math.floor(share * bins.length)));

/**
 * The bar that a key leads to.
 * @param {Histogram} histogram
 * @param {string} key
 * @param {number} chosen  -1: none
 * @returns {number | undefined}
 */
export function binFrom({ bins }, key, chosen) {
  const last = bins.length - 1;
  if (last < 0) return undefined;
  const [next, before] = [Math.min(chosen + 1, last), Math.max(chosen - 1, 0)];
  return {
    ...{ ArrowRight: next, ArrowUp: next, ArrowLeft: before, ArrowDown: before },
    ...{ PageUp: Math.min(chosen + 10, last), PageDown: Math.max(chosen - 10, 0), Home: 0, End: last },
  }[key];
}

/** What is said of a bar. @param {Speech} speech @param {Histogram} histogram @param {number} at */
export function binText({ t }, { bins, users: all }, at) {
  const bin = bins[at];
  if (!bin) return t(words.pointBar);
  const { from, to, hit, users } = bin;
  const ranks = t(from === to ? words.rankOne : words.rankMany, { from, to });
  const share = `${((100 * users.length) / all).toFixed(1)} %`;
  return t(hit ? words.barHit : words.bar, { ranks, n: users.length, share });
}

/** @param {Speech} speech @param {Histogram} histogram @param {boolean} dated  whether to say of which epoch it is */
export function hitsText({ t }, { hits, users, epoch }, dated) {
  return t(dated ? words.shareAt : words.share, { hits: Math.round(hits), users, hr: metric(hits / users), epoch });
}

/**
 * The users of a bar who are named, and what is said of the others.
 * @param {Speech} speech
 * @param {Histogram} histogram
 * @param {number} at
 * @param {ArrayLike<number>} ids  by index
 */
export function usersThere({ t }, { bins }, at, ids) {
  const users = bins[at]?.users ?? [];
  return {
    named: users.slice(0, NAMED).map((user) => ({ user, text: t(words.user, { id: String(ids[user] ?? user) }) })),
    more: users.length > NAMED ? t(words.more, { n: users.length - NAMED }) : '',
  };
}

/** @param {Speech} speech @param {Histogram} histogram @returns {import('../../parts/data_table.js').Table} */
export const histogramTable = ({ t }, { bins }) => ({
  caption: t(words.histogram),
  head: [t(words.ranks), t(words.users)],
  rows: bins.map(({ from, to, users }) => [from === to ? from : `${from}–${to}`, users.length]),
});

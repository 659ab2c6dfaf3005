/** Ratings by value, genres and decades, and how long their bars are. Plain values. */
import { count, genreName } from '../../parts/format.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Overview} Overview */
/** @typedef {{name: string, films: number, ratings: number, mean?: number}} Group */
/** @typedef {'ratings' | 'films' | 'mean'} Measure */

/** Heights in %. @param {Overview} overview */
export function valuesOf({ ratings }) {
  const counts = ratings.map((rating) => rating.count);
  const most = Math.max(...counts);
  const total = counts.reduce((sum, n) => sum + n, 0);
  return ratings.map(({ value, count: n }) => ({
    name: String(value),
    part: `${((100 * n) / total).toFixed(0)}%`,
    height: (100 * n) / most,
  }));
}

/** @param {Speech} speech @param {Overview} overview @returns {Group[]} */
export const genresOf = (speech, { genres }) =>
  genres.map(({ genre, ...rest }) => ({ name: genreName(speech, genre), ...rest }));

/** @param {Speech} speech @param {Overview} overview @returns {Group[]} */
export const decadesOf = ({ t }, { decades }) =>
  decades.map(({ decade, ...rest }) => ({
    name: decade > 0 ? t(words.decade, { from: String(decade) }) : t(words.unknown),
    ...rest,
  }));

/** @param {Group} group @param {Measure} measure */
export const groupText = (group, measure) =>
  measure === 'mean' ? (group.mean ?? NaN).toFixed(2) : count(group[measure]);

/** Widths in %. @param {Group[]} groups @param {Measure} measure */
export function groupBars(groups, measure) {
  const values = groups.map((group) => group[measure] ?? 0);
  // The means are close together: their bars begin at three quarters of the lowest.
  const least = measure === 'mean' ? 0.75 * Math.min(...values) : 0;
  const most = Math.max(...values);
  return groups.map((group, n) => ({
    name: group.name,
    width: (100 * (values[n] - least)) / (most - least || 1),
    text: groupText(group, measure),
  }));
}

/** What the first of all films or users have together, and the outline of their tail. Plain values. */
import { count } from '../../parts/format.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Overview} Overview */

/** Of the picture. */
export const [WIDTH, HEIGHT] = [1000, 300];
/** Points of the outline. */
const POINTS = 500;

/** Ratings of each, falling. @param {Overview} overview @param {boolean} byUsers */
const ofKind = ({ popularity, activity }, byUsers) => (byUsers ? activity : popularity);

/**
 * How many the first are, and their share of the ratings.
 * @param {Uint32Array} counts
 * @param {number} part  in %
 */
function headOf(counts, part) {
  const sum = (/** @type {Uint32Array} */ some) => some.reduce((all, n) => all + n, 0);
  const n = Math.max(1, Math.round((counts.length * part) / 100));
  return { n, share: `${((100 * sum(counts.subarray(0, n))) / sum(counts)).toFixed(0)} %` };
}

/** The outline of a stretch of the tail, as a path. @param {Uint32Array} counts @param {number} from @param {number} to */
function outline(counts, from, to) {
  const most = counts[0];
  const points = [];
  for (let point = 0; point <= POINTS; point++) {
    const at = from + ((to - from) * point) / POINTS;
    const n = counts[Math.min(counts.length - 1, Math.floor(at))];
    points.push(`${((at / counts.length) * WIDTH).toFixed(1)},${(HEIGHT * (1 - n / most)).toFixed(1)}`);
  }
  const [left, right] = [from, to].map((at) => ((at / counts.length) * WIDTH).toFixed(1));
  return `M${left},${HEIGHT}L${points.join('L')}L${right},${HEIGHT}Z`;
}

/**
 * @param {Speech} speech
 * @param {Overview} overview
 * @param {boolean} byUsers
 * @param {number} part  that is counted as the head, in %
 */
export function tailOf({ t }, overview, byUsers, part) {
  const { activity } = overview;
  const counts = ofKind(overview, byUsers);
  const { n, share } = headOf(counts, part);
  const median = activity[activity.length >> 1];
  return {
    lesson: t(byUsers ? words.tailLessonUsers : words.tailLesson, { most: activity[0], median }),
    sentence: t(byUsers ? words.headUsers : words.headFilms, { part: `${part} %`, n, share }),
    name: t(words.tailSummary, { first: counts[0], last: counts[counts.length - 1] }),
    head: outline(counts, 0, n),
    rest: outline(counts, n, counts.length),
  };
}

/** @param {Speech} speech @param {Overview} overview @param {boolean} byUsers @returns {import('../../parts/data_table.js').Table} */
export const tailTable = ({ t }, overview, byUsers) => ({
  caption: t(words.tail),
  head: [t(words.first), t(byUsers ? words.users : words.films), t(words.share)],
  rows: [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((part) => {
    const { n, share } = headOf(ofKind(overview, byUsers), part);
    return [`${part} %`, count(n), share];
  }),
});

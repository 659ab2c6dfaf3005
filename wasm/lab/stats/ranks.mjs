// Users' ranks of their held-out films, in a file and as what they count for. Pure: for a page too.

/**
 * How many films scored above the held-out one and how many the same; a number is a rank without ties.
 * @typedef {number | {greater: number, equal: number}} Rank
 */
/** @typedef {{user: number, greater: number, equal: number, candidates: number}} UserRank  user: the id in the data */

/** @param {Rank} rank */
const placesOf = (rank) => (typeof rank === 'number' ? { greater: rank, equal: 0 } : rank);

/**
 * The chance that the held-out film is among the first k, where ties fall at random: a user's HR@k.
 * @param {Rank} rank
 * @param {number} k
 */
export function hitOf(rank, k) {
  const { greater, equal } = placesOf(rank);
  return Math.min(Math.max(k - greater, 0), equal + 1) / (equal + 1);
}

/**
 * A user's NDCG@k, averaged over the places that a tie leaves open.
 * @param {Rank} rank
 * @param {number} k
 */
export function gainOf(rank, k) {
  const { greater, equal } = placesOf(rank);
  let sum = 0;
  for (let place = greater; place < k && place <= greater + equal; place++) sum += 1 / Math.log2(place + 2);
  return sum / (equal + 1);
}

/**
 * A file of plain ranks: a 0-based rank a line, without ties.
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
 * The ranks as JSON lines, which keep ties: `{"event":"rank","eval":"sampled","user":1,"greater":3,"equal":0,"candidates":100}`.
 * @param {string} kind  sampled or full
 * @param {ArrayLike<number>} userIds
 * @param {({greater: number, equal: number, candidates: number} | null)[]} ranks  null: not tested
 * @returns {string[]}
 */
export function rankLines(kind, userIds, ranks) {
  return ranks.flatMap((rank, user) => {
    if (!rank) return [];
    const { greater, equal, candidates } = rank;
    return [JSON.stringify({ event: 'rank', eval: kind, user: userIds[user], greater, equal, candidates })];
  });
}

const isCount = (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) >= 0;

/**
 * One line of rankLines(), parsed as JSON.
 * @param {any} line
 * @returns {UserRank}
 * @throws {RangeError}
 */
export function toUserRank({ user, greater, equal, candidates }) {
  if (![user, greater, equal, candidates].every(isCount) || greater + equal >= candidates)
    throw new RangeError('this is not a rank: it takes user, greater, equal and candidates, all whole numbers.');
  return { user, greater, equal, candidates };
}

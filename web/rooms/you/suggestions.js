/** Films to begin with: well known ones, of different decades and genres. */

/** @typedef {import('../../worker/protocol.js').Films} Films */

/** Films of one decade, and of one genre, that are suggested. */
const OF_A_KIND = 3;

/**
 * The best known films besides those liked, not too many of one decade or of one first genre while there are others.
 * @param {Films} films
 * @param {readonly number[]} known film indices, the best known first
 * @param {number[]} likes
 * @param {number} most
 */
export function suggestions({ years, genres }, known, likes, most) {
  /** @type {Map<string | number, number>} */
  const taken = new Map();
  const kinds = (/** @type {number} */ item) => [Math.floor(years[item] / 10), genres[item][0] ?? ''];
  /** @type {number[]} */
  const chosen = [];
  /** @type {number[]} */
  const spare = [];
  for (const item of known) {
    if (chosen.length === most) break;
    if (likes.includes(item)) continue;
    const own = kinds(item);
    if (own.some((kind) => (taken.get(kind) ?? 0) >= OF_A_KIND)) {
      spare.push(item);
      continue;
    }
    for (const kind of own) taken.set(kind, (taken.get(kind) ?? 0) + 1);
    chosen.push(item);
  }
  return [...chosen, ...spare].slice(0, most);
}

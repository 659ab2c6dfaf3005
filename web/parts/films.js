/** The films of the data in an order that several rooms need. */

/** @type {WeakMap<object, number[]>} */
const orders = new WeakMap();

/**
 * The best known films first, those as well known in the data's own order; sorted once.
 * @param {{counts: Uint32Array}} films
 * @returns {readonly number[]} their indices
 */
export function bestKnown(films) {
  const known = orders.get(films) ?? [...films.counts.keys()].sort((a, b) => films.counts[b] - films.counts[a]);
  orders.set(films, known);
  return known;
}

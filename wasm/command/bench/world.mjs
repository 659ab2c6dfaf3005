// Ratings of made-up users, for measuring: users of different activity, films of Zipf popularity, equal on every machine.

import { Dice } from '../../lab/dice.mjs';

/** The shape of MovieLens-1M. */
export const MOVIELENS_1M = { users: 6040, items: 3706, pairs: 1_000_209 };

/**
 * How many films each user rates: between a tenth of the mean and several times it, with the sum asked for.
 * @param {{users: number, items: number, pairs: number}} shape
 * @param {Dice} dice
 */
function activities({ users, items, pairs }, dice) {
  const weights = Float64Array.from({ length: users }, () => 0.1 - Math.log(1 - dice.next()));
  const sum = weights.reduce((total, weight) => total + weight);
  return Array.from(weights, (weight) => Math.max(2, Math.min(items >> 1, Math.round((weight / sum) * pairs))));
}

/**
 * A rating file (user, film, rating, time; tabs) of about `pairs` rows, every pair once.
 * @param {{users: number, items: number, pairs: number}} shape
 * @param {number} [seed]
 * @returns {Uint8Array[]}  in chunks
 */
export function makeRatings(shape, seed = 1) {
  const dice = new Dice(seed);
  const { items } = shape;
  // The chance of film i falls with 1 / (i + 20): Zipf's law, flattened at its head as MovieLens' is.
  const cumulative = new Float64Array(items);
  for (let item = 0, sum = 0; item < items; item++) cumulative[item] = sum += 1 / (item + 20);
  const total = cumulative[items - 1];
  const seen = new Int32Array(items).fill(-1);
  const encoder = new TextEncoder();
  /** @type {Uint8Array[]} */
  const chunks = [];
  let text = '';
  activities(shape, dice).forEach((count, user) => {
    for (let n = 0; n < count;) {
      const item = find(cumulative, dice.next() * total);
      if (seen[item] === user) continue;
      seen[item] = user;
      text += `${user}\t${item}\t${1 + (n % 5)}\t${900_000_000 + n}\n`;
      n++;
    }
    if (text.length < 1 << 18) return;
    chunks.push(encoder.encode(text));
    text = '';
  });
  if (text) chunks.push(encoder.encode(text));
  return chunks;
}

/**
 * The first place whose value is above x.
 * @param {Float64Array} ascending
 * @param {number} x
 */
function find(ascending, x) {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

// What accuracy does not tell: whether everybody is shown the same popular films. Measured on the lists of all users. Pure:
// for a page too; a generator, so that a page can do other things between two users.

import { checkSettings } from '../settings/settings.mjs';

/**
 * @typedef {object} Beyond
 * @property {number} coverage   catalogue coverage: the share of the films there are to choose from that are on somebody's list
 * @property {number} gini       how unequally the films share the places on lists: 0 all alike, towards 1 few have all
 * @property {number} novelty    mean of -log2 of a shown film's popularity, in bits
 * @property {number | null} diversity  mean over users of the mean distance of two films on the list, 1 - Jaccard of their
 *                               genres; films without genres are left out; null where no list has two films with genres
 * @property {number} popularity mean popularity of the shown films, relative to that of the films in users' own histories:
 *                               above 1 lists are more popular than what people watch
 */
/**
 * @typedef {object} Lists
 * @property {number} users
 * @property {ArrayLike<number>} counts  of every film, the users who have it
 * @property {ArrayLike<number>} choices  of every film, whether it is there to be chosen: others are on no list
 * @property {(user: number) => number[]} shown  a user's list
 * @property {(item: number) => string[]} genres
 */

/** Popularity is the share of users who have a film. One that nobody has counts as if half a user had it. */
const FLOOR = 0.5;

/**
 * 1 minus the share of the genres of either that both have.
 * @param {string[]} a  not empty
 * @param {string[]} b
 */
function distance(a, b) {
  const both = a.filter((genre) => b.includes(genre)).length;
  return 1 - both / (a.length + b.length - both);
}

/**
 * The mean distance of all pairs of a list; NaN for less than two films.
 * @param {string[][]} list  genres of its films, none empty
 */
function meanDistance(list) {
  let sum = 0;
  for (let a = 0; a < list.length; a++) for (let b = 0; b < a; b++) sum += distance(list[a], list[b]);
  return sum / ((list.length * (list.length - 1)) / 2);
}

/**
 * The Gini coefficient of amounts: half their mean difference, relative to their mean.
 * @param {ArrayLike<number>} amounts
 */
function giniOf(amounts) {
  const sorted = Float64Array.from(amounts).sort();
  const n = sorted.length;
  const sum = sorted.reduce((total, amount) => total + amount, 0);
  const weighted = sorted.reduce((total, amount, place) => total + (2 * (place + 1) - n - 1) * amount, 0);
  return sum === 0 ? 0 : weighted / (n * sum);
}

/**
 * Goes through all users, one a step.
 * @param {Lists} lists
 * @returns {Generator<{user: number, of: number}, Beyond, void>}
 */
export function* beyondAccuracy({ users, counts, choices, shown, genres }) {
  const items = counts.length;
  const exposure = new Uint32Array(items);
  let [places, bits, popularity] = [0, 0, 0];
  let [distances, diverse] = [0, 0];
  for (let user = 0; user < users; user++) {
    const list = shown(user);
    for (const item of list) {
      exposure[item]++;
      places++;
      bits -= Math.log2(Math.max(counts[item], FLOOR) / users);
      popularity += counts[item];
    }
    const kinds = list.map(genres).filter(({ length }) => length > 0);
    if (kinds.length > 1) {
      distances += meanDistance(kinds);
      diverse++;
    }
    yield { user: user + 1, of: users };
  }
  // A history's film is met as often as there are users who have it.
  let [pairs, squares] = [0, 0];
  for (let item = 0; item < items; item++) {
    pairs += counts[item];
    squares += counts[item] ** 2;
  }
  const exposures = exposure.filter((_, item) => choices[item]);
  return {
    coverage: exposures.filter((count) => count > 0).length / exposures.length,
    gini: giniOf(exposures),
    novelty: bits / places,
    diversity: diverse > 0 ? distances / diverse : null,
    popularity: popularity / places / (squares / pairs),
  };
}

/**
 * How many users have each film in the train part of a split: what ItemPop knows.
 * @param {import('../core.mjs').Split} split
 * @returns {Float32Array}
 */
export function trainPopularity(split) {
  const model = split.createModel(checkSettings({ model: 'itempop' }));
  try {
    const tensor = model.tensors.find(({ name }) => name === 'bias.item');
    return model.values(/** @type {import('../core.mjs').Tensor} */ (tensor));
  } finally {
    model.free();
  }
}

/**
 * The same of what an evaluator recommends with the weights of its last start().
 * @param {import('../core.mjs').Evaluator} evaluator
 * @param {number} [k]  films a list
 * @returns {Generator<{user: number, of: number}, Beyond, void>}
 */
export function* beyondOf(evaluator, k = 10) {
  const { split } = evaluator;
  const { dataset } = split;
  /** @type {Map<number, string[]>} */
  const known = new Map();
  const genres = (/** @type {number} */ item) => {
    const found = known.get(item) ?? dataset.film(item).genres;
    known.set(item, found);
    return found;
  };
  const shown = (/** @type {number} */ user) => evaluator.recommend(user, k).map(({ item }) => item);
  const [counts, choices] = [trainPopularity(split), split.choices()];
  return yield* beyondAccuracy({ users: dataset.users, counts, choices, shown, genres });
}

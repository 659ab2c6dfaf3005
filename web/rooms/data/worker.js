/** The data themselves: how full the matrix is, what is popular, who rates, and what the split keeps out. */
import { breathe, session } from '../../worker/session.js';
import { Fault, fault } from '../../../wasm/words/fault.mjs';

/** @typedef {import('../../../wasm/core.mjs').Dataset} Dataset */
/** @typedef {import('../../../wasm/core.mjs').Split} Split */

const MOST_ROWS = 160;
const MOST_COLUMNS = 240;
const CORNER_USERS = 40;
const CORNER_FILMS = 60;

const SLICE_MS = 10;

function needData() {
  if (!session.open) throw new Fault(fault('noDataset'));
  const { dataset, split } = session.open;
  return { dataset, split: session.run?.task.base ?? /** @type {Split} */ (split) };
}

/** Indices by falling count; ties by index. @param {Uint32Array} counts */
const byCount = (counts) => Uint32Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b);

/** Where each index stands in an order. @param {Uint32Array} order */
function placesIn(order) {
  const places = new Uint32Array(order.length);
  order.forEach((index, place) => (places[index] = place));
  return places;
}

/** Every user's films, train and held out. @param {Split} split */
function pairsOf(split) {
  const { start, items } = split.trainRows();
  const held = Int32Array.from({ length: start.length - 1 }, (_, user) => split.testItem(user));
  return {
    users: held.length,
    held,
    /** @param {number} user @param {(item: number, held: boolean) => void} use */
    each(user, use) {
      for (let at = start[user]; at < start[user + 1]; at++) use(items[at], false);
      if (held[user] >= 0) use(held[user], true);
    },
  };
}

/** @param {ReturnType<typeof pairsOf>} pairs @param {number} items */
function countsOf(pairs, items) {
  const ofUsers = new Uint32Array(pairs.users);
  const ofItems = new Uint32Array(items);
  for (let user = 0; user < pairs.users; user++)
    pairs.each(user, (item) => {
      ofUsers[user]++;
      ofItems[item]++;
    });
  return { ofUsers, ofItems };
}

/**
 * @param {ReturnType<typeof pairsOf>} pairs
 * @param {Uint32Array} users  by falling activity
 * @param {Uint32Array} films  by falling popularity
 */
function matrixOf(pairs, users, films) {
  const rows = Math.min(MOST_ROWS, users.length);
  const columns = Math.min(MOST_COLUMNS, films.length);
  const counts = new Uint32Array(rows * columns);
  const places = placesIn(films);
  // The bin whose floor(b size / n) is the last at or before the place.
  const binOf = (/** @type {number} */ place, /** @type {number} */ n, /** @type {number} */ size) =>
    Math.ceil(((place + 1) * n) / size) - 1;
  users.forEach((user, place) => {
    const row = binOf(place, rows, users.length);
    pairs.each(user, (item) => counts[row * columns + binOf(places[item], columns, films.length)]++);
  });
  return { rows, columns, counts };
}

/**
 * @param {ReturnType<typeof pairsOf>} pairs
 * @param {Uint32Array} allUsers
 * @param {Uint32Array} allFilms
 */
function cornerOf(pairs, allUsers, allFilms) {
  const users = allUsers.slice(0, CORNER_USERS);
  const films = allFilms.slice(0, CORNER_FILMS);
  const cells = new Uint8Array(users.length * films.length);
  const places = placesIn(allFilms);
  users.forEach((user, row) =>
    pairs.each(user, (item, held) => {
      if (places[item] < films.length) cells[row * films.length + places[item]] = held ? 2 : 1;
    }),
  );
  return { users, films, cells };
}

/**
 * The ratings' values: how often each, and their sums by film. Much to read of large data, hence in slices.
 * @param {Dataset} dataset
 * @returns {Promise<{values: Map<number, number>, sums: Float64Array, counts: Uint32Array} | null>}
 */
async function readValues(dataset) {
  /** @type {Map<number, number>} */
  const values = new Map();
  const sums = new Float64Array(dataset.items);
  const counts = new Uint32Array(dataset.items);
  let start = performance.now();
  for (let row = 0; row < dataset.ratings; row++) {
    const { item, rating } = dataset.rating(row);
    values.set(rating, (values.get(rating) ?? 0) + 1);
    sums[item] += rating;
    counts[item]++;
    // Looking at the clock costs as much as some ratings.
    if (row % 256 !== 255 || performance.now() - start < SLICE_MS) continue;
    await breathe();
    if (session.open?.dataset !== dataset) return null;
    start = performance.now();
  }
  return { values, sums, counts };
}

/**
 * Films, ratings and mean rating of groups of films.
 * @template K
 * @param {number} items
 * @param {{sums: Float64Array, counts: Uint32Array}} values
 * @param {(item: number) => K[]} groupsOf
 */
function grouped(items, { sums, counts }, groupsOf) {
  /** @type {Map<K, {films: number, ratings: number, sum: number}>} */
  const groups = new Map();
  for (let item = 0; item < items; item++)
    for (const key of groupsOf(item)) {
      const group = groups.get(key) ?? { films: 0, ratings: 0, sum: 0 };
      groups.set(key, group);
      group.films++;
      group.ratings += counts[item];
      group.sum += sums[item];
    }
  return [...groups].map(([key, { films, ratings, sum }]) => ({ key, films, ratings, mean: sum / ratings }));
}

/** @type {import('../../worker/protocol.js').Handlers['overview']} */
async function overview() {
  const { dataset, split } = needData();
  const { items, users: userCount } = dataset;
  const pairs = pairsOf(split);
  const { ofUsers, ofItems } = countsOf(pairs, items);
  const [users, films] = [byCount(ofUsers), byCount(ofItems)];
  const matrix = matrixOf(pairs, users, films);
  const corner = cornerOf(pairs, users, films);
  await breathe();
  const values = session.open?.dataset === dataset ? await readValues(dataset) : null;
  if (!values) return null;
  const all = Array.from({ length: items }, (_, item) => dataset.film(item));
  const genres = grouped(items, values, (item) => all[item].genres);
  const decades = grouped(items, values, (item) => [Math.floor(all[item].year / 10) * 10]);
  const ratings = [...values.values].map(([value, count]) => ({ value, count })).sort((a, b) => a.value - b.value);
  const total = ratings.reduce((sum, { count }) => sum + count, 0);
  const filled = split.trainPairs + split.testUsers;
  return {
    ...{ matrix, corner, ratings },
    popularity: ofItems.sort().reverse(),
    activity: ofUsers.sort().reverse(),
    mean: ratings.reduce((sum, { value, count }) => sum + value * count, 0) / total,
    genres: genres.map(({ key: genre, ...rest }) => ({ genre, ...rest })).sort((a, b) => b.ratings - a.ratings),
    decades: decades
      .map(({ key: decade, films: count, ratings: sum }) => ({ decade, films: count, ratings: sum }))
      .sort((a, b) => a.decade - b.decade),
    split: {
      train: split.trainPairs,
      test: split.testUsers,
      users: userCount,
      negatives: split.options.negatives,
    },
    density: filled / (userCount * items),
  };
}

/** @type {import('../../worker/protocol.js').Handlers['timeline']} */
function timeline({ user }) {
  const { dataset, split } = needData();
  return {
    films: dataset.history(user).reverse(),
    heldOut: split.testItem(user),
    validation: session.run?.split.validationItem(user) ?? -1,
    negatives: split.testNegatives(user),
    ratings: session.run?.task.holdout?.ratings ?? null,
  };
}

export const handlers = { overview, timeline };

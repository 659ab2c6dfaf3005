// Which row of a weights file belongs to which user, film or feature of the open data: by the ids that the file carries, or,
// in a file without them, by what is usual.

import { WeightsError, printable } from './safetensors.mjs';
import { fault, part } from '../words/fault.mjs';

/** @typedef {import('../core/dataset.mjs').Dataset} Dataset */
/** What rows stand for. @typedef {'user' | 'item' | 'userFeature' | 'itemFeature'} Axis */
/**
 * By axis, where each row of the data stands in the file; null: where it stands in the data.
 * @typedef {Record<Axis, Uint32Array | null>} Rows
 */
/** How the rows of a file without ids are told: row n is id n, or the n-th to appear. @typedef {'id' | 'appearance'} RowRule */

/** By tensor, what its dimensions stand for. What is not here has no rows of anybody's. @type {Record<string, Axis[]>} */
export const axes = {
  'bias.user': ['user'],
  'bias.item': ['item'],
  'gmf.user_embedding.weight': ['user'],
  'gmf.item_embedding.weight': ['item'],
  'mlp.user_embedding.weight': ['user'],
  'mlp.item_embedding.weight': ['item'],
  'mlp.user_features.weight': ['userFeature'],
  'mlp.item_features.weight': ['itemFeature'],
  'ease.weight': ['item', 'item'],
  'itemknn.neighbours': ['item'],
  'itemknn.similarities': ['item'],
};

/** What rows are called. */
const called = {
  user: part('users'),
  item: part('films'),
  userFeature: part('userFeatures'),
  itemFeature: part('filmFeatures'),
};

const MOST_NAMED = 5;
const grouped = new Intl.NumberFormat('en');

/** The first few. @param {(number | string)[]} ids */
const first = (ids) =>
  ids
    .slice(0, MOST_NAMED)
    .map((id) => printable(String(id)))
    .join(', ') + (ids.length > MOST_NAMED ? ' …' : '');

/**
 * By the names of both sides.
 * @param {Axis} axis
 * @param {ArrayLike<number | string>} ours
 * @param {(number | string)[]} theirs  each once
 * @returns {Uint32Array | null}
 * @throws {WeightsError} one side has what the other lacks
 */
function matched(axis, ours, theirs) {
  const rows = new Map(theirs.map((id, row) => [id, row]));
  const found = Array.from(ours, (id) => rows.get(id) ?? -1);
  const missing = Array.from(ours).filter((_, n) => found[n] < 0);
  const known = new Set(Array.from(ours));
  const unknown = theirs.filter((id) => !known.has(id));
  const what = called[axis];
  const [lacks, has] = [missing, unknown].map(({ length }) => grouped.format(length));
  if (missing.length > 0 && unknown.length > 0)
    throw new WeightsError(fault('lacksBoth', { n: lacks, what, ids: first(missing), m: has, others: first(unknown) }));
  if (missing.length > 0) throw new WeightsError(fault('lacksRows', { n: lacks, what, ids: first(missing) }));
  if (unknown.length > 0) throw new WeightsError(fault('dataLack', { n: has, what, ids: first(unknown) }));
  return found.every((row, n) => row === n) ? null : Uint32Array.from(found);
}

/**
 * Row n is id n: a file has as many rows as the largest id and one more, those of ids that do not occur being passed over.
 * @param {Axis} axis
 * @param {Uint32Array} ids
 * @param {number} length  rows of the file
 */
function byId(axis, ids, length) {
  const missing = Array.from(ids).filter((id) => id >= length);
  const what = called[axis];
  if (missing.length > 0)
    throw new WeightsError(
      fault('lacksIds', { rows: grouped.format(length), what, n: grouped.format(missing.length), ids: first(missing) }),
    );
  const largest = ids.reduce((most, id) => Math.max(most, id), 0);
  if (length > largest + 1) throw new WeightsError(fault('moreIds', { what, most: length - 1, largest }));
  return ids.every((id, n) => id === n) ? null : ids;
}

/** @param {Axis} axis @param {number} ours @param {number} theirs */
function byAppearance(axis, ours, theirs) {
  if (ours === theirs) return null;
  throw new WeightsError(fault('otherData', { n: theirs, what: called[axis], there: ours }));
}

/**
 * @param {import('./weights.mjs').Weights} weights
 * @param {Dataset} dataset
 * @param {RowRule} [rule]  of a file without ids: by id for the paper's triple, as all public code has it, else by appearance
 * @returns {{rows: Rows, assumed: RowRule | null, ofFeatures: boolean}}  assumed: a rule was needed and the two differ;
 *   ofFeatures: the file does not name its features, so they are taken to be in the order of the data's
 * @throws {WeightsError}
 */
export function matchRows(weights, dataset, rule) {
  const { tensors, ids, features } = weights;
  /** @type {Rows} */
  const rows = { user: null, item: null, userFeature: null, itemFeature: null };
  /** @type {RowRule | null} */
  let assumed = null;
  let ofFeatures = false;
  for (const axis of /** @type {Axis[]} */ (Object.keys(rows))) {
    const length = lengthOf(tensors, axis);
    if (length < 0) continue;
    if (axis === 'user' || axis === 'item') {
      const [ours, theirs] = [axis === 'user' ? dataset.userIds : dataset.itemIds, ids[axis]];
      if (theirs) {
        if (rule) throw new WeightsError(fault('carriesIds'));
        if (theirs.length !== length)
          throw new WeightsError(fault('idsForRows', { n: length, what: called[axis], ids: theirs.length }));
        rows[axis] = matched(axis, ours, theirs);
        continue;
      }
      const used = rule ?? (dataset.hasTest ? 'id' : 'appearance');
      rows[axis] = used === 'id' ? byId(axis, ours, length) : byAppearance(axis, ours.length, length);
      if (!ours.every((id, n) => id === n)) assumed = used;
    } else {
      const side = axis === 'userFeature' ? 'users' : 'items';
      const ours = dataset.features(side).names;
      const theirs = features?.[side];
      if (theirs) rows[axis] = matched(axis, ours, theirs);
      else {
        byAppearance(axis, ours.length, length);
        ofFeatures = true;
      }
    }
  }
  return { rows, assumed, ofFeatures };
}

/**
 * Rows of an axis in a file, -1: it has none.
 * @param {import('./weights.mjs').Weights['tensors']} tensors
 * @param {Axis} axis
 */
function lengthOf(tensors, axis) {
  let length = -1;
  for (const { name, shape } of tensors.values())
    (axes[name] ?? []).forEach((each, dimension) => {
      if (each !== axis || shape.length <= dimension) return;
      if (length >= 0 && shape[dimension] !== length)
        throw new WeightsError(fault('rowsDiffer', { n: length, m: shape[dimension], what: called[axis] }));
      length = shape[dimension];
    });
  return length;
}

/**
 * A tensor's shape with as many rows as the data have.
 * @param {string} name
 * @param {number[]} shape
 * @param {Rows} rows
 */
export function shapeInData(name, shape, rows) {
  return shape.map((length, dimension) => {
    const axis = axes[name]?.[dimension];
    return (axis && rows[axis]?.length) ?? length;
  });
}

/**
 * A tensor's values with its rows, and of a matrix over films its columns, in the order of the data.
 * @param {import('./safetensors.mjs').StoredTensor} tensor
 * @param {Rows} rows
 * @param {import('./weights.mjs').Weights['tensors']} tensors  of the same file
 * @returns {Float32Array}
 */
export function valuesInData({ name, shape, values }, rows, tensors) {
  const [down, across] = (axes[name] ?? []).map((axis) => rows[axis]);
  const moved = arranged(values, shape, down ?? null, across ?? null);
  // Lists of similar films name them by their rows.
  const listed = name.startsWith('itemknn.') && rows.item ? tensors.get('itemknn.neighbours') : undefined;
  if (!listed || !rows.item) return moved;
  const lists = arranged(listed.values, listed.shape, rows.item, null);
  const place = placesOf(rows.item, listed.shape[0]);
  if (name === 'itemknn.neighbours') return lists.map((row) => (row < 0 ? row : placeIn(place, row)));
  return moved;
}

/** @param {Map<number, number>} places @param {number} row */
function placeIn(places, row) {
  const place = places.get(row);
  if (place === undefined) throw new WeightsError(fault('strayNeighbour', { row }));
  return place;
}

/** Where each of the file's rows goes. @param {Uint32Array} rows @param {number} length */
function placesOf(rows, length) {
  /** @type {Map<number, number>} */
  const places = new Map();
  rows.forEach((row, place) => row < length && places.set(row, place));
  return places;
}

/**
 * @param {Float32Array} values
 * @param {number[]} shape
 * @param {Uint32Array | null} down    rows to take, in this order; null: all
 * @param {Uint32Array | null} across  columns likewise
 */
function arranged(values, [length, width = 1], down, across) {
  if (!down && !across) return values;
  const height = down?.length ?? length;
  const columns = across?.length ?? width;
  const out = new Float32Array(height * columns);
  for (let row = 0; row < height; row++) {
    const from = (down ? down[row] : row) * width;
    if (!across) out.set(values.subarray(from, from + width), row * columns);
    else for (let column = 0; column < columns; column++) out[row * columns + column] = values[from + across[column]];
  }
  return out;
}

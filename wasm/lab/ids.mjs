// Users and films by the ids that their files have; the core counts them from 0.

import { DataError } from '../core.mjs';

/** @typedef {import('../core.mjs').Dataset} Dataset */

const number = new Intl.NumberFormat('en');

/**
 * A user's index.
 * @param {Dataset} dataset
 * @param {number} id
 * @throws {DataError} there is nobody of that id
 */
export function userOf(dataset, id) {
  const user = dataset.userIndex(id);
  if (user >= 0) return user;
  const ids = [...dataset.userIds].sort((a, b) => a - b);
  throw new DataError(
    `User ${id} is not in the data, which has ${number.format(ids.length)} users with ids from ${ids[0]} to ${ids[ids.length - 1]}.`,
  );
}

/**
 * A film's index.
 * @param {Dataset} dataset
 * @param {number | string} id
 * @throws {DataError} there is none of that id
 */
export function filmOf(dataset, id) {
  const item = dataset.itemIds.indexOf(Number(id));
  if (item < 0) throw new DataError(`Film ${id} is not in the data. Films go by the ids that the film file has.`);
  return item;
}

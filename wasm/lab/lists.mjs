// The films that a model would show to everybody, as CSV: one row a film of a list, one list after the other.

import { csvLine } from './csv.mjs';

/** held_out: the film is the one that the user is tested by. score: scores.mjs says what it is. */
export const listsHead = csvLine(['user_id', 'rank', 'movie_id', 'title', 'year', 'score', 'held_out']);

/**
 * The lines of one user.
 * @param {number} userId
 * @param {{item: number, score: number, heldOut: boolean}[]} list  best first
 * @param {(item: number) => {id: number, title: string, year: number}} filmOf  year 0: not known
 */
export function listLines(userId, list, filmOf) {
  return list
    .map(({ item, score, heldOut }, place) => {
      const { id, title, year } = filmOf(item);
      return csvLine([userId, place + 1, id, title, year || '', score, heldOut]);
    })
    .join('');
}

/** Users by rising id, as their indices. @param {Uint32Array} ids */
export const byId = (ids) => Uint32Array.from(ids.keys()).sort((a, b) => ids[a] - ids[b]);

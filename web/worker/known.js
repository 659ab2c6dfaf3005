/**
 * Pieces of the user–item matrix.
 *
 * | known | users: number[], items: number[] | {known: Uint8Array}: [users, items] row-major, 1 where the user has the film in train |
 */
import { need } from './session.js';

/** @param {{users: number[], items: number[]}} message */
function known({ users, items }) {
  const { split } = need();
  return { known: Uint8Array.from(users.flatMap((user) => items.map((item) => Number(split.has(user, item))))) };
}

export const handlers = { known };

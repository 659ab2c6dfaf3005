/**
 * Pieces of the user–item matrix.
 *
 * | known | users: number[], items: number[] | {known: Uint8Array}: [users, items] row-major, 1 where the user has the film (wasm/shown.mjs) |
 */
import { filmsOf } from '../../wasm/core.mjs';
import { need } from './session.js';

/** @param {{users: number[], items: number[]}} message */
function known({ users, items }) {
  const { source } = need().run.model;
  const row = (/** @type {number} */ user) => {
    const films = new Set(filmsOf(source, user));
    return items.map((item) => Number(films.has(item)));
  };
  return { known: Uint8Array.from(users.flatMap(row)) };
}

export const handlers = { known };

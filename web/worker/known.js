/** Pieces of the user–item matrix. */
import { filmsOf } from '../../wasm/core.mjs';
import { need } from './session.js';

/** @type {import('./protocol.js').Handlers['known']} */
function known({ users, items }) {
  const { split } = need().run;
  const row = (/** @type {number} */ user) => {
    const films = new Set(filmsOf(split, user));
    return items.map((item) => Number(films.has(item)));
  };
  return { known: Uint8Array.from(users.flatMap(row)) };
}

export const handlers = { known };

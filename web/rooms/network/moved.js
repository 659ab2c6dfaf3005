/** How far embeddings have moved with a batch. */

/** @typedef {import('./phases.js').Moved} Moved */

/** Distances by index. @param {Moved} moved */
export const distances = (moved) => new Map(moved.map(({ index, distance }) => [index, distance]));

/**
 * How strongly the embeddings of an example glow after its batch: by how far they moved.
 * @param {import('../../../wasm/settings/graph.mjs').Graph} graph
 * @param {import('./phases.js').Example} example
 * @param {{users: Moved, items: Moved}} moved
 */
export function glowOf({ nodes }, { user, item }, { users, items }) {
  const most = Math.max(...[...users, ...items].map(({ distance }) => distance), Number.MIN_VALUE);
  const of = { user: distances(users).get(user) ?? 0, item: distances(items).get(item) ?? 0 };
  const embeddings = nodes.filter(({ kind }) => kind === 'embedding');
  return new Map(embeddings.map(({ id }) => [id, (id.endsWith('.user') ? of.user : of.item) / most]));
}

/** One user of the data: what they have rated, and what the model would show them. */
import { suggestions } from '../../../wasm/core.mjs';
import { modelRow } from '../../../wasm/settings/models.mjs';
import { isSolved, need } from '../../worker/session.js';

/** @typedef {import('../../../wasm/lab/run.mjs').Run} Run */

/**
 * @param {{dataset: import('../../../wasm/core.mjs').Dataset, run: Run}} of
 * @param {number} index of the user
 * @param {number} k
 */
export function personOf({ dataset, run }, index, k) {
  const film = (/** @type {number} */ item) => {
    const { title, year, genres } = dataset.film(item);
    return { item, title, year, genres };
  };
  const history = dataset.history(index).map((rated) => ({ ...film(rated.item), ...rated }));
  const { task } = modelRow(run.settings.model);
  const ready = isSolved(run);
  const told = {
    ...{ user: index, id: dataset.userIds[index], task, ready, history },
    validationItem: run.split.validationItem(index),
  };
  if (!ready) return { ...told, heldOut: null, recommendations: [] };
  const view = run.view();
  const held = run.split.testItem(index);
  const rank = held < 0 ? null : view.rank(index, run.settings.eval === 'full');
  return {
    ...told,
    heldOut: rank && { ...film(held), rank: rank.greater + rank.equal / 2 + 1, candidates: rank.candidates },
    recommendations: suggestions(view, index, k).map((each) => ({ ...film(each.item), ...each })),
  };
}

/** @type {import('../../worker/protocol.js').Handlers['user']} */
const user = (message) => personOf(need(), message.user, message.k);

export const handlers = { user };

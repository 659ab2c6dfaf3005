/**
 * One user of the data: what they have rated, and what the model would show them.
 *
 * | user | user, k | {user, id, task, ready, history, heldOut, validationItem, recommendations}; the item is -1 without validation; ready false: a model that is solved in one go is not yet, so there are no recommendations. A model of ratings has its predicted ratings as scores and no held-out film: it may have learnt from that one |
 */
import { modelRow } from '../../wasm/core.mjs';
import { isSolved, need } from './session.js';

/** @typedef {import('../../wasm/core.mjs').Run} Run */

/**
 * @param {{dataset: import('../../wasm/core.mjs').Dataset, run: Run}} of
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
  const held = run.split.testItem(index);
  const view = run.view();
  if (task === 'rating') return { ...told, heldOut: null, recommendations: predicted(run, index, k).map(toSuggestion) };
  const rank = view.rank(index, run.settings.eval === 'full');
  return {
    ...told,
    heldOut: rank && { ...film(held), rank: rank.greater + rank.equal / 2 + 1, candidates: rank.candidates },
    recommendations: view.recommend(index, k).map(toSuggestion),
  };

  /** @param {{item: number, score: number}} suggestion */
  function toSuggestion({ item, score }) {
    return { ...film(item), score, heldOut: task === 'ranking' && item === held };
  }
}

/**
 * The films with the highest predicted ratings among those that the user has not rated, with these as scores.
 * @param {Run} run
 * @param {number} user
 * @param {number} k
 */
function predicted(run, user, k) {
  const view = run.view();
  const held = run.split.testItem(user);
  // One more, since the split keeps a film of the user back, which they have rated.
  const best = view.recommend(user, k + 1);
  const predictor = view.model.createPredictor();
  try {
    predictor.start({ clip: false });
    const films = best.filter(({ item }) => item !== held).slice(0, k);
    return films.map(({ item }) => ({ item, score: predictor.predict(user, item) }));
  } finally {
    predictor.free();
  }
}

/** @param {{user: number, k: number}} message */
const user = (message) => personOf(need(), message.user, message.k);

export const handlers = { user };

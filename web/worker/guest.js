/**
 * Somebody new, who likes some films: what the model would show them, and why.
 *
 * | guest | likes: number[] (film indices), k | {recommendations: [{item, score, reasons: [{item, share}], exact}], learns}; learns false: the model shows everybody the same. {recommendations: [], why}: it has nothing to show, because it predicts ratings (`ratings`), is not solved yet (`unsolved`) or knows people by what is told of them alone (`features`) |
 */
import { NewUser, modelRow } from '../../wasm/core.mjs';
import { isSolved, needHealthy } from './session.js';

/** @typedef {import('../../wasm/core.mjs').Run} Run */

/** What a model has of each user, films aside. */
const OF_USERS = ['gmf.user_embedding.weight', 'mlp.user_embedding.weight', 'bias.user'];

/**
 * Why the model can't be asked for somebody who likes films, or '' where it can.
 * @param {Run} run
 * @returns {'' | 'ratings' | 'features' | 'unsolved'}
 */
export function cannotGuess(run) {
  const { task, parts } = modelRow(run.settings.model);
  const byFilms = parts.includes('items') || parts.includes('neighbours');
  if (task === 'rating') return 'ratings';
  if (!byFilms && !run.model.tensors.some(({ name }) => OF_USERS.includes(name))) return 'features';
  return isSolved(run) ? '' : 'unsolved';
}

/** @param {{likes: number[], k: number}} message */
function guest({ likes, k }) {
  const { run } = needHealthy();
  const why = cannotGuess(run);
  if (why) return { recommendations: [], why, learns: false };
  const somebody = new NewUser(run.view());
  try {
    return { recommendations: somebody.recommend(likes, k), learns: somebody.learns };
  } finally {
    somebody.free();
  }
}

export const handlers = { guest };

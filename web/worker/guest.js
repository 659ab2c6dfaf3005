/**
 * Somebody new, who likes some films: what the model would show them, and why.
 *
 * | guest | likes: number[] (film indices), k | {recommendations: [{item, score, reasons: [{item, share}], exact}], learns, rating}; learns false: the model shows everybody the same; rating: what a like is taken for by a model that predicts ratings, else null. {recommendations: [], why}: it has nothing to show, because it is not solved yet (`unsolved`) or knows people by what is told of them alone (`features`) |
 */
import { NewUser, canFoldIn } from '../../wasm/core.mjs';
import { isSolved, needHealthy } from './session.js';

/** @typedef {import('../../wasm/core.mjs').Run} Run */

/**
 * Why the model can't be asked for somebody who likes films, or '' where it can.
 * @param {Run} run
 * @returns {'' | 'features' | 'unsolved'}
 */
export function cannotGuess(run) {
  if (!canFoldIn(run.model)) return 'features';
  return isSolved(run) ? '' : 'unsolved';
}

/** @param {{likes: number[], k: number}} message */
function guest({ likes, k }) {
  const { run } = needHealthy();
  const why = cannotGuess(run);
  if (why) return { recommendations: [], why, learns: false };
  const somebody = new NewUser(run.view());
  try {
    const { learns, rating } = somebody;
    return { recommendations: somebody.recommend(likes, k), learns, rating };
  } finally {
    somebody.free();
  }
}

export const handlers = { guest };

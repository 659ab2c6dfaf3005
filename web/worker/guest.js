/** Somebody new, who likes some films: what the model would show them, and why. */
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

/** @type {import('./protocol.js').Handlers['guest']} */
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

/** Whether the model can be asked for somebody new. */
import { canFoldIn } from '../../wasm/core.mjs';
import { isSolved } from './session.js';

/** @typedef {import('../../wasm/lab/run.mjs').Run} Run */

/**
 * Why the model can't be asked for somebody who likes films, or '' where it can.
 * @param {Run} run
 * @returns {'' | 'features' | 'unsolved'}
 */
export function cannotGuess(run) {
  if (!canFoldIn(run.model)) return 'features';
  return isSolved(run) ? '' : 'unsolved';
}

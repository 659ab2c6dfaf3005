/** What the panel of an exercise shows: goals as they stand, and whether there is something to hand in. */
import { isAnswer, judge } from '../../wasm/lab/exercise.mjs';
import { reads, toConfig } from '../../wasm/settings/settings.mjs';
import { fault } from '../../wasm/words/fault.mjs';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('../../wasm/lab/exercise.mjs').Exercise} Exercise */
/** @typedef {import('../../wasm/lab/exercise.mjs').Judgement} Judgement */
/**
 * bar: why nothing can be handed in yet.
 * @typedef {{judgement: Judgement, done: number, of: number, bar: import('../../wasm/words/fault.mjs').Told | null}} ExerciseScene
 */

/**
 * @param {Pick<State, 'model' | 'settings' | 'epochs' | 'selected' | 'loaded' | 'shipped' | 'handIn'>} state
 * @param {Exercise} exercise
 * @returns {ExerciseScene}
 */
export function exerciseScene(state, exercise) {
  const { model, settings, epochs, selected, loaded, shipped, handIn } = state;
  // What somebody else has trained reaches nothing.
  const own = shipped || loaded ? [] : epochs;
  const judgement = judge(exercise, {
    settings: toConfig(model?.settings ?? settings),
    parameters: model?.parameters ?? NaN,
    epochs: /** @type {any} */ (own),
    selected: own.length > 0 ? (selected?.epoch ?? null) : null,
    answers: handIn.answers,
  });
  const all = [...judgement.goals.map(({ reached }) => reached), ...judgement.answered];
  const trained = own.length > 0 && ((own.at(-1)?.epoch ?? 0) > 0 || !reads(settings.model, 'epochs'));
  return {
    ...{ judgement, done: all.filter(Boolean).length, of: all.length },
    bar: barOf(shipped, loaded, model !== null && trained),
  };
}

/** As makeResult() has it. @param {boolean} shipped @param {boolean} loaded @param {boolean} trained */
function barOf(shipped, loaded, trained) {
  if (shipped) return fault('resultShipped');
  if (loaded) return fault('resultLoaded');
  return trained ? null : fault('resultNothing');
}

/** Whether what stands in a field is no answer to its question, though it is not empty. @param {Exercise['questions'][number]} question @param {string} answer */
export const isWrong = (question, answer) => answer.trim() !== '' && !isAnswer(question, answer);

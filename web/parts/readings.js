/** What is read off the state of the page, and its limits. */

import { modelRow } from '../../wasm/settings/models.mjs';

/** @typedef {import('../shell/state.js').State} State */

/** Films that the person at the page can like. */
export const MOST_LIKES = 50;

/** @param {Pick<State, 'settings'>} state whether the model predicts ratings, rather than ranking films */
export const predictsRatings = ({ settings }) => modelRow(settings.model).task === 'rating';

/** @param {Pick<State, 'phase'>} state */
export const isRunning = ({ phase }) => phase === 'training' || phase === 'evaluating';

/**
 * What the buttons of the run can do; `train` is to train or to pause. Neither patience that is over nor a solution leaves
 * anything to go on with.
 * @param {State} state
 */
export function possible(state) {
  const { model, loading, phase, selected } = state;
  const able = model !== null && loading === null && phase !== 'failed';
  const over = selected?.stopped === true || (model?.once === true && epochsDone(state) > 0);
  const train = able && !over && phase !== 'diverged';
  return { over, train, step: train && !isRunning(state), reset: able };
}

/** @param {Pick<State, 'epochs'>} state epochs that the model has learnt so far */
export const epochsDone = ({ epochs }) => epochs.at(-1)?.epoch ?? 0;

/** @param {Pick<State, 'model' | 'settings'>} state epochs that the run goes on for */
export const epochsToDo = ({ model, settings }) => (model?.once ? 1 : settings.epochs);

/** @param {Pick<State, 'epochs' | 'selected'>} state the epoch that the model's weights are of */
export const epochOfWeights = ({ epochs, selected }) =>
  selected ? epochs.find(({ epoch }) => epoch === selected.epoch) : epochs.at(-1);

/** @param {{metrics: import('../worker/protocol.js').MetricSets} | null | undefined} epoch the metrics of rankings that the page shows */
export const shownMetrics = (epoch) => epoch?.metrics.sampled ?? epoch?.metrics.full;

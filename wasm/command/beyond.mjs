// --beyond of train and evaluate: what the lists of all users are like.

import { beyondOf } from '../lab/beyond.mjs';
import { progress } from './common.mjs';

export const beyondHelp = `  --beyond           also say what the lists of 10 are like: catalogue coverage, Gini of exposure, novelty, diversity by
                     genres, popularity relative to users' own histories`;

/**
 * What a run's lists are like with its present weights.
 * @param {import('../lab/run.mjs').Run} run
 */
export function measureBeyond(run) {
  const steps = beyondOf(run.view(), 10);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    const { user, of } = step.value;
    if (user % 64 === 0) progress.show(`recommending to user ${user} of ${of}`);
  }
}

/** @param {import('../lab/beyond.mjs').Beyond} beyond */
export function beyondToText({ coverage, gini, novelty, diversity, popularity }) {
  const genres = diversity === null ? 'unknown without genres' : diversity.toFixed(4);
  return (
    `lists of 10: coverage ${(100 * coverage).toFixed(1)} % of films, Gini of exposure ${gini.toFixed(4)}, novelty ${novelty.toFixed(2)} bits, ` +
    `diversity ${genres}, popularity ${popularity.toFixed(2)} times that of histories`
  );
}

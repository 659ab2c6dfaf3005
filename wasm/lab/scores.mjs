// What the number is that a model gives a film: its kind, by which lists, ladders and files name it, and a sentence.

import { fill } from '../words/fill.mjs';
import { modelRow } from '../settings/settings.mjs';

/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** @typedef {import('../settings/models.mjs').ScoreKind} ScoreKind */
/** `values`: what the sentence names. @typedef {{kind: ScoreKind, values: Record<string, number>}} Score */

/**
 * What each says, in the form that fill() takes. In other languages: web/languages/.
 * @type {Record<ScoreKind, string>}
 */
export const scoreSentences = {
  logit:
    'Scores are logits: above 0 the film is taken for one of the user’s, below for a random one ({negatives} beside each in training).',
  fitted: 'Scores are fitted to 1 for a user’s films and to 0 for random ones ({negatives} beside each in training).',
  pairwise: 'Only differences of scores count: a user’s films are put above random ones in training.',
  'dot-product': 'Scores are dot products, fitted to 1 for a user’s films and to 0 for all others.',
  'similarity-sum': 'Scores are sums of similarities to the user’s films.',
  'weight-sum':
    'Scores are sums of weights of the user’s films, fitted to 1 for a user’s films and to 0 for all others.',
  count: 'Scores are counts: users who have the film in train.',
  chance: 'Scores are chance.',
  rating: 'Scores are predicted ratings; those of the data go from {lowest} to {highest}.',
};

const byLoss = /** @type {const} */ ({ log: 'logit', squared: 'fitted', bpr: 'pairwise' });

/** @param {Pick<Settings, 'model' | 'loss'>} settings @returns {ScoreKind} */
export function scoreKind({ model, loss }) {
  const { task, scores } = modelRow(model);
  if (task === 'rating') return 'rating';
  return scores === 'by loss' ? byLoss[loss] : scores;
}

/**
 * What the scores of a model are.
 * @param {{settings: Settings, source: import('../core/split.mjs').Split | import('../core/holdout.mjs').Holdout}} model
 * @returns {Score}
 */
export function scoreOf({ settings, source }) {
  const kind = scoreKind(settings);
  if (source.task === 'rating') return { kind, values: { lowest: source.lowest, highest: source.highest } };
  return { kind, values: { negatives: settings.negatives } };
}

/** The sentence in English. @param {Score} score */
export const scoreSentence = ({ kind, values }) => fill(scoreSentences[kind], values);

// What runs are measured by, under the names of --json, and which way is better. Pure: for a page too.

/**
 * `decides`: what models are chosen and told apart by, where a run has it.
 * @typedef {{name: string, label: string, better: 'higher' | 'lower', atK: boolean, decides: boolean}} Measure
 */

/** @type {Measure[]} */
export const measures = [
  { name: 'hr', label: 'HR', better: 'higher', atK: true, decides: false },
  { name: 'ndcg', label: 'NDCG', better: 'higher', atK: true, decides: true },
  { name: 'mrr', label: 'MRR', better: 'higher', atK: false, decides: false },
  { name: 'rmse', label: 'RMSE', better: 'lower', atK: false, decides: true },
  { name: 'mae', label: 'MAE', better: 'lower', atK: false, decides: false },
];

/**
 * The measure's name for people, with the cut-off.
 * @param {Measure} measure
 * @param {number} [k]
 */
export function labelOf({ label, atK }, k = 10) {
  return atK ? `${label}@${k}` : label;
}

/**
 * Those of the measures that a set of metrics has as numbers.
 * @param {Record<string, unknown>} metrics
 * @returns {Measure[]}
 */
export function measuresOf(metrics) {
  return measures.filter(({ name }) => Number.isFinite(metrics[name]));
}

/**
 * The measure that decides between sets of metrics: NDCG for rankings, RMSE for ratings.
 * @param {Record<string, unknown>} metrics
 * @returns {Measure | undefined}
 */
export function decidingMeasure(metrics) {
  return measuresOf(metrics).find(({ decides }) => decides);
}

// What runs are measured by, under the names of --json, and which way is better. Pure: for a page too.

/** @typedef {import('./tasks.mjs').MetricSets} MetricSets */
/** @typedef {import('../core/evaluator.mjs').Metrics} Metrics */
/** @typedef {import('../core/predictor.mjs').Errors} Errors */
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

/** @param {Metrics} metrics */
function rankingToJson(metrics) {
  const { hr, hrHalfWidth, ndcg, ndcgHalfWidth, mrr, mrrHalfWidth, users, allEqual } = metrics;
  return {
    hr,
    ndcg,
    mrr,
    hr_half_width: hrHalfWidth,
    ndcg_half_width: ndcgHalfWidth,
    mrr_half_width: mrrHalfWidth,
    users,
    all_equal: allEqual,
  };
}

/** @param {Errors} errors */
function errorsToJson({ rmse, rmseHalfWidth, mae, maeHalfWidth, ratings }) {
  return { rmse, mae, rmse_half_width: rmseHalfWidth, mae_half_width: maeHalfWidth, ratings };
}

/** What was measured, as --json prints it. @param {MetricSets} sets @returns {Record<string, Record<string, unknown>>} */
export function setsToJson(sets) {
  return Object.fromEntries(
    Object.entries(sets).map(([kind, metrics]) => [
      kind,
      'rmse' in metrics ? errorsToJson(metrics) : rankingToJson(metrics),
    ]),
  );
}

/**
 * One number to choose epochs by, higher being better: by NDCG@10 of the first kind, or by RMSE.
 * @param {MetricSets | undefined} sets
 */
export function worthOf(sets) {
  if (sets?.errors) return -sets.errors.rmse;
  return (sets?.sampled ?? sets?.full)?.ndcg ?? 0;
}

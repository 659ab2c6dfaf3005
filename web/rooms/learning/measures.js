/** The measures that the curves show: three of a model that ranks films, three of one that predicts ratings. */
import { lossText, metric } from '../../parts/format.js';
import { predictsRatings, shownMetrics } from '../../parts/readings.js';
import { words } from '../../parts/words/measures.js';

/** @typedef {import('../../worker/protocol.js').Epoch} Epoch */
/** @typedef {import('../../parts/speech.js').Word} Word */

/**
 * @typedef {object} Measure
 * @property {Word} name
 * @property {Word} meaning          in a few words, for a student
 * @property {Word} [meaningInFull]  where the hidden film is ranked among all films
 * @property {(epoch: Pick<Epoch, 'metrics'>) => number | null | undefined} [metric]  absent: it is the loss
 * @property {(epoch: Epoch) => number | undefined} [halfWidth]
 * @property {boolean} [falls]         lower is better
 */

/** @type {Measure} */
const LOSS = { name: words.loss, meaning: words.lossMeans, falls: true };

/** The measures of a model that ranks films. @type {Measure[]} */
export const RANKING = [
  LOSS,
  {
    name: words.hr,
    meaning: words.hrMeans,
    meaningInFull: words.hrMeansInFull,
    metric: (epoch) => shownMetrics(epoch)?.hr,
    halfWidth: (epoch) => shownMetrics(epoch)?.hrHalfWidth,
  },
  {
    name: words.ndcg,
    meaning: words.ndcgMeans,
    metric: (epoch) => shownMetrics(epoch)?.ndcg,
  },
];

/** Those of one that predicts ratings. @type {Measure[]} */
const RATING = [
  LOSS,
  {
    name: words.rmse,
    meaning: words.rmseMeans,
    metric: ({ metrics }) => metrics.errors?.rmse,
    halfWidth: ({ metrics }) => metrics.errors?.rmseHalfWidth,
    falls: true,
  },
  {
    name: words.mae,
    meaning: words.maeMeans,
    metric: ({ metrics }) => metrics.errors?.mae,
    falls: true,
  },
];

/** @param {Pick<import('../../shell/state.js').State, 'settings'>} state */
export const measuresOf = (state) => (predictsRatings(state) ? RATING : RANKING);

/** @param {Measure} measure @param {number} number */
export const textOf = (measure, number) => (measure.metric ? metric(number) : lossText(number));

/** The number of an epoch, where it has one. @param {Measure} measure @param {Epoch} epoch */
export const read = (measure, epoch) => (measure.metric ? measure.metric(epoch) : epoch.loss);

/** What the network answers, in plain values: the prediction, its place on the sigmoid, and each part's share in the logit. */
import { scoreKind } from '../../../wasm/lab/scores.mjs';
import { modelRow } from '../../../wasm/settings/models.mjs';
import { ratingText, scoreSentence } from '../../parts/format.js';
import { number, signed } from './numbers.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {'probability' | 'rating' | 'score'} Kind  what the output is */
/** @typedef {{key: string, name: string, text: string, negative: boolean, width: number}} Share  width: of its bar, in percent of the track, whose middle is zero */
/**
 * @typedef {object} Answer
 * @property {string} value
 * @property {string} meaning   what the number is
 * @property {string} fact      what the data say of the pair
 * @property {{x: number, y: number, label: string} | null} curve  the point on the sigmoid; null: the output is no probability
 * @property {Share[]} shares   the parts' and, last, their sum
 */

/** The curve's frame: logits from -SPAN to SPAN, and what is left free around it. */
const SPAN = 6;
export const WIDTH = 160;
export const HEIGHT = 72;
export const EDGE = 4;

const PARTS = /** @type {const} */ ([
  ['gmf', 'shareGmf'],
  ['mlp', 'shareMlp'],
  ['fusion', 'shareFusion'],
  ['bias', 'shareBias'],
]);

/** What the output is. @param {import('../../worker/protocol.js').Settings} settings @returns {Kind} */
export function kindOf(settings) {
  const kind = scoreKind(settings);
  return kind === 'logit' ? 'probability' : kind === 'rating' ? 'rating' : 'score';
}

/** @param {number} value a share from 0 to 1 */
const percentage = (value) =>
  value > 0.999 ? '> 99.9 %' : value < 0.001 ? '< 0.1 %' : `${(100 * value).toFixed(1)} %`;

/** @param {Kind} kind @param {number} prediction */
export function predictionText(kind, prediction) {
  if (kind === 'probability') return percentage(prediction);
  return kind === 'rating' ? ratingText(prediction) : number(prediction);
}

/** A logit on the curve; beyond its ends it stays at the edge. @param {number} logit */
export function onCurve(logit) {
  const x = (Math.min(SPAN, Math.max(-SPAN, logit)) / SPAN + 1) / 2;
  const y = 1 - 1 / (1 + Math.exp(-logit));
  return { x: EDGE + x * (WIDTH - 2 * EDGE), y: EDGE + y * (HEIGHT - 2 * EDGE) };
}

/** The points that the curve is drawn through. */
export const curvePoints = () => Array.from({ length: 49 }, (_, n) => onCurve(-SPAN + (n * SPAN) / 24));

/**
 * What is answered of the pair that is looked at.
 * @param {Speech} speech
 * @param {Pick<import('../../shell/state.js').State, 'settings' | 'model' | 'person' | 'user'>} state
 * @param {import('./phases.js').Passed} passed
 * @param {number} film
 * @param {import('./values.js').Pair | null} pair
 * @returns {Answer}
 */
export function answerOf(speech, { settings, model, person, user }, { logit, prediction, shares }, film, pair) {
  const { t } = speech;
  const held = person?.user === user && [person.heldOut?.item, person.validationItem].includes(film);
  const kind = kindOf(settings);
  const likely = kind === 'probability';
  const label = t(words.sigmoid, { logit: number(logit), probability: percentage(prediction) });
  return {
    value: predictionText(kind, prediction),
    meaning: likely ? t(words.probability, { negatives: settings.negatives }) : scoreSentence(speech, model?.score),
    fact: held ? t(words.held) : pair ? t(pair.known ? words.has : words.hasNot) : '',
    curve: likely ? { ...onCurve(logit), label } : null,
    shares: sharesOf(speech, shares, logit, {
      dot: modelRow(settings.model).dot === true,
      sum: likely ? words.logit : words.sum,
    }),
  };
}

/**
 * @param {Speech} speech
 * @param {Record<string, number>} shares
 * @param {number} logit
 * @param {{dot: boolean, sum: import('../../parts/speech.js').Word}} names  dot: GMF's part is a dot product
 * @returns {Share[]}
 */
function sharesOf(speech, shares, logit, { dot, sum }) {
  const parts = PARTS.filter(([key]) => shares[key] !== undefined).map(([key, name]) => ({
    key,
    word: words[key === 'gmf' && dot ? 'shareDot' : name],
    share: shares[key],
  }));
  const all = [...parts, { key: 'sum', word: sum, share: logit }];
  const most = Math.max(...all.map(({ share }) => Math.abs(share)), 1e-9);
  return all.map(({ key, word, share }) => ({
    ...{ key, name: speech.t(word), text: signed(share) },
    ...{ negative: share < 0, width: (50 * Math.abs(share)) / most },
  }));
}

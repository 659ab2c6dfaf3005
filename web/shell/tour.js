/** The words of the field in the order in which one meets them, each in the room where it is seen to move. */
import { isShown, mayEnter } from '../parts/fixed.js';
import { words } from './words/tour.js';

/** @typedef {import('../parts/speech.js').Word} Word */
/**
 * @typedef {object} Stop
 * @property {string} room
 * @property {Word} term
 * @property {Word} text  what it is
 * @property {Word} task  what to do there
 */

/** @type {Stop[]} */
export const STOPS = [
  { room: 'data', term: words.matrix, text: words.matrixText, task: words.matrixTask },
  { room: 'map', term: words.embedding, text: words.embeddingText, task: words.embeddingTask },
  { room: 'network', term: words.negative, text: words.negativeText, task: words.negativeTask },
  { room: 'network', term: words.models, text: words.modelsText, task: words.modelsTask },
  { room: 'learn', term: words.loss, text: words.lossText, task: words.lossTask },
  { room: 'evaluation', term: words.hr, text: words.hrText, task: words.hrTask },
  { room: 'evaluation', term: words.ndcg, text: words.ndcgText, task: words.ndcgTask },
  { room: 'race', term: words.itemPop, text: words.itemPopText, task: words.itemPopTask },
  { room: 'you', term: words.you, text: words.youText, task: words.youTask },
];

/**
 * The stops whose rooms the instructor left; none where there is to be no tour.
 * @param {Pick<import('./state.js').State, 'policy' | 'rooms'>} state
 */
export const stopsOf = (state) => (isShown(state, 'tour') ? STOPS.filter(({ room }) => mayEnter(state, room)) : []);

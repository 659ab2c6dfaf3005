/** How somebody's list changed: against the list before a like, or that of an epoch ago. */
import { briefTitle, count } from '../../parts/format.js';
import { epochsDone } from '../../parts/readings.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/**
 * @typedef {object} Course
 * @property {State['films'] | undefined} films  undefined: nothing has been seen yet
 * @property {State['model'] | undefined} model
 * @property {number[]} likes
 * @property {number} epoch
 * @property {number[]} shown          the list that is shown
 * @property {number[] | null} before  the one that it is compared with
 * @property {string} cause            what came between the two, in words
 * @property {boolean} answering       the next list is the first after a like, and says so
 */

/** @type {Course} */
export const noCourse = {
  ...{ films: undefined, model: undefined, likes: [], epoch: 0 },
  ...{ shown: [], before: null, cause: '', answering: false },
};

/**
 * How a list differs from the one that it is compared with.
 * @param {number[]} before
 * @param {number[]} now
 * @returns {{moves: (number | 'new')[], gone: number[]}} moves: places that each film rose by
 */
export function compare(before, now) {
  const moves = now.map((item, at) => {
    const place = before.indexOf(item);
    return place < 0 ? /** @type {const} */ ('new') : place - at;
  });
  return { moves, gone: before.filter((item) => !now.includes(item)) };
}

/**
 * The course with what the page now knows.
 * @param {Speech} speech
 * @param {Course} course
 * @param {Pick<State, 'films' | 'model' | 'likes' | 'epochs'>} state
 * @returns {Course}
 */
export function followed({ t }, course, { films, model, likes, epochs }) {
  const { shown } = course;
  const begins = films && films !== course.films;
  const next = { ...course, films, model, likes, epoch: epochsDone({ epochs }) };
  if (begins || model !== course.model) next.before = null;
  const liked = begins ? likes : course.likes;
  const added = likes.find((item) => !liked.includes(item));
  const item = added ?? liked.find((one) => !likes.includes(one));
  const last = shown.length > 0 ? shown : null;
  if (films && item !== undefined) {
    next.before = liked.length > 0 && likes.length > 0 ? last : null;
    next.cause = t(added === undefined ? words.without : words.with, { title: briefTitle(films.titles[item]) });
    next.answering = true;
  } else if (model === course.model && next.epoch !== course.epoch) {
    // Of another model the list before tells nothing of an epoch.
    next.before = last;
    next.cause = t(words.epoch, { epoch: count(Math.max(0, next.epoch - 1)) });
  }
  return next;
}

/** The course once a list is shown. @param {Course} course @param {number[]} shown @returns {Course} */
export const listed = (course, shown) => ({ ...course, shown, answering: false });

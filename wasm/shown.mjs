// What a user has and which films may be shown to them: decided here for lists, evaluation, maps and measures, in the page
// and in the command alike. What a model learns from tells it:
//
// - One that ranks films learns from a split. The user has what is in train. The film held out for the test may be shown and is
//   marked: to bring it up is what the model is tested for. The one held out for validation is left out, as it is of the
//   test's full ranking, so that a film's place on a list is its rank there.
// - One that predicts ratings learns from a part of the ratings. The user has all that they rated, whatever part it is in, and
//   nothing is marked.

/** @typedef {import('./core/split.mjs').Split} Split */
/** @typedef {import('./core/holdout.mjs').Holdout} Holdout */
/** @typedef {import('./core/evaluator.mjs').Evaluator} Evaluator */
/** What a model learns from. @typedef {Split | Holdout} Source */

/**
 * The films that a user has.
 * @param {Source} source
 * @param {number} user
 * @returns {Uint32Array}  ascending, each once
 */
export function filmsOf(source, user) {
  if (source.task === 'ranking') return source.trainItems(user);
  return Uint32Array.from(new Set(source.dataset.history(user).map(({ item }) => item))).sort();
}

/**
 * The films that are not shown to a user.
 * @param {Source} source
 * @param {number} user
 * @returns {Uint32Array}  ascending, each once
 */
export function notShown(source, user) {
  const films = filmsOf(source, user);
  const validation = source.task === 'ranking' ? source.validationItem(user) : -1;
  return validation < 0 ? films : Uint32Array.of(...films, validation).sort();
}

/**
 * The films that may be shown to a user: of those that there are to choose from, all but these.
 * @param {Source} source
 * @param {number} user
 * @returns {Uint32Array}  ascending
 */
export function mayBeShown(source, user) {
  const there = source.task === 'ranking' ? source.choices() : new Uint8Array(source.dataset.items).fill(1);
  for (const item of notShown(source, user)) there[item] = 0;
  return Uint32Array.from(there.keys()).filter((item) => there[item]);
}

/**
 * Whether a user has a film.
 * @param {Source} source
 * @param {number} user
 * @param {number} item
 */
export const userHas = (source, user, item) => filmsOf(source, user).includes(item);

/**
 * The film of a user that is hidden from the model for the test and may be shown; -1 where there is none.
 * @param {Source} source
 * @param {number} user
 */
export const heldOutOf = (source, user) => (source.task === 'ranking' ? source.testItem(user) : -1);

/**
 * The k films with the highest scores that may be shown to a user, best first.
 * @param {Evaluator} view  with the weights of its last start()
 * @param {number} user
 * @param {number} k
 * @returns {{item: number, score: number, heldOut: boolean}[]}
 */
export function suggestions(view, user, k) {
  const held = heldOutOf(view.model.source, user);
  return view.recommend(user, k).map((each) => ({ ...each, heldOut: each.item === held }));
}

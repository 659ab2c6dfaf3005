// What a user has and which films may be shown to them: decided here for lists, evaluation, maps and measures, in the page
// and in the command alike. A run's split tells it:
//
// - Of a model that ranks films, the user has what is in train. The film held out for the test may be shown and is marked: to
//   bring it up is what the model is tested for. The one held out for validation is left out, as it is of the test's full
//   ranking, so that a film's place on a list is its rank there.
// - Of a model that predicts ratings the split holds nothing out (tasks.mjs): the user has all that they rated, whatever part
//   of the ratings it is in, and nothing is marked.

/** @typedef {import('./split.mjs').Split} Split */
/** @typedef {import('./evaluator.mjs').Evaluator} Evaluator */

/**
 * The films that a user has.
 * @param {Split} split
 * @param {number} user
 * @returns {Uint32Array}  ascending, each once
 */
export const filmsOf = (split, user) => split.trainItems(user);

/**
 * Whether a user has a film.
 * @param {Split} split
 * @param {number} user
 * @param {number} item
 */
export const userHas = (split, user, item) => filmsOf(split, user).includes(item);

/**
 * The films that are not shown to a user.
 * @param {Split} split
 * @param {number} user
 * @returns {Uint32Array}  ascending, each once
 */
export function notShown(split, user) {
  const films = filmsOf(split, user);
  const validation = split.validationItem(user);
  return validation < 0 ? films : Uint32Array.of(...films, validation).sort();
}

/**
 * The films that may be shown to a user: of those that there are to choose from, all but these.
 * @param {Split} split
 * @param {number} user
 * @returns {Uint32Array}  ascending
 */
export function mayBeShown(split, user) {
  const there = split.choices();
  for (const item of notShown(split, user)) there[item] = 0;
  return Uint32Array.from(there.keys()).filter((item) => there[item]);
}

/**
 * The k films with the highest scores that may be shown to a user, best first.
 * @param {Evaluator} view  with the weights of its last start()
 * @param {number} user
 * @param {number} k
 * @returns {{item: number, score: number, heldOut: boolean}[]}
 */
export function suggestions(view, user, k) {
  const held = view.split.testItem(user);
  return view.recommend(user, k).map((each) => ({ ...each, heldOut: each.item === held }));
}

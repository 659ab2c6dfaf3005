/**
 * The films of the model in two dimensions, and who looks at them.
 *
 * | map | users: boolean, user, likes: number[] | {available: true, places, explained: [a, b], users, user, likes, exact}: Float32Array of x and y of each film, of each user where `users` is true, else null, and [x, y] of the one `user` and of somebody new who `likes` these films, null where there is none; exact: the embeddings have two numbers and these are the places. {available: false}: the model has no embeddings |
 * | neighbours | item, k | [{item, similarity}], by cosine in all dimensions of the embeddings |
 *
 * Where a user stands: in the middle of the HOME films that the model would show them first. Models lay their users out in
 * spaces of their own (MLP's s_u is not even compared with t_i), but each of them ranks films, so this holds for all.
 */
import { FilmMap, NewUser, hasMap } from '../../wasm/core.mjs';
import { cannotGuess } from './guest.js';
import { breathe, needHealthy, session } from './session.js';

/** @typedef {import('../../wasm/core.mjs').Run} Run */

/** Films that a user stands in the middle of. */
const HOME = 20;
const SLICE_MS = 12;
/** Steps of a map in a call: some 2 ms where embeddings have 64 numbers. */
const STEPS = 400;

/** The present run's, each turned to the one before. @type {{run: Run, map: FilmMap} | null} */
let kept = null;
/** One map at a time. @type {Promise<unknown>} */
let line = Promise.resolve();

/**
 * Waits for its turn, whatever became of those before.
 * @template T
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
function queue(work) {
  const turn = line.then(work, work);
  line = turn.catch(() => {});
  return turn;
}

/** Begins a map of the run's present weights. @param {Run} run */
function begin(run) {
  const model = run.present();
  if (kept?.run === run) kept.map.take(model);
  else {
    kept?.map.free();
    kept = null;
    kept = { run, map: new FilmMap(model) };
  }
  return kept.map;
}

/**
 * Calls `work` again and again until it is done, answering messages in between; false where the run was replaced meanwhile.
 * @param {Run} run
 * @param {() => boolean} work  true where there is nothing left
 */
async function inSlices(run, work) {
  for (;;) {
    const end = performance.now() + SLICE_MS;
    while (performance.now() < end) if (work()) return true;
    await breathe();
    if (session.run !== run) return false;
  }
}

/**
 * The middle of films.
 * @param {Float32Array} places
 * @param {{item: number}[]} films
 * @returns {[number, number]}
 */
function middle(places, films) {
  let [x, y] = [0, 0];
  for (const { item } of films) {
    x += places[2 * item] / films.length;
    y += places[2 * item + 1] / films.length;
  }
  return [x, y];
}

/**
 * @param {Run} run
 * @param {Float32Array} places
 * @param {number[]} likes
 */
function guestPlace(run, places, likes) {
  if (likes.length === 0 || cannotGuess(run)) return null;
  const guest = new NewUser(run.view());
  try {
    return middle(places, guest.recommend(likes, HOME, { reasons: 0 }));
  } finally {
    guest.free();
  }
}

/** @param {{users: boolean, user: number, likes: number[]}} message */
async function map({ users: all, user, likes }) {
  for (;;) {
    const { run, dataset } = needHealthy();
    if (!hasMap(run.settings)) return { available: false };
    const films = begin(run);
    if (!(await inSlices(run, () => films.run(STEPS)))) continue;
    const places = films.places();
    const place = (/** @type {number} */ one) => middle(places, run.view().recommend(one, HOME));
    let done = 0;
    const users = all ? new Float32Array(2 * dataset.users) : null;
    const step = () => {
      if (!users || done === dataset.users) return true;
      users.set(place(done), 2 * done);
      done++;
      return false;
    };
    if (!(await inSlices(run, step))) continue;
    return {
      available: true,
      places,
      explained: films.explained(),
      users,
      user: user >= 0 && user < dataset.users ? place(user) : null,
      likes: guestPlace(run, places, likes),
      exact: films.width === 2,
    };
  }
}

/** @param {{item: number, k: number}} message */
function neighbours({ item, k }) {
  const { run } = needHealthy();
  return hasMap(run.settings) ? begin(run).neighbours(item, k) : [];
}

export const handlers = {
  map: (/** @type {Parameters<typeof map>[0]} */ message) => queue(() => map(message)),
  neighbours: (/** @type {Parameters<typeof neighbours>[0]} */ message) => queue(() => neighbours(message)),
};

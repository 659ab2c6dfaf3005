/**
 * The films of the model in two dimensions, and who stands where among them.
 *
 * Where a user stands: in the middle of the HOME films that the model would show them first. Models lay their users out in
 * spaces of their own (MLP's s_u is not even compared with t_i), but each of them ranks films, so this holds for all.
 */
import { FilmMap, NewUser, hasMap } from '../../../wasm/core.mjs';
import { cannotGuess } from '../../worker/guest.js';
import { breathe, needHealthy, session } from '../../worker/session.js';

/** @typedef {import('../../../wasm/lab/run.mjs').Run} Run */

/** Films that a user stands in the middle of. */
const HOME = 20;
const SLICE_MS = 12;
/** Steps of a map in a call: some 2 ms where embeddings have 64 numbers. */
const STEPS = 400;

/** The present run's, each turned to the one before. @type {{run: Run, map: FilmMap, places: Float32Array | null} | null} */
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
    kept = { run, map: new FilmMap(model), places: null };
  }
  return kept;
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

/** @type {import('../../worker/protocol.js').Handlers['map']} */
async function map({ user, likes }) {
  for (;;) {
    const { run, dataset } = needHealthy();
    if (!hasMap(run.settings)) return { available: false };
    const films = begin(run);
    if (!(await inSlices(run, () => films.map.run(STEPS)))) continue;
    const places = films.map.places();
    films.places = places;
    const known = user >= 0 && user < dataset.users;
    return {
      available: true,
      places,
      explained: films.map.explained(),
      width: films.map.width,
      user: known ? middle(places, run.view().recommend(user, HOME)) : null,
      likes: guestPlace(run, places, likes),
    };
  }
}

/** @type {import('../../worker/protocol.js').Handlers['crowd']} */
async function crowd() {
  const { run, dataset } = needHealthy();
  const places = kept?.run === run ? kept.places : null;
  if (!places) return { users: null };
  const users = new Float32Array(2 * dataset.users);
  let done = 0;
  // The weights may change meanwhile: each user is placed by those that there are.
  const step = () => {
    users.set(middle(places, run.view().recommend(done, HOME)), 2 * done);
    return ++done === dataset.users;
  };
  return { users: (await inSlices(run, step)) ? users : null };
}

/** @type {import('../../worker/protocol.js').Handlers['neighbours']} */
function neighbours({ item, k }) {
  const { run } = needHealthy();
  return hasMap(run.settings) ? begin(run).map.neighbours(item, k) : [];
}

export const handlers = {
  crowd,
  map: (/** @type {import('../../worker/protocol.js').In<'map'>} */ message) => queue(() => map(message)),
  neighbours: (/** @type {import('../../worker/protocol.js').In<'neighbours'>} */ message) =>
    queue(() => neighbours(message)),
};

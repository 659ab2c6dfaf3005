/** What the evaluation looks at: one user's held-out film among its candidates, and the ranks of all users. */
import { Evaluator, mayBeShown } from '../../../wasm/core.mjs';
import { gainOf, hitOf } from '../../../wasm/lab/stats/ranks.mjs';
import { modelRow } from '../../../wasm/settings/models.mjs';
import { breathe, isSolved, need, session } from '../../worker/session.js';
import { Fault, fault } from '../../../wasm/words/fault.mjs';

/** @typedef {import('../../../wasm/lab/run.mjs').Run} Run */
/** @typedef {import('../../../wasm/core.mjs').Model} Model */

/** Of the full ranking: films shown from the first, and on either side of the held-out one. */
const FIRST = 20;
const AROUND = 5;

const SLICE_MS = 10;

function needRanking() {
  const all = need();
  if (modelRow(all.run.settings.model).task === 'rating') throw new Fault(fault('noRanks'));
  return all;
}

/**
 * The films that a user's held-out one is ranked among, itself included.
 * @param {Run} run
 * @param {number} user
 * @param {boolean} full
 */
function candidatesOf({ split }, user, full) {
  return full ? mayBeShown(split, user) : Uint32Array.of(...split.testNegatives(user), split.testItem(user));
}

/**
 * The best first; what is not a number never wins.
 * @param {Uint32Array} items
 * @param {Float32Array} scores
 */
function sortByScore(items, scores) {
  const worth = scores.map((score) => (Number.isNaN(score) ? -Infinity : score));
  return items.sort((a, b) => (worth[a] === worth[b] ? a - b : worth[b] - worth[a]));
}

/** @type {import('../../worker/protocol.js').Handlers['candidates']} */
function candidates({ user, full }) {
  const { dataset, run } = needRanking();
  const held = run.split.testItem(user);
  const film = (/** @type {number} */ item) => {
    const { title, year } = dataset.film(item);
    return { item, title, year };
  };
  if (!isSolved(run)) return { ready: false, heldOut: held < 0 ? null : film(held), candidates: [], history: [] };
  const view = run.view();
  const rank = view.rank(user, full);
  if (!rank) return { ready: true, heldOut: null, candidates: [], history: [] };
  const scores = view.scores(user);
  const order = [...sortByScore(candidatesOf(run, user, full), scores)];
  // Among its equals it stands in the middle.
  const place = rank.greater + Math.ceil(rank.equal / 2);
  order.splice(order.indexOf(held), 1);
  order.splice(place, 0, held);
  const near = [...order.keys()].filter((at) => !full || at < FIRST || Math.abs(at - place) <= AROUND);
  return {
    ready: true,
    heldOut: film(held),
    rank: rank.greater + rank.equal / 2,
    equal: rank.equal,
    hit: hitOf(rank, 10),
    ndcg: gainOf(rank, 10),
    total: rank.candidates,
    candidates: near.map((at) => {
      const item = order[at];
      return { ...film(item), score: scores[item], heldOut: item === held, place: at };
    }),
    history: run.ranksOf(user, full),
  };
}

/** @param {Uint32Array} triples  [users, 3]: greater, equal, candidates @param {number} epoch */
function columns(triples, epoch) {
  const all = Uint32Array.from({ length: triples.length / 3 }, (_, user) => user);
  const users = all.filter((user) => triples[3 * user + 2] > 0);
  const read = (/** @type {number} */ part) => Uint32Array.from(users, (user) => triples[3 * user + part]);
  const [greater, equal, total] = [read(0), read(1), read(2)];
  const ranks = Float32Array.from(greater, (above, n) => above + equal[n] / 2);
  return { ranks, equal, users, candidates: total, epoch };
}

/**
 * The present weights where training leaves them alone.
 * @param {Run} run
 * @returns {{model: Model, own: boolean}}  own: to be freed
 */
function stillModel(run) {
  // What is solved once or not at all does not move any more, and may be large.
  if (!run.trainer || run.trainer.once) return { model: run.model, own: false };
  const from = run.present();
  const model = run.task.createModel(run.settings);
  from.tensors.forEach((tensor, n) => model.setValues(model.tensors[n], from.values(tensor)));
  return { model, own: true };
}

/** The epoch that the weights are of, the whole ones that is. @param {Run} run */
const epochOf = (run) => (run.last && run.bestOnValidation()?.epoch) ?? run.epoch;

/** The question under way in `ranks`: a later one takes its place. */
let asked = 0;

/** @type {import('../../worker/protocol.js').Handlers['ranks']} */
async function ranks({ full, fresh = false }) {
  const { run } = needRanking();
  if (!isSolved(run)) throw new Fault(fault('noRanksYet'));
  const mine = ++asked;
  const epoch = epochOf(run);
  const logged = run.rankLogs.get(full ? 'full' : 'sampled')?.latest;
  if (logged?.epoch === epoch && !fresh) return columns(logged.triples, epoch);

  const { model, own } = stillModel(run);
  /** @type {Evaluator | null} */
  let evaluator = null;
  try {
    evaluator = new Evaluator(model, run.split, false);
    evaluator.start();
    for (let done = false; !done;) {
      const start = performance.now();
      while (!done && performance.now() - start < SLICE_MS) done = evaluator.run(full, 1);
      await breathe();
      // With the model its split may be gone.
      if (mine !== asked || session.run !== run) return null;
    }
    return columns(evaluator.rankTriples(full), epoch);
  } finally {
    evaluator?.free();
    if (own) model.free();
  }
}

export const handlers = { candidates, ranks };

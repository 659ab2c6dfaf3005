/**
 * What the room shows of the present state: why there is no ranking, else one user's test, and what there is of all users.
 * Plain values.
 */
import { metric, ordinal, scoreSentence, shortName, testNumbers } from '../../parts/format.js';
import { epochOfWeights, epochsDone, epochsToDo, predictsRatings } from '../../parts/readings.js';
import { curvesOf } from './bins.js';
import { titled } from './rungs.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Ranked} Ranked */
/** @typedef {import('../../worker/protocol.js').Ranks} Ranks */
/** What the worker told of a user; within: how far the weights were, in epochs. @typedef {{test: import('../../worker/protocol.js').Candidates, user: number, within: number}} Answer */

/** Whether the run itself evaluates so: among all films, or among random ones. @param {State} state @param {boolean} full */
export const evaluates = ({ settings }, full) => settings.eval !== (full ? 'sampled' : 'full');

/** @param {State} state */
export const hasRanking = (state) => state.model !== null && !predictsRatings(state) && state.phase !== 'diverged';

/** How far the weights are, in epochs. @param {Pick<State, 'progress' | 'epochs'>} state */
export function within({ progress, epochs }) {
  const done = epochsDone({ epochs });
  return progress && progress.epoch > done ? progress.epoch - 1 + progress.share : done;
}

/**
 * Why there is no ranking to look at, '' where there is; gone: nothing else is shown.
 * @param {Speech} speech
 * @param {State} state
 * @param {Answer | null} answer
 */
export function obstacle(speech, state, answer) {
  const why = whyNone(speech, state);
  if (why) return { why, gone: true };
  const alone = answer && answer.user === state.user && answer.test.ready && !answer.test.heldOut;
  return { why: alone ? speech.t(words.alone) : '', gone: false };
}

/** @param {Speech} speech @param {State} state */
function whyNone(speech, state) {
  const { t } = speech;
  const { phase, settings, model } = state;
  if (!model) return t(words.waiting);
  if (predictsRatings(state)) {
    const errors = epochOfWeights(state)?.metrics.errors;
    const sentence = t(words.ratings, { model: shortName(speech, settings.model) });
    return errors ? `${sentence} ${t(words.errors, { rmse: metric(errors.rmse), mae: metric(errors.mae) })}` : sentence;
  }
  if (phase === 'diverged') return t(words.diverged);
  return model.once && epochsDone(state) === 0 && state.epochs.length === 0 ? t(words.unsolved) : '';
}

/**
 * What the user's test is, and, where it is told, what came of it.
 * @param {Speech} speech
 * @param {State} state
 * @param {boolean} full  among all films
 * @param {Answer | null} answer
 */
export function testOf(speech, state, full, answer) {
  const hindered = obstacle(speech, state, answer);
  const test = hindered.why ? undefined : answer?.test;
  return {
    ...hindered,
    lesson: speech.t(full ? words.lessonFull : words.lesson, testNumbers(state.model)),
    told:
      answer && test?.rank !== undefined
        ? {
            verdict: verdictOf(speech, { ...state, user: answer.user }, full, test),
            scores: scoreSentence(speech, state.model?.score),
            candidates: test.candidates,
            history: historyOf(state, test, answer.within),
          }
        : null,
  };
}

/**
 * Where the held-out film stands among its candidates, and what it counts for; gauges: numbers with their notes.
 * @param {Speech} speech
 * @param {State} state
 * @param {boolean} full
 * @param {Ranked} test
 */
export function verdictOf(speech, state, full, { heldOut, rank, equal, hit, ndcg, total }) {
  const { t } = speech;
  const place = Math.round(rank + 1);
  const tied = hit > 0 && equal > 0 && t(words.tied, { equal });
  return {
    heldOut: t(words.heldOut, { id: String(state.users?.ids[state.user] ?? '') }),
    film: titled(heldOut),
    gauges: [
      [ordinal(speech, place), t(words.of, { total })],
      [Number.isInteger(hit) ? String(hit) : hit.toFixed(2), tied || t(hit > 0 ? words.hit : words.miss)],
      ndcg > 0 ? [metric(ndcg), tied || t(words.formula, { place })] : ['0', t(words.nothing)],
    ],
    hit: hit > 0,
    means: meansOf(speech, state, full),
  };
}

/** What all users' tests come to. @param {Speech} speech @param {State} state @param {boolean} full */
function meansOf({ t }, state, full) {
  const { model, loaded } = state;
  if (epochsDone(state) === 0 && model && !loaded && model.batches > 0) return t(words.untrained);
  const epoch = epochOfWeights(state);
  const shown = epoch?.metrics[full ? 'full' : 'sampled'];
  if (!epoch || !shown) return '';
  const [hr, ndcg] = [metric(shown.hr), metric(shown.ndcg)];
  return t(words.means, { users: shown.users ?? 0, epoch: epoch.epoch, hr, ndcg });
}

/**
 * The rank over the epochs, and that of now where it is of none of them yet.
 * @param {State} state
 * @param {Ranked} test
 * @param {number} x  how far the weights were
 * @returns {import('./curves.js').History}
 */
function historyOf(state, { history, rank, total }, x) {
  const running = x > (history.at(-1)?.epoch ?? Infinity) ? { x, y: rank + 1 } : null;
  const ranks = history.map((each) => ({ epoch: each.epoch, rank: each.rank + 1 }));
  return { history: ranks, total, epochs: epochsToDo(state), running };
}

/**
 * What is said of all users; asked: their ranks are not made by the run, only where one asks for them.
 * @param {Speech} speech
 * @param {State} state
 * @param {boolean} full
 * @param {boolean} ranking  they are being made
 */
export const everybodyOf = ({ t }, state, full, ranking) => ({
  lesson: t(full ? words.allLessonFull : words.allLesson),
  asked: full && !evaluates(state, true),
  button: t(words.rankAll, { users: state.model?.test?.users ?? 0 }),
  note: t(ranking ? words.ranking : words.rankAllWhy),
});

/**
 * The curves at every cut, beside what the model has to beat; note: what is missing, '' for nothing.
 * @param {Speech} speech
 * @param {import('../../worker/protocol.js').Model} model
 * @param {boolean} full
 * @param {boolean} own  the run evaluates so
 * @param {Ranks | null} ranks
 * @returns {{note: string, cuts: import('./curves.js').Cuts | null}}
 */
export function cutsOf(speech, { baseline, settings }, full, own, ranks) {
  const { t } = speech;
  if (!ranks) return { note: t(words.cutsNone), cuts: null };
  const itself = baseline.model === settings.model;
  const toBeat = itself ? undefined : baseline.metrics[full ? 'full' : 'sampled'];
  const baselineName = shortName(speech, baseline.model);
  const { candidates } = ranks;
  return {
    note: own || itself ? '' : t(words.noBaseline, { baseline: baselineName }),
    cuts: {
      model: curvesOf(ranks),
      baseline: toBeat?.hrCurve && toBeat.ndcgCurve ? { hr: toBeat.hrCurve, ndcg: toBeat.ndcgCurve } : null,
      baselineName,
      candidates: candidates.reduce((sum, each) => sum + each, 0) / candidates.length,
    },
  };
}

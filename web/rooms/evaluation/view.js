/**
 * The room where the evaluation is seen: one user's held-out film among its candidates, the ranks of all users, and the
 * metrics at every cut. It follows the weights as they change.
 */
import { metric, scoreSentence, shortName, testNumbers } from '../../parts/format.js';
import { messageOf } from '../../parts/notices.js';
import { latest } from '../../parts/latest.js';
import { paced } from '../../parts/paced.js';
import { epochOfWeights, epochsDone, epochsToDo, predictsRatings } from '../../parts/readings.js';
import { words } from './words.js';
import { h, setAttribute, setText, watch } from '../../parts/dom.js';
import { createCuts, createHistory } from './curves.js';
import { createLadder } from './ladder.js';
import { curvesOf } from './bins.js';
import { createUsers } from './users.js';
import { createVerdict } from './verdict.js';
import { createPicker } from '../../parts/picker.js';
import { createSegments } from '../../parts/segments.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Ranks} Ranks */
/** @typedef {import('../../worker/protocol.js').Candidates} Test */
/** @typedef {{sampled: boolean, full: boolean}} Kinds */

/** Between two questions about the weights while these change, in ms. */
const EVERY = 250;

/** What the run's own evaluation ranks among. @param {State} state @returns {Kinds} */
const evaluated = ({ settings }) => ({ sampled: settings.eval !== 'full', full: settings.eval !== 'sampled' });

/** @param {State} state */
const runOf = ({ run }) => run;

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 * @returns {import('../../lab.js').View}
 */
export function createEvaluation(speech, host, actions) {
  const { t } = speech;
  /** @type {State | null} */
  let state = null;
  let full = false;
  /** @type {{test: Test, user: number, full: boolean, within: number} | null} */
  let answer = null;
  /** @type {{ranks: Ranks, full: boolean, run: unknown} | null} */
  let all = null;
  let rankingAll = false;

  const pickerHost = h('div', { class: 'picker' });
  const picker = createPicker(speech, pickerHost, actions);
  const lesson = h('p', { class: 'lesson' });
  const among = createSegments({
    label: t(words.among),
    shown: true,
    options: [
      { value: 'sampled', name: t(words.sampled) },
      { value: 'full', name: t(words.full) },
    ],
    choose: (value) => choose(value === 'full'),
  });
  const why = h('p', { class: 'why' });
  const verdict = createVerdict(speech);
  const ladderHost = h('section', { class: 'candidates', 'aria-label': t(words.candidates) });
  const historyHost = h('section', { class: 'history', 'aria-label': t(words.history) }, h('h3', {}, t(words.history)));
  const historyNote = h('p', { class: 'hint', hidden: true }, t(words.historyNone));
  const usersHost = h(
    'section',
    { class: 'all-users', 'aria-label': t(words.allUsers) },
    h('h2', {}, t(words.allUsers)),
  );
  const usersLesson = h('p', { class: 'lesson' });
  const rankAll = h('button', { type: 'button', hidden: true, onclick: () => void rankEverybody() });
  const rankAllNote = h('p', { class: 'hint', hidden: true });
  const cutsHost = h('section', { class: 'cuts', 'aria-label': t(words.cuts) }, h('h2', {}, t(words.cuts)));
  const cutsNote = h('p', { class: 'hint', hidden: true });

  const body = h(
    'div',
    { class: 'evaluation-body' },
    h('div', { class: 'evaluation-side' }, verdict.node, ladderHost),
    h('div', { class: 'evaluation-side' }, historyHost, usersHost, cutsHost),
  );
  const test = h(
    'section',
    { class: 'test', 'aria-label': t(words.test) },
    h('div', { class: 'people-head' }, h('h2', {}, t(words.test)), pickerHost),
    lesson,
    among.node,
  );
  const room = h('div', { class: 'evaluation' }, test, why, body);
  host.append(room);

  const scoreNote = h('p', { class: 'hint' });
  ladderHost.append(scoreNote);
  const ladder = createLadder(speech, ladderHost, actions);
  const history = createHistory(speech, historyHost);
  historyHost.append(historyNote);
  usersHost.append(usersLesson, h('div', { class: 'rank-all' }, rankAll, rankAllNote));
  const users = createUsers(speech, usersHost, actions);
  cutsHost.append(h('p', { class: 'lesson' }, t(words.cutsLesson)));
  const cuts = createCuts(speech, cutsHost);
  cutsHost.append(cutsNote);

  const wishTest = latest(askTest, (told) => told && takeTest(told), fail);
  const wishRanks = latest(askRanks, takeRanks, fail);
  const pace = paced(wishTest, () => EVERY);

  const weightsMoved = watch();
  const epochEnded = watch();
  const rewritten = watch();
  const themed = watch();
  const redrawn = watch();

  /** Why there is no ranking to look at; '' where there is. @param {State} now */
  function obstacle(now) {
    const { phase, settings, model } = now;
    if (!model) return t(words.waiting);
    if (predictsRatings(now)) {
      const errors = epochOfWeights(now)?.metrics.errors;
      const sentence = t(words.ratings, { model: shortName(speech, settings.model) });
      return errors
        ? `${sentence} ${t(words.errors, { rmse: metric(errors.rmse), mae: metric(errors.mae) })}`
        : sentence;
    }
    if (phase === 'diverged') return t(words.diverged);
    if (model.once && epochsDone(now) === 0 && now.epochs.length === 0) return t(words.unsolved);
    if (answer && answer.user === now.user && answer.test.ready && !answer.test.heldOut) return t(words.alone);
    return '';
  }

  const hasRanking = () => state?.model && !predictsRatings(state) && state.phase !== 'diverged';

  function askTest() {
    if (!state || !hasRanking()) return null;
    const { user } = state;
    const asked = { user, full, within: within(state), run: runOf(state) };
    return actions.ask('candidates', { user, full }).then((told) => ({ ...asked, test: told }));
  }

  /** @param {{test: Test, user: number, full: boolean, within: number, run: unknown}} told */
  function takeTest(told) {
    if (!state || told.user !== state.user || told.full !== full || told.run !== runOf(state)) return;
    answer = told;
    write(state);
  }

  /** The run's own ranks of the last epoch; those among all films only where they are its own, too. */
  function askRanks() {
    if (!state || !hasRanking() || state.epochs.length === 0) return null;
    if (full && !evaluated(state).full) return null;
    return question(false);
  }

  /** @param {boolean} fresh */
  function question(fresh) {
    const asked = { full, run: state && runOf(state) };
    return actions.ask('ranks', { full, fresh }).then((ranks) => ({ ...asked, ranks }));
  }

  /** Among all films, with the weights of now: what the run does not do by itself. */
  async function rankEverybody() {
    rankingAll = true;
    writeAll();
    try {
      takeRanks(await question(true));
    } catch (error) {
      fail(/** @type {Error} */ (error));
    } finally {
      rankingAll = false;
      writeAll();
    }
  }

  /** @param {{ranks: Ranks | null, full: boolean, run: unknown}} told */
  function takeRanks({ ranks, ...asked }) {
    if (!ranks || !state || asked.full !== full || asked.run !== runOf(state)) return;
    all = { ranks, ...asked };
    writeAll();
  }

  /** @param {Error} error */
  function fail(error) {
    if (!state || obstacle(state)) return;
    setText(why, t(words.failed, { message: messageOf(speech, error) }));
    why.hidden = false;
  }

  /** @param {boolean} kind */
  function choose(kind) {
    if (kind === full || !state) return;
    full = kind;
    all = null;
    write(state);
    writeAll();
    void wishTest();
    void wishRanks();
  }

  /** How far the weights are, in epochs. @param {State} now */
  function within({ progress, epochs }) {
    const done = epochsDone({ epochs });
    return progress && progress.epoch > done ? progress.epoch - 1 + progress.share : done;
  }

  /** What there is to see, and one user's test. @param {State} now */
  function write(now) {
    const obstructed = obstacle(now);
    setText(why, obstructed);
    why.hidden = obstructed === '';
    const gone = obstructed !== '' && obstructed !== t(words.alone);
    body.hidden = gone;
    setText(lesson, t(full ? words.lessonFull : words.lesson, testNumbers(now.model)));
    setText(usersLesson, t(full ? words.allLessonFull : words.allLesson));
    const told = answer && answer.test.rank !== undefined ? answer.test : null;
    verdict.node.hidden = obstructed !== '' || !told;
    if (!told || verdict.node.hidden) return;
    verdict.update(now, full ? 'full' : 'sampled', told.heldOut, told);
    setText(scoreNote, scoreSentence(speech, now.model?.score));
    ladder.update(told.candidates);
    const points = told.history.map(({ epoch, rank }) => ({ epoch, rank: rank + 1 }));
    const x = answer?.within ?? 0;
    const running = x > (points.at(-1)?.epoch ?? Infinity) ? { x, y: told.rank + 1 } : null;
    history.update({ history: points, total: told.total, epochs: epochsToDo(now), running });
    historyNote.hidden = points.length > 0;
    historyHost.classList.toggle('empty', points.length === 0);
  }

  /** All users and the curves. */
  function writeAll() {
    if (!state?.model || predictsRatings(state)) return;
    const own = evaluated(state)[full ? 'full' : 'sampled'];
    const onlyWhenAsked = full && !own;
    rankAll.hidden = !onlyWhenAsked;
    rankAllNote.hidden = !onlyWhenAsked;
    setAttribute(rankAll, 'disabled', rankingAll);
    setText(rankAll, t(words.rankAll, { users: state.model.test?.users ?? 0 }));
    setText(rankAllNote, t(rankingAll ? words.ranking : words.rankAllWhy));
    if (all && (all.full !== full || all.run !== runOf(state))) all = null;
    usersHost.classList.toggle('empty', !all);
    if (!redrawn(all, onlyWhenAsked, state.model.baseline)) return;
    if (all && state.users) users.update(all.ranks, state.users.ids, onlyWhenAsked);
    writeCuts(state.model, own);
  }

  /** @param {import('../../worker/protocol.js').Model} model @param {boolean} own  whether the run evaluates so */
  function writeCuts({ baseline, settings }, own) {
    const kind = full ? 'full' : 'sampled';
    const toBeat = baseline.model === settings.model ? undefined : baseline.metrics[kind];
    const curves = all && curvesOf(all.ranks);
    cutsHost.classList.toggle('empty', !curves);
    cutsNote.hidden = Boolean(curves) && (own || baseline.model === settings.model);
    const name = shortName(speech, baseline.model);
    setText(cutsNote, curves ? t(words.noBaseline, { baseline: name }) : t(words.cutsNone));
    if (!curves || !all) return;
    cuts.update({
      model: curves,
      baseline: toBeat?.hrCurve && toBeat.ndcgCurve ? { hr: toBeat.hrCurve, ndcg: toBeat.ndcgCurve } : null,
      baselineName: name,
      candidates: all.ranks.candidates.reduce((sum, each) => sum + each, 0) / all.ranks.candidates.length,
    });
  }

  return {
    update(now) {
      state = now;
      picker.update(now);
      users.choose(now.user);
      ladder.choose(now.film);
      if (themed(now.theme)) {
        ladder.recolour();
        history.recolour();
        cuts.recolour();
      }
      if (rewritten(now.user, now.model, now.phase, now.epochs, now.selected, now.settings.model)) {
        write(now);
        writeAll();
      }
      if (weightsMoved(now.weights, now.user, now.model, now.selected)) pace.wish();
      if (epochEnded(now.epochs, now.model, now.selected)) void wishRanks();
    },
    destroy() {
      pace.close();
      picker.destroy();
      ladder.destroy();
      history.destroy();
      cuts.destroy();
      host.replaceChildren();
    },
  };
}

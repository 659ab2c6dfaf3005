/**
 * The room where the evaluation is seen: one user's held-out film among its candidates, the ranks of all users, and the
 * metrics at every cut. It follows the weights as they change.
 */
import { h, setText, watch } from '../../parts/dom.js';
import { messageOf } from '../../parts/notices.js';
import { createEverybody } from './everybody.js';
import { obstacle, testOf } from './present.js';
import { createQuestions } from './questions.js';
import { createTest } from './test.js';
import { words } from './words.js';

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 * @returns {import('../../lab.js').View}
 */
export function createEvaluation(speech, host, actions) {
  const questions = createQuestions(actions.ask, { test: writeTest, ranks: writeAll, fail });
  const test = createTest(speech, actions, questions.choose);
  const everybody = createEverybody(speech, actions, questions.rankEverybody);
  const drawn = [...test.drawn, ...everybody.drawn];
  const why = h('p', { class: 'why' });
  const body = h(
    'div',
    { class: 'evaluation-body' },
    h('div', { class: 'evaluation-side' }, ...test.standing),
    h('div', { class: 'evaluation-side' }, test.history, ...everybody.nodes),
  );
  host.append(h('div', { class: 'evaluation' }, test.node, why, body));

  function writeTest() {
    const { state, full, answer } = questions.seen;
    if (!state) return;
    const now = testOf(speech, state, full, answer);
    setText(why, now.why);
    why.hidden = now.why === '';
    body.hidden = now.gone;
    test.update(now);
  }

  function writeAll() {
    everybody.update(questions.seen, questions.ranks());
  }

  /** @param {Error} error */
  function fail(error) {
    const { state, answer } = questions.seen;
    if (!state || obstacle(speech, state, answer).why) return;
    setText(why, speech.t(words.failed, { message: messageOf(speech, error) }));
    why.hidden = false;
  }

  const weightsMoved = watch();
  const epochEnded = watch();
  const rewritten = watch();
  const themed = watch();

  return {
    update(now) {
      questions.seen.state = now;
      test.choose(now);
      everybody.choose(now.user);
      if (themed(now.theme)) drawn.forEach((plot) => plot.recolour());
      if (rewritten(now.user, now.model, now.phase, now.epochs, now.selected, now.settings.model)) {
        writeTest();
        writeAll();
      }
      if (weightsMoved(now.weights, now.user, now.model, now.selected)) questions.wish();
      if (epochEnded(now.epochs, now.model, now.selected)) void questions.wishRanks();
    },
    destroy() {
      questions.close();
      test.destroy();
      drawn.forEach((plot) => plot.destroy());
      host.replaceChildren();
    },
  };
}

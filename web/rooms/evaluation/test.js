/** One user's test: what it is, the verdict, the ladder of candidates, and the rank over the epochs. */
import { h, setText } from '../../parts/dom.js';
import { pictureMenu } from '../../parts/picture_menu.js';
import { createPicker } from '../../parts/picker.js';
import { createSegments } from '../../parts/segments.js';
import { createHistory } from './curves.js';
import { createLadder } from './ladder.js';
import { createVerdict } from './verdict.js';
import { words } from './words.js';

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {import('../../shell/actions.js').Actions} actions
 * @param {(full: boolean) => void} choose  what it is ranked among
 */
export function createTest(speech, actions, choose) {
  const { t } = speech;
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
  const verdict = createVerdict(speech);
  const scores = h('p', { class: 'hint' });
  const candidates = h('section', { class: 'candidates', 'aria-label': t(words.candidates) }, scores);
  const ladder = createLadder(speech, candidates, actions);
  candidates.append(pictureMenu(speech, candidates, () => t(words.candidates)));
  const over = h('section', { class: 'history', 'aria-label': t(words.history) }, h('h3', {}, t(words.history)));
  const history = createHistory(speech, over);
  const none = h('p', { class: 'hint', hidden: true }, t(words.historyNone));
  over.append(none);

  return {
    node: h(
      'section',
      { class: 'test', 'aria-label': t(words.test) },
      h('div', { class: 'people-head' }, h('h2', {}, t(words.test)), pickerHost),
      lesson,
      among.node,
    ),
    standing: [verdict.node, candidates],
    history: over,
    /** @param {ReturnType<typeof import('./present.js').testOf>} test */
    update({ told, ...test }) {
      setText(lesson, test.lesson);
      verdict.node.hidden = !told;
      if (!told) return;
      verdict.update(told.verdict);
      setText(scores, told.scores);
      ladder.update(told.candidates);
      history.update(told.history);
      none.hidden = told.history.history.length > 0;
      over.classList.toggle('empty', !none.hidden);
    },
    /** @param {import('../../shell/state.js').State} state */
    choose(state) {
      picker.update(state);
      ladder.choose(state.film);
    },
    drawn: [ladder, history],
    destroy: picker.destroy,
  };
}

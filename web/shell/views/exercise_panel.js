/** The panel of an exercise: the task, its goals as they stand, its questions, and the result to be handed in. */
import { MOST_ANSWER, readExercise } from '../../../wasm/lab/exercise.mjs';
import { MOST_NAME, resultFile, writeResult } from '../../../wasm/lab/result.mjs';
import { settings as table } from '../../../wasm/settings/table.mjs';
import { h, setAttribute, setText, uniqueId, watch } from '../../parts/dom.js';
import { settingLabel } from '../../parts/format.js';
import { faultText } from '../../parts/errors.js';
import { messageOf } from '../../parts/notices.js';
import { createHanded } from '../../parts/save.js';
import { exerciseScene, isWrong } from '../exercise_scene.js';
import { words } from '../words/exercise.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/lab/exercise.mjs').Exercise} Exercise */
/** @typedef {import('../../../wasm/lab/exercise.mjs').Goal} Goal */
/** @typedef {Pick<import('../actions.js').Actions, 'answer' | 'sign' | 'result'>} Actions */
/** @typedef {import('../state.js').State} State */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {string} text of the exercise
 * @param {Actions} actions
 * @returns {import('../views.js').View}
 */
export function createPanel(speech, host, text, actions) {
  const { t } = speech;
  try {
    return createParts(speech, host, readExercise(text), actions);
  } catch (error) {
    host.append(
      h('p', { class: 'exercise-broken', role: 'alert' }, t(words.broken, { message: messageOf(speech, error) })),
    );
    return { update() {}, destroy() {} };
  }
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Exercise} exercise
 * @param {Actions} actions
 */
function createParts(speech, host, exercise, actions) {
  const { t } = speech;
  const far = h('span', { class: 'exercise-far' });
  const spoken = h('p', { class: 'hidden', role: 'status' });
  const goals = exercise.goals.map((goal) => createGoal(speech, goal));
  const questions = exercise.questions.map((question, n) =>
    createQuestion(speech, question, (answer) => actions.answer(n, answer)),
  );
  const id = uniqueId('name');
  const name = h('input', {
    id,
    type: 'text',
    maxlength: MOST_NAME,
    autocomplete: 'name',
    oninput: () => actions.sign(name.value),
  });
  const handIn = createHandIn(speech, actions);
  const fold = h(
    'details',
    { class: 'fold', open: true },
    h('summary', {}, h('h2', {}, t(words.title)), far),
    exercise.task && h('p', { class: 'exercise-task' }, exercise.task),
    goals.length > 0 && h('h3', { class: 'hidden' }, t(words.goals)),
    goals.length > 0 && h('ul', { class: 'exercise-goals' }, ...goals.map(({ node }) => node)),
    goals.length > 0 && h('p', { class: 'hint' }, t(words.standing)),
    ...questions.map(({ node }) => node),
    h('div', { class: 'exercise-field' }, h('label', { for: id }, t(words.name)), name),
    ...handIn.nodes,
  );
  host.append(fold, spoken);

  const moved = watch();
  let begun = false;
  return {
    /** @param {State} state */
    update(state) {
      // In a box the rest of the lab comes first.
      if (!begun) fold.open = state.layout !== 'compact';
      begun = true;
      const { model, settings, epochs, selected, loaded, shipped, handIn: handed } = state;
      if (!moved(model, settings, epochs, selected, loaded, shipped, handed)) return;
      const { judgement, done, of, bar } = exerciseScene(state, exercise);
      judgement.goals.forEach((goal, n) => goals[n].update(goal));
      questions.forEach((question, n) => question.update(handed.answers[n] ?? ''));
      if (name.value !== handed.name) name.value = handed.name;
      setText(far, of > 0 ? t(words.far, { done, of }) : '');
      const said = t(words.farText, { done, of });
      setText(spoken, of === 0 ? '' : judgement.reached && !bar ? `${said} ${t(words.all)}` : said);
      handIn.update(bar);
    },
    destroy() {},
  };
}

/** @type {Record<string, string>} */
const signs = { '>=': '≥', '<=': '≤', '>': '>', '<': '<' };

/** What a goal is of, as the page calls it elsewhere. @param {Speech} speech @param {string} of @returns {string} */
function quantityText(speech, of) {
  const { t } = speech;
  if (of === 'epochs') return t(words.epochs);
  if (of === 'parameters') return t(words.parameters);
  const [measure, kind] = of.split(' ').reverse();
  const setting = table.find(({ option }) => option === measure);
  if (setting) return settingLabel(speech, setting);
  const label = measure.toUpperCase();
  if (kind === 'full') return t(words.full, { measure: label });
  return kind === 'sampled' ? t(words.sampled, { measure: label }) : label;
}

const whole = new Intl.NumberFormat('en');
/** @param {number} value */
const plain = (value) => (Number.isInteger(value) ? whole.format(value) : String(value));
/** What was found, in four digits like all measures. @param {number} value */
const found = (value) => (Number.isInteger(value) ? whole.format(value) : String(Number(value.toPrecision(4))));

/** @param {Speech} speech @param {Goal} goal */
function createGoal(speech, goal) {
  const { t } = speech;
  const sign = h('span', { class: 'exercise-sign', 'aria-hidden': 'true' });
  const state = h('span', { class: 'hidden' });
  const now = h('span', { class: 'exercise-now' });
  const asked = `${quantityText(speech, goal.of)} ${signs[goal.bound]} ${plain(goal.value)}`;
  const node = h('li', {}, sign, state, ' ', h('span', {}, asked), ' ', now);
  return {
    node,
    /** @param {import('../../../wasm/lab/exercise.mjs').JudgedGoal} judged */
    update({ reached, found: value }) {
      setAttribute(node, 'class', reached ? 'reached' : null);
      setText(sign, reached ? '✓' : '○');
      setText(state, t(reached ? words.reached : words.open));
      setText(now, value === null || Number.isNaN(value) ? '' : t(words.now, { value: found(value) }));
    },
  };
}

/**
 * @param {Speech} speech
 * @param {Exercise['questions'][number]} question
 * @param {(answer: string) => void} tell
 */
function createQuestion(speech, question, tell) {
  return question.kind === 'choice' ? createChoice(question, tell) : createField(speech, question, tell);
}

/** @param {Exercise['questions'][number]} question @param {(answer: string) => void} tell */
function createChoice({ text, choices }, tell) {
  const name = uniqueId('answer');
  const inputs = choices.map((value) => h('input', { type: 'radio', name, value, onchange: () => tell(value) }));
  const labels = choices.map((choice, n) => h('label', {}, inputs[n], ' ', choice));
  return {
    node: h('fieldset', { class: 'exercise-choice' }, h('legend', {}, text), ...labels),
    /** @param {string} answer */
    update(answer) {
      for (const input of inputs)
        if (input.checked !== (input.value === answer)) input.checked = input.value === answer;
    },
  };
}

/** @param {Speech} speech @param {Exercise['questions'][number]} question @param {(answer: string) => void} tell */
function createField({ t }, question, tell) {
  const id = uniqueId('answer');
  const wrong = h('p', { id: `${id}-error`, class: 'field-error', 'aria-live': 'polite' });
  const named = { id, maxlength: MOST_ANSWER, 'aria-describedby': wrong.id, oninput: () => tell(input.value) };
  const input =
    question.kind === 'number'
      ? h('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', ...named })
      : h('textarea', { rows: 2, ...named });
  return {
    node: h('div', { class: 'exercise-field' }, h('label', { for: id }, question.text), input, wrong),
    /** @param {string} answer */
    update(answer) {
      if (input.value !== answer) input.value = answer;
      const bad = isWrong(question, answer);
      setAttribute(input, 'aria-invalid', bad ? 'true' : null);
      setText(wrong, bad ? t(words.number) : '');
    },
  };
}

/**
 * The button that makes the result, which can be copied as text where no file may be saved.
 * @param {Speech} speech
 * @param {Actions} actions
 */
function createHandIn(speech, actions) {
  const { t } = speech;
  const id = uniqueId('result');
  const why = h('p', { id, class: 'hint', role: 'status' });
  const button = h('button', { type: 'button', 'aria-describedby': id, onclick: download }, t(words.download));
  const place = h('div', { 'aria-live': 'polite' });
  const handed = createHanded(speech, place);
  /** What stands there as long as nothing can be handed in. */
  let barred = '';

  async function download() {
    try {
      const result = await actions.result();
      handed.handOver({ name: resultFile(result), content: writeResult(result) });
      setText(why, '');
    } catch (error) {
      setText(why, messageOf(speech, error));
    }
  }

  return {
    nodes: [h('div', { class: 'buttons' }, button), why, place],
    /** @param {ReturnType<typeof exerciseScene>['bar']} bar */
    update(bar) {
      const now = bar ? faultText(speech, bar) : '';
      setAttribute(button, 'disabled', bar !== null);
      if (now !== barred) setText(why, now);
      barred = now;
    },
  };
}

// Exercises: the text that they stand in, what is refused of it, and how far a run has come with them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { ExerciseError, goalText, isAnswer, judge, readExercise, writeExercise } from '../../wasm/lab/exercise.mjs';

const whole =
  'Beat ItemPop with a small model. | hr@10 >= 0.70 | parameters <= 40000 | epochs < 20 | ? Which negatives ratio was best: 1, 4, 8 | ? At which epoch does HR@10 stop rising: number | ? Why?';
/** @type {import('../../wasm/lab/exercise.mjs').Exercise} */
const read = {
  task: 'Beat ItemPop with a small model.',
  goals: [
    { of: 'hr@10', bound: '>=', value: 0.7 },
    { of: 'parameters', bound: '<=', value: 40000 },
    { of: 'epochs', bound: '<', value: 20 },
  ],
  questions: [
    { text: 'Which negatives ratio was best', kind: 'choice', choices: ['1', '4', '8'] },
    { text: 'At which epoch does HR@10 stop rising', kind: 'number', choices: [] },
    { text: 'Why?', kind: 'words', choices: [] },
  ],
};

describe('the text of an exercise', () => {
  test('is a task, goals and questions', () => assert.deepEqual(readExercise(whole), read));

  test('comes back', () => {
    assert.deepEqual(readExercise(writeExercise(read)), read);
    assert.equal(writeExercise(readExercise(whole)), whole.replace('0.70', '0.7'));
    for (const text of [
      'A task alone',
      '? A question alone',
      'full ndcg@10 > 0.1',
      'Reach hr@10 >= 0.7 | loss < 0.2',
      'Learn <b>it</b> | mrr > 0',
      'Accuracy > speed',
    ])
      assert.equal(writeExercise(readExercise(text)), text);
  });

  test('may have line breaks, other signs and numbers as people write them', () => {
    const text = 'One\n  task|HR@10≥.7|Parameters <= 40,000\n|？哪个比例最好：1，4、8';
    assert.deepEqual(readExercise(text), {
      task: 'One task',
      goals: [
        { of: 'hr@10', bound: '>=', value: 0.7 },
        { of: 'parameters', bound: '<=', value: 40000 },
      ],
      questions: [{ text: '哪个比例最好', kind: 'choice', choices: ['1', '4', '8'] }],
    });
  });

  test('has goals of every setting that is a number', () => {
    const { goals } = readExercise('negatives <= 4 | batch-size >= 64 | lr < 1e-2');
    assert.deepEqual(goals.map(goalText), ['negatives <= 4', 'batch-size >= 64', 'lr < 0.01']);
  });

  for (const [text, message] of /** @type {[string, RegExp][]} */ ([
    ['', /needs a task, a goal or a question/],
    [' | ', /there is nothing/],
    ['Task | ', /there is nothing/],
    ['Task | | hr@10 > 0.5', /there is nothing/],
    ['hr@20 >= 0.7', /no “hr@20” that a goal could be of\. There are hr@10, ndcg@10, mrr/],
    ['hr >= 0.7', /no “hr” that/],
    ['model >= 3', /no “model” that/],
    ['full loss <= 1', /no “full loss” that/],
    ['__proto__ > 1', /no “__proto__” that/],
    ['constructor > 1', /no “constructor” that/],
    ['hr@10 >= high', /bound is a number, not “high”/],
    ['hr@10 >= 1e999', /bound is a number, not “1e999”/],
    ['Task | and more words', /“and more words” is neither a goal/],
    ['Task | Reach hr@10 >= 0.7', /is neither a goal/],
    ['Task | ?', /A question of an exercise is a text/],
    ['? Which: 1, 1', /2 to 12 different short texts/],
    ['? Which: 1, , 2', /2 to 12 different short texts/],
    [`? Which: ${Array.from({ length: 13 }, (_, n) => n).join(', ')}`, /2 to 12 different short texts/],
    [`? Which: a, ${'b'.repeat(81)}`, /2 to 12 different short texts/],
    [Array(13).fill('loss < 1').join(' | '), /at most 12 goals and 12 questions/],
    [Array(13).fill('? Why').join(' | '), /at most 12 goals and 12 questions/],
    ['x'.repeat(4001), /at most 4,?000 characters/],
    ['x'.repeat(1001), /neither a goal/],
  ]))
    test(`refuses “${text.slice(0, 40)}” by one sentence`, () =>
      assert.throws(
        () => readExercise(text),
        (error) => {
          assert.ok(error instanceof ExerciseError);
          assert.match(error.message, message);
          assert.ok(error.message.length < 400, error.message);
          return true;
        },
      ));

  test('is not written where it could not be read again', () => {
    const of = (/** @type {object} */ change) => () => writeExercise({ ...read, ...change });
    for (const task of ['a | b', 'two\nlines', 'loss < 3', ' spaces '])
      assert.throws(of({ task }), ExerciseError, task);
    const question = { text: 'Which: 1, 2', kind: /** @type {const} */ ('words'), choices: [] };
    assert.throws(of({ questions: [question] }), /look like a goal or choices/);
  });

  test('is read in a time that grows with its length', () => {
    for (const text of [`? ${':'.repeat(900)}`, `? ${'a: '.repeat(300)}`, `${'a '.repeat(490)}> 1`, `|`.repeat(4000)])
      try {
        readExercise(text);
      } catch (error) {
        assert.ok(error instanceof ExerciseError);
      }
  });
});

describe('judge()', () => {
  const epoch = (/** @type {number} */ n, /** @type {number} */ hr) => ({
    ...{ epoch: n, loss: n === 0 ? null : 1 / n },
    metrics: { sampled: { hr, ndcg: hr / 2, mrr: hr / 3 }, full: { hr: hr / 10, ndcg: hr / 20, mrr: hr / 30 } },
  });
  const run = {
    settings: { model: 'gmf', negatives: 4, batch_size: 256 },
    parameters: 5000,
    epochs: [epoch(0, 0.1), epoch(1, 0.8), epoch(2, 0.6)],
    selected: null,
    answers: ['8', '', 'x'],
  };
  const values = (/** @type {string} */ text, more = {}) =>
    judge(readExercise(text), { ...run, ...more }).goals.map(({ found, reached }) => [found, reached]);

  test('takes the last epoch, not the best; with validation the one that it went back to', () => {
    assert.deepEqual(values('hr@10 >= 0.7 | loss <= 0.5'), [
      [0.6, false],
      [0.5, true],
    ]);
    assert.deepEqual(values('hr@10 >= 0.7', { selected: 1 }), [[0.8, true]]);
  });

  test('keeps apart what is at a bound and what is past it', () => {
    assert.deepEqual(
      values('parameters <= 5000 | parameters < 5000 | parameters >= 5000 | parameters > 5000').map(([, is]) => is),
      [true, false, true, false],
    );
  });

  test('knows settings, epochs and kinds of candidates', () => {
    assert.deepEqual(values('epochs <= 2 | negatives < 4 | batch-size >= 256 | full hr@10 >= 0.06 | sampled mrr > 0'), [
      [2, true],
      [4, false],
      [256, true],
      [0.06, true],
      [0.19999999999999998, true],
    ]);
  });

  test('does not reach what there is not', () => {
    const few = { epochs: [{ epoch: 1, loss: null, metrics: { sampled: { hr: 0.5 } } }] };
    assert.deepEqual(values('rmse <= 1 | full hr@10 >= 0 | loss < 9 | factors < 9', few), Array(4).fill([null, false]));
    assert.deepEqual(values('hr@10 >= 0', { epochs: [] }), [[null, false]]);
  });

  test('asks for all goals and an answer to every question', () => {
    const text = 'hr@10 > 0.5 | ? Which: 1, 4, 8 | ? How many: number | ? Why';
    const judged = (/** @type {string[]} */ answers) => judge(readExercise(text), { ...run, answers });
    assert.deepEqual(judged(['8', '0,5', 'because']), { ...judged(['8', '0.5', 'so']), reached: true });
    assert.deepEqual(judged(['5', 'x', ' ']).answered, [false, false, false]);
    assert.equal(judged(['8', '1']).reached, false);
    assert.equal(judged([]).reached, false);
  });

  test('takes as an answer what the question asks for', () => {
    const [choice, number, words] = read.questions;
    assert.ok(isAnswer(choice, '4') && !isAnswer(choice, '5'));
    assert.ok(isAnswer(number, ' 12 ') && isAnswer(number, '0,25') && !isAnswer(number, 'twelve'));
    assert.ok(isAnswer(words, 'x') && !isAnswer(words, ' '));
  });
});

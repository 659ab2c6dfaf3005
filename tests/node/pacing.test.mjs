// How views ask: one question at a time, the latest wish last (web/parts/latest.js), and no more often than so (web/parts/paced.js).

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { PassedOver, latest } from '../../web/parts/latest.js';
import { paced, pacedQuestion } from '../../web/parts/paced.js';

/** Lets what waits for an answer go on. */
const turn = () => new Promise((done) => setImmediate(done));

/** Questions that are answered by hand, with what was asked. */
function questions() {
  /** @type {{asked: number, answer: (value?: unknown) => void, refuse: (error: Error) => void}[]} */
  const open = [];
  /** @type {unknown[]} */
  const used = [];
  /** @type {string[]} */
  const failed = [];
  let present = 0;
  const wish = latest(
    () =>
      present < 0
        ? null
        : new Promise((resolve, reject) => {
            const asked = present;
            open.push({ asked, answer: () => resolve(asked), refuse: reject });
          }),
    (answer) => used.push(answer),
    ({ message }) => failed.push(message),
  );
  return { open, used, failed, wish, now: (/** @type {number} */ value) => (present = value) };
}

describe('latest', () => {
  test('has one question under way, and asks once more for all wishes of that time, as things stand then', async () => {
    const { open, used, wish, now } = questions();
    wish();
    for (const value of [1, 2, 3]) {
      now(value);
      wish();
    }
    assert.equal(open.length, 1);
    open[0].answer();
    await turn();
    assert.deepEqual([used, open.length], [[0], 2], 'no wish is lost');
    now(4);
    open[1].answer();
    await turn();
    assert.deepEqual([used, open.length], [[0, 3], 2], 'and none is asked twice');
    wish();
    open[2].answer();
    await turn();
    assert.deepEqual(used, [0, 3, 4]);
  });

  test('goes on after an error, after what is passed over and where there is nothing to ask', async () => {
    const { open, used, failed, wish, now } = questions();
    wish();
    wish();
    open[0].refuse(new Error('no'));
    await turn();
    assert.deepEqual([failed, open.length], [['no'], 2]);
    now(-1);
    wish();
    open[1].refuse(new PassedOver());
    await turn();
    assert.deepEqual([failed, used, open.length], [['no'], [], 2], 'which is told to nobody');
    now(5);
    wish();
    open[2].answer();
    await turn();
    assert.deepEqual(used, [5]);
  });
});

describe('paced', () => {
  test('calls at once, then not before the pause is over, once for all wishes between', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let now = 1000;
    t.mock.method(performance, 'now', () => now);
    const pass = (/** @type {number} */ ms) => {
      now += ms;
      t.mock.timers.tick(ms);
    };
    let calls = 0;
    let pause = 100;
    const { wish, close } = paced(
      () => calls++,
      () => pause,
    );
    wish();
    assert.equal(calls, 1);
    wish();
    wish();
    pass(99);
    assert.equal(calls, 1);
    pass(1);
    assert.equal(calls, 2);
    pass(100);
    assert.equal(calls, 2, 'not without a wish');
    // The pause is counted from the last call, and read anew.
    wish();
    assert.equal(calls, 3);
    pause = 500;
    pass(100);
    wish();
    pass(399);
    assert.equal(calls, 3);
    pass(1);
    assert.equal(calls, 4);
    wish();
    close();
    pass(1000);
    assert.equal(calls, 4);
  });
});

test('a paced question leaves the worker the rest of its time', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  const settled = () => new Promise((done) => setImmediate(done));
  /** @type {((answer: number) => void)[]} */
  const asked = [];
  /** @type {number[]} */
  const answers = [];
  const { wish, close } = pacedQuestion(
    () => new Promise((done) => asked.push(done)),
    (answer) => answers.push(answer),
    () => assert.fail(),
    { pause: 100, parts: 4 },
  );
  t.after(close);
  const pass = (/** @type {number} */ ms) => {
    now += ms;
    t.mock.timers.tick(ms);
  };
  wish();
  pass(200);
  asked[0](1);
  await settled();
  assert.deepEqual(answers, [1]);
  // It took 200 ms: the next begins three times as long after the first began.
  wish();
  pass(399);
  assert.equal(asked.length, 1);
  pass(1);
  assert.equal(asked.length, 2);
});

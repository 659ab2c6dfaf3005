// The steps of `npm test`: one that fails hides no other, and what it was needed for is named.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { StepFailed, describe as line, each, joined, runSteps } from '../steps.mjs';

const good = async () => ({ ...joined([]), passed: 2, log: 'fine\n' });
const bad = async () => {
  throw new StepFailed('it is broken\n', { passed: 1 });
};

test('all steps run whose needs are met, and each has a result', async () => {
  /** @type {string[]} */
  const said = [];
  /** @type {string[]} */
  const began = [];
  const step = (/** @type {string} */ name, /** @type {() => Promise<any>} */ run, needs = [], alone = false) => ({
    ...{ name, title: `of ${name}`, needs, alone },
    run: () => {
      began.push(name);
      return run();
    },
  });
  const steps = [
    step('last', good, [], true),
    step('build', bad),
    step('tests', good, ['build']),
    step('site', good),
    step('crash', () => Promise.reject(new TypeError('a slip'))),
    step('pages', good, ['tests'], true),
    step('others', good, ['site']),
  ];
  const results = await runSteps(steps, { lanes: 2, say: (text) => said.push(text) });
  assert.deepEqual(
    results.map(({ step: { name }, state, outcome: { passed, failed } }) => [name, state, passed, failed]),
    [
      ['last', 'ok', 2, 0],
      ['build', 'FAILED', 1, 1],
      ['tests', 'not run', 0, 0],
      ['site', 'ok', 2, 0],
      ['crash', 'FAILED', 0, 1],
      ['pages', 'not run', 0, 0],
      ['others', 'ok', 2, 0],
    ],
  );
  assert.deepEqual(began, ['build', 'site', 'crash', 'others', 'last']);
  assert.match(said.join('\n'), /it is broken\nFAILED +build +of build .* 1 passed, 1 failed\n/);
  assert.match(said.join('\n'), /TypeError: a slip/);
  assert.doesNotMatch(said.join('\n'), /fine/, 'what passes is not shown at length');
  assert.match(line(results[2]), /^not run +tests .* it needs what failed: build$/);
  assert.match(line(results[5]), /it needs what failed: tests$/);
});

test('no more steps at a time than there are lanes, and alone means alone', async () => {
  let [now, most] = [0, 0];
  /** @type {number[]} */
  const beside = [];
  const run = async () => {
    most = Math.max(most, ++now);
    await new Promise((done) => setImmediate(done));
    now--;
    return good();
  };
  const names = ['a', 'b', 'c', 'd'];
  const steps = names.map((name) => ({ name, title: name, run }));
  const alone = ['x', 'y'].map((name) => ({
    ...{ name, title: name, alone: true },
    run: () => {
      beside.push(now);
      return run();
    },
  }));
  assert.equal((await runSteps([...alone, ...steps], { lanes: 2, say() {} })).length, 6);
  assert.equal(most, 2);
  assert.deepEqual(beside, [0, 0]);
});

test('the checks of one step all run, and their tests are added up', async () => {
  assert.deepEqual(await each([good, good]), { passed: 4, failed: 0, skipped: 0, log: 'fine\nfine\n' });
  await assert.rejects(each([good, bad, good, bad]), ({ outcome }) => {
    assert.deepEqual(outcome, {
      ...{ passed: 6, failed: 2, skipped: 0 },
      log: 'fine\nit is broken\nfine\nit is broken\n',
    });
    return true;
  });
});

// The page stays awake while it trains the bundled set: clicks, keys and typing are answered, frames go on being drawn.
// No test asserts a time, since machines differ: the times are printed, and what is asserted is that work was done in between.

import assert from 'node:assert/strict';

import { labTest } from './harness.mjs';

/** Collects long tasks and the gaps between frames, in `window.held`. @param {import('playwright-core').Page} page */
async function watch(page) {
  await page.addInitScript(() => {
    const held = { tasks: /** @type {number[]} */ ([]), frames: /** @type {number[]} */ ([]) };
    /** @type {any} */ (window).held = held;
    new PerformanceObserver((list) => held.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      entryTypes: ['longtask'],
    });
    let last = performance.now();
    const frame = (/** @type {number} */ now) => {
      held.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** @param {number[]} values @param {number} share */
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

labTest('the page answers while NeuMF learns the bundled set', { data: 'bundled', prepare: watch }, async (lab, t) => {
  const held = () => lab.page.evaluate(() => structuredClone(/** @type {any} */ (window).held));
  t.diagnostic(`while it loads: tasks over 50 ms: ${JSON.stringify((await held()).tasks)}`);
  await lab.page.evaluate(() => Object.values(/** @type {any} */ (window).held).forEach((list) => list.splice(0)));

  await lab.button('Train').click();
  await lab.status('Training.');
  /** @type {number[]} */
  const answers = [];
  /** How often a thing was done in the midst of one epoch. */
  let within = 0;
  const users = new Set();
  const start = performance.now();
  while ((await lab.epoch()) < 3) {
    const before = await lab.epoch();
    const clicked = performance.now();
    const shown = await lab.user.inputValue();
    await lab.button('Next user').click();
    await lab.until(
      () => lab.user.inputValue(),
      (id) => id !== shown,
    );
    const id = await lab.user.inputValue();
    await lab.page.getByRole('heading', { name: `User ${id} has rated`, exact: true }).waitFor();
    answers.push(performance.now() - clicked);
    users.add(id);
    if ((await lab.epoch()) === before) within++;
  }
  const seconds = (performance.now() - start) / 1000;
  const rate = await lab.region('Progress').getByRole('definition').last().innerText();
  await lab.button('Pause').click();
  await lab.status(/^Paused/);
  const { tasks, frames } = await held();
  t.diagnostic(`${seconds.toFixed(1)} s of training at ${rate.trim()}: ${tasks.length} tasks over 50 ms`);
  t.diagnostic(
    `longest tasks: ${tasks.sort((/** @type {number} */ a, /** @type {number} */ b) => b - a).slice(0, 5)} ms`,
  );
  t.diagnostic(
    `between frames: median ${quantile(frames, 0.5).toFixed(1)} ms, 99 % ${quantile(frames, 0.99).toFixed(1)} ms`,
  );
  t.diagnostic(
    `a click until another user's films: median ${quantile(answers, 0.5).toFixed(0)} ms, most ${Math.max(...answers).toFixed(0)} ms`,
  );
  // Were the page or the worker held up for an epoch at a time, no user's films could come and go within one.
  assert.ok(within >= 3, `${within} users shown within epochs of ${answers.length}`);
  assert.equal(users.size, answers.length, 'every click was another user');
  assert.ok(frames.length > 3 * answers.length, `${frames.length} frames`);
});

// Steps that need each other: what each found, and running them so that one that fails hides no other.

/**
 * What a step found: tests that passed, failed and were skipped (all 0 for a step that counts none), and its output.
 * @typedef {{ passed: number, failed: number, skipped: number, log: string }} Outcome
 * @typedef {{ name: string, title: string, needs?: string[], alone?: boolean, asked?: boolean, run: () => Promise<Outcome> }} Step  alone: with no other; asked: only by its name
 * @typedef {{ step: Step, state: 'ok' | 'FAILED' | 'not run', seconds: number, outcome: Outcome }} Result
 */

export class StepFailed extends Error {
  /**
   * @param {string} log
   * @param {Partial<Outcome>} counts
   */
  constructor(log, counts = {}) {
    super(log);
    this.outcome = { passed: 0, failed: 0, skipped: 0, ...counts, log };
  }
}

/**
 * @param {Outcome[]} outcomes
 * @returns {Outcome}
 */
export function joined(outcomes) {
  const sum = { passed: 0, failed: 0, skipped: 0, log: '' };
  for (const outcome of outcomes) {
    sum.passed += outcome.passed;
    sum.failed += outcome.failed;
    sum.skipped += outcome.skipped;
    sum.log += outcome.log;
  }
  return sum;
}

/**
 * Several checks that are one step: all run, also when one fails, and the step fails then.
 * @param {(() => Promise<Outcome>)[]} checks
 */
export async function each(checks) {
  const outcomes = [];
  let failed = false;
  for (const check of checks)
    try {
      outcomes.push(await check());
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      failed = true;
      outcomes.push({ ...error.outcome, failed: error.outcome.failed || 1 });
    }
  const outcome = joined(outcomes);
  if (failed) throw new StepFailed(outcome.log, outcome);
  return outcome;
}

/**
 * @param {Step} step
 * @returns {Promise<Result>}
 */
async function runStep(step) {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    const outcome = await step.run();
    return { step, state: 'ok', seconds: seconds(), outcome };
  } catch (error) {
    const { outcome } = error instanceof StepFailed ? error : new StepFailed(/** @type {Error} */ (error).stack ?? '');
    // A build or a linter that fails is one failure, so that the closing line never reads as a success.
    outcome.failed ||= 1;
    return { step, state: 'FAILED', seconds: seconds(), outcome };
  }
}

/** A line about a step. @param {Result} result */
export function describe({ step, state, seconds, outcome }) {
  const { passed, failed, skipped, log } = outcome;
  const parts = [passed && `${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`];
  const found = state === 'not run' ? log : parts.filter(Boolean).join(', ');
  const name = `${state.padEnd(7)} ${step.name.padEnd(8)} ${step.title.padEnd(26)}`;
  return `${name} ${seconds.toFixed(1).padStart(6)} s  ${found}`.trimEnd();
}

/**
 * Runs steps, some at a time, each once all that it needs are done; one that needs what has not come about is not run.
 * @param {Step[]} steps
 * @param {{lanes?: number, verbose?: boolean, say?: (text: string) => void}} [options]
 * @returns {Promise<Result[]>} in the order of the steps
 */
export async function runSteps(steps, { lanes = 1, verbose = false, say = console.log } = {}) {
  /** @type {Map<string, Result>} by the step's name */
  const results = new Map();
  const waiting = [...steps];
  /** @type {Map<Step, Promise<void>>} */
  const active = new Map();

  /** @param {Result} result */
  const end = (result) => {
    results.set(result.step.name, result);
    if (result.state === 'FAILED' || verbose) say(result.outcome.log.trimEnd());
    say(describe(result));
  };
  /** @param {Step} step */
  const start = async (step) => {
    const result = await runStep(step);
    active.delete(step);
    end(result);
  };
  /** @param {Step} step */
  const missing = ({ needs = [] }) => needs.filter((name) => (results.get(name)?.state ?? 'ok') !== 'ok');
  /** @param {Step} step */
  const isReady = ({ needs = [] }) => needs.every((name) => results.has(name));

  while (active.size > 0 || waiting.length > 0) {
    // Those that run alone come last, one after the other.
    const last = waiting.every(({ alone }) => alone);
    const next = waiting.find((step) => isReady(step) && (last || !step.alone || missing(step).length > 0));
    if (next && missing(next).length > 0) {
      waiting.splice(waiting.indexOf(next), 1);
      const log = `it needs what failed: ${missing(next).join(', ')}`;
      end({ step: next, state: 'not run', seconds: 0, outcome: { ...joined([]), log } });
    } else if (next && active.size < (next.alone ? 1 : lanes)) {
      waiting.splice(waiting.indexOf(next), 1);
      active.set(next, start(next));
    } else {
      await Promise.race(active.values());
    }
  }
  return [...results.values()].sort((a, b) => steps.indexOf(a.step) - steps.indexOf(b.step));
}

// `npm test`: sets up what is missing and runs every check; the first step that fails ends the run with exit code 1.
//
//     npm test                              everything
//     npm test -- --only node,browser       these steps, and the builds they need
//     npm test -- --verbose                 with the output of steps that pass
//
// Steps that don't need each other run two at a time. The browser runs alone, as what is not in time there fails, and smooth by
// itself, because it measures how long the page's main thread is held up.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  buildPreset,
  buildWasm,
  ensureModules,
  ensureTools,
  findChrome,
  findProgram,
  projectRoot,
  runCommand,
  SetupError,
} from '../wasm/toolchain.mjs';

const fuzzSeconds = 10;
const stepMinutes = 15;

/**
 * What a step found: tests that passed, failed and were skipped (all 0 for a step that counts none), and its output.
 * @typedef {{ passed: number, failed: number, skipped: number, log: string }} Outcome
 * @typedef {{ name: string, title: string, needs?: string[], alone?: boolean, run: () => Promise<Outcome> }} Step
 * @typedef {{ step: Step, ok: boolean, seconds: number, outcome: Outcome }} Result
 */

class StepFailed extends Error {
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
 * Runs a program to its end and returns its output; a step that hangs is ended.
 * @param {string} program
 * @param {string[]} args
 * @param {(log: string) => Partial<Outcome>} [count] reads the numbers of tests from the output
 * @returns {Promise<Outcome>}
 */
function execute(program, args, count = () => ({})) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CHROME: findChrome() };
  // A process group of its own: when the time is over, what the program started ends with it.
  const child = spawn(program, args, { cwd: projectRoot, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let log = '';
  child.stdout.on('data', (chunk) => (log += chunk));
  child.stderr.on('data', (chunk) => (log += chunk));
  const timer = setTimeout(() => {
    log += `\nended after ${stepMinutes} minutes`;
    endGroup(child);
  }, stepMinutes * 60_000);
  return new Promise((done, fail) => {
    child.on('error', (error) => fail(new StepFailed(`${program}: ${error.message}`)));
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      const counts = count(log);
      if (code === 0) done({ passed: 0, failed: 0, skipped: 0, ...counts, log });
      else fail(new StepFailed(`${program} ${args.join(' ')}\n${log}`, counts));
    });
  });
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  try {
    process.kill(-Number(child.pid), 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * The project's files below a folder whose names match, or none where there is no such folder.
 * @param {string} folder
 * @param {RegExp} pattern
 */
function filesIn(folder, pattern) {
  const path = join(projectRoot, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * @param {Outcome[]} outcomes
 * @returns {Outcome}
 */
function joined(outcomes) {
  const sum = { passed: 0, failed: 0, skipped: 0, log: '' };
  for (const outcome of outcomes) {
    sum.passed += outcome.passed;
    sum.failed += outcome.failed;
    sum.skipped += outcome.skipped;
    sum.log += outcome.log;
  }
  return sum;
}

/** @param {string} name a program of an npm package */
const npmProgram = (name) => join(projectRoot, 'node_modules/.bin', name);

/**
 * Runs one of LLVM's checkers of C. Version 14 alone judges, since others differ in small things; where there is none, the
 * check counts as skipped.
 * @param {string} name
 * @param {string[]} args
 */
async function checkC(name, args) {
  const program = findProgram(`${name}-14`, name);
  const version = program && spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout;
  if (program && / 14\./.test(version ?? '')) return execute(program, args);
  return { ...joined([]), skipped: 1, log: `not checked: there is no ${name} 14\n` };
}

async function lint() {
  const sources = ['src', 'wasm', 'tests'].flatMap((folder) => filesIn(folder, /\.[ch]$/));
  return joined([
    await checkC('clang-format', ['--dry-run', '-Werror', ...sources]),
    await execute(npmProgram('prettier'), ['--check', '--log-level=warn', '.']),
    await execute(npmProgram('eslint'), ['--max-warnings=0', '.']),
    await execute(npmProgram('tsc'), []),
  ]);
}

/** @param {() => Promise<void>} build */
async function built(build) {
  try {
    await build();
  } catch (error) {
    throw new StepFailed(/** @type {Error} */ (error).message);
  }
  return joined([]);
}

/**
 * Counts the single tests of ctest's programs, which each end with a line such as "6 passed, 0 failed" (tests/native/check.h).
 * A program that fails otherwise, by a crash or a sanitizer's word after its last test, is a failed test besides.
 * @param {string} log what `ctest --verbose` writes: lines of a program after its number, "3: 6 passed, 0 failed"
 */
function countTests(log) {
  let passed = 0;
  /** @type {Map<string, number>} failed tests by program */
  const failures = new Map();
  for (const [, program, good, bad] of log.matchAll(/^(\d+): (\d+) passed, (\d+) failed$/gm)) {
    passed += Number(good);
    failures.set(program, Number(bad));
  }
  for (const [, program] of log.matchAll(/^ *\d+\/\d+ Test +#(\d+): .*\*\*\*/gm))
    failures.set(program, failures.get(program) || 1);
  return { passed, failed: [...failures.values()].reduce((sum, count) => sum + count, 0) };
}

/** @param {string} preset */
function ctest(preset) {
  const parallel = String(availableParallelism());
  return execute('ctest', ['--preset', preset, '--parallel', parallel, '--no-tests=ignore', '--verbose'], countTests);
}

async function fuzz() {
  const outcomes = [];
  for (const source of filesIn('tests/fuzz', /^fuzz_\w+\.c$/)) {
    const name = source.replace(/^.*\/|\.c$/g, '');
    // New inputs gather in build/; what is worth keeping is put by hand under tests/fuzz/corpus/NAME.
    const gathered = join('build/fuzz', name, '/');
    mkdirSync(join(projectRoot, gathered), { recursive: true });
    const seeds = ['tests/fuzz/corpus/' + name].filter((folder) => existsSync(join(projectRoot, folder)));
    const limits = [`-max_total_time=${fuzzSeconds}`, '-timeout=10', '-rss_limit_mb=4096', '-verbosity=0', '-seed=1'];
    const artifacts = `-artifact_prefix=build/fuzz/`;
    const args = [...limits, artifacts, gathered, ...seeds];
    outcomes.push(
      await execute(join('build/asan', name), args, (log) =>
        /ERROR|Sanitizer/.test(log) ? { failed: 1 } : { passed: 1 },
      ),
    );
  }
  return joined(outcomes);
}

/**
 * @param {string} folder
 * @param {string[]} [options]
 * @param {RegExp} [names] of the files
 */
async function nodeTests(folder, options = [], names = /\.test\.mjs$/) {
  const files = filesIn(folder, names);
  if (files.length === 0) return joined([]);
  return execute(process.execPath, ['--test', '--test-reporter=spec', ...options, ...files], (log) => {
    /** @param {string} what */
    const number = (what) => Number(new RegExp(`^ℹ ${what} (\\d+)$`, 'm').exec(log)?.[1] ?? 0);
    return { passed: number('pass'), failed: number('fail') + number('cancelled'), skipped: number('skipped') };
  });
}

/** @type {Step[]} */
const steps = [
  { name: 'wasm', title: 'WebAssembly builds', run: () => built(buildWasm) },
  { name: 'gcc', title: 'native build (gcc)', run: () => built(() => buildPreset('native')) },
  { name: 'lint', title: 'layout, lint, types', run: lint },
  { name: 'native', title: 'native tests (gcc)', needs: ['gcc'], run: () => ctest('native') },
  { name: 'clang', title: 'sanitizer build (clang)', run: () => built(() => buildPreset('asan')) },
  { name: 'site', title: 'site', needs: ['wasm'], run: () => execute(npmProgram('vite'), ['build', 'web']) },
  { name: 'asan', title: 'native tests (sanitizers)', needs: ['clang'], run: () => ctest('asan') },
  { name: 'node', title: 'Node tests', needs: ['wasm', 'gcc'], run: () => nodeTests('tests/node') },
  {
    name: 'tidy',
    title: 'clang-tidy',
    needs: ['gcc'],
    run: () => checkC('clang-tidy', ['-p', 'build/native', '--quiet', ...filesIn('src', /\.c$/)]),
  },
  { name: 'fuzz', title: 'fuzzers', needs: ['clang'], run: fuzz },
  {
    name: 'browser',
    title: 'browser tests',
    needs: ['site'],
    alone: true,
    run: () => nodeTests('tests/browser', ['--test-concurrency=2'], /(?<!smooth)\.test\.mjs$/),
  },
  {
    name: 'smooth',
    title: 'frames and long tasks',
    needs: ['site'],
    alone: true,
    run: () => nodeTests('tests/browser', [], /smooth\.test\.mjs$/),
  },
];

/**
 * The steps of these names with the steps that they need, in the table's order.
 * @param {string[]} names
 */
function select(names) {
  const chosen = new Set();
  /** @param {string} name */
  const choose = (name) => {
    const step = steps.find((candidate) => candidate.name === name);
    if (!step) throw new SetupError(`no step "${name}"; there are ${steps.map((each) => each.name).join(', ')}`);
    chosen.add(step);
    step.needs?.forEach(choose);
  };
  names.forEach(choose);
  return steps.filter((step) => chosen.has(step));
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
    return { step, ok: true, seconds: seconds(), outcome };
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    // A build or a linter that fails is one failure, so that the closing line never reads as a success.
    error.outcome.failed ||= 1;
    return { step, ok: false, seconds: seconds(), outcome: error.outcome };
  }
}

/** @param {Result} result */
function describe({ step, seconds, outcome }) {
  const { passed, failed, skipped } = outcome;
  const parts = [passed && `${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`];
  const name = `${step.name.padEnd(8)} ${step.title.padEnd(26)}`;
  return `${name} ${seconds.toFixed(1).padStart(6)} s  ${parts.filter(Boolean).join(', ')}`.trimEnd();
}

/**
 * Runs steps whose needs are met, two at a time, until all are done or one has failed.
 * @param {Step[]} chosen
 * @param {boolean} verbose
 */
async function runSteps(chosen, verbose) {
  /** @type {Result[]} */
  const results = [];
  const waiting = [...chosen];
  /** @type {Map<Step, Promise<void>>} */
  const active = new Map();
  const lanes = Math.min(2, availableParallelism());
  let failed = false;

  /** @param {Step} step */
  const start = async (step) => {
    const result = await runStep(step);
    active.delete(step);
    // What was ended because another step failed says nothing of its own.
    if (failed) return;
    results.push(result);
    failed = !result.ok;
    if (failed || verbose) console.log(result.outcome.log.trimEnd());
    console.log(`${result.ok ? 'ok    ' : 'FAILED'} ${describe(result)}`);
    if (failed) running.forEach(endGroup);
  };

  while (active.size > 0 || (waiting.length > 0 && !failed)) {
    const isDone = (/** @type {string} */ name) => results.some(({ step }) => step.name === name);
    // Those that run alone come last, one after the other.
    const last = waiting.every(({ alone }) => alone);
    const next = waiting.find((step) => (step.needs ?? []).every(isDone) && (last || !step.alone));
    if (next && !failed && active.size < (next.alone ? 1 : lanes)) {
      waiting.splice(waiting.indexOf(next), 1);
      active.set(next, start(next));
    } else {
      await Promise.race(active.values());
    }
  }
  return { results, failed };
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, verbose: { type: 'boolean', default: false } } });
  const chosen = select(values.only ? values.only.split(',') : steps.map((step) => step.name));
  const start = performance.now();
  process.on('exit', () => running.forEach(endGroup));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

  ensureTools('test');
  ensureModules();
  const setup = (performance.now() - start) / 1000;
  console.log(`ok     ${'set-up'.padEnd(35)} ${setup.toFixed(1).padStart(6)} s`);

  const { results, failed } = await runSteps(chosen, values.verbose);
  const order = results.sort((a, b) => steps.indexOf(a.step) - steps.indexOf(b.step));
  console.log(`\nsteps in ${((performance.now() - start) / 1000).toFixed(1)} s:`);
  for (const result of order) console.log(`  ${describe(result)}`);
  const total = joined(order.map(({ outcome }) => outcome));
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  if (failed) process.exitCode = 1;
});

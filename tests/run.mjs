// `npm test`: sets up what is missing and runs every check. A step that fails hides no other: all run whose needs are met,
// the end gives each one's result, and the exit code is 1 where anything failed.
//
//     npm test                              everything but what is only asked for by name (hosts)
//     npm test -- --only node,browser       these steps, and the builds they need
//     npm test -- --verbose                 with the output of steps that pass
//
// Steps that don't need each other run two at a time, those with `alone` one by one at the end. No step has to be done by a
// time of day: one is ended when it has not said a word for so long that it must hang.

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
} from '../wasm/tools/toolchain.mjs';
import { StepFailed, describe, each, joined, runSteps } from './steps.mjs';

/** @typedef {import('./steps.mjs').Outcome} Outcome */
/** @typedef {import('./steps.mjs').Step} Step */

/** Inputs that each fuzzer tries: a number rather than a time, so that a slow machine tries as many. */
const fuzzRuns = 50_000;
/** How long a step may be silent: every test that ends is a word, so that the limit grows with their number. */
const silentMinutes = 20;

/**
 * Runs a program to its end and returns its output; one that hangs is ended.
 * @param {string} program
 * @param {string[]} args
 * @param {(log: string, ok: boolean) => Partial<Outcome>} [count] reads the numbers of tests from the output
 * @returns {Promise<Outcome>}
 */
function execute(program, args, count = () => ({})) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CHROME: findChrome() };
  // A process group of its own: what the program started ends with it.
  const child = spawn(program, args, { cwd: projectRoot, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let log = '';
  const timer = setTimeout(() => {
    log += `\nended, since nothing was heard of it for ${silentMinutes} minutes`;
    endGroup(child);
  }, silentMinutes * 60_000);
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      log += chunk;
      timer.refresh();
    });
  return new Promise((done, fail) => {
    child.on('error', (error) => fail(new StepFailed(`${program}: ${error.message}`)));
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      const counts = count(log, code === 0);
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

function lint() {
  const sources = ['src', 'wasm', 'tests'].flatMap((folder) => filesIn(folder, /\.[ch]$/));
  return each([
    () => checkC('clang-format', ['--dry-run', '-Werror', ...sources]),
    () => execute(npmProgram('prettier'), ['--check', '--log-level=warn', '.']),
    () => execute(npmProgram('eslint'), ['--max-warnings=0', '.']),
    () => execute(npmProgram('tsc'), []),
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

function fuzz() {
  return each(
    filesIn('tests/fuzz', /^fuzz_\w+\.c$/).map((source) => () => {
      const name = source.replace(/^.*\/|\.c$/g, '');
      // New inputs gather in build/; what is worth keeping is put by hand under tests/fuzz/corpus/NAME.
      const gathered = join('build/fuzz', name, '/');
      mkdirSync(join(projectRoot, gathered), { recursive: true });
      const seeds = ['tests/fuzz/corpus/' + name].filter((folder) => existsSync(join(projectRoot, folder)));
      const limits = [`-runs=${fuzzRuns}`, '-timeout=300', '-rss_limit_mb=4096', '-verbosity=0', '-seed=1'];
      const args = [...limits, '-artifact_prefix=build/fuzz/', gathered, ...seeds];
      return execute(join('build/asan', name), args, (_log, ok) => (ok ? { passed: 1 } : { failed: 1 }));
    }),
  );
}

/**
 * @param {string} folder
 * @param {RegExp} [names] of the files
 */
async function nodeTests(folder, names = /\.test\.mjs$/) {
  const files = filesIn(folder, names);
  if (files.length === 0) return joined([]);
  return execute(process.execPath, ['--test', '--test-reporter=spec', ...files], (log) => {
    /** @param {string} what */
    const number = (what) => Number(new RegExp(`^ℹ ${what} (\\d+)$`, 'm').exec(log)?.[1] ?? 0);
    return { passed: number('pass'), failed: number('fail') + number('cancelled'), skipped: number('skipped') };
  });
}

/**
 * Tests in browsers or hosts that few machines have: installed where that can be, else counted as skipped.
 * @param {import('../wasm/tools/toolchain.mjs').Purpose} purpose
 * @param {() => Promise<Outcome>} run
 */
async function withTools(purpose, run) {
  try {
    ensureTools(purpose);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { ...joined([]), skipped: 1, log: `not checked: ${error.message}\n` };
  }
  return run();
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
  { name: 'package', title: 'npm package', needs: ['site'], run: () => nodeTests('tests/package') },
  {
    name: 'browser',
    title: 'browser tests',
    needs: ['site'],
    alone: true,
    run: () => nodeTests('tests/browser', /all\.mjs$/),
  },
  {
    name: 'embed',
    title: "in other people's pages",
    needs: ['site'],
    alone: true,
    run: () => nodeTests('tests/embed', /(places|boxes|element)\.test\.mjs$/),
  },
  {
    name: 'policies',
    title: 'strict policies, and a deck',
    needs: ['site'],
    alone: true,
    asked: true,
    run: () => nodeTests('tests/embed', /(policies|reveal)\.test\.mjs$/),
  },
  {
    name: 'engines',
    title: 'Firefox and WebKit',
    needs: ['site'],
    alone: true,
    asked: true,
    run: () => withTools('engines', () => nodeTests('tests/embed', /engines\.test\.mjs$/)),
  },
  {
    name: 'hosts',
    title: 'MyST, Sphinx, Jupyter …',
    needs: ['site'],
    alone: true,
    asked: true,
    run: () => withTools('hosts', () => nodeTests('tests/embed', /hosts\.test\.mjs$/)),
  },
  {
    name: 'smooth',
    title: 'frames and long tasks',
    needs: ['site'],
    alone: true,
    run: () => nodeTests('tests/browser', /smooth\.test\.mjs$/),
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

await runCommand(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, verbose: { type: 'boolean', default: false } } });
  const chosen = select(
    values.only ? values.only.split(',') : steps.filter(({ asked }) => !asked).map(({ name }) => name),
  );
  const start = performance.now();
  process.on('exit', () => running.forEach(endGroup));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

  ensureTools('test');
  ensureModules();
  const setup = (performance.now() - start) / 1000;
  console.log(`${'ok'.padEnd(7)} ${'set-up'.padEnd(35)} ${setup.toFixed(1).padStart(6)} s`);

  const results = await runSteps(chosen, { lanes: Math.min(2, availableParallelism()), verbose: values.verbose });
  console.log(`\nsteps in ${((performance.now() - start) / 1000).toFixed(1)} s:`);
  for (const result of results) console.log(`  ${describe(result)}`);
  const total = joined(results.map(({ outcome }) => outcome));
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  if (results.some(({ state }) => state !== 'ok')) process.exitCode = 1;
});

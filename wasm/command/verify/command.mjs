// `ncf verify`

import { availableParallelism } from 'node:os';

import { judgeResult } from '../../lab/result.mjs';
import { readExercise } from '../../lab/exercise.mjs';
import { identityOfData } from '../../lab/identity.mjs';
import { UsageError, common, dataHelp, number, open, print, progress, wholeNumber } from '../common.mjs';
import { departuresFrom, readAsked } from './asked.mjs';
import { groupsOf, holdEnd, holdEpoch, otherData } from './claims.mjs';
import { filesOf, readFile } from './files.mjs';
import { Pool } from './pool.mjs';
import { barText, isTrue, tableOf, verdictToJson } from './report.mjs';

/** @typedef {import('./asked.mjs').Asked} Asked */
/** @typedef {import('./claims.mjs').Claim} Claim */
/** @typedef {import('./claims.mjs').Group} Group */

/**
 * What the instructor says was asked for.
 * @param {Record<string, any>} values
 * @returns {{asked: Asked | null, exercise: string | null}}
 */
function askedOf(values) {
  const asked = values.settings === undefined ? null : readAsked(values.settings);
  if (values.exercise !== undefined) readExercise(values.exercise);
  return { asked, exercise: values.exercise ?? asked?.exercise ?? null };
}

/**
 * Ends with Ctrl-C as if it had come to its end, but for what it would have said.
 * @param {Pool} pool
 * @param {() => string} told
 */
function stopWith(pool, told) {
  const stop = () => {
    progress.clear();
    process.stderr.write(`ncf: stopped, ${told()}\n`);
    void pool.close().finally(() => process.exit(130));
  };
  process.once('SIGINT', stop);
  return () => process.off('SIGINT', stop);
}

/**
 * Runs what has to be run again, and holds the claims against it.
 * @param {Group[]} groups
 * @param {{data: string, identity: import('../runs.mjs').Rows, jobs: number}} source
 */
async function runAgain(groups, { data, identity, jobs }) {
  const all = groups.reduce((sum, { claims }) => sum + claims.length, 0);
  const of = groups.reduce((sum, { epochs }) => sum + epochs, 0);
  let [done, results] = [0, 0];
  const show = () => progress.show(barText(done, of, results, all));
  const pool = new Pool({ data, identity });
  const listening = stopWith(pool, () => `${results} of ${all} results had been run again.`);
  show();
  await pool.run(
    groups,
    jobs,
    (group, epoch, n) => {
      done += epoch.epoch > 0 ? 1 : 0;
      show();
      return holdEpoch(group, epoch, n);
    },
    (group, ended) => {
      holdEnd(group, ended);
      // What need not be seen is done, too.
      done += Math.max(0, group.epochs - (ended.seen.at(-1)?.epoch ?? 0));
      results += group.claims.length;
      show();
    },
  );
  listening();
  progress.clear();
}

/** @param {Record<string, any>} values @param {string[]} words */
async function run(values, words) {
  if (words.length === 0) throw new UsageError('Say which files or folders: ncf verify result.json …');
  const jobs = wholeNumber(values.jobs, '--jobs');
  const { asked, exercise } = askedOf(values);
  const start = performance.now();
  const read = filesOf(words).map(readFile);
  const { dataset } = await open(values.data);
  const identity = identityOfData(dataset);
  dataset.free();
  /** @type {Map<unknown, Claim>} */
  const claims = new Map();
  const held = read.map((each) => {
    const { result } = each;
    const departures =
      result && asked ? departuresFrom(result, { ...asked, exercise }) : departuresOf(result, exercise);
    const parting = result && otherData(result, identity);
    if (result && !parting && departures.length === 0) claims.set(each, { result, parting: null });
    return { ...each, departures, parting };
  });
  const groups = groupsOf([...claims.values()]);
  if (groups.length > 0) await runAgain(groups, { data: values.data, identity, jobs });
  const verdicts = held.map((each, n) => {
    const parting = claims.get(read[n])?.parting ?? each.parting;
    const verdict = { ...each, parting, judgement: null, noExercise: '' };
    return isTrue(verdict) ? { ...verdict, ...judged(verdict, exercise) } : verdict;
  });
  tell(verdicts, { json: values.json, runs: groups.length, seconds: (performance.now() - start) / 1000 });
  if (!verdicts.every(isTrue)) process.exitCode = 1;
}

/** The exercise alone was asked for. @param {import('./claims.mjs').Result | null} result @param {string | null} exercise */
const departuresOf = (result, exercise) =>
  result && exercise !== null ? departuresFrom(result, { ...nothing, settings: result.checked, exercise }) : [];

const nothing = { lock: [], mostEpochs: null };

/** @param {{result: import('./claims.mjs').Result | null}} verdict @param {string | null} exercise */
function judged({ result }, exercise) {
  if (!result) return {};
  try {
    return { judgement: judgeResult(result, exercise ?? result.exercise) };
  } catch (error) {
    return { noExercise: `The exercise in the file: ${/** @type {Error} */ (error).message}` };
  }
}

/**
 * @param {import('./report.mjs').Verdict[]} verdicts
 * @param {{json: boolean, runs: number, seconds: number}} how
 */
function tell(verdicts, { json, runs, seconds }) {
  const good = verdicts.filter(isTrue).length;
  if (json) {
    for (const verdict of verdicts) print(JSON.stringify(verdictToJson(verdict)));
    const counts = { files: verdicts.length, true: good, untrue: verdicts.length - good };
    return print(JSON.stringify({ event: 'result', ...counts, runs, seconds }));
  }
  for (const line of tableOf(verdicts)) print(line);
  const are = good === 1 ? 'is' : 'are';
  print(
    `\n${number.format(good)} of ${number.format(verdicts.length)} ${are} true; ${number.format(runs)} runs in ${seconds.toFixed(1)} s`,
  );
}

/** @type {import('../common.mjs').Command} */
export const verify = {
  options: {
    ...common,
    exercise: { type: 'string' },
    settings: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
  words: true,
  run,
  summary: 'run result files of students again: are they true?',
  help: `ncf verify FILE|FOLDER … [--data D] [--settings TEXT] [--exercise TEXT] [--jobs N] [--json]

Runs each result file that the page has made again, and says of each whether it is true and whether its exercise is reached, or
where it parts: data, settings, the first epoch and measure that differs, the hash of the weights. Of a folder all files that end
in .json are taken, also in folders within. Results of the same settings take one run. The exit code is 1 where any is untrue.

${dataHelp()}
  --settings TEXT    what was asked for, as the address of the page has it, or the whole link to it: what is in “lock” must be as
                     it is there, and no more than “max-epochs” trained (“model=gmf&lock=model,seed&max-epochs=20”)
  --exercise TEXT    the exercise that results are held to, instead of the one in each file
  --jobs N           runs at a time, each on a thread of its own (as many as there are processors)
  --json             one JSON object a line: each file, then the sum`,
};

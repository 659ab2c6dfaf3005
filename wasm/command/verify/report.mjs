// How ncf verify tells what it found: a row a file, or a JSON line.

import { goalText } from '../../lab/exercise.mjs';
import { partingText } from './claims.mjs';
import { shown } from './files.mjs';

/** @typedef {import('./claims.mjs').Parting} Parting */
/** @typedef {import('./claims.mjs').Result} Result */
/** @typedef {import('./asked.mjs').Departure} Departure */
/**
 * judgement: of the exercise, null where there is none or the result is not true; noExercise: why it can't be judged.
 * @typedef {object} Verdict
 * @property {string} file
 * @property {Result | null} result
 * @property {string} error  why it can't be read
 * @property {Departure[]} departures  from what was asked for
 * @property {Parting | null} parting
 * @property {import('../../lab/exercise.mjs').Judgement | null} judgement
 * @property {string} noExercise
 */

/** @param {Verdict} verdict */
export const isTrue = ({ result, departures, parting }) =>
  result !== null && departures.length === 0 && parting === null;

/** @param {Verdict} verdict */
function exerciseText({ judgement, noExercise }) {
  if (noExercise) return 'unreadable';
  if (!judgement) return '–';
  if (judgement.reached) return 'reached';
  const { goals, answered } = judgement;
  const all = [...goals.map(({ reached }) => reached), ...answered];
  return `${all.filter(Boolean).length} of ${all.length}`;
}

/** @param {Verdict} verdict */
function whereText({ result, error, departures, parting, noExercise }) {
  if (!result) return error;
  if (parting) return partingText(parting, result);
  const asked = departures.map(({ of, asked: want, found }) => `${of}: ${want} was asked for, ${found} is in the file`);
  return asked.join('; ') || noExercise;
}

/** Places that a text takes on a terminal: Chinese signs take two. @param {string} text */
const width = (text) =>
  [...text].reduce(
    (sum, sign) => sum + (/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(sign) ? 2 : 1),
    0,
  );

/** @param {Verdict[]} verdicts @returns {string[]} lines */
export function tableOf(verdicts) {
  const answers = verdicts.some(({ result }) => result?.answers.some((answer) => answer.trim() !== ''));
  const rows = [
    ['file', 'name', 'exercise', 'true', ...(answers ? ['answers'] : []), 'where it parts'],
    ...verdicts.map((verdict) => [
      shown(verdict.file),
      shown(verdict.result?.name || '–', 30),
      exerciseText(verdict),
      isTrue(verdict) ? 'yes' : 'NO',
      ...(answers ? [(verdict.result?.answers ?? []).map((answer) => shown(answer, 40)).join(' · ')] : []),
      shown(whereText(verdict), 300),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
  const padded = (/** @type {string} */ cell, /** @type {number} */ column) =>
    cell + ' '.repeat(widths[column] - width(cell));
  return rows.map((row) => row.map(padded).join('  ').trimEnd());
}

/** @param {Verdict} verdict */
export function verdictToJson(verdict) {
  const { file, result, error, departures, parting, judgement } = verdict;
  return {
    event: 'verified',
    file,
    name: result?.name ?? null,
    true: isTrue(verdict),
    error: error || undefined,
    departures: departures.length > 0 ? departures : undefined,
    parts: parting ?? undefined,
    exercise: judgement && {
      reached: judgement.reached,
      goals: judgement.goals.map((goal) => ({ goal: goalText(goal), reached: goal.reached, value: goal.found })),
      answered: judgement.answered,
    },
    answers: result?.answers ?? [],
    config: result?.settings,
    epochs_trained: result?.epochs_trained,
    weights_hash: result?.weights_hash,
    program: result?.program,
  };
}

/**
 * How far it is, as a bar.
 * @param {number} done @param {number} of  epochs
 * @param {number} results @param {number} all
 */
export function barText(done, of, results, all) {
  const long = 24;
  const full = of === 0 ? long : Math.floor((long * Math.min(done, of)) / of);
  return `${'█'.repeat(full)}${'░'.repeat(long - full)} ${results} of ${all} results`;
}

// An exercise: a task in words, goals that a run can reach and questions, in one readable text of parts with | between them:
// “Beat ItemPop with a small model | hr@10 >= 0.70 | parameters <= 40000 | ? Which negatives ratio was best: 1, 4, 8”.
//
// A goal is a quantity, one of >= <= > < and a number. hr@10, ndcg@10, mrr, rmse, mae and loss are those of the model as it
// stands: after the last epoch that has ended or, once validation has gone back to its best epoch, of that one. They are never
// the best over the epochs, which would be chosen by the test and flatter. A quantity may say among which candidates it is
// measured: “full hr@10”; where it does not, it is of the sampled ones where these are measured. Besides there are epochs,
// those that were trained, parameters, and every setting that is a number, by the name of the command's option.
//
// A question begins with ?. What stands behind its last colon says how it is answered: “number”, or two choices and more with
// commas between them; without either it is answered in words.

import { settings as table } from '../settings/table.mjs';
import { Fault, fault } from '../words/fault.mjs';

/** @typedef {'>=' | '<=' | '>' | '<'} Bound */
/** of: the quantity, such as “full hr@10” or “negatives”. @typedef {{of: string, bound: Bound, value: number}} Goal */
/** choices: of a choice alone. @typedef {{text: string, kind: 'words' | 'number' | 'choice', choices: string[]}} Question */
/** @typedef {{task: string, goals: Goal[], questions: Question[]}} Exercise */
/**
 * What a run has come to: settings as toConfig() has them, epochs in their order.
 * @typedef {object} Judged
 * @property {Record<string, unknown>} settings
 * @property {number} parameters
 * @property {{epoch: number, loss: number | null, metrics: Record<string, Record<string, number>>}[]} epochs
 * @property {number | null} selected  the epoch that validation went back to
 * @property {readonly string[]} answers  by question; '' for none
 */
/** found: what the run has of it, null for nothing. @typedef {Goal & {reached: boolean, found: number | null}} JudgedGoal */
/** answered: by question. @typedef {{goals: JudgedGoal[], answered: boolean[], reached: boolean}} Judgement */

/** What is too long for a text in an address, or for a person to read. */
const MOST = { text: 4000, words: 1000, goals: 12, questions: 12, choices: 12, choice: 80 };
/** What an answer may have. */
export const MOST_ANSWER = 2000;

/** What a goal may be of besides settings; kind: of the metrics that have it. @type {Record<string, string>} */
const measured = { 'hr@10': 'hr', 'ndcg@10': 'ndcg', mrr: 'mrr', rmse: 'rmse', mae: 'mae' };
const ofRun = ['loss', 'epochs', 'parameters'];

/** @type {Record<Bound, (value: number, bound: number) => boolean>} */
const holds = {
  '>=': (value, bound) => value >= bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '<': (value, bound) => value < bound,
};

/** A text that can't be an exercise: one sentence says what is wrong with which part. */
export class ExerciseError extends Fault {}

/** The setting that is a number and has this option. @param {string} option */
const numberSetting = (option) =>
  table.find((setting) => setting.option === option && (setting.type === 'integer' || setting.type === 'number'));

/** @param {string} text for a sentence */
const short = (text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Spaces and line breaks as one space; signs that can't be seen are none of an exercise. @param {string} text */
const plain = (text) => text.replaceAll(/\s+/g, ' ').replaceAll(/\p{C}/gu, '').trim();

/**
 * @param {string} text
 * @returns {Exercise}
 * @throws {ExerciseError}
 */
export function readExercise(text) {
  if (text.length > MOST.text) throw new ExerciseError(fault('exerciseLong', { most: MOST.text }));
  /** @type {Exercise} */
  const exercise = { task: '', goals: [], questions: [] };
  plain(text)
    .split('|')
    .map((part) => part.trim())
    .forEach((part, n) => {
      if (part === '') {
        if (n > 0) throw new ExerciseError(fault('exerciseEmpty'));
      } else if (/^[?？]/.test(part)) exercise.questions.push(readQuestion(part.slice(1).trim()));
      else if (isGoal(part, n === 0)) exercise.goals.push(readGoal(part));
      else if (n === 0 && part.length <= MOST.words) exercise.task = part;
      else throw new ExerciseError(fault('exercisePart', { part: short(part) }));
    });
  const { task, goals, questions } = exercise;
  if (task === '' && goals.length === 0 && questions.length === 0) throw new ExerciseError(fault('exerciseNothing'));
  if (goals.length > MOST.goals || questions.length > MOST.questions)
    throw new ExerciseError(fault('exerciseMany', { goals: MOST.goals, questions: MOST.questions }));
  return exercise;
}

const COMPARED = /^((?:(?:sampled|full) )?[\w@-]+) ?(>=|<=|≥|≤|>|<) ?(\S+)$/i;

/**
 * Whether a part is meant as a goal, a wrong one too: a name and a bound. The first may be words, of which one side at least
 * is as that of a goal.
 * @param {string} part
 * @param {boolean} first
 */
function isGoal(part, first) {
  const [, name, , number] = COMPARED.exec(part) ?? [];
  return name !== undefined && (!first || isQuantity(name.toLowerCase()) || !Number.isNaN(numberOf(number)));
}

/** Thousands as people write them. @param {string} text */
const numberOf = (text) => Number(/^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text);

/** @param {string} part @returns {Goal} */
function readGoal(part) {
  const [, name, sign, number] = /** @type {RegExpExecArray} */ (COMPARED.exec(part));
  const of = name.toLowerCase();
  if (!isQuantity(of)) {
    const quantities = [...Object.keys(measured), ...ofRun].join(', ');
    throw new ExerciseError(fault('exerciseQuantity', { part: short(part), name: short(name), quantities }));
  }
  const value = numberOf(number);
  if (!Number.isFinite(value))
    throw new ExerciseError(fault('exerciseNumber', { part: short(part), number: short(number) }));
  return { of, bound: /** @type {Bound} */ (sign.replace('≥', '>=').replace('≤', '<=')), value };
}

/** @param {string} of */
function isQuantity(of) {
  const [, kind, name] = /** @type {RegExpExecArray} */ (/^(?:(.*) )?(.*)$/.exec(of));
  if (kind !== undefined) return ['sampled', 'full'].includes(kind) && ['hr@10', 'ndcg@10', 'mrr'].includes(name);
  return Object.hasOwn(measured, name) || ofRun.includes(name) || numberSetting(name) !== undefined;
}

/** @param {string} part  without its ? @returns {Question} */
function readQuestion(part) {
  if (part === '' || part.length > MOST.words) throw new ExerciseError(fault('exerciseQuestion', { most: MOST.words }));
  const [, text, kind] = /^(.*\S) ?[:：](?!.*[:：]) ?(.*)$/.exec(part) ?? [];
  if (text && kind.toLowerCase() === 'number') return { text, kind: 'number', choices: [] };
  const choices = text ? kind.split(/[,，、]/).map((choice) => choice.trim()) : [];
  if (choices.length < 2) return { text: part, kind: 'words', choices: [] };
  const fit = choices.every((choice) => choice !== '' && choice.length <= MOST.choice);
  if (!fit || choices.length > MOST.choices || new Set(choices).size < choices.length)
    throw new ExerciseError(fault('exerciseChoices', { part: short(part), most: MOST.choices }));
  return { text, kind: 'choice', choices };
}

/**
 * The text that readExercise() makes this of.
 * @param {Exercise} exercise
 * @returns {string}
 * @throws {ExerciseError} there is no such text: the task or a question has a | in it, or looks like something else
 */
export function writeExercise(exercise) {
  const { task, goals, questions } = exercise;
  const asked = questions.map(({ text, kind, choices }) => {
    const tail = kind === 'number' ? ': number' : kind === 'choice' ? `: ${choices.join(', ')}` : '';
    return `? ${text}${tail}`;
  });
  const parts = [...(task ? [task] : []), ...goals.map(goalText), ...asked];
  const text = parts.join(' | ');
  const read = readExercise(text);
  if (JSON.stringify(read) !== JSON.stringify({ task, goals: goals.map(ordered), questions: questions.map(inOrder) }))
    throw new ExerciseError(fault('exerciseUnwritable'));
  return text;
}

const ordered = (/** @type {Goal} */ { of, bound, value }) => ({ of, bound, value });
const inOrder = (/** @type {Question} */ { text, kind, choices }) => ({ text, kind, choices });

/** A goal as it is written. @param {Goal} goal */
export const goalText = ({ of, bound, value }) => `${of} ${bound} ${value}`;

/**
 * How far a run has come with an exercise.
 * @param {Exercise} exercise
 * @param {Judged} run
 * @returns {Judgement}  reached: all goals are, and every question has an answer
 */
export function judge({ goals, questions }, run) {
  const judged = goals.map((goal) => {
    const found = quantityOf(run, goal.of);
    return { ...goal, found, reached: found !== null && holds[goal.bound](found, goal.value) };
  });
  const answered = questions.map((question, n) => isAnswer(question, run.answers[n] ?? ''));
  return { goals: judged, answered, reached: [...judged.map(({ reached }) => reached), ...answered].every(Boolean) };
}

/**
 * Whether a text answers a question: a number, one of the choices, or anything.
 * @param {Question} question
 * @param {string} answer
 */
export function isAnswer({ kind, choices }, answer) {
  const text = answer.trim();
  if (text === '') return false;
  if (kind === 'choice') return choices.includes(text);
  return kind === 'words' || Number.isFinite(Number(text.replace(',', '.')));
}

/**
 * @param {Judged} run
 * @param {string} of
 * @returns {number | null}
 */
function quantityOf({ settings, parameters, epochs, selected }, of) {
  if (of === 'parameters') return parameters;
  const last = epochs.at(-1);
  if (of === 'epochs') return last?.epoch ?? 0;
  const standing = selected === null ? last : epochs.find(({ epoch }) => epoch === selected);
  if (of === 'loss') return numberOr(standing?.loss);
  const [name, kind] = of.split(' ').reverse();
  if (Object.hasOwn(measured, name)) {
    const { metrics = {} } = standing ?? {};
    const set = kind ? metrics[kind] : (metrics.errors ?? metrics.sampled ?? metrics.full);
    return numberOr(set?.[measured[name]]);
  }
  return numberOr(settings[of.replaceAll('-', '_')]);
}

/** @param {unknown} value */
const numberOr = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);

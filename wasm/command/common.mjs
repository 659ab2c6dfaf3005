// What the commands share: their options, how they print, how far they are, and what they read.

import { readFileSync } from 'node:fs';

import { settings as table } from '../settings/table.mjs';
import { identityOf } from '../lab/identity.mjs';
import { noteText, noteToJson } from '../lab/notes.mjs';
import { Run } from '../lab/run.mjs';
import { decodeWeights, fitWeights } from '../lab/weights.mjs';
import { checkSettings, presetNamed } from '../settings/settings.mjs';
import { loadCoreInNode } from '../node.mjs';
import { BUNDLED, openData } from './source.mjs';

export { setsToJson } from '../lab/measures.mjs';

/** Arguments or files that can't be used: one line, exit code 2. */
export class UsageError extends Error {}

export const number = new Intl.NumberFormat('en');

/** @typedef {import('../lab/tasks.mjs').MetricSets} MetricSets */
/** @typedef {import('../core.mjs').Metrics} Metrics */
/** @typedef {import('../core.mjs').Errors} Errors */
/**
 * `words`: the command has arguments without a dash, which run() gets second.
 * @typedef {{options: Record<string, any>, words?: boolean, run: (values: any, words: string[]) => Promise<void>, summary: string, help: string}} Command
 */

export const common = {
  data: { type: 'string', default: BUNDLED },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/** An option for every setting, and one for settings that a paper found good. */
export const settingOptions = Object.fromEntries(
  ['preset', ...table.map(({ option }) => option)].map((option) => [option, { type: 'string' }]),
);

/**
 * The settings among a command's options, as they were typed, those of a preset behind them.
 * @param {Record<string, any>} values
 * @returns {Record<string, unknown>}
 */
export function chosenSettings(values) {
  const typed = table.flatMap(({ name, option }) => (values[option] === undefined ? [] : [[name, values[option]]]));
  const preset = values.preset === undefined ? {} : presetNamed(values.preset).settings;
  return { ...preset, ...Object.fromEntries(typed) };
}

export function dataHelp() {
  return `  --data D           ${BUNDLED} (the bundled set, the default), a MovieLens folder, zip or rating file,
                     or DIR/NAME for the paper’s NAME.train.rating, NAME.test.rating, NAME.test.negative`;
}

/** @param {string} text */
export function print(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Says what there is to know about the numbers that follow, each once.
 * @param {import('../lab/notes.mjs').Note[]} notes
 * @param {boolean} json
 */
export function printNotes(notes, json) {
  for (const note of notes)
    print(json ? JSON.stringify({ event: 'note', ...noteToJson(note) }) : `note: ${noteText(note)}`);
}

/**
 * What there is to know about many runs, each note once.
 * @param {{notes?: import('../lab/notes.mjs').Note[]}[]} results
 */
export function notesOf(results) {
  const all = results.flatMap(({ notes = [] }) => notes);
  return [...new Map(all.map((note) => [JSON.stringify(note), note])).values()];
}

/** Says how far long work is, on a terminal only and on one line that the next output takes the place of. */
export const progress = {
  /** @param {string} text */
  show(text) {
    if (process.stderr.isTTY) process.stderr.write(`\r${text}\x1b[K`);
  },
  clear() {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  },
};

/**
 * @param {string} text
 * @param {string} option
 * @param {number} [least]
 */
export function wholeNumber(text, option, least = 1) {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least)
    throw new UsageError(`${option} takes a whole number from ${least}, not “${text}”.`);
  return value;
}

/** @param {string} data */
export async function open(data) {
  const core = await loadCoreInNode();
  const dataset = await openData(core, data, ({ ratings }) => progress.show(`${number.format(ratings)} ratings read`));
  progress.clear();
  return { core, dataset };
}

/**
 * @param {string} path
 * @throws {UsageError | import('../lab/safetensors.mjs').WeightsError}
 */
export function readWeights(path) {
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new UsageError(`The weights file “${path}” can't be read.`);
  }
  return decodeWeights(bytes);
}

/** What the commands that read weights have besides. */
export const weightsOptions = { weights: { type: 'string' }, model: { type: 'string' }, rows: { type: 'string' } };

export const weightsHelp = `  --weights FILE     weights that ncf train --save or the page wrote, or PyTorch's under the same names
  --rows RULE        of weights without ids: id (row n is the id n, the rule for the paper's triple) or appearance (rows
                     are in the order in which ids first appear in the rating file, the rule elsewhere)
  --model M          which model it is, of weights without settings whose shapes leave that open`;

/** @param {Record<string, any>} values @returns {import('../lab/rows.mjs').RowRule | undefined} */
export function rowRule({ rows }) {
  if (rows === undefined || rows === 'id' || rows === 'appearance') return rows;
  throw new UsageError(`--rows takes id or appearance, not “${rows}”.`);
}

/**
 * A run whose model holds the weights of --weights.
 * @param {Record<string, any>} values
 */
export async function openWeights(values) {
  if (values.weights === undefined) throw new UsageError('Say which weights: --weights FILE.safetensors');
  const rows = rowRule(values);
  const weights = readWeights(values.weights);
  const { dataset } = await open(values.data);
  const fitted = fitWeights(weights, dataset, { model: values.model, rows });
  const run = new Run(dataset, checkSettings({ ...fitted.settings, eval: values.eval }));
  run.load(fitted);
  return { dataset, run, identity: identityOf(run.model.source) };
}

/** @param {Metrics} metrics */
function rankingToText({ hr, hrHalfWidth, ndcg, allEqual }) {
  const figures = `HR@10 ${hr.toFixed(4)} ± ${hrHalfWidth.toFixed(4)}  NDCG@10 ${ndcg.toFixed(4)}`;
  return `${figures}${allEqual ? '  (all scores equal: the model tells no film from another)' : ''}`;
}

/** @param {Errors} errors */
function errorsToText({ rmse, rmseHalfWidth, mae }) {
  return `RMSE ${rmse.toFixed(4)} ± ${rmseHalfWidth.toFixed(4)}  MAE ${mae.toFixed(4)}`;
}

/** @param {MetricSets} sets */
export function setsToText(sets) {
  return Object.entries(sets)
    .map(([kind, metrics]) => {
      if ('rmse' in metrics) return errorsToText(metrics);
      const name = Object.keys(sets).length > 1 || kind === 'full' ? `${kind} ` : '';
      return `${name}${rankingToText(metrics)}`;
    })
    .join('  ');
}

// The results of a search in order: the best on validation first. What the test says is not looked at here.

import { labelOf, measures } from '../../lab/measures.mjs';
import { keyOf } from '../runs.mjs';
import { meanInterval } from '../../lab/stats/significance.mjs';

/** @typedef {import('../../settings/settings.mjs').Settings} Settings */
/** @typedef {import('../../lab/stats/significance.mjs').Mean} Mean */
/** @typedef {{measure: string, better: 'higher' | 'lower', value: number}} Validation */
/**
 * A run as it stands in the file of results; one that diverged has no more than its settings.
 * @typedef {object} SearchResult
 * @property {string} key
 * @property {'result' | 'diverged'} event
 * @property {Record<string, unknown>} config
 * @property {{name: string} & import('../../lab/identity.mjs').Identity} data
 * @property {import('../../lab/notes.mjs').Note[]} [notes]
 * @property {Validation} [validation]  of the best epoch on it
 * @property {number} [epoch]           that one
 * @property {number} [epochs_trained]
 * @property {Record<string, Record<string, unknown>>} [metrics]  on test, in the same epoch
 * @property {number} seconds
 */
/** A combination of settings, its runs' settings by seed. @typedef {{varied: Record<string, unknown>, runs: Settings[]}} Combination */
/**
 * A row of the table. `validation`: null where a run diverged.
 * @typedef {{place: number, combination: Combination, results: SearchResult[], validation: (Mean & {measure: string, better: 'higher' | 'lower'}) | null, epoch: number, seconds: number}} Row
 */

const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {SearchResult[]} results */
function validationOf(results) {
  const [first] = results;
  if (!first.validation || results.some(({ validation }) => !validation)) return null;
  const { measure, better } = first.validation;
  return { measure, better, ...meanInterval(results.map(({ validation }) => Number(validation?.value))) };
}

/**
 * @param {import('../runs.mjs').Rows} identity  of the data
 * @param {Combination[]} combinations  of which every run has a result
 * @param {Map<string, SearchResult>} byKey
 * @returns {Row[]}  best first, ties in the order of the search, what diverged last
 */
export function rowsOf(identity, combinations, byKey) {
  const rows = combinations.map((combination) => {
    const results = combination.runs.map(
      (settings) => /** @type {SearchResult} */ (byKey.get(keyOf(identity, settings))),
    );
    return {
      place: 0,
      combination,
      results,
      validation: validationOf(results),
      epoch: mean(results.map(({ epoch }) => epoch ?? NaN)),
      seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
    };
  });
  rows.sort((a, b) => {
    if (!a.validation || !b.validation) return Number(!a.validation) - Number(!b.validation);
    const lead = b.validation.mean - a.validation.mean;
    return a.validation.better === 'higher' ? lead : -lead;
  });
  rows.forEach((row, n) => (row.place = n + 1));
  return rows;
}

/** Settings as they are typed: layers and choices as text. @param {unknown} value */
const valueText = (value) => (Array.isArray(value) ? value.join() : String(value));

/** @param {Record<string, unknown>} varied  by option */
export function variedText(varied) {
  return Object.entries(varied)
    .map(([option, value]) => `${option}=${valueText(value)}`)
    .join(' ');
}

/** The measure's name for people. @param {string} name */
export function measureText(name) {
  const measure = measures.find((each) => each.name === name);
  return measure ? labelOf(measure) : name;
}

/** @param {Mean} figure */
export function meanText({ mean: middle, halfWidth }) {
  return Number.isNaN(halfWidth) ? middle.toFixed(4) : `${middle.toFixed(4)} ± ${halfWidth.toFixed(4)}`;
}

/**
 * The results on test of one row: by kind and measure the mean over its seeds.
 * @param {Row} row
 * @returns {Record<string, Record<string, Mean>>}
 */
export function testOf({ results }) {
  const sets = results.map(({ metrics }) => metrics ?? {});
  const means = Object.keys(sets[0]).map((kind) => {
    const known = measures.filter(({ name }) => sets.every((set) => Number.isFinite(set[kind]?.[name])));
    const figures = known.map(({ name }) => [name, meanInterval(sets.map((set) => Number(set[kind][name])))]);
    return [kind, Object.fromEntries(figures)];
  });
  return Object.fromEntries(means);
}

/**
 * The table, a line a row.
 * @param {Row[]} rows
 */
export function tableOf(rows) {
  const [{ validation }] = rows;
  const head = [
    '',
    `validation ${validation ? measureText(validation.measure) : ''}`.trim(),
    'seeds',
    'epoch',
    'seconds',
    '',
  ];
  const cells = rows.map(({ place, validation: figure, results, epoch, seconds, combination }) => [
    String(place),
    figure ? meanText(figure) : 'diverged',
    String(results.length),
    Number.isNaN(epoch) ? '–' : String(Math.round(epoch * 10) / 10),
    seconds.toFixed(1),
    variedText(combination.varied),
  ]);
  const all = [head, ...cells];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const right = (/** @type {number} */ column) => column !== 1 && column !== 5;
  return all.map((row) =>
    row
      .map((cell, n) => (right(n) ? cell.padStart(widths[n]) : cell.padEnd(widths[n])))
      .join('  ')
      .trimEnd(),
  );
}

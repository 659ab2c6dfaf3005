// Results set out as Markdown, the paper's number beside ours.

import { meanInterval } from '../../lab/stats/significance.mjs';
import { keyOf, withSeeds } from './runs.mjs';

/** @typedef {import('./paper.mjs').Experiment} Experiment */
/** @typedef {import('./paper.mjs').Cell} Cell */
/** @typedef {import('./runs.mjs').Results} Results */
/** @typedef {import('./runs.mjs').RunResult} RunResult */

/** @param {number[]} values */
function figure(values) {
  const { mean, halfWidth } = meanInterval(values);
  return Number.isNaN(halfWidth) ? mean.toFixed(4) : `${mean.toFixed(4)} ± ${halfWidth.toFixed(4)}`;
}

/**
 * @param {number[]} values
 * @param {number | undefined} paper
 */
function besidePaper(values, paper) {
  if (paper === undefined) return figure(values);
  const difference = meanInterval(values).mean - paper;
  return `${figure(values)} (paper ${paper.toFixed(3)}, ${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(3)})`;
}

/** @param {string[]} cells */
const line = (cells) => `| ${cells.join(' | ')} |`;

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
function table(head, rows) {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * @param {Results} results
 * @param {import('../runs.mjs').Rows} identity  of the data
 * @param {Cell} cell
 * @param {number} seeds
 * @returns {RunResult[]}  those of its runs that are done
 */
function runsOf(results, identity, cell, seeds) {
  return withSeeds(cell.settings, seeds).flatMap((settings) => results.byKey.get(keyOf(identity, settings)) ?? []);
}

const names = { hr: 'HR', ndcg: 'NDCG' };

/**
 * @param {string[]} values
 * @returns {string[]}
 */
const distinct = (values) => [...new Set(values)];

/**
 * One table a measure, rows by the experiment's rows, columns by its columns.
 * @param {Experiment} experiment
 * @param {Cell[]} cells
 * @param {(cell: Cell) => RunResult[]} runs
 */
function cellTables({ measures }, cells, runs) {
  const columns = distinct(cells.map(({ column }) => column));
  return measures.map((measure) => {
    const rows = distinct(cells.map(({ row }) => row)).map((row) => [
      row,
      ...columns.map((column) => {
        const cell = cells.find((each) => each.row === row && each.column === column);
        const done = cell ? runs(cell) : [];
        const values = done.map(({ best }) => best[measure][9]);
        return cell && done.length > 0 ? besidePaper(values, cell[measure]) : '–';
      }),
    ]);
    return table([`${names[measure]}@10`, ...columns], rows);
  });
}

/**
 * @param {Experiment} experiment
 * @param {Cell[]} cells
 * @param {(cell: Cell) => RunResult[]} runs
 */
function curveTables({ measures }, cells, runs) {
  const ks = Array.from({ length: 10 }, (_, k) => k);
  return measures.map((measure) => {
    const rows = cells.map((cell) => {
      const done = runs(cell);
      const at = (/** @type {number} */ k) => meanInterval(done.map(({ best }) => best[measure][k])).mean.toFixed(4);
      return [cell.row, ...ks.map((k) => (done.length > 0 ? at(k) : '–'))];
    });
    return table([`${names[measure]}@K`, ...ks.map((k) => String(k + 1))], rows);
  });
}

/**
 * A table a model.
 * @param {Experiment} _
 * @param {Cell[]} cells
 * @param {(cell: Cell) => RunResult[]} runs
 */
function epochTables(_, cells, runs) {
  return cells.map((cell) => {
    const done = runs(cell);
    if (done.length === 0) return `${cell.row}: –`;
    const rows = done[0].epochs.map(({ epoch, loss }, n) => {
      const mean = (/** @type {'loss' | 'hr' | 'ndcg'} */ name) =>
        meanInterval(done.map(({ epochs }) => Number(epochs[n][name]))).mean.toFixed(4);
      return [String(epoch), loss === null ? '–' : mean('loss'), mean('hr'), mean('ndcg')];
    });
    return table([`${cell.row}, epoch`, 'loss', 'HR@10', 'NDCG@10'], rows);
  });
}

const shows = { table: cellTables, curve: curveTables, epochs: epochTables };

/**
 * @param {Experiment} experiment
 * @param {Cell[]} cells
 * @param {Results} results
 * @param {import('../runs.mjs').Rows} identity  of the data
 * @param {number} seeds
 * @returns {string}  Markdown
 */
export function present(experiment, cells, results, identity, seeds) {
  const tables = shows[experiment.show](experiment, cells, (cell) => runsOf(results, identity, cell, seeds));
  const many = seeds > 1 ? `means of ${seeds} seeds with 95 % intervals over them` : 'one seed';
  return `### ${experiment.title}\n\nBest epoch on test of 20, as in the paper's code; ${many}.\n\n${tables.join('\n\n')}\n`;
}

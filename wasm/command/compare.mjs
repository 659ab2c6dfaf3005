// `ncf compare`

import { readFileSync } from 'node:fs';

import { compareContenders } from '../lab/compare.mjs';
import { labelOf, measures } from '../lab/measures.mjs';
import { contendersOf, readRuns, sourcesOfUnknown } from '../lab/stats/contenders.mjs';
import { UsageError, common, number, print, printNotes, wholeNumber } from './common.mjs';

/** @typedef {import('../lab/compare.mjs').Comparison} Comparison */
/** @typedef {import('../lab/compare.mjs').Summary} Summary */
/** @typedef {import('../lab/stats/significance.mjs').Difference} Difference */

/** @param {string} path */
function read(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`The file “${path}” can't be read.`);
  }
  return readRuns(text, path);
}

/** Infinite where a difference is certain, and not a number where one value has no spread: null in JSON. */
const finite = (/** @type {number} */ value) => (Number.isFinite(value) ? value : null);

/** @param {Difference} difference */
function differenceToJson({ mean, halfWidth, t, degrees, p }) {
  return { mean_difference: mean, half_width: finite(halfWidth), t: finite(t), degrees, p };
}

/** @param {Summary} summary */
function summaryToJson({ contender: { name, label, sources, runs }, means }) {
  const figures = Object.entries(means).flatMap(([measure, { mean, halfWidth }]) => [
    [measure, mean],
    ...(runs.length > 1 ? [[`${measure}_half_width`, halfWidth]] : []),
  ]);
  return { name, label, files: sources, seeds: runs.length, ...Object.fromEntries(figures) };
}

/** @param {Comparison} comparison @param {string} kind */
function comparisonToJson({ k, a, b, measure, seeds, users, verdict }, kind) {
  const told = Object.entries(seeds).flatMap(([name, welch]) => (welch ? [[name, differenceToJson(welch)]] : []));
  return {
    event: 'comparison',
    k,
    eval: kind,
    measure: measure.name,
    better: measure.better,
    a: summaryToJson(a),
    b: summaryToJson(b),
    seeds: told.length > 0 ? Object.fromEntries(told) : null,
    users: users && {
      count: users.users,
      t_test: differenceToJson(users.t),
      wilcoxon: users.wilcoxon,
      mcnemar: {
        only_a: users.mcnemar.onlyA,
        only_b: users.mcnemar.onlyB,
        p: users.mcnemar.p,
        exact: users.mcnemar.exact,
      },
    },
    verdict,
  };
}

const p = (/** @type {number} */ value) => (value < 0.0001 ? 'p < 0.0001' : `p = ${value.toFixed(4)}`);
const signed = (/** @type {number} */ value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
/** Hits that hang on ties or seeds are counted by their chance. */
const hits = (/** @type {number} */ value) => number.format(Math.round(value * 10) / 10);

/** @param {import('../lab/stats/contenders.mjs').Contender} contender */
function describe({ label, sources, runs }) {
  if (!runs[0].config) return label;
  return `${label}  (${sources.length > 2 ? `${sources.length} files` : sources.join(', ')})`;
}

/** @param {Summary[]} summaries @param {number} k */
function tableOf(summaries, k) {
  const shown = measures.filter(({ name }) => summaries.some(({ means }) => means[name]));
  const rows = [
    ['', ...shown.map((measure) => labelOf(measure, k)), 'seeds', ''],
    ...summaries.map(({ contender, means }) => [
      contender.name,
      ...shown.map(({ name }) => {
        if (!means[name]) return '–';
        const { mean, halfWidth } = means[name];
        return Number.isNaN(halfWidth) ? mean.toFixed(4) : `${mean.toFixed(4)} ± ${halfWidth.toFixed(4)}`;
      }),
      String(contender.runs.length),
      describe(contender),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

/** @param {Comparison} comparison */
function comparisonToText({ k, a, b, seeds, users, verdict }) {
  const names = `${a.contender.name} − ${b.contender.name}`;
  const lines = measures.flatMap((measure) => {
    const welch = seeds[measure.name];
    if (!welch) return [];
    return `  ${names} over seeds, ${labelOf(measure, k)}: ${signed(welch.mean)} ± ${welch.halfWidth.toFixed(4)} (Welch, ${p(welch.p)})`;
  });
  if (users) {
    const { t, wilcoxon, mcnemar } = users;
    const of = `${number.format(users.users)} users`;
    lines.push(
      `  ${names} over ${of}, NDCG@${k}: ${signed(t.mean)} ± ${t.halfWidth.toFixed(4)} (paired t, ${p(t.p)})`,
      `  Wilcoxon of NDCG@${k}: ${p(wilcoxon.p)} (${number.format(wilcoxon.n)} of ${of} differ)`,
      `  McNemar of hits@${k}: ${p(mcnemar.p)} (${hits(mcnemar.onlyA)} users hit by ${a.contender.name} alone, ${hits(mcnemar.onlyB)} by ${b.contender.name} alone)`,
    );
  }
  return [...lines, verdict];
}

/**
 * @param {Record<string, any>} values
 * @param {string[]} words
 */
async function run(values, words) {
  if (words.length === 0)
    throw new UsageError('Say which files: ncf compare A B, outputs of ncf train --json or files of ranks.');
  const k = wholeNumber(values.k, '-k');
  let result;
  let runs;
  try {
    runs = words.flatMap(read);
    result = compareContenders(contendersOf(runs), { k, kind: values.eval });
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
  const { kind, summaries, comparisons } = result;
  const unknown = runs.length > 1 ? sourcesOfUnknown(runs) : [];
  printNotes(
    unknown.map((file) => ({ code: 'unknown-data', values: { file } })),
    values.json,
  );
  if (values.json) {
    if (comparisons.length === 0)
      print(JSON.stringify({ event: 'summary', k, eval: kind, ...summaryToJson(summaries[0]) }));
    for (const comparison of comparisons) print(JSON.stringify(comparisonToJson(comparison, kind)));
    return;
  }
  for (const line of tableOf(summaries, k)) print(line);
  for (const comparison of comparisons) for (const line of ['', ...comparisonToText(comparison)]) print(line);
  if (comparisons.length === 0) print('All of this is one model: name another one to compare it with.');
}

/** @type {import('./common.mjs').Command} */
export const compare = {
  options: {
    json: common.json,
    help: common.help,
    k: { type: 'string', short: 'k', default: '10' },
    eval: { type: 'string' },
  },
  words: true,
  run,
  summary: 'whether models can be told apart, over seeds and over users',
  help: `ncf compare FILE FILE … [-k 10] [--eval KIND] [--json]

Takes outputs of ncf train --json (ncf search keeps such lines, too) and files that ncf train or ncf evaluate wrote with
--ranks, all of the same data. Runs that differ in nothing but the seed are one model, whether they are in one file or in
several; the first model is compared with each other one.

Over seeds: means with 95 % intervals by Student's t, and Welch's interval of the difference. Over users, where there are
ranks (ncf train --json --ranks -): the paired t test and Wilcoxon's signed-rank test of NDCG, McNemar's test of hits, each
user's NDCG and hits averaged over the seeds. Ties count by their expectation; a file of plain ranks has none.

  -k NUMBER          the cut-off (10); another one needs ranks
  --eval KIND        sampled or full, where the runs have both (sampled)
  --json             a comparison as one JSON object`,
};

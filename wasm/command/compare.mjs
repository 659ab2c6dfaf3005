// `ncf compare`

import { readFileSync } from 'node:fs';

import { compareRanks, parseRanks, verdict } from '../compare.mjs';
import { UsageError, common, number, print, wholeNumber } from './common.mjs';

/** @param {string} path */
function readRanks(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`The file of ranks “${path}” can't be read.`);
  }
  try {
    return parseRanks(text);
  } catch (error) {
    throw new UsageError(`${path}, ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * @param {Record<string, any>} values
 * @param {string[]} words
 */
async function run(values, words) {
  if (words.length !== 2) throw new UsageError('Say which two files of ranks: ncf compare RANKS_A RANKS_B');
  const k = wholeNumber(values.k, '-k');
  const [a, b] = words.map(readRanks);
  if (a.length !== b.length)
    throw new UsageError(
      `${words[0]} has ranks of ${a.length} users and ${words[1]} of ${b.length}: they are not of the same data.`,
    );
  if (a.length === 0) throw new UsageError(`There are no ranks in ${words[0]}.`);
  const comparison = compareRanks(a, b, k);
  const { users, t, wilcoxon, mcnemar } = comparison;
  if (values.json)
    return print(
      JSON.stringify({
        event: 'comparison',
        k,
        users,
        a: comparison.a,
        b: comparison.b,
        t_test: { mean_difference: t.mean, half_width: t.halfWidth, t: Number.isFinite(t.t) ? t.t : null, p: t.p },
        wilcoxon,
        mcnemar: { only_a: mcnemar.onlyA, only_b: mcnemar.onlyB, p: mcnemar.p, exact: mcnemar.exact },
        verdict: verdict(comparison, k),
      }),
    );
  const p = (/** @type {number} */ value) => (value < 0.0001 ? 'p < 0.0001' : `p = ${value.toFixed(4)}`);
  for (const [name, path, { hr, ndcg }] of /** @type {const} */ ([
    ['A', words[0], comparison.a],
    ['B', words[1], comparison.b],
  ]))
    print(`${name}  HR@${k} ${hr.toFixed(4)}  NDCG@${k} ${ndcg.toFixed(4)}  ${path}`);
  print(`paired t test of NDCG: ${p(t.p)} (A − B: ${t.mean.toFixed(4)} ± ${t.halfWidth.toFixed(4)})`);
  print(`Wilcoxon of NDCG: ${p(wilcoxon.p)} (${number.format(wilcoxon.n)} of ${number.format(users)} users differ)`);
  print(`McNemar of hits: ${p(mcnemar.p)} (${mcnemar.onlyA} users hit by A alone, ${mcnemar.onlyB} by B alone)`);
  print(verdict(comparison, k));
}

/** @type {import('./common.mjs').Command} */
export const compare = {
  options: { json: common.json, help: common.help, k: { type: 'string', short: 'k', default: '10' } },
  words: true,
  run,
  summary: 'whether two models can be told apart',
  help: `ncf compare RANKS_A RANKS_B [-k 10] [--json]

Takes two files that ncf evaluate --ranks wrote for the same data and tests whether the models differ: the paired t test
and Wilcoxon’s signed-rank test on the users’ NDCG, McNemar’s test on their hits.

  -k NUMBER          the cut-off (10)
  --json             the comparison as one JSON object`,
};

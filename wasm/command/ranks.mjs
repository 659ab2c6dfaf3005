// --ranks of train and evaluate: every user's rank, in a file or among the lines of --json.

import { identityOf } from '../lab/identity.mjs';
import { modelRow } from '../settings/models.mjs';
import { rankLines } from '../lab/stats/ranks.mjs';
import { UsageError, print, progress } from './common.mjs';
import { outputFile } from './output.mjs';

/** @typedef {import('../lab/run.mjs').Run} Run */

export const ranksHelp = `  --ranks FILE       write each test user's rank, one a line: how many films scored strictly above the held-out one; into
                     FILE.jsonl with ties, users and candidates; “-” puts these lines among those of --json. A model that
                     predicts ratings has none`;
/** @param {Run} run @returns {('sampled' | 'full')[]} */
function kindsOf({ settings }) {
  return settings.eval === 'both' ? ['sampled', 'full'] : [settings.eval];
}

/** The ranks that a run's last evaluation found. @param {Run} run */
function jsonLines(run) {
  return kindsOf(run).flatMap((kind) =>
    rankLines(kind, run.split.dataset.userIds, run.evaluator?.ranks(kind === 'full') ?? []),
  );
}

/** What the ranks of a file are of, for compare. @param {Run} run @param {string} name */
const headLine = (run, name) => JSON.stringify({ event: 'ranks', data: { name, ...identityOf(run.model.source) } });

/** Of one kind, as that has always been: of the sampled ones where there are both. @param {Run} run */
function plainLines(run) {
  const ranks = run.evaluator?.ranks(kindsOf(run)[0] === 'full') ?? [];
  return ranks.flatMap((rank) => (rank ? [String(rank.greater)] : []));
}

/**
 * Where --ranks leads; asked for before the work begins.
 * @param {Record<string, any>} values
 * @returns {{write: (run: Run) => void} | null}
 */
export function ranksOutput({ ranks: path, json, data }) {
  if (path === undefined) return null;
  if (path === '-') {
    if (!json)
      throw new UsageError('“--ranks -” puts ranks among the lines of --json: give that, too, or name a file.');
    return { write: (run) => jsonLines(run).forEach(print) };
  }
  const file = outputFile(path);
  const lines = path.endsWith('.jsonl')
    ? (/** @type {Run} */ run) => [headLine(run, data), ...jsonLines(run)]
    : plainLines;
  return {
    write: (run) =>
      file?.write(
        lines(run)
          .map((line) => `${line}\n`)
          .join(''),
      ),
  };
}

/**
 * Refuses --ranks where there are none.
 * @param {Record<string, any>} values
 * @param {import('../settings/settings.mjs').Settings} settings
 */
export function checkRanks({ ranks }, { model }) {
  const { task, label } = modelRow(model);
  if (ranks !== undefined && task === 'rating')
    throw new UsageError(
      `${label} predicts ratings, so it is measured by its errors and ranks nothing: leave --ranks out, or choose a model that ranks films.`,
    );
}

/**
 * Evaluates again, where the weights are no longer those of the last evaluation.
 * @param {Run} run
 */
export function evaluateAgain(run) {
  if (run.meters)
    for (const _ of run.measure(run.meters.test, run.epoch)) progress.show('ranking with the best weights');
}

/** A race's results as JSON lines: what `ncf train --json --ranks -` prints of each run, for `ncf compare` to read. */
import { setsToJson } from '../../../wasm/lab/measures.mjs';
import { rankLines } from '../../../wasm/lab/stats/ranks.mjs';
import { standing } from './race.js';

/** @typedef {import('./race.js').Runner} Runner */

/** @param {Runner} runner one that has results */
function linesOf({ results, epochs, settings, name, data, ...runner }) {
  if (!results) return [];
  const told = epochs.map(({ epoch, loss, metrics, validation, seconds, samplesPerSecond }) => ({
    ...{ event: 'epoch', epoch, loss, metrics: setsToJson(/** @type {any} */ (metrics)) },
    validation: validation && setsToJson(/** @type {any} */ (validation)),
    ...{ seconds, samples_per_second: samplesPerSecond },
  }));
  const ranks = Object.entries(results.ranks).flatMap(([kind, { users, greater, equal, candidates }]) =>
    rankLines(
      kind,
      users,
      Array.from(users, (_, at) => ({ greater: greater[at], equal: equal[at], candidates: candidates[at] })),
    ),
  );
  const final = standing({ epochs, selected: runner.selected });
  const result = {
    ...{ event: 'result', name, model: settings.model, config: results.config },
    data: { name: data.dataset.name, ...results.data },
    ...{ epochs_trained: epochs.at(-1)?.epoch, epoch: final?.epoch, loss: final?.loss },
    metrics: setsToJson(/** @type {any} */ (final?.metrics ?? {})),
    ...{ samples_per_second: runner.samplesPerSecond || null, weights_hash: results.hash },
  };
  return [...told.map((line) => JSON.stringify(line)), ...ranks, JSON.stringify(result)];
}

/** @param {Runner[]} runners those without results are left out */
export const jsonLines = (runners) =>
  runners
    .flatMap(linesOf)
    .map((line) => `${line}\n`)
    .join('');

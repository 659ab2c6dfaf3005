// The metrics of a run epoch by epoch, as the command prints them and as files: JSON, and CSV with a column a figure.

import { csvOf } from './csv.mjs';
import { setsToJson } from './measures.mjs';

/** @typedef {import('./run.mjs').EpochEvent} EpochEvent */

/** An epoch under the names of --json. @param {EpochEvent} event */
export const epochToJson = ({ epoch, loss, metrics, validation, seconds, samplesPerSecond }) => ({
  epoch,
  loss,
  metrics: setsToJson(metrics),
  ...(validation && { validation: setsToJson(validation) }),
  seconds,
  samples_per_second: samplesPerSecond,
});

/**
 * What the figures of an epoch are called in one row: sampled_hr, validation_sampled_ndcg …
 * @param {EpochEvent} event
 * @returns {Record<string, import('./csv.mjs').Cell>}
 */
function columnsOf(event) {
  const { metrics, validation = {}, ...own } = epochToJson(event);
  const flat = (/** @type {string} */ prefix, /** @type {ReturnType<typeof setsToJson>} */ sets) =>
    Object.entries(sets).flatMap(([kind, set]) =>
      Object.entries(set).map(([name, value]) => [`${prefix}${kind}_${name}`, value]),
    );
  const { epoch, loss, ...time } = own;
  return Object.fromEntries([
    ...Object.entries({ epoch, loss }),
    ...flat('', metrics),
    ...flat('validation_', validation),
    ...Object.entries(time),
  ]);
}

/** A row an epoch; a loss that there is none of is empty. @param {readonly EpochEvent[]} epochs */
export function metricsCsv(epochs) {
  const rows = epochs.map(columnsOf);
  const head = Object.keys(rows[0] ?? { epoch: 0, loss: 0 });
  return csvOf(
    head,
    rows.map((row) => head.map((name) => row[name])),
  );
}

/**
 * @param {{config: Record<string, unknown>, data: Record<string, unknown>}} run  the settings and what it was trained on
 * @param {readonly EpochEvent[]} epochs
 */
export function metricsJson({ config, data }, epochs) {
  return `${JSON.stringify({ model: config.model, config, data, epochs: epochs.map(epochToJson) }, null, 2)}\n`;
}

// --metrics of train: the figures of every epoch in a file.

import { metricsCsv, metricsJson } from '../lab/metrics.mjs';
import { UsageError } from './common.mjs';
import { outputFile } from './output.mjs';

export const metricsHelp = `  --metrics FILE     the figures of every epoch: FILE.csv with a row an epoch, or FILE.json`;

/**
 * Where --metrics leads; asked for before the work begins.
 * @param {string | undefined} path
 */
export function metricsOutput(path) {
  if (path === undefined) return null;
  const kind = /\.(csv|json)$/.exec(path)?.[1];
  if (!kind) throw new UsageError(`--metrics takes a name that ends in .csv or .json, not “${path}”.`);
  const file = outputFile(path);
  return {
    /** @param {import('../lab/run.mjs').Run} run @param {Record<string, unknown>} data */
    write(run, data) {
      const { history } = run;
      file?.write(kind === 'csv' ? metricsCsv(history) : metricsJson({ config: run.config(), data }, history));
    },
  };
}

// `ncf models`

import { modelRow, models as table, reads, settings } from '../core.mjs';
import { common, print } from './common.mjs';

/** @typedef {import('../settings/models.mjs').ModelRow} ModelRow */

/** What models are for, in the order in which they are shown. */
const tasks = /** @type {const} */ ([
  { task: 'ranking', title: 'Models that rank films (HR@10, NDCG@10):' },
  { task: 'rating', title: 'Models that predict ratings (RMSE, MAE):' },
]);

/**
 * The models a line each, by what they are for.
 * @param {(row: ModelRow) => string[]} more  lines below a model's own
 */
export function modelsToText(more = () => []) {
  const width = Math.max(...table.map(({ value }) => value.length));
  return tasks
    .map(({ task, title }) => {
      const rows = table.filter((row) => row.task === task);
      const lines = rows.flatMap((row) => [
        `  ${row.value.padEnd(width)}  ${row.label}: ${row.help}`,
        ...more(row).map((line) => `  ${' '.repeat(width)}  ${line}`),
      ]);
      return [title, ...lines].join('\n');
    })
    .join('\n\n');
}

/** @param {string} model */
function settingsOf(model) {
  return settings.filter(({ name }) => reads(model, name)).map(({ option }) => option);
}

/** The defaults of its own that a model has, by option. @param {ModelRow} row */
function defaultsOf({ defaults = {} }) {
  return Object.fromEntries(
    settings.filter(({ name }) => name in defaults).map(({ name, option }) => [option, defaults[name]]),
  );
}

/** @param {ModelRow} row */
function aboutToText(row) {
  const options = settingsOf(row.value).filter((option) => option !== 'model');
  const own = Object.entries(defaultsOf(row)).map(([option, value]) => `--${option} ${value}`);
  return [`settings: ${options.join(', ')}`, ...(own.length > 0 ? [`defaults of its own: ${own.join(' ')}`] : [])];
}

/** @param {Record<string, any>} values */
async function run(values) {
  if (!values.json) return print(modelsToText(aboutToText));
  for (const { value } of table) {
    const row = modelRow(value);
    const { label, task } = row;
    print(JSON.stringify({ model: value, name: label, task, settings: settingsOf(value), defaults: defaultsOf(row) }));
  }
}

/** @type {import('./common.mjs').Command} */
export const models = {
  options: { json: common.json, help: common.help },
  run,
  summary: 'the models there are, and what each reads',
  help: `ncf models [--json]

Lists the models, the settings that each reads and the defaults of its own.

  --json             one JSON object a model`,
};

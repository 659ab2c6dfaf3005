// `ncf models`

import { models as table, modelRow } from '../settings/models.mjs';
import { presets } from '../settings/presets.mjs';
import { checkSettings, reads, toConfig } from '../settings/settings.mjs';
import { settings } from '../settings/table.mjs';
import { common, print } from './common.mjs';

/** @typedef {import('../settings/models.mjs').Model} ModelRow */

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

/** A preset's settings as options. @param {import('../settings/presets.mjs').Preset} preset */
function optionsOf({ settings: chosen }) {
  const known = settings.filter(({ name }) => name in chosen);
  return known.map(({ name, option }) => `--${option} ${chosen[name]}`).join(' ');
}

function presetsToText() {
  const width = Math.max(...presets.map(({ value }) => value.length));
  const lines = presets.flatMap((preset) => [
    `  ${preset.value.padEnd(width)}  ${preset.label}: ${preset.help}`,
    `  ${' '.repeat(width)}  ${optionsOf(preset)}`,
  ]);
  return ['Presets (--preset NAME):', ...lines].join('\n');
}

/** @param {Record<string, any>} values */
async function run(values) {
  if (!values.json) {
    print(modelsToText(aboutToText));
    return print(`\n${presetsToText()}`);
  }
  for (const { value } of table) {
    const row = modelRow(value);
    const { label, task } = row;
    print(JSON.stringify({ model: value, name: label, task, settings: settingsOf(value), defaults: defaultsOf(row) }));
  }
  for (const { value, label, settings: chosen } of presets)
    print(JSON.stringify({ preset: value, name: label, settings: toConfig(checkSettings(chosen)) }));
}

/** @type {import('./common.mjs').Command} */
export const models = {
  options: { json: common.json, help: common.help },
  run,
  summary: 'the models there are, and what each reads',
  help: `ncf models [--json]

Lists the models, the settings that each reads and the defaults of its own, then the presets.

  --json             one JSON object a model, then one a preset`,
};

// `ncf models`

import { settings as table } from '../core.mjs';
import { common, print } from './common.mjs';

/** @param {Record<string, any>} values */
async function run(values) {
  const choices = table.find(({ name }) => name === 'model')?.choices ?? [];
  for (const { value, label } of choices) {
    const reads = table
      .filter((setting) => !setting.models || setting.models.includes(value))
      .map(({ option }) => option);
    if (values.json) print(JSON.stringify({ model: value, name: label, settings: reads }));
    else
      print(
        `${value.padEnd(8)}  ${label.padEnd(8)}  settings: ${reads.filter((option) => option !== 'model').join(', ')}`,
      );
  }
}

/** @type {import('./common.mjs').Command} */
export const models = {
  options: { json: common.json, help: common.help },
  run,
  summary: 'the models there are',
  help: 'ncf models [--json]',
};

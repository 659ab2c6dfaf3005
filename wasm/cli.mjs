#!/usr/bin/env node
// The command `ncf`: trains, evaluates and recommends headless, with the same core and the same numbers as the page.

import { parseArgs } from 'node:util';

import { bench } from './command/bench/command.mjs';
import { UsageError, print, progress } from './command/common.mjs';
import { compare } from './command/compare.mjs';
import { evaluate } from './command/evaluate.mjs';
import { exportCommand } from './command/export.mjs';
import { models } from './command/models.mjs';
import { recommend } from './command/recommend.mjs';
import { reproduce } from './command/reproduce/command.mjs';
import { search } from './command/search/command.mjs';
import { train } from './command/train.mjs';
import { verify } from './command/verify/command.mjs';
import { CoreError, DataError } from './core.mjs';
import { ExerciseError } from './lab/exercise.mjs';
import { WeightsError } from './lab/safetensors.mjs';
import { SettingError } from './settings/settings.mjs';

const expected = [UsageError, DataError, SettingError, WeightsError, ExerciseError, CoreError];

/** @type {Record<string, import('./command/common.mjs').Command>} */
const commands = {
  train,
  evaluate,
  recommend,
  export: exportCommand,
  compare,
  search,
  models,
  verify,
  reproduce,
  bench,
};

function overview() {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ncf ${name.padEnd(10)} ${summary}`);
  return `NCF Lab: neural collaborative filtering (He et al. 2017) on MovieLens.\n\n${lines.join('\n')}\n\n“ncf COMMAND --help” says more.`;
}

/**
 * A message may quote what the user typed, line breaks and all.
 * @param {string} text
 */
function oneLine(text) {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/** @param {string[]} words */
async function main([name, ...words]) {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return print(overview());
  if (!Object.hasOwn(commands, name))
    throw new UsageError(`There is no command “${name}”: ncf ${Object.keys(commands).join(', ncf ')}.`);
  const command = commands[name];
  let values;
  /** @type {string[]} */
  let positionals;
  try {
    ({ values, positionals } = parseArgs({
      args: words,
      options: command.options,
      allowPositionals: command.words ?? false,
    }));
  } catch (error) {
    throw new UsageError(`${/** @type {Error} */ (error).message.replace(/\.$/, '')}. See “ncf ${name} --help”.`);
  }
  if (values.help) return print(command.help);
  await command.run(values, positionals);
}

// A reader that has seen enough (`ncf train | head`) is no fault.
process.stdout.on('error', (error) => {
  if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  progress.clear();
  if (!expected.some((kind) => error instanceof kind) && process.env.NCF_DEBUG) throw error;
  process.stderr.write(`ncf: ${oneLine(/** @type {Error} */ (error).message)}\n`);
  process.exitCode = expected.some((kind) => error instanceof kind) ? 2 : 1;
}

#!/usr/bin/env node
// The command `ncf`: trains, evaluates and recommends headless, with the same core and the same numbers as the page.

import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import {
  CoreError,
  DataError,
  Run,
  SettingError,
  WeightsError,
  checkSettings,
  checkWeightsFit,
  decodeWeights,
  encodeWeights,
  putWeights,
  settings as table,
  settingsOfWeights,
} from './core.mjs';
import { loadCoreInNode } from './node.mjs';
import { BUNDLED, openData } from './source.mjs';

/** Arguments or files that can't be used: one line, exit code 2. */
class UsageError extends Error {}

const expected = [UsageError, DataError, SettingError, WeightsError, CoreError];
const number = new Intl.NumberFormat('en');

/** @typedef {import('./core.mjs').MetricSets} MetricSets */
/** @typedef {import('./core.mjs').Metrics} Metrics */
/** @typedef {import('node:util').ParseArgsConfig['options']} Options */

const common = {
  data: { type: 'string', default: BUNDLED },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};
const settingOptions = Object.fromEntries(table.map(({ option }) => [option, { type: 'string' }]));
const evaluationOption = { eval: { type: 'string' } };

/** @type {Record<string, {options: Record<string, any>, run: (values: any) => Promise<void>, summary: string, help: string}>} */
const commands = {
  train: {
    options: { ...common, ...settingOptions, save: { type: 'string' } },
    run: train,
    summary: 'train a model, printing a line an epoch',
    help: `ncf train [--data D] [--model M] [settings] [--save W.safetensors] [--json]

Trains on leave-one-out's train part and evaluates after every epoch.

${dataHelp()}
  --save FILE        keep the trained weights (safetensors)
  --json             one JSON object a line: an event an epoch, then the result

Settings:
${table.map(settingHelp).join('\n')}`,
  },
  evaluate: {
    options: { ...common, ...evaluationOption, weights: { type: 'string' }, ranks: { type: 'string' } },
    run: evaluate,
    summary: 'metrics of saved weights',
    help: `ncf evaluate --weights W.safetensors [--data D] [--eval sampled|full|both] [--ranks FILE] [--json]

${dataHelp()}
  --weights FILE     weights that ncf train --save or the page wrote, or PyTorch's under the same names
  --eval KIND        sampled (99 random films, the default), full (all films), both
  --ranks FILE       write each test user's rank, one a line: how many films scored strictly above the held-out one
  --json             the result as one JSON object`,
  },
  recommend: {
    options: {
      ...common,
      weights: { type: 'string' },
      user: { type: 'string' },
      k: { type: 'string', short: 'k', default: '10' },
    },
    run: recommend,
    summary: 'the films that a model would show a user next',
    help: `ncf recommend --weights W.safetensors --user ID [-k 10] [--data D] [--json]

${dataHelp()}
  --weights FILE     as for ncf evaluate
  --user ID          the user's id in the data
  -k NUMBER          how many films (10)
  --json             one JSON object a film

Films that the user has in train are left out. The held-out film is not in train, so it may be listed; it is marked.`,
  },
  models: {
    options: { json: common.json, help: common.help },
    run: models,
    summary: 'the models there are',
    help: 'ncf models [--json]',
  },
};

function dataHelp() {
  return `  --data D           ${BUNDLED} (the bundled set, the default), a MovieLens folder, zip or rating file`;
}

/** @param {import('./core.mjs').Setting} setting */
function settingHelp({ option, type, choices, min, max, default: standard, help }) {
  const range =
    type === 'choice' ? choices?.map(({ value }) => value).join('|') : min !== undefined ? `${min}–${max}` : '';
  return `  --${option.padEnd(16)} ${help} (${[range, `default ${standard}`].filter(Boolean).join(', ')})`;
}

function overview() {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ncf ${name.padEnd(10)} ${summary}`);
  return `NCF Lab: neural collaborative filtering (He et al. 2017) on MovieLens.\n\n${lines.join('\n')}\n\n“ncf COMMAND --help” says more.`;
}

/** @param {string} text */
function print(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * A message may quote what the user typed, line breaks and all.
 * @param {string} text
 */
function oneLine(text) {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/** Says how far long work is, on a terminal only and on one line that the next output takes the place of. */
const progress = {
  /** @param {string} text */
  show(text) {
    if (process.stderr.isTTY) process.stderr.write(`\r${text}\x1b[K`);
  },
  clear() {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  },
};

/** @param {string} data */
async function open(data) {
  const core = await loadCoreInNode();
  const dataset = await openData(core, data, ({ ratings }) => progress.show(`${number.format(ratings)} ratings read`));
  progress.clear();
  return { core, dataset, split: dataset.leaveOneOut() };
}

/** @param {Metrics} metrics */
function toJson(metrics) {
  const { hr, hrHalfWidth, ndcg, ndcgHalfWidth, mrr, mrrHalfWidth, users, allEqual } = metrics;
  return {
    hr,
    ndcg,
    mrr,
    hr_half_width: hrHalfWidth,
    ndcg_half_width: ndcgHalfWidth,
    mrr_half_width: mrrHalfWidth,
    users,
    all_equal: allEqual,
  };
}

/** @param {MetricSets} sets */
function setsToJson(sets) {
  return Object.fromEntries(Object.entries(sets).map(([kind, metrics]) => [kind, toJson(metrics)]));
}

/** @param {MetricSets} sets */
function setsToText(sets) {
  return Object.entries(sets)
    .map(([kind, { hr, hrHalfWidth, ndcg, allEqual }]) => {
      const figures = `HR@10 ${hr.toFixed(4)} ± ${hrHalfWidth.toFixed(4)}  NDCG@10 ${ndcg.toFixed(4)}`;
      const name = Object.keys(sets).length > 1 || kind === 'full' ? `${kind} ` : '';
      return `${name}${figures}${allEqual ? '  (all scores equal: the model tells no film from another)' : ''}`;
    })
    .join('  ');
}

/** @param {import('./core.mjs').EpochEvent} event */
function epochToText({ epoch, loss, metrics, seconds, samplesPerSecond }) {
  const trained =
    loss === null
      ? ''
      : `loss ${loss.toFixed(5)}  ${seconds.toFixed(1)} s  ${number.format(Math.round(samplesPerSecond))} samples/s`;
  return `epoch ${String(epoch).padStart(3)}  ${setsToText(metrics)}  ${trained}`.trimEnd();
}

/**
 * A file to write: asked for before the work begins, so that no work is done in vain.
 * @param {string | undefined} path  what the user named; nothing is written where it is absent
 */
function outputFile(path) {
  if (path === undefined) return null;
  const refuse = (/** @type {string} */ why) => new UsageError(`“${path}” can't be written: ${why}.`);
  const reason = (/** @type {unknown} */ error) => /** @type {Error} */ (error).message;
  if (path === '') throw refuse('a file needs a name');
  let found;
  try {
    found = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw refuse(reason(error));
  }
  if (found?.isDirectory()) throw refuse('it is a folder');
  // A pipe or a device is written to; a file is replaced, and where a link leads to it, the link stays.
  const special = found !== undefined && !found.isFile();
  const target = found ? realpathSync(path) : path;
  const partial = special ? target : `${target}.partial-${process.pid}`;
  if (!special)
    try {
      writeFileSync(partial, '');
      rmSync(partial);
    } catch (error) {
      throw refuse(reason(error));
    }
  return {
    /**
     * Writes the file so that it is there whole or not at all.
     * @param {string | Uint8Array} content
     */
    write(content) {
      // While someone listens, these signals do not end the process, so that no part of a file is left.
      const signals = /** @type {const} */ (['SIGINT', 'SIGTERM']);
      const wait = () => {};
      for (const signal of signals) process.on(signal, wait);
      try {
        writeFileSync(partial, content);
        if (!special) renameSync(partial, target);
      } catch (error) {
        if (!special) rmSync(partial, { force: true });
        throw refuse(reason(error));
      } finally {
        for (const signal of signals) process.off(signal, wait);
      }
    },
  };
}

/** @param {Record<string, any>} values */
async function train(values) {
  /** @type {Record<string, unknown>} */
  const chosen = {};
  for (const { name, option } of table) if (values[option] !== undefined) chosen[name] = values[option];
  const settings = checkSettings(chosen);
  const weightsFile = outputFile(values.save);
  const { dataset, split } = await open(values.data);
  const run = new Run(split, settings);
  let samples = 0;
  let seconds = 0;
  if (!values.json)
    print(
      `${number.format(dataset.ratings)} ratings, ${number.format(dataset.users)} users, ${number.format(dataset.items)} films; ` +
        `${settings.model}, ${number.format(run.model.parameters)} parameters, seed ${settings.seed}`,
    );
  for (const event of run.slices()) {
    if (event.event === 'progress')
      progress.show(`epoch ${event.epoch}  batch ${event.batch} of ${event.batches}  loss ${event.loss.toFixed(5)}`);
    if (event.event !== 'epoch') continue;
    progress.clear();
    seconds += event.seconds;
    samples += event.seconds * event.samplesPerSecond;
    const { epoch, loss, metrics } = event;
    if (values.json)
      print(
        JSON.stringify({
          event: 'epoch',
          epoch,
          loss,
          metrics: setsToJson(metrics),
          seconds: event.seconds,
          samples_per_second: event.samplesPerSecond,
        }),
      );
    else print(epochToText(event));
    // So that it is seen where nobody reads on.
    await new Promise((done) => setImmediate(done));
  }
  weightsFile?.write(encodeWeights(run.model, run.config()));
  const last = run.history[run.history.length - 1];
  const best = run.bestOnTest();
  if (!values.json) {
    if (run.trainer) print(`best epoch on test: ${best.epoch}, ${setsToText(best.metrics)}`);
    print(`weights ${run.model.hash()}${weightsFile ? `, saved to ${values.save}` : ''}`);
    return;
  }
  print(
    JSON.stringify({
      event: 'result',
      model: settings.model,
      config: run.config(),
      data: { name: values.data, users: dataset.users, items: dataset.items, ratings: dataset.ratings },
      epoch: last.epoch,
      loss: last.loss,
      metrics: setsToJson(last.metrics),
      best_on_test: { epoch: best.epoch, metrics: setsToJson(best.metrics) },
      samples_per_second: seconds > 0 ? samples / seconds : null,
      weights_hash: run.model.hash(),
    }),
  );
}

/**
 * A run whose model holds the weights of --weights.
 * @param {Record<string, any>} values
 */
async function openWeights(values) {
  if (values.weights === undefined) throw new UsageError('Say which weights: --weights FILE.safetensors');
  let bytes;
  try {
    bytes = readFileSync(values.weights);
  } catch {
    throw new UsageError(`The weights file “${values.weights}” can't be read.`);
  }
  const weights = decodeWeights(bytes);
  const settings = checkSettings({ ...settingsOfWeights(weights), eval: values.eval });
  const { dataset, split } = await open(values.data);
  checkWeightsFit(weights.tensors, settings, dataset);
  const run = new Run(split, settings);
  putWeights(run.model, weights.tensors);
  return { dataset, split, run };
}

/** @param {Record<string, any>} values */
async function evaluate(values) {
  const ranksFile = outputFile(values.ranks);
  const { run } = await openWeights(values);
  /** @type {MetricSets} */
  let metrics = {};
  for (const event of run.slices()) {
    if (event.event !== 'epoch') continue;
    metrics = event.metrics;
    break;
  }
  if (ranksFile) {
    const ranks = run.evaluator?.ranks(run.settings.eval === 'full') ?? [];
    ranksFile.write(ranks.map((rank) => (rank ? `${rank.greater}\n` : '')).join(''));
  }
  const { model } = run.settings;
  if (!values.json) return print(`${model}  ${setsToText(metrics)}`);
  print(
    JSON.stringify({
      event: 'result',
      model,
      config: run.config(),
      metrics: setsToJson(metrics),
      weights_hash: run.model.hash(),
    }),
  );
}

/** @param {Record<string, any>} values */
async function recommend(values) {
  const id = Number(values.user);
  const k = Number(values.k);
  if (!values.user?.trim() || !Number.isInteger(id)) throw new UsageError('Say for whom: --user ID, a whole number.');
  if (!Number.isInteger(k) || k < 1) throw new UsageError(`-k takes a whole number from 1, not “${values.k}”.`);
  const { dataset, split, run } = await openWeights(values);
  const user = dataset.userIndex(id);
  if (user < 0) {
    const ids = [...dataset.userIds].sort((a, b) => a - b);
    throw new UsageError(
      `User ${id} is not in the data, which has ${number.format(ids.length)} users with ids from ${ids[0]} to ${ids[ids.length - 1]}.`,
    );
  }
  const held = split.testItem(user);
  run
    .view()
    .recommend(user, k)
    .forEach(({ item, score }, place) => {
      const { id: movie, title, year, genres } = dataset.film(item);
      if (values.json)
        print(
          JSON.stringify({ rank: place + 1, movie_id: movie, title, year, genres, score, held_out: item === held }),
        );
      else
        print(
          `${String(place + 1).padStart(3)}  ${score.toFixed(3).padStart(8)}  ${title}${year ? ` (${year})` : ''}` +
            `${genres.length ? `  ${genres.join(', ')}` : ''}${item === held ? '  [held out]' : ''}`,
        );
    });
}

/** @param {Record<string, any>} values */
async function models(values) {
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

/** @param {string[]} words */
async function main([name, ...words]) {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return print(overview());
  if (!Object.hasOwn(commands, name))
    throw new UsageError(`There is no command “${name}”: ncf ${Object.keys(commands).join(', ncf ')}.`);
  const command = commands[name];
  let values;
  try {
    ({ values } = parseArgs({ args: words, options: command.options, allowPositionals: false }));
  } catch (error) {
    throw new UsageError(`${/** @type {Error} */ (error).message.replace(/\.$/, '')}. See “ncf ${name} --help”.`);
  }
  if (values.help) return print(command.help);
  await command.run(values);
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

// `ncf search`

import { availableParallelism } from 'node:os';

import { settings as table } from '../../settings/table.mjs';
import { identityOfData } from '../../lab/identity.mjs';
import { trainCommand } from '../../lab/recipe.mjs';
import { checkSettings, defaultSettings, toConfig } from '../../settings/settings.mjs';
import { StoredResults, doRuns, keyOf } from '../runs.mjs';
import { measureText, meanText, rowsOf, tableOf, testOf, variedText } from './board.mjs';
import { checkCombinations, combinations, drawn, parseGrid, parseRanges, reads } from './space.mjs';
import {
  UsageError,
  chosenSettings,
  common,
  dataHelp,
  notesOf,
  number,
  open,
  print,
  printNotes,
  progress,
  settingOptions,
  wholeNumber,
} from '../common.mjs';

/** @typedef {import('./board.mjs').Row} Row */
/** @typedef {import('./board.mjs').SearchResult} SearchResult */
/** @typedef {import('./board.mjs').Validation} Validation */
/** @typedef {import('./board.mjs').Combination} Combination */

/** Epochs without a better validation that end a run, unless --patience says otherwise. */
const PATIENCE = 5;

/**
 * Settings that the command line gives all runs.
 * @param {Record<string, any>} values
 * @returns {Record<string, unknown>}
 */
function baseOf(values) {
  /** @type {Record<string, unknown>} */
  const base = { patience: PATIENCE, ...chosenSettings(values) };
  if (base.validation === 'off')
    throw new UsageError('A search chooses by validation and never by the test: leave --validation off away.');
  return base;
}

/**
 * What is searched: lists and ranges.
 * @param {Record<string, any>} values
 */
function axesOf(values) {
  const grid = (values.grid ?? []).flatMap(parseGrid);
  const ranges = (values.ranges ?? []).flatMap(parseRanges);
  if (grid.length + ranges.length === 0)
    throw new UsageError('Say what to search: --grid "factors=8,16 lr=0.001,0.01", or --random N with --ranges.');
  if (ranges.length > 0 && values.random === undefined)
    throw new UsageError('A range has no end of values: say how many to draw with --random N.');
  return { grid, ranges };
}

/**
 * What is to be run: each combination with each seed.
 * @param {Record<string, any>} values
 * @returns {Combination[]}
 */
function planOf(values) {
  const seeds = wholeNumber(values.seeds, '--seeds');
  const base = baseOf(values);
  if (values.folds !== undefined) base.folds = wholeNumber(values.folds, '--folds', 2);
  const { grid, ranges } = axesOf(values);
  const axes = [...grid, ...ranges];
  checkFolds(base, grid);
  // Which numbers are drawn depends on the seed, as all does that is random.
  const { seed } = checkSettings({ seed: base.seed });
  const combined =
    values.random === undefined ? combinations(grid) : drawn(axes, wholeNumber(values.random, '--random'), seed);
  /** @type {Map<string, Combination>} */
  const plan = new Map();
  for (const { varied, settings } of checkCombinations(base, axes, combined)) {
    // Combinations that differ in what their model does not read are one.
    const key = JSON.stringify(toConfig(settings));
    if (plan.has(key)) continue;
    const runs = Array.from({ length: seeds }, (_, n) => checkSettings({ ...settings, seed: seed + n }));
    const read = axes.filter(({ setting }) => reads(setting, settings.model));
    plan.set(key, {
      varied: Object.fromEntries(read.map(({ setting: { option, name } }) => [option, varied[name]])),
      runs,
    });
  }
  return [...plan.values()];
}

/**
 * @param {Record<string, unknown>} base
 * @param {import('./space.mjs').ListAxis[]} grid
 */
function checkFolds({ folds, model }, grid) {
  if (folds === undefined) return;
  const models = grid.find(({ setting }) => setting.name === 'model')?.values ?? [model ?? defaultSettings().model];
  const setting = table.find(({ name }) => name === 'folds');
  if (!models.every((each) => reads(setting, String(each))))
    throw new UsageError(
      'Leave-one-out has no folds: models that rank films are chosen by one film a user; --folds is for models that predict ratings.',
    );
}

/** @param {Validation} validation */
const validationText = ({ measure, value }) => `validation ${measureText(measure)} ${value.toFixed(4)}`;

/** @param {SearchResult} result */
function resultText({ validation, epoch, epochs_trained: of, seconds }) {
  if (!validation) return 'diverged';
  return `${validationText(validation)} in epoch ${epoch} of ${of}, ${seconds.toFixed(1)} s`;
}

/** @param {Row} row */
function rowToJson({ place, combination, validation, results, epoch, seconds }) {
  const figures = validation && {
    measure: validation.measure,
    better: validation.better,
    mean: validation.mean,
    half_width: Number.isNaN(validation.halfWidth) ? null : validation.halfWidth,
  };
  return {
    place,
    settings: combination.varied,
    validation: figures,
    seeds: results.length,
    epoch: Number.isNaN(epoch) ? null : epoch,
    seconds,
  };
}

/** @param {Row} row */
function chosenToJson(row) {
  const metrics = Object.entries(testOf(row)).map(([kind, figures]) => [
    kind,
    Object.fromEntries(
      Object.entries(figures).map(([name, { mean, halfWidth }]) => [
        name,
        { mean, half_width: Number.isNaN(halfWidth) ? null : halfWidth },
      ]),
    ),
  ]);
  const { settings, validation, seeds } = rowToJson(row);
  return {
    event: 'chosen',
    settings,
    config: row.results[0].config,
    validation,
    seeds,
    metrics: Object.fromEntries(metrics),
  };
}

/** @param {Row} row @param {string} data */
function chosenToText(row, data) {
  const { combination } = row;
  const figures = Object.entries(testOf(row)).map(
    ([kind, means]) =>
      `${kind} ${Object.entries(means)
        .map(([name, mean]) => `${measureText(name)} ${meanText(mean)}`)
        .join('  ')}`,
  );
  return [
    `chosen by validation: ${variedText(combination.varied)}`,
    `on test: ${figures.join('  ')}`,
    `again: ${trainCommand(combination.runs[0], { data })}`,
  ].join('\n');
}

/** @param {Record<string, any>} values */
async function run(values) {
  const plan = planOf(values);
  const jobs = wholeNumber(values.jobs, '--jobs');
  const { dataset } = await open(values.data);
  const settings = plan.flatMap(({ runs }) => runs);
  const identity = identityOfData(dataset);
  const keys = settings.map((each) => keyOf(identity, each));
  const kinds = ['result', 'diverged'];
  /** @type {StoredResults<SearchResult>} */
  const results = new StoredResults(
    values.results,
    'ncf search',
    ({ event, data }) => kinds.includes(event) && Boolean(data),
  );
  const before = keys.filter((key) => results.byKey.has(key)).length;
  const varied = new Map(plan.flatMap((each) => each.runs.map((one) => [one, variedText(each.varied)])));
  if (!values.json)
    print(
      `${number.format(plan.length)} combinations, ${number.format(settings.length)} runs` +
        (before > 0 ? `, of which ${number.format(before)} stand in ${values.results}` : ''),
    );
  printNotes(results.notes(identity), values.json);
  await doRuns({
    data: values.data,
    identity,
    settings,
    jobs,
    results,
    worker: new URL('./worker.mjs', import.meta.url),
    onEvent: ({ key, settings: each, epoch, done, of }) => {
      const name = `${varied.get(each)}, seed ${each.seed}`;
      if (epoch) {
        const { epoch: at, validation } = /** @type {{epoch: number, validation: Validation}} */ (epoch);
        return progress.show(`run ${done + 1} of ${of}: ${name}, epoch ${at}, ${validationText(validation)}`);
      }
      progress.clear();
      const result = results.byKey.get(key);
      if (result) print(values.json ? JSON.stringify(result) : `${name}: ${resultText(result)}`);
    },
  });
  const rows = rowsOf(identity, plan, results.byKey);
  const [best] = rows;
  printNotes(notesOf(rows.flatMap(({ results: done }) => done)), values.json);
  if (values.json) {
    for (const row of rows) print(JSON.stringify({ event: 'combination', ...rowToJson(row) }));
    if (best.validation) print(JSON.stringify(chosenToJson(best)));
    return;
  }
  print(['', ...tableOf(rows), ''].join('\n'));
  print(best.validation ? chosenToText(best, values.data) : 'All of them diverged: search smaller learning rates.');
}

/** @type {import('../common.mjs').Command} */
export const search = {
  options: {
    ...common,
    ...settingOptions,
    grid: { type: 'string', multiple: true },
    ranges: { type: 'string', multiple: true },
    random: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    folds: { type: 'string' },
    jobs: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
    results: { type: 'string', default: 'ncf-search.jsonl' },
  },
  run,
  summary: 'the best of many settings, by validation',
  help: `ncf search --grid "NAME=VALUE,VALUE …" [--random N] [--ranges "NAME=FROM..TO …"] [--data D] [settings of ncf train]

Trains each combination of the settings in --grid, or N drawn at random, and sorts them by what they reach on the films held
out for validation. The test is not looked at, but for the one that is chosen. Runs that are in the file of results already
are not done again, so that what was stopped goes on when it is called again.

${dataHelp()}
  --grid "…"         values to combine, such as "factors=8,16,32 lr=0.0005,0.001"; layers have slashes between them:
                     "layers=64,32,16/32,16,8"
  --random N         draw N combinations, from the values of --grid and from --ranges
  --ranges "…"       such as "factors=8..64 lr=1e-4..1e-2:log"; with :log, orders of magnitude are equally likely
  --seeds N          runs of every combination, with seeds from --seed on (1); what is compared are the means
  --folds K          cross-validation, for models that predict ratings
  --patience N       epochs without a better validation that end a run (${PATIENCE})
  --jobs N           runs at a time, each on a thread of its own (one less than there are processors)
  --results FILE     where results are kept, a JSON line a run that ncf compare reads, too (ncf-search.jsonl)
  --json             a JSON object for every run, then for every combination, best first, then for the chosen one

All other settings are those of ncf train and the same for all runs.`,
};

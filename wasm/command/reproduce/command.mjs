// `ncf reproduce`

import { availableParallelism } from 'node:os';

import { identityOfData } from '../../lab/identity.mjs';
import { experiments } from './paper.mjs';
import { Results, doRuns, keyOf, withSeeds } from './runs.mjs';
import { present } from './tables.mjs';
import { UsageError, common, notesOf, number, open, print, printNotes, progress, wholeNumber } from '../common.mjs';

/** @typedef {import('../../settings/settings.mjs').Settings} Settings */

/** @param {Settings} settings */
function nameOf({ model, factors, layers, negatives, pretrain, seed }) {
  const tower = Array.isArray(layers) ? ` ${layers.join('-')}` : '';
  return `${model} ${factors}${tower}${negatives === 4 ? '' : `, ${negatives} negatives`}${pretrain ? ', pretrained' : ''}, seed ${seed}`;
}

/** @param {string} text */
function factorsOf(text) {
  return text.split(',').map((word) => wholeNumber(word, '--factors'));
}

/**
 * @param {Record<string, any>} values
 * @param {string[]} words
 */
async function run(values, words) {
  const [name] = words;
  if (words.length !== 1 || !Object.hasOwn(experiments, name))
    throw new UsageError(`Say which one: ncf reproduce ${Object.keys(experiments).join('|')}.`);
  const experiment = experiments[name];
  const factors = values.factors === undefined ? experiment.factors : factorsOf(values.factors);
  const seeds = wholeNumber(values.seeds, '--seeds');
  const jobs = wholeNumber(values.jobs, '--jobs');
  const results = new Results(values.results);
  const cells = experiment
    .cells(factors)
    .map((cell) => ({ ...cell, settings: { ...cell.settings, order: values.order } }));
  const plan = cells.flatMap(({ settings }) => withSeeds(settings, seeds));
  const { dataset } = await open(values.data);
  const identity = identityOfData(dataset);
  dataset.free();
  printNotes(results.notes(identity), values.json);
  await doRuns({
    data: values.data,
    identity,
    settings: plan,
    jobs,
    results,
    onEvent: ({ key, settings, epoch, done, of }) => {
      if (epoch)
        return progress.show(
          `run ${done + 1} of ${of}: ${nameOf(settings)}, epoch ${epoch.epoch}, HR@10 ${epoch.hr.toFixed(4)}`,
        );
      progress.clear();
      const result = results.byKey.get(key);
      if (!result) return;
      if (values.json) return print(JSON.stringify({ event: 'run', ...result }));
      const { best, seconds } = result;
      print(
        `${nameOf(settings)}: HR@10 ${best.hr[9].toFixed(4)}, NDCG@10 ${best.ndcg[9].toFixed(4)} in epoch ${best.epoch}, ${number.format(Math.round(seconds))} s`,
      );
    },
  });
  printNotes(notesOf(plan.flatMap((each) => results.byKey.get(keyOf(identity, each)) ?? [])), values.json);
  if (!values.json) print(`\n${present(experiment, cells, results, identity, seeds)}`);
}

const { json, help } = common;

/** @type {import('../common.mjs').Command} */
export const reproduce = {
  options: {
    json,
    help,
    data: { type: 'string', default: 'ml-1m' },
    factors: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
    order: { type: 'string', default: 'shuffled' },
    results: { type: 'string', default: 'ncf-results.jsonl' },
  },
  words: true,
  run,
  summary: 'the tables and figures of the NCF paper, beside the paper’s numbers',
  help: `ncf reproduce table2|table3|table4|figure5|figure6|figure7 --data DIR/ml-1m [--factors 8,16] [--seeds N]

Runs the experiment of He et al. 2017 on the paper's split of MovieLens-1M and prints its table as Markdown. Runs that are
in the file of results already are not done again, so that what was stopped goes on when it is called again.

${Object.entries(experiments)
  .map(([name, { title }]) => `  ${name.padEnd(18)} ${title.replace(/^\w+ \d: /, '')}`)
  .join('\n')}

  --data DIR/NAME    NAME.train.rating, NAME.test.rating and NAME.test.negative in DIR (ml-1m)
  --factors LIST     predictive factors (those of the paper: ${experiments.table2.factors.join(',')}; figures 8 or 16)
  --seeds N          runs of every setting, with seeds 1 … N (1)
  --jobs N           runs at a time, each on a thread of its own (one less than there are processors)
  --order ORDER      shuffled, as in the paper, or grouped, which is faster
  --results FILE     where results are kept, a JSON line a run (ncf-results.jsonl)
  --json             one JSON object a run instead of the table`,
};

// `ncf evaluate`

import { beyondHelp, beyondToText, measureBeyond } from './beyond.mjs';
import {
  common,
  dataHelp,
  openWeights,
  print,
  printNotes,
  progress,
  setsToJson,
  setsToText,
  weightsHelp,
  weightsOptions,
} from './common.mjs';
import { checkRanks, ranksHelp, ranksOutput } from './ranks.mjs';

/** @param {Record<string, any>} values */
async function run(values) {
  const ranks = ranksOutput(values);
  const { run: loaded, identity } = await openWeights(values);
  checkRanks(values, loaded.settings);
  printNotes(loaded.notes, values.json);
  /** @type {import('../lab/tasks.mjs').MetricSets} */
  let metrics = {};
  for (const event of loaded.slices()) {
    if (event.event !== 'epoch') continue;
    metrics = event.metrics;
    break;
  }
  const beyond = values.beyond ? measureBeyond(loaded) : undefined;
  progress.clear();
  ranks?.write(loaded);
  const { model } = loaded.settings;
  if (!values.json) {
    print(`${model}  ${setsToText(metrics)}`);
    if (beyond) print(beyondToText(beyond));
    return;
  }
  print(
    JSON.stringify({
      event: 'result',
      model,
      config: loaded.config(),
      data: { name: values.data, ...identity },
      metrics: setsToJson(metrics),
      beyond,
      notes: loaded.notes,
      weights_hash: loaded.model.hash(),
    }),
  );
}

/** @type {import('./common.mjs').Command} */
export const evaluate = {
  options: {
    ...common,
    eval: { type: 'string' },
    ...weightsOptions,
    ranks: { type: 'string' },
    beyond: { type: 'boolean', default: false },
  },
  run,
  summary: 'metrics of saved weights',
  help: `ncf evaluate --weights W.safetensors [--data D] [--eval sampled|full|both] [--rows id|appearance]
             [--ranks FILE] [--beyond] [--json]

${dataHelp()}
${weightsHelp}
  --eval KIND        sampled (99 random films, the default), full (all films), both; full also says what is to be expected
                     of 99 random films, exactly
${ranksHelp}
${beyondHelp}
  --json             the result as one JSON object`,
};

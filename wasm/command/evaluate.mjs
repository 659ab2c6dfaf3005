// `ncf evaluate`

import { common, dataHelp, openWeights, print, setsToJson, setsToText } from './common.mjs';
import { outputFile } from './output.mjs';

/** @param {Record<string, any>} values */
async function run(values) {
  const ranksFile = outputFile(values.ranks);
  const { run: loaded } = await openWeights(values);
  /** @type {import('../core.mjs').MetricSets} */
  let metrics = {};
  for (const event of loaded.slices()) {
    if (event.event !== 'epoch') continue;
    metrics = event.metrics;
    break;
  }
  if (ranksFile) {
    const ranks = loaded.evaluator?.ranks(loaded.settings.eval === 'full') ?? [];
    ranksFile.write(ranks.map((rank) => (rank ? `${rank.greater}\n` : '')).join(''));
  }
  const { model } = loaded.settings;
  if (!values.json) return print(`${model}  ${setsToText(metrics)}`);
  print(
    JSON.stringify({
      event: 'result',
      model,
      config: loaded.config(),
      metrics: setsToJson(metrics),
      weights_hash: loaded.model.hash(),
    }),
  );
}

/** @type {import('./common.mjs').Command} */
export const evaluate = {
  options: { ...common, eval: { type: 'string' }, weights: { type: 'string' }, ranks: { type: 'string' } },
  run,
  summary: 'metrics of saved weights',
  help: `ncf evaluate --weights W.safetensors [--data D] [--eval sampled|full|both] [--ranks FILE] [--json]

${dataHelp()}
  --weights FILE     weights that ncf train --save or the page wrote, or PyTorch's under the same names
  --eval KIND        sampled (99 random films, the default), full (all films), both; full also says what is to be expected
                     of 99 random films, exactly
  --ranks FILE       write each test user's rank, one a line: how many films scored strictly above the held-out one
  --json             the result as one JSON object`,
};

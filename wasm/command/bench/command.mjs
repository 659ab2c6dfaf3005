// `ncf bench`

import { measure, measureScaling } from './bench.mjs';
import { UsageError, common, print, progress, wholeNumber } from '../common.mjs';

const units = [
  { least: 1e9, suffix: 'G' },
  { least: 1e6, suffix: 'M' },
  { least: 1e3, suffix: 'k' },
];

/** @param {number} value */
function short(value) {
  if (!Number.isFinite(value)) return '–';
  const unit = units.find(({ least }) => value >= least);
  return unit ? `${(value / unit.least).toPrecision(3)} ${unit.suffix}` : value.toPrecision(3);
}

/** @param {string} text */
function pattern(text) {
  try {
    return new RegExp(text, 'i');
  } catch {
    throw new UsageError(`--only takes a regular expression, not “${text}”.`);
  }
}

/** @param {Record<string, any>} values */
async function run(values) {
  const rounds = wholeNumber(values.rounds, '--rounds');
  const only = values.only === undefined ? undefined : pattern(values.only);
  const onProgress = (/** @type {number} */ done, /** @type {number} */ of, /** @type {string} */ name) =>
    progress.show(`${done + 1} of ${of}: ${name}`);
  const { results, ratios, memoryBytes } = values.scaling
    ? { results: await measureScaling(rounds, onProgress), ratios: [], memoryBytes: NaN }
    : await measure({ rounds, only, onProgress });
  progress.clear();
  if (values.json) {
    for (const result of results) print(JSON.stringify({ event: 'figure', ...result }));
    for (const ratio of ratios) print(JSON.stringify({ event: 'ratio', ...ratio }));
    if (!values.scaling) print(JSON.stringify({ event: 'memory', bytes: memoryBytes }));
    return;
  }
  const width = Math.max(...results.map(({ name }) => name.length), ...ratios.map(({ name }) => name.length));
  print(`medians of ${rounds} rounds on one thread (lowest – highest)\n`);
  for (const { name, unit, median, lowest, highest } of results)
    print(`${name.padEnd(width)}  ${short(median).padStart(7)} ${unit}  (${short(lowest)} – ${short(highest)})`);
  if (values.scaling) return;
  print('');
  for (const { name, ratio } of ratios) print(`${name.padEnd(width)}  ${ratio.toFixed(2)}`);
  print(`\nmemory of the module at MovieLens-1M's size: ${Math.round(memoryBytes / 2 ** 20)} MiB`);
}

/** @type {import('../common.mjs').Command} */
export const bench = {
  options: {
    json: common.json,
    help: common.help,
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    scaling: { type: 'boolean', default: false },
  },
  run,
  summary: 'speed of this machine: training, ranking, reading',
  help: `ncf bench [--rounds N] [--only PATTERN] [--json]

Measures training, full ranking and reading on one thread with made-up data of MovieLens-1M's shape, and the machine's own
limits. Every case is measured once a round; what is printed are medians over the rounds, and ratios of these.

Native builds of the same core take part where the project has built them (npm run bench does), PyTorch where python3
finds it, TensorFlow.js where node_modules here has @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm.

  --rounds N         how often each case is measured (5)
  --only PATTERN     only cases whose name has this
  --scaling          training at 0.1, 1 and 10 million interactions instead
  --json             one JSON object a figure`,
};

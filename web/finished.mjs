// The finished run that the page opens on, trained when the site is built: its curves and what one user would see as a
// small JSON file, for the first pixel, and its weights. Kept in build/finished until the module, the data, the settings or
// what is told of them change.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { identityOfData } from '../wasm/lab/identity.mjs';
import { Run } from '../wasm/lab/run.mjs';
import { scoreOf } from '../wasm/lab/scores.mjs';
import { encodeWeights } from '../wasm/lab/weights.mjs';
import { checkSettings, defaultSettings } from '../wasm/settings/settings.mjs';
import { loadCoreInNode } from '../wasm/node.mjs';
import { BUNDLED, openData } from '../wasm/command/source.mjs';
import { personOf } from './rooms/learning/worker.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'build', 'finished');

/** What the files depend on, in one number. */
function fingerprint() {
  const hash = createHash('sha256').update(JSON.stringify(defaultSettings()));
  const modules = readdirSync(join(root, 'wasm'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs') && !/^(command|tools)\//.test(name))
    .map((name) => join('wasm', name))
    .sort();
  const files = [
    'build/wasm/ncf.wasm',
    'data/ratings.csv',
    'data/movies.csv',
    'web/finished.mjs',
    'web/rooms/learning/worker.js',
  ];
  for (const file of [...files, ...modules]) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function isFresh() {
  try {
    return JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')).fingerprint === fingerprint();
  } catch {
    return false;
  }
}

/** Makes run.json and weights.safetensors in build/finished where they are not there yet; takes half a minute. */
export async function makeFinishedRun() {
  if (isFresh()) return;
  const dataset = await openData(await loadCoreInNode(), BUNDLED);
  const { told, weights } = trainOn(dataset);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'weights.safetensors'), weights);
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ fingerprint: fingerprint(), ...told }));
  dataset.free();
}

/**
 * The finished run of some data: what is told of it, and the bytes of its weights.
 * @param {import('../wasm/core.mjs').Dataset} dataset
 */
export function trainOn(dataset) {
  const run = new Run(dataset, defaultSettings());
  const epochs = [];
  for (const event of run.slices()) if (event.event === 'epoch') epochs.push({ ...event, hash: run.model.hash() });
  const order = Uint32Array.from(dataset.userIds.keys()).sort((a, b) => dataset.userIds[a] - dataset.userIds[b]);
  const { settings, batches, task } = run;
  const { parameters } = run.model;
  const told = {
    dataset: { ...identityOfData(dataset), genres: dataset.genres },
    model: { settings, parameters, baseline: baseline(dataset), batches, score: scoreOf(run.model), test: task.test },
    epochs,
    ranks: Object.fromEntries(run.rankLogs),
    person: personOf({ dataset, run }, order[0], 10),
  };
  const weights = encodeWeights(run.model, run.config());
  run.free();
  return { told, weights };
}

/** What NeuMF has to beat. @param {import('../wasm/core.mjs').Dataset} dataset */
function baseline(dataset) {
  const run = new Run(dataset, checkSettings({ model: 'itempop' }));
  try {
    const told = [...run.slices()].find(({ event }) => event === 'epoch');
    return { model: 'itempop', metrics: told?.event === 'epoch' ? told.metrics : {} };
  } finally {
    run.free();
  }
}

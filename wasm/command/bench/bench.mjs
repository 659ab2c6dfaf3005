// `ncf bench`: the speed of this machine, beside its own limits and beside what else is installed.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { loadCoreInNode } from '../../node.mjs';
import { limitCases, rankingCase, readingCase, trainingCase } from './cases.mjs';
import { measureAll } from './measure.mjs';
import { MOVIELENS_1M, makeRatings } from './world.mjs';

/** @typedef {import('./measure.mjs').Case} Case */
/** @typedef {import('./measure.mjs').Result} Result */
/** @typedef {import('../../core.mjs').Core} Core */

const SECONDS = 1;
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Names of the cases that ratios are told of. */
const MAIN = 'NeuMF 8';

/**
 * What a program prints, as a number; NaN where it fails.
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function ask(program, args) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.on('error', () => done(NaN));
    child.on('close', () => done(text.trim() === '' ? NaN : Number(text)));
  });
}

/**
 * @param {import('../../core.mjs').Core} core
 * @param {Uint8Array[]} chunks
 */
function splitOf(core, chunks) {
  const reader = core.readDataset();
  for (const chunk of chunks) reader.feed('ratings', chunk);
  reader.finish('ratings');
  return reader.dataset().leaveOneOut();
}

/**
 * Training of the paper's models with both kinds of Adam and both orders of examples.
 * @param {import('../../core.mjs').Split} split
 * @param {number[]} factors
 * @returns {Case[]}
 */
function trainingCases(split, factors) {
  const models = [
    ['gmf', 'GMF'],
    ['mlp', 'MLP'],
    ['neumf', 'NeuMF'],
  ];
  return factors.flatMap((width) =>
    models.flatMap(([model, label]) => [
      trainingCase(split, { model, factors: width }, `${label} ${width}`),
      trainingCase(split, { model, factors: width, optimizer: 'adam-lazy' }, `${label} ${width}, lazy Adam`),
      trainingCase(split, { model, factors: width, order: 'grouped' }, `${label} ${width}, grouped`),
    ]),
  );
}

/**
 * The same source without wasm, where the project has built it.
 * @param {string} file of ratings
 * @returns {Case[]}
 */
function nativeCases(file) {
  const builds = [
    ['native-fast', 'native -O3 -march=native'],
    ['native', 'native -O2'],
  ];
  return builds.flatMap(([preset, label]) => {
    const tool = join(root, 'build', preset, 'tool_bench');
    if (!existsSync(tool)) return [];
    const train = (/** @type {number} */ order) => () =>
      ask(tool, ['train', file, 'neumf', '8', '0', String(order), String(SECONDS)]);
    return [
      { name: `${MAIN}, ${label}`, unit: 'samples/s', measure: train(0) },
      { name: `${MAIN}, grouped, ${label}`, unit: 'samples/s', measure: train(1) },
      {
        name: `full ranking, ${label}`,
        unit: 'users/s',
        measure: () => ask(tool, ['rank', file, 'neumf', '8', String(SECONDS)]),
      },
    ];
  });
}

/** Worlds of growing size: a tenth of MovieLens-1M, MovieLens-1M, and about MovieLens-10M. */
const sizes = [
  { label: '0.1 million', shape: { users: 604, items: 1800, pairs: 100_000 } },
  { label: '1 million', shape: MOVIELENS_1M },
  { label: '10 million', shape: { users: 69_878, items: 10_677, pairs: 10_000_000 } },
];

/**
 * Training as the data grow, each size in a module of its own.
 * @param {number} rounds
 * @param {(done: number, of: number, name: string) => void} [onProgress]
 */
export async function measureScaling(rounds, onProgress) {
  /** @type {Case[]} */
  const cases = [];
  for (const { label, shape } of sizes) {
    const core = await loadCoreInNode();
    const split = splitOf(core, makeRatings(shape));
    for (const order of ['shuffled', 'grouped'])
      cases.push(trainingCase(split, { model: 'neumf', order }, `${MAIN}, ${label} interactions, ${order}`));
  }
  return measureAll(cases, rounds, onProgress);
}

/** Other frameworks, where they are installed. @returns {Case[]} */
function peerCases() {
  /** @type {Case[]} */
  const cases = [];
  const folder = join(root, 'tests/bench');
  const python = ['/usr/bin/python3', 'python3'].find(
    (program) => spawnSync(program, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
  );
  if (python && existsSync(folder))
    cases.push({
      name: `${MAIN}, PyTorch`,
      unit: 'samples/s',
      measure: () => ask(python, [join(folder, 'neumf_torch.py'), '8', String(2 * SECONDS)]),
    });
  try {
    createRequire(pathToFileURL(`${process.cwd()}/`)).resolve('@tensorflow/tfjs-backend-wasm');
    if (existsSync(folder))
      cases.push({
        name: `${MAIN}, TensorFlow.js`,
        unit: 'samples/s',
        measure: () => ask(process.execPath, [join(folder, 'neumf_tfjs.mjs'), '8', String(2 * SECONDS)]),
      });
  } catch {
    // Not installed: nothing to stand beside.
  }
  return cases;
}

/**
 * The ratios that say how good the figures are.
 * @param {Result[]} results
 */
function ratios(results) {
  const of = (/** @type {string} */ name) => results.find((result) => result.name === name)?.median ?? NaN;
  const list = [
    ['dense layers, share of the multiply-add peak', of('dense layers (256 × 32 × 32)') / of('multiply-add peak')],
    [`${MAIN}: SIMD over scalar`, of(MAIN) / of(`${MAIN}, scalar build`)],
    [`${MAIN}: wasm over native -O2`, of(MAIN) / of(`${MAIN}, native -O2`)],
    [`${MAIN}: wasm over native -O3 -march=native`, of(MAIN) / of(`${MAIN}, native -O3 -march=native`)],
    [`${MAIN}, grouped: wasm over native -O2`, of(`${MAIN}, grouped`) / of(`${MAIN}, grouped, native -O2`)],
    [`${MAIN}: grouped over shuffled`, of(`${MAIN}, grouped`) / of(MAIN)],
    [`${MAIN}: dense-equivalent over lazy Adam`, of(MAIN) / of(`${MAIN}, lazy Adam`)],
    [`${MAIN} over PyTorch`, of(MAIN) / of(`${MAIN}, PyTorch`)],
    [`${MAIN}, grouped, over PyTorch`, of(`${MAIN}, grouped`) / of(`${MAIN}, PyTorch`)],
    [`${MAIN} over TensorFlow.js`, of(MAIN) / of(`${MAIN}, TensorFlow.js`)],
    [`${MAIN}, grouped, over TensorFlow.js`, of(`${MAIN}, grouped`) / of(`${MAIN}, TensorFlow.js`)],
  ];
  return list
    .filter(([, ratio]) => Number.isFinite(ratio))
    .map(([name, ratio]) => ({ name: String(name), ratio: Number(ratio) }));
}

/**
 * @param {{rounds: number, only?: RegExp, onProgress?: (done: number, of: number, name: string) => void}} options
 * @returns {Promise<{results: Result[], ratios: {name: string, ratio: number}[], memoryBytes: number}>}
 */
export async function measure({ rounds, only = /./, onProgress }) {
  const chunks = makeRatings(MOVIELENS_1M);
  const [core, scalar, memory] = await Promise.all([
    loadCoreInNode(),
    loadCoreInNode({ scalar: true }),
    loadCoreInNode(),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'ncf-bench-'));
  try {
    const file = join(folder, 'u.data');
    writeFileSync(file, Buffer.concat(chunks));
    const split = splitOf(core, chunks);
    const cases = [
      ...limitCases(core),
      ...trainingCases(split, [8, 64]),
      rankingCase(split, { model: 'neumf' }, 'full ranking'),
      readingCase(core, chunks),
      trainingCase(splitOf(scalar, chunks), { model: 'neumf' }, `${MAIN}, scalar build`),
      ...nativeCases(file),
      ...peerCases(),
    ].filter(({ name }) => only.test(name));
    const results = await measureAll(cases, rounds, onProgress);
    return { results, ratios: ratios(results), memoryBytes: memoryOfTraining(memory, chunks) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The memory that a module holds after training and evaluating NeuMF 8: it never shrinks, so this is the peak.
 * @param {Core} core
 * @param {Uint8Array[]} chunks
 */
function memoryOfTraining(core, chunks) {
  const split = splitOf(core, chunks);
  trainingCase(split, { model: 'neumf' }, '').measure();
  rankingCase(split, { model: 'neumf' }, '').measure();
  return core.memoryBytes;
}

// What `ncf bench` measures, all on one thread: the machine's limits, training, ranking and reading.

import { checkSettings } from '../../settings/settings.mjs';
import { multiplyAdd, withProduct, withReading } from '../../core.mjs';
import { rate } from './measure.mjs';

/** @typedef {import('../../core.mjs').Core} Core */
/** @typedef {import('../../core.mjs').Split} Split */
/** @typedef {import('./measure.mjs').Case} Case */

const SECONDS = 0.6;
const FLOATS_OUT_OF_CACHE = 12 << 20;

/**
 * The most that this machine does from wasm: multiply-adds in registers, bytes from memory.
 * @param {Core} core
 * @returns {Case[]}
 */
export function limitCases(core) {
  const perRound = 48;
  const rounds = 1 << 16;
  const layer = { M: 256, N: 32, K: 32 };
  const products = 20;
  /** @param {number} amount @param {() => void} work */
  const rateOf = (amount, work) =>
    rate(() => {
      work();
      return amount;
    }, SECONDS);
  return [
    {
      name: 'multiply-add peak',
      unit: 'multiply-adds/s',
      measure: () => rateOf(rounds * perRound, () => multiplyAdd(core, rounds)),
    },
    {
      name: 'memory bandwidth',
      unit: 'bytes/s',
      measure: () => withReading(core, FLOATS_OUT_OF_CACHE, (read) => rateOf(4 * FLOATS_OUT_OF_CACHE, read)),
    },
    {
      name: 'dense layers (256 × 32 × 32)',
      unit: 'multiply-adds/s',
      measure: () =>
        withProduct(core, layer, products, (multiply) => rateOf(products * layer.M * layer.N * layer.K, multiply)),
    },
  ];
}

/**
 * Samples a second of training, positives and negatives counted.
 * @param {Split} split
 * @param {Record<string, unknown>} settings
 * @param {string} name
 * @returns {Case}
 */
export function trainingCase(split, settings, name) {
  /** @type {import('../../core.mjs').Trainer | undefined} */
  let trainer;
  const complete = checkSettings(settings);
  return {
    name,
    unit: 'samples/s',
    measure: () => {
      trainer ??= split.createModel(complete).createTrainer();
      const own = trainer;
      return rate(() => {
        const before = own.progress();
        const ended = own.run(20);
        const after = own.progress();
        return ended || after.epoch !== before.epoch ? 20 * complete.batchSize : after.done - before.done;
      }, SECONDS);
    },
  };
}

/**
 * Users a second in full ranking: all items of each user scored, the held-out one ranked.
 * @param {Split} split
 * @param {Record<string, unknown>} settings
 * @param {string} name
 * @returns {Case}
 */
export function rankingCase(split, settings, name) {
  /** @type {import('../../core.mjs').Evaluator | undefined} */
  let evaluator;
  return {
    name,
    unit: 'users/s',
    measure: () => {
      evaluator ??= split.createModel(checkSettings(settings)).createEvaluator();
      const own = evaluator;
      own.start();
      return rate(() => {
        if (own.run(true, 50)) own.start();
        return 50;
      }, SECONDS);
    },
  };
}

/**
 * Bytes a second from a rating file's bytes to a dataset.
 * @param {Core} core
 * @param {Uint8Array[]} chunks
 * @returns {Case}
 */
export function readingCase(core, chunks) {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return {
    name: 'reading ratings',
    unit: 'bytes/s',
    measure: () =>
      rate(() => {
        const reader = core.readDataset();
        for (const chunk of chunks) reader.feed('ratings', chunk);
        reader.finish('ratings');
        reader.free();
        return bytes;
      }, SECONDS),
  };
}

// NeuMF in TensorFlow.js on its wasm backend, for `ncf bench`: prints the samples a second of training on one thread.
// That backend has no gradient for a gather, so embeddings are products with one-hot rows.
//
//     node neumf_tfjs.mjs FACTORS SECONDS      needs @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm

// @ts-nocheck: the two packages are not among the project's own
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const USERS = 6040;
const ITEMS = 3706;
const BATCH = 256;
const [factors, seconds] = process.argv.slice(2).map(Number);

const from = createRequire(pathToFileURL(`${process.cwd()}/`));
const tf = from('@tensorflow/tfjs');
from('@tensorflow/tfjs-backend-wasm');
await tf.setBackend('wasm');
await tf.ready();

const matrix = (rows, columns) => tf.variable(tf.randomNormal([rows, columns], 0, 0.01));
const zeros = (length) => tf.variable(tf.zeros([length]));
const widths = [8, 4, 2, 1].map((times) => times * factors);
const tables = {
  gmf: [matrix(USERS, factors), matrix(ITEMS, factors)],
  mlp: [matrix(USERS, widths[1]), matrix(ITEMS, widths[1])],
};
const layers = widths.slice(1).map((width, n) => [matrix(widths[n], width), zeros(width)]);
const output = [matrix(2 * factors, 1), zeros(1)];
const optimizer = tf.train.adam(0.001);

function logits(user, item) {
  const rows = [tf.oneHot(user, USERS), tf.oneHot(item, ITEMS)];
  const [p, q] = tables.gmf.map((table, n) => tf.matMul(rows[n], table));
  let x = tf.concat(
    tables.mlp.map((table, n) => tf.matMul(rows[n], table)),
    1,
  );
  for (const [weights, bias] of layers) x = tf.relu(tf.add(tf.matMul(x, weights), bias));
  return tf.add(tf.matMul(tf.concat([tf.mul(p, q), x], 1), output[0]), output[1]).reshape([BATCH]);
}

const random = (below) =>
  tf.tensor1d(
    Int32Array.from({ length: BATCH }, () => Math.random() * below),
    'int32',
  );
const batches = Array.from({ length: 8 }, () => ({
  user: random(USERS),
  item: random(ITEMS),
  label: tf.tensor1d(Float32Array.from({ length: BATCH }, () => (Math.random() < 0.2 ? 1 : 0))),
}));
function step(n) {
  const { user, item, label } = batches[n % batches.length];
  optimizer.minimize(() => tf.losses.sigmoidCrossEntropy(label, logits(user, item)));
}

for (let n = 0; n < 2; n++) step(n);
const start = performance.now();
let steps = 0;
while (performance.now() - start < seconds * 1000) step(steps++);
await tables.gmf[0].data();
console.log((steps * BATCH * 1000) / (performance.now() - start));

// The examples that lectures and the paper work by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { lab, numbers } from './fixtures.mjs';

/** @typedef {import('../../wasm/core.mjs').Model} Model */

/**
 * Sets a whole tensor, row by row.
 * @param {Model} model @param {string} name @param {(row: number) => number[]} row
 */
function fillTensor(model, name, row) {
  const tensor = model.tensors.find((each) => each.name === name);
  assert(tensor, name);
  const [rows, columns = 1] = tensor.shape;
  const values = Float32Array.from({ length: rows * columns }, (_, n) => row(Math.floor(n / columns))[n % columns]);
  model.setValues(tensor, values);
}

/** @param {Model} model */
function twoAndThree(model) {
  fillTensor(model, 'gmf.user_embedding.weight', () => [2, 2]);
  fillTensor(model, 'gmf.item_embedding.weight', () => [2, 3]);
}

test('p = [2, 2] and q = [2, 3] have the dot product 10', async (t) => {
  const { run } = await lab(t);
  const ranking = run({ model: 'mf', factors: 2 });
  twoAndThree(ranking.model);
  assert.equal(ranking.view().recommend(0, 1)[0].score, 10);
  const rating = run({ model: 'mf-ratings', factors: 2 });
  twoAndThree(rating.model);
  const predictor = rating.model.createPredictor();
  assert.equal(predictor.predict(1, 4), 10);
  predictor.free();
});

test('GMF with w = [1, −1] gives σ(−2) for them', async (t) => {
  const { run } = await lab(t);
  const { model } = run({ model: 'gmf', factors: 2 });
  twoAndThree(model);
  fillTensor(model, 'output.weight', () => [1, -1]);
  fillTensor(model, 'output.bias', () => [0]);
  const evaluator = model.createEvaluator();
  evaluator.start();
  const [{ score }] = evaluator.recommend(0, 1);
  evaluator.free();
  // 2 · 2 · 1 + 2 · 3 · (−1) = −2; recommend() gives logits.
  assert.equal(score, -2);
  assert(Math.abs(1 / (1 + Math.exp(-score)) - 0.1192029) < 1e-7);
});

// Figure 1 of the paper: Jaccard similarities of users, s₂₃ > s₁₂ > s₁₃ among the first three; the fourth is nearest to the
// first, then to the third, then to the second.
const similarities = { '2 3': 0.66, '1 2': 0.5, '1 3': 0.4, '4 1': 0.6, '4 3': 0.4, '4 2': 0.2 };
const DEGREE = Math.PI / 180;

/** What fourth places there are, by whole degrees, that keep u₄'s order with others that keep theirs. */
function search() {
  const cos = (/** @type {number} */ degrees) => Math.cos(degrees * DEGREE);
  const ordered = (/** @type {number[]} */ ...falling) => falling.every((s, n) => n === 0 || falling[n - 1] > s + 1e-9);
  const found = { placed: 0, kept: 0, keptByNegatives: 0 };
  // Turning all vectors changes nothing, and mirroring neither: u₁ lies at 0°, u₂ at 0° … 180°.
  for (let a2 = 0; a2 <= 180; a2++)
    for (let a3 = -180; a3 < 180; a3++) {
      if (!ordered(cos(a2 - a3), cos(a2), cos(a3))) continue;
      found.placed++;
      for (let a4 = -180; a4 < 180; a4++) {
        const own = [cos(a4), cos(a4 - a3), cos(a4 - a2)];
        if (!ordered(...own)) continue;
        if (cos(a3) >= 0 && own[2] >= 0) found.kept++;
        else found.keptByNegatives++;
      }
    }
  return found;
}

test('figure 1: no vector in the plane keeps u₄’s order, unless similarities are negative', () => {
  // The figure is of similarities that are never negative. Vectors that point away from each other do keep the order, by
  // going round the circle: that is said here, so that the claim is not taken for more than it is.
  const { placed, kept, keptByNegatives } = search();
  assert(placed > 5000, `${placed}`);
  assert.equal(kept, 0);
  assert(keptByNegatives > 0);
});

/** Where the four users lie in the plane: the first three as the figure has them, u₄ where it is nearest to u₁. */
const plane = [0, 50, 90, -20].map((degrees) => [Math.cos(degrees * DEGREE), Math.sin(degrees * DEGREE)]);
const HIDDEN = 16;

/** An MLP from two places to a similarity, trained by gradient descent in double precision, the places fixed. */
function trainSmall() {
  const next = numbers(5);
  const start = (/** @type {number} */ n) => Array.from({ length: n }, () => next(2001) / 1000 - 1);
  const net = { w: start(4 * HIDDEN), b: start(HIDDEN), h: start(HIDDEN), c: 0 };
  const samples = Object.entries(similarities).flatMap(([pair, s]) => {
    const [i, j] = pair.split(' ').map((user) => plane[Number(user) - 1]);
    return [
      { x: [...i, ...j], s },
      { x: [...j, ...i], s },
    ];
  });
  for (let step = 0; step < 20000; step++) {
    const { x, s } = samples[step % samples.length];
    const z = net.b.map((b, k) => x.reduce((sum, value, n) => sum + net.w[4 * k + n] * value, b));
    const error = z.reduce((sum, value, k) => sum + net.h[k] * Math.max(0, value), net.c) - s;
    const rate = 0.02 * error;
    z.forEach((value, k) => {
      if (value <= 0) return;
      const back = rate * net.h[k];
      net.h[k] -= rate * value;
      net.b[k] -= back;
      x.forEach((each, n) => (net.w[4 * k + n] -= back * each));
    });
    net.c -= rate;
  }
  return net;
}

test('figure 1: a small MLP over fixed places in the plane keeps all of its order', async (t) => {
  // The weights are found here; the core's MLP, with users on both sides, is what scores with them.
  const { run, core, dataset } = await lab(t);
  const { model } = run({ model: 'mlp', layers: `4,${HIDDEN}` });
  const net = trainSmall();
  for (const side of ['user', 'item']) fillTensor(model, `mlp.${side}_embedding.weight`, (row) => plane[row] ?? [0, 0]);
  fillTensor(model, 'mlp.layers.0.weight', (row) => net.w.slice(4 * row, 4 * row + 4));
  fillTensor(model, 'mlp.layers.0.bias', (row) => [net.b[row]]);
  fillTensor(model, 'output.weight', () => net.h);
  fillTensor(model, 'output.bias', () => [net.c]);
  const evaluator = model.createEvaluator();
  evaluator.start();
  const scores = [0, 1, 2, 3].map((user) =>
    core.borrow(4 * dataset.items, (pointer) => {
      core.exports.ncf_scores(evaluator.handle, user, pointer);
      return core.copy(Float32Array, pointer, 4);
    }),
  );
  evaluator.free();
  for (const flip of [false, true]) {
    const of = (/** @type {number} */ i, /** @type {number} */ j) =>
      flip ? scores[j - 1][i - 1] : scores[i - 1][j - 1];
    assert(of(2, 3) > of(1, 2) && of(1, 2) > of(1, 3));
    assert(of(4, 1) > of(4, 3) && of(4, 3) > of(4, 2));
    for (const [pair, s] of Object.entries(similarities)) {
      const [i, j] = pair.split(' ').map(Number);
      assert(Math.abs(of(i, j) - s) < 0.03, `${pair}: ${of(i, j)}`);
    }
  }
});

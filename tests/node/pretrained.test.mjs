// NeuMF from a saved GMF and a saved MLP: their settings count, and what they have learnt from.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { encodeWeights } from '../../wasm/lab/weights.mjs';
import { csv, fill, finish, folder, lab, ncf, world } from './fixtures.mjs';

const rows = world({ users: 30, films: 120 });

/** A place with data, and the command in it. @param {import('node:test').TestContext} t */
function place(t) {
  const path = fill(folder(t), { 'ratings.csv': csv(rows) });
  const at = (/** @type {string} */ name) => join(path, `${name}.safetensors`);
  /** @param {string[]} more */
  const train = (...more) => ncf('train', '--data', path, '--factors=3', '--epochs=2', '--lr=0.01', ...more);
  /** Saves a part. @param {string} name @param {string[]} more */
  const save = async (name, ...more) => {
    const { code, stderr } = await train(...more, '--save', at(name));
    assert.equal(code, 0, stderr);
  };
  /** NeuMF from two files. @param {string} gmf @param {string} mlp @param {string[]} more */
  const start = (gmf, mlp, ...more) =>
    train('--model=neumf', '--pretrained-gmf', at(gmf), '--pretrained-mlp', at(mlp), '--json', ...more);
  return { path, at, save, start };
}

/** @param {Awaited<ReturnType<typeof ncf>>} answer @param {RegExp} message */
function refused({ code, stdout, stderr }, message) {
  assert.deepEqual([code, stdout], [2, ''], stderr);
  assert.match(stderr, message);
}

const codes = (/** @type {{notes: {code: string}[]}} */ { notes }) => notes.map(({ code }) => code);

test('parts that were trained as NeuMF is to be are taken, others refused by what differs', async (t) => {
  const { save, start } = place(t);
  await save('gmf', '--model=gmf');
  await save('wide', '--model=gmf', '--factors=4');
  await save('mlp', '--model=mlp');
  await save('tanh', '--model=mlp', '--activation=tanh');
  await save('flat', '--model=mlp', '--layers=24,3');
  await save('rated', '--model=ncf-ratings', '--output=sigmoid');
  const good = await start('gmf', 'mlp');
  assert.equal(good.code, 0, good.stderr);
  assert.deepEqual(codes(good.json().at(-1)), []);
  refused(
    await start('gmf', 'tanh'),
    /^ncf: The MLP in the file was trained with --activation tanh, and NeuMF is to have relu: train one of them anew, or let them agree\.\n$/,
  );
  assert.equal((await start('gmf', 'tanh', '--activation=tanh')).code, 0);
  refused(
    await start('wide', 'mlp'),
    /^ncf: The GMF in the file was trained with --factors 4, and NeuMF is to have 3:/,
  );
  refused(
    await start('gmf', 'flat'),
    /^ncf: The MLP in the file was trained with --layers 24,3, and NeuMF is to have 24,12,6,3:/,
  );
  refused(await start('gmf', 'rated'), /^ncf: NeuMF starts from an MLP, and the file for it holds ncf-ratings\.\n$/);
  refused(await start('mlp', 'gmf'), /^ncf: NeuMF starts from a GMF, and the file for it holds mlp\.\n$/);
});

describe('parts that have learnt what the run validates on', () => {
  test('are refused', async (t) => {
    const { save, start } = place(t);
    for (const model of ['gmf', 'mlp']) {
      await save(model, `--model=${model}`);
      await save(`${model}-1`, `--model=${model}`, '--validation=on', '--seed=1');
      await save(`${model}-2`, `--model=${model}`, '--validation=on', '--seed=2');
    }
    const learnt = (/** @type {string} */ label) =>
      new RegExp(
        `^ncf: The ${label} in the file has learnt from films that this run validates on: .* --seed 1 on these data`,
      );
    refused(await start('gmf', 'mlp', '--validation=on'), learnt('GMF'));
    refused(await start('gmf-1', 'mlp', '--validation=on'), learnt('MLP'));
    refused(await start('gmf-1', 'mlp-2', '--validation=on'), learnt('MLP'));
    const good = await start('gmf-1', 'mlp-1', '--validation=on', '--epochs=1');
    assert.equal(good.code, 0, good.stderr);
    assert.equal((await start('gmf', 'mlp-2')).code, 0, 'without validation they may have');
  });

  test('may not hide it', async (t) => {
    const { at, start } = place(t);
    const { run } = await lab(t, rows);
    for (const model of ['gmf', 'mlp']) {
      const part = run({ model, factors: 3 });
      finish(part);
      const bytes = Buffer.from(encodeWeights(part.model, part.config()));
      const text = bytes.toString('latin1').replace('"validation', '"valedation').replace('"data":"', '"tada":"');
      writeFileSync(at(model), Buffer.from(text, 'latin1'));
    }
    refused(
      await start('gmf', 'mlp', '--validation=on'),
      /^ncf: The GMF in the file does not say what it has learnt from, which may be what this run validates on/,
    );
    assert(readFileSync(at('gmf')).length > 0);
  });
});

test('parts of the same ratings in another order find their rows', async (t) => {
  const { path, save, start } = place(t);
  await save('gmf', '--model=gmf');
  await save('mlp', '--model=mlp');
  const first = (await start('gmf', 'mlp', '--eval=full', '--epochs=1')).json();
  fill(path, { 'ratings.csv': csv([...rows].reverse()) });
  const second = (await start('gmf', 'mlp', '--eval=full', '--epochs=1')).json();
  assert.equal(second[0].epoch, 0);
  assert(Math.abs(second[0].metrics.full.ndcg - first[0].metrics.full.ndcg) < 1e-9);
  assert(first[0].metrics.full.ndcg > 0.02);
});

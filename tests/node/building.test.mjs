// Runs that come from elsewhere than a seed: a finished one that is taken over, and the one before, by undo.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { encodeWeights } from '../../wasm/lab/weights.mjs';
import { finish, lab, world } from './fixtures.mjs';
import { base, configured, opened } from './worker_client.mjs';

/** @typedef {import('node:test').TestContext} TestContext */

/** The weights and epochs of a run that was trained here. @param {TestContext} t */
async function trained(t, settings = {}) {
  const { run } = await lab(t);
  const mine = run({ ...base, ...settings });
  finish(mine);
  const bytes = encodeWeights(mine.model, mine.config());
  // As they come from a file.
  const ranks = JSON.parse(JSON.stringify(Object.fromEntries(mine.rankLogs)));
  const { buffer } = bytes;
  return {
    run: mine,
    bytes: /** @type {ArrayBuffer} */ (buffer),
    epochs: mine.history,
    ranks,
    hash: mine.model.hash(),
  };
}

describe('restore', () => {
  test('takes over the weights and the epochs of a run, which is finished and can be looked at', async (t) => {
    const worker = await opened(t);
    const { run, bytes, epochs, ranks } = await trained(t);
    const told = await worker.ask('restore', { settings: run.settings, weights: bytes, epochs, ranks });
    assert.deepEqual(
      [told.model.settings, told.model.parameters, told.phase, told.shipped, told.loaded],
      [run.settings, run.model.parameters, 'finished', true, false],
    );
    assert.deepEqual(told.epochs, epochs);
    assert.deepEqual(
      (await worker.ask('user', { user: 3, k: 5 })).recommendations.map((/** @type {any} */ { item, score }) => ({
        item,
        score,
      })),
      run.view().recommend(3, 5),
    );
    const { history } = await worker.ask('candidates', { user: 3, full: false });
    assert.equal(history.length, 4);
    assert.deepEqual(history, run.ranksOf(3, false));
    // Nothing was evaluated: the epochs are those given.
    assert.deepEqual(worker.epochs(), []);
    const saved = await worker.ask('save');
    assert.equal(saved.name, 'neumf-epoch-3.safetensors');
  });

  test('more epochs go on from where it stands', async (t) => {
    const worker = await opened(t);
    const { run, bytes, epochs } = await trained(t);
    await worker.ask('restore', { settings: run.settings, weights: bytes, epochs });
    await worker.ask('live', { settings: { epochs: 4 } });
    await worker.ask('train');
    await worker.state(
      'finished',
      worker.events.findIndex(({ state }) => state === 'paused'),
    );
    assert.deepEqual(
      worker.epochs().map(({ epoch }) => epoch),
      [4],
    );
  });

  test('what does not fit is refused, and what was there stays', async (t) => {
    const worker = await configured(t, { model: 'gmf' });
    const { run, bytes, epochs } = await trained(t);
    await assert.rejects(
      worker.ask('restore', { settings: run.settings, weights: bytes.slice(0), epochs: epochs.slice(1) }),
      /must be 0, 1, 2/,
    );
    await assert.rejects(
      worker.ask('restore', { settings: run.settings, weights: bytes.slice(0), epochs: [] }),
      /must be 0, 1, 2/,
    );
    await assert.rejects(
      worker.ask('restore', { settings: run.settings, weights: bytes.slice(0, 90), epochs }),
      /not a safetensors file/,
    );
    await assert.rejects(
      worker.ask('restore', { settings: { model: 'gmf' }, weights: bytes.slice(0), epochs }),
      /is \[40,4\] in the weights file, the model’s is \[40,8\]/,
    );
    await assert.rejects(worker.ask('undo'), /There is no model to go back to/);
    await worker.ask('train');
    await worker.state('finished');
  });
});

test('of changes that wait together the last alone is built; what stands between them is done', async (t) => {
  const { ask, together, epochs, until } = await opened(t);
  const seeds = (/** @type {number} */ seed) => ask('configure', { settings: { ...base, seed } });
  const [first, second, third] = await Promise.all(together(() => [seeds(1), seeds(2), seeds(3)]));
  assert.deepEqual([first, second, third.model.settings.seed, third.run], [null, null, 3, 1]);
  await until(({ event }) => event === 'epoch');
  assert.equal(epochs().length, 1);
  const [fourth, , fifth] = await Promise.all(together(() => [seeds(4), ask('pause'), seeds(5)]));
  assert.deepEqual([fourth.model.settings.seed, fourth.run, fifth.model.settings.seed, fifth.run], [4, 2, 5, 3]);
});

describe('undo', () => {
  test('goes back to the run before as it was left, and once more back again', async (t) => {
    const worker = await configured(t);
    await worker.ask('step');
    await worker.state('paused');
    const before = await worker.ask('save');
    const from = worker.events.length;
    const { model: other } = await worker.ask('configure', { settings: { ...base, model: 'gmf' } });
    await worker.until(({ event, epoch }) => event === 'epoch' && epoch === 0, from);
    const back = await worker.ask('undo');
    assert.deepEqual([other.settings.model, back.model.settings.model], ['gmf', 'neumf']);
    assert.deepEqual(back.before, { model: 'gmf', epochs: 0 });
    assert.deepEqual([back.epochs, back.phase], [worker.epochs().slice(0, 2), 'paused']);
    assert.deepEqual(new Uint8Array((await worker.ask('save')).bytes), new Uint8Array(before.bytes));
    // It goes on as if nothing had been between.
    await worker.ask('train');
    await worker.state('finished');
    const { run, hash } = await trained(t);
    assert.equal(run.epoch, 3);
    assert.equal(worker.epochs().at(-1).hash, hash);
    assert.equal((await worker.ask('undo')).model.settings.model, 'gmf');
    assert.equal((await worker.ask('undo')).model.settings.model, 'neumf');
  });

  test('a run whose first evaluation was cut short is evaluated when it is back', async (t) => {
    // Its evaluation takes many slices, and the next model waits already when it begins.
    const worker = await opened(t, world({ users: 1500, films: 2000, each: 20 }));
    const settings = { ...base, eval: 'both' };
    const first = worker.ask('configure', { settings });
    void worker.ask('pause');
    await worker.ask('configure', { settings: { ...settings, seed: 2 } });
    await first;
    assert.deepEqual(worker.epochs(), [], 'it was cut short');
    const back = await worker.ask('undo');
    assert.equal(back.model.settings.seed, 1);
    const { loss } = await worker.until(({ event, epoch }) => event === 'epoch' && epoch === 0);
    assert.equal(loss, null);
  });

  test('other data have no run before', async (t) => {
    const worker = await configured(t);
    await worker.ask('configure', { settings: base });
    const again = await opened(t);
    await assert.rejects(again.ask('undo'), /There is no model to go back to/);
    const file = new Blob(['1,1,1,1\n1,2,1,2\n2,1,1,1\n2,3,1,2\n']);
    await worker.ask('open', { files: [{ name: 'r.csv', file }], name: 'other' });
    await assert.rejects(worker.ask('undo'), /There is no model to go back to/);
  });
});

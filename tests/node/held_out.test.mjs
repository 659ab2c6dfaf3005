// The worker's runs on splits of their settings: what is held out, what users have, and what does not hold is told with each.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { core, csv, source, world } from './fixtures.mjs';
import { base, opened, start, wasm } from './worker_client.mjs';

/** @typedef {import('./fixtures.mjs').Row} Row */

/** @param {import('node:test').TestContext} t @param {Row[]} rows @param {object} settings */
async function mine(t, rows, settings) {
  const dataset = await readDataset(await core(), [source('ratings.csv', csv(rows))]);
  t.after(() => dataset.free());
  return new Run(dataset, checkSettings(settings));
}

test('a run is told with its notes, its test and what users have in its train', async (t) => {
  const rows = world().map((row) => ({ ...row, time: 5 }));
  const { ask } = await opened(t, rows);
  for (const settings of [
    { ...base },
    { ...base, holdOut: 'random' },
    { ...base, holdOut: 'random', positiveFrom: 2 },
  ]) {
    const told = await ask('configure', { settings });
    const run = await mine(t, rows, settings);
    assert.ok(told);
    assert.deepEqual(told.model.notes, run.notes);
    assert.deepEqual(told.model.test, run.task.test);
    const { ofUsers, ofItems } = run.split.trainCounts();
    assert.deepEqual([told.counts.users, told.counts.films], [ofUsers, ofItems]);
    for (const user of [0, 7]) {
      const { heldOut, negatives } = await ask('timeline', { user });
      assert.equal(heldOut, run.split.testItem(user));
      assert.deepEqual(negatives, run.split.testNegatives(user));
    }
    const overview = await ask('overview');
    assert.deepEqual([overview?.split.train, overview?.split.test], [run.split.trainPairs, run.split.testUsers]);
  }
  const [first, again, back] = [
    await ask('configure', { settings: { ...base, seed: 2 } }),
    await ask('configure', { settings: { ...base, model: 'gmf', validation: 'on' } }),
    await ask('configure', { settings: { ...base, model: 'bias' } }),
  ];
  assert.equal(first?.counts.of, again?.counts.of, 'runs of one setting have one split');
  assert.notEqual(back?.counts.of, again?.counts.of);
  assert.equal(back?.model.test, null);
  assert.deepEqual([...(back?.counts.users ?? [])], Array(40).fill(12), 'nothing of what was rated is held back');
});

test('data with one rating a user open, for models that predict ratings', async (t) => {
  const { ask } = start(t);
  const rows = world().map((row, n) => ({ ...row, user: n + 1 }));
  const files = [{ name: 'ratings.csv', file: new Blob([csv(rows)]) }];
  const told = await ask('open', { files, name: 'lonely', wasm });
  assert.equal(told?.dataset.users, rows.length);
  assert.deepEqual([...(told?.users.counts ?? [])], Array(rows.length).fill(1));
  await assert.rejects(ask('configure', { settings: base }), { message: /^No user has rated two different films/ });
  assert.equal((await ask('overview'))?.split.test, 0);
  const run = await ask('configure', { settings: { ...base, model: 'bias-mf' } });
  assert.deepEqual(run?.model.notes, []);
  const { heldOut, recommendations } = await ask('user', { user: 3, k: 5 });
  assert.equal(heldOut, null);
  assert(recommendations.every(({ item }) => item !== told?.films.ids.indexOf(rows[3].item)));
});
